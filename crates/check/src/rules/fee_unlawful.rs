#![doc = include_str!("fee_unlawful.md")]

use notice::reading::Slip;

use super::Rule;
use crate::facts::Facts;
use crate::finding::{Finding, Severity};

/// See the page above.
pub const RULE: Rule = Rule {
    code: "fee-unlawful",
    severity: Severity::Error,
    law: &["UK GDPR Art 12(5)"],
    from: None,
    until: None,
    doc: include_str!("fee_unlawful.md"),
    judge,
};

fn judge(facts: &Facts, found: &mut Vec<Finding>) {
    for slip in &facts.duties.slips {
        let words = &slip.words;
        match slip.what {
            Slip::Fee => found.push(RULE.finding(
                &slip.place,
                format!("`{words}` asks for money for using a right, which is free"),
                "say that it is free; a fee is possible only where a request is manifestly unfounded or excessive, or for further copies",
            )),
            Slip::ClearlyUnfounded { access } => {
                let (severity, message) = if access {
                    (Severity::Warning, format!("`{words}` speaks of access alone and of `clearly` unfounded requests; the law speaks of manifestly unfounded or excessive ones under any right"))
                } else {
                    (Severity::Advice, format!("`{words}`: the law says `manifestly` unfounded or excessive, which is more than clearly"))
                };
                found.push(RULE.weighing(
                    severity,
                    &slip.place,
                    message,
                    "write `manifestly unfounded or excessive`, and that people hear the reason and how to complain",
                ));
            }
            _ => {}
        }
    }
}
