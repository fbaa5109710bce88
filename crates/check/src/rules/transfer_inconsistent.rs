#![doc = include_str!("transfer_inconsistent.md")]

use super::Rule;
use crate::facts::Facts;
use crate::finding::{Finding, Severity};

/// See the page above.
pub const RULE: Rule = Rule {
    code: "transfer-inconsistent",
    severity: Severity::Warning,
    law: &["UK GDPR Art 13(1)(f)", "UK GDPR Art 5(1)(a)"],
    from: None,
    until: None,
    doc: include_str!("transfer_inconsistent.md"),
    judge,
};

fn judge(facts: &Facts, found: &mut Vec<Finding>) {
    let wording = &facts.wording;
    let heard = &wording.heard;
    let Some(stays) = heard.stays.first() else {
        return;
    };
    let claim = if stays.what.never {
        "data are said never to leave the United Kingdom"
    } else {
        "leaving the United Kingdom is called unlikely"
    };
    let help = "say which data go where, and what protects them there; or use tools that keep them at home, and say that";
    let gone = heard
        .leaves
        .iter()
        .find(|l| stays.what.never && l.what.country.is_some() && l.span != stays.span);
    if let Some((gone, (_, country))) = gone.and_then(|g| g.what.country.map(|c| (g, c))) {
        let message = format!("{claim}, but here they go to {country}");
        // A safeguard told beside the country shows that it is no secret: the claim may be about all the rest.
        let severity = if gone.what.possible || gone.what.vague_safeguard {
            Severity::Warning
        } else {
            Severity::Error
        };
        found.push(RULE.weighing(severity, &wording.place(gone), message, help));
        return;
    }
    let names: Vec<String> = heard
        .tools
        .iter()
        .filter(|t| !t.what.kept_near)
        .map(|t| format!("`{}`", t.what.name))
        .collect();
    // Whoever says plainly that data go abroad does not hide the tool.
    let open = heard
        .leaves
        .iter()
        .any(|l| l.what.country.is_some() || !l.what.possible);
    if !names.is_empty() && !open {
        let message = format!(
            "{claim}, but {} {} abroad",
            names.join(", "),
            if names.len() == 1 {
                "has its home"
            } else {
                "have their homes"
            }
        );
        found.push(RULE.finding(&wording.place(stays), message, help));
    }
}
