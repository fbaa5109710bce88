//! What one engine holds is poured into another: rows are the same on both, so a house on a server is backed up as the file a
//! house in a folder has, and brought back from it into an empty database.

use crate::{Error, Folder, HOUSE, KEYS, Migration, Side, Snapshot, Store, engine::Link, migrate};
use std::path::Path;

/// Of the moment, and not to be brought back: who does what now, and the copy of a ledger that stands outside of every backup.
const LEFT: [&str; 2] = ["lease", "erased"];
/// Which folder recordings stand in is found out anew where they were brought back to.
const FORGET: &str = "delete from setting where name = 'recordings-folder'";
/// What a migration itself puts into a table.
const SEEDED: &str = "change";

/// The tables of some steps, those first to which others point.
fn tables(steps: &[Migration]) -> Vec<&str> {
    let mut names: Vec<&str> = Vec::new();
    for line in steps.iter().flat_map(|(_, sql)| sql.lines()) {
        let words: Vec<&str> = line.split([' ', '(', ';']).collect();
        match words.as_slice() {
            ["create", "table", name, ..] => names.push(name),
            ["drop", "table", name, ..] => names.retain(|there| there != name),
            ["alter", "table", name, "rename", "to", new, ..] => {
                names.retain(|there| there != name);
                names.push(new);
            }
            _ => {}
        }
    }
    names.retain(|name| !LEFT.contains(name));
    names
}

/// Every row of `from`, as it sees them, into `to`; how many.
fn pour(from: &Link, to: &Link, steps: &[Migration]) -> Result<u64, Error> {
    let there = to.columns()?;
    let mut rows = 0;
    for table in tables(steps) {
        let columns: Vec<&str> = there
            .iter()
            .filter(|(of, _)| of == table)
            .map(|(_, column)| column.as_str())
            .collect();
        let places: Vec<String> = (1..=columns.len()).map(|n| format!("${n}")).collect();
        let (named, places) = (columns.join(", "), places.join(", "));
        if table == SEEDED {
            to.run(&format!("delete from {table}"), &[])?;
        }
        let insert = format!("insert into {table} ({named}) values ({places})");
        from.pour(&format!("select {named} from {table}"), |row| {
            let values = columns.iter().map(|column| row.value(column).cloned());
            to.run(&insert, &values.collect::<Result<Vec<_>, _>>()?)?;
            rows += 1;
            Ok(())
        })?;
        if table == "setting" {
            to.run(FORGET, &[])?;
        }
    }
    Ok(rows)
}

/// A file with what a server's database holds at one moment.
pub(crate) fn into_file(
    folder: &Folder,
    name: &str,
    steps: &[Migration],
    look: impl FnOnce(&dyn Fn(&Link) -> Result<u64, Error>) -> Result<u64, Error>,
) -> Result<Snapshot, Error> {
    let aside = Link::aside()?;
    migrate::up(&aside, steps, folder.path())?;
    aside.begin()?;
    look(&|from| pour(from, &aside, steps))?;
    aside.commit()?;
    Snapshot::of(folder, name, &aside)
}

impl Store {
    /// Brings the rows of a house's file into an empty database on a server; how many.
    ///
    /// # Errors
    /// [`Error::NotEmpty`] when there is something in it; [`Error::Server`].
    pub fn refill(address: &str, file: &Path) -> Result<u64, Error> {
        refill(address, file, HOUSE, "entry")
    }
}

impl Store {
    /// Whether a database on a server has room for a house: there is nothing in it.
    ///
    /// # Errors
    /// As [`Store::refill`].
    pub fn refillable(address: &str) -> Result<(), Error> {
        begin(address, HOUSE, "entry").map(drop)
    }
}

impl Side {
    /// The same for the keys.
    ///
    /// # Errors
    /// As [`Store::refill`].
    pub fn refillable(address: &str) -> Result<(), Error> {
        begin(address, KEYS, "sealing").map(drop)
    }

    /// Brings the keys of a file into an empty database on a server; how many.
    ///
    /// # Errors
    /// As [`Store::refill`].
    pub fn refill(address: &str, file: &Path) -> Result<u64, Error> {
        refill(address, file, KEYS, "sealing")
    }
}

/// A connection to a database that is empty, and has the tables.
fn begin(address: &str, steps: &[Migration], telling: &str) -> Result<Link, Error> {
    let to = Link::alone_on(address)?;
    migrate::up(&to, steps, Path::new("the database server"))?;
    let mut empty = true;
    to.each(
        &format!("select 1 as n from {telling} limit 1"),
        &[],
        |_| {
            empty = false;
            Ok(false)
        },
    )?;
    if empty { Ok(to) } else { Err(Error::NotEmpty) }
}

fn refill(address: &str, file: &Path, steps: &[Migration], telling: &str) -> Result<u64, Error> {
    let to = begin(address, steps, telling)?;
    let from = Link::reader(file)?;
    to.begin()?;
    let rows = pour(&from, &to, steps).and_then(|rows| to.commit().map(|()| rows));
    to.rollback();
    let rows = rows?;
    if telling == "entry" {
        to.number_anew()?;
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_is_poured_but_those_of_the_moment() {
        for steps in [HOUSE, KEYS] {
            let link = Link::memory().unwrap();
            migrate::up(&link, steps, Path::new("memory")).unwrap();
            let mut there: Vec<_> = link
                .columns()
                .unwrap()
                .into_iter()
                .map(|(t, _)| t)
                .collect();
            there.dedup();
            there.retain(|table| table != "migration" && !LEFT.contains(&table.as_str()));
            let mut known = tables(steps);
            known.sort_unstable();
            assert_eq!(known, there);
        }
    }
}
