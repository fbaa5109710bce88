//! A house on disk: one folder with a configuration file, the root key, and the data folder.
//!
//! ```text
//! abide.toml   organisation, address, where the key and the data are
//! root.key     32 bytes in hexadecimal, readable by its owner alone; back it up apart from the data
//! data/        the vault
//! ```

#![expect(
    clippy::disallowed_methods,
    reason = "this is a door: configuration and the root key come in here"
)]

use crate::input::{Usage, usage};
use crate::moment;
use crate::recordings::{self, Recordings};
use crate::root::{self, Tool};
use crate::scratch;
use desk::Desk;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use store::{FolderFault, Options, Side, Store};
use vault::{RootKey, Roots, Vault};

/// What `abide.toml` says.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// The organisation's name, as pages show it.
    pub organisation: String,
    /// Where the server listens.
    #[serde(default = "listen")]
    pub listen: String,
    /// The address people use, where a proxy stands in front: `https://abide.example.org`.
    #[serde(default)]
    pub public: Option<String>,
    /// The root key's file, beside this one unless it begins with `/`.
    #[serde(default = "key_file")]
    pub root_key: PathBuf,
    /// The data folder, likewise.
    #[serde(default = "data_folder")]
    pub data: PathBuf,
    /// The public parts of the recovery keys that backups are encrypted to, each `age1…`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub recovery: Vec<String>,
    /// Where recordings stand, if not in the data folder.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recordings: Option<Recordings>,
    /// Where rows are kept, if not in the data folder: `postgres://name@host/database`. Keys, recordings and the ledger of
    /// erasures stay in the folder.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub database: Option<String>,
    /// Where keys are kept, if not in the data folder: a database of their own, never the one the rows are in, with a backup of
    /// its own. Then several servers may serve the house.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub keys_database: Option<String>,
    /// How many seconds a server that has stopped answering keeps its duties before another takes them over; 30 where it is
    /// not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lease: Option<u32>,
    /// The commands of a key service, where one keeps the root key wrapped.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key_service: Option<Tool>,
}

impl Config {
    /// That of a house with everything in its folder.
    #[must_use]
    pub fn plain() -> Self {
        Self {
            organisation: "a house brought back".to_owned(),
            listen: listen(),
            public: None,
            root_key: key_file(),
            data: data_folder(),
            recovery: Vec::new(),
            recordings: None,
            database: None,
            keys_database: None,
            lease: None,
            key_service: None,
        }
    }

    /// The same, called as another configuration says, and where the house vouches for that one, reached as it says too. Nothing else
    /// of it is taken: it names files, commands and places.
    #[must_use]
    pub fn called_as_in(mut self, other: &str, vouched: bool) -> Self {
        let other: toml::Table = other.parse().unwrap_or_default();
        let said = |name: &str| Some(other.get(name)?.as_str()?.to_owned());
        self.organisation = said("organisation").unwrap_or(self.organisation);
        if vouched {
            self.listen = said("listen").unwrap_or(self.listen);
            self.public = said("public");
        }
        self
    }
}

fn listen() -> String {
    "127.0.0.1:8300".to_owned()
}

fn key_file() -> PathBuf {
    PathBuf::from("root.key")
}

fn data_folder() -> PathBuf {
    PathBuf::from("data")
}

/// The environment variable whose address, with its password, is used instead of the one in the configuration, where that
/// names one.
const DATABASE_VARIABLE: &str = "ABIDE_DATABASE";
/// The same for the database of keys.
const KEYS_VARIABLE: &str = "ABIDE_KEYS_DATABASE";

/// How far a moment may lie ahead of the clock: by so much the clocks of two machines differ.
const AHEAD: SignedDuration = SignedDuration::from_mins(1);

/// An open house.
pub struct House {
    /// Its configuration.
    pub config: Config,
    /// Its desk.
    pub desk: Arc<Desk>,
}

impl House {
    /// The moment to judge by: the one asked for, but never before the last evidence. Time in a house only moves forward,
    /// and a demo's may run ahead of the wall's.
    #[must_use]
    pub fn moment(&self, asked: Timestamp) -> Timestamp {
        asked.max(self.desk.vault().store().latest())
    }

    /// The moment to number and sign evidence at: whoever looks at a house as it will be does not move its time.
    #[must_use]
    pub fn now(&self, asked: Timestamp) -> Timestamp {
        self.moment(asked.min(moment::now()))
    }

    /// The moment to act at. What is written is never dated ahead: time in the house would go on from there, and the next
    /// sweep would erase what is not due.
    ///
    /// # Errors
    /// A moment ahead of the clock and of the evidence.
    pub fn acting(&self, asked: Timestamp) -> Result<Timestamp, Usage> {
        let now = self.now(asked);
        if asked.duration_since(now) > AHEAD {
            return Err(usage(
                format!("{asked:.0} has not come yet, and what is done is dated as it is done"),
                "leave out `--at`; `abide sweep --dry-run --at DATE` and `abide promises --at DATE` look ahead",
            ));
        }
        Ok(self.moment(asked))
    }
}

/// Which house is meant: the folder named, or the one stood in, or the demo.
///
/// # Errors
/// None of them.
pub fn find(named: Option<&Path>) -> Result<PathBuf, Usage> {
    if let Some(named) = named {
        return Ok(named.to_path_buf());
    }
    let here = PathBuf::from(".");
    if here.join("abide.toml").is_file() {
        return Ok(here);
    }
    let demo = PathBuf::from(".abide/demo");
    if demo.join("abide.toml").is_file() {
        return Ok(demo);
    }
    Err(usage(
        "there is no abide house here",
        "stand in its folder or add `--house FOLDER`; `abide init FOLDER` makes one, and `abide demo` a made-up one",
    ))
}

/// Reads a house's configuration.
///
/// # Errors
/// A missing file, or a line in it that is not understood.
pub fn config(folder: &Path) -> Result<Config, Usage> {
    let file = folder.join("abide.toml");
    let text = std::fs::read_to_string(&file).map_err(|_| {
        usage(
            format!("`{}` is not there", file.display()),
            "`abide init FOLDER` makes a house with its configuration",
        )
    })?;
    toml::from_str(&text).map_err(|e| {
        usage(
            format!("`{}` is not understood: {}", file.display(), e.message()),
            "it may say: organisation, listen, public, root_key, data, database, keys_database, lease, recovery, and under [recordings]: bucket, prefix, endpoint, region, under [key_service]: wrap, unwrap",
        )
    })
}

/// Opens a house with the system's own chance.
///
/// # Errors
/// A sentence for each way it cannot be: no configuration, no key, a folder that is not ours or is in use.
pub fn open(folder: &Path, at: Timestamp) -> Result<House, Usage> {
    match try_open(folder, at)? {
        Opened::Ours(house) => Ok(*house),
        Opened::InUse(wrong) | Opened::Damaged(wrong) => Err(wrong),
    }
}

/// A house opened by us, or open elsewhere already.
pub enum Opened {
    /// By us.
    Ours(Box<House>),
    /// By another abide; and the sentence about it.
    InUse(Usage),
    /// By nobody: what is kept was changed or is not whole; and the sentence about it.
    Damaged(Usage),
}

/// Opens a house, unless another abide has it open.
///
/// # Errors
/// As [`open`], but for the house in use and the one that is damaged.
pub fn try_open(folder: &Path, at: Timestamp) -> Result<Opened, Usage> {
    let config = config(folder)?;
    let roots = root::roots(folder, &config)?;
    let outside = match &config.recordings {
        Some(place) => Some(recordings::open(place)?),
        None => None,
    };
    let data = folder.join(&config.data);
    let there = options(&config).existing();
    // What is finished at the opening is dated as it is done.
    let now = at.min(moment::now());
    match Vault::open_turning(&data, &roots, there, outside, now) {
        Ok(vault) => {
            // Only now, with the house whole and nobody else in it.
            scratch::clear(&folder.join("rehearsal"));
            scratch::clear(&restoring(&data));
            let (folder, own) = (folder.to_path_buf(), config.clone());
            vault.ask_for_roots_at(move || root::roots(&folder, &own).ok());
            Ok(Opened::Ours(Box::new(House {
                config,
                desk: Arc::new(over(vault)?),
            })))
        }
        Err(error) => {
            let wrong = root::said(&error);
            match error {
                vault::Error::Store(store::Error::Folder(FolderFault::InUse { .. })) => {
                    Ok(Opened::InUse(wrong))
                }
                vault::Error::LedgerBehind { .. }
                | vault::Error::LedgerDamaged { .. }
                | vault::Error::Damaged { .. }
                | vault::Error::Store(
                    store::Error::Folder(FolderFault::Corrupt { .. })
                    | store::Error::Log(_)
                    | store::Error::Shape { .. },
                ) => Ok(Opened::Damaged(wrong)),
                _ => Err(wrong),
            }
        }
    }
}

/// What a folder is called that is to take the place of a data folder; chance comes behind it.
#[must_use]
pub fn restoring(data: &Path) -> PathBuf {
    // Without a slash at its end, behind which it would be inside.
    let mut place = data.components().collect::<PathBuf>().into_os_string();
    place.push(".restoring");
    PathBuf::from(place)
}

/// Begins a data folder and the desk over it, with its rows on the server that the configuration names.
///
/// # Errors
/// As [`open`].
pub fn open_desk(
    data: &Path,
    config: &Config,
    roots: &Roots,
    at: Timestamp,
) -> Result<Desk, Usage> {
    let vault = Vault::open_turning(data, roots, options(config), None, at);
    over(vault.map_err(|e| root::said(&e))?)
}

/// How a house's store is opened: with the system's own chance, and its rows and keys where the configuration says.
#[must_use]
pub fn options(config: &Config) -> Options {
    let said = |named: &Option<String>, variable: &str| {
        let named = named.clone()?;
        Some(std::env::var(variable).unwrap_or(named))
    };
    let lease = config.lease.map_or(store::LEASE, |seconds| {
        SignedDuration::from_secs(i64::from(seconds.max(1)))
    });
    Options::new(Arc::new(vault::seal::System))
        .database(said(&config.database, DATABASE_VARIABLE))
        .keys(said(&config.keys_database, KEYS_VARIABLE))
        .lease(lease)
}

/// Whether what is brought back has a place: the databases that a configuration names are empty.
///
/// # Errors
/// One that is not, or cannot be reached.
pub fn refillable(config: &Config) -> Result<(), store::Error> {
    let options = options(config);
    if let Some(rows) = options.rows_database() {
        Store::refillable(rows)?;
        options.keys_database().map_or(Ok(()), Side::refillable)?;
    }
    Ok(())
}

/// Brings rows and keys that lie in a closed data folder into the databases that a configuration names, if it names any.
///
/// # Errors
/// As [`refillable`]; a file that cannot be removed afterwards.
pub fn refill(config: &Config, data: &Path) -> Result<(), store::Error> {
    let options = options(config);
    let Some(rows) = options.rows_database() else {
        return Ok(());
    };
    let file = |name: &str| data.join(name);
    Store::refill(rows, &file("data.db"))?;
    let mut moved = vec!["data.db"];
    if let Some(keys) = options.keys_database() {
        Side::refill(keys, &file("keys.db"))?;
        moved.push("keys.db");
    }
    for name in moved {
        for ending in ["", "-wal", "-shm", "-sums"] {
            match std::fs::remove_file(file(&format!("{name}{ending}"))) {
                Err(source) if source.kind() != std::io::ErrorKind::NotFound => {
                    return Err(store::Error::File {
                        doing: "removing what is in a database now",
                        source,
                    });
                }
                _ => {}
            }
        }
    }
    Ok(())
}

fn over(vault: Vault) -> Result<Desk, Usage> {
    Desk::open(vault).map_err(|e| {
        usage(
            e.to_string(),
            "restore the folder from a backup, or ask for help with this sentence",
        )
    })
}

/// Makes the files of a new house, and returns its key. The folder must be absent or empty.
///
/// # Errors
/// A folder with something in it, or one that cannot be written.
pub fn build(folder: &Path, config: &Config) -> Result<RootKey, Usage> {
    let full = std::fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some());
    if full {
        return Err(usage(
            format!("`{}` is not empty", folder.display()),
            "name a new folder: a house is never built over something else",
        ));
    }
    let unwritable = |e: std::io::Error| {
        usage(
            format!("`{}` cannot be written: {e}", folder.display()),
            "choose another folder, or change its rights",
        )
    };
    std::fs::create_dir_all(folder).map_err(unwritable)?;
    let key = RootKey::fresh().map_err(|e| root::said(&e))?;
    root::write(&folder.join(&config.root_key), &key, config)?;
    let text =
        toml::to_string(config).map_err(|e| usage(e.to_string(), "this is a fault of ours"))?;
    // The address of a database may have its password in it.
    root::secret(&folder.join("abide.toml"), text.as_bytes()).map_err(unwritable)?;
    Ok(key)
}

/// Takes away what [`build`] made and nothing was kept in yet; the folder itself stays, empty.
pub fn unbuild(folder: &Path, config: &Config) {
    for file in [folder.join(&config.root_key), folder.join("abide.toml")] {
        let _ = std::fs::remove_file(file);
    }
    let _ = std::fs::remove_dir_all(folder.join(&config.data));
    let _ = std::fs::remove_dir(folder);
}
