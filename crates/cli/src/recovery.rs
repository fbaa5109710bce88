//! What leaves for a safe place is encrypted to recovery keys, and is whole under its name or not there at all.
//!
//! A backup folder holds, for each backup, `ID.keys.age` and `ID.data.age`, and for all of them `erased.ledger`, which no backup contains:
//! who was erased since is learnt from it. The files are `age`'s own format (age-encryption.org/v1), so that any `age` opens them.

#![expect(
    clippy::disallowed_methods,
    reason = "a door: backups are written to and read from folders outside the house"
)]

use crate::input::{Usage, usage};
use crate::root;
use age::secrecy::ExposeSecret;
use age::x25519::{Identity, Recipient};
use jiff::Timestamp;
use std::fs::File;
use std::io::{BufReader, BufWriter, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::str::FromStr;
use store::Actor;
use vault::{BackedUp, Unpacked, Vault};
use zeroize::Zeroizing;

const LEDGER: &str = "erased.ledger";
const DATA: &str = ".data.age";
const KEYS: &str = ".keys.age";

/// The recovery keys a house names, each `age1…`.
///
/// # Errors
/// None named, or one that is none.
pub fn recipients(named: &[String]) -> Result<Vec<Recipient>, Usage> {
    if named.is_empty() {
        return Err(usage(
            "no recovery key is named, and nothing leaves unencrypted",
            "make one with `abide backup --new-key FILE`, keep the file apart, and put what it prints into abide.toml as recovery = [\"age1…\"]",
        ));
    }
    named
        .iter()
        .map(|said| {
            Recipient::from_str(said.trim()).map_err(|_| {
                usage(
                    format!("`{said}` is no recovery key"),
                    "it begins with age1; `abide backup --new-key FILE` makes one",
                )
            })
        })
        .collect()
}

/// Makes a recovery key, keeps its secret part in a new file for its owner alone, and returns its public part.
///
/// # Errors
/// A file that is there already, or cannot be written.
pub fn new_key(file: &Path) -> Result<String, Usage> {
    let identity = Identity::generate();
    let public = identity.to_public().to_string();
    let secret = identity.to_string();
    let text = Zeroizing::new(format!(
        "# abide recovery key; public part: {public}\n{}\n",
        secret.expose_secret()
    ));
    root::secret(file, text.as_bytes()).map_err(|e| {
        usage(
            format!("`{}` could not be made: {e}", file.display()),
            "name a new file in a folder where you may write",
        )
    })?;
    Ok(public)
}

/// Reads the secret parts of recovery keys.
///
/// # Errors
/// A file that is missing, or holds none.
pub fn identities(file: &Path) -> Result<Vec<Identity>, Usage> {
    let mut text = Zeroizing::new(String::with_capacity(64 * 1024));
    File::open(file)
        .and_then(|opened| opened.take(64 * 1024).read_to_string(&mut text))
        .map_err(|e| {
            usage(
                format!("the recovery key `{}` cannot be read: {e}", file.display()),
                "name the file that `abide backup --new-key` made with --identity",
            )
        })?;
    let found: Vec<_> = text
        .lines()
        .map(str::trim)
        .filter(|line| line.starts_with("AGE-SECRET-KEY-"))
        .filter_map(|line| Identity::from_str(line).ok())
        .collect();
    if found.is_empty() {
        return Err(usage(
            format!("there is no recovery key in `{}`", file.display()),
            "name the file that `abide backup --new-key` made with --identity",
        ));
    }
    Ok(found)
}

/// A file that has its name only once it is whole and on the disk. Dropped before, it is removed.
struct Part {
    part: PathBuf,
    to: PathBuf,
    kept: bool,
}

impl Part {
    fn begin(to: PathBuf) -> std::io::Result<(Self, File)> {
        let mut name = to.as_os_str().to_owned();
        name.push(".part");
        let part = PathBuf::from(name);
        let file = File::create(&part)?;
        Ok((
            Self {
                part,
                to,
                kept: false,
            },
            file,
        ))
    }

    fn keep(mut self) -> std::io::Result<PathBuf> {
        std::fs::rename(&self.part, &self.to)?;
        self.kept = true;
        Ok(self.to.clone())
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        if !self.kept {
            let _ = std::fs::remove_file(&self.part);
        }
    }
}

fn unwritable(to: &Path) -> impl Fn(std::io::Error) -> Usage {
    let to = to.to_path_buf();
    move |e| {
        usage(
            format!("nothing could be backed up to `{}`: {e}", to.display()),
            "name a folder on another disk, in which you may write and where there is room",
        )
    }
}

/// Takes a backup of an open vault into a folder, and brings the ledger beside it up to date.
///
/// # Errors
/// No recovery key, a folder that cannot be written. Then no file of this backup is there.
pub fn take(
    vault: &Vault,
    to: &Path,
    recovery: &[String],
    config: &str,
    at: Timestamp,
) -> Result<(BackedUp, Vec<PathBuf>), Usage> {
    let recipients = recipients(recovery)?;
    let wrong = unwritable(to);
    std::fs::create_dir_all(to).map_err(&wrong)?;
    // Named before its own id is known: by the moment, which sorts.
    let name = format!("abide-{}", at.strftime("%Y%m%dT%H%M%SZ"));
    if to.join(format!("{name}{DATA}")).exists() {
        return Err(usage(
            format!("a backup of this second is in `{}` already", to.display()),
            "wait a second and try again",
        ));
    }
    let (data, data_file) = Part::begin(to.join(format!("{name}{DATA}"))).map_err(&wrong)?;
    let (keys, keys_file) = Part::begin(to.join(format!("{name}{KEYS}"))).map_err(&wrong)?;
    let sealed = |file: File| {
        let to = recipients.iter().map(|one| one as &dyn age::Recipient);
        age::Encryptor::with_recipients(to)
            .map_err(std::io::Error::other)
            .and_then(|sealer| sealer.wrap_output(BufWriter::new(file)))
    };
    let (mut data_out, mut keys_out) = (
        sealed(data_file).map_err(&wrong)?,
        sealed(keys_file).map_err(&wrong)?,
    );
    let who = Actor::System("backup".to_owned());
    let done = vault
        .back_up(at, &who, config, &mut data_out, &mut keys_out)
        .map_err(|e| root::said(&e))?;
    for out in [data_out, keys_out] {
        out.finish()
            .and_then(|file| {
                file.into_inner()
                    .map_err(std::io::IntoInnerError::into_error)
            })
            .and_then(|file| file.sync_all())
            .map_err(&wrong)?;
    }
    ledger_beside(to, &vault.ledger(), &wrong)?;
    // The data last: a backup is there once both are.
    let files = vec![keys.keep().map_err(&wrong)?, data.keep().map_err(&wrong)?];
    #[cfg(unix)]
    File::open(to)
        .and_then(|folder| folder.sync_all())
        .map_err(&wrong)?;
    Ok((done, files))
}

/// Puts the ledger beside the backups, together with what stood there.
fn ledger_beside(
    to: &Path,
    lines: &[String],
    wrong: &impl Fn(std::io::Error) -> Usage,
) -> Result<(), Usage> {
    let there = ledger(&to.join(LEDGER)).map_err(wrong)?;
    let all = vault::unite(&[lines.to_vec(), there.unwrap_or_default()]);
    let all = all.map_err(|e| root::said(&e))?;
    let write = || {
        let (part, mut file) = Part::begin(to.join(LEDGER))?;
        for line in all {
            writeln!(file, "{line}")?;
        }
        file.sync_all()?;
        part.keep().map(drop)
    };
    write().map_err(wrong)
}

fn ledger(file: &Path) -> std::io::Result<Option<Vec<String>>> {
    match std::fs::read_to_string(file) {
        Err(e) if e.kind() == ErrorKind::NotFound => Ok(None),
        other => Ok(Some(other?.lines().map(str::to_owned).collect())),
    }
}

/// Which backup, and with what it is opened.
pub struct Wanted<'a> {
    /// The folder of backups.
    pub from: &'a Path,
    /// Its name, as `abide-20261122T153000Z`; the newest when none is named.
    pub name: Option<&'a str>,
    /// The file with the recovery key's secret part.
    pub identity: &'a Path,
    /// Copies of the erasure ledger beside the one in the folder.
    pub ledgers: &'a [PathBuf],
}

/// Unpacks a backup into a folder that is absent or empty. Returns what it was, its name, and how many lines the ledger has.
///
/// # Errors
/// No backup, no ledger, a recovery key that does not fit, a file that is cut or changed.
pub fn unpack(wanted: &Wanted<'_>, into: &Path) -> Result<(Unpacked, String, usize), Usage> {
    let name = match wanted.name {
        Some(name) => name.to_owned(),
        None => newest(wanted.from)?,
    };
    let mut ledgers = Vec::new();
    let beside = wanted.from.join(LEDGER);
    for file in std::iter::once(&beside).chain(wanted.ledgers) {
        let lines = ledger(file).map_err(|e| {
            usage(
                format!(
                    "the erasure ledger `{}` cannot be read: {e}",
                    file.display()
                ),
                "check whose it is",
            )
        })?;
        match lines {
            Some(lines) => ledgers.push(lines),
            None if *file == beside => {}
            None => return Err(no_ledger(file)),
        }
    }
    if ledgers.is_empty() {
        return Err(no_ledger(&beside));
    }
    let identities = identities(wanted.identity)?;
    let mut data = opened(&wanted.from.join(format!("{name}{DATA}")), &identities)?;
    let mut keys = opened(&wanted.from.join(format!("{name}{KEYS}")), &identities)?;
    let unpacked =
        vault::unpack(into, &mut data, &mut keys, &ledgers).map_err(|e| root::said(&e))?;
    let all = vault::unite(&ledgers).map_err(|e| root::said(&e))?;
    Ok((unpacked, name, all.len()))
}

fn no_ledger(file: &Path) -> Usage {
    usage(
        format!("the erasure ledger `{}` is not there", file.display()),
        "put it back or name another copy with --ledger: without it nobody knows who must not come back",
    )
}

/// The newest backup of which both files are there.
fn newest(from: &Path) -> Result<String, Usage> {
    let none = |why: String| {
        usage(
            format!("there is no whole backup in `{}`{why}", from.display()),
            "name the folder that `abide backup -o` wrote to",
        )
    };
    let entries = std::fs::read_dir(from).map_err(|e| none(format!(" ({e})")))?;
    entries
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter_map(|file| file.strip_suffix(DATA).map(str::to_owned))
        .filter(|name| from.join(format!("{name}{KEYS}")).exists())
        .max()
        .ok_or_else(|| none(String::new()))
}

fn opened(
    file: &Path,
    identities: &[Identity],
) -> Result<age::stream::StreamReader<BufReader<File>>, Usage> {
    let unreadable = |why: String| {
        usage(
            format!("the backup `{}` cannot be opened: {why}", file.display()),
            "check that it is whole, and that --identity names the key it was made for",
        )
    };
    let opened = File::open(file).map_err(|e| unreadable(e.to_string()))?;
    let sealed = age::Decryptor::new_buffered(BufReader::new(opened))
        .map_err(|_| unreadable("it is not in age's format, or is cut".to_owned()))?;
    sealed
        .decrypt(identities.iter().map(|one| one as &dyn age::Identity))
        .map_err(|_| unreadable("the recovery key does not fit".to_owned()))
}
