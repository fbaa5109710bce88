#![doc = include_str!("date_stale.md")]

use super::Rule;
use crate::facts::{Facts, Form};
use crate::finding::{Finding, Severity};

/// See the page above.
pub const RULE: Rule = Rule {
    code: "date-stale",
    severity: Severity::Error,
    law: &["UK GDPR Art 13(2)(a)", "UK GDPR Art 5(1)(a)"],
    from: None,
    until: None,
    doc: include_str!("date_stale.md"),
    judge,
};

fn judge(facts: &Facts, found: &mut Vec<Finding>) {
    for planned in &facts.planned {
        let what = planned
            .event
            .as_ref()
            .map_or_else(|| "a day".to_owned(), |e| format!("`{e}`"));
        let dated = facts
            .dated
            .as_ref()
            .map(|(d, _)| *d)
            .filter(|d| planned.last < *d);
        if let Some(dated) = dated {
            let message = format!(
                "{what} is said to lie ahead on {}, but this version is dated {dated}",
                planned.last
            );
            let help = match facts.form {
                Form::Literate => "give the new planned day, and keep the old one as `was-planned`",
                Form::Prose => {
                    "say what has happened, or the new day; time that is counted from it cannot be known otherwise"
                }
            };
            found.push(RULE.finding(&planned.place, message, help));
        } else if planned.last < facts.as_at {
            let message = format!("{what} was planned for {}, which has passed", planned.last);
            let help =
                "if it has happened, say so; if it has slipped, publish a version with the new day";
            found.push(RULE.weighing(Severity::Warning, &planned.place, message, help));
        }
    }
    let wording = &facts.wording;
    for due in &wording.heard.overdue {
        let message = format!(
            "something was due by {}, and nothing says whether it came",
            due.what.last
        );
        let help = "say what has happened; time that is counted from it cannot be known otherwise";
        if due.what.last < facts.as_at {
            found.push(RULE.weighing(Severity::Warning, &wording.place(due), message, help));
        }
    }
    for review in &wording.heard.reviews {
        let message = format!(
            "the notice was to be looked at again by {}, which has passed",
            review.what.last
        );
        let help = "look at it, and give it a new version or a new day";
        if review.what.last < facts.as_at {
            found.push(RULE.weighing(Severity::Warning, &wording.place(review), message, help));
        }
    }
}
