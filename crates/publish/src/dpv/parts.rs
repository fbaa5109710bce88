//! One process a purpose, and the nodes it speaks of.

use std::collections::BTreeSet;

use law::category::Sensitivity;
use notice::Notice;
use notice::model::{DataGroup, Keep, Length, Party, Purpose, Rule, Unit};
use serde_json::{Map, Value, json};

use super::made::Made;
use super::terms;
use crate::reach;
use crate::words::phrase;

/// An address within the notice.
pub(crate) fn iri(notice: &Notice, part: &str) -> String {
    let whole = format!("urn:abide:notice:{}:{}", notice.name, notice.version);
    if part.is_empty() {
        whole
    } else {
        format!("{whole}:{part}")
    }
}

/// The controllers and partners, with the officer.
pub(crate) fn parties(notice: &Notice) -> Vec<Value> {
    let officer = notice
        .contacts()
        .find(|(_, c)| c.name == "dpo")
        .and_then(|(_, c)| c.addresses.first());
    let mut nodes: Vec<Value> = notice
        .controllers()
        .map(|(_, p)| {
            let mut node = party(notice, p, "dpv:DataController");
            if let (Some(address), Some(map)) = (officer, node.as_object_mut()) {
                map.insert(
                    "dpv:hasDataProtectionOfficer".to_owned(),
                    json!({
                        "@id": iri(notice, "dpo"),
                        "@type": "dpv:DataProtectionOfficer",
                        "dpv:hasContact": address,
                    }),
                );
            }
            node
        })
        .collect();
    nodes.extend(notice.partners().map(|(_, p)| {
        let class = match p.role.as_str() {
            "joint-controller" => "dpv:DataController",
            "processor" => "dpv:DataProcessor",
            _ => "dpv:ThirdParty",
        };
        party(notice, p, class)
    }));
    nodes
}

fn party(notice: &Notice, party: &Party, class: &str) -> Value {
    let mut node = Map::new();
    let mut put = |key: &str, value: Value| {
        node.insert(key.to_owned(), value);
    };
    put("@id", json!(iri(notice, &party.name)));
    put("@type", json!(class));
    put("dpv:hasName", json!(party.full_name));
    if let Some(address) = &party.address {
        put("dpv:hasAddress", json!(address));
    }
    if let Some(email) = &party.email {
        put("dpv:hasContact", json!(email));
    }
    if let Some(arrangement) = &party.arrangement {
        put(
            "dpv:hasLegalMeasure",
            json!({ "@type": "dpv:JointDataControllersAgreement", "desc": arrangement }),
        );
    }
    Value::Object(node)
}

/// What is done for one purpose.
pub(crate) fn process(notice: &Notice, rule: &Rule, purpose: &Purpose, made: &mut Made) -> Value {
    let groups = reach::groups(notice, &purpose.uses);
    let mut bases: Vec<String> = Vec::new();
    if let Some(basis) = purpose.basis {
        made.bases.insert(basis);
        bases.push(terms::basis(basis));
    }
    for condition in [purpose.condition, purpose.offence_condition]
        .into_iter()
        .flatten()
    {
        made.conditions.insert(condition);
        bases.push(terms::condition(condition));
    }
    bases.dedup();
    let mut node = Map::new();
    let mut put = |key: &str, value: Value| {
        node.insert(key.to_owned(), value);
    };
    put(
        "@id",
        json!(iri(notice, &format!("process:{}", purpose.name))),
    );
    put("@type", json!("dpv:PersonalDataProcess"));
    put("dct:identifier", json!(rule.id.as_str()));
    put("notice", json!(iri(notice, "")));
    let controllers: Vec<String> = notice
        .controllers()
        .map(|(_, p)| p)
        .chain(
            notice
                .partners()
                .map(|(_, p)| p)
                .filter(|p| p.role == "joint-controller"),
        )
        .map(|p| iri(notice, &p.name))
        .collect();
    put("controller", json!(controllers));
    put("subject", json!(terms::subjects(notice)));
    put(
        "purpose",
        json!({
            "@id": iri(notice, &format!("purpose:{}", purpose.name)),
            "@type": "dpv:Purpose",
            "broader": terms::purpose(purpose),
            "desc": phrase::aim(&purpose.words),
        }),
    );
    put("basis", json!(bases));
    let covered = purpose.condition.is_some();
    put("data", json!(data(notice, &groups, covered, made)));
    put("source", json!(sources(notice, &groups)));
    recipients(notice, purpose, &groups, made, &mut put);
    put("storage", json!(storage(notice, purpose, &groups)));
    put("processing", json!(processing(notice, purpose, &groups)));
    put("right", json!(rights(notice, purpose)));
    if let Some(assessment) = &purpose.assessment {
        put(
            "assessment",
            json!({
                "@type": "dpv:LegitimateInterestAssessment",
                "dct:identifier": assessment,
            }),
        );
    }
    let measures = terms::measures(notice);
    if !measures.is_empty() {
        put("measure", json!(measures));
    }
    Value::Object(node)
}

/// The items a purpose uses. Special category data count only where the purpose names a condition: without one abide refuses the use.
fn data(notice: &Notice, groups: &[&DataGroup], covered: bool, made: &mut Made) -> Vec<String> {
    let mut all = BTreeSet::new();
    for group in groups {
        for item in group.items.iter().chain(&group.may_include) {
            let kind = notice::vocabulary::sensitivity(item);
            if kind.is_some_and(Sensitivity::needs_condition) && !covered {
                continue;
            }
            // The notice's own table decides what Article 9 covers, for the vocabulary's flags miss some of it.
            let class = match kind {
                Some(kind) if kind.needs_condition() => "dpv:SpecialCategoryPersonalData",
                Some(_) => "dpv:SensitivePersonalData",
                None if group.sensitive => "dpv:SensitivePersonalData",
                None => "dpv:PersonalData",
            };
            made.items.insert(item.clone(), class);
            all.insert(iri(notice, &format!("data:{item}")));
        }
    }
    all.into_iter().collect()
}

fn sources(notice: &Notice, groups: &[&DataGroup]) -> Vec<&'static str> {
    let about = |data: &[String]| reach::touches(data, groups);
    let direct = notice.collects().any(|(_, c)| about(&c.data));
    let others = notice.receives().any(|(_, r)| about(&r.data));
    let mut all = Vec::new();
    if direct || !others {
        all.push("dpv:DataSubjectDataSource");
    }
    if others {
        all.push("dpv:ThirdPartyDataSource");
    }
    all
}

fn recipients(
    notice: &Notice,
    purpose: &Purpose,
    groups: &[&DataGroup],
    made: &mut Made,
    put: &mut impl FnMut(&str, Value),
) {
    let (mut processors, mut others) = (BTreeSet::new(), BTreeSet::new());
    for (_, share) in reach::shares(notice, purpose, groups) {
        let party = notice
            .controllers()
            .chain(notice.partners())
            .any(|(_, p)| p.name == share.with);
        let id = if party {
            iri(notice, &share.with)
        } else {
            let works_for_us = share.role.as_deref() == Some("processor");
            *made
                .recipients
                .entry(share.with.clone())
                .or_insert(works_for_us) |= works_for_us;
            iri(notice, &format!("recipient:{}", share.with))
        };
        if share.role.as_deref() == Some("processor") {
            processors.insert(id);
        } else {
            others.insert(id);
        }
    }
    if !processors.is_empty() {
        put("processor", json!(processors));
    }
    if !others.is_empty() {
        put("recipient", json!(others));
    }
}

fn storage(notice: &Notice, purpose: &Purpose, groups: &[&DataGroup]) -> Vec<Value> {
    let mut all: Vec<Value> = reach::keeps(notice, purpose, groups)
        .map(|(rule, keep)| {
            let class = if keep.at.is_some() {
                "dpv:StorageDeletion"
            } else {
                "dpv:StorageDuration"
            };
            json!({
                "@type": class,
                "dct:identifier": rule.id.as_str(),
                "desc": phrase::capital(&format!("{} until {}", phrase::listed(notice, &keep.data), phrase::when(&keep.until))),
                "duration": duration(keep),
            })
        })
        .collect();
    if all.is_empty() {
        // Its group is kept for another purpose, and goes with that one.
        all.push(json!({
            "@type": "dpv:StorageDuration",
            "duration": { "@type": "dpv:IndeterminateDuration" },
        }));
    }
    // A rule on what may leave the country says where data are until then.
    if notice.transfers().any(|(_, t)| t.outside == "GB") {
        all.push(json!({ "@type": "dpv:StorageLocation", "location": "loc:GB" }));
    }
    all
}

fn duration(keep: &Keep) -> Value {
    let event = phrase::event(&keep.until.event);
    if keep.until.event == "opt-out" && keep.until.plus.is_none() {
        return json!({ "@type": ["dpv:EndlessDuration", "dpv:UntilEventDuration"], "desc": event });
    }
    match keep.until.plus {
        Some(plus) => json!({
            "@type": "dpv:UntilEventDuration",
            "desc": event,
            "duration": { "@type": "dpv:TemporalDuration", "length": iso(plus) },
        }),
        None => json!({ "@type": "dpv:UntilEventDuration", "desc": event }),
    }
}

/// ISO 8601: `P2Y`.
pub(crate) fn iso(length: Length) -> String {
    let unit = match length.unit {
        Unit::Day => 'D',
        Unit::Week => 'W',
        Unit::Month => 'M',
        Unit::Year => 'Y',
    };
    match length.unit {
        // `xsd:duration` knows no weeks.
        Unit::Week => format!("P{}D", u64::from(length.count) * 7),
        _ => format!("P{}{unit}", length.count),
    }
}

fn processing(notice: &Notice, purpose: &Purpose, groups: &[&DataGroup]) -> Vec<&'static str> {
    let mut all = vec!["dpv:Collect", "dpv:Store", "dpv:Use", "dpv:Erase"];
    if groups.iter().any(|g| {
        g.items
            .iter()
            .any(|i| matches!(notice::vocabulary::canonical(i).as_str(), "voice" | "video"))
    }) {
        all.push("dpv:Record");
    }
    let shares = reach::shares(notice, purpose, groups);
    let (named, nameless): (Vec<_>, Vec<_>) = shares.partition(|(_, s)| !s.after_remove_identity);
    if !named.is_empty() {
        all.push("dpv:Share");
    }
    if !nameless.is_empty() {
        all.push("dpv:Anonymise");
    }
    all
}

/// The rights that reach a purpose: UK GDPR Chapter III by its basis, and complaining always.
fn rights(notice: &Notice, purpose: &Purpose) -> Vec<&'static str> {
    let mut all: BTreeSet<&'static str> = BTreeSet::from(["eu-gdpr:A77"]);
    all.extend(
        reach::rights(notice, purpose)
            .into_iter()
            .filter_map(terms::right),
    );
    all.into_iter().collect()
}
