//! Short forms in capitals that nothing in the notice spells out.

use std::collections::{BTreeMap, BTreeSet};

use super::super::Said;
use super::super::words::Word;
use super::Page;
use crate::model::Span;

/// A short form that is not spelled out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acronym {
    /// As written: `WWCS`.
    pub short: String,
    /// One that is spelled out and looks nearly the same: `WWCSC`.
    pub near: Option<String>,
}

/// Short forms everybody knows better than what they stand for, and words that are shouted.
const KNOWN: &[&str] = &[
    "UK",
    "EU",
    "US",
    "USA",
    "EEA",
    "GDPR",
    "UKGDPR",
    "ICO",
    "NHS",
    "PDF",
    "URL",
    "HTML",
    "HTTP",
    "HTTPS",
    "IP",
    "IT",
    "PC",
    "TV",
    "ID",
    "IDS",
    "BBC",
    "GP",
    "GPS",
    "HIV",
    "AIDS",
    "DNA",
    "MP",
    "MPS",
    "CV",
    "HR",
    "CCTV",
    "QR",
    "DVD",
    "CD",
    "USB",
    "SMS",
    "FAQ",
    "FAQS",
    "PO",
    "AM",
    "PM",
    "VAT",
    "PAYE",
    "HMRC",
    "DVLA",
    "LGBT",
    "LGBTQ",
    "LGBTQIA",
    "UTC",
    "GMT",
    "OK",
    "ISO",
    "IEC",
    "LTD",
    "LLP",
    "CIC",
    "CIO",
    "PLC",
    "MS",
    "AI",
    "GCSE",
    "GCSES",
    "UCAS",
    "NB",
    "AWS",
    "IBM",
    "BT",
    "KPMG",
    "ONS",
    "DOB",
    "COVID",
    "PIN",
    "SIM",
    "MRI",
    "WIFI",
    "VPN",
    "XML",
    "CSV",
    "JSON",
    "ICT",
    "RAF",
    "MOD",
    "AND",
    "OR",
    "NOT",
    "NOTE",
    "MUST",
    "ALL",
    "ONLY",
    "NO",
    "YES",
    "IF",
    "ANY",
    "NEVER",
    "DO",
    "WE",
    "YOU",
    "YOUR",
    "PLEASE",
    "IMPORTANT",
    "THIS",
    "THE",
    "FOR",
    "TO",
    "IN",
    "ON",
    "OF",
    "BY",
    "BE",
    "IS",
    "ARE",
    "WILL",
    "CAN",
    "MAY",
    "HOW",
    "WHO",
    "WHAT",
    "WHY",
    "WHEN",
    "WHERE",
    "TBC",
    "TBA",
    "TBD",
    "XXX",
    "XX",
    "DRAFT",
    "END",
    "II",
    "III",
    "IV",
    "VI",
    "VII",
    "VIII",
    "IX",
    "XI",
    "XII",
    "XIII",
    "XIV",
    "XV",
    "NEW",
    "OLD",
    "FREE",
    "STOP",
    "MR",
    "DR",
    "MRS",
    "EC",
    "BSC",
    "MSC",
    "BA",
    "MA",
    "UKRI",
    "RNIB",
    "NSPCC",
    "RSPCA",
    "YMCA",
    "UNICEF",
    "UNESCO",
    "NATO",
    "SAGE",
    "REDCAP",
    "CET",
    "BST",
    "JISC",
    "MSN",
    "AOL",
    "INSERT",
    "NAME",
    "DATE",
];

/// The short forms of a notice that nothing spells out, each once.
pub(super) fn read(page: &Page) -> Vec<Said<Acronym>> {
    let mut first: BTreeMap<String, Span> = BTreeMap::new();
    let mut defined: BTreeSet<String> = BTreeSet::new();
    for s in page.visible() {
        let w = &s.words;
        let shouted = w.iter().filter(|w| is_short(page, w)).count() * 2 > w.len() && w.len() > 2;
        for (i, word) in w.iter().enumerate() {
            if !is_short(page, word) {
                continue;
            }
            let short = short(page, word);
            let before = page.text.get(..word.span.start).unwrap_or_default();
            let after = page.text.get(word.span.end..).unwrap_or_default();
            let opens = before
                .trim_end_matches(['"', '\'', '“', '‘', '*', '_', ' '])
                .ends_with(['(', '[']);
            let closes = after
                .trim_start_matches(['"', '\'', '”', '’', '*', '_', 's'])
                .starts_with([')', ']', ',']);
            // `WWCSC (What Works …)`, `known as WWCSC`, `CRN stands for`
            let told = after.trim_start().starts_with('(')
                && starts_alike(w.get(i + 1..).unwrap_or_default(), &short)
                || w.get(i + 1).is_some_and(|n| {
                    matches!(n.text.as_str(), "stands" | "means" | "is") && n.text != "is"
                })
                || i.checked_sub(1).and_then(|b| w.get(b)).is_some_and(|b| {
                    matches!(b.text.as_str(), "called" | "as")
                        && i >= 2
                        && w.get(i - 2).is_some_and(|k| {
                            matches!(k.text.as_str(), "known" | "abbreviated" | "to")
                        })
                });
            if (opens && closes) || told {
                defined.insert(short);
                continue;
            }
            // What stands in square brackets is a gap or a note.
            let gap = before
                .rfind('[')
                .is_some_and(|o| !before.get(o..).unwrap_or_default().contains([']', '\n']))
                && !opens;
            let in_code = gap
                || before.ends_with(['-', '#', '/', '.', '@', '_', '&', '\'', '’'])
                    && !before.ends_with("- ")
                || after.starts_with(['-', '/', '@', '_', '&']);
            // Part of a name in capitals, a sentence that is shouted, or a code.
            let beside = [i.checked_sub(1), Some(i + 1)]
                .into_iter()
                .flatten()
                .filter_map(|n| w.get(n))
                .any(|n| {
                    is_loud(page, n)
                        || n.text.chars().any(|c| c.is_ascii_digit())
                            && n.text.len() <= 4
                            && !n.parted
                });
            if shouted || beside || in_code || KNOWN.contains(&short.as_str()) {
                continue;
            }
            first.entry(short).or_insert(word.span);
        }
    }
    for part in page.parts {
        // A heading may spell out too: `The Data Protection Officer (DPO)`.
        for (i, _) in part.heading.match_indices('(') {
            let inner: String = part
                .heading
                .get(i + 1..)
                .unwrap_or_default()
                .chars()
                .take_while(char::is_ascii_uppercase)
                .collect();
            defined.insert(inner);
        }
    }
    let mut all: Vec<Said<Acronym>> = first
        .into_iter()
        .filter(|(short, _)| {
            !defined.contains(short) && !defined.contains(short.trim_end_matches('S'))
        })
        .map(|(short, span)| {
            let near = defined
                .iter()
                .find(|d| d.len() >= 4 && short.len() >= 3 && one_apart(d, &short))
                .cloned();
            (short, span, near)
        })
        .filter(|(short, _, near)| near.is_some() || !spelled(page, short))
        .map(|(short, span, near)| page.said(Acronym { short, near }, span))
        .collect();
    all.sort_by_key(|a| a.span.start);
    all
}

fn short(page: &Page, word: &Word) -> String {
    page.raw(word.span)
        .chars()
        .take_while(char::is_ascii_uppercase)
        .collect()
}

/// Two to six capitals, perhaps with an `s` or an ending behind them.
fn is_short(page: &Page, word: &Word) -> bool {
    let raw = page.raw(word.span);
    let capitals = raw.chars().take_while(char::is_ascii_uppercase).count();
    let rest = raw.get(capitals..).unwrap_or_default();
    (2..=6).contains(&capitals)
        && matches!(rest, "" | "s" | "'s" | "’s")
        && !page.is_hidden(word.span.start)
}

/// A longer word in capitals: the words around it are shouted.
fn is_loud(page: &Page, word: &Word) -> bool {
    let raw = page.raw(word.span);
    raw.len() > 3
        && raw.chars().all(|c| c.is_ascii_uppercase())
        && (raw.len() > 6 || KNOWN.contains(&raw))
}

fn starts_alike(w: &[Word], short: &str) -> bool {
    initials(w)
        .to_uppercase()
        .starts_with(short.get(..1).unwrap_or_default())
}

fn initials(w: &[Word]) -> String {
    w.iter().filter_map(|w| w.text.chars().next()).collect()
}

/// Whether a run of words somewhere begins with the letters, small words left out or not.
fn spelled(page: &Page, short: &str) -> bool {
    let wanted = short.to_lowercase();
    let small = |w: &&Word| {
        !matches!(
            w.text.as_str(),
            "of" | "and" | "the" | "for" | "in" | "on" | "to" | "s"
        )
    };
    page.sentences.iter().any(|s| {
        let runs = [
            s.words.iter().collect::<Vec<_>>(),
            s.words.iter().filter(small).collect::<Vec<_>>(),
        ];
        runs.iter().any(|run| {
            run.windows(wanted.len()).any(|w| {
                w.iter()
                    .zip(wanted.chars())
                    .all(|(w, c)| w.text.starts_with(c))
                    && w.iter().filter(|w| w.capital).count() * 2 >= w.len()
            })
        })
    })
}

/// Whether one letter more, less or other makes two words one.
fn one_apart(a: &str, b: &str) -> bool {
    let (long, short) = if a.len() >= b.len() {
        (a.as_bytes(), b.as_bytes())
    } else {
        (b.as_bytes(), a.as_bytes())
    };
    let same = long.iter().zip(short).take_while(|(x, y)| x == y).count();
    let tail = long
        .iter()
        .rev()
        .zip(short.iter().rev())
        .take_while(|(x, y)| x == y)
        .count();
    match long.len() - short.len() {
        0 => same + tail + 1 >= long.len() && a != b,
        1 => same + tail >= short.len(),
        _ => false,
    }
}
