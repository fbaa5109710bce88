//! Several people talk: who was there, the recording, and the words, turn by turn, each with whoever said them.

use super::interview::half_step;
use crate::app::App;
use crate::cite;
use crate::page::form::{Choice, Field, Form, Kind};
use crate::page::group::GroupPage;
use crate::page::parts::{Answer, Cell, Fact, Facts, Link, Margin, Note, Table, When};
use crate::page::person::Step;
use crate::page::shape::ListPage;
use crate::room::project;
use crate::serve::{self, Pairs};
use crate::session::SignedIn;
use axum::Router;
use axum::extract::{Form as Sent, Path, State};
use axum::response::Response;
use axum::routing::{get, post};
use desk::collect::group::{self, Group, Line, Turn};
use desk::collect::{arrive, interview};
use desk::sharing::transcript;
use desk::{Outcome, Published, data, pseudonym};
use std::sync::Arc;
use vault::StoredBlob;

/// This room's addresses.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/desk/projects/{number}/groups", get(list).post(hold))
        .route("/desk/groups/{id}", get(look))
        .route("/desk/groups/{id}/texts", post(write_down))
        .route("/desk/groups/{id}/readings", post(read))
        .route("/desk/groups/{id}/approvals", post(approve))
}

async fn list(State(app): State<App>, who: SignedIn, Path(number): Path<String>) -> Response {
    serve::show(&app, &who, move |app, who| groups(app, who, &number, None)).await
}

/// The notice of a project under which people talk in groups.
fn talking(app: &App, number: &str) -> Outcome<Arc<Published>> {
    let found = cite::project(app, number)?
        .into_iter()
        .find(|published| project::talks_in_groups(&published.notice));
    found.ok_or_else(|| serve::unsaid("a notice that lets people talk in groups").into())
}

fn groups(app: &App, who: &SignedIn, number: &str, answer: Option<Answer>) -> Outcome<ListPage> {
    who.visit().only_project_staff("looking at meetings")?;
    let published = talking(app, number)?;
    let notice = &published.notice;
    let here = format!("/desk/projects/{number}/groups");
    let mut layout = project::layout(who, "Groups", &here, &published);
    if let Some(answer) = answer {
        layout.flash = Some(crate::page::layout::Flash {
            refused: true,
            words: format!("{} {}", answer.heading, answer.help),
        });
    }
    let rows = group::of_project(&app.desk, &notice.reference)?
        .iter()
        .map(|it| {
            vec![
                Cell::link(
                    &format!("/desk/groups/{}", it.id),
                    &When::day(it.held_on).words,
                ),
                Cell::from(data::label(&it.kind).as_str()),
                Cell::number(&it.members.len().to_string()),
                Cell::number(&it.recordings.len().to_string()),
                Cell::number(&it.texts.len().to_string()),
            ]
        })
        .collect();
    let mut people = Vec::new();
    for line in data::people(&app.desk, &notice.name)? {
        if line.erased_at.is_none()
            && !["withdrawn", "directory", "declined", "referred"].contains(&line.stage.as_str())
        {
            people.push(Choice::new(
                &line.holding,
                &line.pseudonym,
                &line.stage.replace('-', " "),
            ));
        }
    }
    let mut ways: Vec<Choice> = Vec::new();
    for (_, channel) in notice.channels() {
        if channel
            .what
            .iter()
            .any(|w| group::KINDS.contains(&w.as_str()))
        {
            for way in &channel.ways {
                if !ways.iter().any(|c| c.value == *way) {
                    ways.push(Choice::new(way, &data::label(way), ""));
                }
            }
        }
    }
    let form = Form::new("meet", &here, "It took place today")
        .field(Field::new("people", "Who was there?", Kind::Any(people)))
        .field(Field::new("way", "How?", Kind::Pick(ways)));
    Ok(ListPage {
        layout,
        intro: vec![
            "What each person says in a group stays theirs. One can leave, and the others’ words remain.".to_owned(),
        ],
        table: Table::new(
            "Meetings",
            &["Day", "What", "People", "Recordings", "Texts"],
            "No group has met yet.",
            rows,
        ),
        forms: vec![form],
        ..ListPage::default()
    })
}

async fn hold(
    State(app): State<App>,
    who: SignedIn,
    Path(number): Path<String>,
    Sent(sent): Sent<Pairs>,
) -> Response {
    let people = serve::all(&sent, "people");
    let way = serve::last(&sent).remove("way").unwrap_or_default();
    let again = number.clone();
    serve::act(
        &app,
        &who,
        move |app, who| {
            let published = talking(app, &number)?;
            let kind = published
                .notice
                .collects()
                .flat_map(|(_, c)| &c.by)
                .find(|w| group::KINDS.contains(&w.as_str()))
                .cloned()
                .unwrap_or_default();
            let people: Vec<&str> = people.iter().map(String::as_str).collect();
            let id = interview::meet(&app.desk, &who.visit(), &kind, &people, &way)?;
            Ok(format!("/desk/groups/{id}"))
        },
        move |app, who, answer| groups(app, who, &again, Some(answer)),
    )
    .await
}

async fn look(State(app): State<App>, who: SignedIn, Path(id): Path<String>) -> Response {
    serve::show(&app, &who, move |app, who| page(app, who, &id, None, None)).await
}

/// The page of a meeting; with the lines of a text that was just opened.
pub(super) fn page(
    app: &App,
    who: &SignedIn,
    id: &str,
    answer: Option<Answer>,
    lines: Option<Vec<Line>>,
) -> Outcome<GroupPage> {
    who.visit().only_project_staff("looking at a meeting")?;
    let it = group::group(&app.desk, id)?;
    let number = cite::number(&it.project);
    let published = talking(app, &number)?;
    let notice = &published.notice;
    let here = format!("/desk/projects/{number}/groups");
    let mut layout = project::layout(
        who,
        &format!("{} of {}", data::label(&it.kind), cite::day(it.held_on)),
        "",
        &published,
    );
    layout.crumbs.push(Link::new(&here, "Groups"));
    let mut facts = vec![
        Fact::new("Took place", &data::label(&it.channel)),
        Fact::new("Recordings", &it.recordings.len().to_string()),
    ];
    facts.extend(
        it.members
            .iter()
            .map(|m| Fact::linked("There was", &pseudonym(m), &format!("/desk/people/{m}"))),
    );
    Ok(GroupPage {
        layout,
        facts: Facts::from(facts),
        answer,
        lines: lines.unwrap_or_default().iter().map(said).collect(),
        steps: steps(app, &it, &published)?,
        margin: Margin::from(vec![
            Note::citing(
                "",
                "UK GDPR Art 17(1)",
                "Whoever leaves takes their own words with them, and nobody else’s.",
            ),
            Note::citing(
                "",
                "UK GDPR Art 15(4)",
                &format!(
                    "Whoever asks for a copy in {} gets their own words, not the others’.",
                    notice.reference
                ),
            ),
        ]),
    })
}

fn said(line: &Line) -> (String, String, bool) {
    let who = match (&line.who, line.staff) {
        (Some(who), _) => who.clone(),
        (None, true) => "Staff".to_owned(),
        (None, false) => "–".to_owned(),
    };
    let gap = !matches!(line.words, group::Words::Said(_));
    (who, line.text().to_owned(), gap)
}

fn steps(app: &App, it: &Group, published: &Published) -> Outcome<Vec<Step>> {
    let at = |rest: &str| format!("/desk/groups/{}/{rest}", it.id);
    let mut steps = vec![Step {
        name: "Recording".to_owned(),
        state: if it.recordings.is_empty() {
            "next"
        } else {
            "done"
        },
        words: "Everybody who was there has to allow it.".to_owned(),
        form: Some(
            Form::new("record", &at("recordings"), "Store it")
                .in_pieces(&at("arrivals"))
                .field(
                    Field::new(
                        "audio",
                        "The recording",
                        Kind::File("audio/*,video/*".to_owned()),
                    )
                    .hint("Sealed piece by piece as it arrives, under a key of its own."),
                ),
        ),
        ..Step::default()
    }];
    for half in arrive::halves_of_group(&app.desk, &it.id)? {
        steps.push(half_step(&half, &at("arrivals/given-up")));
    }
    for file in &it.recordings {
        steps.push(recording(it, file, &at("approvals")));
    }
    let example = it.members.first().map(|m| pseudonym(m)).unwrap_or_default();
    let living = it.recordings.iter().find(|file| file.erased_at.is_none());
    steps.push(Step {
        name: "Write down what was said".to_owned(),
        state: if it.texts.is_empty() { "next" } else { "done" },
        words: "Each turn on a line of its own, with who said it before a colon. Leave out what people said who have left.".to_owned(),
        form: Some(
            Form::quiet("write", &at("texts"), "Seal it, each turn for whoever said it")
                .field(Field::new("text", "The text", Kind::Long).hint(&format!("{example}: …, and Staff: … for our own people")))
                .field(Field::new("recording", "", Kind::Hidden).value(living.map_or("", |file| file.id.as_str()))),
        ),
        ..Step::default()
    });
    for text in &it.texts {
        let purposes = published
            .notice
            .purposes()
            .filter(|(_, p)| {
                p.uses
                    .iter()
                    .flat_map(|data| published.rulebook.items(data))
                    .any(|item| *item == text.item)
            })
            .map(|(_, p)| Choice::new(&p.name, &p.words, ""))
            .collect();
        steps.push(Step {
            name: format!("The text of {}", cite::day(law::clock::day(text.made_at))),
            state: "done",
            form: Some(
                Form::quiet(&format!("read-{}", text.id), &at("readings"), "Open it")
                    .field(Field::new("text", "", Kind::Hidden).value(&text.id))
                    .field(Field::new(
                        "purpose",
                        "What do you need it for?",
                        Kind::Pick(purposes),
                    )),
            ),
            ..Step::default()
        });
    }
    Ok(steps)
}

fn recording(it: &Group, file: &StoredBlob, approve: &str) -> Step {
    let name = format!(
        "{} of {}",
        data::label(&file.kind),
        cite::day(law::clock::day(file.added_at))
    );
    if let Some(gone) = file.erased_at {
        return Step {
            name,
            state: "done",
            words: format!(
                "Erased on {}, and its key with it.",
                cite::day(law::clock::day(gone))
            ),
            ..Step::default()
        };
    }
    let restricted = file.state == vault::RESTRICTED;
    let written = it
        .texts
        .iter()
        .any(|text| text.of_blob.as_ref() == Some(&file.id));
    Step {
        name,
        state: "next",
        words: if restricted {
            "Somebody in it has left the study. It opens for nothing but to write down what the others said; then it goes.".to_owned()
        } else {
            format!("{} kB, sealed.", file.size / 1024)
        },
        link: it.members.first().map(|first| {
            Link::new(
                &format!("/desk/interviews/{first}/recordings/{}", file.id),
                "Listen to it",
            )
        }),
        form: written.then(|| {
            Form::quiet(
                &format!("approve-{}", file.id),
                approve,
                "The text is right",
            )
            .field(Field::new("recording", "", Kind::Hidden).value(&file.id))
        }),
    }
}

async fn write_down(
    State(app): State<App>,
    who: SignedIn,
    Path(id): Path<String>,
    Sent(sent): Sent<Pairs>,
) -> Response {
    let typed = serve::last(&sent);
    step(app, who, id, move |app, who, id| {
        let value = |name: &str| typed.get(name).map(String::as_str).unwrap_or_default();
        let members = group::group(&app.desk, id)?.members;
        let heard = group::hear(value("text"), &members)?;
        let turns: Vec<Turn<'_>> = heard
            .iter()
            .map(|(who, words)| Turn { who: *who, words })
            .collect();
        let recording = Some(value("recording")).filter(|id| !id.is_empty());
        group::write_down(&app.desk, &who.visit(), id, recording, &turns).map(drop)
    })
    .await
}

async fn approve(
    State(app): State<App>,
    who: SignedIn,
    Path(id): Path<String>,
    Sent(sent): Sent<Pairs>,
) -> Response {
    let recording = serve::last(&sent).remove("recording").unwrap_or_default();
    step(app, who, id, move |app, who, _| {
        transcript::approve_own(&app.desk, &who.visit(), &recording)
    })
    .await
}

async fn read(
    State(app): State<App>,
    who: SignedIn,
    Path(id): Path<String>,
    Sent(sent): Sent<Pairs>,
) -> Response {
    let typed = serve::last(&sent);
    serve::answered(&app, &who, move |app, who| {
        let value = |name: &str| typed.get(name).map(String::as_str).unwrap_or_default();
        let purpose = Some(value("purpose")).filter(|p| !p.is_empty());
        match group::read(&app.desk, &who.visit(), value("text"), purpose) {
            Ok(lines) => Ok((true, page(app, who, &id, None, Some(lines))?)),
            Err(desk::Stop::Refused(no)) => {
                Ok((false, page(app, who, &id, Some(cite::no(app, &no)), None)?))
            }
            Err(fault) => Err(fault),
        }
    })
    .await
}

pub(super) async fn step(
    app: App,
    who: SignedIn,
    id: String,
    work: impl FnOnce(&App, &SignedIn, &str) -> Outcome<()> + Send + 'static,
) -> Response {
    let again =
        |app: &App, who: &SignedIn, id: &str, answer| page(app, who, id, Some(answer), None);
    serve::step(&app, &who, "/desk/groups", id, work, again).await
}
