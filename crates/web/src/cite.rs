//! Every reason leads somewhere: a clause to its page, an entry to its place in the log, an id to what it stands for.

use crate::answer::sentence;
use crate::app::App;
use crate::came;
use crate::page::parts::{Answer, Cell, Entry, Link, Note, Trail, Verdict, When};
use crate::say;
use desk::door::staff;
use desk::{Outcome, Published, Refused};
use jiff::civil::Date;
use policy::Reason;
use std::collections::BTreeMap;
use std::sync::Arc;
use store::{Actor, Filter, Kept};

/// Where a clause or article leads. An article leads nowhere; a clause to its page in the notice that has it, in `notice`
/// (`name` or `name@version`) if that one has it.
#[must_use]
pub fn link(app: &App, cites: &str, notice: &str) -> Link {
    let found = cites
        .starts_with('#')
        .then(|| whose(app, cites, notice))
        .flatten();
    match found {
        Some(published) => Link::new(&to(&published, cites), &called(app, &published, cites)),
        None => Link::new("", cites),
    }
}

/// The notice that has a clause, now or in an older version.
fn whose(app: &App, clause: &str, notice: &str) -> Option<Arc<Published>> {
    let (reference, _) = clause.split_once('/')?;
    let of_project = app.desk.shelf().of_project(reference);
    let has = |p: &Arc<Published>| p.notice.rules().any(|r| r.id.as_str() == clause);
    let said = notice.split('@').next().unwrap_or_default();
    let ever = |p: &Arc<Published>| app.desk.shelf().versions(&p.notice.name).iter().any(has);
    let first = of_project.iter().find(|p| p.notice.name == said && has(p));
    first
        .or_else(|| of_project.iter().find(|p| has(p)))
        .or_else(|| of_project.iter().find(|p| ever(p)))
        .cloned()
}

/// A clause's address without its project: `how-long/keep/recording@transcriber`.
#[must_use]
pub fn path<'a>(published: &Published, clause: &'a str) -> &'a str {
    clause
        .strip_prefix(published.notice.reference.as_str())
        .map_or(clause, |rest| rest.trim_start_matches('/'))
}

/// A clause's page.
#[must_use]
pub fn to(published: &Published, clause: &str) -> String {
    format!(
        "/desk/clauses/{}/{}",
        published.notice.name,
        path(published, clause)
    )
}

/// A clause's name in a few words: `#4107/how-long/keep/recording@transcriber` is `keep recording, at transcriber`.
#[must_use]
pub fn name(clause: &str) -> String {
    let tail: Vec<&str> = clause.split('/').skip(2).collect();
    tail.join(" ")
        .replace('+', ", ")
        .replace('@', ", at ")
        .replace('-', " ")
}

/// A clause by its name in people's words, as the newest version that has it says it.
#[must_use]
pub fn called(app: &App, published: &Published, clause: &str) -> String {
    let said = |p: &Published| {
        p.notice
            .rules()
            .find(|r| r.id.as_str() == clause)
            .map(|rule| say::clause(&p.notice, rule))
    };
    said(published)
        .or_else(|| {
            app.desk
                .shelf()
                .versions(&published.notice.name)
                .iter()
                .find_map(|p| said(p))
        })
        .unwrap_or_else(|| name(clause))
}

/// A project's place in an address: its reference without the `#`.
#[must_use]
pub fn number(reference: &str) -> String {
    let mut out = String::new();
    for byte in reference.trim_start_matches('#').bytes() {
        match byte {
            b if b.is_ascii_alphanumeric() || b == b'-' || b == b'_' || b == b'.' => {
                out.push(char::from(b))
            }
            b => out.push_str(&format!("%{b:02X}")),
        }
    }
    out
}

/// The notices of the project with this number, by name.
///
/// # Errors
/// A refusal where no notice speaks for it.
pub fn project(app: &App, number: &str) -> Outcome<Vec<Arc<Published>>> {
    let all = app.desk.shelf().all();
    let found: Vec<_> = all
        .into_iter()
        .filter(|p| p.notice.reference.trim_start_matches('#') == number)
        .collect();
    if found.is_empty() {
        return Err(Refused::new("no notice speaks for this project")
            .law(
                "UK GDPR Art 13(1)",
                "nothing is done with people's data before a notice tells them of it",
            )
            .help("publish its notice first")
            .into());
    }
    Ok(found)
}

/// Reasons as notes with their links.
#[must_use]
pub fn notes(app: &App, because: &[Reason]) -> Vec<Note> {
    because
        .iter()
        .map(|reason| match reason {
            Reason::Clause { clause, text } => {
                // The clause's sentence stands beside it: here its address is the citation, as an article's number would be.
                let address = clause
                    .split_once('/')
                    .map_or(clause.as_str(), |(_, rest)| rest);
                let (leads, words) = repeated(app, clause, text)
                    .unwrap_or_else(|| (link(app, clause, "").to, sentence(text)));
                Note {
                    cite: Some(Link::new(&leads, address)),
                    words,
                }
            }
            Reason::Law { law, text } => Note {
                cite: Some(Link::new("", law)),
                words: sentence(text),
            },
        })
        .collect()
}

/// The notice, and the rule in it, whose sentence a reason repeats as it is written for the machine. Notices of one
/// project share its number, so the words say which of them is meant.
fn repeated(app: &App, clause: &str, text: &str) -> Option<(String, String)> {
    let (reference, _) = clause.split_once('/')?;
    let text = text.trim_end_matches('.');
    for current in app.desk.shelf().of_project(reference) {
        for told in app.desk.shelf().versions(&current.notice.name) {
            let rule = told.notice.rules().find(|r| r.id.as_str() == clause);
            // A rule may be written over several lines.
            let same = |rule: &&notice::model::Rule| {
                rule.text
                    .trim_end_matches('.')
                    .split_whitespace()
                    .eq(text.split_whitespace())
            };
            if let Some(rule) = rule.filter(same) {
                return Some((
                    to(&told, clause),
                    publish::words::sentence(&told.notice, rule),
                ));
            }
        }
    }
    None
}

/// A refusal as the panel that stands on a page, its reasons leading to their clauses.
#[must_use]
pub fn no(app: &App, refused: &Refused) -> Answer {
    Answer {
        because: notes(app, &refused.because),
        ..crate::answer::no(refused)
    }
}

/// Evidence about one thing, newest first, at most `limit` entries.
///
/// # Errors
/// A fault of ours.
pub fn about(app: &App, id: &str, limit: u32) -> Outcome<Trail> {
    trail(
        app,
        &app.desk.vault().store().entries(&Filter {
            about: id.to_owned(),
            limit,
            ..Filter::default()
        })?,
    )
}

/// Evidence as it is shown.
///
/// # Errors
/// A fault of ours.
pub fn trail(app: &App, kept: &[Kept]) -> Outcome<Trail> {
    let names = Names::read(app)?;
    Ok(Trail::from(
        kept.iter()
            .map(|kept| names.entry(app, kept))
            .collect::<Vec<_>>(),
    ))
}

/// What ids stand for, where a member of staff may know it: colleagues by name, people by pseudonym.
#[derive(Debug)]
pub struct Names {
    staff: BTreeMap<String, String>,
}

impl Names {
    /// Reads the staff list once for a page.
    ///
    /// # Errors
    /// A fault of ours.
    pub fn read(app: &App) -> Outcome<Names> {
        let staff = staff::all(&app.desk)?;
        Ok(Names {
            staff: staff
                .into_iter()
                .map(|m| (m.id, format!("{}, {}", m.name, m.role.title())))
                .collect(),
        })
    }

    /// Who did it: a word of the log or an [`Actor`], as people say it.
    #[must_use]
    pub fn who(&self, word: &str) -> String {
        match Actor::from_word(word) {
            Actor::Staff(id) => self
                .staff
                .get(&id)
                .cloned()
                .unwrap_or_else(|| "somebody who has left".to_owned()),
            Actor::Person(_) => "the person".to_owned(),
            Actor::Vendor(_) => "the recipient".to_owned(),
            Actor::System(_) => "abide".to_owned(),
            Actor::Public => "somebody from outside".to_owned(),
        }
    }

    /// One entry of the log.
    #[must_use]
    pub fn entry(&self, app: &App, kept: &Kept) -> Entry {
        let it = &kept.entry;
        let notice = it.notice.as_deref().unwrap_or_default();
        let refused = it.outcome == "refused";
        let about = it.about.as_deref().unwrap_or_default();
        let told = app
            .desk
            .notice(notice.split('@').next().unwrap_or_default())
            .ok();
        Entry {
            number: kept.number,
            to: kept
                .number
                .map(|n| format!("/desk/evidence/{n}"))
                .unwrap_or_default(),
            at: When::moment(kept.at()),
            verb: if refused {
                "refused".to_owned()
            } else {
                past(&it.verb).to_owned()
            },
            who: self.who(&it.who),
            about: self
                .staff
                .get(about)
                .cloned()
                .unwrap_or_else(|| shown(about)),
            outcome: came::of(kept, told.as_ref().map(|p| &*p.notice)),
            cites: it.cites.iter().map(|c| link(app, c, notice)).fold(
                Vec::new(),
                |mut cites: Vec<Link>, one| {
                    if !cites.iter().any(|c| c.words == one.words) {
                        cites.push(one);
                    }
                    cites
                },
            ),
        }
    }
}

/// An id as it is shown: a person by pseudonym, anything else by its first digits.
#[must_use]
pub fn shown(id: &str) -> String {
    match id.split_once('_') {
        Some(("hld" | "per", _)) => desk::pseudonym(id),
        // A duty or a link is told by what came of it; its number says nothing to anybody.
        Some(("dut" | "lnk", _)) => String::new(),
        Some((kind, digits)) => format!(
            "{} {}",
            kind_of(kind),
            digits.chars().take(6).collect::<String>()
        ),
        None => id.to_owned(),
    }
}

/// What the first letters of an id stand for.
fn kind_of(kind: &str) -> &str {
    match kind {
        "req" => "Request",
        "cpl" => "Complaint",
        "eml" => "Mail",
        "rcp" => "Recipient",
        "blb" => "Recording",
        "stf" => "Colleague",
        "rel" => "Release",
        "ltr" => "Letter",
        other => other,
    }
}

/// A verb of the log as something that happened.
#[must_use]
pub fn past(verb: &str) -> &str {
    match verb {
        "collect" => "collected",
        "contact" => "contacted",
        "use" => "used",
        "share" => "shared",
        "instruct" => "instructed",
        "keep" => "kept back",
        "minimise" => "minimised",
        "erase" => "erased",
        "confirm" => "confirmed",
        "correct" => "corrected",
        "publish" => "published",
        "release" => "released",
        "consent" => "answered",
        "choose" => "chose",
        "request" => "asked",
        "complain" => "complained",
        "decide" => "decided",
        "milestone" => "milestone",
        "review" => "reviewed",
        "notify" => "told",
        "route" => "mail came",
        "duty" => "duty",
        "sign-in" => "signed in",
        "grant" => "given",
        "rotate" => "keys changed",
        "restore" => "restored",
        "refuse" => "refused",
        other => other,
    }
}

/// A clock that still runs, as a cell: `by 3 March 2027, 12 days left`, and whether it has run out.
#[must_use]
pub fn running(today: Date, due: Date, words: &str) -> Cell {
    let verdict = if due < today {
        Verdict::Broken
    } else {
        Verdict::Due
    };
    Cell::judged(
        verdict,
        &format!("{words} {}, {}", day(due), left(today, due)),
    )
}

/// How far off a day is: `2 days late`, `today`, `16 days left`.
#[must_use]
pub fn left(today: Date, due: Date) -> String {
    let days = today
        .until(due)
        .map(|span| span.get_days())
        .unwrap_or_default();
    match days {
        0 => "today".to_owned(),
        1 => "1 day left".to_owned(),
        -1 => "1 day late".to_owned(),
        n if n < 0 => format!("{} days late", -n),
        n => format!("{n} days left"),
    }
}

/// A day in words: `18 January 2027`.
#[must_use]
pub fn day(date: Date) -> String {
    When::day(date).words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clause_is_named_in_a_few_words() {
        assert_eq!(
            name("#4107/how-long/keep/recording@transcriber"),
            "keep recording, at transcriber"
        );
        assert_eq!(name("#4107/why/purpose/understand"), "purpose understand");
        assert_eq!(number("#4107"), "4107");
        assert_eq!(number("#a/b c"), "a%2Fb%20c");
    }

    #[test]
    fn days_are_counted_both_ways() {
        let day = |d: &str| d.parse::<Date>().unwrap();
        assert_eq!(left(day("2027-01-18"), day("2027-01-16")), "2 days late");
        assert_eq!(left(day("2027-01-18"), day("2027-01-18")), "today");
        assert_eq!(left(day("2027-01-18"), day("2027-03-01")), "42 days left");
    }
}
