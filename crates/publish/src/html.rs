//! The promise as people read it, with the address of every rule that keeps it close by.
//!
//! A section is a run of parts: some words, and the clauses that stand under them, so that a page can put a margin
//! beside the words. What a notice leaves to its rules (who answers, how to reach them, the versions) is said from the rule.

use crate::{markdown, words};
use notice::model::{Block, ClauseId, Notice, Prose, Rule, Section, Sentence};
use serde::Serialize;

/// A section of a notice as HTML.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SectionHtml {
    /// The word of its clause ids, made unique on the page: `how-long`, and `about-2` where two sections share a word.
    pub slug: String,
    /// The heading as plain text, not yet escaped; empty for the opening.
    pub heading: String,
    /// Its parts in reading order.
    pub parts: Vec<PartHtml>,
}

/// Words, and the clauses that stand under them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PartHtml {
    /// Safe HTML: paragraphs, lists, tables.
    pub html: String,
    /// The rules under these words, in order.
    pub clauses: Vec<ClauseId>,
    /// The author says that nothing is promised here; so is a sub-heading.
    pub information_only: bool,
    /// The words were made from the rules and are not the author's.
    pub generated: bool,
}

/// The sections of a notice.
///
/// Paragraphs that stand together before a block of rules form one part with those rules. The rules of the opening and all
/// `version` sentences make parts of their own, in words from [`words::sentence`]. Each rule is in exactly one part.
#[must_use]
pub fn sections(notice: &Notice) -> Vec<SectionHtml> {
    let mut seen: Vec<&str> = Vec::new();
    notice
        .sections
        .iter()
        .map(|section| {
            let before = seen.iter().filter(|s| **s == section.slug).count();
            seen.push(&section.slug);
            let slug = match before {
                0 => section.slug.clone(),
                n => format!("{}-{}", section.slug, n + 1),
            };
            SectionHtml {
                slug,
                heading: section.heading.clone(),
                parts: parts(notice, section),
            }
        })
        .collect()
}

/// A name for a clause that can stand in an `id`, and behind `#` in an address as it is: `c-4107_how-long_keep_recording::transcriber`.
///
/// Two clauses never share one: `/` becomes `_`, `+` becomes `:` and `@` becomes `::`, none of which a name can hold.
#[must_use]
pub fn anchor(clause: &ClauseId) -> String {
    let mut out = String::from("c-");
    for c in clause.as_str().trim_start_matches('#').chars() {
        match c {
            '/' => out.push('_'),
            '+' => out.push(':'),
            '@' => out.push_str("::"),
            c if c.is_alphanumeric() || c == '-' || c == '.' => out.push(c),
            _ => out.push('-'),
        }
    }
    out
}

fn parts(notice: &Notice, section: &Section) -> Vec<PartHtml> {
    let mut made = Making {
        notice,
        parts: Vec::new(),
        open: None,
        versions: None,
    };
    for block in &section.blocks {
        match block {
            Block::Prose(prose) => made.prose(prose),
            Block::Rule(rule) => made.rule(rule, section.heading.is_empty()),
        }
    }
    made.parts
}

struct Making<'n> {
    notice: &'n Notice,
    parts: Vec<PartHtml>,
    /// The part that the next rule stands under.
    open: Option<usize>,
    /// The list of versions.
    versions: Option<usize>,
}

impl Making<'_> {
    fn prose(&mut self, prose: &Prose) {
        let html = markdown::html(&prose.markdown);
        if prose.information_only {
            // The words before it may still get their rules behind it.
            self.parts.push(PartHtml {
                html,
                clauses: Vec::new(),
                information_only: true,
                generated: false,
            });
            return;
        }
        let last = self.parts.len().checked_sub(1);
        match self.parts.last_mut() {
            // Another paragraph of the same group: nothing has come between.
            Some(part) if self.open == last && part.clauses.is_empty() && !part.generated => {
                part.html += &html;
            }
            _ => {
                self.open = Some(self.parts.len());
                self.parts.push(PartHtml {
                    html,
                    clauses: Vec::new(),
                    information_only: false,
                    generated: false,
                });
            }
        }
    }

    fn rule(&mut self, rule: &Rule, opening: bool) {
        let said = || markdown::linked(&words::sentence(self.notice, rule));
        if matches!(rule.says, Sentence::Version(_)) {
            let item = format!("<li>{}</li>\n", said());
            match self.versions.and_then(|at| self.parts.get_mut(at)) {
                Some(list) => {
                    let items = list.html.trim_end_matches("</ul>\n").to_owned();
                    list.html = format!("{items}{item}</ul>\n");
                    list.clauses.push(rule.id.clone());
                }
                None => {
                    self.versions = Some(self.parts.len());
                    let html = format!("<ul class=\"versions\">\n{item}</ul>\n");
                    self.generate(html, rule);
                }
            }
            return;
        }
        match self.open.and_then(|at| self.parts.get_mut(at)) {
            Some(part) if !opening => part.clauses.push(rule.id.clone()),
            _ => self.generate(format!("<p>{}</p>\n", said()), rule),
        }
    }

    fn generate(&mut self, html: String, rule: &Rule) {
        let clauses = vec![rule.id.clone()];
        self.parts.push(PartHtml {
            html,
            clauses,
            information_only: false,
            generated: true,
        });
    }
}
