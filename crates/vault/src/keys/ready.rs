//! Keys kept ready in memory, and never one that was destroyed while it was on its way there.

use super::{End, generation, person};
use crate::seal::Sealer;
use std::{
    collections::{BTreeMap, VecDeque},
    sync::Arc,
};

/// How many keys are kept ready in memory.
const MOST: usize = 32_768;
/// How many rounds of destroying are remembered, for keys that are on their way into memory.
const ROUNDS: usize = 64;

/// What is ready, and how many had been destroyed when it was last known to be right.
#[derive(Debug, Default)]
pub(super) struct Ready {
    keys: BTreeMap<String, Arc<Sealer>>,
    destroyed: u64,
    /// Raised whenever keys are destroyed.
    turn: u64,
    /// What is being destroyed, and what was a short while ago.
    rounds: VecDeque<Round>,
    /// Nothing that was asked for before this turn comes in any more.
    since: u64,
}

#[derive(Debug)]
struct Round {
    ends: Vec<End>,
    begun: u64,
    over: Option<u64>,
}

impl Ready {
    pub(super) fn get(&self, id: &str) -> Option<Arc<Sealer>> {
        self.keys.get(id).map(Arc::clone)
    }

    /// To be asked before a key is read.
    pub(super) fn turn(&self) -> u64 {
        self.turn
    }

    /// Keeps a key that was read since `turn`, unless it may have been destroyed meanwhile.
    pub(super) fn keep_since(&mut self, turn: u64, id: &str, key: &Arc<Sealer>) {
        let gone = |round: &Round| {
            round.over.is_none_or(|over| over > turn) && round.ends.iter().any(|end| end.of(id))
        };
        if turn >= self.since && !self.rounds.iter().any(gone) {
            self.keep(id, key);
        }
    }

    /// Keeps a key that nobody can have destroyed yet.
    pub(super) fn keep(&mut self, id: &str, key: &Arc<Sealer>) {
        if self.keys.len() >= MOST {
            self.keys.clear();
        }
        self.keys.insert(id.to_owned(), Arc::clone(key));
    }

    /// Forgets everything if more keys have been destroyed than were known of.
    pub(super) fn forget(&mut self, destroyed: u64) {
        if destroyed != self.destroyed {
            self.keys.clear();
            self.turn += 1;
            self.since = self.turn;
            self.destroyed = destroyed;
        }
    }

    /// Keys are about to be destroyed; the answer is by what the round is known.
    pub(super) fn begin(&mut self, ends: &[End]) -> u64 {
        self.turn += 1;
        self.rounds.push_back(Round {
            ends: ends.to_vec(),
            begun: self.turn,
            over: None,
        });
        self.drop_all(ends);
        self.turn
    }

    /// They are.
    pub(super) fn done(&mut self, begun: u64) {
        self.turn += 1;
        let now = self.turn;
        let mut rounds = std::mem::take(&mut self.rounds);
        for round in rounds.iter_mut().filter(|round| round.begun == begun) {
            round.over = Some(now);
            self.drop_all(&round.ends);
        }
        while rounds.len() > ROUNDS
            && let Some(over) = rounds.front().and_then(|first| first.over)
        {
            rounds.pop_front();
            self.since = self.since.max(over);
        }
        self.rounds = rounds;
    }

    fn drop_all(&mut self, ends: &[End]) {
        for end in ends {
            match end {
                End::Key(id) => drop(self.keys.remove(id)),
                End::Person(id) => self.drop_of(id, end),
                End::Before(id) => self.drop_of(person(id), end),
            }
        }
    }

    fn drop_of(&mut self, first: &str, end: &End) {
        let from = self.keys.range(first.to_owned()..);
        let own = from
            .map(|(id, _)| id)
            .take_while(|id| id.starts_with(first));
        let old: Vec<String> = own.filter(|id| end.of(id)).cloned().collect();
        for id in old {
            self.keys.remove(&id);
        }
    }
}

impl End {
    /// Whether it destroys this key.
    fn of(&self, id: &str) -> bool {
        match self {
            Self::Key(one) => one == id,
            Self::Person(first) => person(id) == first,
            Self::Before(rest) => person(id) == person(rest) && generation(id) < generation(rest),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_that_was_read_while_it_was_destroyed_does_not_come_in() {
        let key = Arc::new(Sealer::new(&[1; 32]).unwrap());
        let mut ready = Ready::default();
        let before = ready.turn();
        let round = ready.begin(&[End::Before("per_1.3".into()), End::Key("mai_1".into())]);
        let during = ready.turn();
        let come = |ready: &mut Ready, turn| {
            ["per_1", "per_1.2", "per_1.3", "per_10", "mai_1"]
                .into_iter()
                .filter(|id| {
                    ready.keep_since(turn, id, &key);
                    ready.keys.remove(*id).is_some()
                })
                .collect::<Vec<_>>()
        };
        for turn in [before, during] {
            assert_eq!(come(&mut ready, turn), ["per_1.3", "per_10"]);
        }
        ready.done(round);
        for turn in [before, during] {
            assert_eq!(come(&mut ready, turn), ["per_1.3", "per_10"]);
        }
        let after = ready.turn();
        assert_eq!(
            come(&mut ready, after).len(),
            5,
            "read anew: what is there is there"
        );
        for _ in 0..=ROUNDS {
            let round = ready.begin(&[]);
            ready.done(round);
        }
        assert_eq!(come(&mut ready, before), Vec::<&str>::new(), "long ago");
        let now = ready.turn();
        ready.forget(1);
        assert_eq!(come(&mut ready, now), Vec::<&str>::new());
    }
}
