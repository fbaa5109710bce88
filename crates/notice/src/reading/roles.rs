//! What a sentence stands under: a heading, the line that opens a list, the head of a column, the label of
//! a row. The same words are data in one place and a recipient in another.

use super::structure::{Block, Kind, Part, Sentence};
use super::table::{Column, Table};
use super::topic::Topic;
use super::words::{self, Word, says, says_any};
use crate::model::Span;

/// What the surroundings make of a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// Things that are held.
    Data,
    /// Things that are expressly not held or not shared.
    Refused,
    /// Where things come from.
    Sources,
    /// Who gets them.
    Sharing,
    /// Why.
    Purposes,
    /// How long.
    Keeping,
    /// Rights, complaints, doors, changes.
    Rights,
    /// The head of a table, or a label.
    Label,
    /// Anything else.
    Other,
}

impl Role {
    fn of(topic: Topic) -> Role {
        match topic {
            Topic::Data => Role::Data,
            Topic::Sources => Role::Sources,
            Topic::Sharing => Role::Sharing,
            Topic::Purposes => Role::Purposes,
            Topic::Retention => Role::Keeping,
            Topic::Rights | Topic::Complaints | Topic::Contact | Topic::Changes => Role::Rights,
            Topic::About | Topic::Transfers | Topic::Protection | Topic::Other => Role::Other,
        }
    }
}

/// A sentence and its surroundings.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry<'s> {
    pub said: &'s Sentence,
    pub role: Role,
    /// It is an item of a list or a cell of a table.
    pub listed: bool,
    /// It opens its item, cell or paragraph.
    pub first: bool,
}

/// Every sentence with its surroundings.
pub(crate) fn entries<'s>(
    text: &str,
    parts: &[Part],
    blocks: &[Block],
    tables: &[Table],
    all: &'s [Sentence],
) -> Vec<Entry<'s>> {
    let cells = cells(text, parts, blocks, tables);
    let refused: Vec<bool> = parts.iter().map(|p| refuses(&heard(&p.heading))).collect();
    let homes = homes(parts, blocks);
    let listed_data = known_lists(text, blocks, all);
    let mut lead: Option<(usize, Option<Role>)> = None;
    let mut last_block = None;
    let mut label: Option<(usize, Role)> = None;
    let mut done: Vec<Entry> = Vec::with_capacity(all.len());
    for (i, s) in all.iter().enumerate() {
        let kind = blocks.get(s.block).map_or(Kind::Paragraph, |b| b.kind);
        let own = if refused.get(s.part) == Some(&true) {
            Role::Refused
        } else {
            Role::of(homes.get(s.part).copied().unwrap_or(s.topic))
        };
        let own = if own == Role::Other && listed_data.get(s.block) == Some(&true) {
            Role::Data
        } else {
            own
        };
        let new = last_block != Some(s.block);
        last_block = Some(s.block);
        let mut first = new;
        if new {
            label = run_in(text, s).map(|role| (s.block, role));
            if label.is_some()
                && s.words.len() <= 8
                && kind == Kind::Paragraph
                && all.get(i + 1).is_some_and(|n| n.block == s.block)
                && !super::lists::bold_inside(text, &s.words)
            {
                done.push(Entry {
                    said: s,
                    role: Role::Label,
                    listed: false,
                    first: true,
                });
                continue;
            }
        }
        let own = match label {
            Some((block, role)) if block == s.block && own != Role::Refused => role,
            _ => own,
        };
        let (role, listed) = match kind {
            Kind::Row => {
                let at = cells.partition_point(|(c, _)| c.end <= s.span.start);
                let cell = cells.get(at).filter(|(c, _)| c.start <= s.span.start);
                first = cell
                    .is_some_and(|(c, _)| done.last().is_none_or(|e| e.said.span.start < c.start));
                (cell.map_or(own, |(_, r)| *r), true)
            }
            Kind::Item => {
                let told = lead
                    .filter(|(part, _)| *part == s.part)
                    .and_then(|(_, role)| role);
                let role = match (own, told) {
                    (Role::Refused, _) => Role::Refused,
                    (Role::Rights, _) => Role::Rights,
                    (_, Some(role)) => role,
                    (own, None) => own,
                };
                (role, true)
            }
            Kind::Title => (Role::Label, false),
            Kind::Paragraph => {
                let last = all.get(i + 1).is_none_or(|n| n.block != s.block);
                if last {
                    let rest = text.get(s.span.end..).unwrap_or_default();
                    let colon = rest.trim_start_matches(['*', '_', ' ']).starts_with(':');
                    let told = opens(&s.words, colon).filter(|r| colon || *r != Role::Rights);
                    // `Legal bases.` alone on its line says what stands below it.
                    let lone = new && s.words.len() <= 8;
                    let told = label
                        .filter(|_| lone)
                        .map(|(_, r)| r)
                        .or(told)
                        .or_else(|| alone(text, s, new));
                    lead = Some((s.part, told));
                }
                (own, false)
            }
        };
        done.push(Entry {
            said: s,
            role,
            listed,
            first,
        });
    }
    done
}

/// What each part speaks of; below a heading with nothing of its own, unknown headings are its parts.
fn homes(parts: &[Part], blocks: &[Block]) -> Vec<Topic> {
    let mut filled = vec![false; parts.len()];
    for block in blocks {
        if let Some(f) = filled.get_mut(block.part) {
            *f = true;
        }
    }
    let mut home: Option<Topic> = None;
    parts
        .iter()
        .zip(filled)
        .map(|(part, full)| {
            if part.topic != Topic::Other {
                home = (!full).then_some(part.topic);
                return part.topic;
            }
            home.unwrap_or(Topic::Other)
        })
        .collect()
}

/// Lists most of whose items are things that are usually held, whatever their heading says.
fn known_lists(text: &str, blocks: &[Block], all: &[Sentence]) -> Vec<bool> {
    let mut found = vec![false; blocks.len()];
    let mut from = 0;
    while from < blocks.len() {
        let first = blocks.get(from);
        let run = blocks
            .get(from..)
            .unwrap_or_default()
            .iter()
            .take_while(|b| b.kind == Kind::Item && first.is_some_and(|f| f.part == b.part))
            .count();
        let (count, known) = if run > 0 {
            let known = (from..from + run).filter(|b| opens_known(all, *b)).count();
            (run, known)
        } else {
            let lines = first
                .filter(|b| b.kind == Kind::Paragraph)
                .map_or("", |b| words::at(text, b.span));
            let short = lines.lines().count() >= 3
                && lines
                    .lines()
                    .all(|l| l.trim().len() <= 60 && !l.trim_end().ends_with(['.', ',']));
            let known = lines
                .lines()
                .filter(|l| short && is_known(&heard(l)))
                .count();
            (if short { lines.lines().count() } else { 0 }, known)
        };
        let data = known >= 2 && known * 5 >= count * 2;
        for flag in found.iter_mut().skip(from).take(run.max(1)) {
            *flag = data;
        }
        from += run.max(1);
    }
    found
}

fn opens_known(all: &[Sentence], block: usize) -> bool {
    let at = all.partition_point(|s| s.block < block);
    all.get(at)
        .filter(|s| s.block == block)
        .is_some_and(|s| is_known(&s.words))
}

/// Whether a line begins with a thing that is usually held.
fn is_known(w: &[Word]) -> bool {
    let lead = super::naming::lead(w, &(0..w.len()));
    super::naming::known_from(w, lead).is_some_and(|(n, _)| {
        w.get(lead + n).is_none_or(|next| {
            next.parted
                || matches!(
                    next.text.as_str(),
                    "and" | "or" | "you" | "of" | "in" | "if" | "where" | "for" | "to"
                )
        })
    })
}

/// `Sharing. We …` and `**Sharing:** we …`: a label that runs into its paragraph.
fn run_in(text: &str, s: &Sentence) -> Option<Role> {
    let after = text.get(s.span.end..).unwrap_or_default();
    let before = text.get(..s.span.start).unwrap_or_default();
    let bold = before.ends_with("**") || before.ends_with("__");
    let stop = after
        .trim_start_matches(['*', '_'])
        .starts_with(['.', ':', '?']);
    let (said, short) = if stop && s.words.len() <= 8 {
        (s.words.as_slice(), s.words.len() <= 4)
    } else {
        // `**Who gets it:** the council`
        let end = (1..s.words.len().min(9))
            .find(|i| super::lists::gap(text, &s.words, *i).contains("**"))?;
        (s.words.get(..end)?, true)
    };
    let question = after.starts_with('?');
    let set_apart = bold || question;
    // `What we hold. Your name.` is a label although it has a verb.
    let asks = says(
        said.get(..1).unwrap_or_default(),
        "what|where|who|why|how|which",
    );
    let claims = !asks && says_any(said, &["we|is|are|will|yes|no"]);
    if !set_apart && (!short || claims || names_party(said)) {
        return None;
    }
    let plain: Vec<&str> = said.iter().map(|w| w.text.as_str()).collect();
    match Role::of(Topic::of(&plain.join(" "))) {
        Role::Other => None,
        role => Some(role),
    }
}

/// `Legal bases.`: a line of its own that only says what the list below it is.
fn alone(text: &str, s: &Sentence, new: bool) -> Option<Role> {
    (new && s.words.len() <= 4)
        .then(|| Role::of(Topic::of(words::at(text, s.span))))
        .filter(|r| !matches!(r, Role::Other))
}

/// `University of Brook.` stands in a list of names and is no label.
fn names_party(w: &[Word]) -> bool {
    let asks = says_any(w, &["who|what|how|why|where|when|data|information|sharing"]);
    let capitals = w
        .iter()
        .all(|x| x.capital || matches!(x.text.as_str(), "of" | "the" | "and" | "for" | "our"));
    !asks && w.len() > 1 && capitals && says_any(w, &[super::runs::ORGANISATION])
}

fn heard(text: &str) -> Vec<Word> {
    words::sentences(
        text,
        Span {
            start: 0,
            end: text.len(),
        },
    )
    .concat()
}

/// `We do not collect`
pub(crate) fn refuses(w: &[Word]) -> bool {
    says_any(
        w,
        &[
            "not|never|n't|don't|won't|dont|wont|doesn't|doesnt|cannot|can't|didn't ~3 collect|ask|hold|record|need|process|want|store|gather|share|sell|keep|require|disclose",
            "not|never ~1 cover|apply",
            "nothing ~3 collected|held|recorded|about",
            "no|none ~3 collected|held|recorded|shared|asked",
        ],
    )
}

/// What the line that opens a list says its items are.
fn opens(w: &[Word], colon: bool) -> Option<Role> {
    let tail = w.get(w.len().saturating_sub(1)..).unwrap_or_default();
    let ends = |p: &'static [&'static str]| says_any(tail, p);
    if refuses(w) && colon {
        return Some(Role::Refused);
    }
    if says_any(
        w,
        &[
            "right|rights ~1 to",
            "your rights",
            "you can|may ~2 ask|request|object|complain",
            "security measures",
        ],
    ) {
        return Some(Role::Rights);
    }
    if ends(&["to"])
        || says_any(
            w,
            &[
                "following ~2 purposes|reasons|uses",
                "these|several purposes|reasons",
                "in order to",
                "use ~5 to|for",
            ],
        ) && !ends(&["with"])
    {
        return Some(Role::Purposes);
    }
    if ends(&["from|by|via|through|when|if"])
        || says_any(
            w,
            &[
                "from ~2 following|sources|these|places",
                "following ~2 ways|sources|methods|means",
                "sources",
                "in ~2 ways|way",
            ],
        )
    {
        return Some(Role::Sources);
    }
    if says_any(
        w,
        &[
            "share|shared|sharing|disclose|disclosed|pass|passed|send|sent|transfer|transferred|provide|provided|give|given|available|release|released ~10 with|to",
            "recipient*|processor*",
            "who ~3 see|access|receive|get",
            "be|is|are seen|received|accessed|processed by",
            "may|will|can see|receive|access",
            "work|works|working with",
            "use|using|employ|appoint ~4 suppliers|providers|processors|companies|services|organisations|contractors",
            "share ~4 following",
        ],
    ) && !says_any(w, &["you ~3 give|provide|share|send"])
    {
        return Some(Role::Sharing);
    }
    if says_any(w, &["keep|kept|retain*|store|stored ~8 for|until|as"]) {
        return Some(Role::Keeping);
    }
    let verb = says_any(
        w,
        &[
            "collect*|hold|record*|gather*|obtain*|receive*|process*|ask|need|request*|holding|store|stored|use|keep",
        ],
    );
    let noun = says_any(
        w,
        &["information|data|details|categories|following|about|items|types|includes|include"],
    );
    (verb && (noun || colon) || colon && noun).then_some(Role::Data)
}

/// Where each cell of a table stands, and what it holds.
fn cells(text: &str, parts: &[Part], blocks: &[Block], tables: &[Table]) -> Vec<(Span, Role)> {
    let mut found = Vec::new();
    let homes = homes(parts, blocks);
    for table in tables {
        let topic = homes.get(table.part).copied().unwrap_or(Topic::Other);
        let known = table
            .columns
            .iter()
            .any(|c| !matches!(c, Column::Other | Column::Label | Column::Value));
        let heads = if known {
            heads(text, blocks, table)
        } else {
            Vec::new()
        };
        found.extend(heads.iter().map(|h| (*h, Role::Label)));
        let examples: Vec<bool> = heads
            .iter()
            .map(|h| {
                says_any(
                    &heard(words::at(text, *h)),
                    &["example*", "detail*", "include*", "description"],
                )
            })
            .collect();
        let classes: Vec<bool> = heads
            .iter()
            .map(|h| {
                says_any(
                    &heard(words::at(text, *h)),
                    &["categor*|type*|kind*|class|group"],
                )
            })
            .collect();
        let classed = examples.contains(&true) && classes.contains(&true);
        let classes = if classed { classes } else { Vec::new() };
        for row in &table.rows {
            let label = row
                .cells
                .first()
                .and_then(|c| c.first())
                .map(|c| heard(words::at(text, *c)))
                .unwrap_or_default();
            let labelled = Some(Topic::of(
                &label
                    .iter()
                    .map(|w| w.text.as_str())
                    .collect::<Vec<_>>()
                    .join(" "),
            ))
            .filter(|_| !known && row.cells.len() == 2 && label.len() <= 14)
            .map(Role::of)
            .filter(|r| *r != Role::Other);
            for (i, cell) in row.cells.iter().enumerate() {
                let role = match table.columns.get(i) {
                    _ if Role::of(topic) == Role::Rights => Role::Rights,
                    _ if !known => match labelled {
                        Some(_) if i == 0 => Role::Label,
                        Some(role) => role,
                        None => Role::of(topic),
                    },
                    // `Identity | title, full name, age group`: the class of things is none of them.
                    Some(Column::Data) if classes.get(i) == Some(&true) => Role::Label,
                    Some(Column::Data) => Role::Data,
                    Some(Column::Source) => Role::Sources,
                    Some(Column::Purpose | Column::Basis) => Role::Purposes,
                    Some(Column::Recipient) => Role::Sharing,
                    Some(Column::Retention) => Role::Keeping,
                    _ if examples.get(i) == Some(&true) && (topic == Topic::Data || classed) => {
                        Role::Data
                    }
                    _ => Role::Other,
                };
                found.extend(cell.iter().map(|c| (*c, role)));
            }
        }
    }
    found.sort_by_key(|(c, _)| c.start);
    found
}

/// The cells of the line that names the columns.
fn heads(text: &str, blocks: &[Block], table: &Table) -> Vec<Span> {
    let first = table.rows.first().map_or(usize::MAX, |r| r.span.start);
    blocks
        .get(table.blocks.0)
        .filter(|b| b.span.end <= first)
        .map(|b| super::table::cells(text, b.span))
        .unwrap_or_default()
}
