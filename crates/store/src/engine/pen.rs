//! What was acknowledged is on the disk, and one wait for the disk serves everybody who was waiting.
//!
//! SQLite has one writer. Whoever has the pen writes in a savepoint of an open transaction and hands the pen on; the last
//! for whom nobody waits, or the [`MOST`]th, makes the whole batch last, and only then does any of them answer. An act that
//! fails undoes its own savepoint alone. When the batch cannot be made to last, all of it is undone and each is told so.

use super::Link;
use crate::{Error, lock};
use std::{
    sync::{
        Arc, Condvar, Mutex, MutexGuard, PoisonError, TryLockError,
        atomic::{AtomicUsize, Ordering},
    },
    thread::ThreadId,
};

/// How many acts one wait for the disk serves at most, so that the first of them does not wait for ever.
const MOST: usize = 128;

/// How often the last one in a batch lets others go first, where more were there before. Nobody else waits that long for it.
const PATIENCE: usize = 100;

/// How often somebody who waits for the pen lets others go first before lying down to sleep: being woken takes longer than a short
/// act does, and nobody would write meanwhile.
const AWAKE: usize = 50;

/// The one writer, and who waits for it.
pub(crate) struct Pen {
    desk: Mutex<Desk>,
    /// How many have asked for the pen and do not have it yet: each of them will take it, and so end or prolong the batch.
    waiting: AtomicUsize,
    /// Who is writing now, so that an act inside an act is a sentence and not a standstill.
    writing: Mutex<Option<ThreadId>>,
}

/// What lies under the pen.
struct Desk {
    link: Link,
    batch: Option<Arc<Batch>>,
    /// How many acts the batch before this one made last.
    last: usize,
}

/// Acts that are made to last together.
#[derive(Default)]
struct Batch {
    members: AtomicUsize,
    end: Mutex<Option<Result<(), Lost>>>,
    bell: Condvar,
}

/// Why a batch did not last, for each of its members to be told.
#[derive(Clone)]
enum Lost {
    Full,
    Disk(String),
    Other(String),
}

impl Lost {
    fn of(error: &Error) -> Self {
        match error {
            Error::Full => Self::Full,
            Error::Disk(why) => Self::Disk(why.clone()),
            Error::Database(why) => Self::Other(why.clone()),
            other => Self::Other(other.to_string()),
        }
    }

    fn said(&self) -> Error {
        match self {
            Self::Full => Error::Full,
            Self::Disk(why) => Error::Disk(why.clone()),
            Self::Other(why) => Error::Database(why.clone()),
        }
    }
}

impl Batch {
    fn end(&self, how: Result<(), Lost>) {
        *lock(&self.end) = Some(how);
        self.bell.notify_all();
    }

    /// Waits until it lasts, or does not.
    fn wait(&self) -> Result<(), Error> {
        let mut end = lock(&self.end);
        loop {
            match &*end {
                Some(Ok(())) => return Ok(()),
                Some(Err(lost)) => return Err(lost.said()),
                None => end = self.bell.wait(end).unwrap_or_else(PoisonError::into_inner),
            }
        }
    }
}

impl Pen {
    pub(crate) fn new(link: Link) -> Self {
        Self {
            desk: Mutex::new(Desk {
                link,
                batch: None,
                last: 0,
            }),
            waiting: AtomicUsize::new(0),
            writing: Mutex::new(None),
        }
    }

    /// Writes, and returns when it is on the disk. Undone when `work` fails or panics.
    pub(crate) fn write<T, E: From<Error>>(
        &self,
        work: impl FnOnce(&Link) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut turn = self.turn()?;
        let batch = turn.begin()?;
        let done = work(turn.link());
        let kept = turn.end(done.is_ok());
        let left = turn.left;
        drop(turn);
        if let Some(members) = left {
            self.attend(&batch, members)?;
        }
        // Whoever failed may have failed because of what others in the batch have written: their end is waited for as well.
        let lasts = batch.wait();
        let done = done?;
        kept.and(lasts)?;
        Ok(done)
    }

    /// Gives those who were in the batch before this one a moment to come again, and makes the batch last if nobody does.
    /// Whoever comes looks after it from then on.
    fn attend(&self, batch: &Arc<Batch>, members: usize) -> Result<(), Error> {
        for _ in 0..PATIENCE {
            std::thread::yield_now();
            let come = self.waiting.load(Ordering::SeqCst) > 0
                || batch.members.load(Ordering::SeqCst) != members;
            if come || lock(&batch.end).is_some() {
                return Ok(());
            }
        }
        let mut turn = self.turn()?;
        let same = matches!(&turn.desk.batch, Some(open) if Arc::ptr_eq(open, batch));
        if same && self.waiting.load(Ordering::SeqCst) == 0 {
            turn.close();
        }
        Ok(())
    }

    /// The connection alone, with nothing open on it. Whatever is open afterwards is undone.
    pub(crate) fn alone<T, E: From<Error>>(
        &self,
        work: impl FnOnce(&Link) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut turn = self.turn()?;
        turn.close();
        let done = work(turn.link());
        turn.link().rollback();
        done
    }

    /// An act inside an act of the same thread would wait for itself.
    pub(crate) fn free(&self) -> Result<(), Error> {
        if *lock(&self.writing) == Some(std::thread::current().id()) {
            return Err(Error::Nested);
        }
        Ok(())
    }

    /// Waits for the pen, awake for a while.
    fn desk(&self) -> MutexGuard<'_, Desk> {
        for _ in 0..AWAKE {
            match self.desk.try_lock() {
                Ok(desk) => return desk,
                Err(TryLockError::Poisoned(poisoned)) => return poisoned.into_inner(),
                Err(TryLockError::WouldBlock) => std::thread::yield_now(),
            }
        }
        lock(&self.desk)
    }

    fn turn(&self) -> Result<Turn<'_>, Error> {
        self.free()?;
        self.waiting.fetch_add(1, Ordering::SeqCst);
        let desk = self.desk();
        self.waiting.fetch_sub(1, Ordering::SeqCst);
        *lock(&self.writing) = Some(std::thread::current().id());
        Ok(Turn {
            pen: self,
            desk,
            open: false,
            left: None,
        })
    }
}

/// The pen in somebody's hand.
struct Turn<'a> {
    pen: &'a Pen,
    desk: MutexGuard<'a, Desk>,
    /// Whether a savepoint is open.
    open: bool,
    /// The batch stays open for a moment, with so many acts in it, for whoever may still come.
    left: Option<usize>,
}

impl Turn<'_> {
    fn link(&self) -> &Link {
        &self.desk.link
    }

    /// Begins a batch where none is open, and an act of its own in it.
    fn begin(&mut self) -> Result<Arc<Batch>, Error> {
        let batch = match &self.desk.batch {
            Some(batch) => Arc::clone(batch),
            None => {
                self.desk.link.begin()?;
                let batch = Arc::<Batch>::default();
                self.desk.batch = Some(Arc::clone(&batch));
                batch
            }
        };
        self.desk.link.begin_act();
        self.open = true;
        Ok(batch)
    }

    /// Ends the act, and the batch with it when nobody waits to write more into it.
    fn end(&mut self, well: bool) -> Result<(), Error> {
        let link = &self.desk.link;
        let mut kept = Ok(());
        if std::mem::take(&mut self.open) {
            kept = link.end_act(well);
        }
        match (&kept, &self.desk.batch) {
            // The engine has undone everything, the acts before this one too, such as on a full disk.
            (Err(error), _) => {
                let why = Lost::of(error);
                self.undo(why);
            }
            (Ok(()), Some(batch)) => {
                let members = batch.members.fetch_add(usize::from(well), Ordering::SeqCst)
                    + usize::from(well);
                let nobody = self.pen.waiting.load(Ordering::SeqCst) == 0;
                if nobody && members < self.desk.last {
                    self.left = Some(members);
                } else if nobody || members >= MOST {
                    self.close();
                }
            }
            (Ok(()), None) => {}
        }
        kept
    }

    /// Makes what is open last, and says so to everybody in it.
    fn close(&mut self) {
        if let Some(batch) = self.desk.batch.take() {
            self.desk.last = batch.members.load(Ordering::SeqCst).min(MOST);
            if self.desk.last == 0 {
                self.desk.link.rollback();
                batch.end(Ok(()));
                return;
            }
            let lasts = self.desk.link.commit();
            self.desk.link.rollback();
            batch.end(lasts.map_err(|error| Lost::of(&error)));
        }
    }

    fn undo(&mut self, why: Lost) {
        self.desk.link.rollback();
        if let Some(batch) = self.desk.batch.take() {
            batch.end(Err(why));
        }
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        // After a panic, or when an act could not be begun: the pen is never laid down with a batch that nobody ends.
        let nobody = self.pen.waiting.load(Ordering::SeqCst) == 0;
        if self.open || self.left.is_none() && self.desk.batch.is_some() && nobody {
            self.desk.last = 0;
            let _ = self.end(false);
        }
        *lock(&self.pen.writing) = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    fn pen() -> Pen {
        let link = Link::memory().unwrap();
        link.batch("create table t (a text primary key)").unwrap();
        Pen::new(link)
    }

    fn add(pen: &Pen, word: &str) -> Result<u64, Error> {
        pen.write(|link| link.run("insert into t (a) values ($1)", &[word.into()]))
    }

    fn there(pen: &Pen) -> Vec<String> {
        let mut found = Vec::new();
        let read = |link: &Link| {
            link.each("select a from t order by a", &[], |row| {
                found.push(row.text("a")?);
                Ok(true)
            })
        };
        pen.alone(read).unwrap();
        found
    }

    /// Runs `first` in a batch that stays open, as if somebody waited, and then `second` in the same batch.
    fn together<A: Send, B>(
        pen: &Pen,
        first: impl FnOnce() -> A + Send,
        second: impl FnOnce() -> B,
    ) -> (A, B) {
        pen.waiting.fetch_add(1, Ordering::SeqCst);
        std::thread::scope(|scope| {
            let first = scope.spawn(first);
            while lock(&pen.desk).batch.is_none() {
                std::thread::park_timeout(Duration::from_millis(1));
            }
            assert!(!first.is_finished(), "nothing is answered before it lasts");
            pen.waiting.fetch_sub(1, Ordering::SeqCst);
            let second = second();
            (first.join().unwrap(), second)
        })
    }

    #[test]
    fn one_who_fails_undoes_nobody_else() {
        let pen = pen();
        let (one, two) = together(&pen, || add(&pen, "one"), || add(&pen, "one"));
        assert!(one.is_ok());
        assert!(matches!(two, Err(Error::Conflict(_))));
        assert_eq!(there(&pen), ["one"]);
    }

    #[test]
    fn when_the_engine_gives_up_everybody_in_the_batch_is_told() {
        let pen = pen();
        let lost = || {
            pen.write(|link| {
                link.batch("rollback")?;
                link.run("insert into t (a) values ('astray')", &[])
            })
        };
        let (one, two) = together(&pen, || add(&pen, "one"), lost);
        assert!(one.is_err() && two.is_err());
        assert_eq!(there(&pen), Vec::<String>::new());
        add(&pen, "later").unwrap();
        assert_eq!(there(&pen), ["later"]);
    }

    #[test]
    fn a_panic_undoes_its_own_act_and_ends_the_batch() {
        let pen = pen();
        let panics = || {
            std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
                pen.write(|link| -> Result<(), Error> {
                    link.run("insert into t (a) values ('two')", &[])?;
                    panic!("in the middle of an act")
                })
            }))
        };
        let (one, two) = together(&pen, || add(&pen, "one"), panics);
        assert!(one.is_ok() && two.is_err());
        assert_eq!(there(&pen), ["one"]);
    }

    #[test]
    fn an_act_in_an_act_is_a_sentence() {
        let pen = pen();
        let nested = pen.write(|_| add(&pen, "inner"));
        assert!(matches!(nested, Err(Error::Nested)));
    }
}
