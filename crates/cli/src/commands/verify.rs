//! Whether the evidence still proves what happened, every entry, every checkpoint, every signature; and whether every
//! recording can still be read.

use crate::house;
use crate::input::{NOTICE_LIMIT, Usage, bytes, usage};
use crate::out::{Ended, Out};
use clap::Args;
use jiff::Timestamp;
use serde_json::json;
use std::path::PathBuf;

/// What the help shows.
pub const EXAMPLE: &str =
    "Example: abide verify --house our-house\nExample: abide verify --against checkpoint.txt";

/// `abide verify`
#[derive(Args, Debug)]
pub struct Verify {
    /// The house's folder
    #[arg(long, value_name = "FOLDER")]
    house: Option<PathBuf>,
    /// A checkpoint kept elsewhere, such as an auditor's: with it an end cut off the log is found too
    #[arg(long, value_name = "FILE")]
    against: Option<String>,
}

/// Runs the command.
///
/// # Errors
/// A house that cannot be opened.
pub fn run(args: &Verify, at: Timestamp, out: Out) -> Result<Ended, Usage> {
    let folder = house::find(args.house.as_deref())?;
    let held = match &args.against {
        Some(file) => Some(String::from_utf8_lossy(&bytes(file, NOTICE_LIMIT)?).into_owned()),
        None => None,
    };
    let house = house::open(&folder, at)?;
    let at = house.moment(at);
    let vault = house.desk.vault();
    let broken = |e: vault::Error| usage(e.to_string(), "restore the folder from a backup");
    vault.integrate(at).map_err(broken)?;
    let audit = vault.verify(held.as_deref()).map_err(broken)?;
    out.say(format!(
        "{} entries, {} checkpoints, {} not numbered yet",
        audit.entries, audit.checkpoints, audit.pending
    ));
    for fault in &audit.faults {
        out.say(format!("fault: {fault}"));
    }
    if audit.verifies() {
        out.say("the log verifies");
    }
    let found = vault.examine(at).map_err(broken)?;
    out.say(format!(
        "{} recordings read to their end, {} bytes",
        found.files, found.bytes
    ));
    for id in &found.damaged {
        out.say(format!("fault: the recording `{id}` was changed or cut"));
    }
    for id in &found.missing {
        out.say(format!("fault: the recording `{id}` or its key is missing"));
    }
    if found.given_up + found.removed > 0 {
        out.say(format!(
            "removed: {} recordings that never arrived whole, {} remains of others",
            found.given_up, found.removed
        ));
    }
    out.say(format!("the auditor's key is {}", vault.verifier()));
    out.document(&json!({
        "entries": audit.entries,
        "checkpoints": audit.checkpoints,
        "pending": audit.pending,
        "faults": audit.faults,
        "verifier": vault.verifier().to_string(),
        "recordings": {
            "files": found.files,
            "bytes": found.bytes,
            "damaged": found.damaged,
            "missing": found.missing,
            "given_up": found.given_up,
            "removed": found.removed,
        },
    }));
    Ok(if audit.verifies() && found.whole() {
        Ended::Well
    } else {
        Ended::No
    })
}
