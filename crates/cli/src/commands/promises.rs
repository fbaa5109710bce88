//! Every clause with its verdict, and the evidence behind it.

use crate::house;
use crate::input::{Usage, usage};
use crate::out::{Ended, Out};
use clap::Args;
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

/// Runs the command. Exit 1 where a promise is broken.
///
/// # Errors
/// A house that cannot be opened, a project that is not in it.
pub fn run(args: &Promises, at: Timestamp, out: Out) -> Result<Ended, Usage> {
    let folder = house::find(args.house.as_deref())?;
    let house = house::open(&folder, at)?;
    let at = house.moment(at);
    let wanted = |reference: &str| {
        args.project
            .as_deref()
            .is_none_or(|p| p.trim_start_matches('#') == reference.trim_start_matches('#'))
    };
    let notices: Vec<_> = house
        .desk
        .shelf()
        .all()
        .into_iter()
        .filter(|p| wanted(&p.notice.reference))
        .collect();
    if notices.is_empty() {
        return Err(usage(
            "there is no such project here",
            "leave out --project to see them all",
        ));
    }
    let mut clauses: Vec<Value> = Vec::new();
    let mut broken = false;
    for published in notices {
        let name = &published.notice.name;
        let kept = promises::verdicts(&house.desk, name, at)
            .map_err(|stop| usage(stop.to_string(), "run `abide verify`"))?;
        out.say(format!("{name} version {}", published.notice.version));
        for one in kept {
            broken |= one.verdict == Verdict::Broken;
            out.say(format!(
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
    out.document(&json!({ "clauses": clauses }));
    Ok(if broken { Ended::No } else { Ended::Well })
}
