//! Who else sees it: recipients, masks, vendors and their days, disclosure and succession, over the project's own notices.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at what it did not expect"
)]

mod common;

use common::{KINSHIP, PEOPLE, STAKEHOLDERS, at, desk, dpo, lead, researcher, sign_up};
use desk::collect::interview;
use desk::keeping::sweep;
use desk::sharing::recipients::{self, NewRecipient};
use desk::sharing::{disclosure, share, succession, transcript, vendor};
use desk::{Desk, Rows, Stop, Visit, uses};
use jiff::civil::{Date, date};
use std::io::Read;

fn refused<T: std::fmt::Debug>(answer: Result<T, Stop>, word: &str) {
    match answer {
        Err(Stop::Refused(no)) => {
            let said = format!("{} {:?} {:?}", no.why, no.because, no.help);
            assert!(said.contains(word), "{said}");
        }
        other => panic!("expected a refusal about `{word}`, got {other:?}"),
    }
}

fn add(
    desk: &Desk,
    day: &str,
    name: &str,
    class: &str,
    country: &str,
    safeguard: Option<&str>,
    until: Option<Date>,
) -> String {
    let new = NewRecipient {
        name,
        class,
        role: "processor",
        country,
        safeguard,
        contract_until: until,
    };
    recipients::add(desk, &dpo(day), &new).unwrap()
}

fn approve(
    desk: &Desk,
    day: &str,
    name: &str,
    class: &str,
    country: &str,
    safeguard: Option<&str>,
    until: Option<Date>,
) -> String {
    let id = add(desk, day, name, class, country, safeguard, until);
    recipients::review(desk, &dpo(day), &id, None).unwrap();
    recipients::assess(desk, &dpo(day), &id, "fine").unwrap();
    id
}

/// Somebody who took part in an interview, and its recording.
fn recorded(desk: &Desk, day: &str, notice: &str, name: &str, way: &str) -> (String, String) {
    let mail = format!("{name}@example.org");
    let holding = sign_up(desk, day, notice, &[("name", name), ("email", &mail)]);
    uses::consent::give(desk, &Visit::person(at(day), &holding), &holding, "form").unwrap();
    interview::hold(desk, &researcher(day), &holding, way).unwrap();
    let blob = interview::record(
        desk,
        &researcher(day),
        &holding,
        &mut &b"the sound of a voice"[..],
        "audio/mpeg",
    )
    .unwrap();
    (holding, blob)
}

fn erased(desk: &Desk, blob: &str) -> bool {
    let act = dpo("2026-12-01")
        .act(store::Verb::Read)
        .cite("UK GDPR Art 5(2)");
    desk.act(&act, |tx| Ok(tx.blob(blob)?.erased_at.is_some()))
        .unwrap()
}

#[test]
fn nothing_goes_to_somebody_unreviewed_unassessed_or_abroad_without_need() {
    let desk = desk();
    let (_, blob) = recorded(&desk, "2026-10-01", KINSHIP, "Eli", "telephone");
    let send =
        |day: &str, id: &str, why: Option<&str>| vendor::send(&desk, &lead(day), &blob, id, why);
    let id = add(
        &desk,
        "2026-10-03",
        "scribe",
        "transcriber",
        "GB",
        None,
        None,
    );
    refused(send("2026-10-03", &id, None), "review");
    recipients::review(&desk, &dpo("2026-10-04"), &id, None).unwrap();
    refused(send("2026-10-04", &id, None), "assess");
    refused(
        recipients::assess(&desk, &researcher("2026-10-04"), &id, "fine"),
        "lead",
    );
    let (soon, late) = (Some(date(2026, 10, 4)), Some(date(2027, 12, 31)));
    let mumbai = approve(
        &desk,
        "2026-10-03",
        "mumbai",
        "transcriber",
        "IN",
        None,
        None,
    );
    refused(send("2026-10-03", &mumbai, None), "IN");
    let delhi = approve(
        &desk,
        "2026-10-04",
        "delhi",
        "transcriber",
        "IN",
        Some("EU-SCC"),
        late,
    );
    refused(send("2026-10-04", &delhi, Some("the dialect")), "IN");
    let pune = approve(
        &desk,
        "2026-10-05",
        "pune",
        "transcriber",
        "IN",
        Some("IDTA"),
        soon,
    );
    refused(send("2026-10-05", &pune, Some("the dialect")), "contract");
    let goa = approve(
        &desk,
        "2026-10-06",
        "goa",
        "transcriber",
        "IN",
        Some("IDTA"),
        late,
    );
    refused(send("2026-10-06", &goa, None), "necess");
    send("2026-10-06", &goa, Some("the dialect")).unwrap();
    recipients::block(&desk, &dpo("2026-10-07"), &goa, "a breach").unwrap();
    refused(send("2026-10-07", &goa, Some("the dialect")), "blocked");
    assert_eq!(
        recipients::one(&desk, "goa", date(2026, 10, 7))
            .unwrap()
            .review_until,
        Some(date(2027, 10, 6))
    );
    let (_, theirs) = recorded(&desk, "2026-10-01", PEOPLE, "Cara", "online");
    refused(
        vendor::send(&desk, &lead("2026-10-08"), &theirs, &id, None),
        "transcriber",
    );
}

#[test]
fn a_vendor_has_its_days_and_the_day_after_it_is_blocked() {
    let desk = desk();
    let (eli, blob) = recorded(&desk, "2026-10-01", KINSHIP, "Eli", "telephone");
    let (_, other) = recorded(&desk, "2026-10-01", KINSHIP, "Fay", "telephone");
    let id = approve(
        &desk,
        "2026-10-03",
        "scribe",
        "transcriber",
        "GB",
        None,
        None,
    );
    let sent = vendor::send(&desk, &lead("2026-10-03"), &blob, &id, None).unwrap();
    assert!(
        sent.instruction.contains("within 7 days"),
        "{}",
        sent.instruction
    );
    let scribe = |day: &str| common::vendor(day, &id);
    let job = vendor::job(&desk, &sent.token, at("2026-10-04")).unwrap();
    assert_eq!((job.id.as_str(), job.state()), (sent.job.as_str(), "sent"));
    refused(
        vendor::fetch(&desk, &Visit::vendor(at("2026-10-04"), "rcp_x"), &job.id),
        "another",
    );
    let mut sound = String::new();
    vendor::fetch(&desk, &scribe("2026-10-04"), &job.id)
        .unwrap()
        .read_to_string(&mut sound)
        .unwrap();
    assert_eq!(sound, "the sound of a voice");
    refused(
        transcript::approve(&desk, &lead("2026-10-05"), &job.id),
        "waits",
    );
    vendor::deliver(&desk, &scribe("2026-10-06"), &job.id, "wrong").unwrap();
    transcript::refuse(&desk, &lead("2026-10-07"), &job.id).unwrap();
    vendor::deliver(&desk, &scribe("2026-10-10"), &job.id, "what was said").unwrap();
    refused(
        vendor::deliver(&desk, &scribe("2026-10-10"), &job.id, "again"),
        "handed in",
    );
    assert_eq!(
        transcript::read(&desk, &lead("2026-10-10"), &job.id).unwrap(),
        "what was said"
    );
    assert!(!erased(&desk, &blob));
    transcript::approve(&desk, &lead("2026-10-11"), &job.id).unwrap();
    assert!(erased(&desk, &blob));
    let read = desk::data::read(
        &desk,
        &researcher("2026-10-11"),
        &eli,
        "interview-answers",
        Some("understand"),
    )
    .unwrap();
    assert_eq!(read.text, "what was said");
    let reminded = |on: Date| vendor::reminders(&desk, on).unwrap().len();
    assert_eq!(
        (reminded(date(2026, 10, 14)), reminded(date(2026, 10, 15))),
        (0, 1)
    );
    let run = |day: &str| sweep::sweep(&desk, &Visit::system(at(day), "retention")).unwrap();
    assert!(
        run("2026-10-17")
            .raised
            .iter()
            .all(|d| d.kind == "remind-vendor")
    );
    vendor::send(&desk, &lead("2026-10-17"), &other, &id, None).unwrap();
    assert!(
        run("2026-10-18")
            .raised
            .iter()
            .any(|d| d.kind == "vendor-overdue")
    );
    refused(
        vendor::send(&desk, &lead("2026-10-19"), &other, &id, None),
        "blocked",
    );
    transcript::confirm(&desk, &scribe("2026-10-20"), &job.id).unwrap();
    vendor::send(&desk, &lead("2026-10-20"), &other, &id, None).unwrap();
    assert!(run("2026-10-21").raised.is_empty());
}

#[test]
fn our_own_typing_ends_the_recording_too() {
    let desk = desk();
    let (cara, blob) = recorded(&desk, "2026-10-01", PEOPLE, "Cara", "online");
    refused(
        transcript::approve_own(&desk, &lead("2026-10-02"), &blob),
        "written down",
    );
    interview::transcribe(&desk, &researcher("2026-10-02"), &cara, "what was said").unwrap();
    transcript::approve_own(&desk, &lead("2026-10-03"), &blob).unwrap();
    assert!(erased(&desk, &blob));
}

#[test]
fn only_the_mask_leaves_and_whoever_has_it_is_told() {
    let desk = desk();
    let ada = sign_up(
        &desk,
        "2026-10-01",
        STAKEHOLDERS,
        &[
            ("name", "Ada"),
            ("email", "ada@example.org"),
            ("job-title", "Lead"),
        ],
    );
    let mcpin = approve(
        &desk,
        "2026-10-02",
        "mcpin",
        "research-partner",
        "GB",
        None,
        None,
    );
    let give = |items: &[&str], purpose: &str| {
        share::share(
            &desk,
            &lead("2026-10-03"),
            std::slice::from_ref(&ada),
            &mcpin,
            items,
            purpose,
            None,
        )
    };
    refused(give(&["contact"], "understand"), "contact");
    let parcel = give(&["role"], "understand").unwrap();
    assert!(
        parcel.json.contains("Lead")
            && !parcel.json.contains("ada@")
            && !parcel.json.contains(&ada),
        "{}",
        parcel.json
    );
    let council = approve(
        &desk,
        "2026-10-02",
        "northshire",
        "council",
        "GB",
        None,
        None,
    );
    refused(
        share::share(
            &desk,
            &lead("2026-10-03"),
            std::slice::from_ref(&ada),
            &council,
            &["words"],
            "summarise",
            None,
        ),
        "council",
    );
    let given = desk
        .vault()
        .store()
        .look(|rd| share::recipients_of(rd as &dyn Rows, &ada))
        .unwrap();
    assert_eq!(
        given.iter().map(|g| g.name.as_str()).collect::<Vec<_>>(),
        ["mcpin"]
    );
    desk::keeping::erasure::erase(
        &desk,
        &dpo("2026-10-04"),
        &ada,
        "asked",
        &["UK GDPR Art 17(1)(b)"],
    )
    .unwrap();
    assert_eq!(share::instructions(&desk, &mcpin).unwrap().len(), 1);
}

#[test]
fn the_law_compels_to_whom_the_notice_names_and_no_further() {
    let desk = desk();
    let ada = sign_up(
        &desk,
        "2026-10-01",
        STAKEHOLDERS,
        &[("name", "Ada"), ("email", "ada@example.org")],
    );
    let demand = |to: &'static str, instrument: Option<&'static str>| disclosure::Demand {
        to,
        items: &["email"],
        instrument,
        risk_of_harm: false,
    };
    let police = "law-enforcement";
    refused(
        disclosure::disclose(&desk, &lead("2026-10-02"), &ada, &demand(police, None)),
        "order",
    );
    refused(
        disclosure::disclose(
            &desk,
            &dpo("2026-10-02"),
            &ada,
            &demand("journalist", Some("a letter")),
        ),
        "journalist",
    );
    refused(
        disclosure::disclose(
            &desk,
            &lead("2026-10-02"),
            &ada,
            &demand(police, Some("an order")),
        ),
        "data protection officer",
    );
    let parcel = disclosure::disclose(
        &desk,
        &dpo("2026-10-03"),
        &ada,
        &demand(police, Some("an order")),
    )
    .unwrap();
    assert!(
        parcel.json.contains("ada@example.org") && !parcel.json.contains("\"name\""),
        "{}",
        parcel.json
    );
    refused(
        succession::hand_over(&desk, &dpo("2026-10-04"), "#3032", "foundations", false),
        "undertaking",
    );
    succession::hand_over(&desk, &dpo("2026-10-05"), "#3032", "foundations", true).unwrap();
}
