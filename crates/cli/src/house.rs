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
use desk::Desk;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use store::Options;
use vault::{RootKey, Vault};

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

/// The environment variable that may hold the root key instead of its file.
const KEY_VARIABLE: &str = "ABIDE_ROOT_KEY";

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
            "it may say: organisation, listen, public, root_key, data",
        )
    })
}

/// Opens a house with the system's own chance.
///
/// # Errors
/// A sentence for each way it cannot be: no configuration, no key, a folder that is not ours or is in use.
pub fn open(folder: &Path, at: Timestamp) -> Result<House, Usage> {
    let config = config(folder)?;
    let key = root_key(&folder.join(&config.root_key))?;
    let data = folder.join(&config.data);
    let desk = open_desk(&data, &key, at)?;
    Ok(House {
        config,
        desk: Arc::new(desk),
    })
}

/// Opens a data folder and the desk over it.
///
/// # Errors
/// As [`open`].
pub fn open_desk(data: &Path, key: &RootKey, at: Timestamp) -> Result<Desk, Usage> {
    let vault = Vault::open(data, key, Options::new(Arc::new(vault::seal::System)), at)
        .map_err(|e| faulty(&e))?;
    Desk::open(vault).map_err(|e| {
        usage(
            e.to_string(),
            "restore the folder from a backup, or ask for help with this sentence",
        )
    })
}

fn faulty(error: &vault::Error) -> Usage {
    // The store's sentences say what to do after a colon or a semicolon; the rest is said here.
    let words = error.to_string();
    match words.split_once(": ") {
        Some((what, help)) if help.len() > 12 => usage(what, help),
        _ => usage(words, "nothing was changed; check the folder and its key"),
    }
}

/// Reads the root key from the environment or from its file.
///
/// # Errors
/// No key, or one that is not 64 hexadecimal digits.
pub fn root_key(file: &Path) -> Result<RootKey, Usage> {
    let text = match std::env::var(KEY_VARIABLE) {
        Ok(text) => text,
        Err(_) => std::fs::read_to_string(file).map_err(|_| {
            usage(
                format!("the root key `{}` is not there", file.display()),
                format!("put it back from where you keep it, or set {KEY_VARIABLE}; without it nothing can be read"),
            )
        })?,
    };
    let mut bytes = [0u8; 32];
    let digits = text.trim().as_bytes();
    let whole = digits.len() == 64
        && bytes
            .iter_mut()
            .zip(digits.chunks_exact(2))
            .all(|(byte, pair)| {
                let read = std::str::from_utf8(pair)
                    .ok()
                    .and_then(|p| u8::from_str_radix(p, 16).ok());
                *byte = read.unwrap_or_default();
                read.is_some()
            });
    if !whole {
        return Err(usage(
            "the root key is not 64 hexadecimal digits",
            "put back the key this house was made with",
        ));
    }
    Ok(RootKey::from_bytes(bytes))
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
    let key = RootKey::fresh().map_err(|e| faulty(&e))?;
    secret(
        &folder.join(&config.root_key),
        &format!("{}\n", store::hex(key.bytes())),
    )
    .map_err(unwritable)?;
    let text =
        toml::to_string(config).map_err(|e| usage(e.to_string(), "this is a fault of ours"))?;
    std::fs::write(folder.join("abide.toml"), text).map_err(unwritable)?;
    Ok(key)
}

/// Writes a file that only its owner can read.
fn secret(file: &Path, text: &str) -> std::io::Result<()> {
    use std::io::Write;
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut opened = options.open(file)?;
    opened.write_all(text.as_bytes())?;
    opened.sync_all()
}
