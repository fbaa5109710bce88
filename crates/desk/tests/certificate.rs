//! Whoever was erased can show it long after, and is answered although nobody knows their address any more.
#![expect(clippy::unwrap_used, reason = "a test may stop")]

mod common;

use common::{STAKEHOLDERS, at, desk, dpo, lead, machine, researcher, sign_up};
use desk::keeping::{certificate, erasure, sweep};
use desk::rights::{self, Asked, NewRequest, decide, last};
use desk::{Desk, Stop, Visit, data, uses};
use evidence::{Entry, Receipt};
use law::Right;

const ANSWERS: &[(&str, &str)] = &[
    ("name", "Ada Lark"),
    ("email", "ada@lark.example"),
    ("job-title", "Adviser"),
];

fn ada(desk: &Desk) -> String {
    sign_up(desk, "2026-09-10", STAKEHOLDERS, ANSWERS)
}

fn asks(desk: &Desk, holding: &str, right: Right) -> String {
    let new = NewRequest {
        project: "#3032",
        holding: Some(holding),
        kinds: vec![Asked::to(right)],
        received: "2026-10-01".parse().unwrap(),
        channel: "email",
        words: Some("Please forget me."),
    };
    rights::open(desk, &researcher("2026-10-01"), &new).unwrap()
}

/// The code as a letter says it.
fn code_in(letter: &str) -> String {
    let after = letter.split("its code is ").nth(1).unwrap();
    after.split('.').next().unwrap().to_owned()
}

fn counts(lines: &[certificate::Line]) -> Vec<(String, u64)> {
    lines.iter().map(|l| (l.what.clone(), l.count)).collect()
}

#[test]
fn who_leaves_keeps_a_proof_of_everything_that_went() {
    let desk = desk();
    let ada = ada(&desk);
    uses::contact::opt_out(&desk, &Visit::person(at("2026-09-20"), &ada), &ada, None).unwrap();
    let me = Visit::person(at("2026-10-02"), &ada);
    let left = erasure::leave(&desk, &me, &ada, "page").unwrap();
    assert!(left.asked.unwrap().complete);

    let found = certificate::by_code(&desk, &left.code, at("2031-01-01")).unwrap();
    let typed = left.code.to_uppercase().replace('-', " ");
    assert_eq!(
        certificate::by_code(&desk, &typed, at("2031-01-01")).unwrap(),
        found
    );
    let [one] = found.as_slice() else {
        panic!("{found:?}")
    };
    assert!(one.whole);
    let gone = counts(&one.gone);
    for item in ["Name", "Email", "Job title"] {
        assert!(gone.contains(&(item.to_owned(), 1)), "{item}: {gone:?}");
    }
    let marks = "Marks by which you could be found again";
    assert!(
        gone.iter().any(|(what, n)| what == marks && *n >= 3),
        "{gone:?}"
    );
    let kept: Vec<&str> = one.kept.iter().map(|l| l.law).collect();
    for law in ["UK GDPR Art 21(3)", "UK GDPR Art 5(2)"] {
        assert!(kept.contains(&law), "{law}: {:?}", one.kept);
    }
    assert!(one.kept.iter().all(|l| !l.why.is_empty()), "{:?}", one.kept);
    assert!(
        one.cites.iter().any(|c| c.starts_with("#3032/")),
        "{:?}",
        one.cites
    );
    assert!(
        one.notice.starts_with(&format!("{STAKEHOLDERS}@")),
        "{}",
        one.notice
    );
    assert!(one.asked.len() >= 10);

    // Long after, by the file alone.
    let file = certificate::receipt(&desk, one, at("2026-10-03")).unwrap();
    let receipt = Receipt::read(&file).unwrap();
    let entry = receipt.extra.clone().unwrap();
    let key = desk.vault().verifier();
    receipt.verify(&entry, &key, key.name()).unwrap();
    let said = Entry::read(&entry).unwrap();
    assert_eq!(
        (said.verb.as_str(), said.id.as_str()),
        ("confirm", one.entry.as_str())
    );
    assert_eq!(
        said.detail.get("gone.value.email").map(String::as_str),
        Some("1")
    );
    let text = String::from_utf8(entry).unwrap();
    for personal in ["Ada", "Lark", "lark.example", "Adviser"] {
        assert!(!text.contains(personal), "{personal}: {text}");
    }
}

#[test]
fn the_answer_reaches_whoever_asked_and_then_its_address_goes() {
    let desk = desk();
    let ada = ada(&desk);
    let request = asks(&desk, &ada, Right::Erase);
    assert_eq!(last::waits(&desk, &request).unwrap(), None);
    let done = decide::decide(
        &desk,
        &dpo("2026-10-05"),
        &request,
        Right::Erase,
        true,
        "nothing needs them",
    )
    .unwrap();
    assert!(done.reply.contains("/certificate"), "{}", done.reply);
    let found = certificate::by_code(&desk, &code_in(&done.reply), at("2026-10-06")).unwrap();
    let waiting = found.first().unwrap();
    let address = "The address our answer goes to, sealed apart";
    assert!(
        waiting.kept.iter().any(|l| l.what == address),
        "{waiting:?}"
    );
    assert!(
        erasure::ask_again(&desk, &ada, at("2026-10-06"))
            .unwrap()
            .complete
    );

    assert_eq!(
        last::waits(&desk, &request).unwrap(),
        "2026-11-04".parse().ok()
    );
    let to = last::address(&desk, &dpo("2026-10-06"), &request).unwrap();
    assert_eq!(to, "ada@lark.example");
    last::sent(&desk, &dpo("2026-10-06"), &request).unwrap();
    assert_eq!(last::waits(&desk, &request).unwrap(), None);
    let again = last::address(&desk, &dpo("2026-10-06"), &request);
    assert!(matches!(again, Err(Stop::Refused(_))));
    assert!(desk.vault().unfinished().unwrap().is_empty());
}

#[test]
fn an_address_nobody_wrote_to_goes_after_thirty_days() {
    let desk = desk();
    let ada = ada(&desk);
    let request = asks(&desk, &ada, Right::Withdraw);
    assert_eq!(
        last::waits(&desk, &request).unwrap(),
        "2026-10-31".parse().ok()
    );
    sweep::sweep(&desk, &machine("2026-10-31")).unwrap();
    assert!(last::waits(&desk, &request).unwrap().is_some());
    sweep::sweep(&desk, &machine("2026-11-01")).unwrap();
    assert_eq!(last::waits(&desk, &request).unwrap(), None);
    assert!(
        data::people(&desk, STAKEHOLDERS)
            .unwrap()
            .iter()
            .all(|p| p.erased_at.is_some())
    );
}

#[test]
fn a_code_opens_one_persons_certificates_and_nothing_else() {
    let desk = desk();
    let ada = ada(&desk);
    let link = desk::door::link::give(
        &desk,
        &lead("2026-09-11"),
        desk::door::link::Opens::Person,
        &ada,
        "UK GDPR Art 15(1)",
    )
    .unwrap();
    for wrong in ["", "0000-0000-0000-0000-0000", link.as_str()] {
        let opened = certificate::by_code(&desk, wrong, at("2026-09-12"));
        assert!(matches!(opened, Err(Stop::Refused(_))), "{wrong}");
    }
    assert_eq!(certificate::of(&desk, &ada).unwrap(), []);
}
