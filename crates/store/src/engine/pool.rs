//! Several connections to one server; an act that another writer stood in the way of is done again, whole and once.

use super::{
    Link,
    postgres::{Again, Place, Process},
    tls::Address,
};
use crate::{Error, lock};
use std::{
    sync::{Condvar, Mutex, PoisonError},
    thread::ThreadId,
};

/// How many connections one process holds at most.
const MOST: usize = 16;
/// How often an act tries beside others before it asks to have the database alone.
const BESIDE: usize = 6;
/// How often it tries in all. Alone, nobody of ours stands in its way.
const TRIES: usize = 10;

/// The connections of one process.
pub(crate) struct Pool {
    to: Address,
    hasty: bool,
    /// Whether it is the house's own. In a small database beside it every statement may be done again.
    house: bool,
    hands: Mutex<Hands>,
    bell: Condvar,
}

#[derive(Default)]
struct Hands {
    idle: Vec<Link>,
    /// Who has a connection, so that an act inside an act is a sentence and not a standstill.
    busy: Vec<ThreadId>,
}

impl Pool {
    pub(crate) fn new(to: Address, hasty: bool, house: bool) -> Self {
        Self {
            to,
            hasty,
            house,
            hands: Mutex::default(),
            bell: Condvar::new(),
        }
    }

    /// Does it in a transaction, again when another stood in the way, until it lasts or fails by itself.
    pub(crate) fn write<T, E: From<Error>>(
        &self,
        work: impl Fn(&Link) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut hand = self.hand()?;
        let mut once = true;
        let mut nth = 0;
        loop {
            nth += 1;
            if hand.link()?.closed() {
                hand.renew()?;
            }
            // In a house whoever writes has the database alone anyway.
            if nth > BESIDE && !self.house {
                hand.alone()?;
            }
            let (error, again) = match hand.attempt(&work) {
                Ok(done) => return Ok(done),
                Err(failed) => failed,
            };
            let again = match again {
                Again::Yes => nth < TRIES,
                Again::Once => std::mem::take(&mut once),
                Again::No => false,
            };
            if !again {
                return Err(error);
            }
            hand.link()?.rollback();
        }
    }

    /// Reads one state of what has been committed.
    pub(crate) fn look<T, E: From<Error>>(
        &self,
        work: impl FnOnce(&Link) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut hand = self.hand()?;
        hand.begin(Link::begin_looking)?;
        work(hand.link()?)
    }

    /// Reads one state of what has been committed, as long as nothing goes wrong and nothing is to be changed.
    pub(super) fn beside<T>(&self, work: impl FnOnce(&Link) -> Option<T>) -> Option<T> {
        let hand = self.hand().ok()?;
        let link = hand.link().ok()?;
        link.begin_beside();
        let done = work(link);
        done.filter(|_| link.end_beside())
    }

    /// One question that changes nothing, by itself: asked once more when the connection was closed meanwhile.
    pub(crate) fn ask<T>(&self, work: impl Fn(&Link) -> Result<T, Error>) -> Result<T, Error> {
        let mut hand = self.hand()?;
        match work(hand.link()?) {
            Err(_) if hand.link()?.closed() => {
                hand.renew()?;
                work(hand.link()?)
            }
            other => other,
        }
    }

    /// A connection with nothing open on it. Whatever is open afterwards is undone.
    pub(crate) fn alone<T, E: From<Error>>(
        &self,
        work: impl FnOnce(&Link) -> Result<T, E>,
    ) -> Result<T, E> {
        work(self.hand()?.link()?)
    }

    /// A connection that is not one of these.
    pub(super) fn another(&self) -> Result<Link, Error> {
        Link::server(&self.to, self.hasty, self.house)
    }

    /// An act inside a look of the same thread is a sentence.
    pub(super) fn free(&self) -> Result<(), Error> {
        match lock(&self.hands)
            .busy
            .contains(&std::thread::current().id())
        {
            true => Err(Error::Nested),
            false => Ok(()),
        }
    }

    /// Whether a transaction lasted whose end was not told; asked over a new connection.
    pub(super) fn settled(&self, left: Option<(Place, Process)>) -> Result<bool, Error> {
        let (entry, process) = left.ok_or(Error::Unsettled)?;
        let asked = self.another().and_then(|link| link.lasted(entry, &process));
        asked.map_err(|_| Error::Unsettled)
    }

    /// Waits for a connection.
    fn hand(&self) -> Result<Hand<'_>, Error> {
        let me = std::thread::current().id();
        let mut hands = lock(&self.hands);
        if hands.busy.contains(&me) {
            return Err(Error::Nested);
        }
        while hands.busy.len() >= MOST {
            hands = self
                .bell
                .wait(hands)
                .unwrap_or_else(PoisonError::into_inner);
        }
        hands.busy.push(me);
        let idle = hands.idle.pop();
        drop(hands);
        let link = match idle {
            Some(link) => Ok(link),
            None => Link::server(&self.to, self.hasty, self.house),
        };
        match link {
            Ok(link) => Ok(Hand {
                pool: self,
                link: Some(link),
                alone: false,
            }),
            Err(error) => {
                self.back(None);
                Err(error)
            }
        }
    }

    /// Takes a connection back, if it is still good.
    fn back(&self, link: Option<Link>) {
        let me = std::thread::current().id();
        let mut hands = lock(&self.hands);
        hands.busy.retain(|busy| *busy != me);
        hands.idle.extend(link);
        self.bell.notify_one();
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        // Saying goodbye waits for the server, which a thread that belongs to a runtime may not do.
        let idle = std::mem::take(&mut lock(&self.hands).idle);
        let _ = std::thread::spawn(move || drop(idle)).join();
    }
}

/// A connection in somebody's hand.
struct Hand<'a> {
    pool: &'a Pool,
    /// Always there until it is given back.
    link: Option<Link>,
    alone: bool,
}

impl Hand<'_> {
    fn link(&self) -> Result<&Link, Error> {
        let gone = || Error::Server("the connection was given back".to_owned());
        self.link.as_ref().ok_or_else(gone)
    }

    /// Asks every other writer to wait until this connection is given back.
    fn alone(&mut self) -> Result<(), Error> {
        if !self.alone {
            self.link()?.alone(true)?;
            self.alone = true;
        }
        Ok(())
    }

    /// Begins a transaction. A connection that lay idle may have been closed meanwhile: nothing was begun on that one.
    fn begin(&mut self, how: impl Fn(&Link) -> Result<(), Error>) -> Result<(), Error> {
        match how(self.link()?) {
            Err(_) if self.link()?.closed() => {
                self.renew()?;
                how(self.link()?)
            }
            other => other,
        }
    }

    /// Does it once. A failure says whether nothing of it is left for certain and another attempt may go well.
    fn attempt<T, E: From<Error>>(
        &mut self,
        work: impl Fn(&Link) -> Result<T, E>,
    ) -> Result<T, (E, Again)> {
        let sorry = |error: Error, again| (error.into(), again);
        self.begin(Link::begin)
            .map_err(|error| sorry(error, Again::No))?;
        let link = self.link().map_err(|error| sorry(error, Again::No))?;
        let done = work(link).map_err(|error| (error, link.again()))?;
        let Err(error) = link.commit() else {
            return Ok(done);
        };
        if !link.closed() {
            return Err(sorry(error, link.again()));
        }
        if !self.pool.house {
            return Err(sorry(error, Again::Yes));
        }
        // The answer to a commit may be lost on the way when the act was done: it is looked up, and never guessed.
        let Some((entry, process)) = link.left() else {
            return Err(sorry(error, Again::No));
        };
        let settled = self
            .renew()
            .and_then(|()| self.link()?.lasted(entry, &process));
        match settled {
            Ok(true) => Ok(done),
            Ok(false) => Err(sorry(error, Again::Yes)),
            Err(_) => Err(sorry(Error::Unsettled, Again::No)),
        }
    }

    fn renew(&mut self) -> Result<(), Error> {
        let pool = self.pool;
        self.link = Some(Link::server(&pool.to, pool.hasty, pool.house)?);
        self.alone = false;
        Ok(())
    }
}

impl Drop for Hand<'_> {
    fn drop(&mut self) {
        let good = self.link.take().filter(|link| {
            link.rollback();
            (!self.alone || link.alone(false).is_ok()) && !link.closed()
        });
        self.pool.back(good);
    }
}
