//! Notices of our own, in the many shapes notices come in, and what has to be in the rules.

use notice::import::Draft;
use notice::model::Sentence;

use crate::{is_well_made, only, styles};

fn rules(draft: &Draft) -> Vec<String> {
    let notice = notice::parse(&draft.notice).notice.expect("a notice");
    notice.rules().map(|r| r.text.clone()).collect()
}

#[track_caller]
fn says(draft: &Draft, beginning: &str) {
    let rules = rules(draft);
    assert!(
        rules.iter().any(|r| r.starts_with(beginning)),
        "no `{beginning}` in {rules:#?}"
    );
}

#[test]
fn every_style_becomes_a_notice() {
    for (name, text) in styles() {
        for draft in notice::import::draft(&text) {
            is_well_made(&draft);
            let rules = rules(&draft);
            assert!(rules.len() >= 4, "{name}: {rules:?}");
        }
    }
}

const TABLE: &str = "Privacy notice for panel members\n\n1. Why we use your data\n\nPurpose\tLawful basis\nTo invite you to a panel.\tOur legitimate interests in hearing tenants.\nTo pay your fare.\t\nTo thank you.\tWe think it is nice.\n\n2. How long\n\nWe keep your personal data for 18 months after the panel.\n";

#[test]
fn an_empty_basis_stays_empty_and_is_offered() {
    let draft = only(TABLE);
    let bases: Vec<Option<&str>> = draft
        .summary
        .purposes
        .iter()
        .map(|p| p.basis.as_deref())
        .collect();
    assert_eq!(bases, [Some("6(1)(f)"), None, None]);
    let notice = notice::parse(&draft.notice).notice.expect("a notice");
    let told: Vec<_> = notice
        .purposes()
        .map(|(rule, p)| (p.basis.is_some(), rule.remark.starts_with("unsure:")))
        .collect();
    assert_eq!(told, [(true, false), (false, true), (false, true)]);
    let doubts: Vec<&str> = draft
        .summary
        .unsure
        .iter()
        .filter(|d| d.field == "purposes" && d.why.contains("lawful bas"))
        .map(|d| d.what.as_str())
        .collect();
    assert_eq!(doubts.len(), 2, "{:?}", draft.summary.unsure);
    assert!(
        draft.summary.unsure.iter().any(|d| d.line == 7),
        "{:?}",
        draft.summary.unsure
    );
}

#[test]
fn a_split_row_is_one_row_between_bars() {
    let draft = only(
        "Privacy notice for walkers\n\n1. Why we use your data\n\nPurpose\tLawful basis\nTo plan a walk with you in the hills or on a\t\n\nbeach nearby.\t\nTo pay your fare.\tContract.\n",
    );
    assert!(
        draft
            .notice
            .contains("| To plan a walk with you in the hills or on a beach nearby. |  |"),
        "{}",
        draft.notice
    );
    assert_eq!(draft.summary.purposes.len(), 2);
}

#[test]
fn keeping_without_an_end_or_a_beginning_is_marked() {
    let draft = only(
        "Privacy notice for donors\n\n1. What we hold\n\n- your name\n- your bank details\n\n2. How long we keep it\n\nWe keep your personal data for six years. We keep records of gifts indefinitely.\n",
    );
    let unsure: Vec<&str> = draft
        .summary
        .unsure
        .iter()
        .filter(|d| d.field == "retention")
        .map(|d| d.why.as_str())
        .collect();
    assert!(unsure.iter().any(|w| w.contains("from when")), "{unsure:?}");
    assert!(
        unsure.iter().any(|w| w.contains("without an end")),
        "{unsure:?}"
    );
    let periods: Vec<Option<&str>> = draft
        .summary
        .retention
        .iter()
        .map(|r| r.period.as_deref())
        .collect();
    assert!(
        periods.contains(&Some("P6Y")) && periods.contains(&Some("indefinite")),
        "{periods:?}"
    );
}

#[test]
fn two_mailboxes_for_one_door_stay_two() {
    let draft = only(
        "Privacy notice for members\n\n1. Who we are\n\nWe hold your data. Our data protection officer is at dpo@one.example.\n\n2. Your rights\n\nYou have the right to see your data. Write to dpo@two.example.\n",
    );
    let notice = notice::parse(&draft.notice).notice.expect("a notice");
    let doors: Vec<_> = notice
        .contacts()
        .map(|(_, c)| (c.name.as_str(), c.addresses.clone()))
        .collect();
    assert_eq!(
        doors,
        [
            ("dpo", vec!["dpo@one.example".to_owned()]),
            ("dpo", vec!["dpo@two.example".to_owned()])
        ]
    );
    assert!(draft.summary.unsure.iter().any(|d| d.field == "emails"));
}

#[test]
fn nothing_is_invented() {
    let draft = only(
        "Privacy notice\n\nWe hold your personal data. You have the right to see it and to have it corrected.\n",
    );
    let s = &draft.summary;
    assert_eq!(
        (&s.project, &s.reference, &s.regulator, &s.last_modified),
        (&None, &None, &None, &None)
    );
    assert!(
        s.controllers.is_empty()
            && s.purposes.is_empty()
            && s.retention.is_empty()
            && s.recipients.is_empty()
    );
    let notice = notice::parse(&draft.notice).notice.expect("a notice");
    let marked = notice
        .rules()
        .filter(|r| matches!(r.says, Sentence::Notice | Sentence::Project))
        .all(|r| r.remark.starts_with("unsure:"));
    assert!(marked, "{}", draft.notice);
}

#[test]
fn sections_that_only_inform_are_marked() {
    let draft = only(
        "Privacy notice for readers\n\n1. About the library\n\nThe library stands by the river. It has four floors.\n\n2. What we hold\n\nWe hold your name, your address and a list of books.\n\n- your name\n- your address\n\n3. Your rights\n\nYou can ask to see your data.\n",
    );
    assert!(
        draft
            .notice
            .contains("It has four floors.\n\n<!-- abide: information-only -->"),
        "{}",
        draft.notice
    );
}

#[test]
fn several_notices_give_several_drafts_with_lines_of_the_whole_text() {
    let one = "Privacy notice for parents\n\n1. What we hold\n\nWe hold your name for 2 years after the end of the project.\n\nLast updated 1 May 2026\n\n";
    let two = "Privacy notice for pupils\n\n1. What we hold\n\nWe hold your name for 3 years.\n\nLast updated 1 May 2026\n";
    let drafts = notice::import::draft(&format!("{one}{two}"));
    assert_eq!(drafts.len(), 2);
    let line = drafts[1]
        .summary
        .unsure
        .iter()
        .find(|d| d.field == "retention")
        .expect("a doubt")
        .line;
    assert_eq!(line, 13);
}

#[test]
fn what_notices_promise_beside_the_facts_has_its_rule() {
    let (_, text) = styles()
        .into_iter()
        .find(|(n, _)| n == "numbered.txt")
        .expect("the notice");
    let draft = only(&text);
    for beginning in [
        "never sale",
        "never automated-decisions",
        "protect sealed",
        "fee none",
        "complaint to ICO",
        "change any",
        "right access",
        "keep ",
        "purpose ",
        "data contact = name, email",
        "transfer outside GB only",
    ] {
        says(&draft, beginning);
    }
}
