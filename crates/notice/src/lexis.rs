//! Rule lines become sentences, and sentences become words that know where they stand.
//!
//! A line that starts with a space continues the sentence above it. `#` after two spaces starts a remark;
//! so does `#` after one, unless a reference is meant (`reference #4107`).

use crate::model::Span;
use jiff::civil::Date;

/// What a word of a rule sentence is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Kind {
    /// A name, an event, a key word: `keep`, `project.end`, `UK-addendum`.
    Word(String),
    /// Words in quotation marks, without the marks.
    Text(String),
    /// A date; `None` when it is no day of the calendar or is not written `YYYY-MM-DD`.
    Date(Option<Date>),
    /// A whole number.
    Int(u32),
    /// `#4107` outside quotation marks, the `#` included.
    Reference(String),
    /// `,`
    Comma,
    /// `=`
    Equals,
    /// `:`
    Colon,
    /// `;`
    Semicolon,
    /// `+`
    Plus,
    /// A quotation mark that nothing closes.
    Unclosed,
    /// Anything else.
    Odd,
}

/// A word with the bytes of the document it takes up.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Token {
    pub(crate) kind: Kind,
    pub(crate) span: Span,
}

impl Token {
    /// Whether it is this key word.
    pub(crate) fn is(&self, word: &str) -> bool {
        matches!(&self.kind, Kind::Word(w) if w == word)
    }
}

/// A rule sentence before anybody has understood it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Utterance {
    /// Its lines, first to last.
    pub(crate) lines: Vec<Span>,
    /// Its words, without remarks.
    pub(crate) tokens: Vec<Token>,
    /// What its author noted behind `#`.
    pub(crate) remark: String,
}

impl Utterance {
    /// From the first word to the last.
    pub(crate) fn span(&self) -> Span {
        let first = self
            .tokens
            .first()
            .map(|t| t.span)
            .or(self.lines.first().copied());
        let last = self
            .tokens
            .last()
            .map(|t| t.span)
            .or(self.lines.last().copied());
        Span {
            start: first.unwrap_or_default().start,
            end: last.unwrap_or_default().end,
        }
    }

    /// Whether every word of it could be made out.
    pub(crate) fn is_legible(&self) -> bool {
        !self.tokens.is_empty()
            && self
                .tokens
                .iter()
                .all(|t| !matches!(t.kind, Kind::Odd | Kind::Unclosed))
    }
}

/// What a fence is made of.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Entry {
    /// A sentence, perhaps over several lines.
    Sentence(Utterance),
    /// A line that is a remark and nothing else.
    Remark(Span),
    /// An empty line.
    Blank,
}

/// The entries of a fence whose lines stand at `lines` of `source`.
pub(crate) fn entries(source: &str, lines: &[Span]) -> Vec<Entry> {
    let mut out: Vec<Entry> = Vec::new();
    for &line in lines {
        let text = slice(source, line);
        if text.trim().is_empty() {
            out.push(Entry::Blank);
        } else if text.starts_with('#') {
            out.push(Entry::Remark(line));
        } else {
            match out.last_mut() {
                Some(Entry::Sentence(above)) if text.starts_with(char::is_whitespace) => {
                    above.lines.push(line);
                }
                _ => out.push(Entry::Sentence(Utterance {
                    lines: vec![line],
                    tokens: Vec::new(),
                    remark: String::new(),
                })),
            }
        }
    }
    for entry in &mut out {
        if let Entry::Sentence(sentence) = entry {
            let mut lexer = Lexer {
                source,
                tokens: Vec::new(),
                remarks: Vec::new(),
                open: None,
            };
            for &line in &sentence.lines {
                lexer.line(line);
            }
            lexer.close();
            sentence.tokens = lexer.tokens;
            sentence.remark = lexer.remarks.join(" ");
        }
    }
    out
}

/// The words of `source` at `span`; empty if the span is not inside it.
pub(crate) fn slice(source: &str, span: Span) -> &str {
    source.get(span.start..span.end).unwrap_or_default()
}

/// A quotation whose end has not come yet.
struct Open {
    closes: char,
    words: String,
    /// From the mark to the end of its first line, for the fault if nothing closes it.
    span: Span,
}

struct Lexer<'s> {
    source: &'s str,
    tokens: Vec<Token>,
    remarks: Vec<String>,
    open: Option<Open>,
}

impl Lexer<'_> {
    fn line(&mut self, line: Span) {
        let text = slice(self.source, line);
        let mut at = 0;
        if let Some(mut open) = self.open.take() {
            let indent = text.len() - text.trim_start().len();
            let rest = text.trim_start();
            if !open.words.is_empty() {
                open.words.push(' ');
            }
            match rest.find(open.closes) {
                Some(end) => {
                    open.words.push_str(rest.get(..end).unwrap_or_default());
                    at = indent + end + open.closes.len_utf8();
                    let span = Span {
                        start: open.span.start,
                        end: line.start + at,
                    };
                    self.tokens.push(Token {
                        kind: Kind::Text(open.words),
                        span,
                    });
                }
                None => {
                    open.words.push_str(rest.trim_end());
                    self.open = Some(open);
                    return;
                }
            }
        }
        while let Some(rest) = text.get(at..)
            && let Some(c) = rest.chars().next()
        {
            let width = c.len_utf8();
            let (kind, length) = match c {
                _ if c.is_whitespace() => {
                    at += width;
                    continue;
                }
                '"' | '\u{201c}' | '\u{201d}' => {
                    let closes = if c == '"' { '"' } else { '\u{201d}' };
                    let inside = rest.get(width..).unwrap_or_default();
                    let Some(end) = inside.find(closes) else {
                        let seen = rest.trim_end().len();
                        self.open = Some(Open {
                            closes,
                            words: inside.trim_end().to_owned(),
                            span: Span {
                                start: line.start + at,
                                end: line.start + at + seen,
                            },
                        });
                        return;
                    };
                    let words = inside.get(..end).unwrap_or_default().to_owned();
                    (Kind::Text(words), width + end + closes.len_utf8())
                }
                ',' => (Kind::Comma, width),
                '=' => (Kind::Equals, width),
                ':' => (Kind::Colon, width),
                ';' => (Kind::Semicolon, width),
                '+' => (Kind::Plus, width),
                '#' if self.is_reference(text, at) => {
                    let end = rest
                        .get(width..)
                        .and_then(|r| r.find(|c: char| !is_word(c)))
                        .map_or(rest.len(), |n| n + width);
                    (
                        Kind::Reference(rest.get(..end).unwrap_or_default().to_owned()),
                        end,
                    )
                }
                '#' if text
                    .get(..at)
                    .is_none_or(|b| b.ends_with(char::is_whitespace)) =>
                {
                    let remark = rest.trim_start_matches('#').trim();
                    if !remark.is_empty() {
                        self.remarks.push(remark.to_owned());
                    }
                    return;
                }
                _ if c.is_alphanumeric() => {
                    let end = rest.find(|c: char| !is_word(c)).unwrap_or(rest.len());
                    (classify(rest.get(..end).unwrap_or_default()), end)
                }
                _ => (Kind::Odd, width),
            };
            let start = line.start + at;
            self.tokens.push(Token {
                kind,
                span: Span {
                    start,
                    end: start + length,
                },
            });
            at += length;
        }
    }

    /// `#` opens a reference where one is asked for, or behind a single space before a digit.
    fn is_reference(&self, text: &str, at: usize) -> bool {
        let next = text.get(at + 1..).and_then(|r| r.chars().next());
        let before = text.get(..at).unwrap_or_default();
        let gap = before.len() - before.trim_end().len();
        let asked = self
            .tokens
            .last()
            .is_some_and(|t| t.is("reference") || t.is("quoting"));
        (asked && next.is_some_and(char::is_alphanumeric))
            || (gap == 1 && before.len() > 1 && next.is_some_and(|c| c.is_ascii_digit()))
    }

    fn close(&mut self) {
        if let Some(open) = self.open.take() {
            self.tokens.push(Token {
                kind: Kind::Unclosed,
                span: open.span,
            });
        }
    }
}

/// Letters that hold a word together; `@`, `/`, `'` and `_` are in no name, but belong to the wrong word.
fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '.' | '_' | '/' | '\'' | '@')
}

fn classify(word: &str) -> Kind {
    if !word.starts_with(|c: char| c.is_ascii_digit()) {
        return Kind::Word(word.to_owned());
    }
    if word.bytes().all(|b| b.is_ascii_digit()) {
        return word.parse().map_or(Kind::Odd, Kind::Int);
    }
    let digits = word
        .bytes()
        .all(|b| b.is_ascii_digit() || matches!(b, b'-' | b'/' | b'.'));
    let seams = word.bytes().filter(|b| !b.is_ascii_digit()).count();
    if digits && seams == 2 {
        Kind::Date(date(word))
    } else {
        Kind::Odd
    }
}

fn date(word: &str) -> Option<Date> {
    let shape = word.len() == 10
        && word
            .bytes()
            .enumerate()
            .all(|(n, b)| (b == b'-') == matches!(n, 4 | 7));
    let part = |range: std::ops::Range<usize>| word.get(range)?.parse::<i16>().ok();
    let small = |range| part(range).and_then(|n| i8::try_from(n).ok());
    if !shape {
        return None;
    }
    Date::new(part(0..4)?, small(5..7)?, small(8..10)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(line: &str) -> Vec<Kind> {
        let span = Span {
            start: 0,
            end: line.len(),
        };
        match entries(line, &[span]).pop() {
            Some(Entry::Sentence(s)) => s.tokens.into_iter().map(|t| t.kind).collect(),
            _ => Vec::new(),
        }
    }

    #[test]
    fn a_hash_is_a_reference_or_a_remark() {
        let two = kinds("project \"A\" reference #4107  # PR-1");
        assert_eq!(two.last(), Some(&Kind::Reference("#4107".to_owned())));
        assert_eq!(kinds("keep a # PR-1").len(), 2);
        assert_eq!(kinds("keep a  #4107").len(), 2);
        assert_eq!(kinds("contact dpo \"#4107\"").len(), 3);
    }

    #[test]
    fn dates_are_days_of_the_calendar() {
        assert!(matches!(
            kinds("2027-02-28").as_slice(),
            [Kind::Date(Some(_))]
        ));
        assert!(matches!(kinds("2027-02-30").as_slice(), [Kind::Date(None)]));
        assert!(matches!(kinds("1/2/2027").as_slice(), [Kind::Date(None)]));
        assert!(matches!(kinds("99999999999").as_slice(), [Kind::Odd]));
    }

    #[test]
    fn a_quotation_may_run_on() {
        let source = "purpose a \"to learn\n  more\" uses all";
        let lines = [
            Span { start: 0, end: 19 },
            Span {
                start: 20,
                end: source.len(),
            },
        ];
        let found = entries(source, &lines);
        let [Entry::Sentence(s)] = found.as_slice() else {
            panic!("one sentence")
        };
        assert_eq!(s.tokens[2].kind, Kind::Text("to learn more".to_owned()));
    }
}
