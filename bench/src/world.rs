//! The truth in memory: who said what, until when it is kept, who objected. Every answer of every peer is held against it.

use crate::{
    chance::{Chance, digest},
    notice::{ITEMS, PURPOSES, purpose_of},
};
use std::collections::{BTreeMap, BTreeSet};

/// One personal value with what the law wants known about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    pub data: String,
    /// A day of its own to be erased on; otherwise its purpose's day counts.
    pub own_day: Option<u16>,
    /// The kind of source, 0 to 9.
    pub source: u8,
}

/// One person.
#[derive(Clone, Debug, Default)]
pub struct Person {
    pub records: BTreeMap<u8, Record>,
    /// Purposes objected to.
    pub objected: BTreeSet<u8>,
    /// Objected to everything.
    pub objected_to_all: bool,
    /// Kinds of data erased before the measured run began.
    pub erased: BTreeSet<u8>,
}

impl Person {
    /// Whether their data may be used for a purpose.
    pub fn allows(&self, purpose: u8) -> bool {
        !self.objected_to_all && !self.objected.contains(&purpose)
    }
}

/// Everybody.
#[derive(Clone, Debug)]
pub struct World {
    pub people: Vec<Person>,
    /// For each purpose, the day until which its data are kept unless a value has its own.
    pub days: Vec<u16>,
}

/// What is known of a value without opening it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fate {
    pub item: u8,
    pub source: u8,
    /// Days since 2026-01-01.
    pub day: u16,
    pub objected: bool,
}

/// One request.
#[derive(Clone, Debug)]
pub enum Op {
    Create { user: usize, item: u8, data: String },
    Delete { user: usize, item: u8 },
    MoveEnd { purpose: u8, day: u16 },
    ObjectAll { user: usize, on: bool },
    Object { user: usize, item: u8, on: bool },
    Update { user: usize, item: u8, data: String },
    ReadOwn { user: usize },
    FateOf { user: usize, item: u8 },
    Read { user: usize, item: u8 },
    ReadPurpose { purpose: u8 },
    ReadItem { item: u8 },
    FatesOf { user: usize },
    Logs { lines: usize },
    IsGone { user: usize, item: u8 },
}

/// What must be answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    Done,
    /// Nothing there, or not allowed.
    No,
    Data(Vec<(u8, String)>),
    Fates(Vec<Fate>),
    /// How many values, and the sum of their digests.
    Many(usize, u64),
    Lines(usize),
    Gone(bool),
}

/// The digest of one value in a large answer.
pub fn mark(user: usize, item: u8, data: &[u8]) -> u64 {
    digest(&[&user.to_le_bytes(), &[item], data])
}

impl World {
    /// Ten values for each person, one of every ten kinds; one value in ten has a day of its own; some objected before, and
    /// one person in a hundred had a value erased.
    pub fn seeded(people: usize, seed: u64) -> Self {
        let mut chance = Chance::new(seed);
        let mut all = Vec::with_capacity(people);
        for n in 0..people {
            let mut person = Person::default();
            for decade in 0..ITEMS / 10 {
                let item = (decade * 10 + chance.below(10)) as u8;
                let record = Record {
                    data: chance.value(),
                    own_day: (chance.below(10) == 0).then(|| 400 + chance.below(400) as u16),
                    source: chance.below(10) as u8,
                };
                person.records.insert(item, record);
            }
            let nth = |person: &Person, nth: usize| person.records.keys().nth(nth).copied();
            if n % 50 == 7 {
                let item = nth(&person, chance.below(10)).unwrap_or_default();
                person.objected.insert(purpose_of(item));
            }
            if n % 100 == 42 {
                let item = nth(&person, chance.below(10)).unwrap_or_default();
                person.records.remove(&item);
                person.erased.insert(item);
            }
            all.push(person);
        }
        Self {
            people: all,
            days: vec![760; PURPOSES],
        }
    }

    fn fate(&self, person: &Person, item: u8, record: &Record) -> Fate {
        let purpose = purpose_of(item);
        Fate {
            item,
            source: record.source,
            day: record
                .own_day
                .or_else(|| self.days.get(usize::from(purpose)).copied())
                .unwrap_or_default(),
            objected: !person.allows(purpose),
        }
    }

    fn many(&self, wanted: impl Fn(u8) -> bool) -> Answer {
        let (mut count, mut sum) = (0, 0u64);
        for (user, person) in self.people.iter().enumerate() {
            for (item, record) in &person.records {
                if wanted(*item) && person.allows(purpose_of(*item)) {
                    count += 1;
                    sum = sum.wrapping_add(mark(user, *item, record.data.as_bytes()));
                }
            }
        }
        Answer::Many(count, sum)
    }

    /// Does what was asked for and says what must be answered.
    pub fn apply(&mut self, op: &Op) -> Answer {
        match op {
            Op::ReadPurpose { purpose } => return self.many(|item| purpose_of(item) == *purpose),
            Op::ReadItem { item } => return self.many(|other| other == *item),
            Op::MoveEnd { purpose, day } => {
                self.days[usize::from(*purpose)] = *day;
                return Answer::Done;
            }
            Op::Logs { lines } => return Answer::Lines(*lines),
            _ => {}
        }
        let user = op.user().unwrap_or_default();
        match op {
            Op::FateOf { item, .. } => {
                let person = &self.people[user];
                return match person.records.get(item) {
                    Some(record) => Answer::Fates(vec![self.fate(person, *item, record)]),
                    None => Answer::No,
                };
            }
            Op::FatesOf { .. } => {
                let person = &self.people[user];
                let each = person.records.iter();
                return Answer::Fates(each.map(|(i, r)| self.fate(person, *i, r)).collect());
            }
            _ => {}
        }
        let person = &mut self.people[user];
        match op {
            Op::Create { item, data, .. } => {
                let record = Record {
                    data: data.clone(),
                    own_day: None,
                    source: 0,
                };
                person.records.insert(*item, record);
                Answer::Done
            }
            Op::Delete { item, .. } => match person.records.remove(item) {
                Some(_) => Answer::Done,
                None => Answer::No,
            },
            Op::ObjectAll { on, .. } => {
                person.objected_to_all = *on;
                Answer::Done
            }
            Op::Object { item, on, .. } => {
                if *on {
                    person.objected.insert(purpose_of(*item));
                } else {
                    person.objected.remove(&purpose_of(*item));
                }
                Answer::Done
            }
            Op::Update { item, data, .. } => match person.records.get_mut(item) {
                Some(record) => {
                    record.data.clone_from(data);
                    Answer::Done
                }
                None => Answer::No,
            },
            Op::ReadOwn { .. } => {
                let each = person.records.iter();
                Answer::Data(each.map(|(i, r)| (*i, r.data.clone())).collect())
            }
            Op::Read { item, .. } => match person.records.get(item) {
                Some(record) if person.allows(purpose_of(*item)) => {
                    Answer::Data(vec![(*item, record.data.clone())])
                }
                _ => Answer::No,
            },
            Op::IsGone { item, .. } => Answer::Gone(!person.records.contains_key(item)),
            _ => Answer::No,
        }
    }

    /// How many values are held, and the sum of their digests.
    pub fn sum(&self) -> (usize, u64) {
        let each = self.people.iter().enumerate().flat_map(|(user, person)| {
            let each = person.records.iter();
            each.map(move |(item, record)| mark(user, *item, record.data.as_bytes()))
        });
        each.fold((0, 0), |(n, sum), one| (n + 1, sum.wrapping_add(one)))
    }
}

impl Op {
    /// Whose data it is about, where it is one person's.
    pub fn user(&self) -> Option<usize> {
        match self {
            Self::Create { user, .. }
            | Self::Delete { user, .. }
            | Self::ObjectAll { user, .. }
            | Self::Object { user, .. }
            | Self::Update { user, .. }
            | Self::ReadOwn { user }
            | Self::FateOf { user, .. }
            | Self::Read { user, .. }
            | Self::FatesOf { user }
            | Self::IsGone { user, .. } => Some(*user),
            Self::MoveEnd { .. }
            | Self::ReadPurpose { .. }
            | Self::ReadItem { .. }
            | Self::Logs { .. } => None,
        }
    }
}
