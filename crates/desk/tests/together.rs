//! Recordings that arrive in pieces and are listened to, of one person and of several; and what remains when one of several leaves.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test may stop")]

mod common;

use common::{PEOPLE, STAKEHOLDERS, at, desk, dpo, lead, machine, researcher, sign_up};
use desk::collect::arrive::{self, Arrived};
use desk::collect::group::{self, Turn};
use desk::collect::interview;
use desk::data::listen;
use desk::keeping::{certificate, erasure, sweep};
use desk::rights::copy;
use desk::sharing::transcript;
use desk::{Desk, Stop, Visit, pseudonym, uses};
use std::io::Read;

const DAY: &str = "2026-10-05";

fn why<T: std::fmt::Debug>(outcome: Result<T, Stop>) -> String {
    match outcome {
        Err(Stop::Refused(no)) => format!("{} {:?} {:?}", no.why, no.because, no.help),
        other => panic!("expected a refusal, got {other:?}"),
    }
}

/// Somebody who agreed to take part.
fn takes_part(desk: &Desk, name: &str) -> String {
    let mail = format!("{name}@example.org");
    let holding = sign_up(
        desk,
        "2026-10-01",
        PEOPLE,
        &[("name", name), ("email", &mail)],
    );
    let me = Visit::person(at("2026-10-01"), &holding);
    uses::consent::give(desk, &me, &holding, "form").unwrap();
    holding
}

fn sound() -> Vec<u8> {
    (0..300_000_u32).map(|n| (n % 251) as u8).collect()
}

fn heard(desk: &Desk, blob: &str) -> Result<Vec<u8>, Stop> {
    let who = researcher(DAY);
    let open = listen::open(desk, &who, blob, Some("understand"))?;
    let (mut reader, _) = listen::play(desk, &who, blob, &open.ticket)?;
    let mut all = Vec::new();
    reader.read_to_end(&mut all).unwrap();
    Ok(all)
}

#[test]
fn a_recording_comes_in_pieces_and_is_heard_whole() {
    let desk = desk();
    let cara = takes_part(&desk, "Cara");
    let sound = sound();
    let who = researcher(DAY);
    let begin = |media: &str, size: u64| arrive::begin(&desk, &who, &cara, media, size);
    assert!(why(begin("text/html", 10)).contains("no sound"));
    assert_eq!(begin("audio/mpeg", vault::LONGEST + 1).unwrap(), None);
    let id = begin("audio/mpeg", 300_000).unwrap().unwrap();

    let go_on = |who: &Visit, from: usize, to: usize| {
        let mut piece = sound.get(from..to).unwrap();
        arrive::go_on(&desk, who, &id, from as u64, &mut piece)
    };
    assert_eq!(
        go_on(&who, 0, 100_000).unwrap(),
        Arrived::Up {
            to: 100_000,
            of: 300_000
        }
    );
    assert_eq!(
        go_on(&who, 50_000, 60_000).unwrap(),
        Arrived::Elsewhere { to: 100_000 }
    );
    assert!(why(go_on(&lead(DAY), 100_000, 110_000)).contains("sending no recording"));
    assert!(why(arrive::how_far(&desk, &lead(DAY), &id)).contains("sending no recording"));
    let far = arrive::how_far(&desk, &who, &id).unwrap();
    assert_eq!(
        far,
        Arrived::Up {
            to: 100_000,
            of: 300_000
        }
    );
    assert_eq!(arrive::halves(&desk, &cara).unwrap().len(), 1);
    let more = [sound.get(100_000..).unwrap(), b"x"].concat();
    let long = arrive::go_on(&desk, &who, &id, 100_000, &mut more.as_slice());
    assert!(matches!(long.unwrap(), Arrived::TooLong));
    let Arrived::Up { to, .. } = arrive::how_far(&desk, &who, &id).unwrap() else {
        panic!("it is not whole")
    };
    let done = go_on(&who, usize::try_from(to).unwrap(), 300_000).unwrap();
    assert_eq!(done, Arrived::Whole { of: 300_000 });
    assert_eq!(
        arrive::how_far(&desk, &who, &id).unwrap(),
        Arrived::Whole { of: 300_000 }
    );
    assert_eq!(arrive::halves(&desk, &cara).unwrap(), []);
    assert_eq!(heard(&desk, &id).unwrap(), sound);
}

#[test]
fn what_may_not_be_recorded_does_not_begin_and_what_may_no_longer_goes() {
    let desk = desk();
    let who = researcher(DAY);
    let unasked = sign_up(
        &desk,
        "2026-10-01",
        PEOPLE,
        &[("name", "Dee"), ("email", "dee@example.org")],
    );
    assert!(why(arrive::begin(&desk, &who, &unasked, "audio/mpeg", 9)).contains("agreed"));
    let stakeholder = sign_up(
        &desk,
        "2026-10-01",
        STAKEHOLDERS,
        &[("name", "Eli"), ("email", "eli@example.org")],
    );
    assert!(
        why(arrive::begin(&desk, &who, &stakeholder, "audio/mpeg", 9)).contains("takes nothing in")
    );
    let me = Visit::person(at(DAY), &unasked);
    assert!(why(arrive::begin(&desk, &me, &unasked, "audio/mpeg", 9)).contains("recording a talk"));

    let cara = takes_part(&desk, "Cara");
    let id = arrive::begin(&desk, &who, &cara, "audio/mpeg", 9)
        .unwrap()
        .unwrap();
    let half = arrive::go_on(&desk, &who, &id, 0, &mut b"some".as_slice()).unwrap();
    assert_eq!(half, Arrived::Up { to: 4, of: 9 });
    erasure::leave(&desk, &Visit::person(at(DAY), &cara), &cara, "page").unwrap();
    assert!(
        why(arrive::go_on(&desk, &who, &id, 4, &mut b"thing".as_slice()))
            .contains("sending no recording")
    );
    let gone = certificate::of(&desk, &cara).unwrap();
    let lines = &gone.first().unwrap().gone;
    assert!(
        lines.iter().any(|l| l.what.contains("still arriving")),
        "{lines:?}"
    );
}

#[test]
fn a_recording_is_heard_for_a_purpose_by_whoever_opened_it_for_four_hours() {
    let desk = desk();
    let cara = takes_part(&desk, "Cara");
    let audio = sound();
    let blob = interview::record(
        &desk,
        &researcher(DAY),
        &cara,
        &mut audio.as_slice(),
        "audio/mpeg",
    )
    .unwrap();
    let wrong = interview::record(
        &desk,
        &researcher(DAY),
        &cara,
        &mut b"MZ".as_slice(),
        "application/exe",
    );
    assert!(why(wrong).contains("no sound"));
    let who = researcher(DAY);
    assert!(why(listen::open(&desk, &who, &blob, Some("recontact"))).contains("recontact"));
    let open = listen::open(&desk, &who, &blob, Some("understand")).unwrap();
    assert!(why(listen::play(&desk, &lead(DAY), &blob, &open.ticket)).contains("not open to you"));
    assert!(why(listen::play(&desk, &who, &blob, "1.2.3")).contains("not open to you"));
    let later = researcher("2026-10-06");
    assert!(why(listen::play(&desk, &later, &blob, &open.ticket)).contains("not any more"));
    erasure::leave(&desk, &Visit::person(at(DAY), &cara), &cara, "page").unwrap();
    assert!(!why(listen::play(&desk, &who, &blob, &open.ticket)).is_empty());
}

/// Three people in a group, its recording, and what they said.
fn together(desk: &Desk) -> ([String; 3], String, String) {
    let people = ["Cara", "Dee", "Fay"].map(|name| takes_part(desk, name));
    let there: Vec<&str> = people.iter().map(String::as_str).collect();
    let meeting = interview::meet(desk, &researcher(DAY), "focus-group", &there, "online").unwrap();
    let who = researcher(DAY);
    let id = arrive::begin_of_group(desk, &who, &meeting, "audio/mpeg", 300_000)
        .unwrap()
        .unwrap();
    let sound = sound();
    arrive::go_on(desk, &who, &id, 0, &mut sound.get(..70_000).unwrap()).unwrap();
    assert_eq!(arrive::halves_of_group(desk, &meeting).unwrap().len(), 1);
    assert_eq!(arrive::halves(desk, &people[0]).unwrap(), []);
    let done = arrive::go_on(desk, &who, &id, 70_000, &mut sound.get(70_000..).unwrap()).unwrap();
    assert_eq!(done, Arrived::Whole { of: 300_000 });
    assert_eq!(heard(desk, &id).unwrap(), sound);
    (people, meeting, id)
}

fn write(desk: &Desk, meeting: &str, blob: &str, turns: &[(Option<&str>, &str)]) -> String {
    let turns: Vec<Turn<'_>> = turns
        .iter()
        .map(|(who, words)| Turn { who: *who, words })
        .collect();
    group::write_down(desk, &researcher(DAY), meeting, Some(blob), &turns).unwrap()
}

fn read(desk: &Desk, text: &str) -> Vec<String> {
    let lines = group::read(desk, &researcher(DAY), text, Some("understand")).unwrap();
    lines.iter().map(|line| line.text().to_owned()).collect()
}

#[test]
fn one_leaves_a_group_and_takes_nobody_elses_words() {
    let desk = desk();
    let (people, meeting, blob) = together(&desk);
    let [cara, dee, fay] = &people;
    let text = write(
        &desk,
        &meeting,
        &blob,
        &[
            (None, "How did it begin?"),
            (Some(cara), "With a letter from the council."),
            (Some(dee), "I was nine."),
            (Some(cara), "And then nothing."),
        ],
    );
    let lines = group::read(&desk, &researcher(DAY), &text, Some("understand")).unwrap();
    assert_eq!(lines.iter().filter(|l| l.staff).count(), 1);
    assert_eq!(lines.get(1).unwrap().who, Some(pseudonym(cara)));
    assert!(
        why(group::read(
            &desk,
            &researcher(DAY),
            &text,
            Some("recontact")
        ))
        .contains("recontact")
    );

    // Whoever asks for a copy gets their own words.
    let copy = copy::prepare(&desk, &dpo(DAY), dee).unwrap().text();
    assert!(
        copy.contains("I was nine.") && !copy.contains("With a letter"),
        "{copy}"
    );

    let left = erasure::leave(&desk, &Visit::person(at(DAY), cara), cara, "page").unwrap();
    assert_eq!(
        left.shared, 0,
        "it was written down, so nobody needs the voices any more"
    );
    assert!(erasure::ask_again(&desk, cara, at(DAY)).unwrap().complete);
    assert!(
        !why(listen::open(
            &desk,
            &researcher(DAY),
            &blob,
            Some("understand")
        ))
        .is_empty()
    );
    let gap = "[someone who has left the study]";
    assert_eq!(
        read(&desk, &text),
        ["How did it begin?", gap, "I was nine.", gap]
    );
    let members = group::group(&desk, &meeting).unwrap().members;
    assert_eq!(members.len(), 2);
    assert!(members.contains(dee) && members.contains(fay));

    // The last words go, and then what our own people said.
    erasure::leave(&desk, &Visit::person(at(DAY), dee), dee, "page").unwrap();
    sweep::sweep(&desk, &machine("2026-10-06")).unwrap();
    assert!(
        !why(group::read(
            &desk,
            &researcher(DAY),
            &text,
            Some("understand")
        ))
        .is_empty()
    );
    let staff = desk.vault().store().look::<_, desk::Fault>(|rd| {
        Ok(rd
            .rows("select id from turn where sealed is not null", &[])?
            .len())
    });
    assert_eq!(staff.unwrap(), 0);
}

#[test]
fn a_recording_not_yet_written_down_is_kept_for_the_others_words_alone() {
    let desk = desk();
    let (people, meeting, blob) = together(&desk);
    let [cara, dee, fay] = &people;
    let left = erasure::leave(&desk, &Visit::person(at(DAY), cara), cara, "page").unwrap();
    assert_eq!(left.shared, 1);
    assert!(
        left.words.contains("write down what the others said"),
        "{}",
        left.words
    );
    let certificates = certificate::of(&desk, cara).unwrap();
    let kept = &certificates.first().unwrap().kept;
    assert!(
        kept.iter().any(|l| l.law == "UK GDPR Art 18(2)"),
        "{kept:?}"
    );
    // To write it down it opens; what she said is not hers to give any more.
    assert_eq!(heard(&desk, &blob).unwrap(), sound());
    let stolen = [Turn {
        who: Some(cara),
        words: "With a letter.",
    }];
    let stolen = group::write_down(&desk, &researcher(DAY), &meeting, Some(&blob), &stolen);
    assert!(why(stolen).contains("has left"));
    assert!(why(transcript::approve_own(&desk, &researcher(DAY), &blob)).contains("written down"));
    let text = write(
        &desk,
        &meeting,
        &blob,
        &[(Some(dee), "I was nine."), (Some(fay), "So was I.")],
    );
    assert!(
        why(listen::open(
            &desk,
            &researcher(DAY),
            &blob,
            Some("understand")
        ))
        .contains("left the study")
    );
    transcript::approve_own(&desk, &researcher(DAY), &blob).unwrap();
    assert_eq!(read(&desk, &text), ["I was nine.", "So was I."]);
    assert!(desk.vault().unfinished().unwrap().is_empty());
    assert_eq!(desk.vault().ask_again(cara).unwrap(), []);
}

#[test]
fn everybody_in_a_group_has_to_be_asked_and_every_turn_says_whose_it_is() {
    let desk = desk();
    let cara = takes_part(&desk, "Cara");
    let dee = sign_up(
        &desk,
        "2026-10-01",
        PEOPLE,
        &[("name", "Dee"), ("email", "dee@example.org")],
    );
    let both = interview::meet(
        &desk,
        &researcher(DAY),
        "focus-group",
        &[&cara, &dee],
        "online",
    );
    assert!(why(both).contains("agreed"));
    let meeting =
        interview::meet(&desk, &researcher(DAY), "focus-group", &[&cara], "online").unwrap();
    let wrong = group::record(
        &desk,
        &researcher(DAY),
        &meeting,
        &mut b"MZ".as_slice(),
        "text/plain",
    );
    assert!(why(wrong).contains("no sound"));
    let unknown = group::record(
        &desk,
        &researcher(DAY),
        "met_0",
        &mut b"x".as_slice(),
        "audio/mpeg",
    );
    assert!(why(unknown).contains("no such meeting"));

    let members = [cara.clone()];
    let name = pseudonym(&cara);
    let typed = format!(
        "Staff: Hello.\n{}: Hello: it is me.\nAnd so on.\n",
        name.to_lowercase()
    );
    let turns = group::hear(&typed, &members).unwrap();
    let said = [
        (None, "Hello.".to_owned()),
        (
            Some(cara.as_str()),
            "Hello: it is me.\nAnd so on.".to_owned(),
        ),
    ];
    assert_eq!(turns, said);
    for nobodys in [
        "Hello.",
        "P-0000: Hello.",
        &format!("{name}: Hello.\nP-0000: Mine."),
    ] {
        assert!(
            why(group::hear(nobodys, &members)).contains("whose"),
            "{nobodys}"
        );
    }
    let none = group::write_down(&desk, &researcher(DAY), &meeting, None, &[]);
    assert!(why(none).contains("nothing was written down"));
}
