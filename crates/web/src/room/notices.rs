//! A notice as it was published: in its own words, with every version still there to read.

use crate::answer::{not_found, page};
use crate::app::App;
use crate::page::notice::{Head, NoticePage, Paragraph, Section, Sections, VersionLine};
use crate::page::parts::{Link, When};
use crate::room::front::{audience, title};
use crate::session::open_layout;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use desk::Published;
use std::sync::Arc;

/// This room's addresses.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/notices/{name}", get(current))
        .route("/notices/{name}/{version}", get(version))
}

async fn current(State(app): State<App>, Path(name): Path<String>, headers: HeaderMap) -> Response {
    let Some(published) = app.desk.shelf().current(&name) else {
        return not_found(State(app)).await;
    };
    let mut answer = if for_machines(&headers) {
        linked(&published)
    } else {
        page(&reading(&app, &published))
    };
    answer
        .headers_mut()
        .insert(header::VARY, HeaderValue::from_static("accept"));
    answer
}

/// Whether whoever asks names JSON-LD before a page. A browser never does.
fn for_machines(headers: &HeaderMap) -> bool {
    let wanted = headers.get(header::ACCEPT).and_then(|v| v.to_str().ok());
    let place = |kind: &str| wanted.and_then(|w| w.find(kind));
    match (place(JSON_LD), place("text/html")) {
        (Some(data), Some(page)) => data < page,
        (data, _) => data.is_some(),
    }
}

const JSON_LD: &str = "application/ld+json";

/// The notice in the Data Privacy Vocabulary.
fn linked(published: &Published) -> Response {
    (
        [(header::CONTENT_TYPE, JSON_LD)],
        publish::dpv::text(&published.notice),
    )
        .into_response()
}

async fn version(
    State(app): State<App>,
    Path((name, version)): Path<(String, String)>,
) -> Response {
    let plain = version.strip_suffix(".txt");
    let data = version.strip_suffix(".jsonld");
    let number = plain.or(data).unwrap_or(&version).parse().ok();
    match number.and_then(|n| app.desk.shelf().version(&name, n)) {
        Some(published) if plain.is_some() => (
            [(header::CONTENT_TYPE, "text/plain; charset=utf-8")],
            publish::text::text(&published.notice),
        )
            .into_response(),
        Some(published) if data.is_some() => linked(&published),
        Some(published) => page(&reading(&app, &published)),
        None => not_found(State(app)).await,
    }
}

fn reading(app: &App, published: &Arc<Published>) -> NoticePage {
    let notice = &published.notice;
    let sections: Vec<Section> = publish::html::sections(notice)
        .into_iter()
        .map(|s| Section {
            slug: s.slug,
            heading: s.heading,
            paragraphs: s
                .parts
                .into_iter()
                .map(|p| Paragraph {
                    html: p.html,
                    marks: vec![],
                })
                .collect(),
        })
        .collect();
    let local: Vec<(String, String)> = sections
        .iter()
        .filter(|s| !s.heading.is_empty())
        .map(|s| (format!("#{}", s.slug), s.heading.clone()))
        .collect();
    let local: Vec<(&str, &str)> = local
        .iter()
        .map(|(to, words)| (to.as_str(), words.as_str()))
        .collect();
    let short = crate::say::short(notice)
        .iter()
        .map(|(to, words)| Link::new(to, words))
        .collect();
    let base = format!("/notices/{}", notice.name);
    NoticePage {
        layout: open_layout(app, &title(notice)).local("This notice", "", &local),
        head: head(app, published),
        short,
        text: Sections { sections },
        versions: versions(app, &notice.name, notice.version),
        forms: vec![
            Link::new(
                &format!("{base}/{}.txt", notice.version),
                "Plain text, for printing or reading aloud",
            ),
            Link::new(
                &format!("{base}/{}.jsonld", notice.version),
                "Data for other programs (JSON-LD)",
            ),
        ],
        data: publish::dpv::embedded(notice),
        sign_up: open_for_sign_up(app, published)
            .then(|| Link::new(&format!("{base}/sign-up"), "Sign up")),
    }
}

/// What stands under a notice's title.
pub(crate) fn head(app: &App, published: &Published) -> Head {
    let notice = &published.notice;
    let newest = app
        .desk
        .shelf()
        .current(&notice.name)
        .map(|p| p.notice.version);
    Head {
        project: notice.project.clone(),
        reference: notice.reference.clone(),
        version: notice.version,
        dated: When::day(notice.dated),
        audience: audience(notice),
        superseded: newest.filter(|n| *n != notice.version).map(|n| {
            Link::new(
                &format!("/notices/{}", notice.name),
                &format!("version {n}"),
            )
        }),
    }
}

/// Every version of a notice, newest first.
pub(crate) fn versions(app: &App, name: &str, shown: u32) -> Vec<VersionLine> {
    app.desk
        .shelf()
        .versions(name)
        .iter()
        .map(|p| VersionLine {
            number: p.notice.version,
            to: format!("/notices/{name}/{}", p.notice.version),
            dated: When::day(p.notice.dated),
            what: p
                .notice
                .versions()
                .find(|(_, v)| v.number == p.notice.version)
                .map(|(_, v)| v.what.clone())
                .unwrap_or_default(),
            current: p.notice.version == shown,
        })
        .collect()
}

/// A study takes new people until it has ended.
pub(crate) fn open_for_sign_up(app: &App, published: &Published) -> bool {
    let by_sign_up = published
        .notice
        .collects()
        .any(|(_, c)| c.by.is_empty() || c.by.iter().any(|w| w == "sign-up"));
    by_sign_up && !app.desk.has_ended(published).unwrap_or(true)
}
