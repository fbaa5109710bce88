//! What is held, in groups as notices call them, and where it comes from.

use std::collections::BTreeSet;

use law::category::{Kind, Sensitivity};

use super::sheet::{Sheet, Weight, Why};
use super::{MOST, Names, Source};
use crate::import::names::{short, slug};
use crate::reading::{Datum, says};
use crate::vocabulary;

/// A group of data items.
#[derive(Clone, Debug)]
pub(super) struct Group {
    pub name: String,
    pub items: Vec<String>,
    /// The words the items were told in, in lower case.
    pub words: String,
}

pub(super) fn propose(source: &Source, names: &mut Names, sheet: &mut Sheet) {
    groups(source, names, sheet);
    origins(source, names, sheet);
}

/// One more group, for something that other sentences speak of and the list does not have.
pub(super) fn add(
    names: &mut Names,
    sheet: &mut Sheet,
    part: usize,
    group: &str,
    item: &str,
    why: Why,
) -> String {
    sheet.put_with(part, format!("data {group} = {item}"), vec![why]);
    names.groups.push(Group {
        name: group.to_owned(),
        items: vec![item.to_owned()],
        words: item.to_owned(),
    });
    group.to_owned()
}

fn groups(source: &Source, names: &mut Names, sheet: &mut Sheet) {
    let mut order: Vec<(String, usize, bool)> = Vec::new();
    let mut seen = BTreeSet::new();
    for told in source.reading.data.iter().take(4 * MOST) {
        let Some(item) = item(&told.what) else {
            continue;
        };
        if !seen.insert(item.clone()) {
            continue;
        }
        let name = group_of(&told.what, &item);
        if !order.iter().any(|(n, _, _)| n == name) {
            order.push((name.to_owned(), told.part, told.what.volunteered));
            names.groups.push(Group {
                name: name.to_owned(),
                items: Vec::new(),
                words: String::new(),
            });
        }
        if let Some(group) = names.groups.iter_mut().find(|g| g.name == name) {
            group.items.push(item);
            group.words.push_str(&told.what.words.to_lowercase());
            group.words.push(' ');
        }
    }
    for (name, part, volunteered) in order {
        let Some(group) = names.groups.iter().find(|g| g.name == name) else {
            continue;
        };
        let freely = if volunteered {
            "; volunteered-only"
        } else {
            ""
        };
        sheet.put(
            part,
            format!("data {name} = {}{freely}", group.items.join(", ")),
        );
    }
}

/// The item's name, if its words make one.
fn item(datum: &Datum) -> Option<String> {
    let fits = |name: &str| {
        name.starts_with(|c: char| c.is_ascii_lowercase())
            && name
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
            && name.len() <= 48
    };
    if fits(&datum.item) {
        return Some(datum.item.clone());
    }
    slug(&datum.words, 4)
}

/// What notices call the group an item belongs to.
fn group_of(datum: &Datum, item: &str) -> &'static str {
    if datum.volunteered {
        return "volunteered";
    }
    let usual = vocabulary::canonical(item);
    let table: [(&str, &[&str]); 9] = [
        (
            "contact",
            &[
                "name",
                "former-name",
                "nickname",
                "title",
                "pronouns",
                "email",
                "phone",
                "address",
                "postcode",
                "contact-preference",
                "contact-details",
                "emergency-contact",
                "social-media-handle",
                "signature",
            ],
        ),
        (
            "role",
            &[
                "job-title",
                "employer",
                "team",
                "experience",
                "caseload",
                "registration-number",
            ],
        ),
        ("place", &["council", "region"]),
        ("recording", &["voice", "video", "photo"]),
        (
            "words",
            &[
                "interview-answers",
                "transcript",
                "survey-answers",
                "survey-freetext",
                "volunteered-information",
                "correspondence",
                "quote",
                "notes",
                "drawing",
                "opinion",
            ],
        ),
        ("money", &["bank-details", "voucher", "income", "benefits"]),
        ("device", &["ip-address", "device", "cookie"]),
        (
            "numbers",
            &[
                "reference-number",
                "nhs-number",
                "ni-number",
                "pupil-number",
                "case-number",
            ],
        ),
        (
            "care",
            &[
                "care-experience",
                "looked-after-status",
                "protection-plan",
                "child-in-need-plan",
                "placement",
                "kinship-arrangement",
                "social-worker",
            ],
        ),
    ];
    if let Some((group, _)) = table
        .iter()
        .find(|(_, items)| items.contains(&usual.as_str()))
    {
        return group;
    }
    let weight = datum.sensitivity.iter().min_by_key(|s| match s {
        Sensitivity::Special(_) => 0,
        Sensitivity::Offence => 1,
        Sensitivity::Inferred => 2,
    });
    match weight {
        Some(
            Sensitivity::Special(Kind::Health | Kind::Genetic | Kind::Biometric)
            | Sensitivity::Inferred,
        ) => "health",
        Some(Sensitivity::Special(_)) => "background",
        Some(Sensitivity::Offence) => "harm",
        None => {
            let has = |w: &str| item.contains(w);
            if has("record") && (has("audio") || has("video") || has("voice"))
                || has("photo")
                || has("footage")
                || has("image")
            {
                "recording"
            } else if has("answer")
                || has("response")
                || has("view")
                || has("transcript")
                || has("feedback")
            {
                "words"
            } else if has("payment") || has("bank") || has("financ") {
                "money"
            } else if has("email")
                || has("phone")
                || has("address")
                || item.ends_with("name")
                || has("contact")
            {
                "contact"
            } else if vocabulary::ITEMS.iter().any(|(i, _)| *i == usual) {
                "about"
            } else {
                "other"
            }
        }
    }
}

/// Ways in which people tell us things themselves, by the words for them.
const WAYS: &[(&str, &str)] = &[
    ("interview", "interview*"),
    ("focus-group", "focus group*|group session*"),
    ("survey", "survey*|questionnaire*"),
    (
        "correspondence",
        "correspond*|communicat*|write|email|emails|letter*",
    ),
    (
        "sign-up",
        "sign|register*|volunteer|campaign|call for|expression ~1 interest|apply|application",
    ),
    ("form", "form|forms|referral form"),
    ("telephone", "telephone|phone|call us"),
    ("website", "website|online form|web"),
    ("visit", "visit*|appointment*|attend*"),
];

fn origins(source: &Source, names: &Names, sheet: &mut Sheet) {
    let groups = names.all_groups();
    if groups.is_empty() {
        return;
    }
    let mut own: Vec<&str> = Vec::new();
    let mut own_part = None;
    let mut others: Vec<String> = Vec::new();
    let mut first_other = None;
    for told in source.reading.origins.iter().take(MOST) {
        if told.what.direct {
            own_part.get_or_insert(told.part);
            if let Some(sentence) = source.around(told.span.start) {
                for (way, pattern) in WAYS {
                    if pattern.split('|').any(|p| says(&sentence.words, p)) && !own.contains(way) {
                        own.push(way);
                    }
                }
            }
        } else if let Some(who) = slug(&told.what.who, 4) {
            first_other.get_or_insert(told);
            if !others.contains(&who) {
                others.push(who);
            }
        }
    }
    let list = groups.join(", ");
    if let Some(part) = own_part {
        let by = if own.is_empty() {
            String::new()
        } else {
            format!(" by {}", own.join(", "))
        };
        sheet.put(part, format!("collect {list} from person{by}"));
    }
    if let Some(told) = first_other {
        let why = Why {
            field: "sources",
            what: short(&told.what.who, 80),
            why: "the notice does not say which data come from others; all of them stand here"
                .to_owned(),
            offer: None,
            line: source.line(told.span.start),
            weight: Weight::Open,
        };
        sheet.put_with(
            told.part,
            format!("receive {list} from {}", others.join(", ")),
            vec![why],
        );
    }
}
