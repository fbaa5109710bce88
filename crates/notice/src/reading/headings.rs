//! Headings in every dress: marks, lines below, bold, capitals, numbers, questions, short lines that stand alone.

use super::labels::{self, Label, Numbering};
use super::lines::{self, Line, Shape};
use super::topic::Topic;
use crate::model::Span;

/// A heading and the lines it is on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Head {
    pub line: usize,
    pub last: usize,
    pub span: Span,
    pub level: usize,
    pub title: bool,
}

/// Where the headings are.
pub(crate) fn find(all: &[Line], shapes: &[Shape]) -> Vec<Head> {
    let mut heads: Vec<Head> = Vec::new();
    let mut numbering = Numbering::default();
    let mut fence = false;
    let hashed = all.iter().filter(|l| hashes(l.text).is_some()).count();
    for (i, line) in all.iter().enumerate() {
        if line.text.trim_start().starts_with("```") {
            fence = !fence;
        }
        let may = matches!(shapes.get(i), Some(Shape::Plain | Shape::Item(1..)));
        if fence || !may || heads.last().is_some_and(|h| i <= h.last) {
            continue;
        }
        let head = |from: usize, level: usize| Head {
            line: i,
            last: i,
            span: line.span(from),
            level,
            title: false,
        };
        if let Some(n) = hashes(line.text) {
            let mut h = head(n, n);
            h.span = without_marks(line, h.span);
            heads.push(h);
        } else if let Some(level) = underline(all, shapes, i) {
            heads.push(head(0, level));
        } else if is_bold(line.text) && titled(line.text, true) {
            let mut h = head(0, 2);
            h.span = without_marks(line, h.span);
            heads.push(h);
        } else if let Some((label, rest)) = labels::read(line.text)
            && (hashed < 3 || line.text.trim_start().starts_with("**"))
            && (titled(rest, true) || (rest.is_empty() && label.named()))
            && !counts_on(all, i, &label)
            && let Some(last) = whole(all, shapes, i)
            && numbering.takes(&label, rest)
        {
            heads.push(spanning(all, i, last, 2 + usize::from(label.below())));
        } else if hashed < 3
            && matches!(shapes.get(i), Some(Shape::Plain))
            && is_capitals(all, shapes, i)
        {
            let last = whole(all, shapes, i).unwrap_or(i);
            heads.push(spanning(all, i, last, 2));
        }
    }
    numbering.sift(all, &mut heads);
    let strong = heads.iter().filter(|h| h.level > 1).count();
    if hashed < 2 {
        plain(all, shapes, strong, &mut heads);
    }
    title(all, shapes, &mut heads);
    heads.sort_by_key(|h| h.line);
    heads
}

/// Whether a line alone shows that it is a heading: by hashes, by a number, by a word such as `Section`.
pub(crate) fn is_certain(all: &[Line], i: usize) -> bool {
    let Some(line) = all.get(i) else { return false };
    hashes(line.text).is_some()
        || (is_bold(line.text) && titled(line.text, true))
        || labels::read(line.text).is_some_and(|(label, rest)| {
            (titled(rest, true) || (rest.is_empty() && label.named())) && !counts_on(all, i, &label)
        })
        || (capitals(line.text) && lines::count(line.text) >= 2)
}

fn spanning(all: &[Line], first: usize, last: usize, level: usize) -> Head {
    let start = all.get(first).map(|l| l.span(0)).unwrap_or_default();
    let end = all.get(last).map(|l| l.span(0)).unwrap_or_default();
    let span = Span {
        start: start.start,
        end: end.end,
    };
    let first_line = all.get(first).copied();
    Head {
        line: first,
        last,
        span: first_line.map_or(span, |l| without_marks(&l, span)),
        level,
        title: false,
    }
}

fn hashes(line: &str) -> Option<usize> {
    let n = line.chars().take_while(|c| *c == '#').count();
    ((1..=6).contains(&n) && line.get(n..).is_some_and(|r| r.starts_with(' '))).then_some(n)
}

/// `===` and `---` below a line of words.
fn underline(all: &[Line], shapes: &[Shape], i: usize) -> Option<usize> {
    let line = all.get(i)?;
    let below = all.get(i + 1)?.text.trim();
    let rule = matches!(shapes.get(i + 1), Some(Shape::Rule));
    let above = i.checked_sub(1).and_then(|b| shapes.get(b));
    let free = !matches!(above, Some(Shape::Plain | Shape::Item(_)));
    let wide = below.chars().count() + 4 >= line.text.trim().chars().count().min(24);
    let level = match below.chars().next()? {
        '=' => 1,
        '-' | '~' | '_' | '─' => 2,
        _ => return None,
    };
    (rule && free && wide && titled(line.text, true)).then_some(level)
}

/// Short, begins with a capital, ends without a full stop; `colon`: it may end in one.
pub(crate) fn titled(line: &str, colon: bool) -> bool {
    let bare = line.trim().trim_matches(['*', '_', '#']).trim();
    let words = lines::count(bare);
    let letter = bare.chars().find(|c| c.is_alphanumeric());
    let stop = bare.ends_with('.')
        && !(words <= 4 && colon && !bare.trim_end_matches('.').contains(['.', ',']));
    (1..=16).contains(&words)
        && bare.len() <= 130
        && letter.is_some_and(|c| !c.is_lowercase())
        && bare.chars().any(char::is_alphabetic)
        && !stop
        && !bare.ends_with([';', ',', '!'])
        && (colon || !bare.ends_with(':'))
        && !bare.contains('@')
        && !bare.contains("http")
}

/// A title may be long, but is no sentence.
pub(crate) fn looks_like_title(line: &str) -> bool {
    let bare = line.trim();
    bare.chars().count() <= 220
        && bare
            .chars()
            .find(|c| c.is_alphabetic())
            .is_some_and(char::is_uppercase)
        && !bare.ends_with(['.', ';', ',', ':'])
        && lines::item_mark(bare).is_none()
        && !bare.contains('\t')
        && !bare.starts_with('|')
        && !bare.contains('@')
}

/// The last line of a heading that begins here: itself or the next; none where a paragraph runs on.
fn whole(all: &[Line], shapes: &[Shape], i: usize) -> Option<usize> {
    let next = all.get(i + 1).map_or("", |l| l.text);
    let plain = matches!(shapes.get(i + 1), Some(Shape::Plain));
    let own = all.get(i).map_or("", |l| l.text);
    let runs = plain && lines::begins_small(next) && !capitals(own);
    if !runs {
        return Some(i);
    }
    let stops = all.get(i + 2).is_none_or(Line::blank);
    let words = lines::count(own) + lines::count(next);
    let whole = next.trim().ends_with('?') || !lines::closes(next);
    (stops && whole && words <= 20).then_some(i + 1)
}

/// Whether the neighbouring lines count on, as the lines of a list do.
fn counts_on(all: &[Line], i: usize, label: &Label) -> bool {
    let neighbour = |at: Option<usize>, wanted: Option<Label>| {
        at.and_then(|at| all.get(at))
            .and_then(|l| labels::read(l.text))
            .is_some_and(|(l, _)| Some(l) == wanted)
    };
    neighbour(i.checked_add(1), label.next()) || neighbour(i.checked_sub(1), label.before())
}

fn capitals(line: &str) -> bool {
    let bare = line.trim().trim_end_matches(':');
    let letters = bare.chars().filter(|c| c.is_alphabetic()).count();
    letters >= 4
        && !bare.chars().any(char::is_lowercase)
        && titled(bare, false)
        && bare.chars().filter(char::is_ascii_digit).nth(3).is_none()
}

/// A line in capitals that stands apart: not one of several such lines, as in an address.
fn is_capitals(all: &[Line], shapes: &[Shape], i: usize) -> bool {
    let Some(line) = all.get(i).filter(|l| capitals(l.text)) else {
        return false;
    };
    let known = Topic::of(line.text) != Topic::Other;
    let beside = |n: Option<usize>| {
        n.and_then(|n| all.get(n).zip(shapes.get(n)))
            .is_some_and(|(l, s)| *s == Shape::Plain && capitals(l.text))
    };
    let lone = !beside(i.checked_sub(1)) && !beside(Some(i + 1));
    known || (lines::count(line.text) >= 2 && lone)
}

fn is_bold(line: &str) -> bool {
    let bare = line.trim().trim_end_matches(':');
    bare.len() > 4
        && ((bare.starts_with("**") && bare.ends_with("**"))
            || (bare.starts_with("__") && bare.ends_with("__")))
        && bare.matches("**").count() <= 2
}

fn without_marks(line: &Line, span: Span) -> Span {
    let from = span.start - line.start;
    let Some(raw) = line
        .text
        .get(from..)
        .filter(|_| span.end <= line.start + line.text.len())
    else {
        return span;
    };
    let raw = raw.trim_end();
    let lead = raw.len() - raw.trim_start_matches(['*', '_', ' ']).len();
    let bare = raw
        .trim_start_matches(['*', '_', ' '])
        .trim_end_matches(['*', '_', ' ', '#'])
        .trim_end_matches(':')
        .trim_end_matches(['*', '_']);
    if bare.is_empty() {
        return span;
    }
    Span {
        start: span.start + lead,
        end: span.start + lead + bare.len(),
    }
}

/// Short lines without any mark: all where there are few other headings, else those of a known subject that stand alone.
fn plain(all: &[Line], shapes: &[Shape], strong: usize, heads: &mut Vec<Head>) {
    let taken: Vec<usize> = heads.iter().map(|h| h.line).collect();
    let first = all.iter().position(|l| !l.blank());
    let found: Vec<Head> = all
        .iter()
        .enumerate()
        .filter(|(i, _)| {
            Some(*i) != first
                && matches!(shapes.get(*i), Some(Shape::Plain))
                && taken.binary_search(i).is_err()
        })
        .filter_map(|(i, l)| {
            let last = stands_alone(all, shapes, i)?;
            let words = heading_words(all, i, last);
            let known = Topic::of(&words) != Topic::Other;
            let apart = i
                .checked_sub(1)
                .and_then(|b| all.get(b))
                .is_none_or(Line::blank)
                && all.get(last + 1).is_none_or(Line::blank);
            let asks = words.ends_with('?');
            let fits = if strong >= 3 {
                known && apart && (asks || lines::count(&words) <= 7)
            } else {
                apart || known || asks || long_below(all, shapes, last)
            };
            (fits && l.text.len() < 200).then(|| spanning(all, i, last, 2))
        })
        .collect();
    if found.len() >= 2 || strong >= 3 {
        heads.extend(found);
    }
}

fn heading_words(all: &[Line], first: usize, last: usize) -> String {
    all.get(first..=last)
        .unwrap_or_default()
        .iter()
        .map(|l| l.text.trim())
        .collect::<Vec<_>>()
        .join(" ")
}

fn long_below(all: &[Line], shapes: &[Shape], i: usize) -> bool {
    // Two whole sentences below are a paragraph, however short.
    let two = |l: &Line| l.text.trim_end().ends_with('.') && l.text.contains(". ");
    all.get(i + 1)
        .is_some_and(|l| l.text.chars().count() > 70 || two(l))
        || matches!(shapes.get(i + 1), Some(Shape::Item(_)))
}

/// The last line of a short line that stands as a heading does: behind the end of a paragraph, before the
/// beginning of another.
fn stands_alone(all: &[Line], shapes: &[Shape], i: usize) -> Option<usize> {
    let text = all.get(i).map_or("", |l| l.text);
    let blank = |n: Option<usize>| n.and_then(|n| all.get(n)).is_none_or(Line::blank);
    let label =
        text.contains(": ") || text.contains('\t') || text.chars().any(|c| c.is_ascii_digit());
    let asks = text.trim_end().ends_with('?');
    let last = whole(all, shapes, i)?;
    let title = titled(text, false)
        || (text.trim_end().ends_with(':') && titled(text, true) && is_name(text));
    if !title || label || text.trim_end().ends_with('!') {
        return None;
    }
    // Over an empty line or the end of a page a sentence may run on.
    let next = (last + 1..(last + 6).min(all.len()))
        .find(|n| !matches!(shapes.get(*n), Some(Shape::Blank | Shape::Through)));
    if next.is_some_and(|n| {
        matches!(shapes.get(n), Some(Shape::Plain))
            && all.get(n).is_some_and(|l| lines::begins_small(l.text))
    }) {
        return None;
    }
    // `We use it` above `a) to arrange the talk` leads in.
    let leads = next.is_some_and(|n| match (shapes.get(n), all.get(n)) {
        (Some(Shape::Item(mark)), Some(l)) => l.text.get(*mark..).is_some_and(lines::begins_small),
        _ => false,
    });
    if leads && !is_name(text) {
        return None;
    }
    let before = i.checked_sub(1);
    if blank(before) {
        let below = all.get(last + 1);
        let open = below.is_none_or(Line::blank)
            || long_below(all, shapes, last)
            || ((asks || known_name(text)) && !below.is_some_and(|l| lines::begins_small(l.text)));
        return open.then_some(last);
    }
    // Without empty lines: behind a line that closes, before one that opens, and only where the words are those of a heading.
    let above = before.and_then(|b| all.get(b)).map_or("", |l| l.text);
    let item_above = before.is_some_and(|b| {
        matches!(
            shapes.get(b),
            Some(Shape::Item(_))
                | Some(Shape::Row(_))
                | Some(Shape::Flat(_))
                | Some(Shape::Taken)
                | Some(Shape::Through)
        )
    });
    let closed = (lines::closes(above) && !above.trim_end().ends_with([':', ';']))
        || (names_notice(&above.to_lowercase()) && lines::count(above) <= 24);
    let below = all.get(last + 1);
    let opens = below.is_some_and(|l| !l.blank() && !lines::begins_small(l.text))
        || matches!(shapes.get(last + 1), Some(Shape::Item(_)));
    ((closed || item_above) && opens && (asks || known_name(text)) && lines::count(text) <= 12)
        .then_some(last)
}

/// Words as a heading has them, and a subject that is known.
fn known_name(text: &str) -> bool {
    Topic::of(text) != Topic::Other && is_name(text)
}

/// No sentence: it begins as a question does, or has no verb that says something.
fn is_name(text: &str) -> bool {
    let lower = text.trim().to_lowercase();
    let first = lower.split_whitespace().next().unwrap_or_default();
    let asks = matches!(
        first,
        "what"
            | "why"
            | "how"
            | "who"
            | "where"
            | "when"
            | "whose"
            | "which"
            | "do"
            | "does"
            | "can"
            | "will"
            | "is"
            | "are"
    );
    let verbs = [
        "we",
        "you",
        "they",
        "is",
        "are",
        "will",
        "may",
        "can",
        "must",
        "has",
        "have",
        "includes",
        "include",
        "following",
        "below",
        "please",
        "see",
        "this",
        "these",
    ];
    asks || !lower
        .split(|c: char| !c.is_alphanumeric())
        .any(|w| verbs.contains(&w))
}

/// The title: the first lines, as far as they look like one and name a notice.
fn title(all: &[Line], shapes: &[Shape], heads: &mut Vec<Head>) {
    let Some(first) = all.iter().position(|l| !l.blank()) else {
        return;
    };
    let strong = heads.iter().find(|h| h.line == first).copied();
    // A number or a Markdown mark keeps its meaning; words in capitals may be the title.
    if strong.is_some_and(|_| {
        all.get(first)
            .is_some_and(|l| hashes(l.text).is_some() || labels::read(l.text).is_some())
    }) {
        return;
    }
    let mut last = None;
    let mut named = None;
    let mut blanks = 0;
    for (i, line) in all.iter().enumerate().skip(first).take(10) {
        if line.blank() || matches!(shapes.get(i), Some(Shape::Through | Shape::Rule)) {
            blanks += 1;
            continue;
        }
        if blanks > 2
            || !matches!(shapes.get(i), Some(Shape::Plain))
            || !looks_like_title(line.text)
            || hashes(line.text).is_some()
        {
            break;
        }
        let lower = line.text.to_lowercase();
        let names = names_notice(&lower) && lines::count(&lower) <= 24;
        let audience =
            lower.trim_start().starts_with("for ") || lower.trim_start().starts_with('(');
        if i > first && labels::read(line.text).is_some() {
            break;
        }
        let known = Topic::of(line.text) != Topic::Other && !names;
        if i > first && (known || lower.trim_end().ends_with('?')) && !audience {
            break;
        }
        if names || (audience && last.is_some() && blanks <= 1) {
            named = Some(i);
        } else if i > first && blanks == 0 && line.text.len() > 60 && named.is_some() {
            break;
        }
        last = last.or(Some(i));
        blanks = 0;
        if i > first + 5 {
            break;
        }
    }
    let Some(start) = last else { return };
    let end = named.unwrap_or(start);
    let free = |n: usize| {
        all.get(n).is_none_or(|l| {
            l.blank()
                || labels::read(l.text).is_some()
                || matches!(shapes.get(n), Some(Shape::Rule | Shape::Through))
        })
    };
    let closes = named.is_some() || free(end + 1) || heads.iter().any(|h| h.line == end + 1);
    if !closes {
        return;
    }
    heads.retain(|h| h.line < start || h.line > end);
    let mut head = spanning(all, start, end, 1);
    head.title = true;
    heads.push(head);
}

/// Whether words in small letters name a notice: `privacy notice`, `information sheet`.
pub(crate) fn names_notice(lower: &str) -> bool {
    [
        "privacy notice",
        "privacy statement",
        "privacy policy",
        "privacy information",
        "information sheet",
        "information notice",
        "data protection notice",
        "data protection statement",
        "data protection information",
        "fair processing",
        "data privacy",
        "privacy and",
        "privacy:",
        "transparency notice",
        "transparency statement",
        "information leaflet",
        "data subject information",
        "how we use",
        "what happens to your",
        "your information and",
        "your data and",
        "use of your",
        "looking after your",
    ]
    .iter()
    .any(|n| lower.contains(n))
}
