//! How long: milestones, the fate of each value, the sweep, leaving, holds and stages, over the project's own notices.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at what it did not expect"
)]

mod common;

use common::{KINSHIP, PEOPLE, STAKEHOLDERS, at, desk, dpo, lead, machine, researcher, sign_up};
use desk::keeping::{clock, erasure, hold, milestones, minimise, raise, sweep};
use desk::protecting::{access, assessments};
use desk::{Desk, Rows, Stop, Visit, data, uses};
use jiff::civil::{Date, date};
use store::Verb;

fn fates(desk: &Desk, holding: &str) -> Vec<clock::Fate> {
    desk.vault()
        .store()
        .look(|rd| clock::fates(desk, rd as &dyn Rows, holding))
        .unwrap()
}

fn due(desk: &Desk, holding: &str, item: &str) -> Option<Date> {
    fates(desk, holding)
        .into_iter()
        .find(|f| f.item == item)
        .unwrap()
        .due
}

fn run(desk: &Desk, day: &str) -> sweep::Swept {
    sweep::sweep(desk, &machine(day)).unwrap()
}

fn gone(desk: &Desk, holding: &str) -> bool {
    desk.vault().ask_again(holding).unwrap().is_empty()
}

fn refused<T: std::fmt::Debug>(answer: Result<T, Stop>, word: &str) {
    match answer {
        Err(Stop::Refused(no)) => {
            let said = format!("{} {:?} {:?}", no.why, no.because, no.help);
            assert!(said.contains(word), "{said}");
        }
        other => panic!("expected a refusal about `{word}`, got {other:?}"),
    }
}

#[test]
fn two_years_after_the_report_everything_is_gone_and_not_a_day_before() {
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
    let entry = uses::directory::add(&desk, &lead("2026-10-02"), &ada, "runs a team").unwrap();
    assert_eq!(due(&desk, &ada, "email"), None);
    milestones::plan(
        &desk,
        &lead("2026-10-02"),
        "#3032",
        "final-report.delivered",
        date(2027, 3, 31),
        None,
    )
    .unwrap();
    assert_eq!(
        fates(&desk, &ada).first().unwrap().planned,
        Some(date(2029, 3, 31))
    );
    refused(
        milestones::plan(
            &desk,
            &lead("2026-10-03"),
            "#3032",
            "project.end",
            date(2027, 9, 30),
            None,
        ),
        "reason",
    );
    refused(
        milestones::happened(
            &desk,
            &lead("2026-10-03"),
            "#3032",
            "project.end",
            date(2027, 3, 31),
        ),
        "not come",
    );
    refused(
        milestones::happened(
            &desk,
            &researcher("2027-04-01"),
            "#3032",
            "project.end",
            date(2027, 3, 31),
        ),
        "lead",
    );
    milestones::happened(
        &desk,
        &lead("2027-03-31"),
        "#3032",
        "final-report.delivered",
        date(2027, 3, 31),
    )
    .unwrap();
    refused(
        milestones::happened(
            &desk,
            &lead("2027-04-01"),
            "#3032",
            "project.end",
            date(2027, 4, 1),
        ),
        "already",
    );
    assert_eq!(due(&desk, &ada, "email"), Some(date(2029, 3, 31)));
    run(&desk, "2029-03-31");
    assert!(!gone(&desk, &ada));
    assert_eq!(sweep::due(&desk, date(2029, 4, 1)).unwrap().len(), 2);
    let swept = run(&desk, "2029-04-01");
    assert_eq!(swept.done.len(), 2);
    assert!(gone(&desk, &ada) && gone(&desk, &entry));
    assert!(
        swept
            .done
            .iter()
            .any(|d| d.clause == "#3032/how-long/keep/contact+role+place+words+quotes")
    );
    assert_eq!(run(&desk, "2029-04-02").done, []);
    assert!(
        milestones::list(&desk, "#3032")
            .unwrap()
            .iter()
            .any(|m| m.happened == Some(date(2027, 3, 31)))
    );
}

#[test]
fn a_contact_list_has_no_end_but_the_persons_own() {
    let desk = desk();
    let eli = sign_up(
        &desk,
        "2026-10-01",
        KINSHIP,
        &[
            ("name", "Eli"),
            ("email", "eli@example.org"),
            ("job-title", "Lead"),
        ],
    );
    data::mark(&desk, &lead("2026-10-01"), &eli, "stakeholder").unwrap();
    let entry = uses::directory::add(&desk, &lead("2026-10-02"), &eli, "knows the orders").unwrap();
    milestones::happened(
        &desk,
        &lead("2027-06-30"),
        "#3035",
        "final-report.delivered",
        date(2027, 6, 30),
    )
    .unwrap();
    let looks = |on: Date| {
        raise::duties(&desk, on)
            .unwrap()
            .iter()
            .filter(|d| d.kind == "review-keep")
            .count()
    };
    assert_eq!((looks(date(2027, 10, 1)), looks(date(2027, 10, 2))), (0, 1));
    raise::review_keep(&desk, &lead("2027-10-02"), KINSHIP, "still needed").unwrap();
    assert_eq!(looks(date(2027, 10, 2)), 0);
    run(&desk, "2029-07-01");
    assert!(gone(&desk, &eli));
    assert!(!gone(&desk, &entry));
    uses::contact::opt_out(
        &desk,
        &Visit::person(at("2029-07-03"), &entry),
        &entry,
        Some("recontact"),
    )
    .unwrap();
    run(&desk, "2029-07-03");
    assert!(gone(&desk, &entry));
}

#[test]
fn leaving_before_the_analysis_takes_everything_and_during_it_the_name() {
    let desk = desk();
    let answers = [
        ("name", "Cara"),
        ("email", "cara@example.org"),
        ("ethnicity", "…"),
    ];
    let early = sign_up(&desk, "2026-10-01", PEOPLE, &answers);
    let late = sign_up(
        &desk,
        "2026-10-01",
        PEOPLE,
        &[
            ("name", "Dee"),
            ("email", "dee@example.org"),
            ("ethnicity", "…"),
        ],
    );
    refused(
        erasure::leave(
            &desk,
            &Visit::person(at("2026-10-05"), &late),
            &early,
            "link",
        ),
        "themselves",
    );
    let left = erasure::leave(
        &desk,
        &Visit::person(at("2026-10-05"), &early),
        &early,
        "link",
    )
    .unwrap();
    assert!(left.asked.unwrap().complete);
    assert!(gone(&desk, &early));
    milestones::happened(
        &desk,
        &lead("2026-10-20"),
        "#3032",
        "analysis.start",
        date(2026, 10, 20),
    )
    .unwrap();
    let left = erasure::leave(
        &desk,
        &Visit::person(at("2026-10-25"), &late),
        &late,
        "link",
    )
    .unwrap();
    assert_eq!(left.unnamed.into_iter().collect::<Vec<_>>(), ["ethnicity"]);
    assert_eq!(left.goes_at.as_deref(), Some("analysis.end"));
    for said in [
        "Gone at once: email, name.",
        "Kept without your name until the analysis ends",
    ] {
        assert!(left.words.contains(said), "{}", left.words);
    }
    // The certificate of a part says what stays, and until when.
    let certificates = desk::keeping::certificate::of(&desk, &late).unwrap();
    let [part] = certificates.as_slice() else {
        panic!("{certificates:?}")
    };
    assert!(!part.whole);
    assert!(
        part.kept.iter().any(|line| line.what == "Ethnicity"
            && line.why == "stays without your name until the analysis ends"
            && line.law.starts_with("#3032/")),
        "{:?}",
        part.kept
    );
    let waits: Vec<_> = fates(&desk, &late)
        .into_iter()
        .filter_map(|fate| fate.leaves_at)
        .map(|(event, _)| event)
        .collect();
    assert_eq!(waits, ["analysis.end"]);
    assert_eq!(
        fates(&desk, &late)
            .iter()
            .map(|f| f.item.as_str())
            .collect::<Vec<_>>(),
        ["ethnicity"]
    );
    run(&desk, "2026-12-19");
    assert!(!gone(&desk, &late));
    milestones::happened(
        &desk,
        &lead("2026-12-20"),
        "#3032",
        "analysis.end",
        date(2026, 12, 20),
    )
    .unwrap();
    run(&desk, "2026-12-20");
    assert!(gone(&desk, &late));
}

#[test]
fn what_a_claim_needs_outlives_its_day() {
    let desk = desk();
    let ada = sign_up(
        &desk,
        "2026-10-01",
        STAKEHOLDERS,
        &[("name", "Ada"), ("email", "ada@example.org")],
    );
    refused(
        hold::hold(&desk, &lead("2026-10-02"), &ada, &[]),
        "data protection officer",
    );
    let held = hold::hold(&desk, &dpo("2026-10-02"), &ada, &["email"]).unwrap();
    refused(
        erasure::erase(
            &desk,
            &dpo("2026-10-03"),
            &ada,
            "asked",
            &["UK GDPR Art 17(1)(b)"],
        ),
        "Art 17(3)(e)",
    );
    milestones::happened(
        &desk,
        &lead("2027-03-31"),
        "#3032",
        "project.end",
        date(2027, 3, 31),
    )
    .unwrap();
    let swept = run(&desk, "2029-04-01");
    assert_eq!((swept.done.len(), swept.kept_back.len()), (1, 1));
    assert_eq!(fates(&desk, &ada).len(), 1);
    hold::lift(&desk, &dpo("2029-05-01"), &held).unwrap();
    run(&desk, "2029-05-01");
    assert!(gone(&desk, &ada));
}

#[test]
fn an_erasure_is_complete_only_after_every_store_was_asked() {
    let desk = desk();
    let cara = sign_up(
        &desk,
        "2026-10-01",
        PEOPLE,
        &[("name", "Cara"), ("email", "cara@example.org")],
    );
    refused(
        erasure::erase(
            &desk,
            &researcher("2026-10-05"),
            &cara,
            "asked",
            &["UK GDPR Art 17(1)(b)"],
        ),
        "lead",
    );
    let done = erasure::erase(
        &desk,
        &dpo("2026-10-05"),
        &cara,
        "asked",
        &["UK GDPR Art 17(1)(b)"],
    )
    .unwrap();
    assert!(done.complete && done.entry.is_some());
    assert!(done.stores.iter().all(|(_, said)| said == "nothing"));
}

#[test]
fn stages_are_due_then_done_or_overdue() {
    let desk = desk();
    let ada = sign_up(
        &desk,
        "2026-10-01",
        STAKEHOLDERS,
        &[("name", "Ada"), ("email", "ada@example.org")],
    );
    let stage = |on: Date| {
        minimise::statuses(&desk, STAKEHOLDERS, on)
            .unwrap()
            .into_iter()
            .find(|s| s.action == "reduce")
            .unwrap()
            .stage
    };
    assert_eq!(stage(date(2026, 11, 1)), minimise::Stage::Waiting);
    milestones::happened(
        &desk,
        &lead("2026-11-01"),
        "#3032",
        "collection.end",
        date(2026, 11, 1),
    )
    .unwrap();
    assert_eq!(stage(date(2026, 11, 1)), minimise::Stage::Due);
    assert_eq!(stage(date(2026, 11, 2)), minimise::Stage::Overdue);
    let rule = "#3032/how-long/minimise/reduce-contact";
    let act = lead("2026-11-02")
        .act(Verb::Minimise)
        .cite(rule)
        .about(&ada);
    desk.vault().record(&act).unwrap();
    assert_eq!(stage(date(2026, 11, 2)), minimise::Stage::Done);
}

#[test]
fn measures_and_access_end_on_their_day() {
    let desk = desk();
    let standing = |on: Date| {
        let all = assessments::statuses(&desk, on).unwrap();
        all.into_iter()
            .find(|m| m.project == "#3035" && m.what == "review")
            .unwrap()
            .standing
    };
    assert_eq!(standing(date(2026, 10, 1)), assessments::Standing::Unknown);
    refused(
        assessments::review(&desk, &lead("2026-10-01"), "#3035", "fine"),
        "data protection officer",
    );
    assessments::review(&desk, &dpo("2026-10-01"), "#3035", "fine").unwrap();
    assert_eq!(standing(date(2027, 9, 1)), assessments::Standing::Done);
    assert_eq!(standing(date(2027, 11, 1)), assessments::Standing::Overdue);
    access::give(&desk, &lead("2026-10-01"), "stf_res", "#3035", None).unwrap();
    assert_eq!(
        access::grants(&desk, "#3035")
            .unwrap()
            .first()
            .unwrap()
            .until,
        None
    );
    milestones::happened(
        &desk,
        &lead("2027-06-30"),
        "#3035",
        "study.end",
        date(2027, 6, 30),
    )
    .unwrap();
    assert_eq!(
        access::grants(&desk, "#3035")
            .unwrap()
            .first()
            .unwrap()
            .until,
        Some(date(2027, 6, 30))
    );
    refused(
        access::give(&desk, &lead("2027-07-01"), "stf_res", "#3035", None),
        "ended",
    );
}

#[test]
fn access_that_was_taken_away_binds_until_it_is_given_again() {
    let desk = desk();
    let ada = sign_up(
        &desk,
        "2026-09-02",
        PEOPLE,
        &[("name", "Ada"), ("email", "ada@example.org")],
    );
    let project = desk.notice(PEOPLE).unwrap().notice.reference.clone();
    let read = || {
        data::read(
            &desk,
            &researcher("2026-10-03"),
            &ada,
            "email",
            Some("invite"),
        )
    };
    read().unwrap();
    let grant = access::give(&desk, &lead("2026-10-01"), "stf_res", &project, None).unwrap();
    read().unwrap();
    access::end(&desk, &lead("2026-10-02"), &grant).unwrap();
    refused(read(), "taken away");
    access::give(&desk, &lead("2026-10-03"), "stf_res", &project, None).unwrap();
    read().unwrap();
}
