//! A notice as it was published: in its own words, with every version still there to read.

use crate::answer::{not_found, page};
use crate::app::App;
use crate::page::notice::{Head, NoticePage, Paragraph, Section, Sections, VersionLine};
use crate::page::parts::{Link, When};
use crate::room::front::{audience, title};
use crate::session::open_layout;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::header;
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

async fn current(State(app): State<App>, Path(name): Path<String>) -> Response {
    match app.desk.shelf().current(&name) {
        Some(published) => page(&reading(&app, &published)),
        None => not_found(State(app)).await,
    }
}

async fn version(
    State(app): State<App>,
    Path((name, version)): Path<(String, String)>,
) -> Response {
    let plain = version.strip_suffix(".txt");
    let number = plain.unwrap_or(&version).parse().ok();
    match number.and_then(|n| app.desk.shelf().version(&name, n)) {
        Some(published) if plain.is_some() => (
            [(header::CONTENT_TYPE, "text/plain; charset=utf-8")],
            publish::text::text(&published.notice),
        )
            .into_response(),
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
        forms: vec![Link::new(
            &format!("{base}/{}.txt", notice.version),
            "Plain text, for printing or reading aloud",
        )],
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
