//! A finger moving along the words of a sentence: it says what it expected and underlines what it found.

use super::mention::Mention;
use crate::fault::{Fault, nearest, shown};
use crate::lexis::{Kind, Token, slice};
use crate::model::Span;

/// What a grammar function gives back: what it heard, or the fault that stopped it.
pub(crate) type Heard<T> = Result<T, Fault>;

/// See the module's words.
pub(crate) struct Cursor<'t> {
    pub(super) source: &'t str,
    tokens: &'t [Token],
    pub(super) at: usize,
    /// What could have stood at `tried_at`.
    tried: Vec<&'static str>,
    tried_at: usize,
    /// How the whole sentence reads, for the help.
    form: &'static str,
    pub(crate) uses: Vec<Mention>,
    pub(crate) declares: Vec<Mention>,
}

impl<'t> Cursor<'t> {
    /// `tokens` begins with a word that has been understood: the verb, or the clause's own word.
    pub(crate) fn new(source: &'t str, tokens: &'t [Token], form: &'static str) -> Cursor<'t> {
        Cursor {
            source,
            tokens,
            at: 1,
            tried: Vec::new(),
            tried_at: 0,
            form,
            uses: Vec::new(),
            declares: Vec::new(),
        }
    }

    /// The word it begins with.
    pub(crate) fn first(&self) -> Option<&'t Token> {
        self.tokens.first()
    }

    pub(crate) fn peek(&self) -> Option<&'t Token> {
        self.tokens.get(self.at)
    }

    pub(crate) fn is_done(&self) -> bool {
        self.at >= self.tokens.len()
    }

    fn try_word(&mut self, word: &'static str) {
        if self.tried_at != self.at {
            self.tried.clear();
            self.tried_at = self.at;
        }
        self.tried.push(word);
    }

    /// Steps over a key word if it is the next.
    pub(crate) fn take(&mut self, word: &'static str) -> bool {
        if self.peek().is_some_and(|t| t.is(word)) {
            self.at += 1;
            return true;
        }
        self.try_word(word);
        false
    }

    /// Steps over a mark if it is the next.
    pub(crate) fn mark(&mut self, kind: &Kind) -> bool {
        let found = self.peek().is_some_and(|t| t.kind == *kind);
        self.at += usize::from(found);
        found
    }

    /// Steps over a key word that has to come.
    pub(crate) fn expect(&mut self, word: &'static str) -> Heard<()> {
        if self.take(word) {
            Ok(())
        } else {
            Err(self.wanted_word())
        }
    }

    /// Steps over a mark that has to come.
    pub(crate) fn expect_mark(&mut self, kind: &Kind, shape: &str) -> Heard<()> {
        if self.mark(kind) {
            Ok(())
        } else {
            Err(self.wanted(&format!("`{shape}`")))
        }
    }

    /// Nothing may be left over.
    pub(crate) fn done(&mut self) -> Heard<()> {
        if self.is_done() {
            Ok(())
        } else {
            Err(self.wanted_word())
        }
    }

    /// A fault about key words: one of those tried here would have been understood.
    fn wanted_word(&mut self) -> Fault {
        let tried = if self.tried_at == self.at {
            std::mem::take(&mut self.tried)
        } else {
            Vec::new()
        };
        let listed: Vec<String> = tried.iter().map(|w| format!("`{w}`")).collect();
        let what = match listed.as_slice() {
            [] => "the end of the sentence or a `;`".to_owned(),
            [one] => one.clone(),
            many => format!("one of {}", many.join(", ")),
        };
        let fault = self.wanted(&what);
        match self.peek().map(|t| &t.kind) {
            Some(Kind::Word(found)) => match nearest(found, tried) {
                Some(near) => fault.help(format!("did you mean `{near}`?")),
                None => fault,
            },
            _ => fault,
        }
    }

    /// A fault at the next word, or behind the last one: `what` was expected.
    pub(crate) fn wanted(&self, what: &str) -> Fault {
        let help = format!("the sentence reads: {}", self.form);
        match self.peek() {
            Some(token) => match token.kind {
                Kind::Unclosed => Fault::new("syntax", "this quotation is never closed", token.span)
                    .help("put a `\"` behind its last word; it may run on in a line that starts with a space"),
                _ => {
                    let found = shown(slice(self.source, token.span));
                    Fault::new("syntax", format!("expected {what}, found `{found}`"), token.span).help(help)
                }
            },
            None => {
                let span = self.tokens.last().map(|t| t.span).unwrap_or_default();
                let last = shown(slice(self.source, span));
                Fault::new("syntax", format!("expected {what} after `{last}`"), span).help(help)
            }
        }
    }

    /// Any word, upper case too: `GB`, `UK-addendum`, `en-GB`.
    pub(crate) fn word(&mut self, what: &str) -> Heard<String> {
        match self.peek().map(|t| &t.kind) {
            Some(Kind::Word(word))
                if word.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') =>
            {
                self.at += 1;
                Ok(word.clone())
            }
            _ => Err(self.wanted(what)),
        }
    }

    /// A name: lower-case letters, digits and hyphens, beginning with a letter.
    pub(crate) fn name(&mut self, what: &str) -> Heard<String> {
        self.lower(what, 1)
    }

    /// A milestone: a name, or two joined by a dot.
    pub(crate) fn event(&mut self) -> Heard<String> {
        self.lower("an event such as `project.end`", 2)
    }

    fn lower(&mut self, what: &str, parts: usize) -> Heard<String> {
        let Some(Token {
            kind: Kind::Word(word),
            span,
        }) = self.peek()
        else {
            return Err(self.wanted(what));
        };
        if is_name(word, parts) {
            self.at += 1;
            return Ok(word.clone());
        }
        let fault = Fault::new("syntax", format!("`{}` is not a name", shown(word)), *span);
        let better = word.to_lowercase().replace(['_', '\'', '.', '/'], "-");
        let better = better.trim_end_matches('-');
        Err(if is_name(better, 1) && !word.contains('@') {
            fault.help(format!(
                "names are lower-case words joined by hyphens: `{better}`"
            ))
        } else {
            fault.help("names are lower-case words joined by hyphens; words for people go in quotation marks")
        })
    }

    /// Words in quotation marks.
    pub(crate) fn text(&mut self, what: &str) -> Heard<String> {
        match self.peek().map(|t| &t.kind) {
            Some(Kind::Text(words)) if !words.trim().is_empty() => {
                self.at += 1;
                Ok(words.clone())
            }
            Some(Kind::Reference(words)) => {
                self.at += 1;
                Ok(words.clone())
            }
            _ => Err(self.wanted(&format!("{what} in quotation marks"))),
        }
    }

    /// One text, or several with commas or `and`.
    pub(crate) fn texts(&mut self, what: &str) -> Heard<Vec<String>> {
        let mut out = vec![self.text(what)?];
        while self.comma() {
            out.push(self.text(what)?);
        }
        Ok(out)
    }

    /// A whole number.
    pub(crate) fn int(&mut self, what: &str) -> Heard<u32> {
        match self.peek().map(|t| &t.kind) {
            Some(Kind::Int(number)) => {
                self.at += 1;
                Ok(*number)
            }
            _ => Err(self.wanted(what)),
        }
    }

    /// The bytes from the word at `start` to the one just read.
    pub(super) fn since(&self, start: usize) -> Span {
        let first = self.tokens.get(start).map(|t| t.span).unwrap_or_default();
        let last = self
            .at
            .checked_sub(1)
            .and_then(|n| self.tokens.get(n))
            .map(|t| t.span);
        Span {
            start: first.start,
            end: last.unwrap_or(first).end,
        }
    }

    /// Steps over `,`, `and` or both.
    pub(crate) fn comma(&mut self) -> bool {
        let comma = self.mark(&Kind::Comma);
        let and = self.peek().is_some_and(|t| t.is("and"));
        self.at += usize::from(and);
        comma || and
    }

    /// One or more, with commas or `and` between.
    pub(crate) fn list<T>(&mut self, mut one: impl FnMut(&mut Self) -> Heard<T>) -> Heard<Vec<T>> {
        let mut out = vec![one(self)?];
        while self.comma() {
            out.push(one(self)?);
        }
        Ok(out)
    }

    /// Names that are open: nothing declares them.
    pub(crate) fn names(&mut self, what: &'static str) -> Heard<Vec<String>> {
        self.list(|c| c.name(what))
    }

    /// One of a closed list of words; `what` says what they are: `a lawful basis`.
    pub(crate) fn choice(&mut self, what: &str, words: &[&'static str]) -> Heard<&'static str> {
        self.choose(what, words.iter().copied(), |w| {
            words.iter().copied().find(|k| *k == w)
        })
    }

    /// A list of words from a closed list.
    pub(crate) fn choices(&mut self, what: &str, words: &[&'static str]) -> Heard<Vec<String>> {
        self.list(|c| c.choice(what, words).map(str::to_owned))
    }

    /// A word that `read` understands; `known` feeds the guess when it does not.
    pub(crate) fn choose<T>(
        &mut self,
        what: &str,
        known: impl IntoIterator<Item = &'static str>,
        read: impl Fn(&str) -> Option<T>,
    ) -> Heard<T> {
        let Some(Token {
            kind: Kind::Word(word),
            span,
        }) = self.peek()
        else {
            return Err(self.wanted(what));
        };
        if let Some(found) = read(word) {
            self.at += 1;
            return Ok(found);
        }
        let known: Vec<&str> = known.into_iter().collect();
        let message = format!("`{}` is not {what}", shown(word));
        let fault = Fault::new("word-unknown", message, *span);
        Err(match nearest(word, known.iter().copied()) {
            Some(near) => fault.help(format!("did you mean `{near}`?")),
            None => fault.help(format!("one of: {}", known.join(", "))),
        })
    }
}

/// Whether `word` is a name, or at most `parts` names joined by dots.
pub(crate) fn is_name(word: &str, parts: usize) -> bool {
    let mut count = 0;
    word.split('.').all(|part| {
        count += 1;
        part.starts_with(|c: char| c.is_ascii_lowercase())
            && !part.ends_with('-')
            && part
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    }) && count <= parts
}
