//! A house is brought back from a backup, without anybody who was erased since.

#![expect(
    clippy::disallowed_methods,
    reason = "a door: the house's folders change places here"
)]

mod bring;

pub use bring::{Brought, bring, places};

use crate::house;
use crate::input::{Usage, usage};
use crate::out::{Ended, Out};
use crate::recordings;
use crate::root;
use crate::scratch::{self, Scratch};
use crate::stop;
use clap::Args;
use jiff::Timestamp;
use serde_json::json;
use std::path::{Path, PathBuf};
use store::{Actor, Folder};
use vault::Returned;

/// What the help shows.
pub const EXAMPLE: &str =
    "Example: abide restore /mnt/elsewhere/our-house --identity recovery.key --house our-house";

/// `abide restore`
#[derive(Args, Debug)]
pub struct Restore {
    #[command(flatten)]
    from: From,
    /// Put it in the place of data that are there; those are kept beside
    #[arg(long)]
    replace: bool,
}

/// Which backup, for `restore` and `rehearse`.
#[derive(Args, Debug)]
pub struct From {
    /// The folder that `abide backup -o` wrote to
    folder: PathBuf,
    /// The file with the secret part of a recovery key
    #[arg(long, value_name = "FILE")]
    identity: PathBuf,
    /// Which backup, such as abide-0a1b2c3d-20261122T153000Z [default: this house's newest]
    #[arg(long, value_name = "NAME")]
    backup: Option<String>,
    /// A copy of the erasure ledger, beside the one in the backup's folder; may be given several times
    #[arg(long, value_name = "FILE")]
    ledger: Vec<PathBuf>,
    /// The house's folder, with its root key [default: the one stood in]
    #[arg(long, value_name = "FOLDER")]
    pub house: Option<PathBuf>,
    /// The auditor's key, or a file that holds it, by which a backup is known to be this house's [default: the house's own]
    #[arg(long, value_name = "KEY")]
    key: Option<String>,
    /// Take a backup that no key vouches for
    #[arg(long)]
    trust: bool,
}

/// Runs the command.
///
/// # Errors
/// No backup, no ledger, a key that does not fit, data in the way.
pub fn run(args: &Restore, at: Timestamp, out: Out) -> Result<Ended, Usage> {
    stop::watch();
    let (folder, data) = places(args.from.house.as_deref())?;
    let full = std::fs::read_dir(&data).is_ok_and(|mut found| found.next().is_some());
    // From here to the end nobody else may have it open, so that nobody is erased who is then brought back.
    let mut locks = Vec::new();
    if full {
        locks.push(Folder::existing(&data).map_err(|e| root::said(&e.into()))?);
        if !args.replace {
            return Err(usage(
                format!("there are data in `{}`", data.display()),
                "add --replace to put the backup in their place; they are kept beside",
            ));
        }
    }
    if folder.join("abide.toml").is_file() {
        house::refillable(&house::config(&folder)?).map_err(|e| root::said(&e.into()))?;
    }
    let place = house::restoring(&data);
    let scratch = Scratch::named(&place)?;
    let inside = scratch.inside("data");
    let mut brought = bring(&args.from, &folder, &data, &inside, at)?;
    brought.remark(out);
    brought.rewrap()?;
    let (about, vault) = (&brought.unpacked.about, &brought.vault);
    let said = |e: vault::Error| root::said(&e);
    let facts = [
        ("ledger", brought.ledger.to_string()),
        ("erased-again", brought.replayed.to_string()),
    ];
    let who = Actor::System("restore".to_owned());
    vault
        .note_backup(brought.at, &who, about, "restored", &facts)
        .map_err(said)?;
    vault.integrate(brought.at).map_err(said)?;
    let audit = vault.verify(Some(&about.checkpoint)).map_err(said)?;
    for fault in &audit.faults {
        out.say(format!("fault: {fault}"));
    }
    if !audit.verifies() {
        return Err(usage(
            "the evidence log in the backup does not verify, so it is not put in place",
            "take another backup with --backup, and keep this one for whoever finds out why",
        ));
    }
    let returned = returned(&brought)?;
    let document = json!({
        "restored": brought.name,
        "taken": about.at,
        "recordings": brought.unpacked.recordings,
        "entries": audit.entries,
        "ledger": brought.ledger,
        "replayed": brought.replayed,
        "vouched": brought.vouched,
        "bucket": returned.as_ref().map(|done| json!({
            "there": done.there,
            "written": done.written,
            "erased": done.erased,
            "newer": done.newer,
        })),
    });
    let line = format!(
        "{} (taken {}) is in place: {} recordings; of {} erasures in the ledger, {} had come back and were done again",
        brought.name, about.at, brought.unpacked.recordings, brought.ledger, brought.replayed
    );
    let beside_config = brought.unpacked.config.clone();
    let (config, advice) = (brought.config.clone(), brought.advice());
    let known = brought.ledger;
    // Closed before it moves, and locked again.
    drop(brought);
    locks.push(Folder::existing(&inside).map_err(|e| root::said(&e.into()))?);
    house::refill(&config, &inside).map_err(|e| root::said(&e.into()))?;
    if bring::ledger(&args.from, &data, &inside)?.len() > known {
        return Err(usage(
            "somebody was erased while this ran, so nothing was put in place",
            "run it again: whoever was erased then stays so",
        ));
    }
    let aside = full.then(|| {
        let mut beside = data.as_os_str().to_owned();
        beside.push(format!(".before-{}", at.strftime("%Y%m%dT%H%M%SZ")));
        let plain = PathBuf::from(beside);
        if crate::out::is_taken(&plain) {
            scratch::fresh(&plain)
        } else {
            plain
        }
    });
    stop::whole(|| swap(&inside, &data, aside.as_deref()))?;
    drop(locks);
    let own = folder.join("abide.toml");
    if !own.is_file() {
        bring::write_config(&folder, &config, &beside_config, out)?;
    }
    drop(scratch);
    // What an earlier one that was broken off left is not needed any more.
    scratch::clear(&place);
    if let Some(aside) = &aside {
        out.say(format!(
            "What was there is in `{}`. It still holds whoever is erased from now on, and `abide verify` says so: remove it as soon as you are sure",
            aside.display()
        ));
    }
    advice.iter().for_each(|line| out.say(line));
    out.say(line);
    if let Some(done) = returned {
        out.say(format!(
            "{} recordings stood in the bucket byte for byte, {} were written to it; {} of erased ones were taken out",
            done.there, done.written, done.erased
        ));
        if done.newer > 0 {
            out.say(format!(
                "{} came into the bucket after this backup, and it has no key for them: they go when the house is next opened, so copy the bucket first if you may go back to what was there",
                done.newer
            ));
        }
    }
    out.document(&document);
    Ok(Ended::Well)
}

/// Puts what was brought in the place of what was there. When the second step fails, the first is undone.
fn swap(from: &Path, to: &Path, aside: Option<&Path>) -> Result<(), Usage> {
    let moved = |e: std::io::Error| {
        usage(
            format!("the data could not be put in place: {e}"),
            "nothing is lost: what was there is there or beside, and the restore can be run again",
        )
    };
    match aside {
        Some(aside) => std::fs::rename(to, aside).map_err(moved)?,
        None if to.exists() => std::fs::remove_dir(to).map_err(moved)?,
        None => {}
    }
    let placed = std::fs::rename(from, to);
    if placed.is_err()
        && let Some(aside) = aside
    {
        std::fs::rename(aside, to).map_err(moved)?;
    }
    placed.map_err(moved)?;
    #[cfg(unix)]
    if let Some(above) = to.parent().filter(|above| !above.as_os_str().is_empty()) {
        std::fs::File::open(above)
            .and_then(|above| above.sync_all())
            .map_err(moved)?;
    }
    Ok(())
}

/// Brings recordings back to the bucket, where the house keeps them in one.
fn returned(brought: &Brought) -> Result<Option<Returned>, Usage> {
    let said = |e: vault::Error| root::said(&e);
    if !brought.vault.keeps_outside().map_err(said)? {
        return Ok(None);
    }
    let Some(place) = &brought.config.recordings else {
        return Err(usage(
            "this house keeps its recordings in a bucket, and abide.toml does not say where",
            "put `[recordings]` back; where the bucket is lost, name a new and empty one",
        ));
    };
    let outside = recordings::open(place)?;
    let done = brought.vault.return_recordings(outside.as_ref());
    done.map(Some).map_err(said)
}
