//! The ends of a notice: purposes behind labels, who gets data, events that time is counted from, rights in a word.

mod cases;

use cases::{Case, hold};

#[test]
fn purposes_behind_labels_and_in_letters_keep_their_basis() {
    let cases: &[Case] = &[
        (
            "Moor Trust",
            "Why. To lend you a boat: contract. To count the boats: legitimate interests, namely planning.",
            "To lend you a boat -> contract; To count the boats -> legitimate-interests",
        ),
        (
            "Moor Trust",
            "Why. Lending boats - contract; counting boats - public task.",
            "Lending boats -> contract; counting boats -> public-task",
        ),
        (
            "Moor Trust",
            "Filing the forms and drawing the chart both rest on our legitimate interests, since we must plan.",
            "Filing the forms and drawing the chart -> legitimate-interests",
        ),
        (
            "Why we use your information",
            "| Purpose | Lawful basis |\n|---|---|\n| To lend boats | Contract |\n| To mend boats | as for 1 |",
            "To lend boats -> contract; To mend boats -> contract",
        ),
        ("Moor Trust", "The boats lie in the harbour all winter.", ""),
    ];
    hold(cases, |r| {
        r.purposes
            .iter()
            .map(|p| {
                let bases: Vec<&str> = p.grounds.iter().map(|g| g.basis.word()).collect();
                format!("{} -> {}", p.words, bases.join("+"))
            })
            .collect()
    });
}

#[test]
fn who_gets_data_is_heard_in_fragments_and_in_law() {
    const WHO: &str = "Who gets it";
    let cases: &[Case] = &[
        (
            WHO,
            "University of Brook. Work and Skills Panel (totals).",
            "University of Brook; Work and Skills Panel",
        ),
        (
            WHO,
            "The headteachers are given a summary of the answers.",
            "headteachers",
        ),
        (
            WHO,
            "Disclosure is made to the Fen Institute, by which it is read; and to such other parties as we think fit.",
            "Fen Institute; such other parties",
        ),
        (
            WHO,
            "What you said goes to Otter Press, who print it.",
            "Otter Press",
        ),
        ("Where", "Lessons take place on ChalkRoom.", "ChalkRoom"),
        (WHO, "The map firm gets none of it.", ""),
        (
            "How long",
            "Names are kept until the map is out on 1 May 2027.",
            "",
        ),
    ];
    hold(cases, |r| {
        r.receivers.iter().map(|x| x.what.who.clone()).collect()
    });
}

#[test]
fn time_is_counted_from_whatever_event_is_named() {
    const LONG: &str = "How long we keep it";
    let cases: &[Case] = &[
        (
            LONG,
            "Lists are destroyed within a fortnight of the last mailing.",
            "Lists | last_mailing",
        ),
        (
            LONG,
            "Loan files are kept for six (6) years after you close your account.",
            "Loan files | account_closure",
        ),
        (
            LONG,
            "| Record | Kept until |\n|---|---|\n| Bed list | at discharge |",
            "Bed list | discharge",
        ),
        (
            LONG,
            "We keep your number for a month after the last class, which is in May, and marks for five years.",
            "number | last_class; marks | -",
        ),
        (
            LONG,
            "Letters are opened, copied and shredded after ten days.",
            "Letters | -",
        ),
        (
            LONG,
            "Names are removed from the answers once they have been checked.",
            "",
        ),
        (
            "Moor Trust",
            "Kept. Boat logs until 3 March 2029.",
            "Boat logs | date:2029-03-03",
        ),
    ];
    hold(cases, |r| {
        r.retentions
            .iter()
            .map(|x| {
                let anchor = x.what.anchor_word().unwrap_or_else(|| "-".to_owned());
                format!("{} | {anchor}", x.what.what)
            })
            .collect()
    });
}

#[test]
fn rights_are_heard_in_a_word_by_article_and_in_law() {
    let cases: &[(&str, &str, &[&str])] = &[
        (
            "What you can ask for",
            "A copy. Deletion. A pause.",
            &["access", "erase", "restrict"],
        ),
        (
            "Your position",
            "You have the rights in Articles 15 to 18.",
            &["access", "rectify", "erase", "restrict"],
        ),
        (
            "Miscellany",
            "Members may seek access to or erasure of their data and may object thereto.",
            &["access", "erase", "object"],
        ),
        ("How long", "We delete the tapes after a year.", &[]),
    ];
    for (heading, body, wanted) in cases {
        let text = format!("# Privacy notice\n\n## {heading}\n\n{body}\n");
        let heard = notice::reading::read(&text);
        let mut got: Vec<&str> = heard.rights.iter().map(|r| r.what.word()).collect();
        got.sort_unstable();
        got.dedup();
        let mut wanted = wanted.to_vec();
        wanted.sort_unstable();
        assert_eq!(got, wanted, "{heading}: {body}");
    }
}
