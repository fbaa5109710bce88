//! Whoever is invited knows beforehand what happens; nothing starts before they agreed, and only where the notice says it takes place.

pub use super::talk::TALKS;

use super::talk::{agreed, kind_of_talk, recording_item, takes_place, talk, words_item};
use super::wording::{purpose, says, speaking};
use super::{Answers, From, add};
use crate::stop::{Outcome, Refused};
use crate::uses::contact;
use crate::visit::{Role, Visit};
use crate::{Desk, protecting};
use jiff::Timestamp;
use jiff::civil::Date;
use policy::{Permit, State};
use std::io::Read;
use store::{Value, Verb};
use vault::{Holding, NewBlob, NewMessage, Provenance, Staged, StoredBlob, Tx};

store::statements! {
    /// A meeting.
    MEETING = "insert into meeting (id, project, kind, channel, held_on, state, invited_at, said, by_whom)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    /// Who is there.
    ATTEND = "insert into attendance (meeting, holding, state) values ($1, $2, $3)";
    /// The invitation a person has not followed yet.
    INVITED = "select m.id from attendance a join meeting m on m.id = a.meeting
        where a.holding = $1 and m.state = 'invited' order by m.invited_at desc nulls last, m.id";
    /// When a person was invited last.
    LAST_INVITED = "select m.invited_at from attendance a join meeting m on m.id = a.meeting
        where a.holding = $1 and m.invited_at is not null order by m.invited_at desc limit 1";
    /// … now has.
    HELD = "update meeting set kind = $2, channel = $3, held_on = $4, state = 'held' where id = $1";
    /// … with whom.
    CAME = "update attendance set state = 'held' where meeting = $1 and holding = $2";
    /// Every meeting of a project, the newest first.
    MEETINGS = "select m.*, (select count(*) from attendance a where a.meeting = m.id) as people
        from meeting m where m.project = $1 order by m.held_on desc, m.id";
    /// Every file of people under a notice.
    RECORDINGS = "select distinct b.* from blob b join blob_person p on p.blob = b.id join holding h on h.id = p.holding
        where h.notice = $1 order by b.added_at, b.id";
}

/// A meeting in a list; nothing personal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meeting {
    /// Its id.
    pub id: String,
    /// `interview`, `focus-group`
    pub kind: String,
    /// `online`; empty while it is only planned.
    pub channel: String,
    /// The day, or the day of the invitation.
    pub held_on: Date,
    /// `invited`, `held`
    pub state: String,
    /// When people were invited.
    pub invited_at: Option<Timestamp>,
    /// What the invitation had to say, and said.
    pub said: Option<String>,
    /// How many people.
    pub people: u64,
}

/// The last day on which somebody was invited to talk; none where nobody has written to them.
///
/// # Errors
/// A fault of ours.
pub fn invited(desk: &Desk, holding: &str) -> Outcome<Option<Date>> {
    let row = desk.vault().store().ask(LAST_INVITED, &[holding.into()])?;
    let at = row.map_or(Ok(None), |row| row.maybe_time("invited_at"))?;
    Ok(at.map(law::clock::day))
}

/// Invites a person to talk. The words must say what the notice says they say. Returns the id of the meeting.
///
/// # Errors
/// Refused where the text leaves out that the talk is recorded or written down, and against the person's choice.
pub fn invite(desk: &Desk, visit: &Visit, holding: &str, text: &str) -> Outcome<String> {
    let act = visit.act(Verb::Contact).about(holding);
    desk.act(&act, |tx| {
        visit.only(
            &[Role::Researcher, Role::Lead, Role::Dpo],
            "inviting people",
        )?;
        let whose = tx.holding(holding)?;
        let published = desk.judged_by(&whose)?;
        protecting::access::open(tx, visit, holding, &published.notice)?;
        let rules = speaking(&published, text);
        let mut said = Vec::new();
        for (rule, word) in rules
            .iter()
            .flat_map(|(rule, it)| it.must_say.iter().map(move |word| (*rule, word)))
        {
            if !says(text, word) {
                return Err(Refused::new(format!(
                    "the invitation does not say that the talk is {}",
                    word.replace('-', " ")
                ))
                .clause(rule)
                .help("say so in plain words, so that nobody is taken by surprise")
                .into());
            }
            said.push(word.as_str());
        }
        let purpose = purpose(&published)?;
        // An invitation to this study is why they are written to; nothing else need be said of the person.
        let permit = contact::leave(
            desk,
            tx,
            visit,
            &published,
            holding,
            &purpose,
            Some("invitation"),
        )?;
        tx.write(
            &permit,
            &NewMessage {
                holding,
                kind: "invitation",
                words: text.as_bytes(),
            },
        )?;
        rules.iter().for_each(|(rule, _)| tx.cite(rule.id.as_str()));
        let meeting = tx.new_id("met");
        let kind = rules
            .iter()
            .flat_map(|(_, it)| &it.to)
            .next()
            .map_or("interview", String::as_str);
        let by = visit.who.to_string();
        tx.run(
            MEETING,
            &[
                meeting.as_str().into(),
                whose.project.as_str().into(),
                kind.into(),
                "".into(),
                visit.today().into(),
                "invited".into(),
                Value::from(visit.at),
                said.join(" ").into(),
                by.into(),
            ],
        )?;
        tx.run(
            ATTEND,
            &[meeting.as_str().into(), holding.into(), "invited".into()],
        )?;
        Ok(meeting)
    })
}

/// An interview takes place, in a way such as `online`. Returns the id of the meeting.
///
/// # Errors
/// As [`meet`].
pub fn hold(desk: &Desk, visit: &Visit, holding: &str, way: &str) -> Outcome<String> {
    meet(desk, visit, "interview", &[holding], way)
}

/// People meet to talk: an `interview`, a `focus-group`.
///
/// # Errors
/// Refused before everybody agreed to take part where the notice asks for that, and in a way it does not list.
pub fn meet(
    desk: &Desk,
    visit: &Visit,
    kind: &str,
    holdings: &[&str],
    way: &str,
) -> Outcome<String> {
    let act = visit
        .act(Verb::Collect)
        .detail("way", kind)
        .detail("channel", way);
    let act = match holdings {
        [one] => act.about(*one),
        _ => act.detail("people", holdings.len().to_string()),
    };
    desk.act(&act, |tx| {
        visit.only(
            &[Role::Researcher, Role::Lead, Role::Dpo],
            "holding an interview or a group",
        )?;
        let mut meeting = None;
        for holding in holdings {
            let whose = tx.holding(holding)?;
            let published = desk.judged_by(&whose)?;
            protecting::access::open(tx, visit, holding, &published.notice)?;
            let place = takes_place(&published, kind, way)?;
            agreed(tx, &published, kind, holding)?;
            let item = words_item(&published, kind)?;
            let mut asking = talk(&item, kind);
            asking.channel = Some(&place);
            let permit = desk.ask(tx, visit, holding, &asking)?;
            permit.cites().iter().for_each(|clause| tx.cite(clause));
            for (rule, _) in published
                .notice
                .channels()
                .filter(|(_, c)| c.what.iter().any(|w| w == kind))
            {
                tx.cite(rule.id.as_str());
            }
            tx.notice(&published.label());
            tx.project(&whose.project);
            let this = match meeting.take() {
                Some(this) => this,
                None => begin(tx, visit, &whose, kind, way)?,
            };
            if tx.run(CAME, &[this.as_str().into(), (*holding).into()])? == 0 {
                tx.run(
                    ATTEND,
                    &[this.as_str().into(), (*holding).into(), "held".into()],
                )?;
            }
            meeting = Some(this);
        }
        meeting.ok_or_else(|| {
            Refused::new("nobody is said to be there")
                .law("UK GDPR Art 5(2)", "who took part has to be on record")
                .into()
        })
    })
}

/// The meeting a person was invited to, or one made now.
fn begin(
    tx: &mut Tx<'_, '_>,
    visit: &Visit,
    whose: &Holding,
    kind: &str,
    way: &str,
) -> Outcome<String> {
    if let Some(row) = tx.one(INVITED, &[whose.id.as_str().into()])? {
        let id = row.text("id")?;
        tx.run(
            HELD,
            &[
                id.as_str().into(),
                kind.into(),
                way.into(),
                visit.today().into(),
            ],
        )?;
        return Ok(id);
    }
    let id = tx.new_id("met");
    let none: Option<&str> = None;
    let never: Option<Timestamp> = None;
    tx.run(
        MEETING,
        &[
            id.as_str().into(),
            whose.project.as_str().into(),
            kind.into(),
            way.into(),
            visit.today().into(),
            "held".into(),
            never.into(),
            none.into(),
            visit.who.to_string().into(),
        ],
    )?;
    Ok(id)
}

/// Stores a recording, sealed piece by piece under a key of its own. Returns its id.
///
/// # Errors
/// Refused where the notice records nothing, before the person agreed, and where they said no to being recorded.
pub fn record(
    desk: &Desk,
    visit: &Visit,
    holding: &str,
    audio: &mut dyn Read,
    media: &str,
) -> Outcome<String> {
    let act = visit
        .act(Verb::Collect)
        .about(holding)
        .detail("way", "interview");
    // Asked before the sound is taken in, so that what may not be kept is never sealed; and again with the act itself.
    let leave = |tx: &mut Tx<'_, '_>| {
        is_sound(media)?;
        recording_leave(desk, tx, visit, holding, None)
    };
    match super::rehearse(desk, &act, leave) {
        Ok(_) => {}
        Err(crate::Stop::Refused(refused)) => {
            return desk.act(&act, |_| Err(refused.clone().into()));
        }
        Err(fault) => return Err(fault),
    }
    let staged = desk.vault().stage(visit.at, audio)?;
    desk.act(&act, |tx| put(desk, tx, visit, holding, &staged, media))
}

/// Puts a recording that has arrived on the shelf.
pub(super) fn put(
    desk: &Desk,
    tx: &mut Tx<'_, '_>,
    visit: &Visit,
    holding: &str,
    staged: &Staged,
    media: &str,
) -> Outcome<String> {
    let (permit, item) = recording_leave(desk, tx, visit, holding, None)?;
    let whose = tx.holding(holding)?;
    let label = permit.notice().to_owned();
    let new = NewBlob {
        project: &whose.project,
        people: &[holding],
        kind: &item,
        media,
        of_blob: None,
        made_on: Some(visit.today()),
    };
    let from = Provenance {
        kind: policy::SourceKind::Primary,
        source: "person",
        told_by: "person",
        at: visit.at,
        notice: &label,
        volunteered: false,
        keep_until: None,
    };
    let id = tx.put_blob(&permit, staged, &new, &from)?;
    tx.detail("recording", id.clone());
    Ok(id)
}

/// A recording is sound or pictures; a text or a program is not taken in as one.
pub(super) fn is_sound(media: &str) -> Outcome<()> {
    if media.starts_with("audio/") || media.starts_with("video/") {
        return Ok(());
    }
    Err(Refused::new("this is no sound and no film")
        .law(
            "UK GDPR Art 5(1)(c)",
            "what is taken in is what people were told of",
        )
        .help("choose the file of the recording")
        .into())
}

/// Leave to record somebody, by the way of talking that is named, or by the one the notice speaks of first.
pub(super) fn recording_leave(
    desk: &Desk,
    tx: &mut Tx<'_, '_>,
    visit: &Visit,
    holding: &str,
    way: Option<&str>,
) -> Outcome<(Permit, String)> {
    visit.only(
        &[Role::Researcher, Role::Lead, Role::Dpo],
        "recording a talk",
    )?;
    let published = desk.judged_by(&tx.holding(holding)?)?;
    protecting::access::open(tx, visit, holding, &published.notice)?;
    let (item, kind) = recording_item(&published, way)?;
    agreed(tx, &published, &kind, holding)?;
    let mut asking = talk(&item, &kind);
    for (_, it) in published.notice.permissions() {
        let about_it = published.rulebook.items(&it.name).contains(&item);
        if about_it && tx.permission(holding, &it.name, None)? == Some(true) {
            asking = asking.state(State::PermissionGiven);
        }
    }
    let permit = desk.ask(tx, visit, holding, &asking)?;
    Ok((permit, item))
}

/// A member of staff writes down what a person said.
///
/// # Errors
/// As [`meet`]; refused where the notice keeps no words of an interview.
pub fn transcribe(desk: &Desk, visit: &Visit, holding: &str, text: &str) -> Outcome<()> {
    let act = visit
        .act(Verb::Collect)
        .about(holding)
        .detail("way", "interview");
    desk.act(&act, |tx| {
        visit.only(
            &[Role::Researcher, Role::Lead, Role::Dpo],
            "writing down what people said",
        )?;
        let published = desk.judged_by(&tx.holding(holding)?)?;
        protecting::access::open(tx, visit, holding, &published.notice)?;
        let kind = kind_of_talk(&published);
        agreed(tx, &published, &kind, holding)?;
        let item = words_item(&published, &kind)?;
        let answers = Answers::from([(item, text.to_owned())]);
        add(desk, tx, visit, holding, From::person(&kind), &answers)
    })
}

/// The meetings of a notice's project, the newest first.
///
/// # Errors
/// A fault of ours.
pub fn meetings(desk: &Desk, notice: &str) -> Outcome<Vec<Meeting>> {
    let published = desk.notice(notice)?;
    desk.vault().store().look(|rd| {
        let mut meetings = Vec::new();
        for row in rd.rows(MEETINGS, &[published.notice.reference.as_str().into()])? {
            meetings.push(Meeting {
                id: row.text("id")?,
                kind: row.text("kind")?,
                channel: row.text("channel")?,
                held_on: row.date("held_on")?,
                state: row.text("state")?,
                invited_at: row.maybe_time("invited_at")?,
                said: row.maybe_text("said")?,
                people: row.count("people")?,
            });
        }
        Ok(meetings)
    })
}

/// The recordings and other files of the people under a notice, erased ones too.
///
/// # Errors
/// A fault of ours.
pub fn recordings(desk: &Desk, notice: &str) -> Outcome<Vec<StoredBlob>> {
    desk.vault().store().look(|rd| {
        let rows = rd.rows(RECORDINGS, &[notice.into()])?;
        Ok(rows
            .iter()
            .map(StoredBlob::read)
            .collect::<Result<_, _>>()?)
    })
}
