//! With permits that a real notice gives: choices stand even before a permit that was given a moment earlier.

use crate::common::*;
use policy::{Answer, Deed, Permit, Question, Rulebook, SourceKind, State};
use store::Verb;
use vault::{ChoiceKind, Error, NewChoice, NewHolding, Provenance, Tx, Vault};

const DAY: jiff::civil::Date = jiff::civil::date(2026, 11, 22);

/// The kinship study's own notice; absent or not sound, there is nothing to try here.
fn rulebook() -> Option<Rulebook> {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../notices/kinship-care-stakeholders.notice.md"
    );
    let text = std::fs::read_to_string(path).ok()?;
    let sound = check::check(&check::Source::of(&text), DAY).sound?;
    Rulebook::compile(&sound).ok()
}

fn permit(book: &Rulebook, question: &Question) -> Permit {
    match book.ask(question) {
        Answer::Permit(permit) => permit,
        Answer::Refuse(refusal) => panic!("{}: {:?}", refusal.why, refusal.because),
    }
}

fn sign_up(book: &Rulebook, tx: &mut Tx<'_, '_>) -> Result<String, Error> {
    let ask = Question::new(Deed::Collect, DAY)
        .data("contact")
        .source("person")
        .way("sign-up")
        .state(State::ConsentGiven);
    let collect = permit(book, &ask);
    let (name, version) = collect.notice().split_once('@').unwrap();
    let id = tx.open_holding(
        &collect,
        &NewHolding {
            project: "#3035",
            notice: name,
            version: version.parse().unwrap(),
            audience: "adult",
            tags: &["stakeholder"],
            stage: "signed-up",
            source_kind: SourceKind::Primary,
            source: "person",
            told_due: None,
            told: Some((tx.at(), "form")),
        },
    )?;
    let from = Provenance {
        notice: collect.notice(),
        ..from(1)
    };
    tx.put(&collect, &id, "email", EMAIL.as_bytes(), &from)?;
    let outside = tx.put(&collect, &id, "health", b"asthma", &from);
    assert!(
        matches!(outside, Err(Error::Refused(_))),
        "not in the notice"
    );
    tx.agree(&id, "participation", "#3035", collect.notice(), "form")?;
    Ok(id)
}

fn choose(vault: &Vault, id: &str, kind: ChoiceKind, scope: &str) -> String {
    let new = NewChoice {
        kind,
        scope,
        answer: true,
        about: None,
        how: "link",
    };
    vault
        .act(&act(4, Verb::Choose), |tx| tx.choose(id, &new))
        .unwrap()
}

#[test]
fn a_choice_stands_before_a_permit_given_a_moment_earlier() {
    let Some(book) = rulebook() else {
        println!("skipped: the notice is not there or not sound");
        return;
    };
    let vault = Vault::in_memory(&root(), options()).unwrap();
    let id = vault
        .act(&act(1, Verb::Collect), |tx| sign_up(&book, tx))
        .unwrap();
    let question = |purpose: &str| {
        let standing = vault
            .act(&act(2, Verb::Read), |tx| tx.standing(&id, Some(purpose)))
            .unwrap();
        standing.question(
            Question::new(Deed::Contact, DAY)
                .data("email")
                .purpose(purpose)
                .state(State::ReasonGiven),
        )
    };
    let write = |permit: &Permit| -> Result<_, Error> {
        vault.act(&act(5, Verb::Contact), |tx| tx.get(permit, &id, "email"))
    };
    let refused = |permit: &Permit, law: &str| match write(permit) {
        Err(Error::Refused(refused)) => assert_eq!(refused.law, law),
        other => panic!("{other:?}"),
    };

    let invite = permit(&book, &question("invite"));
    let recontact = permit(&book, &question("recontact"));
    assert_eq!(write(&invite).unwrap().unwrap().plain.text(), EMAIL);
    let last = entries(&vault).swap_remove(0).entry;
    assert_eq!(last.purpose.as_deref(), Some("invite"));
    assert!(
        last.cites
            .iter()
            .any(|cite| cite.contains("/why/purpose/invite"))
    );

    let opt_out = choose(&vault, &id, ChoiceKind::OptedOut, "recontact");
    refused(&recontact, "UK GDPR Art 21");
    assert!(write(&invite).is_ok(), "the opt-out is from one purpose");
    assert!(!book.ask(&question("recontact")).is_permit());
    vault
        .act(&act(6, Verb::Choose), |tx| tx.lift(&opt_out))
        .unwrap();
    assert!(write(&recontact).is_ok());

    let objection = choose(&vault, &id, ChoiceKind::Objected, "invite");
    refused(&invite, "UK GDPR Art 21(1)");
    vault
        .act(&act(7, Verb::Decide), |tx| {
            tx.decide_objection(&objection, false, b"the study cannot do without")
        })
        .unwrap();
    assert!(write(&invite).is_ok(), "overridden by a human");

    let restriction = choose(&vault, &id, ChoiceKind::Restricted, "*");
    refused(&invite, "UK GDPR Art 18(2)");
    assert_eq!(
        email(&vault, &id).unwrap().as_deref(),
        Some(EMAIL),
        "she is answered"
    );
    vault
        .act(&act(8, Verb::Choose), |tx| tx.lift(&restriction))
        .unwrap();
    choose(&vault, &id, ChoiceKind::Withdrew, "*");
    refused(&invite, "UK GDPR Art 21");

    let other: Result<_, Error> = vault.act(&act(9, Verb::Read).purpose("understand"), |tx| {
        tx.get(&invite, &id, "email")
    });
    assert!(matches!(other, Err(Error::Refused(refused)) if refused.law == "UK GDPR Art 5(1)(b)"));
}
