//! Whose lawful basis is whose: a basis beside one purpose is that purpose's alone, and one told for all is everybody's.

use notice::import::draft;

/// `basis | purpose` of every purpose, and what is offered for those without.
fn heard(body: &str) -> (Vec<String>, Vec<String>) {
    let text = format!(
        "# Privacy notice: Hill Road Club\n\nThis privacy notice tells you what happens with your personal data.\n\n## Why we use your information\n\n{body}\n\n## Your rights\n\nYou can ask for a copy. You can complain to the ICO.\n"
    );
    let drafts = draft(&text);
    let Some(summary) = drafts.first().map(|d| &d.summary) else {
        return (Vec::new(), Vec::new());
    };
    let told = summary
        .purposes
        .iter()
        .map(|p| format!("{} | {}", p.basis.as_deref().unwrap_or("-"), p.purpose))
        .collect();
    let offers = summary
        .unsure
        .iter()
        .filter(|d| d.field == "purposes")
        .filter_map(|d| d.offer.clone())
        .collect();
    (told, offers)
}

#[test]
fn a_basis_is_shared_only_where_it_is_told_for_all() {
    let (f, e, a, none) = ("6(1)(f)", "6(1)(e)", "6(1)(a)", "-");
    let club = "To run the club";
    let trips = "To tell you about trips";
    let plan = "To plan the bus routes";
    let map = "To send you the map";
    let cases: &[(&str, &[(&str, &str)])] = &[
        // Beside one of them.
        (
            "- To run the club. Our lawful basis is legitimate interests.\n- To tell you about trips.",
            &[(f, club), (none, trips)],
        ),
        (
            "- To run the club (legitimate interests)\n- To tell you about trips\n- To keep accounts",
            &[(f, club), (none, trips), (none, "To keep accounts")],
        ),
        (
            "1. To plan the bus routes. We rely on public task.\n2. To send you the map.",
            &[(e, plan), (none, map)],
        ),
        (
            "Purpose: To run the club. Lawful basis: legitimate interests.\nPurpose: To tell you about trips.",
            &[(f, club), (none, trips)],
        ),
        (
            "To run the club. Lawful basis: legitimate interests.\n\nTo tell you about trips.",
            &[(f, club), (none, trips)],
        ),
        (
            "**To plan the bus routes.** Lawful basis: public task.\n\n**To send you the map.** We post it twice a year.",
            &[(e, plan), (none, map)],
        ),
        (
            "| Purpose | Lawful basis |\n|---|---|\n| To plan the bus routes | Public task |\n| To send you the map | |",
            &[(e, plan), (none, map)],
        ),
        // Each beside its own.
        (
            "To run the club. Lawful basis: legitimate interests.\n\nTo tell you about trips. Lawful basis: consent.",
            &[(f, club), (a, trips)],
        ),
        (
            "- To run the club\n  - Lawful basis: legitimate interests\n- To tell you about trips\n  - Lawful basis: consent",
            &[(f, club), (a, trips)],
        ),
        // For all of them.
        (
            "- To plan the bus routes\n- To send you the map\n\nFor all of these we rely on public task.",
            &[(e, plan), (e, map)],
        ),
        (
            "- To plan the bus routes\n- To send you the map\n\nOur lawful basis is public task.",
            &[(e, plan), (e, map)],
        ),
        (
            "- To plan the bus routes.\n- To send you the map. For all of these our lawful basis is public task.",
            &[(e, plan), (e, map)],
        ),
    ];
    let mut wrong = Vec::new();
    for (body, expected) in cases {
        let (told, offers) = heard(body);
        let expected: Vec<String> = expected.iter().map(|(b, p)| format!("{b} | {p}")).collect();
        if told != expected {
            wrong.push(format!("{body}\n  got {told:?}\n  not {expected:?}"));
        }
        let open = told.iter().filter(|t| t.starts_with("- ")).count();
        if offers.len() != open {
            wrong.push(format!(
                "{body}\n  {open} without a basis, offered {offers:?}"
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn clauses_that_carry_data_abroad_speak_of_leaving() {
    let text = "# Privacy notice\n\n## Who else sees it\n\nWe use Mailchimp, in the United States, under standard contractual clauses.\n\n## Your rights\n\nYou can ask for a copy of your personal data. You can complain to the ICO.\n";
    let drafts = draft(text);
    let one = drafts.first().expect("a notice");
    assert!(one.summary.transfers.stated);
    assert_eq!(
        one.summary.transfers.safeguards,
        ["Standard Contractual Clauses"]
    );
    assert!(
        one.notice.contains("transfer outside GB only"),
        "{}",
        one.notice
    );
}

#[test]
fn an_organisation_that_opens_the_notice_is_offered_as_the_controller() {
    let text = "Green Lane Youth Centre (GLYC), 4 Mill Road, Leeds. Email office@glyc.example.\n\nPrivacy notice\n\nWe keep your name and your age to run the club. You can ask for a copy of your personal data. You can complain to the ICO.\n";
    let drafts = draft(text);
    let summary = &drafts.first().expect("a notice").summary;
    let offered = summary.unsure.iter().any(|d| {
        d.field == "controllers"
            && d.offer
                .as_deref()
                .is_some_and(|o| o.contains("Green Lane Youth Centre"))
    });
    let told = summary
        .controllers
        .iter()
        .any(|c| c.contains("Green Lane Youth Centre"));
    assert!(
        offered || told,
        "{:?} {:?}",
        summary.controllers,
        summary.unsure
    );
}
