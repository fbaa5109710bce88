#![doc = include_str!("readability.md")]

use super::Rule;
use crate::facts::Facts;
use crate::finding::{Finding, Severity};

/// See the page above.
pub const RULE: Rule = Rule {
    code: "readability",
    severity: Severity::Advice,
    law: &["UK GDPR Art 12(1)"],
    from: None,
    until: None,
    doc: include_str!("readability.md"),
    judge,
};

fn judge(facts: &Facts, found: &mut Vec<Finding>) {
    let wording = &facts.wording;
    let read = &wording.heard.readability;
    let limit = if read.young { 7.0 } else { 10.0 };
    if let Some(grade) = read.whole.grade.filter(|g| *g > limit) {
        let severity = if read.young && grade > 9.0 {
            Severity::Warning
        } else {
            Severity::Advice
        };
        let message = format!(
            "this reads like a text for people of about {:.0}: grade {grade:.1}, {} sentences of more than {LONGEST} words, the longest of {}",
            grade + 5.0,
            read.long.len(),
            read.whole.longest
        );
        let help = if read.young {
            "write for the youngest reader: one thought a sentence, at most 15 words, no word of lawyers"
        } else {
            "one thought a sentence, at most 20 words; plain words; say who does it"
        };
        found.push(RULE.weighing(severity, &facts.start, message, help));
    }
    if read.whole.sentences >= 20 && read.whole.passive * 5 > read.whole.sentences * 2 {
        let message = format!(
            "{} of {} sentences do not say who does it",
            read.whole.passive, read.whole.sentences
        );
        found.push(RULE.finding(
            &facts.start,
            message,
            "write `we keep your data` instead of `your data are kept`",
        ));
    }
    let mut long: Vec<_> = read.long.iter().collect();
    long.sort_by_key(|s| (std::cmp::Reverse(s.what), s.span.start));
    for said in long.into_iter().take(MOST) {
        let message = format!("this sentence has {} words", said.what);
        let help = "make two or three of it; a list often helps";
        found.push(RULE.finding(&wording.place(said), message, help));
    }
    for said in read.legalese.iter().take(MOST) {
        let (word, plain) = &said.what;
        let message = format!("`{word}` is a word of lawyers");
        let finding = RULE.finding(&wording.place(said), message, format!("write `{plain}`"));
        found.push(finding.fixed(said.span, *plain, false));
    }
}

/// A sentence of this many words or fewer can be followed.
const LONGEST: usize = 25;

/// So many sentences, and so many words, are told.
const MOST: usize = 10;
