//! B6, B7, B8: what one person asks for, measured one request at a time: to be erased, to be left alone, to see everything.

use crate::{
    drive::median,
    house::{House, newcomer},
    notice::{self, PROJECT, item, purpose},
    postgres_peer::{Form, Peer, SCHEMA},
    report::Report,
    server::Server,
    sqlite_peer,
    world::{Answer, Op},
};
use policy::{Deed, SourceKind, statutory};
use postgres::{Client, NoTls};
use serde_json::json;
use std::time::Instant;
use store::{Act, Actor, Filter, Verb};
use vault::{Error, Provenance};

/// How long `work` takes, in milliseconds.
pub fn timed(work: impl FnOnce()) -> f64 {
    let begun = Instant::now();
    work();
    begun.elapsed().as_secs_f64() * 1e3
}

fn act(house: &House, verb: Verb) -> Act {
    Act::new(house.now(), Actor::Staff("stf_1".into()), verb)
        .project(PROJECT)
        .notice(notice::ID)
}

/// Somebody with so many values of a hundred bytes.
pub fn somebody(house: &House, values: usize) -> String {
    let permit = statutory(Deed::Store, "UK GDPR Art 14", notice::ID, None).unwrap();
    let data = "v".repeat(100);
    let from = Provenance {
        kind: SourceKind::Primary,
        source: "person",
        told_by: "form",
        at: house.now(),
        notice: notice::ID,
        volunteered: false,
        keep_until: None,
    };
    let id = house.vault.act(&act(house, Verb::Collect), |tx| {
        tx.open_holding(&permit, &newcomer(tx.at()))
    });
    let id = id.unwrap_or_else(|error: Error| panic!("{error}"));
    for first in (0..values).step_by(1000) {
        let put = house.vault.act(&act(house, Verb::Collect), |tx| {
            for n in first..(first + 1000).min(values) {
                tx.put(&permit, &id, &item((n % 100) as u8), data.as_bytes(), &from)?;
            }
            Ok::<_, Error>(())
        });
        put.unwrap();
    }
    id
}

/// B6: erasing somebody, from ten values to twenty thousand: until the act is answered, when it is on the disk, in the ledger and
/// nothing opens what was erased; and until the server's next round has removed the rows, asked every store again and confirmed it.
pub fn erase(report: &mut Report, quick: bool, server: Option<&Server>) {
    let folder = tempfile::tempdir().unwrap();
    let house = House::open(folder.path(), None, Vec::new());
    let sizes: &[(usize, usize)] = if quick {
        &[(10, 5), (1000, 3)]
    } else {
        &[(10, 25), (1000, 11), (20_000, 5)]
    };
    let mut rows = Vec::new();
    let mut client = server.map(|server| {
        let mut client = Client::connect(&server.address("postgres"), NoTls).unwrap();
        client.batch_execute("create database erase").unwrap();
        let mut client = Client::connect(&server.address("erase"), NoTls).unwrap();
        client.batch_execute(SCHEMA).unwrap();
        client
    });
    for (values, people) in sizes {
        let ids: Vec<String> = (0..*people).map(|_| somebody(&house, *values)).collect();
        let ours: Vec<(f64, f64)> = ids
            .iter()
            .map(|id| {
                let permit =
                    statutory(Deed::Erase, "UK GDPR Art 17(1)(b)", notice::ID, Some(id)).unwrap();
                let took = timed(|| {
                    let done: Result<(), Error> =
                        house.vault.act(&act(&house, Verb::Erase), |tx| {
                            tx.erase_holding(&permit, id)
                        });
                    done.unwrap();
                });
                let find = statutory(Deed::Read, "UK GDPR Art 15", notice::ID, Some(id)).unwrap();
                let read = house
                    .vault
                    .act(&act(&house, Verb::Read), |tx| tx.get(&find, id, &item(0)));
                assert!(
                    matches!(read, Err(Error::Refused(_))),
                    "void: an erased value was served"
                );
                let rest = timed(|| house.vault.tend(house.now()).unwrap());
                assert!(
                    house.vault.unfinished().unwrap().is_empty()
                        && house.vault.ask_again(id).unwrap().is_empty(),
                    "void: something is left of somebody erased"
                );
                (took, took + rest)
            })
            .collect();
        let (ours, confirmed): (Vec<f64>, Vec<f64>) = ours.into_iter().unzip();
        let theirs: Vec<f64> = match (&mut client, server) {
            (Some(client), Some(_)) => {
                for user in 0..*people as i32 {
                    client
                        .execute(
                            "insert into rec select $1, n, n % 25, 760, false, false, 0, 0, 0, 0, false, convert_to(repeat('v', 100), 'UTF8') from generate_series(0, $2::int - 1) n",
                            &[&user, &(*values as i32)],
                        )
                        .unwrap();
                }
                client.batch_execute("vacuum analyze rec").unwrap();
                (0..*people as i32)
                    .map(|user| {
                        timed(|| {
                            let sql = "with w as (delete from rec where usr = $1 returning 1), a as (insert into audit (who, op, usr) values ('staff', 'erase', $1)) select count(*) from w";
                            client.query(sql, &[&user]).unwrap();
                        })
                    })
                    .collect()
            }
            _ => Vec::new(),
        };
        let vacuum = client
            .as_mut()
            .map(|client| timed(|| client.batch_execute("vacuum rec").unwrap()));
        let sqlite = sqlite_erase(*values, *people);
        println!(
            "erase {values:>6} values: abide {:.2} ms (confirmed after {:.2} ms of work), PostgreSQL {:.2} ms (then vacuum {:.1} ms), SQLite {sqlite:.2} ms",
            median(&ours),
            median(&confirmed),
            median(&theirs),
            vacuum.unwrap_or_default()
        );
        rows.push(json!({ "values": values, "people": people, "abide": median(&ours), "confirmed": median(&confirmed), "postgres": median(&theirs), "vacuum": vacuum, "sqlite": sqlite }));
    }
    report.part("erase", json!(rows));
}

/// B7: an objection and its end, and what each does to the very next question.
pub fn withdraw(report: &mut Report, quick: bool) {
    let folder = tempfile::tempdir().unwrap();
    let mut house = House::open(folder.path(), None, Vec::new());
    let world = crate::world::World::seeded(50, 3);
    house.fill(&world);
    let (mut off, mut on) = (Vec::new(), Vec::new());
    for nth in 0..if quick { 20 } else { 200 } {
        let user = nth % 40 + 8;
        let Some(item) = world.people[user].records.keys().next().copied() else {
            continue;
        };
        if !world.people[user].allows(notice::purpose_of(item)) {
            continue;
        }
        let read = Op::Read { user, item };
        off.push(timed(|| {
            assert_eq!(
                house
                    .answer(&Op::Object {
                        user,
                        item,
                        on: true
                    })
                    .unwrap(),
                Answer::Done
            )
        }));
        assert_eq!(
            house.answer(&read).unwrap(),
            Answer::No,
            "void: served after an objection to {}",
            purpose(notice::purpose_of(item))
        );
        on.push(timed(|| {
            assert_eq!(
                house
                    .answer(&Op::Object {
                        user,
                        item,
                        on: false
                    })
                    .unwrap(),
                Answer::Done
            )
        }));
        assert!(matches!(house.answer(&read).unwrap(), Answer::Data(_)));
    }
    println!(
        "withdraw {:.2} ms, reinstate {:.2} ms",
        median(&off),
        median(&on)
    );
    report.part(
        "withdraw",
        json!({ "object": median(&off), "lift": median(&on) }),
    );
}

/// B8: everything that is held about somebody, with where it came from, who was told, and each act about it.
pub fn export(report: &mut Report, quick: bool, server: Option<&Server>) {
    let folder = tempfile::tempdir().unwrap();
    let house = House::open(folder.path(), None, Vec::new());
    let mut rows = Vec::new();
    let mut peer = server.map(|server| {
        let mut client = Client::connect(&server.address("postgres"), NoTls).unwrap();
        client.batch_execute("create database export").unwrap();
        let address = server.address("export");
        let mut client = Client::connect(&address, NoTls).unwrap();
        client.batch_execute(SCHEMA).unwrap();
        (client, Peer::connect(&address, Form::OneStatement))
    });
    for (nth, values) in [10usize, 1000].into_iter().enumerate() {
        let id = somebody(&house, values);
        let rounds = if quick { 5 } else { 30 };
        let mut ours = Vec::new();
        for _ in 0..rounds {
            let mut found = (0, 0);
            ours.push(timed(|| {
                let permit = statutory(Deed::Answer, "UK GDPR Art 15", notice::ID, Some(&id)).unwrap();
                let held = house.vault.act(&act(&house, Verb::Read), |tx| tx.get_all(&permit, &id)).unwrap();
                let acts = house.vault.store().entries(&Filter { about: id.clone(), ..Filter::default() }).unwrap();
                let text = serde_json::to_string(&json!({
                    "held": held.iter().map(|one| json!([one.item, one.plain.text(), one.source, one.told_by, one.collected_at.to_string(), one.notice])).collect::<Vec<_>>(),
                    "acts": acts.iter().map(|kept| json!([kept.entry.verb, kept.entry.at, kept.entry.cites])).collect::<Vec<_>>(),
                }));
                found = (held.len(), text.unwrap_or_default().len());
            }));
            assert!(
                found.0 == values && found.1 > values * 100,
                "void: an export lacks something"
            );
        }
        let mut theirs = Vec::new();
        if let Some((client, peer)) = &mut peer {
            let user = nth as i32;
            client
                .execute(
                    "insert into rec select $1, n, n % 25, 760, false, false, 0, 0, 0, 0, false, convert_to(repeat('v', 100), 'UTF8') from generate_series(0, $2::int - 1) n",
                    &[&user, &(values as i32)],
                )
                .unwrap();
            for _ in 0..rounds {
                theirs.push(timed(|| {
                    let held = peer.rows_of(user);
                    let acts = client.query("select op, at, who from audit where usr = $1 order by id", &[&user]).unwrap();
                    let text = serde_json::to_string(&json!({
                        "held": held,
                        "acts": acts.iter().map(|row| json!([row.get::<_, String>(0), row.get::<_, String>(2)])).collect::<Vec<_>>(),
                    }));
                    assert!(text.unwrap_or_default().len() > values * 100);
                }));
            }
        }
        println!(
            "export of {values} values: abide {:.2} ms, PostgreSQL {:.2} ms",
            median(&ours),
            median(&theirs)
        );
        rows.push(json!({ "values": values, "abide": median(&ours), "postgres": median(&theirs) }));
    }
    report.part("export", json!(rows));
}

/// SQLite erasing somebody by deleting the rows and wiping their pages, for the same table.
fn sqlite_erase(values: usize, people: usize) -> f64 {
    let folder = tempfile::tempdir().unwrap();
    let peer = sqlite_peer::Peer::open(&folder.path().join("erase.db"), true);
    peer.prepare_erasing(values, people);
    let took: Vec<f64> = (0..people).map(|user| timed(|| peer.erase(user))).collect();
    median(&took)
}
