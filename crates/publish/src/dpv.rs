//! The promise for machines: who uses which data why, by what right, for how long, in the W3C's Data Privacy Vocabulary 2.3.
//!
//! JSON-LD with its context inside, so that nothing is fetched to read it. DPV has the European Union's articles and no
//! British ones, so the bases of UK GDPR are terms of our own, each under the DPV concept it belongs to. Agreement to take
//! part in research is never given as a legal basis.

mod made;
mod parts;
mod terms;

pub(crate) use made::{Made, safeguards};
pub(crate) use parts::{iri, iso, parties, process};
pub(crate) use terms::pointed;

use notice::Notice;
use serde_json::{Map, Value, json};

use crate::words::phrase;

/// The export as JSON-LD; the same notice gives the same document.
///
/// Addresses are URNs (`urn:abide:notice:NAME:VERSION:…`), for a notice does not know where it will be published.
#[must_use]
pub fn document(notice: &Notice) -> Value {
    let mut graph = vec![head(notice)];
    let mut made = Made::default();
    let processes: Vec<Value> = notice
        .purposes()
        .map(|(rule, purpose)| process(notice, rule, purpose, &mut made))
        .collect();
    graph.extend(parties(notice));
    graph.extend(processes);
    graph.extend(made.into_nodes(notice));
    graph.extend(safeguards(notice));
    json!({ "@context": context(notice), "@graph": graph })
}

/// The export as text, with a line end.
#[must_use]
pub fn text(notice: &Notice) -> String {
    let mut text = serde_json::to_string_pretty(&document(notice)).unwrap_or_default();
    text.push('\n');
    text
}

/// The export fit to stand in a page between `<script type="application/ld+json">` and its end.
#[must_use]
pub fn embedded(notice: &Notice) -> String {
    // A `<` in the data could end the script element; written so, it is the same JSON.
    document(notice).to_string().replace('<', "\\u003c")
}

pub(crate) fn head(notice: &Notice) -> Value {
    let mut types = vec!["dpv:PrivacyNotice"];
    if notice.collects().next().is_some() {
        types.push("eu-gdpr:DirectDataCollectionNotice");
    }
    if notice.receives().next().is_some() {
        types.push("eu-gdpr:IndirectDataCollectionNotice");
    }
    let mut head = Map::new();
    let mut put = |key: &str, value: Value| {
        head.insert(key.to_owned(), value);
    };
    put("@id", json!(iri(notice, "")));
    put("@type", json!(types));
    put("title", json!(notice.title));
    put("dct:identifier", json!(notice.name));
    put("dct:hasVersion", json!(notice.version.to_string()));
    put("issued", json!(notice.dated.to_string()));
    put("dct:language", json!(notice.language));
    put("dct:subject", json!(notice.project));
    put("dpv:hasNoticeStatus", json!({ "@id": "dpv:NoticeLatest" }));
    put("law", json!(["legal-gb:law-GDPR", "legal-gb:law-DPA"]));
    put("dpv:hasJurisdiction", json!({ "@id": "loc:GB" }));
    put("dpv:hasAuthority", json!({ "@id": "legal-gb:DPA-GB" }));
    let before = notice
        .versions()
        .map(|(_, v)| v.number)
        .filter(|n| *n < notice.version)
        .max();
    if let Some(before) = before {
        let old = format!("urn:abide:notice:{}:{before}", notice.name);
        put("dct:replaces", json!({ "@id": old }));
    }
    let processes: Vec<String> = notice
        .purposes()
        .map(|(_, p)| iri(notice, &format!("process:{}", p.name)))
        .collect();
    put("process", json!(processes));
    if let Some((_, transfer)) = notice.transfers().find(|(_, t)| !t.only.is_empty()) {
        let safeguards: Vec<&str> = transfer.only.iter().map(|s| terms::safeguard(s)).collect();
        put(
            "dpv:hasProcessing",
            json!({
                "@id": iri(notice, "transfer"),
                "@type": "dpv:CrossBorderTransfer",
                "desc": crate::words::say(notice, &notice::model::Sentence::Transfer(transfer.clone())),
                "measure": safeguards,
            }),
        );
    }
    let never: Vec<String> = notice
        .nevers()
        .flat_map(|(_, n)| &n.what)
        .map(|w| phrase::plain(w))
        .collect();
    if !never.is_empty() {
        put(
            "desc",
            json!(format!("Never: {}.", phrase::list(&never, "or"))),
        );
    }
    Value::Object(head)
}

/// Everything a reader needs to know about the names used, so that nothing is fetched.
pub(crate) fn context(notice: &Notice) -> Value {
    let link = |name: &str| json!({ "@id": name, "@type": "@id" });
    let mut context = json!({
        "dpv": "https://w3id.org/dpv#",
        "pd": "https://w3id.org/dpv/pd#",
        "loc": "https://w3id.org/dpv/loc#",
        "eu-gdpr": "https://w3id.org/dpv/legal/eu/gdpr#",
        "legal-gb": "https://w3id.org/dpv/legal/gb#",
        "dct": "http://purl.org/dc/terms/",
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
        "uk": terms::UK,
        "abide": terms::OURS,
        "title": { "@id": "dct:title", "@language": notice.language },
        "desc": { "@id": "dct:description", "@language": notice.language },
        "issued": { "@id": "dct:issued", "@type": "xsd:date" },
        "length": { "@id": "rdf:value", "@type": "xsd:duration" },
    });
    let links = [
        ("process", "dpv:hasProcess"),
        ("notice", "dpv:hasNotice"),
        ("purpose", "dpv:hasPurpose"),
        ("basis", "dpv:hasLegalBasis"),
        ("data", "dpv:hasPersonalData"),
        ("processing", "dpv:hasProcessing"),
        ("controller", "dpv:hasDataController"),
        ("joint", "dpv:hasJointDataControllers"),
        ("processor", "dpv:hasDataProcessor"),
        ("recipient", "dpv:hasRecipient"),
        ("subject", "dpv:hasDataSubject"),
        ("source", "dpv:hasDataSource"),
        ("storage", "dpv:hasStorageCondition"),
        ("duration", "dpv:hasDuration"),
        ("location", "dpv:hasLocation"),
        ("measure", "dpv:hasTechnicalOrganisationalMeasure"),
        ("assessment", "dpv:hasAssessment"),
        ("right", "dpv:hasRight"),
        ("law", "dpv:hasApplicableLaw"),
        ("broader", "skos:broader"),
        ("closeMatch", "skos:closeMatch"),
    ];
    if let Some(map) = context.as_object_mut() {
        map.extend(links.map(|(key, name)| (key.to_owned(), link(name))));
    }
    context
}
