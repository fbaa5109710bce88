//! What identifies people is taken out of a text before anybody else reads it. What only a reader can see, a machine does not
//! find: a person still reads before anything leaves.

use crate::input::{self, Usage, shown, usage};
use crate::out::{self, Ended, Out};
use clap::Args;
use deid::{Class, Found, Kind, Known, Roster};
use serde::Serialize;
use std::path::Path;

pub const EXAMPLE: &str = "\
Example: abide redact interview.txt --people roster.csv -o interview.redacted.txt

The roster is a CSV file whose first line is name,email,phone,also_known_as,projects. Several values in a cell stand between semicolons.
A machine finds names it was given and things that have a form, not stories: read the result before it leaves.";

/// `abide redact`
#[derive(Args, Debug)]
pub struct Redact {
    /// A transcript or other free text, UTF-8; `-` is standard input
    #[arg(value_name = "FILE")]
    file: String,
    /// The people the project knows
    #[arg(long, value_name = "ROSTER.csv")]
    people: Option<String>,
    /// Where the redacted text goes [default: printed]
    #[arg(short, long, value_name = "OUT")]
    out: Option<String>,
}

/// The contract: what `--json` prints.
#[derive(Serialize)]
struct Spans<'f> {
    spans: Vec<Span<'f>>,
}

/// Offsets are code points from 0, the end is exclusive.
#[derive(Serialize)]
struct Span<'f> {
    start: usize,
    end: usize,
    #[serde(rename = "type")]
    kind: Kind,
    class: Class,
    replacement: &'f str,
}

/// Runs the command.
///
/// # Errors
/// A text or roster that cannot be read, or a result that cannot be written.
pub fn run(args: &Redact, out: Out) -> Result<Ended, Usage> {
    let known = known(args.people.as_deref())?;
    let text = input::data(&args.file)?;
    let found = deid::find(&text, &known);
    let redacted = deid::redact(&text, &found);
    match &args.out {
        Some(path) => out::write(Path::new(path), &redacted)?,
        None if !out.json => out.raw(&redacted),
        None => {}
    }
    let spans = found
        .iter()
        .map(|f| Span {
            start: f.from,
            end: f.to,
            kind: f.kind,
            class: f.class,
            replacement: &f.replacement,
        })
        .collect();
    out.document(&Spans { spans });
    if !out.json {
        out.progress(counted(&found));
    }
    Ok(Ended::Well)
}

/// The people of a roster, and the councils of England.
///
/// # Errors
/// A roster that cannot be read.
pub fn known(roster: Option<&str>) -> Result<Known, Usage> {
    let roster = match roster {
        Some(file) => people(file)?,
        None => Roster::default(),
    };
    Ok(Known::new(&roster, deid::councils()))
}

/// The people of a roster.
///
/// # Errors
/// A file that cannot be read, or that is no roster.
pub fn people(file: &str) -> Result<Roster, Usage> {
    Roster::read(&input::data(file)?).map_err(|e| {
        usage(
            format!("{} is no roster: {e}", shown(file)),
            "its first line is name,email,phone,also_known_as,projects; only name has to be there",
        )
    })
}

fn counted(found: &[Found]) -> String {
    let direct = found.iter().filter(|f| f.class == Class::Direct).count();
    let people: std::collections::BTreeSet<&str> = found
        .iter()
        .filter(|f| f.kind == Kind::Name)
        .map(|f| f.replacement.as_str())
        .collect();
    format!(
        "{} taken out: {direct} identify somebody alone, {} with other things; {} named; read the text before it leaves",
        if found.len() == 1 {
            "1 thing".to_owned()
        } else {
            format!("{} things", found.len())
        },
        found.len() - direct,
        if people.len() == 1 {
            "1 person is".to_owned()
        } else {
            format!("{} people are", people.len())
        },
    )
}
