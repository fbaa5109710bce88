//! Whoever asks for their data is found under any of their addresses, numbers or names, without anybody reading a list of people.
//!
//! Only keyed marks are compared; staff see pseudonyms. UK GDPR Articles 12(2) and 15.

use crate::stop::{Outcome, Refused};
use crate::visit::Visit;
use crate::{Desk, pseudonym};
use std::collections::BTreeMap;
use store::Verb;
use vault::Kind;

/// Somebody it may be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The holding.
    pub holding: String,
    /// What staff call them.
    pub pseudonym: String,
    /// The project's reference.
    pub project: String,
    /// The notice.
    pub notice: String,
    /// How far their part has come.
    pub stage: String,
    /// How much of what was asked for fits, in percent.
    pub fits: u32,
}

/// Looks for somebody by an address, a number or a name. A name is tried whole, without its accents, and word by word.
///
/// # Errors
/// Refused for anybody but project staff, and for nothing to look for.
pub fn find(desk: &Desk, visit: &Visit, text: &str) -> Outcome<Vec<Candidate>> {
    let act = visit
        .act(Verb::Read)
        .cite("UK GDPR Art 12(2)")
        .cite("UK GDPR Art 15")
        .detail("search", "by mark");
    desk.act(&act, |tx| {
        visit.only_project_staff("looking for somebody who asks for their data")?;
        let kind = kind_of(text);
        let words = kind.normal(text);
        if words.is_empty() {
            return Err(Refused::new("there is nothing to look for")
                .law(
                    "UK GDPR Art 12(2)",
                    "a person is found by what they give us",
                )
                .help("give an address, a number or a name")
                .into());
        }
        let mut scores: BTreeMap<String, u32> = BTreeMap::new();
        let mut score = |holdings: Vec<String>, points: u32| {
            for holding in holdings {
                let best = scores.entry(holding).or_default();
                *best = (*best).max(points);
            }
        };
        score(tx.known(kind, text)?, 100);
        if kind == Kind::Name {
            let plain: String = text.chars().map(without_accent).collect();
            score(tx.known(kind, &plain)?, 90);
            let several = u32::try_from(words.len()).unwrap_or(u32::MAX);
            let mut hits: BTreeMap<String, u32> = BTreeMap::new();
            for word in &words {
                for holding in tx.known(kind, word)? {
                    *hits.entry(holding).or_default() += 1;
                }
            }
            for (holding, hit) in hits {
                score(vec![holding], hit.saturating_mul(80) / several.max(1));
            }
        }
        let mut found = Vec::new();
        for (holding, fits) in scores {
            let whose = tx.holding(&holding)?;
            found.push(Candidate {
                pseudonym: pseudonym(&holding),
                holding,
                project: whose.project,
                notice: whose.notice,
                stage: whose.stage,
                fits,
            });
        }
        found.sort_by(|a, b| b.fits.cmp(&a.fits).then_with(|| a.holding.cmp(&b.holding)));
        tx.detail("found", found.len().to_string());
        Ok(found)
    })
}

/// An address has an `@`; a number has more digits than anything else; the rest is a name.
fn kind_of(text: &str) -> Kind {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    match (text.contains('@'), digits > letters) {
        (true, _) => Kind::Email,
        (_, true) => Kind::Phone,
        _ => Kind::Name,
    }
}

/// `é` is `e` for somebody who writes a letter in a hurry.
fn without_accent(c: char) -> char {
    const PLAIN: &[(char, &str)] = &[
        ('a', "àáâãäå"),
        ('c', "ç"),
        ('e', "èéêë"),
        ('i', "ìíîï"),
        ('n', "ñ"),
        ('o', "òóôõö"),
        ('u', "ùúûü"),
        ('y', "ýÿ"),
    ];
    let lower = c.to_lowercase().next().unwrap_or(c);
    PLAIN
        .iter()
        .find(|(_, accented)| accented.contains(lower))
        .map_or(lower, |(plain, _)| *plain)
}
