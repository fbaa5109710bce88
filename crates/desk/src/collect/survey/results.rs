//! What came of a survey is counts, none so small that it points at somebody, and only of days that are over.

use super::draft::Survey;
use super::form::{Given, said};
use super::{clause, key};
use crate::stop::Outcome;
use crate::uses::summary;
use crate::visit::Visit;
use crate::{Desk, Fault};
use policy::{Deed, statutory};
use store::Verb;

store::statements! {
    OF_PAST_DAYS = "select id, sealed from answer where project = $1 and survey = $2 and version = $3 and answered_on < $4 order by id";
    NOBODYS = "select count(*) as n from answer where project = $1 and survey = $2 and version = $3";
    RESPONSES = "select count(distinct response) as n from survey_answer where survey = $1";
}

/// The counts of a survey.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Results {
    /// How many answers are counted here: of days that are over.
    pub counted: u64,
    /// The smallest count that is shown.
    pub smallest: u64,
    /// Each question with a list to choose from, and how many chose what; nothing where the count is too small to show.
    pub questions: Vec<Counted>,
}

/// A question's counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    /// What was asked.
    pub words: String,
    /// How many answered it.
    pub answered: Option<u64>,
    /// Each choice with its count.
    pub choices: Vec<(String, Option<u64>)>,
}

/// How many answers a version of a survey has, whosever they are.
///
/// # Errors
/// A fault of ours.
pub fn number(desk: &Desk, survey: &Survey) -> Outcome<u64> {
    let row = if survey.anonymous {
        let by = [
            survey.project.as_str().into(),
            survey.name.as_str().into(),
            survey.version.into(),
        ];
        desk.vault().store().ask(NOBODYS, &by)?
    } else {
        desk.vault()
            .store()
            .ask(RESPONSES, &[survey.id.as_str().into()])?
    };
    Ok(row.map_or(Ok(0), |row| row.count("n"))?)
}

/// Counts the answers to an anonymous survey: one act, in which nothing is opened that is anybody's.
///
/// # Errors
/// Refused for anybody but project staff.
pub fn results(desk: &Desk, visit: &Visit, survey: &Survey) -> Outcome<Results> {
    let published = desk.notice(&survey.notice)?;
    let smallest = u64::from(summary::threshold(&published));
    let act = visit
        .act(Verb::Read)
        .project(survey.project.as_str())
        .notice(published.label())
        .detail("survey", survey.name.as_str())
        .detail("of", "counts");
    desk.act(&act, |tx| {
        visit.only_project_staff("looking at what came of a survey")?;
        let rests_on = clause(&published, &survey.name)?;
        let permit = statutory(Deed::Read, rests_on, &published.label(), None)?;
        let by = [
            survey.project.as_str().into(),
            survey.name.as_str().into(),
            survey.version.into(),
            visit.today().into(),
        ];
        let mut all: Vec<Given> = Vec::new();
        for row in tx.rows(OF_PAST_DAYS, &by)? {
            let place = format!("answer/{}/sealed", row.text("id")?);
            let sealed = row.bytes("sealed")?;
            let plain = tx.unseal(
                &permit,
                &key(&survey.project, &survey.name),
                &place,
                &sealed,
            )?;
            all.push(serde_json::from_slice(plain.bytes()).map_err(|e| Fault(e.to_string()))?);
        }
        tx.cite(rests_on);
        let counted = all.len() as u64;
        let enough = counted >= smallest;
        let questions = survey.form.questions().filter_map(|(_, question)| {
            let choices = question.kind.choices();
            if choices.is_empty() {
                return None;
            }
            let answers: Vec<Vec<String>> = all
                .iter()
                .map(|given| said(given, &question.id))
                .filter(|said| !said.is_empty())
                .collect();
            let counts: Vec<u64> = choices
                .iter()
                .map(|choice| answers.iter().filter(|said| said.contains(choice)).count() as u64)
                .collect();
            let (answered, silent) = (answers.len() as u64, counted - answers.len() as u64);
            let small = |count: u64| count > 0 && count < smallest;
            let shown = if enough {
                withheld(&counts, smallest)
            } else {
                vec![None; counts.len()]
            };
            // How many answered would tell a count that is left out alone, and so would how many did not.
            let one = shown.iter().filter(|it| it.is_none()).count() == 1;
            let tells = !enough || one || small(answered) || small(silent);
            Some(Counted {
                words: question.words.clone(),
                answered: Some(answered).filter(|_| !tells),
                choices: choices.into_iter().zip(shown).collect(),
            })
        });
        Ok(Results {
            counted: if enough { counted } else { 0 },
            smallest,
            questions: questions.collect(),
        })
    })
}

/// Counts that are too small are left out; where that is one alone, the next smallest as well, from which it could be told.
fn withheld(counts: &[u64], smallest: u64) -> Vec<Option<u64>> {
    let small = |count: u64| count > 0 && count < smallest;
    let mut shown: Vec<Option<u64>> = counts
        .iter()
        .map(|count| Some(*count).filter(|count| !small(*count)))
        .collect();
    if shown.iter().filter(|it| it.is_none()).count() == 1 {
        let next = shown
            .iter()
            .enumerate()
            .filter_map(|(nth, it)| it.filter(|n| *n > 0).map(|n| (n, nth)))
            .min();
        if let Some(cell) = next.and_then(|(_, nth)| shown.get_mut(nth)) {
            *cell = None;
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::withheld;

    #[test]
    fn a_small_count_is_left_out_with_the_one_that_would_tell_it() {
        assert_eq!(withheld(&[20, 30], 10), [Some(20), Some(30)]);
        assert_eq!(withheld(&[3, 30, 20], 10), [None, Some(30), None]);
        assert_eq!(withheld(&[3, 4, 20], 10), [None, None, Some(20)]);
        assert_eq!(withheld(&[0, 40], 10), [Some(0), Some(40)]);
    }
}
