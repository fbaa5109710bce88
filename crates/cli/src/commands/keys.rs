//! The keys of a house: which there are, and how they are changed while the house is in use.

use crate::house;
use crate::input::{Usage, usage};
use crate::orders::{self, Order};
use crate::out::{Ended, Out};
use clap::{Args, Subcommand};
use jiff::Timestamp;
use std::path::PathBuf;

/// What the help shows.
pub const EXAMPLE: &str = "Example: abide keys --house our-house\nExample: abide keys rotate --root\nExample: abide keys rotate --data --project \"#3035\"";

/// `abide keys`
#[derive(Args, Debug)]
pub struct Keys {
    /// The house's folder
    #[arg(long, value_name = "FOLDER", global = true)]
    house: Option<PathBuf>,
    #[command(subcommand)]
    verb: Option<Verb>,
}

#[derive(Subcommand, Debug)]
enum Verb {
    /// Change keys for fresh ones; while the house is served, the server does it
    Rotate(Rotate),
}

#[derive(Args, Debug)]
struct Rotate {
    /// The root key: every other key is wrapped anew
    #[arg(long)]
    root: bool,
    /// People's keys: what is held about each is sealed anew, a person at a time
    #[arg(long)]
    data: bool,
    /// The key of the marks by which somebody known is found again
    #[arg(long)]
    look_up: bool,
    /// With --data: one project only, by its reference
    #[arg(long, value_name = "REF", requires = "data")]
    project: Option<String>,
}

/// Runs the command.
///
/// # Errors
/// A house that cannot be opened; what stood in the way.
pub fn run(args: &Keys, at: Timestamp, out: Out) -> Result<Ended, Usage> {
    let folder = house::find(args.house.as_deref())?;
    let mut orders = Vec::new();
    match &args.verb {
        None => orders.push(Order::Keys),
        Some(Verb::Rotate(rotate)) => {
            if rotate.root {
                orders.push(Order::RotateRoot);
            }
            if rotate.look_up {
                orders.push(Order::RotateLookUp);
            }
            if rotate.data {
                let project = rotate.project.clone();
                orders.push(Order::RotateData { project });
            }
        }
    }
    if orders.is_empty() {
        return Err(usage(
            "it is not said which keys to change",
            "add --root, --data or --look-up",
        ));
    }
    let mut documents = Vec::new();
    for order in orders {
        let done = orders::give(&folder, &order, at, out)?;
        for line in &done.lines {
            out.say(line);
        }
        documents.push(done.document);
    }
    match documents.as_slice() {
        [one] => out.document(one),
        several => out.document(&several),
    }
    Ok(Ended::Well)
}
