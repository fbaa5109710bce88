//! What notices say of where data come from, who gets them and where they go: small cases in many styles, as
//! many that must be heard as that must not.

mod cases;

use cases::{Case, heard, hold};
use notice::reading::Leaving;

const DATA: &str = "What information do we collect?";
const WHY: &str = "Why we use your information";

#[test]
fn sources_are_heard_with_whose_lips_they_are() {
    const FROM: &str = "Where we get your information";
    let cases: &[Case] = &[
        (
            FROM,
            "- From yourself when you fill in the survey\n- From your school",
            "yourself when you fill in the survey (direct); your school",
        ),
        (FROM, "We collect it directly from you.", "you (direct)"),
        (
            FROM,
            "It comes from you. None of it comes from public registers, and we take nothing from newspapers.",
            "you (direct)",
        ),
        (
            FROM,
            "We obtain your details from Harbour Council and your GP.",
            "Harbour Council; your GP",
        ),
        (FROM, "Your school gives us your name.", "Your school"),
        (
            FROM,
            "We take your job title from LinkedIn.",
            "LinkedIn (public)",
        ),
        (
            FROM,
            "You were referred to us by your social worker.",
            "your social worker",
        ),
        (
            FROM,
            "We get your results from you and your college.",
            "you (direct); your college",
        ),
        (
            DATA,
            "Your name comes from the electoral register.",
            "electoral register (public)",
        ),
        (WHY, "We do not collect anything from your employer.", ""),
        (
            WHY,
            "The money for the study comes from a research council.",
            "",
        ),
    ];
    hold(cases, |r| {
        r.origins
            .iter()
            .map(|o| {
                let mark = match (o.what.direct, o.what.public) {
                    (true, _) => " (direct)",
                    (_, true) => " (public)",
                    _ => "",
                };
                format!("{}{mark}", o.what.who)
            })
            .collect()
    });
}

#[test]
fn receivers_are_heard_by_their_own_names() {
    const WHO: &str = "Who we share your information with";
    let cases: &[Case] = &[
        (
            WHO,
            "1. Pre-approved transcription vendors.\n2. Cloud storage providers (e.g. Zoom)",
            "Pre-approved transcription vendors; Cloud storage providers",
        ),
        (
            WHO,
            "- Kestrel Ltd, who print our letters\n- Your council",
            "Kestrel Ltd; Your council",
        ),
        (WHO, "Only our research team can see your data.", ""),
        (WHO, "We will not share your data with anyone else.", ""),
        (WHO, "We never sell your data to advertisers.", ""),
        (WHO, "Your council will not see what you said.", ""),
        (
            WHO,
            "We share your answers with Larkfield University and the Fern Trust.",
            "Larkfield University; Fern Trust",
        ),
        (
            WHO,
            "We share it with nobody except our transcribers.",
            "our transcribers",
        ),
        (
            WHO,
            "We must disclose data to the police where the law requires it.",
            "police (compelled)",
        ),
        (
            WHO,
            "Our funder, the Fern Foundation, will see the results.",
            "Fern Foundation",
        ),
        (
            WHY,
            "Recordings are transcribed by Typewise Ltd.",
            "Typewise Ltd",
        ),
        (WHY, "We use Qualtrics to run the survey.", "Qualtrics"),
        (
            "How we keep it safe",
            "Files are hosted on Microsoft Azure.",
            "Microsoft Azure",
        ),
        (
            WHO,
            "- Members of our own staff\n- The Department for Work and Pensions",
            "Department for Work and Pensions",
        ),
        (WHO, "You can share your views with your school.", ""),
        (
            WHO,
            "Staff who run the club, our caterer Fern Foods Ltd, and the council.",
            "our caterer Fern Foods Ltd; council",
        ),
        (
            WHO,
            "The chair, our printers (Kestrel Press), the Housing Regulator if it asks, and Mailfern, which sends our letters.",
            "chair; our printers; Housing Regulator; Mailfern",
        ),
        (
            "Where we keep it",
            "Survey software: SurveyFern, whose servers are in Leeds.",
            "SurveyFern",
        ),
    ];
    hold(cases, |r| {
        r.receivers
            .iter()
            .map(|o| {
                format!(
                    "{}{}",
                    o.what.who,
                    if o.what.compelled { " (compelled)" } else { "" }
                )
            })
            .collect()
    });
}

#[test]
fn safeguards_are_told_apart() {
    const AWAY: &str = "Sending data outside the UK";
    let cases: &[Case] = &[
        (
            AWAY,
            "We only send it to countries with UK adequacy regulations.",
            "UK adequacy regulations",
        ),
        (
            AWAY,
            "We rely on an adequacy decision of the European Commission.",
            "European Commission adequacy decision",
        ),
        (
            AWAY,
            "We use the International Data Transfer Agreement (IDTA).",
            "International Data Transfer Agreement",
        ),
        (
            AWAY,
            "We use Standard Contractual Clauses with the UK Addendum.",
            "UK Addendum; Standard Contractual Clauses",
        ),
        (
            AWAY,
            "The firm is certified under the UK-US data bridge.",
            "UK adequacy regulations",
        ),
        (
            AWAY,
            "Our group has binding corporate rules.",
            "binding corporate rules",
        ),
        (
            AWAY,
            "Data goes to the United States under Privacy Shield.",
            "Privacy Shield",
        ),
        (
            AWAY,
            "Data goes to Ghana with your explicit consent.",
            "explicit consent",
        ),
        (AWAY, "We keep everything in the UK.", ""),
    ];
    hold(cases, |r| {
        r.safeguards
            .iter()
            .map(|s| s.what.phrase().to_owned())
            .collect()
    });
}

#[test]
fn whether_data_leave_is_heard() {
    for (body, leaving) in [
        ("Your data will not be sent outside the UK.", Leaving::Never),
        ("No study data leave the United Kingdom.", Leaving::Never),
        ("All files stay within the UK.", Leaving::Never),
        (
            "It is unlikely that we will share data outside the UK.",
            Leaving::Unlikely,
        ),
        ("Our mail host keeps data outside the UK.", Leaving::Stated),
        ("The servers are in the United States.", Leaving::Stated),
        ("We keep our promises.", Leaving::Unsaid),
    ] {
        assert_eq!(heard("Where data goes", body).leaving, leaving, "{body}");
    }
}

#[test]
fn every_name_is_one_of_the_rule_language() {
    let reading = heard(
        DATA,
        "- Your E-mail Address\n- 3rd-party comments you made\n- What you told us about café life\n- Number of children",
    );
    assert!(!reading.data.is_empty());
    for datum in &reading.data {
        let item = &datum.what.item;
        assert!(item.starts_with(|c: char| c.is_ascii_lowercase()), "{item}");
        assert!(
            item.chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'),
            "{item}"
        );
        assert!(datum.span.start < datum.span.end);
    }
}
