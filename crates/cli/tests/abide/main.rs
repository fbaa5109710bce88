//! The command as people meet it: the real program, its words, its JSON, its exit codes.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "tests stop at what they did not expect, make the files they hand to the program, and say what they found or left out"
)]

mod at_once;
mod backup;
mod bad_input;
mod broken;
#[cfg(feature = "s3")]
mod bucket;
mod full;
mod house;
mod import;
mod json;
mod keys;
mod notices;
mod people;
mod restore;
mod servers;
mod triage;
mod whole;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What the program said.
pub struct Said {
    /// On standard output.
    pub out: String,
    /// On standard error.
    pub err: String,
    /// The exit code.
    pub code: i32,
}

impl Said {
    /// Its one JSON document.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out)
            .unwrap_or_else(|e| panic!("{e}\n{}\n{}", self.out, self.err))
    }

    /// Wrong usage: nothing on standard output, a sentence with these words and a line of help.
    #[track_caller]
    pub fn misused(&self, words: &str) {
        assert_eq!(self.code, 2, "{}{}", self.out, self.err);
        assert_eq!(self.out, "", "{}", self.err);
        let lines: Vec<&str> = self.err.lines().collect();
        assert_eq!(lines.len(), 2, "{}", self.err);
        assert!(
            lines[0].starts_with("error: ") && lines[0].contains(words),
            "{}",
            self.err
        );
        assert!(
            lines[1].starts_with("help: ") && lines[1].len() > 10,
            "{}",
            self.err
        );
        assert!(!self.err.contains("panicked"), "{}", self.err);
    }
}

/// Runs `abide` with nothing on standard input.
pub fn abide<A: AsRef<std::ffi::OsStr>>(args: &[A]) -> Said {
    fed(args, b"")
}

/// Runs `abide` and feeds its standard input.
pub fn fed<A: AsRef<std::ffi::OsStr>>(args: &[A], input: &[u8]) -> Said {
    let mut child = Command::new(env!("CARGO_BIN_EXE_abide"))
        .args(args)
        .env("NO_COLOR", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    let feeding = std::thread::spawn(move || {
        // The program may stop listening: that is its right.
        let _ = stdin.write_all(&input);
    });
    let done = child.wait_with_output().unwrap();
    feeding.join().unwrap();
    Said {
        out: String::from_utf8(done.stdout).unwrap(),
        err: String::from_utf8(done.stderr).unwrap(),
        code: done.status.code().unwrap(),
    }
}

/// A file of the project.
pub fn project(path: &str) -> String {
    let root: PathBuf = [env!("CARGO_MANIFEST_DIR"), "..", ".."].iter().collect();
    root.join(path).to_string_lossy().into_owned()
}

/// Writes a file into a folder, and gives its name.
pub fn file(folder: &Path, name: &str, contents: impl AsRef<[u8]>) -> String {
    let path = folder.join(name);
    std::fs::write(&path, contents).unwrap();
    path.to_string_lossy().into_owned()
}

/// The opening of a small literate notice; rules and words are put behind it.
pub const OPENING: &str = "\
# Privacy notice: Young Carers at School

```abide
notice yc-staff version 1 dated 2026-09-01
project \"Young Carers at School\" reference \"#4107\"
```
";
