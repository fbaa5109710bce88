#![expect(
    clippy::disallowed_methods,
    reason = "the data folder is the store's door to the disk"
)]
//! One folder holds everything we keep, and only one abide at a time has it open; several, where rows and keys are on servers.
//!
//! Files in it: `ABIDE` (what the folder is), `lock`, `data.db`, whatever small databases and ledgers the
//! vault adds, and `blobs/` with sealed recordings. No file is named after a person.

use crate::{Error, FolderFault};
use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io::{BufRead, BufReader, ErrorKind, Read, Seek, Write},
    path::{Path, PathBuf},
};

/// The format of folder this program writes.
const FORMAT: i64 = 1;
const MARKER: &str = "ABIDE";
const LOCK: &str = "lock";
const BLOBS: &str = "blobs";
/// Files that are changed for as long as the folder is open.
const KEPT: [&str; 3] = ["data.db", "keys.db", "erased.ledger"];

/// An open data folder. The lock is held for as long as this lives.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    _lock: File,
    /// Whether the machine has not been off since the folder was last open.
    undisturbed: bool,
}

impl Folder {
    /// Opens the folder, making it when it is absent or empty.
    ///
    /// # Errors
    /// [`FolderFault`] when it is not ours, in use, newer, or unreadable.
    pub fn open(path: &Path) -> Result<Self, Error> {
        Self::lock(path, false)
    }

    /// Opens a folder that is there already, and makes none.
    ///
    /// # Errors
    /// [`FolderFault::NoData`], and as [`Folder::open`].
    pub fn existing(path: &Path) -> Result<Self, Error> {
        let there = match fs::read_dir(path) {
            Err(error) if error.kind() == ErrorKind::NotFound => false,
            // What else is wrong with it is said below.
            Err(_) => true,
            Ok(mut entries) => entries.next().is_some(),
        };
        if !there {
            return Err(FolderFault::NoData {
                folder: path.to_owned(),
            }
            .into());
        }
        Self::lock(path, false)
    }

    /// The same for one of several processes that have it open: rows and keys are elsewhere, and what is in it is only added to.
    ///
    /// # Errors
    /// As [`Folder::open`]; in use is one that somebody has opened for himself.
    pub fn share(path: &Path) -> Result<Self, Error> {
        Self::lock(path, true)
    }

    fn lock(path: &Path, shared: bool) -> Result<Self, Error> {
        let unreadable = |source: std::io::Error| match source.kind() {
            ErrorKind::ReadOnlyFilesystem => FolderFault::ReadOnly {
                folder: path.to_owned(),
            },
            ErrorKind::PermissionDenied if fs::read_dir(path).is_ok() => FolderFault::ReadOnly {
                folder: path.to_owned(),
            },
            _ => FolderFault::Unreadable {
                folder: path.to_owned(),
                source,
            },
        };
        make(path).map_err(unreadable)?;
        let marker = path.join(MARKER);
        let marked = marker.try_exists().map_err(unreadable)?;
        if !marked {
            for file in fs::read_dir(path).map_err(unreadable)? {
                let name = file.map_err(unreadable)?.file_name();
                // The marker itself may have come meanwhile, or be on its way.
                let ours = name
                    .to_str()
                    .is_some_and(|name| name == MARKER || name.starts_with(LOCK));
                if !ours {
                    return Err(FolderFault::NotOurs {
                        folder: path.to_owned(),
                    }
                    .into());
                }
            }
        }
        let mut lock = OpenOptions::new()
            .create(true)
            .truncate(false)
            .read(true)
            .write(true)
            .open(path.join(LOCK))
            .map_err(unreadable)?;
        let locked = if shared {
            lock.try_lock_shared()
        } else {
            lock.try_lock()
        };
        match locked {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(FolderFault::InUse {
                    folder: path.to_owned(),
                }
                .into());
            }
            Err(TryLockError::Error(source)) => return Err(unreadable(source).into()),
        }
        if marked {
            let text = fs::read_to_string(&marker).map_err(unreadable)?;
            let found = text
                .lines()
                .find_map(|line| line.strip_prefix("format "))
                .and_then(|number| number.trim().parse::<i64>().ok());
            match found {
                Some(FORMAT) => {}
                Some(found) if found > FORMAT => {
                    return Err(FolderFault::Newer {
                        folder: path.to_owned(),
                        found,
                        known: FORMAT,
                    }
                    .into());
                }
                _ => {
                    return Err(FolderFault::NotOurs {
                        folder: path.to_owned(),
                    }
                    .into());
                }
            }
        } else {
            // Two may begin a shared folder at once: each writes the same words, and neither finds half of them.
            let part = path.join(format!("{LOCK}.{}", std::process::id()));
            let mut file = File::create(&part).map_err(unreadable)?;
            write!(
                file,
                "This folder belongs to abide. Back it up whole; change nothing in it by hand.\nformat {FORMAT}\n"
            )
            .and_then(|()| file.sync_all())
            .and_then(|()| fs::rename(&part, &marker))
            .map_err(unreadable)?;
            sync(path).map_err(unreadable)?;
        }
        writable(path).map_err(unreadable)?;
        if !shared {
            clear_away(path).map_err(unreadable)?;
        }
        let undisturbed = seen_before(&mut lock).map_err(unreadable)?;
        Ok(Self {
            path: path.to_owned(),
            _lock: lock,
            undisturbed,
        })
    }

    /// Whether the machine has not been off since the folder was last open here: then what was written without waiting for the
    /// disk is there.
    pub(crate) fn undisturbed(&self) -> bool {
        self.undisturbed
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// A file's place in the folder.
    #[must_use]
    pub fn file(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }

    /// Adds lines to a file that only ever grows, and returns when they are on the disk.
    ///
    /// # Errors
    /// [`Error::File`] when the disk refuses.
    pub fn append(&self, name: &str, lines: &[String]) -> Result<(), Error> {
        let path = self.file(name);
        let fresh = !path.exists();
        let mut file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .read(true)
            .write(true)
            .open(path)
            .map_err(file_fault("opening a ledger"))?;
        // An end that a crash cut off was never acknowledged; what comes now must not be taken for the rest of it.
        let long = file
            .seek(std::io::SeekFrom::End(0))
            .map_err(file_fault("reading a ledger"))?;
        if long > 0 && !ends(&mut file, long).map_err(file_fault("reading a ledger"))? {
            mend(&mut file).map_err(file_fault("mending a ledger"))?;
        }
        file.write_all((lines.join("\n") + "\n").as_bytes())
            .and_then(|()| file.sync_data())
            .map_err(file_fault("adding to a ledger"))?;
        if fresh {
            sync(&self.path).map_err(file_fault("adding a ledger to the folder"))?;
        }
        Ok(())
    }

    /// The whole lines of such a file, oldest first; none when it does not exist yet.
    /// A last line without its end was cut off by a crash and was never acknowledged: it is left out.
    ///
    /// # Errors
    /// [`Error::File`] when the disk refuses.
    pub fn lines(&self, name: &str) -> Result<Vec<String>, Error> {
        let file = match File::open(self.file(name)) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            other => other.map_err(file_fault("opening a ledger"))?,
        };
        let mut reader = BufReader::new(file);
        let mut lines = Vec::new();
        let mut line = String::new();
        while reader
            .read_line(&mut line)
            .map_err(file_fault("reading a ledger"))?
            > 0
        {
            if let Some(whole) = line.strip_suffix('\n') {
                lines.push(whole.to_owned());
            }
            line.clear();
        }
        Ok(lines)
    }

    /// Where sealed files stand in it.
    #[must_use]
    pub fn blobs(&self) -> crate::blobs::InFolder {
        crate::blobs::InFolder::new(&self.path.join(BLOBS))
    }
}

/// Whether a file of lines, so many bytes long, ends with a whole one; it stands at its end afterwards.
fn ends(file: &mut File, long: u64) -> std::io::Result<bool> {
    let mut last = [0];
    file.seek(std::io::SeekFrom::Start(long - 1))?;
    file.read_exact(&mut last)?;
    Ok(last == *b"\n")
}

/// Takes away the end of a file of lines behind its last whole one.
fn mend(file: &mut File) -> std::io::Result<()> {
    let mut there = Vec::new();
    file.rewind()?;
    file.read_to_end(&mut there)?;
    let whole = there.iter().rposition(|byte| *byte == b'\n');
    file.set_len(whole.map_or(0, |at| at as u64 + 1))?;
    file.seek(std::io::SeekFrom::End(0)).map(drop)
}

/// Whether the lock was last held since the machine was switched on; then it says so for the next time. A machine that does not
/// say when it was switched on is taken to have been off.
fn seen_before(lock: &mut File) -> std::io::Result<bool> {
    let now = fs::read("/proc/sys/kernel/random/boot_id").unwrap_or_default();
    let mut then = Vec::new();
    lock.read_to_end(&mut then)?;
    if then == now {
        return Ok(!now.is_empty());
    }
    lock.set_len(0)?;
    lock.rewind()?;
    lock.write_all(&now)?;
    Ok(false)
}

/// Tries whether what is in the folder may be changed, and something added: a database that may not be written is not damaged.
fn writable(path: &Path) -> std::io::Result<()> {
    let trial = path.join(format!("{LOCK}.{}", std::process::id()));
    match File::create(&trial).and_then(|_| fs::remove_file(&trial)) {
        // A full disk has a sentence of its own, at the first act; and several servers may try at once.
        Err(error)
            if matches!(
                error.kind(),
                ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::NotFound
            ) => {}
        other => other?,
    }
    for name in KEPT {
        match OpenOptions::new().append(true).open(path.join(name)) {
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            other => drop(other?),
        }
    }
    Ok(())
}

/// Removes what an interruption left of a backup or of what was being brought back: it would keep whoever is erased later.
fn clear_away(path: &Path) -> std::io::Result<()> {
    for entry in fs::read_dir(path)? {
        let entry = entry?;
        let name = entry.file_name();
        let left = name.to_str().is_some_and(|name| {
            name.ends_with(".part")
                || KEPT
                    .iter()
                    .any(|of| name.starts_with(&format!("{of}.copy")))
        });
        if left && entry.file_type()?.is_file() {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

/// Makes a folder that only its owner may enter.
pub(crate) fn make(path: &Path) -> std::io::Result<()> {
    if path.is_dir() {
        return Ok(());
    }
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)
}

/// Makes a folder's list of names last.
pub(crate) fn sync(path: &Path) -> std::io::Result<()> {
    #[cfg(unix)]
    File::open(path)?.sync_all()?;
    #[cfg(not(unix))]
    let _ = path;
    Ok(())
}

pub(crate) fn file_fault(doing: &'static str) -> impl Fn(std::io::Error) -> Error {
    move |source| match source.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => Error::Full,
        _ => Error::File { doing, source },
    }
}
