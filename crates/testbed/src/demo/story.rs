//! Four years of a made-up organisation, told in the sentences of the scenarios.

use super::cast::{Cast, nth};
use jiff::civil::{Date, date};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// The machine's own sentence.
pub(super) const SWEEP: &str = "the sweep runs";

/// A diary: lines by day, each five minutes after the one before.
#[derive(Debug, Default)]
pub(super) struct Diary {
    days: BTreeMap<Date, Vec<String>>,
}

impl Diary {
    /// Writes a line under a day.
    pub(super) fn on(&mut self, day: Date, line: impl Into<String>) {
        self.days.entry(day).or_default().push(line.into());
    }

    /// The whole diary as one scenario.
    pub(super) fn told(&self) -> String {
        let mut text = String::from("## Four years of a made-up organisation\n\n```scenario\n");
        for (day, lines) in &self.days {
            for (at, line) in lines.iter().enumerate() {
                let minutes = 9 * 60 + at * 5;
                let _ = writeln!(
                    text,
                    "{day} {:02}:{:02}  {line}",
                    minutes / 60,
                    minutes % 60
                );
            }
        }
        text.push_str("```\n");
        text
    }
}

/// Writes the story for a cast.
pub(super) fn write(cast: &Cast) -> Diary {
    let mut diary = Diary::default();
    house(&mut diary);
    super::kinship::begins(&mut diary, &cast.kinship);
    super::kinship::ends(&mut diary, &cast.kinship);
    super::wellbeing::stakeholders(&mut diary, &cast.stakeholders);
    super::wellbeing::people(&mut diary, &cast.people);
    super::rights::asked(&mut diary, cast);
    sweeps(&mut diary);
    diary
}

/// What the house does whoever takes part: notices, recipients, assessments, and looking at all of it again each year.
fn house(diary: &mut Diary) {
    diary.on(date(2023, 1, 17), "dpo publishes kinship version 1");
    for line in [
        "dpo assesses project #3035",
        "dpo reviews the measures of #3035",
    ] {
        diary.on(date(2023, 1, 17), line);
    }
    for (name, class) in [
        ("quillfield", "transcriber"),
        ("penhaligon", "transcriber"),
        ("cloudmoor", "storage-provider"),
        ("postern", "communications-provider"),
    ] {
        diary.on(date(2023, 1, 18), format!("dpo approves {name} as {class}"));
        for day in [
            date(2024, 1, 10),
            date(2025, 1, 8),
            date(2026, 1, 7),
            date(2027, 1, 6),
        ] {
            diary.on(day, format!("dpo reviews {name}"));
        }
    }
    for day in [
        date(2024, 1, 16),
        date(2025, 1, 15),
        date(2026, 1, 14),
        date(2027, 1, 13),
    ] {
        diary.on(day, "dpo reviews the measures of #3035");
    }
    diary.on(date(2023, 8, 23), "dpo publishes people version 1");
    diary.on(date(2023, 8, 23), "dpo publishes stakeholders version 1");
    for line in [
        "dpo assesses project #3032",
        "dpo reviews the measures of #3032",
    ] {
        diary.on(date(2023, 8, 23), line);
    }
    for (name, class) in [
        ("mcpin", "research-partner"),
        ("northshire", "council"),
        ("formwright", "survey-platform"),
    ] {
        diary.on(date(2023, 9, 4), format!("dpo approves {name} as {class}"));
        for day in [date(2024, 9, 2), date(2025, 9, 1)] {
            diary.on(day, format!("dpo reviews {name}"));
        }
    }
    // The survey platform's review is forgotten too.
    diary.on(date(2026, 8, 31), "dpo reviews mcpin");
    diary.on(date(2026, 8, 31), "dpo reviews northshire");
    // In the summer of 2026 nobody looks at the measures of #3032 again: that promise is broken, and the house says so.
    for day in [date(2024, 8, 20), date(2025, 8, 19)] {
        diary.on(day, "dpo reviews the measures of #3032");
    }
    for (notice, told) in [
        ("kinship", date(2026, 9, 8)),
        ("people", date(2026, 9, 9)),
        ("stakeholders", date(2026, 9, 10)),
    ] {
        diary.on(
            date(2026, 9, 1),
            format!("dpo publishes {notice} version 2"),
        );
        diary.on(
            told,
            format!("lead tells everyone about {notice} version 2"),
        );
    }
}

/// The machine looks once in a month, and on the days after which something has to be gone or somebody reminded.
fn sweeps(diary: &mut Diary) {
    let mut day = date(2023, 2, 6);
    while day <= date(2027, 1, 18) {
        diary.on(day, SWEEP);
        day = day.saturating_add(jiff::Span::new().months(1));
    }
    for day in [
        date(2023, 3, 14),
        date(2023, 3, 16),
        date(2025, 6, 3),
        date(2026, 12, 21),
        date(2027, 1, 18),
    ] {
        diary.on(day, SWEEP);
    }
}

/// Signs somebody up.
pub(super) fn sign_up(diary: &mut Diary, day: Date, who: &str, notice: &str, items: &str) {
    diary.on(day, format!("{who} signs up to {notice} with {items}"));
}

/// So many days later.
pub(super) fn later(day: Date, days: usize) -> Date {
    day.saturating_add(jiff::Span::new().days(i64::try_from(days).unwrap_or(0)))
}

/// One line for each of some people.
pub(super) fn each(
    diary: &mut Diary,
    day: Date,
    who: &[&'static str],
    places: &[usize],
    line: impl Fn(&str) -> String,
) {
    for at in places {
        diary.on(day, line(nth(who, *at)));
    }
}
