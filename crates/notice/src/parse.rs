//! From text to meaning: whatever comes in, an answer comes out, and nothing wrong is passed over.

use crate::clause::{self, Ids};
use crate::document::{self, Piece};
use crate::fault::Fault;
use crate::grammar::{self, About, Mention};
use crate::lexis::{self, Entry, Utterance, slice};
use crate::model::{Block, ClauseId, Notice, Rule, Section, Span};
use crate::{print, resolve};

/// The longest document read as a notice, in bytes: a hundred times the longest we know.
pub const LONGEST: usize = 4 * 1024 * 1024;

/// Beyond this many faults the rest are counted, not listed.
const MOST_FAULTS: usize = 200;

/// How many bytes of promise the rules of a notice may carry in all: each carries the words above it, so
/// thousands of rules under thousands of words would outgrow any machine.
const MOST_PROMISE: usize = 32 * 1024 * 1024;

/// What became of a document.
#[derive(Clone, Debug, PartialEq)]
pub struct Parsed {
    /// The notice, whenever its `notice` and `project` sentences could be read. Sentences with a fault are
    /// not in it, so it may say less than its author meant: look at the faults before relying on it.
    pub notice: Option<Notice>,
    /// What is wrong, in reading order.
    pub faults: Vec<Fault>,
}

/// Reads a notice. A document without any rule fence gives no notice and no fault: it is words alone.
///
/// ```
/// let parsed = notice::parse("# Hello\n\nNo rules here.\n");
/// assert!(parsed.notice.is_none() && parsed.faults.is_empty());
/// ```
#[must_use]
pub fn parse(text: &str) -> Parsed {
    if text.len() > LONGEST {
        let message = format!(
            "this document has {} bytes; a notice has at most {LONGEST}",
            text.len()
        );
        let fault = Fault::new("too-large", message, Span::default())
            .help("is this the right file? a notice is a few pages of words");
        return Parsed {
            notice: None,
            faults: vec![fault],
        };
    }
    let document = document::read(text);
    let Some(first_fence) = document.fences().next().map(|f| f.info) else {
        return Parsed {
            notice: None,
            faults: document.faults,
        };
    };
    let mut hearing = Hearing {
        text,
        ..Hearing::default()
    };
    let parts: Vec<(Section, Vec<Heard>)> = document
        .parts
        .iter()
        .map(|part| hearing.part(part))
        .collect();
    hearing.faults.extend(document.faults);
    let headings: Vec<(Span, String)> = parts
        .iter()
        .map(|(s, _)| (s.span, s.heading.clone()))
        .collect();
    let names = resolve::resolve(&hearing.declares, &hearing.guessed, &hearing.uses);
    let notice = hearing.notice(document.title, parts, first_fence);
    let circles = notice.as_ref().map(resolve::circles).unwrap_or_default();
    for mut fault in names.into_iter().chain(circles) {
        fault.section = heading_at(&headings, fault.span);
        hearing.faults.push(fault);
    }
    Parsed {
        notice,
        faults: hearing.listed(),
    }
}

/// A rule that waits for its id.
struct Heard {
    rule: Rule,
    /// Behind how many blocks of the section it stands.
    after: usize,
    verb: String,
}

#[derive(Default)]
struct Hearing<'t> {
    text: &'t str,
    about_notice: Option<About>,
    about_project: Option<About>,
    /// A `notice` or `project` sentence was written, be it a faulty one.
    tried: [bool; 2],
    declares: Vec<Mention>,
    guessed: Vec<Mention>,
    uses: Vec<Mention>,
    faults: Vec<Fault>,
    /// Bytes of promise given out so far.
    promised: usize,
}

impl Hearing<'_> {
    fn part(&mut self, part: &document::Part) -> (Section, Vec<Heard>) {
        let heading = (!part.heading.is_empty()).then(|| part.heading.clone());
        let mut section = Section {
            slug: clause::slug(&part.heading),
            heading: part.heading.clone(),
            span: part.span,
            blocks: Vec::new(),
        };
        let mut heard = Vec::new();
        let mut promise = Promise::default();
        for piece in &part.pieces {
            match piece {
                Piece::Prose(prose) => {
                    promise.words(&prose.text, prose.information_only);
                    section.blocks.push(Block::Prose(prose.clone()));
                }
                Piece::Subheading(prose) => {
                    promise.broken();
                    section.blocks.push(Block::Prose(prose.clone()));
                }
                Piece::Fence(fence) => {
                    let before = self.faults.len();
                    for entry in lexis::entries(self.text, &fence.lines) {
                        if let Entry::Sentence(utterance) = entry
                            && let Some(rule) = self.sentence(&utterance, &mut promise)
                        {
                            let verb = rule
                                .text
                                .split([' ', ';'])
                                .next()
                                .unwrap_or_default()
                                .to_owned();
                            heard.push(Heard {
                                rule,
                                after: section.blocks.len(),
                                verb,
                            });
                        }
                    }
                    for fault in self.faults.iter_mut().skip(before) {
                        fault.section.clone_from(&heading);
                    }
                }
            }
        }
        (section, heard)
    }

    fn sentence(&mut self, utterance: &Utterance, promise: &mut Promise) -> Option<Rule> {
        match utterance.tokens.first().map(|t| slice(self.text, t.span)) {
            Some("notice") => self.tried = [true, self.tried[1]],
            Some("project") => self.tried = [self.tried[0], true],
            _ => {}
        }
        let understood = match grammar::understand(self.text, utterance) {
            Ok(understood) => understood,
            Err(mut faults) => {
                self.guessed.append(&mut grammar::guess_declared(utterance));
                self.faults.append(&mut faults);
                return None;
            }
        };
        self.declares.extend(understood.declares);
        self.uses.extend(understood.uses);
        if let Some(about) = understood.about {
            let place = match about {
                About::Notice { .. } => &mut self.about_notice,
                About::Project { .. } => &mut self.about_project,
            };
            if place.is_some() {
                let span = utterance.tokens.first().map(|t| t.span).unwrap_or_default();
                let word = slice(self.text, span);
                let message = format!("a second `{word}` sentence");
                self.faults.push(
                    Fault::new("declared-twice", message, span)
                        .help("a document is one notice for one project"),
                );
                return None;
            }
            *place = Some(about);
        }
        let span = utterance.span();
        Some(Rule {
            id: ClauseId(String::new()),
            span,
            text: print::sentence(self.text, &utterance.tokens),
            promise: self.promised(promise, span)?,
            remark: utterance.remark.clone(),
            says: understood.says,
        })
    }

    /// The words above a rule, as long as the document stays within reason.
    fn promised(&mut self, promise: &mut Promise, span: Span) -> Option<String> {
        if self.promised > MOST_PROMISE {
            return None;
        }
        let words = promise.said();
        self.promised += words.len();
        if self.promised > MOST_PROMISE {
            let message = "from here on there are too many rules under too many words";
            self.faults.push(
                Fault::new("too-large", message, span)
                    .help("is this the right file? a notice is a few pages of words"),
            );
        }
        Some(words)
    }

    fn notice(
        &mut self,
        title: String,
        parts: Vec<(Section, Vec<Heard>)>,
        first_fence: Span,
    ) -> Option<Notice> {
        let [notice_tried, project_tried] = self.tried;
        if self.about_notice.is_none() && !notice_tried {
            self.faults.push(
                Fault::new(
                    "notice-missing",
                    "no rule says what notice this is",
                    first_fence,
                )
                .help("begin with: notice NAME version 1 dated 2027-02-01"),
            );
        }
        if self.about_project.is_none() && !project_tried {
            self.faults.push(
                Fault::new(
                    "project-missing",
                    "no rule says which project this is for",
                    first_fence,
                )
                .help("write: project \"NAME\" reference \"#4107\""),
            );
        }
        let (
            Some(About::Notice {
                name,
                version,
                dated,
                language,
            }),
            Some(About::Project {
                name: project,
                also,
                reference,
            }),
        ) = (self.about_notice.take(), self.about_project.take())
        else {
            return None;
        };
        let mut ids = Ids::default();
        let sections = parts
            .into_iter()
            .map(|(s, heard)| placed(s, heard, &reference, &mut ids));
        Some(Notice {
            name,
            version,
            dated,
            language: language.unwrap_or_else(|| "en-GB".to_owned()),
            title,
            project,
            sections: sections.collect(),
            reference,
            also_called: also,
        })
    }

    /// The faults in reading order, the first of them in full.
    fn listed(mut self) -> Vec<Fault> {
        self.faults.sort_by_key(|f| f.span);
        let more = self.faults.len().saturating_sub(MOST_FAULTS);
        if more > 0 {
            let span = self
                .faults
                .get(MOST_FAULTS)
                .map(|f| f.span)
                .unwrap_or_default();
            self.faults.truncate(MOST_FAULTS);
            let message = format!("and {more} more faults from here on");
            self.faults.push(
                Fault::new("too-many", message, span).help("mend those above, then check again"),
            );
        }
        self.faults
    }
}

/// The section with its rules in place, each under its id.
fn placed(section: Section, heard: Vec<Heard>, reference: &str, ids: &mut Ids) -> Section {
    let Section {
        slug,
        heading,
        span,
        blocks,
    } = section;
    let mut out = Vec::with_capacity(blocks.len() + heard.len());
    let mut rules = heard.into_iter().peekable();
    let last = blocks.len();
    let mut blocks = blocks.into_iter();
    for n in 0..=last {
        while let Some(mut heard) = rules.next_if(|h| h.after <= n) {
            let name = clause::name(&heard.rule.says);
            heard.rule.id = ids.give(reference, &slug, &heard.verb, &name);
            out.push(Block::Rule(heard.rule));
        }
        out.extend(blocks.next());
    }
    Section {
        slug,
        heading,
        span,
        blocks: out,
    }
}

/// The heading of the section that `span` falls into.
fn heading_at(headings: &[(Span, String)], span: Span) -> Option<String> {
    let next = headings.partition_point(|(at, _)| at.start <= span.start);
    let (_, heading) = headings.get(next.checked_sub(1)?)?;
    (!heading.is_empty()).then(|| heading.clone())
}

/// The words of promise above a fence: all since the fence or heading before, or else those it used.
#[derive(Default)]
struct Promise {
    words: Vec<String>,
    asides: Vec<String>,
    used: bool,
}

impl Promise {
    fn words(&mut self, text: &str, aside: bool) {
        if self.used {
            self.broken();
        }
        if aside {
            &mut self.asides
        } else {
            &mut self.words
        }
        .push(text.to_owned());
    }

    fn broken(&mut self) {
        *self = Promise::default();
    }

    fn said(&mut self) -> String {
        self.used = true;
        if self.words.is_empty() {
            self.asides.join("\n")
        } else {
            self.words.join("\n")
        }
    }
}
