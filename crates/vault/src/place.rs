//! A value has a place: whose it is and which of theirs. Its id is made from both, and a number given once is not given again.
//!
//! An id is one-way: whoever has one learns neither whose value it is nor how many there are.

use crate::{Error, Provenance, Refused, Tx};
use jiff::Timestamp;
use std::collections::BTreeMap;
use store::{Actor, Row};

store::statements! {
    /// What a holding's next number is counted from.
    COUNTED = "select h.number, h.spent, (select max(v.number) from value v
        where v.number between h.number * 1048576 and h.number * 1048576 + 1048575) as top from holding h where h.id = $1";
    /// The last time something was written down of somebody.
    LAST_GIVEN = "select at, by_whom, supersedes from given where number between $1 and $2 order by number desc limit 1";
    GIVEN = "insert into given (number, at, by_whom, supersedes, why) values ($1, $2, $3, $4, $5)";
    /// What a person's next agreement is counted from: none of them is ever removed.
    AGREED = "select h.number * 1048576 as first, (select max(c.number) from consent c
        where c.number between h.number * 1048576 and h.number * 1048576 + 1048575) as top from holding h where h.id = $1";
    TERMS = "select number from terms where kind = $1 and words = $2 and notice = $3 and how = $4";
    NEW_TERMS = "insert into terms (number, kind, words, notice, how) select coalesce(max(number), 0) + 1, $1, $2, $3, $4 from terms";
    SPENT = "update holding set spent = $2 where id = $1";
    ITEM = "select number from item where name = $1";
    NEW_ITEM = "insert into item (number, name) select coalesce(max(number), 0) + 1, $1 from item";
    ORIGIN = "select number from origin where source_kind = $1 and source = $2 and told_by = $3 and notice = $4 and volunteered = $5";
    NEW_ORIGIN = "insert into origin (number, source_kind, source, told_by, notice, volunteered)
        select coalesce(max(number), 0) + 1, $1, $2, $3, $4, cast($5 as bigint) from origin";
}

/// How many numbers a holding has.
const NUMBERS: i64 = 1 << 20;

/// Whose a value is, and which of theirs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The holding.
    pub(crate) holding: String,
    /// Its number in the database.
    pub(crate) number: i64,
    /// The id it was given, where it is from before ids were made from numbers.
    named: Option<String>,
}

impl Place {
    /// Reads `holding`, `number` and `id` of a row of `held`.
    ///
    /// # Errors
    /// [`store::Error::Shape`] when one of them is not there.
    pub fn of(row: &Row) -> Result<Self, store::Error> {
        Ok(Self::at(
            &row.text("holding")?,
            row.int("number")?,
            row.maybe_text("id")?,
        ))
    }

    pub(crate) fn at(holding: &str, number: i64, named: Option<String>) -> Self {
        Self {
            holding: holding.to_owned(),
            number,
            named,
        }
    }

    /// The value's id: `val_` and 32 digits.
    #[must_use]
    pub fn id(&self) -> String {
        id(&self.holding, self.number, self.named.as_deref())
    }

    /// The row's identity, without which it does not open.
    pub(crate) fn sealed_in(&self, item: &str) -> String {
        sealed_in(&self.id(), &self.holding, item)
    }
}

/// The id of the value with this number.
pub(crate) fn id(holding: &str, number: i64, named: Option<&str>) -> String {
    if let Some(named) = named {
        return named.to_owned();
    }
    let nth = number.rem_euclid(NUMBERS);
    let digest = store::sha256(format!("value/{holding}/{nth}").as_bytes());
    let half = digest.get(..16).unwrap_or_default();
    format!("val_{}", store::hex(half))
}

/// The row's identity, without which it does not open.
pub(crate) fn sealed_in(id: &str, holding: &str, item: &str) -> String {
    format!("value/{id}/{holding}/{item}")
}

/// What an act has counted out already, so that it need not ask again.
#[derive(Debug, Default)]
pub(crate) struct Counted {
    people: BTreeMap<String, Counter>,
    items: BTreeMap<String, i64>,
}

#[derive(Debug)]
struct Counter {
    next: i64,
    end: i64,
    /// When and by whom what was written down last was given, where what follows may have been given with it.
    given: Option<(Timestamp, String)>,
}

impl Tx<'_, '_> {
    /// The place of the next value of somebody's, given at this time by whoever acts. One that is put right says what it replaces.
    pub(crate) fn next_place(
        &mut self,
        holding: &str,
        at: Timestamp,
        instead: Option<(&str, &str)>,
    ) -> Result<Place, Error> {
        let by = self.by_whom(holding);
        let mut counter = match self.counted.people.remove(holding) {
            Some(counter) => counter,
            None => self.counter(holding)?,
        };
        let number = counter.next;
        if number >= counter.end {
            return Err(Refused::new(
                "UK GDPR Art 5(1)(c)",
                "a million values have been taken in about this person",
                "erase what is not needed, and take in the rest under a new holding",
            )
            .into());
        }
        let with = counter.given.take();
        let with = with.filter(|before| instead.is_none() && before.0 == at && before.1 == by);
        if with.is_none() {
            let values = [
                number.into(),
                at.into(),
                by.as_str().into(),
                instead.map(|(value, _)| value).into(),
                instead.map(|(_, why)| why).into(),
            ];
            self.run(GIVEN, &values)?;
        }
        counter.given = instead.is_none().then_some((at, by));
        counter.next = number + 1;
        self.counted.people.insert(holding.to_owned(), counter);
        Ok(Place::at(holding, number, None))
    }

    fn counter(&self, holding: &str) -> Result<Counter, Error> {
        let row = self
            .one(COUNTED, &[holding.into()])?
            .ok_or_else(|| store::Error::Missing {
                what: holding.to_owned(),
            })?;
        let first = row.int("number")? * NUMBERS;
        let end = first + NUMBERS;
        let highest = row.maybe_int("top")?.max(row.maybe_int("spent")?);
        let given = match highest {
            Some(_) => self.one(LAST_GIVEN, &[first.into(), (end - 1).into()])?,
            None => None,
        };
        let given = match given {
            Some(row) if row.maybe_text("supersedes")?.is_none() => {
                Some((row.time("at")?, row.text("by_whom")?))
            }
            _ => None,
        };
        Ok(Counter {
            next: highest.unwrap_or(first) + 1,
            end,
            given,
        })
    }

    /// Keeps the numbers of values that go from being given again; before they go.
    pub(crate) fn spend(&mut self, holding: &str) -> Result<(), Error> {
        let row = self.one(COUNTED, &[holding.into()])?;
        let Some(row) = row else { return Ok(()) };
        let highest = row.maybe_int("top")?.max(row.maybe_int("spent")?);
        if highest != row.maybe_int("spent")? {
            self.send_for(holding, SPENT, &[holding.into(), highest.into()])?;
        }
        Ok(())
    }

    /// Who acts, as it is kept with somebody's data: without their id where it is themselves.
    pub(crate) fn by_whom(&self, holding: &str) -> String {
        match self.who() {
            Actor::Person(id) if id == holding => "person".to_owned(),
            other => other.to_string(),
        }
    }

    /// The number of the next thing somebody agrees to.
    pub(crate) fn next_agreement(&self, holding: &str) -> Result<i64, Error> {
        let row = self.one(AGREED, &[holding.into()])?;
        let row = row.ok_or_else(|| store::Error::Missing {
            what: holding.to_owned(),
        })?;
        Ok(row.maybe_int("top")?.unwrap_or(row.int("first")?) + 1)
    }

    /// The number of what people agree to: its kind, its words, the notice version, and by which way.
    pub(crate) fn terms_number(&mut self, terms: &[store::Value]) -> Result<i64, Error> {
        self.named(TERMS, NEW_TERMS, terms)
    }

    /// The number of an item's name.
    pub(crate) fn item_number(&mut self, item: &str) -> Result<i64, Error> {
        if let Some(number) = self.counted.items.get(item) {
            return Ok(*number);
        }
        let number = self.named(ITEM, NEW_ITEM, &[item.into()])?;
        self.counted.items.insert(item.to_owned(), number);
        Ok(number)
    }

    /// The number of where values come from.
    pub(crate) fn origin_number(&mut self, from: &Provenance<'_>) -> Result<i64, Error> {
        let values = [
            from.kind.word().into(),
            from.source.into(),
            from.told_by.into(),
            from.notice.into(),
            from.volunteered.into(),
        ];
        self.named(ORIGIN, NEW_ORIGIN, &values)
    }

    fn named(
        &mut self,
        find: &'static str,
        add: &'static str,
        values: &[store::Value],
    ) -> Result<i64, Error> {
        if let Some(row) = self.one(find, values)? {
            return Ok(row.int("number")?);
        }
        self.run(add, values)?;
        let row = self.one(find, values)?;
        let row = row.ok_or_else(|| store::Error::Missing {
            what: "a number for what is said again".to_owned(),
        })?;
        Ok(row.int("number")?)
    }
}

/// The last number that a value of the same holding can have.
pub(crate) fn holding_end(number: i64) -> i64 {
    number - number.rem_euclid(NUMBERS) + NUMBERS - 1
}

/// Which holding a value's number is of.
pub(crate) fn holding_of(number: i64) -> i64 {
    number.div_euclid(NUMBERS)
}
