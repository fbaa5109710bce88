//! Everything that is due: shown, or done.

use crate::commands::demo;
use crate::house;
use crate::input::{Usage, usage};
use crate::out::{Ended, Out};
use clap::Args;
use desk::Visit;
use desk::keeping::sweep::{self, Due};
use jiff::Timestamp;
use serde_json::{Value, json};
use std::path::PathBuf;

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

/// Runs the command.
///
/// # Errors
/// A house that cannot be opened.
pub fn run(args: &Sweep, at: Timestamp, out: Out) -> Result<Ended, Usage> {
    let folder = house::find(args.house.as_deref())?;
    let house = house::open(&folder, at)?;
    // A demo's people are made up, and its time is there to be moved.
    let at = if args.dry_run || args.ahead || demo::is_one(&folder) {
        house.moment(at)
    } else {
        house.acting(at).map_err(|wrong| {
            usage(
                wrong.what,
                "leave out `--at`, look ahead with `--dry-run`, or add `--ahead` to erase before the time for good",
            )
        })?
    };
    let broken = |stop: desk::Stop| {
        usage(
            stop.to_string(),
            "nothing more was changed; run it again, or `abide verify`",
        )
    };
    let today = law::clock::day(at);
    let mut duties: Vec<Value> = Vec::new();
    if args.dry_run {
        for due in sweep::due(&house.desk, today).map_err(broken)? {
            let outcome = if due.held_by.is_some() {
                "kept back"
            } else {
                "due"
            };
            show(&due, outcome, out);
            duties.push(line(&due, outcome));
        }
    } else {
        let swept = sweep::sweep(&house.desk, &Visit::system(at, "retention")).map_err(broken)?;
        house
            .desk
            .vault()
            .integrate(at)
            .map_err(|e| usage(e.to_string(), "run `abide verify`"))?;
        for (dues, outcome) in [(&swept.done, "done"), (&swept.kept_back, "kept back")] {
            for due in dues {
                show(due, outcome, out);
                duties.push(line(due, outcome));
            }
        }
        for duty in &swept.raised {
            out.say(format!("{:<10} {}  {}", "raised", duty.clause, duty.kind));
            duties.push(json!({ "clause": duty.clause, "kind": duty.kind, "due": duty.due, "outcome": "raised" }));
        }
    }
    if duties.is_empty() {
        out.say("nothing is due");
    }
    out.document(&duties);
    Ok(Ended::Well)
}

fn show(due: &Due, outcome: &str, out: Out) {
    let held = due
        .held_by
        .as_deref()
        .map(|h| format!(" ({h})"))
        .unwrap_or_default();
    out.say(format!(
        "{outcome:<10} {}  {}  due {}{held}",
        due.clause, due.pseudonym, due.due
    ));
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
