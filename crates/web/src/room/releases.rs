//! A report leaves only when nobody can be recognised in it: a text is held against the people of the project, and what offends is marked.

use crate::answer::sentence;
use crate::app::App;
use crate::cite;
use crate::page::form::{Choice, Field, Form, Kind};
use crate::page::parts::{Answer, Cell, Margin, Note, Table};
use crate::page::proof::{Piece, ReleasePage};
use crate::room::project;
use crate::serve::{self, Pairs};
use crate::session::SignedIn;
use axum::Router;
use axum::extract::{Form as Sent, Path, State};
use axum::response::Response;
use axum::routing::get;
use deid::release::Problem;
use desk::uses::summary;
use desk::{Outcome, Stop};

/// This room's addresses.
pub fn routes() -> Router<App> {
    Router::new().route("/desk/projects/{number}/releases", get(look).post(check))
}

async fn look(State(app): State<App>, who: SignedIn, Path(number): Path<String>) -> Response {
    serve::show(&app, &who, move |app, who| {
        page(app, who, &number, "", "", false)
    })
    .await
}

fn page(
    app: &App,
    who: &SignedIn,
    number: &str,
    name: &str,
    text: &str,
    read: bool,
) -> Outcome<ReleasePage> {
    let notices = cite::project(app, number)?;
    let here = format!("/desk/projects/{number}/releases");
    let Some(first) = notices.first() else {
        return Ok(ReleasePage::default());
    };
    let releasing: Vec<Choice> = notices
        .iter()
        .filter(|p| p.notice.releases().next().is_some())
        .map(|p| Choice::new(&p.notice.name, &crate::room::front::title(&p.notice), ""))
        .collect();
    let chosen = if name.is_empty() {
        releasing
            .first()
            .map(|c| c.value.clone())
            .unwrap_or_default()
    } else {
        name.to_owned()
    };
    let below = notices
        .iter()
        .find(|p| p.notice.name == chosen)
        .map_or_else(|| summary::threshold(first), |p| summary::threshold(p));
    let below = publish::words::phrase::number(below);
    let mut margin: Vec<Note> = notices
        .iter()
        .flat_map(|p| {
            p.notice
                .releases()
                .map(|(rule, _)| Note {
                    cite: Some(cite::link(app, rule.id.as_str(), &p.notice.name)),
                    words: publish::words::sentence(&p.notice, rule),
                })
                .collect::<Vec<_>>()
        })
        .collect();
    // Two notices of one project often promise the same.
    margin.dedup_by(|a, b| a.words == b.words);
    let what = vec![
        Choice::new("check", "Only check it", "It is checked here and not kept."),
        Choice::new(
            "release",
            "Release it, if it passes",
            "What leaves is put on record.",
        ),
    ];
    let form = Form::new("release", &here, "Go")
        .field(Field::new("notice", "Under which notice?", Kind::Pick(releasing)).value(&chosen))
        .field(Field::new("text", "The text", Kind::Long).value(text))
        .field(
            Field::new(
                "counts",
                &format!("No count below {below} is in this text"),
                Kind::Tick,
            )
            .value(if read { "yes" } else { "" })
            .hint("Read it for numbers of people, in digits and in words. Before it is released, somebody has to say so."),
        )
        .field(Field::new("what", "What shall be done?", Kind::One(what)));
    let mut layout = project::layout(who, "Release check", &here, first);
    if margin.is_empty() {
        layout.flash = Some(crate::page::layout::Flash {
            refused: true,
            words: "No notice of this project lets a report out.".to_owned(),
        });
    }
    Ok(ReleasePage {
        layout,
        intro: vec!["A report leaves only when nobody can be recognised in it. Quoted words need the id of their permission behind them, as [quote:ID].".to_owned()],
        form,
        margin: Margin::from(margin),
        ..ReleasePage::default()
    })
}

async fn check(
    State(app): State<App>,
    who: SignedIn,
    Path(number): Path<String>,
    Sent(sent): Sent<Pairs>,
) -> Response {
    let typed = serve::last(&sent);
    serve::answered(&app, &who, move |app, who| {
        let value = |name: &str| typed.get(name).map(String::as_str).unwrap_or_default();
        // A browser sends its own line ends, which a text's places should not count.
        let text = value("text").replace("\r\n", "\n");
        let read = value("counts") == "yes";
        let mut made = page(app, who, &number, value("notice"), &text, read)?;
        if text.trim().is_empty() {
            made.answer = Some(cite::no(app, &serve::unsaid("what text")));
            return Ok((false, made));
        }
        let found = match summary::check_report(&app.desk, &who.visit(), value("notice"), &text) {
            Ok(found) => found,
            Err(Stop::Refused(refused)) => {
                made.answer = Some(cite::no(app, &refused));
                return Ok((false, made));
            }
            Err(fault) => return Err(fault),
        };
        let because = made.margin.notes.clone();
        match found {
            Err(problems) => {
                let places = if problems.len() == 1 {
                    "One place could".to_owned()
                } else {
                    format!("{} places could", problems.len())
                };
                made.answer = Some(Answer {
                    heading: "This may not leave yet".to_owned(),
                    because: std::iter::once(Note::plain(&format!(
                        "{places} tell a reader who somebody is."
                    )))
                    .chain(because)
                    .collect(),
                    help: "Change the marked places, and check again.".to_owned(),
                    ..Answer::default()
                });
                made.spans = pieces(&text, &problems);
                made.findings = findings(&problems);
                Ok((false, made))
            }
            Ok(released) if value("what") != "release" => {
                made.answer = Some(passed(
                    "This may leave, as far as a machine can tell",
                    released.passed(),
                    read,
                ));
                Ok((true, made))
            }
            Ok(_) => match summary::report(&app.desk, &who.visit(), value("notice"), &text, read) {
                Ok(released) => {
                    made.answer = Some(passed(
                        "It is released, and on record",
                        released.passed(),
                        read,
                    ));
                    Ok((true, made))
                }
                Err(Stop::Refused(refused)) => {
                    made.answer = Some(cite::no(app, &refused));
                    Ok((false, made))
                }
                Err(fault) => Err(fault),
            },
        }
    })
    .await
}

/// What was checked, and what nobody but a person can check. What the notice promises of reports stands beside the form: it is
/// not said here as if it had been checked.
fn passed(heading: &str, checks: &[String], read: bool) -> Answer {
    let counts = if read {
        "You say that you have read it for counts that are too small."
    } else {
        "Small counts are found by a list of words for people: read it for counts yourself, and tick the box before you release it."
    };
    let names = "Names of people who are not on our roster are not found: read for them.";
    Answer {
        allowed: true,
        heading: heading.to_owned(),
        because: checks
            .iter()
            .filter(|check| !check.starts_with("0 "))
            .map(|check| sentence(check))
            .chain([counts.to_owned(), names.to_owned()])
            .map(|words| Note::plain(&words))
            .collect(),
        help: "Call it de-identified, not anonymous.".to_owned(),
        ..Answer::default()
    }
}

/// Where a problem stands in the text: its first byte and the one after its last.
fn place(problem: &Problem) -> Option<(usize, usize)> {
    match problem {
        Problem::Identifies { at, .. }
        | Problem::Quote { at }
        | Problem::Permission { at }
        | Problem::Words { at }
        | Problem::Unique { at }
        | Problem::Few { at, .. } => Some((at.start, at.end)),
        _ => None,
    }
}

/// What stands there, in a few words.
fn kind(problem: &Problem) -> (&'static str, &'static str) {
    match problem {
        Problem::Identifies { .. } => (
            "something that identifies a person",
            "take it out, or put a stand-in",
        ),
        Problem::Quote { .. } => (
            "quoted words without a permission",
            "name the permission behind them, or say it in other words",
        ),
        Problem::Permission { .. } => (
            "a permission that nobody gave",
            "check the id, or ask the person",
        ),
        Problem::Words { .. } => (
            "not the words the permission is for",
            "quote them as they are",
        ),
        Problem::Unique { .. } => (
            "a job title and its council that point at one person",
            "make the title more general",
        ),
        Problem::Few { .. } => (
            "a count of people that is too small",
            "say “fewer than”, or leave it out",
        ),
        _ => ("too few people alike", "join groups, or leave it out"),
    }
}

/// The text cut where it offends. Places that overlap are one piece under the first one's number.
fn pieces(text: &str, problems: &[Problem]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut from = 0;
    for (n, problem) in problems.iter().enumerate() {
        let Some((start, end)) = place(problem) else {
            continue;
        };
        let (start, end) = (start.max(from), end);
        if end <= start {
            continue;
        }
        if let Some(plain) = text.get(from..start).filter(|p| !p.is_empty()) {
            pieces.push(Piece {
                words: plain.to_owned(),
                ..Piece::default()
            });
        }
        if let Some(bad) = text.get(start..end) {
            pieces.push(Piece {
                words: bad.to_owned(),
                finding: Some(n + 1),
                kind: kind(problem).0.to_owned(),
            });
        }
        from = end;
    }
    if let Some(rest) = text.get(from..).filter(|r| !r.is_empty()) {
        pieces.push(Piece {
            words: rest.to_owned(),
            ..Piece::default()
        });
    }
    pieces
}

fn findings(problems: &[Problem]) -> Table {
    let rows = problems
        .iter()
        .enumerate()
        .map(|(n, problem)| {
            vec![
                Cell::from((n + 1).to_string().as_str()),
                Cell::from(sentence(&problem.to_string()).as_str()),
                Cell::from(kind(problem).1),
            ]
        })
        .collect();
    Table::new(
        "What is marked",
        &["Mark", "What it is", "What to do"],
        "",
        rows,
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use deid::release::At;

    #[test]
    fn offending_places_are_cut_out_of_the_text() {
        let text = "As Ada Lindqvist said: ada@example.org.";
        let at = |start, end| Problem::Quote {
            at: At::new(text, start, end),
        };
        let cut = pieces(text, &[at(3, 16), at(7, 16), at(23, 38)]);
        let words: Vec<(&str, Option<usize>)> =
            cut.iter().map(|p| (p.words.as_str(), p.finding)).collect();
        assert_eq!(
            words,
            [
                ("As ", None),
                ("Ada Lindqvist", Some(1)),
                (" said: ", None),
                ("ada@example.org", Some(3)),
                (".", None)
            ]
        );
    }
}
