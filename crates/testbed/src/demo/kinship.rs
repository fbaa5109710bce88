//! Kinship care, #3035: from the first sign-up to the day two years after the report on which the study's data go.

use super::cast::nth;
use super::story::{Diary, each, later, sign_up};
use jiff::civil::date;

const ALL: &str = "name, email, phone, job-title, workplace, council-borough";
const INVITATION: &str = "We record the interview, and a trusted firm will have it transcribed.";

/// People come, talk, and have their words typed up.
pub(super) fn begins(diary: &mut Diary, who: &[&'static str]) {
    for (at, first) in who.iter().enumerate() {
        let items = if at % 3 == 2 {
            "name, email, job-title, council-borough"
        } else {
            ALL
        };
        sign_up(diary, later(date(2023, 1, 19), at), first, "kinship", items);
    }
    diary.on(date(2023, 2, 1), "lead plans final-report.delivered of #3035 for 2024-06-30 because \"agreed with the funder\"");
    diary.on(
        date(2023, 2, 6),
        "lead refers nobody-asked to kinship from council with name, email -> refused: council",
    );
    let talkers = [0, 1, 2, 3, 4, 5];
    each(diary, date(2023, 2, 7), who, &talkers, |k| {
        format!("lead invites {k} with \"{INVITATION}\"")
    });
    each(diary, date(2023, 2, 9), who, &talkers, |k| {
        format!("{k} consents to take part")
    });
    diary.on(
        date(2023, 2, 10),
        format!("{} declines to take part", nth(who, 8)),
    );
    // Five transcripts come back, are read and approved, and the firm confirms that its copies are gone.
    for (at, firm) in [
        (0, "quillfield"),
        (1, "penhaligon"),
        (2, "quillfield"),
        (5, "penhaligon"),
    ] {
        let (k, day) = (nth(who, at), later(date(2023, 2, 14), at * 2));
        let way = if at % 2 == 0 { "telephone" } else { "online" };
        diary.on(day, format!("researcher interviews {k} by {way}"));
        diary.on(day, format!("researcher records {k}"));
        diary.on(
            later(day, 1),
            format!("lead sends the recording of {k} to {firm}"),
        );
        diary.on(
            later(day, 6),
            format!("{firm} delivers the transcript of {k}"),
        );
        diary.on(
            later(day, 8),
            format!("lead approves the transcript of {k}"),
        );
        diary.on(later(day, 9), format!("{firm} confirms deletion for {k}"));
    }
    // One firm forgets: day seven passes, it gets nothing more, and it confirms three days late.
    let (k, next) = (nth(who, 3), nth(who, 4));
    for (day, line) in [
        (
            date(2023, 2, 27),
            format!("researcher interviews {k} by online"),
        ),
        (date(2023, 2, 27), format!("researcher records {k}")),
        (
            date(2023, 2, 28),
            format!("lead sends the recording of {k} to quillfield"),
        ),
        (
            date(2023, 3, 6),
            format!("quillfield delivers the transcript of {k}"),
        ),
        (
            date(2023, 3, 8),
            format!("lead approves the transcript of {k}"),
        ),
        (
            date(2023, 3, 15),
            format!("researcher interviews {next} by telephone"),
        ),
        (date(2023, 3, 15), format!("researcher records {next}")),
        (
            date(2023, 3, 15),
            format!("lead sends the recording of {next} to quillfield -> refused: blocked"),
        ),
        (
            date(2023, 3, 15),
            format!("lead sends the recording of {next} to penhaligon"),
        ),
        (
            date(2023, 3, 16),
            format!("quillfield confirms deletion for {k}"),
        ),
        (
            date(2023, 3, 22),
            format!("penhaligon delivers the transcript of {next}"),
        ),
        (
            date(2023, 3, 24),
            format!("lead approves the transcript of {next}"),
        ),
        (
            date(2023, 3, 27),
            format!("penhaligon confirms deletion for {next}"),
        ),
    ] {
        diary.on(day, line);
    }
    diary.on(
        date(2023, 4, 3),
        "lead drafts a survey of kinship that offers views",
    );
    diary.on(
        date(2023, 4, 3),
        "lead makes a survey link of kinship for everyone",
    );
    for day in [date(2023, 4, 5), date(2023, 4, 6), date(2023, 4, 11)] {
        diary.on(day, "somebody answers the survey of kinship");
    }
    diary.on(
        date(2023, 7, 10),
        format!("{} objects to invite", nth(who, 7)),
    );
    diary.on(
        date(2023, 7, 12),
        format!(
            "lead contacts {} for invite -> refused: object",
            nth(who, 7)
        ),
    );
    diary.on(
        date(2023, 7, 24),
        format!(
            "dpo upholds the objection of {} because \"we have no stronger reason than yours\"",
            nth(who, 7)
        ),
    );
    diary.on(
        date(2023, 9, 18),
        format!("{} leaves the study", nth(who, 11)),
    );
}

/// The report is late, is handed in, and two years later the study's data are gone; the contact list stays.
pub(super) fn ends(diary: &mut Diary, who: &[&'static str]) {
    diary.on(date(2024, 2, 5), format!("{} asks for access", nth(who, 9)));
    diary.on(
        date(2024, 2, 12),
        format!("dpo prepares the copy for {}", nth(who, 9)),
    );
    diary.on(
        date(2024, 2, 12),
        format!("dpo sends the copy to {}", nth(who, 9)),
    );
    diary.on(date(2024, 5, 20), "lead plans final-report.delivered of #3035 for 2024-12-31 because \"two councils joined late, and their answers matter\"");
    each(diary, date(2024, 11, 4), who, &[0, 1, 2, 3, 4, 5], |k| {
        format!("researcher marks the words of {k} as used")
    });
    diary.on(
        date(2024, 11, 5),
        "researcher checks the job titles of kinship",
    );
    diary.on(date(2024, 11, 15), "lead records use.complete of #3035");
    let listed = [0, 1, 2, 9, 10, 12];
    each(diary, date(2024, 11, 20), who, &listed, |k| {
        format!("lead marks {k} as stakeholder")
    });
    each(diary, date(2024, 11, 20), who, &listed, |k| {
        format!(
            "lead adds {k} to the directory because \"knows the field and offered to help again\""
        )
    });
    diary.on(
        date(2024, 12, 20),
        "lead records final-report.delivered of #3035",
    );
    diary.on(
        date(2025, 2, 11),
        format!(
            "researcher reads {}.email for follow-up -> refused: access",
            nth(who, 0)
        ),
    );
    diary.on(
        date(2025, 2, 11),
        format!("lead reads {}.email for follow-up", nth(who, 0)),
    );
    diary.on(
        date(2025, 6, 3),
        format!("{} opts out of recontact", nth(who, 2)),
    );
    diary.on(date(2025, 11, 18), "lead reviews the directory of kinship");
    diary.on(
        date(2026, 9, 2),
        format!("lead tells {} about kinship version 2", nth(who, 10)),
    );
    diary.on(date(2026, 11, 17), "lead reviews the directory of kinship");
    diary.on(date(2026, 9, 22), format!("lead contacts the directory entry of {} for recontact because \"a new study of special guardianship begins\"", nth(who, 1)));
}
