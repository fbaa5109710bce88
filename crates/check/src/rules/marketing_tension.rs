#![doc = include_str!("marketing_tension.md")]

use notice::reading::{Aim, Slip};

use super::Rule;
use crate::facts::Facts;
use crate::finding::{Finding, Severity};

/// See the page above.
pub const RULE: Rule = Rule {
    code: "marketing-tension",
    severity: Severity::Warning,
    law: &["UK GDPR Art 21(2)", "PECR reg 22"],
    from: None,
    until: None,
    doc: include_str!("marketing_tension.md"),
    judge,
};

fn judge(facts: &Facts, found: &mut Vec<Finding>) {
    let duties = &facts.duties;
    let first = |what: Slip| duties.slips.iter().find(|s| s.what == what);
    let promotes = duties
        .slips
        .iter()
        .find(|s| s.what == Slip::Promotes)
        .map(|s| (s.words.clone(), s.place.clone()))
        .or_else(|| {
            let aimed = duties
                .aims
                .iter()
                .find(|a| a.purpose && a.aims.contains(&Aim::Marketing));
            aimed.map(|a| (a.name.clone(), a.place.clone()))
        });
    if let Some(never) = first(Slip::NoMarketing) {
        if let Some((words, _)) = &promotes {
            found.push(RULE.finding(
                &never.place,
                format!(
                    "`{}`, but `{words}` is marketing or near to it",
                    never.words
                ),
                "drop the promise, or drop the messages; if they are no marketing, say why",
            ));
        } else if let Some(others) = first(Slip::OthersMarketing) {
            found.push(RULE.finding(
                &others.place,
                format!(
                    "`{}` speaks of other organisations, which this notice cannot do",
                    others.words
                ),
                "take the sentence out",
            ));
        }
        return;
    }
    let object = first(Slip::ObjectMarketing);
    match (object, promotes) {
        (Some(right), Some((words, place)))
            if duties
                .aims
                .iter()
                .all(|a| !a.aims.contains(&Aim::Marketing)) =>
        {
            found.push(RULE.finding(
                &place,
                format!("`{words}` may be marketing, to which `{}` lets people object; the purposes name none", right.words),
                "say whether you send marketing; if so, make it a purpose with its basis and a way out of every message",
            ));
        }
        (Some(right), None) => {
            found.push(RULE.weighing(
                Severity::Advice,
                &right.place,
                format!(
                    "`{}` speaks of marketing, and no purpose is marketing",
                    right.words
                ),
                "take it out, or say that you send none",
            ));
        }
        _ => {}
    }
}
