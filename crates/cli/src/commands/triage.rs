//! Every mail is heard: which project it quotes, what it asks for, and by when. A proposal, for a person to confirm.

use super::redact::people;
use crate::input::{self, DATA_LIMIT, Usage, shown, usage};
use crate::out::{Ended, Out, complain};
use clap::Args;
use deid::Roster;
use desk::contact::triage::{Known, Proposal, triage};
use jiff::civil::Date;
use notice::Notice;
use serde::Serialize;

pub const EXAMPLE: &str = "\
Example: abide triage inbox/*.eml --notices notices --people roster.csv

The roster is a CSV file whose first line is name,email,phone,also_known_as,projects. Several values in a cell stand between semicolons.";

/// `abide triage`
#[derive(Args, Debug)]
pub struct Triage {
    /// Mails as saved by a mail program (.eml); `-` is standard input
    #[arg(required = true, value_name = "FILE.eml")]
    files: Vec<String>,
    /// The folder of the notices whose projects a mail may quote [default: notices, where it is there]
    #[arg(long, value_name = "DIR")]
    notices: Option<String>,
    /// The people the projects know
    #[arg(long, value_name = "ROSTER.csv")]
    people: Option<String>,
    /// The day the mails reached us [default: the day each says itself]
    #[arg(long, value_name = "DATE")]
    received: Option<String>,
}

/// The contract: what `--json` prints.
#[derive(Serialize)]
struct Mails<'f> {
    mails: Vec<Mail<'f>>,
}

#[derive(Serialize)]
struct Mail<'f> {
    file: &'f str,
    #[serde(flatten)]
    proposal: Proposal,
}

/// Runs the command.
///
/// # Errors
/// A folder without notices, a roster that is none, a day that is none. A mail that cannot be read is said and passed over, and the
/// end is [`Ended::Partly`].
pub fn run(args: &Triage, out: Out) -> Result<Ended, Usage> {
    let received: Option<Date> = args
        .received
        .as_deref()
        .map(super::deadline::date)
        .transpose()?;
    let notices = notices(args.notices.as_deref())?;
    let notices: Vec<&Notice> = notices.iter().collect();
    let known = match &args.people {
        Some(file) => known(people(file)?),
        None => Vec::new(),
    };
    let mut mails = Mails { mails: Vec::new() };
    let mut unread = false;
    for file in &args.files {
        match mail(file) {
            Ok(bytes) => {
                let proposal = triage(&bytes, &notices, &known, received);
                say(file, &proposal, out);
                mails.mails.push(Mail { file, proposal });
            }
            Err(wrong) => {
                complain(&wrong);
                unread = true;
            }
        }
    }
    out.document(&mails);
    Ok(if unread { Ended::Partly } else { Ended::Well })
}

fn mail(file: &str) -> Result<Vec<u8>, Usage> {
    let bytes = input::bytes(file, DATA_LIMIT)?;
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(usage(
            format!("{} is empty", shown(file)),
            "save the mail again, as the whole message",
        ));
    }
    Ok(bytes)
}

/// The notices of a folder. A sentence that cannot be read does not hide the project's name.
fn notices(folder: Option<&str>) -> Result<Vec<Notice>, Usage> {
    let names = match folder {
        Some(folder) => input::notices(folder)?,
        None => input::notices("notices").unwrap_or_default(),
    };
    names
        .iter()
        .map(|name| {
            let parsed = notice::parse(&input::text(name)?);
            parsed.notice.ok_or_else(|| {
                usage(
                    format!("{} does not say which project it is for", shown(name)),
                    format!("run `abide check {name}`"),
                )
            })
        })
        .collect()
}

fn known(roster: Roster) -> Vec<Known> {
    roster
        .people
        .into_iter()
        .map(|p| Known {
            name: p.name,
            emails: p.emails,
            phones: p.phones,
            also_known_as: p.also_known_as,
            projects: p.projects,
        })
        .collect()
}

/// What a person reads who decides.
fn say(file: &str, it: &Proposal, out: Out) {
    let list = |words: Vec<&str>, none: &str| {
        if words.is_empty() {
            none.to_owned()
        } else {
            words.join(", ")
        }
    };
    let projects = it.projects.iter().map(String::as_str).collect();
    out.say(input::plain(file));
    out.say(format!("  project   {}", list(projects, "none quoted")));
    out.say(format!(
        "  about     {}",
        list(
            it.kinds.iter().map(|k| k.word()).collect(),
            "nothing that asks for an act"
        )
    ));
    if let Some(due) = it.due {
        out.say(format!("  due       {due}"));
    }
    if it.identity_check {
        out.say("  identity  to be checked");
    }
    for why in &it.why {
        out.say(format!("  because   {why}"));
    }
}
