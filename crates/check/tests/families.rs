//! Families of wordings: the defect in words of several hands is found, and its innocent twin is left alone.

use check::{Severity, Source, check};
use jiff::civil::date;

/// A notice around one sentence, so that only that sentence differs.
fn around(heading: &str, sentence: &str) -> String {
    format!(
        "# Privacy notice for walkers\n\n## Who we are\n\nHillfoot Paths Ltd, 4 Mill Lane, Hillfoot HF1 2AB, is the data controller.\n\n## {heading}\n\n{sentence}\n"
    )
}

fn finds(heading: &str, sentence: &str, code: &str) -> bool {
    let text = around(heading, sentence);
    check(&Source::of(&text), date(2026, 11, 22))
        .findings
        .iter()
        .any(|f| f.code == code)
}

/// Heading, sentence, code, and whether it is found.
const CASES: &[(&str, &str, &str, bool)] = &[
    (
        "Your rights",
        "You can see your file, but requests can only be made in person at our front office.",
        "rights-overrestricted",
        true,
    ),
    (
        "Your rights",
        "You can make a request in person, by telephone or in writing.",
        "rights-overrestricted",
        false,
    ),
    (
        "Your rights",
        "Your consent is final and you cannot take it back.",
        "rights-overrestricted",
        true,
    ),
    (
        "Your rights",
        "You can take back your consent on any day, and nothing follows from it.",
        "rights-overrestricted",
        false,
    ),
    (
        "Your rights",
        "A copy of your records costs £12, to be sent with your letter.",
        "fee-unlawful",
        true,
    ),
    (
        "Your rights",
        "A copy of your records is free.",
        "fee-unlawful",
        false,
    ),
    (
        "Your rights",
        "You may ask to be taken out, and we delete your diary unless it has been analysed.",
        "analysis-cutoff-undefined",
        true,
    ),
    (
        "Your rights",
        "You may ask to be taken out until the analysis begins on 3 May 2027, and we delete your diary.",
        "analysis-cutoff-undefined",
        false,
    ),
    (
        "Who gets it",
        "Path Data Ltd, which decides what is collected and why, acts as our data processor.",
        "role-confusion",
        true,
    ),
    (
        "Who gets it",
        "We decide what is collected and why; Path Data Ltd is our processor.",
        "role-confusion",
        false,
    ),
    (
        "Why we use it",
        "Your place on the walk is chosen by a computer from your postcode.",
        "adm-undisclosed-logic",
        true,
    ),
    (
        "Why we use it",
        "Nothing is chosen by a computer.",
        "adm-undisclosed-logic",
        false,
    ),
    (
        "Why we use it",
        "We use your name for uses we may think of in the future.",
        "purpose-creep",
        true,
    ),
    (
        "Why we use it",
        "We use your name for no purposes we might find later.",
        "purpose-creep",
        false,
    ),
    (
        "Who gets it",
        "We pass your answers to such other bodies as the board considers appropriate.",
        "recipient-vague",
        true,
    ),
    (
        "Who gets it",
        "We pass your answers to the map office of Hillfoot Council.",
        "recipient-vague",
        false,
    ),
    (
        "How long we keep it",
        "Your diary is kept for a blue moon or so.",
        "retention-unparsable",
        true,
    ),
    (
        "How long we keep it",
        "Your diary is kept for a period of two years.",
        "retention-unparsable",
        false,
    ),
    (
        "Who gets it",
        "Boot Apps, whose staff in Manila read your diary.",
        "transfer-unsafeguarded",
        true,
    ),
    (
        "Who gets it",
        "Boot Apps, whose staff in Leeds read your diary.",
        "transfer-unsafeguarded",
        false,
    ),
    (
        "What we collect",
        "We collect your opinon of the path.",
        "typo",
        true,
    ),
    (
        "What we collect",
        "We collect your opinion of a compliant path.",
        "typo",
        false,
    ),
    (
        "Who gets it",
        "We send counts to Public Health England.",
        "name-mismatch",
        true,
    ),
    (
        "Who gets it",
        "We send counts to the agency that was formerly Public Health England.",
        "name-mismatch",
        false,
    ),
    (
        "Who gets it",
        "We share your diary with Path Data Ltd. Nobody else receives it. In June we hand each map to Hillfoot Borough Council.",
        "recipient-inconsistent",
        true,
    ),
    (
        "Who gets it",
        "We share your diary with Path Data Ltd and Hillfoot Borough Council. Nobody else receives it. In June we hand each map to Hillfoot Borough Council.",
        "recipient-inconsistent",
        false,
    ),
    (
        "How long we keep it",
        "The transcript with names removed is kept for nine years after the walk. Full transcripts are deleted 3 months after the walk.",
        "retention-contradiction",
        false,
    ),
    (
        "How long we keep it",
        "Transcripts are kept for nine years after the walk. All transcripts are deleted 3 months after the walk.",
        "retention-contradiction",
        true,
    ),
    (
        "How long we keep it",
        "Maps are kept permanently, and the curators look every five years at whether each is still worth keeping.",
        "retention-indefinite",
        false,
    ),
    (
        "Where it is",
        "Nobody outside the United Kingdom receives any of it.",
        "transfer-unsafeguarded",
        false,
    ),
    (
        "Where it is",
        "We don't send your diary to other countries.",
        "transfer-unsafeguarded",
        false,
    ),
    (
        "Who decides",
        "Hillfoot Paths and the Fern Trust run this together, and each of us decides how your diary is used.",
        "joint-controller-unclear",
        true,
    ),
    (
        "Gaps",
        "Write to {{contact_name}} with questions.",
        "placeholder",
        true,
    ),
    (
        "Keeping it safe",
        "Diaries are kept for two years after the walk. They are encrypted, and we keep them secure in this way until the study ends.",
        "security-interval",
        true,
    ),
    (
        "Keeping it safe",
        "Diaries are kept for two years after the walk. They are encrypted until they are deleted.",
        "security-interval",
        false,
    ),
    (
        "Agreeing",
        "When you sign, you agree to walk with us, to our use of your diary, and to photographs in our prospectus.",
        "consent-bundled",
        true,
    ),
    (
        "Agreeing",
        "When you sign, you agree to walk with us. Photographs have a box of their own.",
        "consent-bundled",
        false,
    ),
    (
        "Surveys",
        "The survey is anonymous. Your personal link lets us join your two answers up with your name.",
        "anon-claim-doubtful",
        true,
    ),
    (
        "Surveys",
        "The survey is anonymous. Everybody gets the same link, which holds no name.",
        "anon-claim-doubtful",
        false,
    ),
    (
        "Your rights",
        "Requests are accepted only by recorded letter to our registered office.",
        "rights-overrestricted",
        true,
    ),
];

/// Wordings that a recogniser may well not understand: a question at most, and never an error.
const INNOCENT: &[(&str, &str, &str)] = &[
    (
        "Keeping within the country",
        "Nothing else leaves the UK.\n\nBoot Maps Ltd stores the routes in Canada under UK adequacy regulations.",
        "transfer-inconsistent",
    ),
    (
        "Who gets it",
        "Everything stays in the UK except the routes, which Boot Maps Ltd stores in Canada.",
        "transfer-inconsistent",
    ),
    (
        "What we collect",
        "We dont collect information on health, ethnicity or beliefs.",
        "art9-missing",
    ),
    (
        "Keeping",
        "Type House Ltd types up recordings for us and destroys its copy within 7 days of sending the transcript.\n\nRecordings are erased 30 days after the transcript has been checked.",
        "retention-contradiction",
    ),
    (
        "Why",
        "| Reason | Lawful basis | In other words |\n|---|---|---|\n| Counting boots | Legitimate interests | It is in our interest to lay planks where feet go. |\n| Drawing maps | Legitimate interests | It is in our interest to sell maps that are right. |",
        "li-not-stated",
    ),
    (
        "Why",
        "Our interest, in both, lies with paths that do not wash away in winter.\n\n| Purpose | Lawful basis |\n|---|---|\n| Counting boots | Legitimate interests |\n| Drawing maps | Legitimate interests |",
        "li-not-stated",
    ),
    (
        "Why",
        "| Purpose | Lawful basis |\n|---|---|\n| Counting boots | Public task |\n\nThe counts are wanted by section 4 of the Paths Act 1949.",
        "public-task-law-missing",
    ),
    (
        "Lawful basis",
        "Purpose\nLawful basis\nTo count boots and forecast the\nwear of every path\nArticle 6(1)(e), public task: section\n12 of the Paths Act 1949 (county\npaths)\nTo send a card to whoever walked\nArticle 6(1)(e), public task: the\nsame section",
        "public-task-law-missing",
    ),
    (
        "Your right to object",
        "Since this is a public task under the Paths Act 1949, say no to it on any day if you have cause, and you may object.",
        "object-public-task-missing",
    ),
    (
        "How do you complain?",
        "To either of us, at the addresses above, or to the ICO.",
        "complaint-to-controller-missing",
    ),
    (
        "Data protection officers",
        "Fern College, 2 Hill Road. Data Protection Officer: dpo@ferncollege.example.\n\nMarsh Homes Ltd, 8 Mead. Data Protection Officer: dpo@marshhomes.example.",
        "dpo-inconsistent",
    ),
    (
        "Why we use it",
        "Marsh Homes passes on the diaries because it has a legitimate interest (Article 6(1)(f)) in making its paths safer.",
        "li-not-stated",
    ),
    (
        "Religion",
        "The condition is Article 9(2)(j), archiving in the public interest and historical research.",
        "public-task-law-missing",
    ),
    (
        "What we collect",
        "The list of medicines is sent to us by your GP surgery.",
        "recipient-inconsistent",
    ),
];

#[test]
fn innocent_words_get_no_error() {
    let wrong: Vec<String> = INNOCENT
        .iter()
        .filter(|(heading, sentence, code)| {
            check(&Source::of(&around(heading, sentence)), date(2026, 11, 22))
                .findings
                .iter()
                .any(|f| f.code == *code && f.severity == Severity::Error)
        })
        .map(|(_, sentence, code)| format!("{code}: {sentence}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn each_family_is_found_and_its_twin_is_not() {
    let wrong: Vec<String> = CASES
        .iter()
        .filter(|(heading, sentence, code, found)| finds(heading, sentence, code) != *found)
        .map(|(_, sentence, code, found)| format!("{code} ({found}): {sentence}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
