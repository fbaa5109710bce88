//! The database's shape grows step by step and never back; each step is kept with the digest of its text.

use crate::{Error, FolderFault, engine::Link, entropy};
use std::path::Path;

/// A step: its name and its statements.
pub type Migration = (&'static str, &'static str);

/// The steps of `data.db`, in order.
pub const HOUSE: &[Migration] = &[
    ("0001-house", include_str!("../migrations/0001-house.sql")),
    (
        "0002-uploads",
        include_str!("../migrations/0002-uploads.sql"),
    ),
    ("rotation", include_str!("../migrations/rotation.sql")),
    ("purpose", include_str!("../migrations/purpose.sql")),
    (
        "certificates",
        include_str!("../migrations/certificates.sql"),
    ),
    ("groups", include_str!("../migrations/groups.sql")),
    ("leases", include_str!("../migrations/leases.sql")),
];

/// The steps of `keys.db`, which the vault opens beside it.
pub const KEYS: &[Migration] = &[
    ("0001-keys", include_str!("../migrations/keys-0001.sql")),
    ("0002-root", include_str!("../migrations/keys-0002.sql")),
    ("0003-change", include_str!("../migrations/keys-0003.sql")),
];

const TABLE: &str = "create table if not exists migration (number bigint primary key, name text not null, digest text not null)";

/// Brings the database to the last step. `folder` is named in faults only.
pub(crate) fn up(link: &Link, steps: &[Migration], folder: &Path) -> Result<(), Error> {
    link.begin_alone()?;
    let done = climb(link, steps, folder);
    match done {
        Ok(()) => link.commit(),
        Err(error) => {
            link.rollback();
            Err(error)
        }
    }
}

fn climb(link: &Link, steps: &[Migration], folder: &Path) -> Result<(), Error> {
    link.batch(TABLE)?;
    let mut there = Vec::new();
    link.each(
        "select number, name, digest from migration order by number",
        &[],
        |row| {
            there.push((row.int("number")?, row.text("name")?, row.text("digest")?));
            Ok(true)
        },
    )?;
    let known = i64::try_from(steps.len()).unwrap_or(i64::MAX);
    if let Some((found, ..)) = there.last()
        && *found > known
    {
        return Err(FolderFault::Newer {
            folder: folder.to_owned(),
            found: *found,
            known,
        }
        .into());
    }
    for (index, (name, sql)) in steps.iter().enumerate() {
        let digest = entropy::hex(&entropy::sha256(sql.as_bytes()));
        match there.get(index) {
            Some((_, _, same)) if *same == digest => {}
            Some((_, found, _)) => {
                return Err(FolderFault::OtherBuild {
                    folder: folder.to_owned(),
                    migration: found.clone(),
                }
                .into());
            }
            None => {
                link.batch(sql)?;
                link.run(
                    "insert into migration (number, name, digest) values ($1, $2, $3)",
                    &[(index + 1).into(), (*name).into(), digest.into()],
                )?;
            }
        }
    }
    Ok(())
}
