//! The front page: for whoever comes by, the notices and the ways in.

use crate::answer::page;
use crate::app::App;
use crate::page::parts::{Cell, Link, Table, When};
use crate::page::person::FrontPage;
use crate::session::open_layout;
use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;
use notice::Notice;

/// This room's addresses.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/", get(front))
        .route("/notices", get(front))
}

async fn front(State(app): State<App>) -> Response {
    let way = |to: &str, words: &str, more: &str| (Link::new(to, words), more.to_owned());
    let rows = app
        .desk
        .shelf()
        .all()
        .iter()
        .map(|p| {
            vec![
                Cell::link(&format!("/notices/{}", p.notice.name), &title(&p.notice)),
                format!("{}, {}", p.notice.project, p.notice.reference)
                    .as_str()
                    .into(),
                audience(&p.notice).as_str().into(),
                format!("{}, {}", p.notice.version, When::day(p.notice.dated).words)
                    .as_str()
                    .into(),
            ]
        })
        .collect();
    page(&FrontPage {
        layout: open_layout(&app, "What we promised about your data"),
        organisation: app.organisation.clone(),
        ways: vec![
            way(
                "/enter",
                "See what you hold about me",
                "With the code from our letter, our email, or the day you signed up.",
            ),
            way(
                "/complain",
                "Complain",
                "Something is wrong. No account, and no special words.",
            ),
            way(
                "/contact",
                "Ask us anything",
                "Or use one of your rights. A plain sentence is enough.",
            ),
        ],
        notices: Table::new(
            "Notices in force",
            &["Notice", "Study", "For", "Version"],
            "None yet.",
            rows,
        ),
        accounts: app
            .accounts
            .iter()
            .map(|a| {
                (
                    Link::new(
                        &format!("/sign-in?as={}", a.email),
                        &format!("{}, {}", a.name, a.role),
                    ),
                    work(&a.role),
                )
            })
            .chain(app.is_demo().then(|| {
                way(
                    "/demo/person",
                    "Somebody who took part",
                    "sees what is held about them, and can change their mind",
                )
            }))
            .collect(),
    })
}

/// A notice's title without the words every notice begins with.
pub(crate) fn title(notice: &Notice) -> String {
    notice
        .title
        .strip_prefix("Privacy notice: ")
        .unwrap_or(&notice.title)
        .to_owned()
}

/// Whom a notice is for, as people say it.
pub(crate) fn audience(notice: &Notice) -> String {
    let roles: Vec<String> = notice
        .audiences()
        .flat_map(|(_, a)| &a.roles)
        .map(|r| publish::words::phrase::people(r))
        .collect();
    roles.join(" and ")
}

fn work(role: &str) -> String {
    match role {
        "researcher" => "invites people, reads for a purpose, uploads recordings",
        "project lead" => "plans milestones, chooses recipients, releases reports",
        "data protection officer" => {
            "sees every promise, decides on requests and complaints, runs the sweep"
        }
        _ => "looks after accounts and sees nobody’s data",
    }
    .to_owned()
}
