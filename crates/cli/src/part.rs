//! A file that leaves has its name only once it is whole and on the disk; half of one goes, and nothing is written over.

#![expect(
    clippy::disallowed_methods,
    reason = "a door: backups are written to folders outside the house"
)]

use crate::{scratch, stop};
use std::fs::File;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

const ENDING: &str = "part";

/// A file on its way. Dropped before it is kept, it is removed.
pub struct Part {
    part: PathBuf,
    to: PathBuf,
    /// Its lock says that somebody is at it.
    lock: File,
}

impl Part {
    /// Begins one beside its place, under a name that nobody else has.
    ///
    /// # Errors
    /// What the disk says.
    pub fn begin(to: PathBuf) -> std::io::Result<(Self, File)> {
        let mut part = scratch::fresh(&to).into_os_string();
        part.push(".");
        part.push(ENDING);
        let part = PathBuf::from(part);
        let file = stop::begin(&part, || File::create_new(&part))?;
        let lock = file.try_clone()?;
        // A disk without locks: then nobody takes it for left behind either.
        let _ = lock.try_lock();
        Ok((Self { part, to, lock }, file))
    }

    /// Gives it its name, where nothing has it.
    ///
    /// # Errors
    /// [`ErrorKind::AlreadyExists`]; what the disk says.
    pub fn keep(self) -> std::io::Result<PathBuf> {
        match std::fs::hard_link(&self.part, &self.to) {
            Err(e) if e.kind() == ErrorKind::AlreadyExists => return Err(e),
            // A disk that knows one name a file: then it is looked first.
            Err(_) if self.to.try_exists()? => return Err(ErrorKind::AlreadyExists.into()),
            Err(_) => std::fs::rename(&self.part, &self.to)?,
            Ok(()) => {}
        }
        Ok(self.to.clone())
    }

    /// Puts it in the place of what has its name.
    ///
    /// # Errors
    /// What the disk says.
    pub fn replace(self) -> std::io::Result<()> {
        std::fs::rename(&self.part, &self.to)
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        // Not there any more where it was kept under its one name.
        let _ = std::fs::remove_file(&self.part);
        let _ = self.lock.unlock();
        stop::done(&self.part);
    }
}

/// Removes what an interruption left of files whose names begin so.
pub fn clear(folder: &Path, beginning: &str) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let own = entry.file_name().to_string_lossy().starts_with(beginning);
        let part = path.extension().is_some_and(|found| found == ENDING);
        if own && part && File::open(&path).is_ok_and(|file| file.try_lock().is_ok()) {
            let _ = std::fs::remove_file(&path);
        }
    }
}
