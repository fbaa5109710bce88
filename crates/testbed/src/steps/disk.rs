//! What somebody would find who took the disk away, and what they could change there without being noticed.
//!
//! These two sentences go past the desk on purpose: they are the burglar.
#![expect(clippy::disallowed_methods, reason = "a burglar reads files")]

use super::{Said, Sentence, so};
use crate::halt::{Halt, wrong};
use crate::pattern::Heard;
use crate::world::World;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use std::path::Path;

pub(super) const SENTENCES: &[Sentence] = &[
    (
        "expect nothing of {person} readable on the disk",
        unreadable,
    ),
    ("somebody changes an entry of the log", |w, _| {
        w.desk.vault().integrate(w.now)?;
        let path = w
            .folder()
            .map(|f| f.join("data.db"))
            .ok_or_else(|| wrong("this world has no folder", "one on a disk"))?;
        let broken = |e: rusqlite::Error| wrong(e.to_string(), "a database that can be opened");
        let disk = rusqlite::Connection::open(path).map_err(broken)?;
        let changed = disk
            .execute("update entry set detail = '{\"somebody\":\"else\"}' where arrival = (select max(arrival) from entry)", [])
            .map_err(broken)?;
        so(
            changed == 1,
            "no entry was there to change",
            "one entry changed",
        )
    }),
];

/// Short words stand in any file by chance; what is looked for is at least this long.
const SHORTEST: usize = 6;

fn unreadable(world: &mut World, heard: &Heard) -> Result<Said, Halt> {
    let folder = world
        .folder()
        .ok_or_else(|| wrong("this world has no folder", "one on a disk"))?
        .to_owned();
    let person = world
        .people
        .get(heard.get("person"))
        .ok_or_else(|| super::collect::nobody(heard.get("person")))?;
    let mut files = Vec::new();
    files_in(&folder, &mut files).map_err(|e| wrong(e.to_string(), "a folder that can be read"))?;
    for (item, value) in &person.filled {
        if value.len() < SHORTEST {
            continue;
        }
        for (form, needle) in forms(value) {
            if let Some((name, _)) = files.iter().find(|(_, bytes)| holds(bytes, &needle)) {
                return Err(wrong(
                    format!("`{item}` can be read in {name}, as {form}"),
                    "that it cannot be read anywhere",
                ));
            }
        }
    }
    so(
        files.len() > 1,
        "the folder is empty",
        "a folder with the data in it",
    )
}

/// The ways a value could lie on a disk without being sealed.
fn forms(value: &str) -> Vec<(&'static str, Vec<u8>)> {
    let hex = store::hex(value.as_bytes());
    let mut forms = vec![
        ("text", value.as_bytes().to_vec()),
        ("small letters", value.to_lowercase().into_bytes()),
        ("capitals", value.to_uppercase().into_bytes()),
        ("hexadecimal", hex.to_uppercase().into_bytes()),
        ("hexadecimal", hex.into_bytes()),
        (
            "UTF-16",
            value.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        ),
        (
            "UTF-16",
            value.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        ),
    ];
    // Base 64 looks different by where in a group of three the value begins; the letters at its edges mix with its neighbours.
    for before in 0..3usize {
        let mut bytes = vec![0; before];
        bytes.extend_from_slice(value.as_bytes());
        let coded = STANDARD_NO_PAD.encode(&bytes);
        let skip = if before == 0 { 0 } else { before + 1 };
        let middle: Vec<u8> = coded
            .bytes()
            .skip(skip)
            .take(coded.len().saturating_sub(skip + 2))
            .collect();
        forms.push(("base 64", middle));
    }
    forms
}

fn holds(bytes: &[u8], needle: &[u8]) -> bool {
    let Some(first) = needle.first() else {
        return false;
    };
    bytes
        .iter()
        .enumerate()
        .filter(|(_, b)| *b == first)
        .any(|(at, _)| bytes.get(at..at + needle.len()) == Some(needle))
}

fn files_in(folder: &Path, found: &mut Vec<(String, Vec<u8>)>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            files_in(&path, found)?;
        } else {
            let name = path
                .file_name()
                .map(|n| n.to_string_lossy().into_owned())
                .unwrap_or_default();
            found.push((name, std::fs::read(&path)?));
        }
    }
    Ok(())
}
