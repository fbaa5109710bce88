//! Two versions of a notice: what matters to people is told, what does not is not made a noise about.

#![expect(
    clippy::expect_used,
    clippy::disallowed_methods,
    reason = "helpers of tests, which read notices from files and stop where one is missing"
)]

use notice::Notice;
use notice::compare::Kind;
use publish::changes::{News, news};

const GARDENS: &str = include_str!("gardens.notice.md");

fn notice(text: &str) -> Notice {
    let parsed = notice::parse(text);
    assert!(parsed.faults.is_empty(), "{:#?}", parsed.faults);
    parsed.notice.expect("a notice")
}

/// The news of one edit of the sample.
fn edited(from: &str, to: &str) -> News {
    assert!(GARDENS.contains(from), "the sample has no `{from}`");
    news(&notice(GARDENS), &notice(&GARDENS.replacen(from, to, 1)))
}

#[test]
fn what_matters_is_told_to_the_people_concerned() {
    let cases: &[(&str, &str, Kind, &str)] = &[
        (
            "data contact   = name, email\n",
            "data contact   = name, email, phone\n",
            Kind::Changed,
            "more data",
        ),
        (
            "may-include health; volunteered-only",
            "may-include health",
            Kind::Changed,
            "only taken when offered",
        ),
        (
            "data role      = job-title\n",
            "data role      = job-title\ndata home = address\n",
            Kind::Added,
            "more data",
        ),
        (
            "purpose visit ",
            "purpose follow-up \"to write to you next year\" uses contact; basis legitimate-interests; interest \"x\"\npurpose visit ",
            Kind::Added,
            "new use",
        ),
        (
            "uses contact; basis legitimate-interests; interest \"reaching",
            "uses contact; basis consent; interest \"reaching",
            Kind::Changed,
            "another lawful basis",
        ),
        (
            "uses contact; basis",
            "uses contact, role; basis",
            Kind::Changed,
            "more data",
        ),
        ("; opt-out any-time", "", Kind::Changed, "opted out"),
        (
            "receive contact from club;",
            "receive contact from club, employer;",
            Kind::Changed,
            "another source",
        ),
        (
            "never marketing, sale, automated-decisions",
            "never marketing, automated-decisions",
            Kind::Changed,
            "never done",
        ),
        (
            "share contact, words with spade",
            "share contact, words, role with spade",
            Kind::Changed,
            "more data",
        ),
        (
            "share summary with any club",
            "share contact with any university as processor for learn\nshare summary with any club",
            Kind::Added,
            "new recipient",
        ),
        (
            "suppress-below 8\ntransfer",
            "suppress-below 5\ntransfer",
            Kind::Changed,
            "smaller groups",
        ),
        (
            "only adequate, UK-addendum",
            "only adequate, UK-addendum, BCR",
            Kind::Changed,
            "leave the country",
        ),
        (
            "approval dpo; only-to-extent\nrelease",
            "approval dpo\nrelease",
            Kind::Changed,
            "disclosed",
        ),
        (
            "project.end + 2 years",
            "project.end + 5 years",
            Kind::Changed,
            "kept longer",
        ),
        (
            "+ 7 days; confirm; instruct",
            "+ 14 days; confirm; instruct",
            Kind::Changed,
            "kept longer",
        ),
        (
            "until opt-out; review every 6 months",
            "until opt-out; review every 2 years",
            Kind::Changed,
            "less often",
        ),
        (
            "planned 2027-12-17",
            "planned 2028-12-17",
            Kind::Changed,
            "kept longer",
        ),
        (
            "protect access until project.end",
            "protect access until analysis.end",
            Kind::Changed,
            "looked after less",
        ),
        (
            "right access, rectify, erase, restrict; answer",
            "right access, rectify, restrict; answer",
            Kind::Changed,
            "right less",
        ),
        (
            "right object to learn, visit; answer within 1 month",
            "right object to learn; answer within 1 month",
            Kind::Changed,
            "reaches less",
        ),
        (
            "restrict; answer within 1 month",
            "restrict; answer within 3 months",
            Kind::Changed,
            "take longer",
        ),
        (
            "fee none; except unfounded, excessive for access",
            "fee none; except unfounded, excessive",
            Kind::Changed,
            "cost more",
        ),
        (
            "same-uses; notify affected",
            "notify affected",
            Kind::Changed,
            "pass to another",
        ),
        (
            "permission quote; ask every-time",
            "permission quote; ask once",
            Kind::Changed,
            "less often",
        ),
        (
            "survey diary anonymous;",
            "survey diary named;",
            Kind::Changed,
            "no longer anonymous",
        ),
    ];
    for (from, to, kind, why) in cases {
        let news = edited(from, to);
        let told: Vec<_> = news.changes.iter().filter(|t| t.material).collect();
        assert!(
            told.iter().any(|t| t.kind == *kind && t.why.contains(why)),
            "`{from}` to `{to}`: wanted `{why}` of {:#?}",
            news.changes
        );
        for t in told {
            assert!(t.tell.contains(&"gardeners".to_owned()), "{t:#?}");
            assert!(!t.what.is_empty());
        }
    }
}

#[test]
fn what_does_not_matter_is_said_quietly() {
    let cases: &[(&str, &str)] = &[
        ("data contact   = name, email\n", "data contact   = email\n"),
        ("project.end + 2 years", "project.end + 1 year"),
        ("project.end + 2 years", "project.end + 24 months"),
        ("review every 6 months", "review every 3 months"),
        ("only adequate, UK-addendum", "only adequate"),
        ("suppress-below 8\ntransfer", "suppress-below 10\ntransfer"),
        (
            "answer within 1 month\nright object",
            "answer within 14 days\nright object",
        ),
        ("\"to plan your visit\"", "\"to plan your visits\""),
        ("quoting \"#5210\"", "quoting \"#5210\", \"Gardens\""),
        (
            "share summary with any club for learn; after remove-identity, suppress-below 8\n",
            "",
        ),
        ("planned 2027-12-17", "planned 2027-11-17"),
        (
            "protect sealed",
            "protect sealed\nprotect assessment of project; before start",
        ),
        ("Thank you for digging in.", "Thank you for digging."),
    ];
    for (from, to) in cases {
        let news = edited(from, to);
        assert!(!news.changes.is_empty(), "`{from}` to `{to}` is not seen");
        for told in &news.changes {
            assert!(!told.material, "`{from}` to `{to}`: {told:#?}");
            assert!(told.tell.is_empty());
        }
    }
}

#[test]
fn nothing_new_is_no_news() {
    assert!(news(&notice(GARDENS), &notice(GARDENS)).changes.is_empty());
}

#[test]
fn a_clause_that_moves_or_gets_a_new_heading_is_the_same_promise() {
    let moved = GARDENS
        .replace(
            "## 4. How long we keep it",
            "## 4. Where it goes in the end",
        )
        .replace("protect sealed\n", "")
        .replace("never marketing", "protect sealed\nnever marketing");
    let news = news(&notice(GARDENS), &notice(&moved));
    assert!(
        news.changes.iter().all(|t| !t.material),
        "{:#?}",
        news.changes
    );
    assert!(
        news.changes.iter().all(|t| t.kind == Kind::Changed),
        "{:#?}",
        news.changes
    );
}

#[test]
fn a_vendor_hears_of_a_new_limit_too() {
    let news = edited(
        "+ 7 days; confirm; instruct",
        "+ 14 days; confirm; instruct",
    );
    let told = news.changes.first().expect("a change");
    assert_eq!(told.tell, ["gardeners", "volunteers", "the transcriber"]);
    assert_eq!(news.by.as_deref(), Some("email"));
}

#[test]
fn the_picture_says_in_words_what_it_shows() {
    let notice = notice(GARDENS);
    let svg = publish::picture::svg(&notice);
    assert!(svg.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\""));
    assert!(svg.contains("role=\"img\"") && svg.contains("aria-labelledby"));
    let words = publish::picture::words(&notice);
    for said in [
        "Where from: You, leads to: Contact; Role; Recording; Words.",
        "Who else: A transcriber",
        "Seven days after the transcript has been delivered, at the transcriber (recording)",
    ] {
        assert!(words.contains(said), "{words}");
    }
    // Every station stands in the description as well as in the drawing.
    for line in words.lines() {
        let label = line.split(": ").nth(1).unwrap_or_default();
        let label = label
            .split([',', '(', '.'])
            .next()
            .unwrap_or_default()
            .trim();
        assert!(svg.contains(&label.replace('&', "&amp;")), "{label}");
    }
}

#[test]
fn before_and_after_differ_where_the_notice_does() {
    let old = notice(GARDENS);
    let new = notice(&GARDENS.replacen(
        "data contact   = name, email\n",
        "data contact   = name, email, phone\n",
        1,
    ));
    let (before, after) = publish::picture::before_and_after(&old, &new);
    assert_eq!(before.matches(">changes<").count(), 1);
    assert_eq!(after.matches(">changes<").count(), 1);
    let new = notice(&GARDENS.replacen(
        "keep contact for visit until opt-out; review every 6 months\n",
        "",
        1,
    ));
    let (before, after) = publish::picture::before_and_after(&old, &new);
    assert!(before.contains("class=\"box ends\"") && before.contains(">ends<"));
    assert!(!after.contains(">ends<"));
}

/// Every text below a folder of the repository that may hold a notice.
fn texts(folder: &str) -> Vec<(String, String)> {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut found = Vec::new();
    let mut open = vec![root.join(folder)];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            let name = path.to_string_lossy().into_owned();
            if path.is_dir() {
                open.push(path);
            } else if (name.ends_with(".md") || name.ends_with(".txt"))
                && let Ok(text) = std::fs::read_to_string(&path)
            {
                found.push((name, text));
            }
        }
    }
    found.sort();
    found
}

#[test]
fn a_notice_is_no_other_than_itself() {
    let mut seen = 0;
    let mut look = |name: &str, text: &str| {
        if let Some(notice) = notice::parse(text).notice {
            let news = news(&notice, &notice);
            assert_eq!(news.changes, [], "{name}");
            seen += 1;
        }
    };
    look("gardens", GARDENS);
    for (name, text) in texts("notices") {
        look(&name, &text);
    }
    for (name, text) in texts("tests/corpus") {
        for draft in notice::import::draft(&text) {
            look(&name, &draft.notice);
        }
    }
    assert!(seen > 3, "{seen}");
}

#[test]
fn what_stands_before_the_first_heading_is_called_the_introduction() {
    let news = edited(
        "Gardens and Sleep\n",
        "Gardens and Sleep\n\nGood morning.\n",
    );
    let told: Vec<&str> = news.changes.iter().map(|t| t.what.as_str()).collect();
    assert_eq!(
        told,
        ["The words of the introduction are others; its rules are the same."]
    );
    let news = edited("We keep your name", "We hold your name");
    let places: Vec<&str> = news.changes.iter().map(|t| t.place.as_str()).collect();
    assert_eq!(places, ["“1. What we collect”"]);
}
