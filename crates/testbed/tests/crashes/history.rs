//! Made-up histories: sentences drawn by a seed, in which people come, choose and go.

use jiff::{ToSpan, civil::date};
use std::fmt::Write as _;
use store::{Entropy, Seeded};
use testbed::script::{self, Step};

/// The names people go by: a spelling alphabet, since nobody is called so.
const WHO: [&str; 8] = [
    "alpha", "bravo", "charlie", "delta", "foxtrot", "juliett", "oscar", "tango",
];
/// What they may be used for that they can choose against.
pub const PURPOSES: [&str; 3] = ["communicate", "recontact", "invite"];

/// The sentences of a history, with their days.
pub fn history(seed: u64) -> Vec<Step> {
    let chance = Seeded::new(seed);
    let draw = |most: usize| {
        let mut bytes = [0; 8];
        chance.fill(&mut bytes);
        usize::try_from(u64::from_be_bytes(bytes) % most as u64).unwrap()
    };
    let mut day = date(2023, 2, 1);
    let mut told = String::from("## A history\n\n```scenario\n");
    let mut line = |day: jiff::civil::Date, sentence: String| {
        let _ = writeln!(told, "{day}  {sentence}");
    };
    for sentence in [
        "dpo publishes kinship version 1",
        "dpo assesses project #3035",
        "dpo reviews the measures of #3035",
        "dpo approves quillfield as transcriber",
        "lead plans final-report.delivered of #3035 for 2024-06-30 because \"agreed with the funder\"",
    ] {
        line(day, sentence.to_owned());
    }
    for who in &WHO[..5] {
        line(
            day,
            format!(
                "{who} signs up to kinship with name, email, phone, job-title, workplace, council-borough"
            ),
        );
    }
    for nth in 0..70 {
        day = day.saturating_add(i64::try_from(draw(12)).unwrap().days());
        let who = WHO[draw(WHO.len())];
        line(
            day,
            match draw(18) {
                0 | 1 => format!(
                    "{who} signs up to kinship with name, email, job-title, council-borough"
                ),
                2 | 3 => format!("researcher reads {who}.job-title for understand"),
                4 => format!("lead contacts {who} for communicate"),
                5 => format!("{who} objects to {}", PURPOSES[draw(3)]),
                6 => format!("{who} opts out of recontact"),
                7 => format!("{who} asks for restrict because inaccurate"),
                8 => format!("dpo lifts the restriction of {who} because \"it was put right\""),
                9 => format!("lead invites {who} with \"We record the interview.\""),
                10 => format!("{who} consents to take part"),
                11 => format!("researcher interviews {who} by telephone"),
                12 => format!("researcher records {who}"),
                13 => format!("{who} leaves the study"),
                14 => format!("{who} asks for erase because no-longer-needed"),
                15 => format!("dpo grants the erasure of {who}"),
                16 => format!("lead corrects the phone of {who}"),
                _ => "the sweep runs".to_owned(),
            },
        );
        if nth == 60 {
            line(
                day,
                "lead records final-report.delivered of #3035".to_owned(),
            );
            day = day.saturating_add(3.years());
            line(day, "the sweep runs".to_owned());
        }
    }
    told.push_str("```\n");
    let steps: Vec<Step> = script::read(&told)
        .unwrap()
        .into_iter()
        .flat_map(|s| s.steps)
        .collect();
    assert!(steps.len() > 70);
    steps
}
