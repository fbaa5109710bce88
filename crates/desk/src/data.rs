//! §2: only the data on the notice's list are held, and each value can say whose it is, where it came from and when it goes.

pub mod listen;
pub mod own;

use crate::stop::Outcome;
use crate::visit::Visit;
use crate::{Asking, Desk, Published, Refused, Role, protecting};
use jiff::Timestamp;
use jiff::civil::Date;
use policy::{Deed, Reason};
use std::collections::BTreeSet;
use store::{Value, Verb};

store::statements! {
    /// Everybody under a notice, whatever became of them.
    PEOPLE = "select * from holding where notice = $1 order by opened_at, id";
    /// What is held about a person, without the values.
    HELD = "select number, id, holding, item, source_kind, source, told_by, collected_at, notice, volunteered, keep_until from held where holding = $1
        order by item, collected_at, number";
    /// What stands against a person's data being used.
    CHOSEN = "select kind, scope from choice where holding = $1 and lifted_at is null and kind <> 'permission'";
    /// Marks a person.
    TAG = "update holding set tags = $2 where id = $1";
}

/// One line of a notice's closed list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// The notice's name for it: `job-title`.
    pub item: String,
    /// As people read it: `Job title`.
    pub label: String,
    /// Its group.
    pub group: String,
    /// Special category data, or otherwise sensitive.
    pub sensitive: bool,
    /// Only what a person offers freely.
    pub volunteered_only: bool,
}

/// Somebody in a list: an id and how far they have come, nothing personal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonLine {
    /// The holding.
    pub holding: String,
    /// What staff call them.
    pub pseudonym: String,
    /// `referred`, `signed-up`, `taking-part`, `declined`, `withdrawn`, `directory`, `erased`
    pub stage: String,
    /// `primary` or `secondary`.
    pub source_kind: String,
    /// Since when.
    pub opened_at: Timestamp,
    /// Marks.
    pub tags: Vec<String>,
    /// By when they are to be told of us, where they have not been.
    pub told_due: Option<Date>,
    /// What they chose and has not been lifted: `opted-out recontact`.
    pub choices: Vec<String>,
    /// When everything was erased.
    pub erased_at: Option<Timestamp>,
}

/// A value that is held, and its fate; not the value itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldLine {
    /// The value's id.
    pub value: String,
    /// The item.
    pub item: String,
    /// As people read it.
    pub label: String,
    /// `primary` or `secondary`.
    pub source_kind: String,
    /// The kind of source.
    pub source: String,
    /// The id or role of whoever told us.
    pub told_by: String,
    /// When.
    pub collected_at: Timestamp,
    /// The notice version it was given under.
    pub notice: String,
    /// Offered freely.
    pub volunteered: bool,
    /// A day of its own to be erased on.
    pub keep_until: Option<Date>,
}

/// A value that was read, and why that was allowed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The value.
    pub text: String,
    /// The clauses that allow it.
    pub because: Vec<Reason>,
}

/// The closed list of a notice, in its own order; an item in two groups stands once.
#[must_use]
pub fn fields(published: &Published) -> Vec<Field> {
    let mut seen = BTreeSet::new();
    let mut fields = Vec::new();
    for (_, group) in published.notice.data() {
        for item in &group.items {
            if seen.insert(item.clone()) {
                fields.push(Field {
                    item: item.clone(),
                    label: label(item),
                    group: group.name.clone(),
                    sensitive: group.sensitive || notice::vocabulary::sensitivity(item).is_some(),
                    volunteered_only: group.volunteered_only,
                });
            }
        }
    }
    fields
}

/// An item's name as people read it: `job-title` becomes `Job title`.
#[must_use]
pub fn label(item: &str) -> String {
    let spaced = item.replace('-', " ");
    let mut letters = spaced.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

/// Everybody under a notice.
///
/// # Errors
/// A fault of ours.
pub fn people(desk: &Desk, notice: &str) -> Outcome<Vec<PersonLine>> {
    desk.vault().store().look(|rd| {
        let mut people = Vec::new();
        for row in rd.rows(PEOPLE, &[Value::from(notice)])? {
            let holding = vault::Holding::read(&row)?;
            let choices = rd.rows(CHOSEN, &[Value::from(holding.id.as_str())])?;
            let choices: Result<Vec<String>, store::Error> = choices
                .iter()
                .map(|c| {
                    Ok(format!("{} {}", c.text("kind")?, c.text("scope")?)
                        .trim_end_matches(" *")
                        .to_owned())
                })
                .collect();
            people.push(PersonLine {
                pseudonym: crate::pseudonym(&holding.id),
                stage: if holding.erased_at.is_some() {
                    "erased".to_owned()
                } else {
                    holding.stage
                },
                source_kind: holding.source_kind.word().to_owned(),
                opened_at: holding.opened_at,
                tags: holding.tags,
                told_due: holding.told_due.filter(|_| holding.told_at.is_none()),
                choices: choices?,
                erased_at: holding.erased_at,
                holding: holding.id,
            });
        }
        Ok(people)
    })
}

/// What is held about a person, value by value, without opening any.
///
/// # Errors
/// A fault of ours.
pub fn held(desk: &Desk, holding: &str) -> Outcome<Vec<HeldLine>> {
    desk.vault().store().look(|rd| {
        let mut lines = Vec::new();
        for row in rd.rows(HELD, &[Value::from(holding)])? {
            let item = row.text("item")?;
            lines.push(HeldLine {
                value: vault::Place::of(&row)?.id(),
                label: label(&item),
                item,
                source_kind: row.text("source_kind")?,
                source: row.text("source")?,
                told_by: row.text("told_by")?,
                collected_at: row.time("collected_at")?,
                notice: row.text("notice")?,
                volunteered: row.flag("volunteered")?,
                keep_until: row.maybe_date("keep_until")?,
            });
        }
        Ok(lines)
    })
}

/// Opens one value for a purpose of the notice.
///
/// # Errors
/// Refused without a purpose, for one the notice does not name, against a choice of the person's, or when nothing is held.
pub fn read(
    desk: &Desk,
    visit: &Visit,
    holding: &str,
    item: &str,
    purpose: Option<&str>,
) -> Outcome<Reading> {
    let act = visit.act(Verb::Read).about(holding);
    desk.read(&act, holding, |tx| {
        visit.only_project_staff("reading a person's data")?;
        let published = desk.judged_by(&tx.holding(holding)?)?;
        protecting::access::open(tx, visit, holding, &published.notice)?;
        let permit = desk.ask(
            tx,
            visit,
            holding,
            &Asking::new(Deed::Read).items([item]).purpose(purpose),
        )?;
        let because = permit.because().to_vec();
        match tx.get(&permit, holding, item)? {
            Some(held) => Ok(Reading {
                text: held.plain.text().into_owned(),
                because,
            }),
            None => Err(Refused {
                why: format!("no `{item}` is held about this person"),
                because,
                help: None,
            }
            .into()),
        }
    })
}

/// Marks a person as one a purpose is for: `stakeholder`.
///
/// # Errors
/// Refused for a mark no purpose of the notice asks for.
pub fn mark(desk: &Desk, visit: &Visit, holding: &str, tag: &str) -> Outcome<()> {
    let act = visit.act(Verb::Decide).about(holding).detail("mark", tag);
    desk.act(&act, |tx| {
        visit.only(
            &[Role::Lead, Role::Dpo, Role::Researcher],
            "marking a person",
        )?;
        let whose = tx.holding(holding)?;
        let published = desk.judged_by(&whose)?;
        let mut asks = published
            .notice
            .purposes()
            .filter(|(_, p)| p.only.iter().any(|t| t == tag));
        let Some((rule, _)) = asks.next() else {
            return Err(Refused::new(format!(
                "no purpose of this notice asks for the mark `{tag}`"
            ))
            .law(
                "UK GDPR Art 5(1)(c)",
                "no more is noted about a person than a purpose needs",
            )
            .into());
        };
        tx.cite(rule.id.as_str());
        let mut tags = whose.tags.clone();
        if !tags.iter().any(|t| t == tag) {
            tags.push(tag.to_owned());
        }
        tx.run(TAG, &[holding.into(), tags.join(" ").into()])?;
        Ok(())
    })
}
