//! Runs the scenarios of a file, each in a fresh World, and says of every line that did not go as written what happened instead.

use crate::halt::{Halt, in_full};
use crate::script::{self, Expect, Scenario, Step};
use crate::steps;
use crate::world::World;
use desk::Stop;
use serde::Serialize;
use std::collections::BTreeSet;

/// What came of a file.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Report {
    /// The file's name as given.
    pub name: String,
    /// One for each scenario, in the file's order.
    pub scenarios: Vec<Ran>,
}

/// What came of one scenario.
#[derive(Clone, Debug, Serialize)]
pub struct Ran {
    /// The heading without the promises.
    pub title: String,
    /// The promises it acts out.
    pub promises: BTreeSet<String>,
    /// How many lines it has.
    pub steps: usize,
    /// Every line went as written.
    pub passed: bool,
    /// The first line that did not; nothing after it was done.
    pub failed: Option<Failed>,
}

/// A line that did not go as written.
#[derive(Clone, Debug, Serialize)]
pub struct Failed {
    /// From 1, in the file.
    pub line: usize,
    /// The sentence.
    pub sentence: String,
    /// What happened.
    pub happened: String,
    /// What the line asks for.
    pub expected: String,
}

/// Runs every scenario of a Markdown file.
///
/// # Errors
/// The file holds a line that is no scenario line.
pub fn run(markdown: &str, name: &str) -> Result<Report, script::Fault> {
    let scenarios = script::read(markdown)?;
    Ok(Report {
        name: name.to_owned(),
        scenarios: scenarios.iter().map(play).collect(),
    })
}

/// Plays one scenario in a world of its own.
#[must_use]
pub fn play(scenario: &Scenario) -> Ran {
    let failed = match world(scenario) {
        Err(failed) => Some(failed),
        Ok(mut world) => play_in(&mut world, scenario),
    };
    Ran {
        title: scenario.title.clone(),
        promises: scenario.promises.clone(),
        steps: scenario.steps.len(),
        passed: failed.is_none(),
        failed,
    }
}

/// Plays one scenario in a world that is given, up to the first line that fails.
pub fn play_in(world: &mut World, scenario: &Scenario) -> Option<Failed> {
    let mut steps = scenario.steps.iter();
    steps.find_map(|step| take(world, step).err())
}

/// The world a scenario begins in; on a disk where one of its sentences looks there.
fn world(scenario: &Scenario) -> Result<World, Failed> {
    const SEED: u64 = 3032;
    let Some(first) = scenario.steps.first() else {
        return Err(Failed {
            line: scenario.line,
            sentence: scenario.title.clone(),
            happened: "the scenario has no line".to_owned(),
            expected: "at least one".to_owned(),
        });
    };
    let made = if scenario
        .steps
        .iter()
        .any(|s| steps::looks_at_the_disk(&s.sentence))
    {
        World::on_disk(SEED, first.at)
    } else {
        World::new(SEED, first.at)
    };
    made.map_err(|halt| failed(first, said(halt), "a world with its notices published"))
}

/// Takes one step; the failure says what happened and what the line asks for.
///
/// # Errors
/// The line did not go as written.
pub fn take(world: &mut World, step: &Step) -> Result<(), Failed> {
    let done = world
        .move_to(step.at)
        .and_then(|()| steps::act(world, &step.sentence));
    match (done, &step.expect) {
        (Ok(_), Expect::Done) => Ok(()),
        (Ok(said), Expect::Allowed(words)) => {
            if shows(&said, words) {
                Ok(())
            } else {
                Err(failed(
                    step,
                    format!("allowed, saying: {said}"),
                    &format!("allowed, with `{words}` among the reasons"),
                ))
            }
        }
        (Ok(_), Expect::Refused(_)) => Err(failed(step, "it was done".to_owned(), "a refusal")),
        (Err(Halt::Stop(Stop::Refused(refused))), Expect::Refused(words)) => {
            let said = in_full(&refused);
            if shows(&said, words) {
                Ok(())
            } else {
                Err(failed(
                    step,
                    format!("refused, saying: {said}"),
                    &format!("a refusal with the words `{words}`"),
                ))
            }
        }
        (Err(Halt::Wrong { happened, expected }), _) => Err(failed(step, happened, &expected)),
        (Err(halt), Expect::Refused(_)) => Err(failed(step, said(halt), "a refusal")),
        (Err(halt), _) => Err(failed(step, said(halt), "that it is done")),
    }
}

fn shows(said: &str, words: &str) -> bool {
    words.is_empty() || said.to_lowercase().contains(&words.to_lowercase())
}

fn said(halt: Halt) -> String {
    match halt {
        Halt::Stop(Stop::Refused(refused)) => format!("refused, saying: {}", in_full(&refused)),
        Halt::Stop(Stop::Fault(fault)) => format!("a fault: {fault}"),
        Halt::Wrong { happened, .. } => happened,
    }
}

fn failed(step: &Step, happened: String, expected: &str) -> Failed {
    Failed {
        line: step.line,
        sentence: step.sentence.clone(),
        happened,
        expected: expected.to_owned(),
    }
}
