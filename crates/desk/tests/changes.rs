//! A published version never changes, and whoever is affected by a new one hears of it first.
#![expect(clippy::panic, reason = "a test stops at what it did not expect")]

mod common;

use common::*;
use desk::{Role, Stop, Visit, changes};
use store::Value;

/// The kinship notice with one recipient more, as a version of its own.
fn third() -> String {
    text(KINSHIP)
        .replace("version 2 dated 2026-09-01 language", "version 3 dated 2026-11-01 language")
        .replace(
            "protect minimum  # PR-46",
            "protect minimum  # PR-46\nshare role with any university as processor for understand; review every 1 year",
        )
        .replace("version 2 2026-09-01\n", "version 3 2026-11-01 \"A university helps us\"; notify affected by email\nversion 2 2026-09-01\n")
}

fn why(stop: Stop) -> String {
    match stop {
        Stop::Refused(refused) => refused.why,
        Stop::Fault(fault) => panic!("{fault}"),
    }
}

#[test]
fn whoever_is_affected_hears_of_it_before_it_applies() {
    let desk = desk();
    let eli = sign_up(
        &desk,
        "2026-10-01",
        KINSHIP,
        &[("name", "Eli North"), ("email", "eli@example.org")],
    );
    let now = changes::publish(&desk, &dpo("2026-11-01"), &third()).unwrap();
    assert_eq!((now.version, now.material, now.affected), (3, true, 1));

    let affected = changes::affected(&desk, KINSHIP, 3).unwrap();
    assert_eq!(affected.len(), 1);
    assert_eq!(affected[0].told_at, None);
    let judged = |version| {
        let row = desk
            .vault()
            .store()
            .look::<_, store::Error>(|rd| {
                rd.one(
                    "select version_told from holding where id = $1",
                    &[Value::from(eli.as_str())],
                )
            })
            .unwrap();
        assert_eq!(row.unwrap().int("version_told").unwrap(), version);
    };
    judged(2);
    assert_eq!(
        changes::tell_all(&desk, &lead("2026-11-05"), KINSHIP, 3, "email").unwrap(),
        1
    );
    judged(3);
    let again = changes::tell(&desk, &lead("2026-11-05"), &eli, KINSHIP, 3, "email").unwrap_err();
    assert!(why(again).contains("knows version 3"));
    assert_eq!(changes::versions(&desk, KINSHIP).unwrap().len(), 2);
}

#[test]
fn a_published_version_never_changes() {
    let desk = desk();
    let changed = text(KINSHIP).replace(
        "This notice is for people",
        "This notice is meant for people",
    );
    assert!(
        why(changes::publish(&desk, &lead("2026-10-01"), &changed).unwrap_err())
            .contains("version 2")
    );
    assert!(
        why(changes::publish(&desk, &lead("2026-10-01"), &text(KINSHIP)).unwrap_err())
            .contains("already")
    );
    let administrator = Visit::staff(at("2026-11-01"), "stf_adm", Role::Administrator);
    assert!(
        why(changes::publish(&desk, &administrator, &third()).unwrap_err())
            .contains("project lead")
    );
    let broken = third().replace("basis legitimate-interests", "basis whatever");
    assert!(
        why(changes::publish(&desk, &dpo("2026-11-01"), &broken).unwrap_err()).contains("errors")
    );
}
