//! What one person's days are worked out from: milestones, their own choices, what holds their data, and the sentences that speak of it.

use super::clock::{Action, Fate, Thing, after, among, directory_purposes};
use crate::keeping::milestones;
use crate::rows::Rows;
use crate::stop::{Fault, Outcome};
use crate::{Desk, Published, standing, uses};
use jiff::civil::Date;
use notice::model::{Keep, Rule, When};
use std::collections::{BTreeMap, BTreeSet};
use vault::{Holding, StoredBlob};

store::statements! {
    /// A person's row.
    HOLDING = "select * from holding where id = $1";
    /// Opt-outs, and restrictions, of a person.
    CHOICES = "select kind, scope, at from choice where holding = $1 and lifted_at is null and kind in ('opted-out', 'restricted') order by at";
    /// What keeps data although they are due.
    HOLDS = "select items, why, cites from hold where holding = $1 and lifted_at is null";
    /// Whether they wait to be shown what is held.
    REQUESTS = "select kinds from request where holding = $1 and answered_at is null";
    /// The milestone at which what stayed of somebody who left goes too.
    LEAVES = "select about from duty where holding = $1 and kind = 'deferred-erasure' and about <> 'hold' and done_at is null order by raised_at, id limit 1";
    /// When the transcript of a recording came, and when it was approved.
    JOB = "select delivered_at, approved_at from vendor_job where blob = $1 and refused_at is null order by sent_at";
}

/// Article 18: what is restricted is stored, and a deletion by the calendar waits too.
const RESTRICTED: &str = "UK GDPR Art 18(2)";

/// What one person's fates are worked out from.
#[derive(Debug)]
pub struct Life {
    /// The person's row.
    pub holding: Holding,
    /// The notice version that judges.
    pub published: std::sync::Arc<Published>,
    events: BTreeMap<String, Date>,
    plans: BTreeMap<String, Date>,
    opted_out: Vec<(String, Date)>,
    holds: Vec<(String, String)>,
    /// The purposes of a contact list, where this is an entry of one.
    directory: BTreeSet<String>,
    /// The milestone at which the rest goes, where they have left and a limit had passed.
    leaves_at: Option<String>,
}

/// Reads what one person's fates are worked out from.
///
/// # Errors
/// No such holding, or a version that is not on the shelf.
pub fn life(desk: &Desk, rd: &dyn Rows, holding: &str) -> Outcome<Life> {
    let Some(row) = rd.one(HOLDING, &[holding.into()])? else {
        return Err(Fault::no_such("person").into());
    };
    let holding = Holding::read(&row)?;
    let published = desk.judged_by(&holding)?;
    let (mut opted_out, mut holds) = (Vec::new(), Vec::new());
    for row in rd.rows(CHOICES, &[holding.id.as_str().into()])? {
        if row.text("kind")? == "restricted" {
            holds.push((
                "*".to_owned(),
                format!("{RESTRICTED}: the person asked for restriction"),
            ));
        } else {
            opted_out.push((row.text("scope")?, law::clock::day(row.time("at")?)));
        }
    }
    let directory = if holding.stage == uses::directory::STAGE {
        match uses::directory::purpose(&published) {
            Some((_, purpose, _)) => BTreeSet::from([purpose.name.clone()]),
            None => directory_purposes(&published.notice),
        }
    } else {
        BTreeSet::new()
    };
    for row in rd.rows(HOLDS, &[holding.id.as_str().into()])? {
        holds.push((
            row.text("items")?,
            format!("{}: {}", row.text("cites")?, row.text("why")?),
        ));
    }
    let leaves_at = match holding.unnamed_at {
        Some(_) => rd
            .one(LEAVES, &[holding.id.as_str().into()])?
            .map(|row| row.text("about"))
            .transpose()?,
        None => None,
    };
    for row in rd.rows(REQUESTS, &[holding.id.as_str().into()])? {
        if row
            .text("kinds")?
            .split_whitespace()
            .any(|kind| kind == "access")
        {
            holds.push((
                "*".to_owned(),
                "DPA 2018 s 173: the person asked to see these data".to_owned(),
            ));
        }
    }
    Ok(Life {
        events: standing::events(rd, &holding.project)?,
        plans: milestones::planned(rd, &holding.project)?,
        holding,
        published,
        opted_out,
        holds,
        directory,
        leaves_at,
    })
}

/// What has happened to one file: milestones of its own.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Moments {
    delivered: Option<Date>,
    approved: Option<Date>,
}

impl Moments {
    /// A transcript counts from the recording it was made from, and the recording from its job.
    pub(super) fn of(rd: &dyn Rows, blob: &StoredBlob) -> Result<Moments, Fault> {
        let mut it = Moments::default();
        for row in rd.rows(JOB, &[blob.of_blob.as_ref().unwrap_or(&blob.id).into()])? {
            it.delivered = it
                .delivered
                .or(row.maybe_time("delivered_at")?.map(law::clock::day));
            it.approved = it
                .approved
                .or(row.maybe_time("approved_at")?.map(law::clock::day));
        }
        if it.approved.is_none() && blob.state == "transcribed" {
            // Our own people typed it up and compared it: no job says when, and an earlier day keeps nothing for longer.
            it.approved = Some(law::clock::day(blob.added_at));
        }
        Ok(it)
    }
}

/// One sentence's end.
#[derive(Clone, Debug)]
struct End {
    due: Option<Date>,
    planned: Option<Date>,
    at_once: bool,
    clause: String,
}

impl Life {
    /// The day everything of this person is over, whatever is held: the latest end of what the notice keeps with us.
    #[must_use]
    pub fn over(&self) -> Option<(Date, String)> {
        let ends: Vec<End> = self
            .keeps()
            .filter(|(_, k)| !k.until.event.starts_with("transcript."))
            .map(|(rule, k)| self.end(rule, k, &Moments::default()))
            .collect();
        let last = ends
            .iter()
            .map(|e| e.due)
            .collect::<Option<Vec<_>>>()?
            .into_iter()
            .max()?;
        let clause = ends.into_iter().find(|e| e.due == Some(last))?.clause;
        Some((last, clause))
    }

    /// What keeps an item of this person although it may be due.
    #[must_use]
    pub fn held(&self, item: &str) -> Option<&str> {
        let keeps = |items: &str| items == "*" || items.split_whitespace().any(|i| i == item);
        self.holds
            .iter()
            .find(|(items, _)| keeps(items))
            .map(|(_, why)| why.as_str())
    }

    /// What keeps anything of this person.
    #[must_use]
    pub fn any_hold(&self) -> Option<&str> {
        self.holds.first().map(|(_, why)| why.as_str())
    }

    /// What keeps anything of this person even against their own wish: a claim, an open request to see the data. A
    /// restriction is the person's own and gives way to their own wish.
    #[must_use]
    pub fn held_by_law(&self) -> Option<&str> {
        self.holds
            .iter()
            .map(|(_, why)| why.as_str())
            .find(|why| !why.starts_with(RESTRICTED))
    }

    /// The day a milestone of the project happened.
    #[must_use]
    pub fn happened(&self, event: &str) -> Option<Date> {
        standing::happened(&self.published.notice, &self.events, event)
    }

    /// The day that is planned now for a milestone of the project.
    #[must_use]
    pub fn planned(&self, event: &str) -> Option<Date> {
        let notice = &self.published.notice;
        milestones::names(notice, event)
            .iter()
            .find_map(|name| self.plans.get(name).copied())
            .or_else(|| milestones::planned_in(notice, event))
    }

    /// The sentences that speak of what we keep of this person: the contact list's own for its entries, the others for the study's.
    fn keeps(&self) -> impl Iterator<Item = (&Rule, &Keep)> {
        let notice = &self.published.notice;
        let lists = directory_purposes(notice);
        let ours = notice.keeps().filter(|(_, k)| k.at.is_none());
        let mine: Vec<_> = if self.directory.is_empty() {
            ours.filter(|(_, k)| {
                k.purposes.is_empty() || k.purposes.iter().any(|p| !lists.contains(p))
            })
            .collect()
        } else {
            let own = |k: &Keep| k.purposes.iter().any(|p| self.directory.contains(p));
            let special = notice.keeps().any(|(_, k)| k.at.is_none() && own(k));
            ours.filter(|(_, k)| {
                if special {
                    own(k)
                } else {
                    k.purposes.is_empty()
                }
            })
            .collect()
        };
        mine.into_iter()
    }

    pub(super) fn fate(
        &self,
        thing: String,
        kind: Thing,
        item: &str,
        own: Option<Date>,
        moments: &Moments,
    ) -> Fate {
        let notice = &self.published.notice;
        // One end for whatever is kept in general, and one for each purpose that has an end of its own.
        let mut groups: BTreeMap<Option<&str>, Vec<End>> = BTreeMap::new();
        for (rule, keep) in self.keeps().filter(|(_, k)| among(notice, &k.data, item)) {
            let end = self.end(rule, keep, moments);
            if keep.purposes.is_empty() {
                groups.entry(None).or_default().push(end);
                continue;
            }
            for purpose in &keep.purposes {
                let uses = |p: &str| {
                    notice
                        .purposes()
                        .any(|(_, it)| it.name == p && among(notice, &it.uses, item))
                };
                if uses(purpose) {
                    groups.entry(Some(purpose)).or_default().push(end.clone());
                }
            }
        }
        let mut last: Option<End> = None;
        for ends in groups.into_values() {
            let Some(first) = earliest(ends) else {
                continue;
            };
            last = Some(match last {
                Some(other) => later(other, first),
                None => first,
            });
        }
        let end = last.unwrap_or(End {
            due: None,
            planned: None,
            at_once: false,
            clause: String::new(),
        });
        let (mut due, mut at_once) = (end.due, end.at_once);
        if let Some(day) = own.filter(|day| due.is_none_or(|due| *day < due)) {
            (due, at_once) = (Some(day), false);
        }
        Fate {
            thing,
            kind,
            item: item.to_owned(),
            due,
            at_once,
            planned: if due.is_some() { None } else { end.planned },
            clause: end.clause,
            action: Action::Erase,
            held: self.held(item).map(str::to_owned),
            shared: false,
            leaves_at: self
                .leaves_at
                .as_ref()
                .map(|event| (event.clone(), self.planned(event))),
        }
    }

    fn end(&self, rule: &Rule, keep: &Keep, moments: &Moments) -> End {
        let mut due = self.last_day(&keep.until, keep, moments);
        // Whoever has left a contact list is taken off it, whatever else its sentence says.
        let left = self
            .directory
            .iter()
            .map(|p| self.opted_out_of(p))
            .collect::<Option<Vec<_>>>();
        let left = left
            .and_then(|days| days.into_iter().max())
            .filter(|_| !self.directory.is_empty());
        let mut at_once =
            keep.until.plus.is_none() && INSTANTS.contains(&keep.until.event.as_str());
        if let Some(day) = left.filter(|day| due.is_none_or(|due| *day <= due)) {
            (due, at_once) = (Some(day), true);
        }
        let planned = self
            .planned(&keep.until.event)
            .map(|day| after(day, keep.until.plus));
        End {
            due,
            planned,
            at_once,
            clause: rule.id.to_string(),
        }
    }

    fn last_day(&self, when: &When, keep: &Keep, moments: &Moments) -> Option<Date> {
        let on = match when.event.as_str() {
            "opt-out" if keep.purposes.is_empty() => {
                self.opted_out.iter().map(|(_, day)| *day).min()
            }
            "opt-out" => keep
                .purposes
                .iter()
                .map(|p| self.opted_out_of(p))
                .collect::<Option<Vec<_>>>()
                .and_then(|d| d.into_iter().max()),
            "transcript.approved" => moments.approved,
            "transcript.delivered" => moments.delivered,
            event => self.happened(event),
        }?;
        Some(after(on, when.plus))
    }

    fn opted_out_of(&self, purpose: &str) -> Option<Date> {
        self.opted_out
            .iter()
            .find(|(scope, _)| scope == "*" || scope == purpose)
            .map(|(_, day)| *day)
    }
}

/// What happens at an instant and not at the end of a day.
const INSTANTS: &[&str] = &["opt-out", "transcript.approved", "transcript.delivered"];

/// For one purpose the earliest end wins; what has not happened yet cannot be earlier than what has.
fn earliest(ends: Vec<End>) -> Option<End> {
    ends.into_iter().min_by_key(|e| {
        (
            e.due.unwrap_or(Date::MAX),
            !e.at_once,
            e.planned.unwrap_or(Date::MAX),
        )
    })
}

/// Between purposes the later end counts; one that has not happened yet is the latest.
fn later(a: End, b: End) -> End {
    let key = |e: &End| {
        (
            e.due.unwrap_or(Date::MAX),
            !e.at_once,
            e.planned.unwrap_or(Date::MAX),
        )
    };
    if key(&b) > key(&a) { b } else { a }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn end(due: Option<&str>, clause: &str) -> End {
        End {
            due: due.map(|d| d.parse().unwrap()),
            planned: None,
            at_once: false,
            clause: clause.to_owned(),
        }
    }

    #[test]
    fn for_one_purpose_the_earliest_wins_and_between_purposes_the_latest() {
        let (early, late, open) = (
            end(Some("2029-03-31"), "early"),
            end(Some("2031-03-31"), "late"),
            end(None, "open"),
        );
        let first = |ends: &[&End]| {
            earliest(ends.iter().map(|e| (*e).clone()).collect())
                .unwrap()
                .clause
        };
        assert_eq!(first(&[&late, &early]), "early");
        assert_eq!(first(&[&open, &late]), "late");
        assert_eq!(later(early.clone(), late.clone()).clause, "late");
        assert_eq!(later(open.clone(), late).clause, "open");
        assert!(earliest(Vec::new()).is_none());
    }
}
