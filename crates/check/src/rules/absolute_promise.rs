#![doc = include_str!("absolute_promise.md")]

use notice::reading::Absolute;

use super::Rule;
use crate::facts::Facts;
use crate::finding::{Finding, Severity};

/// See the page above.
pub const RULE: Rule = Rule {
    code: "absolute-promise",
    severity: Severity::Warning,
    law: &["UK GDPR Art 5(1)(a)"],
    from: None,
    until: None,
    doc: include_str!("absolute_promise.md"),
    judge,
};

fn judge(facts: &Facts, found: &mut Vec<Finding>) {
    let wording = &facts.wording;
    let severity = match facts.form {
        crate::facts::Form::Literate => Severity::Advice,
        crate::facts::Form::Prose => Severity::Warning,
    };
    for said in &wording.heard.absolutes {
        let words = said.what.words();
        let (message, help) = match &said.what {
            Absolute::Unidentified(_) => (
                format!("`{words}` is promised without an exception"),
                "say what is done about it: names and places taken out, small groups left out, a second person who reads it first",
            ),
            Absolute::Safe(_) => (
                format!("`{words}` is more than anybody can promise"),
                "say what protects the data instead of that nothing can happen",
            ),
            Absolute::Guarantee(_) => (
                format!("`{words}`: a guarantee that nobody can give"),
                "say what is done instead of what is guaranteed",
            ),
            Absolute::Unshared(_) => (
                format!(
                    "`{words}` leaves out the law, which may demand it, and everybody who works for the project"
                ),
                "say who gets the data, and name the exceptions",
            ),
        };
        found.push(RULE.weighing(severity, &wording.place(said), message, help));
    }
}
