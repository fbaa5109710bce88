//! A few connections read beside the one that writes: more would not be faster, and each keeps pages of its own.

use super::Link;
use crate::{Error, lock};
use std::{
    path::Path,
    sync::{Condvar, Mutex, PoisonError},
    thread::ThreadId,
};

/// How many threads read at once.
const MOST: usize = 8;

/// The connections that read.
#[derive(Default)]
pub(crate) struct Readers {
    hands: Mutex<Hands>,
    bell: Condvar,
}

#[derive(Default)]
struct Hands {
    idle: Vec<Link>,
    /// Who reads. Whoever looks again while looking does not wait for another, which may be waiting likewise.
    busy: Vec<ThreadId>,
}

impl Readers {
    /// Waits for a connection, or makes one.
    pub(crate) fn take(&self, path: &Path) -> Result<Reader<'_>, Error> {
        let me = std::thread::current().id();
        let mut hands = lock(&self.hands);
        while hands.busy.len() >= MOST && !hands.busy.contains(&me) {
            hands = self
                .bell
                .wait(hands)
                .unwrap_or_else(PoisonError::into_inner);
        }
        hands.busy.push(me);
        let idle = hands.idle.pop();
        drop(hands);
        let mut reader = Reader {
            readers: self,
            link: idle,
        };
        if reader.link.is_none() {
            reader.link = Some(Link::reader(path)?);
        }
        Ok(reader)
    }
}

/// A connection in somebody's hand.
pub(crate) struct Reader<'a> {
    readers: &'a Readers,
    /// Always there once it was made.
    link: Option<Link>,
}

impl Reader<'_> {
    pub(crate) fn link(&self) -> Result<&Link, Error> {
        let gone = || Error::Database("the connection was given back".to_owned());
        self.link.as_ref().ok_or_else(gone)
    }
}

impl Drop for Reader<'_> {
    fn drop(&mut self) {
        let me = std::thread::current().id();
        if let Some(link) = &self.link {
            link.rollback();
        }
        let mut hands = lock(&self.readers.hands);
        if let Some(place) = hands.busy.iter().position(|busy| *busy == me) {
            hands.busy.swap_remove(place);
        }
        hands.idle.extend(self.link.take());
        self.readers.bell.notify_one();
    }
}
