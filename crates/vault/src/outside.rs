//! A house knows its own store of recordings again, and says when it is missing.

use crate::{Error, Vault};
use jiff::Timestamp;
use std::{collections::BTreeSet, sync::Arc};
use store::{Act, Actor, Blobs, Verb, blobs::Both};

store::statements! {
    MARK = "select mark from shelf order by mark";
    ADD = "insert into shelf (mark, made_at) values ($1, $2)";
    FOLDER = "select said from setting where name = 'recordings-folder'";
    ADD_FOLDER = "insert into setting (name, said) values ('recordings-folder', $1)";
}

/// Bytes of a file that are in memory at once: as many as an object of a bucket has at most.
const PIECE: usize = 8 << 20;

/// The file by which servers that share a folder of recordings know that it is the same.
const FOLDER_MARK: &str = "recordings.mark";

/// Where a house being opened has its recordings.
#[derive(Clone, Debug)]
pub(crate) enum Recordings {
    /// In its folder.
    InFolder,
    /// In a store outside, the older ones in its folder.
    Outside(Arc<dyn Blobs>),
    /// In the folder that a backup was unpacked into, wherever the house keeps them.
    Unpacked,
}

/// What a store outside was given of a backup.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Returned {
    /// Recordings that were there, byte for byte.
    pub there: u64,
    /// Recordings that were not, or not whole, and are now.
    pub written: u64,
    /// Recordings of the ledger that were still there, and are gone now.
    pub erased: u64,
    /// Files that came there after the backup: nothing in it can open them, and they go when the house is next opened.
    pub newer: u64,
}

impl Vault {
    /// Where recordings stand: in the folder, or outside of it from now on. The mark by which a store outside is known is made on
    /// first use, as an act of its own.
    pub(crate) fn take_up(
        &self,
        outside: &Recordings,
        at: Timestamp,
    ) -> Result<Arc<dyn Blobs>, Error> {
        let outside = match outside {
            Recordings::Unpacked => return Ok(Arc::clone(&self.shelf)),
            Recordings::InFolder => None,
            Recordings::Outside(outside) => Some(outside),
        };
        let mark = self.store.look(|rd| {
            let row = rd.one(MARK, &[])?;
            Ok::<_, Error>(row.map(|row| row.text("mark")).transpose()?)
        })?;
        self.same_folder(outside.is_some(), at)?;
        let Some(outside) = outside else {
            return match mark {
                None => Ok(Arc::clone(&self.shelf)),
                Some(_) => Err(store::Error::Shelf {
                    doing: "opening it",
                    why: "this house keeps recordings outside its folder, and abide.toml does not say where: put `[recordings]` back",
                }
                .into()),
            };
        };
        let known = mark.is_some();
        let mark = mark.unwrap_or_else(|| self.store.new_id("shelf"));
        outside.claim(&mark)?;
        if !known {
            let act = act(at).detail("recordings", "kept outside the folder");
            self.store.act(&act, |tx| {
                tx.run(ADD, &[mark.as_str().into(), at.into()])?;
                Ok::<_, Error>(())
            })?;
        }
        Ok(Arc::new(Both::new(
            Arc::clone(outside),
            Arc::clone(&self.shelf),
        )))
    }

    /// Whether this house keeps recordings in a store outside its folder.
    ///
    /// # Errors
    /// [`store::Error::Database`].
    pub fn keeps_outside(&self) -> Result<bool, Error> {
        self.store.look(|rd| Ok(rd.one(MARK, &[])?.is_some()))
    }

    /// Brings the recordings of an unpacked backup to the store outside in which the house keeps them. What stands there byte for
    /// byte is left alone, what is not there or not whole is written, and nothing else there is touched but what the ledger says
    /// is erased. Once there, a recording leaves the folder. Called again, it goes on.
    ///
    /// # Errors
    /// [`store::Error::Shelf`] when the store cannot be reached, or is another house's.
    pub fn return_recordings(&self, outside: &dyn Blobs) -> Result<Returned, Error> {
        let mut done = Returned::default();
        let mark = self.store.look(|rd| {
            let row = rd.one(MARK, &[])?;
            Ok::<_, Error>(row.map(|row| row.text("mark")).transpose()?)
        })?;
        let Some(mark) = mark else { return Ok(done) };
        outside.claim(&mark)?;
        let mut others: BTreeSet<String> = outside.list()?.into_iter().collect();
        for (kind, said) in self.ledger.noted() {
            if kind == "blob" && others.remove(&said) {
                outside.remove(&said)?;
                done.erased += 1;
            }
        }
        for id in self.shelf.list()? {
            others.remove(&id);
            if same(&id, self.shelf.as_ref(), outside)? {
                done.there += 1;
            } else {
                copy(&id, self.shelf.as_ref(), outside)?;
                done.written += 1;
            }
            self.shelf.remove(&id)?;
        }
        done.newer = others.len() as u64;
        Ok(done)
    }

    /// Servers of one house that keep recordings in a folder keep them in the same one: otherwise one would call a recording
    /// erased that stands with another.
    fn same_folder(&self, outside: bool, at: Timestamp) -> Result<(), Error> {
        let Some(folder) = self.store.folder().filter(|_| self.store.is_shared()) else {
            return Ok(());
        };
        if outside && self.shelf.list()?.is_empty() {
            return Ok(());
        }
        let known = self.store.ask(FOLDER, &[])?;
        let known = known.map(|row| row.text("said")).transpose()?;
        let own = folder.lines(FOLDER_MARK)?.into_iter().next();
        match (known, own) {
            (Some(known), Some(own)) if known == own => Ok(()),
            (None, own) => {
                let mark = match own {
                    Some(own) => own,
                    None => {
                        let mark = self.store.new_id("shelf");
                        folder.append(FOLDER_MARK, std::slice::from_ref(&mark))?;
                        mark
                    }
                };
                let act = act(at).detail("recordings", "kept in the folder");
                self.store.act(&act, |tx| {
                    tx.run(ADD_FOLDER, &[mark.as_str().into()])?;
                    Ok::<_, Error>(())
                })
            }
            _ => Err(store::Error::Shelf {
                doing: "opening it",
                why: "another server of this house keeps them in its own data folder: name a bucket under `[recordings]` from the beginning, or let `data` be a folder that all servers share",
            }
            .into()),
        }
    }
}

/// Whether a file stands on both shelves, byte for byte.
fn same(id: &str, one: &dyn Blobs, other: &dyn Blobs) -> Result<bool, Error> {
    let mut there = match other.open(id) {
        Err(store::Error::OffShelf { .. }) => return Ok(false),
        opened => opened?,
    };
    let mut here = one.open(id)?;
    if here.length() != there.length() {
        return Ok(false);
    }
    let mut at = 0;
    while at < here.length() {
        let piece = here.read_at(at, PIECE)?;
        if piece.is_empty() || there.read_at(at, PIECE)? != piece {
            return Ok(false);
        }
        at += piece.len() as u64;
    }
    Ok(true)
}

/// Puts a file on another shelf in the place of whatever stands there under its id.
fn copy(id: &str, from: &dyn Blobs, to: &dyn Blobs) -> Result<(), Error> {
    to.remove(id)?;
    let mut here = from.open(id)?;
    let mut at = 0;
    while at < here.length() {
        let piece = here.read_at(at, PIECE)?;
        let length = piece.len() as u64;
        if length == 0 {
            break;
        }
        to.extend(id, at, piece)?;
        at += length;
    }
    Ok(to.finish(id, here.length())?)
}

fn act(at: Timestamp) -> Act {
    Act::new(at, Actor::System("recordings".to_owned()), Verb::Restore).cite("UK GDPR Art 32(1)")
}
