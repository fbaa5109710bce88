//! The World: a made-up organisation with real notices, a real vault and a real desk, moved through time by the sentences of a scenario.
//!
//! Nothing here is a stand-in. People, what they fill in and the firms are invented; what happens to their data is not.

mod lookup;
pub mod values;

use crate::halt::{Halt, wrong};
use desk::{Desk, Role, Visit};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use store::{Options, Seeded};
use tempfile::TempDir;
use vault::{RootKey, Vault};

/// The notices as they stand, by the short name the scenarios use.
const NOTICES: [Shelved; 3] = [
    Shelved {
        short: "kinship",
        name: "kinship-care-stakeholders",
        now: include_str!("../../../notices/kinship-care-stakeholders.notice.md"),
        first: include_str!("../../../notices/archive/kinship-care-stakeholders.v1.notice.md"),
    },
    Shelved {
        short: "people",
        name: "care-leavers-people",
        now: include_str!("../../../notices/care-leavers-people.notice.md"),
        first: include_str!("../../../notices/archive/care-leavers-people.v1.notice.md"),
    },
    Shelved {
        short: "stakeholders",
        name: "care-leavers-stakeholders",
        now: include_str!("../../../notices/care-leavers-stakeholders.notice.md"),
        first: include_str!("../../../notices/archive/care-leavers-stakeholders.v1.notice.md"),
    },
];

struct Shelved {
    short: &'static str,
    name: &'static str,
    now: &'static str,
    first: &'static str,
}

/// The day the second versions of the notices were published.
const SECOND: Date = Date::constant(2026, 9, 1);

/// A made-up person.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Person {
    /// As the scenario calls them: `ada`.
    pub first: String,
    /// Which number they have in this world, from 0.
    pub place: usize,
    /// What they filled in, by the item's name; what the scenario wrote, or an invented value.
    pub filled: BTreeMap<String, String>,
    /// The items that were redacted or made plainer since, so that what was filled in is no more what is held.
    pub changed: BTreeSet<String>,
    /// Their holdings, oldest first: the notice's name and the holding.
    pub holdings: Vec<(String, String)>,
    /// Their entry in a contact list of its own.
    pub card: Option<String>,
    /// Ids of what came of them, by kind: `recording`, `job`, `mail`, `letter`, `complaint`, `access`, `erase` …
    pub ids: BTreeMap<String, String>,
}

/// A made-up organisation at one moment.
#[derive(Debug)]
pub struct World {
    /// The desk.
    pub desk: Desk,
    /// Now.
    pub now: Timestamp,
    /// What invented values are made from.
    pub seed: u64,
    /// By first name.
    pub people: BTreeMap<String, Person>,
    /// Ids of recipients by short name.
    pub recipients: BTreeMap<String, String>,
    /// What was last made and is looked at by a later sentence, by name: a summary, refused columns, a parcel.
    pub made: BTreeMap<String, String>,
    /// The staff ids by the role's word.
    pub staff: BTreeMap<String, String>,
    folder: Option<PathBuf>,
    // Dropped last, after the desk has closed its files.
    _temp: Option<TempDir>,
}

impl World {
    /// A world in memory that begins at a moment, with every notice of that day published.
    ///
    /// # Errors
    /// A fault of the desk.
    pub fn new(seed: u64, start: Timestamp) -> Result<World, Halt> {
        let vault = Vault::in_memory(&root(seed), options(seed)).map_err(fault)?;
        World::over(vault, seed, None, None)?.with_notices(start)
    }

    /// The same with its rows on a PostgreSQL server.
    ///
    /// # Errors
    /// The server cannot be used, or a fault of the desk.
    pub fn on_server(seed: u64, start: Timestamp, address: &str) -> Result<World, Halt> {
        let options = options(seed).hasty().database(Some(address.to_owned()));
        let vault = Vault::in_memory(&root(seed), options).map_err(fault)?;
        World::over(vault, seed, None, None)?.with_notices(start)
    }

    /// A world in a folder of its own that goes away with it, for sentences that look at the disk.
    ///
    /// # Errors
    /// The folder cannot be made, or a fault of the desk.
    pub fn on_disk(seed: u64, start: Timestamp) -> Result<World, Halt> {
        let temp = TempDir::new().map_err(|e| wrong(e.to_string(), "a temporary folder"))?;
        let path = temp.path().join("data");
        let vault = Vault::open(&path, &root(seed), options(seed), start).map_err(fault)?;
        World::over(vault, seed, Some(path), Some(temp))?.with_notices(start)
    }

    /// A world in a folder that stays, under a root key of its own, without any notice yet.
    ///
    /// # Errors
    /// The folder is not empty, or a fault of the desk.
    pub fn in_folder(
        path: &Path,
        seed: u64,
        key: &RootKey,
        start: Timestamp,
    ) -> Result<World, Halt> {
        let vault = Vault::open(path, key, options(seed), start).map_err(fault)?;
        let mut world = World::over(vault, seed, Some(path.to_owned()), None)?;
        world.now = start;
        Ok(world)
    }

    /// A world in a folder that stays, with its rows on a server where one is named, and ids of its own each time it is opened: one
    /// that a kill stopped goes on from there, once its people are put back.
    ///
    /// # Errors
    /// As [`World::in_folder`].
    pub fn gone_on(
        path: &Path,
        (seed, ids): (u64, u64),
        start: Timestamp,
        server: Option<String>,
    ) -> Result<World, Halt> {
        let options = options(ids).database(server);
        let vault = Vault::open(path, &root(seed), options, start).map_err(fault)?;
        let mut world = World::over(vault, seed, Some(path.to_owned()), None)?;
        world.now = start;
        Ok(world)
    }

    fn over(
        vault: Vault,
        seed: u64,
        folder: Option<PathBuf>,
        temp: Option<TempDir>,
    ) -> Result<World, Halt> {
        Ok(World {
            desk: Desk::open(vault)?,
            now: Timestamp::UNIX_EPOCH,
            seed,
            people: BTreeMap::new(),
            recipients: BTreeMap::new(),
            made: BTreeMap::new(),
            staff: BTreeMap::new(),
            folder,
            _temp: temp,
        })
    }

    /// Publishes the notices that were in force on the day a world begins, each on its own day.
    fn with_notices(mut self, start: Timestamp) -> Result<World, Halt> {
        self.employ(start)?;
        let second = law::clock::day(start) >= SECOND;
        for shelved in &NOTICES {
            let text = if second { shelved.now } else { shelved.first };
            self.publish(text, start)?;
        }
        self.now = start;
        Ok(self)
    }

    /// Gives each role a member of staff without a password: nobody signs in here.
    fn employ(&mut self, at: Timestamp) -> Result<(), Halt> {
        for role in Role::ALL {
            let (word, email) = (role.word(), format!("{}@larkfield.example", role.word()));
            let member = desk::door::staff::add(
                &self.desk,
                &Visit::system(at, "world"),
                word,
                &email,
                role,
                None,
            )?;
            self.staff.insert(word.to_owned(), member.id);
        }
        Ok(())
    }

    /// Publishes a notice as the data protection officer.
    pub(crate) fn publish(&mut self, text: &str, at: Timestamp) -> Result<(), Halt> {
        let dpo = Visit::staff(at, self.staff_id("dpo"), Role::Dpo);
        desk::changes::publish(&self.desk, &dpo, text)?;
        Ok(())
    }

    /// The folder, where there is one.
    #[must_use]
    pub fn folder(&self) -> Option<&Path> {
        self.folder.as_deref()
    }

    /// Time moves on.
    ///
    /// # Errors
    /// Time moves forward only.
    pub fn move_to(&mut self, at: Timestamp) -> Result<(), Halt> {
        if at < self.now {
            return Err(wrong(
                "this day lies before the line above",
                "days in their order",
            ));
        }
        self.now = at;
        Ok(())
    }

    fn staff_id(&self, role: &str) -> &str {
        self.staff.get(role).map_or("stf_nobody", String::as_str)
    }
}

/// A world is made up, and so is its key; never one that guards anybody's data.
fn root(seed: u64) -> RootKey {
    let mut bytes = [0x5a; 32];
    for (to, from) in bytes.iter_mut().zip(seed.to_be_bytes()) {
        *to ^= from;
    }
    RootKey::from_bytes(bytes)
}

fn options(seed: u64) -> Options {
    Options::new(Arc::new(Seeded::new(seed)))
}

fn fault(error: vault::Error) -> Halt {
    Halt::Stop(error.into())
}
