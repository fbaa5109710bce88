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
    ("values", include_str!("../migrations/values.sql")),
    ("agreements", include_str!("../migrations/agreements.sql")),
    ("living", include_str!("../migrations/living.sql")),
    ("papers", include_str!("../migrations/papers.sql")),
    ("knocks", include_str!("../migrations/knocks.sql")),
    ("entries", include_str!("../migrations/entries.sql")),
    ("surveys", include_str!("../migrations/surveys.sql")),
];

/// The steps of `keys.db`, which the vault opens beside it.
pub const KEYS: &[Migration] = &[
    ("0001-keys", include_str!("../migrations/keys-0001.sql")),
    ("0002-root", include_str!("../migrations/keys-0002.sql")),
    ("0003-change", include_str!("../migrations/keys-0003.sql")),
    ("0004-slot", include_str!("../migrations/keys-0004.sql")),
];

const TABLE: &str = "create table if not exists migration (number bigint primary key, name text not null, digest text not null)";

/// Brings the database to the last step, and says whether it had an older shape before. `folder` is named in faults only.
pub(crate) fn up(link: &Link, steps: &[Migration], folder: &Path) -> Result<bool, Error> {
    link.begin_alone()?;
    let done = climb(link, steps, folder);
    match done {
        Ok(older) => link.commit().map(|()| older),
        Err(error) => {
            link.rollback();
            Err(error)
        }
    }
}

fn climb(link: &Link, steps: &[Migration], folder: &Path) -> Result<bool, Error> {
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
    Ok(!there.is_empty() && there.len() < steps.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_from_before_keep_their_ids_and_all_that_was_known_of_them() {
        let link = Link::memory().unwrap();
        let there = HOUSE.iter().position(|(name, _)| *name == "values");
        let (before, _) = HOUSE.split_at(there.unwrap());
        up(&link, before, Path::new("memory")).unwrap();
        let mut made = String::new();
        for (nth, who) in ["per_b", "per_a"].iter().enumerate() {
            made += &format!(
                "insert into holding (id, project, notice, version_given, version_told, audience, tags, stage, source_kind, source, opened_at,
                 opened_by, sealing) values ('{who}', '#1', 'n', 1, 1, 'adult', '', 'signed-up', 'primary', 'person', {nth}, 'public', '{who}');"
            );
            for (value, at, by) in [
                ("c", 7, "public"),
                ("b", 8, "staff:stf_1"),
                ("a", 7, "person:"),
            ] {
                let by = if by == "person:" {
                    format!("{by}{who}")
                } else {
                    by.to_owned()
                };
                made += &format!(
                    "insert into value (id, holding, item, sealed, source_kind, source, told_by, collected_at, notice, by_whom, volunteered,
                     supersedes) values ('val_{who}_{value}', '{who}', 'item-{value}', x'0{nth}', 'primary', 'person', 'form', {at}, 'n@1', '{by}', 0,
                     'val_{nth}');"
                );
            }
        }
        made += "insert into turn (id, transcript, number, holding, value) select 'tur_1', t.id, 0, 'per_a', 'val_per_a_b' from transcript t;";
        for (who, words) in [("per_a", "yes"), ("per_b", "yes")] {
            made += &format!(
                "insert into consent (id, holding, kind, words, notice, how, at, by_whom) values
                 ('con_{who}', '{who}', 'participation', '{words}', 'n@1', 'form', 7, 'person:per_a');"
            );
        }
        let transcript = "insert into transcript (id, project, meeting, item, made_at, by_whom) values ('trn_1', '#1', 'm', 'item-b', 1, 'public');";
        link.batch(&format!("{transcript}{made}")).unwrap();
        up(&link, HOUSE, Path::new("memory")).unwrap();
        let mut seen = Vec::new();
        let sql = "select number, id, holding, item, source, told_by, collected_at, notice, by_whom, supersedes from held order by number";
        link.each(sql, &[], |row| {
            let text = |column| row.text(column);
            seen.push(format!(
                "{} {} {} {} {} {} {} {} {} {}",
                row.int("number")?,
                text("id")?,
                text("holding")?,
                text("item")?,
                text("source")?,
                text("told_by")?,
                row.int("collected_at")?,
                text("notice")?,
                text("by_whom")?,
                text("supersedes")?,
            ));
            Ok(true)
        })
        .unwrap();
        assert_eq!(
            seen,
            [
                "1048577 val_per_b_a per_b item-a person form 7 n@1 person val_0",
                "1048578 val_per_b_c per_b item-c person form 7 n@1 public val_0",
                "1048579 val_per_b_b per_b item-b person form 8 n@1 staff:stf_1 val_0",
                "2097153 val_per_a_a per_a item-a person form 7 n@1 person val_1",
                "2097154 val_per_a_c per_a item-c person form 7 n@1 public val_1",
                "2097155 val_per_a_b per_a item-b person form 8 n@1 staff:stf_1 val_1",
            ]
        );
        let mut place = 0;
        link.each("select place from turn", &[], |row| {
            place = row.int("place")?;
            Ok(true)
        })
        .unwrap();
        assert_eq!(place, 2_097_155);
        let mut agreed = Vec::new();
        let sql = "select number, holding, kind, words, notice, how, by_whom from agreement order by number";
        link.each(sql, &[], |row| {
            agreed.push((row.int("number")?, row.text("by_whom")?, row.text("words")?));
            Ok(true)
        })
        .unwrap();
        let said = |number, by: &str| (number, by.to_owned(), "yes".to_owned());
        assert_eq!(
            agreed,
            [said(1_048_577, "person:per_a"), said(2_097_153, "person")]
        );
    }
}
