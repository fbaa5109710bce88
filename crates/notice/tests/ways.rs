//! Ways in which notices are laid out and worded: what one line, row or heading says is that line's, row's or heading's own.

use notice::import::{Summary, draft};

fn whole(body: &str) -> (Summary, String) {
    let text = format!(
        "Privacy notice for the Open Door study\n\nThis privacy notice tells you what happens with your personal data.\n\n{body}\n\nYour rights\n\nYou can ask for a copy of your data. You can complain to the ICO.\n"
    );
    let mut drafts = draft(&text);
    assert_eq!(drafts.len(), 1, "{text}");
    let one = drafts.remove(0);
    (one.summary, one.notice)
}

fn heard(body: &str) -> Summary {
    whole(body).0
}

#[test]
fn a_sentence_right_below_a_list_is_no_part_of_its_last_item() {
    let told = heard(
        "What we collect\n- Your name\n- Audio recordings of your interview\nWe do not collect information about your politics.\n",
    );
    assert_eq!(told.data, ["name", "Audio recordings of your interview"]);
    assert!(told.special.is_empty());
}

#[test]
fn headings_that_say_what_for_are_purposes_with_the_data_told_below_them() {
    let (told, notice) = whole(
        "To find out what tenants think\nWe use your answers and your age band. We rely on our public task under section 2 of the Housing Act.\n\nTo draw the prizes\nWe use your email address. We rely on your consent.\n\nTo look into anything that worries us about your safety\nIf you tell us something that makes us think that you or another person is at risk of serious harm, we pass it on. We are required to do so by law.\n",
    );
    let bases: Vec<_> = told.purposes.iter().map(|p| p.basis.as_deref()).collect();
    assert_eq!(bases, [Some("6(1)(e)"), Some("6(1)(a)"), Some("6(1)(c)")]);
    assert!(
        notice.contains("purpose draw-prizes \"To draw the prizes\" uses contact; basis consent"),
        "{notice}"
    );
}

#[test]
fn a_row_says_which_data_its_purpose_uses() {
    let (_, notice) = whole(
        "| Data | Where from | Purpose | Legal basis | Kept |\n|---|---|---|---|---|\n| Name, address | You | Arranging visits | Public task | Until your last visit + 4 weeks |\n| Bank details | Department for Education (school census) | Paying your voucher | Contract | 6 years after the study ends |\n",
    );
    assert!(
        notice.contains("\"Arranging visits\" uses contact; basis public-task"),
        "{notice}"
    );
    assert!(
        notice.contains("\"Paying your voucher\" uses money; basis contract"),
        "{notice}"
    );
    assert!(
        notice.contains("keep contact until last-contact + 4 weeks"),
        "{notice}"
    );
}

#[test]
fn names_are_heard_whole() {
    let told = heard(
        "Who sees it\nWe use Fjord Transcripts AS (Norway) to transcribe. De-identified transcripts go to the UK Data Service at the end of the award. Analysis is done by staff at the University of Stanmore under an agreement. If you are in danger we will tell the Fernleigh Safeguarding Partnership.\n",
    );
    for who in [
        "Fjord Transcripts AS",
        "UK Data Service",
        "staff at the University of Stanmore",
        "Fernleigh Safeguarding Partnership",
    ] {
        assert!(
            told.recipients.iter().any(|r| r == who),
            "{who}: {:?}",
            told.recipients
        );
    }
    assert!(told.transfers.stated);
}

#[test]
fn whoever_stands_before_the_word_controller_in_brackets_is_it() {
    let told =
        heard("**Sponsor:** University of Ashcombe (controller). **Ethics ref:** SREC/2291.\n");
    assert_eq!(told.controllers, ["University of Ashcombe"]);
}

#[test]
fn what_a_person_may_ask_for_is_no_time_of_keeping_and_survey_answers_answer_nobody() {
    let (told, notice) = whole(
        "How long we keep it\nSurvey answers: 3 years from the close of the survey\nPhone numbers: until your last visit plus 6 weeks\n\nChanging your mind\nUp to two weeks after each visit, we can take out everything from that visit. After that, we will keep what has been anonymised.\n",
    );
    let kept: Vec<_> = told
        .retention
        .iter()
        .map(|r| (r.what.as_str(), r.period.as_deref()))
        .collect();
    assert_eq!(
        kept,
        [
            ("Survey answers", Some("P3Y")),
            ("Phone numbers", Some("P6W"))
        ]
    );
    assert!(!notice.contains("answer within"), "{notice}");
}

#[test]
fn a_regulator_does_not_live_where_its_registrant_does() {
    let (_, notice) = whole(
        "Who we are\nOak House Institute (\"Oak House\", \"we\") is the data controller. We are registered with the Information Commissioner's Office under number Z1. Write to 14 Mill Lane, Leeds LS1 4QT.\n\nComplaints\nYou can complain to the Information Commissioner's Office, Wycliffe House, Water Lane, Wilmslow SK9 5AF.\n",
    );
    assert!(notice.contains("complaint to ICO"), "{notice}");
    let ico = notice.split("complaint to ICO").nth(1).unwrap_or_default();
    assert!(
        ico.contains("SK9 5AF") && !ico.contains("LS1 4QT"),
        "{notice}"
    );
}

#[test]
fn a_letter_has_no_name_and_a_school_that_passes_on_is_a_source() {
    let text = "Dear parent or carer\n\nYour child's school has agreed to take part in a study. The University of Calderdale is the data controller and looks after the personal data.\n\nWhat will we ask for?\nThe school will pass us your child's name, date of birth, year group and their attendance record.\n\nYou have rights\nYou can ask to see what we hold. You may go to the Information Commissioner.\n";
    let told = draft(text).remove(0).summary;
    assert_eq!(told.project, None);
    assert_eq!(
        told.data,
        [
            "child's name",
            "date of birth",
            "year group",
            "attendance record"
        ]
    );
    let from: Vec<_> = told.sources.iter().map(|s| s.who.as_str()).collect();
    assert_eq!(from, ["school"]);
}

#[test]
fn a_class_of_data_is_none_of_them_and_a_cell_may_name_two_sources() {
    let told = heard(
        "Who is responsible?\nNorthmoor Borough Council (reg. no. Z6789012) and Kindling Research CIC are joint controllers.\n\nInformation we process\n\n| Category | Examples | Source |\n|---|---|---|\n| Identity | title, full name, age group | you |\n| Contact | email, mobile number | you; the Council's fostering service |\n",
    );
    assert_eq!(
        told.controllers,
        ["Northmoor Borough Council", "Kindling Research CIC"]
    );
    assert_eq!(
        told.data,
        ["title", "full name", "age group", "email", "mobile number"]
    );
    let from: Vec<_> = told.sources.iter().map(|s| s.who.as_str()).collect();
    assert_eq!(from, ["you", "the Council's fostering service"]);
}

#[test]
fn dots_lead_from_a_name_to_what_stands_beside_it() {
    let told = heard(
        "Data controller ......... Thornbury Trust\nNotice last updated ..... 17.8.2026\n\nA. DATA WE HOLD ABOUT YOU\n   name; staff number; job role; shift pattern; video diary if you choose to make one\n\nB. WHO GETS IT\n   - Harbour Cloud Ltd (our database)\n   - your line manager - NEVER\n\nC. RETENTION\n   identifiable data ......... 12 months from last follow-up\n   pseudonymised dataset ..... 15 years from publication\n",
    );
    assert_eq!(told.controllers, ["Thornbury Trust"]);
    assert_eq!(told.last_modified.as_deref(), Some("2026-08-17"));
    assert_eq!(
        told.data,
        [
            "name",
            "staff number",
            "job role",
            "shift pattern",
            "video diary"
        ]
    );
    assert_eq!(told.recipients, ["Harbour Cloud Ltd"]);
    let kept: Vec<_> = told
        .retention
        .iter()
        .map(|r| (r.what.as_str(), r.period.as_deref()))
        .collect();
    assert_eq!(
        kept,
        [
            ("identifiable data", Some("P12M")),
            ("pseudonymised dataset", Some("P15Y"))
        ]
    );
}
