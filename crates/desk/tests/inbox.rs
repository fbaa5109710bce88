//! PR-03 to PR-07: every mail is kept, found again, counted from the day it came, and leaves its trace.

#![expect(
    clippy::unwrap_used,
    reason = "a fixture that cannot be made must fail"
)]

mod common;

use common::{PEOPLE, desk, dpo, researcher, sign_up};
use desk::contact::inbox::{self, Filing};
use desk::contact::triage::Kind;
use desk::{Desk, Stop, Visit, complaints, rights};
use jiff::civil::date;

fn mail(from: &str, subject: &str, body: &str) -> Vec<u8> {
    format!(
        "From: <{from}>\r\nTo: dpo@whatworks-csc.org.uk\r\nSubject: {subject}\r\n\r\n{body}\r\n"
    )
    .into_bytes()
}

fn post(day: &str) -> Visit {
    Visit::system(common::at(day), "post")
}

fn entries(desk: &Desk) -> u64 {
    desk.vault().integrate(common::at("2027-01-01")).unwrap();
    desk.vault().verify(None).unwrap().entries
}

#[test]
fn a_mail_is_sealed_proposed_opened_and_filed() {
    let desk = desk();
    let ada = sign_up(
        &desk,
        "2026-10-01",
        PEOPLE,
        &[("name", "Ada Quill"), ("email", "ada@example.org")],
    );
    let before = entries(&desk);
    let raw = mail(
        "Ada@example.org",
        "My data",
        "Please send me a copy of everything you hold about me. #3032. I want to complain too.",
    );
    let id = inbox::take(&desk, &post("2026-10-02"), &raw).unwrap();
    assert_eq!(entries(&desk), before + 1);

    let lines = inbox::list(&desk).unwrap();
    let line = &lines[0];
    assert_eq!(
        (line.id.as_str(), line.state.as_str()),
        (id.as_str(), "new")
    );
    assert_eq!(line.projects, ["#3032"]);
    assert_eq!(line.kinds, [Kind::Access, Kind::Complaint]);
    assert_eq!(line.holding.as_deref(), Some(ada.as_str()));
    assert_eq!(
        line.due,
        Some(date(2026, 11, 2)),
        "thirty days end on a Sunday, and so does the month"
    );
    assert!(
        line.why
            .iter()
            .all(|why| !why.contains("Ada") && !why.contains("ada@"))
    );

    let opened = inbox::one(&desk, &researcher("2026-10-03"), &id).unwrap();
    assert_eq!(entries(&desk), before + 2);
    assert_eq!(
        (opened.from.as_str(), opened.subject.as_str()),
        ("ada@example.org", "My data")
    );
    assert!(opened.words.contains("a copy of everything") && !opened.proposal.identity_check);

    let filing = Filing {
        project: Some("#3032"),
        kinds: vec![Kind::Access, Kind::Complaint],
        holding: Some(&ada),
    };
    let filed = inbox::file(&desk, &dpo("2026-10-12"), &id, &filing).unwrap();
    let request = rights::one(&desk, filed.request.as_deref().unwrap()).unwrap();
    assert_eq!(
        request.received,
        date(2026, 10, 2),
        "the clock runs from the day it came, not from the day it was filed"
    );
    let complaint = complaints::one(&desk, filed.complaint.as_deref().unwrap()).unwrap();
    assert_eq!(complaint.received, date(2026, 10, 2));
    assert_eq!(inbox::list(&desk).unwrap()[0].state, "filed");

    let again = entries(&desk);
    let twice = inbox::file(&desk, &dpo("2026-10-12"), &id, &filing);
    assert!(matches!(twice, Err(Stop::Refused(_))));
    assert_eq!(entries(&desk), again + 1, "the refusal is on record");
    assert_eq!(rights::list(&desk).unwrap().len(), 1);
}

#[test]
fn a_mail_that_quotes_nothing_is_kept_for_a_person() {
    let desk = desk();
    let id = inbox::take(
        &desk,
        &post("2026-10-01"),
        &mail(
            "fay@example.org",
            "hi",
            "can you tell me what you have got on me",
        ),
    )
    .unwrap();
    let line = inbox::list(&desk).unwrap().remove(0);
    assert!(line.projects.is_empty() && line.holding.is_none());
    assert_eq!(
        (line.kinds.as_slice(), line.due),
        (&[Kind::Access][..], Some(date(2026, 11, 2)))
    );
    assert!(
        inbox::one(&desk, &dpo("2026-10-01"), &id)
            .unwrap()
            .proposal
            .identity_check
    );
}

#[test]
fn a_mail_is_opened_by_project_staff_only_and_filed_once() {
    let desk = desk();
    let id = inbox::take(
        &desk,
        &post("2026-10-01"),
        &mail("fay@example.org", "thanks", "Thank you, it was lovely."),
    )
    .unwrap();
    let stranger = Visit::public(common::at("2026-10-02"));
    assert!(matches!(
        inbox::one(&desk, &stranger, &id),
        Err(Stop::Refused(_))
    ));
    assert!(matches!(
        inbox::set_aside(&desk, &stranger, &id),
        Err(Stop::Refused(_))
    ));
    assert!(matches!(
        inbox::one(&desk, &dpo("2026-10-02"), "eml_0"),
        Err(Stop::Refused(_))
    ));
    inbox::set_aside(&desk, &researcher("2026-10-02"), &id).unwrap();
    assert!(matches!(
        inbox::set_aside(&desk, &researcher("2026-10-02"), &id),
        Err(Stop::Refused(_))
    ));
    assert_eq!(inbox::list(&desk).unwrap()[0].state, "set-aside");
}
