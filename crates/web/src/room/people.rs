//! Staff: everybody in a project by pseudonym, and somebody new whom others told us of.

use crate::app::App;
use crate::cite;
use crate::page::form::{Choice, Field, Form, Kind, is_email};
use crate::page::parts::{Answer, Cell, Link, Note, Table, Verdict, When};
use crate::page::shape::{FormPage, ListPage};
use crate::room::project;
use crate::serve::{self, Pairs};
use crate::session::SignedIn;
use axum::Router;
use axum::extract::{Form as Sent, Path, Query, State};
use axum::response::Response;
use axum::routing::{get, post};
use desk::collect::referral;
use desk::{Outcome, Refused, data};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// This room's addresses.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/desk/projects/{number}/people", get(list))
        .route("/desk/projects/{number}/referrals", post(refer))
        .route("/desk/projects/{number}/referrals/new", get(ask))
}

#[derive(Debug, Default, Deserialize)]
struct Only {
    #[serde(default)]
    stage: String,
}

async fn list(
    State(app): State<App>,
    who: SignedIn,
    Path(number): Path<String>,
    Query(only): Query<Only>,
) -> Response {
    serve::show(&app, &who, move |app, who| {
        people(app, who, &number, &only.stage)
    })
    .await
}

fn people(app: &App, who: &SignedIn, number: &str, stage: &str) -> Outcome<ListPage> {
    who.visit()
        .only_project_staff("looking at who is in a project")?;
    let notices = cite::project(app, number)?;
    let here = format!("/desk/projects/{number}/people");
    let Some(first) = notices.first() else {
        return Ok(ListPage::default());
    };
    let mut layout = project::layout(who, "People", &here, first);
    layout.crumbs = layout.crumbs.into_iter().take(2).collect();
    let today = law::clock::day(who.at);
    let (mut rows, mut stages) = (Vec::new(), BTreeSet::new());
    for published in &notices {
        for person in data::people(&app.desk, &published.notice.name)? {
            stages.insert(person.stage.clone());
            if !stage.is_empty() && person.stage != stage {
                continue;
            }
            let told = match person.told_due {
                Some(due) if due < today => Cell::judged(
                    Verdict::Broken,
                    &format!("to be told by {}", cite::day(due)),
                ),
                Some(due) => {
                    Cell::judged(Verdict::Due, &format!("to be told by {}", cite::day(due)))
                }
                None => Cell::from("told"),
            };
            rows.push(vec![
                Cell::link(
                    &format!("/desk/people/{}", person.holding),
                    &person.pseudonym,
                ),
                Cell::from(person.stage.replace('-', " ").as_str()),
                Cell::from(crate::room::front::title(&published.notice).as_str()),
                Cell::from(When::day(law::clock::day(person.opened_at)).words.as_str()),
                told,
                Cell::from(person.choices.join("; ").replace('-', " ").as_str()),
            ]);
        }
    }
    let facet = |to: String, words: &str, current: bool| Link {
        current,
        ..Link::new(&to, words)
    };
    let mut facets = vec![facet(here.clone(), "Everybody", stage.is_empty())];
    facets.extend(stages.iter().map(|s| {
        facet(
            format!("{here}?stage={s}"),
            &s.replace('-', " "),
            s == stage,
        )
    }));
    let refers = notices.iter().any(|p| p.notice.receives().next().is_some());
    let actions = if refers {
        vec![Link::new(
            &format!("/desk/projects/{number}/referrals/new"),
            "Add a referral",
        )]
    } else {
        vec![]
    };
    Ok(ListPage {
        layout,
        intro: vec![
            "By pseudonym. Whoever needs a name or an address says what for on the person’s page."
                .to_owned(),
        ],
        facets,
        table: Table::new(
            "People in this project",
            &[
                "Person",
                "Stage",
                "Notice",
                "Here since",
                "Told of us",
                "Choices",
            ],
            "Nobody.",
            rows,
        ),
        actions,
        ..ListPage::default()
    })
}

async fn ask(State(app): State<App>, who: SignedIn, Path(number): Path<String>) -> Response {
    serve::show(&app, &who, move |app, who| {
        form(app, who, &number, None, &BTreeMap::new())
    })
    .await
}

/// The form has exactly what the notices of the project may hear from others.
fn form(
    app: &App,
    who: &SignedIn,
    number: &str,
    answer: Option<Answer>,
    typed: &BTreeMap<String, String>,
) -> Outcome<FormPage> {
    let notices = cite::project(app, number)?;
    let here = format!("/desk/projects/{number}/referrals/new");
    let Some(first) = notices.first() else {
        return Ok(FormPage::default());
    };
    let value = |name: &str| typed.get(name).map(String::as_str).unwrap_or_default();
    let (mut speaks, mut sources, mut items, mut margin) =
        (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for published in &notices {
        let version = format!("version {}", published.notice.version);
        let mut takes = false;
        for (rule, receive) in published.notice.receives() {
            takes = true;
            for source in &receive.from {
                if !sources.iter().any(|c: &Choice| c.value == *source) {
                    sources.push(Choice::new(source, &data::label(source), ""));
                }
            }
            for item in receive
                .data
                .iter()
                .flat_map(|word| published.rulebook.items(word))
            {
                if !items.contains(&item) {
                    items.push(item);
                }
            }
            margin.push(Note {
                cite: Some(cite::link(app, rule.id.as_str(), &published.notice.name)),
                words: format!(
                    "{}.",
                    publish::words::sentence(&published.notice, rule).trim_end_matches('.')
                ),
            });
        }
        if takes {
            speaks.push(Choice::new(
                &published.notice.name,
                &crate::room::front::title(&published.notice),
                &version,
            ));
        }
    }
    let mut form = Form::new(
        "referral",
        &format!("/desk/projects/{number}/referrals"),
        "Add the referral",
    )
    .field(
        Field::new("notice", "Which notice speaks to them?", Kind::One(speaks))
            .value(value("notice")),
    )
    .field(
        Field::new(
            "source",
            "What kind of source told us?",
            Kind::Pick(sources),
        )
        .value(value("source")),
    )
    .field(
        Field::new("told-by", "Who there told us?", Kind::Text)
            .value(value("told-by"))
            .hint("Their role, such as a team leader; no name is needed."),
    )
    .group("What they told us", "Leave empty what you were not told.");
    for item in &items {
        let kind = match notice::vocabulary::canonical(item).as_str() {
            "email" => Kind::Email,
            "phone" => Kind::Phone,
            _ => Kind::Text,
        };
        form = form.field(
            Field::new(&format!("item-{item}"), &data::label(item), kind)
                .value(value(&format!("item-{item}")))
                .optional(),
        );
    }
    let layout = project::layout(who, "Add a referral", &here, first);
    Ok(FormPage {
        layout,
        intro: vec!["Somebody told us of a person who may want to take part. From today the person has a right to hear within one month that we hold this, and from whom.".to_owned()],
        margin: margin.into(),
        answer,
        form,
        after: vec![],
    })
}

async fn refer(
    State(app): State<App>,
    who: SignedIn,
    Path(number): Path<String>,
    Sent(sent): Sent<Pairs>,
) -> Response {
    let typed = serve::last(&sent);
    let again = (number, typed.clone());
    serve::act(
        &app,
        &who,
        move |app, who| {
            let value = |name: &str| typed.get(name).map(String::as_str).unwrap_or_default();
            let address = |name: &str| {
                let item = name.strip_prefix("item-").unwrap_or_default();
                ["email", "work-email"].contains(&notice::vocabulary::canonical(item).as_str())
            };
            if typed
                .iter()
                .any(|(name, text)| address(name) && !text.trim().is_empty() && !is_email(text))
            {
                return Err(Refused::new("this does not look like an email address")
                    .law("UK GDPR Art 5(1)(d)", "data are accurate")
                    .help("it needs an @, like name@example.org")
                    .into());
            }
            let answers = typed
                .iter()
                .filter_map(|(name, text)| {
                    Some((
                        name.strip_prefix("item-")?.to_owned(),
                        text.trim().to_owned(),
                    ))
                })
                .filter(|(_, text)| !text.is_empty())
                .collect();
            let holding = referral::refer(
                &app.desk,
                &who.visit(),
                value("notice"),
                value("source"),
                value("told-by"),
                &answers,
            )?;
            Ok(format!("/desk/people/{holding}"))
        },
        move |app, who, answer| form(app, who, &again.0, Some(answer), &again.1),
    )
    .await
}
