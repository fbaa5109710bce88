//! Every column is declared: what it is, and how long it lives. A column nobody declared fails a test.

use crate::{Entropy, Error, Options, Store, Value, engine::Link, migrate, trial};
use std::{collections::BTreeMap, fmt::Write as _, path::Path};

/// The declarations, one table a section.
const DECLARED: &str = include_str!("../columns.toml");

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A made-up id or keyed mark that means nothing outside.
    Key,
    /// Somebody's data in the clear: staff, who must be found to sign in.
    Personal,
    /// Somebody's data, readable only with their key.
    Sealed,
    /// Nobody's data.
    Plain,
}

impl Kind {
    /// Its word in `columns.toml`.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Key => "key",
            Self::Personal => "personal",
            Self::Sealed => "sealed",
            Self::Plain => "plain",
        }
    }
}

/// One declared table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// What a row is.
    pub is: String,
    /// How long a row lives.
    pub lives: String,
    /// Its columns in the order declared, each with its kind and a few words.
    pub columns: Vec<(String, Kind, String)>,
}

/// The declared tables, in the order of the file's text for columns and of the alphabet for tables.
///
/// # Errors
/// [`Error::Database`] when a declaration is not `kind: words`.
pub fn declared() -> Result<Vec<Table>, Error> {
    let broken = |what: String| Error::Database(format!("columns.toml: {what}"));
    let tables: BTreeMap<String, BTreeMap<String, String>> =
        toml::from_str(DECLARED).map_err(|error| broken(error.to_string()))?;
    let mut out = Vec::new();
    for (name, mut columns) in tables {
        let mut must = |key: &str| {
            columns
                .remove(key)
                .ok_or_else(|| broken(format!("table `{name}` does not say `{key}`")))
        };
        let (is, lives) = (must("_is")?, must("_lives")?);
        let mut list = Vec::new();
        for (column, said) in columns {
            let parts = said.split_once(": ").and_then(|(kind, words)| {
                let kinds = [Kind::Key, Kind::Personal, Kind::Sealed, Kind::Plain];
                let kind = kinds.into_iter().find(|known| known.word() == kind)?;
                (!words.trim().is_empty()).then(|| (kind, words.to_owned()))
            });
            let (kind, words) = parts.ok_or_else(|| {
                broken(format!(
                    "`{name}.{column}` is not `key|personal|sealed|plain: words`"
                ))
            })?;
            list.push((column, kind, words));
        }
        out.push(Table {
            name,
            is,
            lives,
            columns: list,
        });
    }
    Ok(out)
}

/// What is declared but not there, and what is there but not declared, as `table.column`; empty when all is well.
///
/// # Errors
/// [`Error::Database`].
pub fn drift() -> Result<Vec<String>, Error> {
    let mut there = Vec::new();
    for steps in [migrate::HOUSE, migrate::KEYS] {
        let link = Link::memory()?;
        migrate::up(&link, steps, Path::new("memory"))?;
        there.extend(link.columns()?);
    }
    let there: std::collections::BTreeSet<_> = there
        .into_iter()
        .map(|(table, column)| format!("{table}.{column}"))
        .collect();
    let declared: std::collections::BTreeSet<_> = declared()?
        .into_iter()
        .flat_map(|table| {
            let name = table.name;
            table
                .columns
                .into_iter()
                .map(move |(column, ..)| format!("{name}.{column}"))
        })
        .collect();
    Ok(there.symmetric_difference(&declared).cloned().collect())
}

impl Store {
    /// Every row of every declared table, a line each, in the order of the alphabet: by this two databases are compared.
    /// What is sealed is left out, since sealing draws chance, and so is whatever `without` names as `table.column`.
    ///
    /// # Errors
    /// [`Error::Database`].
    pub fn state(&self, without: &[&str]) -> Result<Vec<String>, Error> {
        let mut lines = Vec::new();
        let tables = declared()?;
        self.look(|rd| {
            let there: std::collections::BTreeSet<_> = rd.link.columns()?.into_iter().collect();
            for table in &tables {
                let columns: Vec<&str> = table
                    .columns
                    .iter()
                    .filter(|(name, kind, _)| {
                        let full = format!("{}.{name}", table.name);
                        *kind != Kind::Sealed
                            && !without.contains(&full.as_str())
                            && there.contains(&(table.name.clone(), name.clone()))
                    })
                    .map(|(name, ..)| name.as_str())
                    .collect();
                if columns.is_empty() {
                    continue;
                }
                let sql = format!("select {} from {}", columns.join(", "), table.name);
                rd.link.each(&sql, &[], |row| {
                    let mut line = table.name.clone();
                    for column in &columns {
                        let _ = match row.value(column)? {
                            Value::Null => write!(line, " {column}=-"),
                            Value::Text(text) => write!(line, " {column}={text:?}"),
                            Value::Int(number) => write!(line, " {column}={number}"),
                            Value::Bytes(bytes) => {
                                write!(line, " {column}={}", crate::hex(bytes))
                            }
                        };
                    }
                    lines.push(line);
                    Ok(true)
                })?;
            }
            Ok::<_, Error>(())
        })?;
        lines.sort();
        Ok(lines)
    }
}

/// The text of DATA.md: every column, what it is and how long it lives.
///
/// # Errors
/// [`Error::Database`] when a declaration is broken.
pub fn data_md() -> Result<String, Error> {
    let mut text = String::from(
        "# What is stored, and for how long\n\n\
         Written by `cargo xtask generate` from `crates/store/columns.toml`; a test compares it with the databases.\n\n\
         - **key**: a made-up id or a keyed mark; it means nothing outside.\n\
         - **sealed**: somebody's data, readable only with a key that is destroyed when they are erased.\n\
         - **personal**: somebody's data in the clear.\n\
         - **plain**: nobody's data.\n",
    );
    for table in declared()? {
        // Writing to a string cannot fail.
        let _ = write!(
            text,
            "\n## {}\n\n{}\nLives {}\n\n| column | kind | what it is |\n|---|---|---|\n",
            table.name,
            sentence(&table.is),
            sentence(&table.lives)
        );
        for (column, kind, words) in &table.columns {
            let _ = writeln!(text, "| `{column}` | {} | {words} |", kind.word());
        }
    }
    Ok(text)
}

fn sentence(text: &str) -> String {
    format!("{text}.")
}

/// Prepares every statement of a crate on a fresh database of each engine; a crate's own test calls it.
///
/// # Errors
/// The first statement the database does not understand, with its name.
pub fn prepare_all(statements: &[&[(&'static str, &'static str)]]) -> Result<(), Error> {
    struct NoChance;
    impl Entropy for NoChance {
        fn fill(&self, bytes: &mut [u8]) {
            bytes.fill(0);
        }
    }
    let prepare = |address: Option<String>| {
        let options = Options::new(std::sync::Arc::new(NoChance)).database(address);
        let store = Store::in_memory(options)?;
        statements
            .iter()
            .try_for_each(|statements| store.prepare_all(statements))
    };
    prepare(None)?;
    match trial::place() {
        Some(place) => prepare(Some(place.address())),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_statement_of_this_crate_prepares() {
        prepare_all(&[
            crate::entry::STATEMENTS,
            crate::log::STATEMENTS,
            crate::audit::STATEMENTS,
            crate::export::STATEMENTS,
            crate::lease::STATEMENTS,
        ])
        .unwrap();
    }

    #[test]
    fn every_column_is_declared_and_every_declared_column_is_there() {
        assert_eq!(drift().unwrap(), Vec::<String>::new());
    }

    #[test]
    fn the_text_names_every_table() {
        let text = data_md().unwrap();
        for table in declared().unwrap() {
            assert!(text.contains(&format!("\n## {}\n", table.name)));
        }
    }
}
