//! A file is sealed frame by frame as it arrives: what is on the shelf is never clear, and what is in memory is never more than a few frames.

use crate::{
    Error, Plain, Vault,
    blob::Staged,
    frame::{self, After, FRAME, SEALED},
    seal::Sealer,
};
use std::{
    collections::BTreeSet,
    io::Read,
    sync::{Arc, Mutex, PoisonError},
};
use store::Lease;
use zeroize::Zeroizing;

/// How many frames go to the shelf at once.
const PIECE: u64 = 8;
/// How much is read at once, in bytes.
const SIP: usize = 64 * 1024;

/// A file that is arriving.
pub(crate) struct Filling<'v> {
    vault: &'v Vault,
    id: String,
    key: Arc<Sealer>,
    /// The number of the frame that is being gathered.
    frame: u64,
    /// What has been gathered of it. It is sealed only once more comes, since a frame says whether it is the last.
    held: Zeroizing<Vec<u8>>,
    /// Sealed frames on their way to the shelf, and the number of the first.
    piece: (u64, Vec<u8>),
    /// By which no other server fills it meanwhile.
    lease: Option<&'v Lease>,
}

impl<'v> Filling<'v> {
    /// A new file, under a key that has been made.
    pub(crate) fn new(vault: &'v Vault, id: &str) -> Result<Self, Error> {
        vault.keys.forget()?;
        Ok(Self {
            vault,
            id: id.to_owned(),
            key: vault.keys.get(id)?,
            frame: 0,
            held: Zeroizing::new(Vec::with_capacity(FRAME)),
            piece: (0, Vec::new()),
            lease: None,
        })
    }

    /// A file that was begun: goes on behind the last frame that is whole. What a crash left of later ones is written over.
    pub(crate) fn resume(
        vault: &'v Vault,
        id: &str,
        lease: Option<&'v Lease>,
    ) -> Result<Self, Error> {
        let mut filling = Self::new(vault, id)?;
        filling.lease = lease;
        let Some(length) = vault.shelf.length(id)? else {
            return Ok(filling);
        };
        let mut file = vault.shelf.open(id)?;
        let there = length.div_ceil(SEALED);
        // Whatever was put there before the last piece was on the disk before that piece began.
        for number in there.saturating_sub(PIECE + 1)..there {
            let rest = length - number * SEALED;
            let wanted = usize::try_from(rest.min(SEALED)).unwrap_or(0);
            let bytes = file.read_at(number * SEALED, wanted)?;
            let found = [After::More, After::Open, After::Last]
                .iter()
                .find_map(|after| frame::open(&filling.key, id, number, *after, &bytes));
            let Some(clear) = found else { break };
            filling.hold(number, &clear);
            if clear.bytes().len() < FRAME {
                break;
            }
        }
        Ok(filling)
    }

    fn hold(&mut self, number: u64, clear: &Plain) {
        self.frame = number;
        self.piece.0 = number;
        self.held.clear();
        self.held.extend_from_slice(clear.bytes());
    }

    /// How many bytes have come.
    pub(crate) fn size(&self) -> u64 {
        self.frame * FRAME as u64 + self.held.len() as u64
    }

    /// Takes in a stream to its end, but no more than `most` bytes in all. A stream that breaks off leaves what came before.
    pub(crate) fn take(&mut self, from: &mut dyn Read, most: u64) -> Result<(), Error> {
        let mut sip = Zeroizing::new(vec![0; SIP]);
        loop {
            let count = match from.read(&mut sip) {
                Ok(0) => return Ok(()),
                Ok(count) => count,
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
                Err(source) => {
                    return Err(Error::Stream {
                        doing: "read",
                        source,
                    });
                }
            };
            if self.size() + count as u64 > most {
                return Err(Error::TooLong);
            }
            let mut left = sip.get(..count).unwrap_or_default();
            while !left.is_empty() {
                if self.held.len() == FRAME {
                    self.seal(After::More)?;
                }
                let (now, later) = left.split_at(left.len().min(FRAME - self.held.len()));
                self.held.extend_from_slice(now);
                left = later;
            }
        }
    }

    /// Puts on the shelf what has come so far, so that it can be gone on with.
    pub(crate) fn pause(mut self) -> Result<u64, Error> {
        let size = self.size();
        if !self.held.is_empty() {
            self.seal(After::Open)?;
        }
        self.flush()?;
        Ok(size)
    }

    /// Ends the file.
    pub(crate) fn finish(mut self) -> Result<Staged, Error> {
        let size = self.size();
        self.seal(After::Last)?;
        self.flush()?;
        self.vault
            .shelf
            .finish(&self.id, frame::sealed_size(size))?;
        Ok(Staged::new(&self.id, size, self.frame))
    }

    fn seal(&mut self, after: After) -> Result<(), Error> {
        if self.piece.1.capacity() == 0 {
            let most = usize::try_from(PIECE * SEALED).unwrap_or(0);
            self.piece.1.reserve_exact(most);
        }
        frame::seal(
            &self.key,
            &self.id,
            self.frame,
            after,
            &self.held,
            &mut self.piece.1,
        )?;
        self.held.clear();
        self.frame += 1;
        if self.frame - self.piece.0 >= PIECE {
            self.flush()?;
        }
        Ok(())
    }

    fn flush(&mut self) -> Result<(), Error> {
        let bytes = std::mem::take(&mut self.piece.1);
        if bytes.is_empty() {
            return Ok(());
        }
        // Erased meanwhile: nothing more is put where something was taken away.
        if !self.vault.keys.there(&self.id)? {
            return Err(Error::Gone {
                thing: self.id.clone(),
            });
        }
        if let Some(lease) = self.lease {
            self.vault.store.still_held(lease)?;
        }
        self.vault
            .shelf
            .extend(&self.id, self.piece.0 * SEALED, bytes)?;
        self.piece.0 = self.frame;
        Ok(())
    }
}

/// The files that are being filled in this process, each by one thread.
#[derive(Debug, Default)]
pub(crate) struct Busy(Mutex<BTreeSet<String>>);

/// Holds a file for as long as it lives.
#[derive(Debug)]
pub(crate) struct Held<'b> {
    busy: &'b Busy,
    id: String,
}

impl Vault {
    /// Does something with a file that is arriving, while nobody else does: no other thread, and no other server.
    pub(crate) fn filling<T>(
        &self,
        id: &str,
        work: impl FnOnce(Filling<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let _held = self.busy.hold(id).ok_or(Error::Busy)?;
        if !self.store.is_shared() {
            return work(Filling::resume(self, id, None)?);
        }
        let held = self.store.hold(&format!("arriving {id}"), |lease| {
            work(Filling::resume(self, id, Some(lease))?)
        });
        held?.unwrap_or(Err(Error::Busy))
    }
}

impl Busy {
    /// Takes a file in hand; nothing when somebody has it.
    pub(crate) fn hold(&self, id: &str) -> Option<Held<'_>> {
        let mut busy = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        busy.insert(id.to_owned()).then(|| Held {
            busy: self,
            id: id.to_owned(),
        })
    }
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        let mut busy = self.busy.0.lock().unwrap_or_else(PoisonError::into_inner);
        busy.remove(&self.id);
    }
}
