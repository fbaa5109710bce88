//! What falls due is raised once, and settled once it no longer stands: vendors' deletions, reviews, milestones that slipped, requests.

use crate::keeping::clock::after;
use crate::keeping::milestones;
use crate::rows::Rows;
use crate::stop::{Fault, Outcome};
use crate::visit::{Role, Visit};
use crate::{Desk, protecting, sharing, standing};
use jiff::civil::Date;
use jiff::{Span, Timestamp};
use store::{Lease, Value, Verb};

store::statements! {
    /// Recipients whose review has an end.
    REVIEWS = "select id, class, review_until from recipient where review_until is not null and reviewed_at is not null order by id";
    /// Requests nobody has answered.
    REQUESTS = "select id, project, due, latest, holding from request where answered_at is null order by id";
    /// The earliest entry of a contact list.
    LIST_SINCE = "select min(opened_at) as since from holding where notice = $1 and stage = 'directory' and erased_at is null";
    /// When something kept without an end was last looked at.
    LOOKED = "select max(at) as at from assessment where kind = 'keep' and about = $1";
    /// It was looked at.
    LOOK = "insert into assessment (id, project, kind, about, outcome, at, by_whom, good_until) values ($1, $2, 'keep', $3, $4, $5, $6, $7)";
    /// Raised, once.
    RAISE = "insert into duty (id, project, kind, clause, holding, recipient, about, mark, due, raised_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict do nothing";
    /// Known already.
    KNOWN = "select id from duty where mark = $1";
    /// Open ones of the kinds raised here.
    OPEN = "select id, kind, clause, project, mark from duty where done_at is null order by raised_at, id";
    /// Done.
    SETTLE = "update duty set done_at = $2, outcome = 'done', by_whom = $3 where id = $1 and done_at is null";
    /// All that is open, for a page.
    LIST = "select * from duty where done_at is null order by due nulls first, raised_at, id";
}

/// Recipients' and measures' reviews are asked for this many days before they run out.
const AHEAD: i64 = 30;

/// The kinds this module raises and settles.
const KINDS: &[&str] = &[
    "remind-vendor",
    "vendor-overdue",
    "review-recipient",
    "review-keep",
    "review-protection",
    "update-notice",
    "answer-request",
    "minimise",
];

/// Work that is due or falls due soon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Duty {
    /// What, once: made of kind and thing.
    pub mark: String,
    /// `remind-vendor`, `vendor-overdue`, `review-recipient`, `review-keep`, `review-protection`, `update-notice`, `answer-request`,
    /// `minimise`, and what other rooms raise: `tell-person`, `deferred-erasure`.
    pub kind: String,
    /// The project's reference; empty for none in particular.
    pub project: String,
    /// The clause or article it comes from.
    pub clause: String,
    /// About whom.
    pub holding: Option<String>,
    /// About which recipient.
    pub recipient: Option<String>,
    /// The id or name of the thing it is about.
    pub about: Option<String>,
    /// The last day.
    pub due: Option<Date>,
    /// When it was raised; `None` where the next sweep will.
    pub raised_at: Option<Timestamp>,
}

/// Everything to be done as of a day, raised or not yet.
///
/// # Errors
/// A fault of ours.
pub fn duties(desk: &Desk, on: Date) -> Outcome<Vec<Duty>> {
    desk.vault().store().look(|rd| {
        let wanted = wanted(desk, rd, on)?;
        let mut out = Vec::new();
        for row in rd.rows(LIST, &[])? {
            let duty = Duty {
                mark: row.text("mark")?,
                kind: row.text("kind")?,
                project: row.text("project")?,
                clause: row.text("clause")?,
                holding: row.maybe_text("holding")?,
                recipient: row.maybe_text("recipient")?,
                about: row.maybe_text("about")?,
                due: row.maybe_date("due")?,
                raised_at: Some(row.time("raised_at")?),
            };
            // What no longer stands is left out; the next sweep settles it.
            if !KINDS.contains(&duty.kind.as_str()) || wanted.iter().any(|w| w.mark == duty.mark) {
                out.push(duty);
            }
        }
        let fresh: Vec<Duty> = wanted
            .into_iter()
            .filter(|w| !out.iter().any(|d| d.mark == w.mark))
            .collect();
        out.extend(fresh);
        Ok(out)
    })
}

/// Somebody looked at whether what is kept without an end is still needed: the contact list, every year.
///
/// # Errors
/// Refused for anybody but the lead and the officer, and for a notice that promises no such look.
pub fn review_keep(desk: &Desk, visit: &Visit, notice: &str, outcome: &str) -> Outcome<()> {
    let published = desk.notice(notice)?;
    let act = visit
        .act(Verb::Review)
        .project(&published.notice.reference)
        .notice(published.label());
    desk.act(&act, |tx| {
        visit.only(
            &[Role::Lead, Role::Dpo],
            "reviewing what is kept without an end",
        )?;
        let reviewed: Vec<_> = published
            .notice
            .keeps()
            .filter_map(|(rule, k)| Some((rule, k.review_every?)))
            .collect();
        if reviewed.is_empty() {
            return Err(crate::Refused::new(
                "this notice keeps nothing that has to be looked at again",
            )
            .law(
                "UK GDPR Art 5(1)(e)",
                "what has an end of its own is not reviewed instead",
            )
            .into());
        }
        for (rule, every) in reviewed {
            tx.cite(rule.id.as_str());
            let id = tx.new_id("ass");
            let about = about_keep(&published.notice.name, rule.id.as_str());
            tx.run(
                LOOK,
                &[
                    id.into(),
                    published.notice.reference.as_str().into(),
                    about.into(),
                    outcome.into(),
                    visit.at.into(),
                    visit.who.to_string().into(),
                    after(visit.today(), Some(every)).into(),
                ],
            )?;
        }
        Ok(())
    })
}

/// Raises what is wanted and not raised yet, settles what no longer stands. Returns the marks of both.
pub(crate) fn raise(
    desk: &Desk,
    visit: &Visit,
    lease: &Lease,
) -> Outcome<(Vec<Duty>, Vec<String>)> {
    let on = visit.today();
    let (fresh, over) = desk.vault().store().look(|rd| {
        let wanted = wanted(desk, rd, on)?;
        let mut fresh = Vec::new();
        for duty in &wanted {
            if rd.one(KNOWN, &[duty.mark.as_str().into()])?.is_none() {
                fresh.push(duty.clone());
            }
        }
        let mut over = Vec::new();
        for row in rd.rows(OPEN, &[])? {
            let (kind, mark) = (row.text("kind")?, row.text("mark")?);
            if KINDS.contains(&kind.as_str()) && !wanted.iter().any(|w| w.mark == mark) {
                over.push((
                    row.text("id")?,
                    row.text("clause")?,
                    row.text("project")?,
                    mark,
                ));
            }
        }
        Ok::<_, crate::Stop>((fresh, over))
    })?;
    let mut raised = Vec::new();
    for duty in fresh {
        let mut act = visit
            .act(Verb::Duty)
            .project(&duty.project)
            .cite(&duty.clause)
            .detail("duty", &duty.kind);
        if let Some(about) = duty
            .about
            .as_ref()
            .or(duty.recipient.as_ref())
            .or(duty.holding.as_ref())
        {
            act = act.about(about);
        }
        let done = desk.duty(lease, &act, |tx| {
            let id = tx.new_id("dut");
            let new = tx.run(
                RAISE,
                &[
                    id.into(),
                    duty.project.as_str().into(),
                    duty.kind.as_str().into(),
                    duty.clause.as_str().into(),
                    duty.holding.as_deref().into(),
                    duty.recipient.as_deref().into(),
                    duty.about.as_deref().into(),
                    duty.mark.as_str().into(),
                    duty.due.into(),
                    Value::from(visit.at),
                ],
            )?;
            if new == 0 {
                return Ok(None);
            }
            if duty.kind == "vendor-overdue"
                && let Some(recipient) = &duty.recipient
            {
                sharing::recipients::shut(
                    tx,
                    recipient,
                    "it has not confirmed a deletion by the agreed day",
                )?;
            }
            Ok(Some(()))
        })?;
        raised.extend(done.map(|()| duty));
    }
    let mut settled = Vec::new();
    for (id, clause, project, mark) in over {
        let act = visit
            .act(Verb::Duty)
            .project(project)
            .cite(clause)
            .detail("settled", "yes")
            .about(&id);
        let done = desk.duty(lease, &act, |tx| {
            let over = tx.run(
                SETTLE,
                &[
                    id.as_str().into(),
                    visit.at.into(),
                    visit.who.to_string().into(),
                ],
            )?;
            Ok((over > 0).then_some(()))
        })?;
        settled.extend(done.map(|()| mark));
    }
    Ok((raised, settled))
}

/// What stands to be done as of a day.
fn wanted(desk: &Desk, rd: &dyn Rows, on: Date) -> Outcome<Vec<Duty>> {
    let mut out = vendors(desk, rd, on)?;
    let soon = on.saturating_add(Span::new().days(AHEAD));
    for row in rd.rows(REVIEWS, &[])? {
        let (id, until) = (row.text("id")?, row.date("review_until")?);
        if until <= soon {
            let clause = sharing::recipients::review_clause(desk, &row.text("class")?);
            out.push(
                duty(
                    "review-recipient",
                    &format!("{id} {until}"),
                    "",
                    &clause,
                    until,
                )
                .recipient(&id),
            );
        }
    }
    for row in rd.rows(REQUESTS, &[])? {
        let (id, due) = (row.text("id")?, row.date("latest")?);
        if due < on {
            let mut late = duty(
                "answer-request",
                &id,
                &row.text("project")?,
                "UK GDPR Art 12(3)",
                due,
            );
            (late.holding, late.about) = (row.maybe_text("holding")?, Some(id));
            out.push(late);
        }
    }
    for published in desk.shelf().all() {
        let notice = &published.notice;
        let project = &notice.reference;
        for (rule, keep) in notice.keeps() {
            let Some(every) = keep.review_every else {
                continue;
            };
            let about = about_keep(&notice.name, rule.id.as_str());
            let looked = rd
                .one(LOOKED, &[about.as_str().into()])?
                .map_or(Ok(None), |row| row.maybe_time("at"))?;
            let since = rd
                .one(LIST_SINCE, &[notice.name.as_str().into()])?
                .map_or(Ok(None), |row| row.maybe_time("since"))?;
            let Some(since) = since else { continue };
            let due = after(
                law::clock::day(looked.map_or(since, |l| l.max(since))),
                Some(every),
            );
            if due <= on {
                let mut look = duty(
                    "review-keep",
                    &format!("{about} {due}"),
                    project,
                    rule.id.as_str(),
                    due,
                );
                look.about = Some(notice.name.clone());
                out.push(look);
            }
        }
        let events = standing::events(rd, project)?;
        let plans = milestones::planned(rd, project)?;
        for (rule, event) in notice.events() {
            let names = milestones::names(notice, &event.name);
            let planned = names
                .iter()
                .find_map(|n| plans.get(n).copied())
                .or_else(|| milestones::planned_in(notice, &event.name));
            if let Some(day) = planned.filter(|day| *day < on)
                && standing::happened(notice, &events, &event.name).is_none()
            {
                let mut slipped = duty(
                    "update-notice",
                    &format!("{} {} {day}", notice.name, event.name),
                    project,
                    rule.id.as_str(),
                    day,
                );
                slipped.about = Some(event.name.clone());
                out.push(slipped);
            }
        }
        for status in crate::keeping::minimise::of_notice(rd, &published, on)? {
            if let Some(due) = status.due.filter(|_| !status.left.is_empty()) {
                let mark = format!("{} {} {due}", notice.name, status.clause);
                let mut less = duty("minimise", &mark, project, &status.clause, due);
                less.about = Some(notice.name.clone());
                out.push(less);
            }
        }
    }
    for measure in protecting::assessments::measures(desk, rd, on)? {
        if let Some(due) = measure
            .due
            .filter(|due| *due <= soon && measure.what == "review")
        {
            out.push(duty(
                "review-protection",
                &format!("{} {due}", measure.project),
                &measure.project,
                &measure.clause,
                due,
            ));
        }
    }
    Ok(out)
}

/// Vendors are reminded two days before the end; from the day after it on, they are late.
fn vendors(desk: &Desk, rd: &dyn Rows, on: Date) -> Result<Vec<Duty>, Fault> {
    let mut out = Vec::new();
    for job in sharing::job::open_jobs(desk, rd)? {
        let Some(by) = job.delete_by else { continue };
        let clause = job
            .clause
            .clone()
            .unwrap_or_else(|| "UK GDPR Art 28(3)(g)".to_owned());
        let kinds = [
            (
                "remind-vendor",
                by.saturating_sub(Span::new().days(2)) <= on,
            ),
            ("vendor-overdue", by < on),
        ];
        for (kind, _) in kinds.into_iter().filter(|(_, now)| *now) {
            let mut one = duty(kind, &job.id, &job.project, &clause, by).recipient(&job.recipient);
            one.about = Some(job.id.clone());
            out.push(one);
        }
    }
    Ok(out)
}

fn about_keep(notice: &str, clause: &str) -> String {
    format!("{notice} {clause}")
}

fn duty(kind: &str, thing: &str, project: &str, clause: &str, due: Date) -> Duty {
    Duty {
        mark: format!("{kind} {thing}"),
        kind: kind.to_owned(),
        project: project.to_owned(),
        clause: clause.to_owned(),
        holding: None,
        recipient: None,
        about: None,
        due: Some(due),
        raised_at: None,
    }
}

impl Duty {
    fn recipient(mut self, id: &str) -> Duty {
        self.recipient = Some(id.to_owned());
        self
    }
}
