//! Every page once with invented people, so that each is rendered and looked at in tests.
//! The study, its notice and everybody in it are made up.

mod checked;
mod clauses;
mod notices;
mod outside;
mod people;
mod proof;
mod staff;
mod survey;
mod work;

use askama::Template;

use crate::page::layout::{Layout, StaffBar};
use crate::page::parts::{Entry, Link, When};

pub(crate) fn day(iso: &str) -> When {
    When::day(iso.parse().unwrap())
}

pub(crate) fn moment(iso: &str) -> When {
    When::moment(iso.parse().unwrap())
}

pub(crate) fn clause(path: &str) -> Link {
    Link::new(&format!("/desk/clauses/4107/{path}"), path)
}

pub(crate) fn staff(title: &str, here: &str) -> Layout {
    let bar = StaffBar {
        name: "Ngozi Adair".into(),
        role: "data protection officer".into(),
        here: here.into(),
        waiting: vec![("/desk/inbox".into(), 3), ("/desk/requests".into(), 1)],
    };
    Layout {
        demo: Some(day("2027-01-18")),
        ..Layout::staff(title, bar)
    }
    .crumbs(&[("/desk", "Projects")])
}

pub(crate) fn project(title: &str, here: &str) -> Layout {
    staff(title, "/desk")
        .crumbs(&[
            ("/desk", "Projects"),
            ("/desk/projects/4107", "Young Carers at School"),
        ])
        .local(
            "Project #4107",
            here,
            &[
                ("/desk/projects/4107", "Overview"),
                ("/desk/notices/yc-staff", "Promises"),
                ("/desk/projects/4107/people", "People"),
                ("/desk/projects/4107/referrals/new", "Add a referral"),
                ("/desk/projects/4107/shares/new", "Share"),
                ("/desk/projects/4107/releases", "Release check"),
                ("/desk/notices/yc-staff/changes", "Changes"),
            ],
        )
}

/// An evidence entry: number, moment, verb, what came of it, who, the clause it cites.
pub(crate) fn entry(
    number: u64,
    at: &str,
    verb: &str,
    outcome: &str,
    who: &str,
    cites: &[&str],
) -> Entry {
    Entry {
        number: Some(number),
        to: format!("/desk/evidence/{number}"),
        at: moment(at),
        verb: verb.into(),
        who: who.into(),
        about: "per_7f3k9q".into(),
        outcome: outcome.into(),
        cites: cites.iter().map(|path| clause(path)).collect(),
    }
}

fn add<T: Template>(pages: &mut Vec<(&'static str, String)>, name: &'static str, page: &T) {
    pages.push((
        name,
        page.render().unwrap_or_else(|e| panic!("{name}: {e}")),
    ));
}

/// Every sample page by file name.
pub(crate) fn pages() -> Vec<(&'static str, String)> {
    let mut pages = vec![];
    checked::pages(&mut pages);
    notices::pages(&mut pages);
    clauses::pages(&mut pages);
    outside::pages(&mut pages);
    people::pages(&mut pages);
    proof::pages(&mut pages);
    staff::pages(&mut pages);
    survey::pages(&mut pages);
    work::pages(&mut pages);
    pages
}
