//! A name that nothing declares is never waved through: it would be a promise about nothing.

use crate::fault::{Fault, nearest, shown};
use crate::grammar::{Mention, Naming};
use crate::model::Notice;
use std::collections::{BTreeMap, BTreeSet};

/// Milestones every project has; no `event` sentence is needed for them.
pub const EVENTS: &[&str] = &[
    "opt-out",
    "transcript.delivered",
    "transcript.approved",
    "analysis.start",
    "analysis.end",
    "use.complete",
    "collection.end",
    "final-report.delivered",
    "recruitment.end",
    "reporting.start",
];

/// Guesses cost a walk over every declared name, so only the first faults get one.
const GUESSES: usize = 100;

/// The kinds of name that may be declared only once.
const ONCE: [Naming; 8] = [
    Naming::Group,
    Naming::Purpose,
    Naming::Event,
    Naming::Party,
    Naming::Version,
    Naming::Consent,
    Naming::Permission,
    Naming::Survey,
];

/// The faults of names: declared twice, or used and declared nowhere. `guessed` are the names of sentences
/// that could not be read; a use of one is let pass.
pub(crate) fn resolve(declares: &[Mention], guessed: &[Mention], uses: &[Mention]) -> Vec<Fault> {
    let mut faults = reserved(declares);
    let mut known: BTreeMap<Naming, BTreeSet<&str>> = BTreeMap::new();
    for mention in declares {
        for kind in mention.kinds {
            let fresh = known.entry(*kind).or_default().insert(&mention.name);
            if !fresh && ONCE.contains(kind) {
                let message = format!(
                    "{} `{}` is declared twice",
                    word(*kind),
                    shown(&mention.name)
                );
                faults.push(
                    Fault::new("declared-twice", message, mention.span)
                        .help("keep one of the two, or give this one another name"),
                );
            }
        }
    }
    for mention in guessed {
        for kind in mention.kinds {
            known.entry(*kind).or_default().insert(&mention.name);
        }
    }
    let mut guesses = 0;
    for mention in uses {
        let declared = |kind: &Naming| {
            known
                .get(kind)
                .is_some_and(|k| k.contains(mention.name.as_str()))
        };
        if mention.free.contains(&mention.name.as_str()) || mention.kinds.iter().any(declared) {
            continue;
        }
        guesses += 1;
        let near = (guesses <= GUESSES).then(|| {
            let names = mention
                .kinds
                .iter()
                .filter_map(|k| known.get(k))
                .flatten()
                .copied();
            let names: Vec<&str> = names.chain(mention.free.iter().copied()).collect();
            synonym(&mention.name, &names).or_else(|| nearest(&mention.name, names))
        });
        faults.push(unknown(mention, near.flatten()));
    }
    faults
}

/// Names that stand for something already, declared as data groups.
fn reserved(declares: &[Mention]) -> Vec<Fault> {
    let taken = |m: &&Mention| {
        m.kinds.contains(&Naming::Group) && ["all", "summary"].contains(&m.name.as_str())
    };
    let fault = |m: &Mention| {
        let message = format!(
            "`{}` means something of its own and cannot name a data group",
            m.name
        );
        Fault::new("name-reserved", message, m.span).help("give the group another name")
    };
    declares.iter().filter(taken).map(fault).collect()
}

/// The faults of milestones that wait for each other: `a = b` and `b = a` would never happen.
pub(crate) fn circles(notice: &Notice) -> Vec<Fault> {
    let is: BTreeMap<&str, &str> = notice
        .events()
        .filter_map(|(_, e)| Some((e.name.as_str(), e.is.as_deref()?)))
        .collect();
    let mut settled: BTreeSet<&str> = BTreeSet::new();
    let mut faults = Vec::new();
    for (rule, event) in notice.events() {
        let mut way: BTreeSet<&str> = BTreeSet::new();
        let mut at = event.name.as_str();
        while !settled.contains(at) {
            if !way.insert(at) {
                let message = format!("the event `{}` waits for itself", shown(at));
                faults.push(
                    Fault::new("event-circle", message, rule.span)
                        .help("let one of the events in the circle stand alone, without `=`"),
                );
                break;
            }
            match is.get(at) {
                Some(next) => at = next,
                None => break,
            }
        }
        settled.append(&mut way);
    }
    faults
}

/// A declared data item that means the same.
fn synonym<'n>(name: &str, names: &[&'n str]) -> Option<&'n str> {
    names
        .iter()
        .copied()
        .find(|n| crate::vocabulary::same(n, name))
}

fn unknown(mention: &Mention, near: Option<&str>) -> Fault {
    let kinds: Vec<&str> = mention.kinds.iter().map(|k| word(*k)).collect();
    let message = format!(
        "no {} `{}` is declared",
        kinds.join(" or "),
        shown(&mention.name)
    );
    let fault = Fault::new("name-unknown", message, mention.span);
    if let Some(near) = near {
        return fault.help(format!("did you mean `{near}`?"));
    }
    let name = shown(&mention.name);
    fault.help(match mention.kinds.first() {
        Some(Naming::Group) => {
            format!("declare it with `data {name} = …`, or name an item of a group")
        }
        Some(Naming::Purpose) => format!("declare it with `purpose {name} \"…\" uses …`"),
        Some(Naming::Event) => format!("declare it with `event {name}`"),
        Some(Naming::Class) => format!("let the class in first: `share … with any {name} …`"),
        _ => format!(
            "declare it with `partner {name} \"…\" as …`, or write `any {name}` for a class"
        ),
    })
}

fn word(kind: Naming) -> &'static str {
    match kind {
        Naming::Group => "data group",
        Naming::Item => "data item",
        Naming::Purpose => "purpose",
        Naming::Event => "event",
        Naming::Party => "partner",
        Naming::Class => "class of recipient",
        Naming::Role => "audience",
        Naming::Door => "contact",
        Naming::Version => "version",
        Naming::Consent => "consent",
        Naming::Permission => "permission",
        Naming::Survey => "survey",
    }
}
