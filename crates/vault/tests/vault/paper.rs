//! A paper opens to a permit about whoever's it is, and goes with them, by its day, or when it is done with.

use crate::common::*;
use crate::flips;
use jiff::civil::date;
use policy::{Deed, Permit, statutory};
use std::fs::remove_dir_all;
use store::Verb;
use vault::{Error, LONGEST_PAPER, NewPaper, Vault};

const WORDS: &str = "so far I would say that it was the school";

fn draft(holding: Option<&str>) -> NewPaper<'_> {
    NewPaper {
        kind: "draft",
        project: "#3035",
        holding,
        about: Some("srv_1"),
        media: "application/json",
        until: Some(date(2023, 12, 1)),
    }
}

fn lay(vault: &Vault, new: &NewPaper<'_>) -> String {
    vault
        .act(&act(2, Verb::Collect), |tx| tx.lay(new, WORDS.as_bytes()))
        .unwrap()
}

fn read(vault: &Vault, permit: &Permit, id: &str) -> Result<String, Error> {
    vault.act(&act(3, Verb::Read), |tx| {
        Ok(tx.paper(permit, id)?.text().into_owned())
    })
}

fn drop_it(vault: &Vault, permit: &Permit, id: &str) -> Result<bool, Error> {
    vault.act(&act(4, Verb::Erase), |tx| {
        tx.cite("UK GDPR Art 5(1)(e)");
        tx.drop_paper(permit, id)
    })
}

fn done() -> Permit {
    statutory(Deed::Erase, "UK GDPR Art 5(1)(e)", "", None).unwrap()
}

#[test]
fn it_opens_to_a_permit_about_whoever_s_it_is_and_goes_for_good() {
    let folder = tempfile::tempdir().unwrap();
    let vault = open(folder.path());
    let (ada, ben) = (ada(&vault), ada(&vault));
    let theirs = lay(&vault, &draft(Some(&ada)));
    let nobodys = lay(&vault, &draft(None));
    assert!(theirs.starts_with("pap_") && theirs.len() == 36);
    assert_eq!(read(&vault, &find(&ada), &theirs).unwrap(), WORDS);
    assert!(matches!(
        read(&vault, &find(&ben), &theirs),
        Err(Error::Refused(_))
    ));
    assert!(matches!(
        read(&vault, &erase(&ada), &theirs),
        Err(Error::Refused(_))
    ));
    assert!(matches!(
        drop_it(&vault, &erase(&ben), &theirs),
        Err(Error::Refused(_))
    ));
    let lines = vault.act(&act(3, Verb::Read), |tx| {
        Ok::<_, Error>((tx.papers(&ada)?, tx.papers_about("srv_1")?))
    });
    let (own, about) = lines.unwrap();
    let ids = |lines: &[vault::PaperLine]| lines.iter().map(|it| it.id.clone()).collect::<Vec<_>>();
    assert_eq!(ids(&own), std::slice::from_ref(&theirs));
    assert_eq!((about.len(), own[0].size), (2, WORDS.len() as u64));
    assert_eq!(vault.inspect(at(5)).unwrap().letters, 2);
    assert_eq!(files_with(folder.path(), WORDS.as_bytes()), [""; 0]);

    assert!(drop_it(&vault, &erase(&ada), &theirs).unwrap());
    assert!(!drop_it(&vault, &erase(&ada), &theirs).unwrap());
    assert!(read(&vault, &find(&ada), &theirs).is_err());
    // The other goes with nobody.
    vault
        .act(&act(6, Verb::Erase), |tx| {
            tx.erase_holding(&erase(&ada), &ada)
        })
        .unwrap();
    let any = statutory(Deed::Read, "UK GDPR Art 33", NOTICE, None).unwrap();
    assert_eq!(read(&vault, &any, &nobodys).unwrap(), WORDS);
    let late = vault.act(&act(7, Verb::Collect), |tx| {
        tx.lay(&draft(Some(&ada)), b"more")
    });
    assert!(matches!(late, Err(Error::Refused(_))), "of somebody erased");
    let long = vault.act(&act(7, Verb::Collect), |tx| {
        tx.lay(&draft(None), &vec![0; LONGEST_PAPER + 1])
    });
    assert!(
        matches!(long, Err(Error::Refused(_))),
        "longer than it may be"
    );
    let seen = vault.inspect(at(8)).unwrap();
    assert_eq!((seen.letters, seen.faults.len()), (1, 0));
}

#[test]
fn its_day_is_over_on_the_day_after_and_a_hold_on_everything_keeps_it() {
    const HOLD: &str = "insert into hold (id, holding, items, why, cites, since, by_whom)
        values ('hld_1', $1, '*', 'claim', 'UK GDPR Art 17(3)(e)', 0, 'stf_1')";
    const LIFT: &str = "update hold set lifted_at = 1 where id = 'hld_1'";
    let vault = Vault::in_memory(&root(), options()).unwrap();
    let ada = ada(&vault);
    let (theirs, nobodys) = (lay(&vault, &draft(Some(&ada))), lay(&vault, &draft(None)));
    let over = |day| {
        let lines = vault.papers_over(day).unwrap().into_iter();
        let mut ids: Vec<String> = lines.map(|line| line.id).collect();
        ids.sort();
        ids
    };
    assert_eq!(over(date(2023, 12, 1)), [""; 0]);
    let mut both = [theirs.clone(), nobodys.clone()];
    both.sort();
    assert_eq!(over(date(2023, 12, 2)), both);
    let keep = |sql: &'static str, by: &[store::Value]| {
        vault
            .act(&act(3, Verb::Keep), |tx| Ok::<_, Error>(tx.run(sql, by)?))
            .unwrap()
    };
    keep(HOLD, &[ada.as_str().into()]);
    assert_eq!(over(date(2023, 12, 2)), std::slice::from_ref(&nobodys));
    match drop_it(&vault, &erase(&ada), &theirs) {
        Err(Error::Refused(refused)) => assert_eq!(refused.law, "UK GDPR Art 17(3)(e)"),
        other => panic!("erased in spite of the hold: {other:?}"),
    }
    keep(LIFT, &[]);
    assert!(drop_it(&vault, &done(), &theirs).unwrap());
    assert!(drop_it(&vault, &done(), &nobodys).unwrap());
    assert_eq!(over(date(2023, 12, 2)), [""; 0]);
    assert!(vault.unfinished().unwrap().is_empty());
}

#[test]
fn a_restored_backup_does_not_bring_it_back() {
    let folder = tempfile::tempdir().unwrap();
    let vault = open(folder.path());
    let (kept, gone) = (lay(&vault, &draft(None)), lay(&vault, &draft(None)));
    drop(vault);
    let before = tempfile::tempdir().unwrap();
    flips::copy(folder.path(), before.path());
    let vault = open(folder.path());
    assert!(drop_it(&vault, &done(), &gone).unwrap());
    drop(vault);
    let ledger = std::fs::read(folder.path().join("erased.ledger")).unwrap();
    remove_dir_all(folder.path()).unwrap();
    flips::copy(before.path(), folder.path());
    std::fs::write(folder.path().join("erased.ledger"), ledger).unwrap();
    let vault = open(folder.path());
    let any = statutory(Deed::Read, "UK GDPR Art 33", NOTICE, None).unwrap();
    assert!(read(&vault, &any, &gone).is_err());
    assert_eq!(read(&vault, &any, &kept).unwrap(), WORDS);
    let seen = vault.inspect(at(9)).unwrap();
    assert_eq!((seen.letters, seen.faults), (1, Vec::<String>::new()));
}

#[test]
fn nor_an_answer_of_nobodys_that_was_taken_back() {
    const ANSWER: &str =
        "insert into answer (id, project, survey, sealed, answered_on, version, undo)
        values ($1, '#3035', 'views', x'00', '2023-11-20', 1, $2)";
    const LEFT: &str = "select id from answer order by id";
    let folder = tempfile::tempdir().unwrap();
    let vault = open(folder.path());
    vault
        .act(&act(2, Verb::Collect), |tx| {
            for (id, undo) in [("ans_1", "und_1"), ("ans_2", "und_2")] {
                tx.run(ANSWER, &[id.into(), undo.into()])?;
            }
            Ok::<_, Error>(())
        })
        .unwrap();
    drop(vault);
    let before = tempfile::tempdir().unwrap();
    flips::copy(folder.path(), before.path());
    let vault = open(folder.path());
    let left = |vault: &Vault| {
        let rows = vault.store().look(|rd| rd.rows(LEFT, &[])).unwrap();
        rows.iter()
            .map(|row| row.text("id").unwrap())
            .collect::<Vec<_>>()
    };
    vault
        .act(&act(3, Verb::Erase), |tx| tx.erase_sealed(&done(), "und_1"))
        .unwrap();
    assert_eq!(left(&vault), ["ans_2"]);
    assert!(vault.unfinished().unwrap().is_empty());
    drop(vault);
    let ledger = std::fs::read(folder.path().join("erased.ledger")).unwrap();
    remove_dir_all(folder.path()).unwrap();
    flips::copy(before.path(), folder.path());
    std::fs::write(folder.path().join("erased.ledger"), ledger).unwrap();
    assert_eq!(left(&open(folder.path())), ["ans_2"]);
}
