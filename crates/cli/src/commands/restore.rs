//! A house is brought back from a backup, without anybody who was erased since.

#![expect(
    clippy::disallowed_methods,
    reason = "a door: the house's folders change places here"
)]

use crate::house::{self, Config};
use crate::input::{Usage, usage};
use crate::out::{Ended, Out};
use crate::recordings;
use crate::recovery::{self, Wanted};
use crate::root;
use clap::Args;
use jiff::Timestamp;
use serde_json::json;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use store::{Actor, Filter, Folder, Options};
use vault::{Returned, Roots, Unpacked, Vault};

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
    /// Which backup, such as abide-20261122T153000Z [default: the newest]
    #[arg(long, value_name = "NAME")]
    backup: Option<String>,
    /// A copy of the erasure ledger, beside the one in the backup's folder; may be given several times
    #[arg(long, value_name = "FILE")]
    ledger: Vec<PathBuf>,
    /// The house's folder, with its root key [default: the one stood in]
    #[arg(long, value_name = "FOLDER")]
    pub house: Option<PathBuf>,
}

/// A backup unpacked into a folder and opened: nothing in it is left that was erased since.
pub struct Brought {
    /// What it was.
    pub unpacked: Unpacked,
    /// Its name.
    pub name: String,
    /// How many lines the ledger has.
    pub ledger: usize,
    /// How many things were erased again.
    pub replayed: usize,
    /// The house's configuration, or the one in the backup where it has none.
    pub config: Config,
    /// The vault.
    pub vault: Vault,
    /// The moment it was opened at: never before the backup's own.
    pub at: Timestamp,
}

/// Where a house's data are, whatever is there of the house.
pub fn places(named: Option<&Path>) -> Result<(PathBuf, PathBuf), Usage> {
    let folder = named.map_or_else(|| PathBuf::from("."), Path::to_path_buf);
    let data = if folder.join("abide.toml").is_file() {
        house::config(&folder)?.data
    } else {
        PathBuf::from("data")
    };
    let data = folder.join(data);
    Ok((folder, data))
}

/// Unpacks and opens. The ledger of the house itself counts too.
///
/// # Errors
/// As [`recovery::unpack`]; a root key that does not fit.
pub fn bring(
    from: &From,
    folder: &Path,
    data: &Path,
    into: &Path,
    at: Timestamp,
) -> Result<Brought, Usage> {
    let mut ledgers = from.ledger.clone();
    let own = data.join("erased.ledger");
    if own.is_file() {
        ledgers.push(own);
    }
    let wanted = Wanted {
        from: &from.folder,
        name: from.backup.as_deref(),
        identity: &from.identity,
        ledgers: &ledgers,
    };
    let (unpacked, name, ledger) = recovery::unpack(&wanted, into)?;
    let config = if folder.join("abide.toml").is_file() {
        house::config(folder)?
    } else {
        toml::from_str(&unpacked.config).map_err(|_| {
            usage(
                "the configuration in the backup is not understood",
                "put an abide.toml into the house's folder first",
            )
        })?
    };
    let roots: Roots = root::roots(folder, &config)?;
    let at = at.max(unpacked.about.at).max(unpacked.keys.at);
    let options = Options::new(Arc::new(vault::seal::System));
    let said = |e: vault::Error| root::said(&e);
    let vault = Vault::open_unpacked(into, &roots, options, at).map_err(said)?;
    let again = Filter {
        verb: "erase".to_owned(),
        since: Some(at),
        ..Filter::default()
    };
    let again = vault.store().entries(&again).map_err(|e| said(e.into()))?;
    let replayed = again
        .iter()
        .filter(|kept| kept.entry.who == Actor::System("restore".to_owned()).to_string())
        .count();
    Ok(Brought {
        unpacked,
        name,
        ledger,
        replayed,
        config,
        vault,
        at,
    })
}

/// A folder that is gone when this is dropped, unless it was kept.
pub struct Scratch(pub PathBuf);

impl Scratch {
    /// Takes a place, and clears away what an interruption left there.
    ///
    /// # Errors
    /// What is there and cannot be removed.
    pub fn at(place: PathBuf) -> Result<Self, Usage> {
        if place.exists() {
            std::fs::remove_dir_all(&place).map_err(|e| {
                usage(
                    format!("`{}` cannot be cleared away: {e}", place.display()),
                    "remove it by hand",
                )
            })?;
        }
        Ok(Self(place))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Runs the command.
///
/// # Errors
/// No backup, no ledger, a key that does not fit, data in the way.
pub fn run(args: &Restore, at: Timestamp, out: Out) -> Result<Ended, Usage> {
    let (folder, data) = places(args.from.house.as_deref())?;
    let full = std::fs::read_dir(&data).is_ok_and(|mut found| found.next().is_some());
    if full {
        // Nobody may have it open, and it must be ours.
        Folder::open(&data).map_err(|e| root::said(&e.into()))?;
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
    let mut place = data.as_os_str().to_owned();
    place.push(".restoring");
    let scratch = Scratch::at(PathBuf::from(place))?;
    let brought = bring(&args.from, &folder, &data, &scratch.0, at)?;
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
    let config = brought.unpacked.config.clone();
    let named = brought.config.clone();
    // Closed before it moves.
    drop(brought);
    house::refill(&named, &scratch.0).map_err(|e| root::said(&e.into()))?;
    let moved = |e: std::io::Error| {
        usage(
            format!("the data could not be put in place: {e}"),
            "nothing is lost: what was there is beside, and the restore can be run again",
        )
    };
    if full {
        let mut beside = data.as_os_str().to_owned();
        beside.push(format!(".before-{}", at.strftime("%Y%m%dT%H%M%SZ")));
        std::fs::rename(&data, &beside).map_err(moved)?;
        out.say(format!(
            "What was there is in `{}`: remove it when you are sure",
            PathBuf::from(&beside).display()
        ));
    } else if data.exists() {
        std::fs::remove_dir(&data).map_err(moved)?;
    }
    std::fs::rename(&scratch.0, &data).map_err(moved)?;
    let own = folder.join("abide.toml");
    if !own.is_file() {
        crate::out::write(&own, config)?;
    }
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
