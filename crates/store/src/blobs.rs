//! Sealed files stand on a shelf that knows nothing of what is in them: a folder, or a bucket of any S3-compatible store.
//!
//! A file begins, grows at its end, and is finished. Whatever happens in between, [`Blobs::list`] names it: nothing sealed
//! can lie where nobody looks. Which shelf it is, nobody above this module knows.

mod both;
mod folder;
mod memory;
#[cfg(feature = "s3")]
mod s3;

pub use both::Both;
pub use folder::InFolder;
pub use memory::InMemory;
#[cfg(feature = "s3")]
pub use s3::{Bucket, S3};

use crate::Error;

/// A place for sealed files. Many threads may share one; one thread at a time writes one file.
///
/// Ids are letters, digits and `_`; lengths and places are counted in sealed bytes.
pub trait Blobs: std::fmt::Debug + Send + Sync {
    /// Makes the place this house's own, by a random mark; a house keeps its mark. A folder needs none, since its lock says whose it is.
    ///
    /// # Errors
    /// [`Error::Shelf`] when it is another house's, or cannot be reached.
    fn claim(&self, mark: &str) -> Result<(), Error>;

    /// Whether other servers may be putting files here too.
    fn shared(&self) -> bool;

    /// Puts bytes at the place `at`, which is not behind the file's end; what stood there and after it is replaced.
    /// They last when this returns.
    ///
    /// # Errors
    /// [`Error::File`], [`Error::Shelf`].
    fn extend(&self, id: &str, at: u64, bytes: Vec<u8>) -> Result<(), Error>;

    /// Ends a file that is `length` bytes long.
    ///
    /// # Errors
    /// [`Error::OffShelf`] when less than that is there, and as [`Blobs::extend`].
    fn finish(&self, id: &str, length: u64) -> Result<(), Error>;

    /// How long a file is, finished or begun, up to its first gap; `None` when nothing of it is there.
    ///
    /// # Errors
    /// As [`Blobs::extend`].
    fn length(&self, id: &str) -> Result<Option<u64>, Error>;

    /// Opens a file, finished or begun, for reading anywhere in it.
    ///
    /// # Errors
    /// [`Error::OffShelf`], and as [`Blobs::extend`].
    fn open(&self, id: &str) -> Result<Box<dyn Opened>, Error>;

    /// Removes whatever there is of a file; when nothing is there, that is no fault.
    ///
    /// # Errors
    /// As [`Blobs::extend`].
    fn remove(&self, id: &str) -> Result<(), Error>;

    /// The ids of everything there is, finished or begun, in order.
    ///
    /// # Errors
    /// As [`Blobs::extend`].
    fn list(&self) -> Result<Vec<String>, Error>;
}

/// An open sealed file.
pub trait Opened: Send {
    /// Its length when it was opened.
    fn length(&self) -> u64;

    /// `length` bytes from `at`, or as many as there are.
    ///
    /// # Errors
    /// [`Error::File`], [`Error::Shelf`].
    fn read_at(&mut self, at: u64, length: usize) -> Result<Vec<u8>, Error>;
}

/// An id that can lead nowhere but to its own file.
fn plain(id: &str) -> Result<&str, Error> {
    let fine = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    if id.is_empty() || !id.bytes().all(fine) {
        return Err(missing("a recording with such an id"));
    }
    Ok(id)
}

fn missing(what: &str) -> Error {
    Error::OffShelf {
        what: what.to_owned(),
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// What every shelf promises; the same for each.
    pub(crate) fn keeps_its_promises(shelf: &dyn Blobs, one: &str, two: &str) {
        assert_eq!(shelf.length(one).unwrap(), None);
        assert!(matches!(shelf.open(one), Err(Error::OffShelf { .. })));
        shelf.remove(one).unwrap();
        for wrong in ["", "..", "a/b", "a.part", "é"] {
            assert!(shelf.extend(wrong, 0, vec![1]).is_err(), "{wrong}");
            assert!(shelf.open(wrong).is_err() && shelf.remove(wrong).is_err());
        }

        shelf.extend(one, 0, b"abcdef".to_vec()).unwrap();
        assert_eq!(
            shelf.length(one).unwrap(),
            Some(6),
            "begun is there already"
        );
        assert!(shelf.list().unwrap().contains(&one.to_owned()));
        assert!(shelf.finish(one, 7).is_err(), "half a file is none");
        shelf.extend(one, 4, b"EFGH".to_vec()).unwrap();
        shelf.extend(one, 8, b"ij".to_vec()).unwrap();
        // The same again, as after an answer that got lost.
        shelf.extend(one, 8, b"ij".to_vec()).unwrap();
        shelf.finish(one, 10).unwrap();
        shelf.finish(one, 10).unwrap();
        assert_eq!(shelf.length(one).unwrap(), Some(10));
        let mut open = shelf.open(one).unwrap();
        assert_eq!(open.length(), 10);
        for (at, length, found) in [
            (0, 10, "abcdEFGHij"),
            (0, 99, "abcdEFGHij"),
            (3, 4, "dEFG"),
            (7, 2, "Hi"),
            (9, 5, "j"),
            (10, 1, ""),
            (99, 1, ""),
        ] {
            assert_eq!(
                open.read_at(at, length).unwrap(),
                found.as_bytes(),
                "{at} {length}"
            );
        }
        shelf.extend(two, 0, b"other".to_vec()).unwrap();
        let mut both = vec![one.to_owned(), two.to_owned()];
        both.sort();
        assert_eq!(shelf.list().unwrap(), both);
        for id in [one, two] {
            shelf.remove(id).unwrap();
            assert_eq!(shelf.length(id).unwrap(), None);
        }
        assert_eq!(shelf.list().unwrap(), Vec::<String>::new());
    }

    #[test]
    fn each_shelf_keeps_the_same_promises() {
        let disk = tempfile::tempdir().unwrap();
        keeps_its_promises(&InFolder::new(disk.path()), "blb_1", "blb_2");
        keeps_its_promises(&InMemory::default(), "blb_1", "blb_2");
        let both = Both::new(
            std::sync::Arc::new(InMemory::default()),
            std::sync::Arc::new(InFolder::new(disk.path())),
        );
        keeps_its_promises(&both, "blb_1", "blb_2");
    }
}
