//! What notices say is held, where it comes from, who gets it and where it goes: small cases in many
//! styles, as many that must be heard as that must not.

mod cases;

use cases::{Case, heard, hold};

const DATA: &str = "What information do we collect?";
const WHY: &str = "Why we use your information";

#[test]
fn every_datum_is_an_item_of_its_own() {
    let cases: &[Case] = &[
        (
            DATA,
            "- Your name, age, gender, email address and phone number",
            "name; age; gender; email address; phone number",
        ),
        (
            DATA,
            "- Race or ethnic origin\n- Any disability",
            "Race or ethnic origin; disability",
        ),
        (
            DATA,
            "We collect your name, age and the name of your school.",
            "name; age; name of your school",
        ),
        (
            DATA,
            "We collect contact details such as your postal address and mobile number.",
            "postal address; mobile number",
        ),
        (
            DATA,
            "- Contact details: name, e-mail, phone",
            "name; e-mail; phone",
        ),
        (
            DATA,
            "- Contact details (name, e-mail, phone)\n- Job title (if you have one)",
            "name; e-mail; phone; Job title",
        ),
        (
            DATA,
            "The personal data we hold includes your date of birth, your NHS number and details of any allergies.",
            "date of birth; NHS number; allergies",
        ),
        (
            DATA,
            "- Information about your religion, nationality or first language",
            "religion; nationality; first language",
        ),
        (
            DATA,
            "- Whether you have a learning disability\n- Bank details, where relevant",
            "learning disability; Bank details",
        ),
        (
            DATA,
            "We ask for your postcode so that we can plan visits.",
            "postcode",
        ),
        (
            DATA,
            "You will be asked for your job title, your employer and how long you have worked there.",
            "job title; employer; how long you have worked there",
        ),
        (
            DATA,
            "Your name and telephone number. Your answers about sleep, diet and work.",
            "name; telephone number; answers about sleep, diet and work",
        ),
        (
            DATA,
            "(a) Name; (b) hospital number; (c) weight; (d) images of your knee.",
            "Name; hospital number; weight; images of your knee",
        ),
        (
            DATA,
            "| Data | Why |\n|---|---|\n| Name, email address | To write to you |\n| Photographs | For the report |",
            "Name; email address; Photographs",
        ),
        (
            DATA,
            "Your name, date of birth and tenancy reference are recorded.",
            "name; date of birth; tenancy reference",
        ),
        (
            DATA,
            "Our website collects your IP address and cookies.",
            "IP address; cookies",
        ),
        (
            DATA,
            "- Your child's name\n- The name of your foster carer\n- Emergency contact",
            "child's name; name of your foster carer; Emergency contact",
        ),
        (
            DATA,
            "- What you tell us in an interview\n- Free-text comments",
            "What you tell us in an interview; Free-text comments",
        ),
        (
            DATA,
            "We collect:\n\n- full name;\n- home address; and\n- date of birth.",
            "full name; home address; date of birth",
        ),
        (
            WHY,
            "- To put your name, e-mail address, job title and employer into our database",
            "name; e-mail address; job title; employer",
        ),
        (WHY, "We use your bank details to pay you.", "bank details"),
        (
            "What do we want to know?",
            "* your first name\n* your age\n* how far you row each week",
            "first name; age; how far you row each week",
        ),
        (
            "Your data",
            "Name\nMembership number\nBenefits you receive\nReligion (for diet)",
            "Name; Membership number; Benefits you receive; Religion",
        ),
        (
            DATA,
            "In the interview you may tell us about your illness, your work and how you feel. We audio-record the interview.",
            "illness; work; how you feel; audio recording of the interview",
        ),
    ];
    hold(cases, |r| {
        r.data.iter().map(|d| d.what.words.clone()).collect()
    });
}

#[test]
fn nothing_is_made_into_a_datum() {
    let cases: &[Case] = &[
        (DATA, "We do not collect your health records.", ""),
        (
            DATA,
            "We hold nothing about your faith, your politics or your sex life.",
            "",
        ),
        (
            DATA,
            "You do not need to give us your surname or your school.",
            "",
        ),
        (DATA, "We will never collect your bank details.", ""),
        (DATA, "No medical records are collected.", ""),
        (
            DATA,
            "We do not collect:\n\n- your surname\n- your NHS number",
            "",
        ),
        (
            DATA,
            "Personal data means any information that identifies a living person, such as a name or an address.",
            "",
        ),
        (
            DATA,
            "Special category data is information about health, religion or ethnicity.",
            "",
        ),
        (DATA, "We collect personal data about pupils.", ""),
        (DATA, "We collect your name, but not your address.", "name"),
        (
            DATA,
            "We collect your name and nothing about your health.",
            "name",
        ),
        (
            WHY,
            "To find out what support carers need from their school.",
            "",
        ),
        (
            WHY,
            "To learn about mental health services in the county.",
            "",
        ),
        (
            "Who we are",
            "This notice explains what personal data we collect about you when we run the Brook Study.",
            "",
        ),
        (
            "What we do not collect",
            "- your religion\n- your earnings",
            "",
        ),
    ];
    hold(cases, |r| {
        r.data.iter().map(|d| d.what.words.clone()).collect()
    });
}

#[test]
fn what_is_sensitive_is_known_and_a_topic_is_not() {
    let cases: &[Case] = &[
        (DATA, "- Any diagnosis or medication", "health"),
        (
            DATA,
            "- Your faith\n- Trade union membership",
            "religion; union",
        ),
        (DATA, "- Fingerprints\n- A DNA swab", "biometric; genetic"),
        (DATA, "- Cautions and convictions", "offence"),
        (
            DATA,
            "- Whether you have had gender reassignment",
            "inferred",
        ),
        (
            DATA,
            "We collect special category data such as ethnicity and sexual orientation.",
            "ethnicity; sexual-orientation",
        ),
        (
            DATA,
            "We may also process information about your mental health.",
            "health",
        ),
        (
            DATA,
            "- Your views on mental health services\n- Name of your health visitor",
            "",
        ),
        (
            DATA,
            "- Name of your Health Board\n- Health and safety training",
            "",
        ),
        (
            DATA,
            "We do not ask about your health or your religion.",
            "",
        ),
        (
            WHY,
            "Our project is about mental health and faith in schools.",
            "",
        ),
        (DATA, "We send you the survey by post.", ""),
    ];
    hold(cases, |r| {
        let mut all: Vec<String> = Vec::new();
        for said in &r.special {
            let word = said.what.word().to_owned();
            if !all.contains(&word) {
                all.push(word);
            }
        }
        all
    });
}

#[test]
fn what_people_choose_to_tell_is_marked() {
    for (body, volunteered) in [
        ("You may choose to tell us about your health.", true),
        (
            "- Any information you voluntarily provide in free-text fields",
            true,
        ),
        ("- Any information you provide in an interview", false),
        ("- Your name", false),
    ] {
        let reading = heard(DATA, body);
        assert_eq!(reading.data.len(), 1, "{body}: {:?}", reading.data);
        assert!(
            reading
                .data
                .iter()
                .all(|d| d.what.volunteered == volunteered),
            "{body}: {:?}",
            reading.data
        );
    }
}
