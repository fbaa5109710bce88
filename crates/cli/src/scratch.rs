//! What is made beside a house for a while is known by a mark of ours, and goes however the program ends. Nothing else is removed.

#![expect(
    clippy::disallowed_methods,
    reason = "a door: folders that last for a while are made and removed here"
)]

use crate::input::{Usage, usage};
use crate::stop;
use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

/// The file by which a folder is known to be ours; its lock is held for as long as the folder is in use.
const MARK: &str = "abide-made-this";
const WORDS: &str = "abide made this folder for a while and removes it, with everything in it, when it next opens the house.\n";
/// What an older abide left, which had no mark: data folders with these files and no others.
const OLD: [&str; 6] = [
    "ABIDE",
    "lock",
    "erased.ledger",
    "blobs",
    "data.db",
    "keys.db",
];

/// A folder of a name that nobody else has, gone when this is dropped.
#[derive(Debug)]
pub struct Scratch {
    place: PathBuf,
    _mark: File,
}

impl Scratch {
    /// Makes one: the name given, a dot, and chance.
    ///
    /// # Errors
    /// A folder above that may not be written.
    pub fn named(name: &Path) -> Result<Self, Usage> {
        let place = fresh(name);
        let wrong = |e: std::io::Error| {
            usage(
                format!("`{}` cannot be made: {e}", place.display()),
                "see that there is room and that you may write there",
            )
        };
        let mut builder = std::fs::DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        let made = stop::begin(&place, || builder.create(&place));
        let marked = made.and_then(|()| {
            let mut mark = File::create_new(place.join(MARK))?;
            // A disk without locks: then nobody else takes it for left behind either.
            let _ = mark.try_lock();
            mark.write_all(WORDS.as_bytes())?;
            Ok(mark)
        });
        match marked {
            Ok(mark) => Ok(Self { place, _mark: mark }),
            Err(error) => {
                let _ = std::fs::remove_dir_all(&place);
                stop::done(&place);
                Err(wrong(error))
            }
        }
    }

    /// A place inside that is free.
    #[must_use]
    pub fn inside(&self, name: &str) -> PathBuf {
        self.place.join(name)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.place);
        stop::done(&self.place);
    }
}

/// A name that is not taken, with chance behind it.
#[must_use]
pub fn fresh(name: &Path) -> PathBuf {
    let chance = store::new_id(&vault::seal::System, "");
    let mut place = name.as_os_str().to_owned();
    place.push(".");
    place.push(chance.trim_start_matches('_').get(..12).unwrap_or_default());
    PathBuf::from(place)
}

/// Folders whose names begin as this one's and go on with a dot, or do not go on.
#[must_use]
pub fn like(name: &Path) -> Vec<PathBuf> {
    let (Some(above), Some(own)) = (name.parent(), name.file_name().and_then(|own| own.to_str()))
    else {
        return Vec::new();
    };
    let above = if above.as_os_str().is_empty() {
        Path::new(".")
    } else {
        above
    };
    let entries = std::fs::read_dir(above).into_iter().flatten().flatten();
    let mut found: Vec<PathBuf> = entries
        .filter(|entry| {
            let file = entry.file_name();
            let rest = file.to_str().and_then(|file| file.strip_prefix(own));
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        })
        .map(|entry| entry.path())
        .filter(|path| path.is_dir() && !path.is_symlink())
        .collect();
    found.sort();
    found
}

/// Removes what an interruption left of folders of this name: those that are ours by their mark and that nobody uses.
pub fn clear(name: &Path) {
    for folder in like(name) {
        if is_left(&folder) {
            // What cannot be removed now is tried again at the next opening.
            let _ = std::fs::remove_dir_all(&folder);
        }
    }
}

fn is_left(folder: &Path) -> bool {
    let free = |file: PathBuf| {
        let opened = OpenOptions::new().read(true).write(true).open(file);
        opened.is_ok_and(|file| file.try_lock().is_ok())
    };
    if std::fs::read_to_string(folder.join(MARK)).is_ok_and(|words| words == WORDS) {
        return free(folder.join(MARK));
    }
    let ours = std::fs::read_to_string(folder.join("ABIDE"))
        .is_ok_and(|words| words.starts_with("This folder belongs to abide."));
    ours && free(folder.join("lock")) && only_data(folder)
}

fn only_data(folder: &Path) -> bool {
    let Ok(mut entries) = std::fs::read_dir(folder) else {
        return false;
    };
    entries.all(|entry| {
        let name = entry.map(|entry| entry.file_name());
        name.is_ok_and(|name| {
            let name = name.to_string_lossy();
            OLD.iter().any(|of| {
                name == *of
                    || name
                        .strip_prefix(of)
                        .is_some_and(|end| end.starts_with('-'))
            })
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_ours_and_left_behind_is_removed() {
        let above = tempfile::tempdir().unwrap();
        let name = above.path().join("rehearsal");
        // Somebody's own folders, one of them with our name for it.
        for own in ["rehearsal", "rehearsal.notes", "rehearsals"] {
            std::fs::create_dir(above.path().join(own)).unwrap();
            std::fs::write(above.path().join(own).join("notes.txt"), "mine").unwrap();
        }
        let used = Scratch::named(&name).unwrap();
        let left = Scratch::named(&name).unwrap();
        let left_place = left.place.clone();
        std::fs::create_dir(left.inside("data")).unwrap();
        // As a kill leaves it: the folder stands, and nobody holds its lock.
        let copy = above.path().join("rehearsal.copied");
        std::fs::rename(&left_place, &copy).unwrap();
        drop(left);
        clear(&name);
        assert!(!copy.exists());
        assert!(used.inside(MARK).exists(), "one in use stays");
        for own in ["rehearsal", "rehearsal.notes", "rehearsals"] {
            assert!(above.path().join(own).join("notes.txt").exists(), "{own}");
        }
        let place = used.place.clone();
        drop(used);
        assert!(!place.exists());
        // One that an older abide left goes, and stays where somebody put something of theirs into it.
        let old = above.path().join("rehearsal.old");
        drop(store::Folder::open(&old).unwrap());
        std::fs::write(old.join("precious.txt"), "mine").unwrap();
        clear(&name);
        assert!(old.exists());
        std::fs::remove_file(old.join("precious.txt")).unwrap();
        clear(&name);
        assert!(!old.exists());
    }
}
