#![doc = include_str!("source_missing.md")]

use notice::reading::{Slip, Telling};

use super::Rule;
use crate::facts::{Facts, Form};
use crate::finding::{Finding, Severity};

/// See the page above.
pub const RULE: Rule = Rule {
    code: "source-missing",
    severity: Severity::Warning,
    law: &["UK GDPR Art 14(2)(f)"],
    from: None,
    until: None,
    doc: include_str!("source_missing.md"),
    judge,
};

fn judge(facts: &Facts, found: &mut Vec<Finding>) {
    let duties = &facts.duties;
    let mut vague = false;
    for slip in &duties.slips {
        let words = &slip.words;
        let (message, help) = match slip.what {
            Slip::VagueSource => (
                format!("`{words}` does not say from whom data come"),
                "name the sources, or at least their kinds: `from your school and your council`",
            ),
            Slip::Unsourced => (
                format!("`{words}` does not say who passed the data on"),
                "say who gave you the data",
            ),
            Slip::MediaSource => (
                format!("`{words}` takes data from social media, which is not among the sources"),
                "list it with the sources, and say that it is open to everybody",
            ),
            _ => continue,
        };
        vague = true;
        found.push(RULE.finding(&slip.place, message, help));
    }
    if facts.silent_sources && facts.form == Form::Prose {
        found.push(RULE.weighing(
            Severity::Advice,
            &facts.start,
            "nothing says from whom the data come: from the people themselves, or from somebody else",
            "add one sentence: `you give us all of this yourself`, or name who else does",
        ));
    }
    let indirect = duties.tellings.contains(&Telling::Indirect);
    if !vague && indirect && !duties.tellings.contains(&Telling::PublicSource) {
        let place = duties.sources_at.as_ref().unwrap_or(&facts.start);
        found.push(RULE.weighing(
            Severity::Advice,
            place,
            "data come from others, and nothing says whether the source is open to the public",
            "add one sentence: `none of these sources is open to the public`",
        ));
    }
}
