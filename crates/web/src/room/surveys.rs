//! Staff: the surveys of a project; each is built part by part, held against the notice as it grows, tried, put out, counted.

use crate::app::App;
use crate::cite;
use crate::page::form::{Choice, Field, Form, Kind};
use crate::page::layout::Flash;
use crate::page::parts::{Answer, Cell, Fact, Link, Margin, Note, Table};
use crate::page::shape::ListPage;
use crate::page::survey::{Asked, Part, SurveyPage};
use crate::room::project;
use crate::serve::{self, Pairs};
use crate::session::SignedIn;
use axum::Router;
use axum::extract::{Form as Sent, Path, State};
use axum::response::Response;
use axum::routing::{get, post};
use desk::collect::survey::draft::{self, State as Stage, Survey};
use desk::collect::survey::findings::{self, Finding, Weight};
use desk::collect::survey::form::build::Change;
use desk::collect::survey::form::{self, If, Question, Test};
use desk::collect::survey::results;
use desk::{Outcome, Published, data};
use std::sync::Arc;

mod after;
mod question;
mod typed;

/// This room's addresses.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/desk/projects/{number}/surveys", get(list).post(begin))
        .route("/desk/surveys/{id}", get(look))
        .route("/desk/surveys/{id}/steps", post(step))
        .merge(after::routes())
        .merge(question::routes())
}

async fn list(State(app): State<App>, who: SignedIn, Path(number): Path<String>) -> Response {
    serve::show(&app, &who, move |app, who| surveys(app, who, &number, None)).await
}

fn surveys(app: &App, who: &SignedIn, number: &str, answer: Option<Answer>) -> Outcome<ListPage> {
    who.visit().only_project_staff("looking at surveys")?;
    let notices = cite::project(app, number)?;
    let here = format!("/desk/projects/{number}/surveys");
    let asks = |published: &&Arc<Published>| project::has_surveys(&published.notice);
    let Some(first) = notices.iter().find(asks).or(notices.first()) else {
        return Ok(ListPage::default());
    };
    let mut layout = project::layout(who, "Surveys", &here, first);
    layout.flash = answer.map(flash);
    let all = draft::list(&app.desk, &first.notice.reference)?;
    let mut rows = Vec::new();
    for it in &all {
        rows.push(vec![
            Cell::link(&format!("/desk/surveys/{}", it.id), &it.form.title),
            Cell::from(data::label(&it.name).as_str()),
            Cell::number(&it.version.to_string()),
            Cell::from(stage(it)),
            Cell::from(if it.anonymous {
                "nobody’s"
            } else {
                "each person’s own"
            }),
            Cell::number(&results::number(&app.desk, it)?.to_string()),
        ]);
    }
    let mut choices = Vec::new();
    for published in notices.iter().filter(asks) {
        for (name, anonymous) in draft::offered(published) {
            let being = |it: &&Survey| {
                it.notice == published.notice.name && it.name == name && it.state == Stage::Draft
            };
            if all.iter().find(being).is_none() {
                choices.push(Choice::new(
                    &format!("{} {name}", published.notice.name),
                    &data::label(&name),
                    if anonymous {
                        "anonymous"
                    } else {
                        "by each person’s own link"
                    },
                ));
            }
        }
    }
    let form = Form::new("begin", &here, "Begin")
        .field(Field::new(
            "which",
            "Which survey?",
            Kind::One(choices.clone()),
        ))
        .field(Field::new("title", "Its heading", Kind::Text).hint("What people read first."));
    Ok(ListPage {
        layout,
        intro: vec![
            "A survey asks only what the notice lists. What people have seen does not change any more: a change is a new version.".to_owned(),
        ],
        margin: clauses(app, first),
        table: Table::new(
            "Surveys",
            &["Heading", "Survey", "Version", "State", "Answers are", "Answers"],
            "No survey has been built yet.",
            rows,
        ),
        forms: if choices.is_empty() { vec![] } else { vec![form] },
        ..ListPage::default()
    })
}

fn clauses(app: &App, published: &Published) -> Margin {
    let notice = &published.notice;
    let notes = notice.surveys().map(|(rule, _)| Note {
        cite: Some(cite::link(app, rule.id.as_str(), &notice.name)),
        words: publish::words::sentence(notice, rule),
    });
    notes.collect::<Vec<_>>().into()
}

fn flash(answer: Answer) -> Flash {
    Flash {
        refused: true,
        words: format!("{} {}", answer.heading, answer.help),
    }
}

fn stage(survey: &Survey) -> &'static str {
    match survey.state {
        Stage::Draft => "being built",
        Stage::Out => "out",
        Stage::Closed => "closed",
    }
}

async fn begin(
    State(app): State<App>,
    who: SignedIn,
    Path(number): Path<String>,
    Sent(sent): Sent<Pairs>,
) -> Response {
    let typed = serve::last(&sent);
    let again = number.clone();
    serve::act(
        &app,
        &who,
        move |app, who| {
            let value = |name: &str| typed.get(name).map(String::as_str).unwrap_or_default();
            let Some((notice, name)) = value("which").split_once(' ') else {
                return Err(serve::unsaid("which survey").into());
            };
            let id = draft::begin(&app.desk, &who.visit(), notice, name, value("title"))?;
            Ok(format!("/desk/surveys/{id}"))
        },
        move |app, who, answer| surveys(app, who, &again, Some(answer)),
    )
    .await
}

async fn look(State(app): State<App>, who: SignedIn, Path(id): Path<String>) -> Response {
    serve::show(&app, &who, move |app, who| built(app, who, &id, None)).await
}

/// A survey with the notice it is held against.
pub(super) fn held(app: &App, who: &SignedIn, id: &str) -> Outcome<(Survey, Arc<Published>)> {
    who.visit().only_project_staff("looking at surveys")?;
    let survey = draft::one(&app.desk, id)?;
    let published = app.desk.notice(&survey.notice)?;
    Ok((survey, published))
}

fn layout(
    who: &SignedIn,
    title: &str,
    survey: &Survey,
    published: &Published,
) -> crate::page::layout::Layout {
    let number = cite::number(&published.notice.reference);
    let home = format!("/desk/projects/{number}/surveys");
    let mut layout = project::layout(who, title, &home, published);
    layout.crumbs.push(Link::new(&home, "Surveys"));
    if title != survey.form.title {
        let own = format!("/desk/surveys/{}", survey.id);
        layout.crumbs.push(Link::new(&own, &survey.form.title));
    }
    layout
}

fn built(app: &App, who: &SignedIn, id: &str, answer: Option<Answer>) -> Outcome<SurveyPage> {
    let (survey, published) = held(app, who, id)?;
    let at = |rest: &str| format!("/desk/surveys/{id}/{rest}");
    let draft = survey.state == Stage::Draft;
    let found = if draft {
        findings::findings(&published, &survey.name, &survey.form)?
    } else {
        Vec::new()
    };
    let mut facts = vec![
        Fact::new("State", stage(&survey)),
        Fact::new("Version", &survey.version.to_string()),
        Fact::new(
            "Answers are",
            if survey.anonymous {
                "nobody’s: anonymous"
            } else {
                "held with each person’s data"
            },
        ),
    ];
    if !draft {
        let count = results::number(&app.desk, &survey)?;
        facts.push(Fact::new("Answers", &count.to_string()));
    }
    if survey.state == Stage::Out && survey.anonymous {
        let link = format!("/survey/{}/{}", survey.notice, survey.name);
        facts.push(Fact::linked("The one link for everybody", &link, &link));
    }
    let mut actions = vec![Link::new(&at("preview"), "Preview")];
    if draft {
        actions.push(Link::new(&at("words"), "Heading and words"));
        actions.push(Link::new(&at("parts/new"), "Add a part"));
    }
    if survey.anonymous {
        actions.push(Link::new(&at("checks"), "Is it anonymous?"));
    }
    Ok(SurveyPage {
        layout: layout(who, &survey.form.title, &survey, &published),
        answer,
        facts: facts.into(),
        margin: notes(app, &published, &found, None),
        actions,
        parts: parts(app, &survey, &published, &found),
        forms: forms(app, &survey, &published, &found)?,
    })
}

/// What there is to say of a question, or of the whole.
fn notes(app: &App, published: &Published, found: &[Finding], question: Option<&str>) -> Margin {
    let of = found.iter().filter(|it| it.question.as_deref() == question);
    let notes = of.map(|it| {
        let head = match it.weight {
            Weight::Refused => "Cannot go out",
            Weight::Flagged => "To be looked at",
        };
        let words = crate::answer::sentence(&it.words);
        let help = crate::answer::sentence(&it.help);
        Note {
            cite: it
                .because
                .first()
                .map(|reason| cite::link(app, reason.cites(), &published.notice.name)),
            words: format!("{head}. {words} {help}").trim().to_owned(),
        }
    });
    notes.collect::<Vec<_>>().into()
}

fn parts(app: &App, survey: &Survey, published: &Published, found: &[Finding]) -> Vec<Part> {
    let draft = survey.state == Stage::Draft;
    let at = |rest: &str| format!("/desk/surveys/{}/{rest}", survey.id);
    let all = survey.form.sections.iter().enumerate();
    all.map(|(nth, section)| {
        let mut words = Vec::new();
        words.extend(
            section
                .only_if
                .as_ref()
                .map(|it| condition(&survey.form, it)),
        );
        words.extend(Some(section.intro.clone()).filter(|words| !words.is_empty()));
        let questions = section.questions.iter().map(|it| Asked {
            words: it.words.clone(),
            facts: about(&survey.form, it),
            change: draft.then(|| Link::new(&at(&format!("questions/{}", it.id)), "Change")),
            steps: if draft {
                moves(&at("steps"), it)
            } else {
                vec![]
            },
            margin: notes(app, published, found, Some(&it.id)),
        });
        Part {
            title: section.title.clone(),
            words,
            questions: questions.collect(),
            links: if draft {
                vec![
                    Link::new(&at(&format!("parts/{nth}/questions/new")), "Add a question"),
                    Link::new(&at(&format!("parts/{nth}")), "Change this part"),
                ]
            } else {
                vec![]
            },
        }
    })
    .collect()
}

/// What for, how it is answered, by whom.
fn about(form: &form::Form, question: &Question) -> Vec<String> {
    let choices = question.kind.choices();
    let how = if choices.is_empty() {
        typed::kind_words(question.kind.word()).to_owned()
    } else {
        let words = typed::kind_words(question.kind.word());
        format!("{words}: {}", choices.join(", "))
    };
    let must = if question.required {
        "must be answered"
    } else {
        "may be left empty"
    };
    let mut facts = vec![format!(
        "Asks for “{}”; {must}. {how}.",
        data::label(&question.item)
    )];
    facts.extend(question.only_if.as_ref().map(|it| condition(form, it)));
    facts
}

fn condition(form: &form::Form, only_if: &If) -> String {
    let asked = form
        .question(&only_if.question)
        .map_or("a question that is gone", |it| it.words.as_str());
    match &only_if.is {
        Test::Is(choice) => format!("Only for those who answered “{choice}” to “{asked}”."),
        Test::Not(choice) => {
            format!("Only for those who answered anything but “{choice}” to “{asked}”.")
        }
        Test::Answered => format!("Only for those who answered “{asked}”."),
    }
}

fn moves(action: &str, question: &Question) -> Vec<Form> {
    let one = |step: &str, words: &str| {
        let form = Form::quiet(&format!("{step}-{}", question.id), action, words);
        form.field(Field::new("step", "", Kind::Hidden).value(step))
            .field(Field::new("question", "", Kind::Hidden).value(&question.id))
    };
    vec![
        one("up", "Earlier"),
        one("down", "Later"),
        one("remove", "Leave it out"),
    ]
}

/// What can be done with a survey as it stands.
fn forms(
    app: &App,
    survey: &Survey,
    published: &Published,
    found: &[Finding],
) -> Outcome<Vec<Form>> {
    let action = format!("/desk/surveys/{}/steps", survey.id);
    let one = |step: &str, words: &str| {
        Form::new(step, &action, words).field(Field::new("step", "", Kind::Hidden).value(step))
    };
    let mut forms = Vec::new();
    match survey.state {
        Stage::Draft => {
            if !found.iter().any(|it| it.weight == Weight::Refused) {
                forms.push(one("out", "Put it out").beside(
                    "People can answer from this moment, and it does not change any more.",
                ));
            }
            let mut form = one("discard", "Throw this draft away");
            form.weight = "quiet";
            forms.push(form);
        }
        Stage::Out => {
            if !survey.anonymous {
                let mut people = Vec::new();
                for line in data::people(&app.desk, &published.notice.name)? {
                    let here = line.erased_at.is_none()
                        && !["withdrawn", "directory", "declined"].contains(&line.stage.as_str());
                    if here {
                        people.push(Choice::new(&line.holding, &line.pseudonym, ""));
                    }
                }
                let to = format!("/desk/surveys/{}/links", survey.id);
                let form = Form::new("link", &to, "Make their link");
                forms.push(form.field(Field::new("person", "For whom?", Kind::Pick(people))));
            }
            forms.push(one("close", "Close it").beside("Nobody can answer any more."));
        }
        Stage::Closed => {}
    }
    if survey.state != Stage::Draft {
        if survey.anonymous {
            let to = format!("/desk/surveys/{}/results", survey.id);
            forms.push(
                Form::new("count", &to, "Count the answers")
                    .beside("Of days that are over, and on record."),
            );
        }
        let mut form = one("again", "Make a new version");
        form.weight = "quiet";
        forms.push(form);
    }
    Ok(forms)
}

async fn step(
    State(app): State<App>,
    who: SignedIn,
    Path(id): Path<String>,
    Sent(sent): Sent<Pairs>,
) -> Response {
    let typed = serve::last(&sent);
    let again = id.clone();
    serve::act(
        &app,
        &who,
        move |app, who| {
            let visit = who.visit();
            let value = |name: &str| typed.get(name).cloned().unwrap_or_default();
            let here = format!("/desk/surveys/{id}");
            let change = match value("step").as_str() {
                "out" => {
                    draft::put_out(&app.desk, &visit, &id)?;
                    return Ok(here);
                }
                "close" => {
                    draft::close(&app.desk, &visit, &id)?;
                    return Ok(here);
                }
                "again" => {
                    let next = draft::again(&app.desk, &visit, &id)?;
                    return Ok(format!("/desk/surveys/{next}"));
                }
                "discard" => {
                    let project = draft::one(&app.desk, &id)?.project;
                    draft::discard(&app.desk, &visit, &id)?;
                    return Ok(format!("/desk/projects/{}/surveys", cite::number(&project)));
                }
                "up" => Change::Up(value("question")),
                "down" => Change::Down(value("question")),
                "remove" => Change::Remove(value("question")),
                "remove-part" => Change::RemoveSection(value("part").parse().unwrap_or(usize::MAX)),
                _ => return Err(serve::unsaid("what to do").into()),
            };
            draft::change(&app.desk, &visit, &id, &change)?;
            Ok(here)
        },
        move |app, who, answer| built(app, who, &again, Some(answer)),
    )
    .await
}
