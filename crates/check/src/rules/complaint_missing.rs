#![doc = include_str!("complaint_missing.md")]

use notice::reading::Route;

use super::Rule;
use crate::facts::{Facts, Form};
use crate::finding::{Finding, Severity};

/// See the page above.
pub const RULE: Rule = Rule {
    code: "complaint-missing",
    severity: Severity::Error,
    law: &["UK GDPR Art 13(2)(d)", "UK GDPR Art 14(2)(e)"],
    from: None,
    until: None,
    doc: include_str!("complaint_missing.md"),
    judge,
};

fn judge(facts: &Facts, found: &mut Vec<Finding>) {
    if facts.routes.iter().any(|(r, _)| *r == Route::Regulator) {
        return;
    }
    let place = facts.routes.first().map_or(&facts.start, |(_, p)| p);
    let help = match facts.form {
        Form::Literate => "add `complaint to ICO` with its address, telephone and web page",
        Form::Prose => "say that people can complain to the regulator, and how to reach it",
    };
    let severity = if facts.mentions.regulator {
        Severity::Warning
    } else {
        Severity::Error
    };
    found.push(RULE.weighing(
        severity,
        place,
        "nothing says that people can complain to the regulator",
        help,
    ));
}
