//! What the finder finds, and what it leaves alone. All people here are made up.

#![expect(
    clippy::unwrap_used,
    reason = "a fixture that cannot be made must fail"
)]

use deid::{Class, Known, Place, PlaceKind, Roster, councils, find, redact};
use proptest::prelude::*;

const ROSTER: &str = "name,email,phone,also_known_as,projects\n\
    Amélie Okonkwo-Hart,amelie@example.org,07700 900123,Millie,#3032\n\
    Tomas van der Berg,,,Tom;Tommy,#3032\n\
    Dr Siobhán O'Leary,,,,#3032\n\
    Will Marsh,,,,#3032\n\
    Grace Marsh,,,,#3032\n\
    \"Vasquez, Ines Maria\",,,,#3032\n";

fn known() -> Known {
    let mut places = councils();
    places.push(Place {
        name: "Larkfield House".into(),
        kind: PlaceKind::Place,
    });
    places.push(Place {
        name: "Reading".into(),
        kind: PlaceKind::Council,
    });
    Known::new(&Roster::read(ROSTER).unwrap(), places)
}

fn redacted(text: &str) -> String {
    redact(text, &find(text, &known()))
}

/// Text, and how it must read once redacted.
const CASES: &[(&str, &str)] = &[
    // Names of the roster.
    ("Amélie Okonkwo-Hart spoke.", "[name 1] spoke."),
    ("AMELIE OKONKWO HART spoke.", "[name 1] spoke."),
    ("amelie okonkwo-hart spoke", "[name 1] spoke"),
    ("Okonkwo-Hart, Amelie", "[name 1]"),
    (
        "A. Okonkwo-Hart and A Okonkwo‑Hart",
        "[name 1] and [name 1]",
    ),
    ("Ms Okonkwo-Hart's view", "[name 1]'s view"),
    (
        "so Okonkwo said, and Hart said",
        "so [name 1] said, and [name 1] said",
    ),
    (
        "Millie’s home; millie left",
        "[name 1]’s home; [name 1] left",
    ),
    ("Amélie Jane Okonkwo-Hart", "[name 1]"),
    ("the Okonkwo-Harts", "the [name 1]"),
    (
        "Tommy and Tom and Mr van der Berg",
        "[name 1] and [name 1] and [name 1]",
    ),
    ("Tom van der Berg, T. van der Berg", "[name 1], [name 1]"),
    ("Dr O’Leary and Siobhan OLeary", "[name 1] and [name 1]"),
    ("A.O.H. signed", "[name 1] signed"),
    ("Ines and Ms Vasquez", "[name 1] and [name 1]"),
    (
        "Millie, then Tom, then Millie",
        "[name 1], then [name 2], then [name 1]",
    ),
    // Two people share a name: the full name decides.
    (
        "Grace Marsh came. Marsh was late.",
        "[name 1] came. [name 1] was late.",
    ),
    ("Marsh was late.", "[name 1] was late."),
    // Names that are words.
    (
        "Will you come? I will ask Will.",
        "Will you come? I will ask [name 1].",
    ),
    ("by the grace of Grace", "by the grace of [name 1]"),
    ("Will came late.", "[name 1] came late."),
    // People a title gives away, there and later.
    (
        "Mrs Adeyemi-Stone left. I saw Stone again.",
        "[name 1] left. I saw [name 1] again.",
    ),
    ("Cllr Jo Marchbank", "[name 1]"),
    // Identifiers with a form.
    ("write to a.b-c@sub.example.ac.uk.", "write to [email]."),
    ("it is jo dot lind at example dot org", "it is [email]"),
    ("jo [at] example [dot] org", "[email]"),
    ("07700 900123", "[phone]"),
    ("07700900123, 07700-900-123", "[phone], [phone]"),
    (
        "+44 7700 900123 or +44 (0)20 7946 0123",
        "[phone] or [phone]",
    ),
    ("(020) 7946 0123 ext. 12", "[phone]"),
    ("0044 1632 960123; 01632 960 123", "[phone]; [phone]"),
    ("7700 900 123", "[phone]"),
    ("+33 1 23 45 67 89", "[phone]"),
    (
        "at SW1A 1AA, sw1a1aa and M1 1AE",
        "at [postcode], [postcode] and [postcode]",
    ),
    (
        "999 000 0018, but 999 000 0017 is none",
        "[NHS number], but 999 000 0017 is none",
    ),
    ("NHS no. 999 000 0018", "NHS no. [NHS number]"),
    ("943 476 5919", "[NHS number]"),
    (
        "QQ123456C is a dummy, AB 12 34 56 C is not",
        "QQ123456C is a dummy, [NI number] is not",
    ),
    ("NI number: QQ 12 34 56 C", "NI number: [NI number]"),
    ("born on 3 May 2004", "born on [date of birth]"),
    ("DOB: 03/05/2004", "DOB: [date of birth]"),
    (
        "her birthday is the 3rd of May",
        "her birthday is [date of birth]",
    ),
    (
        "met on 3rd May 2024, or 2024-05-03",
        "met on [date], or [date]",
    ),
    (
        "aged 14, a 15-year-old, 9 years old",
        "aged [age], a [age]-year-old, [age] years old",
    ),
    (
        "see https://example.org/a?b=c. And www.example.org",
        "see [link]. And [link]",
    ),
    ("facebook.com/some.body.", "[link]."),
    ("thanks @some_body!", "thanks [handle]!"),
    ("Flat 2, 14a Old Mill Lane", "[address]"),
    ("lives at 221 Quay Street.", "lives at [address]."),
    ("lives at 14 acacia avenue", "lives at [address]"),
    ("case number FD21P00123", "case number [reference]"),
    ("ref: 4471/09", "ref: [reference]"),
    ("ZC21C00123 and SW123456", "[reference] and [reference]"),
    ("her file no. 20-771", "her file no. [reference]"),
    ("a blue AB12 CDE", "a blue [vehicle]"),
    ("his A123 BCD", "his [vehicle]"),
    // Places.
    ("in the London Borough of Camden", "in the [council]"),
    (
        "Camden Council and Leeds City Council",
        "[council] and [council]",
    ),
    (
        "moved from Barking and Dagenham to Larkfield House",
        "moved from [council] to [place]",
    ),
    (
        "Reading helps. She is at Reading.",
        "Reading helps. She is at [council].",
    ),
    // Left alone.
    (
        "We spoke to 20 people on the road in 2022/23.",
        "We spoke to 20 people on the road in 2022/23.",
    ),
    (
        "project #3032 has 12 cases; case 3 is long",
        "project #3032 has 12 cases; case 3 is long",
    ),
    (
        "Article 9(2)(j) and 1,234,567 pounds",
        "Article 9(2)(j) and 1,234,567 pounds",
    ),
    (
        "the reading group hopes to mark the day",
        "the reading group hopes to mark the day",
    ),
    ("", ""),
];

#[test]
fn texts_are_redacted_as_they_should_be() {
    let mut wrong = Vec::new();
    for (text, expected) in CASES {
        let got = redacted(text);
        if got != *expected {
            wrong.push(format!("{text}\n  must be {expected}\n  but is  {got}"));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {}:\n{}",
        wrong.len(),
        CASES.len(),
        wrong.join("\n")
    );
}

#[test]
fn code_points_and_bytes_say_the_same() {
    let text = "é😀 Amélie at é@example.org";
    for found in find(text, &known()) {
        let points: String = text
            .chars()
            .skip(found.from)
            .take(found.to - found.from)
            .collect();
        assert_eq!(text.get(found.start..found.end), Some(points.as_str()));
    }
    let found = find("in Camden", &known());
    assert_eq!(found.first().map(|found| found.class), Some(Class::Quasi));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn found_things_are_sorted_apart_and_on_characters(
        text in "(Amélie|van der|Berg|Marsh|Mrs|0[0-9 ]{9,11}|@|\\.|,| |\n|'s|’|\\PC){0,30}",
    ) {
        let mut last = 0;
        for found in find(&text, &known()) {
            prop_assert!(found.start >= last && found.end > found.start);
            prop_assert!(text.get(found.start..found.end).is_some());
            last = found.end;
        }
    }

    #[test]
    fn no_full_name_survives_wherever_it_stands(
        before in "\\PC{0,20}", after in "\\PC{0,20}",
        name in prop::sample::select(vec!["Amélie Okonkwo-Hart", "Tomas van der Berg", "Will Marsh"]),
    ) {
        let text = format!("{before} {name} {after}");
        let redacted = redacted(&text);
        prop_assert!(!redacted.contains(name), "{redacted}");
        prop_assert!(!redacted.contains("Okonkwo") && !redacted.contains("Berg"));
    }

    #[test]
    fn redacting_again_finds_no_person(text in "(Amélie|Tom|Berg|Marsh|Will| |, |\\. ){0,12}") {
        let once = redacted(&text);
        let again = find(&once, &known());
        prop_assert!(again.is_empty(), "{once}: {again:?}");
    }
}
