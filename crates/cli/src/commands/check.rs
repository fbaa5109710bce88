//! Findings on notices: literate ones, and existing ones as they are.

use crate::diagnostic::{self, Line, Places};
use crate::input::{self, Usage};
use crate::moment;
use crate::out::{Ended, Out, complain};
use check::{Severity, Source};
use clap::Args;
use jiff::Timestamp;
use jiff::civil::Date;
use notice::reading;
use serde::Serialize;

pub const EXAMPLE: &str = "Example: abide check notices/*.notice.md\nExample: abide check old-notice.txt --as-at 2026-06-19";

/// So many findings of one notice are drawn for people; nobody reads on.
const MOST_SHOWN: usize = 500;

/// `abide check`
#[derive(Args, Debug)]
pub struct Check {
    /// Notices with rules (.notice.md), or existing notices as text or Markdown; `-` is standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<String>,
    /// Judge by the law in force on this day [default: today]
    #[arg(long, value_name = "DATE")]
    as_at: Option<String>,
}

/// The contract: what `--json` prints.
#[derive(Serialize)]
struct Checked {
    notices: Vec<serde_json::Value>,
}

#[derive(Serialize)]
struct One<'n> {
    file: &'n str,
    /// `name@version` of a notice with rules; the project's reference of an existing one, where it names one.
    id: Option<String>,
    findings: Vec<Line<'n>>,
}

/// Findings of each weight.
#[derive(Default)]
struct Counts {
    errors: usize,
    warnings: usize,
    advice: usize,
}

/// Runs the command.
///
/// # Errors
/// A day that is none. A file that cannot be read is said and passed over, and the end is [`Ended::Partly`].
pub fn run(args: &Check, at: Timestamp, out: Out) -> Result<Ended, Usage> {
    let as_at = match &args.as_at {
        Some(day) => super::deadline::date(day)?,
        None => moment::day(at),
    };
    let mut checked = Checked {
        notices: Vec::new(),
    };
    let mut counts = Counts::default();
    let mut unread = false;
    for file in &args.files {
        match input::text(file) {
            Ok(text) => one_file(file, &text, as_at, out, &mut checked, &mut counts),
            Err(wrong) => {
                complain(&wrong);
                unread = true;
            }
        }
    }
    out.document(&checked);
    if !checked.notices.is_empty() {
        out.say(diagnostic::summary(
            counts.errors,
            counts.warnings,
            counts.advice,
            checked.notices.len(),
        ));
    }
    Ok(match (unread, counts.errors) {
        (true, _) => Ended::Partly,
        (false, 0) => Ended::Well,
        (false, _) => Ended::No,
    })
}

/// Checks each notice of a file; an existing text may hold several.
fn one_file(
    file: &str,
    text: &str,
    as_at: Date,
    out: Out,
    checked: &mut Checked,
    counts: &mut Counts,
) {
    let whole = Source::of(text);
    let literate = matches!(whole, Source::Literate { .. });
    if !literate && file.ends_with(".notice.md") {
        out.progress(format!(
            "note: {} has no `abide` block, so its words are checked alone",
            input::shown(file)
        ));
    }
    let parts = if literate {
        vec![(0, text)]
    } else {
        reading::split(text)
    };
    let places = Places::new(text);
    for (from, part) in parts {
        let source = if literate {
            whole.clone()
        } else {
            Source::prose(part)
        };
        let mut report = check::check(&source, as_at);
        for finding in &mut report.findings {
            finding.span.start += from;
            finding.span.end += from;
        }
        counts.errors += report.count(Severity::Error);
        counts.warnings += report.count(Severity::Warning);
        counts.advice += report.count(Severity::Advice);
        if !out.json {
            for finding in report.findings.iter().take(MOST_SHOWN) {
                out.say(diagnostic::render(
                    &input::plain(file),
                    &places,
                    finding,
                    out.colour(),
                ));
                out.say("");
            }
            let more = report.findings.len().saturating_sub(MOST_SHOWN);
            if more > 0 {
                out.say(format!(
                    "and {more} more findings in {}; `--json` lists every one\n",
                    input::shown(file)
                ));
            }
        }
        let one = One {
            file,
            id: id(&source),
            findings: report
                .findings
                .iter()
                .map(|f| Line::of(f, &places))
                .collect(),
        };
        checked
            .notices
            .push(serde_json::to_value(&one).unwrap_or_default());
    }
}

fn id(source: &Source) -> Option<String> {
    match source {
        Source::Literate { parsed, .. } => parsed
            .notice
            .as_ref()
            .map(|n| format!("{}@{}", n.name, n.version)),
        Source::Prose { reading, .. } => reading.references.first().map(|r| r.what.clone()),
    }
}
