//! Identifiers that have a form of their own: addresses, numbers, plates.
//!
//! Formats as the bodies that issue them describe them; where there is a check digit it is checked. A
//! pattern that would rather take too much than too little says so.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::{Class, Hit, Kind};

/// One form. A group called `it` is what is taken; without it, the whole match is.
struct Form {
    kind: Kind,
    pattern: &'static str,
    /// Whether a match is truly one, seeing the matched text and the character before it.
    keep: fn(&str, Option<char>) -> bool,
}

const fn form(kind: Kind, pattern: &'static str, keep: fn(&str, Option<char>) -> bool) -> Form {
    Form {
        kind,
        pattern,
        keep,
    }
}

/// All forms.
const FORMS: &[Form] = &[
    form(
        Kind::Email,
        r"(?i)[\p{L}\p{N}._%+'’-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+",
        always,
    ),
    // Spoken, as a transcript has it: `ada dot lind at example dot org`.
    form(
        Kind::Email,
        r"(?i)\b[\p{L}\p{N}_]+(?:[ ](?:dot|underscore|dash)[ ][\p{L}\p{N}_]+)*[ ]at[ ][\p{L}\p{N}-]+(?:[ ]dot[ ][\p{L}\p{N}-]+)+\b",
        always,
    ),
    // Hidden from harvesters: `ada [at] example [dot] org`.
    form(
        Kind::Email,
        r"(?i)[\p{L}\p{N}._-]+\s?[\[(]at[\])]\s?[\p{L}\p{N}.-]+(?:\s?[\[(]dot[\])]\s?[\p{L}\p{N}-]+|\.[\p{L}]{2,})+",
        always,
    ),
    form(
        Kind::Url,
        r"(?i)\b(?:https?://|www\.)[^\s<>\[\]()]*[^\s<>\[\]().,;:!?'’”]",
        always,
    ),
    form(
        Kind::Url,
        r"(?i)\b[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|org|net|info|me|io|ac\.uk|co\.uk|org\.uk|gov\.uk|nhs\.uk|sch\.uk|uk)\b(?:/[^\s<>()]*[^\s<>().,;:!?'’”])?",
        not_after_at,
    ),
    form(
        Kind::Handle,
        r"@[A-Za-z0-9_][A-Za-z0-9_.]{0,28}[A-Za-z0-9_]",
        starts_word,
    ),
    form(
        Kind::Phone,
        r"(?:(?:\+|\b00)[ ]?44[ .\u{a0}-]*(?:\(0\)[ .\u{a0}-]*)?|\(?\b0)(?:[ .\u{a0}‐‑–()-]{0,2}\d){9,10}(?:,?[ ]?(?:ext|extension|x)\.?[ ]?\d{1,5})?",
        phone,
    ),
    form(
        Kind::Phone,
        r"\b7\d{3}[ .-]?\d{3}[ .-]?\d{3}\b",
        starts_number,
    ),
    form(
        Kind::Phone,
        r"\+[1-9]\d{0,2}(?:[ .\u{a0}()-]{0,2}\d){7,12}",
        always,
    ),
    form(
        Kind::Postcode,
        r"(?i)\b(?:gir[ ]?0aa|(?:[a-pr-uwyz]\d[abcdefghjkpstuw]?|[a-pr-uwyz]\d\d|[a-pr-uwyz][a-hk-y]\d[abehmnprvwxy]?|[a-pr-uwyz][a-hk-y]\d\d)[ \u{a0}]{0,2}\d[abd-hjlnp-uw-z]{2})\b",
        always,
    ),
    form(Kind::NhsNumber, r"\b\d{3}[ -]?\d{3}[ -]?\d{4}\b", nhs),
    form(
        Kind::NhsNumber,
        r"(?i)\bnhs\b[^\n\d]{0,20}(?P<it>\d(?:[ -]?\d){8,9})\b",
        always,
    ),
    form(
        Kind::NiNumber,
        r"(?i)\b[a-ceghj-pr-tw-z][a-ceghj-npr-tw-z][ -]?\d\d[ -]?\d\d[ -]?\d\d[ -]?[a-d]\b",
        insurance,
    ),
    form(
        Kind::NiNumber,
        r"(?i)\b(?:national insurance|ni|nino)\b[^\n\d]{0,12}(?P<it>[a-z]{2}[ -]?(?:\d[ -]?){6}[a-z]?)\b",
        always,
    ),
    form(
        Kind::Address,
        r"\b(?:(?:[Ff]lat|[Uu]nit|[Aa]partment|[Aa]pt|[Rr]oom)[ ]?\d+[A-Za-z]?,?[ ])?\d{1,4}[A-Za-z]?,?[ ](?:\p{Lu}[\p{L}'’.-]*[ ]){1,4}(?:[Ss]treet|St|[Rr]oad|Rd|[Aa]venue|Ave|[Ll]ane|Ln|[Cc]lose|[Dd]rive|Dr|[Cc]ourt|Ct|[Cc]rescent|Cres|[Ww]ay|[Pp]lace|Pl|[Gg]ardens?|Gdns|[Gg]rove|[Tt]errace|[Ss]quare|Sq|[Hh]ill|[Mm]ews|[Rr]ow|[Ww]alk|[Pp]ark|[Rr]ise|[Vv]iew|[Gg]reen|[Pp]arade|[Yy]ard|[Ww]harf|[Ee]state|[Hh]ouse|[Hh]eights|[Ff]ields?|[Cc]ottages?)\b",
        street,
    ),
    form(
        Kind::Address,
        r"\b(?:[Ff]lat|[Uu]nit|[Aa]partment)[ ]\d+[A-Za-z]?,?[ ]\p{Lu}[\p{L}'’-]*(?:[ ]\p{Lu}[\p{L}'’-]*){0,3}",
        always,
    ),
    // As speech written down by a machine has it; one word before the street keeps `20 people on the road` out.
    form(
        Kind::Address,
        r"\b\d{1,4}[a-z]?[ ]\p{Ll}{3,}[ ](?:street|road|avenue|crescent|terrace|gardens)\b",
        always,
    ),
    form(Kind::Address, r"(?i)\bp\.?[ ]?o\.?[ ]box[ ]\d+", always),
    form(
        Kind::Reference,
        r"(?i)\b(?:case|ref(?:erence)?|file|client|child|record|claim|application|court|placement|customer|account|passport|licence|membership|pupil|student|staff|employee)(?:[ ](?:number|no|ref|reference|id|code|file))?\.?[ ]?(?:is[ ]|[:#=])?[ ]?#?(?P<it>[A-Z0-9][A-Z0-9/.-]*[A-Z0-9])\b",
        reference,
    ),
    // Family court cases: `ZC21C00123`.
    form(Kind::Reference, r"\b[A-Z]{2}\d{2}[A-Z]\d{5}\b", always),
    // Unique pupil numbers.
    form(
        Kind::Reference,
        r"\b[A-HJ-NP-RTUV-Z]\d{11}[0-9A-Z]\b|\b[A-HJ-NP-RTUV-Z]\d{12}\b",
        always,
    ),
    // Social Work England, and codes of letters and digits in general: `SW12345`, `LAC-2021-044`.
    form(
        Kind::Reference,
        r"\b[A-Z]{1,5}[-/]?\d{4,}(?:[-/][A-Z0-9]+)*\b",
        not_after_hash,
    ),
    form(
        Kind::Reference,
        r"\b[A-Z]{2,5}[-/](?:[A-Z0-9]{1,6}[-/])*\d{2,}(?:[-/][A-Z0-9]+)*\b",
        not_after_hash,
    ),
    form(Kind::Reference, r"\b\d{3,6}/\d{2,4}\b", not_a_school_year),
    form(
        Kind::Plate,
        r"(?i)\b[a-hj-pr-y][a-hj-pr-y]\d{2}[ ]?[a-hj-pr-z]{3}\b",
        always,
    ),
    form(
        Kind::Plate,
        r"\b[A-HJ-NPR-TV-Y]\d{1,3}[ ]?[A-HJ-PR-Y]{3}\b|\b[A-HJ-PR-Y]{3}[ ]?\d{1,3}[A-HJ-NPR-TV-Y]\b",
        always,
    ),
];

/// The forms made ready. One that cannot be made ready would be missing: a test counts them.
static READY: LazyLock<Vec<(&Form, Regex)>> = LazyLock::new(|| {
    FORMS
        .iter()
        .filter_map(|form| Some((form, Regex::new(form.pattern).ok()?)))
        .collect()
});

pub(super) fn hits(text: &str) -> Vec<Hit> {
    let mut hits = Vec::new();
    for (form, regex) in READY.iter() {
        for captures in regex.captures_iter(text) {
            let Some(it) = taken(&captures) else { continue };
            let before = text
                .get(..it.start())
                .and_then(|before| before.chars().next_back());
            if (form.keep)(it.as_str(), before) {
                hits.push(Hit {
                    start: it.start(),
                    end: it.end(),
                    kind: form.kind,
                    class: Class::Direct,
                    key: None,
                });
            }
        }
    }
    hits
}

fn taken<'t>(captures: &Captures<'t>) -> Option<regex::Match<'t>> {
    captures.name("it").or_else(|| captures.get(0))
}

const fn always(_: &str, _: Option<char>) -> bool {
    true
}

fn starts_word(_: &str, before: Option<char>) -> bool {
    before.is_none_or(|c| !c.is_alphanumeric() && c != '.' && c != '@')
}

fn starts_number(_: &str, before: Option<char>) -> bool {
    before.is_none_or(|c| !c.is_numeric() && !matches!(c, '-' | '/' | '.'))
}

fn not_after_at(_: &str, before: Option<char>) -> bool {
    before != Some('@')
}

/// Project references such as `#3032` name no person.
fn not_after_hash(_: &str, before: Option<char>) -> bool {
    before != Some('#')
}

/// A UK number: nine or ten digits after the 0 or +44, the first of them one that is given out (Ofcom's plan).
fn phone(text: &str, before: Option<char>) -> bool {
    if before.is_some_and(char::is_numeric) {
        return false;
    }
    let main = text
        .split(['e', 'E', 'x', 'X', ','])
        .next()
        .unwrap_or_default();
    let digits: String = main.chars().filter(char::is_ascii_digit).collect();
    let national = digits
        .strip_prefix("0044")
        .or_else(|| {
            main.starts_with('+')
                .then(|| digits.strip_prefix("44"))
                .flatten()
        })
        .unwrap_or(&digits);
    let national = national.strip_prefix('0').unwrap_or(national);
    matches!(national.len(), 9 | 10) && national.starts_with(['1', '2', '3', '5', '7', '8', '9'])
}

/// `29 November Square` and `2002 Administrative Court` begin with a day and a year, not a house.
fn street(text: &str, _: Option<char>) -> bool {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let mut words = text.split_whitespace();
    let (number, next) = (
        words.next().unwrap_or_default(),
        words.next().unwrap_or_default(),
    );
    let year = number.len() == 4 && (number.starts_with("19") || number.starts_with("20"));
    !year && !MONTHS.contains(&next.to_lowercase().as_str())
}

/// Ten digits whose weighted sum fits the last (NHS Data Dictionary).
fn nhs(text: &str, before: Option<char>) -> bool {
    let digits: Vec<u32> = text.chars().filter_map(|c| c.to_digit(10)).collect();
    let Some((check, first)) = digits.split_last() else {
        return false;
    };
    let sum: u32 = first
        .iter()
        .zip((2..=10).rev())
        .map(|(digit, weight)| digit * weight)
        .sum();
    let all_same = first.iter().all(|digit| digit == check);
    !all_same && (11 - sum % 11) % 11 == *check && starts_number(text, before)
}

/// A National Insurance number's first two letters are never these (HMRC, NIM39110).
fn insurance(text: &str, _: Option<char>) -> bool {
    let start: String = text.chars().take(2).flat_map(char::to_uppercase).collect();
    !matches!(
        start.as_str(),
        "BG" | "GB" | "NK" | "KN" | "NT" | "TN" | "ZZ"
    )
}

/// After a word such as `case`: something with a digit, and not merely `case 3`.
fn reference(text: &str, _: Option<char>) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let year = digits == 4 && text.len() == 4 && (text.starts_with("19") || text.starts_with("20"));
    let other = text
        .chars()
        .any(|c| c.is_ascii_uppercase() || matches!(c, '/' | '-'));
    !year && (digits >= 3 || (digits >= 2 && other))
}

/// `2022/23` and `1999/2000` are years.
fn not_a_school_year(text: &str, before: Option<char>) -> bool {
    let Some((first, second)) = text.split_once('/') else {
        return false;
    };
    let year: u32 = first.parse().unwrap_or_default();
    let next: u32 = second.parse().unwrap_or_default();
    let years = (1900..2100).contains(&year)
        && first.len() == 4
        && (next == year + 1 || (second.len() == 2 && next == (year + 1) % 100));
    !years && before != Some('/')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_is_ready() {
        for form in FORMS {
            assert!(Regex::new(form.pattern).is_ok(), "{}", form.pattern);
        }
        assert_eq!(READY.len(), FORMS.len());
    }
}
