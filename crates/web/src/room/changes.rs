//! Versions of a notice: what each changed, who is to be told, and how far that has come; and a new one put into force.

use crate::answer::sentence;
use crate::app::App;
use crate::cite::{self, Names};
use crate::page::form::{Choice, Field, Form, Kind};
use crate::page::layout::Flash;
use crate::page::notice::{ChangePage, Difference};
use crate::page::parts::{Answer, Cell, Link, Margin, Note, Table, Verdict, When};
use crate::page::shape::ListPage;
use crate::room::{project, promises};
use crate::serve::{self, Pairs};
use crate::session::SignedIn;
use axum::Router;
use axum::extract::{Form as Sent, Path, State};
use axum::response::Response;
use axum::routing::{get, post};
use desk::changes;
use desk::{Outcome, Published, Refused};

/// This room's addresses.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/desk/notices/{name}/changes", get(list).post(publish))
        .route("/desk/notices/{name}/changes/{version}", get(look))
        .route(
            "/desk/notices/{name}/changes/{version}/tellings",
            post(tell),
        )
}

async fn list(State(app): State<App>, who: SignedIn, Path(name): Path<String>) -> Response {
    serve::show(&app, &who, move |app, who| page(app, who, &name, None, "")).await
}

fn page(
    app: &App,
    who: &SignedIn,
    name: &str,
    answer: Option<Answer>,
    text: &str,
) -> Outcome<ListPage> {
    let published = app.desk.notice(name)?;
    let here = format!("/desk/notices/{name}/changes");
    let names = Names::read(app)?;
    let mut rows = Vec::new();
    for line in changes::versions(&app.desk, name)? {
        let affected = changes::affected(&app.desk, name, line.version)?;
        let told = affected.iter().filter(|a| a.told_at.is_some()).count();
        let standing = match (affected.len(), told) {
            (0, _) => Cell::from("nobody had to be told"),
            (of, told) if told == of => Cell::marked(Verdict::Kept, &format!("all {of} told")),
            (of, told) => Cell::judged(Verdict::Due, &format!("told {told} of {of}")),
        };
        rows.push(vec![
            Cell::link(
                &format!("{here}/{}", line.version),
                &format!("Version {}", line.version),
            ),
            Cell::from(cite::day(line.dated).as_str()),
            Cell::from(sentence(&line.what).as_str()),
            Cell::from(names.who(&line.published_by).as_str()),
            standing,
        ]);
    }
    let form = Form::new("publish", &here, "Check and publish")
        .field(Field::new("text", "A new version, whole", Kind::Long).value(text).hint("The document with its rules. It is published only if the check finds nothing wrong."))
        .beside("From then on people are told, and until each is, their data are judged by the version they know.");
    let mut layout = project::layout(who, "Changes", &here, &published);
    let mut intro = vec![format!(
        "{}: every version stays readable.",
        crate::room::front::title(&published.notice)
    )];
    if let Some(answer) = answer {
        layout.flash = Some(Flash {
            refused: true,
            words: format!("{} {}", answer.heading, answer.help),
        });
        intro.extend(
            answer
                .because
                .iter()
                .filter_map(|n| n.cite.as_ref().map(|c| format!("{}: {}", c.words, n.words))),
        );
    }
    Ok(ListPage {
        layout,
        intro,
        margin: rules(app, &published),
        table: Table::new(
            "Versions, newest first",
            &["Version", "Dated", "What changed", "Published by", "Told"],
            "None.",
            rows,
        ),
        forms: vec![form],
        ..ListPage::default()
    })
}

fn rules(app: &App, published: &Published) -> Margin {
    let notes: Vec<Note> = published
        .notice
        .changes()
        .map(|(rule, _)| Note {
            cite: Some(cite::link(app, rule.id.as_str(), &published.notice.name)),
            words: publish::words::sentence(&published.notice, rule),
        })
        .collect();
    Margin::from(notes)
}

async fn publish(
    State(app): State<App>,
    who: SignedIn,
    Path(name): Path<String>,
    Sent(sent): Sent<Pairs>,
) -> Response {
    let text = serve::last(&sent)
        .remove("text")
        .unwrap_or_default()
        .replace("\r\n", "\n");
    let again = (name.clone(), text.clone());
    serve::act(
        &app,
        &who,
        move |app, who| {
            if text.trim().is_empty() {
                return Err(serve::unsaid("what the new version says").into());
            }
            // A text pasted under the wrong notice is not quietly published as another one.
            let said = notice::parse(&text).notice.map(|n| n.name);
            if said.as_deref().is_some_and(|said| said != name) {
                return Err(Refused::new(format!(
                    "this text is the notice `{}`",
                    said.unwrap_or_default()
                ))
                .law("UK GDPR Art 5(1)(a)", "each notice has its own history")
                .help("publish it on its own page")
                .into());
            }
            let now = changes::publish(&app.desk, &who.visit(), &text)?;
            Ok(format!(
                "/desk/notices/{}/changes/{}",
                now.name, now.version
            ))
        },
        move |app, who, answer| page(app, who, &again.0, Some(answer), &again.1),
    )
    .await
}

async fn look(
    State(app): State<App>,
    who: SignedIn,
    Path((name, version)): Path<(String, u32)>,
) -> Response {
    serve::show(&app, &who, move |app, who| {
        change(app, who, &name, version, None)
    })
    .await
}

fn change(
    app: &App,
    who: &SignedIn,
    name: &str,
    version: u32,
    answer: Option<Answer>,
) -> Outcome<ChangePage> {
    let current = app.desk.notice(name)?;
    let Some(new) = app.desk.shelf().version(name, version) else {
        return Err(
            Refused::new(format!("this notice has no version {version}"))
                .law("UK GDPR Art 5(2)", "what people were told stays as it was")
                .help("look in the list of its versions")
                .into(),
        );
    };
    let old = app
        .desk
        .shelf()
        .versions(name)
        .into_iter()
        .find(|p| p.notice.version < version);
    let today = law::clock::day(who.at);
    let differences = old
        .as_ref()
        .map(|old| changes::differences(&old.notice, &new.notice))
        .unwrap_or_default();
    let sentence_in = |published: Option<&Published>, clause: &str| {
        published
            .and_then(|p| {
                p.notice
                    .rules()
                    .find(|r| r.id.as_str() == clause)
                    .map(|r| publish::words::sentence(&p.notice, r))
            })
            .unwrap_or_default()
    };
    let affected = changes::affected(&app.desk, name, version)?;
    let waiting: Vec<_> = affected.iter().filter(|a| a.told_at.is_none()).collect();
    let by = waiting.iter().map(|a| a.due).min();
    let rows = affected
        .iter()
        .map(|a| {
            let state = match a.told_at {
                Some(at) => Cell::marked(
                    Verdict::Kept,
                    &format!(
                        "told {} by {}",
                        cite::day(law::clock::day(at)),
                        a.told_how.as_deref().unwrap_or("us")
                    ),
                ),
                None if a.due < today => Cell::judged(Verdict::Broken, &cite::left(today, a.due)),
                None => Cell::judged(Verdict::Due, &format!("by {}", cite::day(a.due))),
            };
            vec![
                Cell::link(&format!("/desk/people/{}", a.holding), &a.pseudonym),
                state,
            ]
        })
        .collect();
    let here = format!("/desk/notices/{name}/changes");
    let mut layout = project::layout(
        who,
        &format!("Version {version}: what changed, and who must be told"),
        &here,
        &current,
    );
    layout.crumbs.push(Link::new(&here, "Changes"));
    layout.flash = answer.map(|a| Flash {
        refused: true,
        words: format!("{} {}", a.heading, a.help),
    });
    let mut head = promises::head(&new);
    if version != current.notice.version {
        head.superseded = Some(Link::new(
            &format!("{here}/{}", current.notice.version),
            &format!("version {} is", current.notice.version),
        ));
    }
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let hows = vec![
        Choice::new(
            "email",
            "By email",
            "A letter that says what changed is written for each.",
        ),
        Choice::new(
            "post",
            "By post",
            "A letter that says what changed is written for each.",
        ),
        Choice::new("phone", "By telephone", ""),
    ];
    let tell = (!waiting.is_empty()).then(|| {
        let button = if waiting.len() == 1 {
            "Tell the one who is left".to_owned()
        } else {
            format!("Tell the {} who are left", waiting.len())
        };
        Form::new("tell", &format!("{here}/{version}/tellings"), &button).field(Field::new(
            "how",
            "How?",
            Kind::One(hows),
        ))
    });
    Ok(ChangePage {
        head,
        differences: differences
            .iter()
            .map(|d| Difference {
                clause: cite::link(app, &d.clause, name),
                kind: d.kind.word(),
                words: format!(
                    "{}{}",
                    sentence(&d.why).trim_end_matches('.'),
                    if d.material {
                        ""
                    } else {
                        " (nobody has to be told)"
                    }
                ),
                was: if d.kind == changes::Kind::Added {
                    String::new()
                } else {
                    sentence_in(old.as_deref(), &d.clause)
                },
                now: if d.kind == changes::Kind::Removed {
                    String::new()
                } else {
                    sentence_in(Some(&new), &d.clause)
                },
            })
            .collect(),
        told: count(affected.len() - waiting.len()),
        of: count(affected.len()),
        by: by.map(When::day),
        people: Table::new(
            "Who is affected",
            &["Person", "State"],
            "Nobody has to be told.",
            rows,
        ),
        margin: rules(app, &new),
        tell,
        layout,
    })
}

async fn tell(
    State(app): State<App>,
    who: SignedIn,
    Path((name, version)): Path<(String, u32)>,
    Sent(sent): Sent<Pairs>,
) -> Response {
    let how = serve::last(&sent).remove("how").unwrap_or_default();
    let again = name.clone();
    serve::act(
        &app,
        &who,
        move |app, who| {
            if how.is_empty() {
                return Err(serve::unsaid("how they are told").into());
            }
            changes::tell_all(&app.desk, &who.visit(), &name, version, &how)?;
            Ok(format!("/desk/notices/{name}/changes/{version}"))
        },
        move |app, who, answer| change(app, who, &again, version, Some(answer)),
    )
    .await
}
