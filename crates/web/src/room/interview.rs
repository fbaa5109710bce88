//! From voice to words: agreement, invitation, recording, transcriber, transcript, and our recording gone.

use crate::app::App;
use crate::cite;
use crate::page::form::{Choice, Field, Form, Kind};
use crate::page::parts::{Answer, Clock, Fact, Facts, Link, Margin, Note};
use crate::page::people::InterviewPage;
use crate::page::person::Step;
use crate::room::{clause, person, project};
use crate::serve::{self, Pairs};
use crate::session::SignedIn;
use axum::Router;
use axum::extract::{Form as Sent, Path, State};
use axum::response::Response;
use axum::routing::{get, post};
use desk::collect::{
    arrive::{self, Half},
    interview,
};
use desk::keeping::clock::Life;
use desk::sharing::recipients;
use desk::sharing::vendor::{self, JobLine};
use desk::{Outcome, data};
use vault::StoredBlob;

/// This room's addresses.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/desk/interviews/{id}", get(look))
        .route("/desk/interviews/{id}/invitations", post(invite))
        .route("/desk/interviews/{id}/meetings", post(hold))
}

async fn look(State(app): State<App>, who: SignedIn, Path(id): Path<String>) -> Response {
    serve::show(&app, &who, move |app, who| page(app, who, &id, None)).await
}

pub(super) fn page(
    app: &App,
    who: &SignedIn,
    holding: &str,
    answer: Option<Answer>,
) -> Outcome<InterviewPage> {
    who.visit()
        .only_project_staff("looking at a person's interview")?;
    let life = person::whose(app, holding)?;
    let published = &life.published;
    let notice = &published.notice;
    let today = law::clock::day(who.at);
    let files: Vec<StoredBlob> = interview::recordings(&app.desk, &notice.name)?
        .into_iter()
        .filter(|b| b.holding.as_deref() == Some(holding) && b.of_blob.is_none())
        .collect();
    let jobs: Vec<JobLine> = vendor::jobs(&app.desk)?
        .into_iter()
        .filter(|j| j.holdings.iter().any(|h| h == holding))
        .collect();
    let mut layout = project::layout(who, &desk::pseudonym(holding), "", published);
    layout.crumbs.push(Link::new(
        &format!("/desk/people/{holding}"),
        &desk::pseudonym(holding),
    ));
    let mut clocks: Vec<Clock> = Vec::new();
    for job in jobs.iter().filter(|j| j.confirmed_at.is_none()) {
        if let Some(by) = job.delete_by {
            let cite = job
                .clause
                .as_deref()
                .map(|c| cite::link(app, c, &notice.name));
            clocks.push(clause::clock(
                today,
                by,
                "Erased there by",
                &format!("{} has its days, and confirms", job.name),
                cite,
            ));
        }
    }
    let speaks = |says: &notice::model::Sentence| {
        matches!(
            says,
            notice::model::Sentence::Invite(_)
                | notice::model::Sentence::Consent(_)
                | notice::model::Sentence::Channel(_)
        )
    };
    let margin: Vec<Note> = notice
        .rules()
        .filter(|r| speaks(&r.says))
        .map(|r| Note {
            cite: Some(cite::link(app, r.id.as_str(), &notice.name)),
            words: publish::words::sentence(notice, r),
        })
        .collect();
    Ok(InterviewPage {
        layout,
        facts: Facts::from(vec![
            Fact::linked(
                "Person",
                &desk::pseudonym(holding),
                &format!("/desk/people/{holding}"),
            ),
            Fact::new(
                "Stage",
                &match life.holding.erased_at {
                    Some(at) => format!("erased on {}", cite::day(law::clock::day(at))),
                    None => life.holding.stage.replace('-', " "),
                },
            ),
            Fact::new("Recordings", &files.len().to_string()),
        ]),
        steps: steps(app, &life, &files, &jobs, today)?,
        clocks,
        answer,
        margin: Margin::from(margin),
        trail: cite::about(app, holding, 30)?,
    })
}

fn steps(
    app: &App,
    life: &Life,
    files: &[StoredBlob],
    jobs: &[JobLine],
    today: jiff::civil::Date,
) -> Outcome<Vec<Step>> {
    let holding = &life.holding.id;
    let notice = &life.published.notice;
    let at = |rest: &str| format!("/desk/interviews/{holding}/{rest}");
    let step = |name: &str, state: &'static str, words: &str| Step {
        name: name.to_owned(),
        state,
        words: words.to_owned(),
        ..Step::default()
    };
    let must: Vec<String> = notice
        .invites()
        .flat_map(|(_, i)| i.must_say.iter().map(|w| w.replace('-', " ")))
        .collect();
    let hint = if must.is_empty() {
        "In plain words.".to_owned()
    } else {
        format!("It has to say that the talk is {}.", must.join(" and "))
    };
    if life.holding.erased_at.is_some() {
        return Ok(Vec::new());
    }
    // Whoever has left or said no is not approached again; what was recorded before is still to be looked after.
    let asked_no_more = ["withdrawn", "declined"].contains(&life.holding.stage.as_str());
    let invited = interview::invited(&app.desk, holding)?;
    let invite = |button: &str| {
        (!asked_no_more).then(|| {
            Form::quiet("invite", &at("invitations"), button)
                .field(Field::new("text", "The invitation", Kind::Long).hint(&hint))
        })
    };
    let invitation = match invited {
        Some(day) => Step {
            form: invite("Invite again"),
            ..step(
                "Invitation",
                "done",
                &format!("Invited on {}.", cite::day(day)),
            )
        },
        None if asked_no_more => step(
            "Invitation",
            "done",
            "They said no, or have left: nobody invites them.",
        ),
        None => Step {
            form: invite("Invite"),
            ..step(
                "Invitation",
                "next",
                "It is written for the person and waits to be sent.",
            )
        },
    };
    let mut steps = vec![
        invitation,
        Step {
            link: Some(Link::new(
                &format!("/desk/people/{holding}/consents/new"),
                "Record what they said",
            )),
            ..step(
                "Agreement",
                if life.holding.stage == "taking-part" {
                    "done"
                } else {
                    "next"
                },
                &format!("Stage: {}.", life.holding.stage.replace('-', " ")),
            )
        },
    ];
    let ways: Vec<String> = notice
        .channels()
        .flat_map(|(_, c)| c.ways.clone())
        .collect();
    let ways = if ways.is_empty() {
        vec![
            "online".to_owned(),
            "telephone".to_owned(),
            "in-person".to_owned(),
        ]
    } else {
        ways
    };
    let mut choices: Vec<Choice> = Vec::new();
    for way in ways {
        if !choices.iter().any(|c| c.value == way) {
            choices.push(Choice::new(&way, &data::label(&way), ""));
        }
    }
    steps.push(Step {
        form: Some(
            Form::quiet("meet", &at("meetings"), "It took place today").field(Field::new(
                "way",
                "How?",
                Kind::One(choices),
            )),
        ),
        ..step(
            "The interview",
            if files.is_empty() { "next" } else { "done" },
            "",
        )
    });
    steps.push(Step {
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
        ..step(
            "Recording",
            if files.is_empty() { "next" } else { "done" },
            "",
        )
    });
    for half in arrive::halves(&app.desk, holding)? {
        steps.push(half_step(&half, &at("arrivals/given-up")));
    }
    for file in files {
        let name = format!(
            "{} of {}",
            data::label(&file.kind),
            cite::day(law::clock::day(file.added_at))
        );
        let listen = Link::new(&at(&format!("recordings/{}", file.id)), "Listen to it");
        if let Some(gone) = file.erased_at {
            steps.push(step(
                &name,
                "done",
                &format!(
                    "Erased on {}, and its key with it.",
                    cite::day(law::clock::day(gone))
                ),
            ));
            continue;
        }
        let mine: Vec<&JobLine> = jobs.iter().filter(|j| j.blob == file.id).collect();
        let mut sent = step(
            &name,
            "next",
            &format!("{} kB, sealed. Not sent anywhere.", file.size / 1024),
        );
        sent.link = Some(listen);
        let busy = mine
            .iter()
            .find(|j| j.refused_at.is_none() && j.approved_at.is_none());
        if let Some(job) = busy {
            sent.state = "done";
            sent.words = format!(
                "Sent to {} on {}.",
                job.name,
                cite::day(law::clock::day(job.sent_at))
            );
        } else {
            sent.form = Some(send_form(app, life, file, today)?);
        }
        steps.push(sent);
    }
    for job in jobs {
        let hidden = || Field::new("job", "", Kind::Hidden).value(&job.id);
        match job.state() {
            "sent" | "refused" => steps.push(step(
                &format!("Transcript from {}", job.name),
                "later",
                "When it arrives, its days run.",
            )),
            "delivered" => steps.push(Step {
                form: Some(
                    Form::new("read", &at("transcripts"), "Open and compare")
                        .field(hidden())
                        .beside("Opening it goes on record."),
                ),
                ..step(
                    &format!("Transcript from {}", job.name),
                    "next",
                    "It waits to be compared with the recording.",
                )
            }),
            "approved" => steps.push(step(
                &format!("Erasure at {}", job.name),
                "next",
                &job.delete_by.map_or("Not confirmed yet.".to_owned(), |by| {
                    format!(
                        "To be confirmed by {}, {}.",
                        cite::day(by),
                        cite::left(today, by)
                    )
                }),
            )),
            _ => steps.push(step(
                &format!("Erasure at {}", job.name),
                "done",
                "Confirmed.",
            )),
        }
    }
    Ok(steps)
}

/// A recording that has not arrived whole.
pub(super) fn half_step(half: &Half, to: &str) -> Step {
    let mb = |bytes: u64| bytes.div_ceil(1_000_000);
    let words = match half.to {
        Some(to) => format!(
            "{} of {} MB have arrived and are sealed. Choose the same file again to go on, in the browser it was sent from. \
             After two days what is here is erased.",
            mb(to),
            mb(half.of)
        ),
        None => format!(
            "Some of its {} MB are arriving at this moment.",
            mb(half.of)
        ),
    };
    Step {
        name: format!(
            "A recording that is half here, since {}",
            cite::day(law::clock::day(half.begun_at))
        ),
        state: "next",
        words,
        form: Some(
            Form::quiet(&format!("drop-{}", half.id), to, "Give it up")
                .field(Field::new("recording", "", Kind::Hidden).value(&half.id)),
        ),
        ..Step::default()
    }
}

fn send_form(app: &App, life: &Life, file: &StoredBlob, today: jiff::civil::Date) -> Outcome<Form> {
    let notice = &life.published.notice;
    let mut choices = Vec::new();
    for it in recipients::list(&app.desk, today)? {
        let named = notice.shares().any(|(_, s)| {
            (s.with == it.class || s.with == it.name)
                && s.data
                    .iter()
                    .any(|d| life.published.rulebook.items(d).contains(&file.kind))
        });
        if named {
            let hint = match (it.blocked_since.is_some(), it.review_until) {
                (true, _) => "blocked".to_owned(),
                (false, Some(until)) => {
                    format!("{}, reviewed until {}", it.class, cite::day(until))
                }
                (false, None) => format!("{}, not reviewed", it.class),
            };
            choices.push(Choice::new(&it.id, &it.name, &hint));
        }
    }
    Ok(Form::new(
        &format!("send-{}", file.id),
        &format!("/desk/interviews/{}/sendings", life.holding.id),
        "Send it",
    )
    .field(Field::new("blob", "", Kind::Hidden).value(&file.id))
    .field(Field::new("vendor", "To", Kind::One(choices)))
    .field(
        Field::new("necessity", "Why it has to leave the country", Kind::Text)
            .optional()
            .hint("Only where it does."),
    ))
}

async fn invite(
    State(app): State<App>,
    who: SignedIn,
    Path(id): Path<String>,
    Sent(sent): Sent<Pairs>,
) -> Response {
    let typed = serve::last(&sent);
    step(app, who, id, move |app, who, id| {
        interview::invite(
            &app.desk,
            &who.visit(),
            id,
            typed.get("text").map(String::as_str).unwrap_or_default(),
        )
        .map(drop)
    })
    .await
}

async fn hold(
    State(app): State<App>,
    who: SignedIn,
    Path(id): Path<String>,
    Sent(sent): Sent<Pairs>,
) -> Response {
    let typed = serve::last(&sent);
    step(app, who, id, move |app, who, id| {
        match typed.get("way").filter(|w| !w.is_empty()) {
            Some(way) => interview::hold(&app.desk, &who.visit(), id, way).map(drop),
            None => Err(serve::unsaid("how it took place").into()),
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
    let again = |app: &App, who: &SignedIn, id: &str, answer| page(app, who, id, Some(answer));
    serve::step(&app, &who, "/desk/interviews", id, work, again).await
}
