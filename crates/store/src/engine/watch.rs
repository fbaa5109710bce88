//! Whoever read without the pen learns, pen in hand, whether what they read still stands.
//!
//! Two counters, one for how people stand and one for their values. Each is raised when the open transaction first changes
//! such a row and again when that transaction has ended, so an odd number says that a change is under way. Beside them stand
//! many more, each for some of the people, and one for changes of which it was not said whose they are: by these whoever read of
//! one person alone is not disturbed by what is done about others.

use crate::lock;
use std::{
    hash::{DefaultHasher, Hash, Hasher},
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
};

/// Tables that say how somebody stands.
const PEOPLE: &[&str] = &["holding", "choice", "consent", "hold", "request"];
/// Tables that say what is held.
const VALUES: &[&str] = &["value"];

/// How many counters people share.
const SHARES: usize = 1024;

/// The counters.
#[derive(Debug)]
pub(crate) struct Watch {
    people: AtomicU64,
    values: AtomicU64,
    /// Changes of which it was not said whose they are.
    others: AtomicU64,
    /// Changes about some of the people, and which of these counters the open transaction has raised.
    each: Vec<AtomicU64>,
    raised: Mutex<Vec<usize>>,
}

impl Default for Watch {
    fn default() -> Self {
        Self {
            people: AtomicU64::default(),
            values: AtomicU64::default(),
            others: AtomicU64::default(),
            each: (0..SHARES).map(|_| AtomicU64::default()).collect(),
            raised: Mutex::default(),
        }
    }
}

/// A state of what is watched about one person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Seen {
    place: usize,
    own: u64,
    others: u64,
}

/// Which counter a person's changes are counted by.
fn place(person: &str) -> usize {
    let mut hasher = DefaultHasher::new();
    person.hash(&mut hasher);
    usize::try_from(hasher.finish() % SHARES as u64).unwrap_or(0)
}

/// A state of what is watched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct State {
    people: u64,
    values: u64,
}

impl State {
    /// The number of the state of how people stand: as long as it is the same, nobody has chosen, joined or left.
    #[must_use]
    pub fn people(self) -> u64 {
        self.people
    }

    fn calm(self) -> bool {
        self.people.is_multiple_of(2) && self.values.is_multiple_of(2)
    }
}

impl Watch {
    /// The state, unless a change of it is under way.
    pub(crate) fn state(&self) -> Option<State> {
        let state = State {
            people: self.people.load(Ordering::SeqCst),
            values: self.values.load(Ordering::SeqCst),
        };
        state.calm().then_some(state)
    }

    /// The state of what is watched about a person, unless a change of it is under way.
    pub(crate) fn seen(&self, person: &str) -> Option<Seen> {
        self.seen_at(place(person))
    }

    /// Whether it is still the same.
    pub(crate) fn unchanged(&self, seen: Seen) -> bool {
        self.seen_at(seen.place) == Some(seen)
    }

    fn seen_at(&self, place: usize) -> Option<Seen> {
        let seen = Seen {
            place,
            own: self.each.get(place)?.load(Ordering::SeqCst),
            others: self.others.load(Ordering::SeqCst),
        };
        (seen.own.is_multiple_of(2) && seen.others.is_multiple_of(2)).then_some(seen)
    }

    /// A statement is about to run in the open transaction; `whose` says whose rows alone it changes.
    pub(crate) fn run(&self, sql: &str, whose: Option<&str>) {
        let table = written(sql);
        if PEOPLE.contains(&table) || VALUES.contains(&table) {
            let own = whose.map(place);
            let counter = own.and_then(|place| self.each.get(place));
            let counter = counter.unwrap_or(&self.others);
            if counter.load(Ordering::SeqCst).is_multiple_of(2) {
                counter.fetch_add(1, Ordering::SeqCst);
                lock(&self.raised).extend(own);
            }
        }
        for (tables, counter) in [(PEOPLE, &self.people), (VALUES, &self.values)] {
            if tables.contains(&table) && counter.load(Ordering::SeqCst).is_multiple_of(2) {
                counter.fetch_add(1, Ordering::SeqCst);
            }
        }
    }

    /// The open transaction has ended, either way.
    pub(crate) fn ended(&self) {
        for place in lock(&self.raised).drain(..) {
            if let Some(counter) = self.each.get(place) {
                counter.fetch_add(1, Ordering::SeqCst);
            }
        }
        for counter in [&self.people, &self.values, &self.others] {
            if !counter.load(Ordering::SeqCst).is_multiple_of(2) {
                counter.fetch_add(1, Ordering::SeqCst);
            }
        }
    }
}

/// Shared by the one who writes and those who look.
pub(crate) type Watched = Arc<Watch>;

/// The table that a statement writes; empty when it writes none.
pub(super) fn written(sql: &str) -> &str {
    let rest = ["insert into ", "update ", "delete from "]
        .iter()
        .find_map(|verb| sql.strip_prefix(verb));
    rest.and_then(|rest| rest.split([' ', '(']).next())
        .unwrap_or_default()
}

/// What puts rows of several tables together, and those tables.
const VIEWS: [(&str, &[&str]); 2] = [
    ("held", &["holding", "value", "item", "origin", "given"]),
    ("agreement", &["holding", "consent", "terms"]),
];

/// Whether the answer to a question may be another one after a change of this table. A table that it only seems to name does
/// no harm: it is asked once more.
pub(super) fn depends(question: &str, table: &str) -> bool {
    let through =
        |(view, tables): &(&str, &[&str])| question.contains(view) && tables.contains(&table);
    question.contains(table) || VIEWS.iter().any(through)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_view_depends_on_every_table_it_is_made_of() {
        let steps: Vec<&str> = crate::migrate::HOUSE.iter().map(|(_, sql)| *sql).collect();
        let text = steps.join("\n");
        let mut seen = 0;
        for view in text.split("create view ").skip(1) {
            let made = view.split(';').next().unwrap();
            let name = made.split_whitespace().next().unwrap();
            let words: Vec<&str> = made
                .split([' ', '\n', '(', ')'])
                .filter(|w| !w.is_empty())
                .collect();
            for pair in words
                .windows(2)
                .filter(|pair| matches!(pair[0], "from" | "join"))
            {
                assert!(
                    depends(&format!("select * from {name}"), pair[1]),
                    "{name}: {}",
                    pair[1]
                );
                seen += 1;
            }
        }
        assert!(seen >= 8, "{seen}");
    }

    #[test]
    fn a_change_is_seen_while_it_is_made_and_after() {
        let watch = Watch::default();
        let before = watch.state();
        assert!(before.is_some());
        watch.run("insert into entry (arrival) values ($1)", None);
        watch.ended();
        assert_eq!(watch.state(), before, "the log is not watched");
        watch.run("update choice set lifted_at = $2 where id = $1", None);
        watch.run("insert into value (id) values ($1)", None);
        assert_eq!(watch.state(), None);
        watch.ended();
        let after = watch.state();
        assert!(after.is_some() && after != before);
        watch.run("delete from value where holding = $1", None);
        watch.ended();
        let people = |state: Option<State>| state.map(State::people);
        assert_eq!(people(watch.state()), people(after));
        assert_ne!(watch.state(), after);
    }

    #[test]
    fn what_is_done_about_one_person_disturbs_nobody_who_read_of_another() {
        let watch = Watch::default();
        let (ada, ben) = ("per_a", "per_b");
        assert_ne!(place(ada), place(ben));
        let (of_ada, of_ben) = (watch.seen(ada).unwrap(), watch.seen(ben).unwrap());
        watch.run("insert into choice (id) values ($1)", Some(ada));
        watch.run("insert into value (id) values ($1)", Some(ada));
        assert!(!watch.unchanged(of_ada) && watch.seen(ada).is_none());
        assert!(watch.unchanged(of_ben));
        watch.ended();
        assert!(!watch.unchanged(of_ada) && watch.seen(ada).is_some());
        assert!(watch.unchanged(of_ben));
        watch.run("delete from value where holding = $1", None);
        assert!(!watch.unchanged(of_ben));
        watch.ended();
        assert!(!watch.unchanged(of_ben) && watch.seen(ben).is_some());
    }
}
