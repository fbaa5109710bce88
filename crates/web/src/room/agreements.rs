//! Staff write down what a person said: agreement, a permission, a choice; it binds from that moment.

use super::person::whose;
use crate::app::App;
use crate::cite;
use crate::page::form::{Choice, Field, Form, Kind};
use crate::page::parts::{Answer, Link, Note};
use crate::page::shape::FormPage;
use crate::room::project;
use crate::serve::{self, Pairs};
use crate::session::SignedIn;
use axum::Router;
use axum::extract::{Form as Sent, Path, State};
use axum::response::Response;
use axum::routing::{get, post};
use desk::Outcome;
use desk::data;
use desk::keeping::erasure;
use desk::uses::{consent, contact};
use std::collections::BTreeMap;

/// This room's addresses.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/desk/people/{holding}/consents", post(agree))
        .route("/desk/people/{holding}/consents/new", get(ask_agreement))
        .route("/desk/people/{holding}/choices", post(choose))
        .route("/desk/people/{holding}/choices/new", get(ask_choice))
}

async fn ask_agreement(
    State(app): State<App>,
    who: SignedIn,
    Path(holding): Path<String>,
) -> Response {
    serve::show(&app, &who, move |app, who| {
        agreement_page(app, who, &holding, None, &BTreeMap::new())
    })
    .await
}

fn agreement_page(
    app: &App,
    who: &SignedIn,
    holding: &str,
    answer: Option<Answer>,
    typed: &BTreeMap<String, String>,
) -> Outcome<FormPage> {
    let life = whose(app, holding)?;
    let notice = &life.published.notice;
    let mut choices = Vec::new();
    if let Some((_, consent)) = notice.consents().next() {
        choices.push(Choice::new(
            "give",
            &format!("They agree: {}", consent.words),
            "It is not the lawful basis.",
        ));
        choices.push(Choice::new("decline", "They do not want to take part", ""));
        choices.push(Choice::new(
            "withdraw",
            "They take their agreement back",
            "It costs them nothing.",
        ));
    }
    for (_, permission) in notice.permissions() {
        choices.push(Choice::new(
            &format!("yes {}", permission.name),
            &format!("They permit this: {}", permission.name),
            "",
        ));
        choices.push(Choice::new(
            &format!("no {}", permission.name),
            &format!("They do not permit this: {}", permission.name),
            "",
        ));
    }
    let back = format!("/desk/people/{holding}");
    let mut layout = project::layout(who, "Record an agreement", &back, &life.published);
    layout
        .crumbs
        .push(Link::new(&back, &desk::pseudonym(holding)));
    let value = |name: &str| typed.get(name).map(String::as_str).unwrap_or_default();
    let form = Form::new(
        "consent",
        &format!("/desk/people/{holding}/consents"),
        "Record it",
    )
    .field(Field::new("what", "What did they say?", Kind::One(choices)).value(value("what")))
    .field(Field::new("how", "How did they say it?", ways()).value(value("how")))
    .field(
        Field::new("about", "Of which words or recording?", Kind::Text)
            .value(value("about"))
            .optional()
            .hint("For a permission that is asked each time: the id of the quotation."),
    );
    Ok(FormPage {
        layout,
        intro: vec![format!(
            "What {} said. Nobody is asked twice, and a no costs nothing.",
            desk::pseudonym(holding)
        )],
        margin: notice
            .consents()
            .map(|(rule, _)| Note {
                cite: Some(cite::link(app, rule.id.as_str(), &notice.name)),
                words: "Asked apart from the lawful basis.".to_owned(),
            })
            .collect::<Vec<_>>()
            .into(),
        answer,
        form,
        after: vec![],
    })
}

fn ways() -> Kind {
    Kind::One(vec![
        Choice::new("form", "On a form", ""),
        Choice::new("email", "By email", ""),
        Choice::new("phone", "By telephone", ""),
        Choice::new("spoken", "Aloud, face to face or on the recording", ""),
        Choice::new("post", "By post", ""),
    ])
}

async fn agree(
    State(app): State<App>,
    who: SignedIn,
    Path(holding): Path<String>,
    Sent(sent): Sent<Pairs>,
) -> Response {
    let typed = serve::last(&sent);
    let again = (holding.clone(), typed.clone());
    serve::act(
        &app,
        &who,
        move |app, who| {
            let visit = who.visit();
            let value = |name: &str| typed.get(name).map(String::as_str).unwrap_or_default();
            let how = Some(value("how"))
                .filter(|how| !how.is_empty())
                .unwrap_or("spoken");
            let about = Some(value("about").trim()).filter(|about| !about.is_empty());
            match value("what").split_once(' ') {
                Some(("yes", kind)) => {
                    consent::permission(&app.desk, &visit, &holding, kind, about, true)?
                }
                Some(("no", kind)) => {
                    consent::permission(&app.desk, &visit, &holding, kind, about, false)?
                }
                _ => match value("what") {
                    "give" => consent::give(&app.desk, &visit, &holding, how)?,
                    "decline" => consent::decline(&app.desk, &visit, &holding, how)?,
                    "withdraw" => consent::withdraw(&app.desk, &visit, &holding, how)?,
                    _ => return Err(serve::unsaid("what they said").into()),
                },
            }
            Ok(format!("/desk/people/{holding}"))
        },
        move |app, who, answer| agreement_page(app, who, &again.0, Some(answer), &again.1),
    )
    .await
}

async fn ask_choice(
    State(app): State<App>,
    who: SignedIn,
    Path(holding): Path<String>,
) -> Response {
    serve::show(&app, &who, move |app, who| {
        choice_page(app, who, &holding, None)
    })
    .await
}

fn choice_page(
    app: &App,
    who: &SignedIn,
    holding: &str,
    answer: Option<Answer>,
) -> Outcome<FormPage> {
    let life = whose(app, holding)?;
    let notice = &life.published.notice;
    let back = format!("/desk/people/{holding}");
    let mut layout = project::layout(who, "Record a choice", &back, &life.published);
    layout
        .crumbs
        .push(Link::new(&back, &desk::pseudonym(holding)));
    let mut choices = vec![Choice::new(
        "opt-out *",
        "Not to be contacted any more, for anything",
        "",
    )];
    for (_, purpose) in notice.purposes().filter(|(_, p)| p.opt_out) {
        choices.push(Choice::new(
            &format!("opt-out {}", purpose.name),
            &format!("Not to be contacted {}", purpose.words),
            "",
        ));
    }
    let marks: std::collections::BTreeSet<&String> = notice
        .purposes()
        .flat_map(|(_, p)| &p.only)
        .filter(|tag| !life.holding.tags.contains(*tag))
        .collect();
    for tag in marks {
        let words = format!("To be marked as {}", tag.replace('-', " "));
        choices.push(Choice::new(
            &format!("mark {tag}"),
            &words,
            "Some uses of the notice are only for people so marked.",
        ));
    }
    choices.push(Choice::new(
        "leave",
        "To leave the study",
        "What goes at once and what stays without their name is worked out from the notice.",
    ));
    Ok(FormPage {
        layout,
        intro: vec!["Saved at once, and it binds from that moment. An objection with its reasons is a request: open one.".to_owned()],
        answer,
        form: Form::new("choice", &format!("/desk/people/{holding}/choices"), "Record it")
            .field(Field::new("what", "What did they choose?", Kind::One(choices)))
            .field(Field::new("how", "How did they say it?", ways())),
        ..FormPage::default()
    })
}

async fn choose(
    State(app): State<App>,
    who: SignedIn,
    Path(holding): Path<String>,
    Sent(sent): Sent<Pairs>,
) -> Response {
    let typed = serve::last(&sent);
    let again = holding.clone();
    serve::act(
        &app,
        &who,
        move |app, who| {
            let value = |name: &str| typed.get(name).map(String::as_str).unwrap_or_default();
            let how = Some(value("how"))
                .filter(|how| !how.is_empty())
                .unwrap_or("spoken");
            match value("what").split_once(' ') {
                Some(("opt-out", "*")) => {
                    contact::opt_out(&app.desk, &who.visit(), &holding, None)?
                }
                Some(("opt-out", purpose)) => {
                    contact::opt_out(&app.desk, &who.visit(), &holding, Some(purpose))?
                }
                Some(("mark", tag)) => data::mark(&app.desk, &who.visit(), &holding, tag)?,
                _ if value("what") == "leave" => {
                    erasure::leave(&app.desk, &who.visit(), &holding, how)?;
                }
                _ => return Err(serve::unsaid("what they chose").into()),
            }
            Ok(format!("/desk/people/{holding}"))
        },
        move |app, who, answer| choice_page(app, who, &again, Some(answer)),
    )
    .await
}
