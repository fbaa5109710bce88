//! Everything the verdicts on one notice rest on, read in one go: a page of promises asks the database once for each kind of thing.

use super::EvidenceLine;
use super::queries::*;
use crate::keeping::clock::{self, Fate};
use crate::keeping::{milestones, minimise};
use crate::protecting::assessments::{self, Measure};
use crate::rows::Rows;
use crate::sharing::job;
use crate::sharing::vendor::JobLine;
use crate::stop::Outcome;
use crate::{Desk, Published, standing};
use jiff::Timestamp;
use jiff::civil::Date;
use law::clock::day;
use notice::model::Rule;
use std::collections::BTreeMap;
use std::sync::Arc;
use store::Value;
use vault::Holding;

/// What stands under one clause.
#[derive(Debug, Default)]
pub(super) struct Filed {
    pub(super) done: u64,
    pub(super) refused: u64,
    pub(super) latest: Vec<EvidenceLine>,
}

/// A request for a right.
#[derive(Debug)]
pub(super) struct Asked {
    pub(super) kinds: Vec<String>,
    pub(super) due: Date,
    pub(super) answered: Option<Date>,
    pub(super) decision: String,
}

/// A complaint.
#[derive(Debug)]
pub(super) struct Complained {
    pub(super) by: Date,
    pub(super) acknowledged: Option<Date>,
    pub(super) told_of_regulator: bool,
}

/// Something a recipient was given.
#[derive(Debug)]
pub(super) struct Given {
    pub(super) clause: String,
    pub(super) on: Date,
    pub(super) approved: bool,
    pub(super) recipient: String,
    pub(super) country: String,
    pub(super) safeguard: Option<String>,
    pub(super) review_until: Option<Date>,
    pub(super) blocked: bool,
    pub(super) reviewed: Option<Timestamp>,
    pub(super) assessed: bool,
}

/// A meeting.
#[derive(Debug)]
pub(super) struct Met {
    pub(super) kind: String,
    pub(super) channel: String,
    pub(super) held: bool,
    pub(super) invited: bool,
    pub(super) said: String,
}

/// How often something was done for a purpose.
#[derive(Debug)]
pub(super) struct Used {
    pub(super) purpose: String,
    pub(super) verb: String,
    pub(super) machine: bool,
    pub(super) n: usize,
}

/// The facts of one notice at one moment.
#[derive(Debug)]
pub(super) struct Facts {
    pub(super) published: Arc<Published>,
    pub(super) on: Date,
    pub(super) at: Timestamp,
    nothing: Filed,
    filed: BTreeMap<String, Filed>,
    pub(super) people: Vec<Holding>,
    pub(super) fates: Vec<Fate>,
    /// Item, kind of source, how many, how many of them were not offered freely.
    pub(super) items: Vec<(String, String, usize, usize)>,
    pub(super) requests: Vec<Asked>,
    pub(super) complaints: Vec<Complained>,
    pub(super) given: Vec<Given>,
    pub(super) jobs: Vec<JobLine>,
    pub(super) confirmed: usize,
    /// Version, last day, told.
    pub(super) notifications: Vec<(u32, Date, bool)>,
    /// Version, whether its words are the published ones, when published.
    pub(super) versions: Vec<(u32, bool, Timestamp)>,
    pub(super) choices: BTreeMap<String, usize>,
    pub(super) meetings: Vec<Met>,
    pub(super) unasked: usize,
    pub(super) agreed: usize,
    pub(super) uses: Vec<Used>,
    /// Clause, what, the smallest count shown.
    pub(super) releases: Vec<(String, String, Option<i64>)>,
    pub(super) answers: BTreeMap<String, usize>,
    pub(super) post: BTreeMap<String, usize>,
    pub(super) one_key: usize,
    pub(super) overdue_access: usize,
    pub(super) waiting: Vec<(String, String)>,
    looked: BTreeMap<String, Timestamp>,
    pub(super) events: BTreeMap<String, Date>,
    pub(super) plans: BTreeMap<String, Date>,
    pub(super) minimised: Vec<minimise::Status>,
    pub(super) measures: Vec<Measure>,
    pub(super) signed: Option<Timestamp>,
    pub(super) unsigned: (usize, Option<Timestamp>),
    pub(super) found: Option<String>,
}

impl Facts {
    pub(super) fn gather(
        desk: &Desk,
        rd: &dyn Rows,
        published: &Arc<Published>,
        at: Timestamp,
    ) -> Outcome<Facts> {
        let (on, notice) = (day(at), &published.notice);
        let (name, project) = (notice.name.as_str(), notice.reference.as_str());
        let (from, to) = (format!("{name}@"), format!("{name}A"));
        let n = |row: &store::Row| {
            Ok::<usize, store::Error>(usize::try_from(row.count("n")?).unwrap_or(usize::MAX))
        };
        let count = |sql: &'static str, values: &[Value]| -> Outcome<usize> {
            Ok(rd.one(sql, values)?.map_or(Ok(0), |row| n(&row))?)
        };
        let by_name: [Value; 1] = [name.into()];
        let both: [Value; 2] = [project.into(), name.into()];
        let mine: [Value; 1] = [project.into()];

        let mut filed: BTreeMap<String, Filed> = BTreeMap::new();
        let keys = [
            format!("{project}/").into(),
            format!("{project}0").into(),
            at.into(),
            from.as_str().into(),
            to.as_str().into(),
            name.into(),
        ];
        for row in rd.rows(FILED, &keys)? {
            let it = filed.entry(row.text("clause")?).or_default();
            (it.done, it.refused) = (row.count("done")?, row.count("refused")?);
            it.latest.push(EvidenceLine {
                at: row.time("at")?,
                verb: row.text("verb")?,
                who: row.text("who")?,
                outcome: row.text("outcome")?,
                entry: store::entry_id(&row)?,
                number: row.maybe_int("number")?.and_then(|n| u64::try_from(n).ok()),
            });
        }
        let people = rd
            .rows(PEOPLE, &by_name)?
            .iter()
            .map(Holding::read)
            .collect::<Result<Vec<_>, _>>()?;
        let mut fates = Vec::new();
        for person in people.iter().filter(|p| p.erased_at.is_none()) {
            fates.extend(clock::fates(desk, rd, &person.id)?);
        }
        let mut facts = Facts {
            published: Arc::clone(published),
            on,
            at,
            nothing: Filed::default(),
            filed,
            fates,
            items: Vec::new(),
            requests: Vec::new(),
            complaints: Vec::new(),
            given: Vec::new(),
            jobs: job::open_jobs(desk, rd)?
                .into_iter()
                .filter(|j| j.holdings.iter().any(|h| people.iter().any(|p| p.id == *h)))
                .collect(),
            people,
            confirmed: count(CONFIRMED, &by_name)?,
            notifications: Vec::new(),
            versions: Vec::new(),
            choices: BTreeMap::new(),
            meetings: Vec::new(),
            unasked: count(UNASKED, &by_name)?,
            agreed: count(AGREED, &by_name)?,
            uses: Vec::new(),
            releases: Vec::new(),
            answers: BTreeMap::new(),
            post: BTreeMap::new(),
            one_key: count(ONE_KEY, &[])?,
            overdue_access: count(ACCESS, &[project.into(), on.into()])?,
            waiting: Vec::new(),
            looked: BTreeMap::new(),
            events: standing::events(rd, project)?,
            plans: milestones::planned(rd, project)?,
            minimised: minimise::of_notice(rd, published, on)?,
            measures: assessments::measures(desk, rd, on)?
                .into_iter()
                .filter(|m| m.notice == name)
                .collect(),
            signed: rd
                .one(SIGNED, &[])?
                .map_or(Ok(None), |row| row.maybe_time("at"))?,
            unsigned: rd.one(UNSIGNED, &[])?.map_or(Ok((0, None)), |row| {
                Ok::<_, store::Error>((n(&row)?, row.maybe_time("since")?))
            })?,
            found: rd
                .one(FOUND, &[])?
                .map(|row| row.text("said"))
                .transpose()?,
        };
        for row in rd.rows(ITEMS, &by_name)? {
            let demanded = usize::try_from(row.count("demanded")?).unwrap_or(usize::MAX);
            facts.items.push((
                row.text("item")?,
                row.text("source_kind")?,
                n(&row)?,
                demanded,
            ));
        }
        for row in rd.rows(REQUESTS, &both)? {
            facts.requests.push(Asked {
                kinds: row
                    .text("kinds")?
                    .split_whitespace()
                    .map(|k| k.split(':').next().unwrap_or(k).to_owned())
                    .collect(),
                due: row.date("due")?,
                answered: row.maybe_time("answered_at")?.map(day),
                decision: row.maybe_text("decision")?.unwrap_or_default(),
            });
        }
        for row in rd.rows(COMPLAINTS, &both)? {
            let said = row
                .maybe_time("acknowledged_at")?
                .or(row.maybe_time("closed_at")?)
                .map(day);
            facts.complaints.push(Complained {
                by: row.date("acknowledge_by")?,
                acknowledged: said,
                told_of_regulator: row.flag("told_of_regulator")?,
            });
        }
        for row in rd.rows(SHARES, &both)? {
            let at = row.time("at")?;
            facts.given.push(Given {
                clause: row.text("clause")?,
                on: day(at),
                approved: row.maybe_text("approved_by")?.is_some(),
                recipient: row.text("recipient")?,
                country: row.text("country")?,
                safeguard: row.maybe_text("safeguard")?,
                review_until: row.maybe_date("review_until")?,
                blocked: row.maybe_int("blocked_since")?.is_some(),
                reviewed: row.maybe_time("reviewed")?,
                assessed: row.maybe_time("assessed")?.is_some_and(|then| then <= at),
            });
        }
        for row in rd.rows(NOTIFICATIONS, &by_name)? {
            facts.notifications.push((
                u32::try_from(row.int("version")?).unwrap_or_default(),
                row.date("due")?,
                row.maybe_int("told_at")?.is_some(),
            ));
        }
        for row in rd.rows(VERSIONS, &by_name)? {
            let same = store::hex(&store::sha256(row.text("content")?.as_bytes()))
                == row.text("digest")?;
            facts.versions.push((
                u32::try_from(row.int("version")?).unwrap_or_default(),
                same,
                row.time("published_at")?,
            ));
        }
        for row in rd.rows(CHOICES, &by_name)? {
            facts.choices.insert(row.text("kind")?, n(&row)?);
        }
        for row in rd.rows(MEETINGS, &by_name)? {
            facts.meetings.push(Met {
                kind: row.text("kind")?,
                channel: row.text("channel")?,
                held: row.text("state")? == "held",
                invited: row.maybe_int("invited_at")?.is_some(),
                said: row.maybe_text("said")?.unwrap_or_default(),
            });
        }
        for row in rd.rows(
            USES,
            &[
                project.into(),
                at.into(),
                from.into(),
                to.into(),
                name.into(),
            ],
        )? {
            facts.uses.push(Used {
                purpose: row.text("purpose")?,
                verb: row.text("verb")?,
                machine: row.flag("machine")?,
                n: n(&row)?,
            });
        }
        for row in rd.rows(RELEASES, &mine)? {
            facts
                .releases
                .push((row.text("clause")?, row.text("what")?, row.maybe_int("k")?));
        }
        for row in rd.rows(ANSWERS, &mine)? {
            facts.answers.insert(row.text("survey")?, n(&row)?);
        }
        for row in rd.rows(POST, &mine)? {
            facts.post.insert(row.text("state")?, n(&row)?);
        }
        for row in rd.rows(WAITING, &mine)? {
            facts.waiting.push((
                row.text("clause")?,
                row.maybe_text("about")?.unwrap_or_default(),
            ));
        }
        for row in rd.rows(LOOKED, &mine)? {
            facts.looked.insert(row.text("about")?, row.time("at")?);
        }
        Ok(facts)
    }

    /// What stands under a rule.
    pub(super) fn filed(&self, rule: &Rule) -> &Filed {
        self.filed.get(rule.id.as_str()).unwrap_or(&self.nothing)
    }

    /// People whose data are held.
    pub(super) fn living(&self) -> impl Iterator<Item = &Holding> {
        self.people.iter().filter(|p| p.erased_at.is_none())
    }

    /// When what a rule keeps without an end was looked at last.
    pub(super) fn looked(&self, rule: &Rule) -> Option<Timestamp> {
        self.looked
            .get(&format!("{} {}", self.published.notice.name, rule.id))
            .copied()
    }

    /// The day a milestone happened, under any of its names.
    pub(super) fn happened(&self, event: &str) -> Option<Date> {
        milestones::names(&self.published.notice, event)
            .iter()
            .find_map(|name| self.events.get(name).copied())
    }

    /// The day planned for a milestone now.
    pub(super) fn planned(&self, event: &str) -> Option<Date> {
        let notice = &self.published.notice;
        let names = milestones::names(notice, event);
        names
            .iter()
            .find_map(|name| self.plans.get(name).copied())
            .or_else(|| milestones::planned_in(notice, event))
    }
}
