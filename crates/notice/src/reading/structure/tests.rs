//! Shapes of every kind, and what is heard in them.

use super::*;

fn headings_of(text: &str) -> Vec<String> {
    read(text)
        .0
        .into_iter()
        .skip(1)
        .map(|p| p.heading)
        .collect()
}

#[test]
fn headings_in_every_dress() {
    let long =
        "We keep what you tell us in a safe place and look after it well, every day of the year.";
    let cases: [(String, &[&str]); 23] = [
        ("# T\n\n## Why\n\ntext.\n".to_owned(), &["Why"]),
        (
            "A Privacy Notice\n\n1. Why\n\nBecause.\n\n2. Who\n\n1. Partners\n2. Hosts.\n\n3. End\n".to_owned(),
            &["1. Why", "2. Who", "3. End"],
        ),
        (
            "Privacy notice\n\nWho we are\n\nWe are a charity.\n\nWhy we do this\nBecause it is useful to the people who use our services and the public.\n".to_owned(),
            &["Who we are", "Why we do this"],
        ),
        ("T\n\n**Why we ask**\n\nBecause.\n\n**Your rights:**\n\n- to ask\n".to_owned(), &["Why we ask", "Your rights"]),
        (
            "Notice\n\n1. Contact\n\nInformation Office\nWater Lane\n\n2. End\n\n3. More\n".to_owned(),
            &["1. Contact", "2. End", "3. More"],
        ),
        (format!("Privacy notice\n1 About us\n{long}\n2 Your data\nName\nAge\nTown\n3 Rights\n{long}\n"), &["1 About us", "2 Your data", "3 Rights"]),
        (format!("Notice\n\nSection A: Controller\n\n{long}\n\nSection B: Rights\n\n{long}\n"), &["Section A: Controller", "Section B: Rights"]),
        (format!("Notice\n\nA. Who we are\n{long}\n\nB. Your rights\n{long}\n"), &["A. Who we are", "B. Your rights"]),
        (format!("Notice\n\nI. Who we are\n{long}\n\nII. Your rights\n{long}\n\nIII. End\n{long}\n"), &["I. Who we are", "II. Your rights", "III. End"]),
        (format!("PRIVACY NOTICE\n\nWHO WE ARE\n\n{long}\n\nWHAT DO WE WANT TO KNOW?\n{long}\n"), &["WHO WE ARE", "WHAT DO WE WANT TO KNOW?"]),
        (format!("Notice\n======\n\nWho we are\n----------\n\n{long}\n\nRights\n------\n\n{long}\n"), &["Who we are", "Rights"]),
        // No empty lines at all.
        (format!("Privacy notice\nWho we are\n{long}\nWhat we collect\n- name\n- age\nHow long do you keep it?\n{long}\nYour rights\n{long}\n"), &["Who we are", "What we collect", "How long do you keep it?", "Your rights"]),
        // A heading over two lines; a numbered paragraph is none.
        (format!("Notice\n\n1. What we collect and how we\nuse it\n\n{long}\n\n2. Your rights\n\n2.1 You can ask us for a copy of what we\nhold about you at any time.\n\n2.2 {long}\n"), &["1. What we collect and how we\nuse it", "2. Your rights"]),
        // Contents are no headings.
        (format!("Notice\n\nContents\n1. Who we are\n2. Your rights\n3. Contact\n\n1. Who we are\n\n{long}\n\n2. Your rights\n\n{long}\n\n3. Contact\n\n{long}\n"), &["1. Who we are", "2. Your rights", "3. Contact"]),
        // Running lines of pages are none.
        (format!("Hill Trust\n\nWho we are\n\n{long}\n\nPage 1 of 2\nHill Trust notice\n\nYour rights\n\n{long}\n\nPage 2 of 2\nHill Trust notice\n\n{long}\n"), &["Who we are", "Your rights"]),
        // Headings within sentences.
        (format!("Notice\n\nWhat is asked. {long}\n\nSharing. {long}\n\nRights. {long}\n"), &["What is asked", "Sharing", "Rights"]),
        (format!("Notice\n\n**How long?** {long}\n\n**Your rights.** {long}\n\n**Sharing:** {long}\n"), &["How long?", "Your rights", "Sharing"]),
        // The lines of a list behind a colon are none.
        (format!("Notice\n\nWho we are\n\nWe collect:\n\nYour name\n\nContact details\n\nYour rights\n\n{long}\n\nWho sees it\n\n{long}\n"), &["Who we are", "Your rights", "Who sees it"]),
        (format!("Title\n\n1. Who we are:\n{long}\n2. Your rights.\n{long}\n"), &["1. Who we are", "2. Your rights."]),
        (format!("Title\n\n## 1. Who\n\n{long}\n\n## 2. List\n\n1. One\n\n2. Two\n\n## 3. End\n\n{long}\n"), &["1. Who", "2. List", "3. End"]),
        (format!("Notice\n\nPart 1: Who we are\n{long}\n\nPart 2: Rights\n{long}\n"), &["Part 1: Who we are", "Part 2: Rights"]),
        (format!("Notice\n\n1) Who we are\n{long}\n\n2) Rights\n{long}\n"), &["1) Who we are", "2) Rights"]),
        (format!("Notice\n\nWho sees what you tell us?\n{long}\n\nKeeping and binning your data\n{long}\n"), &["Who sees what you tell us?", "Keeping and binning your data"]),
    ];
    for (text, expected) in cases {
        assert_eq!(headings_of(&text), expected, "{text}");
    }
}

#[test]
fn titles_take_the_lines_that_name_the_notice() {
    let cases = [
        (
            "Hill Homes\nPrivacy Notice for the Damp study: Tenants\n\n1. Who\n",
            "Hill Homes\nPrivacy Notice for the Damp study: Tenants",
        ),
        (
            "   HILL HOMES\n  Board: privacy notice\n\nWHO WE ARE\n\nWe.\n",
            "HILL HOMES\n  Board: privacy notice",
        ),
        (
            "HILL POLICE\n\nStress Survey 2026\nPrivacy information for staff\n\nSection A: Us\n",
            "HILL POLICE\n\nStress Survey 2026\nPrivacy information for staff",
        ),
        (
            "PRIVACY NOTICE - \"Voices\" interviews\n\nFor foster carers\n\nIntroduction\n\nWe.\n",
            "PRIVACY NOTICE - \"Voices\" interviews\n\nFor foster carers",
        ),
        ("# A notice\n\nPrivacy notice\n", "A notice"),
        (
            "Privacy notice\n\nWho we are\n\nWe are.\n\nYour rights\n\nYou.\n",
            "Privacy notice",
        ),
    ];
    for (text, title) in cases {
        let (_, blocks) = read(text);
        let told = blocks
            .iter()
            .find(|b| b.kind == Kind::Title)
            .map(|b| words::at(text, b.span));
        assert_eq!(told, Some(title), "{text}");
    }
}

#[test]
fn items_and_rows_are_told_apart() {
    let (_, blocks) =
        read("T\n\n- one\n two\n• three\n(a) four\n1.\tfive\nPurpose\tBasis\n| a | b |\nplain\n");
    let kinds: Vec<Kind> = blocks.iter().map(|b| b.kind).collect();
    use Kind::*;
    assert_eq!(kinds, [Title, Item, Item, Item, Item, Row, Row, Paragraph]);
}

#[test]
fn lists_of_every_kind_have_their_items() {
    let cases: [(&str, &[&str]); 8] = [
        (
            "T\n\nWe hold:\nyour name;\nyour age; and\nyour town.\n\nWe thank you.\n",
            &["your name;", "your age; and", "your town."],
        ),
        (
            "T\n\nWe hold:\n\nYour name\n\nYour age\n\nWe thank you for all of this, dear reader.\n",
            &["Your name", "Your age"],
        ),
        (
            "T\n\nWe hold:\n•\nYour name\n•\nYour age\nand town\n",
            &["Your name", "Your age\nand town"],
        ),
        (
            "T\n\nWe hold the following:\nName\nAge\nTown\n\nThat is all that we hold about any of you.\n",
            &["Name", "Age", "Town"],
        ),
        (
            "T\n\n1. What we hold\nName\nAge\nTown\n\n2. Rights\n\nAsk.\n",
            &["Name", "Age", "Town"],
        ),
        (
            "T\n\n- one\n\t- two\n   \u{f0b7} three\n      goes on\n(iv) four\n",
            &["one", "two", "three\n      goes on", "four"],
        ),
        // A paragraph that wraps behind a colon is no list.
        (
            "T\n\nWe share what you tell us with these:\nthe council of the town, the university and its staff,\nand nobody else in the world.\n",
            &[],
        ),
        (
            "T\n\n- one thing that goes\n\nPage 2 of 3\n\nover the page\n- two\n",
            &["one thing that goes\n\nPage 2 of 3\n\nover the page", "two"],
        ),
    ];
    for (text, expected) in cases {
        let (_, blocks) = read(text);
        let items: Vec<&str> = blocks
            .iter()
            .filter(|b| b.kind == Kind::Item)
            .map(|b| words::at(text, b.span))
            .collect();
        assert_eq!(items, expected, "{text}");
    }
}

#[test]
fn sentences_run_over_pages_and_rows() {
    let said = |text: &str| -> Vec<String> {
        let (parts, blocks) = read(text);
        sentences(text, &parts, &blocks)
            .iter()
            .map(|s| {
                s.words
                    .iter()
                    .map(|w| w.text.as_str())
                    .collect::<Vec<_>>()
                    .join(" ")
            })
            .collect()
    };
    let cases: [(&str, &[&str]); 4] = [
        (
            "Notice\n\nWe keep your name for two\n\nHill Trust   Page 3 of 6\n\nyears after the end. Then not.\n",
            &[
                "notice",
                "we keep your name for two years after the end",
                "then not",
            ],
        ),
        (
            "Notice\n\nPurpose\tBasis\nTo meet you in a\t\n\nhall.\tConsent\n",
            &[
                "notice",
                "purpose",
                "basis",
                "to meet you in a hall",
                "consent",
            ],
        ),
        (
            "Notice\n\nWe read the names of all of you from\n\nthe list. It is long.\n",
            &[
                "notice",
                "we read the names of all of you from the list",
                "it is long",
            ],
        ),
        (
            "Notice\n\nController\tHill Trust\nDPO\tdpo@hill.example\nKept for\tTwo years\n",
            &[
                "notice",
                "controller hill trust",
                "dpo dpo hill example",
                "kept for two years",
            ],
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(said(text), expected, "{text}");
    }
}

#[test]
fn silent_headings_and_none_at_all_are_told_by_what_follows() {
    use Topic::*;
    let cases: [(&str, &[Topic]); 3] = [
        (
            "Notice\n\nHello. We are the Hill Trust.\n\nWe collect your name and your age.\n\nWe share it with the council.\n\nWe keep it for two years.\n",
            &[About, Data, Sharing, Retention],
        ),
        (
            "# Notice\n\n## The boring bit\n\nWe keep your answers for three years after the study.\n\n## Small print\n\nYou have the right to ask for a copy.\n",
            &[About, Retention, Rights],
        ),
        ("# Notice\n\n## The cat\n\nIt sleeps.\n", &[About, Other]),
    ];
    for (text, expected) in cases {
        let (parts, _) = read(text);
        let told: Vec<Topic> = parts.iter().map(|p| p.topic).collect();
        assert_eq!(told, expected, "{text}");
    }
}
