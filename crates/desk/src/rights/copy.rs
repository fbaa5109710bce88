//! A copy of everything held about a person, with all that the law wants said beside it.
//!
//! UK GDPR Article 15(1) and (3): the data themselves, purposes, recipients, sources, ends, rights, and the regulator.

use super::cite;
use super::reply::{self, road};
use crate::stop::Outcome;
use crate::visit::{Role, Visit};
use crate::{Desk, data, keeping, paper, sharing};
use jiff::civil::Date;
use law::Right;
use law::clock::day;
use notice::Notice;
use policy::{Deed, statutory};
use publish::words;
use std::collections::{BTreeMap, BTreeSet};
use store::{Actor, Verb};

store::statements! {
    /// Files a person is in.
    FILES = "select b.kind, b.media, b.made_on, b.added_at, b.source, b.holding from blob_person p join blob b on b.id = p.blob where p.holding = $1 and b.erased_at is null order by b.added_at, b.id";
    /// What a person agreed to.
    AGREED = "select kind, notice, how, at, withdrawn_at from agreement where holding = $1 order by at, number";
    /// What was written to a person.
    LETTERS = "select kind, made_at, sent_at from message where holding = $1 and kind <> 'reason' order by made_at, id";
    /// Post from a person.
    POST = "select received_at, asks from mail where holding = $1 order by received_at, id";
    /// What a person asked for.
    ASKED = "select kinds, received_on, decision from request where holding = $1 order by received_at, id";
    /// Whether they said something in a group.
    TOGETHER = "select id from turn where holding = $1 limit 1";
    /// Where a person was.
    MEETINGS = "select m.kind, m.channel, m.held_on from attendance a join meeting m on m.id = a.meeting where a.holding = $1 order by m.held_on, m.id";
    /// Other holdings that share an address or a number with this one.
    OTHERS = "select distinct o.holding from look_up m join look_up o on o.token = m.token and o.kind = m.kind and o.holding <> m.holding
        join holding h on h.id = o.holding where m.holding = $1 and m.kind <> 'name' and h.erased_at is null order by o.holding";
}

/// A value in a copy.
#[derive(Clone, PartialEq, Eq)]
pub struct CopyValue {
    /// The notice's name for it.
    pub item: String,
    /// As people read it.
    pub label: String,
    /// The value.
    pub text: String,
    /// The kind of source: `person`, `council`.
    pub source: String,
    /// When it was collected.
    pub on: Date,
    /// The notice version it was given under.
    pub notice: String,
    /// When it goes, in words.
    pub goes: String,
}

impl std::fmt::Debug for CopyValue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CopyValue")
            .field("item", &self.item)
            .finish_non_exhaustive()
    }
}

/// Everything a person is given who asks to see what is held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copy {
    /// The holding.
    pub holding: String,
    /// The project's name and reference.
    pub project: String,
    /// The notice version their data are judged by.
    pub notice: String,
    /// The day it was made.
    pub on: Date,
    /// The values.
    pub values: Vec<CopyValue>,
    /// Recordings and other files, each in a line.
    pub files: Vec<String>,
    /// Agreements and choices.
    pub choices: Vec<String>,
    /// Letters, post, requests and meetings.
    pub dealings: Vec<String>,
    /// Why the data are used, and on what ground.
    pub purposes: Vec<String>,
    /// Who was given what.
    pub recipients: Vec<String>,
    /// Who may be given it, as the notice says.
    pub may: Vec<String>,
    /// Whether a machine alone decides anything, as the notice says.
    pub machines: String,
    /// Where the data came from.
    pub sources: Vec<String>,
    /// How long they are kept.
    pub ends: Vec<String>,
    /// What the person can ask for.
    pub rights: Vec<String>,
    /// How to complain.
    pub regulator: String,
    /// Other holdings that seem to be the same person's: each needs a copy of its own.
    pub others: Vec<String>,
}

impl Copy {
    /// The copy as plain text.
    #[must_use]
    pub fn text(&self) -> String {
        let mut said = format!(
            "Your data in {}\nMade on {}\n",
            self.project,
            words::phrase::day(self.on)
        );
        let values: Vec<String> = self
            .values
            .iter()
            .map(|v| {
                format!(
                    "{}: {} (from {}, {}; {})",
                    v.label,
                    v.text,
                    if v.source == "person" {
                        "you".to_owned()
                    } else {
                        words::phrase::plain(&v.source)
                    },
                    words::phrase::day(v.on),
                    v.goes
                )
            })
            .collect();
        let machines = vec![self.machines.clone()];
        for (heading, lines) in [
            ("What we hold", &values),
            ("Recordings and files", &self.files),
            ("What you chose and agreed to", &self.choices),
            ("What passed between us", &self.dealings),
            ("Why we use it", &self.purposes),
            ("Who has had it", &self.recipients),
            ("Who may be given it", &self.may),
            ("Where it came from", &self.sources),
            ("When it goes", &self.ends),
            ("What you can ask for", &self.rights),
            ("Machines", &machines),
        ] {
            said.push_str(&format!("\n{heading}\n"));
            if lines.is_empty() {
                said.push_str("- nothing\n");
            }
            for line in lines {
                said.push_str(&format!("- {line}\n"));
            }
        }
        said.push_str(&format!("\nIf you want to complain\n{}", self.regulator));
        said
    }
}

/// Puts the copy together. It is opened for the person or the officer alone, and leaves one entry.
///
/// # Errors
/// Refused for anybody else, and once everything is erased.
pub fn prepare(desk: &Desk, visit: &Visit, holding: &str) -> Outcome<Copy> {
    let act = visit
        .act(Verb::Request)
        .about(holding)
        .detail("copy", "prepared");
    desk.act(&act, |tx| {
        if visit.who != Actor::Person(holding.to_owned()) {
            visit.only(&[Role::Dpo, Role::Lead], "preparing a copy")?;
        }
        let published = desk.judged_by(&tx.holding(holding)?)?;
        let notice = &published.notice;
        cite(tx, Some(&published), Right::Access);
        let goes: BTreeMap<String, String> = keeping::clock::fates(desk, &**tx, holding)?
            .into_iter()
            .map(|fate| (fate.thing.clone(), end(&fate)))
            .collect();
        let permit = statutory(
            Deed::Answer,
            "UK GDPR Art 15(3)",
            &published.label(),
            Some(holding),
        )?;
        let mut values = Vec::new();
        for held in tx.get_all(&permit, holding)? {
            values.push(CopyValue {
                label: data::label(&held.item),
                text: held.plain.text().into_owned(),
                source: held.source,
                on: day(held.collected_at),
                notice: held.notice,
                goes: goes
                    .get(&held.id)
                    .cloned()
                    .unwrap_or_else(|| "kept as the notice says".to_owned()),
                item: held.item,
            });
        }
        let mut copy = Copy {
            holding: holding.to_owned(),
            project: format!("{} ({})", notice.project, notice.reference),
            notice: published.label(),
            on: visit.today(),
            values,
            files: Vec::new(),
            choices: Vec::new(),
            dealings: Vec::new(),
            purposes: Vec::new(),
            recipients: Vec::new(),
            may: notice
                .shares()
                .map(|(rule, _)| words::sentence(notice, rule))
                .collect::<BTreeSet<_>>()
                .into_iter()
                .collect(),
            machines: machines(notice),
            sources: Vec::new(),
            ends: notice
                .keeps()
                .map(|(rule, _)| words::sentence(notice, rule))
                .collect(),
            rights: notice
                .rights()
                .map(|(rule, _)| words::sentence(notice, rule))
                .collect(),
            regulator: road(notice, visit.today()),
            others: Vec::new(),
        };
        let key = [holding.into()];
        for row in tx.rows(FILES, &key)? {
            let shared = if row.maybe_text("holding")?.is_none() {
                ", with other people in it"
            } else {
                ""
            };
            copy.files.push(format!(
                "{}{shared}, {}",
                words::phrase::plain(&row.text("kind")?),
                words::phrase::day(day(row.time("added_at")?))
            ));
        }
        copy.files
            .extend(tx.papers(holding)?.iter().map(paper::said));
        for row in tx.rows(AGREED, &key)? {
            let back = row
                .maybe_time("withdrawn_at")?
                .map_or_else(String::new, |at| {
                    format!(", taken back {}", words::phrase::day(day(at)))
                });
            let what = row.text("kind")?;
            copy.choices.push(format!(
                "you agreed to {} on {} ({}){back}",
                match what.as_str() {
                    "participation" => "take part".to_owned(),
                    other => words::phrase::plain(other),
                },
                words::phrase::day(day(row.time("at")?)),
                words::phrase::plain(&row.text("how")?)
            ));
        }
        for choice in tx.choices(holding)? {
            let lifted = choice.lifted_at.map_or_else(String::new, |at| {
                format!(", until {}", words::phrase::day(day(at)))
            });
            copy.choices.push(format!(
                "{}, {}{lifted}",
                chose(notice, &choice),
                words::phrase::day(day(choice.at))
            ));
        }
        for row in tx.rows(MEETINGS, &key)? {
            copy.dealings.push(format!(
                "{} ({}) on {}",
                row.text("kind")?,
                row.text("channel")?,
                words::phrase::day(row.date("held_on")?)
            ));
        }
        if tx.one(TOGETHER, &key)?.is_some() {
            copy.dealings.push(
                "what you said in a group is above; what the others said is theirs, and is not in this copy (UK GDPR Art 15(4))"
                    .to_owned(),
            );
        }
        for row in tx.rows(LETTERS, &key)? {
            copy.dealings.push(format!(
                "we wrote to you: {}, {}",
                row.text("kind")?,
                words::phrase::day(day(row.time("made_at")?))
            ));
        }
        for row in tx.rows(POST, &key)? {
            copy.dealings.push(format!(
                "you wrote to us on {}",
                words::phrase::day(day(row.time("received_at")?))
            ));
        }
        for row in tx.rows(ASKED, &key)? {
            let decided = row.maybe_text("decision")?.unwrap_or_default();
            let said = |word: &str| decided.split_whitespace().any(|d| d.ends_with(word));
            let decision = match (said(":granted"), said(":refused")) {
                (true, false) => "we did it",
                (false, true) => "we said no, and why",
                (true, true) => "we did some of it, and said why not the rest",
                (false, false) => "not decided yet",
            };
            let kinds = row.text("kinds")?;
            let asked: Vec<String> = kinds
                .split_whitespace()
                .filter_map(super::Asked::from_word)
                .map(|asked| match &asked.about {
                    Some(about) => format!(
                        "{} ({})",
                        reply::plain(asked.right),
                        purpose(notice, about)
                    ),
                    None => reply::plain(asked.right).to_owned(),
                })
                .collect();
            copy.dealings.push(format!(
                "you asked us {} on {} ({decision})",
                words::phrase::list(&asked, "and"),
                words::phrase::day(row.date("received_on")?)
            ));
        }
        for (_, purpose) in notice.purposes() {
            let ground = purpose.basis.map_or("no ground named", law::Basis::name);
            copy.purposes.push(format!("{} ({ground})", purpose.words));
        }
        for given in sharing::share::recipients_of(&**tx, holding)? {
            copy.recipients.push(format!(
                "{} was given {} on {}",
                given.name,
                given.what.join(", "),
                words::phrase::day(day(given.at))
            ));
        }
        if copy.recipients.is_empty() {
            copy.recipients
                .push("nobody has been given anything of yours".to_owned());
        }
        let sources: BTreeSet<&str> = copy.values.iter().map(|v| v.source.as_str()).collect();
        copy.sources = sources
            .into_iter()
            .map(|s| {
                if s == "person" {
                    "you".to_owned()
                } else {
                    format!("somebody else: {}", words::phrase::plain(s))
                }
            })
            .collect();
        for row in tx.rows(OTHERS, &key)? {
            copy.others.push(row.text("holding")?);
        }
        tx.detail("values", copy.values.len().to_string());
        Ok(copy)
    })
}

/// What a purpose is for, in the notice's words; a name that is no purpose's as people say it.
fn purpose(notice: &Notice, name: &str) -> String {
    notice
        .purposes()
        .find(|(_, it)| it.name == name)
        .map_or_else(
            || words::phrase::plain(name),
            |(_, it)| words::phrase::aim(&it.words),
        )
}

/// A choice in words.
fn chose(notice: &Notice, choice: &vault::Choice) -> String {
    use vault::ChoiceKind as Kind;
    let scope = match choice.scope.as_str() {
        "*" => "everything you can say no to".to_owned(),
        name => purpose(notice, name),
    };
    match choice.kind {
        Kind::OptedOut => format!("you opted out ({scope})"),
        Kind::Objected => format!("you objected to a use of your data ({scope})"),
        Kind::Restricted => "you asked us to keep your data and not to use it".to_owned(),
        Kind::Withdrew => "you left the study".to_owned(),
        Kind::ConsentWithdrawn => format!("you took your consent back ({scope})"),
        Kind::Permission => format!(
            "you said {} when we asked about this: {scope}",
            if choice.answer { "yes" } else { "no" }
        ),
    }
}

/// Whether a machine alone decides anything about them.
fn machines(notice: &Notice) -> String {
    let never = notice
        .nevers()
        .any(|(_, it)| it.of.is_empty() && it.what.iter().any(|w| w == "automated-decisions"));
    if never {
        "No machine alone ever decides anything about you.".to_owned()
    } else {
        "No machine alone decides anything about you, unless the notice says so.".to_owned()
    }
}

/// The copy has gone out: the request for it has its answer. Returns the covering letter.
///
/// # Errors
/// As [`super::decide::decide_for`].
pub fn sent(desk: &Desk, visit: &Visit, holding: &str) -> Outcome<String> {
    let because = format!(
        "you asked us {}, which is your right",
        reply::plain(Right::Access)
    );
    Ok(super::decide::decide_for(desk, visit, holding, Right::Access, true, &because)?.reply)
}

fn end(fate: &keeping::clock::Fate) -> String {
    let day = words::phrase::day;
    match (&fate.held, fate.due, fate.planned) {
        (Some(_), ..) => "kept for now, because the law holds it".to_owned(),
        (None, Some(due), _) => format!("kept until {}", day(due)),
        (None, None, Some(planned)) => format!("kept until {}, as planned now", day(planned)),
        (None, None, None) => "kept until what the notice counts from has happened".to_owned(),
    }
}
