//! Words that break a duty are found out, and words that only look like them are left in peace.

use std::collections::BTreeMap;

use check::{Severity, Source, check};
use jiff::civil::date;

/// Code and words that raise it.
const RAISED: &[(&str, &str)] = &[
    ("contact-broken", "Write to privacy@council."),
    ("contact-broken", "Write to dpo@harbour,example."),
    ("contact-broken", "Ring us: telephone 01632 960."),
    ("contact-broken", "See https://www.club for more."),
    ("contact-broken", "See http:/www.club.example for more."),
    ("contact-broken", "Write to info@yourdomain.com."),
    (
        "rights-overrestricted",
        "## Your rights\n\nYou must complete our request form to see your data.",
    ),
    (
        "rights-overrestricted",
        "## Your rights\n\nRequests can only be made in writing.",
    ),
    (
        "rights-overrestricted",
        "## Your rights\n\nWe will answer your request within 40 days.",
    ),
    (
        "rights-overrestricted",
        "## Your rights\n\nWe may refuse your request at our discretion.",
    ),
    (
        "rights-overrestricted",
        "## Your rights\n\nYou must send a copy of your passport with each request.",
    ),
    (
        "rights-overrestricted",
        "## Your rights\n\nYou can only object to direct marketing.",
    ),
    (
        "rights-overrestricted",
        "## Your rights\n\nAs this is a study, the rights to erase and to object do not apply to you.",
    ),
    (
        "rights-overrestricted",
        "## Your rights\n\nConsent once given cannot be withdrawn.",
    ),
    (
        "fee-unlawful",
        "## Your rights\n\nYou can have a copy of your data for a fee of £10.",
    ),
    (
        "fee-unlawful",
        "## Your rights\n\nWe charge a small administration fee for each subject access request.",
    ),
    (
        "complaint-precondition",
        "You must use our complaints process before you contact the ICO.",
    ),
    (
        "complaint-precondition",
        "You can only complain to the Information Commissioner after we have answered you.",
    ),
    (
        "complaint-precondition",
        "You cannot go to the regulator until we have looked into it.",
    ),
    (
        "complaint-precondition",
        "Please talk to us before you complain to the ICO.",
    ),
    (
        "consent-bundled",
        "By taking part in our events you agree to our privacy policy.",
    ),
    (
        "consent-bundled",
        "Your use of the site constitutes consent to the processing of your data.",
    ),
    (
        "consent-bundled",
        "If you do not consent, we cannot offer you the service.",
    ),
    (
        "purpose-creep",
        "## Why we use your data\n\nWe use it for research and for other legitimate business purposes.",
    ),
    (
        "purpose-creep",
        "## Why we use your data\n\nWe use your data as we see fit.",
    ),
    (
        "purpose-creep",
        "## Why we use your data\n\nTo plan boats, rowing and other related purposes.",
    ),
    (
        "special-unrecognised",
        "## What we collect\n\n- Your religion\n\nWe hold no special category data.",
    ),
    (
        "special-unrecognised",
        "## What we collect\n\n- Your medical conditions\n\nWe only collect ordinary personal data.",
    ),
    (
        "art10-missing",
        "## What we collect\n\n- Your criminal convictions",
    ),
    (
        "sch1-missing",
        "For your health data we rely on Article 9(2)(h).",
    ),
    (
        "basis-mismatch",
        "## Why\n\n| Purpose | Lawful basis |\n|---|---|\n| To answer data subject rights requests | Consent |",
    ),
    (
        "basis-mismatch",
        "## Why\n\n| Purpose | Lawful basis |\n|---|---|\n| To run the compulsory census of boats | Consent |",
    ),
    (
        "basis-mismatch",
        "## Why\n\n| Purpose | Lawful basis |\n|---|---|\n| To interview you | Your informed consent |",
    ),
    (
        "basis-doubtful",
        "## Why\n\n| Purpose | Lawful basis |\n|---|---|\n| To send you the rota | Vital interests |",
    ),
    (
        "basis-doubtful",
        "## Why\n\n| Purpose | Lawful basis |\n|---|---|\n| To study tides | Recognised legitimate interest |",
    ),
    (
        "source-missing",
        "## Where we get it\n\nWe also obtain data about you from third parties.",
    ),
    (
        "adm-undisclosed-logic",
        "## Why\n\nApplications are rejected automatically by our software.",
    ),
    (
        "marketing-tension",
        "## Why\n\n- To send you our newsletter and special offers\n\nWe never use your data for marketing.",
    ),
    (
        "right-without-object",
        "We rely on our legitimate interests in safe boats.\n\n## Your rights\n\nYou can take back your consent.",
    ),
    (
        "object-not-separate",
        "We rely on our legitimate interests in safe boats.\n\n## Your rights\n\nYou can see, correct, or erase your data and object to their use.",
    ),
    (
        "dpo-missing",
        "Our Data Protection Officer is happy to help.",
    ),
    ("dpo-missing", "Northmoor NHS Trust is the data controller."),
    (
        "role-confusion",
        "The club is both the controller and the processor of your data.",
    ),
];

/// Code and words that look like it and are lawful.
const LOOK_ALIKES: &[(&str, &str)] = &[
    (
        "contact-broken",
        "Follow @club or write to dpo@club.example, hello@club.example.",
    ),
    (
        "contact-broken",
        "Charity number 0123456. Ring 999, 101, 116 123 or 0800 1111; telephone +44 (0)20 7946 0123 or 0303 123 1113.",
    ),
    (
        "contact-broken",
        "See www.club.example/a?b=c, https://club.example, <https://club.example/x>.",
    ),
    (
        "contact-broken",
        "The address is 4 Mill Lane, Leeds LS1 1AA.",
    ),
    (
        "rights-overrestricted",
        "## Your rights\n\nYou can use our form, but you do not have to. We reply in writing within one month.",
    ),
    (
        "rights-overrestricted",
        "## Your rights\n\nIf your request is complex we may extend the time by two further months.",
    ),
    (
        "rights-overrestricted",
        "## Your rights\n\nWe may ask for proof of identity if we have doubts who you are.",
    ),
    (
        "rights-overrestricted",
        "## Your rights\n\nYou can refuse to take part without giving a reason.",
    ),
    (
        "rights-overrestricted",
        "## Your rights\n\nPortability: we give you a file in a machine-readable form. This right does not apply to data we hold by law.",
    ),
    (
        "rights-overrestricted",
        "## Keeping it\n\nYou must complete the consent form. We keep it for 40 days after your request.",
    ),
    (
        "fee-unlawful",
        "## Your rights\n\nIt is free of charge. We may charge a reasonable fee if a request is manifestly unfounded or excessive, or for further copies.",
    ),
    (
        "fee-unlawful",
        "## Your rights\n\nYou will not have to pay a fee to access your data. We pay you £10 for your time.",
    ),
    (
        "complaint-precondition",
        "You do not have to come to us before you go to the ICO.",
    ),
    (
        "complaint-precondition",
        "You can complain to us first, or go straight to the Information Commissioner.",
    ),
    (
        "complaint-precondition",
        "If you are unhappy after we have answered, you can go to the ICO.",
    ),
    (
        "complaint-link-old",
        "See https://ico.org.uk/make-a-complaint/.",
    ),
    (
        "consent-bundled",
        "By signing this form you agree to take part in an interview.",
    ),
    (
        "consent-bundled",
        "If you do not agree, your care stays the same and you still receive every service.",
    ),
    (
        "consent-bundled",
        "You need not agree to this notice; by reading it you do not consent to anything.",
    ),
    (
        "purpose-creep",
        "We will not use your data for any other purpose.",
    ),
    (
        "purpose-creep",
        "If we want to use your data for any other purpose we will tell you first.",
    ),
    (
        "special-unrecognised",
        "## What we collect\n\n- Your name\n\nWe hold no special category data.",
    ),
    (
        "special-unrecognised",
        "## What we collect\n\n- Your religion\n\nWe do not share special category data with anyone.",
    ),
    (
        "art10-missing",
        "We may share data to prevent or detect crime.",
    ),
    (
        "sch1-missing",
        "We rely on Article 9(2)(j) and paragraph 4 of Schedule 1 to the Data Protection Act 2018.",
    ),
    (
        "sch1-missing",
        "We rely on Article 9(2)(a), your explicit consent.",
    ),
    (
        "basis-mismatch",
        "## Why\n\n| Purpose | Lawful basis |\n|---|---|\n| To send you our newsletter | Consent |\n| To answer rights requests | Legal obligation |",
    ),
    (
        "basis-mismatch",
        "We ask for your consent to take part; it is not our lawful basis.",
    ),
    (
        "basis-doubtful",
        "## Why\n\n| Purpose | Lawful basis |\n|---|---|\n| To call an ambulance in an emergency | Vital interests |\n| To tell the council that a child is at risk of harm: safeguarding | Recognised legitimate interest |",
    ),
    (
        "source-missing",
        "## Where we get it\n\nWe obtain data about you from third parties such as your school; it is not publicly available.",
    ),
    (
        "adm-undisclosed-logic",
        "## Machines\n\nWe make no automated decisions. Is anything decided by an algorithm? No.",
    ),
    (
        "adm-undisclosed-logic",
        "## Your rights\n\nYou may refuse a decision that a machine alone has made about you.",
    ),
    (
        "marketing-tension",
        "## Why\n\n- To send you our newsletter, if you consent\n\nYou can unsubscribe at any time.",
    ),
    (
        "right-without-object",
        "We rely on your consent.\n\n## Your rights\n\nYou can withdraw your consent.",
    ),
    (
        "object-not-separate",
        "We rely on our legitimate interests in safe boats.\n\n## Your rights\n\nYou can see and correct your data.\n\nYou can object to their use.",
    ),
    (
        "dpo-missing",
        "Our Data Protection Officer is at dpo@club.example.",
    ),
    (
        "dpo-missing",
        "We have no data protection officer; ask the secretary, hello@club.example.",
    ),
    (
        "role-confusion",
        "Where the council asks us to, we act as its processor; for our own survey we are the controller.",
    ),
    (
        "statutory-contractual-missing",
        "You choose whether to tell us anything.",
    ),
];

fn codes(words: &str) -> BTreeMap<&'static str, Severity> {
    let text = format!("# Privacy notice for members\n\n{words}\n");
    check(&Source::of(&text), date(2026, 11, 22))
        .findings
        .into_iter()
        .map(|f| (f.code, f.severity))
        .collect()
}

#[test]
fn words_that_break_a_duty_are_found_out() {
    let silent: Vec<_> = RAISED
        .iter()
        .filter(|(code, words)| !codes(words).contains_key(code))
        .collect();
    assert!(silent.is_empty(), "{silent:#?}");
}

#[test]
fn words_that_only_look_so_are_left_in_peace() {
    let loud: Vec<_> = LOOK_ALIKES
        .iter()
        .filter(|(code, words)| codes(words).contains_key(code))
        .collect();
    assert!(loud.is_empty(), "{loud:#?}");
}

#[test]
fn a_recognised_interest_was_no_basis_before_it_was_law() {
    let text = "# Privacy notice for members\n\n## Why\n\n| Purpose | Lawful basis |\n|---|---|\n| To keep a child at risk safe: safeguarding | Recognised legitimate interest |\n";
    let weight = |day| {
        check(&Source::of(text), day)
            .findings
            .into_iter()
            .find(|f| f.code == "basis-doubtful")
            .map(|f| f.severity)
    };
    assert_eq!(weight(date(2026, 2, 4)), Some(Severity::Error));
    assert_eq!(weight(date(2026, 2, 5)), None);
}
