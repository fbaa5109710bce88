//! Rule sentences in the one tidy way. Words for people are not touched, and no file is ever half written.

use crate::input::{self, Usage, shown};
use crate::out::{self, Ended, Out, complain};
use clap::Args;
use serde::Serialize;
use std::path::Path;

pub const EXAMPLE: &str =
    "Example: abide fmt notices/*.notice.md\nExample: abide fmt --check notices/*.notice.md";

/// `abide fmt`
#[derive(Args, Debug)]
pub struct Fmt {
    /// Notices; `-` reads standard input and prints the result
    #[arg(required = true, value_name = "FILE")]
    files: Vec<String>,
    /// Change nothing; exit 1 where something would change
    #[arg(long)]
    check: bool,
}

#[derive(Serialize)]
struct Formatted<'f> {
    files: Vec<One<'f>>,
}

#[derive(Serialize)]
struct One<'f> {
    file: &'f str,
    /// Whether it was (with `--check`: would be) written anew.
    changed: bool,
    /// The result, for standard input alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
}

/// Runs the command.
///
/// # Errors
/// None of its own: a file that cannot be read or written is said and passed over, and the end is [`Ended::Partly`].
pub fn run(args: &Fmt, out: Out) -> Result<Ended, Usage> {
    let mut done = Formatted { files: Vec::new() };
    let mut wrong = false;
    for file in &args.files {
        match one(file, args.check, out) {
            Ok(one) => done.files.push(one),
            Err(why) => {
                complain(&why);
                wrong = true;
            }
        }
    }
    out.document(&done);
    let changed = done.files.iter().any(|f| f.changed);
    Ok(match (wrong, args.check && changed) {
        (true, _) => Ended::Partly,
        (false, true) => Ended::No,
        (false, false) => Ended::Well,
    })
}

fn one(file: &str, check: bool, out: Out) -> Result<One<'_>, Usage> {
    let text = input::whole_text(file)?;
    let tidy = notice::format(&text);
    let changed = tidy != text;
    if check {
        if changed {
            out.say(format!(
                "{} is not tidy: run `abide fmt {file}`",
                shown(file)
            ));
        }
    } else if file == "-" {
        if out.json {
            return Ok(One {
                file,
                changed,
                text: Some(tidy),
            });
        }
        out.raw(&tidy);
    } else if changed {
        out::write(Path::new(file), &tidy)?;
        out.say(format!("tidied {}", shown(file)));
    }
    Ok(One {
        file,
        changed,
        text: None,
    })
}
