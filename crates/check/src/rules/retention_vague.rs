#![doc = include_str!("retention_vague.md")]

use super::Rule;
use crate::facts::{Facts, Form, Term};
use crate::finding::{Finding, Severity};

/// See the page above.
pub const RULE: Rule = Rule {
    code: "retention-vague",
    severity: Severity::Warning,
    law: &["UK GDPR Art 13(2)(a)", "UK GDPR Art 14(2)(a)"],
    from: None,
    until: None,
    doc: include_str!("retention_vague.md"),
    judge,
};

fn judge(facts: &Facts, found: &mut Vec<Finding>) {
    let wording = &facts.wording;
    let mut general = false;
    for said in &wording.heard.vague_keeping {
        if said.what.general && (wording.keeps_told || general || facts.notice.is_some()) {
            continue;
        }
        general |= said.what.general;
        let message = format!("`{}` does not say how long data are kept", said.what.words);
        let help = "give a length and the event it is counted from, or the criteria that decide it";
        found.push(RULE.finding(&wording.place(said), message, help));
    }
    // `deleted once transcribed`: nobody says when that is, so a recording may lie for years.
    let recordings = || {
        facts
            .keeps
            .iter()
            .filter(|k| k.what.contains("recordings") && k.holder.is_empty())
    };
    let ends = recordings().any(|k| !matches!(k.term, Term::Event));
    if facts.form == Form::Prose
        && !ends
        && let Some(first) = recordings().find(|k| k.anchor.as_deref() == Some("the transcript"))
    {
        found.push(RULE.weighing(
            Severity::Advice,
            &first.place,
            "the recording goes once something is done with it, but nothing says when that is at the latest",
            "add a last day: `and in any case within three months of the interview`",
        ));
    }
}
