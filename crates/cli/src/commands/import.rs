//! An existing notice becomes a literate one: its own words, rules proposed under them, doubts marked.

use std::path::{Path, PathBuf};

use crate::input::{self, Usage, shown, usage};
use crate::out::{self, Ended, Out};
use clap::Args;
use notice::import::{Doubt, Draft, Summary};
use serde::Serialize;

pub const EXAMPLE: &str = "Example: abide import old-notice.txt -o wellbeing.notice.md\nExample: abide import old-notice.docx --json";

/// What behind a file's name makes it a literate notice.
const ENDING: &str = ".notice.md";

/// `abide import`
#[derive(Args, Debug)]
pub struct Import {
    /// An existing notice: Word, PDF, web page, Markdown, text; `-` is standard input
    #[arg(value_name = "FILE")]
    file: String,
    /// Write the literate notice here; several notices in one file become NAME-1.notice.md, NAME-2.notice.md …
    #[arg(short = 'o', long = "out", value_name = "OUT.notice.md")]
    out: Option<String>,
    /// Write over a file that is there already
    #[arg(long)]
    force: bool,
    /// Print the words as they were read from the file, and nothing else
    #[arg(long, conflicts_with_all = ["out", "force"])]
    text: bool,
}

/// The contract: what `--json` prints. A file with one notice has no `notices`.
#[derive(Serialize)]
struct Imported<'d> {
    #[serde(flatten)]
    first: &'d Summary,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    notices: Vec<&'d Summary>,
}

/// Runs the command.
///
/// # Errors
/// A file that cannot be read or holds no privacy notice, one that is literate already, or a place that cannot be
/// written to.
pub fn run(args: &Import, out: Out) -> Result<Ended, Usage> {
    let heard = input::document(&args.file)?;
    heard.remark(&args.file, out);
    let text = heard.text;
    if args.text {
        if out.json {
            out.document(&serde_json::json!({ "text": text }));
        } else {
            out.raw(&text);
        }
        return Ok(Ended::Well);
    }
    if notice::document::read(&text).fences().next().is_some() {
        return Err(usage(
            format!("{} has rules already", shown(&args.file)),
            "`abide check` says what is wrong with a literate notice; `abide import` is for those in words alone",
        ));
    }
    let drafts = notice::import::draft(&text);
    let Some(first) = drafts.first() else {
        return Err(usage(
            format!(
                "{} does not read like a privacy notice, so nothing was made of it",
                shown(&args.file)
            ),
            "name a text that tells people what is done with their data; `--text` shows the words that were read",
        ));
    };
    let written = match &args.out {
        Some(place) => write(place, &drafts, args.force)?,
        None => Vec::new(),
    };
    if args.out.is_none() && !out.json {
        let whole: Vec<&str> = drafts.iter().map(|d| d.notice.as_str()).collect();
        out.raw(&whole.join("\n"));
    }
    let several: Vec<&Summary> = if drafts.len() > 1 {
        drafts.iter().map(|d| &d.summary).collect()
    } else {
        Vec::new()
    };
    out.document(&Imported {
        first: &first.summary,
        notices: several,
    });
    if !out.json {
        for (n, draft) in drafts.iter().enumerate() {
            let name = match (drafts.len(), written.get(n)) {
                (_, Some(file)) => format!("{}: ", shown(&file.to_string_lossy())),
                (1, None) => String::new(),
                (_, None) => format!("notice {}: ", n + 1),
            };
            out.progress(format!("{name}{}", found(&draft.summary)));
            for doubt in &draft.summary.unsure {
                out.progress(line(doubt));
            }
        }
    }
    Ok(Ended::Well)
}

/// Writes every draft, or none where one of the places is taken.
fn write(place: &str, drafts: &[Draft], force: bool) -> Result<Vec<PathBuf>, Usage> {
    let places: Vec<PathBuf> = match drafts.len() {
        1 => vec![PathBuf::from(place)],
        count => (1..=count).map(|n| numbered(place, n)).collect(),
    };
    if let Some(taken) = places.iter().find(|p| !force && out::is_taken(p)) {
        return Err(usage(
            format!("{} is there already", shown(&taken.to_string_lossy())),
            "name another place, or add `--force` to write over it",
        ));
    }
    for (place, draft) in places.iter().zip(drafts) {
        out::write(place, &draft.notice)?;
    }
    Ok(places)
}

/// `folder/wellbeing-2.notice.md`
fn numbered(place: &str, n: usize) -> PathBuf {
    let path = Path::new(place);
    let name = path
        .file_name()
        .map(|n| n.to_string_lossy().into_owned())
        .unwrap_or_default();
    let (stem, ending) = match name.strip_suffix(ENDING) {
        Some(stem) => (stem.to_owned(), ENDING.to_owned()),
        None => match name.rsplit_once('.') {
            Some((stem, ending)) if !stem.is_empty() => (stem.to_owned(), format!(".{ending}")),
            _ => (name.clone(), String::new()),
        },
    };
    path.with_file_name(format!("{stem}-{n}{ending}"))
}

/// What was found, in numbers.
fn found(summary: &Summary) -> String {
    let count = |n: usize, one: &str, many: &str| match n {
        1 => format!("1 {one}"),
        n => format!("{n} {many}"),
    };
    let bare = summary
        .purposes
        .iter()
        .filter(|p| p.basis.is_none())
        .count();
    let without = if bare > 0 {
        format!(" ({bare} without a lawful basis)")
    } else {
        String::new()
    };
    let list = [
        count(summary.controllers.len(), "controller", "controllers"),
        count(summary.data.len(), "data item", "data items"),
        count(summary.sources.len(), "source", "sources"),
        format!(
            "{}{without}",
            count(summary.purposes.len(), "purpose", "purposes")
        ),
        count(summary.recipients.len(), "recipient", "recipients"),
        count(
            summary.retention.len(),
            "time of keeping",
            "times of keeping",
        ),
        count(summary.rights.len(), "right", "rights"),
    ];
    let settle = match summary.unsure.len() {
        0 => "nothing is unsure".to_owned(),
        n => format!("{} to settle", count(n, "thing", "things")),
    };
    format!("found {}; {settle}", list.join(", "))
}

/// A doubt in one line.
fn line(doubt: &Doubt) -> String {
    let offer = doubt
        .offer
        .as_deref()
        .map(|o| format!("; perhaps {o}"))
        .unwrap_or_default();
    format!(
        "  line {}: {}: {}{offer}",
        doubt.line, doubt.what, doubt.why
    )
}
