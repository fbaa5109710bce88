//! Duties have a day as soon as their milestone has one.

use super::{RIVER, compiled};
use crate::{DutyKind, DutyOf, DutyRule, Rulebook, due};
use jiff::civil::date;
use std::collections::BTreeMap;

fn one<'a>(book: &'a Rulebook, kind: DutyKind, clause: &str) -> &'a DutyRule {
    let mut found = book
        .duties()
        .iter()
        .filter(|d| d.kind == kind && d.clause.ends_with(clause));
    let first = found
        .next()
        .unwrap_or_else(|| panic!("no {kind:?} under {clause}: {:#?}", book.duties()));
    assert!(found.next().is_none());
    first
}

#[test]
fn the_typist_has_seven_days_to_erase_and_to_confirm() {
    let book = compiled(RIVER);
    for kind in [DutyKind::Erase, DutyKind::ConfirmDeletion] {
        let duty = one(&book, kind, "/keep/sound@transcriber");
        assert_eq!(duty.who, DutyOf::Recipient("transcriber".into()));
        assert_eq!(due(duty, &BTreeMap::new()), None);
        // 28 December 2026 is a bank holiday, and a promise buys no time with it.
        let happened = [("transcript.delivered".to_owned(), date(2026, 12, 21))].into();
        assert_eq!(due(duty, &happened), Some(date(2026, 12, 28)));
    }
}

#[test]
fn a_milestone_is_known_by_both_its_names_and_by_its_plan() {
    let book = compiled(RIVER);
    let erase = book
        .duties()
        .iter()
        .find(|d| {
            d.kind == DutyKind::Erase
                && d.data.contains(&"words".to_owned())
                && d.anchor == "project.end"
        })
        .unwrap();
    assert_eq!(erase.planned(), Some(date(2029, 6, 30)));
    let leap = [("final-report.delivered".to_owned(), date(2028, 2, 29))].into();
    assert_eq!(due(erase, &leap), Some(date(2030, 2, 28)));
}

#[test]
fn people_are_told_within_a_month_or_at_the_first_contact() {
    let book = compiled(RIVER);
    let duty = one(
        &book,
        DutyKind::TellPerson,
        "/receive/home-town@walking-club",
    );
    let mut happened: BTreeMap<_, _> = [("data.received".to_owned(), date(2026, 10, 31))].into();
    assert_eq!(due(duty, &happened), Some(date(2026, 11, 30)));
    happened.insert("first-contact".to_owned(), date(2026, 11, 9));
    assert_eq!(due(duty, &happened), Some(date(2026, 11, 9)));
}

#[test]
fn every_promise_with_a_time_becomes_a_duty() {
    let book = compiled(RIVER);
    let kinds: std::collections::BTreeSet<DutyKind> =
        book.duties().iter().map(|d| d.kind).collect();
    for kind in [
        DutyKind::Erase,
        DutyKind::ConfirmDeletion,
        DutyKind::ReviewRecipient,
        DutyKind::ReviewKeep,
        DutyKind::TellPerson,
        DutyKind::AnswerRequest,
        DutyKind::AcknowledgeComplaint,
        DutyKind::Minimise,
        DutyKind::RemoveIdentity,
        DutyKind::UpdateNotice,
        DutyKind::NotifyChange,
        DutyKind::ReviewProtection,
        DutyKind::Assess,
    ] {
        assert!(kinds.contains(&kind), "{kind:?}");
    }
}
