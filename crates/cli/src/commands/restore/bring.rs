//! A backup is brought back aside and opened there: by the house's own word on where things are, never by the backup's.

#![expect(
    clippy::disallowed_methods,
    reason = "a door: the house's folder is looked at here"
)]

use super::From;
use crate::commands::verify;
use crate::house::{self, Config};
use crate::input::{Usage, usage};
use crate::out::Out;
use crate::recovery::{self, Wanted};
use crate::root;
use evidence::Verifier;
use jiff::Timestamp;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use store::{Actor, Filter, Options};
use vault::{RootKey, Unpacked, Vault};

/// Where the configuration goes that came with a backup: for a person to read, and for nothing else.
const FROM_BACKUP: &str = "abide.toml.from-backup";

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
    /// Whether the house signed it.
    pub vouched: bool,
    /// The house's configuration, or a plain one where it has none.
    pub config: Config,
    /// The vault.
    pub vault: Vault,
    /// The moment it was opened at: never before the backup's own.
    pub at: Timestamp,
    /// The root key kept aside that its keys are wrapped by, and the one in force, where they are not the same.
    retired: Option<(PathBuf, Option<RootKey>)>,
}

/// Where a house and its data are, whatever is there of it.
pub fn places(named: Option<&Path>) -> Result<(PathBuf, PathBuf), Usage> {
    let folder = named.map_or_else(|| PathBuf::from("."), Path::to_path_buf);
    if !folder.is_dir() {
        return Err(usage(
            format!("there is no folder `{}`", folder.display()),
            "name the house's folder with --house; for a house built anew make the folder first, and put its root key into it",
        ));
    }
    let data = if folder.join("abide.toml").is_file() {
        house::config(&folder)?.data
    } else {
        PathBuf::from("data")
    };
    // Without a slash at its end, behind which a name for what is made beside it would be inside.
    let plain = |path: &Path| path.components().collect::<PathBuf>();
    let data = plain(&folder.join(data));
    if data.file_name().is_none() || data == plain(&folder) {
        return Err(usage(
            "`data` in abide.toml names no folder of its own, and what is brought back could not be put in its place",
            "let it name one inside the house's folder, such as `data`",
        ));
    }
    Ok((folder, data))
}

/// What lies beside a data folder under its name: `data.before-…` and `data.restoring…`.
fn beside(data: &Path) -> Vec<PathBuf> {
    let (Some(above), Some(name)) = (data.parent(), data.file_name()) else {
        return Vec::new();
    };
    let above = if above.as_os_str().is_empty() {
        Path::new(".")
    } else {
        above
    };
    let name = name.to_string_lossy();
    let entries = std::fs::read_dir(above).into_iter().flatten().flatten();
    let mut found: Vec<PathBuf> = entries
        .filter(|entry| {
            let file = entry.file_name();
            let rest = file.to_str().and_then(|file| file.strip_prefix(&*name));
            rest.is_some_and(|rest| rest.starts_with(".before-") || rest.starts_with(".restoring"))
        })
        .map(|entry| entry.path())
        .collect();
    found.sort();
    found
}

fn wanted<'a>(from: &'a From, ledgers: &'a [PathBuf], key: Option<&'a Verifier>) -> Wanted<'a> {
    Wanted {
        from: &from.folder,
        name: from.backup.as_deref(),
        identity: &from.identity,
        ledgers,
        key,
        trust: from.trust,
    }
}

/// The ledger's copies of the house itself: where its data are, and what a restore that was broken off left of it.
fn ledgers(from: &From, data: &Path) -> Vec<PathBuf> {
    let mut folders = vec![data.to_path_buf()];
    for folder in beside(data) {
        folders.push(folder.join("data"));
        folders.push(folder);
    }
    let own = folders.iter().map(|folder| folder.join("erased.ledger"));
    let mut all = from.ledger.clone();
    all.extend(own.filter(|file| file.is_file()));
    all
}

/// Every line of the ledger that is known at this moment, but for those in the folder `except`.
///
/// # Errors
/// As [`Wanted::ledger`].
pub fn ledger(from: &From, data: &Path, except: &Path) -> Result<Vec<String>, Usage> {
    let mut ledgers = ledgers(from, data);
    ledgers.retain(|file| !file.starts_with(except));
    wanted(from, &ledgers, None).ledger()
}

/// The key by which a backup is known to be this house's: the one given, or the house's own as its data say it.
fn key(from: &From, data: &Path) -> Result<Option<Verifier>, Usage> {
    if let Some(given) = &from.key {
        return verify::key(given).map(Some);
    }
    let mut folders = beside(data);
    folders.push(data.to_path_buf());
    let said = folders.iter().rev().find_map(|folder| {
        let text = std::fs::read_to_string(folder.join(vault::AUDITORS_KEY)).ok()?;
        Verifier::read(text.trim()).ok()
    });
    Ok(said)
}

/// Unpacks and opens. The ledger of the house itself counts too.
///
/// # Errors
/// As [`recovery::unpack`]; a root key that is not there or does not fit.
pub fn bring(
    from: &From,
    folder: &Path,
    data: &Path,
    into: &Path,
    at: Timestamp,
) -> Result<Brought, Usage> {
    let own = if folder.join("abide.toml").is_file() {
        Some(house::config(folder)?)
    } else {
        None
    };
    // Nothing is unpacked for want of a key.
    root::any(folder, own.as_ref().unwrap_or(&Config::plain()))?;
    let (ledgers, key) = (ledgers(from, data), key(from, data)?);
    let found = recovery::unpack(&wanted(from, &ledgers, key.as_ref()), into)?;
    let unpacked = found.unpacked;
    let config =
        own.unwrap_or_else(|| Config::plain().called_as_in(&unpacked.config, found.vouched));
    let (roots, retired) = root::fitting(folder, &config, &unpacked.keys.root)?;
    let at = at.max(unpacked.about.at).max(unpacked.keys.at);
    let options = Options::new(Arc::new(vault::seal::System));
    let said = |e: vault::Error| root::said(&e);
    let retired = retired.map(|file| {
        let next = roots.next.as_ref();
        (file, next.map(|key| RootKey::from_bytes(*key.bytes())))
    });
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
        name: found.name,
        ledger: found.ledger,
        replayed,
        vouched: found.vouched,
        config,
        vault,
        at,
        retired,
    })
}

impl Brought {
    /// What whoever does it should look at before they rely on it.
    pub fn remarks(&self) -> Vec<String> {
        let mut said = Vec::new();
        if !self.vouched {
            said.push(
                "nobody vouches for where this backup is from: it was taken on your word"
                    .to_owned(),
            );
        }
        let people = self.vault.keys_held().map_or(1, |held| held.people);
        if people == 0 && self.ledger > 0 {
            said.push(format!(
                "nobody is held in this backup, and the ledger lists {} erasures: see whether it is the house you mean",
                self.ledger
            ));
        }
        said
    }

    /// Says them.
    pub fn remark(&self, out: Out) {
        for said in self.remarks() {
            out.progress(format!("note: {said}"));
        }
    }

    /// Wraps its keys by the root key in force, where they were wrapped by one kept aside.
    ///
    /// # Errors
    /// As [`Vault::rotate_root`].
    pub fn rewrap(&mut self) -> Result<(), Usage> {
        if let Some((_, Some(next))) = &self.retired {
            let who = Actor::System("restore".to_owned());
            self.vault
                .rotate_root(next, &who, self.at, &mut |_| true)
                .map_err(|e| root::said(&e))?;
        }
        Ok(())
    }

    /// What to do about the root key before the house is opened.
    pub fn advice(&self) -> Option<String> {
        let (file, next) = self.retired.as_ref()?;
        Some(match next {
            Some(_) => format!(
                "The keys in this backup were wrapped by `{}`; they are wrapped by the root key in force now",
                file.display()
            ),
            None => format!(
                "The keys in this backup are wrapped by `{}`, and no other root key is here: put a copy of it in place as `{}`",
                file.display(),
                self.config.root_key.display()
            ),
        })
    }
}

/// Writes the configuration of a house that had none: what it is called and where it listens. The rest a person takes over who has
/// read it: it names keys, commands and places.
///
/// # Errors
/// A folder that cannot be written.
pub fn write_config(folder: &Path, config: &Config, from: &str, out: Out) -> Result<(), Usage> {
    let whole = |file: PathBuf, text: &str| {
        root::secret(&file, text.as_bytes()).map_err(|e| {
            usage(
                format!("`{}` could not be written: {e}", file.display()),
                "the data are in place; write an abide.toml by hand",
            )
        })
    };
    let text =
        toml::to_string(config).map_err(|e| usage(e.to_string(), "this is a fault of ours"))?;
    whole(folder.join("abide.toml"), &text)?;
    let kept = folder.join(FROM_BACKUP);
    if !crate::out::is_taken(&kept) {
        whole(kept, from)?;
    }
    out.say(format!(
        "The house had no abide.toml and has a plain one now. What the backup's said is in `{FROM_BACKUP}`: recovery keys, databases, buckets and key services are taken over by you, once you have read it"
    ));
    Ok(())
}
