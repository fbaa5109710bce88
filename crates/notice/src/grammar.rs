//! What a rule sentence says: one small function a verb, in files that follow the notice's sections.
//!
//! Every function reads the words before the first `;` from `line.head` and then each clause. What it does
//! not understand is a fault, never skipped.

mod cursor;
pub(crate) mod keeping;
mod mention;
pub(crate) mod opening;
pub(crate) mod people;
pub(crate) mod rights;
mod time;
pub(crate) mod what;
pub(crate) mod why;

pub(crate) use cursor::{Cursor, Heard};
pub(crate) use mention::{Mention, Naming};

use crate::fault::{Fault, nearest, shown};
use crate::lexis::{Kind, Token, Utterance, slice};
use crate::model::{Sentence, Span};
use crate::verbs::{self, Verb};
use jiff::civil::Date;

/// The facts of the `notice` and `project` sentences.
#[derive(Clone, Debug)]
pub(crate) enum About {
    Notice {
        name: String,
        version: u32,
        dated: Date,
        language: Option<String>,
    },
    Project {
        name: String,
        also: Vec<String>,
        reference: String,
    },
}

/// A sentence that has been understood.
#[derive(Debug)]
pub(crate) struct Understood {
    pub(crate) says: Sentence,
    pub(crate) about: Option<About>,
    pub(crate) uses: Vec<Mention>,
    pub(crate) declares: Vec<Mention>,
}

/// A sentence on its way: the words before the first `;`, and the clauses behind it.
pub(crate) struct Line<'t> {
    pub(crate) head: Cursor<'t>,
    pub(crate) about: Option<About>,
    clauses: Vec<Cursor<'t>>,
    clauses_heard: bool,
    source: &'t str,
    verb: &'static Verb,
    faults: Vec<Fault>,
}

/// Understands a sentence, or says all that is wrong with it.
pub(crate) fn understand(source: &str, utterance: &Utterance) -> Result<Understood, Vec<Fault>> {
    let tokens = utterance.tokens.as_slice();
    let verb = verb(source, tokens).map_err(|f| vec![f])?;
    let (clauses, mut faults) = split(source, tokens, verb);
    let mut parts = clauses.into_iter();
    let Some(head) = parts.next() else {
        return Err(faults);
    };
    let mut line = Line {
        head,
        about: None,
        clauses: parts.collect(),
        clauses_heard: false,
        source,
        verb,
        faults: Vec::new(),
    };
    let says = (verb.grammar)(&mut line);
    if says.is_ok() && !line.clauses_heard {
        line.clauses(|_, _| Ok(()));
    }
    faults.append(&mut line.faults);
    match says {
        Ok(says) if faults.is_empty() => {
            let Line {
                mut head,
                about,
                clauses,
                ..
            } = line;
            for mut clause in clauses {
                head.uses.append(&mut clause.uses);
                head.declares.append(&mut clause.declares);
            }
            Ok(Understood {
                says,
                about,
                uses: head.uses,
                declares: head.declares,
            })
        }
        Ok(_) => Err(faults),
        Err(fault) => {
            faults.push(fault);
            Err(faults)
        }
    }
}

/// What a sentence with a fault still tells of: its name counts as declared, so that one slip is one fault.
pub(crate) fn guess_declared(utterance: &Utterance) -> Vec<Mention> {
    let mut words = utterance.tokens.iter().filter_map(|t| match &t.kind {
        Kind::Word(word) => Some((word.clone(), t.span)),
        _ => None,
    });
    let kinds: &'static [Naming] = match words.next().as_ref().map(|(w, _)| w.as_str()) {
        Some("event") => &[Naming::Event],
        Some("purpose") => &[Naming::Purpose],
        Some("controller" | "partner") => &[Naming::Party],
        Some("data") => &[Naming::Group],
        Some("share") => &[Naming::Class],
        Some("audience") => &[Naming::Role],
        Some("contact") => &[Naming::Door],
        _ => return Vec::new(),
    };
    let many = matches!(kinds, [Naming::Group | Naming::Class | Naming::Role]);
    words
        .enumerate()
        .take_while(|(n, _)| *n == 0 || many)
        .map(|(n, (name, span))| {
            let kinds: &'static [Naming] = if n > 0 && matches!(kinds, [Naming::Group]) {
                &[Naming::Item]
            } else {
                kinds
            };
            Mention {
                name,
                span,
                kinds,
                free: &[],
            }
        })
        .collect()
}

fn verb(source: &str, tokens: &[Token]) -> Heard<&'static Verb> {
    let span = tokens.first().map(|t| t.span).unwrap_or_default();
    let word = slice(source, span);
    if let Some(verb) = verbs::find(word) {
        return Ok(verb);
    }
    let fault = Fault::new(
        "unknown-verb",
        format!("no rule sentence begins with `{}`", shown(word)),
        span,
    );
    let lower = word.to_lowercase();
    let near = nearest(&lower, verbs::VERBS.iter().map(|v| v.word));
    Err(match near {
        Some(near) => fault.help(format!("did you mean `{near}`?")),
        None => fault.help(
            "words for people stand outside the fence; a line that carries a sentence on starts with a space",
        ),
    })
}

/// The parts between semicolons, and a fault for each that is empty.
fn split<'t>(
    source: &'t str,
    tokens: &'t [Token],
    verb: &'static Verb,
) -> (Vec<Cursor<'t>>, Vec<Fault>) {
    let mut faults = Vec::new();
    let mut parts = Vec::new();
    let mut before: Option<Span> = None;
    for part in tokens.split(|t| t.kind == Kind::Semicolon) {
        match (part.last(), before) {
            (Some(last), _) => {
                parts.push(Cursor::new(source, part, verb.form));
                before = Some(last.span);
            }
            (None, Some(last)) => {
                let start = last.end;
                let end = tokens
                    .iter()
                    .find(|t| t.span.start >= start)
                    .map_or(start, |t| t.span.end);
                let span = Span {
                    start: end.saturating_sub(1),
                    end,
                };
                faults.push(
                    Fault::new("syntax", "nothing is said behind this `;`", span)
                        .help("write a clause behind it, or leave the `;` out"),
                );
            }
            (None, None) => {}
        }
    }
    (parts, faults)
}

impl Line<'_> {
    /// Reads every clause with `hear`, which gets the clause's word and the cursor behind it.
    ///
    /// A word the verb does not list, or a clause said twice, is a fault here.
    pub(crate) fn clauses(&mut self, mut hear: impl FnMut(&str, &mut Cursor<'_>) -> Heard<()>) {
        self.clauses_heard = true;
        if let Err(fault) = self.head.done() {
            self.faults.push(fault);
        }
        let mut said: Vec<&str> = Vec::new();
        for clause in &mut self.clauses {
            let span = clause.first().map(|t| t.span).unwrap_or_default();
            let word = slice(self.source, span);
            let Some(known) = self.verb.clauses.iter().copied().find(|c| *c == word) else {
                self.faults.push(unknown_clause(word, self.verb, span));
                continue;
            };
            if said.contains(&known) {
                let message = format!("`{known}` is said twice");
                self.faults.push(
                    Fault::new("syntax", message, span).help("say it once, with all its words"),
                );
                continue;
            }
            said.push(known);
            if let Err(fault) = hear(known, clause).and_then(|()| clause.done()) {
                self.faults.push(fault);
            }
        }
    }

    /// Whether a clause with this word was written.
    pub(crate) fn has(&self, word: &str) -> bool {
        self.clauses
            .iter()
            .any(|c| c.first().is_some_and(|t| t.is(word)))
    }

    /// A fault that a clause is missing, at the verb.
    pub(crate) fn needs(&mut self, clause: &'static str, why: &str) {
        if !self.has(clause) {
            let span = self.head.first().map(|t| t.span).unwrap_or_default();
            let message = format!("`{}` needs the clause `{clause}`", self.verb.word);
            self.faults
                .push(Fault::new("syntax", message, span).help(why));
        }
    }
}

fn unknown_clause(word: &str, verb: &Verb, span: Span) -> Fault {
    let message = format!("`{}` knows no clause `{}`", verb.word, shown(word));
    let fault = Fault::new("unknown-clause", message, span);
    match nearest(word, verb.clauses.iter().copied()) {
        Some(near) => fault.help(format!("did you mean `{near}`?")),
        None if verb.clauses.is_empty() => fault.help("this sentence takes no clauses"),
        None => fault.help(format!("its clauses are: {}", verb.clauses.join(", "))),
    }
}
