//! Whoever was erased sees the certificate, prints it and keeps the receipt: on their own page, or by a code with nothing personal in it.

use crate::answer::{page, sentence, stopped};
use crate::app::App;
use crate::page::certificate::{CertificatePage, Shown};
use crate::page::form::{Field, Form, Kind};
use crate::page::layout::Layout;
use crate::page::parts::{Cell, Fact, Facts, Link, Table, When};
use crate::page::shape::FormPage;
use crate::room::yours;
use crate::serve;
use crate::session::{Guest, SignedIn, open_layout};
use axum::Router;
use axum::extract::{Form as Sent, Path, Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use desk::keeping::certificate::{self, Certificate, Line};
use desk::{Outcome, Refused, Stop};
use jiff::Timestamp;
use serde::Deserialize;

/// This room's addresses.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/certificate", get(by_code).post(typed))
        .route("/certificate/receipt", get(receipt_by_code))
        .route("/your-data/certificate", get(own))
        .route("/your-data/certificate/{entry}", get(own_receipt))
        .route("/desk/people/{id}/certificate", get(staffs))
        .route("/desk/people/{id}/certificate/{entry}", get(staffs_receipt))
}

#[derive(Default, Deserialize)]
struct Code {
    #[serde(default)]
    code: String,
    #[serde(default)]
    entry: String,
}

async fn by_code(State(app): State<App>, Query(sent): Query<Code>) -> Response {
    opened(app, sent.code).await
}

async fn typed(State(app): State<App>, Sent(sent): Sent<Code>) -> Response {
    opened(app, sent.code).await
}

async fn opened(app: App, code: String) -> Response {
    let code = code.trim().to_owned();
    if code.is_empty() {
        return page(&asked(&app, None));
    }
    let (at, given) = (app.now(), code.clone());
    let house = app.clone();
    let made = app
        .at_desk(move |app| {
            let found = certificate::by_code(&app.desk, &given, at)?;
            let layout = open_layout(&house, title(&found));
            // As it was made, however it was typed: it goes into an address.
            let given: String = given.chars().filter(char::is_ascii_alphanumeric).collect();
            let receipt = |entry: &str| format!("/certificate/receipt?code={given}&entry={entry}");
            Ok(shown(app, layout, &found, receipt, Vec::new()))
        })
        .await;
    match made {
        Ok(made) => page(&made),
        Err(Stop::Refused(refused)) => page(&asked(&app, Some(&sentence(&refused.why)))),
        Err(fault) => stopped(open_layout(&app, "Certificate of erasure"), &fault),
    }
}

/// A letter may be all they have: the code can be typed, and small mistakes of typing do no harm.
fn asked(app: &App, wrong: Option<&str>) -> FormPage {
    let mut field = Field::new("code", "The code from our letter", Kind::Text).hint(
        "Five groups of four letters and digits; or the long code of the link to your own data.",
    );
    if let Some(wrong) = wrong {
        field = field.error(wrong);
    }
    let form = Form::new("certificate", "/certificate", "Show it").field(field);
    FormPage {
        layout: open_layout(app, "Certificate of erasure").errors_of(&form),
        intro: vec![
            "When we erase your data you get a certificate: what went, what stays and why, and the proof."
                .to_owned(),
            "We can find it by its code alone, because nothing here says any more who you are."
                .to_owned(),
        ],
        form,
        ..FormPage::default()
    }
}

async fn receipt_by_code(State(app): State<App>, Query(sent): Query<Code>) -> Response {
    let at = app.now();
    let made = app
        .at_desk(move |app| {
            let found = certificate::by_code(&app.desk, &sent.code, at)?;
            receipt(app, &found, &sent.entry, at)
        })
        .await;
    match made {
        Ok(text) => file(text),
        Err(Stop::Refused(refused)) => page(&asked(&app, Some(&sentence(&refused.why)))),
        Err(fault) => stopped(open_layout(&app, "Certificate of erasure"), &fault),
    }
}

async fn own(State(app): State<App>, guest: Guest) -> Response {
    let me = guest.clone();
    let made = app
        .at_desk(move |app| {
            let found = certificate::of(&app.desk, &me.holding)?;
            let layout = yours::layout(&me, title(&found));
            let receipt = |entry: &str| format!("/your-data/certificate/{entry}");
            let back = vec![Link::new(yours::HOME, "Back to your data")];
            Ok(shown(app, layout, &found, receipt, back))
        })
        .await;
    match made {
        Ok(made) => page(&made),
        Err(stop) => yours::trouble(&guest, &stop),
    }
}

async fn own_receipt(State(app): State<App>, guest: Guest, Path(entry): Path<String>) -> Response {
    let me = guest.clone();
    let made = app
        .at_desk(move |app| {
            let found = certificate::of(&app.desk, &me.holding)?;
            receipt(app, &found, &entry, me.at)
        })
        .await;
    match made {
        Ok(text) => file(text),
        Err(stop) => yours::trouble(&guest, &stop),
    }
}

async fn staffs(State(app): State<App>, who: SignedIn, Path(id): Path<String>) -> Response {
    serve::show(&app, &who, move |app, who| {
        who.visit().only_project_staff("looking at a certificate")?;
        let found = certificate::of(&app.desk, &id)?;
        let person = format!("/desk/people/{id}");
        let layout = who
            .layout(title(&found), "")
            .crumbs(&[(person.as_str(), desk::pseudonym(&id).as_str())]);
        let receipt = |entry: &str| format!("{person}/certificate/{entry}");
        Ok(shown(app, layout, &found, receipt, Vec::new()))
    })
    .await
}

async fn staffs_receipt(
    State(app): State<App>,
    who: SignedIn,
    Path((id, entry)): Path<(String, String)>,
) -> Response {
    let me = who.clone();
    let made = app
        .at_desk(move |app| {
            me.visit().only_project_staff("looking at a certificate")?;
            let found = certificate::of(&app.desk, &id)?;
            receipt(app, &found, &entry, me.at)
        })
        .await;
    match made {
        Ok(text) => file(text),
        Err(stop) => serve::stop_page(&app, &who, &stop),
    }
}

/// The receipt of one of these; an entry that is none of them is not looked for.
fn receipt(app: &App, found: &[Certificate], entry: &str, at: Timestamp) -> Outcome<String> {
    let Some(one) = found.iter().find(|one| one.entry == entry) else {
        return Err(Refused::new("there is no such certificate")
            .law(
                "UK GDPR Art 12(6)",
                "nobody is given what is somebody else's",
            )
            .help("choose one from the page")
            .into());
    };
    certificate::receipt(&app.desk, one, at)
}

fn file(text: String) -> Response {
    (
        [
            (header::CONTENT_TYPE, "text/plain; charset=utf-8"),
            (
                header::CONTENT_DISPOSITION,
                "attachment; filename=\"certificate-of-erasure.receipt\"",
            ),
        ],
        text,
    )
        .into_response()
}

fn title(found: &[Certificate]) -> &'static str {
    match found.first() {
        Some(_) => "Certificate of erasure",
        None => "Nothing has been erased yet",
    }
}

fn shown(
    app: &App,
    layout: Layout,
    found: &[Certificate],
    receipt: impl Fn(&str) -> String,
    links: Vec<Link>,
) -> CertificatePage {
    let intro = if found.is_empty() {
        vec!["The data are still here, or their erasure has not come to its end. Come back later with the same code.".to_owned()]
    } else {
        vec!["Nothing on this page says who you are. Print it, or keep the file: it proves the same for ever, without us.".to_owned()]
    };
    CertificatePage {
        layout,
        intro,
        certificates: found
            .iter()
            .map(|one| Shown {
                title: format!(
                    "{} on {}",
                    if one.whole {
                        "Everything was erased"
                    } else {
                        "A part was erased"
                    },
                    When::day(law::clock::day(one.begun)).words
                ),
                facts: facts(one),
                gone: table(app, one, "What went", &one.gone, false),
                kept: table(app, one, "What stays, and why", &one.kept, true),
                rest: if one.whole {
                    String::new()
                } else if one.kept.is_empty() {
                    "Other things we hold about you stay. Your page lists them.".to_owned()
                } else {
                    "This is what stood when it was erased. Your page lists what we hold now."
                        .to_owned()
                },
                cites: promises(app, one),
                receipt: Link::new(&receipt(&one.entry), "Keep the receipt (a small file)"),
            })
            .collect(),
        key: certificate::verifier(&app.desk),
        links,
    }
}

fn facts(one: &Certificate) -> Facts {
    let mut facts = vec![
        Fact::new("Project", &one.project),
        Fact::new("Your reference", &one.reference),
        Fact::new("Erased", &When::moment(one.begun).words),
        Fact::new("Complete", &When::moment(one.complete).words),
    ];
    if !one.asked.is_empty() {
        facts.push(Fact::new(
            "Asked again afterwards",
            &format!("{}: nothing was left", one.asked.join(", ")),
        ));
    }
    facts.push(Fact::new("Entry of the log", &one.entry));
    Facts::from(facts)
}

fn table(app: &App, one: &Certificate, caption: &str, lines: &[Line], why: bool) -> Table {
    let rows = lines
        .iter()
        .map(|line| {
            let count = match line.count {
                0 => String::new(),
                n => n.to_string(),
            };
            let mut row = vec![Cell::from(line.what.as_str()), Cell::number(&count)];
            if why && line.law.starts_with('#') {
                let promise = cite(app, &one.notice, &line.law);
                row.push(Cell::link(
                    &promise.to,
                    &format!("{} ({})", line.why, promise.words),
                ));
            } else if why {
                let law = match line.law.as_str() {
                    "" => String::new(),
                    law => format!(" ({law})"),
                };
                row.push(Cell::from(format!("{}{law}", line.why).as_str()));
            }
            row
        })
        .collect();
    let heads: &[&str] = if why {
        &["What", "How many", "Why"]
    } else {
        &["What", "How many"]
    };
    Table::new(caption, heads, "", rows)
}

/// A clause leads to its place in the notice they were given, by that place's own heading; an article stands as it is.
fn cite(app: &App, notice: &str, cites: &str) -> Link {
    let (Some((name, version)), Some(section)) = (notice.split_once('@'), cites.split('/').nth(1))
    else {
        return Link::new("", cites);
    };
    if !cites.starts_with('#') {
        return Link::new("", cites);
    }
    let published = version
        .parse()
        .ok()
        .and_then(|version| app.desk.shelf().version(name, version));
    let heading = published
        .and_then(|it| {
            publish::html::sections(&it.notice)
                .into_iter()
                .find(|part| part.slug == section)
        })
        .map_or_else(|| section.replace('-', " "), |part| part.heading);
    Link::new(
        &format!("/notices/{name}/{version}#{section}"),
        &format!("our notice, version {version}: “{heading}”"),
    )
}

/// Several clauses may stand in one part of the notice: the part is named once.
fn promises(app: &App, one: &Certificate) -> Vec<Link> {
    let mut links: Vec<Link> = Vec::new();
    for cites in &one.cites {
        let link = cite(app, &one.notice, cites);
        if !links.iter().any(|l| l.words == link.words) {
            links.push(link);
        }
    }
    links
}
