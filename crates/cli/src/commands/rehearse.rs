//! A backup that was never brought back is a hope: this brings it back aside, looks at all of it, and clears it away.

use super::restore::{self, From};
use crate::input::Usage;
use crate::orders::{self, Order};
use crate::out::{Ended, Out};
use crate::root;
use crate::scratch::Scratch;
use crate::stop;
use clap::Args;
use jiff::Timestamp;
use serde_json::json;

/// What the help shows.
pub const EXAMPLE: &str =
    "Example: abide rehearse /mnt/elsewhere/our-house --identity recovery.key --house our-house";

/// `abide rehearse`
#[derive(Args, Debug)]
pub struct Rehearse {
    #[command(flatten)]
    from: From,
}

/// Runs the command. Exit 1 where something is wrong with the backup.
///
/// # Errors
/// A backup that cannot be opened at all.
pub fn run(args: &Rehearse, at: Timestamp, out: Out) -> Result<Ended, Usage> {
    stop::watch();
    let (folder, data) = restore::places(args.from.house.as_deref())?;
    let scratch = Scratch::named(&folder.join("rehearsal"))?;
    let brought = restore::bring(&args.from, &folder, &data, &scratch.inside("data"), at)?;
    let remarks = brought.remarks();
    let said = |e: vault::Error| root::said(&e);
    let (about, vault) = (brought.unpacked.about.clone(), &brought.vault);
    vault.integrate(brought.at).map_err(said)?;
    let audit = vault.verify(Some(&about.checkpoint)).map_err(said)?;
    let mut seen = vault.inspect(brought.at).map_err(said)?;
    seen.faults.extend(audit.faults.iter().cloned());
    let (name, ledger, replayed) = (brought.name.clone(), brought.ledger, brought.replayed);
    let vouched = brought.vouched;
    drop(brought);
    drop(scratch);

    out.say(format!("{name}, taken {}", about.at));
    out.say("the database is whole");
    out.say(format!(
        "{} people, {} values and letters, {} recordings, {} keys: each was opened",
        seen.people, seen.values, seen.recordings, seen.keys
    ));
    out.say(format!(
        "{} of {ledger} erasures in the ledger looked for: {replayed} had come back and were done again; nothing of them can be read",
        seen.erased
    ));
    out.say(format!(
        "the evidence log has {} entries, and goes on from the checkpoint signed with the backup",
        audit.entries
    ));
    for fault in &seen.faults {
        out.say(format!("fault: {fault}"));
    }
    for remark in &remarks {
        out.say(format!("note: {remark}"));
    }
    if seen.sound() && remarks.is_empty() {
        out.say("this backup can be relied on");
    }
    out.document(&json!({
        "backup": name,
        "taken": about.at,
        "people": seen.people,
        "values": seen.values,
        "recordings": seen.recordings,
        "keys": seen.keys,
        "ledger": ledger,
        "replayed": replayed,
        "erased": seen.erased,
        "entries": audit.entries,
        "faults": seen.faults,
        "remarks": remarks,
        "vouched": vouched,
        "sound": seen.sound(),
    }));
    let sound = seen.sound();
    if data.is_dir() {
        let faults = seen.faults.len() as u64;
        let order = Order::Rehearsed {
            about,
            faults,
            values: seen.values,
        };
        // The rehearsal stands whether or not it can be put on record.
        if let Err(wrong) = orders::give(&folder, &order, at, out) {
            out.progress(format!("the rehearsal is not on record: {}", wrong.what));
        }
    }
    Ok(if sound { Ended::Well } else { Ended::No })
}
