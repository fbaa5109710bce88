//! Sealed files that are gone when the program ends, for tests.

use super::{Blobs, Opened, missing, plain};
use crate::Error;
use std::{
    collections::BTreeMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

/// Sealed files in memory.
#[derive(Debug, Default)]
pub struct InMemory {
    files: Mutex<BTreeMap<String, Vec<u8>>>,
}

impl InMemory {
    fn lock(&self) -> MutexGuard<'_, BTreeMap<String, Vec<u8>>> {
        self.files.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Blobs for InMemory {
    fn claim(&self, _mark: &str) -> Result<(), Error> {
        Ok(())
    }

    fn shared(&self) -> bool {
        false
    }

    fn extend(&self, id: &str, at: u64, bytes: Vec<u8>) -> Result<(), Error> {
        let mut files = self.lock();
        let file = files.entry(plain(id)?.to_owned()).or_default();
        file.truncate(usize::try_from(at).unwrap_or(usize::MAX));
        if file.len() as u64 != at {
            return Err(missing("the beginning of a recording"));
        }
        file.extend(bytes);
        Ok(())
    }

    fn finish(&self, id: &str, length: u64) -> Result<(), Error> {
        match self.length(id)? {
            Some(there) if there == length => Ok(()),
            _ => Err(missing("the end of a recording")),
        }
    }

    fn length(&self, id: &str) -> Result<Option<u64>, Error> {
        Ok(self.lock().get(plain(id)?).map(|file| file.len() as u64))
    }

    fn open(&self, id: &str) -> Result<Box<dyn Opened>, Error> {
        let file = self.lock().get(plain(id)?).cloned();
        Ok(Box::new(OpenBytes(file.ok_or_else(|| missing(id))?)))
    }

    fn remove(&self, id: &str) -> Result<(), Error> {
        self.lock().remove(plain(id)?);
        Ok(())
    }

    fn list(&self) -> Result<Vec<String>, Error> {
        Ok(self.lock().keys().cloned().collect())
    }
}

struct OpenBytes(Vec<u8>);

impl Opened for OpenBytes {
    fn length(&self) -> u64 {
        self.0.len() as u64
    }

    fn read_at(&mut self, at: u64, length: usize) -> Result<Vec<u8>, Error> {
        let at = usize::try_from(at).unwrap_or(usize::MAX);
        let rest = self.0.get(at..).unwrap_or_default();
        Ok(rest.get(..length).unwrap_or(rest).to_vec())
    }
}
