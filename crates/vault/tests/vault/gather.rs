//! What is read of everybody at once: one entry, nobody who may not be read, and nothing that is no longer so.

use crate::common::*;
use policy::{Deed, Permit, statutory};
use std::sync::atomic::{AtomicBool, Ordering};
use store::Verb;
use vault::{ChoiceKind, Error, Gathered, NewChoice, Sought, Standing, Tx, Vault};

const SOUGHT: Sought<'static> = Sought {
    notice: "kinship-carers",
    items: &["email", "name"],
    purpose: "analysis",
};

fn breach(_: &Standing) -> Option<Permit> {
    statutory(Deed::Read, "UK GDPR Art 33", NOTICE, None).ok()
}

fn gather(vault: &Vault, ask: impl Fn(&Standing) -> Option<Permit>) -> Gathered {
    vault.gather(&act(5, Verb::Read), &SOUGHT, ask).unwrap()
}

fn whose(found: &Gathered, item: &str) -> Vec<String> {
    let of = found.values.iter().filter(|one| &*one.item == item);
    of.map(|one| one.holding.to_string()).collect()
}

fn object(tx: &mut Tx<'_, '_>, id: &str) -> Result<String, Error> {
    let new = NewChoice {
        kind: ChoiceKind::Objected,
        scope: "analysis",
        answer: true,
        about: None,
        how: "link",
    };
    tx.choose(id, &new)
}

#[test]
fn everybody_but_those_who_objected_with_one_entry() {
    let folder = tempfile::tempdir().unwrap();
    let vault = open(folder.path());
    let mut ids: Vec<_> = (0..5).map(|_| ada(&vault)).collect();
    let before = entries(&vault).len();
    let found = gather(&vault, breach);
    assert_eq!((whose(&found, "email"), found.left_out), (ids.clone(), 0));
    assert!(found.values.iter().any(|one| one.plain.text() == NAME));
    let said = entries(&vault);
    assert_eq!(said.len(), before + 1);
    let detail = &said[0].entry.detail;
    assert_eq!(
        (detail["values"].as_str(), detail["people"].as_str()),
        ("10", "5")
    );
    assert_eq!(detail["set"].len(), 64);

    vault
        .act(&act(6, Verb::Choose), |tx| object(tx, &ids[2]))
        .unwrap();
    let found = gather(&vault, breach);
    let gone = ids.remove(2);
    assert_eq!((whose(&found, "name"), found.left_out), (ids.clone(), 1));
    vault
        .act(&act(7, Verb::Erase), |tx| {
            tx.erase_holding(&erase(&gone), &gone)
        })
        .unwrap();
    vault
        .act(&act(7, Verb::Erase), |tx| {
            tx.erase_items(&erase(&ids[0]), &ids[0], &["email"])
        })
        .unwrap();
    let found = gather(&vault, breach);
    assert_eq!(whose(&found, "email"), ids[1..].to_vec());
    assert_eq!((whose(&found, "name"), found.left_out), (ids, 0));
    assert_eq!(gather(&vault, |_| None).values, []);
}

#[test]
fn a_choice_saved_while_it_was_read_counts() {
    let folder = tempfile::tempdir().unwrap();
    let vault = open(folder.path());
    let ids = [ada(&vault), ada(&vault)];
    let first = AtomicBool::new(true);
    let found = gather(&vault, |standing| {
        // Outside the act the others go on: this one objects after the state that is read was taken.
        if first.swap(false, Ordering::SeqCst) {
            vault
                .act(&act(6, Verb::Choose), |tx| object(tx, &ids[0]))
                .unwrap();
        }
        breach(standing)
    });
    assert_eq!(whose(&found, "email"), [ids[1].clone()]);
    assert_eq!(found.left_out, 1);
}

#[test]
fn a_permit_about_one_person_or_for_something_else_reads_nobody() {
    let vault = Vault::in_memory(&root(), options()).unwrap();
    let id = ada(&vault);
    let about_one = |_: &Standing| Some(find(&id));
    let refused = vault.gather(&act(5, Verb::Read), &SOUGHT, about_one);
    assert!(matches!(refused, Err(Error::Refused(_))));
    let to_store = |_: &Standing| Some(record());
    let refused = vault.gather(&act(5, Verb::Read), &SOUGHT, to_store);
    assert!(matches!(refused, Err(Error::Refused(_))));
    assert_eq!(gather(&vault, breach).values.len(), 2);
}

#[test]
fn who_stands_alike_is_told_apart_without_opening_anything() {
    let vault = Vault::in_memory(&root(), options()).unwrap();
    let ids = [ada(&vault), ada(&vault), ada(&vault)];
    let before = entries(&vault).len();
    let alike = |purpose| {
        let kinds = vault.alike("kinship-carers", purpose).unwrap();
        let said = kinds.into_iter().map(|(standing, people)| {
            assert_eq!(standing.holding.id, "", "nobody in particular");
            let people: Vec<String> = people.iter().map(|one| one.to_string()).collect();
            (standing.states.contains(&policy::State::Objected), people)
        });
        said.collect::<Vec<_>>()
    };
    assert_eq!(alike(None), [(false, ids.to_vec())]);
    assert_eq!(entries(&vault).len(), before, "nothing goes on record");
    vault
        .act(&act(6, Verb::Choose), |tx| object(tx, &ids[1]))
        .unwrap();
    let others = vec![ids[0].clone(), ids[2].clone()];
    let apart = vec![(false, others.clone()), (true, vec![ids[1].clone()])];
    assert_eq!(alike(Some("analysis")), apart);
    assert_eq!(
        alike(Some("report")),
        [(false, others), (false, vec![ids[1].clone()])]
    );
    assert_eq!(vault.alike("another", None).unwrap(), []);
}
