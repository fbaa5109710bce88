//! Data and keys, each in a file of its own, encrypted to recovery keys; taken while the house is in use.

use crate::house;
use crate::input::{Usage, usage};
use crate::orders::{self, Order};
use crate::out::{Ended, Out};
use crate::recovery;
use crate::stop;
use clap::Args;
use jiff::Timestamp;
use serde_json::json;
use std::path::{Path, PathBuf};

/// What the help shows.
pub const EXAMPLE: &str = "Example: abide backup --new-key recovery.key\nExample: abide backup -o /mnt/elsewhere/our-house --house our-house";

/// `abide backup`
#[derive(Args, Debug)]
pub struct Backup {
    /// The folder to write to; it is made where there is none
    #[arg(
        short,
        long,
        value_name = "FOLDER",
        required_unless_present = "new_key"
    )]
    output: Option<PathBuf>,
    /// The house's folder
    #[arg(long, value_name = "FOLDER")]
    house: Option<PathBuf>,
    /// Make a recovery key instead: the secret part goes into this new file, the public part is printed
    #[arg(long, value_name = "FILE", conflicts_with = "output")]
    new_key: Option<PathBuf>,
}

/// Runs the command. Exit 1 where a recording that is on record could not be had whole.
///
/// # Errors
/// A house that cannot be opened, no recovery key, a folder that cannot be written.
pub fn run(args: &Backup, at: Timestamp, out: Out) -> Result<Ended, Usage> {
    if let Some(file) = &args.new_key {
        let public = recovery::new_key(file)?;
        out.say(format!(
            "Keep `{}` where neither the house nor its backups are. Into abide.toml:",
            file.display()
        ));
        out.say(format!("recovery = [\"{public}\"]"));
        out.document(&json!({ "recovery": public, "file": file.display().to_string() }));
        return Ok(Ended::Well);
    }
    let folder = house::find(args.house.as_deref())?;
    // Whoever does it stands elsewhere perhaps.
    let to = args.output.clone().unwrap_or_default();
    let to = std::path::absolute(&to).map_err(|e| {
        usage(
            format!("`{}` is no folder: {e}", to.display()),
            "name a folder to write to",
        )
    })?;
    if to.to_str().is_none() {
        return Err(usage(
            format!("`{}` is not in UTF-8", to.display()),
            "name a folder whose name every program can read",
        ));
    }
    let config = house::config(&folder)?;
    recovery::recipients(&config.recovery)?;
    if real(&to) == real(&folder) || real(&to).starts_with(real(&folder.join(&config.data))) {
        return Err(usage(
            format!(
                "`{}` is the house itself, or lies in its data",
                to.display()
            ),
            "name a folder on another disk: what takes the house must not take its backups",
        ));
    }
    stop::watch();
    let done = orders::give(&folder, &Order::Backup { to }, at, out)?;
    for line in &done.lines {
        out.say(line);
    }
    out.document(&done.document);
    let missing = done.document.get("missing").and_then(|ids| ids.as_array());
    Ok(if missing.is_some_and(|ids| !ids.is_empty()) {
        Ended::No
    } else {
        Ended::Well
    })
}

/// A place by its one name, whether or not all of it is there.
fn real(place: &Path) -> PathBuf {
    let place = std::path::absolute(place).unwrap_or_else(|_| place.to_path_buf());
    for above in place.ancestors() {
        if let (Ok(there), Ok(rest)) = (above.canonicalize(), place.strip_prefix(above)) {
            return there.join(rest).components().collect();
        }
    }
    place
}
