//! What partners and the regulator get: the exports of an invented notice, and what must hold for every one.
//!
//! Other people's validators look at the same files in `tests/interop`; this needs nothing but Rust.

#![expect(
    clippy::expect_used,
    clippy::disallowed_methods,
    reason = "helpers of tests, which read notices from files and stop where one is missing"
)]

use notice::Notice;
use publish::ropa::{self, HEADINGS, State, Upheld};
use publish::{consent, dpv, picture, standalone, tilt};
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;

fn read(text: &str) -> Notice {
    let parsed = notice::parse(text);
    assert_eq!(
        parsed.faults,
        [],
        "the notice of these tests is without fault"
    );
    parsed.notice.expect("a notice")
}

fn gardens() -> Notice {
    read(include_str!("gardens.notice.md"))
}

/// The invented notice with something else in place of some words of it.
fn altered(from: &str, to: &str) -> Notice {
    let text = include_str!("gardens.notice.md");
    assert!(text.contains(from), "`{from}` stands in the notice");
    read(&text.replace(from, to))
}

fn notices() -> Vec<Notice> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../notices");
    let mut all = vec![gardens()];
    for file in std::fs::read_dir(folder).expect("the notices").flatten() {
        if file.path().to_string_lossy().ends_with(".notice.md") {
            all.push(read(
                &std::fs::read_to_string(file.path()).expect("a notice"),
            ));
        }
    }
    assert!(all.len() > 3);
    all
}

/// The node of a graph whose id ends so.
fn node(document: &Value, ending: &str) -> Value {
    let graph = document["@graph"].as_array().expect("a graph");
    let found = graph
        .iter()
        .find(|n| n["@id"].as_str().is_some_and(|id| id.ends_with(ending)));
    assert!(found.is_some(), "no {ending}");
    found.cloned().unwrap_or_default()
}

fn strings(value: &Value) -> Vec<String> {
    match value {
        Value::Array(all) => all.iter().flat_map(strings).collect(),
        Value::String(one) => vec![one.clone()],
        _ => Vec::new(),
    }
}

#[test]
fn a_process_tells_who_uses_what_why_by_what_right_and_how_long() {
    let document = dpv::document(&gardens());
    let learn = node(&document, "process:learn");
    assert_eq!(
        strings(&learn["basis"]),
        ["uk:A6-1-f", "uk:A9-2-j-research"]
    );
    assert_eq!(learn["assessment"]["dct:identifier"], "LIA-3");
    let data = strings(&learn["data"]);
    assert!(data.iter().any(|d| d.ends_with("data:health")), "{data:?}");
    assert!(!data.iter().any(|d| d.ends_with("data:email")), "{data:?}");
    assert_eq!(
        node(&document, "data:health")["@type"],
        "dpv:SpecialCategoryPersonalData"
    );
    assert_eq!(
        strings(&learn["processor"]),
        ["urn:abide:notice:gardens:2:recipient:transcriber"]
    );
    assert_eq!(
        node(&document, "recipient:transcriber")["@type"],
        "dpv:DataProcessor"
    );
    // Two years after an event: the event first, the length inside it.
    let storage = learn["storage"].to_string();
    assert!(storage.contains("\"length\":\"P2Y\"") && storage.contains("\"length\":\"P7D\""));
    assert!(strings(&learn["right"]).contains(&"eu-gdpr:A21".to_owned()));
    // An objection does not reach what the law demands.
    let answer = node(&document, "process:answer");
    assert_eq!(strings(&answer["basis"]), ["uk:A6-1-c"]);
    assert!(!strings(&answer["right"]).contains(&"eu-gdpr:A21".to_owned()));
    // Without a condition of Article 9 nothing of the special kind is used.
    assert!(
        !strings(&answer["data"])
            .iter()
            .any(|d| d.ends_with("data:health"))
    );
    assert_eq!(
        node(&document, "uk-gdpr:addendum".trim_start_matches("uk-gdpr:"))["broader"],
        "dpv:SafeguardForDataTransfer"
    );
}

#[test]
fn every_name_in_a_graph_is_explained_in_it_or_in_the_vocabulary() {
    let known: BTreeSet<&str> = include_str!("../../../tests/interop/dpv-terms.txt")
        .lines()
        .collect();
    for notice in notices() {
        let mut documents = vec![dpv::document(&notice)];
        documents.extend(consent::document(&notice));
        for document in documents {
            let mut told = BTreeSet::new();
            ids(&document["@graph"], &mut told);
            let mut used = BTreeSet::new();
            gather(&document["@graph"], &mut used);
            gather(&document["@context"], &mut used);
            for name in used {
                let Some((prefix, _)) = name.split_once(':') else {
                    continue;
                };
                if matches!(prefix, "dpv" | "pd" | "loc" | "eu-gdpr" | "legal-gb")
                    && !name.contains("//")
                {
                    assert!(known.contains(name.as_str()), "{}: {name}", notice.name);
                }
                if matches!(prefix, "uk" | "urn")
                    && !name.contains("terms:")
                    && !name.ends_with(':')
                {
                    let before = format!("urn:abide:notice:{}:{}", notice.name, notice.version - 1);
                    assert!(
                        told.contains(&name) || name == before,
                        "{}: {name}",
                        notice.name
                    );
                }
            }
        }
    }
}

/// The ids of nodes that say something of themselves, be they inside others; one that is only named says nothing.
fn ids(value: &Value, into: &mut BTreeSet<String>) {
    match value {
        Value::Array(all) => all.iter().for_each(|v| ids(v, into)),
        Value::Object(map) => {
            if map.len() > 1 {
                into.extend(map.get("@id").map(strings).unwrap_or_default());
            }
            map.values().for_each(|v| ids(v, into));
        }
        _ => {}
    }
}

/// Every key and every text without a space: what could be a name.
fn gather(value: &Value, into: &mut BTreeSet<String>) {
    match value {
        Value::String(text) if !text.contains(' ') => {
            into.insert(text.clone());
        }
        Value::Array(all) => all.iter().for_each(|v| gather(v, into)),
        Value::Object(map) => {
            for (key, value) in map {
                into.insert(key.clone());
                gather(value, into);
            }
        }
        _ => {}
    }
}

#[test]
fn tilt_says_what_the_schema_wants_and_makes_nothing_up() {
    let document = tilt::document(&gardens());
    assert_eq!(document["meta"]["_hash"].as_str().map(str::len), Some(64));
    assert_eq!(document["meta"]["language"], "en");
    assert_eq!(document["meta"]["created"], "2026-09-01");
    assert_eq!(
        document["controller"]["name"],
        "Linden Research and Spade & Fork CIC"
    );
    assert_eq!(
        document["controller"]["representative"]["name"],
        document["controller"]["name"]
    );
    let disclosed = document["dataDisclosed"].as_array().expect("a list");
    assert_eq!(disclosed.len(), 4);
    let words = disclosed
        .iter()
        .find(|d| d["_id"] == "data-words")
        .expect("what people tell us");
    assert_eq!(
        words["category"],
        "Interview answers, which may touch on health"
    );
    assert_eq!(words["legalBases"][0]["reference"], "UKGDPR-6-1-c");
    assert_eq!(words["legalBases"][1]["reference"], "UKGDPR-6-1-f");
    assert_eq!(
        words["legitimateInterests"][0]["reasoning"],
        "finding out what helps people sleep"
    );
    assert_eq!(words["storage"][0]["temporal"][0]["ttl"], "P2Y");
    assert_eq!(document["rightToDataPortability"]["available"], false);
    assert_eq!(
        document["thirdCountryTransfers"].as_array().map(Vec::len),
        Some(0)
    );
    // An address that says nothing of an officer is not made into one's.
    let without = tilt::document(&altered("contact    dpo ", "contact    post "));
    assert_eq!(
        without["dataProtectionOfficer"]["name"],
        "None named in the notice"
    );
}

#[test]
fn the_record_of_processing_has_a_row_for_each_purpose_and_recipient() {
    let rows = ropa::rows(&gardens(), None);
    let of = |column: usize| -> Vec<&str> {
        rows.iter().map(|r| r.cells[column - 1].as_str()).collect()
    };
    assert_eq!(rows.len(), 5);
    assert!(
        of(2)[..3]
            .iter()
            .all(|p| *p == "To learn how gardens help people sleep")
    );
    let recipients: Vec<&str> = of(6).iter().filter_map(|r| r.lines().next()).collect();
    assert_eq!(
        recipients,
        [
            "Spade & Fork CIC: words",
            "Any reviewed transcriber (processor): recording",
            "Any reviewed club: summary, after removing identity",
            "Spade & Fork CIC: contact",
            "No recipient for this purpose",
        ]
    );
    assert_eq!(of(3)[0], "Spade & Fork CIC");
    assert_eq!(of(4)[0], "Gardeners and volunteers (adults)");
    assert_eq!(of(8)[0], "None named in the notice");
    assert!(of(10)[1].contains("Recording, at the transcriber: until seven days after"));
    assert!(!of(10)[0].contains("transcriber"));
    assert!(of(10)[3].contains("until the person opts out, reviewed every six months"));
    assert_eq!(of(12)[0], "Article 6(1)(f): legitimate interests");
    assert_eq!(
        of(13)[0],
        "UK GDPR Art 9(2)(j): research in the public interest"
    );
    assert_eq!(of(14)[0], "Finding out what helps people sleep");
    assert_eq!(of(15)[0], "LIA-3");
    assert_eq!(
        of(16)[3],
        "Access, rectification, erasure, restriction, objection, coming off the contact list"
    );
    assert_eq!(of(17)[0], "None: the notice rules it out");
    assert_eq!(of(26)[0], "DPA 2018 Sch 1 para 4");
    assert_eq!(of(26)[3], "");
    assert!(
        of(28)[0].starts_with("Notice gardens version 2, 5 October 2026\n#5210/how-long/keep/")
    );
    // What a notice cannot know is not made up.
    for column in ropa::BY_HAND.into_iter().chain([29, 30]) {
        assert!(
            of(column).iter().all(|c| c.is_empty()),
            "{}",
            HEADINGS[column - 1]
        );
    }
}

#[test]
fn whether_data_go_as_promised_is_told_by_evidence() {
    let notice = gardens();
    let broken = "#5210/how-long/keep/recording@transcriber";
    let evidence: Vec<Upheld> = notice
        .rules()
        .map(|r| Upheld {
            clause: r.id.clone(),
            state: if r.id.as_str() == broken {
                State::Broken
            } else {
                State::Kept
            },
            why: "one job has no confirmation".to_owned(),
            acts: 2,
        })
        .collect();
    let rows = ropa::rows(&notice, Some(&evidence));
    let told: Vec<(&str, &str)> = rows
        .iter()
        .map(|r| (r.cells[28].as_str(), r.cells[29].as_str()))
        .collect();
    assert_eq!(told[0], ("Yes", ""));
    // Only the row of whoever broke it says no.
    assert_eq!(
        told[1],
        (
            "No",
            "#5210/how-long/keep/recording@transcriber: one job has no confirmation"
        )
    );
    assert_eq!(told[3], ("Yes", ""));
}

#[test]
fn both_records_are_whole_and_no_cell_is_a_formula() {
    let notice = altered("\"to plan your visit\"", "\"=HYPERLINK(1)\"");
    let csv = ropa::csv(&notice, None);
    assert!(csv.contains("'=HYPERLINK(1)") && !csv.contains(",=HYPERLINK(1)"));
    assert!(csv.starts_with("Business function,Purpose of processing,"));
    for notice in notices() {
        let (one, two) = (ropa::xlsx(&notice, None), ropa::xlsx(&notice, None));
        assert!(
            one.starts_with(b"PK") && one.len() > 5_000,
            "{}",
            notice.name
        );
        assert_eq!(one, two, "the same notice gives the same bytes");
    }
}

#[test]
fn agreement_to_take_part_is_no_legal_basis() {
    let document = consent::document(&gardens()).expect("the notice asks for agreement");
    let record = node(&document, "consent-record:participation");
    assert_eq!(record["@type"], "dpv:ConsentRecord");
    assert_eq!(record["dct:conformsTo"]["@id"], consent::PROFILE);
    let agreement = &record["abide:agreesTo"];
    assert_eq!(agreement["@type"], "abide:ParticipationConsent");
    assert_eq!(
        record["abide:event"]["dpv:hasConsentStatus"]["@id"],
        "abide:ToFill"
    );
    assert_eq!(record["abide:states"].as_array().map(Vec::len), Some(10));
    for process in document["@graph"].as_array().expect("a graph") {
        for basis in strings(&process["basis"]) {
            assert!(basis.starts_with("uk:A"), "{basis}");
            assert!(!basis.ends_with("consent"), "{basis}");
        }
    }
    assert!(
        node(&document, "abide:ParticipationConsent")
            .get("broader")
            .is_none()
    );
    // A notice that asks for no agreement has no record of one.
    let silent = include_str!("gardens.notice.md")
        .lines()
        .filter(|l| !l.starts_with("consent "))
        .collect::<Vec<_>>()
        .join("\n");
    assert_eq!(consent::document(&read(&silent)), None);
}

#[test]
fn a_page_holds_its_data_and_its_picture() {
    for notice in notices() {
        let page = standalone::page(&notice);
        let block = page
            .split_once("<script type=\"application/ld+json\">")
            .and_then(|(_, rest)| rest.split_once("</script>"))
            .expect("a data block")
            .0;
        let data: Value = serde_json::from_str(block).expect("JSON");
        assert_eq!(data, dpv::document(&notice));
        assert!(
            page.contains("id=\"picture-way-title\"") && page.contains("How your data travels")
        );
        let said = picture::words(&notice);
        assert!(said.lines().count() > 5);
        let short = standalone::short(&notice);
        assert!(!short.contains("<script") && short.matches("<h2>").count() == 7);
    }
    // Nothing in a notice ends the data block early.
    let sly = altered("\"to plan your visit\"", "\"to </script><b>plan\"");
    let page = standalone::page(&sly);
    assert_eq!(page.matches("</script>").count(), 1);
}

/// The summary is for whoever has one minute, so it is held to what a reader of twelve can follow.
#[test]
fn the_short_version_is_easy_to_read() {
    for notice in notices() {
        let text = publish::text::in_short(&notice);
        let reading = notice::reading::read(&text);
        let ease = notice::reading::wording(&text, &reading).readability.whole;
        let grade = ease.grade.expect("enough words to tell");
        println!(
            "{}: grade {grade:.1}, {} words, longest sentence {}",
            notice.name, ease.words, ease.longest
        );
        assert!(grade <= 7.0, "{}: grade {grade:.1}", notice.name);
    }
}
