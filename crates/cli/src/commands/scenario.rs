//! A promise acted out: sentences in Markdown, run through a made-up organisation with a real desk.

use crate::input::{self, DATA_LIMIT, Usage, shown, usage};
use crate::out::{Ended, Out};
use clap::Args;
use serde::Serialize;
use testbed::run::{Ran, run as play};

pub const EXAMPLE: &str = "\
Example: abide scenario scenarios/*.md

docs/scenarios.md lists the sentences a scenario may use.";

/// `abide scenario`
#[derive(Args, Debug)]
pub struct Scenario {
    /// Markdown files with scenarios in them; `-` is standard input
    #[arg(required = true, value_name = "FILE.md")]
    files: Vec<String>,
}

/// The contract: what `--json` prints.
#[derive(Default, Serialize)]
struct Scenarios<'f> {
    passed: usize,
    failed: usize,
    files: Vec<File<'f>>,
}

#[derive(Serialize)]
struct File<'f> {
    file: &'f str,
    scenarios: Vec<Ran>,
}

/// Runs the command.
///
/// # Errors
/// A file that cannot be read, that has no scenario in it, or a line that is none.
pub fn run(args: &Scenario, out: Out) -> Result<Ended, Usage> {
    let mut told = Scenarios::default();
    for file in &args.files {
        let text = String::from_utf8(input::bytes(file, DATA_LIMIT)?).map_err(|_| {
            usage(
                format!("{} is not UTF-8 text", shown(file)),
                "name a Markdown file",
            )
        })?;
        let report = play(&text, file).map_err(|fault| {
            usage(
                format!("{}, {fault}", shown(file)),
                "docs/scenarios.md says what a line looks like",
            )
        })?;
        if report.scenarios.is_empty() {
            return Err(usage(
                format!("{} has no scenario in it", shown(file)),
                "put the lines into a block that begins with ```scenario, below a heading",
            ));
        }
        for ran in &report.scenarios {
            say(file, ran, out);
            if ran.passed {
                told.passed += 1;
            } else {
                told.failed += 1;
            }
        }
        told.files.push(File {
            file,
            scenarios: report.scenarios,
        });
    }
    out.say(format!("{} passed, {} failed", told.passed, told.failed));
    out.document(&told);
    Ok(if told.failed == 0 {
        Ended::Well
    } else {
        Ended::No
    })
}

fn say(file: &str, ran: &Ran, out: Out) {
    let promises: Vec<&str> = ran.promises.iter().map(String::as_str).collect();
    let word = if ran.passed { "ok    " } else { "FAILED" };
    out.say(format!("{word} {} {}", promises.join(" "), ran.title));
    if let Some(failed) = &ran.failed {
        out.say(format!(
            "       {}:{}: {}",
            shown(file),
            failed.line,
            failed.sentence
        ));
        out.say(format!("       happened: {}", failed.happened));
        out.say(format!("       expected: {}", failed.expected));
    }
}
