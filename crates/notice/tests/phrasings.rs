//! The same things in the words of many authors: in running prose, behind labels, in lists that lost their marks,
//! in columns; and readers greeted, named in a subtitle or only spoken of.

mod cases;

use cases::{Case, hold};
use notice::reading::read;

const DATA: &str = "What we hold";

#[test]
fn data_are_heard_whoever_writes_them_down() {
    let cases: &[Case] = &[
        (
            DATA,
            "The nurse writes down your blood pressure and your weight.",
            "blood pressure; weight",
        ),
        (
            DATA,
            "From drivers: licence number, hours on the road. From the depot: shift, route.",
            "licence number; hours on the road; shift; route",
        ),
        (
            DATA,
            "Name; house number; tariff; loft depth",
            "Name; house number; tariff; loft depth",
        ),
        (
            DATA,
            "You supply, on the form, your name and the hours you worked.",
            "name; hours you worked",
        ),
        (
            DATA,
            "Your name. Your tenancy number. The reason you were moved.",
            "name; tenancy number; reason you were moved",
        ),
        (
            DATA,
            "The clerk supplies your name, the ward you serve and your e-mail address.",
            "name; ward you serve; e-mail address",
        ),
        (
            "Which details?",
            "We have your name and, from our partner the Fern Clinic, the dates of your visits.",
            "name; dates of your visits",
        ),
    ];
    hold(cases, |r| {
        r.data.iter().map(|d| d.what.words.clone()).collect()
    });
}

#[test]
fn what_is_done_is_no_datum() {
    let cases: &[Case] = &[
        (DATA, "The tutor asks for quiet and reads a short poem.", ""),
        (
            DATA,
            "A shop would hold your account number; we do not.",
            "",
        ),
        (DATA, "Everything a clerk opens is logged.", ""),
        (
            DATA,
            "We hold your address, drawn from the rent roll.",
            "address",
        ),
        (
            DATA,
            "We obtain information about your child from elsewhere.",
            "",
        ),
    ];
    hold(cases, |r| {
        r.data.iter().map(|d| d.what.words.clone()).collect()
    });
}

#[test]
fn sources_are_heard_by_noun_alone() {
    let cases: &[Case] = &[
        (
            "Where from",
            "Our rent register; you.",
            "Our rent register; you!",
        ),
        (
            "Data and sources",
            "| Data | Source |\n|---|---|\n| Name | Ward list |\n| Diet | Patient record |\n| Opinion | You |",
            "Ward list; Patient record; You!",
        ),
        (
            DATA,
            "The clerk to the parish supplies your name.",
            "clerk to the parish",
        ),
        (
            DATA,
            "Your attendance (from the Wellbeing Service).",
            "Wellbeing Service",
        ),
        (
            "Where from",
            "The printer sends us a certificate when the parcel is gone.",
            "",
        ),
        (
            "Where from",
            "The task was given to the Council by its Charter.",
            "",
        ),
        (DATA, "You may talk about your garden.", "you!"),
    ];
    hold(cases, |r| {
        r.origins
            .iter()
            .map(|o| format!("{}{}", o.what.who, if o.what.direct { "!" } else { "" }))
            .collect()
    });
}

#[test]
fn readers_are_found_wherever_they_are_named() {
    let cases = [
        (
            "# Privacy notice for owners of long boats\n\nHello.",
            Some("owners of long boats"),
        ),
        (
            "# Privacy notice\n\nFor: lodgers and their landladies\n\nHello.",
            Some("lodgers and their landladies"),
        ),
        (
            "# Privacy notice\n\nDear parent or carer,\n\nWe hold your name.",
            Some("parent or carer"),
        ),
        (
            "# River Watch\n\nThis page tells you how information about school governors is used.",
            Some("school governors"),
        ),
        (
            "# Privacy notice for teachers whose lessons we watch (draft)\n\nHello.",
            Some("teachers whose lessons we watch"),
        ),
        (
            "# Privacy notice\n\nSome rooms are for people who are ill.",
            None,
        ),
        ("# Privacy notice for the Supper Survey\n\nHello.", None),
        ("# Privacy notice for newsletters\n\nHello.", None),
    ];
    for (text, expected) in cases {
        assert_eq!(
            read(text).audience_words.map(|a| a.what).as_deref(),
            expected,
            "{text}"
        );
    }
}
