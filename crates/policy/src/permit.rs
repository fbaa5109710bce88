//! A permit: this use is allowed, by this clause. The vault opens for nothing else.
//!
//! Its fields are private and it cannot be read in from anywhere, so a permit in somebody's hand proves that the
//! notice, or a law that orders the act, was asked.

use crate::Deed;
use crate::answer::{Reason, Until};
use crate::words;
use serde::Serialize;
use std::collections::BTreeSet;

/// Leave to do one kind of thing with some data, for one purpose.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Permit {
    act: Deed,
    scope: Scope,
    purpose: Option<String>,
    to: Option<String>,
    about: Option<String>,
    because: Vec<Reason>,
    cites: Vec<String>,
    notice: String,
    until: Vec<Until>,
    provided: Vec<String>,
}

/// Which data a permit reaches.
#[derive(Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
enum Scope {
    /// These items, under the names the notice gives them.
    Items(BTreeSet<String>),
    /// Whatever is held about the person: only the law's own orders reach so far.
    Everything,
}

/// What `ask` has found out, handed over to become a permit.
pub(crate) struct Grant {
    pub(crate) act: Deed,
    pub(crate) items: BTreeSet<String>,
    pub(crate) purpose: Option<String>,
    pub(crate) to: Option<String>,
    pub(crate) about: Option<String>,
    pub(crate) because: Vec<Reason>,
    pub(crate) notice: String,
    pub(crate) until: Vec<Until>,
    pub(crate) provided: Vec<String>,
}

impl Permit {
    /// Only `ask` calls this.
    pub(crate) fn granted(grant: Grant) -> Permit {
        let cites = grant.because.iter().map(|r| r.cites().to_owned()).collect();
        Permit {
            act: grant.act,
            scope: Scope::Items(grant.items),
            purpose: grant.purpose,
            to: grant.to,
            about: grant.about,
            because: grant.because,
            cites,
            notice: grant.notice,
            until: grant.until,
            provided: grant.provided,
        }
    }

    /// What may be done.
    #[must_use]
    pub fn act(&self) -> Deed {
        self.act
    }

    /// Whether it reaches this data item, under the notice's own name for it.
    #[must_use]
    pub fn covers(&self, item: &str) -> bool {
        match &self.scope {
            Scope::Everything => true,
            Scope::Items(items) => items.contains(item) || items.contains(&words::fold(item)),
        }
    }

    /// The items it reaches; `None` where the law itself reaches everything held about the person.
    #[must_use]
    pub fn items(&self) -> Option<&BTreeSet<String>> {
        match &self.scope {
            Scope::Everything => None,
            Scope::Items(items) => Some(items),
        }
    }

    /// The purpose, by the notice's name for it.
    #[must_use]
    pub fn purpose(&self) -> Option<&str> {
        self.purpose.as_deref()
    }

    /// The recipient, for sharing.
    #[must_use]
    pub fn to(&self) -> Option<&str> {
        self.to.as_deref()
    }

    /// The one person it is about, by the id the question gave; `None` where it is about no one in particular.
    #[must_use]
    pub fn about(&self) -> Option<&str> {
        self.about.as_deref()
    }

    /// The clauses that allow it, or the article that orders it, with their words.
    #[must_use]
    pub fn because(&self) -> &[Reason] {
        &self.because
    }

    /// What evidence files the act under: clause ids and articles; never empty.
    #[must_use]
    pub fn cites(&self) -> &[String] {
        &self.cites
    }

    /// The notice and its version that was asked: `yc-staff@3`.
    #[must_use]
    pub fn notice(&self) -> &str {
        &self.notice
    }

    /// Until when, for keeping: one end for each clause that lets it be kept.
    #[must_use]
    pub fn until(&self) -> &[Until] {
        &self.until
    }

    /// What was supposed because the question did not say: each must hold for the answer to hold.
    #[must_use]
    pub fn provided(&self) -> &[String] {
        &self.provided
    }
}

/// Why the law's own road is closed to an act.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotStatutory {
    /// The law orders no such act; a purpose of the notice has to.
    #[error("no law orders anybody to `{0}`; ask the notice with a purpose instead")]
    Act(Deed),
    /// The citation does not order this act.
    #[error("`{law}` does not order anybody to `{act}`; cite the article or the clause that does")]
    Law {
        /// What was to be done.
        act: Deed,
        /// What was cited.
        law: String,
    },
}

/// A permit for what the law itself, or the notice's own promise to the person, orders: erasing, answering somebody
/// who uses a right, finding their data for that, writing down their own choice.
///
/// `law` is an article (`UK GDPR Art 17(1)(b)`, `DPA 2018 s 164A`) or a clause id (`#4107/how-long/keep/contact`);
/// `notice` is the version the data were given under (`yc-staff@3`), empty where there is none; `about` is the person.
///
/// # Errors
/// [`NotStatutory`] where the law orders no such act, or not by this citation.
pub fn statutory(
    act: Deed,
    law: &str,
    notice: &str,
    about: Option<&str>,
) -> Result<Permit, NotStatutory> {
    let law = law.trim();
    let orders = match act {
        Deed::Erase => ERASE,
        Deed::Answer => ANSWER,
        Deed::Read => FIND,
        Deed::Store => RECORD,
        _ => return Err(NotStatutory::Act(act)),
    };
    let reason = if is_clause(law) {
        Reason::Clause {
            clause: law.to_owned(),
            text: format!("the notice promises to {act}"),
        }
    } else if orders.iter().any(|head| cites(law, head)) {
        Reason::Law {
            law: law.to_owned(),
            text: format!("the law itself orders this: {act}"),
        }
    } else {
        return Err(NotStatutory::Law {
            act,
            law: law.to_owned(),
        });
    };
    Ok(Permit {
        act,
        scope: Scope::Everything,
        purpose: None,
        to: None,
        about: about.map(str::to_owned),
        because: vec![reason],
        cites: vec![law.to_owned()],
        notice: notice.to_owned(),
        until: Vec::new(),
        provided: Vec::new(),
    })
}

/// Erasing: storage limitation, minimisation, withdrawal, Articles 16 to 19 and an upheld objection.
const ERASE: &[&str] = &[
    "UK GDPR Art 5",
    "UK GDPR Art 7",
    "UK GDPR Art 17",
    "UK GDPR Art 19",
    "UK GDPR Art 21",
];
/// Answering: Articles 12 to 22D, withdrawal of consent, breaches told to people, complaints.
const ANSWER: &[&str] = &[
    "UK GDPR Art 7",
    "UK GDPR Art 11",
    "UK GDPR Art 12",
    "UK GDPR Art 13",
    "UK GDPR Art 14",
    "UK GDPR Art 15",
    "UK GDPR Art 16",
    "UK GDPR Art 17",
    "UK GDPR Art 18",
    "UK GDPR Art 19",
    "UK GDPR Art 20",
    "UK GDPR Art 21",
    "UK GDPR Art 22",
    "UK GDPR Art 34",
    "UK GDPR Art 77",
    "DPA 2018 s 164",
    "DPA 2018 s 165",
];
/// Finding somebody's data: to answer them, to put it right, to erase it, to look into a breach.
const FIND: &[&str] = &[
    "UK GDPR Art 7",
    "UK GDPR Art 12",
    "UK GDPR Art 14",
    "UK GDPR Art 15",
    "UK GDPR Art 16",
    "UK GDPR Art 17",
    "UK GDPR Art 18",
    "UK GDPR Art 19",
    "UK GDPR Art 20",
    "UK GDPR Art 21",
    "UK GDPR Art 22",
    "UK GDPR Art 33",
    "UK GDPR Art 34",
    "DPA 2018 s 164",
    "DPA 2018 s 165",
];
/// Writing down a choice, a correction, a request, a complaint, or what was told to whom.
const RECORD: &[&str] = &[
    "UK GDPR Art 5(2)",
    "UK GDPR Art 7",
    "UK GDPR Art 12",
    "UK GDPR Art 13",
    "UK GDPR Art 14",
    "UK GDPR Art 15",
    "UK GDPR Art 16",
    "UK GDPR Art 17",
    "UK GDPR Art 18",
    "UK GDPR Art 19",
    "UK GDPR Art 20",
    "UK GDPR Art 21",
    "UK GDPR Art 22",
    "DPA 2018 s 164",
    "PECR reg 22",
];

/// Whether a citation names this article or a part of it: `Art 17` takes `Art 17(1)(b)`, never `Art 170`.
fn cites(law: &str, head: &str) -> bool {
    law.strip_prefix(head)
        .is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()))
}

/// `#4107/how-long/keep/contact`: a reference, a section, and more.
fn is_clause(law: &str) -> bool {
    let mut parts = law.split('/');
    parts
        .next()
        .is_some_and(|r| r.len() > 1 && r.starts_with('#'))
        && parts.filter(|p| !p.is_empty()).count() >= 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_law_orders_some_acts_and_no_others() {
        assert!(
            statutory(
                Deed::Erase,
                "UK GDPR Art 17(1)(b)",
                "yc-staff@3",
                Some("p1")
            )
            .is_ok()
        );
        assert!(
            statutory(
                Deed::Erase,
                "#4107/how-long/keep/contact",
                "yc-staff@3",
                None
            )
            .is_ok()
        );
        assert!(statutory(Deed::Erase, "UK GDPR Art 170", "", None).is_err());
        assert!(statutory(Deed::Erase, "because I say so", "", None).is_err());
        assert!(statutory(Deed::Store, "UK GDPR Art 5(1)(e)", "", None).is_err());
        for act in [
            Deed::Collect,
            Deed::Contact,
            Deed::Share,
            Deed::Publish,
            Deed::Decide,
        ] {
            let closed = statutory(act, "UK GDPR Art 17", "", None);
            assert_eq!(closed, Err(NotStatutory::Act(act)));
        }
    }

    #[test]
    fn a_statutory_permit_cites_what_ordered_it_and_reaches_one_person() {
        let permit = statutory(Deed::Answer, "UK GDPR Art 15", "yc-staff@3", Some("p1")).unwrap();
        assert_eq!(permit.cites(), ["UK GDPR Art 15"]);
        assert_eq!(permit.about(), Some("p1"));
        assert!(permit.covers("anything-held"));
    }
}
