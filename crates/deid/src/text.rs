//! Words of a text, in the form in which two spellings of one name are the same.

use unicode_normalization::UnicodeNormalization as _;

/// One word and where it stands. A possessive `'s` is no part of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    /// The first byte.
    pub(crate) start: usize,
    /// The byte after the last.
    pub(crate) end: usize,
    /// Lower case, without accents and apostrophes.
    pub(crate) folded: String,
    /// Whether it begins with a capital.
    pub(crate) capital: bool,
    /// Whether it begins a sentence.
    pub(crate) opens: bool,
}

/// The words of a text, in order.
pub(crate) fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut open: Option<usize> = None;
    let mut opens = true;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let after = at + c.len_utf8();
        if c.is_alphabetic() || (open.is_some() && joins(c)) {
            open.get_or_insert(at);
            let inside = match chars.peek() {
                Some((_, next)) if next.is_alphabetic() || joins(*next) => true,
                Some((_, next)) if apostrophe(*next) => text
                    .get(after + next.len_utf8()..)
                    .and_then(|rest| rest.chars().next())
                    .is_some_and(char::is_alphabetic),
                _ => false,
            };
            if !inside && let Some(start) = open.take() {
                push(text, start, after, opens, &mut words);
                opens = false;
            }
        } else if apostrophe(c) && open.is_some() {
            // Between two letters, as the letter before it saw.
        } else if matches!(c, '.' | '!' | '?' | '\n' | ':' | '“' | '"' | '>') {
            opens = true;
        } else if c.is_numeric() {
            opens = false;
        }
    }
    words
}

fn push(text: &str, start: usize, end: usize, opens: bool, words: &mut Vec<Word>) {
    let Some(whole) = text.get(start..end) else {
        return;
    };
    let own = ["'s", "’s", "ʼs", "'S", "’S"]
        .iter()
        .find_map(|possessive| whole.strip_suffix(possessive))
        .unwrap_or(whole);
    let folded = fold(own);
    if !folded.is_empty() {
        let capital = own.chars().next().is_some_and(char::is_uppercase);
        words.push(Word {
            start,
            end: start + own.len(),
            folded,
            capital,
            opens,
        });
    }
}

/// Lower case, without accents, apostrophes and characters that do not show.
pub(crate) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.nfkd().flat_map(char::to_lowercase) {
        match c {
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'þ' => folded.push_str("th"),
            'ø' => folded.push('o'),
            'ł' => folded.push('l'),
            'đ' | 'ð' => folded.push('d'),
            'ı' => folded.push('i'),
            c if c.is_alphanumeric() || c == ' ' => folded.push(c),
            _ => {}
        }
    }
    folded
}

/// The text from byte `start`, or nothing where that is no boundary.
pub(crate) fn between(text: &str, start: usize, end: usize) -> &str {
    text.get(start..end).unwrap_or_default()
}

/// Whether two words so far apart can be one name: a space, a hyphen, an initial's dot, a comma.
pub(crate) fn near(gap: &str) -> bool {
    let short = gap.chars().count() <= 3 && gap.matches('\n').count() <= 1;
    let mark = |c: char| c.is_whitespace() || matches!(c, '-' | '‐' | '‑' | '–' | '.' | ',' | '_');
    short && gap.chars().all(mark)
}

const fn apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ' | '`')
}

/// Marks that sit on a letter, and characters that do not show, with which a name could be hidden.
const fn joins(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_folded_and_lose_the_possessive() {
        let cases = [
            ("Ada's", "ada"),
            ("O’Neill's", "oneill"),
            ("Amélie", "amelie"),
            ("Ame\u{301}lie", "amelie"),
            ("Łukasz", "lukasz"),
            ("A\u{ad}da", "ada"),
            ("ＡＤＡ", "ada"),
        ];
        for (text, folded) in cases {
            let words = words(text);
            assert_eq!(words.len(), 1, "{text}: {words:?}");
            assert_eq!(words[0].folded, folded);
        }
        assert_eq!(words("Ada's")[0].end, 3);
        assert_eq!(words("the girls' home")[1].end, 9);
    }

    #[test]
    fn sentences_open_after_a_stop() {
        let opens: Vec<bool> = words("Will came. May I? yes")
            .iter()
            .map(|w| w.opens)
            .collect();
        assert_eq!(opens, [true, false, true, false, true]);
    }
}
