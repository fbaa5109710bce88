//! The forms a survey is built with: its words, a part, a question.

use super::typed::{KINDS, Typed, as_typed, chosen, conditions, meant, precedes, read, said};
use super::{held, layout};
use crate::app::App;
use crate::page::form::{Choice, Field, Form, Kind};
use crate::page::parts::{Answer, Note};
use crate::page::shape::FormPage;
use crate::serve::{self, Pairs};
use crate::session::SignedIn;
use axum::Router;
use axum::extract::{Form as Sent, Path, State};
use axum::response::Response;
use axum::routing::get;
use desk::collect::survey::draft::{self, Survey};
use desk::collect::survey::form::build::Change;
use desk::collect::survey::form::{Question, Section};
use desk::{Outcome, Published, data};

pub(super) fn routes() -> Router<App> {
    Router::new()
        .route("/desk/surveys/{id}/words", get(words).post(put_words))
        .route("/desk/surveys/{id}/parts/new", get(new_part).post(add_part))
        .route("/desk/surveys/{id}/parts/{nth}", get(part).post(put_part))
        .route(
            "/desk/surveys/{id}/parts/{nth}/questions/new",
            get(new_question).post(add_question),
        )
        .route(
            "/desk/surveys/{id}/questions/{question}",
            get(question).post(put_question),
        )
}

async fn words(State(app): State<App>, who: SignedIn, Path(id): Path<String>) -> Response {
    serve::show(&app, &who, move |app, who| words_page(app, who, &id, None)).await
}

fn words_page(app: &App, who: &SignedIn, id: &str, answer: Option<Answer>) -> Outcome<FormPage> {
    let (survey, published) = held(app, who, id)?;
    let it = &survey.form;
    let form = Form::new("words", &format!("/desk/surveys/{id}/words"), "Save")
        .field(Field::new("title", "Heading", Kind::Text).value(&it.title))
        .field(
            Field::new("intro", "What it is about", Kind::Long)
                .value(&it.intro)
                .optional()
                .hint("Before the first question, in plain words."),
        )
        .field(
            Field::new("thanks", "What is said at the end", Kind::Long)
                .value(&it.thanks)
                .optional(),
        );
    Ok(FormPage {
        layout: layout(who, "Heading and words", &survey, &published),
        answer,
        form,
        ..FormPage::default()
    })
}

async fn put_words(
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
            let change = Change::Words {
                title: said(&typed, "title"),
                intro: said(&typed, "intro"),
                thanks: said(&typed, "thanks"),
            };
            draft::change(&app.desk, &who.visit(), &id, &change)?;
            Ok(format!("/desk/surveys/{id}"))
        },
        move |app, who, answer| words_page(app, who, &again, Some(answer)),
    )
    .await
}

async fn new_part(State(app): State<App>, who: SignedIn, Path(id): Path<String>) -> Response {
    serve::show(&app, &who, move |app, who| {
        part_page(app, who, &id, None, None)
    })
    .await
}

async fn part(
    State(app): State<App>,
    who: SignedIn,
    Path((id, nth)): Path<(String, usize)>,
) -> Response {
    serve::show(&app, &who, move |app, who| {
        part_page(app, who, &id, Some(nth), None)
    })
    .await
}

fn part_page(
    app: &App,
    who: &SignedIn,
    id: &str,
    nth: Option<usize>,
    answer: Option<Answer>,
) -> Outcome<FormPage> {
    let (survey, published) = held(app, who, id)?;
    let empty = Section::default();
    let it = nth
        .and_then(|nth| survey.form.sections.get(nth))
        .unwrap_or(&empty);
    let place = nth.map_or_else(|| "new".to_owned(), |nth| nth.to_string());
    let earlier = conditions(&survey.form, |part, _| nth.is_some_and(|nth| part < nth));
    let mut form = Form::new("part", &format!("/desk/surveys/{id}/parts/{place}"), "Save")
        .field(Field::new("title", "Heading of this part", Kind::Text).value(&it.title));
    if nth.is_some() {
        form = form.field(
            Field::new("intro", "Words under it", Kind::Long)
                .value(&it.intro)
                .optional(),
        );
        if !earlier.is_empty() {
            form = form.field(
                Field::new("only", "Only for those who", Kind::Pick(earlier))
                    .value(&chosen(&survey.form, it.only_if.as_ref()))
                    .optional(),
            );
        }
        form = form.also("remove", "Leave this part out");
    }
    let title = if nth.is_some() {
        "Change a part"
    } else {
        "Add a part"
    };
    Ok(FormPage {
        layout: layout(who, title, &survey, &published),
        intro: vec!["Each part is a page of its own.".to_owned()],
        answer,
        form,
        ..FormPage::default()
    })
}

async fn add_part(
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
            let title = said(&typed, "title");
            if title.is_empty() {
                return Err(serve::unsaid("how the part is called").into());
            }
            draft::change(&app.desk, &who.visit(), &id, &Change::AddSection(title))?;
            Ok(format!("/desk/surveys/{id}"))
        },
        move |app, who, answer| part_page(app, who, &again, None, Some(answer)),
    )
    .await
}

async fn put_part(
    State(app): State<App>,
    who: SignedIn,
    Path((id, nth)): Path<(String, usize)>,
    Sent(sent): Sent<Pairs>,
) -> Response {
    let typed = serve::last(&sent);
    let again = id.clone();
    serve::act(
        &app,
        &who,
        move |app, who| {
            let survey = draft::one(&app.desk, &id)?;
            let change = if said(&typed, "do") == "remove" {
                Change::RemoveSection(nth)
            } else {
                Change::Section {
                    nth,
                    title: said(&typed, "title"),
                    intro: said(&typed, "intro"),
                    only_if: meant(&survey.form, &said(&typed, "only")),
                }
            };
            draft::change(&app.desk, &who.visit(), &id, &change)?;
            Ok(format!("/desk/surveys/{id}"))
        },
        move |app, who, answer| part_page(app, who, &again, Some(nth), Some(answer)),
    )
    .await
}

/// Where a question is or is to be.
#[derive(Clone)]
enum Place {
    In(usize),
    Is(String),
}

async fn new_question(
    State(app): State<App>,
    who: SignedIn,
    Path((id, nth)): Path<(String, usize)>,
) -> Response {
    serve::show(&app, &who, move |app, who| {
        question_page(app, who, &id, &Place::In(nth), None, None)
    })
    .await
}

async fn question(
    State(app): State<App>,
    who: SignedIn,
    Path((id, question)): Path<(String, String)>,
) -> Response {
    serve::show(&app, &who, move |app, who| {
        question_page(app, who, &id, &Place::Is(question), None, None)
    })
    .await
}

fn question_page(
    app: &App,
    who: &SignedIn,
    id: &str,
    place: &Place,
    answer: Option<Answer>,
    typed: Option<&Typed>,
) -> Outcome<FormPage> {
    let (survey, published) = held(app, who, id)?;
    let there = match place {
        Place::In(_) => None,
        Place::Is(question) => survey.form.question(question),
    };
    let kept = there
        .map(|it| as_typed(&survey.form, it))
        .unwrap_or_default();
    let values = typed.unwrap_or(&kept);
    let value = |name: &str| values.get(name).map(String::as_str).unwrap_or_default();
    let action = match place {
        Place::In(nth) => format!("/desk/surveys/{id}/parts/{nth}/questions/new"),
        Place::Is(question) => format!("/desk/surveys/{id}/questions/{question}"),
    };
    let kinds = KINDS
        .iter()
        .map(|(kind, words)| Choice::new(kind, words, ""));
    let before = |part: usize, it: &Question| match place {
        Place::In(nth) => part <= *nth,
        Place::Is(own) => precedes(&survey.form, &it.id, own),
    };
    let earlier = conditions(&survey.form, before);
    let mut form = Form::new("question", &action, "Save")
        .field(Field::new("words", "The question", Kind::Text).value(value("words")))
        .field(
            Field::new("hint", "Help under it", Kind::Text)
                .value(value("hint"))
                .optional(),
        )
        .field(item_field(&survey, &published, value("item")))
        .field(
            Field::new("kind", "How is it answered?", Kind::Pick(kinds.collect()))
                .value(value("kind")),
        )
        .field(
            Field::new("choices", "Answers to choose from", Kind::Long)
                .value(value("choices"))
                .optional()
                .hint("For a list: one a line. For a scale: what its first and its last step mean."),
        )
        .field(
            Field::new("range", "From, to", Kind::Text)
                .value(value("range"))
                .optional()
                .hint("For a number: the smallest and the largest, such as 0 12. For a scale: how many steps."),
        )
        .field(
            Field::new("required", "It must be answered", Kind::Tick).value(value("required")),
        );
    if !earlier.is_empty() {
        form = form.field(
            Field::new("only", "Only for those who", Kind::Pick(earlier))
                .value(value("only"))
                .optional(),
        );
    }
    let title = if there.is_some() {
        "Change a question"
    } else {
        "Add a question"
    };
    Ok(FormPage {
        layout: layout(who, title, &survey, &published),
        intro: vec!["It is held against the notice when you save it.".to_owned()],
        margin: vec![Note::plain(if survey.anonymous {
            "The survey is anonymous: nothing is asked that could say who answers."
        } else {
            "Only what the notice lists, and takes in by survey, can be asked."
        })]
        .into(),
        answer,
        form,
        ..FormPage::default()
    })
}

/// What a question asks for: an item of the notice; in an anonymous survey, whose answers are nobody's, a word of one's own.
fn item_field(survey: &Survey, published: &Published, value: &str) -> Field {
    let label = "What does it ask for?";
    if survey.anonymous {
        let value = if value.is_empty() { "views" } else { value };
        return Field::new("item", label, Kind::Text)
            .value(value)
            .hint("In a word or two, such as views or hours-of-support.");
    }
    let fields = data::fields(published);
    let items = fields.iter().map(|it| {
        let free = if it.volunteered_only {
            "only what people volunteer"
        } else {
            ""
        };
        Choice::new(&it.item, &it.label, free)
    });
    Field::new("item", label, Kind::Pick(items.collect()))
        .value(value)
        .hint("One of the things the notice says we collect.")
}

async fn add_question(
    State(app): State<App>,
    who: SignedIn,
    Path((id, nth)): Path<(String, usize)>,
    Sent(sent): Sent<Pairs>,
) -> Response {
    put(&app, &who, id, Place::In(nth), sent).await
}

async fn put_question(
    State(app): State<App>,
    who: SignedIn,
    Path((id, question)): Path<(String, String)>,
    Sent(sent): Sent<Pairs>,
) -> Response {
    put(&app, &who, id, Place::Is(question), sent).await
}

async fn put(app: &App, who: &SignedIn, id: String, place: Place, sent: Pairs) -> Response {
    let typed = serve::last(&sent);
    let (again, where_to, as_sent) = (id.clone(), place.clone(), typed.clone());
    serve::act(
        app,
        who,
        move |app, who| {
            let survey = draft::one(&app.desk, &id)?;
            let change = match &place {
                Place::In(nth) => Change::Add(*nth, read(&survey.form, "", &typed)?),
                Place::Is(own) => Change::Put(read(&survey.form, own, &typed)?),
            };
            draft::change(&app.desk, &who.visit(), &id, &change)?;
            Ok(format!("/desk/surveys/{id}"))
        },
        move |app, who, answer| {
            question_page(app, who, &again, &where_to, Some(answer), Some(&as_sent))
        },
    )
    .await
}
