//! Whoever guesses at passwords waits longer each time, and whoever works here is never shut out for good.
//!
//! Wrong tries are counted for an account and for an address. The first few cost nothing; then each one doubles the wait, up to a
//! quarter of an hour, and a day without any forgets them. A browser that has signed in to this account before is held up by its own
//! wrong tries alone, so that a stranger's guesses keep nobody out; and a sign-in link opens at any time.

use crate::rows::Rows;
use crate::stop::{Outcome, Refused};
use crate::{Desk, Fault};
use jiff::{SignedDuration, Timestamp};
use std::net::IpAddr;
use store::Value;
use vault::door::{Token, token_hash};

/// So many wrong tries cost nothing, as anybody mistypes; at an address there may be a whole office.
const FREE: u64 = 5;
const FREE_AT_AN_ADDRESS: u64 = 20;
/// The first wait, and the longest.
const FIRST: SignedDuration = SignedDuration::from_secs(30);
const LONGEST: SignedDuration = SignedDuration::from_mins(15);
/// After so long without a wrong try nothing is counted any more.
const FORGOTTEN: SignedDuration = SignedDuration::from_hours(24);

store::statements! {
    KNOCKED = "select failures, last_at from knock where door = $1";
    KNOCK = "insert into knock (door, failures, last_at) values ($1, $2, $3)
        on conflict (door) do update set failures = excluded.failures, last_at = excluded.last_at";
    OPENED = "delete from knock where door = $1";
    FORGET = "delete from knock where last_at < $1";
}

/// Where somebody tries to sign in from, as far as the door knows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Whence {
    /// The address their machine has on the network.
    pub address: Option<IpAddr>,
    /// What their browser kept from an earlier time, as [`known`] gave it.
    pub known: Option<String>,
}

/// What wrong tries are counted for: a mark that only this house can make, and how many cost nothing.
#[derive(Clone, Debug)]
pub(super) struct Door {
    mark: String,
    free: u64,
    /// Whether signing in here forgets them. Somebody with an account of their own must not thereby go on guessing at others'.
    own: bool,
}

/// What a browser keeps, so that it is known the next time somebody signs in to this account with it: it opens nothing.
///
/// # Errors
/// The system gives no random bytes.
pub fn known(desk: &Desk, member: &str) -> Outcome<String> {
    let chance = token_hash(Token::fresh()?.text());
    Ok(format!("{chance}.{}", signed(desk, member, &chance)))
}

fn signed(desk: &Desk, member: &str, chance: &str) -> String {
    desk.vault().ticket(&format!("browser {member} {chance}"))
}

/// The doors at which this try counts.
pub(super) fn doors(desk: &Desk, email: &str, member: Option<&str>, whence: &Whence) -> Vec<Door> {
    let mark = |what: String| desk.vault().ticket(&format!("knock {what}"));
    let kept = whence
        .known
        .as_deref()
        .and_then(|kept| kept.split_once('.'));
    if let (Some(member), Some((chance, by))) = (member, kept)
        // Compared by their sums, so that how long it takes says nothing.
        && token_hash(by) == token_hash(&signed(desk, member, chance))
    {
        return vec![Door {
            mark: mark(format!("browser {chance}")),
            free: FREE,
            own: true,
        }];
    }
    let mut doors = vec![Door {
        mark: mark(format!("account {email}")),
        free: FREE,
        own: true,
    }];
    doors.extend(whence.address.map(|address| Door {
        mark: mark(format!("address {}", network(address))),
        free: FREE_AT_AN_ADDRESS,
        own: false,
    }));
    doors
}

/// One subscriber has a whole network of the newer addresses: all of it counts as one.
fn network(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}")
        }
    }
}

/// How long to wait still at the door that has to be waited at longest.
pub(super) fn wait(
    rd: &dyn Rows,
    doors: &[Door],
    now: Timestamp,
) -> Result<Option<SignedDuration>, Fault> {
    let mut longest = None;
    for door in doors {
        let (failures, last) = knocked(rd, door, now)?;
        let over = last.checked_add(pause(failures, door.free)).unwrap_or(now);
        let left = over.duration_since(now);
        if left.is_positive() {
            longest = longest.max(Some(left));
        }
    }
    Ok(longest)
}

/// How often it was tried in vain, and when last. What is long ago, or by a clock that was wrong, counts for nothing.
fn knocked(rd: &dyn Rows, door: &Door, now: Timestamp) -> Result<(u64, Timestamp), Fault> {
    let Some(row) = rd.one(KNOCKED, &[door.mark.as_str().into()])? else {
        return Ok((0, now));
    };
    let last = row.time("last_at")?;
    let since = now.duration_since(last);
    if since >= FORGOTTEN || since < -LONGEST {
        return Ok((0, now));
    }
    Ok((row.count("failures")?, last))
}

fn pause(failures: u64, free: u64) -> SignedDuration {
    let Some(steps) = failures.checked_sub(free) else {
        return SignedDuration::ZERO;
    };
    let times = u32::try_from(steps)
        .ok()
        .and_then(|steps| 1_i32.checked_shl(steps))
        .filter(|times| *times > 0);
    let wait = times.and_then(|times| FIRST.checked_mul(times));
    wait.map_or(LONGEST, |wait| wait.min(LONGEST))
}

/// Counts a wrong try, unless somebody else's at the same moment has made it wait.
pub(super) fn count(tx: &mut vault::Tx<'_, '_>, doors: &[Door], now: Timestamp) -> Outcome<()> {
    if wait(&**tx, doors, now)?.is_some() {
        return Ok(());
    }
    forget(tx, now)?;
    for door in doors {
        let (failures, _) = knocked(&**tx, door, now)?;
        let count = i64::try_from(failures)
            .unwrap_or(i64::MAX)
            .saturating_add(1);
        let said: [Value; 3] = [door.mark.as_str().into(), count.into(), now.into()];
        tx.run(KNOCK, &said)?;
    }
    Ok(())
}

/// Somebody came in: their own wrong tries are forgotten.
pub(super) fn opened(tx: &mut vault::Tx<'_, '_>, doors: &[Door], now: Timestamp) -> Outcome<()> {
    forget(tx, now)?;
    for door in doors.iter().filter(|door| door.own) {
        tx.run(OPENED, &[door.mark.as_str().into()])?;
    }
    Ok(())
}

/// What was long ago goes at the next try of anybody, right or wrong.
fn forget(tx: &mut vault::Tx<'_, '_>, now: Timestamp) -> Outcome<()> {
    let long_ago = now.checked_sub(FORGOTTEN).unwrap_or(Timestamp::MIN);
    tx.run(FORGET, &[long_ago.into()])?;
    Ok(())
}

/// The sentence for whoever has to wait, the same whether or not there is such an account.
pub(super) fn not_yet(left: SignedDuration) -> Refused {
    let seconds = left.as_secs().max(0) + i64::from(left.subsec_nanos() > 0);
    let long = if seconds > 60 {
        format!("{} minutes", (seconds + 59) / 60)
    } else {
        format!("{seconds} seconds")
    };
    Refused::new("there were too many wrong tries, so signing in waits a while")
        .law("UK GDPR Art 32(1)(b)", "nobody may guess their way in")
        .help(format!(
            "try again in {long}, or ask your administrator for a sign-in link, which opens at once"
        ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_statement_of_the_doors_is_prepared() {
        use crate::door::{link, staff};
        store::columns::prepare_all(&[STATEMENTS, staff::STATEMENTS, link::STATEMENTS]).unwrap();
    }

    #[test]
    fn the_wait_doubles_and_has_an_end() {
        let of = |failures| pause(failures, FREE).as_secs();
        assert_eq!([0, 4, 5, 6, 7, 9].map(of), [0, 0, 30, 60, 120, 480]);
        assert_eq!([10, 11, 40, 70, u64::MAX].map(of), [900; 5]);
    }

    #[test]
    fn a_subscriber_of_the_newer_addresses_counts_as_one() {
        let of = |text: &str| network(text.parse().unwrap());
        assert_eq!(of("2001:db8:1:2::9"), of("2001:db8:1:2:ffff::1"));
        assert_ne!(of("2001:db8:1:2::9"), of("2001:db8:1:3::9"));
        assert_eq!(of("::ffff:192.0.2.1"), of("192.0.2.1"));
    }

    #[test]
    fn what_is_said_names_the_time() {
        let help = |seconds| not_yet(SignedDuration::from_secs(seconds)).help.unwrap();
        assert!(help(29).contains("in 29 seconds"));
        assert!(help(61).contains("in 2 minutes"));
    }
}
