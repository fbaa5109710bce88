//! What belongs to the page and not to the text: page numbers, running headers and footers.

use std::collections::BTreeMap;

use super::lines::{self, Line};

/// Which lines belong to a page.
pub(crate) fn find(all: &[Line]) -> Vec<bool> {
    let near = Neighbours::of(all);
    let marks: Vec<Mark> = all.iter().map(|l| Mark::of(l.text)).collect();
    let mut seen: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (i, line) in all.iter().enumerate() {
        if may_run(line.text) {
            seen.entry(skeleton(line.text)).or_default().push(i);
        }
    }
    let mut through: Vec<bool> = marks.iter().map(|m| *m == Mark::Page).collect();
    let first = all.iter().position(|l| !l.blank());
    if let Some(place) = first.and_then(|i| through.get_mut(i)) {
        *place = false;
    }
    let mut put = |i: usize| {
        if Some(i) != first
            && let Some(place) = through.get_mut(i)
        {
            *place = true;
        }
    };
    for places in seen.values().filter(|p| p.len() >= 2) {
        let edges = places
            .iter()
            .filter(|i| near.at_edge(all, &marks, **i))
            .count();
        let numbered = places
            .iter()
            .all(|i| marks.get(*i) == Some(&Mark::Numbered));
        let cuts = places.iter().filter(|i| near.cuts(all, **i)).count();
        if edges >= 2
            || numbered
            || (edges >= 1 && edges + 1 >= places.len())
            || (places.len() >= 3 && cuts >= 1)
        {
            places.iter().for_each(|i| put(*i));
        }
    }
    bare_numbers(all, &marks, &near, &mut through);
    through
}

/// What a line says of pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    /// `Page 3 of 6`, `- 3 -`
    Page,
    /// A page number beside other words.
    Numbered,
    /// A number alone.
    Number(u32),
    None,
}

impl Mark {
    fn of(line: &str) -> Mark {
        if line.len() > 160 {
            return Mark::None;
        }
        let bare = line.trim().trim_matches('\u{c}').trim();
        let dashed = bare.len() > 2
            && bare.starts_with(['-', '–', '—', '|', '['])
            && bare.ends_with(['-', '–', '—', '|', ']']);
        let core = bare.trim_matches(['-', '–', '—', '|', '[', ']', '·', ' ']);
        if let Ok(n) = core.parse::<u32>()
            && n < 1000
        {
            return if dashed { Mark::Page } else { Mark::Number(n) };
        }
        let lower = core.to_lowercase().replace('|', " ");
        let words: Vec<&str> = lower.split_whitespace().collect();
        let number = |w: &str| {
            w.trim_end_matches('.')
                .parse::<u32>()
                .is_ok_and(|n| n < 1000)
        };
        let paged = |w: &str| matches!(w, "page" | "pg" | "p" | "p.");
        let whole = match words.as_slice() {
            [p, n] => {
                (paged(p) && number(n)) || (number(n) && paged(p)) || (number(p) && *n == "page")
            }
            [p, n, of, m] => paged(p) && number(n) && matches!(*of, "of" | "/") && number(m),
            [n, of, m] => number(n) && *of == "of" && number(m),
            [one] => one
                .split_once('/')
                .is_some_and(|(n, m)| number(n) && number(m) && n.len() <= 2 && m.len() <= 2),
            _ => false,
        };
        if whole {
            return Mark::Page;
        }
        // `CLC/03      1 | 3`
        let far = core.rsplit_once("   ").and_then(|(_, n)| n.split_once('|'));
        let pair =
            far.and_then(|(n, m)| Some((n.trim().parse::<u32>().ok()?, m.trim().parse().ok()?)));
        if pair.is_some_and(|(n, m)| n <= m && m < 1000) {
            return Mark::Page;
        }
        let ends = match words.as_slice() {
            [.., p, n, of, m] if paged(p) && number(n) && *of == "of" && number(m) => {
                return Mark::Page;
            }
            [p, n, of, m, ..]
                if paged(p)
                    && number(n)
                    && *of == "of"
                    && number(m)
                    && !line.trim_end().ends_with('.') =>
            {
                return Mark::Page;
            }
            [.., p, n] => paged(p) && number(n),
            _ => false,
        };
        if ends { Mark::Numbered } else { Mark::None }
    }
}

/// A running line is short and no part of a list or table.
fn may_run(line: &str) -> bool {
    let bare = line.trim();
    let letters = bare.chars().take(130).filter(|c| c.is_alphabetic()).count();
    (5..=120).contains(&letters)
        && bare.len() <= 140
        && !bare.starts_with(['#', '|'])
        && !bare.contains('\t')
        && !bare.ends_with(['.', ';', ',', ':', '?'])
        && lines::item_mark(bare).is_none()
}

/// The line without its numbers and blanks.
fn skeleton(line: &str) -> String {
    let mut out = String::new();
    for word in line.split_whitespace() {
        if word.chars().all(|c| c.is_ascii_digit()) {
            out.push('#');
        } else {
            out.push_str(word);
        }
        out.push(' ');
    }
    out
}

/// The nearest lines with words, before and behind each line.
struct Neighbours {
    before: Vec<Option<usize>>,
    behind: Vec<Option<usize>>,
}

impl Neighbours {
    fn of(all: &[Line]) -> Neighbours {
        let mut last = None;
        let mut before = Vec::with_capacity(all.len());
        for (i, line) in all.iter().enumerate() {
            before.push(last);
            if !line.blank() {
                last = Some(i);
            }
        }
        let mut next = None;
        let mut behind: Vec<Option<usize>> = all
            .iter()
            .enumerate()
            .rev()
            .map(|(i, line)| {
                let here = next;
                if !line.blank() {
                    next = Some(i);
                }
                here
            })
            .collect();
        behind.reverse();
        Neighbours { before, behind }
    }

    fn sides(&self, i: usize) -> (Option<usize>, Option<usize>) {
        (
            self.before.get(i).copied().flatten(),
            self.behind.get(i).copied().flatten(),
        )
    }

    /// Beside a page number or the end of a page.
    fn at_edge(&self, all: &[Line], marks: &[Mark], i: usize) -> bool {
        let (before, behind) = self.sides(i);
        let paged = |n: Option<usize>| {
            n.and_then(|n| marks.get(n))
                .is_some_and(|m| matches!(m, Mark::Page | Mark::Number(_)))
        };
        let fed = |n: usize| all.get(n).is_some_and(|l| l.text.contains('\u{c}'));
        let feeds = fed(i)
            || (before.map_or(0, |b| b + 1)..i).any(fed)
            || behind.is_some_and(|b| (i + 1..=b).any(fed));
        paged(before) || paged(behind) || feeds
    }

    /// In the middle of a sentence.
    fn cuts(&self, all: &[Line], i: usize) -> bool {
        let (Some(before), Some(behind)) = self.sides(i) else {
            return false;
        };
        let text = |n: usize| all.get(n).map_or("", |l| l.text);
        !lines::closes(text(before))
            && text(before).len() > 30
            && lines::begins_small(text(behind))
            && lines::item_mark(text(behind)).is_none()
    }
}

/// Numbers alone on a line: page numbers where they cut a sentence, stand beside a running line, or count on
/// through the text.
fn bare_numbers(all: &[Line], marks: &[Mark], near: &Neighbours, through: &mut [bool]) {
    let numbers: Vec<(usize, u32)> = marks
        .iter()
        .enumerate()
        .filter_map(|(i, m)| match m {
            Mark::Number(n) => Some((i, *n)),
            _ => None,
        })
        .collect();
    let alone = |i: usize| {
        let blank = |n: Option<usize>| n.and_then(|n| all.get(n)).is_none_or(Line::blank);
        blank(i.checked_sub(1)) && blank(i.checked_add(1))
    };
    for (place, (i, n)) in numbers.iter().enumerate() {
        let (before, behind) = near.sides(*i);
        let beside = [before, behind]
            .into_iter()
            .flatten()
            .any(|b| through.get(b) == Some(&true));
        let counts = |other: Option<&(usize, u32)>, step: i64| {
            other.is_some_and(|(j, m)| {
                i64::from(*m) == i64::from(*n) + step && j.abs_diff(*i) > 15 && alone(*j)
            })
        };
        let on = alone(*i)
            && (counts(numbers.get(place + 1), 1)
                || counts(place.checked_sub(1).and_then(|p| numbers.get(p)), -1));
        let fed = all.get(*i).is_some_and(|l| l.text.contains('\u{c}'))
            || all.get(i + 1).is_some_and(|l| l.text.contains('\u{c}'));
        if (beside || on || fed || near.cuts(all, *i))
            && let Some(place) = through.get_mut(*i)
        {
            *place = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<&str> {
        let all = lines::lines(text);
        let through = find(&all);
        all.iter()
            .zip(through)
            .filter(|(_, t)| *t)
            .map(|(l, _)| l.text.trim())
            .collect()
    }

    #[test]
    fn what_belongs_to_the_page_is_passed_over() {
        let cases: [(&str, &[&str]); 11] = [
            (
                "Notice\n\nWe keep it\n\nPage 3 of 6\n\nfor a year.\n",
                &["Page 3 of 6"],
            ),
            ("Notice\n\nWe keep it\n- 3 -\nfor a year.\n", &["- 3 -"]),
            (
                "Notice\nText.\nPage 2\nHarbour Trust notice\nMore.\nPage 3\nHarbour Trust notice\nEnd.\n",
                &[
                    "Page 2",
                    "Harbour Trust notice",
                    "Page 3",
                    "Harbour Trust notice",
                ],
            ),
            ("Harbour Trust      Page 1 of 2\nWords.\n", &[]),
            (
                "T\nWords.\nHarbour Trust      Page 1 of 2\nWords.\n",
                &["Harbour Trust      Page 1 of 2"],
            ),
            (
                "T\nWords.\nTrust | Page 1\nWords.\nTrust | Page 2\n",
                &["Trust | Page 1", "Trust | Page 2"],
            ),
            (
                "T\n\nWe keep the names of all who came\n\n2\n\nto the hall.\n",
                &["2"],
            ),
            // No page, but a row of a table, a list, a heading that comes again.
            ("T\n\nNumber of visits\n3\nNumber of calls\n4\n", &[]),
            (
                "T\n\nYour rights\n\nAsk us.\n\nYour rights\n\nAsk them.\n",
                &[],
            ),
            (
                "T\n\nLawful basis: consent\n\nLawful basis: consent\n\nLawful basis: consent\n",
                &[],
            ),
            ("T\n\nThe results are on page 3\nof the report.\n", &[]),
        ];
        for (text, expected) in cases {
            assert_eq!(told(text), expected, "{text}");
        }
    }
}
