//! abide itself, doing everything: every request asks the notice, opens or seals, and leaves its entry on the disk.

mod reads;

use crate::{
    notice::{self, PROJECT, item, milestone, purpose, purpose_of},
    world::{Answer, Op, World},
};
use jiff::{Timestamp, civil::Date};
use policy::{Deed, Permit, Question, Rulebook, SourceKind, State, statutory};
use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};
use store::{Act, Actor, Filter, Options, Verb};
use vault::{
    ChoiceKind, Error, NewChoice, NewHolding, Place, Provenance, RootKey, Standing, Tx, Vault,
};

const PLAN: &str = "insert into plan (id, project, event, planned_on, reason, at, by_whom) values ($1, $2, $3, $4, $5, $6, $7)";
const VALUE: &str = "select number, id, holding, source, keep_until from held where holding = $1 and item = $2 order by collected_at desc, number desc limit 1";

/// The day of every question.
const TODAY: Date = jiff::civil::date(2026, 11, 22);
/// The first moment of a run.
const BEGIN: i64 = 1_795_000_000_000_000;

/// A day of the workload as a date, and back.
pub fn date(day: u16) -> Date {
    let first = jiff::civil::date(2026, 1, 1);
    first.saturating_add(jiff::Span::new().days(i64::from(day)))
}

fn day(date: &str) -> u16 {
    let since = |date: Date| {
        date.duration_since(jiff::civil::date(2026, 1, 1))
            .as_hours()
            / 24
    };
    date.parse::<Date>()
        .map(since)
        .ok()
        .and_then(|days| u16::try_from(days).ok())
        .unwrap_or_default()
}

/// A house with its notice.
pub struct House {
    pub vault: Vault,
    pub book: Rulebook,
    /// The holding of each person of the world.
    pub ids: Vec<String>,
    clock: AtomicI64,
}

/// Somebody who has just signed up by the form.
pub fn newcomer(at: Timestamp) -> NewHolding<'static> {
    NewHolding {
        project: PROJECT,
        notice: "workload",
        version: 1,
        audience: "adult",
        tags: &[],
        stage: "signed-up",
        source_kind: SourceKind::Primary,
        source: "person",
        told_due: None,
        told: Some((at, "form")),
    }
}

pub fn root() -> RootKey {
    RootKey::from_bytes([7; 32])
}

/// Why a request was not done: refused is an answer, all else voids the run.
#[derive(Debug)]
pub enum Stop {
    Refused,
    #[expect(dead_code, reason = "it is printed when a run is void")]
    Fault(String),
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        match error {
            Error::Refused(_) => Self::Refused,
            other => Self::Fault(other.to_string()),
        }
    }
}

impl From<store::Error> for Stop {
    fn from(error: store::Error) -> Self {
        Self::from(Error::from(error))
    }
}

impl From<policy::Refusal> for Stop {
    fn from(_: policy::Refusal) -> Self {
        Self::Refused
    }
}

impl House {
    /// Opens a folder, or makes one; rows on a server where an address is given.
    pub fn open(folder: &Path, database: Option<String>, ids: Vec<String>) -> Self {
        let options = Options::new(Arc::new(vault::seal::System)).database(database);
        let at = Timestamp::from_microsecond(BEGIN).unwrap();
        let vault = Vault::open(folder, &root(), options, at).unwrap();
        // Each run tends it once a second, as the server does.
        vault.be_tended();
        // Time goes on from what is on record: of two changes of one day at one moment none would be the later.
        let latest = vault.store().latest().as_microsecond();
        Self {
            vault,
            book: notice::rulebook(),
            ids,
            clock: AtomicI64::new(BEGIN.max(latest + 1)),
        }
    }

    pub fn now(&self) -> Timestamp {
        Timestamp::from_microsecond(self.clock.fetch_add(1, Ordering::SeqCst)).unwrap()
    }

    fn act(&self, verb: Verb, who: Actor) -> Act {
        Act::new(self.now(), who, verb)
            .project(PROJECT)
            .notice(notice::ID)
    }

    /// Takes a world in, a person an act; what was erased before is taken in and erased.
    pub fn fill(&mut self, world: &World) {
        let ids = std::sync::Mutex::new(vec![String::new(); world.people.len()]);
        let next = std::sync::atomic::AtomicUsize::new(0);
        std::thread::scope(|scope| {
            for _ in 0..16 {
                scope.spawn(|| {
                    loop {
                        let nth = next.fetch_add(1, Ordering::SeqCst);
                        let Some(person) = world.people.get(nth) else {
                            break;
                        };
                        let id = self.admit(person);
                        ids.lock().unwrap()[nth] = id;
                    }
                });
            }
        });
        self.ids = ids.into_inner().unwrap();
        for (user, person) in world.people.iter().enumerate() {
            for item in &person.erased {
                let put = Op::Create {
                    user,
                    item: *item,
                    data: "erased before".to_owned(),
                };
                assert_eq!(self.answer(&put).unwrap(), Answer::Done);
                let gone = Op::Delete { user, item: *item };
                assert_eq!(self.answer(&gone).unwrap(), Answer::Done);
            }
        }
        for n in 0..notice::PURPOSES as u8 {
            let op = Op::MoveEnd {
                purpose: n,
                day: world.days[usize::from(n)],
            };
            self.answer(&op).unwrap();
        }
        self.vault.tend(self.now()).unwrap();
    }

    fn admit(&self, person: &crate::world::Person) -> String {
        let act = self.act(Verb::Collect, Actor::Public);
        let done: Result<String, Stop> = self.vault.act(&act, |tx| {
            let mut question = Question::new(Deed::Collect, TODAY)
                .source("person")
                .way("sign-up")
                .state(State::ConsentGiven);
            question.data = person.records.keys().map(|n| item(*n)).collect();
            let permit = self.book.ask(&question).permit()?;
            let id = tx.open_holding(&permit, &newcomer(tx.at()))?;
            tx.agree(
                &id,
                "participation",
                "I would like to take part",
                notice::ID,
                "form",
            )?;
            for (nth, record) in &person.records {
                let source = source(record.source);
                let from = self.from(tx.at(), &source, record.own_day.map(date));
                tx.put(&permit, &id, &item(*nth), record.data.as_bytes(), &from)?;
            }
            for purpose in &person.objected {
                object(tx, &id, Some(*purpose), true)?;
            }
            Ok(id)
        });
        done.unwrap()
    }

    fn from<'a>(&self, at: Timestamp, source: &'a str, keep_until: Option<Date>) -> Provenance<'a> {
        Provenance {
            kind: SourceKind::Primary,
            source,
            told_by: "form",
            at,
            notice: notice::ID,
            volunteered: false,
            keep_until,
        }
    }

    /// Asks the notice, with all that the vault knows of the person.
    fn ask(&self, standing: &Standing, question: Question) -> Result<Permit, Stop> {
        Ok(self.book.ask(&standing.question(question)).permit()?)
    }

    /// Does one request and says what a caller would be told.
    pub fn answer(&self, op: &Op) -> Result<Answer, Stop> {
        match self.attempt(op) {
            Err(Stop::Refused) => {
                // A refusal is kept as evidence too, as the desk does.
                let act = self
                    .act(Verb::Refuse, Actor::Staff("stf_1".into()))
                    .cite("UK GDPR Art 5(1)(b)")
                    .refused();
                self.vault.record(&act)?;
                Ok(Answer::No)
            }
            other => other,
        }
    }

    fn attempt(&self, op: &Op) -> Result<Answer, Stop> {
        let staff = || Actor::Staff("stf_1".into());
        let whose = op.user().map_or("", |user| self.ids[user].as_str());
        let person = || Actor::Person(whose.to_owned());
        match op {
            Op::Create {
                item: nth, data, ..
            } => self.vault.act(&self.act(Verb::Collect, person()), |tx| {
                let why = purpose(purpose_of(*nth));
                let standing = tx.standing(whose, Some(&why))?;
                let question = Question::new(Deed::Collect, TODAY)
                    .data(&item(*nth))
                    .purpose(&why)
                    .source("person")
                    .way("survey");
                let permit = self.ask(&standing, question)?;
                let from = self.from(tx.at(), "person", None);
                tx.put(&permit, whose, &item(*nth), data.as_bytes(), &from)?;
                Ok(Answer::Done)
            }),
            Op::Delete { item: nth, .. } => {
                let permit =
                    statutory(Deed::Erase, "UK GDPR Art 17(1)(b)", notice::ID, Some(whose))
                        .unwrap();
                self.vault.act(&self.act(Verb::Erase, person()), |tx| {
                    let gone = tx.erase_items(&permit, whose, &[&item(*nth)])?;
                    Ok(if gone == 1 { Answer::Done } else { Answer::No })
                })
            }
            Op::MoveEnd { purpose: nth, day } => {
                let act = self
                    .act(Verb::Milestone, staff())
                    .cite(format!("{PROJECT}/why/event/{}", milestone(*nth)));
                self.vault.act(&act, |tx| {
                    let (id, at) = (tx.new_id("pln"), tx.at());
                    let values = [
                        id.into(),
                        PROJECT.into(),
                        milestone(*nth).into(),
                        date(*day).into(),
                        "the field work runs on".into(),
                        at.into(),
                        "stf_1".into(),
                    ];
                    tx.run(PLAN, &values)?;
                    Ok(Answer::Done)
                })
            }
            Op::ObjectAll { on, .. } => self.vault.act(
                &self.act(Verb::Choose, person()).cite("UK GDPR Art 21(1)"),
                |tx| {
                    object(tx, whose, None, *on)?;
                    Ok(Answer::Done)
                },
            ),
            Op::Object { item, on, .. } => self.vault.act(
                &self.act(Verb::Choose, person()).cite("UK GDPR Art 21(1)"),
                |tx| {
                    object(tx, whose, Some(purpose_of(*item)), *on)?;
                    Ok(Answer::Done)
                },
            ),
            Op::Update {
                item: nth, data, ..
            } => {
                let permit =
                    statutory(Deed::Store, "UK GDPR Art 16", notice::ID, Some(whose)).unwrap();
                self.vault.act(&self.act(Verb::Correct, person()), |tx| {
                    let Some(row) = tx.one(VALUE, &[whose.into(), item(*nth).into()])? else {
                        return Err(Stop::Refused);
                    };
                    let source = row.text("source")?;
                    let from = self.from(tx.at(), &source, row.maybe_date("keep_until")?);
                    tx.correct(
                        &permit,
                        whose,
                        &Place::of(&row)?.id(),
                        data.as_bytes(),
                        &from,
                        "UK GDPR Art 16",
                    )?;
                    Ok(Answer::Done)
                })
            }
            Op::ReadOwn { .. } => self
                .vault
                .read(&self.act(Verb::Read, person()), whose, |tx| {
                    let standing = tx.standing(whose, Some("answer"))?;
                    let permit = self.ask(
                        &standing,
                        Question::new(Deed::Answer, TODAY).purpose("answer"),
                    )?;
                    let held = tx.get_all(&permit, whose)?;
                    Ok(Answer::Data(
                        held.iter()
                            .map(|one| (number(&one.item), one.plain.text().into_owned()))
                            .collect(),
                    ))
                }),
            Op::Read { item: nth, .. } => {
                self.vault
                    .read(&self.act(Verb::Read, staff()), whose, |tx| {
                        let why = purpose(purpose_of(*nth));
                        let standing = tx.standing(whose, Some(&why))?;
                        let permit = self.ask(
                            &standing,
                            Question::new(Deed::Read, TODAY)
                                .data(&item(*nth))
                                .purpose(&why),
                        )?;
                        match tx.get(&permit, whose, &item(*nth))? {
                            Some(held) => {
                                Ok(Answer::Data(vec![(*nth, held.plain.text().into_owned())]))
                            }
                            None => Err(Stop::Refused),
                        }
                    })
            }
            Op::FateOf { item: nth, .. } => self.fates(person(), whose, Some(*nth)),
            Op::FatesOf { .. } => self.fates(Actor::Staff("stf_9".into()), whose, None),
            Op::ReadPurpose { purpose: nth } => {
                self.many(*nth, &(nth * 4..nth * 4 + 4).map(item).collect::<Vec<_>>())
            }
            Op::ReadItem { item: nth } => self.many(purpose_of(*nth), &[item(*nth)]),
            Op::Logs { lines } => {
                let filter = Filter {
                    limit: u32::try_from(*lines).unwrap_or(1),
                    ..Filter::default()
                };
                let found = self.vault.store().entries(&filter)?;
                self.vault.record(
                    &self
                        .act(Verb::Review, Actor::Staff("stf_9".into()))
                        .cite("UK GDPR Art 58(1)(e)"),
                )?;
                Ok(Answer::Lines(found.len()))
            }
            Op::IsGone { item: nth, .. } => self.gone(whose, *nth),
        }
    }
}

fn object(
    tx: &mut Tx<'_, '_>,
    whose: &str,
    purpose_number: Option<u8>,
    on: bool,
) -> Result<(), Stop> {
    let scope = purpose_number.map_or_else(|| "*".to_owned(), purpose);
    if on {
        let new = NewChoice {
            kind: ChoiceKind::Objected,
            scope: &scope,
            answer: true,
            about: None,
            how: "link",
        };
        tx.choose(whose, &new)?;
        return Ok(());
    }
    let standing = tx.choices(whose)?;
    for one in standing
        .iter()
        .filter(|c| c.kind == ChoiceKind::Objected && c.scope == scope && c.lifted_at.is_none())
    {
        tx.lift(&one.id)?;
    }
    tx.about(whose);
    Ok(())
}

fn source(nth: u8) -> String {
    match nth {
        0 => "person".to_owned(),
        n => format!("source-{n}"),
    }
}

fn sourced(word: &str) -> u8 {
    word.strip_prefix("source-")
        .and_then(|n| n.parse().ok())
        .unwrap_or_default()
}

fn number(item: &str) -> u8 {
    item.rsplit('-')
        .next()
        .and_then(|n| n.parse().ok())
        .unwrap_or(u8::MAX)
}
