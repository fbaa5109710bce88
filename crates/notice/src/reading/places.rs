//! Where people and machines can be reached: e-mail, telephone, post codes, web addresses, and the
//! references (`#4107`) that route a message.

use crate::model::Span;

/// A place in the text and what is written there.
pub(crate) type Found = (String, Span);

/// E-mail addresses, in lower case.
pub(crate) fn emails(text: &str) -> Vec<Found> {
    let mut all = Vec::new();
    for (sign, _) in text.match_indices('@') {
        let local =
            |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '+' | '\'');
        let domain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-');
        let before = text.get(..sign).unwrap_or_default();
        let after = text.get(sign + 1..).unwrap_or_default();
        let start = before.rfind(|c| !local(c)).map_or(0, |i| {
            i + before
                .get(i..)
                .and_then(|r| r.chars().next())
                .map_or(1, char::len_utf8)
        });
        let end = after.find(|c| !domain(c)).unwrap_or(after.len());
        let host = after
            .get(..end)
            .unwrap_or_default()
            .trim_end_matches(['.', '-']);
        let name = before.get(start..).unwrap_or_default();
        if name.trim_start_matches(['.', '\'']).is_empty() || !host.contains('.') {
            continue;
        }
        let start = start + (name.len() - name.trim_start_matches(['.', '\'', '-']).len());
        let span = Span {
            start,
            end: sign + 1 + host.len(),
        };
        all.push((
            text.get(span.start..span.end)
                .unwrap_or_default()
                .to_lowercase(),
            span,
        ));
    }
    all
}

/// Web addresses, as written, without the mark that ends a sentence.
pub(crate) fn urls(text: &str) -> Vec<Found> {
    let mut all: Vec<Found> = Vec::new();
    for mark in ["https://", "http://", "www."] {
        for (start, _) in text.match_indices(mark) {
            let rest = text.get(start..).unwrap_or_default();
            let end = rest
                .find(|c: char| {
                    c.is_whitespace() || matches!(c, '<' | '>' | ')' | ']' | '"' | '”' | '|')
                })
                .unwrap_or(rest.len());
            let address = rest
                .get(..end)
                .unwrap_or_default()
                .trim_end_matches(['.', ',', ';', ':', '*', '_']);
            let span = Span {
                start,
                end: start + address.len(),
            };
            if address.len() > mark.len() {
                all.push((address.to_owned(), span));
            }
        }
    }
    // `https://www.` is one address, not two.
    all.sort_by_key(|(_, s)| s.start);
    let mut end = 0;
    all.retain(|(_, s)| {
        let new = s.start >= end;
        end = end.max(s.end);
        new
    });
    all
}

/// References such as `#3032`; a Markdown heading is none.
pub(crate) fn references(text: &str) -> Vec<Found> {
    text.match_indices('#')
        .filter_map(|(start, _)| {
            let rest = text.get(start + 1..)?;
            let digits = rest.chars().take_while(char::is_ascii_digit).count();
            let end = start + 1 + digits;
            let apart = !rest
                .get(digits..)?
                .starts_with(|c: char| c.is_alphanumeric());
            (digits >= 2 && apart).then(|| {
                (
                    text.get(start..end).unwrap_or_default().to_owned(),
                    Span { start, end },
                )
            })
        })
        .collect()
}

/// British telephone numbers, as digits: `03031231113`; `+44` is told as `0`.
pub(crate) fn phones(text: &str) -> Vec<Found> {
    let mut all = Vec::new();
    let mut i = 0;
    let bytes = text.as_bytes();
    while let Some(b) = bytes.get(i) {
        let opens = (*b == b'0' || *b == b'+' || *b == b'(')
            && !i
                .checked_sub(1)
                .and_then(|p| bytes.get(p))
                .is_some_and(u8::is_ascii_alphanumeric);
        if !opens {
            i += 1;
            continue;
        }
        let rest = bytes.get(i..).unwrap_or_default();
        let run = rest
            .iter()
            .take_while(|b| b.is_ascii_digit() || matches!(b, b' ' | b'-' | b'(' | b')' | b'+'))
            .count();
        let raw = text
            .get(i..i + run)
            .unwrap_or_default()
            .trim_end_matches([' ', '-', '(', ')', '+']);
        let digits: String = raw
            .replace("(0)", "")
            .chars()
            .filter(char::is_ascii_digit)
            .collect();
        let digits = match digits.strip_prefix("44") {
            Some(rest) if raw.starts_with('+') => format!("0{rest}"),
            _ => digits,
        };
        if digits.starts_with('0') && (10..=11).contains(&digits.len()) {
            all.push((
                digits,
                Span {
                    start: i,
                    end: i + raw.len(),
                },
            ));
        }
        i += run.max(1);
    }
    all
}

/// British post codes, in capitals with one blank: `SK9 5AF`.
pub(crate) fn postcodes(text: &str) -> Vec<Found> {
    let mut all = Vec::new();
    let mut last: Option<(&str, usize)> = None;
    let mut start = 0;
    for raw in text.split_inclusive(|c: char| !c.is_ascii_alphanumeric()) {
        let word = match raw.chars().next_back() {
            Some(c) if !c.is_ascii_alphanumeric() => {
                raw.get(..raw.len() - c.len_utf8()).unwrap_or_default()
            }
            _ => raw,
        };
        if !word.is_empty() {
            if let Some((outward, from)) = last
                && is_outward(outward)
                && is_inward(word)
                && text
                    .get(from + outward.len()..start)
                    .is_some_and(|gap| gap.trim().is_empty())
            {
                all.push((
                    format!("{outward} {word}"),
                    Span {
                        start: from,
                        end: start + word.len(),
                    },
                ));
            }
            last = Some((word, start));
        }
        start += raw.len();
    }
    all
}

fn is_outward(word: &str) -> bool {
    let letters = word.chars().take_while(char::is_ascii_uppercase).count();
    let rest = word.as_bytes().get(letters..).unwrap_or_default();
    (1..=2).contains(&letters)
        && (1..=2).contains(&rest.len())
        && rest.first().is_some_and(u8::is_ascii_digit)
        && rest
            .iter()
            .all(|c| c.is_ascii_digit() || c.is_ascii_uppercase())
}

fn is_inward(word: &str) -> bool {
    let mut chars = word.chars();
    word.len() == 3
        && chars.next().is_some_and(|c| c.is_ascii_digit())
        && chars.all(|c| c.is_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(found: Vec<Found>) -> Vec<String> {
        found.into_iter().map(|(s, _)| s).collect()
    }

    #[test]
    fn places_are_found() {
        let text = "Write to DPO@Example.org.uk. quoting \"#3032\" or ring +44 (0)20 7946 0000, 0303 123 1113; \
                    see <https://example.org/a/b>. or www.example.net/x, SW1H 9EA, SK9 5AF. # Heading, 2018, é@x.org";
        assert_eq!(told(emails(text)), ["dpo@example.org.uk"]);
        assert_eq!(
            told(urls(text)),
            ["https://example.org/a/b", "www.example.net/x"]
        );
        assert_eq!(told(references(text)), ["#3032"]);
        assert_eq!(told(phones(text)), ["02079460000", "03031231113"]);
        assert_eq!(told(postcodes(text)), ["SW1H 9EA", "SK9 5AF"]);
    }
}
