//! Care leaver emotional wellbeing, #3032: the professionals, and the people who know care from their own lives.

use super::cast::nth;
use super::story::{Diary, each, later, sign_up};
use jiff::civil::date;

const INVITATION: &str = "Would you like to talk with us online? We record the talk.";

/// Social workers and stakeholders: a named survey, a directory, quotes.
pub(super) fn stakeholders(diary: &mut Diary, who: &[&'static str]) {
    diary.on(date(2023, 9, 5), "lead plans final-report.delivered of #3032 for 2025-03-31 because \"the day in the notice had passed before it was published\"");
    diary.on(date(2025, 1, 20), "lead plans final-report.delivered of #3032 for 2027-03-31 because \"care leavers asked for more time to be heard\"");
    for (at, first) in who.iter().enumerate().take(22) {
        let from = match at {
            0..8 => date(2023, 10, 2),
            8..16 => date(2025, 11, 3),
            _ => date(2026, 9, 14),
        };
        let items = if at % 4 == 3 {
            "name, email"
        } else {
            "name, email, job-title, employer, council"
        };
        sign_up(
            diary,
            later(from, (at % 8) * 3),
            first,
            "stakeholders",
            items,
        );
    }
    let known = [0, 1, 4, 5, 8, 9, 10, 12, 16, 17];
    each(diary, date(2026, 9, 28), who, &known, |s| {
        format!("lead marks {s} as stakeholder")
    });
    each(diary, date(2026, 9, 29), who, &known, |s| {
        format!("lead contacts {s} for communicate")
    });
    let taking = [0, 1, 8, 9, 10, 12, 16];
    each(diary, date(2026, 10, 1), who, &taking, |s| {
        format!("{s} consents to take part")
    });
    each(diary, date(2026, 10, 6), who, &taking, |s| {
        format!("{s} answers the survey with survey-freetext")
    });
    diary.on(
        date(2026, 10, 6),
        format!(
            "{} answers the survey with survey-freetext -> refused: agreed",
            nth(who, 17)
        ),
    );
    each(diary, date(2023, 11, 13), who, &[0, 5, 6], |s| {
        format!("lead adds {s} to the directory because \"runs a leaving-care team\"")
    });
    diary.on(
        date(2024, 3, 11),
        format!("{} leaves the study", nth(who, 2)),
    );
    diary.on(
        date(2024, 6, 4),
        format!("lead contacts {} for recontact", nth(who, 4)),
    );
    diary.on(
        date(2024, 6, 5),
        format!("{} opts out of recontact", nth(who, 4)),
    );
    diary.on(
        date(2025, 12, 2),
        format!(
            "lead contacts {} for recontact -> refused: opted out",
            nth(who, 4)
        ),
    );
    diary.on(
        date(2025, 12, 8),
        format!(
            "lead logs correspondence from {} with quotation",
            nth(who, 8)
        ),
    );
    diary.on(
        date(2025, 12, 9),
        format!(
            "lead publishes quote Q1 of {} -> refused: permission",
            nth(who, 8)
        ),
    );
    diary.on(
        date(2025, 12, 11),
        format!("{} gives permission for quote Q1", nth(who, 8)),
    );
    diary.on(
        date(2025, 12, 12),
        format!("lead publishes quote Q1 of {}", nth(who, 8)),
    );
    diary.on(
        date(2026, 10, 7),
        format!(
            "lead shares contact of {} with mcpin for communicate",
            nth(who, 0)
        ),
    );
    diary.on(
        date(2026, 10, 8),
        format!(
            "lead shares contact of {} with northshire for summarise -> refused: summary",
            nth(who, 0)
        ),
    );
    diary.on(
        date(2026, 10, 5),
        format!(
            "lead refers {} to stakeholders from employer with name, email, job-title",
            nth(who, 22)
        ),
    );
    diary.on(
        date(2026, 10, 5),
        format!(
            "lead refers {} to stakeholders from council with name, email",
            nth(who, 23)
        ),
    );
    diary.on(
        date(2026, 10, 20),
        format!("lead tells {} about the notice", nth(who, 22)),
    );
    diary.on(
        date(2026, 10, 27),
        format!("lead tells {} about the notice", nth(who, 23)),
    );
    diary.on(
        date(2026, 12, 30),
        format!(
            "lead refers {} to stakeholders from employer with name, email, job-title",
            nth(who, 24)
        ),
    );
    diary.on(date(2026, 10, 12), format!("lead refers {} to stakeholders from web-scrape with name, email -> refused: web-scrape", nth(who, 25)));
    // Analysis begins; fourteen days later names and places are out of the words.
    diary.on(date(2026, 10, 26), "lead records analysis.start of #3032");
    each(diary, date(2026, 11, 5), who, &taking, |s| {
        format!("researcher redacts survey-freetext of {s}")
    });
    diary.on(
        date(2026, 12, 14),
        "lead builds a summary of stakeholders for council",
    );
}

/// Care-experienced people: online talks, and the most careful handling of all.
pub(super) fn people(diary: &mut Diary, who: &[&'static str]) {
    for (at, first) in who.iter().enumerate().take(14) {
        let items = match at % 3 {
            0 => "name, age, gender, email, phone, council, ethnicity, health",
            1 => "name, age, email, council, looked-after-status",
            _ => "name, email, phone, gender",
        };
        sign_up(
            diary,
            later(date(2026, 2, 2), at * 12),
            first,
            "people",
            items,
        );
    }
    for (at, source) in [(14, "social-worker"), (15, "charity")] {
        diary.on(
            date(2026, 6, 8),
            format!(
                "lead refers {} to people from {source} with name, email",
                nth(who, at)
            ),
        );
        diary.on(
            date(2026, 6, 15),
            format!("lead tells {} about the notice", nth(who, at)),
        );
    }
    diary.on(
        date(2026, 6, 22),
        format!("{} declines to take part", nth(who, 15)),
    );
    let talkers = [0, 1, 2, 3, 4, 5, 6];
    each(diary, date(2026, 7, 6), who, &talkers, |p| {
        format!("lead invites {p} with \"{INVITATION}\"")
    });
    each(diary, date(2026, 7, 10), who, &talkers, |p| {
        format!("{p} consents to take part")
    });
    diary.on(
        date(2026, 7, 14),
        format!(
            "researcher interviews {} by online -> refused: agreed",
            nth(who, 7)
        ),
    );
    diary.on(
        date(2026, 7, 14),
        format!(
            "researcher interviews {} by in-person -> refused: in-person",
            nth(who, 0)
        ),
    );
    for at in talkers {
        let (p, day) = (nth(who, at), later(date(2026, 7, 15), at * 5));
        diary.on(day, format!("researcher interviews {p} by online"));
        diary.on(day, format!("researcher records {p}"));
        diary.on(
            later(day, 7),
            format!("researcher writes down the words of {p}"),
        );
    }
    diary.on(
        date(2026, 9, 30),
        format!(
            "lead shares words of {} with mcpin for understand",
            nth(who, 1)
        ),
    );
    diary.on(
        date(2026, 10, 1),
        format!(
            "lead sends the recording of {} to quillfield -> refused: transcriber",
            nth(who, 6)
        ),
    );
    each(diary, date(2026, 11, 6), who, &[0, 1, 2, 4, 5, 6], |p| {
        format!("researcher redacts interview-answers of {p}")
    });
    each(diary, date(2026, 11, 6), who, &[3], |p| {
        format!("researcher redacts interview-answers of {p}")
    });
    diary.on(
        date(2026, 10, 12),
        format!("{} leaves the study", nth(who, 12)),
    );
    // In the middle of the analysis: how to reach them goes at once, the words stay without a name until it ends.
    diary.on(
        date(2026, 11, 16),
        format!("{} leaves the study", nth(who, 3)),
    );
    diary.on(
        date(2027, 1, 12),
        format!(
            "lead releases a report of people naming {} -> refused: name",
            nth(who, 0)
        ),
    );
}
