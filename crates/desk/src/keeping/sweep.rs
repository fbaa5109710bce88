//! Whatever is due goes, without anybody having to think of it; whatever stays although it is due says what keeps it.
//!
//! One server of a house sweeps at a time, and each thing is looked at again in the transaction in which it goes: so each is
//! done once, whoever stops or takes over meanwhile. After a sweep at a time nothing that was due by then can be read, unless something is recorded that holds it.

use crate::keeping::clock::{self, Fate, Thing};
use crate::keeping::{erasure, raise};
use crate::rows::Rows;
use crate::stop::{Fault, Outcome};
use crate::visit::{Role, Visit};
use crate::{Desk, pseudonym, standing};
use jiff::civil::Date;
use policy::{Deed, statutory};
use std::collections::{BTreeMap, BTreeSet};
use store::{Actor, Lease, Verb};

store::statements! {
    /// Everybody who is not erased.
    LIVING = "select id from holding where erased_at is null order by opened_at, id";
    /// Who is in a file and not erased.
    IN_FILE = "select p.holding from blob_person p join holding h on h.id = p.holding where p.blob = $1 and h.erased_at is null order by p.holding";
    /// Files of several people, all of whom are gone.
    ORPHANS = "select b.id, b.project, b.kind, b.notice, min(p.holding) as holding from blob b join blob_person p on p.blob = b.id
        where b.erased_at is null and not exists (select 1 from blob_person q join holding h on h.id = q.holding
        where q.blob = b.id and h.erased_at is null) group by b.id, b.project, b.kind, b.notice";
    /// What was put off.
    DEFERRED = "select id, clause, holding, about from duty where kind = 'deferred-erasure' and done_at is null order by raised_at, id";
    /// Done at last.
    SETTLE = "update duty set done_at = $2, outcome = 'done', by_whom = $3 where id = $1 and done_at is null";
    /// A late confirmation, and the like, of somebody who is gone.
    MOOT = "update duty set done_at = $2, outcome = 'erased', by_whom = $3 where holding = $1 and done_at is null";
}

/// Something of a person whose time is up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// The clause by which it goes.
    pub clause: String,
    /// The notice version that judges.
    pub notice: String,
    /// Whose.
    pub holding: String,
    /// What staff call them.
    pub pseudonym: String,
    /// The items.
    pub what: BTreeSet<String>,
    /// The last day it could be kept.
    pub due: Date,
    /// What becomes of it.
    pub action: clock::Action,
    /// What keeps it all the same.
    pub held_by: Option<String>,
}

/// What a sweep did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Swept {
    /// What went.
    pub done: Vec<Due>,
    /// What was due and stays, because something holds it.
    pub kept_back: Vec<Due>,
    /// The duties raised.
    pub raised: Vec<raise::Duty>,
    /// The marks of the duties that no longer stand.
    pub settled: Vec<String>,
}

/// What a sweep would do on a day, held things too.
///
/// # Errors
/// A fault of ours.
pub fn due(desk: &Desk, on: Date) -> Outcome<Vec<Due>> {
    desk.vault().store().look(|rd| {
        let mut out = Vec::new();
        for row in rd.rows(LIVING, &[])? {
            let holding = row.text("id")?;
            if let Some(plan) = plan(desk, rd, &holding, on)? {
                out.extend(plan.due);
            }
        }
        Ok(out)
    })
}

/// Does what is due as of the visit's day: erases, finishes what leaving put off, ends access, raises and settles duties.
///
/// # Errors
/// Refused for anybody but the machine, the lead and the officer.
pub fn sweep(desk: &Desk, visit: &Visit) -> Outcome<Swept> {
    if !matches!(visit.who, Actor::System(_)) {
        visit.only(&[Role::Lead, Role::Dpo], "running the sweep")?;
    }
    desk.refresh()?;
    let machine = Visit::system(visit.at, "retention");
    let swept = desk.vault().store().hold(DUTY, |lease| {
        let swept = go(desk, &machine, lease)?;
        lease.finished(visit.at);
        Ok(swept)
    })?;
    swept.unwrap_or_else(|| Err(Fault(ELSEWHERE.to_owned()).into()))
}

/// What the lease of the sweep is called.
pub const DUTY: &str = "sweep";
const ELSEWHERE: &str =
    "another server of this house is sweeping at this moment: look again in a minute";

fn go(desk: &Desk, machine: &Visit, lease: &Lease) -> Outcome<Swept> {
    let on = machine.today();
    let mut swept = Swept::default();
    // What a server that stopped has erased and not confirmed. What cannot be confirmed now stays listed.
    let _ = desk.vault().keep_up(machine.at);
    finish_leaving(desk, machine, lease, &mut swept)?;
    let plans = desk.vault().store().look(|rd| {
        let mut plans = Vec::new();
        for row in rd.rows(LIVING, &[])? {
            plans.extend(plan(desk, rd, &row.text("id")?, on)?);
        }
        Ok::<_, crate::Stop>(plans)
    })?;
    for plan in plans {
        let (held, going): (Vec<Due>, Vec<Due>) =
            plan.due.iter().cloned().partition(|d| d.held_by.is_some());
        swept.kept_back.extend(held);
        if going.is_empty() {
            continue;
        }
        match carry_out(desk, machine, lease, &plan) {
            Ok(Some(gone)) => swept.done.extend(gone),
            Ok(None) => {}
            // What turns out to be held a moment later stays, and is on record as refused.
            Err(crate::Stop::Refused(why)) => {
                swept.kept_back.extend(going.into_iter().map(|d| Due {
                    held_by: Some(why.why.clone()),
                    ..d
                }))
            }
            Err(fault) => return Err(fault),
        }
    }
    orphans(desk, machine, lease)?;
    crate::collect::group::end(desk, machine, lease)?;
    crate::rights::last::give_up(desk, machine, lease)?;
    crate::paper::sweep_papers(desk, machine, lease)?;
    crate::collect::survey::anonymity::shuffle(desk, machine, lease)?;
    crate::protecting::access::end_due(desk, machine, lease)?;
    (swept.raised, swept.settled) = raise::raise(desk, machine, lease)?;
    desk.vault().sweep_uploads(machine.at)?;
    Ok(swept)
}

/// What is to be done about one person.
struct Plan {
    holding: String,
    project: String,
    label: String,
    due: Vec<Due>,
    /// The items of which every value is due and nothing holds them, by clause.
    items: BTreeMap<String, BTreeSet<String>>,
    /// The files, by clause.
    blobs: Vec<(String, String)>,
    /// Whether nothing is left then.
    whole: bool,
}

fn plan(desk: &Desk, rd: &dyn Rows, holding: &str, on: Date) -> Outcome<Option<Plan>> {
    let life = clock::life(desk, rd, holding)?;
    let fates = clock::fates(desk, rd, holding)?;
    let mut plan = Plan {
        holding: holding.to_owned(),
        project: life.holding.project.clone(),
        label: life.published.label(),
        due: Vec::new(),
        items: BTreeMap::new(),
        blobs: Vec::new(),
        whole: false,
    };
    // A value that is due takes its item with it: items are erased whole.
    let items: BTreeSet<&str> = fates
        .iter()
        .filter(|f| f.kind == Thing::Value && f.is_due(on))
        .map(|f| f.item.as_str())
        .collect();
    let mut stays = false;
    for fate in &fates {
        let up = fate.is_due(on) || fate.kind == Thing::Value && items.contains(fate.item.as_str());
        let up = up && (!fate.shared || everybody_due(desk, rd, fate, on)?);
        if !up {
            stays |= !fate.shared;
            continue;
        }
        stays |= fate.held.is_some();
        plan.note(fate, fate.due.unwrap_or(on));
        if fate.held.is_none() {
            match fate.kind {
                Thing::Value => {
                    plan.items
                        .entry(fate.clause.clone())
                        .or_default()
                        .insert(fate.item.clone());
                }
                Thing::Blob => plan.blobs.push((fate.clause.clone(), fate.thing.clone())),
            }
        }
    }
    let over = life.over().filter(|(day, _)| *day < on);
    let listed = life.holding.stage == "directory";
    if fates.iter().all(|f| f.shared) {
        // Nothing of it is theirs alone any more; letters and the bare row go when all time is up.
        let Some((day, clause)) = over else {
            return Ok(plan.some());
        };
        let held_by = life.any_hold().map(str::to_owned);
        plan.whole = held_by.is_none();
        plan.due.push(Due {
            clause,
            notice: plan.label.clone(),
            holding: plan.holding.clone(),
            pseudonym: pseudonym(holding),
            what: BTreeSet::new(),
            due: day,
            action: clock::Action::Erase,
            held_by,
        });
    } else {
        plan.whole = !stays
            && !plan.due.is_empty()
            && life.any_hold().is_none()
            && (listed || over.is_some() || every_value_gone(&fates, on));
    }
    Ok(plan.some())
}

fn every_value_gone(fates: &[Fate], on: Date) -> bool {
    let mut values = fates.iter().filter(|f| f.kind == Thing::Value).peekable();
    values.peek().is_some() && values.all(|f| f.is_due(on))
}

/// A file of several people goes when it is due for all who are still here.
fn everybody_due(desk: &Desk, rd: &dyn Rows, fate: &Fate, on: Date) -> Outcome<bool> {
    for row in rd.rows(IN_FILE, &[fate.thing.as_str().into()])? {
        let theirs = clock::fates(desk, rd, &row.text("holding")?)?;
        if theirs
            .iter()
            .any(|f| f.thing == fate.thing && (!f.is_due(on) || f.held.is_some()))
        {
            return Ok(false);
        }
    }
    Ok(true)
}

impl Plan {
    fn some(self) -> Option<Plan> {
        (!self.due.is_empty()).then_some(self)
    }

    fn note(&mut self, fate: &Fate, day: Date) {
        let same = self
            .due
            .iter_mut()
            .find(|d| d.clause == fate.clause && d.due == day && d.held_by == fate.held);
        match same {
            Some(due) => {
                due.what.insert(fate.item.clone());
            }
            None => self.due.push(Due {
                clause: fate.clause.clone(),
                notice: self.label.clone(),
                holding: self.holding.clone(),
                pseudonym: pseudonym(&self.holding),
                what: BTreeSet::from([fate.item.clone()]),
                due: day,
                action: fate.action,
                held_by: fate.held.clone(),
            }),
        }
    }
}

/// One act for each person and notice: what is due when it is done, which may be less than what was due a moment before.
fn carry_out(desk: &Desk, visit: &Visit, lease: &Lease, seen: &Plan) -> Outcome<Option<Vec<Due>>> {
    let act = visit
        .act(Verb::Erase)
        .project(&seen.project)
        .notice(&seen.label)
        .about(&seen.holding);
    desk.duty(lease, &act, |tx| {
        if tx.holding(&seen.holding)?.erased_at.is_some() {
            return Ok(None);
        }
        let Some(plan) = plan(desk, &**tx, &seen.holding, visit.today())? else {
            return Ok(None);
        };
        let going: Vec<Due> = plan
            .due
            .iter()
            .filter(|d| d.held_by.is_none())
            .cloned()
            .collect();
        if going.is_empty() {
            return Ok(None);
        }
        let mut cites: Vec<&str> = going.iter().map(|d| d.clause.as_str()).collect();
        cites.retain(|clause| !clause.is_empty());
        cites.iter().for_each(|clause| tx.cite(clause));
        let first = cites
            .first()
            .copied()
            .unwrap_or("UK GDPR Art 5(1)(e)")
            .to_owned();
        let permit = |clause: &str| {
            let clause = if clause.is_empty() {
                first.as_str()
            } else {
                clause
            };
            statutory(Deed::Erase, clause, &plan.label, Some(&plan.holding))
        };
        for (clause, blob) in &plan.blobs {
            tx.erase_blob(&permit(clause)?, blob)?;
        }
        if plan.whole {
            tx.erase_holding(&permit(&first)?, &plan.holding)?;
            tx.run(
                MOOT,
                &[
                    plan.holding.as_str().into(),
                    visit.at.into(),
                    visit.who.to_string().into(),
                ],
            )?;
            return Ok(Some(going));
        }
        for (clause, items) in &plan.items {
            // A file under the same name goes along: its item's time is up.
            let items: Vec<&str> = items.iter().map(String::as_str).collect();
            tx.erase_items(&permit(clause)?, &plan.holding, &items)?;
        }
        Ok(Some(going))
    })
}

/// Whoever left during the analysis goes for good when it ends, or when what held their data is lifted.
fn finish_leaving(desk: &Desk, visit: &Visit, lease: &Lease, swept: &mut Swept) -> Outcome<()> {
    let rows = desk.vault().store().look(|rd| {
        let mut ready = Vec::new();
        for row in rd.rows(DEFERRED, &[])? {
            let (holding, about) = (row.text("holding")?, row.text("about")?);
            let life = clock::life(desk, rd, &holding)?;
            let events = standing::events(rd, &life.holding.project)?;
            let came = standing::happened(&life.published.notice, &events, &about)
                .filter(|day| *day <= visit.today());
            let came = if about == "hold" {
                Some(visit.today())
            } else {
                came
            };
            let Some(day) = came.filter(|_| life.holding.erased_at.is_none()) else {
                continue;
            };
            let one = Due {
                clause: row.text("clause")?,
                notice: life.published.label(),
                pseudonym: pseudonym(&holding),
                what: clock::fates(desk, rd, &holding)?
                    .into_iter()
                    .map(|f| f.item)
                    .collect(),
                due: day,
                action: clock::Action::Erase,
                held_by: life.held_by_law().map(str::to_owned),
                holding,
            };
            ready.push((row.text("id")?, one));
        }
        Ok::<_, crate::Stop>(ready)
    })?;
    for (id, one) in rows {
        if one.held_by.is_some() {
            swept.kept_back.push(one);
            continue;
        }
        let act = visit
            .act(Verb::Erase)
            .notice(&one.notice)
            .about(&one.holding)
            .cite(&one.clause);
        let done = desk.duty(lease, &act, |tx| {
            let settled = tx.run(
                SETTLE,
                &[
                    id.as_str().into(),
                    visit.at.into(),
                    visit.who.to_string().into(),
                ],
            )?;
            if settled > 0 && tx.holding(&one.holding)?.erased_at.is_none() {
                erasure::finish_leaving(desk, tx, &one.holding, &one.clause)?;
            }
            Ok((settled > 0).then_some(()))
        })?;
        swept.done.extend(done.map(|()| one));
    }
    Ok(())
}

/// A recording of several people goes with the last of them.
fn orphans(desk: &Desk, visit: &Visit, lease: &Lease) -> Outcome<()> {
    let rows = desk.vault().store().look(|rd| {
        rd.rows(ORPHANS, &[])?
            .iter()
            .map(|row| {
                Ok((
                    row.text("id")?,
                    row.text("project")?,
                    row.text("notice")?,
                    row.text("holding")?,
                ))
            })
            .collect::<Outcome<Vec<_>>>()
    })?;
    for (blob, project, notice, holding) in rows {
        let act = visit
            .act(Verb::Erase)
            .project(project)
            .notice(&notice)
            .about(&blob);
        desk.duty(lease, &act, |tx| {
            let permit = statutory(Deed::Erase, "UK GDPR Art 5(1)(e)", &notice, Some(&holding))?;
            Ok(tx.erase_blob(&permit, &blob)?.then_some(()))
        })?;
    }
    Ok(())
}
