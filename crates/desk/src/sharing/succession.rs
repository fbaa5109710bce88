//! Whoever takes over signs first, the notice goes along with the data, and people are told.

use crate::Desk;
use crate::keeping::milestones;
use crate::stop::{Outcome, Refused};
use crate::visit::{Role, Visit};
use store::{Value, Verb};

store::statements! {
    /// The undertaking on record.
    SIGNED = "insert into assessment (id, project, kind, about, outcome, at, by_whom) values ($1, $2, 'succession', $3, $4, $5, $6)";
    /// People are to be told.
    TELL = "insert into duty (id, project, kind, clause, about, mark, raised_at) values ($1, $2, 'tell-succession', $3, $4, $5, $6) on conflict do nothing";
}

/// Hands a project over to a successor. The notices in force stay in force: what is done with the data is judged by them, as before.
///
/// # Errors
/// Refused for anybody but the officer and the lead, without the undertaking the notices ask for, and where a notice says nothing of a successor.
pub fn hand_over(
    desk: &Desk,
    visit: &Visit,
    project: &str,
    to: &str,
    undertaking: bool,
) -> Outcome<()> {
    let act = visit
        .act(Verb::Share)
        .project(project)
        .detail("successor", to);
    desk.act(&act, |tx| {
        visit.only(&[Role::Dpo, Role::Lead], "handing a project over")?;
        for published in milestones::of_project(desk, project)? {
            let Some((rule, succession)) = published.notice.successions().next() else {
                return Err(Refused::new(format!(
                    "the notice `{}` says nothing of a successor",
                    published.notice.name
                ))
                .law(
                    "UK GDPR Art 5(1)(b)",
                    "data go to nobody whom people were not told of",
                )
                .help("publish a version that says so, and tell people first")
                .into());
            };
            tx.cite(rule.id.as_str());
            if succession.undertaking_required && !undertaking {
                return Err(Refused::new(
                    "the successor has not signed the undertaking to keep the notice's promises",
                )
                .clause(rule)
                .help("have the undertaking signed first")
                .into());
            }
            if succession.notify.is_some() {
                let id = tx.new_id("dut");
                let mark = format!("tell-succession {} {to}", published.notice.name);
                let about = published.notice.name.as_str();
                let values = [
                    id.into(),
                    project.into(),
                    rule.id.as_str().into(),
                    about.into(),
                    mark.into(),
                    Value::from(visit.at),
                ];
                tx.run(TELL, &values)?;
            }
        }
        let id = tx.new_id("ass");
        let outcome = if undertaking {
            "undertaking signed"
        } else {
            "no undertaking asked for"
        };
        tx.run(
            SIGNED,
            &[
                id.into(),
                project.into(),
                to.into(),
                outcome.into(),
                visit.at.into(),
                visit.who.to_string().into(),
            ],
        )?;
        Ok(())
    })
}
