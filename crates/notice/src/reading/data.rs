//! What is held, datum by datum, in the notice's own words, wherever it is told; nothing that a notice
//! rules out, defines or gives as an example of the law.

use std::collections::BTreeSet;
use std::ops::Range;

use law::category::Sensitivity;

use super::lists::{self, Tie};
use super::pattern::one_of;
use super::phrase;
use super::roles::{Entry, Role};
use super::sensitive::{defines, offers, weigh};
use super::words::{self, Word, says, says_any};
use super::{Said, collecting, mentions, naming};
use crate::model::Span;

/// One thing that is held about a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Datum {
    /// The notice's own words, without `your`, `the` and marks: `email address`.
    pub words: String,
    /// A name for it in the rule language, `[a-z][a-z0-9-]*`: `email`.
    pub item: String,
    /// What the law sees in it, Articles 9 and 10.
    pub sensitivity: Vec<Sensitivity>,
    /// Held only because a person chooses to tell it.
    pub volunteered: bool,
}

/// How far the place of a list vouches for what stands on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Trust {
    /// Only usual things count.
    Usual,
    /// What sounds like a thing held about a person.
    Plausible,
    /// Whatever is short: the list says that its things are held.
    Own,
}

/// A thing heard, and how sure the hearing is.
pub(crate) struct Heard {
    pub words: Range<usize>,
    /// Only a usual thing counts here.
    pub usual: bool,
}

/// The data told, each once.
pub(crate) fn read(text: &str, entries: &[Entry]) -> Vec<Said<Datum>> {
    let mut list = List::default();
    // What is listed goes before what is mentioned, so that a mention does not take its place.
    for mentions in [false, true] {
        for (i, entry) in entries.iter().enumerate() {
            let w = &entry.said.words;
            if matches!(entry.role, Role::Refused | Role::Label | Role::Rights) || defines(w) {
                continue;
            }
            let volunteered = offers(w) || (entry.listed && lead_offers(entries, i));
            let heard = if mentions {
                mentions::mentioned(text, entry)
            } else {
                listed(text, entries, i)
            };
            for thing in heard {
                let said = lists::of(w, &thing.words);
                list.add(text, entry, said, volunteered, mentions || thing.usual);
            }
        }
    }
    mentions::recorded(text, entries, &mut list);
    list.told.sort_by_key(|d| d.span.start);
    list.told
}

#[derive(Default)]
pub(crate) struct List {
    pub told: Vec<Said<Datum>>,
    words: BTreeSet<String>,
    items: BTreeSet<String>,
}

impl List {
    fn add(&mut self, text: &str, entry: &Entry, said: &[Word], volunteered: bool, mention: bool) {
        let (Some(first), Some(last)) = (said.first(), said.last()) else {
            return;
        };
        let words = phrase::of_words(text, said).replace('\u{2011}', "-");
        let item = naming::item(said);
        let plain: Vec<&str> = said.iter().map(|w| w.text.as_str()).collect();
        let key = plain.join(" ");
        let usual = naming::one(&item);
        // `A small number of children will be asked` counts them.
        if plain.first() == Some(&"small") && plain.get(1) == Some(&"number") {
            return;
        }
        // `when we do research for the project ("Project")` names no datum.
        if matches!(
            key.as_str(),
            "project"
                | "study"
                | "research"
                | "evaluation"
                | "notice"
                | "something"
                | "anything"
                | "everything"
        ) {
            return;
        }
        if self.words.contains(&key)
            || (self.items.contains(&item) && (mention || (usual && same_weight(&plain))))
        {
            return;
        }
        self.words.insert(key);
        self.items.insert(item.clone());
        self.told.push(Said {
            what: Datum {
                sensitivity: weigh(text, said, &item),
                words,
                item,
                volunteered,
            },
            span: Span {
                start: first.span.start,
                end: last.span.end,
            },
            part: entry.said.part,
        });
    }
}

/// A second `email` is the same one, but `home address` beside `work address` is another.
fn same_weight(plain: &[&str]) -> bool {
    !plain.iter().any(|w| {
        one_of(
            w,
            "home|work|personal|parent|child|emergency|previous|former|school|mobile",
        )
    })
}

/// Whether the line that opens this list says so.
fn lead_offers(entries: &[Entry], i: usize) -> bool {
    entries
        .get(..i)
        .unwrap_or_default()
        .iter()
        .rev()
        .take(12)
        .find(|e| !e.listed)
        .is_some_and(|e| {
            offers(&e.said.words) && entries.get(i).is_some_and(|n| n.said.part == e.said.part)
        })
}

/// Things told as things that are held.
fn listed(text: &str, entries: &[Entry], i: usize) -> Vec<Heard> {
    let Some(entry) = entries.get(i) else {
        return Vec::new();
    };
    let w = &entry.said.words;
    let whole = 0..w.len();
    if entry.listed {
        if entry.role == Role::Data && (entry.first || !naming::is_sentence(w)) {
            let told = collecting::lists(text, entry, before(entries, i));
            if !told.is_empty() && naming::is_sentence(w) {
                return told
                    .into_iter()
                    .flat_map(|t| things(text, w, &t.words, t.trust()))
                    .collect();
            }
            if !naming::is_sentence(w) && !super::roles::refuses(w) {
                return things(text, w, &whole, Trust::Own);
            }
            return Vec::new();
        }
        if entry.role != Role::Data && entry.role != Role::Other {
            return Vec::new();
        }
    }
    // So many marks have only lists, whatever is said within one of their things.
    if entry.role == Role::Data && set_apart(text, w) >= 4 && !super::roles::refuses(w) {
        return things(text, w, &whole, Trust::Own);
    }
    let told = collecting::lists(text, entry, before(entries, i));
    if told.is_empty() && entry.role == Role::Data && stacked(text, entry) {
        return things(text, w, &whole, Trust::Own);
    }
    // `Name; mobile number; tariff`: marks that only a list has, where the heading says what it lists.
    if told.is_empty()
        && entry.role == Role::Data
        && verbless(w)
        && !naming::is_sentence(w)
        && set_apart(text, w) >= 2
    {
        return things(text, w, &whole, Trust::Own);
    }
    if told.is_empty()
        && opens_list(w, entry)
        && !naming::is_sentence(w)
        && w.len() <= 60
        && verbless(w)
    {
        return things(text, w, &whole, Trust::Plausible);
    }
    told.into_iter()
        .flat_map(|t| things(text, w, &t.words, t.trust()))
        .collect()
}

/// The sentence before in the same block.
fn before<'e>(entries: &'e [Entry<'e>], i: usize) -> Option<&'e Entry<'e>> {
    let now = entries.get(i)?;
    entries
        .get(i.checked_sub(1)?)
        .filter(|e| e.said.block == now.said.block)
}

/// Short lines one below the other, without marks: a list that lost its dots.
fn stacked(text: &str, entry: &Entry) -> bool {
    let raw = words::at(text, entry.said.span);
    raw.lines().count() >= 3
        && raw
            .lines()
            .all(|l| (1..=60).contains(&l.trim().len()) && !l.trim_end().ends_with(['.', ',']))
        && !naming::is_sentence(&entry.said.words)
}

/// How often semicolons or wide gaps part the words.
fn set_apart(text: &str, w: &[Word]) -> usize {
    (1..w.len())
        .filter(|i| {
            let between = lists::gap(text, w, *i);
            between.contains(';') || (between.contains("    ") && !between.contains('\n'))
        })
        .count()
}

/// A sentence without a verb that lists things: `Your name, age and school.`
fn opens_list(w: &[Word], entry: &Entry) -> bool {
    let first = w.get(..1).unwrap_or_default();
    match entry.role {
        Role::Data => {
            says(
                first,
                "your|the|any|whether|what|how|full|basic|contact|details|information|where|which|also|and|details",
            ) || naming::known_from(w, 0).is_some()
        }
        Role::Other => says(first, "your") && entry.said.topic != super::Topic::Transfers,
        _ => false,
    }
}

fn verbless(w: &[Word]) -> bool {
    // A verb in a clause behind the thing does not make a sentence of it: `the reason you were turned down`.
    let clause = w
        .iter()
        .skip(1)
        .position(|x| {
            one_of(
                &x.text,
                "you|that|which|who|whether|how|what|where|when|why",
            )
        })
        .map_or(w.len(), |at| at + 1);
    let head = w.get(..clause).unwrap_or_default();
    (!says(
        head,
        "is|are|was|were|will|must|should|has|have|please|can|may|this|these",
    ) && !says(w, "we|our|us|please"))
        || says(
            w.get(..3.min(w.len())).unwrap_or_default(),
            "whether|your|any",
        ) && !says(w, "we|us|our|is|are|will|can|must")
}

/// The things in a list that are held, each as little as names it.
fn things(text: &str, w: &[Word], range: &Range<usize>, mut trust: Trust) -> Vec<Heard> {
    let numbered = range
        .clone()
        .find(|i| {
            w.get(*i)
                .is_some_and(|w| w.text.chars().any(char::is_alphabetic))
        })
        .unwrap_or(range.start);
    let range = numbered..stop(w, &(numbered..range.end));
    let all = lists::pieces(text, w, range);
    // One usual thing vouches for the list it opens.
    let first = all
        .first()
        .is_some_and(|p| naming::known(lists::of(w, &naming::trimmed(w, &p.words))).is_some());
    if trust == Trust::Usual && first {
        trust = Trust::Plausible;
    }
    let usual = trust == Trust::Usual;
    let kept: Vec<Range<usize>> = all.iter().map(|p| naming::trimmed(w, &p.words)).collect();
    let is = |i: usize| {
        kept.get(i).is_some_and(|r| {
            named(text, lists::of(w, r), trust)
                && !refused_piece(w, all.get(i).map_or(0..0, |p| p.words.clone()))
        })
    };
    let mut kids: Vec<Vec<(usize, Tie)>> = vec![Vec::new(); all.len()];
    for (j, piece) in all.iter().enumerate() {
        if let Some((of, tie)) = piece.under.filter(|(of, _)| *of != j)
            && let Some(list) = kids.get_mut(of)
        {
            list.push((j, tie));
        }
    }
    let mut heard = Vec::new();
    for (i, piece) in all.iter().enumerate() {
        // `a phone number, if you have one`: what follows a thing only qualifies it.
        let qualifies = i > 0 && w.get(piece.words.start).is_some_and(|w| w.text == "if");
        if !is(i) || qualifies {
            continue;
        }
        let Some(own) = kept.get(i) else { continue };
        let said = lists::of(w, own);
        let holds = kids
            .get(i)
            .into_iter()
            .flatten()
            .any(|(j, tie)| is(*j) && (*tie != Tie::Dash || naming::general(said)));
        let labels = kids
            .get(i)
            .is_some_and(|k| k.iter().any(|(_, t)| *t == Tie::Colon));
        let tie = piece.under.map(|(_, tie)| tie);
        let of_general = piece.under.is_some_and(|(of, _)| {
            kept.get(of)
                .is_some_and(|r| naming::general(lists::of(w, r)))
        });
        let keep = match tie {
            None => !(holds && (naming::general(said) || labels)) && !naming::empty(said),
            Some(Tie::Bracket | Tie::Dash) => of_general,
            Some(Tie::Example) => of_general || !is_example(&all, piece),
            Some(Tie::Colon | Tie::Including) => true,
        };
        if keep && !(naming::general(said) && holds) {
            heard.push(Heard {
                words: own.clone(),
                usual,
            });
        }
    }
    heard
}

/// An example in brackets explains the thing before it.
fn is_example(all: &[lists::Piece], piece: &lists::Piece) -> bool {
    piece.under.is_some_and(|(of, _)| {
        all.get(of)
            .is_some_and(|p| p.under.is_some_and(|(_, t)| t == Tie::Bracket))
    })
}

fn named(text: &str, said: &[Word], trust: Trust) -> bool {
    let raw = words::at(text, words::span(said, &(0..said.len())));
    let digits = raw.chars().filter(char::is_ascii_digit).count();
    if raw.contains(['@', '£'])
        || raw.contains("http")
        || raw.contains("www.")
        || raw.contains(".uk")
        || digits >= 5
        || says_any(
            said,
            &[
                "proof|consent|article|act|gdpr|regulation|purpose|purposes|lawful|legitimate",
                "page [0-9]*",
                "legal basis|obligation",
            ],
        )
    {
        return false;
    }
    if said.is_empty() || naming::empty(said) && !naming::general(said) {
        return false;
    }
    if said.len() > 16 || naming::is_sentence(said) {
        return false;
    }
    let first = said.first().map_or("", |w| w.text.as_str());
    let second = said.get(1).map_or("", |w| w.text.as_str());
    // `reads a short story` is done, not held; `your child` is a person.
    let acts = one_of(
        first,
        "talks|reads|asks|shows|looks|meets|goes|comes|says|tells|gives|sends|helps|checks|lets|makes|takes",
    ) && said.len() > 1;
    let told = one_of(
        first,
        "drawn|taken|collected|obtained|held|provided|given|supplied|gathered|recorded|sourced|kept|stored|used|shared|sent|needed|yes|no|none",
    ) && (said.len() == 1
        || one_of(
            second,
            "in|by|from|at|on|to|when|as|for|through|during|with|only",
        ));
    let aside = one_of(
        first,
        "although|though|but|while|because|so|since|however|except",
    ) || (one_of(first, "which|that")
        && one_of(
            second,
            "come|comes|came|is|are|was|were|may|might|will|can|could|would|we|it|has|have|helps|includes|make|makes",
        ));
    let done = acts
        || told
        || aside
        || first.ends_with('s')
            && one_of(second, "a|an|what|you|us|how|whether|them|him|her")
            && !naming::plausible(said.get(..1).unwrap_or_default());
    let person = said.len() == 1
        && one_of(
            first,
            "rights|contact|sharing|keeping|complaints|security|retention|transfers|child|children|son|daughter|pupil|pupils|patient|patients|people|participants|tenants|residents|customers|visitors|staff|family",
        );
    let doing = first.ends_with("ing")
        && one_of(second, "the|a|an|your|our|you|with|to|for|how|what")
        && !one_of(
            first,
            "recording|drawing|meeting|training|spelling|hearing|rating|spending|feeling|anything|everything|something|being|housing|parking|voting|banking|working",
        );
    let back = doing || matches!(first, "which") && said.len() <= 2;
    if done || person || back {
        return false;
    }
    match trust {
        Trust::Usual => {
            naming::known(said).is_some()
                || naming::known_from(said, 0).is_some_and(|(n, _)| n == said.len())
                || naming::general(said)
        }
        Trust::Plausible => naming::plausible(said) || naming::general(said),
        Trust::Own => {
            naming::plausible(said)
                || naming::general(said)
                || (said.len() <= 6
                    && !first.ends_with("ing")
                    && !says(said, "us|we|our|contact|complain"))
        }
    }
}

/// `not your name`, `nothing about your faith`
fn refused_piece(w: &[Word], piece: Range<usize>) -> bool {
    let said = lists::of(w, &piece);
    let before = w
        .get(piece.start.saturating_sub(2)..piece.start)
        .unwrap_or_default();
    says(
        said.get(..1).unwrap_or_default(),
        "not|no|never|nothing|nor|neither|without",
    ) || says(before, "not|nothing|nor|without|never")
}

/// Where a list ends although its sentence goes on.
fn stop(w: &[Word], range: &Range<usize>) -> usize {
    let ends = [
        "except",
        "but not|no|never|we|this|only|you|it|do",
        "other than",
        "apart from",
        "excluding",
        "rather than",
        "so that|we",
        "in order to",
        "however",
        "although",
        "unless",
        "and we|this|these|it|they|will|use|store|keep",
        "which we|will|is|are|helps",
        "we use|will|may|do|need",
        "is|are|will be used|stored|kept|collected|needed|held",
        "nothing",
        "and nothing|no|not",
        "because",
        "this is|helps|will",
    ];
    ends.iter()
        .filter_map(|p| words::find_from(w, range.start + 1, p))
        .map(|r| r.start)
        .filter(|at| *at < range.end)
        .min()
        .unwrap_or(range.end)
}
