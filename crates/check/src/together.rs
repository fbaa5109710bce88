//! Several notices of one project, or of one organisation, say the same: one name, one mailbox, one promise.
//!
//! What differs may be meant, since a notice speaks to its own people; so every finding here is a question for a person.

mod twins;

use std::collections::BTreeSet;

use jiff::civil::Date;
use notice::reading::{Class, Promise, Reading};

use crate::facts::{Facts, Keep, Term};
use crate::finding::{Finding, Place, Severity};
use crate::rules;
use crate::source::Source;

/// How two notices belong together.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Bond {
    /// One project: a reference or a name in common.
    Project,
    /// One organisation: a controller or a mailbox's domain in common.
    House,
}

/// A notice and what is known of it.
struct One<'s> {
    source: &'s Source,
    facts: Facts<'s>,
    name: String,
}

/// Compares each notice with those before it. The number beside a finding is the place of its notice among the sources.
#[must_use]
pub fn together(sources: &[&Source], as_at: Date) -> Vec<(usize, Finding)> {
    let all: Vec<Option<One>> = sources
        .iter()
        .map(|source| {
            let facts = Facts::of(source, as_at)?;
            let is_notice = facts.notice.is_some() || facts.wording.heard.is_notice;
            is_notice.then(|| One {
                name: name(source),
                source,
                facts,
            })
        })
        .collect();
    let mut found = Vec::new();
    for (i, here) in all.iter().enumerate() {
        let Some(here) = here else { continue };
        // The nearest one before that belongs to it stands for the others: one finding for one difference.
        let before = all.iter().take(i).rev().flatten();
        let bonded: Vec<(&One, Bond)> = before
            .filter_map(|there| Some((there, bond(here, there)?)))
            .collect();
        let project = bonded.iter().find(|(_, b)| *b == Bond::Project);
        let Some((there, bond)) = project.or(bonded.first()) else {
            continue;
        };
        let mut put = |code: &str, place: &Place, message: String, help: &str| {
            if let Some(rule) = rules::rule(code) {
                let finding = rule.weighing(Severity::Warning, place, message, help);
                found.push((i, finding));
            }
        };
        mailboxes(here, there, &mut put);
        if *bond == Bond::Project {
            names(here, there, &mut put);
            controllers(here, there, &mut put);
            keeping(here, there, &mut put);
            limits(here, there, &mut put);
            recipients(here, there, &mut put);
        }
    }
    let texts: Vec<Option<(&str, &Reading)>> = all
        .iter()
        .map(|one| one.as_ref().map(|o| (o.source.text(), o.source.reading())))
        .collect();
    for twin in twins::find(&texts) {
        let Some(there) = all.get(twin.there).and_then(Option::as_ref) else {
            continue;
        };
        let message = format!(
            "`{}` here, `{}` in the same sentence of `{}`",
            twin.word, twin.other, there.name
        );
        let help = "one of the two is a slip, or the two notices promise different things";
        if let Some(rule) = rules::rule("typo") {
            let place = all
                .get(twin.here)
                .and_then(Option::as_ref)
                .map(|o| section(o.source.reading(), twin.span))
                .unwrap_or_default();
            found.push((
                twin.here,
                rule.weighing(Severity::Advice, &place, message, help),
            ));
        }
    }
    found
}

fn section(reading: &Reading, span: notice::model::Span) -> Place {
    Place {
        span,
        section: reading
            .heading(reading.part_at(span.start))
            .map(str::to_owned),
    }
}

/// What a message calls a notice: its title, or the beginning of it.
fn name(source: &Source) -> String {
    let title = source
        .reading()
        .title
        .and_then(|t| source.text().get(t.start..t.end));
    let words: Vec<&str> = title
        .unwrap_or("the other notice")
        .split_whitespace()
        .collect();
    let bare = words.join(" ").replace('`', "");
    let mut short: String = bare.chars().take(80).collect();
    if short.len() < bare.len() {
        short.push('…');
    }
    short
}

/// The letters of a name, without quotes, capitals and the article.
fn plain(name: &str) -> String {
    let lower = name.to_lowercase().replace('&', "and");
    let letters: String = lower
        .chars()
        .filter(|c| c.is_alphanumeric() || *c == ' ')
        .collect();
    let words: Vec<&str> = letters.split_whitespace().filter(|w| *w != "the").collect();
    words.join(" ")
}

fn project_names(one: &One) -> BTreeSet<String> {
    one.facts.names.iter().map(|(n, _)| plain(n)).collect()
}

fn controller_names(one: &One) -> BTreeSet<String> {
    let ruled = one.facts.notice.into_iter().flat_map(|n| {
        n.controllers()
            .map(|(_, c)| plain(&c.full_name))
            .collect::<Vec<_>>()
    });
    let told = one.source.reading().controllers.iter();
    ruled.chain(told.map(|c| plain(&c.what.name))).collect()
}

fn bond(here: &One, there: &One) -> Option<Bond> {
    let references = |one: &One| -> BTreeSet<String> {
        let told = one.source.reading().references.iter();
        told.map(|r| r.what.clone())
            .chain(one.facts.notice.map(|n| n.reference.clone()))
            .collect()
    };
    let common = |a: &BTreeSet<String>, b: &BTreeSet<String>| a.intersection(b).next().is_some();
    if common(&references(here), &references(there))
        || common(&project_names(here), &project_names(there))
    {
        return Some(Bond::Project);
    }
    let domains = |one: &One| -> BTreeSet<String> {
        let mails = one.facts.officers.iter();
        mails
            .filter_map(|o| o.address.rsplit('@').next().map(str::to_owned))
            .collect()
    };
    let house = common(&controller_names(here), &controller_names(there))
        || common(&domains(here), &domains(there));
    house.then_some(Bond::House)
}

type Put<'p> = dyn FnMut(&str, &Place, String, &str) + 'p;

fn mailboxes(here: &One, there: &One, put: &mut Put) {
    let boxes = |one: &One| -> BTreeSet<String> {
        one.facts
            .officers
            .iter()
            .map(|o| o.address.clone())
            .collect()
    };
    let (ours, theirs) = (boxes(here), boxes(there));
    if let (Some(first), Some(other)) = (here.facts.officers.first(), theirs.first())
        && ours.is_disjoint(&theirs)
    {
        let message = format!(
            "the data protection officer is reached at `{}` here and at `{other}` in `{}`",
            first.address, there.name
        );
        put(
            "dpo-inconsistent",
            &first.place,
            message,
            "give one address in both",
        );
    }
}

fn names(here: &One, there: &One, put: &mut Put) {
    let (ours, theirs) = (project_names(here), project_names(there));
    let alike = ours.iter().any(|a| {
        theirs
            .iter()
            .any(|b| a.contains(b.as_str()) || b.contains(a.as_str()))
    });
    if let (Some((name, place)), Some((other, _)), false) =
        (here.facts.names.first(), there.facts.names.first(), alike)
    {
        let message = format!(
            "the project is called `{name}` here and `{other}` in `{}`",
            there.name
        );
        put("name-mismatch", place, message, "use one name in both");
    }
}

fn controllers(here: &One, there: &One, put: &mut Put) {
    let (ours, theirs) = (controller_names(here), controller_names(there));
    let alike = ours.iter().any(|a| {
        theirs
            .iter()
            .any(|b| a.contains(b.as_str()) || b.contains(a.as_str()))
    });
    if let (Some(a), Some(b), false) = (ours.first(), theirs.first(), alike) {
        let place = here
            .facts
            .controller
            .as_ref()
            .map_or(&here.facts.start, |c| &c.place);
        let message = format!("the controller is `{a}` here and `{b}` in `{}`", there.name);
        let help = "name the same controllers in both, or say what each of them decides";
        put("name-mismatch", place, message, help);
    }
}

fn keeping(here: &One, there: &One, put: &mut Put) {
    let length = |k: &Keep| match k.term {
        Term::Length(l) if matches!(k.promise, Promise::Keep | Promise::Within) => Some(l.plain()),
        _ => None,
    };
    for ours in &here.facts.keeps {
        let Some(term) = length(ours) else { continue };
        let same: Vec<&Keep> = there
            .facts
            .keeps
            .iter()
            .filter(|k| {
                k.holder == ours.holder && k.anchor == ours.anchor && k.purposes == ours.purposes
            })
            .filter(|k| !k.what.is_disjoint(&ours.what) && length(k).is_some())
            .collect();
        let agreed = same.iter().any(|k| length(k) == Some(term));
        if same.is_empty() || agreed {
            continue;
        }
        let what = ours.what.iter().next().cloned().unwrap_or_default();
        let message = format!("another length is told for {what} in `{}`", there.name);
        let help = "promise both groups of people the same, or say why one is kept longer";
        put("retention-contradiction", &ours.place, message, help);
        return;
    }
}

/// From a stage on, nothing is deleted any more: told in one notice and not in the other.
fn limits(here: &One, there: &One, put: &mut Put) {
    let (one, other, place) = match (here.facts.cutoffs.first(), there.facts.cutoffs.first()) {
        (Some(c), None) => ("here", format!("`{}`", there.name), &c.place),
        (None, Some(_)) => ("there", "this one".to_owned(), &here.facts.start),
        _ => return,
    };
    let message = if one == "here" {
        format!(
            "here deleting ends at a stage of the work, but {other} promises it without that limit"
        )
    } else {
        format!(
            "this notice promises deleting without a limit, but in `{}` it ends at a stage of the work",
            there.name
        )
    };
    let help = "tell all people of the project from when on their data can no longer be deleted";
    put("retention-contradiction", place, message, help);
}

fn recipients(here: &One, there: &One, put: &mut Put) {
    let kinds = |one: &One| -> BTreeSet<Class> {
        let listed = one.source.reading().recipients.iter();
        let kinds = listed.map(|r| r.what.class);
        kinds
            .filter(|c| !matches!(c, Class::Authority | Class::Public))
            .collect()
    };
    let (ours, theirs) = (kinds(here), kinds(there));
    if ours.is_empty() || theirs.is_empty() {
        return;
    }
    let say = |set: Vec<&Class>| {
        set.iter()
            .map(|c| c.phrase())
            .collect::<Vec<_>>()
            .join(", ")
    };
    let only_here = say(ours.difference(&theirs).collect());
    let only_there = say(theirs.difference(&ours).collect());
    let reading = here.source.reading();
    let Some(first) = reading.recipients.first() else {
        return;
    };
    let place = section(reading, first.span);
    let help = "if both groups' data go to the same, list the same; else it is right as it is";
    if !only_here.is_empty() {
        let message = format!("{only_here}: listed here, but not in `{}`", there.name);
        put("recipient-inconsistent", &place, message, help);
    }
    if !only_there.is_empty() {
        let message = format!("{only_there}: listed in `{}`, but not here", there.name);
        put("recipient-inconsistent", &place, message, help);
    }
}
