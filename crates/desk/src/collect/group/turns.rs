//! A text of several people is an order of turns; each turn is a value of whoever said it, and goes with them alone.

use super::{Text, act, met, nobody, nothing, said, text};
use crate::collect::talk::{agreed, talk, words_item};
use crate::stop::{Fault, Outcome, Refused, Stop};
use crate::visit::{Role, Visit};
use crate::{Asking, Desk, protecting, pseudonym};
use policy::{Deed, Permit, statutory};
use std::collections::{BTreeMap, BTreeSet};
use store::{Lease, Row, Verb};
use vault::Tx;

store::statements! {
    /// Texts in which nobody's words are left but our own people's.
    OVER = "select t.id, t.project from transcript t where exists (select 1 from turn s where s.transcript = t.id and s.sealed is not null)
        and not exists (select 1 from turn u join value v on v.number = u.place where u.transcript = t.id
            and u.holding is not null) order by t.id";
    /// A text begun.
    BEGIN = "insert into transcript (id, project, meeting, of_blob, item, made_at, by_whom) values ($1, $2, $3, $4, $5, $6, $7)";
    /// Its place among the others.
    TURN = "insert into turn (id, transcript, number, holding, value, sealed, place) values ($1, $2, $3, $4, $5, $6, $7)";
    /// One text.
    ONE = "select * from transcript where id = $1";
    /// Its turns in order.
    TURNS = "select * from turn where transcript = $1 order by number";
}

/// Something said.
#[derive(Clone, Copy, Debug)]
pub struct Turn<'a> {
    /// By whom; nobody for our own people.
    pub who: Option<&'a str>,
    /// The words.
    pub words: &'a str,
}

/// What is shown of a turn.
#[derive(Clone, PartialEq, Eq)]
pub enum Words {
    /// What was said.
    Said(String),
    /// Whoever said it has left the study, and the words with them.
    Left,
    /// The words were erased; who said them is still here.
    Erased,
    /// Not to be seen for this: by this clause or article.
    Withheld(String),
}

impl std::fmt::Debug for Words {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Words::Said(_) => "[words]",
            Words::Left => "[left]",
            Words::Erased => "[erased]",
            Words::Withheld(_) => "[withheld]",
        })
    }
}

/// A turn as it is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What staff call whoever said it; `None` for our own people, and for whoever left.
    pub who: Option<String>,
    /// Whether our own people said it.
    pub staff: bool,
    /// The words, or why there are none.
    pub words: Words,
}

impl Line {
    /// As it is read out: the words, or the gap.
    #[must_use]
    pub fn text(&self) -> &str {
        match &self.words {
            Words::Said(words) => words,
            Words::Left => "[someone who has left the study]",
            Words::Erased => "[erased]",
            Words::Withheld(_) => "[not to be seen for this]",
        }
    }
}

/// Writes down what was said at a meeting, turn by turn. Each turn is sealed under the key of whoever said it. Returns its id.
///
/// # Errors
/// Refused for a turn of somebody who was not there or has left, where the notice takes no words in, and without any words.
pub fn write_down(
    desk: &Desk,
    visit: &Visit,
    meeting: &str,
    of_blob: Option<&str>,
    turns: &[Turn<'_>],
) -> Outcome<String> {
    desk.act(&act(visit, meeting), |tx| {
        visit.only(
            &[Role::Researcher, Role::Lead, Role::Dpo],
            "writing down what people said",
        )?;
        let (row, members) = met(tx, meeting)?;
        if turns.iter().all(|turn| turn.words.trim().is_empty()) {
            return Err(Refused::new("nothing was written down")
                .law("UK GDPR Art 5(1)(d)", "a text says what was said")
                .help("write each turn on a line of its own, with who said it before a colon")
                .into());
        }
        if let Some(blob) = of_blob
            && tx.blob(blob)?.meeting.as_deref() != Some(meeting)
        {
            return Err(nothing("recording of this meeting").into());
        }
        let (id, mut item) = (tx.new_id("trn"), String::new());
        let mut permits: BTreeMap<&str, Permit> = BTreeMap::new();
        let speakers: BTreeSet<&str> = turns.iter().filter_map(|turn| turn.who).collect();
        for who in speakers {
            if !members.iter().any(|member| member == who) {
                return Err(Refused::new(
                    "somebody said something who was not there, or has left the study",
                )
                .law(
                    "UK GDPR Art 5(1)(d)",
                    "words are those of whoever said them",
                )
                .help("leave out what people said who have left")
                .into());
            }
            let published = desk.judged_by(&tx.holding(who)?)?;
            protecting::access::open(tx, visit, who, &published.notice)?;
            agreed(tx, &published, &row.kind, who)?;
            item = words_item(&published, &row.kind)?;
            permits.insert(who, desk.ask(tx, visit, who, &talk(&item, &row.kind))?);
        }
        if permits.is_empty() {
            return Err(nobody().into());
        }
        tx.project(&row.project);
        tx.detail("transcript", id.clone());
        tx.run(
            BEGIN,
            &[
                id.as_str().into(),
                row.project.as_str().into(),
                meeting.into(),
                of_blob.into(),
                item.as_str().into(),
                visit.at.into(),
                visit.who.to_string().into(),
            ],
        )?;
        let spoken = turns.iter().filter(|turn| !turn.words.trim().is_empty());
        for (number, turn) in (0_u64..).zip(spoken) {
            let words = turn.words.trim().as_bytes();
            let place = tx.new_id("tur");
            let (mut value, mut at, mut sealed) = (None, None, None);
            match turn.who.and_then(|who| Some((who, permits.get(who)?))) {
                Some((who, permit)) => {
                    let from = said(visit, permit.notice());
                    let (id, number) = tx.put_numbered(permit, who, &item, words, &from)?;
                    (value, at) = (Some(id), Some(number));
                }
                None => sealed = Some(tx.seal(&id, &seal_place(&place), words)?),
            }
            tx.run(
                TURN,
                &[
                    place.into(),
                    id.as_str().into(),
                    number.into(),
                    turn.who.into(),
                    value.into(),
                    sealed.into(),
                    at.into(),
                ],
            )?;
        }
        Ok(id)
    })
}

/// Reads a text for a purpose of the notice: each person's turns by their own leave, and a gap where there are none.
///
/// # Errors
/// Refused where nobody's words may be read for this; the refusal is the first of them.
pub fn read(
    desk: &Desk,
    visit: &Visit,
    transcript: &str,
    purpose: Option<&str>,
) -> Outcome<Vec<Line>> {
    let act = visit.act(Verb::Read).detail("transcript", transcript);
    desk.act(&act, |tx| {
        visit.only_project_staff("reading what people said")?;
        let text = one(tx, transcript)?;
        let rows = tx.rows(TURNS, &[transcript.into()])?;
        let mut people = BTreeSet::new();
        for row in &rows {
            people.extend(row.maybe_text("holding")?);
        }
        let mut words: BTreeMap<String, String> = BTreeMap::new();
        let (mut withheld, mut first) = (BTreeMap::new(), None);
        let mut open = None;
        for who in &people {
            match turns_of(desk, tx, visit, who, &text.item, purpose, &rows) {
                Ok((permit, theirs)) => {
                    words.extend(theirs);
                    open = Some(permit);
                }
                Err(Stop::Refused(no)) => {
                    withheld.insert(
                        who.clone(),
                        no.cites().into_iter().next().unwrap_or_default(),
                    );
                    first = first.or(Some(no));
                }
                Err(fault) => return Err(fault),
            }
        }
        let Some(open) = open else {
            return Err(first.unwrap_or_else(nobody).into());
        };
        let mut lines = Vec::new();
        for row in &rows {
            lines.push(line(tx, row, &open, transcript, &words, &withheld)?);
        }
        Ok(lines)
    })
}

/// The words of one person in a text, by their own leave and no further.
fn turns_of(
    desk: &Desk,
    tx: &mut Tx<'_, '_>,
    visit: &Visit,
    who: &str,
    item: &str,
    purpose: Option<&str>,
    rows: &[Row],
) -> Outcome<(Permit, BTreeMap<String, String>)> {
    let published = desk.judged_by(&tx.holding(who)?)?;
    protecting::access::open(tx, visit, who, &published.notice)?;
    let asking = Asking::new(Deed::Read).items([item]).purpose(purpose);
    let permit = desk.ask(tx, visit, who, &asking)?;
    let mut wanted = BTreeSet::new();
    for row in rows {
        wanted.extend(row.maybe_text("value")?);
    }
    let mut words = BTreeMap::new();
    for held in tx.get_all(&permit, who)? {
        if wanted.contains(&held.id) {
            words.insert(held.id.clone(), held.plain.text().into_owned());
        }
    }
    Ok((permit, words))
}

fn line(
    tx: &mut Tx<'_, '_>,
    row: &Row,
    permit: &Permit,
    transcript: &str,
    words: &BTreeMap<String, String>,
    withheld: &BTreeMap<String, String>,
) -> Outcome<Line> {
    let (who, value) = (row.maybe_text("holding")?, row.maybe_text("value")?);
    let staff = value.is_none();
    let said = match (&who, &value) {
        (None, None) => match row.maybe_bytes("sealed")? {
            Some(sealed) => {
                let place = seal_place(&row.text("id")?);
                let plain = tx.unseal(permit, transcript, &place, &sealed)?;
                Words::Said(plain.text().into_owned())
            }
            None => Words::Erased,
        },
        (None, Some(_)) => Words::Left,
        (Some(who), _) => match (withheld.get(who), value.and_then(|id| words.get(&id))) {
            (Some(law), _) => Words::Withheld(law.clone()),
            (None, Some(words)) => Words::Said(words.clone()),
            (None, None) => Words::Erased,
        },
    };
    Ok(Line {
        who: who.as_deref().map(pseudonym),
        staff,
        words: said,
    })
}

/// Hears a text as people type it: each turn on a line of its own, with `P-1A2B:` before what somebody said and `Staff:` before
/// what our own people said. A line without either goes on with the turn before it.
///
/// # Errors
/// Refused where the first line does not say whose it is, and for a name that is nobody's here.
pub fn hear<'a>(text: &str, members: &'a [String]) -> Outcome<Vec<(Option<&'a str>, String)>> {
    let mut turns: Vec<(Option<&str>, String)> = Vec::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let head = line
            .split_once(':')
            .map(|(head, rest)| (head.trim(), rest.trim()));
        let speaker = head.and_then(|(head, rest)| {
            if head.eq_ignore_ascii_case("staff") {
                return Some((None, rest));
            }
            let member = members
                .iter()
                .find(|m| pseudonym(m).eq_ignore_ascii_case(head))?;
            Some((Some(member.as_str()), rest))
        });
        // Somebody who is none of them, or has left: their words must not become those of whoever spoke before.
        let stranger = head.is_some_and(|(head, _)| looks_like_somebody(head));
        match (speaker, turns.last_mut()) {
            (Some((who, rest)), _) => turns.push((who, rest.to_owned())),
            (None, Some((_, words))) if !stranger => {
                words.push('\n');
                words.push_str(line);
            }
            _ => {
                return Err(Refused::new("a turn does not say whose it is")
                    .law("UK GDPR Art 5(1)(d)", "words are those of whoever said them")
                    .help("begin each turn with what we call the person, such as `P-1A2B:`, or with `Staff:`, and leave out who has left")
                    .into());
            }
        }
    }
    Ok(turns)
}

/// What our own people said goes once nothing else of the talk is left.
///
/// # Errors
/// A fault of ours.
pub(crate) fn end(desk: &Desk, visit: &Visit, lease: &Lease) -> Outcome<()> {
    let over: Vec<(String, String)> = desk.vault().store().look::<_, Fault>(|rd| {
        rd.rows(OVER, &[])?
            .iter()
            .map(|row| Ok((row.text("id")?, row.text("project")?)))
            .collect()
    })?;
    for (id, project) in over {
        let act = visit.act(Verb::Erase).project(project).about(&id);
        desk.duty(lease, &act, |tx| {
            let over = tx.rows(OVER, &[])?;
            let over = over.iter().map(|row| row.text("id"));
            if !over.collect::<Result<Vec<_>, _>>()?.contains(&id) {
                return Ok(None);
            }
            let permit = statutory(Deed::Erase, "UK GDPR Art 5(1)(e)", "", None)?;
            tx.erase_sealed(&permit, &id)?;
            Ok(Some(()))
        })?;
    }
    Ok(())
}

fn looks_like_somebody(head: &str) -> bool {
    head.get(..2)
        .is_some_and(|two| two.eq_ignore_ascii_case("p-"))
}

fn one(tx: &Tx<'_, '_>, id: &str) -> Outcome<Text> {
    let row = tx.one(ONE, &[id.into()])?.ok_or_else(|| nothing("text"))?;
    Ok(text(&row)?)
}

fn seal_place(turn: &str) -> String {
    format!("turn/{turn}/sealed")
}
