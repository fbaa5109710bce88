//! Lengths that are no retention, and lengths told in a way of their own: `six years plus current`.

use std::ops::Range;

use super::anchors::{Anchor, Event};
use super::kept;
use super::lengths;
use super::table::{Column, Table};
use super::topic::Topic;
use super::words::{self, Word, find, says, says_any};

/// The columns of a retention schedule: what is kept, and how long.
pub(crate) fn columns(text: &str, table: &Table, topic: Topic) -> Option<(usize, usize)> {
    let width = table.columns.len();
    // The column with most lengths.
    let count = |c: usize| {
        table
            .rows
            .iter()
            .filter(|r| {
                r.cells
                    .get(c)
                    .into_iter()
                    .flatten()
                    .flat_map(|s| words::sentences(text, *s))
                    .any(|w| !lengths::find(&w).is_empty() || says(&w, "until|after"))
            })
            .count()
    };
    // A head that runs over both columns names the first.
    let named = table
        .column(Column::Retention)
        .filter(|c| *c > 0 || width > 2 || count(0) > 0);
    let how_long = named.or_else(|| {
        let told = topic == Topic::Retention || table.column(Column::Retention).is_some();
        if !told || width < 2 {
            return None;
        }
        (1..width)
            .max_by_key(|c| (count(*c), width - c))
            .filter(|c| count(*c) > 0)
    })?;
    let what = [Column::Data, Column::Purpose]
        .iter()
        .find_map(|c| table.column(*c))
        .filter(|c| *c != how_long)
        .or_else(|| (0..width).find(|c| *c != how_long))?;
    Some((what, how_long))
}

/// A verb of keeping that keeps no data: `keep in touch`, `interviews are held`.
pub(crate) fn is_no_keeping(w: &[Word], verb: usize) -> bool {
    let tail = w.get(verb..).unwrap_or_default();
    let next = tail.get(..tail.len().min(5)).unwrap_or_default();
    let head = w.get(..verb).unwrap_or_default();
    let touch = says_any(
        next,
        &[
            "keep|keeping|stay|stays|remain|remains in touch|contact",
            "keep|keeping you|up",
            "keep|keeping track",
            "kept informed|up",
            "hold|held responsible|accountable",
            "remains|remain ~2 open|available|responsible|confidential",
        ],
    );
    let meeting = tail
        .first()
        .is_some_and(|v| matches!(v.text.as_str(), "held" | "hold" | "holds" | "holding"))
        && (says(
            head,
            "meeting*|session*|workshop*|event|events|group|groups|class|classes|interview|interviews",
        ) && !says(
            head,
            "recording*|record|records|notes|transcript*|data|information|from|details",
        ) || says(
            next,
            "a|an|two|three|our ~1 meeting*|session*|workshop*|event*",
        ));
    let period = tail.first().is_some_and(|v| v.text == "period")
        && !says(head, "retention|storage|keeping|kept|held|stored|retained")
        && kept::first_verb(tail.get(1..).unwrap_or_default()).is_none();
    let shelf = says_any(next, &["stored|held|kept securely|safely|on|in|at"])
        && lengths::find(w).is_empty()
        && !says(w, "until|once|after|duration|while|long");
    touch || meeting || period || shelf
}

/// A length that is no time of keeping: a window to withdraw in, an answer, a project's own length, a past.
pub(crate) fn is_else(w: &[Word], at: &Range<usize>, _topic: Topic) -> bool {
    let head = w.get(..at.start).unwrap_or_default();
    let close = head.get(head.len().saturating_sub(4)..).unwrap_or_default();
    let tail = w.get(at.end..).unwrap_or_default();
    let next = tail.get(..tail.len().min(3)).unwrap_or_default();
    let verb = kept::first_verb(head);
    let since = verb.as_ref().map_or(0, |v| v.end);
    let near = head.get(since..).unwrap_or_default();
    let past = close
        .get(close.len().saturating_sub(1)..)
        .is_some_and(|c| says(c, "last|past|previous"))
        && !says(close, "for the last");
    let window = says_any(
        head,
        &[
            "you|your|participants ~6 withdraw|withdrawal|change|contact|tell|let|opt|decide|ask|appeal ~12 within|to|until|before|for|in|after",
            "withdraw|withdrawal ~10 within|to|until|before",
            "you ~1 have",
        ],
    ) && (verb.is_none()
        || says_any(head, &["if|where|unless|should you ~14 within|before|in"]));
    let answers = says_any(
        near,
        &[
            "respond|answer|reply|acknowledge|tell|inform|report|notify|investigate|contact|write|back ~8 within|in",
        ],
    ) && verb.is_none();
    let lasts = says_any(
        near,
        &[
            "run|runs|running|last|lasts|lasting|take|takes ~6 for|about|around|over|to|place|up",
            "lasts|takes|lasting",
            "last about",
        ],
    ) && verb.is_none();
    let review = says_any(
        head,
        &["review*|revisit* ~14 after|within|in|at|every|least"],
    ) && !says_any(near, &["for|up|until"]);
    let notice = says(next, "notice|warning");
    let old = says_any(next, &["old", "of age"]) || says(close, "aged|age");
    past || window || answers || lasts || review || notice || old
}

/// `six years plus the current financial year`, `current year plus six`.
pub(crate) fn plus_current(w: &[Word], at: &Range<usize>) -> Option<Event> {
    let tail = w.get(at.end..w.len().min(at.end + 7)).unwrap_or_default();
    let head = w
        .get(at.start.saturating_sub(6)..at.start)
        .unwrap_or_default();
    let behind = find(tail, "plus|and|in ~3 current").map(|r| at.end + r.start..at.end + r.end);
    let before = find(head, "current ~2 year plus|and");
    let words =
        behind.or_else(|| before.map(|r| at.start.saturating_sub(6) + r.start..at.start))?;
    let anchor = if says(w, "academic|school") {
        Anchor::AcademicYearEnd
    } else {
        Anchor::FinancialYearEnd
    };
    Some(Event {
        anchor,
        words,
        day: None,
    })
}

/// `until your 25th birthday`, `until she turns 25`: a length counted from birth.
pub(crate) fn age(w: &[Word]) -> Option<(u32, Range<usize>)> {
    (0..w.len()).find_map(|i| {
        let word = w.get(i)?;
        let next = w.get(i + 1).map_or("", |x| x.text.as_str());
        if next == "birthday" {
            let digits = ["st", "nd", "rd", "th"]
                .iter()
                .find_map(|e| word.text.strip_suffix(e))?;
            return Some((digits.parse().ok()?, i..i + 2));
        }
        if !matches!(
            word.text.as_str(),
            "turn"
                | "turns"
                | "reach"
                | "reaches"
                | "reached"
                | "are"
                | "is"
                | "age"
                | "aged"
                | "be"
        ) {
            return None;
        }
        let skip = w
            .get(i + 1..)?
            .iter()
            .take(4)
            .take_while(|x| matches!(x.text.as_str(), "the" | "age" | "of" | "their" | "your"))
            .count();
        let (years, end) = lengths::number(w, i + 1 + skip)?;
        let behind = w.get(end..w.len().min(end + 2)).unwrap_or_default();
        let other = says(behind, "month*|week*|day*|percent|people|per");
        ((5..=110).contains(&years) && !other && w.get(i + 1 + skip).is_some_and(|x| x.text != "a"))
            .then_some((years, i..end))
    })
}

/// What lasts in `as long as you are a tenant`, `while you work for us`, `for the duration of the study`.
pub(crate) fn lasting(w: &[Word]) -> Option<Anchor> {
    let near = w.get(..w.len().min(10)).unwrap_or_default();
    let table: [(Anchor, &str); 5] = [
        (Anchor::TenancyEnd, "tenant|tenancy|lease|resident"),
        (
            Anchor::EmploymentEnd,
            "employed|employee|employment|work|staff|volunteer|volunteering",
        ),
        (
            Anchor::ContractEnd,
            "account|contract|subscription|agreement|customer",
        ),
        (
            Anchor::ServiceEnd,
            "member|membership|student|pupil|course|service|support|treatment|club|school|patient",
        ),
        (
            Anchor::ProjectEnd,
            "project|study|research|evaluation|trial|programme|pilot",
        ),
    ];
    table
        .iter()
        .find(|(_, pattern)| says(near, pattern))
        .map(|(anchor, _)| *anchor)
}
