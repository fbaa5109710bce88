//! Each promise has a verdict, each verdict says what was looked at, and what people do changes it.
#![expect(clippy::unwrap_used, reason = "a test stops at what it did not expect")]

mod common;

use common::*;
use desk::promises::{self, Verdict};
use desk::rights::{self, Asked, NewRequest};
use desk::{Desk, changes, complaints, protecting};
use jiff::civil::date;
use law::Right;

fn verdict(desk: &Desk, notice: &str, clause: &str, day: &str) -> (Verdict, String) {
    let kept = promises::clause(desk, notice, clause, at(day)).unwrap();
    (kept.verdict, kept.why)
}

#[test]
fn a_new_desk_breaks_nothing_and_says_what_it_looked_at() {
    let desk = desk();
    for notice in [PEOPLE, STAKEHOLDERS, KINSHIP] {
        let all = promises::verdicts(&desk, notice, at("2026-10-01")).unwrap();
        let published = desk.notice(notice).unwrap();
        assert_eq!(all.len(), published.notice.rules().count());
        for kept in &all {
            assert_ne!(
                kept.verdict,
                Verdict::Broken,
                "{}: {}",
                kept.clause,
                kept.why
            );
            assert_ne!(kept.verdict, Verdict::Due, "{}: {}", kept.clause, kept.why);
            assert!(
                kept.why.len() > 20 && !kept.words.is_empty() && !kept.sentence.is_empty(),
                "{kept:?}"
            );
        }
        assert!(
            all.iter()
                .any(|k| k.done > 0 && k.evidence.iter().all(|e| e.outcome == "done")),
            "the publishing is on record"
        );
    }
    assert_eq!(
        verdict(&desk, PEOPLE, "about/protect/overall", "2026-10-01").0,
        Verdict::Kept
    );
    assert!(promises::clause(&desk, PEOPLE, "nowhere/at/all", at("2026-10-01")).is_err());
}

#[test]
fn a_request_is_due_then_broken_and_one_notice_does_not_answer_for_another() {
    let desk = desk();
    let ada = sign_up(
        &desk,
        "2026-10-01",
        STAKEHOLDERS,
        &[("name", "Ada Brook"), ("email", "ada@example.org")],
    );
    let new = NewRequest {
        project: "#3032",
        holding: Some(&ada),
        kinds: vec![Asked::to(Right::Access)],
        received: date(2026, 10, 2),
        channel: "email",
        words: None,
    };
    rights::open(&desk, &lead("2026-10-02"), &new).unwrap();
    let clause = "your-rights/right/access";
    assert_eq!(
        verdict(&desk, STAKEHOLDERS, clause, "2026-10-03").0,
        Verdict::Due
    );
    assert_eq!(
        verdict(&desk, PEOPLE, clause, "2026-10-03").0,
        Verdict::Kept
    );
    assert_eq!(
        verdict(&desk, STAKEHOLDERS, clause, "2026-12-03").0,
        Verdict::Broken
    );
    let (theirs, others) = (
        promises::clause(&desk, STAKEHOLDERS, clause, at("2026-10-03")).unwrap(),
        promises::clause(&desk, PEOPLE, clause, at("2026-10-03")).unwrap(),
    );
    assert_eq!((theirs.done, others.done), (1, 0));
    rights::copy::sent(&desk, &dpo("2026-10-20"), &ada).unwrap();
    assert_eq!(
        verdict(&desk, STAKEHOLDERS, clause, "2026-12-03").0,
        Verdict::Kept
    );
}

#[test]
fn reviews_complaints_and_untold_people_come_due() {
    let desk = desk();
    assert_eq!(
        verdict(
            &desk,
            PEOPLE,
            "how-safe/protect/assessment-of-project",
            "2026-10-01"
        )
        .0,
        Verdict::CannotTell
    );
    protecting::assessments::assess(&desk, &dpo("2026-10-01"), "#3032", "acceptable").unwrap();
    assert_eq!(
        verdict(
            &desk,
            PEOPLE,
            "how-safe/protect/assessment-of-project",
            "2026-10-01"
        )
        .0,
        Verdict::Kept
    );
    protecting::assessments::review(&desk, &dpo("2026-10-01"), "#3035", "adequate").unwrap();
    assert_eq!(
        verdict(&desk, KINSHIP, "how-safe/protect/review", "2027-09-01").0,
        Verdict::Kept
    );
    assert_eq!(
        verdict(&desk, KINSHIP, "how-safe/protect/review", "2027-11-01").0,
        Verdict::Broken
    );

    let eli = sign_up(
        &desk,
        "2026-10-01",
        KINSHIP,
        &[("name", "Eli North"), ("email", "eli@example.org")],
    );
    let new = complaints::NewComplaint {
        project: "#3035",
        holding: Some(&eli),
        received: date(2026, 11, 25),
        channel: "email",
        words: None,
    };
    let id = complaints::open(&desk, &lead("2026-11-25"), &new).unwrap();
    assert_eq!(
        verdict(&desk, KINSHIP, "complain/complaint/us", "2026-11-26").0,
        Verdict::Due
    );
    assert_eq!(
        verdict(&desk, KINSHIP, "complain/complaint/us", "2027-01-26").0,
        Verdict::Broken
    );
    complaints::acknowledge(&desk, &dpo("2026-11-27"), &id).unwrap();
    assert_eq!(
        verdict(&desk, KINSHIP, "complain/complaint/us", "2027-01-26").0,
        Verdict::Kept
    );

    let third = text(KINSHIP)
        .replace("version 2 dated 2026-09-01 language", "version 3 dated 2026-12-01 language")
        .replace("protect minimum  # PR-46", "protect minimum  # PR-46\nshare role with any university as processor for understand; review every 1 year")
        .replace("version 2 2026-09-01\n", "version 3 2026-12-01 \"A university helps us\"; notify affected by email\nversion 2 2026-09-01\n");
    changes::publish(&desk, &dpo("2026-12-01"), &third).unwrap();
    assert_eq!(
        verdict(&desk, KINSHIP, "changes/change/material", "2026-12-02").0,
        Verdict::Due
    );
    assert_eq!(
        verdict(&desk, KINSHIP, "changes/change/material", "2027-02-02").0,
        Verdict::Broken
    );
    changes::tell_all(&desk, &lead("2026-12-05"), KINSHIP, 3, "email").unwrap();
    assert_eq!(
        verdict(&desk, KINSHIP, "changes/change/material", "2027-02-02").0,
        Verdict::Kept
    );
    let audit = promises::verify(&desk, &dpo("2026-12-06")).unwrap();
    assert!(audit.verifies());
    assert!(
        verdict(&desk, KINSHIP, "how-safe/protect/sealed", "2026-12-06")
            .1
            .contains("found whole")
    );
}
