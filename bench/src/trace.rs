//! What is asked, in which order: the four roles of GDPRbench in a port of our own, the same for every peer.
//!
//! Requests about one person, or one purpose, are done in the order of the trace; all others beside one another. So
//! every answer is known beforehand, whatever the peer does in between.

use crate::{
    chance::{Chance, Zipf},
    notice::{ITEMS, PURPOSES},
    world::{Answer, Op, World},
};
use std::collections::BTreeMap;

/// The roles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    Controller,
    Customer,
    Processor,
    Regulator,
}

impl Role {
    pub const ALL: [Self; 4] = [
        Self::Controller,
        Self::Customer,
        Self::Processor,
        Self::Regulator,
    ];

    pub fn word(self) -> &'static str {
        match self {
            Self::Controller => "controller",
            Self::Customer => "customer",
            Self::Processor => "processor",
            Self::Regulator => "regulator",
        }
    }

    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.word() == word)
    }

    /// Whether it changes what is held.
    pub fn writes(self) -> bool {
        matches!(self, Self::Controller | Self::Customer)
    }
}

/// A request, what must be answered, and its place among those that must keep their order.
pub struct Step {
    pub op: Op,
    pub answer: Answer,
    /// Which line it stands in, if any, and as the how-manyeth.
    pub line: Option<(usize, u32)>,
}

/// A whole run.
pub struct Trace {
    pub steps: Vec<Step>,
}

impl Trace {
    /// Made from a role and a seed; `world` is what is held before.
    pub fn seeded(role: Role, world: &World, ops: usize, seed: u64) -> Self {
        let mut world = world.clone();
        let mut maker = Maker::new(&world, seed);
        let mut lines = BTreeMap::<usize, u32>::new();
        let mut known = BTreeMap::new();
        let mut steps = Vec::with_capacity(ops);
        for _ in 0..ops {
            let op = match role {
                Role::Controller => maker.controller(&world),
                Role::Customer => maker.customer(&world),
                Role::Processor => maker.processor(&world),
                Role::Regulator => maker.regulator(&world),
            };
            // What is read over and over is worked out once, where nothing changes meanwhile.
            let key = format!("{op:?}");
            let answer = match (role.writes(), known.get(&key)) {
                (false, Some(answer)) => Answer::clone(answer),
                (true, _) => world.apply(&op),
                (false, None) => {
                    let answer = world.apply(&op);
                    known.insert(key, answer.clone());
                    answer
                }
            };
            let line = match (&op, role.writes()) {
                (_, false) => None,
                (Op::MoveEnd { purpose, .. }, _) => Some(usize::from(*purpose)),
                (other, _) => other.user().map(|user| PURPOSES + user),
            };
            let line = line.map(|line| {
                let place = lines.entry(line).or_default();
                *place += 1;
                (line, *place - 1)
            });
            steps.push(Step { op, answer, line });
        }
        Self { steps }
    }

    /// What is held after the first `done` requests.
    pub fn after(&self, world: &World, done: usize) -> World {
        let mut world = world.clone();
        for step in self.steps.iter().take(done) {
            if !matches!(step.op, Op::ReadPurpose { .. } | Op::ReadItem { .. }) {
                world.apply(&step.op);
            }
        }
        world
    }
}

struct Maker {
    chance: Chance,
    zipf: Zipf,
    /// Which value stands at which rank; one that is erased makes room for another.
    ranks: Vec<(usize, u8)>,
    fresh: usize,
}

impl Maker {
    fn new(world: &World, seed: u64) -> Self {
        let mut chance = Chance::new(seed);
        let mut ranks: Vec<(usize, u8)> = Vec::new();
        for (user, person) in world.people.iter().enumerate() {
            ranks.extend(person.records.keys().map(|item| (user, *item)));
        }
        for n in (1..ranks.len()).rev() {
            ranks.swap(n, chance.below(n + 1));
        }
        let hot = ranks.len() * 9 / 10;
        Self {
            zipf: Zipf::new(hot),
            ranks,
            fresh: hot,
            chance,
        }
    }

    /// A value that is there, by Zipf's law.
    fn hot(&mut self, world: &World) -> (usize, u8) {
        let rank = self.zipf.rank(&mut self.chance);
        for _ in 0..self.ranks.len() {
            let (user, item) = self.ranks[rank];
            if world.people[user].records.contains_key(&item) {
                return (user, item);
            }
            self.fresh = (self.fresh + 1) % self.ranks.len();
            self.ranks.swap(rank, self.fresh);
        }
        self.any(world)
    }

    /// A value that is there, any: of those there were at first and, once few of these are left, of all.
    fn any(&mut self, world: &World) -> (usize, u8) {
        for _ in 0..256 {
            let (user, item) = self.ranks[self.chance.below(self.ranks.len())];
            if world.people[user].records.contains_key(&item) {
                return (user, item);
            }
        }
        let from = self.chance.below(world.people.len());
        let around = (from..world.people.len()).chain(0..from);
        let mut held = around.filter_map(|user| {
            let item = world.people[user].records.keys().next()?;
            Some((user, *item))
        });
        held.next().expect("somebody holds something")
    }

    fn controller(&mut self, world: &World) -> Op {
        match self.chance.below(4) {
            0 => loop {
                let user = self.chance.below(world.people.len());
                let item = self.chance.below(ITEMS) as u8;
                let person = &world.people[user];
                // Nothing new is taken for a purpose that somebody objects to.
                if !person.records.contains_key(&item)
                    && person.allows(crate::notice::purpose_of(item))
                {
                    let data = self.chance.value();
                    return Op::Create { user, item, data };
                }
            },
            1 => {
                let (user, item) = self.any(world);
                Op::Delete { user, item }
            }
            2 => Op::MoveEnd {
                purpose: self.chance.below(PURPOSES) as u8,
                day: 760 + self.chance.below(300) as u16,
            },
            _ => {
                let user = self.chance.below(world.people.len());
                let on = !world.people[user].objected_to_all;
                Op::ObjectAll { user, on }
            }
        }
    }

    fn customer(&mut self, world: &World) -> Op {
        let (user, item) = self.hot(world);
        match self.chance.below(5) {
            0 => Op::ReadOwn { user },
            1 => Op::FateOf { user, item },
            2 => Op::Update {
                user,
                item,
                data: self.chance.value(),
            },
            3 => {
                let purpose = crate::notice::purpose_of(item);
                let on = !world.people[user].objected.contains(&purpose);
                Op::Object { user, item, on }
            }
            _ => Op::Delete { user, item },
        }
    }

    fn processor(&mut self, world: &World) -> Op {
        match self.chance.below(10) {
            0 => Op::ReadPurpose {
                purpose: self.chance.below(PURPOSES) as u8,
            },
            1 => Op::ReadItem {
                item: self.chance.below(ITEMS) as u8,
            },
            _ => {
                let (user, item) = self.hot(world);
                Op::Read { user, item }
            }
        }
    }

    fn regulator(&mut self, world: &World) -> Op {
        let (user, item) = self.hot(world);
        match self.chance.below(100) {
            0..46 => Op::FatesOf { user },
            46..77 => Op::Logs {
                lines: 1 + self.chance.below(100),
            },
            n if n % 2 == 0 => Op::IsGone { user, item },
            _ => {
                // Somebody who had a value erased before.
                let erased = (world.people.len() / 100).max(1);
                let user = (self.chance.below(erased) * 100 + 42) % world.people.len();
                let gone = world.people[user].erased.first().copied();
                Op::IsGone {
                    user,
                    item: gone.unwrap_or(item),
                }
            }
        }
    }
}
