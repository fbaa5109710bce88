//! Who else sees data: nobody before they were looked at, and what is missing is said on their page.

use crate::answer::sentence;
use crate::app::App;
use crate::cite;
use crate::page::form::{Choice, Field, Form, Kind};
use crate::page::parts::{Answer, Cell, Fact, Facts, Link, Margin, Note, Table, Verdict, When};
use crate::page::person::Step;
use crate::page::shape::{FormPage, ListPage};
use crate::page::work::RecipientPage;
use crate::serve::{self, Pairs};
use crate::session::SignedIn;
use axum::Router;
use axum::extract::{Form as Sent, Path, State};
use axum::response::Response;
use axum::routing::{get, post};
use desk::sharing::recipients::{self, NewRecipient, Recipient};
use desk::sharing::vendor;
use desk::{Outcome, data};
use jiff::civil::Date;
use policy::State as Holds;
use std::collections::{BTreeMap, BTreeSet};
use store::Filter;

const HERE: &str = "/desk/recipients";

/// This room's addresses.
pub fn routes() -> Router<App> {
    Router::new()
        .route(HERE, get(list).post(add))
        .route("/desk/recipients/new", get(ask))
        .route("/desk/recipients/{id}", get(look))
        .route("/desk/recipients/{id}/reviews", post(review))
        .route("/desk/recipients/{id}/assessments", post(assess))
        .route("/desk/recipients/{id}/contracts", post(sign))
}

async fn list(State(app): State<App>, who: SignedIn) -> Response {
    serve::show(&app, &who, |app, who| {
        let today = law::clock::day(who.at);
        let rows = recipients::list(&app.desk, today)?
            .iter()
            .map(|it| {
                let (verdict, words) = standing(it);
                vec![
                    Cell::link(&format!("{HERE}/{}", it.id), &it.name),
                    Cell::from(it.class.replace('-', " ").as_str()),
                    Cell::from(it.country.as_str()),
                    Cell::from(it.review_until.map(cite::day).unwrap_or_default().as_str()),
                    if verdict == Verdict::Kept {
                        Cell::marked(verdict, &words)
                    } else {
                        Cell::judged(verdict, &words)
                    },
                ]
            })
            .collect();
        Ok(ListPage {
            layout: who.layout("Recipients", HERE),
            intro: vec!["Organisations that may be given data, if the notices name them or their kind. Nothing goes to anybody before a review, an assessment and a contract in date.".to_owned()],
            table: Table::new("Recipients", &["Name", "Kind", "Country", "Reviewed until", "May data go there?"], "Nobody is on the list.", rows),
            actions: vec![Link::new("/desk/recipients/new", "Add a recipient")],
            ..ListPage::default()
        })
    })
    .await
}

/// Whether data may go there as far as the recipient itself is concerned, and what is missing.
fn standing(it: &Recipient) -> (Verdict, String) {
    if it.blocked_since.is_some() {
        return (
            Verdict::Broken,
            format!(
                "blocked: {}",
                it.blocked_why.as_deref().unwrap_or("it gets no new work")
            ),
        );
    }
    let missing = missing(it);
    if missing.is_empty() {
        (Verdict::Kept, "yes".to_owned())
    } else {
        (Verdict::Due, format!("not before {}", missing.join(", ")))
    }
}

fn missing(it: &Recipient) -> Vec<&'static str> {
    [
        (Holds::Unreviewed, "a review"),
        (Holds::Unassessed, "an assessment"),
        (Holds::ContractExpired, "a contract in date"),
    ]
    .into_iter()
    .filter(|(state, _)| it.states.contains(state))
    .map(|(_, words)| words)
    .collect()
}

async fn look(State(app): State<App>, who: SignedIn, Path(id): Path<String>) -> Response {
    serve::show(&app, &who, move |app, who| page(app, who, &id, None)).await
}

fn page(app: &App, who: &SignedIn, id: &str, refused: Option<Answer>) -> Outcome<RecipientPage> {
    let today = law::clock::day(who.at);
    let it = recipients::one(&app.desk, id, today)?;
    let day = |at: jiff::Timestamp| When::day(law::clock::day(at)).words;
    let mut facts = vec![
        Fact::new("Kind", &data::label(&it.class)),
        Fact::new("Role", &it.role.replace('-', " ")),
        Fact::new("Country", &it.country),
    ];
    if let Some(safeguard) = &it.safeguard {
        facts.push(Fact::new("What carries data there", safeguard));
    }
    let until = |name: &str, label: &str| Field::new(name, label, Kind::Day).optional();
    let reviewed = it.states.contains(&Holds::Reviewed);
    let review = Step {
        name: "Review".to_owned(),
        state: if reviewed { "done" } else { "next" },
        words: match (it.reviewed_at, it.review_until) {
            (Some(at), Some(end)) => format!("Last on {}; good until {}.", day(at), cite::day(end)),
            (Some(at), None) => format!("Last on {}.", day(at)),
            _ => "Nobody has looked at them yet.".to_owned(),
        },
        form: Some(
            Form::quiet(
                "review",
                &format!("{HERE}/{id}/reviews"),
                "I have reviewed them",
            )
            .field(until("until", "Good until").hint("Empty: as long as the notices allow.")),
        ),
        ..Step::default()
    };
    let assess = Step {
        name: "Assessment".to_owned(),
        state: if it.assessed_at.is_some() {
            "done"
        } else {
            "next"
        },
        words: it
            .assessed_at
            .map_or("The risk has not been weighed.".to_owned(), |at| {
                format!("On file since {}.", day(at))
            }),
        form: Some(
            Form::quiet(
                "assess",
                &format!("{HERE}/{id}/assessments"),
                "Put it on file",
            )
            .field(Field::new("outcome", "How it came out", Kind::Long)),
        ),
        ..Step::default()
    };
    let safeguards = vec![
        Choice::new("IDTA", "International Data Transfer Agreement", ""),
        Choice::new("UK-addendum", "UK addendum to the EU’s clauses", ""),
        Choice::new("BCR", "Binding corporate rules", ""),
    ];
    let contract = Step {
        name: "Contract".to_owned(),
        state: if it.states.contains(&Holds::ContractInDate) {
            "done"
        } else {
            "next"
        },
        words: it.contract_until.map_or("None on file.".to_owned(), |end| {
            format!("Until {}, {}.", cite::day(end), cite::left(today, end))
        }),
        form: Some(
            Form::quiet(
                "contract",
                &format!("{HERE}/{id}/contracts"),
                "Put it on record",
            )
            .field(until("until", "In force until"))
            .field(
                Field::new(
                    "safeguard",
                    "What carries data there",
                    Kind::Pick(safeguards),
                )
                .value(it.safeguard.as_deref().unwrap_or_default())
                .optional(),
            ),
        ),
        ..Step::default()
    };
    let missing = missing(&it);
    let answer = refused.or_else(|| match (it.blocked_since.is_some(), missing.is_empty()) {
        (true, _) => Some(Answer {
            heading: "Nothing may go there now".to_owned(),
            because: vec![Note::plain(&sentence(
                it.blocked_why.as_deref().unwrap_or("it gets no new work"),
            ))],
            help: "See to what blocks it, or choose another.".to_owned(),
            ..Answer::default()
        }),
        (false, false) => Some(Answer {
            heading: "Nothing may go there yet".to_owned(),
            because: vec![Note::citing(
                "",
                "UK GDPR Art 28(1)",
                &format!("Still to do: {}.", missing.join(", ")),
            )],
            help: "Do what is missing below.".to_owned(),
            ..Answer::default()
        }),
        (false, true) => None,
    });
    Ok(RecipientPage {
        layout: who.layout(&it.name, HERE).crumbs(&[(HERE, "Recipients")]),
        answer,
        facts: Facts::from(facts),
        steps: vec![review, assess, contract],
        shared: shared(app, &it, today)?,
        margin: margin(app, &it),
        trail: cite::about(app, &it.id, 50)?,
    })
}

/// The clauses that let this recipient, or its kind, have anything.
fn margin(app: &App, it: &Recipient) -> Margin {
    let mut notes = Vec::new();
    for published in app.desk.shelf().all() {
        for (rule, share) in published.notice.shares() {
            let named = share.with == it.class
                || share.with == it.name
                || notice::vocabulary::same(&share.with, &it.class);
            if named {
                let words = publish::words::sentence(&published.notice, rule);
                notes.push(Note {
                    cite: Some(cite::link(app, rule.id.as_str(), &published.notice.name)),
                    words,
                });
            }
        }
    }
    if notes.is_empty() {
        notes.push(Note::plain(
            "No notice here names them or their kind, so nothing may go to them.",
        ));
    }
    notes.truncate(6);
    Margin::from(notes)
}

fn shared(app: &App, it: &Recipient, today: Date) -> Outcome<Table> {
    let mut rows = Vec::new();
    for job in vendor::jobs(&app.desk)?
        .into_iter()
        .filter(|j| j.recipient == it.id)
    {
        let state = match (job.confirmed_at, job.delete_by) {
            (Some(_), _) => Cell::marked(Verdict::Kept, "erased there, confirmed"),
            (None, Some(by)) if by < today => Cell::judged(
                Verdict::Broken,
                &format!("erasure not confirmed, {}", cite::left(today, by)),
            ),
            (None, Some(by)) => Cell::judged(
                Verdict::Due,
                &format!("to be erased there by {}", cite::day(by)),
            ),
            (None, None) => Cell::from(job.state()),
        };
        rows.push(vec![
            Cell::from(
                if job.pseudonyms.is_empty() {
                    cite::shown(&job.blob)
                } else {
                    format!(
                        "{} of {}",
                        cite::shown(&job.blob),
                        job.pseudonyms.join(", ")
                    )
                }
                .as_str(),
            ),
            Cell::from(When::day(law::clock::day(job.sent_at)).words.as_str()),
            state,
        ]);
    }
    let mut parcels = BTreeSet::new();
    for kept in app.desk.vault().store().entries(&Filter {
        verb: "share".to_owned(),
        outcome: "done".to_owned(),
        limit: 500,
        ..Filter::default()
    })? {
        let it_is = kept
            .entry
            .detail
            .get("recipient")
            .is_some_and(|r| *r == it.id);
        if let Some(parcel) = kept.entry.detail.get("parcel").filter(|_| it_is)
            && parcels.insert(parcel.clone())
        {
            rows.push(vec![
                Cell::from(cite::shown(parcel).as_str()),
                Cell::from(When::day(law::clock::day(kept.at())).words.as_str()),
                Cell::from(
                    format!(
                        "for {}",
                        kept.entry
                            .purpose
                            .as_deref()
                            .unwrap_or("what the clause says")
                    )
                    .as_str(),
                ),
            ]);
        }
    }
    Ok(Table::new(
        &format!("What went to {}", it.name),
        &["What", "Sent", "State"],
        "Nothing.",
        rows,
    ))
}

async fn ask(State(app): State<App>, who: SignedIn) -> Response {
    serve::show(&app, &who, |app, who| {
        Ok(form(app, who, None, &BTreeMap::new()))
    })
    .await
}

fn form(
    app: &App,
    who: &SignedIn,
    answer: Option<Answer>,
    typed: &BTreeMap<String, String>,
) -> FormPage {
    let value = |name: &str| typed.get(name).map(String::as_str).unwrap_or_default();
    let mut classes: BTreeSet<String> = BTreeSet::new();
    for published in app.desk.shelf().all() {
        classes.extend(published.notice.shares().map(|(_, s)| s.with.clone()));
    }
    let classes = classes
        .iter()
        .map(|c| Choice::new(c, &data::label(c), ""))
        .collect();
    let roles = vec![
        Choice::new("processor", "They work on our instructions", ""),
        Choice::new("joint-controller", "They decide together with us", ""),
        Choice::new("independent-controller", "They decide for themselves", ""),
    ];
    FormPage {
        layout: who
            .layout("Add a recipient", HERE)
            .crumbs(&[(HERE, "Recipients")]),
        intro: vec!["Only kinds that a notice here names can be given anything.".to_owned()],
        answer,
        form: Form::new("recipient", HERE, "Put them on the list")
            .field(Field::new("name", "The organisation’s name", Kind::Text).value(value("name")))
            .field(
                Field::new("class", "What they do for us", Kind::Pick(classes))
                    .value(value("class")),
            )
            .field(Field::new("role", "In which role", Kind::One(roles)).value(value("role")))
            .field(
                Field::new("country", "Where they are", Kind::Text)
                    .hint("The country’s two letters, such as GB.")
                    .value(value("country")),
            )
            .field(
                Field::new("until", "Their contract is in force until", Kind::Day)
                    .value(value("until"))
                    .optional(),
            ),
        ..FormPage::default()
    }
}

async fn add(State(app): State<App>, who: SignedIn, Sent(sent): Sent<Pairs>) -> Response {
    let typed = serve::last(&sent);
    let again = typed.clone();
    serve::act(
        &app,
        &who,
        move |app, who| {
            let value = |name: &str| typed.get(name).map(|v| v.trim()).unwrap_or_default();
            let new = NewRecipient {
                name: value("name"),
                class: value("class"),
                role: Some(value("role"))
                    .filter(|r| !r.is_empty())
                    .unwrap_or("processor"),
                country: value("country"),
                safeguard: None,
                contract_until: day(value("until"))?,
            };
            Ok(format!(
                "{HERE}/{}",
                recipients::add(&app.desk, &who.visit(), &new)?
            ))
        },
        move |app, who, answer| Ok(form(app, who, Some(answer), &again)),
    )
    .await
}

/// A day that may be left out.
pub(super) fn day(said: &str) -> Outcome<Option<Date>> {
    match said.trim() {
        "" => Ok(None),
        said => said
            .parse()
            .map(Some)
            .map_err(|_| serve::unsaid("which day, such as 2027-09-30").into()),
    }
}

async fn review(
    State(app): State<App>,
    who: SignedIn,
    Path(id): Path<String>,
    Sent(sent): Sent<Pairs>,
) -> Response {
    on_file(app, who, id, sent, |app, who, id, value| {
        recipients::review(&app.desk, &who.visit(), id, day(&value("until"))?)?;
        Ok(())
    })
    .await
}

async fn assess(
    State(app): State<App>,
    who: SignedIn,
    Path(id): Path<String>,
    Sent(sent): Sent<Pairs>,
) -> Response {
    on_file(app, who, id, sent, |app, who, id, value| {
        let outcome = value("outcome");
        if outcome.trim().is_empty() {
            return Err(serve::unsaid("how the assessment came out").into());
        }
        recipients::assess(&app.desk, &who.visit(), id, outcome.trim())
    })
    .await
}

async fn sign(
    State(app): State<App>,
    who: SignedIn,
    Path(id): Path<String>,
    Sent(sent): Sent<Pairs>,
) -> Response {
    on_file(app, who, id, sent, |app, who, id, value| {
        let safeguard = value("safeguard");
        recipients::sign(
            &app.desk,
            &who.visit(),
            id,
            Some(safeguard.as_str()).filter(|s| !s.is_empty()),
            day(&value("until"))?,
        )
    })
    .await
}

/// One thing put on file, and back to the recipient's page.
async fn on_file(
    app: App,
    who: SignedIn,
    id: String,
    sent: Pairs,
    work: impl FnOnce(&App, &SignedIn, &str, &dyn Fn(&str) -> String) -> Outcome<()> + Send + 'static,
) -> Response {
    let typed = serve::last(&sent);
    let again = id.clone();
    serve::act(
        &app,
        &who,
        move |app, who| {
            let value = |name: &str| typed.get(name).cloned().unwrap_or_default();
            // The page's own id, so that a mistyped one is refused and nothing is said of nobody.
            let id = recipients::one(&app.desk, &id, law::clock::day(who.at))?.id;
            work(app, who, &id, &value)?;
            Ok(format!("{HERE}/{id}"))
        },
        move |app, who, answer| page(app, who, &again, Some(answer)),
    )
    .await
}
