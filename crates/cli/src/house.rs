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
use crate::recordings::{self, Recordings};
use crate::root::{self, Tool};
use desk::Desk;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use store::{Blobs, FolderFault, Options};
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
    /// Where recordings stand, if not in the data folder.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recordings: Option<Recordings>,
    /// Where rows are kept, if not in the data folder: `postgres://name@host/database`. Keys, recordings and the ledger of
    /// erasures stay in the folder.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub database: Option<String>,
    /// The commands of a key service, where one keeps the root key wrapped.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key_service: Option<Tool>,
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

/// An open house.
pub struct House {
    /// Its configuration.
    pub config: Config,
    /// Its desk.
    pub desk: Arc<Desk>,
}

impl House {
    /// The moment to act at: the one asked for, but never before the last signed evidence. Time in a house only moves forward,
    /// and a demo's may run ahead of the wall's.
    #[must_use]
    pub fn moment(&self, asked: Timestamp) -> Timestamp {
        let signed = self.desk.vault().store().checkpoint().ok().flatten();
        signed.map_or(asked, |c| asked.max(c.at))
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
            "it may say: organisation, listen, public, root_key, data, database, and under [recordings]: bucket, prefix, endpoint, region, under [key_service]: wrap, unwrap",
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
        Opened::InUse(wrong) => Err(wrong),
    }
}

/// A house opened by us, or open elsewhere already.
pub enum Opened {
    /// By us.
    Ours(Box<House>),
    /// By another abide; and the sentence about it.
    InUse(Usage),
}

/// Opens a house, unless another abide has it open.
///
/// # Errors
/// As [`open`], but for the house in use.
pub fn try_open(folder: &Path, at: Timestamp) -> Result<Opened, Usage> {
    let config = config(folder)?;
    let roots = root::roots(folder, &config)?;
    let outside = match &config.recordings {
        Some(place) => Some(recordings::open(place)?),
        None => None,
    };
    let data = folder.join(&config.data);
    match open_vault(&data, config.database.clone(), outside, &roots, at) {
        Ok(vault) => Ok(Opened::Ours(Box::new(House {
            config,
            desk: Arc::new(over(vault)?),
        }))),
        Err(error) => {
            let wrong = root::said(&error);
            match error {
                vault::Error::Store(store::Error::Folder(FolderFault::InUse { .. })) => {
                    Ok(Opened::InUse(wrong))
                }
                _ => Err(wrong),
            }
        }
    }
}

/// Opens a data folder and the desk over it, with its rows on the server that the configuration names.
///
/// # Errors
/// As [`open`].
pub fn open_desk(
    data: &Path,
    database: Option<String>,
    roots: &Roots,
    at: Timestamp,
) -> Result<Desk, Usage> {
    over(open_vault(data, database, None, roots, at).map_err(|e| root::said(&e))?)
}

fn open_vault(
    data: &Path,
    database: Option<String>,
    outside: Option<Arc<dyn Blobs>>,
    roots: &Roots,
    at: Timestamp,
) -> Result<Vault, vault::Error> {
    let database = database.map(|named| std::env::var(DATABASE_VARIABLE).unwrap_or(named));
    let options = Options::new(Arc::new(vault::seal::System)).database(database);
    Vault::open_turning(data, roots, options, outside, at)
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
    std::fs::write(folder.join("abide.toml"), text).map_err(unwritable)?;
    Ok(key)
}
