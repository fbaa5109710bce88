//! What comes in, and what is done with it: each refusal names its clause, and nothing is left half done.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at what it did not expect"
)]

mod collecting;
#[path = "../common/mod.rs"]
mod common;

use common::{KINSHIP, PEOPLE, STAKEHOLDERS, at, desk, lead, sign_up};
use desk::collect::{Answers, correspondence, interview};
use desk::uses::{analysis, consent, contact, directory, quote, summary};
use desk::{Desk, Outcome, Refused, Role, Stop, Visit, data};

fn answers(of: &[(&str, &str)]) -> Answers {
    of.iter()
        .map(|(item, text)| ((*item).to_owned(), (*text).to_owned()))
        .collect()
}

fn researcher(day: &str) -> Visit {
    Visit::staff(at(day), "stf_res", Role::Researcher)
}

fn refused<T>(outcome: Outcome<T>) -> Refused {
    match outcome {
        Err(Stop::Refused(refused)) => refused,
        Err(fault) => panic!("{fault}"),
        Ok(_) => panic!("this should have been refused"),
    }
}

fn items(desk: &Desk, holding: &str) -> Vec<String> {
    data::held(desk, holding)
        .unwrap()
        .into_iter()
        .map(|h| h.item)
        .collect()
}

fn reach(
    desk: &Desk,
    day: &str,
    notice: &str,
    purpose: &str,
    who: &str,
    why: Option<&str>,
) -> contact::Reached {
    contact::reach(desk, &lead(day), notice, purpose, &[who.to_owned()], why).unwrap()
}

#[test]
fn a_quote_needs_a_yes_and_a_name_another() {
    let desk = desk();
    let ada = sign_up(
        &desk,
        "2026-10-01",
        STAKEHOLDERS,
        &[("name", "Ada Okafor"), ("email", "ada@example.org")],
    );
    correspondence::log(
        &desk,
        &lead("2026-10-01"),
        &ada,
        &answers(&[("quotation", "Nobody ever rang back after that.")]),
    )
    .unwrap();
    let publish = |id: &str, name| quote::publish(&desk, &lead("2026-10-04"), &ada, id, name);
    assert!(refused(publish("Q1", false)).why.contains("permission"));
    let own = Visit::person(at("2026-10-03"), &ada);
    refused(consent::permission(&desk, &own, &ada, "quote", None, true));
    let words = Some("Ada Okafor on her mother");
    let no = refused(consent::permission(&desk, &own, &ada, "quote", words, true));
    assert!(no.why.contains("by its id"), "{}", no.why);
    consent::permission(&desk, &own, &ada, "quote", Some("Q1"), true).unwrap();
    assert_eq!(publish("Q1", false).unwrap().name, None);
    assert!(refused(publish("Q1", true)).why.contains("permission"));
    assert!(refused(publish("Q2", false)).why.contains("permission"));
    let text = "A social worker said: \"Nobody ever rang back after that.\" [quote:Q1]";
    let out =
        |text: &str, read| summary::report(&desk, &lead("2026-10-04"), STAKEHOLDERS, text, read);
    assert!(refused(out(text, false)).why.contains("no count below 10"));
    out(text, true).unwrap();
    refused(out("Ada Okafor told us a lot.", true));
    let few = refused(out("Of 30 people, 3 in one town had moved.", true));
    assert!(format!("{few:?}").contains("a number below 10"), "{few:?}");
    consent::permission(&desk, &own, &ada, "attribution", Some("Q1"), true).unwrap();
    assert_eq!(
        publish("Q1", true).unwrap().name.as_deref(),
        Some("Ada Okafor")
    );
    consent::permission(&desk, &own, &ada, "quote", Some("Q1"), false).unwrap();
    refused(publish("Q1", false));
}

#[test]
fn the_contact_list_holds_what_its_purpose_uses_and_goes_with_the_opt_out() {
    let desk = desk();
    let of = [
        ("name", "Eli Marsh"),
        ("email", "eli@example.org"),
        ("job-title", "Social worker"),
    ];
    let eli = sign_up(&desk, "2026-10-01", KINSHIP, &of);
    refused(directory::add(
        &desk,
        &lead("2026-10-02"),
        &eli,
        "knows special guardianship",
    ));
    data::mark(&desk, &lead("2026-10-01"), &eli, "stakeholder").unwrap();
    let entry = directory::add(
        &desk,
        &lead("2026-10-02"),
        &eli,
        "knows special guardianship",
    )
    .unwrap();
    assert_eq!(items(&desk, &entry), ["email", "job-title", "name"]);
    assert_eq!(
        directory::entry(&desk, &eli).unwrap().as_deref(),
        Some(entry.as_str())
    );
    assert!(
        reach(&desk, "2026-10-02", KINSHIP, "recontact", &entry, None).left_out[0]
            .1
            .why
            .contains("reason")
    );
    assert_eq!(
        reach(
            &desk,
            "2026-10-02",
            KINSHIP,
            "recontact",
            &entry,
            Some("led a team")
        )
        .reached
        .len(),
        1
    );
    contact::opt_out(
        &desk,
        &Visit::person(at("2026-10-03"), &eli),
        &eli,
        Some("recontact"),
    )
    .unwrap();
    assert_eq!(
        reach(
            &desk,
            "2026-10-04",
            KINSHIP,
            "recontact",
            &entry,
            Some("led a team")
        )
        .reached
        .len(),
        0
    );
    let cara = sign_up(
        &desk,
        "2026-10-01",
        PEOPLE,
        &[("name", "Cara Finch"), ("email", "cara@example.org")],
    );
    assert!(
        refused(directory::add(
            &desk,
            &lead("2026-10-02"),
            &cara,
            "knows care"
        ))
        .why
        .contains("directory")
    );
}

#[test]
fn used_words_are_nobodys_and_rare_titles_plainer() {
    let desk = desk();
    let of = [
        ("name", "Eli Marsh"),
        ("job-title", "Kinship Transformation Lead"),
        ("council-borough", "Northshire"),
    ];
    let eli = sign_up(&desk, "2026-10-01", KINSHIP, &of);
    interview::transcribe(
        &desk,
        &researcher("2026-10-02"),
        &eli,
        "I am Eli Marsh and I was tired.",
    )
    .unwrap();
    let nobody = analysis::used(&desk, &researcher("2026-10-03"), &eli).unwrap();
    assert_eq!(items(&desk, &nobody), ["interview-answers"]);
    assert!(!items(&desk, &eli).contains(&"interview-answers".to_owned()));
    assert_eq!(
        analysis::titles(&desk, &researcher("2026-10-03"), KINSHIP).unwrap(),
        std::slice::from_ref(&eli)
    );
    let title = data::read(
        &desk,
        &researcher("2026-10-03"),
        &eli,
        "job-title",
        Some("understand"),
    )
    .unwrap()
    .text;
    assert!(!title.contains("Transformation"), "{title}");
    let no = refused(summary::label(
        &desk,
        &lead("2026-10-03"),
        KINSHIP,
        &["job-title"],
        "anonymous",
    ));
    assert!(no.why.contains("de-identified"), "{}", no.why);
}

#[test]
fn a_council_learns_numbers_and_small_ones_not() {
    let desk = desk();
    for n in 0..12 {
        let email = format!("p{n}@example.org");
        sign_up(
            &desk,
            "2026-10-01",
            STAKEHOLDERS,
            &[
                ("name", "Pat Doe"),
                ("email", &email),
                ("council", "Northshire"),
            ],
        );
    }
    sign_up(
        &desk,
        "2026-10-01",
        STAKEHOLDERS,
        &[("name", "Quin Roe"), ("council", "Westmere")],
    );
    let text = summary::build(&desk, &lead("2026-10-03"), STAKEHOLDERS, "council")
        .unwrap()
        .into_inner();
    assert!(
        !text.contains("Westmere") && !text.contains("| 1 |") && !text.contains("13"),
        "{text}"
    );
    assert!(
        refused(summary::build(
            &desk,
            &lead("2026-10-03"),
            KINSHIP,
            "council"
        ))
        .why
        .contains("council")
    );
    assert!(desk.vault().unfinished().unwrap().is_empty());
}
