//! Every clause with its verdict, and the evidence behind it.

use crate::house;
use crate::input::{Usage, usage};
use crate::orders::{self, Done, Order};
use crate::out::{Ended, Out};
use clap::Args;
use desk::Desk;
use desk::promises::{self, Verdict};
use jiff::Timestamp;
use serde_json::{Value, json};
use std::path::PathBuf;

/// What the help shows.
pub const EXAMPLE: &str =
    "Example: abide promises --project \"#3035\"\nExample: abide promises --house our-house --json";

/// `abide promises`
#[derive(Args, Debug)]
pub struct Promises {
    /// The house's folder
    #[arg(long, value_name = "FOLDER")]
    house: Option<PathBuf>,
    /// One project only, by its reference
    #[arg(long, value_name = "REF")]
    project: Option<String>,
}

/// Runs the command; where the house is served, the server says it. Exit 1 where a promise is broken.
///
/// # Errors
/// A house that cannot be opened, a project that is not in it.
pub fn run(args: &Promises, at: Timestamp, out: Out) -> Result<Ended, Usage> {
    let folder = house::find(args.house.as_deref())?;
    let order = Order::Promises {
        project: args.project.clone(),
        at,
    };
    let done = orders::give(&folder, &order, at, out)?;
    for line in &done.lines {
        out.say(line);
    }
    out.document(&done.document);
    let clauses = done.document.get("clauses").and_then(Value::as_array);
    let broken = |clause: &Value| {
        clause.get("verdict").and_then(Value::as_str) == Some(Verdict::Broken.word())
    };
    Ok(if clauses.is_some_and(|all| all.iter().any(broken)) {
        Ended::No
    } else {
        Ended::Well
    })
}

/// The verdicts of an open house, of the project with this reference or of all.
///
/// # Errors
/// A fault in what it holds.
pub fn told(desk: &Desk, project: Option<&str>, at: Timestamp) -> Result<Done, Usage> {
    let notices: Vec<_> = desk
        .shelf()
        .all()
        .into_iter()
        .filter(|p| project.is_none_or(|wanted| wanted == p.notice.reference))
        .collect();
    let mut clauses: Vec<Value> = Vec::new();
    let mut lines = Vec::new();
    if notices.is_empty() {
        lines.push("no notice is in force yet".to_owned());
    }
    for published in notices {
        let name = &published.notice.name;
        let kept = promises::verdicts(desk, name, at)
            .map_err(|stop| usage(stop.to_string(), "run `abide verify`"))?;
        lines.push(format!("{name} version {}", published.notice.version));
        for one in kept {
            lines.push(format!(
                "  {:<12} {}  {}",
                one.verdict.word(),
                one.clause,
                one.why
            ));
            clauses.push(json!({
                "id": one.clause,
                "notice": name,
                "verdict": one.verdict.word(),
                "why": one.why,
                "due": one.due,
                "done": one.done,
                "refused": one.refused,
                "evidence": one.evidence.iter().map(|e| json!({
                    "at": e.at.to_string(), "verb": e.verb, "who": e.who, "outcome": e.outcome, "entry": e.entry, "number": e.number,
                })).collect::<Vec<_>>(),
            }));
        }
    }
    Ok(Done {
        document: json!({ "clauses": clauses }),
        lines,
    })
}
