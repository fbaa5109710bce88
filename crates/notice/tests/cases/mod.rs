//! Small cases: a heading, words below it, and what must be heard.

use notice::reading::{Reading, read};

/// A heading, words below it, and what must be heard: parts are separated by `; `.
pub type Case = (&'static str, &'static str, &'static str);

/// What is heard in a part of a notice.
pub fn heard(heading: &str, body: &str) -> Reading {
    read(&format!(
        "# Privacy notice for Brook Study\n\n## {heading}\n\n{body}\n\n## Your rights\n\nYou can ask for your name, address and health to be corrected.\n"
    ))
}

/// Holds each case against what is heard.
pub fn hold(cases: &[Case], hear: impl Fn(&Reading) -> Vec<String>) {
    let mut wrong = Vec::new();
    for (heading, body, expected) in cases {
        let got = hear(&heard(heading, body)).join("; ");
        if got != *expected {
            wrong.push(format!(
                "{heading}: {body}\n  heard:  {got}\n  wanted: {expected}"
            ));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {}\n{}",
        wrong.len(),
        cases.len(),
        wrong.join("\n")
    );
}
