//! "Access is controlled for the duration of the study": when the project has ended, researchers' access has ended with it.
//!
//! Whoever keeps the notice's remaining promises (the project lead and the data protection officer) still gets in, for the
//! purposes the notice leaves open. Who was given access to what, and until when, is a list; entries end with their project.

use crate::keeping::clock::after;
use crate::keeping::milestones;
use crate::rows::Rows;
use crate::standing;
use crate::stop::{Outcome, Refused};
use crate::visit::{Role, Visit};
use crate::{Desk, Fault};
use jiff::Timestamp;
use jiff::civil::Date;
use notice::model::{Notice, Rule};
use store::{Actor, Lease, Verb};
use vault::Tx;

store::statements! {
    /// Somebody is given access.
    GIVE = "insert into access (id, staff, project, since, until, given_by) values ($1, $2, $3, $4, $5, $6)";
    /// Who has, and who had.
    LIST = "select id, staff, project, since, until, ended_at from access where project = $1 order by since, id";
    /// Projects somebody has access to.
    OPEN = "select distinct a.project from access a join staff s on s.id = a.staff where a.ended_at is null and s.role = 'researcher' order by a.project";
    /// It ends.
    END = "update access set ended_at = $2 where id = $1 and ended_at is null";
    /// It ends for every researcher of a project.
    END_ALL = "update access set ended_at = $2 where project = $1 and ended_at is null
        and staff in (select id from staff where role = 'researcher')";
}

/// A member of staff's access to a project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// Its id.
    pub id: String,
    /// Who: an id.
    pub staff: String,
    /// The project's reference.
    pub project: String,
    /// Since when.
    pub since: Timestamp,
    /// The last day: given with it, or the day the project ended by the notice.
    pub until: Option<Date>,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
}

/// Goes on if this member of staff still has access to this person's project today.
///
/// # Errors
/// Refused for a researcher once the event has happened at which the notice says access ends, and once theirs was taken away.
pub fn open(tx: &Tx<'_, '_>, visit: &Visit, holding: &str, notice: &Notice) -> Outcome<()> {
    if visit.role != Some(Role::Researcher) {
        return Ok(());
    }
    let project = tx.holding(holding)?.project;
    match ended(&**tx, notice, &project)? {
        Some((rule, day)) if day < visit.today() => Err(Refused::new(
            "access to this project has ended with the project",
        )
        .clause(rule)
        .help("ask the project lead; what is left to do with these data is theirs")
        .into()),
        _ if taken_away(tx, visit, &project)? => Err(Refused::new(
            "your access to this project has been taken away",
        )
        .law(
            "UK GDPR Art 32(1)",
            "access is given only to those whose work needs it",
        )
        .help("ask the project lead, if you still need it")
        .into()),
        _ => Ok(()),
    }
}

/// Whether somebody had access to a project and has none any more: it was ended, or its last day is over.
fn taken_away(tx: &Tx<'_, '_>, visit: &Visit, project: &str) -> Outcome<bool> {
    let Actor::Staff(me) = &visit.who else {
        return Ok(false);
    };
    let (mut had, mut has) = (false, false);
    for row in tx.rows(LIST, &[project.into()])? {
        if row.text("staff")? != *me {
            continue;
        }
        had = true;
        let over = row
            .maybe_date("until")?
            .is_some_and(|day| day < visit.today());
        has |= row.maybe_time("ended_at")?.is_none() && !over;
    }
    Ok(had && !has)
}

/// Gives a member of staff access to a project, until a day or until the project ends. Returns the grant's id.
///
/// # Errors
/// Refused for anybody but the lead and the officer, and once the project has ended.
pub fn give(
    desk: &Desk,
    visit: &Visit,
    staff: &str,
    project: &str,
    until: Option<Date>,
) -> Outcome<String> {
    let act = visit.act(Verb::Grant).project(project).about(staff);
    desk.act(&act, |tx| {
        visit.only(&[Role::Lead, Role::Dpo], "giving access to a project")?;
        tx.cite("UK GDPR Art 32(1)");
        for published in milestones::of_project(desk, project)? {
            for (rule, _) in published
                .notice
                .protects()
                .filter(|(_, p)| p.what == "access")
            {
                tx.cite(rule.id.as_str());
            }
            if let Some((rule, _)) =
                ended(&**tx, &published.notice, project)?.filter(|(_, day)| *day < visit.today())
            {
                return Err(
                    Refused::new("access to this project has ended with the project")
                        .clause(rule)
                        .into(),
                );
            }
        }
        let id = tx.new_id("acc");
        let values = [
            id.as_str().into(),
            staff.into(),
            project.into(),
            visit.at.into(),
            until.into(),
            visit.who.to_string().into(),
        ];
        tx.run(GIVE, &values)?;
        Ok(id)
    })
}

/// Takes a member of staff's access to a project away.
///
/// # Errors
/// Refused for anybody but the lead and the officer, and when it has ended already.
pub fn end(desk: &Desk, visit: &Visit, grant: &str) -> Outcome<()> {
    let act = visit
        .act(Verb::Grant)
        .about(grant)
        .cite("UK GDPR Art 32(1)")
        .detail("ended", "yes");
    desk.act(&act, |tx| {
        visit.only(&[Role::Lead, Role::Dpo], "taking access away")?;
        if tx.run(END, &[grant.into(), visit.at.into()])? == 0 {
            return Err(Refused::new("this access has ended already")
                .law("UK GDPR Art 32(1)", "access ends once")
                .into());
        }
        Ok(())
    })
}

/// Who has access to a project and who had; the last day is the one given, or the one on which the project ended.
///
/// # Errors
/// Refused for a project no notice speaks for.
pub fn grants(desk: &Desk, project: &str) -> Outcome<Vec<Grant>> {
    let notices = milestones::of_project(desk, project)?;
    desk.vault().store().look(|rd| {
        let mut last = None;
        for published in &notices {
            let day = ended(rd, &published.notice, project)?.map(|(_, day)| day);
            last = [last, day].into_iter().flatten().min();
        }
        let rows = rd.rows(LIST, &[project.into()])?;
        rows.iter()
            .map(|row| {
                Ok(Grant {
                    id: row.text("id")?,
                    staff: row.text("staff")?,
                    project: row.text("project")?,
                    since: row.time("since")?,
                    until: [row.maybe_date("until")?, last].into_iter().flatten().min(),
                    ended_at: row.maybe_time("ended_at")?,
                })
            })
            .collect()
    })
}

/// Ends the researchers' access to projects that are over.
pub(crate) fn end_due(desk: &Desk, visit: &Visit, lease: &Lease) -> Outcome<()> {
    let projects = desk.vault().store().look(|rd| {
        let mut over = Vec::new();
        for row in rd.rows(OPEN, &[])? {
            let project = row.text("project")?;
            for published in desk.shelf().of_project(&project) {
                if let Some((rule, _)) =
                    ended(rd, &published.notice, &project)?.filter(|(_, day)| *day < visit.today())
                {
                    over.push((project.clone(), rule.id.to_string()));
                    break;
                }
            }
        }
        Ok::<_, crate::Stop>(over)
    })?;
    for (project, clause) in projects {
        let act = visit
            .act(Verb::Grant)
            .project(&project)
            .cite(clause)
            .detail("ended", "yes");
        desk.duty(lease, &act, |tx| {
            let ended = tx.run(END_ALL, &[project.as_str().into(), visit.at.into()])?;
            Ok((ended > 0).then_some(()))
        })?;
    }
    Ok(())
}

/// The last day of access by the notice, once its event has happened, and the clause that says so.
fn ended<'n>(
    rd: &dyn Rows,
    notice: &'n Notice,
    project: &str,
) -> Result<Option<(&'n Rule, Date)>, Fault> {
    let events = standing::events(rd, project)?;
    Ok(notice
        .protects()
        .filter(|(_, p)| p.what == "access")
        .find_map(|(rule, protect)| {
            let until = protect.until.as_ref()?;
            let day = standing::happened(notice, &events, &until.event)?;
            Some((rule, after(day, until.plus)))
        }))
}
