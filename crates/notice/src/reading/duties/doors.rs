//! Addresses that cannot work: mail, telephone, web and post.

use super::super::people::Door;
use super::super::{Reading, Said};
use super::Slip;
use crate::model::Span;

/// The regulator's helpline and its older number.
pub(super) fn is_regulator_phone(digits: &str) -> bool {
    matches!(digits, "03031231113" | "01625545745" | "01625545700")
}

/// Whether there is some way to reach the organisation.
pub(super) fn reachable(reading: &Reading) -> bool {
    reading.mails.iter().any(|m| m.what.door != Door::Regulator)
        || reading.phones.iter().any(|p| !is_regulator_phone(&p.what))
        || reading
            .postcodes
            .iter()
            .any(|p| !is_regulator_code(&p.what))
}

fn is_regulator_code(code: &str) -> bool {
    matches!(
        code,
        "SK9 5AF" | "EH3 7HL" | "CF10 2HH" | "BT7 2JB" | "EH1 3BX"
    )
}

pub(super) fn read(text: &str, reading: &Reading) -> Vec<Said<Slip>> {
    let mut found: Vec<(Slip, Span)> = Vec::new();
    let tokens: Vec<(usize, &str)> = tokens(text).filter(|(_, t)| !t.is_empty()).collect();
    mails(&tokens, &mut found);
    webs(&tokens, &mut found);
    phones(text, &mut found);
    posts(text, reading, &mut found);
    found
        .into_iter()
        .map(|(what, span)| Said {
            what,
            span,
            part: reading.part_at(span.start),
        })
        .collect()
}

/// Runs of characters between blanks and brackets, each with its start.
fn tokens(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let cut = |c: char| {
        c.is_whitespace()
            || matches!(
                c,
                '<' | '>' | '(' | ')' | '[' | ']' | '"' | '“' | '”' | '|' | '‘' | '’' | '{' | '}'
            )
    };
    text.split(cut).map(move |t| {
        // Both are the same text, so the distance is the place.
        let at = t.as_ptr() as usize - text.as_ptr() as usize;
        let lead = t.len()
            - t.trim_start_matches(['*', '_', '`', ':', ',', ';', '\''])
                .len();
        let bare = t.get(lead..).unwrap_or_default();
        let bare = bare.trim_end_matches(['*', '_', '`', ':', ',', ';', '\'', '.', '!', '?', '…']);
        (at + lead, bare)
    })
}

fn mails(tokens: &[(usize, &str)], found: &mut Vec<(Slip, Span)>) {
    for &(start, token) in tokens {
        if !token.contains('@') || token.contains("://") || token.starts_with('@') {
            continue;
        }
        // A line that ends in a hyphen goes on below.
        if token.ends_with('-') {
            continue;
        }
        let from = token.find("mailto:").map_or(0, |i| i + 7);
        let address = token.get(from..).unwrap_or_default();
        let address = address.split('?').next().unwrap_or_default();
        if address.is_empty() || address.starts_with('@') {
            continue;
        }
        let span = Span {
            start: start + from,
            end: start + from + address.len(),
        };
        // Two addresses with a mark between them.
        let parts: Vec<&str> = address.split(['/', ';', ',']).collect();
        let several = parts.len() > 1 && parts.iter().all(|p| p.contains('@'));
        let bad = if several {
            parts.iter().any(|p| !works(p))
        } else {
            !works(address)
        };
        if holds_place(address) {
            found.push((Slip::BadPlace, span));
        } else if bad {
            found.push((Slip::BadMail, span));
        }
    }
}

/// Whether a mail address could reach anybody.
fn works(address: &str) -> bool {
    let Some((local, host)) = address.split_once('@') else {
        return false;
    };
    let fine = |c: char| c.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c);
    !local.is_empty()
        && local.chars().all(fine)
        && !local.contains("..")
        && !local.ends_with('.')
        && host_works(host)
}

/// Whether a host has a name and an end.
fn host_works(host: &str) -> bool {
    let labels: Vec<&str> = host.split('.').collect();
    let last = labels.last().copied().unwrap_or_default();
    labels.len() >= 2
        && labels
            .iter()
            .all(|l| !l.is_empty() && l.chars().all(|c| c.is_alphanumeric() || c == '-'))
        && last.chars().count() >= 2
        && last.chars().all(char::is_alphabetic)
        && !matches!(
            last,
            "con" | "cmo" | "couk" | "orguk" | "govuk" | "ogr" | "ork" | "og"
        )
}

/// An address that somebody meant to fill in.
fn holds_place(address: &str) -> bool {
    let lower = address.to_lowercase();
    let (local, host) = lower.split_once('@').unwrap_or((&lower, ""));
    lower.contains("xxx")
        || host.starts_with("your")
        || host.contains("yourdomain")
        || host.contains("yourcompany")
        || host.contains("yourorganisation")
        || host.contains("insert")
        || local.contains("insert")
        || matches!(
            host,
            "domain.com" | "company.com" | "organisation.org" | "email.com" | "domain.co.uk"
        )
        || matches!(local, "yourname" | "your.name" | "name.surname")
}

fn webs(tokens: &[(usize, &str)], found: &mut Vec<(Slip, Span)>) {
    for &(start, token) in tokens {
        if !begins_like_an_address(token) {
            continue;
        }
        let lower = token.to_lowercase();
        let span = Span {
            start,
            end: start + token.len(),
        };
        let scheme = ["https://", "http://"]
            .iter()
            .find(|s| lower.starts_with(**s));
        let rest = match scheme {
            Some(scheme) => lower.get(scheme.len()..).unwrap_or_default(),
            None if lower.starts_with("www.") => &lower,
            None => {
                let slip = [
                    "htp:", "hhtp", "htttp", "httpss", "http//", "https//", "http:/", "https:/",
                    "http;", "https;", "www,", "wwww.", "ttps://", "ttp://",
                ];
                if slip.iter().any(|s| lower.starts_with(s)) {
                    found.push((Slip::BadWeb, span));
                }
                continue;
            }
        };
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        let host = host.rsplit('@').next().unwrap_or_default();
        let host = host.split(':').next().unwrap_or_default();
        if rest.is_empty()
            || host == "localhost"
            || host.starts_with("http") && host.len() < 6 && !rest.starts_with("http")
        {
            continue;
        }
        let short = host.starts_with("www.") && host.matches('.').count() < 2;
        let numbers = host.chars().all(|c| c.is_ascii_digit() || c == '.');
        if host.contains("xxx") || host.contains("yourdomain") || host.contains("yourcompany") {
            found.push((Slip::BadPlace, span));
        } else if short || (!numbers && !host_works(host)) {
            found.push((Slip::BadWeb, span));
        } else if is_old(&lower) {
            found.push((Slip::OldLink, span));
        }
    }
    // Without `http` or `www` only the regulator's own name is looked for.
    for &(start, token) in tokens {
        if !token.starts_with(['i', 'I']) {
            continue;
        }
        let lower = token.to_lowercase();
        if (lower.starts_with("ico.org.uk") || lower.starts_with("ico.gov.uk")) && is_old(&lower) {
            found.push((
                Slip::OldLink,
                Span {
                    start,
                    end: start + token.len(),
                },
            ));
        }
    }
}

/// A cheap look: what begins with other letters is no web address, however misspelt.
fn begins_like_an_address(token: &str) -> bool {
    token.starts_with(['h', 'H', 't', 'T', 'w', 'W']) && token.contains(['/', ':', '.', ';', ','])
}

/// Pages of the regulator's that are gone.
fn is_old(address: &str) -> bool {
    let Some(at) = address.find("ico.") else {
        return false;
    };
    let rest = address.get(at..).unwrap_or_default();
    rest.starts_with("ico.gov.uk")
        || [
            "/concerns",
            "/for_the_public",
            "/for-the-public/raising-concerns",
            "/report-a-concern",
            "/report_a_concern",
            "/complaints",
        ]
        .iter()
        .any(|p| {
            rest.strip_prefix("ico.org.uk")
                .is_some_and(|r| r.starts_with(p))
        })
}

const CALLS: [&str; 9] = [
    "tel",
    "phone",
    "call",
    "ring",
    "mobile",
    "helpline",
    "freephone",
    "switchboard",
    "landline",
];

/// Telephone numbers with too few or too many digits, behind a word that calls them so.
fn phones(text: &str, found: &mut Vec<(Slip, Span)>) {
    let bytes = text.as_bytes();
    let mut i = 0;
    while let Some(b) = bytes.get(i) {
        let before = i
            .checked_sub(1)
            .and_then(|p| bytes.get(p))
            .copied()
            .unwrap_or(b' ');
        let opens = (*b == b'0' || *b == b'+')
            && matches!(before, b' ' | b':' | b'\n' | b'\t' | b'(' | b'*');
        if !opens {
            i += 1;
            continue;
        }
        let end = run_end(bytes, i);
        let raw = text.get(i..end).unwrap_or_default();
        let bare = raw.trim_end_matches([' ', '-', '(', ')', '+']);
        let span = Span {
            start: i,
            end: i + bare.len(),
        };
        let next = bytes.get(end).copied().unwrap_or(b' ');
        let broken_off = matches!(next, b'/' | b':' | b'%' | b'.')
            && bytes.get(end + 1).is_some_and(u8::is_ascii_digit)
            || next.is_ascii_alphanumeric()
            || next == b'\n' && bytes.get(end + 1).is_some_and(u8::is_ascii_digit);
        if !broken_off && called(text, i) && !dials(bare) {
            found.push((Slip::BadPhone, span));
        }
        i = end.max(i + 1);
    }
}

/// Where a number ends. It may go on behind the end of a line while digits are still wanting.
fn run_end(bytes: &[u8], start: usize) -> usize {
    let mut digits = 0;
    let mut end = start;
    while let Some(b) = bytes.get(end) {
        let wraps =
            *b == b'\n' && digits < 10 && bytes.get(end + 1).is_some_and(u8::is_ascii_digit);
        if !(b.is_ascii_digit() || matches!(b, b' ' | b'-' | b'(' | b')' | b'+') || wraps) {
            break;
        }
        digits += usize::from(b.is_ascii_digit());
        end += 1;
    }
    end
}

/// Whether a word just before the number calls it a telephone number.
fn called(text: &str, at: usize) -> bool {
    let mut from = at.saturating_sub(30);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let near = text.get(from..at).unwrap_or_default();
    let near = near
        .rsplit(['\n', '.', ';'])
        .next()
        .unwrap_or_default()
        .to_lowercase();
    let near = near
        .rsplit(|c: char| c.is_ascii_digit())
        .next()
        .unwrap_or_default();
    near.split(|c: char| !c.is_alphabetic()).any(|w| {
        CALLS
            .iter()
            .any(|c| w.starts_with(c) && w.len() <= c.len() + 6)
            && w != "called"
            && w != "calling"
    })
}

/// Whether a British number has as many digits as it should; numbers of other countries are let pass.
fn dials(raw: &str) -> bool {
    let plain = raw.replace("(0)", "");
    let digits: String = plain.chars().filter(char::is_ascii_digit).collect();
    let national = match digits.strip_prefix("44") {
        Some(rest) if raw.starts_with('+') => format!("0{rest}"),
        _ if raw.starts_with('+') => return true,
        _ => digits,
    };
    if national.len() < 5 || national.starts_with("00") {
        return true;
    }
    let second = national.chars().nth(1).unwrap_or('0');
    match second {
        '1' => (10..=11).contains(&national.len()),
        '2' | '3' | '7' => national.len() == 11,
        '8' => matches!(national.len(), 8 | 10 | 11),
        _ => true,
    }
}

const STREET: [&str; 34] = [
    "street",
    "road",
    "lane",
    "avenue",
    "row",
    "square",
    "place",
    "way",
    "drive",
    "close",
    "park",
    "gardens",
    "terrace",
    "court",
    "crescent",
    "hill",
    "green",
    "gate",
    "quay",
    "wharf",
    "walk",
    "mews",
    "yard",
    "embankment",
    "broadway",
    "parade",
    "st",
    "rd",
    "ave",
    "campus",
    "box",
    "freepost",
    "mall",
    "boulevard",
];

/// Postal addresses that lack a street and number, or a post code.
fn posts(text: &str, reading: &Reading, found: &mut Vec<(Slip, Span)>) {
    for code in &reading.postcodes {
        if is_regulator_code(&code.what) {
            continue;
        }
        let mut from = code.span.start.saturating_sub(180);
        while !text.is_char_boundary(from) {
            from += 1;
        }
        let before = text.get(from..code.span.start).unwrap_or_default();
        let before = before.rsplit("\n\n").next().unwrap_or_default();
        let before = before.rsplit(". ").next().unwrap_or_default();
        let lower = before.to_lowercase();
        let enough = lower.chars().any(|c| c.is_ascii_digit())
            || lower
                .split(|c: char| !c.is_alphabetic())
                .any(|w| STREET.contains(&w));
        // What stands before a code of a table or a list need be no address.
        let address = before.matches(',').count() + before.matches('\n').count() >= 1;
        if address && !enough && !lower.contains("information commission") {
            found.push((Slip::NoStreet, code.span));
        }
    }
    let mut start = 0;
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    for (i, line) in lines.iter().enumerate() {
        let at = start;
        start += line.len();
        let lower = line.to_lowercase();
        let bare = lower.trim_start_matches(['-', '*', '•', ' ', '#', '_']);
        let label = [
            "address:",
            "**address:**",
            "postal address:",
            "our address:",
            "address:**",
            "post:",
            "by post:",
            "write to us at:",
        ];
        let Some(label) = label.iter().find(|l| bare.starts_with(**l)) else {
            continue;
        };
        let follow: Vec<&str> = lines
            .iter()
            .skip(i + 1)
            .take(5)
            .take_while(|l| !l.trim().is_empty())
            .copied()
            .collect();
        let own = bare.get(label.len()..).unwrap_or_default();
        let whole = format!("{own} {}", follow.join(" "));
        let end = at
            + line.trim_end().len()
            + if own.trim().is_empty() {
                follow.iter().map(|l| l.len()).sum::<usize>()
            } else {
                0
            };
        let coded = reading.postcodes.iter().any(|p| {
            at <= p.span.start
                && p.span.start <= at + line.len() + follow.iter().map(|l| l.len()).sum::<usize>()
        });
        let skip = whole.contains("freepost")
            || whole.contains("above")
            || (own.contains('@') || own.contains("http"));
        let words = own
            .split_whitespace()
            .count()
            .max(whole.split_whitespace().count().min(3));
        if !coded && !skip && words >= 2 && end <= text.len() {
            found.push((
                Slip::NoPostcode,
                Span {
                    start: at,
                    end: at + line.trim_end().len(),
                },
            ));
        }
    }
}
