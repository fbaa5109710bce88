//! Words heard one by one, each with its place, so that a finding can underline what was said.
//!
//! Hyphens part words (`opt-out` is heard as `opt out`), capitals and curly quotes make no difference,
//! and a pattern such as `legitimate interest* ~4 in|to` is matched over words, never over letters.

use std::ops::Range;

use super::pattern;
use super::sieve::{Key, Sieve};
use super::{markup, spelling, stops};
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
    /// What it is compared by first.
    pub(super) key: Key,
    /// How many words its sentence still has, this one included.
    pub(super) left: u32,
    /// Where its sentence ends.
    pub(super) until: usize,
    /// The sieve of the word and all behind it in its sentence.
    pub(super) ahead: Sieve,
}

/// The longest sentence that is heard in one piece, in words.
const LONGEST: usize = 400;

/// Bytes of the text at a span; nothing where the span does not fit.
pub(crate) fn at(text: &str, span: Span) -> &str {
    text.get(span.start..span.end).unwrap_or_default()
}

/// The words of a stretch of text, grouped into sentences.
pub(crate) fn sentences(text: &str, span: Span) -> Vec<Vec<Word>> {
    sentences_over(text, &[span])
}

/// The words of a text that lies in several stretches, grouped into sentences that run over their rims:
/// a cell of a table that was broken over lines.
pub(crate) fn sentences_over(text: &str, spans: &[Span]) -> Vec<Vec<Word>> {
    let mut done = Vec::new();
    let mut now: Vec<Word> = Vec::new();
    let mut open: Option<(usize, bool)> = None;
    let mut parted = false;
    let chars = characters(text, spans);
    let mut i = 0;
    while let Some(&(pos, c)) = chars.get(i) {
        if open.is_none() && now.len() >= LONGEST {
            // Nobody's sentence: cutting it keeps all that looks at pairs of words in it linear.
            done.push(std::mem::take(&mut now));
        }
        if c.is_ascii_alphanumeric() {
            if open.is_none() {
                open = Some((pos, parted));
                parted = false;
            }
            i += 1;
            continue;
        }
        if c == ' ' {
            close(text, &mut open, pos, &mut now);
            i += 1;
            continue;
        }
        let rest = chars.get(i..).unwrap_or_default();
        if let Some(more) = spelling::within(text, rest, open.map(|(start, _)| start)) {
            if open.is_none() {
                open = Some((pos, parted));
                parted = false;
            }
            i += more;
            continue;
        }
        close(text, &mut open, pos, &mut now);
        if let Some((skip, breaks)) = markup::tag(rest) {
            // A paragraph tag ends a sentence, an italic one does not.
            if breaks && !now.is_empty() {
                done.push(std::mem::take(&mut now));
            }
            i += skip;
            continue;
        }
        if let Some(skip) = markup::entity(rest) {
            i += skip;
            continue;
        }
        if matches!(
            c,
            ',' | ':' | ';' | '(' | ')' | '[' | ']' | '\t' | '|' | '–' | '—'
        ) {
            parted = true;
        }
        if stops::ends(&chars, i, &now) && !now.is_empty() {
            done.push(std::mem::take(&mut now));
        }
        i += 1;
    }
    let end = spans.last().map_or(0, |s| s.end);
    close(text, &mut open, end, &mut now);
    if !now.is_empty() {
        done.push(now);
    }
    done.iter_mut().for_each(|said| pattern::seal(said));
    done
}

/// The characters of some stretches with their places, a line end between two of them.
fn characters(text: &str, spans: &[Span]) -> Vec<(usize, char)> {
    let mut chars = Vec::new();
    for span in spans {
        if !chars.is_empty() {
            chars.push((span.start, '\n'));
        }
        let from = chars.len();
        let stretch = at(text, *span);
        chars.reserve(stretch.len());
        chars.extend(stretch.char_indices().map(|(i, c)| (i + span.start, c)));
        // The line end stands where the stretch before it stops.
        if let Some(last) = from.checked_sub(1)
            && let Some(before) = last.checked_sub(1).and_then(|b| chars.get(b)).copied()
            && let Some(gap) = chars.get_mut(last)
        {
            gap.0 = before.0 + before.1.len_utf8();
        }
    }
    chars
}

fn close(text: &str, open: &mut Option<(usize, bool)>, end: usize, now: &mut Vec<Word>) {
    let Some((start, parted)) = open.take() else {
        return;
    };
    let span = Span { start, end };
    let raw = at(text, span);
    let mut heard = spelling::plain(raw);
    if heard.ends_with("'s") {
        heard.truncate(heard.len() - 2);
    }
    now.push(Word {
        key: Key::of(&heard),
        ahead: Sieve::default(),
        left: 0,
        until: 0,
        text: heard,
        span,
        capital: raw.chars().next().is_some_and(char::is_uppercase),
        parted,
    });
}

/// The first place where the words match a pattern.
///
/// Elements are parted by spaces: `a|b` is a choice, `interest*` any word that begins so, `the?` may be
/// absent, `~4` lets up to four words pass.
pub(crate) fn find(words: &[Word], pattern: &'static str) -> Option<Range<usize>> {
    pattern::find(words, 0, pattern)
}

/// The first place at or behind the word `from` where the words match.
pub(crate) fn find_from(
    words: &[Word],
    from: usize,
    pattern: &'static str,
) -> Option<Range<usize>> {
    pattern::find(words, from, pattern)
}

/// Whether the words match a pattern anywhere.
pub(crate) fn says(words: &[Word], pattern: &'static str) -> bool {
    pattern::find(words, 0, pattern).is_some()
}

/// Whether the words match one of the patterns.
pub(crate) fn says_any(words: &[Word], patterns: &'static [&'static str]) -> bool {
    pattern::any(words, patterns)
}

/// The first place where the words match one of the patterns.
pub(crate) fn find_any(words: &[Word], patterns: &'static [&'static str]) -> Option<Range<usize>> {
    pattern::first(words, patterns)
}

/// Every place where the words match, none overlapping the one before.
pub(crate) fn find_all(words: &[Word], pattern: &'static str) -> Vec<Range<usize>> {
    let mut all = Vec::new();
    let mut from = 0;
    while let Some(hit) = find_from(words, from, pattern) {
        from = hit.end;
        all.push(hit);
    }
    all
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
            ("See Art. 6(1)(f), s. 8 and Sch. 2 of it. Ask us.", 2),
            ("We are Hartwell Ltd. (a charity), No. 4. You can ask.", 2),
            ("It costs £2.50 or 1.5 hours i.e. Nothing much.", 1),
            ("We keep it in the U.K. You can ask", 2),
            (
                "She said \u{201c}no.\u{201d} We stopped. (You may too.) Ask.",
                4,
            ),
            ("We wait … and then... We stop.", 2),
            (
                "Bread&nbsp;&amp; butter. <a href=\"https://a.example/b\">Ask</a> us",
                2,
            ),
            ("Ring Tel. 01632 960000 or Ext. 5 etc. Then stop", 2),
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
