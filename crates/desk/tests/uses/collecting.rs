//! Data come in as the notice says, and no other way.

use super::common::{KINSHIP, PEOPLE, STAKEHOLDERS, at, desk, lead, sign_up};
use super::{answers, items, reach, refused, researcher};
use desk::collect::survey::{Link, Question};
use desk::collect::{import, interview, referral, survey};
use desk::uses::{analysis, consent, contact};
use desk::{Visit, data};

#[test]
fn a_spreadsheet_loses_the_columns_the_notice_does_not_list() {
    let desk = desk();
    let csv = "Full name,E-mail address,Phone,Date of birth,Place of work\n\
        Ada Okafor,ada@example.org,07700 900123,1980-01-01,Northshire\n\
        Ben Achebe,ben@example.org,,,\n";
    let done = import::import(&desk, &lead("2026-10-02"), STAKEHOLDERS, "council", csv).unwrap();
    assert_eq!(done.people.len(), 2);
    let columns: Vec<&str> = done
        .refused_columns
        .iter()
        .map(|(c, _)| c.as_str())
        .collect();
    assert_eq!(columns, ["Phone", "Date of birth"]);
    assert_eq!(items(&desk, &done.people[0]), ["email", "employer", "name"]);
    let person = &data::people(&desk, STAKEHOLDERS).unwrap()[0];
    assert_eq!(person.told_due, Some("2026-11-02".parse().unwrap()));
    // Once more: nobody is held twice.
    let again = import::import(&desk, &lead("2026-10-03"), STAKEHOLDERS, "council", csv).unwrap();
    assert_eq!((again.people.len(), again.known), (0, 2));
    // A source the notice does not list brings nothing, and a list without headings is not repeated.
    let no = refused(import::import(
        &desk,
        &lead("2026-10-03"),
        KINSHIP,
        "council",
        "name,email\nA B,a@example.org\n",
    ));
    assert!(
        no.why.contains("from the person only") || no.why.contains("council"),
        "{}",
        no.why
    );
    let no = refused(import::import(
        &desk,
        &lead("2026-10-03"),
        STAKEHOLDERS,
        "council",
        "Ada Okafor,x@example.org\nBen,b@example.org\n",
    ));
    assert!(!no.why.contains("Ada"), "{}", no.why);
}

#[test]
fn an_opt_out_holds_at_once_and_through_an_import() {
    let desk = desk();
    let ada = sign_up(
        &desk,
        "2026-10-01",
        STAKEHOLDERS,
        &[("name", "Ada Okafor"), ("email", "ada@example.org")],
    );
    assert_eq!(
        reach(&desk, "2026-10-02", STAKEHOLDERS, "recontact", &ada, None).reached[0].address,
        "ada@example.org"
    );
    let token = contact::opt_out_link(&desk, &lead("2026-10-02"), &ada).unwrap();
    assert_eq!(
        contact::use_link(&desk, at("2026-10-02"), &token).unwrap(),
        ada
    );
    let no = &reach(&desk, "2026-10-02", STAKEHOLDERS, "recontact", &ada, None).left_out[0].1;
    assert!(no.why.contains("opted out"), "{}", no.why);
    let done = import::import(
        &desk,
        &lead("2026-10-09"),
        STAKEHOLDERS,
        "employer",
        "name,email\nAda Okafor,ADA@example.org\n",
    )
    .unwrap();
    assert_eq!((done.people.len(), done.suppressed), (0, 1));
    refused(contact::opt_in(
        &desk,
        &lead("2026-10-10"),
        &ada,
        Some("recontact"),
    ));
    contact::opt_in(
        &desk,
        &Visit::person(at("2026-10-10"), &ada),
        &ada,
        Some("recontact"),
    )
    .unwrap();
    assert_eq!(
        reach(&desk, "2026-10-10", STAKEHOLDERS, "recontact", &ada, None)
            .reached
            .len(),
        1
    );
}

#[test]
fn the_first_letter_to_somebody_referred_carries_the_notice() {
    let desk = desk();
    let of = answers(&[("name", "Ben Achebe"), ("email", "ben@example.org")]);
    let ben = referral::refer(
        &desk,
        &lead("2026-10-01"),
        STAKEHOLDERS,
        "employer",
        "employer",
        &of,
    )
    .unwrap();
    data::mark(&desk, &lead("2026-10-01"), &ben, "stakeholder").unwrap();
    assert!(
        reach(&desk, "2026-10-02", STAKEHOLDERS, "communicate", &ben, None).reached[0].with_notice
    );
    assert!(
        !reach(&desk, "2026-10-03", STAKEHOLDERS, "communicate", &ben, None).reached[0].with_notice
    );
    assert_eq!(data::people(&desk, STAKEHOLDERS).unwrap()[0].told_due, None);
}

#[test]
fn a_survey_may_offer_what_it_may_not_demand_and_waits_for_a_yes() {
    let desk = desk();
    let ask = |required| {
        [Question {
            item: "survey-freetext".to_owned(),
            required,
        }]
    };
    let name = "stakeholder-survey";
    let no = refused(survey::publish(
        &desk,
        &lead("2026-10-01"),
        STAKEHOLDERS,
        name,
        &ask(true),
    ));
    assert!(no.why.contains("volunteer"), "{}", no.why);
    survey::publish(&desk, &lead("2026-10-01"), STAKEHOLDERS, name, &ask(false)).unwrap();
    let ada = sign_up(&desk, "2026-10-01", STAKEHOLDERS, &[("name", "Ada Okafor")]);
    let visit = Visit::person(at("2026-10-02"), &ada);
    let given = answers(&[("survey-freetext", "It helped me, says Ada Okafor.")]);
    let no = refused(survey::answer(
        &desk,
        &visit,
        STAKEHOLDERS,
        name,
        Some(&ada),
        &given,
    ));
    assert!(no.why.contains("agreed"), "{}", no.why);
    consent::give(&desk, &visit, &ada, "form").unwrap();
    survey::answer(&desk, &visit, STAKEHOLDERS, name, Some(&ada), &given).unwrap();
    assert!(matches!(
        survey::link(&desk, &lead("2026-10-02"), STAKEHOLDERS, name, Some(&ada)).unwrap(),
        Link::Own(_)
    ));
    // The words lose the name; the clause that says so is kept by it.
    assert_eq!(
        analysis::redact(&desk, &researcher("2026-10-03"), &ada, "survey-freetext").unwrap(),
        1
    );
    let read = data::read(
        &desk,
        &researcher("2026-10-03"),
        &ada,
        "survey-freetext",
        Some("understand"),
    )
    .unwrap();
    assert_eq!(read.text, "It helped me, says [name 1].");
    consent::withdraw(&desk, &visit, &ada, "email").unwrap();
    refused(survey::answer(
        &desk,
        &visit,
        STAKEHOLDERS,
        name,
        Some(&ada),
        &given,
    ));
}

#[test]
fn an_anonymous_survey_leads_back_to_nobody() {
    let desk = desk();
    let eli = sign_up(
        &desk,
        "2026-10-01",
        KINSHIP,
        &[("name", "Eli Marsh"), ("email", "eli@example.org")],
    );
    let no = refused(survey::link(
        &desk,
        &lead("2026-10-02"),
        KINSHIP,
        "views",
        Some(&eli),
    ));
    assert!(no.why.contains("anonymous"), "{}", no.why);
    let ask = |item: &str| {
        survey::publish(
            &desk,
            &lead("2026-10-02"),
            KINSHIP,
            "views",
            &[Question {
                item: item.to_owned(),
                required: true,
            }],
        )
    };
    let no = refused(survey::link(
        &desk,
        &lead("2026-10-02"),
        KINSHIP,
        "views",
        None,
    ));
    assert!(no.why.contains("not open"), "{}", no.why);
    ask("views").unwrap();
    assert!(matches!(
        survey::link(&desk, &lead("2026-10-02"), KINSHIP, "views", None).unwrap(),
        Link::Shared(_)
    ));
    refused(ask("work-email"));
    refused(ask("ethnicity"));
    let given = answers(&[("anything", "Ring me on 07700 900123")]);
    refused(survey::answer(
        &desk,
        &Visit::person(at("2026-10-03"), &eli),
        KINSHIP,
        "views",
        Some(&eli),
        &given,
    ));
    survey::answer(
        &desk,
        &Visit::person(at("2026-10-03"), &eli),
        KINSHIP,
        "views",
        None,
        &given,
    )
    .unwrap();
    assert_eq!(survey::answers(&desk, KINSHIP, "views").unwrap(), 1);
}

#[test]
fn talks_take_place_as_the_notice_says() {
    let desk = desk();
    let cara = sign_up(
        &desk,
        "2026-10-01",
        PEOPLE,
        &[("name", "Cara Finch"), ("email", "cara@example.org")],
    );
    let talk = |way: &str| interview::hold(&desk, &researcher("2026-10-05"), &cara, way);
    assert!(refused(talk("online")).why.contains("agreed"));
    let sound = b"sound".as_slice();
    assert!(
        refused(interview::record(
            &desk,
            &researcher("2026-10-05"),
            &cara,
            &mut &*sound,
            "audio/mpeg"
        ))
        .why
        .contains("agreed")
    );
    consent::give(
        &desk,
        &Visit::person(at("2026-10-04"), &cara),
        &cara,
        "form",
    )
    .unwrap();
    assert!(refused(talk("in-person")).why.contains("in-person"));
    let invite = |text: &str| interview::invite(&desk, &lead("2026-10-04"), &cara, text);
    assert!(
        refused(invite("Would you like to talk with us?"))
            .why
            .contains("recorded")
    );
    let invited = invite("Would you like to talk with us? We record the talk.").unwrap();
    assert_eq!(talk("online").unwrap(), invited);
    let blob = interview::record(
        &desk,
        &researcher("2026-10-05"),
        &cara,
        &mut &*sound,
        "audio/mpeg",
    )
    .unwrap();
    interview::transcribe(&desk, &researcher("2026-10-05"), &cara, "It was lonely.").unwrap();
    let files = interview::recordings(&desk, PEOPLE).unwrap();
    assert_eq!(
        (files[0].id.as_str(), files[0].kind.as_str()),
        (blob.as_str(), "interview-recording")
    );
    assert_eq!(interview::meetings(&desk, PEOPLE).unwrap().len(), 1);
    assert!(items(&desk, &cara).contains(&"interview-answers".to_owned()));
}
