//! PostgreSQL as a team retrofits it for data protection: the metadata as columns with indexes, and an audit row in the same
//! transaction as every request. Two forms: BEGIN … COMMIT (`b1`), and all in one statement with a CTE (`b2`).

use crate::{
    notice::{ITEMS, purpose_of},
    world::{Answer, Fate, Op, World, mark},
};
use postgres::{Client, NoTls, Statement, types::ToSql};

/// The table of a retrofit. `own` says that a value has a day of its own; `objected` is kept on every record.
pub const SCHEMA: &str = "
    create table rec (usr int not null, item int not null, pur int not null, ttl int not null, own bool not null, objected bool not null,
        src int not null, shr int not null, acl int not null, cat int not null, dec bool not null, data bytea not null, primary key (usr, item));
    create index rec_pur on rec (pur); create index rec_ttl on rec (ttl); create index rec_item on rec (item);
    create index rec_src on rec (src); create index rec_shr on rec (shr);
    create table audit (id bigserial primary key, at timestamptz not null default clock_timestamp(), who text not null, op text not null,
        usr int, about int);
    create index audit_usr on audit (usr, id);";

/// In which form a request is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Transaction,
    OneStatement,
}

/// One statement with its audit row: the text without, and the role and verb of the audit row. `$1` and `$2` are whom and what it
/// is about; the rest are the statement's own.
const STATEMENTS: &[(&str, &str)] = &[
    (
        "create",
        "insert into rec values ($1, $2, $3, $4, false, false, 0, 0, 0, 0, false, $5) returning 1",
    ),
    (
        "delete",
        "delete from rec where usr = $1 and item = $2 returning 1",
    ),
    (
        "move-end",
        "update rec set ttl = $3 where pur = $2 and not own and $1::int is null returning 1",
    ),
    (
        "object-all",
        "update rec set objected = $3 where usr = $1 and $2::int is null returning 1",
    ),
    (
        "object",
        "update rec set objected = $3 where usr = $1 and pur = $2 returning 1",
    ),
    (
        "update",
        "update rec set data = $3 where usr = $1 and item = $2 returning 1",
    ),
    (
        "read-own",
        "select item, data from rec where usr = $1 and $2::int is null order by item",
    ),
    (
        "fate",
        "select item, src, ttl, objected from rec where usr = $1 and item = $2",
    ),
    (
        "read",
        "select data from rec where usr = $1 and item = $2 and not objected",
    ),
    (
        "read-purpose",
        "select usr, item, data from rec where pur = $2 and not objected and $1::int is null",
    ),
    (
        "read-item",
        "select usr, item, data from rec where item = $2 and not objected and $1::int is null",
    ),
    (
        "fates",
        "select item, src, ttl, objected from rec where usr = $1 and $2::int is null order by item",
    ),
    (
        "copy",
        "select item, src, ttl, data from rec where usr = $1 and $2::int is null order by item",
    ),
    (
        "logs",
        "select id, at, who, op, usr, about from audit where $1::int is null and $2::int is null order by id desc limit $3",
    ),
    ("is-gone", "select 1 from rec where usr = $1 and item = $2"),
];

const AUDIT: &str = "insert into audit (who, op, usr, about) values ('staff', $1, $2, $3)";

/// One connection.
pub struct Peer {
    client: Client,
    ready: Vec<(&'static str, Statement)>,
    audit: Statement,
    form: Form,
    /// How often a request was sent away as a deadlock and sent again.
    pub deadlocks: usize,
}

impl Peer {
    pub fn connect(address: &str, form: Form) -> Self {
        let mut client = Client::connect(address, NoTls).unwrap();
        client.batch_execute("set jit = off").unwrap();
        let ready = STATEMENTS
            .iter()
            .map(|(name, sql)| {
                let text = match form {
                    Form::Transaction => (*sql).to_owned(),
                    Form::OneStatement => whole(name, sql),
                };
                (
                    *name,
                    client
                        .prepare(&text)
                        .unwrap_or_else(|e| panic!("{name}: {e}\n{text}")),
                )
            })
            .collect();
        let audit = client.prepare(AUDIT).unwrap();
        Self {
            client,
            ready,
            audit,
            form,
            deadlocks: 0,
        }
    }

    /// Takes a world in.
    pub fn fill(client: &mut Client, world: &World) {
        use std::io::Write as _;
        client.batch_execute(SCHEMA).unwrap();
        let mut out = client.copy_in("copy rec from stdin").unwrap();
        for (user, person) in world.people.iter().enumerate() {
            for (item, record) in &person.records {
                let pur = purpose_of(*item);
                let day = record.own_day.unwrap_or(world.days[usize::from(pur)]);
                let (own, objected) = (record.own_day.is_some(), !person.allows(pur));
                let hex: String = record.data.bytes().map(|b| format!("{b:02x}")).collect();
                writeln!(
                    out,
                    "{user}\t{item}\t{pur}\t{day}\t{own}\t{objected}\t{}\t0\t0\t0\tf\t\\\\x{hex}",
                    record.source
                )
                .unwrap();
            }
        }
        out.finish().unwrap();
        // As many audit lines as abide has entries after it took the same people in.
        client
            .execute("insert into audit (who, op, usr) select 'form', 'collect', n from generate_series(0, $1::int - 1) n", &[&(world.people.len() as i32)])
            .unwrap();
        client.batch_execute("vacuum analyze").unwrap();
    }

    /// Does one request, again as long as the engine sends it away.
    pub fn answer(&mut self, op: &Op) -> Answer {
        loop {
            match self.attempt(op) {
                Ok(answer) => return answer,
                Err(error) if error.code().is_some_and(|code| code.code() == "40P01") => {
                    self.deadlocks += 1
                }
                Err(error) => panic!("{op:?}: {error}"),
            }
        }
    }

    fn attempt(&mut self, op: &Op) -> Result<Answer, postgres::Error> {
        let user = op.user().map(|user| user as i32);
        let none = None::<i32>;
        let data;
        let (name, about, more): (_, Option<i32>, Vec<&(dyn ToSql + Sync)>) = match op {
            Op::Create { item, data: d, .. } => {
                data = (i32::from(purpose_of(*item)), 760i32, d.as_bytes());
                (
                    "create",
                    Some(i32::from(*item)),
                    vec![&data.0, &data.1, &data.2],
                )
            }
            Op::Delete { item, .. } => ("delete", Some(i32::from(*item)), vec![]),
            Op::MoveEnd { purpose, day } => {
                data = (i32::from(*day), 0, b"");
                ("move-end", Some(i32::from(*purpose)), vec![&data.0])
            }
            Op::ObjectAll { on, .. } => ("object-all", none, vec![on]),
            Op::Object { item, on, .. } => ("object", Some(i32::from(purpose_of(*item))), vec![on]),
            Op::Update { item, data: d, .. } => {
                data = (0, 0, d.as_bytes());
                ("update", Some(i32::from(*item)), vec![&data.2])
            }
            Op::ReadOwn { .. } => ("read-own", none, vec![]),
            Op::FateOf { item, .. } => ("fate", Some(i32::from(*item)), vec![]),
            Op::Read { item, .. } => ("read", Some(i32::from(*item)), vec![]),
            Op::ReadPurpose { purpose } => ("read-purpose", Some(i32::from(*purpose)), vec![]),
            Op::ReadItem { item } => ("read-item", Some(i32::from(*item)), vec![]),
            Op::FatesOf { .. } => ("fates", none, vec![]),
            Op::Logs { lines } => {
                let lines = *lines as i64;
                return self.logs(lines);
            }
            Op::IsGone { item, .. } => ("is-gone", Some(i32::from(*item)), vec![]),
        };
        let mut given: Vec<&(dyn ToSql + Sync)> = vec![&user, &about];
        given.extend(more);
        let rows = self.send(name, user, about, &given)?;
        let bytes = |row: &postgres::Row, n: usize| row.get::<_, &[u8]>(n).to_vec();
        let small =
            |row: &postgres::Row, n: usize| u8::try_from(row.get::<_, i32>(n)).unwrap_or(u8::MAX);
        let done = |rows: &[postgres::Row]| {
            if rows.is_empty() {
                Answer::No
            } else {
                Answer::Done
            }
        };
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        Ok(match op {
            Op::Create { .. } | Op::Delete { .. } | Op::Update { .. } => done(&rows),
            Op::MoveEnd { .. } | Op::ObjectAll { .. } | Op::Object { .. } | Op::Logs { .. } => {
                Answer::Done
            }
            Op::ReadOwn { .. } => Answer::Data(
                rows.iter()
                    .map(|row| (small(row, 0), text(bytes(row, 1))))
                    .collect(),
            ),
            Op::Read { item, .. } => match rows.first() {
                Some(row) => Answer::Data(vec![(*item, text(bytes(row, 0)))]),
                None => Answer::No,
            },
            Op::FateOf { .. } | Op::FatesOf { .. } => {
                let fates: Vec<Fate> = rows
                    .iter()
                    .map(|row| Fate {
                        item: small(row, 0),
                        source: small(row, 1),
                        day: row.get::<_, i32>(2) as u16,
                        objected: row.get(3),
                    })
                    .collect();
                if fates.is_empty() && matches!(op, Op::FateOf { .. }) {
                    Answer::No
                } else {
                    Answer::Fates(fates)
                }
            }
            Op::ReadPurpose { .. } | Op::ReadItem { .. } => {
                let sum = rows.iter().fold(0u64, |sum, row| {
                    sum.wrapping_add(mark(
                        row.get::<_, i32>(0) as usize,
                        small(row, 1),
                        row.get::<_, &[u8]>(2),
                    ))
                });
                Answer::Many(rows.len(), sum)
            }
            Op::IsGone { .. } => Answer::Gone(rows.is_empty()),
        })
    }

    /// All that is held of somebody, as a copy for them.
    pub fn rows_of(&mut self, user: i32) -> Vec<(i32, i32, i32, String)> {
        let rows = self
            .send("copy", Some(user), None, &[&Some(user), &None::<i32>])
            .unwrap();
        let text =
            |row: &postgres::Row| String::from_utf8_lossy(row.get::<_, &[u8]>(3)).into_owned();
        rows.iter()
            .map(|row| (row.get(0), row.get(1), row.get(2), text(row)))
            .collect()
    }

    fn logs(&mut self, lines: i64) -> Result<Answer, postgres::Error> {
        let none = None::<i32>;
        let rows = self.send("logs", none, none, &[&none, &none, &lines])?;
        Ok(Answer::Lines(rows.len()))
    }

    fn send(
        &mut self,
        name: &str,
        user: Option<i32>,
        about: Option<i32>,
        given: &[&(dyn ToSql + Sync)],
    ) -> Result<Vec<postgres::Row>, postgres::Error> {
        let statement = &self
            .ready
            .iter()
            .find(|(known, _)| *known == name)
            .unwrap()
            .1;
        match self.form {
            Form::OneStatement => self.client.query(statement, given),
            Form::Transaction => {
                let mut tx = self.client.transaction()?;
                let rows = tx.query(statement, given)?;
                tx.execute(&self.audit, &[&name, &user, &about])?;
                tx.commit()?;
                Ok(rows)
            }
        }
    }
}

/// The statement and its audit row in one.
fn whole(name: &str, sql: &str) -> String {
    let audit = format!(
        "a as (insert into audit (who, op, usr, about) values ('staff', '{name}', $1::int, $2::int))"
    );
    if sql.starts_with("select") {
        format!("with {audit} {sql}")
    } else {
        format!("with w as ({sql}), {audit} select * from w")
    }
}

/// How many values are held, and the sum of their digests.
pub fn sum(client: &mut Client) -> (usize, u64) {
    let mut total = (0, 0u64);
    for item in 0..ITEMS as i32 {
        for row in client
            .query("select usr, item, data from rec where item = $1", &[&item])
            .unwrap()
        {
            let one = mark(
                row.get::<_, i32>(0) as usize,
                row.get::<_, i32>(1) as u8,
                row.get::<_, &[u8]>(2),
            );
            total = (total.0 + 1, total.1.wrapping_add(one));
        }
    }
    total
}
