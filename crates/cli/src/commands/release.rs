//! Nothing leaves in which a row points at one person.

use super::redact::known;
use crate::input::{self, Usage, shown, usage};
use crate::out::{Ended, Out};
use clap::{Args, Subcommand};
use deid::cells::{Grid, GridError};
use deid::release::Problem;
use serde::Serialize;

const EXAMPLE: &str =
    "Example: abide release check answers.csv --quasi council,role --sensitive health --k 10";

/// `abide release`
#[derive(Args, Debug)]
#[command(arg_required_else_help = false)]
pub struct Release {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand, Debug)]
enum What {
    /// Check a table of people: how small the smallest group of look-alikes is, and what still identifies
    #[command(after_help = EXAMPLE)]
    Check(Check),
}

#[derive(Args, Debug)]
struct Check {
    /// A CSV file with a line of headings, a row a person; `-` is standard input
    #[arg(value_name = "DATA.csv")]
    file: String,
    /// The columns by which somebody could be recognised
    #[arg(long, required = true, value_name = "LIST", value_delimiter = ',')]
    quasi: Vec<String>,
    /// The columns nobody may learn of a person
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    sensitive: Vec<String>,
    /// The smallest group of look-alikes that is allowed
    #[arg(long, value_name = "N", default_value_t = 10)]
    k: usize,
    /// The people the project knows: none of them may be named
    #[arg(long, value_name = "ROSTER.csv")]
    people: Option<String>,
}

/// The contract: what `--json` prints.
#[derive(Serialize)]
struct Checked {
    ok: bool,
    /// The smallest group of rows that look alike; 0 where there are no rows.
    k: usize,
    /// The smallest group that was asked for.
    asked: usize,
    findings: Vec<Finding>,
}

#[derive(Serialize)]
struct Finding {
    #[serde(flatten)]
    problem: Problem,
    message: String,
}

/// Runs the command.
///
/// # Errors
/// A table that cannot be read, or a column it does not have.
pub fn run(args: &Release, out: Out) -> Result<Ended, Usage> {
    let What::Check(args) = &args.what;
    if args.k == 0 {
        return Err(usage(
            "`0` is no value for `--k`",
            "name a whole number of 1 or more: how many people have to look alike",
        ));
    }
    let csv = input::data(&args.file)?;
    let quasi: Vec<&str> = args.quasi.iter().map(|c| c.trim()).collect();
    let sensitive: Vec<&str> = args.sensitive.iter().map(|c| c.trim()).collect();
    let unread = |error: GridError| {
        let said = error.to_string();
        let (what, help) = said
            .split_once(": ")
            .unwrap_or((&said, "give it as CSV with a line of headings"));
        usage(format!("{}: {what}", shown(&args.file)), help)
    };
    let grid = Grid::read(&csv).map_err(unread)?;
    let smallest = grid
        .anonymity(&quasi, &sensitive, args.k)
        .map_err(unread)?
        .smallest;
    let (passed, problems) = match deid::check_table(
        &csv,
        &quasi,
        &sensitive,
        args.k,
        &known(args.people.as_deref())?,
    ) {
        Ok(released) => (released.passed().to_vec(), Vec::new()),
        Err(problems) => (Vec::new(), problems),
    };
    let ok = problems.is_empty();
    if ok {
        out.say("may leave, as far as a machine can tell: it is de-identified, not anonymous");
        passed.iter().for_each(|line| out.say(format!("  {line}")));
    } else {
        out.say("must not leave");
        problems.iter().for_each(|p| out.say(format!("  {p}")));
    }
    let findings = problems
        .into_iter()
        .map(|p| Finding {
            message: p.to_string(),
            problem: p,
        })
        .collect();
    out.document(&Checked {
        ok,
        k: smallest,
        asked: args.k,
        findings,
    });
    Ok(if ok { Ended::Well } else { Ended::No })
}
