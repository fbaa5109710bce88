//! The demo's story comes true, sentence by sentence, and the same seed tells the same story.

use desk::promises::{self, Verdict};
use std::collections::BTreeSet;
use std::path::Path;
use store::{Filter, Options};
use testbed::world::World;
use testbed::{demo, run};
use vault::{RootKey, Vault};

fn key() -> RootKey {
    RootKey::from_bytes([7; 32])
}

#[test]
fn the_same_seed_tells_the_same_story_with_the_same_ids() {
    assert_eq!(demo::diary(7), demo::diary(7));
    assert_ne!(demo::diary(7), demo::diary(8));
    let ids = |folder: &Path| -> Vec<String> {
        let steps = demo::story(7).unwrap();
        let mut world = World::in_folder(folder, 7, &key(), steps[0].at).unwrap();
        demo::employ(&mut world, steps[0].at).unwrap();
        for step in steps.iter().take(60) {
            run::take(&mut world, step).unwrap();
        }
        let entries = world
            .desk
            .vault()
            .store()
            .entries(&Filter::default())
            .unwrap();
        entries
            .into_iter()
            .map(|kept| format!("{} {:?}", kept.entry.id, kept.entry.about))
            .collect()
    };
    let temp = tempfile::tempdir().unwrap();
    let (one, other) = (
        ids(&temp.path().join("one")),
        ids(&temp.path().join("other")),
    );
    assert!(one.len() > 60);
    assert_eq!(one, other);
}

#[test]
fn every_sentence_of_the_demo_comes_true() {
    let temp = tempfile::tempdir().unwrap();
    let folder = temp.path().join("data");
    let mut years = Vec::new();
    let built = demo::build(&folder, &key(), demo::SEED, &mut |year| {
        years.push(year.to_owned())
    })
    .unwrap_or_else(|halt| panic!("{halt:?}"));
    assert_eq!(years, ["2023", "2024", "2025", "2026", "2027"]);
    assert!(built.people >= 60, "{built:?}");
    assert!(built.entries > 500, "{built:?}");

    // Whoever opens the folder afterwards finds promises kept, promises due, and the one that was broken.
    let vault = Vault::open(
        &folder,
        &key(),
        Options::new(std::sync::Arc::new(vault::seal::System)),
        built.ends,
    )
    .unwrap();
    assert!(vault.verify(None).unwrap().verifies());
    let desk = desk::Desk::open(vault).unwrap();
    let mut found = BTreeSet::new();
    let mut broken = BTreeSet::new();
    for published in desk.shelf().all() {
        for kept in promises::verdicts(&desk, &published.notice.name, built.ends).unwrap() {
            found.insert(kept.verdict);
            if kept.verdict == Verdict::Broken {
                broken.insert(kept.clause);
            }
        }
    }
    assert!(found.contains(&Verdict::Kept) && found.contains(&Verdict::Due));
    assert_eq!(
        broken,
        [
            "#3032/about/protect/overall",
            "#3032/how-safe/protect/review"
        ]
        .map(str::to_owned)
        .into()
    );
    let (member, _) = desk::door::staff::sign_in(
        &desk,
        built.ends,
        built.ends,
        demo::ACCOUNTS[2].email,
        demo::PASSWORD,
        &desk::door::knock::Whence::default(),
    )
    .unwrap();
    assert_eq!(member.role, desk::Role::Dpo);
}
