//! What the public reads, made from the notice alone: the same notice gives the same files.

use super::sound::sound;
use crate::input::{Usage, shown, usage};
use crate::moment;
use crate::out::{self, Ended, Out};
use crate::spelling;
use clap::Args;
use jiff::Timestamp;
use notice::Notice;
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::Path;

pub const EXAMPLE: &str = "Example: abide publish notices/*.notice.md -o public\nExample: abide publish notices/kinship-care-stakeholders.notice.md -o public --as html";

/// What can be made now: the word, the ending of the file, and how.
type Form = (&'static str, &'static str, fn(&Notice) -> String);
const FORMS: [Form; 3] = [
    ("html", "html", ::publish::standalone::page),
    ("text", "txt", ::publish::text::text),
    ("summary", "summary.txt", ::publish::text::in_short),
];

/// What will be made in a later version.
const LATER: [&str; 5] = ["pdf", "dpv", "tilt", "ropa-csv", "ropa-xlsx"];

/// `abide publish`
#[derive(Args, Debug)]
pub struct Publish {
    /// Notices with rules
    #[arg(required = true, value_name = "FILE")]
    files: Vec<String>,
    /// The folder for the files; it is made where it is not there
    #[arg(short, long, value_name = "DIR")]
    out: String,
    /// What to make: html, text, summary
    #[arg(
        long = "as",
        value_name = "LIST",
        value_delimiter = ',',
        default_value = "html,text,summary"
    )]
    forms: Vec<String>,
}

#[derive(Serialize)]
struct Published {
    files: Vec<Made>,
}

#[derive(Serialize)]
struct Made {
    file: String,
    notice: String,
    #[serde(rename = "as")]
    form: &'static str,
}

/// Runs the command. Nothing is written unless everything can be made.
///
/// # Errors
/// An unknown format, a notice that cannot be read or has errors, two notices of one name, a folder that cannot be written to.
pub fn run(args: &Publish, at: Timestamp, out: Out) -> Result<Ended, Usage> {
    let forms: Vec<Form> = args
        .forms
        .iter()
        .map(|word| form(word))
        .collect::<Result<_, _>>()?;
    let mut notices = BTreeMap::new();
    for file in &args.files {
        let notice = sound(file, moment::day(at))?;
        let name = notice.name.clone();
        if notices.insert(name.clone(), notice).is_some() {
            return Err(usage(
                format!("{} is a second notice of the name `{name}`", shown(file)),
                "publish the two into folders of their own",
            ));
        }
    }
    let folder = Path::new(&args.out);
    out::folder(folder)?;
    let mut published = Published { files: Vec::new() };
    for (name, notice) in &notices {
        for (form, ending, make) in &forms {
            let path = folder.join(format!("{name}.{ending}"));
            out::write(&path, &make(notice))?;
            let file = path.to_string_lossy().into_owned();
            out.say(&file);
            published.files.push(Made {
                file,
                notice: format!("{name}@{}", notice.version),
                form,
            });
        }
    }
    out.document(&published);
    Ok(Ended::Well)
}

fn form(word: &str) -> Result<Form, Usage> {
    if let Some(form) = FORMS.iter().find(|(known, ..)| *known == word) {
        return Ok(*form);
    }
    let known = FORMS.iter().map(|(known, ..)| *known);
    if LATER.contains(&word) {
        let list = known.collect::<Vec<_>>().join(", ");
        return Err(usage(
            format!("`{word}` comes with a later version"),
            format!("this one makes: {list}"),
        ));
    }
    Err(usage(
        format!("`{}` is no format abide publishes", spelling::shown(word)),
        spelling::help(word, known),
    ))
}
