//! Where sealed files and the erasure ledger stand: in the data folder, or in memory for tests.
//!
//! The ledger says which holdings and files have been erased and when, and nothing else. It stands outside the
//! databases and their backups, so that a restored backup can be told what must not come back.

use crate::Error;
use jiff::Timestamp;
use std::{
    collections::{BTreeMap, BTreeSet},
    io::{Cursor, Read, Write},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use store::{BlobFile, Folder};

const LEDGER: &str = "erased.ledger";

/// A line of the ledger: what kind of erasure, and of what.
pub(crate) type Noted = (String, String);
type Memory = BTreeMap<String, Vec<u8>>;

/// Files and ledger.
#[derive(Debug)]
pub(crate) struct Shelf {
    place: Place,
    noted: Mutex<BTreeSet<Noted>>,
}

#[derive(Debug)]
enum Place {
    Folder(Arc<Folder>),
    Memory(Arc<Mutex<Memory>>),
}

/// A sealed file being written.
pub(crate) enum Begun {
    File(BlobFile),
    Memory(String, Vec<u8>, Arc<Mutex<Memory>>),
}

impl Write for Begun {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        match self {
            Self::File(file) => file.write(bytes),
            Self::Memory(_, kept, _) => kept.write(bytes),
        }
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Begun {
    pub(crate) fn finish(self) -> Result<(), Error> {
        match self {
            Self::File(file) => file.finish()?,
            Self::Memory(id, kept, memory) => {
                lock(&memory).insert(id, kept);
            }
        }
        Ok(())
    }
}

impl Shelf {
    pub(crate) fn new(folder: Option<&Arc<Folder>>) -> Result<Self, Error> {
        let Some(folder) = folder else {
            return Ok(Self {
                place: Place::Memory(Arc::default()),
                noted: Mutex::default(),
            });
        };
        let lines = folder.lines(LEDGER)?;
        let noted = lines.iter().filter_map(|line| {
            let mut words = line.splitn(3, ' ').skip(1);
            Some((words.next()?.to_owned(), words.next()?.to_owned()))
        });
        Ok(Self {
            noted: Mutex::new(noted.collect()),
            place: Place::Folder(Arc::clone(folder)),
        })
    }

    pub(crate) fn begin(&self, id: &str) -> Result<Begun, Error> {
        Ok(match &self.place {
            Place::Folder(folder) => Begun::File(folder.blob_begin(id)?),
            Place::Memory(memory) => Begun::Memory(id.to_owned(), Vec::new(), Arc::clone(memory)),
        })
    }

    pub(crate) fn open(&self, id: &str) -> Result<Box<dyn Read + Send>, Error> {
        Ok(match &self.place {
            Place::Folder(folder) => Box::new(folder.blob_open(id)?),
            Place::Memory(memory) => {
                let bytes = lock(memory).get(id).cloned();
                Box::new(Cursor::new(bytes.ok_or_else(|| store::Error::Missing {
                    what: id.to_owned(),
                })?))
            }
        })
    }

    pub(crate) fn there(&self, id: &str) -> Result<bool, Error> {
        Ok(match &self.place {
            Place::Folder(folder) => folder.blob_there(id)?,
            Place::Memory(memory) => lock(memory).contains_key(id),
        })
    }

    pub(crate) fn remove(&self, id: &str) -> Result<(), Error> {
        match &self.place {
            Place::Folder(folder) => folder.blob_remove(id)?,
            Place::Memory(memory) => {
                lock(memory).remove(id);
            }
        }
        Ok(())
    }

    pub(crate) fn all(&self) -> Result<Vec<String>, Error> {
        Ok(match &self.place {
            Place::Folder(folder) => folder.blobs()?,
            Place::Memory(memory) => lock(memory).keys().cloned().collect(),
        })
    }

    /// Adds to the ledger, each once; they are on the disk when this returns.
    pub(crate) fn note(&self, erased: Vec<(Timestamp, Noted)>) -> Result<(), Error> {
        let mut noted = lock(&self.noted);
        let mut lines = Vec::new();
        let mut fresh = Vec::new();
        for (at, said) in erased {
            if !noted.contains(&said) {
                lines.push(format!("{at} {} {}", said.0, said.1));
                fresh.push(said);
            }
        }
        if let Place::Folder(folder) = &self.place
            && !lines.is_empty()
        {
            folder.append(LEDGER, &lines)?;
        }
        noted.extend(fresh);
        Ok(())
    }

    /// What the ledger says.
    pub(crate) fn noted(&self) -> Vec<Noted> {
        lock(&self.noted).iter().cloned().collect()
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
