//! Everything that is due: shown, or done.

use crate::commands::demo;
use crate::house;
use crate::input::{Usage, usage};
use crate::orders::{self, Done, Order};
use crate::out::{Ended, Out};
use clap::Args;
use desk::keeping::sweep::{self, Due};
use desk::{Desk, Visit};
use jiff::Timestamp;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// What the help shows.
pub const EXAMPLE: &str = "Example: abide sweep --dry-run\nExample: abide sweep --house our-house";

/// `abide sweep`
#[derive(Args, Debug)]
pub struct Sweep {
    /// The house's folder
    #[arg(long, value_name = "FOLDER")]
    house: Option<PathBuf>,
    /// Show what is due and change nothing
    #[arg(long)]
    dry_run: bool,
    /// Do what is due at a moment that has not come yet; for good, and time in the house goes on from there
    #[arg(long, conflicts_with = "dry_run")]
    ahead: bool,
}

/// Runs the command; where the house is served, the server says what is due, and does it by itself.
///
/// # Errors
/// A house that cannot be opened, or that is served and should be swept.
pub fn run(args: &Sweep, at: Timestamp, out: Out) -> Result<Ended, Usage> {
    let folder = house::find(args.house.as_deref())?;
    let done = if args.dry_run {
        orders::give(&folder, &Order::Due { at }, at, out)?
    } else {
        swept(&folder, args.ahead, at)?
    };
    for line in &done.lines {
        out.say(line);
    }
    out.document(&done.document);
    Ok(Ended::Well)
}

fn broken(stop: &desk::Stop) -> Usage {
    usage(
        stop.to_string(),
        "nothing more was changed; run it again, or `abide verify`",
    )
}

/// What is due in an open house; nothing is changed.
///
/// # Errors
/// A fault in what it holds.
pub fn due(desk: &Desk, at: Timestamp) -> Result<Done, Usage> {
    let mut told = Told::default();
    for due in sweep::due(desk, law::clock::day(at)).map_err(|e| broken(&e))? {
        let outcome = if due.held_by.is_some() {
            "kept back"
        } else {
            "due"
        };
        told.add(&due, outcome);
    }
    Ok(told.done())
}

fn swept(folder: &Path, ahead: bool, at: Timestamp) -> Result<Done, Usage> {
    let house = house::open(folder, at)?;
    // A demo's people are made up, and its time is there to be moved.
    let at = if ahead || demo::is_one(folder) {
        house.moment(at)
    } else {
        house.acting(at).map_err(|wrong| {
            usage(
                wrong.what,
                "leave out `--at`, look ahead with `--dry-run`, or add `--ahead` to erase before the time for good",
            )
        })?
    };
    let mut told = Told::default();
    let swept =
        sweep::sweep(&house.desk, &Visit::system(at, "retention")).map_err(|e| broken(&e))?;
    house
        .desk
        .vault()
        .integrate(at)
        .map_err(|e| usage(e.to_string(), "run `abide verify`"))?;
    for (dues, outcome) in [(&swept.done, "done"), (&swept.kept_back, "kept back")] {
        for due in dues {
            told.add(due, outcome);
        }
    }
    for duty in &swept.raised {
        told.lines
            .push(format!("{:<10} {}  {}", "raised", duty.clause, duty.kind));
        told.duties.push(json!({ "clause": duty.clause, "kind": duty.kind, "due": duty.due, "outcome": "raised" }));
    }
    Ok(told.done())
}

/// What is told of each duty, as lines and as JSON.
#[derive(Default)]
struct Told {
    lines: Vec<String>,
    duties: Vec<Value>,
}

impl Told {
    fn add(&mut self, due: &Due, outcome: &str) {
        self.lines.push(shown(due, outcome));
        self.duties.push(line(due, outcome));
    }

    fn done(mut self) -> Done {
        if self.duties.is_empty() {
            self.lines.push("nothing is due".to_owned());
        }
        Done {
            document: Value::Array(self.duties),
            lines: self.lines,
        }
    }
}

fn shown(due: &Due, outcome: &str) -> String {
    let held = due
        .held_by
        .as_deref()
        .map(|h| format!(" ({h})"))
        .unwrap_or_default();
    format!(
        "{outcome:<10} {}  {}  due {}{held}",
        due.clause, due.pseudonym, due.due
    )
}

fn line(due: &Due, outcome: &str) -> Value {
    json!({
        "clause": due.clause,
        "notice": due.notice,
        "person": due.pseudonym,
        "what": due.what,
        "due": due.due,
        "held_by": due.held_by,
        "outcome": outcome,
    })
}
