//! One file a command; here they are named, and a slip of the pen at the prompt gets its sentence.

mod ask;
mod backup;
mod check;
mod compile;
mod deadline;
mod demo;
mod diff;
mod evidence;
mod explain;
mod fmt;
mod import;
mod init;
mod keys;
pub mod promises;
mod publish;
mod redact;
mod rehearse;
mod release;
mod restore;
mod scenario;
mod serve;
mod sound;
pub mod sweep;
mod triage;
mod verify;

use crate::input::{Usage, usage};
use crate::out::{self, Ended, Out};
use clap::Subcommand;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use jiff::Timestamp;
use std::process::ExitCode;

/// The commands. Those that need no vault stand first.
#[derive(Subcommand, Debug)]
pub enum Command {
    /// Find what breaks the law, or the notice's own word
    #[command(after_help = check::EXAMPLE)]
    Check(check::Check),
    /// Say what a finding means, why it matters, and what to write instead
    #[command(after_help = explain::EXAMPLE)]
    Explain(explain::Explain),
    /// Make a literate notice of an existing one: its own words, with rules proposed under them
    #[command(after_help = import::EXAMPLE)]
    Import(import::Import),
    /// Write the rule sentences of a notice in the one tidy way; words for people stay as they are
    #[command(after_help = fmt::EXAMPLE)]
    Fmt(fmt::Fmt),
    /// Print what the machine understands: the model, the access policies, or the duties
    #[command(after_help = compile::EXAMPLE)]
    Compile(compile::Compile),
    /// Compare two versions of a notice: what changes for people, what matters, who must be told
    #[command(after_help = diff::EXAMPLE)]
    Diff(diff::Diff),
    /// Make what the public, a partner or the regulator may ask for: pages, text, a picture, records, exports
    #[command(after_help = publish::EXAMPLE)]
    Publish(publish::Publish),
    /// Ask whether something would be allowed, and why
    #[command(after_help = ask::EXAMPLE)]
    Ask(ask::Ask),
    /// Work out a day the law or a promise sets
    #[command(
        after_help = "Example: abide deadline --right access --received 2026-11-25\nExample: abide deadline --keep \"2 years\" --from 2026-03-31"
    )]
    Deadline(deadline::Deadline),
    /// Take out of a text what identifies people
    #[command(after_help = redact::EXAMPLE)]
    Redact(redact::Redact),
    /// Look at data before anything leaves
    Release(release::Release),
    /// Read mails: which project, what is asked, by when; a proposal for a person
    #[command(after_help = triage::EXAMPLE)]
    Triage(triage::Triage),
    /// Look around: a made-up organisation with three notices, moved through four years
    #[command(after_help = demo::EXAMPLE)]
    Demo(demo::Demo),
    /// Make a new house: a folder with an empty vault, its key, and an administrator
    #[command(after_help = init::EXAMPLE)]
    Init(init::Init),
    /// Serve a house in the browser
    #[command(after_help = serve::EXAMPLE)]
    Serve(serve::Serve),
    /// Say of every clause whether it is kept, due or broken, and what that rests on
    #[command(after_help = promises::EXAMPLE)]
    Promises(promises::Promises),
    /// Act out promises: run the scenarios in Markdown files
    #[command(after_help = scenario::EXAMPLE)]
    Scenario(scenario::Scenario),
    /// Do what is due, or show it
    #[command(after_help = sweep::EXAMPLE)]
    Sweep(sweep::Sweep),
    /// Show which keys there are, or change them for fresh ones while the house is in use
    #[command(after_help = keys::EXAMPLE)]
    Keys(keys::Keys),
    /// Write data and keys into two files, encrypted to recovery keys, while the house is in use
    #[command(after_help = backup::EXAMPLE)]
    Backup(backup::Backup),
    /// Bring a house back from a backup, without anybody who was erased since
    #[command(after_help = restore::EXAMPLE)]
    Restore(restore::Restore),
    /// Bring a backup back aside, look at all of it, and clear it away
    #[command(after_help = rehearse::EXAMPLE)]
    Rehearse(rehearse::Rehearse),
    /// Check the evidence: every entry, every checkpoint
    #[command(after_help = verify::EXAMPLE)]
    Verify(verify::Verify),
    /// Take the evidence away: the log for an auditor, or the proof of one entry
    #[command(after_help = evidence::EXAMPLE)]
    Evidence(evidence::Evidence),
}

impl Command {
    /// Runs it.
    ///
    /// # Errors
    /// Wrong usage, or input that cannot be read: exit 2.
    pub fn run(&self, at: Timestamp, out: Out) -> Result<Ended, Usage> {
        match self {
            Command::Check(it) => check::run(it, at, out),
            Command::Explain(it) => explain::run(it, out),
            Command::Import(it) => import::run(it, out),
            Command::Fmt(it) => fmt::run(it, out),
            Command::Compile(it) => compile::run(it, at, out),
            Command::Diff(it) => diff::run(it, out),
            Command::Publish(it) => publish::run(it, at, out),
            Command::Ask(it) => ask::run(it, at, out),
            Command::Deadline(it) => deadline::run(it, out),
            Command::Redact(it) => redact::run(it, out),
            Command::Release(it) => release::run(it, out),
            Command::Triage(it) => triage::run(it, out),
            Command::Demo(it) => demo::run(it, out),
            Command::Init(it) => init::run(it, at, out),
            Command::Serve(it) => serve::run(it, at, out),
            Command::Promises(it) => promises::run(it, at, out),
            Command::Scenario(it) => scenario::run(it, out),
            Command::Sweep(it) => sweep::run(it, at, out),
            Command::Backup(it) => backup::run(it, at, out),
            Command::Restore(it) => restore::run(it, at, out),
            Command::Rehearse(it) => rehearse::run(it, at, out),
            Command::Keys(it) => keys::run(it, at, out),
            Command::Verify(it) => verify::run(it, at, out),
            Command::Evidence(it) => evidence::run(it, at, out),
        }
    }
}

/// Help was asked for, or the words were not understood: says so, and gives the exit code.
pub fn misheard(wrong: &clap::Error) -> ExitCode {
    if !wrong.use_stderr() {
        // A closed pipe is the reader's wish.
        let _ = wrong.print();
        return ExitCode::SUCCESS;
    }
    if wrong.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        let _ = wrong.print();
        return ExitCode::from(2);
    }
    out::complain(&sentence(wrong));
    ExitCode::from(2)
}

/// What was not understood, in one sentence.
fn sentence(wrong: &clap::Error) -> Usage {
    let said = |kind| wrong.get(kind).map(words).filter(|w| !w.is_empty());
    let usage_line = wrong.render().to_string();
    let usage_line = usage_line
        .lines()
        .find_map(|l| l.strip_prefix("Usage: "))
        .map(str::to_owned);
    let see = || match &usage_line {
        Some(line) => format!("write it as: {line}"),
        None => "see `abide --help`".to_owned(),
    };
    let guess = |kind| match said(kind) {
        Some(near) => format!("did you mean `{near}`? see `abide --help`"),
        None => see(),
    };
    let argument = said(ContextKind::InvalidArg).unwrap_or_default();
    match wrong.kind() {
        ErrorKind::InvalidSubcommand => usage(
            format!(
                "`{}` is no command of abide",
                said(ContextKind::InvalidSubcommand).unwrap_or_default()
            ),
            said(ContextKind::SuggestedSubcommand).map_or_else(
                || "`abide --help` lists the commands".to_owned(),
                |near| format!("did you mean `{near}`? `abide --help` lists the commands"),
            ),
        ),
        ErrorKind::UnknownArgument => usage(
            format!("`{argument}` is not known here"),
            guess(ContextKind::SuggestedArg),
        ),
        ErrorKind::MissingRequiredArgument => usage(
            format!("`{}` is missing", argument.replace(", ", "`, `")),
            see(),
        ),
        ErrorKind::MissingSubcommand => usage("it is not said what to do", see()),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            match said(ContextKind::InvalidValue) {
                Some(value) => usage(
                    format!("`{value}` is no value for `{argument}`"),
                    said(ContextKind::ValidValue)
                        .map_or_else(see, |known| format!("one of: {known}")),
                ),
                None => usage(
                    format!("`{argument}` needs a value"),
                    said(ContextKind::ValidValue)
                        .map_or_else(see, |known| format!("one of: {known}")),
                ),
            }
        }
        ErrorKind::ArgumentConflict => usage(
            format!("`{argument}` does not go with the rest, or stands twice"),
            see(),
        ),
        ErrorKind::InvalidUtf8 => usage("an argument is not UTF-8 text", see()),
        _ => usage(format!("`{argument}` is not understood"), see()),
    }
}

fn words(value: &ContextValue) -> String {
    match value {
        ContextValue::Strings(list) => list.join(", "),
        ContextValue::None => String::new(),
        other => other.to_string(),
    }
}
