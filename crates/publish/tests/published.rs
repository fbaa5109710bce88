//! One invented notice, published every way, and the project's own ones and the shared example with it.

#![expect(
    clippy::expect_used,
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "helpers of tests, which read notices from files, say what they skip, and stop where one is missing"
)]

use notice::Notice;
use notice::model::Sentence;
use publish::html::{anchor, sections};
use publish::{standalone, summary, text, words};
use std::collections::BTreeSet;
use std::path::Path;

fn gardens() -> Notice {
    let parsed = notice::parse(include_str!("gardens.notice.md"));
    assert_eq!(
        parsed.faults,
        [],
        "the notice of these tests is without fault"
    );
    parsed.notice.expect("a notice")
}

/// Every notice at hand: ours, the ones of this project, and the shared example.
fn notices() -> Vec<Notice> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut all = vec![gardens()];
    let mut files: Vec<_> = std::fs::read_dir(here.join("../../notices"))
        .map(|dir| dir.filter_map(|f| Some(f.ok()?.path())).collect())
        .unwrap_or_default();
    files.retain(|f: &std::path::PathBuf| f.to_string_lossy().ends_with(".notice.md"));
    files.sort();
    let shared = here.join("../../../shared/interop/young-carers.notice.md");
    if shared.exists() {
        files.push(shared);
    } else {
        println!("skipped: the shared example is not here");
    }
    for file in files {
        let words = std::fs::read_to_string(&file).expect("a notice can be read");
        all.extend(notice::parse(&words).notice);
    }
    all
}

#[test]
fn each_sentence_of_the_language_is_said_in_plain_words() {
    let notice = gardens();
    let cases = [
        (
            "about/notice",
            "This is version 2 of this notice, dated 5 October 2026.",
        ),
        (
            "about/event/project.end",
            "The project ends when the final report has been delivered, now planned for 17 December 2027 and \
             once for 30 June 2027. The day moves only for a recorded reason.",
        ),
        (
            "about/complaint/ICO",
            "You can complain to the regulator (ICO): on the web at https://ico.org.uk/make-a-complaint/. You may \
             ask us first, but you do not have to.",
        ),
        (
            "what/data/words",
            "Under “words” we hold: interview answers. It may also touch on health. Only if you offer it: no \
             question may demand it.",
        ),
        (
            "what/receive/contact@club",
            "We may receive your contact details from your club. We tell you within one month, or when we first \
             get in touch if that is sooner.",
        ),
        (
            "why/purpose/visit",
            "We use your contact details to plan your visit. Our ground in law is legitimate interests (Article \
             6(1)(f)). The interest is reaching the people who signed up. You can opt out at any time.",
        ),
        (
            "why/never/marketing+sale+automated-decisions",
            "We never use your data for marketing, sell it or let a machine alone decide about you.",
        ),
        (
            "why/permission/quote",
            "For a quote we ask your permission each time. Until you say yes, the answer is no.",
        ),
        (
            "who/share/recording@transcriber",
            "We share the recording with any transcriber we have reviewed, who may use it only as we say, to learn \
             how gardens help people sleep. We review them every year.",
        ),
        (
            "how-long/keep/recording",
            "We keep the recording until the transcript has been approved.",
        ),
        (
            "how-long/keep/recording@transcriber",
            "The transcriber may keep the recording until seven days after the transcript has been delivered. They \
             must confirm that it is gone. That is part of their written instructions.",
        ),
        (
            "how-long/keep/contact-for-visit",
            "We keep your contact details to plan your visit until you opt out. We look every six months at \
             whether we still need it.",
        ),
        (
            "how-long/erase-limit/words",
            "Once the analysis starts, we can no longer simply erase what you tell us. We take out what identifies \
             you instead. When the analysis ends, we delete what is left that could show who you are.",
        ),
        (
            "how-long/minimise/redact-words",
            "No later than 14 days after the analysis starts, we black out whatever identifies people in what you \
             tell us.",
        ),
        (
            "your-rights/right/object",
            "You can object to our use of your data, as far as we use it to learn how gardens help people sleep, \
             and to plan your visit. We answer within one month.",
        ),
        (
            "your-rights/right/portability",
            "We do not offer this: to take your data to somebody else. The reason: nothing here rests \
             on consent or on a contract.",
        ),
        (
            "your-rights/fee/none",
            "It costs you nothing. Only if a request to see what we hold about you is clearly unfounded or excessive \
             may we ask a fair fee, or say no. Our data protection officer decides on that.",
        ),
        (
            "changes/version/2",
            "Version 2, 5 October 2026: Added the diary. Everybody whose contact data we hold is told by email.",
        ),
    ];
    for (clause, expected) in cases {
        let id = format!("#5210/{clause}");
        let rule = notice.rules().find(|r| r.id.as_str() == id);
        let rule = rule.unwrap_or_else(|| panic!("no clause {id}"));
        assert_eq!(words::sentence(&notice, rule), expected, "{id}");
    }
}

#[test]
fn the_invented_notice_uses_every_verb() {
    let notice = gardens();
    let verbs: BTreeSet<String> = notice
        .rules()
        .map(|r| {
            format!("{:?}", r.says)
                .chars()
                .take_while(|c| c.is_alphanumeric())
                .collect()
        })
        .collect();
    assert_eq!(verbs.len(), 31, "{verbs:?}");
}

#[test]
fn a_sentence_is_whole_whatever_the_rule() {
    for notice in notices() {
        for rule in notice.rules() {
            let said = words::sentence(&notice, rule);
            assert!(said.ends_with('.'), "{}: {said}", rule.id);
            assert!(said.starts_with(char::is_uppercase), "{}: {said}", rule.id);
            for wrong in ["  ", "..", " .", " ,", "“”", "Some(", "None"] {
                assert!(!said.contains(wrong), "{}: `{wrong}` in {said}", rule.id);
            }
        }
    }
}

#[test]
fn each_rule_stands_in_one_part_and_under_one_anchor() {
    for notice in notices() {
        let made = sections(&notice);
        let shown: Vec<_> = made
            .iter()
            .flat_map(|s| &s.parts)
            .flat_map(|p| p.clauses.clone())
            .collect();
        let mut expected: Vec<_> = notice.rules().map(|r| r.id.clone()).collect();
        let mut sorted = shown.clone();
        sorted.sort();
        expected.sort();
        assert_eq!(sorted, expected, "{}", notice.name);
        let anchors: BTreeSet<_> = shown.iter().map(anchor).collect();
        assert_eq!(anchors.len(), shown.len(), "{}", notice.name);
        let slugs: BTreeSet<_> = made.iter().map(|s| &s.slug).collect();
        assert_eq!(slugs.len(), made.len(), "{}", notice.name);
    }
}

#[test]
fn words_and_rules_stand_together() {
    let notice = gardens();
    let made = sections(&notice);
    let what = made
        .iter()
        .find(|s| s.slug == "what")
        .expect("a section on what");
    assert_eq!(what.heading, "1. What we collect");
    let [thanks, held, heading, diary] = what.parts.as_slice() else {
        panic!("four parts: {:#?}", what.parts)
    };
    assert!(thanks.information_only && thanks.clauses.is_empty());
    // Two paragraphs before one block of rules are one part, and raw HTML is gone from them.
    assert!(held.html.contains("<p>We keep your name") && held.html.contains("<em>interview</em>"));
    assert!(held.html.contains("your health if you wish"));
    assert_eq!(held.clauses.len(), 6);
    assert_eq!(heading.html, "<h3>The diary</h3>\n");
    assert_eq!(diary.clauses.len(), 1);

    let opening = made.first().expect("an opening");
    assert!(opening.heading.is_empty() && opening.parts.iter().all(|p| p.generated));
    let changes = made.last().expect("a section on changes");
    let history = changes.parts.last().expect("a history");
    assert!(history.generated && history.html.matches("<li>").count() == 2);
    assert_eq!(changes.parts.first().map(|p| p.clauses.len()), Some(2));
}

#[test]
fn the_page_is_whole_and_needs_nothing_else() {
    for notice in notices() {
        let page = standalone::page(&notice);
        assert_eq!(
            page,
            standalone::page(&notice),
            "the same notice gives the same bytes"
        );
        assert!(page.starts_with("<!doctype html>\n<html lang=\"en-GB\">"));
        assert_eq!(page.matches("<h1").count(), 1);
        // The one script element is data, which no browser runs.
        assert_eq!(page.matches("<script").count(), 1);
        assert!(page.contains("<script type=\"application/ld+json\">"));
        for never in [
            "<img", "<link", "@import", "url(", "src=", "<iframe", "abide\n",
        ] {
            assert!(!page.contains(never), "{}: {never}", notice.name);
        }
        for tag in [
            "section", "div", "ul", "ol", "li", "p", "table", "h2", "h3", "a", "main", "nav",
        ] {
            let opened = page.matches(&format!("<{tag}>")).count()
                + page.matches(&format!("<{tag} ")).count();
            assert_eq!(
                opened,
                page.matches(&format!("</{tag}>")).count(),
                "{}: {tag}",
                notice.name
            );
        }
        let ids: Vec<&str> = page
            .split(" id=\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .collect();
        let unique: BTreeSet<_> = ids.iter().collect();
        assert_eq!(
            unique.len(),
            ids.len(),
            "{}: an id stands twice",
            notice.name
        );
        for target in page
            .split("href=\"#")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
        {
            assert!(
                ids.contains(&target),
                "{}: nothing at #{target}",
                notice.name
            );
        }
    }
}

#[test]
fn the_summary_answers_seven_questions_from_clauses_that_exist() {
    for notice in notices() {
        let answers = summary::summary(&notice);
        let slugs: Vec<_> = answers.iter().map(|a| a.slug).collect();
        assert_eq!(
            slugs,
            [
                "who", "what", "why", "who-sees", "how-long", "rights", "complain"
            ],
            "{}",
            notice.name
        );
        for point in answers.iter().flat_map(|a| &a.points) {
            assert!(!point.clauses.is_empty(), "{}", point.text);
            assert!(
                point.clauses.iter().all(|c| notice.rule(c).is_some()),
                "{}",
                point.text
            );
        }
    }
    let gardens = gardens();
    let all = summary::summary(&gardens);
    let seen = all
        .iter()
        .find(|a| a.slug == "who-sees")
        .expect("who sees it");
    assert_eq!(
        seen.points[0].text,
        "Spade & Fork CIC: your contact details and what you tell us."
    );
    assert_eq!(
        seen.points[2].text,
        "Any club we have reviewed: a summary, with nobody recognisable in it."
    );
    let rights = all.iter().find(|a| a.slug == "rights").expect("rights");
    assert_eq!(
        rights.points[0].text,
        "You can see what we hold about you, have your data corrected, have your data erased, have the use of your \
         data limited, object to our use of your data or come off our contact list."
    );
    assert_eq!(rights.points[1].text, "We answer within one month.");
}

#[test]
fn the_text_keeps_the_words_and_the_width() {
    for notice in notices() {
        let text = text::text(&notice);
        let long = |l: &&str| l.chars().count() > 72 && l.contains(' ');
        let headings: BTreeSet<_> = notice
            .sections
            .iter()
            .map(|s| s.heading.as_str())
            .chain([notice.title.as_str()])
            .collect();
        for line in text.lines().filter(long) {
            assert!(headings.contains(line), "{}: {line}", notice.name);
        }
        assert!(
            !text.contains("```") && !text.contains("<!--"),
            "{}",
            notice.name
        );
        for section in &notice.sections {
            assert!(text.contains(&section.heading));
        }
        let versions = notice
            .rules()
            .filter(|r| matches!(r.says, Sentence::Version(_)))
            .count();
        assert!(
            text.matches("\nVersion ").count() >= versions,
            "{}",
            notice.name
        );
    }
    let short = text::in_short(&gardens());
    assert!(
        short.contains("How long?\n---------\n\n- The transcriber may keep the recording until")
    );
}
