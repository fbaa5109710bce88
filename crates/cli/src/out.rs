//! What goes out: words for people or one JSON document, whole files or none, and the exit code.

#![expect(
    clippy::disallowed_methods,
    reason = "a door: here files are written, everything below hands text up"
)]

use crate::input::{Usage, shown, usage};
use serde::Serialize;
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// Exit 0: fine, or permitted.
    Well,
    /// Exit 1: findings of severity error, refused, or verification failed.
    No,
    /// Exit 2: some of what was named could not be read, which has been said; the rest was done.
    Partly,
}

/// Where answers go.
#[derive(Clone, Copy, Debug)]
pub struct Out {
    /// One JSON document and nothing else on standard output.
    pub json: bool,
}

impl Out {
    /// Whether colour is welcome: a terminal that has not asked for none.
    #[must_use]
    pub fn colour(self) -> bool {
        let unwanted = std::env::var_os("NO_COLOR").is_some_and(|v| !v.is_empty());
        !self.json && std::io::stdout().is_terminal() && !unwanted
    }

    /// Says a line to people; nothing where JSON was asked for.
    pub fn say(self, line: impl AsRef<str>) {
        if !self.json {
            // A closed pipe (`abide … | head`) is the reader's wish, not a fault.
            let _ = writeln!(std::io::stdout(), "{}", line.as_ref());
        }
    }

    /// Says how far long work has come, or something beside the answer, on standard error.
    pub fn progress(self, line: impl AsRef<str>) {
        let _ = writeln!(std::io::stderr(), "{}", line.as_ref());
    }

    /// Prints the one JSON document, where it was asked for.
    pub fn document(self, document: &impl Serialize) {
        if self.json {
            let text = serde_json::to_string_pretty(document).unwrap_or_else(|_| "{}".to_owned());
            let _ = writeln!(std::io::stdout(), "{text}");
        }
    }

    /// Prints text that is itself the answer, such as a compiled document.
    pub fn raw(self, text: &str) {
        let _ = std::io::stdout().write_all(text.as_bytes());
    }
}

/// How wide a line may be: as the terminal is, else as `COLUMNS` says, else 80; never more than can be read with ease.
#[must_use]
pub fn width() -> usize {
    let told = || std::env::var("COLUMNS").ok()?.trim().parse::<usize>().ok();
    terminal()
        .or_else(told)
        .filter(|w| *w > 0)
        .unwrap_or(USUAL)
        .clamp(NARROWEST, WIDEST)
}

/// The width of a screen that nobody measured.
const USUAL: usize = 80;
const NARROWEST: usize = 40;
const WIDEST: usize = 120;

#[cfg(unix)]
fn terminal() -> Option<usize> {
    let screen = std::io::stdout();
    screen
        .is_terminal()
        .then(|| rustix::termios::tcgetwinsize(&screen).ok())
        .flatten()
        .map(|size| usize::from(size.ws_col))
        .filter(|w| *w > 0)
}

#[cfg(not(unix))]
fn terminal() -> Option<usize> {
    None
}

/// A text in lines of at most so many code points, broken between words; a word that is longer stands alone.
#[must_use]
pub fn wrapped(text: &str, most: usize) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for (n, line) in text.lines().enumerate() {
        if n > 0 {
            out.push('\n');
        }
        let mut used = 0;
        for word in line.split_whitespace() {
            let long = word.chars().count();
            if used > 0 && used + 1 + long > most {
                out.push('\n');
                used = 0;
            } else if used > 0 {
                out.push(' ');
                used += 1;
            }
            out.push_str(word);
            used += long;
        }
    }
    out
}

/// Says why a command could not be done, on standard error: one sentence, and what to do.
pub fn complain(wrong: &Usage) {
    let _ = writeln!(
        std::io::stderr(),
        "error: {}\nhelp: {}",
        wrong.what,
        wrong.help
    );
}

/// Writes a file whole or not at all: beside its place first, then into it.
///
/// # Errors
/// A folder that is not there, is full or may not be written to; the old file then stands as it stood.
pub fn write(file: &Path, contents: impl AsRef<[u8]>) -> Result<(), Usage> {
    let name = shown(&file.to_string_lossy());
    let wrong = |e: std::io::Error| {
        usage(
            format!("{name} could not be written: {e}"),
            "check that the folder is there and that you may write to it",
        )
    };
    // Behind a link stands the file that is meant.
    let place = std::fs::canonicalize(file).unwrap_or_else(|_| file.to_path_buf());
    let beside = beside(&place);
    let done = std::fs::File::create_new(&beside).and_then(|mut fresh| {
        fresh.write_all(contents.as_ref())?;
        fresh.sync_all()?;
        if let Ok(old) = std::fs::metadata(&place) {
            fresh.set_permissions(old.permissions())?;
        }
        std::fs::rename(&beside, &place)
    });
    done.map_err(|e| {
        if e.kind() != std::io::ErrorKind::AlreadyExists {
            let _ = std::fs::remove_file(&beside);
        }
        wrong(e)
    })
}

/// Whether something stands at a place already, be it a link to nothing.
#[must_use]
pub fn is_taken(place: &Path) -> bool {
    std::fs::symlink_metadata(place).is_ok()
}

/// Makes a folder and those above it.
///
/// # Errors
/// Where the disk says no, or a file stands in the way.
pub fn folder(path: &Path) -> Result<(), Usage> {
    std::fs::create_dir_all(path).map_err(|e| {
        usage(
            format!(
                "the folder {} could not be made: {e}",
                shown(&path.to_string_lossy())
            ),
            "name another folder, or one in which you may write",
        )
    })
}

fn beside(place: &Path) -> PathBuf {
    let name = place
        .file_name()
        .map(|n| n.to_string_lossy().into_owned())
        .unwrap_or_default();
    place.with_file_name(format!(".{name}.{}.abide", std::process::id()))
}
