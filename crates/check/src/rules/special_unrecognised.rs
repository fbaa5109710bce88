#![doc = include_str!("special_unrecognised.md")]

use law::category::Sensitivity;
use notice::reading::Slip;

use super::Rule;
use crate::facts::Facts;
use crate::finding::{Finding, Severity};

/// See the page above.
pub const RULE: Rule = Rule {
    code: "special-unrecognised",
    severity: Severity::Error,
    law: &["UK GDPR Art 9(1)", "UK GDPR Art 5(1)(a)"],
    from: None,
    until: None,
    doc: include_str!("special_unrecognised.md"),
    judge,
};

const HELP: &str =
    "take the sentence out, and name the condition of Article 9(2) under which you use those data";

fn judge(facts: &Facts, found: &mut Vec<Finding>) {
    let duties = &facts.duties;
    for slip in &duties.slips {
        let denies = slip.what == Slip::DeniesSpecial;
        if denies || slip.what == Slip::CallsOrdinary {
            // The words that deny do not list; what is listed stands in another sentence.
            let held = facts
                .sensitive
                .iter()
                .filter(|s| s.place.span != slip.place.span);
            let listed = held
                .clone()
                .find(|s| matches!(s.what, Sensitivity::Special(_)));
            let hinted = held.clone().find(|s| s.what == Sensitivity::Inferred);
            let (severity, other) = match (listed, hinted) {
                (Some(s), _) => (Severity::Error, s),
                (None, Some(s)) => (Severity::Warning, s),
                (None, None) => match &duties.undenied {
                    Some(told) if told.place.span != slip.place.span => {
                        let message = format!(
                            "`{}` is not so: `{}` is special category data ({})",
                            slip.words,
                            told.words,
                            told.what.word()
                        );
                        found.push(RULE.finding(&slip.place, message, HELP));
                        continue;
                    }
                    _ => continue,
                },
            };
            let message = format!(
                "`{}` is not so: `{}` is special category data ({})",
                slip.words,
                other.name,
                other.what.word()
            );
            found.push(RULE.weighing(severity, &slip.place, message, HELP));
        }
    }
    let silent = duties.special.is_empty() && !duties.condition;
    if let Some(slip) = duties
        .slips
        .iter()
        .find(|s| silent && s.what == Slip::FreeText)
    {
        let message = format!(
            "`{}` lets people write about their health or beliefs, and the notice does not reckon with it",
            slip.words
        );
        let help = "ask people not to write such things there, or name the condition under which you use them if they do";
        found.push(RULE.weighing(Severity::Warning, &slip.place, message, help));
    }
}
