//! A house's time never goes back, whatever the machine's clock does: what was due stays due, and no act is refused for it.
//!
//! Where the wall's clock is behind what the house knows already, time goes on from there as fast as it passes, until the wall
//! has caught up. Who runs the machine is told, once for each time.

#![expect(
    clippy::disallowed_methods,
    reason = "this is a door: the clock on the wall hangs here"
)]

use crate::out::Out;
use jiff::{SignedDuration, Timestamp};
use std::sync::{Mutex, PoisonError};
use std::time::Instant;
use web::app::Clock;

/// By how much the wall may be behind without a word: time servers set clocks back by less.
const UNSAID: SignedDuration = SignedDuration::from_secs(60);

/// The clock on the wall, as a house takes it.
#[derive(Debug)]
pub struct Wall {
    out: Out,
    known: Mutex<(Known, Instant)>,
}

/// What was known last.
#[derive(Clone, Copy, Debug)]
struct Known {
    /// The house's time then.
    at: Timestamp,
    /// Whether it was said that the wall is behind.
    said: bool,
}

impl Wall {
    /// For a house whose last evidence is of this time.
    #[must_use]
    pub fn since(latest: Timestamp, out: Out) -> Self {
        let known = Known {
            at: latest,
            said: false,
        };
        Self {
            out,
            known: Mutex::new((known, Instant::now())),
        }
    }
}

impl Known {
    /// The house's time when the wall says `wall` and so much has passed since the last look; and whether to say that it is behind.
    fn go_on(self, wall: Timestamp, passed: SignedDuration) -> (Self, bool) {
        let at_least = self.at.checked_add(passed).unwrap_or(self.at);
        let behind = at_least.duration_since(wall) > UNSAID;
        let now = Self {
            at: wall.max(at_least),
            said: behind,
        };
        (now, behind && !self.said)
    }
}

impl Clock for Wall {
    fn now(&self) -> Timestamp {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let (wall, here) = (Timestamp::now(), Instant::now());
        let passed = SignedDuration::try_from(here.duration_since(known.1)).unwrap_or_default();
        let (now, say) = known.0.go_on(wall, passed);
        *known = (now, here);
        drop(known);
        if say {
            self.out.progress(format!(
                "the machine's clock ({wall:.0}) is behind the evidence ({:.0}): time goes on from the evidence; set the clock right",
                now.at
            ));
        }
        now.at
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_700_000_000 + second).unwrap()
    }

    fn seconds(n: i64) -> SignedDuration {
        SignedDuration::from_secs(n)
    }

    #[test]
    fn time_goes_on_from_what_is_known_until_the_wall_has_caught_up() {
        let known = Known {
            at: at(0),
            said: false,
        };
        // The wall goes right, then an hour back: said once, and time passes all the same.
        let (known, say) = known.go_on(at(10), seconds(10));
        assert_eq!((known.at, say), (at(10), false));
        let (known, say) = known.go_on(at(-3600), seconds(5));
        assert_eq!((known.at, say), (at(15), true));
        let (known, say) = known.go_on(at(-3000), seconds(600));
        assert_eq!((known.at, say), (at(615), false));
        // Set right, and back again: said again.
        let (known, say) = known.go_on(at(7000), seconds(10));
        assert_eq!((known.at, say), (at(7000), false));
        let (known, say) = known.go_on(at(0), seconds(1));
        assert_eq!((known.at, say), (at(7001), true));
        // A second back, as time servers do, is not worth a word.
        let (known, say) = Known {
            said: false,
            ..known
        }
        .go_on(at(7000), seconds(1));
        assert_eq!((known.at, say), (at(7002), false));
    }
}
