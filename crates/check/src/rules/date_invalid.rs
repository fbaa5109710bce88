#![doc = include_str!("date_invalid.md")]

use notice::reading::OddDay;

use super::Rule;
use crate::facts::Facts;
use crate::finding::{Finding, Severity};

/// See the page above.
pub const RULE: Rule = Rule {
    code: "date-invalid",
    severity: Severity::Warning,
    law: &["UK GDPR Art 5(1)(a)"],
    from: None,
    until: None,
    doc: include_str!("date_invalid.md"),
    judge,
};

fn judge(facts: &Facts, found: &mut Vec<Finding>) {
    let wording = &facts.wording;
    for said in &wording.heard.odd_days {
        let place = wording.place(said);
        match &said.what {
            OddDay::Impossible(words) => found.push(RULE.weighing(
                Severity::Error,
                &place,
                format!("there is no day `{words}`"),
                "give the day that is meant",
            )),
            OddDay::MonthFirst(words) => found.push(RULE.weighing(
                Severity::Advice,
                &place,
                format!("`{words}` has the month before the day"),
                "write the month as a word: `23 August 2023`",
            )),
            OddDay::Ahead(words, day) => {
                let own = facts.dated.as_ref().map(|(d, _)| *d).filter(|d| d < day);
                if let Some(own) = own {
                    found.push(RULE.finding(
                        &place,
                        format!("`{words}` is told as past, but this version is dated {own}"),
                        "correct one of the two days",
                    ));
                }
            }
        }
    }
}
