//! Findings on notices: literate ones, and existing ones as they are.

mod fix;
mod sarif;

use crate::diagnostic::{self, Line, Places};
use crate::input::{self, Usage};
use crate::moment;
use crate::out::{self, Ended, Out, complain};
use check::{Finding, Judged, Severity, Source};
use clap::Args;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Serialize;
use std::collections::BTreeSet;

pub const EXAMPLE: &str = "Example: abide check notices/*.notice.md\nExample: abide check old-notice.txt --as-at 2026-06-19";

/// So many findings of one notice are drawn for people; nobody reads on.
const MOST_SHOWN: usize = 500;

/// `abide check`
#[derive(Args, Debug)]
pub struct Check {
    /// Notices with rules (.notice.md), or existing ones: Word, PDF, web page, Markdown, text; `-` is standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<String>,
    /// Judge by the law in force on this day [default: today]
    #[arg(long, value_name = "DATE")]
    as_at: Option<String>,
    /// Mend what a machine can, asking before each; text and Markdown only
    #[arg(long, conflicts_with_all = ["json", "sarif"])]
    fix: bool,
    /// With --fix: do not ask, and make every fix that changes no meaning
    #[arg(long, requires = "fix")]
    yes: bool,
    /// Print the findings as SARIF 2.1.0, for code hosts
    #[arg(long, conflicts_with = "json")]
    sarif: bool,
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
    let mut notices: Vec<Part> = Vec::new();
    let mut texts: Vec<(&str, String)> = Vec::new();
    let mut documents: BTreeSet<&str> = BTreeSet::new();
    let (mut unread, mut taken_out) = (false, false);
    for file in &args.files {
        match input::document(file) {
            Ok(heard) => {
                heard.remark(file, out);
                taken_out |= heard.taken_out;
                if heard.taken_out {
                    documents.insert(file);
                }
                texts.push((file, heard.text));
            }
            Err(wrong) => {
                complain(&wrong);
                unread = true;
            }
        }
    }
    if taken_out && !out.json {
        out.progress("note: lines and columns are those of the text taken out of a document");
    }
    for (file, text) in &texts {
        parts(file, text, as_at, out, &mut notices);
    }
    let mut all: Vec<&mut Judged> = notices.iter_mut().map(|p| &mut p.judged).collect();
    check::beside(&mut all, as_at);
    let mut counts = Counts::default();
    let mut checked = Checked {
        notices: Vec::new(),
    };
    let mut from = 0;
    for (file, text) in &texts {
        let places = Places::new(text);
        let here = notices
            .iter()
            .skip(from)
            .take_while(|p| p.file == *file && std::ptr::eq(p.whole, text.as_str()));
        for part in here {
            from += 1;
            one(part, &places, out, args.sarif, &mut checked, &mut counts);
        }
    }
    if args.sarif {
        let files: Vec<sarif::File> = notices
            .iter()
            .map(|p| sarif::File {
                name: p.file,
                text: p.whole,
                findings: &p.judged.findings,
            })
            .collect();
        let document = sarif::document(&files);
        let text = serde_json::to_string_pretty(&document).unwrap_or_default();
        out.raw(&format!("{text}\n"));
    }
    if args.fix {
        for (file, text) in &texts {
            if documents.contains(file) {
                out.progress(format!(
                    "note: {} is a document; what is found in it is mended there by hand",
                    input::shown(file)
                ));
                continue;
            }
            let found: Vec<Finding> = notices
                .iter()
                .filter(|p| std::ptr::eq(p.whole, text.as_str()))
                .flat_map(|p| p.judged.findings.clone())
                .collect();
            fix::mend(file, text, &found, args.yes, out)?;
        }
    }
    out.document(&checked);
    if !checked.notices.is_empty() && !args.sarif {
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

/// One notice of a file, and what is found in it. Places count from the beginning of the file.
struct Part<'f> {
    file: &'f str,
    whole: &'f str,
    judged: Judged,
}

/// Checks each notice of a file; an existing text may hold several.
fn parts<'f>(file: &'f str, text: &'f str, as_at: Date, out: Out, notices: &mut Vec<Part<'f>>) {
    if file.ends_with(".notice.md") && !Source::has_rules(text) {
        out.progress(format!(
            "note: {} has no `abide` block, so its words are checked alone",
            input::shown(file)
        ));
    }
    let judged = check::notices(text, as_at).into_iter();
    notices.extend(judged.map(|judged| Part {
        file,
        whole: text,
        judged,
    }));
}

/// Shows what was found in one notice.
fn one(
    part: &Part,
    places: &Places,
    out: Out,
    silent: bool,
    checked: &mut Checked,
    counts: &mut Counts,
) {
    for finding in &part.judged.findings {
        match finding.severity {
            Severity::Error => counts.errors += 1,
            Severity::Warning => counts.warnings += 1,
            Severity::Advice => counts.advice += 1,
        }
    }
    if !out.json && !silent {
        for finding in part.judged.findings.iter().take(MOST_SHOWN) {
            out.say(diagnostic::render(
                &input::plain(part.file),
                places,
                finding,
                out::width(),
                out.colour(),
            ));
            out.say("");
        }
        let more = part.judged.findings.len().saturating_sub(MOST_SHOWN);
        if more > 0 {
            out.say(format!(
                "and {more} more findings in {}; `--json` lists every one\n",
                input::shown(part.file)
            ));
        }
    }
    let one = One {
        file: part.file,
        id: id(&part.judged.source),
        findings: part
            .judged
            .findings
            .iter()
            .map(|f| Line::of(f, places))
            .collect(),
    };
    checked
        .notices
        .push(serde_json::to_value(&one).unwrap_or_default());
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
