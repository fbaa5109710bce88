//! What people ask for is answered in time, and what binds at once binds at once.
#![expect(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test stops at what it did not expect"
)]

mod common;

use common::*;
use desk::rights::{self, Asked, NewRequest, copy, decide, export, fee, search};
use desk::{Desk, Stop, complaints, data};
use jiff::civil::date;
use law::Right;
use std::sync::LazyLock;

/// One desk for the tests that need nothing of their own; compiling three notices takes a moment.
static DESK: LazyLock<Desk> = LazyLock::new(desk);

fn why<T: std::fmt::Debug>(outcome: Result<T, Stop>) -> String {
    match outcome {
        Err(Stop::Refused(refused)) => refused.why,
        other => panic!("{other:?}"),
    }
}

fn ask(desk: &Desk, day: &str, project: &str, holding: &str, asked: Asked) -> String {
    let received = day.parse().unwrap();
    let new = NewRequest {
        project,
        holding: Some(holding),
        kinds: vec![asked],
        received,
        channel: "email",
        words: Some("please"),
    };
    rights::open(desk, &lead(day), &new).unwrap()
}

#[test]
fn a_copy_is_due_within_a_month_and_says_everything() {
    let ada = sign_up(
        &DESK,
        "2026-11-25",
        STAKEHOLDERS,
        &[("name", "Ada Brook"), ("email", "ada@example.org")],
    );
    let id = ask(&DESK, "2026-11-26", "#3032", &ada, Asked::to(Right::Access));
    assert_eq!(rights::one(&DESK, &id).unwrap().due, date(2026, 12, 29));
    assert_eq!(
        rights::clock(&DESK, &id).unwrap().target,
        date(2026, 12, 24)
    );
    assert_eq!(
        rights::words(&DESK, &dpo("2026-11-26"), &id)
            .unwrap()
            .unwrap(),
        "please"
    );
    let copy = copy::prepare(&DESK, &dpo("2026-12-01"), &ada).unwrap();
    let text = copy.text();
    for said in [
        "Ada Brook",
        "ada@example.org",
        "legitimate",
        "0303 123 1113",
        "What you can ask for",
        "from you",
    ] {
        assert!(text.contains(said), "{said}: {text}");
    }
    assert!(!copy.purposes.is_empty() && !copy.ends.is_empty() && !copy.recipients.is_empty());
    assert!(!format!("{copy:?}").contains("Brook"));
    // Nothing is erased while she waits to see it.
    let erase = ask(&DESK, "2026-12-02", "#3032", &ada, Asked::to(Right::Erase));
    assert!(matches!(
        decide::decide(
            &DESK,
            &dpo("2026-12-02"),
            &erase,
            Right::Erase,
            true,
            "she asked"
        ),
        Err(Stop::Refused(_))
    ));
    copy::sent(&DESK, &dpo("2026-12-03"), &ada).unwrap();
    let done = decide::decide(
        &DESK,
        &dpo("2026-12-04"),
        &erase,
        Right::Erase,
        true,
        "she asked",
    )
    .unwrap();
    assert!(done.answered && done.reply.contains("gone"));
    assert!(matches!(
        copy::prepare(&DESK, &dpo("2026-12-05"), &ada),
        Err(Stop::Refused(_))
    ));
}

#[test]
fn an_objection_stops_the_use_until_a_person_has_decided() {
    let eli = sign_up(
        &DESK,
        "2026-10-01",
        KINSHIP,
        &[
            ("name", "Eli North"),
            ("email", "eli@example.org"),
            ("job-title", "Manager"),
        ],
    );
    assert!(data::read(&DESK, &lead("2026-10-02"), &eli, "email", Some("invite")).is_ok());
    ask(
        &DESK,
        "2026-10-03",
        "#3035",
        &eli,
        Asked::to(Right::Object).about("invite"),
    );
    assert!(
        why(data::read(
            &DESK,
            &lead("2026-10-03"),
            &eli,
            "email",
            Some("invite")
        ))
        .contains("object")
    );
    assert!(data::read(&DESK, &lead("2026-10-03"), &eli, "email", Some("follow-up")).is_ok());
    assert!(
        why(decide::decide_for(
            &DESK,
            &lead("2026-10-20"),
            &eli,
            Right::Object,
            false,
            "no"
        ))
        .contains("data protection officer")
    );
    assert!(
        why(decide::decide_for(
            &DESK,
            &dpo("2026-10-20"),
            &eli,
            Right::Object,
            false,
            " "
        ))
        .contains("reason")
    );
    let said = decide::decide_for(
        &DESK,
        &dpo("2026-10-20"),
        &eli,
        Right::Object,
        false,
        "it had been asked for in writing",
    )
    .unwrap();
    for part in ["in writing", "0303 123 1113", "dpo@whatworks-csc.org.uk"] {
        assert!(said.reply.contains(part), "{part}: {}", said.reply);
    }
    assert!(data::read(&DESK, &lead("2026-10-21"), &eli, "email", Some("invite")).is_ok());
}

#[test]
fn what_is_disputed_is_left_alone_and_put_right() {
    let fay = sign_up(
        &DESK,
        "2026-10-01",
        STAKEHOLDERS,
        &[
            ("name", "Fay Rowe"),
            ("email", "fay@example.org"),
            ("job-title", "Cook"),
        ],
    );
    ask(
        &DESK,
        "2026-10-02",
        "#3032",
        &fay,
        Asked::to(Right::Restrict).about("inaccurate"),
    );
    assert!(
        why(data::read(
            &DESK,
            &lead("2026-10-02"),
            &fay,
            "job-title",
            Some("understand")
        ))
        .contains("restrict")
    );
    rights::correct(&DESK, &dpo("2026-10-09"), &fay, "job-title", "Nurse").unwrap();
    assert!(
        why(rights::lift_restriction(
            &DESK,
            &lead("2026-10-10"),
            &fay,
            "put right"
        ))
        .contains("data protection officer")
    );
    rights::lift_restriction(&DESK, &dpo("2026-10-10"), &fay, "the title was put right").unwrap();
    assert_eq!(
        data::read(
            &DESK,
            &lead("2026-10-11"),
            &fay,
            "job-title",
            Some("understand")
        )
        .unwrap()
        .text,
        "Nurse"
    );

    let file = export::export(&DESK, &dpo("2026-10-12"), &fay, "json").unwrap();
    assert!(file.text.contains("Nurse") && !file.by_law);
    assert!(why(export::export(&DESK, &dpo("2026-10-12"), &fay, "xml")).contains("xml"));
    let found = search::find(&DESK, &dpo("2026-10-12"), "Rowe, Fay").unwrap();
    assert_eq!(
        (found[0].holding.as_str(), found[0].fits),
        (fay.as_str(), 100)
    );
    assert!(
        why(rights::open(
            &DESK,
            &lead("2026-10-12"),
            &NewRequest {
                project: "#3032",
                holding: Some(&fay),
                kinds: vec![Asked::to(Right::Restrict).about("mood")],
                received: date(2026, 10, 12),
                channel: "email",
                words: None
            },
        ))
        .contains("mood")
    );
}

#[test]
fn a_fee_only_where_the_notice_allows_it() {
    let gus = sign_up(
        &DESK,
        "2026-10-01",
        STAKEHOLDERS,
        &[("name", "Gus Lane"), ("email", "gus@example.org")],
    );
    ask(
        &DESK,
        "2026-10-02",
        "#3032",
        &gus,
        Asked::to(Right::Rectify),
    );
    ask(&DESK, "2026-10-04", "#3032", &gus, Asked::to(Right::Access));
    let charge = |visit, right, ground| {
        fee::charge(&DESK, &visit, &gus, right, ground, fee::Instead::Fee(1000))
    };
    assert!(why(charge(dpo("2026-10-03"), Right::Rectify, "excessive")).contains("fee"));
    assert!(
        why(charge(lead("2026-10-05"), Right::Access, "excessive"))
            .contains("data protection officer")
    );
    assert!(why(charge(dpo("2026-10-05"), Right::Access, "busy")).contains("excessive"));
    assert!(
        charge(dpo("2026-10-05"), Right::Access, "excessive")
            .unwrap()
            .contains("£10.00")
    );
    // Once it is paid, the copy goes out.
    copy::sent(&DESK, &dpo("2026-10-20"), &gus).unwrap();
    assert!(
        rights::of(&DESK, &gus)
            .unwrap()
            .iter()
            .any(|r| r.decision.as_deref() == Some("access:fee access:granted"))
    );
}

#[test]
fn a_complaint_is_acknowledged_within_thirty_days() {
    let eli = sign_up(
        &DESK,
        "2026-11-24",
        KINSHIP,
        &[("name", "Eli South"), ("email", "south@example.org")],
    );
    let new = complaints::NewComplaint {
        project: "#3035",
        holding: Some(&eli),
        received: date(2026, 11, 25),
        channel: "email",
        words: Some("Nobody rang me back."),
    };
    let id = complaints::open(&DESK, &lead("2026-11-25"), &new).unwrap();
    assert_eq!(
        complaints::one(&DESK, &id).unwrap().acknowledge_by,
        date(2026, 12, 29)
    );
    complaints::acknowledge(&DESK, &dpo("2026-11-27"), &id).unwrap();
    assert!(why(complaints::acknowledge(&DESK, &dpo("2026-11-28"), &id)).contains("before"));
    let reply = complaints::close(
        &DESK,
        &dpo("2026-12-01"),
        &id,
        "upheld",
        "we should have rung",
    )
    .unwrap();
    assert!(reply.contains("0303 123 1113"));
    assert_eq!(complaints::one(&DESK, &id).unwrap().state, "closed");
}
