//! Surveys that are out: answered by whoever has the link, taken back by whoever has the code.

use super::{Said, Sentence, so};
use crate::halt::wrong;
use desk::collect::survey::form::{Given, Kind};
use desk::collect::survey::{self, Entry, anonymity, draft};
use law::clock::day;

pub(super) const SENTENCES: &[Sentence] = &[
    (
        "somebody answers the survey of {notice} and keeps the code",
        |w, h| {
            let published = w.notice(h.get("notice"))?;
            let notice = &published.notice.name;
            let out = draft::all_out(&w.desk, notice)?;
            let Some(survey) = out.into_iter().find(|it| it.anonymous) else {
                return Err(wrong("no anonymous survey is out", "one that is"));
            };
            let entry = Entry::Shared(notice.clone(), survey.name.clone());
            let sitting = survey::open(&w.desk, w.now, &entry)?;
            let mut given = Given::new();
            for (_, question) in sitting.survey.form.questions() {
                let said = match &question.kind {
                    Kind::One(choices) | Kind::Any(choices) => {
                        choices.iter().take(1).cloned().collect()
                    }
                    _ => vec!["Support groups close to home would help most.".to_owned()],
                };
                given.insert(question.id.clone(), said);
            }
            let done = survey::submit(&w.desk, w.now, &sitting, &given, true)?;
            w.made.insert(
                "answer's code".to_owned(),
                done.withdraw.unwrap_or_default(),
            );
            Ok(Said::new())
        },
    ),
    ("somebody takes their answer back with the code", |w, _| {
        let code = w.made.get("answer's code").cloned().unwrap_or_default();
        survey::take_back(&w.desk, w.now, &code)?;
        Ok(Said::new())
    }),
    ("expect the survey of {notice} to be anonymous", |w, h| {
        let published = w.notice(h.get("notice"))?;
        let mut failing = Vec::new();
        let mut looked = 0;
        for survey in draft::all_out(&w.desk, &published.notice.name)? {
            for check in anonymity::checks(&w.desk, &survey, day(w.now))? {
                looked += 1;
                if !check.holds {
                    failing.push(format!("{} {}", check.what, check.found));
                }
            }
        }
        so(
            looked > 0 && failing.is_empty(),
            format!("{looked} things looked up: {}", failing.join("; ")),
            "all of them hold",
        )
    }),
];
