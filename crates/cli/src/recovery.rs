//! What leaves for a safe place is encrypted to recovery keys, and is whole under its name or not there at all.
//!
//! A backup folder holds, for each backup, `NAME.keys.age` and `NAME.data.age` (for names see `named.rs`), and for all of them `erased.ledger`, which no backup contains:
//! who was erased since is learnt from it. The files are `age`'s own format (age-encryption.org/v1), so that any `age` opens them.

#![expect(
    clippy::disallowed_methods,
    reason = "a door: backups are written to and read from folders outside the house"
)]

use crate::input::{Usage, usage};
use crate::named;
use crate::part::{self, Part};
use crate::root;
use age::secrecy::ExposeSecret;
use age::x25519::{Identity, Recipient};
use evidence::Verifier;
use jiff::Timestamp;
use std::fs::File;
use std::io::{BufReader, BufWriter, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::str::FromStr;
use store::Actor;
use vault::{BackedUp, Unpacked, Vault};
use zeroize::Zeroizing;

const LEDGER: &str = "erased.ledger";
/// How the file with rows and recordings ends.
pub const DATA: &str = ".data.age";
/// How the file with keys ends.
pub const KEYS: &str = ".keys.age";

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
/// A file that is missing, that others can read, or that holds none.
pub fn identities(file: &Path) -> Result<Vec<Identity>, Usage> {
    const MADE: &str = "name the file that `abide backup --new-key` made with --identity";
    let unreadable = |e: std::io::Error| {
        usage(
            format!("the recovery key `{}` cannot be read: {e}", file.display()),
            MADE,
        )
    };
    let mut text = Zeroizing::new(String::with_capacity(64 * 1024));
    let opened = File::open(file).map_err(unreadable)?;
    (&opened)
        .take(64 * 1024)
        .read_to_string(&mut text)
        .map_err(unreadable)?;
    let lines = text.lines().map(str::trim);
    let secret: Vec<_> = lines
        .filter(|line| {
            line.get(..15)
                .is_some_and(|head| head.eq_ignore_ascii_case("AGE-SECRET-KEY-"))
        })
        .collect();
    if secret.is_empty() {
        return Err(usage(
            format!("there is no recovery key in `{}`", file.display()),
            MADE,
        ));
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = opened.metadata().map_err(unreadable)?.permissions().mode() & 0o777;
        if mode & 0o077 != 0 {
            return Err(usage(
                format!(
                    "the recovery key `{}` can be read by others than its owner (mode {mode:o})",
                    file.display()
                ),
                "run `chmod 600` on it, or on a copy where the disk keeps no rights; if others may have read it, name a new one in abide.toml",
            ));
        }
    }
    let keys: Result<Vec<_>, _> = secret.iter().map(|line| Identity::from_str(line)).collect();
    keys.map_err(|_| {
        usage(
            format!("the recovery key in `{}` is damaged", file.display()),
            "take the copy of it that is kept elsewhere",
        )
    })
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
    let house = vault.verifier();
    part::clear(to, &named::beginning(&house));
    let name = named::free(to, &house, at);
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
    // Several houses may have their backups here: one after the other adds to it, where the disk knows locks.
    part::clear(to, LEDGER);
    let folder = File::open(to).map_err(wrong)?;
    let _ = folder.lock();
    let there = ledger(&to.join(LEDGER)).map_err(wrong)?;
    let all = vault::unite(&[lines.to_vec(), there.unwrap_or_default()]);
    let all = all.map_err(|e| root::said(&e))?;
    let write = || {
        let (part, mut file) = Part::begin(to.join(LEDGER))?;
        for line in all {
            writeln!(file, "{line}")?;
        }
        file.sync_all()?;
        part.replace()
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
    /// Its name, as `abide-0a1b2c3d-20261122T153000Z`; the newest of the house when none is named.
    pub name: Option<&'a str>,
    /// The file with the recovery key's secret part.
    pub identity: &'a Path,
    /// Copies of the erasure ledger beside the one in the folder.
    pub ledgers: &'a [PathBuf],
    /// The key that the house signs with, where it is known.
    pub key: Option<&'a Verifier>,
    /// Whether the keeper answers for where it is from.
    pub trust: bool,
}

impl Wanted<'_> {
    /// Every copy of the ledger there is, each line once.
    ///
    /// # Errors
    /// None at all, or one that cannot be read.
    pub fn ledger(&self) -> Result<Vec<String>, Usage> {
        let mut all = Vec::new();
        let beside = self.from.join(LEDGER);
        for file in std::iter::once(&beside).chain(self.ledgers) {
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
                Some(lines) => all.push(lines),
                None if *file == beside => {}
                None => return Err(no_ledger(file)),
            }
        }
        if all.is_empty() {
            return Err(no_ledger(&beside));
        }
        vault::unite(&all).map_err(|e| root::said(&e))
    }
}

/// A backup unpacked.
pub struct Found {
    /// What it was.
    pub unpacked: Unpacked,
    /// Its name.
    pub name: String,
    /// How many lines the ledger has.
    pub ledger: usize,
    /// Whether the house signed both of its files.
    pub vouched: bool,
}

/// Unpacks a backup into a folder that is absent or empty.
///
/// # Errors
/// No backup, no ledger, a recovery key that does not fit, a file that is cut or changed, or that nobody vouches for.
pub fn unpack(wanted: &Wanted<'_>, into: &Path) -> Result<Found, Usage> {
    let name = match wanted.name {
        Some(name) => name.to_owned(),
        None => named::newest(wanted.from, wanted.key)?,
    };
    let ledger = wanted.ledger()?;
    let identities = identities(wanted.identity)?;
    let mut data = opened(&wanted.from.join(format!("{name}{DATA}")), &identities)?;
    let mut keys = opened(&wanted.from.join(format!("{name}{KEYS}")), &identities)?;
    let unpacked = vault::unpack(into, &mut data, &mut keys, std::slice::from_ref(&ledger))
        .map_err(|e| root::said(&e))?;
    let vouched = wanted.key.is_some_and(|key| unpacked.vouch.by(key));
    if !vouched && !wanted.trust {
        return Err(match wanted.key {
            Some(key) => usage(
                format!("the backup `{name}` is not signed by this house ({key})"),
                "it is another house's, or somebody made it up: anybody can encrypt to a recovery key; take another, or add --trust where you know whence it is",
            ),
            None => usage(
                format!("nobody vouches for where the backup `{name}` is from"),
                "give the auditor's key with --key, as `abide verify` shows it and a certificate too, or add --trust where you know whence it is: anybody can encrypt to a recovery key",
            ),
        });
    }
    Ok(Found {
        unpacked,
        name,
        ledger: ledger.len(),
        vouched,
    })
}

fn no_ledger(file: &Path) -> Usage {
    usage(
        format!("the erasure ledger `{}` is not there", file.display()),
        "put it back or name another copy with --ledger: without it nobody knows who must not come back",
    )
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
