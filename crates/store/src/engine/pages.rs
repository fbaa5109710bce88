#![expect(
    clippy::disallowed_methods,
    reason = "sums of pages are a file of the data folder, and this is the store's door to it"
)]
//! A page of a database that the disk changed behind our back is found, before anything on it is believed.
//!
//! SQLite keeps no sums of its pages. So `NAME-sums` beside a database holds one for each: 8 bytes of SHA-256 over the page's
//! number and bytes. Pages reach the database file only from the journal, and only after their sums are written; so a page that
//! is not in the journal has the sum that is written, whenever the program ended. The file is waited for when a house is closed, and
//! when its first pages are brought in after opening. In between it is not, which costs nothing in speed, and after a power cut
//! the sums begin anew.

use super::journal::Journal;
use crate::{
    Error, entropy,
    folder::{file_fault, sync},
};
use sha2::{Digest, Sha256};
use std::{
    cell::{Cell, RefCell},
    fs::{self, File},
    io::{BufReader, ErrorKind, Read, Write},
    path::{Path, PathBuf},
};

/// The sum of a page.
pub(super) type Sum = [u8; 8];

const MAGIC: &[u8] = b"abide sums of pages 1\n";
const DOING: &str = "keeping sums of pages";

/// The sum of a page by its number, from 1, and its bytes.
pub(super) fn sum(number: u32, page: &[u8]) -> Sum {
    let mut hash = Sha256::new();
    hash.update(number.to_be_bytes());
    hash.update(page);
    first(&hash.finalize())
}

fn first(digest: &[u8]) -> Sum {
    digest
        .get(..8)
        .and_then(|eight| eight.try_into().ok())
        .unwrap_or_default()
}

/// The sums of one database file.
#[derive(Debug)]
pub(super) struct Pages {
    database: PathBuf,
    sums: RefCell<Vec<Sum>>,
    /// Whether there are sums.
    known: Cell<bool>,
    /// Whether the file of sums on the disk is the last word: nothing was brought into the database since it was waited for.
    exact: Cell<bool>,
    /// Whether nobody waits for the disk.
    hasty: Cell<bool>,
}

/// What lies in the file of sums.
struct Written {
    exact: bool,
    sums: Vec<Sum>,
}

impl Pages {
    /// Looks at a database before it is opened. `undisturbed` says that the machine has not been off since it was last open, so that
    /// what was written without waiting is there.
    pub(super) fn open(database: &Path, undisturbed: bool) -> Result<Self, Error> {
        let journal = Journal::read(&beside(database, "-wal"))?;
        let index = beside(database, "-shm");
        if let Some(lost) = journal.lost(undisturbed.then_some(index.as_path()))? {
            return Err(Error::Database(format!("`{}`: {lost}", name(database))));
        }
        let written = written(&beside(database, "-sums"))?.filter(|it| it.exact || undisturbed);
        let pages = Self {
            database: database.to_owned(),
            exact: Cell::new(written.as_ref().is_some_and(|it| it.exact)),
            sums: RefCell::default(),
            known: Cell::new(false),
            hasty: Cell::new(false),
        };
        if let Some(written) = written {
            pages.known.set(true);
            pages.sums.replace(written.sums);
            if let Some(changed) = pages.changed(&journal)?.sentence() {
                return Err(Error::Database(format!(
                    "{changed}; if it was put there on purpose, remove `{}`",
                    name(&beside(database, "-sums"))
                )));
            }
        }
        Ok(pages)
    }

    /// Where no sums were there to hold the file against, they begin with what it holds now that it has a journal.
    pub(super) fn begin(&self) -> Result<(), Error> {
        if !self.known.replace(true) {
            let mut sums = Vec::new();
            each(&self.database, |number, page| sums.push(sum(number, page)))?;
            self.sums.replace(sums);
        }
        Ok(())
    }

    /// Nobody waits for the disk from now on.
    pub(super) fn hasty(&self) {
        self.hasty.set(true);
    }

    /// Writes down the sums of what the journal is about to bring into the database; `committed` is how many frames it must hold.
    /// For the `last` time before closing they are waited for.
    pub(super) fn note(&self, committed: u64, last: bool) -> Result<(), Error> {
        let path = beside(&self.database, "-wal");
        let journal = Journal::read(&path)?;
        if let Some(lost) = self.lost(&journal, committed)? {
            return Err(Error::Database(lost));
        }
        if last && journal.frames == 0 && self.exact.get() {
            return Ok(());
        }
        let mut sums = self.sums.borrow_mut();
        if journal.frames > 0 {
            sums.resize(usize::try_from(journal.size).unwrap_or(0), Sum::default());
        }
        for (number, sum) in journal.sums(&path)? {
            if let Some(place) = place(number).and_then(|place| sums.get_mut(place)) {
                *place = sum;
            }
        }
        let waits = !self.hasty.get() && (last || self.exact.get());
        write(&beside(&self.database, "-sums"), last, &sums, waits)?;
        self.exact.set(last);
        Ok(())
    }

    /// How many pages there are, and what is wrong with them, while nobody writes.
    pub(super) fn examine(&self, committed: u64) -> Result<(u64, Option<String>), Error> {
        let journal = Journal::read(&beside(&self.database, "-wal"))?;
        if let Some(lost) = self.lost(&journal, committed)? {
            return Ok((0, Some(lost)));
        }
        let changed = self.changed(&journal)?;
        Ok((changed.of, changed.sentence()))
    }

    fn lost(&self, journal: &Journal, committed: u64) -> Result<Option<String>, Error> {
        let said = journal.lost(None)?;
        let fewer = || {
            format!(
                "its journal was changed or cut: of {committed} pages committed, {} can be read",
                journal.frames
            )
        };
        let lost = said.or_else(|| (journal.frames < committed).then(fewer));
        Ok(lost.map(|lost| format!("`{}`: {lost}", name(&self.database))))
    }

    /// Holds every page against its sum, but for those that the journal holds anew.
    fn changed(&self, journal: &Journal) -> Result<Changed, Error> {
        let sums = self.sums.borrow();
        let mut changed = Changed {
            file: name(&self.database),
            ..Changed::default()
        };
        let end = each(&self.database, |number, page| {
            changed.of += 1;
            let known = place(number).and_then(|place| sums.get(place));
            // A page that was made room for and never written holds nothing, and has no sum.
            if !journal.pages.contains_key(&number)
                && known != Some(&Sum::default())
                && known != Some(&sum(number, page))
            {
                changed.add(number);
            }
        })?;
        for (number, known) in (1..)
            .zip(sums.iter())
            .skip(usize::try_from(end).unwrap_or(0))
        {
            if !journal.pages.contains_key(&number) && *known != Sum::default() {
                changed.add(number);
            }
        }
        Ok(changed)
    }
}

/// Pages that are not as they were written.
#[derive(Default)]
struct Changed {
    file: String,
    of: u64,
    first: u32,
    count: u64,
}

impl Changed {
    fn add(&mut self, number: u32) {
        if self.count == 0 {
            self.first = number;
        }
        self.count += 1;
    }

    fn sentence(&self) -> Option<String> {
        (self.count > 0).then(|| {
            format!(
                "`{}`: {} pages are not as abide wrote them, the first is page {}",
                self.file, self.count, self.first
            )
        })
    }
}

/// The file that belongs to a database: its journal, the journal's index, its sums.
pub(super) fn beside(database: &Path, what: &str) -> PathBuf {
    let mut path = database.as_os_str().to_owned();
    path.push(what);
    path.into()
}

fn name(path: &Path) -> String {
    path.file_name()
        .map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}

/// Where the sum of a page stands.
fn place(number: u32) -> Option<usize> {
    usize::try_from(number).ok()?.checked_sub(1)
}

/// Hands over each page of a database file with its number; the answer is the last one's.
fn each(database: &Path, mut each: impl FnMut(u32, &[u8])) -> Result<u32, Error> {
    let fault = file_fault("reading the pages of a database");
    let file = match File::open(database) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(0),
        other => other.map_err(&fault)?,
    };
    let mut from = BufReader::with_capacity(1 << 20, file);
    let mut page = vec![0; 512];
    let mut number = 0;
    loop {
        let mut length = fill(&mut from, &mut page).map_err(&fault)?;
        if length == 0 {
            return Ok(number);
        }
        if number == 0 {
            // Bytes of a page, in the head of the first; what is no power of two belongs to no database and is read as it comes.
            let said = page.get(16..18).map_or(0, |two| {
                two.iter()
                    .fold(0, |size, byte| size << 8 | usize::from(*byte))
            });
            let size = if said == 1 { 65536 } else { said.max(512) };
            page.resize(size, 0);
            let rest = page.get_mut(512..).unwrap_or_default();
            length += fill(&mut from, rest).map_err(&fault)?;
        }
        number += 1;
        each(number, page.get(..length).unwrap_or_default());
    }
}

/// Reads until the place is full or the file at its end.
fn fill(from: &mut impl Read, place: &mut [u8]) -> std::io::Result<usize> {
    let mut length = 0;
    while let Some(rest) = place.get_mut(length..).filter(|rest| !rest.is_empty()) {
        match from.read(rest) {
            Ok(0) => break,
            Ok(more) => length += more,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(length)
}

/// The file of sums; nothing when it is not there or was changed itself: then there is nothing to hold a page against.
fn written(path: &Path) -> Result<Option<Written>, Error> {
    let bytes = match fs::read(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        other => other.map_err(file_fault(DOING))?,
    };
    let parsed = bytes.split_last_chunk::<8>().and_then(|(said, own)| {
        let exact = said.strip_prefix(MAGIC)?.split_first()?;
        let sound = *own == first(&entropy::sha256(said)) && exact.1.len() % 8 == 0;
        sound.then(|| Written {
            exact: *exact.0 == 1,
            sums: exact.1.chunks_exact(8).map(first).collect(),
        })
    });
    Ok(parsed)
}

/// Writes the file of sums whole, and in one step.
fn write(path: &Path, exact: bool, sums: &[Sum], waits: bool) -> Result<(), Error> {
    let mut bytes = MAGIC.to_vec();
    bytes.push(exact.into());
    bytes.extend(sums.iter().flatten());
    let own = first(&entropy::sha256(&bytes));
    bytes.extend(own);
    let part = beside(path, ".part");
    let put = || {
        let mut file = File::create(&part)?;
        file.write_all(&bytes)?;
        if waits {
            file.sync_all()?;
        }
        fs::rename(&part, path)?;
        match path.parent() {
            Some(folder) if waits => sync(folder),
            _ => Ok(()),
        }
    };
    put().map_err(file_fault(DOING))
}
