//! Where a sentence ends, and where a full stop is only the end of a shortened word.

use super::words::Word;

/// Shortened words that never end a sentence.
const TITLES: &[&str] = &[
    "dr", "mr", "ms", "mrs", "mx", "prof", "st", "eg", "ie", "cf", "viz", "messrs", "hon", "rev",
];

/// Shortened words that a number follows.
const NUMBERED: &[&str] = &[
    "no", "nos", "art", "arts", "para", "paras", "sch", "sec", "ss", "reg", "regs", "pt", "ch",
    "vol", "p", "pp", "tel", "ext", "ver", "approx", "ref", "fig", "cl", "st", "c", "ca",
];

/// Whether the mark at `i` ends a sentence; `before` are its words so far.
pub(crate) fn ends(chars: &[(usize, char)], i: usize, before: &[Word]) -> bool {
    let Some(&(pos, c)) = chars.get(i) else {
        return false;
    };
    if !matches!(c, '.' | '!' | '?' | '…') {
        return false;
    }
    let behind = chars.get(i + 1..).unwrap_or_default();
    let shut = behind
        .iter()
        .take_while(|(_, c)| matches!(c, ')' | ']' | '"' | '\'' | '”' | '’' | '*' | '_'))
        .count();
    let behind = behind.get(shut..).unwrap_or_default();
    let Some((_, next)) = behind.first() else {
        return true;
    };
    if !next.is_whitespace() && *next != '<' {
        return false;
    }
    let blanks = behind.iter().take_while(|(_, c)| c.is_whitespace()).count();
    let behind = behind.get(blanks..).unwrap_or_default();
    let follows = behind.first().map(|(_, c)| *c);
    if follows.is_some_and(char::is_lowercase) {
        return false;
    }
    if c != '.' {
        return true;
    }
    let last = before
        .last()
        .filter(|w| w.span.end == pos)
        .map_or("", |w| w.text.as_str());
    // `no. 14`, `reg. no. Z1234567`
    let number = behind
        .iter()
        .map(|(_, c)| *c)
        .take_while(|c| c.is_alphanumeric())
        .take(4)
        .any(|c| c.is_ascii_digit());
    let company = matches!(last, "ltd" | "inc" | "co" | "plc") && follows == Some('(');
    let shortened = TITLES.contains(&last) || (number && NUMBERED.contains(&last)) || company;
    !(shortened || (is_initial(last) && !starts(behind, before)))
}

/// Whether a new sentence clearly begins: `in the U.K. You can`, but not `J. Smith` or `e.g. The`.
fn starts(behind: &[(usize, char)], before: &[Word]) -> bool {
    let latin = matches!(before, [.., a, b] if matches!((a.text.as_str(), b.text.as_str()), ("e", "g") | ("i", "e")));
    let word: String = behind
        .iter()
        .map(|(_, c)| *c)
        .take_while(|c| c.is_alphabetic())
        .take(12)
        .collect();
    !latin
        && matches!(
            word.as_str(),
            "We" | "You"
                | "The"
                | "It"
                | "This"
                | "If"
                | "Our"
                | "Your"
                | "They"
                | "These"
                | "When"
                | "Where"
        )
}

/// `e` and `g` of `e.g.`, or an initial.
fn is_initial(word: &str) -> bool {
    word.len() == 1 && word.chars().all(char::is_alphabetic)
}
