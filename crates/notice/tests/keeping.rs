//! How long: each promise with what is kept, for how long and from when, and nothing that is no promise.

use notice::model::Unit;
use notice::reading::{Holder, Time, read};

fn time(time: Option<Time>) -> String {
    match time {
        Some(Time::Length(l)) => {
            let unit = match l.unit {
                Unit::Day => "D",
                Unit::Week => "W",
                Unit::Month => "M",
                Unit::Year => "Y",
            };
            format!("P{}{unit}", l.count)
        }
        Some(Time::Indefinite) => "indefinite".to_owned(),
        Some(Time::AsNeeded) => "as-needed".to_owned(),
        None => "-".to_owned(),
    }
}

/// `what | period | anchor` of each promise under a heading about keeping.
fn heard(body: &str) -> Vec<String> {
    let text = format!("# Privacy notice\n\n## How long we keep your information\n\n{body}\n");
    read(&text)
        .retentions
        .iter()
        .map(|r| {
            let anchor = r.what.anchor_word().unwrap_or_else(|| "-".to_owned());
            let vendor = if r.what.holder == Holder::Vendor {
                " | vendor"
            } else {
                ""
            };
            format!("{} | {} | {anchor}{vendor}", r.what.what, time(r.what.time))
        })
        .collect()
}

fn check(cases: &[(&str, &[&str])]) {
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
fn promises_are_heard_with_what_and_how_long_and_from_when() {
    check(&[
        (
            "We keep your answers for two (2) years after the project ends.",
            &["answers | P2Y | project_end"],
        ),
        (
            "Recordings are deleted within 7 days of the interview.",
            &["Recordings | P7D | interview"],
        ),
        (
            "Your file is kept for no longer than 18 months after your last contact with us.",
            &["file | P18M | last_contact"],
        ),
        (
            "Photographs are kept for a decade.",
            &["Photographs | P10Y | -"],
        ),
        (
            "Marks are kept for five academic years.",
            &["Marks | P5Y | -"],
        ),
        (
            "Consent forms: six years from the end of the financial year.",
            &["Consent forms | P6Y | financial_year_end"],
        ),
        (
            "Invoices are kept for six years plus the current financial year.",
            &["Invoices | P6Y | financial_year_end"],
        ),
        (
            "The dataset is archived permanently.",
            &["dataset | indefinite | -"],
        ),
        (
            "We keep the minutes in perpetuity.",
            &["minutes | indefinite | -"],
        ),
        (
            "Your letters are kept for as long as necessary.",
            &["letters | as-needed | -"],
        ),
        (
            "We keep your name until 31 March 2028.",
            &["name | - | date:2028-03-31"],
        ),
        (
            "Case notes are kept until your 25th birthday.",
            &["Case notes | P25Y | birth"],
        ),
        (
            "Your telephone number is erased once the visit is over.",
            &["telephone number | - | visit_over"],
        ),
        (
            "After the study ends, transcripts are kept for ten years.",
            &["transcripts | P10Y | project_end"],
        ),
        (
            "We delete the tape once it has been transcribed and keep the transcript for a year.",
            &["tape | - | transcription", "transcript | P1Y | -"],
        ),
        (
            "Names for one year and postcodes for three years.",
            &["Names | P1Y | -", "postcodes | P3Y | -"],
        ),
        (
            "Rent records are kept for six years after your tenancy ends.",
            &["Rent records | P6Y | tenancy_end"],
        ),
        (
            "Staff files are kept for as long as you work for us and for six years afterwards.",
            &["Staff files | P6Y | employment_end"],
        ),
        (
            "We keep your e-mail address until you unsubscribe.",
            &["e-mail address | - | opt_out"],
        ),
        (
            "Our transcribers delete the recordings within 14 days.",
            &["recordings | P14D | - | vendor"],
        ),
        (
            "- Diaries: 12 months\n- Maps: until the report is published",
            &["Diaries | P12M | -", "Maps | - | publication"],
        ),
        (
            "| Record | Kept for |\n|---|---|\n| Sign-in sheet | 30 days |\n| Accident book | 3 years from the date of the accident |",
            &["Sign-in sheet | P30D | -", "Accident book | P3Y | accident"],
        ),
        (
            "Access logs are overwritten after 24 hours.",
            &["Access logs | P1D | -"],
        ),
    ]);
}

#[test]
fn what_is_no_promise_to_keep_is_not_heard_as_one() {
    check(&[
        ("We answer within one month.", &[]),
        ("The study runs for two years.", &[]),
        ("We review this schedule every 12 months.", &[]),
        ("You must be 18 years old to take part.", &[]),
        (
            "You can withdraw up to two weeks after your interview.",
            &[],
        ),
        ("Staff are trained every two years.", &[]),
        ("Meetings are held three months apart.", &[]),
        ("The session cookie lasts for 14 days.", &[]),
        ("We keep in touch with you for a year.", &[]),
        ("You can ask us to delete your answers within 30 days.", &[]),
    ]);
}

#[test]
fn deleting_for_good_is_not_keeping_for_ever() {
    check(&[(
        "Everything is permanently deleted after two years.",
        &["all personal data | P2Y | -"],
    )]);
}
