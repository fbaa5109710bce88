//! What people asked for in four years, and what they heard.

use super::cast::{Cast, nth};
use super::story::Diary;
use jiff::civil::date;

/// Requests, mails and complaints; the last of them still open when the story ends.
pub(super) fn asked(diary: &mut Diary, cast: &Cast) {
    let (k, p, s) = (
        |at| nth(&cast.kinship, at),
        |at| nth(&cast.people, at),
        |at| nth(&cast.stakeholders, at),
    );
    for (day, line) in [
        (
            date(2026, 5, 11),
            format!("{} objects to communicate", s(11)),
        ),
        (
            date(2026, 5, 12),
            format!("lead contacts {} for communicate -> refused", s(11)),
        ),
        (
            date(2026, 5, 20),
            format!(
                "dpo upholds the objection of {} because \"your reasons weigh more than ours\"",
                s(11)
            ),
        ),
        (
            date(2026, 10, 5),
            format!("dpo files the mail of {} as it seems", s(1)),
        ),
        (
            date(2026, 10, 22),
            format!(
                "dpo grants rectify to {} because \"the title was wrong\"",
                s(5)
            ),
        ),
        (
            date(2026, 12, 10),
            format!(
                "dpo grants restrict to {} because \"we used nothing until the title was put right\"",
                s(6)
            ),
        ),
        (
            date(2026, 12, 15),
            format!("dpo grants portability to {} because \"here it is\"", s(8)),
        ),
        (
            date(2026, 10, 2),
            format!(
                "{} writes to dpo@theevidencequarter.com \"Question\" \"What does #3032 do with my answers?\"",
                s(1)
            ),
        ),
        (date(2026, 10, 19), format!("{} asks for rectify", s(5))),
        (
            date(2026, 10, 22),
            format!("dpo corrects the job-title of {}", s(5)),
        ),
        (date(2026, 11, 2), format!("{} asks for erase", p(13))),
        (
            date(2026, 11, 9),
            format!("dpo grants the erasure of {}", p(13)),
        ),
        (
            date(2026, 11, 10),
            format!(
                "{} complains \"Nobody rang me back about the interview.\"",
                k(6)
            ),
        ),
        (
            date(2026, 11, 13),
            format!("dpo acknowledges the complaint of {}", k(6)),
        ),
        (date(2026, 11, 30), format!("{} asks for access", s(0))),
        (
            date(2026, 12, 1),
            format!("{} asks for restrict because inaccurate", s(6)),
        ),
        (
            date(2026, 12, 2),
            format!(
                "researcher reads {}.job-title for understand -> refused: restrict",
                s(6)
            ),
        ),
        (
            date(2026, 12, 8),
            format!("dpo prepares the copy for {}", s(0)),
        ),
        (date(2026, 12, 9), format!("dpo sends the copy to {}", s(0))),
        (
            date(2026, 12, 10),
            format!(
                "dpo lifts the restriction of {} because \"the title was put right\"",
                s(6)
            ),
        ),
        (date(2026, 12, 11), format!("{} asks for portability", s(8))),
        (
            date(2026, 12, 15),
            format!("dpo exports the data of {} as json", s(8)),
        ),
        (
            date(2026, 11, 24),
            format!(
                "dpo closes the complaint of {} because \"we rang back and said sorry\"",
                k(6)
            ),
        ),
        (
            date(2027, 1, 7),
            format!(
                "{} writes to dpo@whatworks-csc.org.uk \"hello\" \"Can you tell me what you have got on me? This is about #3032.\"",
                p(8)
            ),
        ),
        (
            date(2027, 1, 8),
            format!("{} complains \"Your reply was hard to follow.\"", s(9)),
        ),
        (date(2027, 1, 11), format!("{} asks for access", p(5))),
        (date(2027, 1, 14), format!("{} asks for erase", s(10))),
    ] {
        diary.on(day, line);
    }
}
