//! That a person agreed to take part is written down in a form others can read, and is never passed off as the lawful basis.
//!
//! Templates of records in the structure of ISO/IEC TS 27560:2023, as the W3C community group's guide maps it to DPV. What the
//! notice says is filled in; what only the moment can tell (who, when, how, which state) stands open as `abide:ToFill`.
//! Every consent of DPV is a legal basis, so agreement to take part is a concept of our own, outside that tree.

use notice::Notice;
use notice::model::Consent;
use serde_json::{Map, Value, json};

use crate::dpv::{self, Made, iri};
use crate::reach;
use crate::words::{act, phrase, say};

/// The profile of the W3C guide that the records follow.
pub const PROFILE: &str = "https://w3id.org/dpv/schema/dpv-27560#record";

/// The states a record can be in.
const STATES: [&str; 10] = [
    "dpv:ConsentRequested",
    "dpv:ConsentRequestDeferred",
    "dpv:ConsentRefused",
    "dpv:ConsentGiven",
    "dpv:RenewedConsentGiven",
    "dpv:ConsentWithdrawn",
    "dpv:ConsentRevoked",
    "dpv:ConsentExpired",
    "dpv:ConsentInvalidated",
    "dpv:ConsentUnknown",
];

/// A template for each `consent` rule, as JSON-LD; nothing where a notice asks for none.
#[must_use]
pub fn document(notice: &Notice) -> Option<Value> {
    notice.consents().next()?;
    let mut made = Made::default();
    let mut graph = vec![dpv::head(notice)];
    graph.extend(concepts());
    graph.extend(notice.consents().map(|(_, c)| record(notice, c)));
    graph.extend(dpv::parties(notice));
    let processes: Vec<Value> = notice
        .purposes()
        .map(|(rule, purpose)| dpv::process(notice, rule, purpose, &mut made))
        .collect();
    graph.extend(processes);
    graph.extend(made.into_nodes(notice));
    graph.extend(dpv::safeguards(notice));
    Some(json!({ "@context": dpv::context(notice), "@graph": graph }))
}

/// The templates as text, with a line end.
#[must_use]
pub fn text(notice: &Notice) -> Option<String> {
    let mut text = serde_json::to_string_pretty(&document(notice)?).unwrap_or_default();
    text.push('\n');
    Some(text)
}

fn open() -> Value {
    json!({ "@id": "abide:ToFill" })
}

fn record(notice: &Notice, consent: &Consent) -> Value {
    let mut record = Map::new();
    let mut put = |key: &str, value: Value| {
        record.insert(key.to_owned(), value);
    };
    put(
        "@id",
        json!(iri(notice, &format!("consent-record:{}", consent.name))),
    );
    put("@type", json!("dpv:ConsentRecord"));
    put("dct:conformsTo", json!({ "@id": PROFILE }));
    put("dct:identifier", open());
    put("dct:language", json!(notice.language));
    put("dpv:hasJurisdiction", json!({ "@id": "loc:GB" }));
    put("dpv:hasAuthority", json!({ "@id": "legal-gb:DPA-GB" }));
    put("law", json!(["legal-gb:law-GDPR", "legal-gb:law-DPA"]));
    put("notice", json!(iri(notice, "")));
    // A number of the project's own; a name has no place in a record that travels.
    put(
        "subject",
        json!({ "@type": "dpv:Participant", "dpv:hasIdentifier": open() }),
    );
    put("abide:agreesTo", agreed(notice, consent));
    put(
        "process",
        json!(
            notice
                .purposes()
                .map(|(_, p)| iri(notice, &format!("process:{}", p.name)))
                .collect::<Vec<_>>()
        ),
    );
    put("dpv:hasConsentControl", withdrawal(notice));
    put("abide:states", json!(STATES.map(|s| json!({ "@id": s }))));
    put(
        "abide:event",
        json!({
            "@type": "abide:ParticipationEvent",
            "dpv:hasConsentStatus": open(),
            "dpv:isIndicatedBy": open(),
            "dpv:hasIndicationMethod": open(),
            "dpv:isIndicatedAtTime": open(),
            "dpv:hasDuration": open(),
            "dpv:hasEntity": open(),
        }),
    );
    Value::Object(record)
}

/// What a person agrees to, in the notice's words.
fn agreed(notice: &Notice, consent: &Consent) -> Value {
    let mut said = vec![say(
        notice,
        &notice::model::Sentence::Consent(consent.clone()),
    )];
    if !consent.words.is_empty() {
        said.insert(0, format!("“{}”", consent.words));
    }
    json!({
        "@id": iri(notice, &format!("agreement:{}", consent.name)),
        "@type": "abide:ParticipationConsent",
        "title": phrase::plain(&consent.name),
        "desc": said.join(" "),
    })
}

/// How a person takes it back: the notice's own way of leaving, and an address.
fn withdrawal(notice: &Notice) -> Value {
    let leaving = notice
        .rights()
        .find(|(_, r)| r.not_offered.is_none() && r.rights.contains(&law::Right::Withdraw));
    let desc = leaving.map_or_else(
        || format!("You can {}.", act(law::Right::Withdraw)),
        |(rule, _)| crate::words::sentence(notice, rule),
    );
    let mut control = Map::from_iter([
        ("@type".to_owned(), json!("dpv:WithdrawConsent")),
        ("desc".to_owned(), json!(desc)),
    ]);
    if let Some(door) = reach::door(notice) {
        control.insert("dpv:hasContact".to_owned(), json!(door));
    }
    Value::Object(control)
}

/// The concepts that DPV lacks. None of them stands under `dpv:LegalBasis`, and that is their point.
fn concepts() -> Vec<Value> {
    let concept = |id: &str, title: &str, desc: &str| json!({ "@id": id, "@type": "skos:Concept", "title": title, "desc": desc });
    vec![
        concept(
            "abide:ParticipationConsent",
            "Agreement to take part",
            "A person's agreement to take part in research, asked for by research ethics. It is no legal basis for using personal data.",
        ),
        concept(
            "abide:ParticipationEvent",
            "Event of an agreement",
            "Asking for an agreement to take part, giving, refusing or taking it back.",
        ),
        concept(
            "abide:ToFill",
            "To be filled in",
            "Left open in a template: a record of one person's agreement has a value here.",
        ),
    ]
}
