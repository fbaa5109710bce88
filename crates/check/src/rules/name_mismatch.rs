#![doc = include_str!("name_mismatch.md")]

use super::Rule;
use crate::facts::{Facts, Form};
use crate::finding::{Finding, Severity};

/// See the page above.
pub const RULE: Rule = Rule {
    code: "name-mismatch",
    severity: Severity::Warning,
    law: &["UK GDPR Art 12(2)"],
    from: None,
    until: None,
    doc: include_str!("name_mismatch.md"),
    judge,
};

fn judge(facts: &Facts, found: &mut Vec<Finding>) {
    for said in &facts.wording.heard.renamed {
        let body = &said.what;
        let Ok(since) = body.since.parse::<jiff::civil::Date>() else {
            continue;
        };
        if facts.as_at < since {
            continue;
        }
        let message = format!(
            "`{}` has had another name since {since}: its work is done by {}",
            body.old, body.new
        );
        let help = "name the body as it is called today, so that people reach who answers for their data now";
        found.push(RULE.finding(&facts.wording.place(said), message, help));
    }
    let Some((first, _)) = facts.names.first() else {
        return;
    };
    let mut told: Vec<Vec<String>> = Vec::new();
    for (name, place) in facts.names.iter().skip(1) {
        let (a, b) = (words(first), words(name));
        let shared = b.iter().filter(|w| a.contains(w)).count();
        // Names with nothing in common are names of different things.
        let alike = shared * 2 >= a.len().min(b.len()) && shared >= 1;
        if a == b || !alike || *place == facts.start || told.contains(&b) {
            continue;
        }
        told.push(b);
        let message = format!("the project is called `{name}` here and `{first}` elsewhere");
        let help = match facts.form {
            Form::Literate => "use one name; or declare the other: `project \"…\" also \"…\"`",
            Form::Prose => "use one name, so that a message that quotes it finds its way",
        };
        found.push(RULE.finding(place, message, help));
    }
}

/// The words that carry a name, in order, without their endings.
fn words(name: &str) -> Vec<String> {
    name.to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| {
            !w.is_empty()
                && !matches!(
                    *w,
                    "the" | "of" | "and" | "a" | "for" | "in" | "project" | "study"
                )
        })
        .map(|w| w.strip_suffix('s').unwrap_or(w).to_owned())
        .collect()
}
