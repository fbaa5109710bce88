#![doc = include_str!("transfer_unsafeguarded.md")]

use super::Rule;
use crate::facts::Facts;
use crate::finding::{Finding, Severity};

/// See the page above.
pub const RULE: Rule = Rule {
    code: "transfer-unsafeguarded",
    severity: Severity::Error,
    law: &[
        "UK GDPR Art 13(1)(f)",
        "UK GDPR Art 14(1)(f)",
        "UK GDPR Art 44A",
    ],
    from: None,
    until: None,
    doc: include_str!("transfer_unsafeguarded.md"),
    judge,
};

fn judge(facts: &Facts, found: &mut Vec<Finding>) {
    let wording = &facts.wording;
    let heard = &wording.heard;
    if heard.names_safeguard {
        let ruled = facts.notice.is_some_and(|n| n.transfers().next().is_some());
        if heard.by_contract
            && !heard.offers_copy
            && !ruled
            && let Some(first) = heard.leaves.first()
        {
            let message = "contracts protect what leaves the United Kingdom, but nothing says how to get a copy of them";
            let help = "add where to ask for a copy, or where to read it";
            found.push(RULE.weighing(Severity::Advice, &wording.place(first), message, help));
        }
        return;
    }
    if facts
        .notice
        .is_some_and(|n| n.transfers().any(|(_, t)| !t.only.is_empty()))
    {
        return;
    }
    let mut seen = std::collections::BTreeSet::new();
    for left in &heard.leaves {
        let approved = left
            .what
            .country
            .and_then(|(code, _)| law::transfer::approval(code, facts.as_at))
            .is_some_and(|a| a.only.is_none());
        let place = left.what.country.map_or("abroad", |(_, name)| name);
        // Where leaving is ruled out, words about `abroad` in general are no transfer.
        let ruled_out = left.what.country.is_none() && heard.stays.iter().any(|s| s.what.never);
        if ruled_out || !seen.insert(place) {
            continue;
        }
        let severity = if approved || left.what.vague_safeguard {
            Severity::Warning
        } else {
            Severity::Error
        };
        let message = if place == "abroad" {
            "data may leave the United Kingdom, and no safeguard is named".to_owned()
        } else {
            format!("data go to {place}, and nothing names what protects them there")
        };
        let help = if approved {
            "say that UK regulations approve the country"
        } else {
            "name what carries it: UK regulations that approve the country, the International Data Transfer Agreement, or European clauses with the UK Addendum"
        };
        found.push(RULE.weighing(severity, &wording.place(left), message, help));
    }
}
