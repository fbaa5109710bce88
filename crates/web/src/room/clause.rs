//! One clause: what people were told, what the machine does about it, how it stands, and every entry filed under it.

use crate::answer::sentence;
use crate::app::App;
use crate::cite;
use crate::page::notice::ClausePage;
use crate::page::parts::{Clock, Fact, Facts, Link, Stop as ClockStop, Verdict, When};
use crate::room::{evidence, project, promises};
use crate::serve;
use crate::session::SignedIn;
use axum::Router;
use axum::extract::{Path, Query, State};
use axum::response::Response;
use axum::routing::get;
use desk::keeping::raise;
use desk::{Outcome, Published, Refused};
use jiff::civil::Date;
use notice::model::Rule;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::Arc;
use store::Filter;

/// How many entries stand on a page.
const PAGE: u32 = 50;
/// How many clocks are shown.
const CLOCKS: usize = 12;

/// This room's addresses.
pub fn routes() -> Router<App> {
    Router::new().route("/desk/clauses/{notice}/{*path}", get(look))
}

#[derive(Debug, Default, Deserialize)]
struct From {
    /// How many of the newest entries are left out.
    #[serde(default)]
    from: u32,
}

async fn look(
    State(app): State<App>,
    who: SignedIn,
    Path((name, path)): Path<(String, String)>,
    Query(from): Query<From>,
) -> Response {
    serve::show(&app, &who, move |app, who| {
        clause(app, who, &name, &path, from.from)
    })
    .await
}

/// The rule in the version in force, or in the newest version that had it.
fn rule(app: &App, name: &str, path: &str) -> Outcome<(Arc<Published>, Rule, bool)> {
    let current = app.desk.notice(name)?;
    let id = format!("{}/{path}", current.notice.reference);
    for published in app.desk.shelf().versions(name) {
        let found = published
            .notice
            .rules()
            .find(|r| r.id.as_str() == id)
            .cloned();
        if let Some(rule) = found {
            let now = published.notice.version == current.notice.version;
            return Ok((published, rule, now));
        }
    }
    Err(Refused::new(format!("this notice has no clause `{path}`"))
        .law(
            "UK GDPR Art 5(2)",
            "each promise is shown under its own address",
        )
        .help("find it on the page of the notice’s promises")
        .into())
}

fn clause(app: &App, who: &SignedIn, name: &str, path: &str, from: u32) -> Outcome<ClausePage> {
    let (published, rule, in_force) = rule(app, name, path)?;
    let notice = &published.notice;
    let id = rule.id.as_str();
    let (kept, _) = promises::verdicts(app, who, &published)?;
    let kept = kept
        .into_iter()
        .find(|k| k.clause == id)
        .filter(|_| in_force);
    let (verdict, because) = match &kept {
        Some(kept) => (
            promises::verdict(kept.verdict),
            promises::plainly(&kept.why),
        ),
        None => (
            Verdict::CannotTell,
            format!(
                "This clause is in version {} only; it is no longer in force.",
                notice.version
            ),
        ),
    };
    let store = app.desk.vault().store();
    let entries = store.entries(&Filter {
        clause: id.to_owned(),
        limit: PAGE,
        skip: from,
        ..Filter::default()
    })?;
    let tally = store.evidence_for(id, 0)?.tally;
    let total = tally.done + tally.refused;
    let shown = u64::from(from) + entries.len() as u64;
    let more = (shown < total).then(|| {
        let rest = total - shown;
        let words = if rest == 1 {
            "Earlier evidence, 1 entry".to_owned()
        } else {
            format!("Earlier evidence, {rest} entries")
        };
        Link::new(
            &format!("{}?from={shown}", cite::to(&published, id)),
            &words,
        )
    });
    let today = law::clock::day(who.at);
    let mut facts = vec![
        Fact::linked(
            "In",
            &format!(
                "{}, version {}",
                crate::room::front::title(notice),
                notice.version
            ),
            &format!("/desk/notices/{name}"),
        ),
        Fact::new("Done under it", &tally.done.to_string()),
        Fact::new("Refused under it", &tally.refused.to_string()),
    ];
    if let Some(due) = kept.as_ref().and_then(|k| k.due) {
        facts.push(Fact::new(
            "Due",
            &format!("{}, {}", cite::day(due), cite::left(today, due)),
        ));
    }
    if !rule.remark.is_empty() {
        facts.push(Fact::new("The author’s note", &rule.remark));
    }
    let section = notice.sections.iter().find(|s| {
        s.blocks
            .iter()
            .any(|b| matches!(b, notice::model::Block::Rule(r) if r.id == rule.id))
    });
    let heading = section.map_or("the opening of the notice".to_owned(), |s| {
        if s.heading.is_empty() {
            "the opening of the notice".to_owned()
        } else {
            s.heading.clone()
        }
    });
    let anchor = publish::html::anchor(&rule.id);
    let meaning = publish::words::sentence(notice, &rule);
    let promise = if rule.promise.trim().is_empty() {
        meaning.clone()
    } else {
        rule.promise.clone()
    };
    let mut layout = project::layout(
        who,
        &publish::words::phrase::capital(&crate::say::clause(notice, &rule)),
        "",
        &published,
    );
    layout
        .crumbs
        .push(Link::new(&format!("/desk/notices/{name}"), "Promises"));
    Ok(ClausePage {
        layout,
        clause: id.to_owned(),
        verdict,
        because,
        promise,
        section: Link::new(&format!("/desk/notices/{name}#{anchor}"), &heading),
        meaning,
        sentence: rule.text.clone(),
        facts: Facts::from(facts),
        clocks: clocks(app, id, today)?,
        proof: evidence::proof_of(app, &entries)?,
        trail: cite::trail(app, &entries)?,
        more,
    })
}

/// The duties that run under a clause: those about the same thing and day on one clock.
fn clocks(app: &App, clause: &str, today: Date) -> Outcome<Vec<Clock>> {
    let mut by_day: BTreeMap<(Date, String), usize> = BTreeMap::new();
    for duty in raise::duties(&app.desk, today)?
        .into_iter()
        .filter(|d| d.clause == clause)
    {
        if let Some(due) = duty.due {
            *by_day.entry((due, duty.kind)).or_default() += 1;
        }
    }
    Ok(by_day
        .into_iter()
        .take(CLOCKS)
        .map(|((due, kind), count)| {
            let what = sentence(&kind.replace('-', " "));
            let what = what.trim_end_matches('.');
            let rule = if count == 1 {
                what.to_owned()
            } else {
                format!("{what}, {count} times")
            };
            clock(today, due, "Due", &rule, None)
        })
        .collect())
}

/// A clock with today on it.
pub(super) fn clock(today: Date, due: Date, words: &str, rule: &str, cite: Option<Link>) -> Clock {
    let late = due < today;
    let now = ClockStop {
        state: "now",
        at: When::day(today),
        words: "Today".to_owned(),
    };
    let end = ClockStop {
        state: if late { "past due" } else { "next due" },
        at: When::day(due),
        words: words.to_owned(),
    };
    Clock {
        verdict: if late { Verdict::Broken } else { Verdict::Due },
        left: cite::left(today, due),
        stops: if late { vec![end, now] } else { vec![now, end] },
        rule: rule.to_owned(),
        cite,
    }
}
