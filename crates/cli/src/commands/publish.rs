//! Everything the public, a partner or the regulator may ask for, made from the notice: the same notice gives the same files.

mod evidence;
mod forms;

use super::sound::sound;
use crate::input::{Usage, shown, usage};
use crate::moment;
use crate::out::{self, Ended, Out};
use clap::Args;
use jiff::Timestamp;
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::Path;

pub const EXAMPLE: &str = "Example: abide publish notices/*.notice.md -o public\nExample: abide publish notices/kinship-care-stakeholders.notice.md -o public --as ropa-xlsx --data our-house";

/// `abide publish`
#[derive(Args, Debug)]
pub struct Publish {
    /// Notices with rules
    #[arg(required = true, value_name = "FILE")]
    files: Vec<String>,
    /// The folder for the files; it is made where it is not there
    #[arg(short, long, value_name = "DIR")]
    out: String,
    /// What to make: html, pdf, text, summary, picture, dpv, tilt, ropa-csv, ropa-xlsx, consent-record; left out, all of them
    #[arg(long = "as", value_name = "LIST", value_delimiter = ',')]
    forms: Vec<String>,
    /// A house whose evidence fills the last columns of the record of processing
    #[arg(long, value_name = "FOLDER")]
    data: Option<String>,
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
/// An unknown format, a notice that cannot be read or has errors, two notices of one name, a house that keeps another version,
/// a folder that cannot be written to.
pub fn run(args: &Publish, at: Timestamp, out: Out) -> Result<Ended, Usage> {
    let forms = forms::asked(&args.forms)?;
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
    let house = evidence::open(args.data.as_deref(), at)?;
    let mut made = Vec::new();
    for (name, notice) in &notices {
        let upheld = match &house {
            Some((house, at)) => Some(evidence::of(house, notice, *at)?),
            None => None,
        };
        for form in &forms {
            let contents = (form.make)(notice, upheld.as_deref()).map_err(|e| {
                usage(
                    format!("`{name}` could not be made as {}: {e}", form.word),
                    "this is a fault of abide; the other forms can be made with `--as`",
                )
            })?;
            if let Some(contents) = contents {
                made.push((name, notice.version, form, contents));
            }
        }
    }
    let folder = Path::new(&args.out);
    out::folder(folder)?;
    let mut published = Published { files: Vec::new() };
    for (name, version, form, contents) in made {
        let path = folder.join(format!("{name}.{}", form.ending));
        out::write(&path, contents)?;
        let file = path.to_string_lossy().into_owned();
        out.say(&file);
        published.files.push(Made {
            file,
            notice: format!("{name}@{version}"),
            form: form.word,
        });
    }
    out.document(&published);
    Ok(Ended::Well)
}
