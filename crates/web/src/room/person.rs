//! Staff: one person by pseudonym. What is held is named with its fate; a value is shown only to somebody who says what for.

use crate::answer::sentence;
use crate::app::App;
use crate::cite;
use crate::page::form::{Choice, Field, Form, Kind};
use crate::page::parts::{Answer, Fact, Facts, Link, Note, Verdict, When};
use crate::page::people::{Held, PersonPage};
use crate::room::project;
use crate::serve::{self, Pairs};
use crate::session::SignedIn;
use axum::Router;
use axum::extract::{Form as Sent, Path, State};
use axum::response::Response;
use axum::routing::{get, post};
use desk::data::{self, HeldLine, PersonLine};
use desk::keeping::clock;
use desk::{Outcome, Refused, Stop};

/// This room's addresses.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/desk/people/{holding}", get(look))
        .route("/desk/people/{holding}/readings", post(read))
}

async fn look(State(app): State<App>, who: SignedIn, Path(holding): Path<String>) -> Response {
    serve::show(&app, &who, move |app, who| {
        person(app, who, &holding, None, &Wish::default())
    })
    .await
}

/// What somebody wants to read, and why.
#[derive(Clone, Debug, Default)]
struct Wish {
    purpose: String,
    items: Vec<String>,
}

async fn read(
    State(app): State<App>,
    who: SignedIn,
    Path(holding): Path<String>,
    Sent(sent): Sent<Pairs>,
) -> Response {
    let wish = Wish {
        purpose: serve::last(&sent).remove("purpose").unwrap_or_default(),
        items: serve::all(&sent, "items"),
    };
    serve::answered(&app, &who, move |app, who| {
        let answer = reading(app, who, &holding, &wish)?;
        Ok((
            answer.allowed,
            person(app, who, &holding, Some(answer), &wish)?,
        ))
    })
    .await
}

/// Reads item by item: each is an act of its own, and one that is refused does not hide the others.
fn reading(app: &App, who: &SignedIn, holding: &str, wish: &Wish) -> Outcome<Answer> {
    let purpose = Some(wish.purpose.as_str()).filter(|p| !p.is_empty());
    let published = whose(app, holding)?.published;
    let words = published
        .notice
        .purposes()
        .find(|(_, p)| Some(p.name.as_str()) == purpose)
        .map(|(_, p)| p.words.clone());
    let mut values = Vec::new();
    let mut because = Vec::new();
    let mut refused: Vec<(String, Refused)> = Vec::new();
    if wish.items.is_empty() {
        let nothing = Refused::new("nothing was asked for")
            .law("UK GDPR Art 5(1)(c)", "no more is opened than is needed")
            .help("tick what you need to see, and say what for");
        return Ok(cite::no(app, &nothing));
    }
    for item in &wish.items {
        match data::read(&app.desk, &who.visit(), holding, item, purpose) {
            Ok(reading) => {
                values.push(Fact::new(&data::label(item), &reading.text));
                because.extend(reading.because);
            }
            Err(Stop::Refused(no)) => refused.push((item.clone(), no)),
            Err(fault) => return Err(fault),
        }
    }
    because.dedup();
    if values.is_empty() {
        let mut answer = refused
            .first()
            .map(|(_, no)| cite::no(app, no))
            .unwrap_or_default();
        for (_, no) in refused
            .iter()
            .skip(1)
            .filter(|(_, no)| Some(&sentence(&no.why)) != Some(&answer.heading))
        {
            answer.because.push(Note::plain(&sentence(&no.why)));
        }
        return Ok(answer);
    }
    let mut notes = cite::notes(app, &because);
    for (item, no) in &refused {
        notes.push(Note::plain(&format!(
            "Not {}: {}",
            data::label(item).to_lowercase(),
            sentence(&no.why)
        )));
    }
    let heading = match words {
        Some(words) => format!("You may read this {words}"),
        None => "You may read this".to_owned(),
    };
    Ok(Answer {
        allowed: true,
        heading,
        values: Facts::from(values),
        because: notes,
        help: String::new(),
    })
}

/// Who a holding is, and under which notice.
pub(super) fn whose(app: &App, holding: &str) -> Outcome<clock::Life> {
    app.desk
        .vault()
        .store()
        .look(|rd| clock::life(&app.desk, rd, holding))
}

fn person(
    app: &App,
    who: &SignedIn,
    holding: &str,
    answer: Option<Answer>,
    wish: &Wish,
) -> Outcome<PersonPage> {
    who.visit()
        .only_project_staff("looking at what is held about a person")?;
    let life = whose(app, holding)?;
    let published = &life.published;
    let people = format!(
        "/desk/projects/{}/people",
        cite::number(&published.notice.reference)
    );
    let mut layout = project::layout(who, &desk::pseudonym(holding), &people, published);
    layout.crumbs.push(Link::new(&people, "People"));
    let line = data::people(&app.desk, &life.holding.notice)?
        .into_iter()
        .find(|p| p.holding == holding);
    let held = data::held(&app.desk, holding)?;
    let fates = app
        .desk
        .vault()
        .store()
        .look(|rd| clock::fates(&app.desk, rd, holding))?;
    let today = law::clock::day(who.at);
    let mut items: Vec<Held> = held
        .iter()
        .map(|h| {
            item(
                published,
                h,
                fates.iter().find(|f| f.thing == h.value),
                today,
            )
        })
        .collect();
    for fate in fates.iter().filter(|f| f.kind == clock::Thing::Blob) {
        let (fate_words, verdict) = fate_words(fate, today);
        items.push(Held {
            item: data::label(&fate.item),
            category: "a sealed file".to_owned(),
            from: if fate.shared {
                "Several people are in it".to_owned()
            } else {
                "From the person".to_owned()
            },
            under: clause_or_notice(published, &fate.clause),
            fate: fate_words,
            verdict,
            state: held_word(fate),
        });
    }
    let erased = life.holding.erased_at.is_some();
    let read = (!erased && !held.is_empty()).then(|| read_form(published, holding, &held, wish));
    Ok(PersonPage {
        facts: Facts::from(facts(&life, line.as_ref())),
        choices: choices(line.as_ref()),
        items,
        read,
        answer,
        actions: if erased {
            vec![Link::new(
                &format!("/desk/people/{holding}/certificate"),
                "Certificate of erasure",
            )]
        } else {
            actions(holding, &life.holding.stage)
        },
        trail: cite::about(app, holding, 50)?,
        layout,
    })
}

fn facts(life: &clock::Life, line: Option<&PersonLine>) -> Vec<Fact> {
    let it = &life.holding;
    let label = format!(
        "{}, version {}",
        crate::room::front::title(&life.published.notice),
        it.version_told
    );
    let mut facts = vec![
        Fact::new(
            "Stage",
            &line
                .map_or(it.stage.clone(), |l| l.stage.clone())
                .replace('-', " "),
        ),
        Fact::linked(
            "Judged by",
            &label,
            &format!("/notices/{}/{}", it.notice, it.version_told),
        ),
        Fact::new(
            "Here since",
            &When::day(law::clock::day(it.opened_at)).words,
        ),
        Fact::new(
            "Came from",
            if it.source == "person" {
                "the person"
            } else {
                it.source.as_str()
            },
        ),
    ];
    match (it.told_at, it.told_due) {
        (Some(at), _) => facts.push(Fact::judged(
            "Told of us",
            &When::day(law::clock::day(at)).words,
            Verdict::Kept,
        )),
        (None, Some(due)) => facts.push(Fact::judged(
            "To be told of us",
            &format!("by {}", cite::day(due)),
            Verdict::Due,
        )),
        (None, None) => {}
    }
    if !it.tags.is_empty() {
        facts.push(Fact::new("Marked as", &it.tags.join(", ")));
    }
    if let Some(at) = it.erased_at {
        facts.push(Fact::judged(
            "Erased",
            &When::day(law::clock::day(at)).words,
            Verdict::Kept,
        ));
    }
    facts
}

/// A person's choices in words: `opted-out recontact` is `Opted out of recontact`.
fn choices(line: Option<&PersonLine>) -> Vec<Note> {
    let said = line.map(|l| l.choices.as_slice()).unwrap_or_default();
    said.iter()
        .map(|choice| {
            let (kind, scope) = choice.split_once(' ').unwrap_or((choice, ""));
            let words = match kind {
                "opted-out" => "Opted out",
                "objected" => "Objected",
                "restricted" => "Asked that their data are only stored",
                "withdrawn" => "Left the study",
                other => other,
            };
            let scope = scope.rsplit(['/', ' ']).next().unwrap_or_default();
            Note::plain(&sentence(&if scope.is_empty() {
                words.to_owned()
            } else {
                format!("{words}: {scope}")
            }))
        })
        .collect()
}

fn item(
    published: &desk::Published,
    held: &HeldLine,
    fate: Option<&clock::Fate>,
    today: jiff::civil::Date,
) -> Held {
    let fields = data::fields(published);
    let field = fields.iter().find(|f| f.item == held.item);
    let group = field.map(|f| f.group.clone()).unwrap_or_default();
    let category = if field.is_some_and(|f| f.sensitive) {
        format!("{group}, sensitive")
    } else {
        group
    };
    let source = match held.source.as_str() {
        "person" => "the person".to_owned(),
        other => format!("a {other}").replace('-', " "),
    };
    let offered = if held.volunteered {
        ", offered freely"
    } else {
        ""
    };
    let (words, verdict) = fate.map_or_else(
        || {
            (
                "no sentence of the notice says when it goes".to_owned(),
                Verdict::CannotTell,
            )
        },
        |fate| fate_words(fate, today),
    );
    Held {
        item: held.label.clone(),
        category,
        from: format!(
            "From {source}, {}{offered}, told in version {}",
            cite::day(law::clock::day(held.collected_at)),
            held.notice.rsplit('@').next().unwrap_or_default()
        ),
        under: clause_or_notice(published, fate.map_or("", |f| f.clause.as_str())),
        fate: words,
        verdict,
        state: fate.map(held_word).unwrap_or_default(),
    }
}

fn clause_or_notice(published: &desk::Published, clause: &str) -> Link {
    if clause.is_empty() {
        Link::new(
            &format!("/desk/notices/{}", published.notice.name),
            &crate::room::front::title(&published.notice),
        )
    } else {
        let rule = published.notice.rules().find(|r| r.id.as_str() == clause);
        let name = rule.map_or_else(
            || cite::name(clause),
            |rule| crate::say::clause(&published.notice, rule),
        );
        Link::new(&cite::to(published, clause), &name)
    }
}

fn held_word(fate: &clock::Fate) -> String {
    fate.held
        .as_deref()
        .map(|why| format!("held back: {why}"))
        .unwrap_or_default()
}

/// What becomes of a value, and whether that is on time.
fn fate_words(fate: &clock::Fate, today: jiff::civil::Date) -> (String, Verdict) {
    let act = match fate.action {
        clock::Action::Erase => "erased",
        clock::Action::RemoveIdentity => "loses what says whose it is",
    };
    if let Some(due) = fate.due {
        let words = format!("{act} after {}", cite::day(due));
        return match (fate.is_due(today), &fate.held) {
            (true, None) => (
                format!("{words}: its time is up, and the next sweep takes it"),
                Verdict::Due,
            ),
            (true, Some(_)) => (
                format!("{words}, but for what holds it back"),
                Verdict::Kept,
            ),
            (false, _) => (words, Verdict::Kept),
        };
    }
    if let Some((event, planned)) = &fate.leaves_at {
        let planned = planned.map_or_else(String::new, |day| {
            format!(", planned for {}", cite::day(day))
        });
        return (
            format!(
                "goes when {}{planned}: they have left",
                publish::words::phrase::event(event)
            ),
            Verdict::Kept,
        );
    }
    match fate.planned {
        Some(day) => (
            format!(
                "{} after {}, as planned now",
                match fate.action {
                    clock::Action::Erase => "goes",
                    clock::Action::RemoveIdentity => act,
                },
                cite::day(day)
            ),
            Verdict::Kept,
        ),
        None if fate.clause.is_empty() => (
            "no sentence of the notice says when it goes".to_owned(),
            Verdict::CannotTell,
        ),
        None => (
            format!("{act} when what its clause counts from has happened"),
            Verdict::Kept,
        ),
    }
}

fn read_form(published: &desk::Published, holding: &str, held: &[HeldLine], wish: &Wish) -> Form {
    let purposes = published
        .notice
        .purposes()
        .map(|(_, p)| Choice::new(&p.name, &p.words, ""))
        .collect();
    let mut items: Vec<Choice> = Vec::new();
    for line in held {
        if !items.iter().any(|c| c.value == line.item) {
            items.push(Choice::new(&line.item, &line.label, ""));
        }
    }
    Form::new("read", &format!("/desk/people/{holding}/readings"), "Read")
        .field(
            Field::new("purpose", "What do you need it for?", Kind::Pick(purposes))
                .value(&wish.purpose),
        )
        .field(
            Field::new("items", "What do you need to see?", Kind::Any(items))
                .value(&wish.items.join(" ")),
        )
        .beside("That you read it, and why, goes on record.")
}

fn actions(holding: &str, stage: &str) -> Vec<Link> {
    let at = |rest: &str| format!("/desk/people/{holding}/{rest}");
    vec![
        Link::new(
            &format!("/desk/interviews/{holding}"),
            if ["withdrawn", "declined"].contains(&stage) {
                "Interview and recordings"
            } else {
                "Invite to an interview, or store a recording"
            },
        ),
        Link::new(
            &at("consents/new"),
            "Record an agreement, or that it was taken back",
        ),
        Link::new(&at("requests/new"), "Open a request"),
        Link::new(
            &at("choices/new"),
            "Record a choice or a mark: opting out, leaving the study",
        ),
    ]
}
