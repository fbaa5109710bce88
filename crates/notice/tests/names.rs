//! Who is responsible, for which project, for whom, and who watches over it.

use notice::reading::read;

#[test]
fn controllers_are_named_in_full() {
    let cases: &[(&str, &[&str])] = &[
        (
            "The University of Penrow is the data controller for this study.",
            &["University of Penrow"],
        ),
        (
            "Second Latch is a charity that mends gates. It is the controller of your information.",
            &["Second Latch"],
        ),
        (
            "The data controller is Oakmere District Council.",
            &["Oakmere District Council"],
        ),
        (
            "Data controller: Hartwell Research Trust",
            &["Hartwell Research Trust"],
        ),
        (
            "| Data controller | Hartwell Research Trust |\n|---|---|\n| Contact | desk@hartwell.example |",
            &["Hartwell Research Trust"],
        ),
        (
            "Hartwell Research Trust and Kestrel Co-op are joint controllers.",
            &["Hartwell Research Trust", "Kestrel Co-op"],
        ),
        (
            "Penrow University (\"the University\", \"we\") runs this survey. The University is the controller.",
            &["Penrow University"],
        ),
        (
            "Larkfield Homes Ltd (\"Larkfield\", \"we\") lets homes. We are the data controller.",
            &["Larkfield Homes Ltd"],
        ),
        (
            "We are Corrib Housing Association. We are in charge of your data, so we are the controller.",
            &["Corrib Housing Association"],
        ),
        (
            "Penrow Devices plc sponsors the trial and acts as the data controller.",
            &["Penrow Devices plc"],
        ),
        (
            "Oakmere College is the controller. Typewell Ltd is our data processor.",
            &["Oakmere College"],
        ),
        (
            "Formwell Ltd is not the controller; Oakmere College is the controller.",
            &["Oakmere College"],
        ),
        ("Typewell Ltd is a processor and never the controller.", &[]),
        ("Please read this page.", &[]),
    ];
    let mut wrong = Vec::new();
    for (body, expected) in cases {
        let text = format!("# Privacy notice\n\n## Who we are\n\n{body}\n");
        let got: Vec<String> = read(&text)
            .controllers
            .into_iter()
            .map(|c| c.what.name)
            .collect();
        if got != *expected {
            wrong.push(format!("{body}\n  got {got:?}\n  not {expected:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn two_controllers_are_joint_and_short_names_are_kept() {
    let text = "# Notice\n\n## Who we are\n\nHartwell Research Trust (\"Hartwell\") and Kestrel Co-op are joint controllers.\n";
    let got = read(text).controllers;
    assert!(got.iter().all(|c| c.what.joint));
    assert_eq!(
        got.first().and_then(|c| c.what.short.as_deref()),
        Some("Hartwell")
    );
}

#[test]
fn projects_and_references_are_heard() {
    let cases = [
        (
            "# Privacy notice for the \"River Watch\" project\n\nHello.",
            Some("River Watch"),
            None,
        ),
        (
            "# River Watch Study: privacy notice\n\nHello.",
            Some("River Watch Study"),
            None,
        ),
        (
            "# Privacy notice\n\nProject title: Walking Home Safely\n",
            Some("Walking Home Safely"),
            None,
        ),
        (
            "# Privacy notice\n\nThe River Watch study asks anglers what they see (reference RW/17).",
            Some("River Watch"),
            Some("RW/17"),
        ),
        (
            "# Privacy notice\n\nIRAS ID: 312345. We ask about sleep.",
            None,
            Some("312345"),
        ),
        (
            "# Privacy notice for tenants\n\nWe let homes. ICO registration reference ZA123456.",
            None,
            None,
        ),
        (
            "# Privacy notice for job applicants\n\nWe read your form.",
            None,
            None,
        ),
    ];
    for (text, project, reference) in cases {
        let reading = read(text);
        assert_eq!(
            reading.project.as_ref().map(|p| p.what.as_str()),
            project,
            "{text}"
        );
        assert_eq!(
            reading.references.first().map(|r| r.what.as_str()),
            reference,
            "{text}"
        );
    }
}

#[test]
fn readers_are_named_in_the_notices_own_words() {
    let cases = [
        (
            "# Privacy notice for foster carers\n\nHello.",
            Some("foster carers"),
        ),
        ("# Privacy notice – Mentors\n\nHello.", Some("Mentors")),
        (
            "# Privacy notice: River Watch (school staff)\n\nHello.",
            Some("school staff"),
        ),
        (
            "# Privacy notice\n\nThis notice is for patients who use our clinic.",
            Some("patients who use our clinic"),
        ),
        (
            "# Privacy notice\n\nWe hold data about visiting teachers (\"you\").",
            Some("visiting teachers"),
        ),
        ("# Privacy notice\n\nPlease read this page.", None),
    ];
    for (text, expected) in cases {
        assert_eq!(
            read(text).audience_words.map(|a| a.what).as_deref(),
            expected,
            "{text}"
        );
    }
}

#[test]
fn the_regulator_is_reported_as_written() {
    let cases = [
        (
            "You can complain to the Information Commissioner's Office.",
            Some("Information Commissioner's Office"),
        ),
        ("You can complain to the ICO.", Some("ICO")),
        (
            "You can complain to the Information Commission.",
            Some("Information Commission"),
        ),
        (
            "You can complain to the Scottish Information Commissioner.",
            Some("Scottish Information Commissioner"),
        ),
        (
            "You can complain to the Data Protection Commissioner.",
            Some("Data Protection Commissioner"),
        ),
        ("You can complain to our governors.", None),
    ];
    for (body, expected) in cases {
        let text = format!("# Notice\n\n## Complaints\n\n{body}\n");
        assert_eq!(
            read(&text).regulator.map(|r| r.what).as_deref(),
            expected,
            "{body}"
        );
    }
}

#[test]
fn rights_are_heard_in_law_and_at_the_kitchen_table() {
    use law::Right::{
        self, Access, Erase, HumanReview, Object, Portability, Rectify, Restrict, WithdrawConsent,
    };
    let cases: &[(&str, &[Right])] = &[
        (
            "You have the right of access, rectification, erasure, restriction and data portability.",
            &[Access, Rectify, Erase, Restrict, Portability],
        ),
        (
            "You can ask us for a copy, have mistakes put right, and have it wiped.",
            &[Access, Rectify, Erase],
        ),
        ("You can ask us to freeze it.", &[Restrict]),
        ("You may take back your consent.", &[WithdrawConsent]),
        ("You can object.", &[Object]),
        (
            "You may refuse a decision that a machine alone has made about you.",
            &[HumanReview],
        ),
        ("You may take your data to another company.", &[Portability]),
        (
            "The rights to restrict and to object do not apply to you.",
            &[],
        ),
        ("No automated decisions are made.", &[]),
        ("Your consent cannot be withdrawn.", &[]),
    ];
    for (body, expected) in cases {
        let text = format!("# Notice\n\n## Your rights\n\n{body}\n");
        let got: std::collections::BTreeSet<Right> =
            read(&text).rights.iter().map(|r| r.what).collect();
        assert_eq!(got, expected.iter().copied().collect(), "{body}");
    }
}
