//! The erasure ledger: which holdings and files have been erased and when, and nothing else. It stands outside the
//! databases and their backups, so that a restored backup can be told what must not come back.
//!
//! Servers that share a house each keep the file, and tell each other by a table beside the keys: what one lacks, another has.
//! A line that was changed is noticed: each ends with ` ~` and eight hexadecimal digits of the SHA-256 of what stands before. Lines
//! without them are from an older abide and stand before all others.

use crate::{Error, keys};
use jiff::Timestamp;
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use store::{Folder, Side};

store::statements! {
    /// What all servers have noted.
    NOTED = "select kind, said, at from erased order by kind, said";
    NOTE = "insert into erased (kind, said, at) values ($1, $2, $3) on conflict do nothing";
}

pub(crate) const LEDGER: &str = "erased.ledger";

/// A line of the ledger: what kind of erasure, and of what.
pub(crate) type Noted = (String, String);

/// The ledger, in the data folder or in memory.
#[derive(Debug)]
pub(crate) struct Ledger {
    folder: Option<Arc<Folder>>,
    /// Each thing noted, with when.
    noted: Mutex<BTreeMap<Noted, String>>,
    /// One at a time adds to the file; whoever only asks does not wait for the disk.
    adding: Mutex<()>,
}

impl Ledger {
    pub(crate) fn new(folder: Option<&Arc<Folder>>) -> Result<Self, Error> {
        let lines = match folder {
            Some(folder) => folder.lines(LEDGER)?,
            None => Vec::new(),
        };
        Ok(Self {
            noted: Mutex::new(parse(&lines)?),
            folder: folder.cloned(),
            adding: Mutex::default(),
        })
    }

    /// Adds to the ledger, each once, and tells other servers where there are any; they are on the disk when this returns.
    pub(crate) fn note(
        &self,
        erased: Vec<(Timestamp, Noted)>,
        others: Option<&Side>,
    ) -> Result<(), Error> {
        let erased = erased.into_iter();
        let erased: BTreeMap<_, _> = erased.map(|(at, said)| (said, at.to_string())).collect();
        if let Some(side) = others {
            tell(side, &erased.iter().collect::<Vec<_>>())?;
        }
        self.add(erased)
    }

    /// Makes what this server has noted and what all have noted one and the same.
    pub(crate) fn unite(&self, side: &Side) -> Result<(), Error> {
        let theirs = side.rows(NOTED, &[])?;
        let theirs = theirs.iter().map(|row| {
            let said = (row.text("kind")?, row.text("said")?);
            Ok((said, row.text("at")?))
        });
        let theirs: BTreeMap<Noted, String> = theirs.collect::<Result<_, Error>>()?;
        let ours = self.lock().clone();
        let lacking: Vec<_> = ours
            .iter()
            .filter(|(said, _)| !theirs.contains_key(*said))
            .collect();
        tell(side, &lacking)?;
        self.add(theirs)
    }

    fn add(&self, erased: BTreeMap<Noted, String>) -> Result<(), Error> {
        let _adding = self.adding.lock().unwrap_or_else(PoisonError::into_inner);
        let mut fresh = erased;
        {
            let noted = self.lock();
            fresh.retain(|said, _| !noted.contains_key(said));
        }
        let lines = fresh
            .iter()
            .map(|((kind, said), at)| summed(&format!("{at} {kind} {said}")));
        let lines: Vec<_> = lines.collect();
        if let Some(folder) = &self.folder
            && !lines.is_empty()
        {
            folder.append(LEDGER, &lines)?;
        }
        self.lock().extend(fresh);
        Ok(())
    }

    /// What the ledger says.
    pub(crate) fn noted(&self) -> Vec<Noted> {
        self.lock().keys().cloned().collect()
    }

    /// Its lines, oldest first.
    pub(crate) fn lines(&self) -> Vec<String> {
        written(&self.lock())
    }

    /// The last of a person's keys that an erasure of items destroyed; 0 when none did.
    pub(crate) fn last_generation(&self, holding: &str) -> u32 {
        let from = ("items".to_owned(), holding.to_owned());
        self.lock()
            .range(from..)
            .map_while(|((kind, said), _)| {
                let key = said.split(' ').next().unwrap_or_default();
                let own = kind == "items" && said.starts_with(holding);
                own.then(|| keys::generation(key))
            })
            .max()
            .unwrap_or_default()
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<Noted, String>> {
        self.noted.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn tell(side: &Side, erased: &[(&Noted, &String)]) -> Result<(), Error> {
    if erased.is_empty() {
        return Ok(());
    }
    side.change(|side| {
        for ((kind, said), at) in erased {
            side.run(NOTE, &[kind.into(), said.into(), (*at).into()])?;
        }
        Ok(())
    })
}

/// The lines of several copies of an erasure ledger, each erasure once, oldest first.
///
/// # Errors
/// [`Error::LedgerDamaged`].
pub fn unite(ledgers: &[Vec<String>]) -> Result<Vec<String>, Error> {
    let mut all = BTreeMap::new();
    for ledger in ledgers {
        for (said, at) in parse(ledger)? {
            all.entry(said).or_insert(at);
        }
    }
    Ok(written(&all))
}

fn parse(lines: &[String]) -> Result<BTreeMap<Noted, String>, Error> {
    let mut noted = BTreeMap::new();
    let mut old = true;
    for (nth, line) in lines.iter().enumerate() {
        let damaged = || Error::LedgerDamaged { line: nth + 1 };
        let plain = match line.rsplit_once(" ~") {
            Some((plain, _)) if summed(plain) == *line => {
                old = false;
                plain
            }
            None if old && older(line) => line,
            _ => return Err(damaged()),
        };
        let mut words = plain.splitn(3, ' ');
        let (Some(at), Some(kind), Some(said)) = (words.next(), words.next(), words.next()) else {
            return Err(damaged());
        };
        noted.insert((kind.to_owned(), said.to_owned()), at.to_owned());
    }
    Ok(noted)
}

/// A line with its sum.
fn summed(plain: &str) -> String {
    let sum = store::hex(&store::sha256(plain.as_bytes()));
    format!("{plain} ~{}", sum.get(..8).unwrap_or_default())
}

/// Whether a line without a sum may be one that an older abide wrote: not one whose sum was changed.
fn older(line: &str) -> bool {
    let mut words = line.split(' ');
    let begins = words
        .next()
        .is_some_and(|at| at.parse::<Timestamp>().is_ok());
    let (kind, things) = (words.next().unwrap_or_default(), words.count());
    let last = line.rsplit(' ').next().unwrap_or_default();
    let digits = |text: &str| text.len() == 8 && text.bytes().all(|b| b.is_ascii_hexdigit());
    let sum = last
        .char_indices()
        .nth(1)
        .and_then(|(at, _)| last.get(at..));
    let fits = match kind {
        "holding" | "blob" | "key" => things == 1,
        "items" => things > 1,
        _ => false,
    };
    begins && fits && !line.contains('~') && !sum.is_some_and(digits)
}

fn written(noted: &BTreeMap<Noted, String>) -> Vec<String> {
    let mut lines: Vec<_> = noted
        .iter()
        .map(|((kind, said), at)| summed(&format!("{at} {kind} {said}")))
        .collect();
    lines.sort();
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(said: &str) -> String {
        format!("2026-11-22T10:00:00Z {said}")
    }

    #[test]
    fn lines_of_an_older_abide_are_read_and_come_first() {
        let old = line("items per_1 phone name");
        let new = summed(&line("holding per_2"));
        let both = [old.clone(), new.clone()];
        assert_eq!(parse(&both).unwrap().len(), 2);
        assert_eq!(unite(&[both.to_vec()]).unwrap().len(), 2);
        assert!(matches!(
            parse(&[new, old]),
            Err(Error::LedgerDamaged { line: 2 })
        ));
    }

    #[test]
    fn every_bit_of_every_line_counts() {
        for said in ["holding per_1", "items per_1 phone", "key mai_1"] {
            let whole = summed(&line(said));
            assert_eq!(parse(std::slice::from_ref(&whole)).unwrap().len(), 1);
            for bit in 0..whole.len() * 8 {
                let mut bytes = whole.clone().into_bytes();
                bytes[bit / 8] ^= 1 << (bit % 8);
                if let Ok(changed) = String::from_utf8(bytes) {
                    assert!(parse(&[changed]).is_err(), "{said}, bit {bit}");
                }
            }
        }
    }
}
