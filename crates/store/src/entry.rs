//! An entry is small: what many say alike is written once and referred to by number, and its place in the log follows from the run
//! of arrivals it came in.
//!
//! A *wording* is what an act has in common with others of its kind: verb, project, notice, clauses, purpose, outcome. It is filed
//! under its clauses once, for all entries that say so. Whom an entry names is a *pseudonym*. A connection remembers the numbers of
//! both; what it learnt in a transaction that did not last, it forgets.

use crate::{Act, Error, Row, engine::Link, log::log_fault, scan::Columns};
use evidence::{Entry, Hash};
use jiff::Timestamp;
use std::collections::BTreeMap;

/// What is asked of an entry, in the order in which [`kept`] takes it apart. Ends with the tables it is put together from.
macro_rules! entry {
    ($rest:literal) => {
        concat!(
            "select e.at, e.chance, x.id as elder, w.verb, u.id as who, w.project, w.notice, w.cites, w.purpose, p.id as about,
        w.outcome, e.detail, e.sealed, e.leaf,
        (select a.number + (e.arrival - a.first) from arrived a where a.first <= e.arrival order by a.first desc limit 1) as number,
        e.arrival ",
            $rest
        )
    };
}
pub(crate) use entry;

/// Where leaf and number stand in it.
pub(crate) const LEAF: usize = 13;
pub(crate) const NUMBER: usize = 14;

crate::statements! {
    FILE = "insert into entry (arrival, at, chance, wording, who, about, detail, leaf, sealed) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    WORDING = "select number from wording where cites = $1 and verb = $2 and project = $3 and notice = $4 and purpose = $5 and outcome = $6";
    NEXT_WORDING = "select coalesce(max(number), 0) + 1 as number from wording";
    ADD_WORDING = "insert into wording (number, cites, verb, project, notice, purpose, outcome) values ($1, $2, $3, $4, $5, $6, $7)";
    ADD_FILING = "insert into filing (clause, wording) values ($1, $2)";
    PSEUDONYM = "select number from pseudonym where id = $1";
    NEXT_PSEUDONYM = "select coalesce(max(number), 0) + 1 as number from pseudonym";
    ADD_PSEUDONYM = "insert into pseudonym (number, id) values ($1, $2)";
    ADD_ARRIVED = "insert into arrived (first, last) values ($1, $2)";
    LAST_ARRIVAL = "select coalesce(max(arrival), 0) as n from entry";
    ONE = entry!("from entry e join wording w on w.number = e.wording join pseudonym u on u.number = e.who
        left join pseudonym p on p.number = e.about left join elder x on x.arrival = e.arrival where e.arrival = $1");
    BY_ID = "select arrival from entry where at = $1 and chance = $2
        union all select arrival from elder where id = $3";
}

/// An entry with its place in the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// The entry as it is hashed and published.
    pub entry: Entry,
    /// Its number, from 0; none until the next integration.
    pub number: Option<u64>,
}

impl Kept {
    /// When it happened.
    #[must_use]
    pub fn at(&self) -> Timestamp {
        Timestamp::from_microsecond(self.entry.at).unwrap_or(Timestamp::UNIX_EPOCH)
    }
}

/// At how many names a connection begins to remember anew.
const MOST: usize = 1 << 16;

/// The numbers a connection remembers.
#[derive(Debug, Default)]
pub(crate) struct Alike {
    known: BTreeMap<String, i64>,
    /// What was learnt in the open transaction.
    fresh: Vec<String>,
}

impl Alike {
    /// What was learnt lasts.
    pub(crate) fn keep(&mut self) {
        self.fresh.clear();
    }

    /// What was learnt does not last.
    pub(crate) fn forget(&mut self) {
        for key in self.fresh.drain(..) {
            self.known.remove(&key);
        }
    }

    fn learn(&mut self, key: String, number: i64) {
        if self.known.len() >= MOST {
            self.known.clear();
        }
        self.fresh.push(key.clone());
        self.known.insert(key, number);
    }
}

/// Between the parts of what is remembered; no text that is kept holds it.
const APART: &str = "\0";

/// The id of an entry: its time and eight bytes of chance, so that it says no more than the entry itself and is found without an
/// index of its own.
fn id(at: i64, chance: i64) -> String {
    format!("evt_{at:016x}{chance:016x}")
}

/// Its parts again.
fn parts(id: &str) -> Option<(i64, i64)> {
    let digits = id.strip_prefix("evt_").filter(|it| it.len() == 32)?;
    let half = |range| {
        let number = u64::from_str_radix(digits.get(range)?, 16).ok()?;
        Some(number.cast_signed())
    };
    Some((half(0..16)?, half(16..32)?))
}

/// The id of the entry in a row that has the columns `at`, `chance` and `elder`, the last from the table of that name.
///
/// # Errors
/// [`Error::Shape`].
pub fn entry_id(row: &Row) -> Result<String, Error> {
    match row.maybe_text("elder")? {
        Some(elder) => Ok(elder),
        None => Ok(id(row.int("at")?, row.int("chance")?)),
    }
}

/// Whether an act holds nothing that an engine would not keep.
pub(crate) fn storable(act: &Act) -> Result<(), Error> {
    let words = [&act.project, &act.notice, &act.purpose, &act.about];
    let who = act.who.to_string();
    let all = words.into_iter().chain(&act.cites).chain([&who]);
    if all.into_iter().any(|word| word.contains(APART)) {
        return Err(Error::Conflict(format!("{}: leave it out", crate::ZERO)));
    }
    Ok(())
}

/// Writes one act's entry into the open transaction.
pub(crate) fn file(
    link: &Link,
    act: &Act,
    sealed: Option<Vec<u8>>,
    chance: i64,
) -> Result<(), Error> {
    let at = act.at.as_microsecond();
    let entry = Entry {
        id: id(at, chance),
        at,
        verb: act.verb.word().to_owned(),
        who: act.who.to_string(),
        project: some(&act.project),
        notice: some(&act.notice),
        cites: act.cites.clone(),
        purpose: some(&act.purpose),
        about: some(&act.about),
        outcome: act.outcome.word().to_owned(),
        detail: act.detail.clone(),
        sealed,
    };
    // Hashed as it is filed: what is changed before it is numbered is found as well.
    let leaf = entry.leaf().map_err(log_fault)?;
    let detail = serde_json::to_string(&entry.detail).map_err(log_fault)?;
    let wording = wording(link, act)?;
    let who = pseudonym(link, &entry.who)?;
    let about = match &entry.about {
        Some(about) => Some(pseudonym(link, about)?),
        None => None,
    };
    let arrival = link.arrival()?;
    link.filed(arrival, chance);
    link.run(
        FILE,
        &[
            arrival.into(),
            at.into(),
            chance.into(),
            wording.into(),
            who.into(),
            about.into(),
            detail.into(),
            leaf.as_slice().into(),
            entry.sealed.into(),
        ],
    )?;
    Ok(())
}

/// Says which entries came in the open transaction; the last thing before its commit.
pub(crate) fn arrive(link: &Link, runs: Vec<(i64, i64)>) -> Result<(), Error> {
    for (first, last) in runs {
        link.run(ADD_ARRIVED, &[first.into(), last.into()])?;
    }
    Ok(())
}

/// The number of an act's wording, which is filed under its clauses when it is first used.
fn wording(link: &Link, act: &Act) -> Result<i64, Error> {
    let cites = act.cites.join("\n");
    let words = [
        cites.as_str(),
        act.verb.word(),
        &act.project,
        &act.notice,
        &act.purpose,
        act.outcome.word(),
    ];
    let key = words.join(APART);
    if let Some(number) = link.alike().known.get(&key) {
        return Ok(*number);
    }
    let values = words.map(Into::into);
    let number = match number(link, WORDING, &values)? {
        Some(number) => number,
        None => {
            let number = number(link, NEXT_WORDING, &[])?.unwrap_or(1);
            let mut all = vec![number.into()];
            all.extend(values);
            link.run(ADD_WORDING, &all)?;
            let mut clauses: Vec<_> = act.cites.iter().collect();
            clauses.sort_unstable();
            clauses.dedup();
            for clause in clauses {
                link.run(ADD_FILING, &[clause.into(), number.into()])?;
            }
            number
        }
    };
    link.alike().learn(key, number);
    Ok(number)
}

/// The number of an id that entries name.
fn pseudonym(link: &Link, id: &str) -> Result<i64, Error> {
    if let Some(number) = link.alike().known.get(id) {
        return Ok(*number);
    }
    let number = match number(link, PSEUDONYM, &[id.into()])? {
        Some(number) => number,
        None => {
            let number = number(link, NEXT_PSEUDONYM, &[])?.unwrap_or(1);
            link.run(ADD_PSEUDONYM, &[number.into(), id.into()])?;
            number
        }
    };
    link.alike().learn(id.to_owned(), number);
    Ok(number)
}

/// One number, if there is an answer.
fn number(link: &Link, sql: &'static str, values: &[crate::Value]) -> Result<Option<i64>, Error> {
    let mut found = None;
    link.scan(sql, values, |row| {
        found = Some(row.int(0)?);
        Ok(())
    })?;
    Ok(found)
}

/// Where an entry of this id lies.
pub(crate) fn arrival_of(link: &Link, id: &str) -> Result<Option<i64>, Error> {
    let (at, chance) = parts(id).unwrap_or((0, 0));
    number(link, BY_ID, &[at.into(), chance.into(), id.into()])
}

/// The entry that came as this one.
pub(crate) fn one(link: &Link, arrival: i64) -> Result<Option<Kept>, Error> {
    let mut found = None;
    link.scan(ONE, &[arrival.into()], |row| {
        found = Some(kept(row)?);
        Ok(())
    })?;
    Ok(found)
}

/// Reads an entry back from a row of a statement made by `entry!`.
pub(crate) fn kept(row: &Columns<'_>) -> Result<Kept, Error> {
    let owned = |place| row.text(place).map(str::to_owned);
    let at = row.int(0)?;
    let detail = match row.text(11)? {
        "{}" => BTreeMap::new(),
        detail => serde_json::from_str::<BTreeMap<String, String>>(detail)
            .map_err(|_| Error::Log("an entry's facts are no longer readable".to_owned()))?,
    };
    Ok(Kept {
        number: row
            .maybe_int(NUMBER)?
            .and_then(|number| u64::try_from(number).ok()),
        entry: Entry {
            id: match row.maybe_text(2)? {
                Some(elder) => elder.to_owned(),
                None => id(at, row.int(1)?),
            },
            at,
            verb: owned(3)?,
            who: owned(4)?,
            project: some(row.text(5)?),
            notice: some(row.text(6)?),
            cites: row.text(7)?.split('\n').map(str::to_owned).collect(),
            purpose: some(row.text(8)?),
            about: row.maybe_text(9)?.map(str::to_owned),
            outcome: owned(10)?,
            detail,
            sealed: row.maybe_bytes(12)?.map(<[u8]>::to_vec),
        },
    })
}

/// The leaf an entry was filed with; none of one from before leaves were hashed as they are filed.
pub(crate) fn leaf(row: &Columns<'_>, place: usize) -> Result<Option<Hash>, Error> {
    let short = |_| Error::Log("a leaf is not 32 bytes".to_owned());
    row.maybe_bytes(place)?
        .map(|leaf| Hash::try_from(leaf).map_err(short))
        .transpose()
}

fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_taken_apart_again() {
        for (at, chance) in [(0, 0), (1_795_000_000_000_000, -7), (-1, i64::MIN)] {
            assert_eq!(parts(&id(at, chance)), Some((at, chance)));
        }
        assert_eq!(parts("evt_1"), None);
        assert_eq!(parts("evt_é0000000000000000000000000000000"), None);
    }

    #[test]
    fn what_did_not_last_is_forgotten() {
        let mut alike = Alike::default();
        alike.learn("a".to_owned(), 1);
        alike.keep();
        alike.learn("b".to_owned(), 2);
        alike.forget();
        assert_eq!(alike.known.keys().collect::<Vec<_>>(), ["a"]);
    }
}
