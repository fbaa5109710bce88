//! Words heard one by one, each with its place, so that a finding can underline what was said.
//!
//! Hyphens part words (`opt-out` is heard as `opt out`), capitals and curly quotes make no difference,
//! and a pattern such as `legitimate interest* ~4 in|to` is matched over words, never over letters.

use std::ops::Range;

use crate::model::Span;

/// A word in lower case, without a possessive ending.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    /// Lower case, straight apostrophes.
    pub text: String,
    /// Where it stands.
    pub span: Span,
    /// Whether it begins with a capital letter.
    pub capital: bool,
    /// Whether a bracket, a colon or a comma parts it from the word before.
    pub parted: bool,
}

/// Bytes of the text at a span; nothing where the span does not fit.
pub(crate) fn at(text: &str, span: Span) -> &str {
    text.get(span.start..span.end).unwrap_or_default()
}

/// The words of a stretch of text, grouped into sentences.
pub(crate) fn sentences(text: &str, span: Span) -> Vec<Vec<Word>> {
    let mut done = Vec::new();
    let mut now: Vec<Word> = Vec::new();
    let mut open: Option<(usize, bool)> = None;
    let mut parted = false;
    let chars: Vec<(usize, char)> = at(text, span)
        .char_indices()
        .map(|(i, c)| (i + span.start, c))
        .collect();
    let mut i = 0;
    while let Some(&(pos, c)) = chars.get(i) {
        let next = chars.get(i + 1).map(|(_, c)| *c);
        let inside = is_letter(c)
            || (is_apostrophe(c) && open.is_some() && next.is_some_and(char::is_alphanumeric));
        if inside {
            if open.is_none() {
                open = Some((pos, parted));
                parted = false;
            }
            i += 1;
            continue;
        }
        close(text, &mut open, pos, &mut now);
        if c == '<'
            && let Some((skip, breaks)) = tag(chars.get(i..).unwrap_or_default())
        {
            // A paragraph tag ends a sentence, an italic one does not.
            if breaks && !now.is_empty() {
                done.push(std::mem::take(&mut now));
            }
            i += skip;
            continue;
        }
        if matches!(
            c,
            ',' | ':' | ';' | '(' | ')' | '[' | ']' | '\t' | '|' | '–' | '—'
        ) {
            parted = true;
        }
        if ends(&chars, i, &now) && !now.is_empty() {
            done.push(std::mem::take(&mut now));
        }
        i += 1;
    }
    close(text, &mut open, span.end, &mut now);
    if !now.is_empty() {
        done.push(now);
    }
    done
}

fn close(text: &str, open: &mut Option<(usize, bool)>, end: usize, now: &mut Vec<Word>) {
    let Some((start, parted)) = open.take() else {
        return;
    };
    let span = Span { start, end };
    let raw = at(text, span);
    let lower = raw.to_lowercase().replace('\u{2019}', "'");
    let bare = lower.strip_suffix("'s").unwrap_or(&lower);
    now.push(Word {
        text: bare.to_owned(),
        span,
        capital: raw.chars().next().is_some_and(char::is_uppercase),
        parted,
    });
}

fn is_letter(c: char) -> bool {
    c.is_alphanumeric()
}

fn is_apostrophe(c: char) -> bool {
    c == '\'' || c == '\u{2019}'
}

/// How many characters an HTML tag at the start of `rest` has, and whether it begins a new block; a web
/// address in angle brackets is not a tag.
fn tag(rest: &[(usize, char)]) -> Option<(usize, bool)> {
    let second = rest.get(1).map(|(_, c)| *c)?;
    if !(second == '/' || second.is_ascii_alphabetic()) {
        return None;
    }
    let end = rest.iter().take(40).position(|(_, c)| *c == '>')?;
    let inner: String = rest.get(1..end)?.iter().map(|(_, c)| *c).collect();
    let plain = inner
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || matches!(c, '/' | ' ' | '=' | '"'));
    let name = inner.trim_matches(['/', ' ']).to_ascii_lowercase();
    let breaks = matches!(
        name.as_str(),
        "p" | "br" | "li" | "td" | "tr" | "div" | "ul" | "ol"
    );
    plain.then_some((end + 1, breaks))
}

/// Whether the mark at `i` ends a sentence.
fn ends(chars: &[(usize, char)], i: usize, before: &[Word]) -> bool {
    let Some(&(_, c)) = chars.get(i) else {
        return false;
    };
    if !matches!(c, '.' | '!' | '?') {
        return false;
    }
    let mut after = chars
        .get(i + 1..)
        .unwrap_or_default()
        .iter()
        .map(|(_, c)| *c)
        .peekable();
    while after
        .peek()
        .is_some_and(|c| matches!(c, ')' | ']' | '"' | '\'' | '”' | '’' | '*' | '_'))
    {
        after.next();
    }
    match after.next() {
        None => true,
        Some(c) if c.is_whitespace() || c == '<' => {
            let follows = after.find(|c| !c.is_whitespace());
            let last = before
                .last()
                .filter(|w| chars.get(i).is_some_and(|(pos, _)| w.span.end == *pos));
            let last = last.map_or("", |w| w.text.as_str());
            let shortened = is_initial(last)
                || matches!(
                    last,
                    "dr" | "mr" | "ms" | "mrs" | "prof" | "st" | "eg" | "ie"
                )
                || (matches!(last, "no" | "art" | "para" | "sch")
                    && follows.is_some_and(|f| f.is_ascii_digit()));
            !(shortened || follows.is_some_and(char::is_lowercase))
        }
        Some(_) => false,
    }
}

/// `e` and `g` of `e.g.`, or an initial.
fn is_initial(word: &str) -> bool {
    word.len() == 1 && word.chars().all(char::is_alphabetic)
}

/// The first place where the words match a pattern.
///
/// Elements are parted by spaces: `a|b` is a choice, `interest*` any word that begins so, `the?` may be
/// absent, `~4` lets up to four words pass.
pub(crate) fn find(words: &[Word], pattern: &str) -> Option<Range<usize>> {
    find_from(words, 0, pattern)
}

/// The first place at or behind the word `from` where the words match.
pub(crate) fn find_from(words: &[Word], from: usize, pattern: &str) -> Option<Range<usize>> {
    let parts: Vec<&str> = pattern.split(' ').collect();
    (from..words.len()).find_map(|i| {
        let end = fits(words, i, &parts)?;
        (end > i).then_some(i..end)
    })
}

/// Whether the words match a pattern anywhere.
pub(crate) fn says(words: &[Word], pattern: &str) -> bool {
    find(words, pattern).is_some()
}

/// Whether the words match one of the patterns.
pub(crate) fn says_any(words: &[Word], patterns: &[&str]) -> bool {
    patterns.iter().any(|p| says(words, p))
}

/// The first place where the words match one of the patterns.
pub(crate) fn find_any(words: &[Word], patterns: &[&str]) -> Option<Range<usize>> {
    patterns
        .iter()
        .filter_map(|p| find(words, p))
        .min_by_key(|r| r.start)
}

/// Every place where the words match, none overlapping the one before.
pub(crate) fn find_all(words: &[Word], pattern: &str) -> Vec<Range<usize>> {
    let mut all = Vec::new();
    let mut from = 0;
    while let Some(hit) = find_from(words, from, pattern) {
        from = hit.end;
        all.push(hit);
    }
    all
}

fn fits(words: &[Word], at: usize, parts: &[&str]) -> Option<usize> {
    let Some((part, rest)) = parts.split_first() else {
        return Some(at);
    };
    if let Some(gap) = part.strip_prefix('~') {
        let most: usize = gap.parse().unwrap_or(0);
        return (at..=at + most).find_map(|i| fits(words, i, rest));
    }
    if let Some(part) = part.strip_suffix('?') {
        let taken = words.get(at).filter(|w| alike(&w.text, part));
        return taken
            .and_then(|_| fits(words, at + 1, rest))
            .or_else(|| fits(words, at, rest));
    }
    let word = words.get(at)?;
    alike(&word.text, part)
        .then(|| fits(words, at + 1, rest))
        .flatten()
}

fn alike(word: &str, part: &str) -> bool {
    part.split('|')
        .any(|choice| match choice.strip_suffix('*') {
            Some(start) => word.starts_with(start),
            None => word == choice,
        })
}

/// The stretch of text from the first word of a range to its last.
pub(crate) fn span(words: &[Word], range: &Range<usize>) -> Span {
    let inside = words.get(range.clone()).unwrap_or_default();
    Span {
        start: inside.first().map_or(0, |w| w.span.start),
        end: inside.last().map_or(0, |w| w.span.end),
    }
}

/// Whether what stands at `at` is denied by the words before it: `we do not rely on consent`.
pub(crate) fn denied(words: &[Word], at: usize) -> bool {
    let from = at.saturating_sub(7);
    let before = words.get(from..at).unwrap_or_default();
    before.iter().enumerate().any(|(i, w)| {
        let cut = before
            .get(i + 1..)
            .unwrap_or_default()
            .iter()
            .any(|w| matches!(w.text.as_str(), "but" | "unless" | "except"));
        let next = before.get(i + 1).map_or("", |w| w.text.as_str());
        let word = matches!(
            w.text.as_str(),
            "not" | "never" | "without" | "no" | "neither" | "nor" | "cannot" | "rather"
        ) || w.text.ends_with("n't")
            || (w.text == "instead" && next == "of");
        // `not only` affirms.
        word && next != "only" && !cut
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(text: &str) -> Vec<Word> {
        let all = sentences(
            text,
            Span {
                start: 0,
                end: text.len(),
            },
        );
        assert_eq!(all.len(), 1, "{all:?}");
        all.into_iter().next().unwrap_or_default()
    }

    #[test]
    fn sentences_end_where_a_reader_would_stop() {
        let cases = [
            ("We keep it. Then we erase it.", 2),
            ("Storage (e.g. Zoom, email). It is safe.", 2),
            ("Dr. Ada Okoro answers.", 1),
            ("<p>One.</p> <p>NOTE: two.</p>", 2),
            ("Is it safe? Yes.", 2),
            ("We use tools (Gmail, Teams etc.) to write", 1),
            ("see www.example.org for more", 1),
            ("<https://example.org/a>.", 1),
        ];
        for (text, count) in cases {
            let got = sentences(
                text,
                Span {
                    start: 0,
                    end: text.len(),
                },
            );
            assert_eq!(got.len(), count, "{text}: {got:?}");
        }
    }

    #[test]
    fn patterns_match_over_words() {
        let words = one(
            "The lawful basis is the legitimate interest of the Data Controller’s opt-out list",
        );
        assert!(says(&words, "legitimate interest* ~3 controller"));
        assert!(says(&words, "opt out"));
        assert!(says(&words, "lawful|legal the? basis"));
        assert!(!says(&words, "legitimate ~0 controller"));
        assert!(says(&words, "data controller opt"));
    }

    #[test]
    fn denial_reaches_a_few_words() {
        let words = one("We do not rely on your consent");
        let at = find(&words, "consent").unwrap().start;
        assert!(denied(&words, at));
        let words = one("We do not guess but rely on consent");
        let at = find(&words, "consent").unwrap().start;
        assert!(!denied(&words, at));
    }
}
