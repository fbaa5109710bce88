//! People's data come in with where they came from, go out only to a permit, and every act leaves its trace.

use crate::common::*;
use policy::{Deed, statutory};
use std::cell::RefCell;
use store::Verb;
use vault::{ChoiceKind, Error, Kind, NewChoice, Provenance, RootKey, Vault};

fn memory() -> Vault {
    Vault::in_memory(&root(), options()).unwrap()
}

#[test]
fn a_value_comes_back_with_where_it_came_from() {
    let vault = memory();
    let id = ada(&vault);
    let held = vault
        .act(&act(2, Verb::Read), |tx| tx.get(&find(&id), &id, "email"))
        .unwrap()
        .unwrap();
    assert_eq!(held.plain.text(), EMAIL);
    assert_eq!(
        (held.source.as_str(), held.source_kind.as_str()),
        ("person", "primary")
    );
    assert_eq!((held.notice.as_str(), held.collected_at), (NOTICE, at(1)));
    assert_eq!(format!("{held:?}").find(EMAIL), None);
    let all = vault
        .act(&act(3, Verb::Read), |tx| tx.get_all(&find(&id), &id))
        .unwrap();
    assert_eq!(all.len(), 3);
    assert_eq!(email(&vault, &id).unwrap().as_deref(), Some(EMAIL));
}

#[test]
fn every_act_leaves_exactly_one_entry_that_says_what_was_touched() {
    let vault = memory();
    let id = ada(&vault);
    email(&vault, &id).unwrap();
    let entries = entries(&vault);
    assert_eq!(entries.len(), 2);
    let (read, put) = (&entries[0].entry, &entries[1].entry);
    assert_eq!(put.verb, "collect");
    assert_eq!(put.detail["items"], "email name phone");
    assert_eq!(read.detail["items"], "email");
    for entry in [read, put] {
        assert_eq!(entry.about.as_deref(), Some(id.as_str()));
        assert_eq!(entry.notice.as_deref(), Some(NOTICE));
    }
    assert_eq!(read.cites, ["#3035/what/data/contact", "UK GDPR Art 15"]);
}

#[test]
fn what_fails_leaves_no_row_no_entry_and_no_key() {
    let folder = tempfile::tempdir().unwrap();
    let vault = open(folder.path());
    let opened = RefCell::new(String::new());
    let failed: Result<(), Error> = vault.act(&act(1, Verb::Collect), |tx| {
        let id = open_ada(tx)?;
        opened.replace(id.clone());
        let nobody = Provenance {
            told_by: "",
            ..from(1)
        };
        tx.put(&record(), &id, "email", b"x@example.org", &nobody)?;
        Ok(())
    });
    assert!(matches!(failed, Err(Error::Refused(_))));
    assert!(entries(&vault).is_empty());
    assert!(vault.ask_again(&opened.into_inner()).unwrap().is_empty());
    assert!(known(&vault, Kind::Email, EMAIL).is_empty());
}

#[test]
fn a_permit_for_something_else_opens_nothing() {
    let vault = memory();
    let (ada, ben) = (ada(&vault), ada(&vault));
    let refused = |permit: policy::Permit, purpose: &str| {
        let done: Result<_, Error> = vault.act(&act(2, Verb::Read).purpose(purpose), |tx| {
            tx.get(&permit, &ada, "email")
        });
        matches!(done, Err(Error::Refused(_)))
    };
    assert!(refused(find(&ben), ""), "another person's");
    assert!(refused(erase(&ada), ""), "another deed's");
    assert!(refused(record(), ""), "writing is not reading");
    assert!(!refused(find(&ada), ""));
    let put: Result<_, Error> = vault.act(&act(2, Verb::Collect), |tx| {
        tx.put(&find(&ada), &ada, "email", b"x", &from(2))
    });
    assert!(
        matches!(put, Err(Error::Refused(_))),
        "reading is not writing"
    );
    let other_version: Result<_, Error> = vault.act(&act(2, Verb::Collect), |tx| {
        let from = Provenance {
            notice: "kinship-carers@2",
            ..from(2)
        };
        tx.put(&record(), &ada, "email", b"x", &from)
    });
    assert!(matches!(other_version, Err(Error::Refused(_))));
}

#[test]
fn a_value_moved_to_another_person_or_item_does_not_open() {
    let folder = tempfile::tempdir().unwrap();
    let vault = open(folder.path());
    let id = ada(&vault);
    let meddle = rusqlite::Connection::open(folder.path().join("data.db")).unwrap();
    meddle
        .execute_batch(
            "update value set sealed = (select sealed from held where item = 'phone') where item = (select number from item where name = 'email')",
        )
        .unwrap();
    assert!(matches!(email(&vault, &id), Err(Error::Damaged { .. })));
}

#[test]
fn a_correction_replaces_what_was_wrong() {
    let vault = memory();
    let id = ada(&vault);
    vault
        .act(&act(2, Verb::Correct), |tx| {
            let wrong = tx.get(&find(&id), &id, "email")?.unwrap().id;
            let permit = statutory(Deed::Store, "UK GDPR Art 16", NOTICE, Some(&id)).unwrap();
            tx.correct(
                &permit,
                &id,
                &wrong,
                b"ada@example.com",
                &from(2),
                "UK GDPR Art 16",
            )
        })
        .unwrap();
    assert_eq!(
        email(&vault, &id).unwrap().as_deref(),
        Some("ada@example.com")
    );
    assert!(known(&vault, Kind::Email, EMAIL).is_empty());
    assert!(is_known(&vault, Kind::Email, "ADA@example.com ", &id));
}

#[test]
fn somebody_known_is_found_however_it_is_written() {
    let vault = memory();
    let id = ada(&vault);
    assert!(is_known(
        &vault,
        Kind::Email,
        "  ADA.OKAFOR@example.ORG",
        &id
    ));
    assert!(is_known(&vault, Kind::Phone, "+44 (0)113 4960123", &id));
    assert!(is_known(&vault, Kind::Name, "OKAFOR, Adaeze", &id));
    assert!(is_known(&vault, Kind::Name, "okafor", &id));
    assert!(known(&vault, Kind::Name, "Okafor Bello").is_empty());
    assert!(known(&vault, Kind::Name, "").is_empty());
}

#[test]
fn choices_stand_until_they_are_lifted_and_reach_the_question() {
    let vault = memory();
    let id = ada(&vault);
    let choose = |kind, scope| NewChoice {
        kind,
        scope,
        answer: true,
        about: None,
        how: "link",
    };
    let states = |purpose: &str| {
        vault
            .act(&act(5, Verb::Read), |tx| tx.standing(&id, Some(purpose)))
            .unwrap()
    };
    assert!(states("analysis").states.is_empty());
    let opted_out = vault
        .act(&act(4, Verb::Choose), |tx| {
            tx.choose(&id, &choose(ChoiceKind::Objected, "directory"))?;
            tx.choose(&id, &choose(ChoiceKind::Restricted, "*"))?;
            tx.agree(&id, "participation", "#3035/why/consent", NOTICE, "form")?;
            tx.choose(&id, &choose(ChoiceKind::OptedOut, "recontact"))
        })
        .unwrap();
    use policy::State;
    let about = |purpose: &str| states(purpose).states.into_iter().collect::<Vec<_>>();
    assert_eq!(about("analysis"), [State::Restricted, State::ConsentGiven]);
    assert_eq!(
        about("directory"),
        [State::Restricted, State::Objected, State::ConsentGiven]
    );
    assert_eq!(
        about("recontact"),
        [State::Restricted, State::OptedOut, State::ConsentGiven]
    );
    let question = states("directory").question(policy::Question::new(
        Deed::Read,
        jiff::civil::date(2026, 11, 22),
    ));
    assert_eq!(question.about.as_deref(), Some(id.as_str()));
    assert!(question.tags.contains("stakeholder") && question.objected_to.contains("directory"));
    vault
        .act(&act(6, Verb::Choose), |tx| {
            assert!(tx.lift(&opted_out)?);
            assert!(!tx.lift(&opted_out)?);
            assert!(tx.take_back(&id, "participation", "email")?);
            Ok::<_, Error>(())
        })
        .unwrap();
    assert_eq!(about("recontact"), [State::Restricted]);
}

#[test]
fn an_objection_is_decided_by_a_human() {
    let vault = memory();
    let id = ada(&vault);
    let choice = vault
        .act(&act(4, Verb::Choose), |tx| {
            let new = NewChoice {
                kind: ChoiceKind::Objected,
                scope: "analysis",
                answer: true,
                about: None,
                how: "email",
            };
            tx.choose(&id, &new)
        })
        .unwrap();
    let machine = store::Act {
        who: store::Actor::System("triage".into()),
        ..act(5, Verb::Decide)
    };
    let refused: Result<(), Error> =
        vault.act(&machine, |tx| tx.decide_objection(&choice, false, b"none"));
    assert!(matches!(refused, Err(Error::Refused(_))));
    vault
        .act(&act(6, Verb::Decide), |tx| {
            tx.decide_objection(&choice, true, b"her reasons outweigh ours")?;
            assert_eq!(tx.choices(&id)?[0].upheld, Some(true));
            let standing = tx.standing(&id, Some("analysis"))?;
            assert!(standing.states.contains(&policy::State::ObjectionUpheld));
            Ok::<_, Error>(())
        })
        .unwrap();
}

#[test]
fn a_suppression_outlives_the_erasure() {
    let vault = memory();
    let id = ada(&vault);
    vault
        .act(&act(2, Verb::Erase), |tx| {
            tx.suppress_holding(&id, "#3035")?;
            tx.erase_holding(&erase(&id), &id)
        })
        .unwrap();
    let suppressed = |kind, value: &str, project: &str| {
        vault
            .act(&act(3, Verb::Read), |tx| {
                tx.is_suppressed(kind, value, project)
            })
            .unwrap()
    };
    assert!(suppressed(Kind::Email, " Ada.Okafor@EXAMPLE.org", "#3035"));
    assert!(suppressed(Kind::Phone, "01134960123", "#3035"));
    assert!(!suppressed(Kind::Email, EMAIL, "#3041"));
    assert!(
        !suppressed(Kind::Name, NAME, "#3035"),
        "others bear the name"
    );
    assert!(!suppressed(Kind::Email, "somebody@example.org", "#3035"));
}

#[test]
fn letters_and_mail_are_sealed_too() {
    let folder = tempfile::tempdir().unwrap();
    let vault = open(folder.path());
    let id = ada(&vault);
    let answer = statutory(Deed::Answer, "UK GDPR Art 12", NOTICE, Some(&id)).unwrap();
    let words = b"Dear Adaeze, thank you for writing";
    vault
        .act(&act(2, Verb::Notify), |tx| {
            let new = vault::NewMessage {
                holding: &id,
                kind: "reply",
                words,
            };
            let message = tx.write(&answer, &new)?;
            assert_eq!(tx.message(&answer, &message)?.bytes(), words);
            assert!(tx.sent(&message)? && !tx.sent(&message)?);
            let sealed = tx.seal("mai_1", "mail/mai_1/sealed", words)?;
            let anybody = statutory(Deed::Answer, "UK GDPR Art 12", "", None).unwrap();
            assert_eq!(
                tx.unseal(&anybody, "mai_1", "mail/mai_1/sealed", &sealed)?
                    .bytes(),
                words
            );
            assert!(
                tx.unseal(&anybody, "mai_1", "mail/mai_2/sealed", &sealed)
                    .is_err()
            );
            assert!(matches!(tx.seal(&id, "x", words), Err(Error::Refused(_))));
            Ok::<_, Error>(())
        })
        .unwrap();
    assert_eq!(
        files_with(folder.path(), b"Dear Adaeze"),
        Vec::<String>::new()
    );
}

#[test]
fn another_root_key_is_noticed_before_anything_is_sealed_with_it() {
    let folder = tempfile::tempdir().unwrap();
    let id = ada(&open(folder.path()));
    let other = Vault::open(
        folder.path(),
        &RootKey::from_bytes([8; 32]),
        options(),
        at(0),
    );
    assert!(matches!(other, Err(Error::WrongKey)));
    assert_eq!(
        email(&open(folder.path()), &id).unwrap().as_deref(),
        Some(EMAIL)
    );
}

#[test]
fn the_log_is_signed_and_verifies_across_openings() {
    let folder = tempfile::tempdir().unwrap();
    for round in 0..2 {
        let vault = open(folder.path());
        ada(&vault);
        vault.integrate(at(round)).unwrap().unwrap();
        assert!(vault.verify(None).unwrap().verifies());
    }
    let meddle = rusqlite::Connection::open(folder.path().join("data.db")).unwrap();
    meddle
        .execute_batch("update entry set at = at + 1 where arrival = 1")
        .unwrap();
    drop(meddle);
    let changed = Vault::open(folder.path(), &root(), options(), at(9)).map(drop);
    let said = changed.unwrap_err().to_string();
    assert!(said.contains("`data.db-sums`"), "{said}");
    // Somebody who takes the sums of the pages away as well is found by the log.
    std::fs::remove_file(folder.path().join("data.db-sums")).unwrap();
    assert!(!open(folder.path()).verify(None).unwrap().verifies());
}

#[test]
fn a_hasty_folder_of_made_up_data_opens_again_as_any_other() {
    let folder = tempfile::tempdir().unwrap();
    let vault = Vault::open(folder.path(), &root(), options().hasty(), at(0)).unwrap();
    let id = ada(&vault);
    drop(vault);
    assert_eq!(
        email(&open(folder.path()), &id).unwrap().as_deref(),
        Some(EMAIL)
    );
}
