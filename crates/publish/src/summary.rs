//! The whole notice on one page, for whoever has one minute: who, what, why, who sees it, how long, your rights, and where to complain.
//!
//! The first layer that Article 12(1) UK GDPR and the regulator's guidance on the right to be informed ask for. It is made from
//! the rules alone, so it cannot promise what the machine does not keep.

use crate::markdown::{escape, linked};
use crate::words::{self, act, phrase};
use notice::model::{ClauseId, Notice, Rule, Sentence};
use serde::Serialize;

/// One question of the summary with its answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Answer {
    /// `who`, `what`, `why`, `who-sees`, `how-long`, `rights`, `complain`
    pub slug: &'static str,
    /// `Who are we?`
    pub question: &'static str,
    /// The answers, each with the clauses it is taken from.
    pub points: Vec<Point>,
}

/// One line of an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Point {
    /// Plain text.
    pub text: String,
    /// What it is taken from.
    pub clauses: Vec<ClauseId>,
}

/// The one-page layer of a notice: seven questions, without those that no rule answers.
#[must_use]
pub fn summary(notice: &Notice) -> Vec<Answer> {
    let answer = |slug, question, points: Vec<Point>| Answer {
        slug,
        question,
        points,
    };
    let said = |wanted: fn(&Sentence) -> bool| -> Vec<Point> {
        notice
            .rules()
            .filter(|r| wanted(&r.says))
            .map(|r| whole(notice, r))
            .collect()
    };
    let mut answers = vec![
        answer(
            "who",
            "Who are we?",
            said(|s| matches!(s, Sentence::Controller(_) | Sentence::Partner(_))),
        ),
        answer("what", "What do we hold?", what(notice)),
        answer("why", "Why?", why(notice)),
        answer("who-sees", "Who else sees it?", who_sees(notice)),
        answer(
            "how-long",
            "How long?",
            said(|s| matches!(s, Sentence::Keep(_) | Sentence::EraseLimit(_))),
        ),
        answer("rights", "What can you ask for?", rights(notice)),
        answer(
            "complain",
            "Where can you turn?",
            said(|s| matches!(s, Sentence::Contact(_) | Sentence::Complaint(_))),
        ),
    ];
    answers.retain(|a| !a.points.is_empty());
    answers
}

/// The summary as HTML: a section with a list for each question, headings at the third level.
#[must_use]
pub fn html(notice: &Notice) -> String {
    let mut out = String::new();
    for answer in summary(notice) {
        out += &format!(
            "<section class=\"answer\" id=\"in-short-{}\">\n",
            answer.slug
        );
        out += &format!("<h3>{}</h3>\n<ul>\n", escape(answer.question));
        for point in &answer.points {
            out += &format!("<li>{}</li>\n", linked(&point.text));
        }
        out += "</ul>\n</section>\n";
    }
    out
}

fn whole(notice: &Notice, rule: &Rule) -> Point {
    Point {
        text: words::sentence(notice, rule),
        clauses: vec![rule.id.clone()],
    }
}

fn what(notice: &Notice) -> Vec<Point> {
    notice
        .data()
        .map(|(rule, group)| Point {
            text: format!(
                "{}: {}.",
                words::group_name(notice, &group.name),
                phrase::names(&group.items, "and")
            ),
            clauses: vec![rule.id.clone()],
        })
        .collect()
}

fn why(notice: &Notice) -> Vec<Point> {
    let mut points: Vec<Point> = notice
        .purposes()
        .map(|(rule, purpose)| Point {
            text: format!("{}.", phrase::capital(&phrase::aim(&purpose.words))),
            clauses: vec![rule.id.clone()],
        })
        .collect();
    points.extend(
        notice
            .rules()
            .filter(|r| matches!(r.says, Sentence::Never(_)))
            .map(|r| whole(notice, r)),
    );
    points
}

/// One line for each recipient: who, and what; the purposes are in the notice itself.
fn who_sees(notice: &Notice) -> Vec<Point> {
    struct Seen {
        with: String,
        data: Vec<String>,
        careful: bool,
        clauses: Vec<ClauseId>,
    }
    let mut all: Vec<Seen> = Vec::new();
    for (rule, share) in notice.shares() {
        let with = if share.any {
            format!("any {} we have reviewed", phrase::plain(&share.with))
        } else {
            phrase::party(notice, &share.with)
        };
        let careful = share.after_remove_identity;
        match all
            .iter_mut()
            .find(|s| s.with == with && s.careful == careful)
        {
            Some(seen) => {
                seen.data.extend(share.data.iter().cloned());
                seen.clauses.push(rule.id.clone());
            }
            None => all.push(Seen {
                with,
                data: share.data.clone(),
                careful,
                clauses: vec![rule.id.clone()],
            }),
        }
    }
    let mut points: Vec<Point> = all
        .into_iter()
        .map(|mut seen| {
            let mut unique = Vec::new();
            seen.data.retain(|d| {
                let new = !unique.contains(d);
                unique.push(d.clone());
                new
            });
            let how = if seen.careful {
                ", with nobody recognisable in it"
            } else {
                ""
            };
            Point {
                text: format!(
                    "{}: {}{how}.",
                    phrase::capital(&seen.with),
                    phrase::data(notice, &seen.data)
                ),
                clauses: seen.clauses,
            }
        })
        .collect();
    let others = |s: &Sentence| matches!(s, Sentence::Transfer(_) | Sentence::Disclose(_));
    points.extend(
        notice
            .rules()
            .filter(|r| others(&r.says))
            .map(|r| whole(notice, r)),
    );
    points
}

/// The rights in one line, for nobody reads the same opening six times; then what they cost.
fn rights(notice: &Notice) -> Vec<Point> {
    let mut acts: Vec<&str> = Vec::new();
    let mut clauses = Vec::new();
    for (rule, right) in notice.rights().filter(|(_, r)| r.not_offered.is_none()) {
        clauses.push(rule.id.clone());
        for right in &right.rights {
            if !acts.contains(&act(*right)) {
                acts.push(act(*right));
            }
        }
    }
    let mut points = Vec::new();
    if !acts.is_empty() {
        points.push(Point {
            text: format!("You can {}.", phrase::list(&acts, "or")),
            clauses,
        });
    }
    // The longest time that any of them may take: what a person can count on for all.
    let slowest = notice
        .rights()
        .filter_map(|(rule, r)| Some((rule, r.answer_within?)))
        .max_by_key(|(_, within)| {
            let days = match within.unit {
                notice::model::Unit::Day => 1,
                notice::model::Unit::Week => 7,
                notice::model::Unit::Month => 31,
                notice::model::Unit::Year => 366,
            };
            u64::from(within.count) * days
        });
    if let Some((rule, within)) = slowest {
        points.push(Point {
            text: format!("We answer within {}.", phrase::length(within)),
            clauses: vec![rule.id.clone()],
        });
    }
    points.extend(notice.fees().map(|(rule, _)| whole(notice, rule)));
    points
}
