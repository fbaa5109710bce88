#![expect(
    clippy::disallowed_methods,
    reason = "the journal is a file of the data folder, and this is the store's door to it"
)]
//! What was committed is not lost in silence: SQLite stops reading its journal at the first frame that is damaged, and says nothing.
//!
//! So the journal is read here as well, by its published format (sqlite.org/fileformat2.html, section 4): how far it can be read, and
//! whether anything that was committed lies behind that. The index beside it (`-shm`), which is written after the disk has
//! confirmed a commit, says how far it went as long as the machine has not been off since.

use super::pages::{Sum, sum};
use crate::{Error, folder::file_fault};
use std::{
    collections::BTreeMap,
    fs::File,
    io::{BufReader, ErrorKind, Read, Seek, SeekFrom},
    path::Path,
};

/// A journal as far as it can be read.
#[derive(Debug, Default)]
pub(super) struct Journal {
    /// Bytes of a page; 0 for an empty journal.
    pub(super) page: usize,
    /// Frames that were committed and can be read.
    pub(super) frames: u64,
    /// Where the newest committed state of each page in it lies.
    pub(super) pages: BTreeMap<u32, u64>,
    /// How many pages the database has after the last commit.
    pub(super) size: u32,
    /// Commits that lie behind a frame that is damaged.
    behind: u64,
    /// Whether its head is damaged, so that nothing of it can be read.
    headless: bool,
    salt: [u8; 8],
}

const HEAD: usize = 32;
const FRAME_HEAD: usize = 24;

/// Four bytes as a number, the big end first.
fn number(bytes: &[u8], at: usize) -> u32 {
    bytes
        .get(at..at + 4)
        .and_then(|four| four.try_into().ok())
        .map_or(0, u32::from_be_bytes)
}

/// SQLite's checksum, gone on with from `so_far`; `big` says in which order the bytes of a number are taken.
fn add(so_far: (u32, u32), bytes: &[u8], big: bool) -> (u32, u32) {
    let word = |four: &[u8]| {
        let four = four.try_into().unwrap_or_default();
        if big {
            u32::from_be_bytes(four)
        } else {
            u32::from_le_bytes(four)
        }
    };
    let (mut a, mut b) = so_far;
    for eight in bytes.chunks_exact(8) {
        let (first, second) = eight.split_at(4);
        a = a.wrapping_add(word(first)).wrapping_add(b);
        b = b.wrapping_add(word(second)).wrapping_add(a);
    }
    (a, b)
}

/// Fills `bytes`; whether there were enough.
fn filled(from: &mut impl Read, bytes: &mut [u8]) -> Result<bool, Error> {
    match from.read_exact(bytes) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => Ok(false),
        Err(error) => Err(file_fault("reading the journal")(error)),
    }
}

impl Journal {
    /// Reads it; one that is not there is empty.
    pub(super) fn read(path: &Path) -> Result<Self, Error> {
        let mut journal = Self::default();
        let file = match File::open(path) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(journal),
            other => other.map_err(file_fault("reading the journal"))?,
        };
        let mut from = BufReader::with_capacity(1 << 16, file);
        let mut head = [0; HEAD];
        // A journal that is shorter than its head holds nothing yet.
        if !filled(&mut from, &mut head)? {
            return Ok(journal);
        }
        let big = number(&head, 0) & 1 == 1;
        let mut so_far = add((0, 0), head.get(..24).unwrap_or_default(), big);
        let page = usize::try_from(number(&head, 8)).unwrap_or(0);
        let known = number(&head, 0) | 1 == 0x377f_0683 && (512..=65536).contains(&page);
        if !known || so_far != (number(&head, 24), number(&head, 28)) {
            journal.headless = true;
            return Ok(journal);
        }
        journal.page = page;
        journal.salt = head
            .get(16..24)
            .and_then(|salt| salt.try_into().ok())
            .unwrap_or_default();
        let mut frame = vec![0; FRAME_HEAD + page];
        let (mut nth, mut chained) = (0, true);
        let mut open: Vec<(u32, u64)> = Vec::new();
        while filled(&mut from, frame.get_mut(..FRAME_HEAD).unwrap_or_default())? {
            let (at, size) = (number(&frame, 0), number(&frame, 4));
            let ours = frame.get(8..16) == Some(journal.salt.as_slice());
            if !chained {
                // What an earlier round left has other salts, and what was never committed has no end.
                journal.behind += u64::from(ours && size > 0 && at > 0);
                let length = i64::try_from(page).unwrap_or(0);
                from.seek_relative(length)
                    .map_err(file_fault("reading the journal"))?;
                continue;
            }
            if !filled(&mut from, frame.get_mut(FRAME_HEAD..).unwrap_or_default())? {
                break;
            }
            let (begin, body) = (
                frame.get(..8).unwrap_or_default(),
                frame.get(FRAME_HEAD..).unwrap_or_default(),
            );
            let here = add(add(so_far, begin, big), body, big);
            if !ours || here != (number(&frame, 16), number(&frame, 20)) {
                chained = false;
                journal.behind += u64::from(ours && size > 0 && at > 0);
                continue;
            }
            so_far = here;
            open.push((
                at,
                HEAD as u64 + nth * frame.len() as u64 + FRAME_HEAD as u64,
            ));
            nth += 1;
            if size > 0 {
                journal.frames = nth;
                journal.size = size;
                journal.pages.extend(open.drain(..));
            }
        }
        Ok(journal)
    }

    /// The sum of each page in it, of its newest state alone: most are in it many times.
    pub(super) fn sums(&self, path: &Path) -> Result<Vec<(u32, Sum)>, Error> {
        if self.pages.is_empty() {
            return Ok(Vec::new());
        }
        let fault = file_fault("reading the journal");
        let mut file = File::open(path).map_err(&fault)?;
        let mut page = vec![0; self.page];
        let mut sums = Vec::with_capacity(self.pages.len());
        for (number, at) in &self.pages {
            file.seek(SeekFrom::Start(*at)).map_err(&fault)?;
            file.read_exact(&mut page).map_err(&fault)?;
            sums.push((*number, sum(*number, &page)));
        }
        Ok(sums)
    }

    /// Whether something that was committed cannot be read any more, in a sentence. `index` is read only where it can be trusted:
    /// when the machine has not been off since it was written.
    pub(super) fn lost(&self, index: Option<&Path>) -> Result<Option<String>, Error> {
        if self.headless {
            return Ok(Some("the head of its journal was changed".to_owned()));
        }
        if let Some(index) = index
            && let Some(index) = Index::read(index)?
        {
            let same = index.salt == self.salt || self.page == 0;
            let there = if index.salt == self.salt {
                self.frames
            } else {
                0
            };
            // Whatever was brought into the database already may be missing here, but then all of it.
            let needless = there == 0 && index.moved >= index.frames && same;
            if there < index.frames && !needless {
                return Ok(Some(format!(
                    "its journal was changed or cut: of {} pages committed, {there} can be read",
                    index.frames
                )));
            }
        }
        // One commit behind the damage may be one that was being written when the power went, and was never acknowledged.
        Ok((self.behind > 1).then(|| {
            format!(
                "its journal was changed: {} commits lie behind a page that cannot be read",
                self.behind
            )
        }))
    }
}

/// What the journal's index says: how many frames were committed, and how many of them are in the database already.
struct Index {
    frames: u64,
    moved: u64,
    salt: [u8; 8],
}

impl Index {
    /// The index, if it can be read and says anything.
    fn read(path: &Path) -> Result<Option<Self>, Error> {
        const HEAD: usize = 48;
        let mut bytes = [0; 2 * HEAD + 4];
        let there = match File::open(path) {
            Err(error) if error.kind() == ErrorKind::NotFound => false,
            Err(error) => return Err(file_fault("reading the journal's index")(error)),
            Ok(mut file) => {
                file.seek(SeekFrom::Start(0))
                    .map_err(file_fault("reading the journal's index"))?;
                filled(&mut file, &mut bytes)?
            }
        };
        let (first, rest) = bytes.split_at(HEAD);
        let (second, moved) = rest.split_at(HEAD);
        // Its numbers are the machine's own.
        let big = cfg!(target_endian = "big");
        let own = |bytes: &[u8], at: usize| {
            let number = number(bytes, at);
            if big { number } else { number.swap_bytes() }
        };
        let sums = add((0, 0), first.get(..40).unwrap_or_default(), big);
        let sound = there
            && first == second
            && first.get(12) == Some(&1)
            && sums == (own(first, 40), own(first, 44));
        Ok((sound && own(first, 16) > 0).then(|| Self {
            frames: own(first, 16).into(),
            moved: own(moved, 0).into(),
            salt: first
                .get(32..40)
                .and_then(|salt| salt.try_into().ok())
                .unwrap_or_default(),
        }))
    }
}
