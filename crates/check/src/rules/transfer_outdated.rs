#![doc = include_str!("transfer_outdated.md")]

use super::Rule;
use crate::facts::{Facts, Form};
use crate::finding::{Finding, Severity};

/// See the page above.
pub const RULE: Rule = Rule {
    code: "transfer-outdated",
    severity: Severity::Error,
    law: &["UK GDPR Art 44A", "UK GDPR Art 45A", "UK GDPR Art 46"],
    from: Some(jiff::civil::date(2021, 1, 1)),
    until: None,
    doc: include_str!("transfer_outdated.md"),
    judge,
};

fn judge(facts: &Facts, found: &mut Vec<Finding>) {
    for transfer in &facts.transfers {
        let border = transfer.what.contains("border");
        let unnamed = transfer.what.ends_with("whose");
        let severity = if transfer.british || border || unnamed {
            Severity::Warning
        } else {
            Severity::Error
        };
        let message = if border {
            format!(
                "data are said to leave at {}; the law here asks whether they leave the United Kingdom",
                transfer.what
            )
        } else {
            format!(
                "leaving the United Kingdom is made to rest on {}, which does not suffice",
                transfer.what
            )
        };
        let help = match facts.form {
            Form::Literate => "use `only adequate, IDTA, UK-addendum`, and say the same in words",
            Form::Prose => {
                "write: countries that UK regulations approve, the International Data Transfer Agreement, or European clauses with the UK Addendum"
            }
        };
        found.push(RULE.weighing(severity, &transfer.place, message, help));
    }
}
