//! At a server too, one wait for the disk serves everybody who was waiting.
//!
//! Each process has one connection that acts are done over, one act after the other in one transaction, which has the
//! database alone: the next process waits for its end. When nobody waits, or after [`MOST`] acts, the transaction is made to
//! last, and only then does any of them answer. An act that fails undoes itself alone. When a statement or the connection
//! fails, nothing of the batch is left, and each of its acts is done again by itself, whole and once ([`Pool::write`]).

use super::{Link, pool::Pool};
use crate::{Error, lock};
use std::{
    sync::{
        Arc, Condvar, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    thread::ThreadId,
};

/// How many acts one transaction holds at most, so that neither the first of them nor another process waits for ever.
const MOST: usize = 128;

/// The one of this process who writes, and who waits for it.
pub(crate) struct Scribe {
    desk: Mutex<Desk>,
    /// How many have asked for their turn and do not have it yet: each of them will take it, and so end or prolong the batch.
    waiting: AtomicUsize,
    /// Who has it now, so that an act inside an act is a sentence and not a standstill.
    writing: Mutex<Option<ThreadId>>,
}

/// What acts are done with.
#[derive(Default)]
struct Desk {
    link: Option<Link>,
    batch: Option<Arc<Batch>>,
}

/// Acts that last together.
#[derive(Default)]
struct Batch {
    members: AtomicUsize,
    end: Mutex<Option<End>>,
    bell: Condvar,
}

/// How a batch ended.
#[derive(Clone)]
enum End {
    /// It is on the server's disk.
    Lasts,
    /// Nothing of it is left, and each of its acts may go well by itself.
    Undone,
    /// Nobody can say.
    Unsettled,
}

impl Batch {
    fn end(&self, how: End) {
        *lock(&self.end) = Some(how);
        self.bell.notify_all();
    }

    fn wait(&self) -> End {
        let mut end = lock(&self.end);
        loop {
            match &*end {
                Some(how) => return how.clone(),
                None => end = self.bell.wait(end).unwrap_or_else(PoisonError::into_inner),
            }
        }
    }
}

impl Scribe {
    pub(crate) fn new() -> Self {
        Self {
            desk: Mutex::default(),
            waiting: AtomicUsize::new(0),
            writing: Mutex::default(),
        }
    }

    /// Does it together with whatever else is waiting, and returns when it lasts. Undone when `work` fails or panics; done
    /// again, from the beginning, when it was undone for another's sake.
    pub(crate) fn write<T, E: From<Error>>(
        &self,
        pool: &Pool,
        work: impl Fn(&Link) -> Result<T, E>,
    ) -> Result<T, E> {
        self.free()?;
        pool.free()?;
        let mut turn = self.turn(pool);
        let Ok(batch) = turn.begin() else {
            // It says by itself what stands in the way.
            drop(turn);
            return pool.write(work);
        };
        let done = match turn.link() {
            Some(link) => work(link),
            None => Err(Error::Busy.into()),
        };
        turn.end(done.is_ok());
        drop(turn);
        // Whoever failed may have failed because of what others in the batch have written: their end is waited for as well.
        match batch.wait() {
            End::Lasts => done,
            End::Undone => pool.write(work),
            End::Unsettled => Err(Error::Unsettled.into()),
        }
    }

    /// An act inside an act of the same thread would wait for itself.
    pub(crate) fn free(&self) -> Result<(), Error> {
        if *lock(&self.writing) == Some(std::thread::current().id()) {
            return Err(Error::Nested);
        }
        Ok(())
    }

    /// Takes the connection away, for whoever is about to close the house.
    pub(crate) fn leave(&self) -> Option<Link> {
        lock(&self.desk).link.take()
    }

    fn turn<'a>(&'a self, pool: &'a Pool) -> Turn<'a> {
        self.waiting.fetch_add(1, Ordering::SeqCst);
        let desk = lock(&self.desk);
        self.waiting.fetch_sub(1, Ordering::SeqCst);
        *lock(&self.writing) = Some(std::thread::current().id());
        Turn {
            scribe: self,
            pool,
            desk,
            open: false,
        }
    }
}

/// The desk in somebody's turn.
struct Turn<'a> {
    scribe: &'a Scribe,
    pool: &'a Pool,
    desk: MutexGuard<'a, Desk>,
    /// Whether an act is open.
    open: bool,
}

impl Turn<'_> {
    fn link(&self) -> Option<&Link> {
        self.desk.link.as_ref()
    }

    /// Begins a batch where none is open, and an act of its own in it.
    fn begin(&mut self) -> Result<Arc<Batch>, Error> {
        let batch = match &self.desk.batch {
            Some(batch) => Arc::clone(batch),
            None => {
                if self.link().is_none_or(Link::closed) {
                    self.desk.link = None;
                    self.desk.link = Some(self.pool.another()?);
                }
                let batch = Arc::<Batch>::default();
                self.desk.batch = Some(Arc::clone(&batch));
                if let Some(link) = self.link() {
                    link.begin_batch();
                }
                batch
            }
        };
        if let Some(link) = self.link() {
            link.begin_act();
        }
        self.open = true;
        Ok(batch)
    }

    /// Ends the act, and the batch with it when nobody waits to write more into it.
    fn end(&mut self, well: bool) {
        let open = std::mem::take(&mut self.open);
        let kept = match self.link() {
            Some(link) if open => link.end_act(well),
            _ => Ok(()),
        };
        let Some(batch) = self.desk.batch.clone() else {
            return;
        };
        if kept.is_err() {
            self.over(End::Undone);
            return;
        }
        let members =
            batch.members.fetch_add(usize::from(well), Ordering::SeqCst) + usize::from(well);
        let nobody = self.scribe.waiting.load(Ordering::SeqCst) == 0;
        if nobody || members >= MOST {
            self.close();
        }
    }

    /// Makes what is open last, and says so to everybody in it.
    fn close(&mut self) {
        let end = match self.link() {
            None => End::Undone,
            Some(link) => self.commit(link),
        };
        self.over(end);
    }

    fn commit(&self, link: &Link) -> End {
        if link.commit().is_ok() {
            return End::Lasts;
        }
        if !link.closed() {
            return End::Undone;
        }
        // The answer to a commit may be lost on the way when it was done: it is looked up, and never guessed.
        match self.pool.settled(link.left()) {
            Ok(true) => End::Lasts,
            Ok(false) => End::Undone,
            Err(_) => End::Unsettled,
        }
    }

    fn over(&mut self, how: End) {
        if let Some(link) = self.link() {
            link.rollback();
        }
        if let Some(batch) = self.desk.batch.take() {
            batch.end(how);
        }
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        // After a panic, or when an act could not be begun: the turn never ends with a batch that nobody ends.
        let nobody = self.scribe.waiting.load(Ordering::SeqCst) == 0;
        if self.open || self.desk.batch.is_some() && nobody {
            self.end(false);
        }
        *lock(&self.scribe.writing) = None;
    }
}
