//! What the tree must not hold: files with two ideas in them, paths that are not there, unfinished marks, machine paths.

use std::path::{Path, PathBuf};

/// A Rust file longer than this has two ideas in it.
pub const FILE_CAP: usize = 500;

/// Every file of the project, without build output and hidden folders other than `.ci`.
#[must_use]
pub fn files(root: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![root.to_path_buf()];
    while let Some(folder) = folders.pop() {
        let Ok(entries) = std::fs::read_dir(&folder) else {
            continue;
        };
        for entry in entries.flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let hidden = name.starts_with('.') && name != ".ci";
            if hidden || matches!(name.as_str(), "target" | "node_modules") {
                continue;
            }
            if entry.path().is_dir() {
                folders.push(entry.path());
            } else {
                found.push(entry.path());
            }
        }
    }
    found.sort();
    found
}

/// Rust files over [`FILE_CAP`] lines.
#[must_use]
pub fn too_long(root: &Path) -> Vec<String> {
    texts(root, &["rs"])
        .filter(|(_, text)| text.lines().count() > FILE_CAP)
        .map(|(name, text)| {
            format!(
                "{name}: {} lines: two ideas in one file?",
                text.lines().count()
            )
        })
        .collect()
}

/// Paths in backticks in the named document that look like files or folders of the project and are not there.
#[must_use]
pub fn missing_paths(root: &Path, document: &str) -> Vec<String> {
    let Ok(text) = std::fs::read_to_string(root.join(document)) else {
        return vec![format!("{document} is missing")];
    };
    text.split('`')
        .skip(1)
        .step_by(2)
        .filter(|code| {
            code.contains('/') && !code.contains([' ', '*', '<', '#', '(', '$', '\n', ':'])
        })
        .filter(|code| {
            [
                "crates/",
                "docs/",
                "notices/",
                "tests/",
                "scenarios/",
                ".ci/",
            ]
            .iter()
            .any(|p| code.starts_with(p))
        })
        .filter(|code| !root.join(code).exists())
        .map(|code| format!("{document} names `{code}`, which is not there"))
        .collect()
}

/// Archives and built things: what a package index hands out does not belong beside our own words.
#[must_use]
pub fn fetched(root: &Path) -> Vec<String> {
    let ends = [
        "whl", "gz", "tgz", "zip", "xz", "jar", "crate", "deb", "so", "class",
    ];
    files(root)
        .into_iter()
        .filter(|path| {
            path.extension()
                .is_some_and(|e| ends.iter().any(|end| e == *end))
        })
        .map(|path| {
            format!(
                "{}: fetched, not written",
                path.strip_prefix(root).unwrap_or(&path).display()
            )
        })
        .collect()
}

/// Unfinished marks and paths of somebody's machine.
#[must_use]
pub fn blemishes(root: &Path) -> Vec<String> {
    let unfinished = [
        concat!("to", "do!("),
        concat!("unimple", "mented!("),
        concat!("#[ig", "nore"),
    ];
    let machine = [
        concat!("/ro", "ot/"),
        concat!("/wo", "rk/"),
        concat!("/ho", "me/"),
    ];
    texts(
        root,
        &["rs", "md", "toml", "sh", "html", "css", "js", "mjs"],
    )
    .flat_map(|(name, text)| {
        unfinished
            .iter()
            .chain(&machine)
            .filter(|mark| text.contains(**mark))
            .map(|mark| format!("{name}: holds `{mark}`"))
            .collect::<Vec<_>>()
    })
    .collect()
}

fn texts<'a>(root: &'a Path, endings: &'a [&str]) -> impl Iterator<Item = (String, String)> + 'a {
    files(root).into_iter().filter_map(move |path| {
        let ending = path.extension()?.to_string_lossy().into_owned();
        if !endings.contains(&ending.as_str()) {
            return None;
        }
        let text = std::fs::read_to_string(&path).ok()?;
        let name = path
            .strip_prefix(root)
            .unwrap_or(&path)
            .to_string_lossy()
            .into_owned();
        Some((name, text))
    })
}
