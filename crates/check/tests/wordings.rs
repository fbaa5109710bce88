//! Families of wordings, continued: each defect in the words of several hands, and its innocent twin.

use check::{Source, check};
use jiff::civil::date;

/// Whether a code is found in a short notice with this part.
fn finds(heading: &str, words: &str, code: &str) -> bool {
    let text = format!(
        "# Privacy notice for walkers\n\n## Who we are\n\nHillfoot Paths Ltd, 4 Mill Lane, Hillfoot HF1 2AB, is the data controller.\n\n## {heading}\n\n{words}\n"
    );
    check(&Source::of(&text), date(2026, 11, 22))
        .findings
        .iter()
        .any(|f| f.code == code)
}

/// A heading, a code, words that are a defect, and words that look like them and are none.
type Family = (
    &'static str,
    &'static str,
    &'static [&'static str],
    &'static [&'static str],
);

const FAMILIES: &[Family] = &[
    (
        "The report",
        "absolute-promise",
        &[
            "We promise that no reader can ever find out who walked with us.",
            "We guarantee nobody will be able to tell which diary was yours.",
            "There is no chance that anybody recognises you in the report.",
            "Our map store is foolproof.",
            "You will enjoy complete anonymity.",
        ],
        &[
            "We take out names and places, and a second person reads the report first.",
            "We cannot promise that nobody will find out who walked with us.",
            "We try to write so that no reader can find out who walked with us.",
            "We promise to answer within a week.",
        ],
    ),
    (
        "Picking walkers",
        "adm-undisclosed-logic",
        &[
            "A program gives every walker an engagement score. Walkers whose score is too low are dropped.",
            "Software ranks the applicants and the lowest are refused a place automatically.",
            "Walkers are graded by a computer model.",
            "Places are approved automatically and no person looks at the result before it is sent.",
        ],
        &[
            "Two members of the team read each form and pick the walkers.",
            "Nobody is graded by a computer.",
            "A computer program counts the steps of all walkers together.",
        ],
    ),
    (
        "Complaints to the regulator",
        "complaint-precondition",
        &[
            "Only then can you turn to the Information Commissioner's Office.",
            "You can complain to the ICO provided that you have first had our answer.",
            "After you have exhausted our own procedure you may complain to the Information Commissioner's Office.",
            "You may not approach the ICO until our panel has closed your case.",
        ],
        &[
            "You can complain to the ICO at any time, before or after you write to us.",
            "You can complain to us, to the ICO, or to both.",
            "If our answer does not help, the ICO can look at it.",
        ],
    ),
    (
        "Your rights",
        "fee-unlawful",
        &[
            "Your first look at the file is free and every request after that costs £9.",
            "We charge £7 for each request.",
            "An erasure costs £11.",
            "A subsequent request is charged at £20.",
        ],
        &[
            "Every request is free.",
            "We make no charge for any request.",
            "You get a £10 voucher for each request to walk that you answer.",
        ],
    ),
    (
        "Your rights",
        "rights-overrestricted",
        &[
            "You can have a copy of your data only if you state your reasons.",
            "You may see your data on condition that you explain why you ask for a copy.",
            "Requests for a copy without a reason are refused.",
            "You need to justify why you want your data erased.",
            "You can ask for a copy only once a year.",
        ],
        &[
            "You need not say why you want a copy of your data.",
            "You don't have to give a reason for your request.",
            "If we refuse a request we must tell you why.",
            "To object, tell us the reasons that come from your own situation.",
        ],
    ),
    (
        "Why we use it",
        "purpose-creep",
        &[
            "We may use your diary for any further purpose that we judge compatible.",
            "Your diary serves our walks and such purposes as the board settles on.",
            "We use your diary in any way that we find useful.",
        ],
        &[
            "We use your diary to mend the paths. Before any other purpose we ask you.",
            "We do not use your diary for any other purpose.",
        ],
    ),
    (
        "Who gets it",
        "recipient-vague",
        &[
            "We pass your diary to a number of organisations.",
            "We share your diary with affiliates.",
            "We give your diary to businesses we work with.",
            "- Hillfoot Council\n- interested parties and others we talk to from time to time",
        ],
        &[
            "We pass your diary to the map office of Hillfoot Council.",
            "We do not pass your diary to third parties.",
            "- Hillfoot Council\n- Path Data Ltd, which hosts the diary",
        ],
    ),
    (
        "How long we keep it",
        "retention-vague",
        &[
            "Diaries are deleted in due course.",
            "We keep diaries for the foreseeable future.",
            "Diaries are kept until they have served their purpose.",
            "| Data | How long |\n|---|---|\n| Diaries | We keep these for as long as we need them |\n| Names | 2 years after the walk |",
        ],
        &[
            "Diaries are deleted two years after the walk.",
            "Diaries are kept until the walk ends and no longer.",
        ],
    ),
    (
        "Who gets it",
        "recipient-inconsistent",
        &[
            "Only my supervisor will see what you wrote. Path Data Ltd types up the diaries.",
            "Path Data Ltd and Boot Apps Ltd host the diary. Data is not shared with anyone other than the two recipients above. Each diary is shared with Hillfoot Borough Council.",
        ],
        &[
            "Only my supervisor and Path Data Ltd will see what you wrote.",
            "Path Data Ltd and Boot Apps Ltd host the diary. Data is not shared with anyone other than the two recipients above.",
        ],
    ),
    (
        "Who gets it",
        "role-confusion",
        &[
            "Path Data Ltd is our processor. Path Data decides for what purposes the diaries are used.",
            "Boot Apps acts as a data processor. Boot Apps determines which information is collected.",
        ],
        &[
            "Path Data Ltd is our processor. We decide for what purposes the diaries are used.",
            "Path Data Ltd is our processor. Path Data does not decide for what purposes the diaries are used.",
            "Path Data Ltd is our processor. Path Data decides which software its staff use.",
        ],
    ),
    (
        "Keeping it safe",
        "security-interval",
        &[
            "Diaries are kept for two years after the walk. They are encrypted while you are a member.",
            "Diaries are kept for two years after the walk. These measures are in place for the term of your membership.",
            "Diaries are kept for two years after the walk. They are encrypted for as long as the project runs.",
        ],
        &[
            "Diaries are kept for two years after the walk. They are encrypted for as long as we keep them.",
            "Diaries are kept for two years after the walk. They are encrypted until they are deleted.",
        ],
    ),
    (
        "What we collect",
        "special-unrecognised",
        &[
            "You tell us about your asthma and your religion. We don't collect special category data.",
            "You tell us about your asthma and your religion. We hold nothing in the special categories.",
            "You tell us about your asthma and your religion. Article 9 does not apply.",
        ],
        &[
            "You tell us about your asthma and your religion. Both are special category data.",
            "You tell us how far you walk. We don't collect special category data.",
        ],
    ),
    (
        "Who gets it",
        "transfer-missing",
        &[
            "Bootform Inc. hosts the diary.",
            "Wanderdaten GmbH types up the diaries.",
            "Trailsoft LLC sends out the prompts.",
        ],
        &[
            "Bootform Ltd hosts the diary.",
            "Bootform Inc. hosts the diary on servers in the United Kingdom.",
        ],
    ),
    (
        "Marketing",
        "marketing-tension",
        &[
            "We never use diaries for direct marketing of any kind. We also tell you about the products of the brands that sponsor us.",
            "We don't use your address for marketing. We use it to send you offers.",
            "No marketing is sent to your address. Now and then we pass on deals that you may like.",
        ],
        &[
            "We never use diaries for direct marketing. We use them to mend paths.",
            "We never use diaries for direct marketing. We tell you about changes to the walk.",
        ],
    ),
    (
        "What we collect",
        "typo",
        &[
            "We dont ask your age.",
            "It isnt kept.",
            "Youre free to stop.",
        ],
        &[
            "We don't ask your age.",
            "It isn\u{2019}t kept.",
            "Deliberate rants are not kept.",
        ],
    ),
    (
        "What we collect",
        "source-missing",
        &[
            "The following is processed:\n\n- your child's name\n- your child's age\n- your child's school attendance record",
            "We use these:\n\n- name\n- telephone number\n- hospital records of the last two years",
        ],
        &[
            "You send us these:\n\n- your name\n- your age\n- your telephone number",
            "We use these:\n\n- name\n- telephone number\n- hospital records, from your GP",
        ],
    ),
];

#[test]
fn each_family_is_heard_in_several_hands() {
    let mut wrong = Vec::new();
    for (heading, code, defects, innocent) in FAMILIES {
        for (words, is) in defects
            .iter()
            .map(|w| (w, true))
            .chain(innocent.iter().map(|w| (w, false)))
        {
            if finds(heading, words, code) != is {
                wrong.push(format!("{code} ({is}): {words}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_denial_is_heard_with_and_without_its_mark() {
    for words in [
        "We do not sell",
        "We don't sell",
        "We don\u{2019}t sell",
        "We dont sell",
    ] {
        assert!(
            finds(
                "Who gets it",
                &format!("{words} your diary. Bootform Inc. hosts it."),
                "transfer-missing"
            ),
            "{words}"
        );
        assert!(
            !finds(
                "Who gets it",
                &format!("{words} your diary to third parties."),
                "recipient-vague"
            ),
            "{words}"
        );
    }
}

#[test]
fn data_that_do_not_go_out_of_the_country_do_not_leave_it() {
    for words in [
        "We do not send your diary out of the United Kingdom.",
        "Your diary is never transferred out of the UK.",
    ] {
        assert!(
            !finds("Where it is", words, "transfer-unsafeguarded"),
            "{words}"
        );
    }
    assert!(finds(
        "Where it is",
        "Your diary is never transferred out of the UK. Boot Apps stores it in Virginia, United States, under standard contractual clauses.",
        "transfer-inconsistent"
    ));
}
