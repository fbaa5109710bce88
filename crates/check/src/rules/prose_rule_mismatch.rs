#![doc = include_str!("prose_rule_mismatch.md")]

use std::collections::BTreeSet;

use notice::Notice;
use notice::model::{Block, Length, Prose, Rule as Clause, Section, Sentence, Span, Unit};
use notice::reading::{self, Day, Time, Told};

use super::Rule;
use crate::facts::Facts;
use crate::finding::{Finding, Place, Severity};

/// See the page above.
pub const RULE: Rule = Rule {
    code: "prose-rule-mismatch",
    severity: Severity::Error,
    law: &["UK GDPR Art 5(1)(a)"],
    from: None,
    until: None,
    doc: include_str!("prose_rule_mismatch.md"),
    judge,
};

type Plain = (u32, Unit);

fn judge(facts: &Facts, found: &mut Vec<Finding>) {
    let Some(notice) = facts.notice else { return };
    let ruled = Ruled::of(notice.rules());
    let all_words: String = words_of(notice).to_lowercase();
    let told_anywhere: BTreeSet<Plain> = notice
        .sections
        .iter()
        .flat_map(prose_of)
        .flat_map(|p| lengths(&reading::read_prose(p)).collect::<Vec<_>>())
        .map(|(plain, _, _)| plain)
        .collect();
    for section in notice.sections.iter().filter(|s| !s.heading.is_empty()) {
        let here = Ruled::of(rules_of(section));
        for prose in prose_of(section).filter(|p| !p.information_only) {
            let told = reading::read_prose(prose);
            lengths_without_rule(section, prose, &told, &here, &ruled, found);
            places_without_rule(notice, section, &told, &ruled, found);
            for (count, span) in &told.crowds {
                if !here.crowds.is_empty() && !here.crowds.contains(count) {
                    let message = format!(
                        "the words speak of fewer than {count}, the rules here suppress below {}",
                        list(&here.crowds)
                    );
                    found.push(RULE.finding(
                        &place(section, *span),
                        message,
                        "say the same number in both",
                    ));
                }
            }
        }
        if prose_of(section).next().is_some() {
            rules_without_words(notice, section, &told_anywhere, &all_words, found);
        }
    }
}

/// What rules say in numbers and addresses.
#[derive(Default)]
struct Ruled {
    lengths: BTreeSet<Plain>,
    crowds: BTreeSet<u32>,
    days: Vec<Day>,
    /// Every rule as written, in lower case.
    text: String,
    phones: BTreeSet<String>,
}

impl Ruled {
    fn of<'n>(rules: impl Iterator<Item = &'n Clause>) -> Ruled {
        let mut ruled = Ruled::default();
        for rule in rules {
            let told = reading::told(&rule.text, 0);
            ruled
                .lengths
                .extend(lengths(&told).map(|(plain, _, _)| plain));
            ruled.days.extend(told.dates.iter().map(|(d, _)| *d));
            ruled.phones.extend(told.phones.into_iter().map(|(p, _)| p));
            ruled.crowds.extend(match &rule.says {
                Sentence::Share(s) => s.suppress_below,
                Sentence::Release(r) => r.suppress_below,
                Sentence::Minimise(m) => m.below,
                _ => None,
            });
            ruled.text.push_str(&rule.text.to_lowercase());
            ruled.text.push('\n');
        }
        ruled
    }
}

/// Lengths with a number, the beat flag, and where they stand.
fn lengths(told: &Told) -> impl Iterator<Item = (Plain, bool, Span)> + '_ {
    told.lengths
        .iter()
        .filter_map(|(lasting, span)| match lasting.time {
            Time::Length(length) => Some((length.plain(), lasting.every, *span)),
            _ => None,
        })
}

fn prose_of(section: &Section) -> impl Iterator<Item = &Prose> {
    section.blocks.iter().filter_map(|b| match b {
        Block::Prose(prose) => Some(prose),
        Block::Rule(_) => None,
    })
}

fn rules_of(section: &Section) -> impl Iterator<Item = &Clause> {
    section.blocks.iter().filter_map(|b| match b {
        Block::Rule(rule) => Some(rule),
        Block::Prose(_) => None,
    })
}

fn words_of(notice: &Notice) -> String {
    notice
        .sections
        .iter()
        .flat_map(prose_of)
        .map(|p| p.text.as_str())
        .collect::<Vec<_>>()
        .join("\n")
}

fn place(section: &Section, span: Span) -> Place {
    Place {
        span,
        section: Some(section.heading.clone()),
    }
}

/// A length told in words that no rule carries.
fn lengths_without_rule(
    section: &Section,
    prose: &Prose,
    told: &Told,
    here: &Ruled,
    anywhere: &Ruled,
    found: &mut Vec<Finding>,
) {
    for (plain, every, span) in lengths(told) {
        if here.lengths.contains(&plain) || is_extension(prose, span) {
            continue;
        }
        let elsewhere = anywhere.lengths.contains(&plain);
        let severity = if elsewhere || every {
            Severity::Warning
        } else {
            Severity::Error
        };
        let message = if elsewhere {
            format!(
                "`{}` is told here, but only a rule in another section carries it",
                say(plain)
            )
        } else {
            format!("`{}` is told in words, but no rule carries it", say(plain))
        };
        let help =
            "write the rule that means it under these words, or tell the length that the rule has";
        found.push(RULE.weighing(severity, &place(section, span), message, help));
    }
}

/// `two further months`, which Article 12(3) allows for an answer: no promise that a rule could carry.
fn is_extension(prose: &Prose, span: Span) -> bool {
    let at = span.start.saturating_sub(prose.span.start);
    let before: String = prose
        .markdown
        .char_indices()
        .filter(|(i, _)| *i < at && *i + 60 >= at)
        .map(|(_, c)| c)
        .collect();
    let after: String = prose
        .markdown
        .char_indices()
        .skip_while(|(i, _)| *i < at)
        .take(40)
        .map(|(_, c)| c)
        .collect();
    let near = format!("{before}{after}").to_lowercase();
    [
        "further",
        "extend",
        "extra",
        "additional",
        "longer",
        "more time",
        "two more",
    ]
    .iter()
    .any(|w| near.contains(w))
        && near.contains("month")
}

/// An address, a number, a reference or a day told in words that no rule knows.
fn places_without_rule(
    notice: &Notice,
    section: &Section,
    told: &Told,
    ruled: &Ruled,
    found: &mut Vec<Finding>,
) {
    let mut put = |severity: Severity, span: Span, what: &str, said: &str| {
        let message = format!("the {what} `{said}` is told in words, but no rule knows it");
        let help = format!("put the {what} into the rule that it belongs to, or correct the words");
        found.push(RULE.weighing(severity, &place(section, span), message, help));
    };
    for (mail, span) in told
        .mails
        .iter()
        .filter(|(m, _)| !ruled.text.contains(m.as_str()))
    {
        put(Severity::Error, *span, "e-mail address", mail);
    }
    for (phone, span) in told
        .phones
        .iter()
        .filter(|(p, _)| !ruled.phones.contains(p))
    {
        put(Severity::Error, *span, "telephone number", phone);
    }
    for (code, span) in &told.postcodes {
        if !ruled.text.contains(&code.to_lowercase()) {
            put(Severity::Error, *span, "post code", code);
        }
    }
    for (reference, span) in &told.references {
        if *reference != notice.reference && !ruled.text.contains(reference.as_str()) {
            put(Severity::Error, *span, "reference", reference);
        }
    }
    for (url, span) in &told.urls {
        let bare = bare(url);
        if !ruled.text.contains(&bare) {
            put(Severity::Warning, *span, "web address", url);
        }
    }
    for (day, span) in &told.dates {
        let known = ruled
            .days
            .iter()
            .any(|d| d.first <= day.last && day.first <= d.last);
        if !known {
            put(Severity::Warning, *span, "date", &day.last.to_string());
        }
    }
}

/// A web address without what does not matter: `ico.org.uk/make-a-complaint`
fn bare(url: &str) -> String {
    let lower = url.to_lowercase();
    let host = lower
        .trim_start_matches("https://")
        .trim_start_matches("http://")
        .trim_start_matches("www.");
    host.trim_end_matches('/').to_owned()
}

/// A `keep` whose length is not told, a recipient who is not named.
fn rules_without_words(
    notice: &Notice,
    section: &Section,
    told: &BTreeSet<Plain>,
    words: &str,
    found: &mut Vec<Finding>,
) {
    for rule in rules_of(section) {
        let at = place(section, rule.span);
        match &rule.says {
            Sentence::Keep(keep) => {
                let Some(length) = keep.until.plus.map(Length::plain) else {
                    continue;
                };
                if !told.contains(&length) {
                    let message = format!(
                        "data are kept for `{}` here, but the words do not say so",
                        say(length)
                    );
                    found.push(RULE.finding(
                        &at,
                        message,
                        "tell people the length in words above the rule",
                    ));
                }
            }
            Sentence::Share(share) if !share.any => {
                let Some((_, party)) = notice.partners().find(|(_, p)| p.name == share.with) else {
                    continue;
                };
                let first = party
                    .full_name
                    .split_whitespace()
                    .find(|w| !w.eq_ignore_ascii_case("the"));
                let named = first.is_some_and(|f| words.contains(&f.to_lowercase()))
                    || words.contains(&party.name.replace('-', " "));
                if !named {
                    let message = format!(
                        "`{}` gets data here, but the words do not name it",
                        party.full_name
                    );
                    found.push(RULE.weighing(
                        Severity::Warning,
                        &at,
                        message,
                        "name it in the words above the rule",
                    ));
                }
            }
            _ => {}
        }
    }
}

fn say((count, unit): Plain) -> String {
    let (count, word) = match unit {
        Unit::Day => (count, "day"),
        Unit::Week => (count, "week"),
        Unit::Month if count % 12 == 0 => (count / 12, "year"),
        Unit::Month => (count, "month"),
        Unit::Year => (count, "year"),
    };
    format!("{count} {word}{}", if count == 1 { "" } else { "s" })
}

fn list(numbers: &BTreeSet<u32>) -> String {
    numbers
        .iter()
        .map(u32::to_string)
        .collect::<Vec<_>>()
        .join(" and ")
}
