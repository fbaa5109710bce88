//! Staff: one project, its notices, the milestones its retention is counted from, and how far people have come.

use crate::answer::sentence;
use crate::app::App;
use crate::cite;
use crate::page::form::{Choice, Field, Form, Kind};
use crate::page::layout::Layout;
use crate::page::parts::{Answer, Cell, Fact, Facts, Link, Note, Table, When};
use crate::page::project::{Milestone, ProjectPage};
use crate::room::{home, promises};
use crate::serve::{self, Pairs};
use crate::session::SignedIn;
use axum::Router;
use axum::extract::{Form as Sent, Path, State};
use axum::response::Response;
use axum::routing::{get, post};
use desk::keeping::milestones;
use desk::{Outcome, Published, data};
use std::collections::BTreeMap;

/// This room's addresses.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/desk/projects/{number}", get(look))
        .route("/desk/projects/{number}/milestones", post(milestone))
}

/// A page of a project, with its neighbours.
pub(super) fn layout(who: &SignedIn, title: &str, here: &str, published: &Published) -> Layout {
    let number = cite::number(&published.notice.reference);
    let name = &published.notice.name;
    let at = |rest: &str| format!("/desk/projects/{number}{rest}");
    let mut links = vec![
        (at(""), "Overview"),
        (format!("/desk/notices/{name}"), "Promises"),
        (at("/people"), "People"),
        (at("/shares/new"), "Share"),
        (at("/releases"), "Release check"),
        (format!("/desk/notices/{name}/changes"), "Changes"),
    ];
    if has_surveys(&published.notice) {
        links.insert(3, (at("/surveys"), "Surveys"));
    }
    if talks_in_groups(&published.notice) {
        links.insert(3, (at("/groups"), "Groups"));
    }
    if published.notice.receives().next().is_some() {
        links.insert(3, (at("/referrals/new"), "Add a referral"));
    }
    let links: Vec<(&str, &str)> = links
        .iter()
        .map(|(to, words)| (to.as_str(), *words))
        .collect();
    let crumbs = [
        ("/desk", "Projects"),
        (
            links.first().map_or("", |(to, _)| *to),
            published.notice.project.as_str(),
        ),
    ];
    who.layout(title, "/desk").crumbs(&crumbs).local(
        &format!("Project {}", published.notice.reference),
        here,
        &links,
    )
}

/// Whether a notice lets people talk in groups.
pub(super) fn talks_in_groups(notice: &notice::Notice) -> bool {
    let mut ways = notice.collects().flat_map(|(_, c)| &c.by);
    ways.any(|way| desk::collect::group::KINDS.contains(&way.as_str()))
}

/// Whether a notice lets people be asked by survey.
pub(super) fn has_surveys(notice: &notice::Notice) -> bool {
    let mut ways = notice.collects().flat_map(|(_, c)| &c.by);
    notice.surveys().next().is_some() || ways.any(|way| way == "survey")
}

async fn look(State(app): State<App>, who: SignedIn, Path(number): Path<String>) -> Response {
    serve::show(&app, &who, move |app, who| {
        project(app, who, &number, None, &BTreeMap::new())
    })
    .await
}

fn project(
    app: &App,
    who: &SignedIn,
    number: &str,
    answer: Option<Answer>,
    typed: &BTreeMap<String, String>,
) -> Outcome<ProjectPage> {
    let notices = cite::project(app, number)?;
    let here = format!("/desk/projects/{number}");
    let Some(first) = notices.first() else {
        return Ok(ProjectPage::default());
    };
    let notice = &first.notice;
    let mut layout = layout(who, &notice.project, &here, first);
    layout.crumbs.truncate(1);
    if let Some(answer) = answer {
        layout.flash = Some(crate::page::layout::Flash {
            refused: true,
            words: format!("{} {}", answer.heading, answer.help),
        });
    }
    let mut facts = vec![Fact::new("Reference", &notice.reference)];
    facts.extend(
        notice
            .controllers()
            .map(|(_, c)| Fact::new("Controller", &c.full_name)),
    );
    facts.extend(
        notice
            .partners()
            .map(|(_, p)| Fact::new(&data::label(&p.role), &p.full_name)),
    );
    if !notice.also_called.is_empty() {
        facts.push(Fact::new("Also called", &notice.also_called.join(", ")));
    }
    let list = milestones::list(&app.desk, &notice.reference)?;
    let mut lines = Vec::new();
    for published in &notices {
        lines.push(home::line(
            published,
            promises::verdicts(app, who, published)?.1,
        ));
    }
    Ok(ProjectPage {
        facts: Facts::from(facts),
        notices: lines,
        milestones: list.iter().map(|m| shown(m, &notices)).collect(),
        milestone_form: Some(form(&here, &list, typed)),
        stages: stages(app, number, &notices)?,
        actions: vec![
            Link::new(&format!("{here}/people"), "People"),
            Link::new(&format!("{here}/releases"), "Check a text before it leaves"),
        ],
        margin: list
            .iter()
            .filter(|m| m.needs_reason)
            .filter_map(|m| m.clause.as_deref())
            .take(1)
            .map(|clause| Note {
                cite: Some(cite::link(app, clause, &notice.name)),
                words: "A planned day moves only with a reason.".to_owned(),
            })
            .collect::<Vec<_>>()
            .into(),
        layout,
    })
}

fn shown(m: &milestones::Milestone, notices: &[std::sync::Arc<Published>]) -> Milestone {
    let mut name = data::label(&m.event.replace('.', " "));
    if !m.also.is_empty() {
        name = format!("{name} ({})", m.also.join(", ").replace(['.', '-'], " "));
    }
    let counted = |event: &str| event == m.event || m.also.iter().any(|a| a == event);
    let mut hangs: Vec<String> = Vec::new();
    for published in notices {
        for (rule, keep) in published
            .notice
            .keeps()
            .filter(|(_, k)| counted(&k.until.event))
        {
            let said = publish::words::sentence(&published.notice, rule);
            if !said.is_empty() && keep.at.is_none() && !hangs.contains(&said) {
                hangs.push(said);
            }
        }
    }
    Milestone {
        name,
        state: if m.happened.is_some() { "past" } else { "next" },
        planned: m.planned.map(When::day),
        moved: m.moves.first().map(|(day, why)| {
            (
                When::day(*day),
                sentence(why).trim_end_matches('.').to_owned(),
            )
        }),
        happened: m.happened.map(When::day),
        hangs: hangs.join(" "),
    }
}

fn form(here: &str, list: &[milestones::Milestone], typed: &BTreeMap<String, String>) -> Form {
    let value = |name: &str| typed.get(name).map(String::as_str).unwrap_or_default();
    let open = list.iter().filter(|m| m.happened.is_none());
    let events = open
        .map(|m| Choice::new(&m.event, &data::label(&m.event.replace('.', " ")), ""))
        .collect();
    let what = vec![
        Choice::new(
            "happened",
            "It happened",
            "Days are counted from it from now on; this is said once.",
        ),
        Choice::new(
            "plan",
            "It is planned for",
            "A planned day may move, with a reason.",
        ),
    ];
    Form::new(
        "milestone",
        &format!("{here}/milestones"),
        "Put it on record",
    )
    .field(Field::new("event", "Which milestone?", Kind::Pick(events)).value(value("event")))
    .field(Field::new("what", "What about it?", Kind::One(what)).value(value("what")))
    .field(Field::new("on", "Day", Kind::Day).value(value("on")))
    .field(
        Field::new("because", "Why it moved", Kind::Text)
            .value(value("because"))
            .optional(),
    )
}

fn stages(app: &App, number: &str, notices: &[std::sync::Arc<Published>]) -> Outcome<Table> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for published in notices {
        for person in data::people(&app.desk, &published.notice.name)? {
            *counts.entry(person.stage).or_default() += 1;
        }
    }
    let rows = counts
        .into_iter()
        .map(|(stage, count)| {
            let to = format!("/desk/projects/{number}/people?stage={stage}");
            vec![
                Cell::link(&to, &stage.replace('-', " ")),
                Cell::number(&count.to_string()),
            ]
        })
        .collect();
    Ok(Table::new(
        "How far people have come",
        &["Stage", "People"],
        "Nobody yet.",
        rows,
    ))
}

async fn milestone(
    State(app): State<App>,
    who: SignedIn,
    Path(number): Path<String>,
    Sent(sent): Sent<Pairs>,
) -> Response {
    let typed = serve::last(&sent);
    let again = (number.clone(), typed.clone());
    serve::act(
        &app,
        &who,
        move |app, who| {
            let value = |name: &str| typed.get(name).map(String::as_str).unwrap_or_default();
            let notices = cite::project(app, &number)?;
            let reference = notices
                .first()
                .map(|p| p.notice.reference.clone())
                .unwrap_or_default();
            let on = value("on")
                .parse()
                .map_err(|_| serve::unsaid("which day"))?;
            let because = Some(value("because").trim()).filter(|b| !b.is_empty());
            match value("what") {
                "happened" => {
                    milestones::happened(&app.desk, &who.visit(), &reference, value("event"), on)?
                }
                "plan" => milestones::plan(
                    &app.desk,
                    &who.visit(),
                    &reference,
                    value("event"),
                    on,
                    because,
                )?,
                _ => return Err(serve::unsaid("whether it happened or is planned").into()),
            }
            Ok(format!("/desk/projects/{number}"))
        },
        move |app, who, answer| project(app, who, &again.0, Some(answer), &again.1),
    )
    .await
}
