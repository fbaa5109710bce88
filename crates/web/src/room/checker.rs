//! An officer drops an old notice here and sees it with what is wrong beside the words. Nothing of it is kept.

use crate::app::App;
use crate::page::checked::{self, CheckedPage, RulePage, Weight, lines};
use crate::page::form::{Field, Form, Kind};
use crate::page::layout::Flash;
use crate::page::shape::FormPage;
use crate::serve;
use crate::session::SignedIn;
use axum::Router;
use axum::extract::{DefaultBodyLimit, Form as Sent, Multipart, Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use check::{Finding, Source};
use jiff::civil::Date;
use serde::Deserialize;

/// The largest document taken: 20 MiB, as at the command line.
const LARGEST: usize = 20 * 1024 * 1024;

/// So many findings are shown; nobody reads on.
const MOST_SHOWN: usize = 500;

const HERE: &str = "/desk/check";

/// This room's addresses.
pub fn routes() -> Router<App> {
    Router::new()
        .route(HERE, get(ask).post(look))
        .route("/desk/check/draft", post(draft))
        .route("/desk/check/rules/{code}", get(rule))
        .layer(DefaultBodyLimit::max(LARGEST + 64 * 1024))
}

fn form() -> Form {
    Form::new("check", HERE, "Check it")
        .field(
            Field::new(
                "notice",
                "A privacy notice",
                Kind::File(".docx,.pdf,.html,.htm,.txt,.md".to_owned()),
            )
            .hint("Word, PDF, a web page, or text"),
        )
        .field(
            Field::new("words", "Or its words", Kind::Long)
                .optional()
                .hint("Copied from wherever it is"),
        )
        .field(
            Field::new("as_at", "By the law of which day?", Kind::Day)
                .optional()
                .hint("Today, if you leave it empty"),
        )
        .beside("It is read and forgotten: nothing of it is kept.")
}

fn asking(who: &SignedIn, wrong: Option<&str>) -> FormPage {
    let mut layout = who.layout("Check a notice", HERE);
    layout.flash = wrong.map(|words| Flash {
        refused: true,
        words: words.to_owned(),
    });
    FormPage {
        layout,
        intro: vec![
            "See an existing notice with what is wrong with it, in law and in itself, beside the very words.".to_owned(),
            "Then make a literate notice of it: its own words, with rules proposed under them.".to_owned(),
        ],
        form: form(),
        ..FormPage::default()
    }
}

async fn ask(State(app): State<App>, who: SignedIn) -> Response {
    serve::show(&app, &who, |_, who| Ok(asking(who, None))).await
}

/// What was sent: the document, and the day to judge by.
#[derive(Default)]
struct Dropped {
    name: String,
    bytes: Vec<u8>,
    words: String,
    as_at: String,
}

async fn dropped(mut parts: Multipart) -> Option<Dropped> {
    let mut got = Dropped::default();
    while let Some(field) = parts.next_field().await.ok()? {
        let name = field.name().unwrap_or_default().to_owned();
        let file = field.file_name().unwrap_or_default().to_owned();
        let bytes = field.bytes().await.ok()?;
        let text = || String::from_utf8_lossy(&bytes).into_owned();
        match name.as_str() {
            "notice" if !bytes.is_empty() => {
                got.name = file;
                got.bytes = bytes.to_vec();
            }
            "words" => got.words = text(),
            "as_at" => got.as_at = text().trim().to_owned(),
            _ => {}
        }
    }
    Some(got)
}

async fn look(State(app): State<App>, who: SignedIn, parts: Multipart) -> Response {
    let Some(got) = dropped(parts).await else {
        let words =
            "That did not arrive whole, or is larger than 20 MB: send it again, or a smaller one.";
        return crate::answer::at(StatusCode::BAD_REQUEST, &asking(&who, Some(words)));
    };
    let me = who.clone();
    let made = app.at_desk(move |_| Ok(judged(&me, got))).await;
    match made {
        Ok(Ok(page)) => crate::answer::page(&page),
        Ok(Err(wrong)) => crate::answer::at(StatusCode::BAD_REQUEST, &asking(&who, Some(&wrong))),
        Err(stop) => serve::stop_page(&app, &who, &stop),
    }
}

/// The page, or what to say about a document that cannot be read.
fn judged(who: &SignedIn, got: Dropped) -> Result<CheckedPage, String> {
    let today = who.visit().today();
    let as_at: Date = if got.as_at.is_empty() {
        today
    } else {
        got.as_at
            .parse()
            .map_err(|_| format!("`{}` is no day: write it as 2026-06-19.", got.as_at))?
    };
    let (text, remarks) = if got.bytes.is_empty() {
        if got.words.trim().is_empty() {
            return Err("Nothing was sent: choose a file, or put its words in.".to_owned());
        }
        (got.words.replace("\r\n", "\n"), Vec::new())
    } else {
        let document = extract::read(&got.bytes, &got.name)
            .map_err(|why| format!("This document {}: {}.", why.what, why.help))?;
        (document.text, document.remarks)
    };
    let findings = findings(&text, as_at);
    Ok(page(who, &text, &findings, remarks, as_at))
}

/// What a check finds in each notice of a text and between them, in reading order.
fn findings(text: &str, as_at: Date) -> Vec<Finding> {
    let mut judged = check::notices(text, as_at);
    let mut all: Vec<_> = judged.iter_mut().collect();
    check::beside(&mut all, as_at);
    judged.into_iter().flat_map(|n| n.findings).collect()
}

fn page(
    who: &SignedIn,
    text: &str,
    findings: &[Finding],
    remarks: Vec<String>,
    as_at: Date,
) -> CheckedPage {
    let count = |weight: Weight| {
        findings
            .iter()
            .filter(|f| Weight::from(f.severity) == weight)
            .count()
    };
    let tally = [
        (Weight::Error, "error", "errors"),
        (Weight::Warning, "warning", "warnings"),
        (Weight::Advice, "piece of advice", "pieces of advice"),
    ]
    .into_iter()
    .map(|(weight, one, many)| {
        let n = count(weight);
        (weight, format!("{n} {}", if n == 1 { one } else { many }))
    })
    .collect();
    let shown = findings.get(..MOST_SHOWN).unwrap_or(findings);
    let mut intro = vec![format!(
        "Judged by the law in force on {}.",
        publish::words::phrase::day(as_at)
    )];
    if findings.len() > shown.len() {
        intro.push(format!(
            "The first {} of {} findings are shown; the command line lists every one.",
            shown.len(),
            findings.len()
        ));
    }
    let draft = (!Source::has_rules(text)).then(|| {
        Form::quiet("draft", "/desk/check/draft", "Make a literate notice of it")
            .field(Field::new("words", "The words", Kind::Hidden).value(text))
            .beside("A document with its own words and proposed rules, for you to go through.")
    });
    let mut lines = lines(text, shown);
    let whole = checked::whole(&mut lines);
    CheckedPage {
        layout: who
            .layout("What a check finds", HERE)
            .crumbs(&[(HERE, "Check a notice")]),
        intro,
        tally,
        remarks,
        whole,
        lines,
        draft,
        again: form(),
    }
}

#[derive(Deserialize)]
struct Words {
    words: String,
}

/// The literate notice as a file to keep.
async fn draft(State(app): State<App>, who: SignedIn, Sent(sent): Sent<Words>) -> Response {
    let made = app
        .at_desk(move |_| {
            let drafts = notice::import::draft(&sent.words.replace("\r\n", "\n"));
            Ok(drafts
                .into_iter()
                .map(|d| d.notice)
                .collect::<Vec<_>>()
                .join("\n"))
        })
        .await;
    match made {
        Ok(text) => (
            [
                (header::CONTENT_TYPE, "text/markdown; charset=utf-8"),
                (
                    header::CONTENT_DISPOSITION,
                    "attachment; filename=\"draft.notice.md\"",
                ),
            ],
            text,
        )
            .into_response(),
        Err(stop) => serve::stop_page(&app, &who, &stop),
    }
}

async fn rule(State(app): State<App>, who: SignedIn, Path(code): Path<String>) -> Response {
    let Some(doc) = check::explain(&code) else {
        return serve::nothing(&who, "no finding has this name");
    };
    serve::show(&app, &who, move |_, who| {
        Ok(RulePage {
            layout: who.layout(&code, HERE).crumbs(&[(HERE, "Check a notice")]),
            html: checked::rule(doc),
        })
    })
    .await
}
