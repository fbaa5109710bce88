//! `abide`: a research project is run the way its privacy notice says, from the command line.
//!
//! Exit 0: fine, or permitted. Exit 1: errors found, refused, or verification failed. Exit 2: wrong usage or
//! unreadable input, with one sentence on what to do.

mod commands;
mod country;
mod diagnostic;
mod house;
mod hush;
mod input;
mod moment;
mod named;
mod orders;
mod out;
mod part;
mod recordings;
mod recovery;
mod root;
mod scratch;
mod server;
mod spelling;
mod stop;
mod wall;

use clap::{CommandFactory, Parser};
use commands::Command;
use out::{Ended, Out};
use std::process::ExitCode;

#[global_allocator]
static MEMORY: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Runs a research project the way its privacy notice says: checks the notice like a compiler, publishes it,
/// and answers what it allows.
#[derive(Parser, Debug)]
#[command(
    name = "abide",
    version,
    disable_help_subcommand = true,
    max_term_width = 100
)]
#[command(
    after_help = "Begin with: abide check notices/*.notice.md\nExit codes: 0 fine or permitted; 1 errors found or refused; 2 wrong usage or unreadable input."
)]
struct Abide {
    /// Print one JSON document instead of words for people
    #[arg(long, global = true)]
    json: bool,
    /// The moment to judge by, such as 2027-01-31 or 2027-01-31T16:30:00Z [default: now]
    #[arg(long, global = true, value_name = "DATE")]
    at: Option<String>,
    #[command(subcommand)]
    command: Option<Command>,
}

fn main() -> ExitCode {
    hush::hush();
    let asked = match Abide::try_parse() {
        Ok(asked) => asked,
        Err(wrong) => return commands::misheard(&wrong),
    };
    let out = Out { json: asked.json };
    let Some(command) = asked.command else {
        let _ = Abide::command().print_help();
        return ExitCode::SUCCESS;
    };
    let ended = moment::at(asked.at.as_deref()).and_then(|at| command.run(at, out));
    match ended {
        Ok(Ended::Well) => ExitCode::SUCCESS,
        Ok(Ended::No) => ExitCode::from(1),
        Ok(Ended::Partly) => ExitCode::from(2),
        Err(wrong) => {
            stop::rest();
            out::complain(&wrong);
            ExitCode::from(2)
        }
    }
}
