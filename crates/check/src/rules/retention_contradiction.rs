#![doc = include_str!("retention_contradiction.md")]

use std::collections::{BTreeMap, BTreeSet};

use notice::reading::Promise;

use super::Rule;
use crate::facts::{Facts, Form, Keep, Term};
use crate::finding::{Finding, Severity};

/// See the page above.
pub const RULE: Rule = Rule {
    code: "retention-contradiction",
    severity: Severity::Error,
    law: &["UK GDPR Art 5(1)(e)", "UK GDPR Art 5(1)(a)"],
    from: None,
    until: None,
    doc: include_str!("retention_contradiction.md"),
    judge,
};

fn judge(facts: &Facts, found: &mut Vec<Finding>) {
    // What was told of each thing so far; the same promise is remembered twice at most, so that a notice
    // that repeats itself is judged in time linear in its length.
    let mut told_of: BTreeMap<&str, Vec<&Keep>> = BTreeMap::new();
    for keep in &facts.keeps {
        let other = keep
            .what
            .iter()
            .filter_map(|what| told_of.get(what.as_str()))
            .filter_map(|known| known.iter().find(|o| contradicts(facts.form, o, keep)))
            .min_by_key(|o| o.place.span.start)
            .copied();
        for what in &keep.what {
            let known = told_of.entry(what).or_default();
            if known.iter().filter(|o| alike(o, keep)).count() < 2 {
                known.push(keep);
            }
        }
        let Some(other) = other else { continue };
        let both: Vec<&str> = keep
            .what
            .intersection(&other.what)
            .map(String::as_str)
            .collect();
        let holder = if keep.holder.is_empty() {
            String::new()
        } else {
            format!(" at {}", keep.holder)
        };
        let message = format!(
            "two different ends are told for {}{holder}: {} here, {} elsewhere",
            both.join(" and "),
            told(keep),
            told(other)
        );
        let help =
            "keep the stricter of the two, and say it once; or say which data each of them means";
        found.push(RULE.finding(&keep.place, message, help));
    }
}

/// Whether two promises say the same, wherever they stand.
fn alike(a: &Keep, b: &Keep) -> bool {
    a.term == b.term
        && a.promise == b.promise
        && a.anchor == b.anchor
        && a.holder == b.holder
        && a.what == b.what
        && a.purposes == b.purposes
}

/// Whether two promises about the same data cannot both be kept.
fn contradicts(form: Form, a: &Keep, b: &Keep) -> bool {
    let same = a.holder == b.holder
        && a.purposes == b.purposes
        && a.what.intersection(&b.what).next().is_some();
    if !same || a.place == b.place || distinct(&a.words, &b.words) {
        return false;
    }
    match (a.term, b.term) {
        // Of two lengths on one event the earlier wins by the language; two numbers are still a slip.
        (Term::Length(x), Term::Length(y)) => {
            let differs = x.plain() != y.plain();
            let anchored = a.anchor == b.anchor || a.anchor.is_none() || b.anchor.is_none();
            let deadline = |p: Promise| matches!(p, Promise::Within | Promise::After);
            let crossed = a.promise != b.promise && deadline(a.promise) && deadline(b.promise);
            (differs && anchored) || crossed
        }
        (Term::Indefinite, Term::Length(_)) | (Term::Length(_), Term::Indefinite) => {
            form == Form::Prose
        }
        _ => false,
    }
}

/// Words that make of a thing another one: the copy at the typist's, the transcript without names.
const MARKS: [&str; 19] = [
    "copy",
    "copies",
    "removed",
    "anonym",
    "coded",
    "pseudonym",
    "full",
    "original",
    "summar",
    "without",
    "identif",
    "archiv",
    "deposit",
    "backup",
    "paper",
    "redacted",
    "edited",
    "draft",
    "signed",
];

/// Whether own words tell two things apart that go by one name.
fn distinct(a: &str, b: &str) -> bool {
    let (a, b) = (a.to_lowercase(), b.to_lowercase());
    if a.is_empty() || b.is_empty() {
        return false;
    }
    let marks = |s: &str| -> Vec<&str> {
        MARKS
            .iter()
            .filter(|m| s.split(" and ").next().unwrap_or_default().contains(**m))
            .copied()
            .collect()
    };
    if marks(&a) != marks(&b) {
        return true;
    }
    let content = |s: &str| -> BTreeSet<String> {
        s.split(|c: char| !c.is_alphanumeric())
            .filter(|w| w.len() > 2 && !GENERAL.contains(w))
            .map(|w| w.chars().take(5).collect())
            .collect()
    };
    let (a, b) = (content(&a), content(&b));
    // `the data` may mean anything; `the vetting file` and `the diary` are two things.
    !a.is_empty() && !b.is_empty() && a.is_disjoint(&b)
}

/// Words for data in general.
const GENERAL: [&str; 16] = [
    "data",
    "information",
    "personal",
    "your",
    "our",
    "all",
    "any",
    "the",
    "details",
    "records",
    "other",
    "this",
    "that",
    "everything",
    "else",
    "research",
];

fn told(keep: &Keep) -> String {
    match keep.term {
        Term::Length(length) => {
            let how = match keep.promise {
                Promise::Within => "within ",
                Promise::After => "after ",
                _ => "",
            };
            format!("{how}{length}")
        }
        Term::Indefinite => "no end".to_owned(),
        Term::AsNeeded => "as long as needed".to_owned(),
        Term::Event => "an event".to_owned(),
    }
}
