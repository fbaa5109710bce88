//! A duty of the house is one server's at a time, and whoever stops answering loses it.
//!
//! A lease is a row: who holds it, until when by the database's clock, and a number that grows each time it changes hands.
//! It is renewed while the work goes on. An act of a duty asks for the number in its own transaction ([`Tx::held`]): a server
//! that was held up and wakes too late finds that it has grown, and does nothing.

use crate::{Error, Store, Tx, engine::Link};
use jiff::{SignedDuration, Timestamp};
use std::{
    cell::Cell,
    sync::{Condvar, Mutex, PoisonError, atomic::Ordering},
    time::Duration,
};

crate::statements! {
    NOW = "select holder, fence, until from lease where name = $1";
    FIRST = "insert into lease (name, holder, fence, until) values ($1, $2, 1, $3)";
    TAKE = "update lease set holder = $2, fence = $3, until = $4 where name = $1";
    RENEW = "update lease set until = $4 where name = $1 and holder = $2 and fence = $3";
    MINE = "select fence from lease where name = $1 and holder = $2 and fence = $3";
    /// What is done once needs no row afterwards.
    LEAVE = "delete from lease where name = $1 and holder = $2 and fence = $3 and done_at is null";
    FREE = "update lease set holder = '', until = 0 where name = $1 and holder = $2 and fence = $3";
    FREE_ALL = "update lease set holder = '', until = 0 where holder <> ''";
    DONE = "update lease set done_at = $4 where name = $1 and holder = $2 and fence = $3";
    LAST = "select done_at from lease where name = $1";
}

/// How long a lease lasts unless the door says otherwise.
pub const LEASE: SignedDuration = SignedDuration::from_secs(30);

/// How often a wait for somebody else's lease looks again.
const LOOK_AGAIN: Duration = Duration::from_millis(50);

/// A duty that is this server's for now.
#[derive(Debug)]
pub struct Lease {
    mark: Mark,
    done: Cell<Option<Timestamp>>,
}

/// What tells one holding of a lease from every other.
#[derive(Clone, Debug)]
struct Mark {
    name: String,
    holder: String,
    fence: i64,
}

impl Mark {
    fn values(&self) -> [crate::Value; 3] {
        [
            self.name.as_str().into(),
            self.holder.as_str().into(),
            self.fence.into(),
        ]
    }

    fn with(&self, more: impl Into<crate::Value>) -> [crate::Value; 4] {
        let [name, holder, fence] = self.values();
        [name, holder, fence, more.into()]
    }
}

impl Lease {
    /// Says that the duty was done as of a moment; kept when the lease ends, for [`Store::last_done`].
    pub fn finished(&self, at: Timestamp) {
        self.done.set(Some(at));
    }
}

impl Tx<'_> {
    /// The act is part of a duty, and only done while this server has it.
    ///
    /// # Errors
    /// [`Error::Lost`] when another server has taken it over.
    pub fn held(&self, lease: &Lease) -> Result<(), Error> {
        match self.one(MINE, &lease.mark.values())? {
            Some(_) => Ok(()),
            None => Err(lost(&lease.mark)),
        }
    }
}

impl Store {
    /// Does work that one server at a time may do, and keeps the lease until it ends. `None` when another has it.
    ///
    /// # Errors
    /// [`Error::Database`], [`Error::Server`].
    pub fn hold<T>(&self, name: &str, work: impl FnOnce(&Lease) -> T) -> Result<Option<T>, Error> {
        let turn = self.holds.fetch_add(1, Ordering::Relaxed);
        let holder = format!("{}.{turn}", self.server);
        let fence = self.write(|link| self.take(link, name, &holder))?;
        let Some(fence) = fence else { return Ok(None) };
        let mark = Mark {
            name: name.to_owned(),
            holder,
            fence,
        };
        let lease = Lease {
            mark: mark.clone(),
            done: Cell::new(None),
        };
        let bell = Bell::default();
        let done = std::thread::scope(|scope| {
            let keep = || self.keep(&mark, &bell);
            let keeper = std::thread::Builder::new().spawn_scoped(scope, keep);
            let _over = Over(&bell);
            keeper.map(|_| work(&lease))
        });
        // A lease that cannot be given back runs out by itself.
        let _ = self.write(|link| {
            if let Some(at) = lease.done.get() {
                link.run(DONE, &mark.with(at))?;
            }
            link.run(LEAVE, &mark.values())?;
            link.run(FREE, &mark.values())
        });
        done.map(Some).map_err(|source| Error::File {
            doing: "beginning a thread",
            source,
        })
    }

    /// The same, after waiting for whoever has it; for work that takes moments, such as opening a house.
    ///
    /// # Errors
    /// As [`Store::hold`]; [`Error::Busy`] when another renews it for longer than twice a lease.
    pub fn hold_next<T>(&self, name: &str, mut work: impl FnMut(&Lease) -> T) -> Result<T, Error> {
        let most = self.lease.unsigned_abs().as_millis() * 2 / LOOK_AGAIN.as_millis();
        for _ in 0..most {
            if let Some(done) = self.hold(name, &mut work)? {
                return Ok(done);
            }
            Bell::default().rang(LOOK_AGAIN);
        }
        Err(Error::Busy)
    }

    /// Frees what a killed program of this house still held; for whoever has the house alone ([`Store::is_shared`]).
    ///
    /// # Errors
    /// [`Error::Database`], [`Error::Server`].
    pub fn free_all(&self) -> Result<(), Error> {
        self.write(|link| link.run(FREE_ALL, &[])).map(drop)
    }

    /// Whether a lease is still this server's.
    ///
    /// # Errors
    /// [`Error::Lost`] when it is not.
    pub fn still_held(&self, lease: &Lease) -> Result<(), Error> {
        let mine = self.ask(MINE, &lease.mark.values())?;
        mine.map(drop).ok_or_else(|| lost(&lease.mark))
    }

    /// When a duty was last brought to its end, as [`Lease::finished`] said.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub fn last_done(&self, name: &str) -> Result<Option<Timestamp>, Error> {
        let row = self.ask(LAST, &[name.into()])?;
        row.map_or(Ok(None), |row| row.maybe_time("done_at"))
    }

    /// What time the database has: the clock by which leases run, the same for every server.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub fn clock(&self) -> Result<Timestamp, Error> {
        let now = self.engine.ask(Link::clock)?;
        Timestamp::from_microsecond(now).map_err(|_| Error::Database("it has no time".to_owned()))
    }

    fn take(&self, link: &Link, name: &str, holder: &str) -> Result<Option<i64>, Error> {
        let now = link.clock()?;
        let until = now.saturating_add(self.micros());
        let mut there = None;
        link.each(NOW, &[name.into()], |row| {
            let free = row.text("holder")?.is_empty() || row.int("until")? < now;
            there = Some((free, row.int("fence")?));
            Ok(false)
        })?;
        Ok(match there {
            None => {
                link.run(FIRST, &[name.into(), holder.into(), until.into()])?;
                Some(1)
            }
            Some((true, fence)) => {
                let next = fence.saturating_add(1);
                let values = [name.into(), holder.into(), next.into(), until.into()];
                link.run(TAKE, &values)?;
                Some(next)
            }
            Some((false, _)) => None,
        })
    }

    /// Renews it three times as often as it runs out, until the bell rings or it is another's.
    fn keep(&self, mark: &Mark, bell: &Bell) {
        let third = self.lease.unsigned_abs() / 3;
        while !bell.rang(third) {
            let renewed = self.write(|link| {
                let until = link.clock()?.saturating_add(self.micros());
                link.run(RENEW, &mark.with(until))
            });
            // One that failed is tried again; whether it came too late, the next act finds out.
            if matches!(renewed, Ok(0)) {
                return;
            }
        }
    }

    fn micros(&self) -> i64 {
        i64::try_from(self.lease.as_micros()).unwrap_or(i64::MAX)
    }
}

fn lost(mark: &Mark) -> Error {
    Error::Lost {
        duty: mark.name.split(' ').next().unwrap_or_default().to_owned(),
    }
}

/// Rung when the work is over.
#[derive(Default)]
struct Bell {
    over: Mutex<bool>,
    rung: Condvar,
}

impl Bell {
    /// Waits for the bell, at most so long.
    fn rang(&self, most: Duration) -> bool {
        let over = self.over.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self.rung.wait_timeout_while(over, most, |over| !*over);
        *waited.unwrap_or_else(PoisonError::into_inner).0
    }
}

/// Rings the bell however the work ends.
struct Over<'a>(&'a Bell);

impl Drop for Over<'_> {
    fn drop(&mut self) {
        *self.0.over.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.0.rung.notify_all();
    }
}
