//! Why, and by what right: what is heard in notices of every style, and what is not invented.

use notice::reading::{Place, read};

/// The purposes of a notice with the basis of each: `words -> basis+basis`.
fn heard(body: &str) -> Vec<String> {
    let text = format!("# Privacy notice\n\n## Why we use your information\n\n{body}\n");
    read(&text)
        .purposes
        .iter()
        .map(|p| {
            let bases: Vec<&str> = p.grounds.iter().map(|g| g.basis.word()).collect();
            format!("{} -> {}", p.words, bases.join("+"))
        })
        .collect()
}

#[test]
fn purposes_are_told_in_tables_lists_sentences_and_headings() {
    let cases: &[(&str, &[&str])] = &[
        // Tables, in any order of columns.
        (
            "| Lawful basis | Purpose |\n|---|---|\n| Public task | To plan the bus routes |\n| Consent | To send you the map |",
            &[
                "To plan the bus routes -> public-task",
                "To send you the map -> consent",
            ],
        ),
        (
            "| What we hold | Why | Legal ground | How long |\n|---|---|---|---|\n| Name | To greet you | Art. 6(1)(b) | 1 year |",
            &["To greet you -> contract"],
        ),
        // Lists under a lead-in.
        (
            "We will use your information to:\n\n- book your place (contract)\n- ask what you thought of it (legitimate interests)",
            &[
                "book your place -> contract",
                "ask what you thought of it -> legitimate-interests",
            ],
        ),
        (
            "- **To pay your fares.** We rely on our contract with you.\n- **To count visitors.** Our lawful basis is public task.",
            &[
                "To pay your fares -> contract",
                "To count visitors -> public-task",
            ],
        ),
        (
            "1. To ring you before the visit. Legitimate interests.\n2. To write the report. Public task.",
            &[
                "To ring you before the visit -> legitimate-interests",
                "To write the report -> public-task",
            ],
        ),
        // Running sentences.
        (
            "We use your telephone number to arrange the visit. We rely on legitimate interests for this.",
            &["arrange the visit -> legitimate-interests"],
        ),
        (
            "We collect your answers so that we can improve the garden, because you have agreed to it.",
            &["improve the garden -> consent"],
        ),
        (
            "We use your details to enrol you, teach you and certify what you learn.",
            &[
                "enrol you -> ",
                "teach you -> ",
                "certify what you learn -> ",
            ],
        ),
        // Headings that are purposes.
        (
            "### To arrange your visit\n\nWe ring you. Our lawful basis is consent.\n\n### To pay your travel\n\nThe law requires receipts: our basis is legal obligation.",
            &[
                "To arrange your visit -> consent",
                "To pay your travel -> legal-obligation",
            ],
        ),
        // A heading that is a basis.
        (
            "### Public task\n\n- to plan services\n- to answer to the ministry\n\n### Consent\n\n- to send you our magazine",
            &[
                "to plan services -> public-task",
                "to answer to the ministry -> public-task",
                "to send you our magazine -> consent",
            ],
        ),
        // One sentence for all, or for their numbers.
        (
            "We use your information:\n\n- to plan the route\n- to count those who walk\n\nOur lawful basis for all of this is public task.",
            &[
                "to plan the route -> public-task",
                "to count those who walk -> public-task",
            ],
        ),
        (
            "We use it for these purposes:\n\n1. to plan the route\n2. to count those who walk\n3. to send you the map\n\nFor 1–2 we rely on public task, and for 3 on your consent.",
            &[
                "to plan the route -> public-task",
                "to count those who walk -> public-task",
                "to send you the map -> consent",
            ],
        ),
    ];
    let mut wrong = Vec::new();
    for (body, expected) in cases {
        let got = heard(body);
        if got != *expected {
            wrong.push(format!("{body}\n  got {got:?}\n  not {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn what_is_no_purpose_is_not_heard_as_one() {
    let cases = [
        "The purpose of this notice is to explain what happens to your data.",
        "Our lawful bases are:\n\n- Consent: you can take it back.\n- Legal obligation: where an Act says so.",
        "We collect the following information:\n\n- your name\n- your age",
        "We do not use your information to advertise.",
        "You can ask us to use your information less.",
        "We use locks and passwords to keep everything safe.",
    ];
    let mut wrong = Vec::new();
    for body in cases {
        let got = heard(body);
        if !got.is_empty() {
            wrong.push(format!("{body}\n  got {got:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn an_empty_cell_is_empty_and_its_probable_fill_only_offered() {
    let table = "# Notice\n\n## Why\n\n| Purpose | Lawful basis |\n|---|---|\n| To plan | |\n| To call | Consent |\n| To write | |\n| To answer | Legal obligation |\n";
    let reading = read(table);
    let told: Vec<(Place, usize, Option<&str>)> = reading
        .purposes
        .iter()
        .map(|p| (p.place, p.grounds.len(), p.offer.map(law::Basis::word)))
        .collect();
    assert_eq!(
        told,
        [
            (Place::Empty, 0, Some("consent")),
            (Place::Filled, 1, None),
            (Place::Empty, 0, Some("consent")),
            (Place::Filled, 1, None),
        ]
    );
}
