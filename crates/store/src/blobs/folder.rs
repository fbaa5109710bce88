#![expect(
    clippy::disallowed_methods,
    reason = "sealed files in a folder are the store's door to the disk"
)]
//! Sealed files in a folder of the house: `ID` when finished, `ID.part` until then.

use super::{Blobs, Opened, missing, plain};
use crate::{
    Error,
    folder::{file_fault, make, sync},
};
use std::{
    collections::BTreeSet,
    fs::{self, File, OpenOptions},
    io::{ErrorKind, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};

/// A folder of sealed files.
#[derive(Debug)]
pub struct InFolder {
    path: PathBuf,
}

impl InFolder {
    /// In this folder, which is made when it is needed.
    #[must_use]
    pub fn new(path: &Path) -> Self {
        Self {
            path: path.to_owned(),
        }
    }

    /// A file's place, finished and begun.
    fn places(&self, id: &str) -> Result<(PathBuf, PathBuf), Error> {
        let whole = self.path.join(plain(id)?);
        Ok((whole.clone(), whole.with_extension("part")))
    }
}

impl Blobs for InFolder {
    fn claim(&self, _mark: &str) -> Result<(), Error> {
        Ok(())
    }

    fn shared(&self) -> bool {
        false
    }

    fn extend(&self, id: &str, at: u64, bytes: Vec<u8>) -> Result<(), Error> {
        let (_, part) = self.places(id)?;
        make(&self.path).map_err(file_fault("making the folder of recordings"))?;
        let fresh = at == 0;
        let end = at.saturating_add(bytes.len() as u64);
        let write = || {
            let mut file = OpenOptions::new()
                .create(true)
                .truncate(false)
                .write(true)
                .open(&part)?;
            file.seek(SeekFrom::Start(at))?;
            file.write_all(&bytes)?;
            file.set_len(end)?;
            file.sync_all()?;
            if fresh { sync(&self.path) } else { Ok(()) }
        };
        write().map_err(file_fault("writing a recording"))
    }

    fn finish(&self, id: &str, length: u64) -> Result<(), Error> {
        let (whole, part) = self.places(id)?;
        if self.length(id)? != Some(length) {
            return Err(missing("the end of a recording"));
        }
        if whole.exists() {
            return Ok(());
        }
        fs::rename(&part, &whole)
            .and_then(|()| sync(&self.path))
            .map_err(file_fault("finishing a recording"))
    }

    fn length(&self, id: &str) -> Result<Option<u64>, Error> {
        let (whole, part) = self.places(id)?;
        for path in [whole, part] {
            match fs::metadata(path) {
                Ok(found) => return Ok(Some(found.len())),
                Err(error) if error.kind() == ErrorKind::NotFound => {}
                Err(error) => return Err(file_fault("asking for a recording")(error)),
            }
        }
        Ok(None)
    }

    fn open(&self, id: &str) -> Result<Box<dyn Opened>, Error> {
        let (whole, part) = self.places(id)?;
        for path in [whole, part] {
            match File::open(path) {
                Ok(file) => {
                    let length = file
                        .metadata()
                        .map_err(file_fault("opening a recording"))?
                        .len();
                    return Ok(Box::new(OpenFile { file, length }));
                }
                Err(error) if error.kind() == ErrorKind::NotFound => {}
                Err(error) => return Err(file_fault("opening a recording")(error)),
            }
        }
        Err(missing(id))
    }

    fn remove(&self, id: &str) -> Result<(), Error> {
        let (whole, part) = self.places(id)?;
        for path in [part, whole] {
            match fs::remove_file(path) {
                Err(error) if error.kind() != ErrorKind::NotFound => {
                    return Err(file_fault("removing a recording")(error));
                }
                _ => {}
            }
        }
        if self.path.exists() {
            sync(&self.path).map_err(file_fault("removing a recording"))?;
        }
        Ok(())
    }

    fn list(&self) -> Result<Vec<String>, Error> {
        let entries = match fs::read_dir(&self.path) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            other => other.map_err(file_fault("listing recordings"))?,
        };
        let mut ids = BTreeSet::new();
        for entry in entries {
            let path = entry.map_err(file_fault("listing recordings"))?.path();
            if let Some(stem) = path.file_stem().and_then(|stem| stem.to_str()) {
                ids.insert(stem.to_owned());
            }
        }
        Ok(ids.into_iter().collect())
    }
}

struct OpenFile {
    file: File,
    length: u64,
}

impl Opened for OpenFile {
    fn length(&self) -> u64 {
        self.length
    }

    fn read_at(&mut self, at: u64, length: usize) -> Result<Vec<u8>, Error> {
        let left = self.length.saturating_sub(at).min(length as u64);
        let mut bytes = Vec::with_capacity(usize::try_from(left).unwrap_or(length));
        self.file
            .seek(SeekFrom::Start(at))
            .and_then(|_| (&self.file).take(left).read_to_end(&mut bytes))
            .map_err(file_fault("reading a recording"))?;
        Ok(bytes)
    }
}
