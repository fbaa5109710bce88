//! The same acts reach the same state on both engines (I8): every scenario, and made-up histories of years.
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test reads the scenarios and fails by panicking"
)]

use std::{path::Path, sync::Mutex};
use store::{Filter, trial};
use testbed::script::{self, Scenario};
use testbed::world::World;
use testbed::{demo, run, steps};

/// What depends on chance that no seed rules (a sealed entry is part of its leaf), or numbers differently on purpose.
const BY_CHANCE: [&str; 18] = [
    // Numbers are given in the order in which an engine came to need them; what the entries say is compared as they say it.
    "entry.arrival",
    "entry.leaf",
    "entry.wording",
    "entry.who",
    "entry.about",
    "wording.number",
    "filing.wording",
    "pseudonym.number",
    "arrived.first",
    "arrived.last",
    "arrived.number",
    "checkpoint.root",
    "checkpoint.peaks",
    "checkpoint.note",
    "link.token",
    // Keyed by a key that each house draws by chance.
    "look_up.token",
    "suppression.token",
    "staff.password",
];

/// All that can be compared, and what the entries say in the order in which they arrived.
fn state(world: &World) -> (Vec<String>, Vec<String>) {
    let store = world.desk.vault().store();
    let entries = store.entries(&Filter::default()).unwrap();
    let said = |mut kept: store::Kept| {
        kept.entry.sealed = None;
        format!("{:?}", kept.entry)
    };
    let order = entries.into_iter().map(said).collect();
    (store.state(&BY_CHANCE).unwrap(), order)
}

fn scenarios() -> Vec<Scenario> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scenarios");
    let mut files: Vec<_> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|file| file.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "md"))
        .collect();
    files.sort();
    let read = |path| script::read(&std::fs::read_to_string(path).unwrap()).unwrap();
    files.iter().flat_map(read).collect()
}

#[test]
fn every_scenario_reaches_the_same_state_on_both_engines() {
    let scenarios = Mutex::new(scenarios().into_iter());
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                while let Some(scenario) = { scenarios.lock().unwrap().next() } {
                    compare(&scenario);
                }
            });
        }
    });
}

fn compare(scenario: &Scenario) {
    let disk = |s: &script::Step| steps::looks_at_the_disk(&s.sentence);
    if scenario.steps.iter().any(disk) {
        return;
    }
    let Some(place) = trial::place() else { return };
    let Some(start) = scenario.steps.first().map(|step| step.at) else {
        return;
    };
    let mut here = World::new(3032, start).unwrap();
    let mut there = World::on_server(3032, start, &place.address()).unwrap();
    for world in [&mut here, &mut there] {
        if let Some(failed) = run::play_in(world, scenario) {
            panic!("{}: {failed:?}", scenario.title);
        }
    }
    assert_eq!(state(&here), state(&there), "{}", scenario.title);
}

#[test]
fn the_same_history_reaches_the_same_state_on_both_engines() {
    for seed in [1, 2, 3] {
        let Some(place) = trial::place() else { return };
        let steps = demo::story(seed).unwrap();
        let start = steps[0].at;
        let mut here = World::new(seed, start).unwrap();
        let mut there = World::on_server(seed, start, &place.address()).unwrap();
        for step in steps.iter().take(150) {
            let ends = [&mut here, &mut there]
                .map(|world| run::take(world, step).err().map(|failed| failed.happened));
            assert_eq!(ends[0], ends[1], "{}", step.sentence);
        }
        let (rows, order) = state(&here);
        assert!(rows.len() > 300 && order.len() > 60, "{} rows", rows.len());
        assert_eq!((rows, order), state(&there), "seed {seed}");
        for world in [&here, &there] {
            world.desk.vault().integrate(world.now).unwrap();
            assert!(world.desk.vault().verify(None).unwrap().verifies());
        }
    }
}
