//! Whether the evidence still proves what happened, every entry, every checkpoint, every signature; and whether everything that is
//! held can still be read: every page, value, letter, recording and key, and nothing that was erased.

use crate::house::{self, Opened};
use crate::input::{NOTICE_LIMIT, Usage, bytes, usage};
use crate::out::{Ended, Out};
use clap::Args;
use evidence::{Entry, Receipt, Verifier};
use jiff::Timestamp;
use serde_json::json;
use std::path::PathBuf;

/// What the help shows.
pub const EXAMPLE: &str = "Example: abide verify --house our-house\nExample: abide verify --against checkpoint.txt\nExample: abide verify --receipt certificate.receipt --key 'abide/evidence+1f2e3d4c+AQIDBA'";

/// `abide verify`
#[derive(Args, Debug)]
pub struct Verify {
    /// The house's folder
    #[arg(long, value_name = "FOLDER")]
    house: Option<PathBuf>,
    /// A checkpoint kept elsewhere, such as an auditor's: with it an end cut off the log is found too
    #[arg(long, value_name = "FILE")]
    against: Option<String>,
    /// One receipt that somebody kept, such as the certificate of an erasure; by a key it needs no house
    #[arg(long, value_name = "FILE", conflicts_with = "against")]
    receipt: Option<String>,
    /// The auditor's key, or a file that holds it
    #[arg(long, value_name = "KEY", requires = "receipt")]
    key: Option<String>,
}

/// Runs the command.
///
/// # Errors
/// A house that cannot be opened.
pub fn run(args: &Verify, at: Timestamp, out: Out) -> Result<Ended, Usage> {
    if let Some(file) = &args.receipt {
        return receipt(args, file, at, out);
    }
    let folder = house::find(args.house.as_deref())?;
    let held = match &args.against {
        Some(file) => Some(as_signed(&String::from_utf8_lossy(&bytes(
            file,
            NOTICE_LIMIT,
        )?))),
        None => None,
    };
    let house = match house::try_open(&folder, at)? {
        Opened::Ours(house) => house,
        Opened::InUse(wrong) => return Err(wrong),
        Opened::Damaged(wrong) => {
            let fault = format!("{}: {}", wrong.what, wrong.help);
            out.say(format!("fault: {fault}"));
            out.document(&json!({ "opens": false, "faults": [fault] }));
            return Ok(Ended::No);
        }
    };
    let asked = at;
    let at = house.now(asked);
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
    let mut seen = vault.inspect(at).map_err(broken)?;
    if at.duration_since(asked) > jiff::SignedDuration::from_mins(1) {
        seen.remarks.push(format!(
            "the moment asked for ({asked:.0}) lies before the last evidence ({at:.0}), from which time goes on: see whether the machine's clock is right"
        ));
    }
    let found = &seen.files;
    out.say(format!(
        "{} recordings read to their end, {} bytes",
        found.files, found.bytes
    ));
    out.say(format!(
        "{} people, {} values and {} letters opened with {} keys; {} erasures, none of which can be read",
        seen.people, seen.values, seen.letters, seen.keys, seen.erased
    ));
    out.say(format!(
        "{} pages are as they were written, {} versions of notices as they were published, {} days on which something falls due",
        seen.pages, seen.notices, seen.days
    ));
    for fault in &seen.faults {
        out.say(format!("fault: {fault}"));
    }
    for remark in &seen.remarks {
        out.say(format!("note: {remark}"));
    }
    if found.given_up + found.removed > 0 {
        out.say(format!(
            "removed: {} recordings that never arrived whole, {} remains of others",
            found.given_up, found.removed
        ));
    }
    out.say(format!("the auditor's key is {}", vault.verifier()));
    let faults: Vec<&String> = audit.faults.iter().chain(&seen.faults).collect();
    out.document(&json!({
        "entries": audit.entries,
        "checkpoints": audit.checkpoints,
        "pending": audit.pending,
        "faults": faults,
        "remarks": seen.remarks,
        "people": seen.people,
        "values": seen.values,
        "letters": seen.letters,
        "keys": seen.keys,
        "erased": seen.erased,
        "pages": seen.pages,
        "notices": seen.notices,
        "days": seen.days,
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
    Ok(if audit.verifies() && seen.sound() {
        Ended::Well
    } else {
        Ended::No
    })
}

/// One receipt: by a key that is given, or by this house's own, which is then asked for the entry too.
fn receipt(args: &Verify, file: &str, at: Timestamp, out: Out) -> Result<Ended, Usage> {
    let text = as_signed(&String::from_utf8_lossy(&bytes(file, NOTICE_LIMIT)?));
    let kept = Receipt::read(&text)
        .map_err(|e| usage(e.to_string(), "a receipt is a file ending in `.receipt`"))?;
    let Some(entry) = kept.extra.clone() else {
        return Err(usage(
            "this receipt does not have its entry inside",
            "check it with `audit --receipt FILE --entry FILE --key KEY`",
        ));
    };
    let (key, house) = match &args.key {
        Some(given) => (key(given)?, None),
        None => {
            let house = house::open(&house::find(args.house.as_deref())?, at)?;
            (house.desk.vault().verifier(), Some(house))
        }
    };
    let mut faults = Vec::new();
    if let Err(why) = kept.verify(&entry, &key, key.name()) {
        faults.push(why.to_string());
    }
    let said = Entry::read(&entry).ok();
    if let Some(house) = house {
        let broken = |e: store::Error| usage(e.to_string(), "run `abide verify`");
        let id = said.as_ref().map_or("", |entry| entry.id.as_str());
        let here = house.desk.vault().store().entry(id).map_err(broken)?;
        let same = here.and_then(|here| here.entry.bytes().ok()) == Some(entry.clone());
        if !same {
            faults.push("this house's log does not hold the entry".to_owned());
        }
    }
    for fault in &faults {
        out.say(format!("fault: {fault}"));
    }
    if faults.is_empty() {
        out.say(format!(
            "entry {} is in the log that was signed",
            kept.index
        ));
        if let Some(entry) = &said {
            let at = Timestamp::from_microsecond(entry.at).unwrap_or_default();
            out.say(format!(
                "{at}: {}, by {}",
                entry.verb,
                entry.cites.join(", ")
            ));
            for (what, value) in &entry.detail {
                out.say(format!("  {what}: {value}"));
            }
        }
    }
    let entry: serde_json::Value = serde_json::from_slice(&entry).unwrap_or_default();
    out.document(&json!({
        "receipt": faults.is_empty(),
        "index": kept.index,
        "entry": entry,
        "faults": faults,
        "verifier": key.to_string(),
    }));
    Ok(if faults.is_empty() {
        Ended::Well
    } else {
        Ended::No
    })
}

/// A receipt as it was signed: programs for mail and text put a mark before the first line, other line ends, a line more.
fn as_signed(text: &str) -> String {
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    format!("{}\n", text.trim_end_matches('\n'))
}

/// A key as it is, or in a file.
///
/// # Errors
/// Neither, or no key.
pub fn key(given: &str) -> Result<Verifier, Usage> {
    let read = |text: &str| Verifier::read(text.trim());
    match read(given) {
        Ok(key) => Ok(key),
        Err(_) => read(&String::from_utf8_lossy(&bytes(given, NOTICE_LIMIT)?)).map_err(|why| {
            usage(
                why.to_string(),
                "`abide verify` shows the auditor's key, and so does the certificate",
            )
        }),
    }
}
