//! When keeping ends: the event a time is counted from, and what stands in where the notice names none.

use super::Source;
use super::keeping::why;
use super::sheet::{Weight, Why};
use crate::reading::{Anchor, Retention, Said, Time};

/// An event's name, and the sentence that declares it.
pub(super) type Declared = Option<(String, String)>;

/// The end, and the event that has to be declared for it.
pub(super) fn until(
    source: &Source,
    said: &Said<Retention>,
    whys: &mut Vec<Why>,
) -> Option<(String, Declared)> {
    let kept = &said.what;
    let (mut event, mut declared) = match kept.anchor {
        Some(anchor) => event(source, said, anchor),
        None => (String::new(), None),
    };
    let plus = match kept.time {
        Some(Time::Length(length)) => Some(length),
        Some(Time::Indefinite) => {
            let offer = Some("`until opt-out; review every 1 year`, or a length".to_owned());
            whys.push(why(
                source,
                said,
                "kept without an end".to_owned(),
                offer,
                Weight::Law,
            ));
            if kept.anchor != Some(Anchor::OptOut) {
                event = "end.unset".to_owned();
                declared = Some((event.clone(), format!("event {event}")));
            }
            None
        }
        Some(Time::AsNeeded) => {
            if kept.anchor.is_none() {
                event = "use.complete".to_owned();
                declared = None;
            }
            whys.push(why(
                source,
                said,
                "kept as long as needed, and nothing says what decides that".to_owned(),
                None,
                Weight::Law,
            ));
            None
        }
        None => None,
    };
    if event.is_empty() {
        let length = plus?;
        event = "count.start".to_owned();
        declared = Some((event.clone(), format!("event {event}")));
        let told = format!(
            "the notice does not say from when the {} are counted",
            length
        );
        whys.push(why(source, said, told, None, Weight::Law));
    }
    let until = match plus {
        Some(length) => format!("{event} + {}", fitting(length)?),
        None => event,
    };
    Some((until, declared))
}

/// A length that the language takes: up to 200 years.
fn fitting(length: crate::model::Length) -> Option<String> {
    use crate::model::Unit;
    let most = match length.unit {
        Unit::Day => 73_000,
        Unit::Week => 10_400,
        Unit::Month => 2_400,
        Unit::Year => 200,
    };
    (1..=most)
        .contains(&length.count)
        .then(|| length.to_string())
}

/// The event of an anchor, and its sentence where the language does not know it.
fn event(source: &Source, said: &Said<Retention>, anchor: Anchor) -> (String, Declared) {
    let reading = source.reading;
    let free = |name: &str| (name.to_owned(), None);
    let own = |name: String| {
        let sentence = format!("event {name}");
        (name.clone(), Some((name, sentence)))
    };
    match anchor {
        Anchor::ProjectEnd => {
            let is = if reading.end_defined {
                " = final-report.delivered"
            } else {
                ""
            };
            let planned = reading
                .planned
                .iter()
                .find(|p| p.part == said.part)
                .or(reading.planned.first());
            let planned = planned
                .map(|p| format!(", planned {}", p.what.day.last))
                .unwrap_or_default();
            (
                "project.end".to_owned(),
                Some((
                    "project.end".to_owned(),
                    format!("event project.end{is}{planned}"),
                )),
            )
        }
        Anchor::Report => free("final-report.delivered"),
        Anchor::Transcript => free("transcript.delivered"),
        Anchor::Collection => free("collection.end"),
        Anchor::Analysis => free("analysis.end"),
        Anchor::OptOut => free("opt-out"),
        Anchor::Date => match said.what.day {
            Some(day) => {
                let name = format!("day.on-{}", day.last);
                (
                    name.clone(),
                    Some((name.clone(), format!("event {name}, planned {}", day.last))),
                )
            }
            None => own("date.unset".to_owned()),
        },
        Anchor::Other => own("event.named".to_owned()),
        known => {
            let word = known.word().replace('_', "-");
            match word.strip_suffix("-end") {
                Some(what) => own(format!("{what}.end")),
                None => own(word),
            }
        }
    }
}
