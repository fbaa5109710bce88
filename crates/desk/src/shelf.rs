//! The notices on the shelf: every published version, checked sound and compiled, ready to be asked.
//!
//! A person's data is judged by the version they were given, until they have been told of a newer one; so old versions stay.

use crate::stop::Fault;
use check::{Sound, Source};
use jiff::civil::Date;
use policy::Rulebook;
use std::collections::BTreeMap;
use std::sync::{Arc, PoisonError, RwLock};
use store::{Row, Store};

store::statements! {
    /// How many versions are published.
    COUNT = "select count(*) as n from notice where published_at is not null";
    /// Every published version, word for word.
    PUBLISHED = "select name, version, content, in_force_from from notice where published_at is not null order by name, version";
}

/// A published version of a notice.
#[derive(Debug)]
pub struct Published {
    /// The notice, without errors.
    pub notice: Sound,
    /// What it permits.
    pub rulebook: Rulebook,
    /// The document as published.
    pub text: String,
    /// The first day it applies.
    pub in_force_from: Date,
}

impl Published {
    /// Checks and compiles a document.
    ///
    /// # Errors
    /// The findings, where it is not sound; a fault where it cannot be compiled.
    pub fn from_text(text: &str, as_at: Date) -> Result<Published, Unsound> {
        let source = Source::literate(text);
        let report = check::check(&source, as_at);
        let Some(notice) = report.sound else {
            return Err(Unsound::Findings(report.findings));
        };
        let rulebook =
            Rulebook::compile(&notice).map_err(|e| Unsound::Fault(Fault(e.to_string())))?;
        Ok(Published {
            notice,
            rulebook,
            text: text.to_owned(),
            in_force_from: as_at,
        })
    }

    /// `kinship-care-stakeholders@2`
    #[must_use]
    pub fn label(&self) -> String {
        format!("{}@{}", self.notice.name, self.notice.version)
    }
}

/// Why a document is not put on the shelf.
#[derive(Debug)]
pub enum Unsound {
    /// It breaks the law or itself; the findings say where.
    Findings(Vec<check::Finding>),
    /// Ours.
    Fault(Fault),
}

/// The published notices, by name and version.
#[derive(Debug, Default)]
pub struct Shelf {
    notices: RwLock<BTreeMap<String, BTreeMap<u32, Arc<Published>>>>,
}

impl Shelf {
    /// Reads every published version back and compiles it.
    ///
    /// # Errors
    /// A stored notice that is no longer sound under the law of its day: the folder was changed from outside.
    pub fn load(store: &Store) -> Result<Shelf, Fault> {
        let shelf = Shelf::default();
        shelf.fill(store)?;
        Ok(shelf)
    }

    /// Takes in what another server has published since; a published version never changes, so that counting is enough.
    ///
    /// # Errors
    /// As [`Shelf::load`].
    pub fn refresh(&self, store: &Store) -> Result<(), Fault> {
        let there = store.ask(COUNT, &[])?;
        let there = there.map_or(Ok(0), |row| row.count("n"))?;
        let here = {
            let notices = self.notices.read().unwrap_or_else(PoisonError::into_inner);
            notices
                .values()
                .map(|versions| versions.len() as u64)
                .sum::<u64>()
        };
        if there == here {
            return Ok(());
        }
        self.fill(store)
    }

    fn fill(&self, store: &Store) -> Result<(), Fault> {
        let rows: Vec<Row> = store.look(|rd| rd.rows(PUBLISHED, &[]))?;
        for row in rows {
            let name = row.text("name")?;
            let version = u32::try_from(row.int("version")?).unwrap_or_default();
            if self.version(&name, version).is_some() {
                continue;
            }
            let in_force: Date = row.text("in_force_from")?.parse().map_err(|_| {
                Fault(format!(
                    "the stored notice `{name}` has no day it applies from"
                ))
            })?;
            let published =
                Published::from_text(&row.text("content")?, in_force).map_err(|_| {
                    Fault(format!(
                        "the stored notice `{name}` is not what was published; run `abide verify`"
                    ))
                })?;
            self.put(published);
        }
        Ok(())
    }

    /// Puts a version on the shelf.
    pub fn put(&self, published: Published) -> Arc<Published> {
        let published = Arc::new(published);
        self.notices
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .entry(published.notice.name.clone())
            .or_default()
            .insert(published.notice.version, Arc::clone(&published));
        published
    }

    /// The newest version of a notice.
    #[must_use]
    pub fn current(&self, name: &str) -> Option<Arc<Published>> {
        let notices = self.notices.read().unwrap_or_else(PoisonError::into_inner);
        notices
            .get(name)?
            .last_key_value()
            .map(|(_, p)| Arc::clone(p))
    }

    /// One version of a notice.
    #[must_use]
    pub fn version(&self, name: &str, version: u32) -> Option<Arc<Published>> {
        let notices = self.notices.read().unwrap_or_else(PoisonError::into_inner);
        notices.get(name)?.get(&version).map(Arc::clone)
    }

    /// Every version of a notice, newest first.
    #[must_use]
    pub fn versions(&self, name: &str) -> Vec<Arc<Published>> {
        let notices = self.notices.read().unwrap_or_else(PoisonError::into_inner);
        notices
            .get(name)
            .map(|v| v.values().rev().map(Arc::clone).collect())
            .unwrap_or_default()
    }

    /// The newest version of each notice, by name.
    #[must_use]
    pub fn all(&self) -> Vec<Arc<Published>> {
        let notices = self.notices.read().unwrap_or_else(PoisonError::into_inner);
        notices
            .values()
            .filter_map(|v| v.last_key_value())
            .map(|(_, p)| Arc::clone(p))
            .collect()
    }

    /// The newest version of each notice of a project.
    #[must_use]
    pub fn of_project(&self, reference: &str) -> Vec<Arc<Published>> {
        self.all()
            .into_iter()
            .filter(|p| p.notice.reference == reference)
            .collect()
    }
}
