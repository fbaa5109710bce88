//! A house that took up a bucket keeps what lies in its folder: new files go to the one, both are read, erased and asked.

use super::{Blobs, Opened, missing};
use crate::Error;
use std::{collections::BTreeSet, sync::Arc};

/// Two shelves as one.
#[derive(Debug)]
pub struct Both {
    new: Arc<dyn Blobs>,
    old: Arc<dyn Blobs>,
}

impl Both {
    /// New files go to the first.
    #[must_use]
    pub fn new(new: Arc<dyn Blobs>, old: Arc<dyn Blobs>) -> Self {
        Self { new, old }
    }

    /// The one a file stands on; the first, when it is on neither.
    fn of(&self, id: &str) -> Result<&dyn Blobs, Error> {
        // The folder is asked first: it costs nothing.
        Ok(if self.old.length(id)?.is_some() {
            self.old.as_ref()
        } else {
            self.new.as_ref()
        })
    }
}

impl Blobs for Both {
    fn claim(&self, mark: &str) -> Result<(), Error> {
        self.old.claim(mark)?;
        self.new.claim(mark)
    }

    fn shared(&self) -> bool {
        self.new.shared() || self.old.shared()
    }

    fn extend(&self, id: &str, at: u64, bytes: Vec<u8>) -> Result<(), Error> {
        self.of(id)?.extend(id, at, bytes)
    }

    fn finish(&self, id: &str, length: u64) -> Result<(), Error> {
        self.of(id)?.finish(id, length)
    }

    fn length(&self, id: &str) -> Result<Option<u64>, Error> {
        self.of(id)?.length(id)
    }

    fn open(&self, id: &str) -> Result<Box<dyn Opened>, Error> {
        for shelf in [&self.old, &self.new] {
            match shelf.open(id) {
                Err(Error::OffShelf { .. }) => {}
                other => return other,
            }
        }
        Err(missing(id))
    }

    fn remove(&self, id: &str) -> Result<(), Error> {
        // One that cannot be reached does not keep the other from letting go.
        let (old, new) = (self.old.remove(id), self.new.remove(id));
        old.and(new)
    }

    fn list(&self) -> Result<Vec<String>, Error> {
        let mut ids: BTreeSet<String> = self.old.list()?.into_iter().collect();
        ids.extend(self.new.list()?);
        Ok(ids.into_iter().collect())
    }
}
