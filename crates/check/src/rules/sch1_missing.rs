#![doc = include_str!("sch1_missing.md")]

use notice::reading::{Slip, Telling};

use super::Rule;
use crate::facts::Facts;
use crate::finding::{Finding, Severity};

/// See the page above.
pub const RULE: Rule = Rule {
    code: "sch1-missing",
    severity: Severity::Warning,
    law: &["DPA 2018 s 10(2)", "DPA 2018 s 10(3)"],
    from: None,
    until: None,
    doc: include_str!("sch1_missing.md"),
    judge,
};

fn judge(facts: &Facts, found: &mut Vec<Finding>) {
    let duties = &facts.duties;
    if duties.tellings.contains(&Telling::Schedule1) {
        return;
    }
    // One finding for the notice: the first condition that leans on the Schedule.
    let Some(first) = duties.leaning.first() else {
        if let Some(slip) = duties.slips.iter().find(|s| s.what == Slip::Substantial) {
            let message = format!(
                "`{}` leans on substantial public interest, which means nothing without a paragraph of Schedule 1 to the Data Protection Act 2018",
                slip.words
            );
            found.push(RULE.weighing(Severity::Error, &slip.place, message, PART_2));
        }
        return;
    };
    let substantial = first.what == law::Condition::SubstantialPublicInterest;
    let severity = if substantial {
        Severity::Error
    } else {
        Severity::Warning
    };
    let message = format!(
        "`{}` holds only together with a condition of Schedule 1 to the Data Protection Act 2018, and the notice names none",
        first.words
    );
    let help = match first.what {
        law::Condition::Research => {
            "add `and paragraph 4 of Schedule 1 to the Data Protection Act 2018`"
        }
        law::Condition::Employment => {
            "add `and paragraph 1 of Schedule 1 to the Data Protection Act 2018`"
        }
        law::Condition::HealthCare => {
            "add `and paragraph 2 of Schedule 1 to the Data Protection Act 2018`"
        }
        law::Condition::PublicHealth => {
            "add `and paragraph 3 of Schedule 1 to the Data Protection Act 2018`"
        }
        _ => PART_2,
    };
    found.push(RULE.weighing(severity, &first.place, message, help));
}

const PART_2: &str = "name the paragraph of Part 2 of Schedule 1, such as paragraph 8 for equality monitoring or 18 for safeguarding";
