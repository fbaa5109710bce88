//! Lists in running text are parted where a reader would part them: `race or ethnic origin` is one thing,
//! `name, age and the name of your school` are three, and `contact details (name, phone)` holds two.

use std::ops::Range;

use super::pattern::one_of;
use super::words::Word;

/// How a piece hangs on another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tie {
    /// In brackets behind it.
    Bracket,
    /// Behind a colon.
    Colon,
    /// Behind a dash.
    Dash,
    /// Behind `including`.
    Including,
    /// Behind `such as`: examples.
    Example,
}

/// A thing in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    /// Its words.
    pub words: Range<usize>,
    /// The piece it belongs to, and how.
    pub under: Option<(usize, Tie)>,
}

/// Two things joined by these first words are one.
const HALVES: &str = "collar|payroll|warrant|membership|customer|tenancy|claim|mobile|first|last|home|work|physical|mental|past|present|current|previous|former|audio|video|racial|race|religious|political|emotional|biological|written|oral|verbal|spoken|online|landline|daytime|evening|philosophical|right|visual|still|moving|bank|new|old|social|personal|professional|academic|direct|indirect|open";

/// Words that open a new thing even where the one before has run into a clause.
const OPENERS: &str = "your|any|details|information|whether|records|copies|anything|images|how";

/// Words that show that a piece has become a clause of its own.
const CLAUSE: &str =
    "you|we|they|that|which|who|when|where|if|while|during|because|from|to|for|by|at";

struct Cutter<'w> {
    text: &'w str,
    w: &'w [Word],
    done: Vec<Piece>,
    start: usize,
    under: Option<(usize, Tie)>,
    bracket: Option<Option<(usize, Tie)>>,
    whether: bool,
}

/// The text between a word and the one before it.
pub(crate) fn gap<'t>(text: &'t str, w: &[Word], i: usize) -> &'t str {
    let before = i.checked_sub(1).and_then(|b| w.get(b)).map(|b| b.span.end);
    match (before, w.get(i)) {
        (Some(from), Some(word)) => text.get(from..word.span.start).unwrap_or_default(),
        _ => "",
    }
}

fn word(w: &[Word], i: usize) -> &str {
    w.get(i).map_or("", |w| w.text.as_str())
}

impl Cutter<'_> {
    fn close(&mut self, end: usize) -> Option<usize> {
        let place = (self.start < end).then(|| {
            self.done.push(Piece {
                words: self.start..end,
                under: self.under,
            });
            self.done.len() - 1
        });
        self.start = end;
        place
    }

    /// Whether what is open has run into a clause, where an `and` binds verbs and no things.
    fn in_clause(&self, end: usize) -> bool {
        if self.whether {
            return false;
        }
        let lead = super::naming::lead(self.w, &(self.start..end));
        if self.told(lead)
            && self
                .w
                .get(lead + 1..end.min(lead + 60))
                .unwrap_or_default()
                .iter()
                .any(|w| matches!(w.text.as_str(), "about" | "on" | "of" | "to"))
        {
            return true;
        }
        self.w
            .get(lead + 1..end.min(lead + 60))
            .unwrap_or_default()
            .iter()
            .any(|w| one_of(w.text.as_str(), CLAUSE))
    }

    /// `answers about sleep, diet and work` are answers all along.
    fn told(&self, lead: usize) -> bool {
        let first = word(self.w, lead);
        one_of(
            first,
            "answers|views|opinions|responses|questions|thoughts|feedback|experiences|experience|comments|notes|story",
        )
    }

    /// Whether a new thing may begin at `next`, behind a comma or an `and`.
    fn fresh(&self, next: usize, comma: bool) -> bool {
        let first = word(self.w, next);
        let lead = super::naming::lead(self.w, &(self.start..next));
        let opens = one_of(first, OPENERS) && (comma || !matches!(first, "any" | "how"));
        opens || (!self.told(lead) && super::naming::known_from(self.w, next).is_some())
    }

    /// Whether `and` at `at` joins two halves of one thing.
    fn halves(&self, at: usize) -> bool {
        let before = at.saturating_sub(1);
        let last = word(self.w, before);
        let next = word(self.w, at + 1);
        let lead = super::naming::lead(self.w, &(self.start..at));
        let alone = before == lead;
        let known = super::naming::known(self.w.get(lead..at).unwrap_or_default()).is_some();
        if alone && one_of(last, HALVES) && (!known || matches!(last, "race")) {
            return !one_of(next, OPENERS) && next != "the";
        }
        let pair = matches!(
            (last, next),
            ("terms", "conditions")
                | (
                    "views" | "opinions" | "thoughts" | "experiences",
                    "experiences" | "opinions" | "views" | "feelings" | "thoughts"
                )
                | ("health", "social" | "care" | "wellbeing")
                | ("own" | "rent", "rent" | "own")
                | (
                    "live" | "work" | "study",
                    "work" | "study" | "volunteer" | "live"
                )
                | ("skills", "experience")
                | ("hopes", "fears")
                | ("likes", "dislikes")
                | ("social", "care")
                | ("name", "signature")
                | ("religion", "belief")
                | ("sound", "image")
                | (
                    "date" | "dates" | "time" | "times" | "day",
                    "time" | "times" | "date" | "dates" | "place" | "location"
                )
                | ("test", "trace")
                | ("pros", "cons")
                | ("health", "safety")
                | ("needs", "wishes")
                | ("evidence", "advice")
        );
        // `name and address of your doctor` is told as one.
        let of = (at + 1..self.w.len())
            .take(4)
            .take_while(|i| gap(self.text, self.w, *i).trim().is_empty() || *i == at + 1)
            .find(|i| word(self.w, *i) == "of");
        let determined = one_of(
            next,
            "the|your|any|a|details|information|date|place|type|types",
        );
        let shared = alone
            && one_of(last, "name|names|address|number|date|age|ages")
            && of.is_some()
            && !determined;
        // `photographs of walls and windows` are photographs.
        let held = self
            .w
            .get(lead + 1..at.min(lead + 60))
            .unwrap_or_default()
            .iter()
            .any(|w| w.text == "of")
            || (one_of(word(self.w, lead), "scores|score|results|marks|grades")
                && word(self.w, lead + 1) == "on");
        let lone = (at + 2..self.w.len().min(at + 3))
            .all(|i| !gap(self.text, self.w, i).trim().is_empty());
        let object = held
            && lone
            && !determined
            && super::naming::known_from(self.w, at + 1).is_none()
            && !OPENERS.contains(next);
        pair || shared || object
    }
}

/// `such as`, `including`: how many words, and what they tie.
fn introducer(w: &[Word], i: usize) -> Option<(usize, Tie)> {
    let two = (word(w, i), word(w, i + 1));
    match two {
        ("such", "as") | ("for", "example" | "instance") | ("e", "g") => Some((2, Tie::Example)),
        ("eg" | "like", _) => Some((1, Tie::Example)),
        ("i", "e") | ("consisting", "of") | ("made", "up") => Some((2, Tie::Including)),
        (
            "which" | "that" | "these" | "this",
            "include" | "includes" | "is" | "are" | "comprises",
        ) if matches!(two.1, "include" | "includes" | "comprises") => Some((2, Tie::Including)),
        ("which" | "that" | "this", "may" | "can" | "could" | "might" | "will")
            if matches!(word(w, i + 2), "include") =>
        {
            Some((3, Tie::Including))
        }
        ("including" | "includes" | "include" | "namely" | "comprising" | "ie", _) => {
            Some((1, Tie::Including))
        }
        _ => None,
    }
}

/// Cuts some words into the things they list.
pub(crate) fn pieces(text: &str, w: &[Word], range: Range<usize>) -> Vec<Piece> {
    let mut cut = Cutter {
        text,
        w,
        done: Vec::new(),
        start: range.start,
        under: None,
        bracket: None,
        whether: false,
    };
    let mut i = range.start;
    while i < range.end {
        let between = if i == range.start {
            ""
        } else {
            gap(text, w, i)
        };
        mark(&mut cut, i, between);
        if word(w, i) == "whether"
            || (word(w, i) == "if"
                && word(w, i + 1) == "you"
                && cut.start == i
                && cut.bracket.is_none())
        {
            cut.whether = cut.start == i || cut.whether;
        }
        if let Some((skip, tie)) = introducer(w, i).filter(|(skip, _)| {
            i + skip < range.end && (*skip > 1 || word(w, i) != "like" || between.contains(','))
        }) {
            let parent = cut.close(i).or_else(|| cut.under.map(|(p, _)| p));
            cut.under = parent.map(|p| (p, tie));
            cut.start = i + skip;
            i += skip;
            // `including: a, b`
            continue;
        }
        let joins = matches!(word(w, i), "and" | "or" | "plus")
            || (word(w, i) == "as" && word(w, i + 1) == "well")
            || (word(w, i) == "along" && word(w, i + 1) == "with")
            || (word(w, i) == "together" && word(w, i + 1) == "with");
        if joins && i > cut.start && i + 1 < range.end {
            let skip = match word(w, i) {
                "as" => 3,
                "along" | "together" => 2,
                _ => 1,
            };
            let stay = cut.halves(i) || (cut.in_clause(i) && !cut.fresh(i + skip, false));
            if !stay {
                cut.close(i);
                cut.start = i + skip;
                cut.whether = cut.whether && !one_of(word(w, i + skip), OPENERS);
                i += skip;
                continue;
            }
        } else if joins && i == cut.start {
            cut.start = i + 1;
        }
        i += 1;
    }
    cut.close(range.end);
    cut.done
}

/// What the marks before the word `i` part.
fn mark(cut: &mut Cutter, i: usize, between: &str) {
    if between.is_empty() {
        return;
    }
    if between.contains([')', ']'])
        && let Some(outer) = cut.bracket.take()
    {
        cut.close(i);
        cut.under = outer;
        if !between.contains([',', ';', ':', '\t'])
            && !between.contains("    ")
            && !matches!(word(cut.w, i), "and" | "or")
        {
            // What follows a bracket still belongs to the thing before it.
            cut.under = cut
                .done
                .iter()
                .rposition(|p| p.under.is_none_or(|(_, t)| t != Tie::Bracket))
                .map(|p| (p, Tie::Dash));
        }
    }
    if between.contains('(') && cut.bracket.is_none() && enumerates(cut, i) {
        cut.close(i);
        cut.under = None;
        cut.start = i + 1;
        return;
    }
    if between.contains(['(', '[']) && cut.bracket.is_none() {
        let outer = cut.under.filter(|(_, t)| *t != Tie::Dash);
        let parent = cut.close(i).or_else(|| cut.done.len().checked_sub(1));
        cut.bracket = Some(outer);
        cut.under = parent.map(|p| (p, Tie::Bracket));
        return;
    }
    if between.contains(':') && i - cut.start <= 8 && i > cut.start {
        let parent = cut.close(i);
        cut.under = parent.map(|p| (p, Tie::Colon));
        return;
    }
    let dashed = [" – ", " — ", " - ", " -- ", "—"]
        .iter()
        .any(|d| between.contains(d));
    if dashed && i > cut.start {
        let parent = cut.close(i);
        cut.under = parent.map(|p| (p, Tie::Dash));
        return;
    }
    // Things set apart by wide gaps alone.
    let wide = between.trim().is_empty() && between.contains("    ") && !between.contains('\n');
    let hard = wide || between.contains([';', '|', '\t']) || stacked(cut, i, between);
    let soft =
        between.contains([',', '•', '·']) || (between.contains('&') && between.contains(' '));
    if hard || soft {
        let joined = matches!(word(cut.w, i), "and" | "or");
        let next = if joined { i + 1 } else { i };
        // `name and, from our own files, the dates of your stays`: what only says where or when ends at its comma.
        let aside = one_of(
            word(cut.w, cut.start),
            "from|in|at|through|during|by|if|when|on|via",
        );
        if !hard && !aside && cut.in_clause(i) && !cut.fresh(next, true) && cut.bracket.is_none() {
            return;
        }
        cut.close(i);
        cut.start = next;
        let own = matches!(word(cut.w, next), "your" | "whether");
        if hard || (own && cut.bracket.is_none() && !matches!(cut.under, Some((_, Tie::Colon)))) {
            cut.under = cut.under.filter(|_| cut.bracket.is_some());
            cut.whether = false;
        }
        if own {
            cut.whether = false;
        }
    }
}

/// `(a)`, `(iv)`, `(2)`: the mark of a thing on a list within a sentence.
fn enumerates(cut: &Cutter, i: usize) -> bool {
    let mark = word(cut.w, i);
    let short =
        mark.len() == 1 || (mark.len() <= 4 && mark.chars().all(|c| matches!(c, 'i' | 'v' | 'x')));
    short && gap(cut.text, cut.w, i + 1).starts_with(')')
}

/// Whether marks of emphasis end within the words.
pub(crate) fn bold_inside(text: &str, w: &[Word]) -> bool {
    (1..w.len()).any(|i| gap(text, w, i).contains("**"))
}

/// Whether a short line ends here and another thing begins on the next: lists that lost their marks.
fn stacked(cut: &Cutter, i: usize, between: &str) -> bool {
    let capital = cut.w.get(i).is_some_and(|w| w.capital);
    if !capital || !between.contains('\n') || between.contains(',') {
        return false;
    }
    let end = cut.w.get(i - 1).map_or(0, |w| w.span.end);
    if i - cut.start > 9 {
        return false;
    }
    let start = cut.w.get(cut.start).map_or(end, |w| w.span.start);
    let line = cut.text.get(start..end).unwrap_or_default();
    line.len() <= 50 && !line.contains('\n')
}

/// The words of a piece.
pub(crate) fn of<'w>(w: &'w [Word], piece: &Range<usize>) -> &'w [Word] {
    w.get(piece.clone()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::words;
    use super::*;
    use crate::model::Span;

    #[test]
    fn lists_are_parted_where_a_reader_would() {
        let cases: &[(&str, &[&str])] = &[
            (
                "name, age and the name of your school",
                &["name", "age", "the name of your school"],
            ),
            ("race or ethnic origin", &["race or ethnic origin"]),
            (
                "contact details (name, phone)",
                &["contact details", ">name", ">phone"],
            ),
            (
                "contact details: name, e-mail",
                &["contact details", ">name", ">e-mail"],
            ),
            (
                "details such as your age or sex",
                &["details", ">your age", ">sex"],
            ),
            (
                "what you say when you call or write, and your voice",
                &["what you say when you call or write", "your voice"],
            ),
            (
                "physical and mental health, diet",
                &["physical and mental health", "diet"],
            ),
            (
                "first and last name; postcode",
                &["first and last name", "postcode"],
            ),
            (
                "name and address of your doctor",
                &["name and address of your doctor"],
            ),
            (
                "age – used to group answers",
                &["age", ">used to group answers"],
            ),
        ];
        for (text, expected) in cases {
            let w: Vec<Word> = words::sentences(
                text,
                Span {
                    start: 0,
                    end: text.len(),
                },
            )
            .concat();
            let got: Vec<String> = pieces(text, &w, 0..w.len())
                .iter()
                .map(|p| {
                    let said = words::at(text, words::span(&w, &p.words));
                    format!("{}{said}", if p.under.is_some() { ">" } else { "" })
                })
                .collect();
            assert_eq!(got, *expected, "{text}");
        }
    }
}
