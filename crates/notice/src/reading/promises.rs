//! The promises of one clause: how long, from when on, by whom.

use std::ops::Range;

use super::anchors::{self, Anchor, Event};
use super::dates::{self, Day};
use super::keeping::{Holder, Promise, Retention};
use super::kept::{self, END, KEEP};
use super::lengths::{self, Time};
use super::pattern::one_of;
use super::phrase;
use super::spells;
use super::subjects;
use super::topic::Topic;
use super::words::{self, Word, find, says, says_any};
use crate::model::{Length, Span, Unit};

/// The promises of one clause; in a cell (`bare`) a length alone is one.
pub(crate) fn hear(text: &str, w: &[Word], topic: Topic, bare: bool) -> Vec<(Retention, Span)> {
    let verb = kept::first_verb(w);
    let bare = bare || topic == Topic::Retention && verb.is_none() && is_entry(w);
    let has_verb = bare
        || verb.is_some()
        || (topic == Topic::Retention
            && find(w, ".|year*|month*|week*|day*|indefinitely|permanently").is_some());
    if !has_verb
        || !bare
            && verb
                .as_ref()
                .is_some_and(|v| spells::is_no_keeping(w, v.start))
    {
        return Vec::new();
    }
    let days = dates::find(text, w);
    let mut times: Vec<_> = lengths::find(w)
        .into_iter()
        .filter(|h| !h.every && !spells::is_else(w, &h.words, topic))
        .collect();
    if times.iter().any(|h| h.time != Time::AsNeeded) {
        times.retain(|h| h.time != Time::AsNeeded);
    }
    times.dedup_by(|b, a| same(a, b));
    let mut found = Vec::new();
    if times.is_empty() {
        found.extend(at_event(text, w, &days, bare));
        return found;
    }
    let mut from = 0;
    for (i, heard) in times.iter().enumerate() {
        let until = times.get(i + 1).map_or(w.len(), |next| next.words.start);
        let head = w.get(from..heard.words.end).unwrap_or_default();
        let tail = w.get(heard.words.end..until).unwrap_or_default();
        let own_verb = says(head, KEEP) || says(head, END) || says(tail, KEEP) || says(tail, END);
        let lacking = !own_verb && i == 0 && topic != Topic::Retention && !bare;
        let excuse = i > 0 && says(head, "because|claim*|limitation|since|given|law");
        if lacking
            || excuse
            || is_answer_time(w)
            || heard.time == Time::AsNeeded && !own_verb && !bare
        {
            from = heard.words.end;
            continue;
        }
        let event = event(w, from, heard, until, &days);
        let begin = if i > 0 {
            behind_event(w, from, heard.words.start)
        } else {
            from
        };
        let what = kept::what(
            text,
            w.get(begin..until).unwrap_or_default(),
            &(heard.words.start - begin..heard.words.end - begin),
        );
        let retention = Retention {
            what: what.unwrap_or_default(),
            subjects: subjects::heard(head, tail),
            holder: holder(w),
            promise: promise(head, tail, heard),
            time: Some(heard.time),
            anchor: event.as_ref().map(|e| e.anchor),
            event: event
                .as_ref()
                .map(|e| phrase::of_words(text, w.get(e.words.clone()).unwrap_or_default()))
                .unwrap_or_default(),
            day: event.and_then(|e| e.day),
        };
        let span = words::span(w, &(from..heard.words.end.max(from + 1)));
        found.push((retention, span));
        from = heard.words.end;
    }
    found
}

/// `Boat logs until 3 March 2029`: an entry of a list without a verb.
fn is_entry(w: &[Word]) -> bool {
    let cue = find(w, "until|till").filter(|c| w.len() <= 16 && c.start > 0);
    cue.is_some_and(|c| {
        let head = w.get(..c.start).unwrap_or_default();
        !says(
            head,
            "we|you|they|it|is|are|was|will|can|may|must|do|not|runs|run|lasts|open",
        )
    })
}

/// Where the next thing kept begins: `… after the last visit, which is in May, and notes for a year`.
fn behind_event(w: &[Word], from: usize, until: usize) -> usize {
    let text = |i: usize| w.get(i).map_or("", |x| x.text.as_str());
    let parted = |i: usize| w.get(i).is_some_and(|x| x.parted);
    if !one_of(
        text(from),
        "after|following|from|once|when|until|till|upon|of|beyond|since|past",
    ) {
        return from;
    }
    let next =
        |k: usize, and: bool| (k + 1..until).find(|i| parted(*i) || and && text(*i) == "and");
    let mut k = next(from, true);
    while let Some(at) = k.filter(|at| {
        matches!(
            text(*at),
            "which" | "whichever" | "who" | "planned" | "expected" | "due" | "that"
        )
    }) {
        k = next(at, false);
    }
    k.unwrap_or(from)
}

/// `two years (24 months)` tells one length twice.
fn same(a: &lengths::Heard, b: &lengths::Heard) -> bool {
    let plain = |t: Time| match t {
        Time::Length(length) => Some(length.plain()),
        _ => None,
    };
    a.time == b.time && b.words.start <= a.words.end + 2
        || plain(a.time).is_some()
            && plain(a.time) == plain(b.time)
            && b.words.start <= a.words.end + 2
}

/// The event a length is counted from: behind it, or at the head of the sentence.
fn event(
    w: &[Word],
    from: usize,
    heard: &lengths::Heard,
    until: usize,
    days: &[(Day, Range<usize>)],
) -> Option<Event> {
    let tail = w.get(..until).unwrap_or_default();
    let late = says(
        w.get(heard.words.end..until)
            .unwrap_or_default()
            .get(..2)
            .unwrap_or_default(),
        "afterwards|thereafter|later|after that",
    );
    if let Some(event) = spells::plus_current(w, &heard.words) {
        return Some(event);
    }
    let behind = anchors::behind(tail, heard.words.end, days).filter(|_| !late);
    // `until the elections and for three months`
    let head = w.get(from..heard.words.start).unwrap_or_default();
    let earlier = find(head, "until|till")
        .filter(|c| says(head.get(c.end..).unwrap_or_default(), "and|plus|then"))
        .and_then(|c| {
            anchors::behind(
                w.get(..heard.words.start).unwrap_or_default(),
                from + c.start,
                days,
            )
        });
    behind
        .or(earlier)
        .or_else(|| {
            (from == 0)
                .then(|| anchors::before(w, heard.words.start, days))
                .flatten()
        })
        .or_else(|| {
            let head = w.get(from..heard.words.start).unwrap_or_default();
            let lasting = words::find_any(
                head,
                &[
                    "as long as",
                    "while|during|until|till",
                    "for the duration|length of",
                ],
            )?;
            let said = head.get(lasting.end..).unwrap_or_default();
            let anchor = spells::lasting(said)
                .or_else(|| anchors::classify(head.get(lasting.start..).unwrap_or_default()))?;
            Some(Event {
                anchor,
                words: from + lasting.end..heard.words.start,
                day: None,
            })
        })
}

/// `we answer within a month` speaks of no data.
fn is_answer_time(w: &[Word]) -> bool {
    says_any(
        w,
        &[
            "respond|answer|reply|acknowledge ~8 within",
            "request ~8 within",
        ],
    )
}

/// Where the event begins that a promise without a length is tied to.
fn event_cue(w: &[Word], days: &[(Day, Range<usize>)], bare: bool) -> Option<Range<usize>> {
    let cue = words::find_any(
        w,
        &[
            "once|until|till|upon|when|after|following|unless",
            "as soon as",
            "at the end of",
            "for the duration|length|life|lifetime of",
            "as long as|while you|your",
        ],
    );
    // `shredded on 1 March 2028`; in a cell the day alone.
    let day = days.iter().map(|(_, at)| at.start).find(|at| {
        bare && *at <= 2
            || at.checked_sub(1).and_then(|b| w.get(b)).is_some_and(|x| {
                matches!(
                    x.text.as_str(),
                    "on" | "by" | "in" | "before" | "than" | "until"
                )
            })
    });
    match (cue, day) {
        (Some(cue), Some(day)) if cue.start > day => Some(day.saturating_sub(1)..day),
        (None, Some(day)) => Some(day.saturating_sub(1)..day),
        (cue, _) => cue,
    }
}

/// Deleting or keeping tied to an event alone: `once it is transcribed`, `until 31 March 2028`.
fn at_event(
    text: &str,
    w: &[Word],
    days: &[(Day, Range<usize>)],
    bare: bool,
) -> Option<(Retention, Span)> {
    let Some(cue) = event_cue(w, days, bare) else {
        return bare.then(|| in_cell(text, w, days)).flatten();
    };
    let verb = find(w, END).or_else(|| find(w, KEEP));
    // `when you visit, we store …` is no end.
    let lasts = says_any(
        w,
        &[
            "until|till",
            "no longer",
            "duration|lifetime of",
            "as long as you|your",
            "while you",
        ],
    );
    let on_a_day = days.iter().any(|(_, at)| at.start == cue.end);
    let ends = says(w, END) || lasts || on_a_day && bare;
    if !bare && (verb.is_none() || !ends) || verb.is_some_and(|v| words::denied(w, v.start)) {
        return None;
    }
    if strips(w) || is_use(w.get(cue.start..).unwrap_or_default()) {
        return None;
    }
    let lasting = spells::lasting(w.get(cue.end..).unwrap_or_default())
        .filter(|_| lasts && !says(w, "until|till"));
    let aged = spells::age(w.get(cue.start..).unwrap_or_default())
        .map(|(years, at)| (years, at.start + cue.start..at.end + cue.start));
    let on_day = days
        .iter()
        .find(|(_, at)| at.start <= cue.end && cue.start <= at.start)
        .map(|(day, at)| (*day, at.clone()));
    let event = match lasting {
        _ if aged.is_some() => Event {
            anchor: Anchor::Birth,
            words: aged.clone().map_or(0..0, |(_, at)| at),
            day: None,
        },
        _ if on_day.is_some() => Event {
            anchor: Anchor::Date,
            words: cue.clone(),
            day: on_day.map(|(day, _)| day),
        },
        Some(anchor) => Event {
            anchor,
            words: cue.end..w.len(),
            day: None,
        },
        None => anchors::behind(w, cue.start, days).filter(|_| {
            !says(
                w.get(cue.start..)
                    .unwrap_or_default()
                    .get(..1)
                    .unwrap_or_default(),
                "unless",
            )
        })?,
    };
    let head = w.get(..cue.start).unwrap_or_default();
    let tail = w.get(cue.start..).unwrap_or_default();
    let what = kept::what(text, w, &(cue.start..cue.end)).unwrap_or_default();
    let retention = Retention {
        what,
        subjects: subjects::heard(head, tail),
        holder: holder(w),
        promise: if aged.is_some() {
            Promise::Keep
        } else {
            Promise::AtEvent
        },
        time: aged.map(|(count, _)| {
            Time::Length(Length {
                count,
                unit: Unit::Year,
            })
        }),
        anchor: Some(event.anchor),
        event: phrase::of_words(text, w.get(event.words.clone()).unwrap_or_default()),
        day: event.day,
    };
    Some((retention, words::span(w, &(0..w.len()))))
}

/// `names are removed from the transcripts` takes out what points at people; the rest is kept.
fn strips(w: &[Word]) -> bool {
    says(w, "remov*|strip*|delet*|tak*")
        && says_any(
            w,
            &[
                "remov*|stripped|deleted|taken ~1 from|out ~4 information|data|dataset|answers|transcript*|notes|responses|records|findings|report|results",
            ],
        )
        && !says_any(
            w,
            &["from ~2 database|systems|system|servers|server|list|lists|drive"],
        )
}

/// `once it has been used`: an end that nobody can tell.
fn is_use(w: &[Word]) -> bool {
    says_any(
        w.get(..w.len().min(9)).unwrap_or_default(),
        &[
            "once|when|after ~5 been|is|are|have used|processed",
            "once|when|after used|use",
        ],
    ) && !says(w, "analysis|report|survey|project|study")
}

/// An event that a cell names and nothing else: `at discharge`.
fn in_cell(text: &str, w: &[Word], days: &[(Day, Range<usize>)]) -> Option<(Retention, Span)> {
    let event = anchors::whole(w, days)?;
    let retention = Retention {
        what: String::new(),
        subjects: subjects::heard(&[], w),
        holder: Holder::Us,
        promise: Promise::AtEvent,
        time: None,
        anchor: Some(event.anchor),
        event: phrase::of_words(text, w.get(event.words.clone()).unwrap_or_default()),
        day: event.day,
    };
    Some((retention, words::span(w, &(0..w.len()))))
}

/// Who does the keeping: one named before the verb.
fn holder(w: &[Word]) -> Holder {
    let verb = find(w, KEEP)
        .into_iter()
        .chain(find(w, END))
        .map(|r| r.start)
        .min()
        .unwrap_or(w.len());
    let before = w.get(..verb).unwrap_or_default();
    let by = find(
        w,
        "by ~2 transcri*|vendor*|supplier*|processor*|contractor*",
    )
    .is_some();
    let vendor = says_any(
        before,
        &[
            "transcri* ~2 vendor*|compan*|service*|supplier*|provider*|agenc*|firm*|partner*",
            "vendor*",
            "supplier*",
            "processor*",
            "transcriber*",
            "transcriptionist*",
            "partner* ~3 instructed|asked|required|must|will|has|have",
            "contractor*",
        ],
    );
    // `a typist, who destroys its copy within a week`
    let copy = says_any(
        w,
        &["delete*|destroy*|erase*|wipe*|remove*|keeps|keep|shred* ~1 its|their own|copy|copies"],
    ) && says_any(w, &["its|their ~1 copy|copies"]);
    if vendor || by || copy {
        Holder::Vendor
    } else {
        Holder::Us
    }
}

fn promise(head: &[Word], tail: &[Word], heard: &lengths::Heard) -> Promise {
    let n = heard.words.end - heard.words.start;
    let before = head.get(..head.len().saturating_sub(n)).unwrap_or_default();
    let close = before
        .get(before.len().saturating_sub(5)..)
        .unwrap_or_default();
    let ends = says(before, END) || (!says(before, KEEP) && says(tail, END));
    if !ends {
        return Promise::Keep;
    }
    let within = says_any(
        close,
        &[
            "within",
            "no later than",
            "not later than",
            "at most",
            "up to",
            "maximum",
            "by",
            "less than",
        ],
    );
    if within {
        Promise::Within
    } else {
        Promise::After
    }
}
