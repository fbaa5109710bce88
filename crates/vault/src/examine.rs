//! Whether every recording can still be read, said before somebody needs it: each is opened, every byte of it.

use crate::{Error, Vault, frame::BlobReader};
use jiff::Timestamp;
use std::io::ErrorKind;

store::statements! {
    ALL = "select id, size from blob where erased_at is null order by id";
}

/// What was found on the shelf.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Examined {
    /// Recordings and other files that were read to their end.
    pub files: u64,
    /// Bytes in the clear.
    pub bytes: u64,
    /// Files that were changed or cut, by id.
    pub damaged: Vec<String>,
    /// Files, or keys of files, that are not there, by id.
    pub missing: Vec<String>,
    /// Recordings that did not arrive whole in time, and were given up now.
    pub given_up: u64,
    /// Remains of files that nobody put on record, removed now.
    pub removed: u64,
}

impl Vault {
    /// Reads every sealed file there is from its first byte to its last, and lets go of what does not hold it. Nobody sees
    /// what is read. First it removes what was left of files that never came to be.
    ///
    /// # Errors
    /// A store that cannot be reached: a file that is damaged is a finding.
    pub fn examine(&self, at: Timestamp) -> Result<Examined, Error> {
        let (given_up, removed) = self.sweep_uploads(at)?;
        self.keys.forget()?;
        let mut found = Examined {
            given_up,
            removed,
            ..Examined::default()
        };
        let files: Vec<(String, u64)> = self.store.look(|rd| {
            rd.rows(ALL, &[])?
                .iter()
                .map(|row| Ok((row.text("id")?, row.count("size")?)))
                .collect::<Result<_, Error>>()
        })?;
        for (id, size) in files {
            let opened = self.keys.get(&id).and_then(|key| {
                let file = self.shelf.open(&id)?;
                Ok(BlobReader::new(&id, key, file, size))
            });
            let mut reader = match opened {
                Ok(reader) => reader,
                Err(Error::Gone { .. } | Error::Store(store::Error::OffShelf { .. })) => {
                    found.missing.push(id);
                    continue;
                }
                Err(error @ Error::Store(_)) => return Err(error),
                Err(_) => {
                    found.damaged.push(id);
                    continue;
                }
            };
            match std::io::copy(&mut reader, &mut std::io::sink()) {
                Ok(bytes) => {
                    found.files += 1;
                    found.bytes += bytes;
                }
                Err(error) if error.kind() == ErrorKind::InvalidData => found.damaged.push(id),
                Err(source) => {
                    return Err(Error::Stream {
                        doing: "read",
                        source,
                    });
                }
            }
        }
        Ok(found)
    }
}

impl Examined {
    /// Whether everything that is on record can be read.
    #[must_use]
    pub fn whole(&self) -> bool {
        self.damaged.is_empty() && self.missing.is_empty()
    }
}
