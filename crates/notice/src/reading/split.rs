//! Several notices received as one text are cut at their titles.

use std::collections::{BTreeMap, BTreeSet};

use super::headings::{looks_like_title, titled};
use super::labels::{self, Label};
use super::lines::{self, Line};
use super::pages;

/// Cuts a text that holds several notices at their titles: where each begins, and its text.
///
/// A title that merely names another notice cuts nothing: behind it numbers must begin again, or the same
/// headings must follow, or the text before must have come to its end.
#[must_use]
pub fn split(text: &str) -> Vec<(usize, &str)> {
    let all = lines::lines(text);
    let through = pages::find(&all);
    let words: Vec<usize> = (0..all.len())
        .filter(|i| all.get(*i).is_some_and(|l| !l.blank()) && through.get(*i) == Some(&false))
        .collect();
    let Some((&first, rest)) = words.split_first() else {
        return vec![(0, text)];
    };
    let top: Vec<&str> = words
        .iter()
        .take(4)
        .filter_map(|i| all.get(*i))
        .map(|l| l.text)
        .collect();
    let first_line = all.get(first).map_or("", |l| l.text);
    let top = Top::of(&top);
    let running = running(&all, &words);
    let mut seen: BTreeSet<String> = BTreeSet::new();
    let mut cuts: Vec<usize> = vec![0];
    let mut before = first;
    for (place, &i) in rest.iter().enumerate() {
        let line = all.get(i).map_or("", |l| l.text);
        let last = all.get(before).map_or("", |l| l.text);
        // The name of the organisation may stand above the title.
        let again = bare(line) == bare(first_line) || running.contains(&bare(line));
        let named_above = before != first && i == before + 1 && bare(last) == bare(first_line);
        let above = if named_above { before } else { i };
        let anew = || {
            let behind: Vec<&Line> = rest
                .iter()
                .skip(place + 1)
                .take(12)
                .filter_map(|n| all.get(*n))
                .collect();
            opens_anew(&all, above, &behind, &seen, again)
        };
        if place > 1 && is_second_title(&top, line) && anew() {
            cuts.push(all.get(above).map_or(0, |l| l.start));
            seen.clear();
        } else if titled(line, true) {
            seen.insert(bare(line));
        }
        before = i;
    }
    whole(text, &cuts)
}

/// The parts between the cuts; one that tells nothing of its own belongs to the part beside it.
fn whole<'t>(text: &'t str, cuts: &[usize]) -> Vec<(usize, &'t str)> {
    let mut parts: Vec<(usize, &str)> = Vec::new();
    let mut from = 0;
    let ends = cuts.iter().skip(1).copied().chain([text.len()]);
    for to in ends {
        let part = text.get(from..to).unwrap_or_default();
        if !tells(part) && to < text.len() {
            // What follows takes it in.
            continue;
        }
        match parts.last_mut() {
            Some(last) if !tells(part) => last.1 = text.get(last.0..to).unwrap_or_default(),
            _ => parts.push((from, part)),
        }
        from = to;
    }
    parts
}

/// Words with which a notice says anything of its own.
const TELLS: [&str; 18] = [
    "hold",
    "we use",
    "purpose",
    "store",
    "your data",
    "keep",
    "kept",
    "retain",
    "delet",
    "destroy",
    "right",
    "controller",
    "lawful",
    "legal bas",
    "consent",
    "article 6",
    "collect",
    "we are ",
];

/// Whether a part says something that a notice says, and not just its title.
fn tells(part: &str) -> bool {
    let lower = part.to_lowercase();
    TELLS.iter().any(|t| lower.contains(t))
}

/// Lines that come three times and more: heads of pages, not titles.
fn running(all: &[Line], words: &[usize]) -> BTreeSet<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for line in words.iter().filter_map(|i| all.get(*i)) {
        if line.text.len() <= 160 && names(&line.text.to_lowercase()) {
            *counts.entry(bare(line.text)).or_default() += 1;
        }
    }
    let often = counts.into_iter().filter(|(_, n)| *n >= 3);
    often.map(|(line, _)| line).collect()
}

/// The words of a line in small letters, without its marks and number.
fn bare(line: &str) -> String {
    let rest = labels::read(line).map_or(line, |(_, rest)| rest);
    rest.trim_matches(|c: char| !c.is_alphanumeric() && c != ')')
        .to_lowercase()
}

/// What a title calls a notice.
const NAMES: &[&str] = &[
    "privacy notice",
    "privacy statement",
    "privacy policy",
    "privacy information",
    "information sheet",
    "information notice",
    "information leaflet",
    "data protection notice",
    "data protection statement",
    "data protection information",
    "fair processing",
    "transparency notice",
    "what happens to your",
];

fn names(line: &str) -> bool {
    NAMES.iter().any(|n| line.contains(n))
}

/// `Going out: for students` without what stands behind the mark.
fn stem(line: &str) -> &str {
    line.split([':', '–', '—', '('])
        .next()
        .unwrap_or_default()
        .trim()
}

/// What the first lines of the text say of its kind.
struct Top {
    /// One of them calls it a privacy notice, or the like.
    names: bool,
    /// The first of them.
    head: String,
}

impl Top {
    fn of(lines: &[&str]) -> Top {
        Top {
            names: lines.iter().any(|l| names(&bare(l))),
            head: lines.first().map_or_else(String::new, |l| bare(l)),
        }
    }
}

/// Whether a line is a title of the kind the text began with.
fn is_second_title(top: &Top, line: &str) -> bool {
    if line.trim_start().starts_with("##") {
        return false;
    }
    let second = bare(line);
    let same_kind = top.names && names(&second);
    // `Going out: for staff` behind `Going out: for students`.
    let same_stem = stem(&top.head) == stem(&second)
        && stem(&top.head).len() < top.head.len()
        && top.head != second
        && lines::count(stem(&top.head)) >= 2;
    if !same_kind && !same_stem {
        return false;
    }
    let about_itself = [
        "this ",
        "our ",
        "changes",
        "about ",
        "how ",
        "the privacy",
        "see ",
        "we ",
        "you ",
        "other ",
        "please ",
        "updates",
    ]
    .iter()
    .any(|w| second.starts_with(w));
    !about_itself
        && labels::read(line).is_none()
        && looks_like_title(line)
        && lines::count(line) <= 30
}

/// Whether a new document begins at the line: its numbers begin again, the same headings follow, a page or a
/// rule parts it, or the text before has come to its end.
///
/// The words of the first title again are the head of a page, unless the text behind begins again.
fn opens_anew(
    all: &[Line],
    at: usize,
    behind: &[&Line],
    seen: &BTreeSet<String>,
    same: bool,
) -> bool {
    let marked = all.get(at).is_some_and(|l| l.text.starts_with("# "));
    let restarts = behind.iter().take(3).any(|l| {
        matches!(
            labels::read(l.text),
            Some((Label::Number(1) | Label::Below(1, 1), _))
        )
    });
    let again = behind
        .iter()
        .filter(|l| {
            titled(l.text, true) && lines::count(l.text) <= 12 && seen.contains(&bare(l.text))
        })
        .count();
    let before = all.get(..at).unwrap_or_default();
    let last = before.iter().rposition(|l| !l.blank());
    let ended = last.and_then(|i| before.get(i)).is_some_and(|l| {
        let lower = l.text.to_lowercase();
        lines::is_rule(l.text)
            || l.text.contains('\u{c}')
            || (l.text.len() <= 160
                && [
                    "modified",
                    "updated",
                    "version",
                    "issued",
                    "dated",
                    "last reviewed",
                    "date of",
                ]
                .iter()
                .any(|w| lower.contains(w)))
    });
    let fed = (last.map_or(0, |i| i + 1)..=at)
        .any(|n| all.get(n).is_some_and(|l| l.text.contains('\u{c}')));
    marked || restarts || again >= 2 || (!same && (ended || fed))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notices_are_cut_at_their_titles_and_nowhere_else() {
        let body = "\n\n1. Who we are\n\nWe are a trust.\n\n2. Your rights\n\nAsk us.\n\n";
        let plain = "\n\nWho we are\n\nWe are a trust.\n\nYour rights\n\nAsk us.\n\n";
        let cases = [
            (
                format!("Privacy notice for staff{body}Privacy notice for tenants{body}"),
                2,
            ),
            (
                format!("PRIVACY NOTICE – STAFF{plain}PRIVACY NOTICE – TENANTS{plain}"),
                2,
            ),
            (
                format!(
                    "Information sheet for parents{plain}Information sheet for pupils{plain}Information sheet for teachers{plain}"
                ),
                3,
            ),
            (
                format!(
                    "Hill Homes\nPrivacy notice: Tenants{body}Hill Homes\nPrivacy notice: Staff{body}"
                ),
                2,
            ),
            (
                format!(
                    "Privacy notice for staff{plain}\u{c}Privacy notice for tenants\n\nWe keep your name.\n"
                ),
                2,
            ),
            (
                format!(
                    "Privacy notice for staff{plain}---\n\nPrivacy notice for tenants\n\nWe keep your name.\n"
                ),
                2,
            ),
            (
                format!("# Privacy notice: staff{plain}# Privacy notice: tenants{plain}"),
                2,
            ),
            // Another notice is only mentioned.
            (
                format!(
                    "Privacy notice for staff{plain}Privacy notice for tenants\n\nTenants have a notice of their own.\n"
                ),
                1,
            ),
            (
                format!("Privacy notice{body}3. This privacy notice\n\nIt may change.\n"),
                1,
            ),
            // The title runs over every page.
            (
                format!(
                    "Privacy notice for staff{body}Page 1 of 2\nPrivacy notice for staff\n\n3. Contact\n\nWrite.\n\nPage 2 of 2\nPrivacy notice for staff\n"
                ),
                1,
            ),
            (
                format!(
                    "Path Study: Evaluation      Privacy Notice\n________\n\nPath Study: Evaluation\nPrivacy notice for walkers{body}PS/EV/03          1 | 2\n\nPath Study: Evaluation      Privacy Notice\n________\n\nYou need not take part.\n\nPS/EV/03          2 | 2\n"
                ),
                1,
            ),
            (
                format!(
                    "Privacy notice for staff{plain}Issue 2\n\u{c}Privacy notice for staff\n\nMore on this.\n\nUpdated in May\n\u{c}Privacy notice for staff\n\nThe end.\n"
                ),
                1,
            ),
            // A title with nothing below it.
            (
                format!(
                    "Hill Homes privacy notices\n\nUpdated in May\n\nPrivacy notice for tenants{body}"
                ),
                1,
            ),
        ];
        for (text, count) in cases {
            let cut = split(&text);
            assert_eq!(cut.len(), count, "{text}");
            let whole: String = cut.iter().map(|(_, t)| *t).collect();
            assert_eq!(whole, text);
        }
        let (text, second) = (
            format!(
                "Hill Homes\nPrivacy notice: Tenants{body}Hill Homes\nPrivacy notice: Staff{body}"
            ),
            "Hill Homes\nPrivacy notice: Staff",
        );
        assert!(
            split(&text)
                .get(1)
                .is_some_and(|(_, t)| t.starts_with(second))
        );
    }
}
