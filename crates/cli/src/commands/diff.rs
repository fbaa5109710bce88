//! What a new version of a notice means for people, and who must be told before it applies.

use super::sound::readable;
use crate::input::{Usage, shown, usage};
use crate::out::{self, Ended, Out};
use ::publish::changes::{News, Told, news};
use clap::Args;
use notice::Notice;
use notice::compare::Kind;
use serde::Serialize;
use std::path::Path;

pub const EXAMPLE: &str = "Example: abide diff notices/archive/kinship-care-stakeholders.v1.notice.md notices/kinship-care-stakeholders.notice.md\nExample: abide diff old.notice.md new.notice.md -o pictures";

/// `abide diff`
#[derive(Args, Debug)]
pub struct Diff {
    /// The notice as it was
    #[arg(value_name = "OLD")]
    old: String,
    /// The notice as it is to be
    #[arg(value_name = "NEW")]
    new: String,
    /// A folder for two pictures of the way the data take, before and after (SVG)
    #[arg(short, long, value_name = "DIR")]
    out: Option<String>,
}

/// The contract: what `--json` prints.
#[derive(Serialize)]
struct Document {
    changes: Vec<Line>,
    /// The day by which those who must be told have been told.
    tell_before: String,
    pictures: Vec<String>,
}

#[derive(Serialize)]
struct Line {
    clause: String,
    kind: &'static str,
    what: String,
    was: Option<String>,
    material: bool,
    why: String,
    tell: Vec<String>,
}

/// Runs the command. Exit 0 whether or not there is a difference.
///
/// # Errors
/// A notice that cannot be read, or whose rules cannot; a folder that cannot be written to.
pub fn run(args: &Diff, out: Out) -> Result<Ended, Usage> {
    let old = readable(&args.old)?;
    let new = readable(&args.new)?;
    if old.reference != new.reference && old.name != new.name {
        return Err(usage(
            format!(
                "{} is a notice of {}, {} one of {}",
                shown(&args.old),
                old.reference,
                shown(&args.new),
                new.reference
            ),
            "name two versions of one notice",
        ));
    }
    let news = news(&old, &new);
    let pictures = match &args.out {
        Some(folder) => pictures(folder, &old, &new)?,
        None => Vec::new(),
    };
    say(out, &old, &new, &news);
    for file in &pictures {
        out.say(file);
    }
    out.document(&Document {
        tell_before: news.before.to_string(),
        changes: news.changes.into_iter().map(line).collect(),
        pictures,
    });
    Ok(Ended::Well)
}

fn line(told: Told) -> Line {
    Line {
        clause: told.clause,
        kind: told.kind.word(),
        what: told.what,
        was: told.was,
        material: told.material,
        why: told.why,
        tell: told.tell,
    }
}

fn pictures(folder: &str, old: &Notice, new: &Notice) -> Result<Vec<String>, Usage> {
    let folder = Path::new(folder);
    out::folder(folder)?;
    let (before, after) = ::publish::picture::before_and_after(old, new);
    let mut made = Vec::new();
    for (name, svg) in [("before", before), ("after", after)] {
        let path = folder.join(format!("{}.{name}.svg", new.name));
        out::write(&path, &svg)?;
        made.push(path.to_string_lossy().into_owned());
    }
    Ok(made)
}

fn say(out: Out, old: &Notice, new: &Notice, news: &News) {
    out.say(format!(
        "{}: version {} of {} compared with version {} of {}\n",
        new.title,
        new.version,
        ::publish::words::phrase::day(new.dated),
        old.version,
        ::publish::words::phrase::day(old.dated),
    ));
    if news.changes.is_empty() {
        out.say("nothing is different for anybody");
        return;
    }
    let (matter, rest): (Vec<&Told>, Vec<&Told>) = news.changes.iter().partition(|t| t.material);
    if !matter.is_empty() {
        out.say("What matters to people, and must be told before it applies:\n");
        for told in &matter {
            one(out, told);
        }
        let mut tell: Vec<&str> = matter
            .iter()
            .flat_map(|t| &t.tell)
            .map(String::as_str)
            .collect();
        tell.sort_unstable();
        tell.dedup();
        let by = news
            .by
            .as_ref()
            .map(|b| format!(" by {b}"))
            .unwrap_or_default();
        out.say(format!(
            "Tell {}{by} before {}.\n",
            ::publish::words::phrase::list(&tell, "and"),
            ::publish::words::phrase::day(news.before)
        ));
    }
    if !rest.is_empty() {
        out.say("What else is different; nobody has to be told:\n");
        for told in &rest {
            one(out, told);
        }
    }
}

fn one(out: Out, told: &Told) {
    let mark = match told.kind {
        Kind::Added => "+",
        Kind::Removed => "-",
        Kind::Changed => "~",
    };
    out.say(format!("{mark} {}: {}", told.place, told.why));
    if let Some(was) = &told.was {
        out.say(format!("    was: {was}"));
    }
    out.say(format!(
        "    {}: {}\n",
        if told.kind == Kind::Removed {
            "was"
        } else {
            "now"
        },
        told.what
    ));
}
