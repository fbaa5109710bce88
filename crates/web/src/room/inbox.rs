//! Whoever writes is heard: each mail with what it seems to ask; opened on record, filed by a person.

use crate::answer::sentence;
use crate::app::App;
use crate::cite::{self, Names};
use crate::page::form::{Choice, Field, Form, Kind as Takes};
use crate::page::layout::Flash;
use crate::page::parts::{Answer, Cell, Fact, Facts, Margin, Note, Table, Verdict, When};
use crate::page::shape::ListPage;
use crate::page::work::MailPage;
use crate::room::{asked, person};
use crate::serve::{self, Pairs};
use crate::session::SignedIn;
use axum::Router;
use axum::extract::{Form as Sent, Path, State};
use axum::response::Response;
use axum::routing::{get, post};
use desk::Outcome;
use desk::contact::inbox::{self, Filing, Mail, MailLine};
use desk::contact::triage::{Kind, Proposal};

const HERE: &str = "/desk/inbox";

/// This room's addresses.
pub fn routes() -> Router<App> {
    Router::new()
        .route(HERE, get(list))
        .route("/desk/inbox/{id}", get(look))
        .route("/desk/inbox/{id}/readings", post(open))
        .route("/desk/inbox/{id}/triage", post(file))
}

async fn list(State(app): State<App>, who: SignedIn) -> Response {
    serve::show(&app, &who, |app, who| {
        let today = law::clock::day(who.at);
        let rows = inbox::list(&app.desk)?
            .iter()
            .map(|mail| {
                let by = match mail.due.filter(|_| mail.state == "new") {
                    Some(due) => Cell::judged(
                        if due < today {
                            Verdict::Broken
                        } else {
                            Verdict::Due
                        },
                        &format!("{}, {}", cite::day(due), cite::left(today, due)),
                    ),
                    None => Cell::from(mail.state.replace('-', " ").as_str()),
                };
                vec![
                    Cell::link(&format!("{HERE}/{}", mail.id), &cite::shown(&mail.id)),
                    Cell::from(When::moment(mail.received_at).words.as_str()),
                    Cell::from(
                        if mail.projects.is_empty() {
                            "for a person to say".to_owned()
                        } else {
                            mail.projects.join(", ")
                        }
                        .as_str(),
                    ),
                    Cell::from(kinds(&mail.kinds).as_str()),
                    Cell::from(mail.pseudonym.as_deref().unwrap_or("not known")),
                    by,
                ]
            })
            .collect();
        Ok(ListPage {
            layout: who.layout("Inbox", HERE),
            intro: vec![
                "Sealed as it came. What each seems to ask is a proposal; a person decides."
                    .to_owned(),
            ],
            table: Table::new(
                "Mail, what waits first",
                &[
                    "Mail",
                    "Arrived",
                    "Project",
                    "Seems to be",
                    "From",
                    "Answer by",
                ],
                "Nothing has come.",
                rows,
            ),
            ..ListPage::default()
        })
    })
    .await
}

fn kinds(kinds: &[Kind]) -> String {
    if kinds.is_empty() {
        return "a word that asks nothing".to_owned();
    }
    kinds
        .iter()
        .map(|k| called(*k))
        .collect::<Vec<_>>()
        .join(", ")
}

/// What a mail is, as people say it.
fn called(kind: Kind) -> &'static str {
    match kind {
        Kind::Access => "A copy of their data",
        Kind::Rectification => "Something is wrong",
        Kind::Erasure => "Delete their data",
        Kind::Restriction => "Keep it, and do not use it",
        Kind::Objection => "Stop a use",
        Kind::Portability => "Data for a computer",
        Kind::WithdrawConsent => "Consent taken back",
        Kind::WithdrawParticipation => "Leaves the study",
        Kind::OptOutContact => "Do not contact me",
        Kind::MarketingObjection => "No marketing",
        Kind::AutomatedDecision => "A machine’s decision",
        Kind::Complaint => "A complaint",
        Kind::Information => "A question",
        Kind::BreachReport => "A breach",
        Kind::VendorConfirmation => "A vendor confirms an erasure",
        Kind::VendorNotice => "A vendor’s news",
        Kind::LegalDisclosure => "A demand by law",
        Kind::DataSharingRequest => "Somebody wants data",
        Kind::MediaEnquiry => "A journalist",
        Kind::Foi => "Freedom of Information request",
        Kind::Safeguarding => "Somebody may be at risk",
        Kind::DeceasedNotice => "A death",
        other => other.word(),
    }
}

async fn look(State(app): State<App>, who: SignedIn, Path(id): Path<String>) -> Response {
    serve::show(&app, &who, move |app, who| {
        let line = line(app, &id)?;
        page(app, who, &line, None, None)
    })
    .await
}

fn line(app: &App, id: &str) -> Outcome<MailLine> {
    let found = inbox::list(&app.desk)?.into_iter().find(|m| m.id == id);
    found.ok_or_else(|| {
        desk::Refused::new("there is no such mail")
            .law("UK GDPR Art 12(2)", "what somebody wrote is found again")
            .help("look in the list")
            .into()
    })
}

/// Opening is an act: the words are shown on this answer only.
async fn open(State(app): State<App>, who: SignedIn, Path(id): Path<String>) -> Response {
    serve::show(&app, &who, move |app, who| {
        let mail = inbox::one(&app.desk, &who.visit(), &id)?;
        let line = mail.line.clone();
        page(app, who, &line, Some(mail), None)
    })
    .await
}

fn page(
    app: &App,
    who: &SignedIn,
    line: &MailLine,
    opened: Option<Mail>,
    answer: Option<Answer>,
) -> Outcome<MailPage> {
    who.visit().only_project_staff("looking at the post")?;
    let mut facts = vec![
        Fact::new("Arrived", &When::moment(line.received_at).words),
        match (&line.holding, &line.pseudonym) {
            (Some(holding), Some(name)) => Fact::linked(
                "From",
                &format!("{name}, by their address or their own page"),
                &format!("/desk/people/{holding}"),
            ),
            _ => Fact::new("From", "not known"),
        },
        Fact::new("Stands", &line.state.replace('-', " ")),
    ];
    if let Some(by) = &line.by {
        facts.push(Fact::new("Filed by", &Names::read(app)?.who(by)));
    }
    if let Some(request) = &line.request {
        let room = if request.starts_with("req_") {
            "/desk/requests"
        } else {
            "/desk/complaints"
        };
        facts.push(Fact::linked(
            "Became",
            &cite::shown(request),
            &format!("{room}/{request}"),
        ));
    }
    if let Some(mail) = &opened {
        facts.push(Fact::new(
            "Says it is from",
            &format!("{} {}", mail.name, mail.from),
        ));
        facts.push(Fact::new("Subject", &mail.subject));
    }
    let waits = line.state == "new";
    let mut layout = who
        .layout(&cite::shown(&line.id), HERE)
        .crumbs(&[(HERE, "Inbox")]);
    layout.flash = answer.map(|a| Flash {
        refused: true,
        words: format!("{} {}", a.heading, a.help),
    });
    let erased = line.erased_at.is_some();
    Ok(MailPage {
        layout,
        facts: Facts::from(facts),
        open: (opened.is_none() && !erased).then(|| {
            Form::quiet("open", &format!("{HERE}/{}/readings", line.id), "Open it")
                .beside("That you read it goes on record.")
        }),
        proposal: Facts::from(proposal(line, opened.as_ref().map(|m| &m.proposal))),
        triage: waits.then(|| triage(app, line)),
        margin: margin(app, line),
        body: opened.map(|m| m.words),
    })
}

fn proposal(line: &MailLine, read: Option<&Proposal>) -> Vec<Fact> {
    let project = if line.projects.is_empty() {
        "a person has to say".to_owned()
    } else {
        line.projects.join(", ")
    };
    let mut facts = vec![
        Fact::new("Project", &project),
        Fact::new("Seems to be", &sentence(&kinds(&line.kinds))),
    ];
    if let Some(due) = line.due {
        facts.push(Fact::new("Answer by", &cite::day(due)));
    }
    facts.extend(
        line.why
            .iter()
            .map(|why| Fact::new("Because", &sentence(why))),
    );
    if let Some(read) = read {
        if read.identity_check {
            facts.push(Fact::judged(
                "Who asks",
                "is to be checked first",
                Verdict::Due,
            ));
        }
        if read.on_behalf {
            facts.push(Fact::judged(
                "For somebody else",
                "their authority is to be checked",
                Verdict::Due,
            ));
        }
    }
    facts
}

fn triage(app: &App, line: &MailLine) -> Form {
    let known: Vec<Choice> = Kind::ALL
        .iter()
        .map(|k| Choice::new(k.word(), called(*k), &sentence(k.why())))
        .collect();
    let said: Vec<&str> = line.kinds.iter().map(|k| k.word()).collect();
    let what = vec![
        Choice::new(
            "file",
            "File it as below",
            "A right opens a request, a complaint a complaint, each counted from the day the mail came.",
        ),
        Choice::new("aside", "Set it aside", "It asks for nothing."),
    ];
    Form::new("triage", &format!("{HERE}/{}/triage", line.id), "Decide")
        .field(Field::new("what", "What becomes of it?", Takes::One(what)))
        .field(
            Field::new("project", "Project", Takes::Pick(asked::projects(app)))
                .value(
                    line.projects
                        .first()
                        .map(String::as_str)
                        .unwrap_or_default(),
                )
                .optional(),
        )
        .field(
            Field::new("kinds", "It is", Takes::Any(known))
                .value(&said.join(" "))
                .optional(),
        )
        .field(
            Field::new(
                "holding",
                "The person’s id, where it is known for sure",
                Takes::Text,
            )
            .value(line.holding.as_deref().unwrap_or_default())
            .optional(),
        )
}

fn margin(app: &App, line: &MailLine) -> Margin {
    let mut notes = Vec::new();
    for published in line
        .projects
        .iter()
        .flat_map(|p| app.desk.shelf().of_project(p))
    {
        if let Some((rule, _)) = published.notice.contacts().find(|(_, c)| c.no_form) {
            notes.push(Note {
                cite: Some(cite::link(app, rule.id.as_str(), &published.notice.name)),
                words: "No special form or wording is needed.".to_owned(),
            });
        }
    }
    notes.truncate(1);
    if notes.is_empty() {
        notes.push(Note::citing(
            "",
            "UK GDPR Art 12(2)",
            "No special form or wording is needed.",
        ));
    }
    Margin::from(notes)
}

async fn file(
    State(app): State<App>,
    who: SignedIn,
    Path(id): Path<String>,
    Sent(sent): Sent<Pairs>,
) -> Response {
    let typed = serve::last(&sent);
    let said = serve::all(&sent, "kinds");
    let again = id.clone();
    serve::act(
        &app,
        &who,
        move |app, who| {
            let some = |name: &str| typed.get(name).map(|v| v.trim()).filter(|v| !v.is_empty());
            match some("what") {
                Some("aside") => inbox::set_aside(&app.desk, &who.visit(), &id)?,
                Some("file") => {
                    if let Some(holding) = some("holding") {
                        person::whose(app, holding)?;
                    }
                    let filing = Filing {
                        project: some("project"),
                        kinds: said.iter().filter_map(|k| Kind::from_word(k)).collect(),
                        holding: some("holding"),
                    };
                    let filed = inbox::file(&app.desk, &who.visit(), &id, &filing)?;
                    if let Some(request) = filed.request {
                        return Ok(format!("/desk/requests/{request}"));
                    }
                    if let Some(complaint) = filed.complaint {
                        return Ok(format!("/desk/complaints/{complaint}"));
                    }
                }
                _ => return Err(serve::unsaid("what becomes of it").into()),
            }
            Ok(format!("{HERE}/{id}"))
        },
        move |app, who, answer| {
            let line = line(app, &again)?;
            page(app, who, &line, None, Some(answer))
        },
    )
    .await
}
