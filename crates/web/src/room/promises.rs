//! The signature of abide: a notice with a verdict beside every clause, and behind each verdict its evidence.

use crate::answer::sentence;
use crate::app::App;
use crate::cite::{self, Names};
use crate::page::notice::{
    Attention, ClauseMark, Head, Paragraph, PromisesPage, Section, Sections, VersionLine,
};
use crate::page::parts::{Entry, Link, Tally, Verdict, When};
use crate::room::front::{audience, title};
use crate::room::project;
use crate::serve;
use crate::session::SignedIn;
use axum::Router;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::get;
use desk::promises::{self, EvidenceLine, Kept};
use desk::{Outcome, Published, changes};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// How many pressing clauses stand at the head.
const PRESSING: usize = 8;

/// This room's addresses.
pub fn routes() -> Router<App> {
    Router::new().route("/desk/notices/{name}", get(look))
}

async fn look(State(app): State<App>, who: SignedIn, Path(name): Path<String>) -> Response {
    serve::show(&app, &who, move |app, who| {
        let published = app.desk.notice(&name)?;
        page(app, who, &published)
    })
    .await
}

/// How every clause of a notice stands, as the desk says it and as the line of marks.
pub(super) fn verdicts(
    app: &App,
    who: &SignedIn,
    published: &Published,
) -> Outcome<(Vec<Kept>, Tally)> {
    let kept = promises::verdicts(&app.desk, &published.notice.name, who.at)?;
    let mut tally = Tally {
        verdicts: kept.iter().map(|k| verdict(k.verdict)).collect(),
    };
    let pressing = [promises::Verdict::Due, promises::Verdict::Broken];
    // A promise that nobody has been given yet is no achievement.
    if !kept.iter().any(|k| pressing.contains(&k.verdict))
        && desk::data::people(&app.desk, &published.notice.name)?.is_empty()
    {
        tally = Tally::default();
    }
    Ok((kept, tally))
}

/// The desk's word as the page's.
pub(super) fn verdict(of: promises::Verdict) -> Verdict {
    match of {
        promises::Verdict::Kept => Verdict::Kept,
        promises::Verdict::Due => Verdict::Due,
        promises::Verdict::Broken => Verdict::Broken,
        promises::Verdict::CannotTell => Verdict::CannotTell,
    }
}

fn page(app: &App, who: &SignedIn, published: &Published) -> Outcome<PromisesPage> {
    let notice = &published.notice;
    let here = format!("/desk/notices/{}", notice.name);
    let (kept, tally) = verdicts(app, who, published)?;
    let today = law::clock::day(who.at);
    let names = Names::read(app)?;
    let marks: BTreeMap<&str, ClauseMark> = kept
        .iter()
        .map(|k| (k.clause.as_str(), mark(app, &names, published, k)))
        .collect();
    let sections = publish::html::sections(notice)
        .into_iter()
        .map(|section| Section {
            slug: section.slug,
            heading: section.heading,
            paragraphs: section
                .parts
                .into_iter()
                .map(|part| Paragraph {
                    html: part.html,
                    marks: part
                        .clauses
                        .iter()
                        .filter_map(|id| marks.get(id.as_str()).cloned())
                        .collect(),
                })
                .collect(),
        })
        .collect();
    let checkpoint = match app.desk.vault().store().checkpoint()? {
        Some(signed) => format!(
            "The log was signed {} with {} entries.",
            When::moment(signed.at).words,
            signed.size
        ),
        None => "The log has not been signed yet.".to_owned(),
    };
    Ok(PromisesPage {
        layout: project::layout(who, &title(notice), &here, published),
        head: head(published),
        attention: attention(app, published, &kept, today),
        standing: if tally.verdicts.is_empty() {
            "Nobody’s data are held under this notice yet.".to_owned()
        } else {
            standing(&kept)
        },
        tally,
        as_at: When::moment(who.at),
        text: Sections { sections },
        versions: versions(app, published)?,
        checkpoint,
    })
}

fn mark(app: &App, names: &Names, published: &Published, kept: &Kept) -> ClauseMark {
    ClauseMark {
        id: anchor(&kept.clause),
        to: cite::to(published, &kept.clause),
        clause: kept.clause.clone(),
        name: cite::called(app, published, &kept.clause),
        verdict: verdict(kept.verdict),
        because: plainly(&kept.why),
        latest: kept
            .evidence
            .iter()
            .take(3)
            .map(|line| brief(names, line))
            .collect(),
        count: kept.done + kept.refused,
    }
}

/// Why a clause stands as it does. What is counted in the link to its evidence is not said twice.
pub(super) fn plainly(why: &str) -> String {
    let counted =
        |part: &&str| part.contains("on record under it") && part.ends_with("none refused");
    let said: Vec<&str> = why.split("; ").filter(|part| !counted(part)).collect();
    sentence(&said.join("; "))
}

/// How the whole notice stands, in a sentence.
fn standing(kept: &[Kept]) -> String {
    use promises::Verdict as V;
    let count = |of: V| kept.iter().filter(|k| k.verdict == of).count();
    let all = kept.len();
    let broken = match count(V::Broken) {
        0 => String::new(),
        1 => "One promise is broken.".to_owned(),
        n => format!("{n} promises are broken."),
    };
    let due = match count(V::Due) {
        0 => String::new(),
        1 => "One waits for somebody to act, and there is still time.".to_owned(),
        n => format!("{n} wait for somebody to act, and there is still time."),
    };
    let unsure = match count(V::CannotTell) {
        0 => String::new(),
        1 => "For one the record cannot say.".to_owned(),
        n => format!("For {n} the record cannot say."),
    };
    let rest = match count(V::Kept) {
        n if n == all => format!("All {all} promises of this notice are being kept."),
        n => format!("{n} of {all} are being kept."),
    };
    [broken, due, unsure, rest]
        .into_iter()
        .filter(|said| !said.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// One line of evidence in the margin.
fn brief(names: &Names, line: &EvidenceLine) -> Entry {
    let refused = line.outcome == "refused";
    Entry {
        number: line.number,
        to: line
            .number
            .map(|n| format!("/desk/evidence/{n}"))
            .unwrap_or_default(),
        at: When::moment(line.at),
        verb: if refused {
            "refused".to_owned()
        } else {
            cite::past(&line.verb).to_owned()
        },
        who: names.who(&line.who),
        about: String::new(),
        outcome: if refused {
            format!(
                "to {}, by {}",
                line.verb.replace('-', " "),
                names.who(&line.who)
            )
        } else {
            format!("by {}", names.who(&line.who))
        },
        cites: Vec::new(),
    }
}

fn anchor(clause: &str) -> String {
    publish::html::anchor(&notice::model::ClauseId(clause.to_owned()))
}

/// What wants somebody: what is broken, then what is due, the earliest day first.
fn attention(app: &App, published: &Published, kept: &[Kept], today: Date) -> Vec<Attention> {
    let mut pressing: Vec<&Kept> = kept
        .iter()
        .filter(|k| {
            k.verdict == promises::Verdict::Broken
                || (k.verdict == promises::Verdict::Due && k.due.is_some())
        })
        .collect();
    pressing.sort_by_key(|k| (k.verdict != promises::Verdict::Broken, k.due));
    pressing
        .into_iter()
        .take(PRESSING)
        .map(|k| Attention {
            verdict: verdict(k.verdict),
            to: format!("#{}", anchor(&k.clause)),
            words: match k.due {
                Some(due) => format!(
                    "{}, {}",
                    cite::called(app, published, &k.clause),
                    cite::left(today, due)
                ),
                None => cite::called(app, published, &k.clause),
            },
        })
        .collect()
}

/// What a notice is.
pub(super) fn head(published: &Published) -> Head {
    let notice = &published.notice;
    let said = audience(notice);
    Head {
        project: notice.project.clone(),
        reference: notice.reference.clone(),
        version: notice.version,
        dated: When::day(notice.dated),
        audience: if said.is_empty() {
            "everybody who takes part".to_owned()
        } else {
            said
        },
        superseded: None,
    }
}

fn versions(app: &App, published: &Published) -> Outcome<Vec<VersionLine>> {
    let name = &published.notice.name;
    Ok(changes::versions(&app.desk, name)?
        .into_iter()
        .map(|line| VersionLine {
            number: line.version,
            to: format!("/notices/{name}/{}", line.version),
            dated: When::day(line.dated),
            what: sentence(&line.what),
            current: line.version == published.notice.version,
        })
        .collect())
}

/// A notice by its title, leading to its promises.
pub(super) fn linked(published: &Published) -> Link {
    Link::new(
        &format!("/desk/notices/{}", published.notice.name),
        &title(&published.notice),
    )
}
