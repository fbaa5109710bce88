//! After four years: whoever was erased is in no file of the folder, by name, address or number.

#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "this test reads the disk as a burglar would"
)]

use desk::data;
use std::path::Path;
use testbed::world::World;
use testbed::{demo, run};
use vault::RootKey;

fn files(folder: &Path, found: &mut Vec<(String, Vec<u8>)>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else {
            found.push((path.display().to_string(), std::fs::read(&path).unwrap()));
        }
    }
}

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes
        .windows(text.len())
        .any(|w| w.eq_ignore_ascii_case(text.as_bytes()))
}

#[test]
fn ten_erased_people_are_in_no_file() {
    let temp = tempfile::tempdir().unwrap();
    let folder = temp.path().join("data");
    let steps = demo::story(demo::SEED).unwrap();
    let mut world = World::in_folder(
        &folder,
        demo::SEED,
        &RootKey::from_bytes([7; 32]),
        steps[0].at,
    )
    .unwrap();
    demo::employ(&mut world, steps[0].at).unwrap();
    for step in &steps {
        run::take(&mut world, step)
            .unwrap_or_else(|failed| panic!("{}: {}", failed.sentence, failed.happened));
    }
    let mut erased = Vec::new();
    for published in world.desk.shelf().all() {
        for line in data::people(&world.desk, &published.notice.name).unwrap() {
            if line.erased_at.is_some() {
                erased.push(line.holding);
            }
        }
    }
    // Gone altogether: no other holding, no entry in a contact list.
    let gone: Vec<_> = world
        .people
        .values()
        .filter(|p| !p.holdings.is_empty() && p.card.is_none())
        .filter(|p| {
            p.holdings
                .iter()
                .all(|(_, holding)| erased.contains(holding))
        })
        .collect();
    assert!(gone.len() >= 10, "only {} people were erased", gone.len());

    let mut found = Vec::new();
    files(&folder, &mut found);
    let controller = "What Works for Children's Social Care";
    assert!(
        found.iter().any(|(_, bytes)| holds(bytes, controller)),
        "the search itself finds nothing"
    );
    let mut looked_for = 0;
    for person in gone.iter().take(10) {
        for item in ["name", "email", "phone"] {
            let Some(value) = person.filled.get(item) else {
                continue;
            };
            looked_for += 1;
            for (file, bytes) in &found {
                assert!(
                    !holds(bytes, value),
                    "`{item}` of an erased person stands in {file}"
                );
            }
        }
    }
    assert!(looked_for >= 20, "only {looked_for} values were looked for");
}
