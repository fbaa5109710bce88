//! Four years of a made-up organisation: sixty people, three notices, promises kept and one broken, for whoever wants to look around.
//!
//! The story is written in the sentences of the scenarios and goes through the same desk. The same seed gives the same story and the
//! same ids. Nobody in it exists.

mod cast;
mod kinship;
mod rights;
mod story;
mod wellbeing;

use crate::halt::{Halt, wrong};
use crate::run;
use crate::script::{self, Step};
use crate::world::World;
use cast::Cast;
use desk::door::staff;
use desk::{Role, Visit};
use jiff::Timestamp;
use std::path::Path;
use vault::RootKey;

/// The organisation's made-up name.
pub const ORGANISATION: &str = "Larkfield Centre for Social Research";

/// The seed of the demo everybody sees.
pub const SEED: u64 = 3035;

/// The one password of the demo: said openly on its sign-in page, since everything behind it is made up.
pub const PASSWORD: &str = "open sesame larkfield";

/// An account of the demo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Account {
    /// The made-up name.
    pub name: &'static str,
    /// What they sign in with.
    pub email: &'static str,
    /// What they may do.
    pub role: Role,
}

/// The staff of the demo; all sign in with [`PASSWORD`].
pub const ACCOUNTS: [Account; 4] = [
    Account {
        name: "Rhiannon Sable",
        email: "rhiannon@larkfield.example",
        role: Role::Researcher,
    },
    Account {
        name: "Leopold Finch",
        email: "leopold@larkfield.example",
        role: Role::Lead,
    },
    Account {
        name: "Dorothea Quill",
        email: "dorothea@larkfield.example",
        role: Role::Dpo,
    },
    Account {
        name: "Anselm Pike",
        email: "anselm@larkfield.example",
        role: Role::Administrator,
    },
];

/// What was built.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Built {
    /// The moment the story ends: the demo's clock begins here.
    pub ends: Timestamp,
    /// How many sentences it took.
    pub steps: usize,
    /// How many people are in it.
    pub people: usize,
    /// How many entries of evidence it left.
    pub entries: u64,
}

/// The story, sentence by sentence, from January 2023 to January 2027.
///
/// # Errors
/// A line of it that is no scenario line; a test finds that first.
pub fn story(seed: u64) -> Result<Vec<Step>, script::Fault> {
    let told = story::write(&Cast::new(seed)).told();
    Ok(script::read(&told)?
        .into_iter()
        .flat_map(|s| s.steps)
        .collect())
}

/// The story as a Markdown scenario, to be read.
#[must_use]
pub fn diary(seed: u64) -> String {
    story::write(&Cast::new(seed)).told()
}

/// Builds the demo in a data folder under a root key, telling of each year as it passes.
///
/// # Errors
/// A folder that is not empty, or a sentence of the story that did not come true.
pub fn build(
    folder: &Path,
    key: &RootKey,
    seed: u64,
    progress: &mut dyn FnMut(&str),
) -> Result<Built, Halt> {
    let steps =
        story(seed).map_err(|fault| wrong(fault.to_string(), "a story that can be read"))?;
    let (Some(first), Some(last)) = (steps.first(), steps.last()) else {
        return Err(wrong("the story is empty", "a story"));
    };
    let mut world = World::in_folder(folder, seed, key, first.at)?;
    employ(&mut world, first.at)?;
    let mut year = 0;
    for step in &steps {
        let day = law::clock::day(step.at);
        if day.year() != year {
            year = day.year();
            progress(&format!("{year}"));
        }
        run::take(&mut world, step).map_err(|failed| {
            wrong(
                format!(
                    "line {}: {}: {}",
                    failed.line, failed.sentence, failed.happened
                ),
                failed.expected,
            )
        })?;
        if step.sentence == story::SWEEP {
            // As the server does after its work: what was done since gets its number and is signed.
            world.desk.vault().integrate(step.at)?;
        }
    }
    let vault = world.desk.vault();
    vault.integrate(last.at)?;
    let audit = vault.verify(None)?;
    if !audit.verifies() {
        return Err(wrong(audit.faults.join("; "), "a log that verifies"));
    }
    Ok(Built {
        ends: last.at,
        steps: steps.len(),
        people: world.people.len(),
        entries: audit.entries,
    })
}

/// Puts the staff of the demo on the list, each with the open password.
///
/// # Errors
/// A fault of the desk.
pub fn employ(world: &mut World, at: Timestamp) -> Result<(), Halt> {
    let visit = Visit::system(at, "demo");
    for account in ACCOUNTS {
        let member = staff::add(
            &world.desk,
            &visit,
            account.name,
            account.email,
            account.role,
            Some(PASSWORD),
        )?;
        world
            .staff
            .insert(account.role.word().to_owned(), member.id);
    }
    Ok(())
}
