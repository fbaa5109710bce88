//! The erasure ledger: which holdings and files have been erased and when, and nothing else. It stands outside the
//! databases and their backups, so that a restored backup can be told what must not come back.

use crate::{Error, keys};
use jiff::Timestamp;
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use store::Folder;

pub(crate) const LEDGER: &str = "erased.ledger";

/// A line of the ledger: what kind of erasure, and of what.
pub(crate) type Noted = (String, String);

/// The ledger, in the data folder or in memory.
#[derive(Debug)]
pub(crate) struct Ledger {
    folder: Option<Arc<Folder>>,
    /// Each thing noted, with when.
    noted: Mutex<BTreeMap<Noted, String>>,
}

impl Ledger {
    pub(crate) fn new(folder: Option<&Arc<Folder>>) -> Result<Self, Error> {
        let lines = match folder {
            Some(folder) => folder.lines(LEDGER)?,
            None => Vec::new(),
        };
        Ok(Self {
            noted: Mutex::new(parse(&lines)),
            folder: folder.cloned(),
        })
    }

    /// Adds to the ledger, each once; they are on the disk when this returns.
    pub(crate) fn note(&self, erased: Vec<(Timestamp, Noted)>) -> Result<(), Error> {
        let mut noted = self.lock();
        let mut lines = Vec::new();
        let mut fresh = Vec::new();
        for (at, said) in erased {
            if !noted.contains_key(&said) {
                lines.push(format!("{at} {} {}", said.0, said.1));
                fresh.push((said, at.to_string()));
            }
        }
        if let Some(folder) = &self.folder
            && !lines.is_empty()
        {
            folder.append(LEDGER, &lines)?;
        }
        noted.extend(fresh);
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

/// The lines of several ledgers, each erasure once, oldest first.
pub(crate) fn unite(ledgers: &[Vec<String>]) -> Vec<String> {
    let mut all = BTreeMap::new();
    for ledger in ledgers {
        for (said, at) in parse(ledger) {
            all.entry(said).or_insert(at);
        }
    }
    written(&all)
}

fn parse(lines: &[String]) -> BTreeMap<Noted, String> {
    lines
        .iter()
        .filter_map(|line| {
            let mut words = line.splitn(3, ' ');
            let at = words.next()?.to_owned();
            Some(((words.next()?.to_owned(), words.next()?.to_owned()), at))
        })
        .collect()
}

fn written(noted: &BTreeMap<Noted, String>) -> Vec<String> {
    let mut lines: Vec<_> = noted
        .iter()
        .map(|((kind, said), at)| format!("{at} {kind} {said}"))
        .collect();
    lines.sort();
    lines
}
