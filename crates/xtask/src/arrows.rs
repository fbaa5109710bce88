//! The arrows between crates, held against the table in ARCHITECTURE.md.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// For each crate, the crates of the house it may use.
pub type Arrows = BTreeMap<String, BTreeSet<String>>;

/// Reads the table `crate | what it is | may use` of ARCHITECTURE.md; `everything` stands for every crate named in it.
#[must_use]
pub fn allowed(architecture: &str) -> Arrows {
    let rows: Vec<(String, String)> = architecture
        .lines()
        .filter_map(|line| {
            let cells: Vec<&str> = line
                .trim()
                .trim_matches('|')
                .split('|')
                .map(str::trim)
                .collect();
            match cells.as_slice() {
                [name, _, may] if name.starts_with('`') => {
                    Some((name.trim_matches('`').to_owned(), (*may).to_owned()))
                }
                _ => None,
            }
        })
        .collect();
    let every: BTreeSet<String> = rows.iter().map(|(name, _)| name.clone()).collect();
    rows.into_iter()
        .map(|(name, may)| {
            let uses = if may == "everything" {
                every.iter().filter(|c| **c != name).cloned().collect()
            } else {
                may.split(',')
                    .map(|c| c.trim().to_owned())
                    .filter(|c| every.contains(c))
                    .collect()
            };
            (name, uses)
        })
        .collect()
}

/// What each crate's manifest really depends on, outside of its tests.
///
/// # Errors
/// A manifest that cannot be read or parsed, as a sentence naming the crate.
pub fn actual(root: &Path) -> Result<Arrows, String> {
    let mut arrows = Arrows::new();
    let crates = std::fs::read_dir(root.join("crates")).map_err(|e| format!("crates/: {e}"))?;
    for entry in crates.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(entry.path().join("Cargo.toml"))
            .map_err(|e| format!("{name}: {e}"))?;
        let manifest: toml::Table = toml::from_str(&text).map_err(|e| format!("{name}: {e}"))?;
        let uses = manifest
            .get("dependencies")
            .and_then(toml::Value::as_table)
            .map(|table| table.keys().cloned().collect())
            .unwrap_or_default();
        arrows.insert(name, uses);
    }
    let house: BTreeSet<String> = arrows.keys().cloned().collect();
    for uses in arrows.values_mut() {
        uses.retain(|c| house.contains(c));
    }
    Ok(arrows)
}

/// Each arrow that is drawn in a manifest but not in the table, and each crate the table does not know.
#[must_use]
pub fn strays(allowed: &Arrows, actual: &Arrows) -> Vec<String> {
    let mut strays = Vec::new();
    for (name, uses) in actual {
        match allowed.get(name) {
            None => strays.push(format!("`{name}` has no row in ARCHITECTURE.md")),
            Some(may) => {
                strays.extend(uses.difference(may).map(|to| {
                    format!("`{name}` uses `{to}`, which ARCHITECTURE.md does not allow")
                }))
            }
        }
    }
    strays.extend(
        allowed
            .keys()
            .filter(|name| !actual.contains_key(*name))
            .map(|name| format!("ARCHITECTURE.md names `{name}`, which does not exist")),
    );
    strays
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "| crate | what | may use |\n|---|---|---|\n| `law` | x | – |\n| `notice` | y | law |\n| `cli` | z | everything |";

    fn arrows(rows: &[(&str, &[&str])]) -> Arrows {
        rows.iter()
            .map(|(n, uses)| {
                (
                    (*n).to_owned(),
                    uses.iter().map(|u| (*u).to_owned()).collect(),
                )
            })
            .collect()
    }

    #[test]
    fn an_arrow_up_is_a_stray() {
        let actual = arrows(&[
            ("law", &["notice"]),
            ("notice", &["law"]),
            ("cli", &["law", "notice"]),
        ]);
        assert_eq!(
            strays(&allowed(TABLE), &actual),
            ["`law` uses `notice`, which ARCHITECTURE.md does not allow"]
        );
    }

    #[test]
    fn a_crate_without_a_row_is_a_stray() {
        let actual = arrows(&[("law", &[]), ("notice", &[]), ("cli", &[]), ("shed", &[])]);
        assert_eq!(
            strays(&allowed(TABLE), &actual),
            ["`shed` has no row in ARCHITECTURE.md"]
        );
    }
}
