//! What is asked of a word before its letters are compared: a number, and a few bits that most other words lack.

/// A sieve: bits for whole words and for their first three letters. A bit that is missing proves that no
/// such word is there; one that is set proves nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sieve {
    /// Whole words, in four quarters.
    whole: [u64; 4],
    /// Beginnings.
    pub(super) stem: u64,
}

impl Sieve {
    /// Everything passes.
    pub(super) const OPEN: Sieve = Sieve {
        whole: [u64::MAX; 4],
        stem: u64::MAX,
    };

    /// Both sieves in one.
    pub(super) fn with(self, other: Sieve) -> Sieve {
        let ([a, b, c, d], [w, x, y, z]) = (self.whole, other.whole);
        Sieve {
            whole: [a | w, b | x, c | y, d | z],
            stem: self.stem | other.stem,
        }
    }

    pub(super) fn of_whole(key: u32) -> Sieve {
        let mut whole = [0; 4];
        if let Some(quarter) = whole.get_mut(quarter(key)) {
            *quarter = bit(key);
        }
        Sieve { whole, stem: 0 }
    }

    pub(super) fn meets(self, other: Sieve) -> bool {
        let ([a, b, c, d], [w, x, y, z]) = (self.whole, other.whole);
        (a & w) | (b & x) | (c & y) | (d & z) | (self.stem & other.stem) != 0
    }

    /// How much of the language passes.
    pub(super) fn width(self) -> u32 {
        let whole: u32 = self.whole.iter().map(|q| q.count_ones()).sum();
        whole + 4 * self.stem.count_ones()
    }
}

/// What a word is compared by before its letters are: a number for the whole and one for its beginning.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Key {
    pub(super) whole: u32,
    /// Nought for a word of less than three letters.
    stem: u32,
}

impl Key {
    /// The key of a word in lower case.
    pub(crate) fn of(word: &str) -> Key {
        Key {
            whole: whole(word),
            stem: stem(word).unwrap_or(0),
        }
    }

    pub(super) fn sieve(self) -> Sieve {
        let stem = if self.stem == 0 { 0 } else { bit(self.stem) };
        Sieve {
            stem,
            ..Sieve::of_whole(self.whole)
        }
    }

    /// The numbers of the whole word and of its beginning.
    pub(super) fn numbers(self) -> (u32, u32) {
        (self.whole, self.stem)
    }

    pub(super) fn passes(self, sieve: Sieve) -> bool {
        let quarter = sieve.whole.get(quarter(self.whole)).copied().unwrap_or(0);
        quarter & bit(self.whole) != 0 || (self.stem != 0 && sieve.stem & bit(self.stem) != 0)
    }
}

/// A number that stands for a word; `don't` denies as `not` does, and is asked for under its number.
pub(super) fn whole(word: &str) -> u32 {
    let word = if word.ends_with("n't") { "not" } else { word };
    let mixed = word.bytes().fold(0x811C_9DC5_u32, |h, b| {
        (h ^ u32::from(b)).wrapping_mul(0x0100_0193)
    });
    (mixed ^ (mixed >> 15)).wrapping_mul(0x2C1B_3C6D)
}

pub(super) fn stem(word: &str) -> Option<u32> {
    let first = word.as_bytes().first_chunk::<3>()?;
    let [a, b, c] = first.map(u32::from);
    Some((a << 16 | b << 8 | c).wrapping_mul(0x9E37_79B1).max(1))
}

pub(super) fn bit(key: u32) -> u64 {
    1 << (key >> 26)
}

/// Which quarter of the sieve: two bits of the key that say nothing about the place within it.
fn quarter(key: u32) -> usize {
    (key & 3) as usize
}
