//! *Anonymous* is looked up, not claimed: nothing that is held leads from an answer to whoever gave it.
//!
//! An answer carries its day and no hour. Rows lie in the order they came, and acts have their exact moment, so the first answer of a
//! day could be laid beside its first act; therefore answers of days that are over are filed anew in the order of their random ids,
//! and results show only such days.

use super::draft::Survey;
use crate::stop::Outcome;
use crate::visit::Visit;
use crate::{Desk, Fault};
use jiff::civil::Date;
use store::{Filter, Lease, Verb};

store::statements! {
    /// Own links to surveys of people of a notice; there are none where the survey is anonymous.
    OWN_LINKS = "select count(*) as n from link l join holding h on h.id = l.about where l.kind = 'survey' and h.notice = $1";
    /// Links that name this survey.
    LINKS = "select count(*) as n from link where about = $1";
    /// Answers that were begun, of somebody.
    THEIR_DRAFTS = "select count(*) as n from paper where about = $1 and holding is not null";
    /// Values that would join a person to it.
    JOINED = "select count(*) as n from survey_answer where survey = $1";
    DAYS = "select answered_on, filed from answer where project = $1 and survey = $2";
    /// Surveys with answers of past days that lie as they came.
    TO_FILE = "select distinct project, survey from answer where filed is null and answered_on < $1 order by project, survey";
    AS_THEY_CAME = "select id, sealed, answered_on, version, undo from answer
        where project = $1 and survey = $2 and filed is null and answered_on < $3 order by id";
    TAKE_OUT = "delete from answer where id = $1 and filed is null";
    FILE = "insert into answer (id, project, survey, sealed, answered_on, version, undo, filed) values ($1, $2, $3, $4, $5, $6, $7, 1)";
}

/// One thing that must hold for a survey to be anonymous.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// What must hold.
    pub what: &'static str,
    /// Whether it does, as looked up just now.
    pub holds: bool,
    /// What was found.
    pub found: String,
}

/// Looks up, for one survey, whether anything leads from an answer to a person.
///
/// # Errors
/// A fault of ours.
pub fn checks(desk: &Desk, survey: &Survey, today: Date) -> Outcome<Vec<Check>> {
    let count = |sql, by: &str| -> Outcome<u64> {
        let row = desk.vault().store().ask(sql, &[by.into()])?;
        Ok(row.map_or(Ok(0), |row| row.count("n"))?)
    };
    let mut found = Vec::new();
    let links = count(LINKS, &survey.id)?;
    found.push(Check {
        what: "There is one link for everybody, and none that is somebody’s own.",
        holds: links == 0,
        found: format!("{links} links of one’s own to it"),
    });
    let joined = count(JOINED, &survey.id)?;
    found.push(Check {
        what: "No answer is joined to a person.",
        holds: joined == 0,
        found: format!("{joined} rows join an answer to a person"),
    });
    let drafts = count(THEIR_DRAFTS, &survey.id)?;
    found.push(Check {
        what: "Answers that were begun and not sent are nobody’s either.",
        holds: drafts == 0,
        found: format!("{drafts} of them belong to somebody"),
    });
    let filter = Filter {
        project: survey.project.clone(),
        verb: Verb::Collect.word().to_owned(),
        ..Filter::default()
    };
    let entries = desk.vault().store().entries(&filter)?;
    let acts: Vec<_> = entries
        .iter()
        .filter(|kept| kept.entry.detail.get("survey") == Some(&survey.name))
        .collect();
    let pointing = acts
        .iter()
        .filter(|kept| kept.entry.who != "public" || kept.entry.about.is_some())
        .count();
    found.push(Check {
        what: "What is on record of an answer says nobody did it, and names nobody.",
        holds: pointing == 0,
        found: format!(
            "{} acts on record, {pointing} of which name somebody",
            acts.len()
        ),
    });
    let by = [survey.project.as_str().into(), survey.name.as_str().into()];
    let (mut odd, mut lying, mut all) = (0, 0, 0);
    desk.vault().store().look(|rd| {
        for row in rd.rows(DAYS, &by)? {
            all += 1;
            match row.date("answered_on") {
                Ok(day) => lying += u64::from(day < today && row.maybe_int("filed")?.is_none()),
                Err(_) => odd += 1,
            }
        }
        Ok::<_, Fault>(())
    })?;
    found.push(Check {
        what: "Each answer has its day, and no hour.",
        holds: odd == 0,
        found: format!("{all} answers, {odd} with anything but a day"),
    });
    found.push(Check {
        what: "Answers of days that are over do not lie in the order in which they came.",
        holds: lying == 0,
        found: if lying == 0 {
            "all of them are filed by random numbers".to_owned()
        } else {
            format!("{lying} wait for the sweep, which files them anew")
        },
    });
    Ok(found)
}

/// Files the answers of days that are over in the order of their random ids. Returns how many.
///
/// # Errors
/// A fault of ours.
pub(crate) fn shuffle(desk: &Desk, machine: &Visit, lease: &Lease) -> Outcome<u64> {
    let today = machine.today();
    let surveys: Vec<(String, String)> = desk.vault().store().look::<_, Fault>(|rd| {
        rd.rows(TO_FILE, &[today.into()])?
            .iter()
            .map(|row| Ok((row.text("project")?, row.text("survey")?)))
            .collect()
    })?;
    let mut filed = 0;
    for (project, survey) in &surveys {
        let act = machine
            .act(Verb::Minimise)
            .project(project.as_str())
            .detail("survey", survey.as_str())
            .cite("UK GDPR Art 11(1)")
            .cite("UK GDPR Art 5(1)(c)");
        let done = desk.duty(lease, &act, |tx| {
            let by = [
                project.as_str().into(),
                survey.as_str().into(),
                today.into(),
            ];
            let rows = tx.rows(AS_THEY_CAME, &by)?;
            for row in &rows {
                tx.run(TAKE_OUT, &[row.text("id")?.into()])?;
            }
            for row in &rows {
                tx.run(
                    FILE,
                    &[
                        row.text("id")?.into(),
                        project.as_str().into(),
                        survey.as_str().into(),
                        row.bytes("sealed")?.into(),
                        row.text("answered_on")?.into(),
                        row.value("version")?.clone(),
                        row.value("undo")?.clone(),
                    ],
                )?;
            }
            Ok((!rows.is_empty()).then_some(rows.len() as u64))
        })?;
        filed += done.unwrap_or_default();
    }
    Ok(filed)
}
