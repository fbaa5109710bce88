//! Patterns and lists of patterns are remembered by where they stand in the program: what is asked of every
//! sentence is found without comparing its letters.

use super::pattern::Pattern;
use super::sieve::Sieve;

/// Where a text or a list stands in the program, and how long it is: what lasts as long as the program is
/// known by its place.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct Place {
    address: usize,
    len: u32,
}

impl Place {
    fn of<T>(slice: &'static [T]) -> Place {
        Place {
            address: slice.as_ptr().addr(),
            len: u32::try_from(slice.len()).unwrap_or(u32::MAX),
        }
    }

    fn mark(self) -> usize {
        let mixed = self.address ^ (self.len as usize).rotate_left(20);
        mixed.wrapping_mul(0x9E37_79B9_7F4A_7C15_u64 as usize) >> 32
    }
}

/// Numbers by places.
struct Places {
    /// A place and its number plus one, nought where nothing is; a power of two of them, at most half full.
    slots: Vec<(Place, u32)>,
    taken: usize,
}

impl Places {
    const fn none() -> Places {
        Places {
            slots: Vec::new(),
            taken: 0,
        }
    }

    fn get(&self, place: Place) -> Option<usize> {
        let mask = self.slots.len().wrapping_sub(1);
        let mut i = place.mark() & mask;
        loop {
            let (there, number) = self.slots.get(i)?;
            if *number == 0 {
                return None;
            }
            if *there == place {
                return Some(*number as usize - 1);
            }
            i = (i + 1) & mask;
        }
    }

    fn put(&mut self, place: Place, number: usize) {
        if self.taken * 2 >= self.slots.len() {
            let wanted = (self.slots.len() * 2).max(1 << 11);
            let before = std::mem::replace(&mut self.slots, vec![(Place::default(), 0); wanted]);
            for (place, number) in before.into_iter().filter(|(_, number)| *number != 0) {
                self.set(place, number);
            }
        }
        self.taken += 1;
        self.set(place, u32::try_from(number + 1).unwrap_or(0));
    }

    fn set(&mut self, place: Place, number: u32) {
        let mask = self.slots.len().wrapping_sub(1);
        let mut i = place.mark() & mask;
        while self.slots.get(i).is_some_and(|(_, number)| *number != 0) {
            i = (i + 1) & mask;
        }
        if let Some(free) = self.slots.get_mut(i) {
            *free = (place, number);
        }
    }
}

/// Several patterns of which one is to match.
struct List {
    /// A sentence that does not meet it matches none of them.
    first: Sieve,
    /// What each needs first, and its number, in the order of the list.
    members: Vec<(Sieve, usize)>,
}

/// The patterns and the lists of patterns this thread has met.
pub(super) struct Known {
    patterns: Vec<Pattern>,
    lists: Vec<List>,
    by_text: Places,
    by_list: Places,
}

impl Known {
    pub(super) const fn none() -> Known {
        Known {
            patterns: Vec::new(),
            lists: Vec::new(),
            by_text: Places::none(),
            by_list: Places::none(),
        }
    }

    fn number(&mut self, source: &'static str) -> usize {
        let place = Place::of(source.as_bytes());
        if let Some(number) = self.by_text.get(place) {
            return number;
        }
        self.patterns.push(Pattern::of(source));
        let number = self.patterns.len() - 1;
        self.by_text.put(place, number);
        number
    }

    pub(super) fn pattern(&mut self, source: &'static str) -> Option<&Pattern> {
        let number = self.number(source);
        self.patterns.get(number)
    }

    /// The patterns of a list that these words may match, in its order.
    pub(super) fn list(
        &mut self,
        sources: &'static [&'static str],
        sieve: Sieve,
    ) -> impl Iterator<Item = &Pattern> {
        let place = Place::of(sources);
        let number = self.by_list.get(place).unwrap_or_else(|| {
            let members: Vec<(Sieve, usize)> = sources
                .iter()
                .filter_map(|source| {
                    let number = self.number(source);
                    Some((self.patterns.get(number)?.first, number))
                })
                .collect();
            let first = members
                .iter()
                .fold(Sieve::default(), |all, (first, _)| all.with(*first));
            self.lists.push(List { first, members });
            self.by_list.put(place, self.lists.len() - 1);
            self.lists.len() - 1
        });
        let patterns = &self.patterns;
        self.lists
            .get(number)
            .filter(|list| list.first.meets(sieve))
            .into_iter()
            .flat_map(|list| &list.members)
            .filter(move |(first, _)| first.meets(sieve))
            .filter_map(|(_, number)| patterns.get(*number))
    }
}
