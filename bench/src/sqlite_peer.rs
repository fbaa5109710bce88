//! SQLite in the same process: `d2` retrofitted like PostgreSQL, 64 requests to a commit; and plain, with nothing but the values.

use crate::{
    notice::{ITEMS, purpose_of},
    postgres_peer,
    world::{Answer, Fate, Op, World, mark},
};
use rusqlite::{Connection, params};
use std::path::Path;

/// One database.
pub struct Peer {
    conn: Connection,
    /// With metadata indexed, objections kept, and an audit row for each request.
    lawful: bool,
}

impl Peer {
    pub fn open(path: &Path, lawful: bool) -> Self {
        let conn = Connection::open(path).unwrap();
        conn.execute_batch(
            "pragma journal_mode = wal; pragma synchronous = full; pragma cache_size = -65536;",
        )
        .unwrap();
        conn.set_prepared_statement_cache_capacity(64);
        Self { conn, lawful }
    }

    /// Takes a world in.
    pub fn fill(&self, world: &World) {
        let schema = rewritten();
        let schema: String = schema
            .split_inclusive(';')
            .filter(|line| {
                self.lawful || !line.contains("create index") && !line.contains("table audit")
            })
            .collect();
        self.conn.execute_batch(&schema).unwrap();
        self.begin();
        for (user, person) in world.people.iter().enumerate() {
            for (item, record) in &person.records {
                let pur = purpose_of(*item);
                let day = record.own_day.unwrap_or(world.days[usize::from(pur)]);
                let objected = !person.allows(pur);
                self.run(
                    "insert into rec values (?, ?, ?, ?, ?, ?, ?, 0, 0, 0, 0, ?)",
                    params![
                        user,
                        item,
                        pur,
                        day,
                        record.own_day.is_some(),
                        objected,
                        record.source,
                        record.data.as_bytes()
                    ],
                );
            }
            if self.lawful {
                self.run(
                    "insert into audit (who, op, usr) values ('form', 'collect', ?)",
                    params![user],
                );
            }
        }
        self.commit();
    }

    pub fn begin(&self) {
        self.conn.execute_batch("begin immediate").unwrap();
    }

    pub fn commit(&self) {
        self.conn.execute_batch("commit").unwrap();
    }

    fn run(&self, sql: &str, given: impl rusqlite::Params) -> usize {
        self.conn
            .prepare_cached(sql)
            .unwrap()
            .execute(given)
            .unwrap()
    }

    fn rows<T>(
        &self,
        sql: &str,
        given: impl rusqlite::Params,
        each: impl FnMut(&rusqlite::Row<'_>) -> rusqlite::Result<T>,
    ) -> Vec<T> {
        let mut statement = self.conn.prepare_cached(sql).unwrap();
        let rows = statement.query_map(given, each).unwrap();
        rows.map(Result::unwrap).collect()
    }

    /// Does one request in the open transaction.
    pub fn answer(&self, op: &Op) -> Answer {
        let user = op.user();
        let text = |row: &rusqlite::Row<'_>, n: usize| {
            Ok::<_, rusqlite::Error>(
                String::from_utf8_lossy(row.get_ref(n)?.as_blob()?).into_owned(),
            )
        };
        let many = |column: &str, value: u8| {
            let sql =
                format!("select usr, item, data from rec where {column} = ? and not objected");
            let each = self.rows(&sql, params![value], |row| {
                Ok(mark(row.get(0)?, row.get(1)?, row.get_ref(2)?.as_blob()?))
            });
            Answer::Many(
                each.len(),
                each.iter().fold(0u64, |sum, one| sum.wrapping_add(*one)),
            )
        };
        let fates = |sql: &str, given: &[&dyn rusqlite::ToSql]| {
            self.rows(sql, given, |row| {
                Ok(Fate {
                    item: row.get(0)?,
                    source: row.get(1)?,
                    day: row.get(2)?,
                    objected: row.get(3)?,
                })
            })
        };
        let done = |changed: usize| {
            if changed == 0 {
                Answer::No
            } else {
                Answer::Done
            }
        };
        let (name, about, answer) = match op {
            Op::Create { user, item, data } => {
                let changed = self.run(
                    "insert into rec values (?, ?, ?, 760, 0, 0, 0, 0, 0, 0, 0, ?)",
                    params![user, item, purpose_of(*item), data.as_bytes()],
                );
                ("create", Some(*item), done(changed))
            }
            Op::Delete { user, item } => (
                "delete",
                Some(*item),
                done(self.run(
                    "delete from rec where usr = ? and item = ?",
                    params![user, item],
                )),
            ),
            Op::MoveEnd { purpose, day } => {
                self.run(
                    "update rec set ttl = ? where pur = ? and not own",
                    params![day, purpose],
                );
                ("move-end", Some(*purpose), Answer::Done)
            }
            Op::ObjectAll { user, on } => {
                self.run(
                    "update rec set objected = ? where usr = ?",
                    params![on, user],
                );
                ("object-all", None, Answer::Done)
            }
            Op::Object { user, item, on } => {
                self.run(
                    "update rec set objected = ? where usr = ? and pur = ?",
                    params![on, user, purpose_of(*item)],
                );
                ("object", Some(*item), Answer::Done)
            }
            Op::Update { user, item, data } => {
                let changed = self.run(
                    "update rec set data = ? where usr = ? and item = ?",
                    params![data.as_bytes(), user, item],
                );
                ("update", Some(*item), done(changed))
            }
            Op::ReadOwn { user } => {
                let data = self.rows(
                    "select item, data from rec where usr = ? order by item",
                    params![user],
                    |row| Ok((row.get(0)?, text(row, 1)?)),
                );
                ("read-own", None, Answer::Data(data))
            }
            Op::Read { user, item } => {
                let sql = "select data from rec where usr = ? and item = ? and not objected";
                let data = self.rows(sql, params![user, item], |row| Ok((*item, text(row, 0)?)));
                (
                    "read",
                    Some(*item),
                    if data.is_empty() {
                        Answer::No
                    } else {
                        Answer::Data(data)
                    },
                )
            }
            Op::FateOf { user, item } => {
                let found = fates(
                    "select item, src, ttl, objected from rec where usr = ? and item = ?",
                    &[user, item],
                );
                (
                    "fate",
                    Some(*item),
                    if found.is_empty() {
                        Answer::No
                    } else {
                        Answer::Fates(found)
                    },
                )
            }
            Op::FatesOf { user } => (
                "fates",
                None,
                Answer::Fates(fates(
                    "select item, src, ttl, objected from rec where usr = ? order by item",
                    &[user],
                )),
            ),
            Op::ReadPurpose { purpose } => ("read-purpose", Some(*purpose), many("pur", *purpose)),
            Op::ReadItem { item } => ("read-item", Some(*item), many("item", *item)),
            Op::Logs { lines } => {
                let sql = "select id, at, who, op, usr, about from audit order by id desc limit ?";
                let found = self.rows(sql, params![lines], |row| {
                    Ok((
                        row.get::<_, i64>(0)?,
                        row.get::<_, String>(1)?,
                        row.get::<_, String>(2)?,
                    ))
                });
                ("logs", None, Answer::Lines(found.len()))
            }
            Op::IsGone { user, item } => {
                let found = self.rows(
                    "select 1 from rec where usr = ? and item = ?",
                    params![user, item],
                    |_| Ok(()),
                );
                ("is-gone", Some(*item), Answer::Gone(found.is_empty()))
            }
        };
        if self.lawful {
            self.run(
                "insert into audit (who, op, usr, about) values ('staff', ?, ?, ?)",
                params![name, user, about],
            );
        }
        answer
    }

    /// People with so many values each, in pages that are wiped when they are freed.
    pub fn prepare_erasing(&self, values: usize, people: usize) {
        self.conn
            .execute_batch(&format!("pragma secure_delete = on; {}", rewritten()))
            .unwrap();
        self.begin();
        for user in 0..people {
            for n in 0..values {
                self.run(
                    "insert into rec values (?, ?, ?, 760, 0, 0, 0, 0, 0, 0, 0, ?)",
                    params![user, n, n % 25, [b'v'; 100].as_slice()],
                );
            }
        }
        self.commit();
    }

    /// Deletes somebody's rows, with an audit row.
    pub fn erase(&self, user: usize) {
        self.begin();
        self.run("delete from rec where usr = ?", params![user]);
        self.run(
            "insert into audit (who, op, usr) values ('staff', 'erase', ?)",
            params![user],
        );
        self.commit();
    }

    /// How many values are held, and the sum of their digests.
    pub fn sum(&self) -> (usize, u64) {
        let mut total = (0, 0u64);
        for item in 0..ITEMS {
            let each = self.rows(
                "select usr, item, data from rec where item = ?",
                params![item],
                |row| Ok(mark(row.get(0)?, row.get(1)?, row.get_ref(2)?.as_blob()?)),
            );
            total = (
                total.0 + each.len(),
                each.iter().fold(total.1, |sum, one| sum.wrapping_add(*one)),
            );
        }
        total
    }
}

/// The retrofit's tables in this engine's words.
fn rewritten() -> String {
    postgres_peer::SCHEMA
        .replace("bigserial primary key", "integer primary key")
        .replace(
            "at timestamptz not null default clock_timestamp()",
            "at text not null default current_timestamp",
        )
}
