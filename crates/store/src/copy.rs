#![expect(
    clippy::disallowed_methods,
    reason = "the data folder is the store's door to the disk"
)]
//! A backup is a copy of one moment, taken while others go on writing.

use crate::{DATABASE, Error, Folder, HOUSE, Migration, Side, Store, engine::Link, pour};
use std::{
    fs::{self, File},
    io::{ErrorKind, Read, Write},
    path::{Path, PathBuf},
};

/// A copy of a database at one moment, in the data folder until it is dropped.
#[derive(Debug)]
pub struct Snapshot {
    path: PathBuf,
}

impl Snapshot {
    /// Of the database of a connection, in the folder under this name.
    pub(crate) fn of(folder: &Folder, name: &str, link: &Link) -> Result<Self, Error> {
        let path = folder.file(&format!("{name}.copy"));
        // One left behind by a crash was nobody's.
        remove(&path)?;
        let snapshot = Self { path };
        let to = snapshot.path.display().to_string();
        link.run(COPY, &[to.into()])?;
        Ok(snapshot)
    }

    /// Its bytes.
    ///
    /// # Errors
    /// [`Error::File`].
    pub fn open(&self) -> Result<impl Read + use<>, Error> {
        File::open(&self.path).map_err(|source| Error::File {
            doing: "opening a copy for the backup",
            source,
        })
    }
}

impl Drop for Snapshot {
    fn drop(&mut self) {
        // One that stays is removed by the next backup.
        let _ = fs::remove_file(&self.path);
    }
}

/// `vacuum into` copies what is there at one moment and leaves out free pages, so that nothing erased goes with it.
const COPY: &str = "vacuum into $1";

impl Store {
    /// A copy of the database as it stands, while others go on writing: a file of the same form, wherever the rows are. None of
    /// a store in memory.
    ///
    /// # Errors
    /// [`Error::Database`], as when the disk is full.
    pub fn snapshot(&self) -> Result<Option<Snapshot>, Error> {
        let Some(folder) = self.folder() else {
            return Ok(None);
        };
        if self.on_server() {
            let look = |pour: &dyn Fn(&Link) -> Result<u64, Error>| self.look(|rd| pour(rd.link));
            return pour::into_file(folder, DATABASE, HOUSE, look).map(Some);
        }
        Snapshot::of(folder, DATABASE, &Link::reader(&folder.file(DATABASE))?).map(Some)
    }
}

impl Side {
    /// A copy as it stands, while others go on writing: a file of the folder, and where it is one already, of this name.
    ///
    /// # Errors
    /// As [`Store::snapshot`].
    pub fn snapshot(
        &self,
        folder: &Folder,
        name: &str,
        steps: &[Migration],
    ) -> Result<Snapshot, Error> {
        if self.place()?.is_some() {
            let look = |pour: &dyn Fn(&Link) -> Result<u64, Error>| self.look(pour);
            return pour::into_file(folder, name, steps, look);
        }
        Snapshot::of(folder, name, &Link::reader(&folder.file(name))?)
    }
}

impl Folder {
    /// Writes a file of the folder from a stream: whole and on the disk, or not there. Returns how many bytes.
    ///
    /// # Errors
    /// [`Error::File`], also when the name would lead out of the folder.
    pub fn put(&self, name: &str, from: &mut dyn Read) -> Result<u64, Error> {
        let fault = |source| Error::File {
            doing: "writing a file that is brought back",
            source,
        };
        let sound = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '.';
        let mut parts = name.split('/');
        let plain =
            parts.all(|part| !part.starts_with('.') && !part.is_empty() && part.chars().all(sound));
        if !plain {
            return Err(fault(std::io::Error::from(ErrorKind::InvalidInput)));
        }
        let to = self.file(name);
        if let Some(above) = to.parent() {
            fs::create_dir_all(above).map_err(fault)?;
        }
        let part = to.with_extension("part");
        let written = File::create(&part).and_then(|mut file| {
            let bytes = std::io::copy(from, &mut file)?;
            file.flush()?;
            file.sync_all()?;
            fs::rename(&part, &to)?;
            Ok(bytes)
        });
        if written.is_err() {
            remove(&part)?;
        }
        written.map_err(fault)
    }
}

fn remove(path: &Path) -> Result<(), Error> {
    match fs::remove_file(path) {
        Err(source) if source.kind() != ErrorKind::NotFound => Err(Error::File {
            doing: "removing an old copy",
            source,
        }),
        _ => Ok(()),
    }
}
