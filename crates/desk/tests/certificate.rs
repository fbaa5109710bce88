//! Whoever was erased can show it long after, and is answered although nobody knows their address any more.
#![expect(clippy::unwrap_used, reason = "a test may stop")]

mod common;

use common::{KINSHIP, STAKEHOLDERS, at, desk, dpo, lead, machine, researcher, sign_up};
use desk::changes;
use desk::door::link::{self, Opens};
use desk::keeping::{certificate, erasure, milestones, sweep};
use desk::rights::{self, Asked, NewRequest, decide, last};
use desk::{Desk, Stop, Visit, data, uses};
use evidence::{Entry, Receipt};
use law::Right;
use policy::{Deed, statutory};

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
    let kept: Vec<&str> = one.kept.iter().map(|l| l.law.as_str()).collect();
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
fn until_a_server_confirms_it_everything_says_so() {
    let desk = desk();
    desk.vault().be_tended();
    let ada = ada(&desk);
    let me = Visit::person(at("2026-10-02"), &ada);
    let left = erasure::leave(&desk, &me, &ada, "page").unwrap();
    let asked = left.asked.unwrap();
    assert!(asked.unreadable && !asked.complete);
    let said = |place: &str| {
        let found = asked.stores.iter().find(|(name, _)| name == place);
        found.unwrap().1.clone()
    };
    assert_eq!(
        said("values"),
        "3 that nothing opens any more, being taken away"
    );
    assert_eq!(said("keys"), "nothing");
    assert!(data::held(&desk, &ada).unwrap().is_empty());
    let found = certificate::by_code(&desk, &left.code, at("2026-10-02")).unwrap();
    assert_eq!(found, [], "no certificate before every place was asked");

    desk.vault().tend(at("2026-10-03")).unwrap();
    let asked = erasure::ask_again(&desk, &ada, at("2026-10-03")).unwrap();
    assert!(asked.unreadable && asked.complete);
    let [one] = certificate::by_code(&desk, &left.code, at("2026-10-03"))
        .unwrap()
        .try_into()
        .unwrap();
    let values = ["Name", "Email", "Job title"].map(|what| (what.to_owned(), 1));
    for value in values {
        assert!(counts(&one.gone).contains(&value), "{value:?}");
    }
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
    let link = link::give(
        &desk,
        &lead("2026-09-11"),
        Opens::Person,
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

/// The kinship notice with one recipient more, as a version of its own.
fn third() -> String {
    common::text(KINSHIP)
        .replace("version 2 dated 2026-09-01 language", "version 3 dated 2026-11-01 language")
        .replace(
            "protect minimum  # PR-46",
            "protect minimum  # PR-46\nshare role with any university as processor for understand; review every 1 year",
        )
        .replace("version 2 2026-09-01\n", "version 3 2026-11-01 \"A university helps us\"; notify affected by email\nversion 2 2026-09-01\n")
}

#[test]
fn whom_time_alone_erases_finds_the_certificate_by_what_they_had_before() {
    let desk = desk();
    let answers = [("name", "Eli North"), ("email", "eli@example.org")];
    let eli = sign_up(&desk, "2026-10-01", KINSHIP, &answers);
    // The link that signing up gave, and a letter of later: nothing can be sent once the address is gone.
    let own = link::give(
        &desk,
        &lead("2026-10-01"),
        Opens::Person,
        &eli,
        "UK GDPR Art 12(2)",
    );
    let own = own.unwrap();
    changes::publish(&desk, &dpo("2026-11-01"), &third()).unwrap();
    changes::tell_all(&desk, &lead("2026-11-05"), KINSHIP, 3, "email").unwrap();
    let letters = desk.vault().store().look::<_, store::Error>(|rd| {
        rd.one(
            "select id from message where holding = $1 and kind = 'notification'",
            &[eli.as_str().into()],
        )
    });
    let id = letters.unwrap().unwrap().text("id").unwrap();
    let permit = statutory(Deed::Answer, "UK GDPR Art 12", "kinship@3", Some(&eli)).unwrap();
    let read = lead("2026-11-05")
        .act(store::Verb::Read)
        .cite("UK GDPR Art 12");
    let letter: Result<_, vault::Error> = desk.vault().act(&read, |tx| tx.message(&permit, &id));
    let letter = letter.unwrap().text().into_owned();
    assert!(letter.contains("without your asking"), "{letter}");
    let code = code_in(&letter);
    assert!(certificate::by_code(&desk, &own, at("2026-11-06")).is_err());
    assert_eq!(
        certificate::by_code(&desk, &code, at("2026-11-06")).unwrap(),
        []
    );

    let project = desk
        .shelf()
        .current(KINSHIP)
        .unwrap()
        .notice
        .reference
        .clone();
    for event in ["project.end", "final-report.delivered"] {
        let day = "2027-03-31".parse().unwrap();
        // Whichever of them this notice counts from.
        let _ = milestones::happened(&desk, &lead("2027-03-31"), &project, event, day);
    }
    sweep::sweep(&desk, &machine("2033-10-02")).unwrap();
    let found = certificate::by_code(&desk, &own, at("2033-10-03")).unwrap();
    assert!(found.iter().any(|one| one.whole), "{found:?}");
    assert_eq!(
        certificate::by_code(&desk, &code, at("2033-10-03")).unwrap(),
        found
    );
}
