//! When a notice changes, people are told in their own words what is different for them, and before it applies.

use jiff::civil::Date;
use notice::Notice;
use notice::compare::{self, Change, Kind};
use notice::model::{Block, ClauseId, Rule, Section};

use crate::words::phrase;
use crate::words::sentence;

/// A difference as people read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// The clause: its address in the new version, or in the old one where it is gone.
    pub clause: String,
    /// Where it stands, as people find it: `“5. How long we keep it”`, `the introduction`.
    pub place: String,
    /// Added, removed or changed.
    pub kind: Kind,
    /// The promise in plain words as it is now, or as it was where it is gone.
    pub what: String,
    /// The promise as it was, where there was one.
    pub was: Option<String>,
    /// Whether it matters to people: UK GDPR Articles 5(1)(a), 13(3) and 14(4).
    pub material: bool,
    /// What the difference means, in a few words.
    pub why: String,
    /// Who must be told before it applies; empty where nobody has to be.
    pub tell: Vec<String>,
}

/// What a new version means, and whom it has to be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct News {
    /// Rule by rule, in the new one's order; then paragraphs whose words alone changed; what is gone comes before those.
    pub changes: Vec<Told>,
    /// The day the new version is dated: by then those who must be told have been told.
    pub before: Date,
    /// How they are told, where the version's own line says so: `email`.
    pub by: Option<String>,
}

/// Compares two versions of a notice.
#[must_use]
pub fn news(old: &Notice, new: &Notice) -> News {
    let mut changes: Vec<Told> = compare::changes(old, new)
        .into_iter()
        .map(|change| told(old, new, change))
        .collect();
    changes.extend(compare::reworded(old, new).into_iter().map(|r| Told {
        clause: format!("{}/{}", new.reference, r.section),
        place: named(&r.heading),
        kind: Kind::Changed,
        what: format!(
            "The words of {} are others; its rules are the same.",
            named(&r.heading)
        ),
        was: None,
        material: false,
        why: "the same promises in other words".to_owned(),
        tell: Vec::new(),
    }));
    let own = new.versions().find(|(_, v)| v.number == new.version);
    News {
        changes,
        before: new.dated,
        by: own.and_then(|(_, v)| v.by.clone()),
    }
}

/// What stands before the first heading has none.
fn named(heading: &str) -> String {
    if heading.trim().is_empty() {
        "the introduction".to_owned()
    } else {
        format!("“{heading}”")
    }
}

fn told(old: &Notice, new: &Notice, change: Change) -> Told {
    let said = |notice: &Notice, id: &ClauseId| find(notice, id).map(|rule| sentence(notice, rule));
    let before = change.was.as_ref().unwrap_or(&change.clause);
    let was = match change.kind {
        Kind::Added => None,
        Kind::Changed | Kind::Removed => said(old, before),
    };
    let now = match change.kind {
        Kind::Removed => None,
        Kind::Added | Kind::Changed => said(new, &change.clause),
    };
    let what = now.or_else(|| was.clone()).unwrap_or_default();
    Told {
        tell: whom(old, new, &change),
        clause: change.clause.to_string(),
        place: place(
            if change.kind == Kind::Removed {
                old
            } else {
                new
            },
            &change.clause,
        ),
        kind: change.kind,
        was: was.filter(|_| change.kind == Kind::Changed),
        what,
        material: change.material,
        why: change.why,
    }
}

/// Where a clause stands.
fn place(notice: &Notice, id: &ClauseId) -> String {
    let holds = |s: &&Section| {
        s.blocks
            .iter()
            .any(|b| matches!(b, Block::Rule(rule) if rule.id == *id))
    };
    named(
        notice
            .sections
            .iter()
            .find(holds)
            .map_or("", |s| s.heading.as_str()),
    )
}

fn find<'n>(notice: &'n Notice, id: &ClauseId) -> Option<&'n Rule> {
    notice.rule(id)
}

/// The people who have to hear of a change: those the old version spoke to whose data it concerns, and a vendor who has to act on it.
fn whom(old: &Notice, new: &Notice, change: &Change) -> Vec<String> {
    if !change.material {
        return Vec::new();
    }
    let roles: Vec<String> = old
        .audiences()
        .flat_map(|(_, a)| &a.roles)
        .map(|r| phrase::people(r))
        .collect();
    let mut tell = if roles.is_empty() {
        vec!["everybody whose data are held".to_owned()]
    } else {
        roles
    };
    if let Some(recipient) = &change.recipient {
        tell.push(phrase::party(new, recipient));
    }
    tell
}
