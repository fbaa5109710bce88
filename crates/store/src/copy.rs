#![expect(
    clippy::disallowed_methods,
    reason = "the data folder is the store's door to the disk"
)]
//! A backup is a copy of one moment, taken while others go on writing.

use crate::{DATABASE, Error, Folder, HOUSE, Migration, Side, Store, engine::Link, pour};
use std::{
    fs::{self, File},
    io::{ErrorKind, Read, Seek, Write},
    path::{Path, PathBuf},
};

/// A copy of a database at one moment. Where the system lets it, it has no name any more: so it is gone when the program ends,
/// however it ends.
#[derive(Debug)]
pub struct Snapshot {
    path: PathBuf,
    file: File,
}

impl Snapshot {
    /// Of the database of a connection, in the folder under this name.
    pub(crate) fn of(folder: &Folder, name: &str, link: &Link) -> Result<Self, Error> {
        let path = folder.file(&format!("{name}.copy"));
        // One left behind by a crash was nobody's.
        remove(&path)?;
        let to = path.display().to_string();
        let made = link.run(COPY, &[to.into()]).and_then(|_| {
            File::open(&path).map_err(|source| Error::File {
                doing: "opening a copy for the backup",
                source,
            })
        });
        #[cfg(unix)]
        remove(&path)?;
        made.map(|file| Self { path, file })
    }

    /// Its bytes.
    ///
    /// # Errors
    /// [`Error::File`].
    pub fn open(&self) -> Result<impl Read + use<>, Error> {
        let again = self.file.try_clone().and_then(|mut file| {
            file.rewind()?;
            Ok(file)
        });
        again.map_err(|source| Error::File {
            doing: "reading a copy for the backup",
            source,
        })
    }
}

impl Drop for Snapshot {
    fn drop(&mut self) {
        // Has a name only where the system keeps one for open files; one that stays goes at the next opening.
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

/// A data folder that a restore put aside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PutAside {
    /// Its name, beside the folder it made room for.
    pub name: String,
    /// The ids of the keys in it; nothing where they cannot be read.
    pub keys: Option<Vec<String>>,
}

/// The keys that a key file still has.
const SEALING: &str = "select id from sealing order by id";

impl Folder {
    /// What a restore put aside beside this folder, by name.
    ///
    /// # Errors
    /// [`Error::File`].
    pub fn put_aside(&self) -> Result<Vec<PutAside>, Error> {
        let own = self.path().canonicalize();
        let own = own.unwrap_or_else(|_| self.path().to_owned());
        let (Some(above), Some(name)) = (own.parent(), own.file_name()) else {
            return Ok(Vec::new());
        };
        let beginning = format!("{}.before-", name.to_string_lossy());
        let fault = |source| Error::File {
            doing: "looking for what a restore put aside",
            source,
        };
        let mut found = Vec::new();
        for entry in fs::read_dir(above).map_err(fault)? {
            let entry = entry.map_err(fault)?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let keys = entry.path().join("keys.db");
            if name.starts_with(&beginning) && keys.is_file() {
                let keys = key_ids(&keys).ok();
                found.push(PutAside { name, keys });
            }
        }
        found.sort_by(|one, two| one.name.cmp(&two.name));
        Ok(found)
    }

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

fn key_ids(file: &Path) -> Result<Vec<String>, Error> {
    let mut ids = Vec::new();
    Link::reader(file)?.each(SEALING, &[], |row| {
        ids.push(row.text("id")?);
        Ok(true)
    })?;
    Ok(ids)
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
