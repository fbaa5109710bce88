//! The promise in the Transparency Information Language (TILT 1), so that other people's tools can read and compare it.
//!
//! The schema wants some things said that a notice may not say, such as a telephone number; those are left out where they
//! may be, and never made up. Its patterns refuse `UK-GDPR-…`, so a basis reads `UKGDPR-6-1-e`; a keep without a length
//! goes among the conditions, for its `ttl` takes durations alone.

use law::{Basis, Right};
use notice::Notice;
use notice::model::{DataGroup, Keep, Sentence};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use crate::dpv;
use crate::reach;
use crate::words::{phrase, say};

/// The export as a JSON value; the same notice gives the same document.
#[must_use]
pub fn document(notice: &Notice) -> Value {
    json!({
        "meta": meta(notice),
        "controller": controller(notice),
        "dataProtectionOfficer": officer(notice),
        "dataDisclosed": notice.data().map(|(_, g)| disclosed(notice, g)).collect::<Vec<_>>(),
        // A notice says on what footing data may leave the country; an entry here would say that they do.
        "thirdCountryTransfers": [],
        "accessAndDataPortability": access(notice),
        "sources": sources(notice),
        "rightToInformation": right(notice, &[Right::Access]),
        "rightToRectificationOrDeletion": right(notice, &[Right::Rectify, Right::Erase]),
        "rightToDataPortability": right(notice, &[Right::Portability]),
        "rightToWithdrawConsent": right(notice, &[Right::WithdrawConsent]),
        "rightToComplain": complain(notice),
        "automatedDecisionMaking": { "inUse": false },
        "changesOfPurpose": [],
    })
}

/// The export as text, with a line end.
#[must_use]
pub fn text(notice: &Notice) -> String {
    let mut text = serde_json::to_string_pretty(&document(notice)).unwrap_or_default();
    text.push('\n');
    text
}

/// SHA-256 of the notice as a machine reads it, in hexadecimal: 64 characters.
fn digest(notice: &Notice) -> String {
    let model = serde_json::to_vec(notice).unwrap_or_default();
    Sha256::digest(&model)
        .iter()
        .map(|b| format!("{b:02x}"))
        .collect()
}

fn meta(notice: &Notice) -> Value {
    let first = notice.versions().map(|(_, v)| v.dated).min();
    json!({
        "_id": format!("{}-{}", notice.name, notice.version),
        "name": notice.title,
        "created": first.unwrap_or(notice.dated).to_string(),
        "modified": notice.dated.to_string(),
        "version": notice.version.max(1),
        // Two letters: `en` of `en-GB`.
        "language": notice.language.split('-').next().unwrap_or("en"),
        "status": "active",
        "url": format!("urn:abide:notice:{}:{}", notice.name, notice.version),
        "_hash": digest(notice),
    })
}

fn controller(notice: &Notice) -> Value {
    let names: Vec<&str> = notice
        .controllers()
        .map(|(_, p)| p)
        .chain(
            notice
                .partners()
                .map(|(_, p)| p)
                .filter(|p| p.role == "joint-controller"),
        )
        .map(|p| p.full_name.as_str())
        .collect();
    let name = phrase::list(&names, "and");
    json!({
        "name": name,
        "address": address(notice),
        "country": "GB",
        // The schema wants one. A controller at home in the country has no representative and speaks for itself.
        "representative": { "name": name, "email": reach::door(notice).unwrap_or_default() },
    })
}

fn address(notice: &Notice) -> &str {
    notice
        .controllers()
        .find_map(|(_, p)| p.address.as_deref())
        .unwrap_or_default()
}

fn officer(notice: &Notice) -> Value {
    let named = notice.contacts().any(|(_, c)| c.name == "dpo");
    json!({
        "name": if named { "Data protection officer" } else { "None named in the notice" },
        "address": address(notice),
        "country": "GB",
        "email": reach::door(notice).unwrap_or_default(),
    })
}

fn disclosed(notice: &Notice, group: &DataGroup) -> Value {
    let purposes: Vec<_> = notice
        .purposes()
        .map(|(_, p)| p)
        .filter(|p| reach::names(&p.uses, group))
        .collect();
    let mut bases: Vec<Basis> = purposes.iter().filter_map(|p| p.basis).collect();
    bases.sort_unstable();
    bases.dedup();
    let interests: Vec<Value> = purposes
        .iter()
        .filter(|p| p.basis == Some(Basis::LegitimateInterests))
        .map(|p| {
            let reasoning = p.interest.clone().unwrap_or_else(|| {
                p.assessment.as_ref().map_or_else(
                    || phrase::aim(&p.words),
                    |a| format!("{}; assessment {a}", phrase::aim(&p.words)),
                )
            });
            json!({ "exists": true, "reasoning": reasoning })
        })
        .collect();
    let recipients: Vec<Value> = notice
        .shares()
        .map(|(_, s)| s)
        .filter(|s| reach::names(&s.data, group))
        .map(|s| recipient(notice, s))
        .collect();
    let unharmed: Vec<String> = notice
        .consents()
        .flat_map(|(_, c)| &c.no_effect_on)
        .map(|on| phrase::plain(on))
        .collect();
    let consequences = if group.volunteered_only {
        "None: it is only taken when it is offered.".to_owned()
    } else if unharmed.is_empty() {
        "The notice names none.".to_owned()
    } else {
        format!("None for this: {}.", phrase::list(&unharmed, "and"))
    };
    let contract = bases.contains(&Basis::Contract);
    let mut category = phrase::capital(&phrase::names(&group.items, "and"));
    if !group.may_include.is_empty() {
        category += &format!(
            ", which may touch on {}",
            phrase::names(&group.may_include, "or")
        );
    }
    json!({
        "_id": format!("data-{}", group.name),
        "category": category,
        "purposes": purposes
            .iter()
            .map(|p| json!({ "purpose": p.name, "description": phrase::aim(&p.words) }))
            .collect::<Vec<_>>(),
        "legalBases": bases
            .iter()
            .map(|b| json!({
                "reference": format!("UKGDPR-{}", dpv::pointed(b.point())),
                "description": phrase::capital(b.name()),
            }))
            .collect::<Vec<_>>(),
        "legitimateInterests": if interests.is_empty() { vec![json!({ "exists": false })] } else { interests },
        "recipients": recipients,
        "storage": [storage(notice, group)],
        "nonDisclosure": {
            "legalRequirement": false,
            "contractualRegulation": contract,
            "obligationToProvide": false,
            "consequences": consequences,
        },
    })
}

fn recipient(notice: &Notice, share: &notice::model::Share) -> Value {
    let role = share
        .role
        .as_ref()
        .map(|r| format!(" ({})", phrase::plain(r)))
        .unwrap_or_default();
    if share.any {
        let with = phrase::capital(&phrase::plain(&share.with));
        json!({ "category": format!("{with}{role}") })
    } else {
        json!({
            "category": format!("Partner{role}"),
            "name": phrase::party(notice, &share.with),
        })
    }
}

fn storage(notice: &Notice, group: &DataGroup) -> Value {
    let keeps: Vec<&Keep> = notice
        .keeps()
        .map(|(_, k)| k)
        .filter(|k| reach::names(&k.data, group))
        .collect();
    let said = |k: &Keep| say(notice, &Sentence::Keep((*k).clone()));
    let temporal: Vec<Value> = keeps
        .iter()
        .filter_map(|k| {
            let plus = k.until.plus?;
            Some(json!({ "description": said(k), "ttl": dpv::iso(plus) }))
        })
        .collect();
    let conditional: Vec<String> = keeps
        .iter()
        .filter(|k| k.until.plus.is_none())
        .map(|k| said(k))
        .collect();
    json!({
        "temporal": temporal,
        "purposeConditional": conditional,
        "legalBasisConditional": [],
        "aggregationFunction": "max",
    })
}

fn sources(notice: &Notice) -> Vec<Value> {
    let name = |groups: &[String]| phrase::capital(&phrase::listed(notice, groups));
    let own = notice.collects().enumerate().map(|(i, (_, c))| {
        json!({
            "_id": format!("source-person-{}", i + 1),
            "dataCategory": name(&c.data),
            "sources": [{ "description": "You", "url": "", "publiclyAvailable": false }],
        })
    });
    let others = notice.receives().enumerate().map(|(i, (_, r))| {
        let from: Vec<Value> = r
            .from
            .iter()
            .map(|f| json!({
                "description": phrase::capital(&format!("your {}", phrase::plain(f))),
                "url": "",
                "publiclyAvailable": matches!(f.as_str(), "public-source" | "public-sources" | "social-media" | "website"),
            }))
            .collect();
        json!({
            "_id": format!("source-other-{}", i + 1),
            "dataCategory": name(&r.data),
            "sources": from,
        })
    });
    own.chain(others).collect()
}

/// A right with the way to use it; not available where no rule offers it.
fn right(notice: &Notice, rights: &[Right]) -> Value {
    let offered: Vec<String> = notice
        .rights()
        .filter(|(_, r)| r.not_offered.is_none() && rights.iter().any(|x| r.rights.contains(x)))
        .map(|(rule, _)| crate::words::sentence(notice, rule))
        .collect();
    if offered.is_empty() {
        return json!({ "available": false });
    }
    let mut entry = Map::from_iter([
        ("available".to_owned(), json!(true)),
        ("description".to_owned(), json!(offered.join(" "))),
        ("identificationEvidences".to_owned(), json!([])),
    ]);
    if let Some(email) = reach::door(notice) {
        entry.insert("email".to_owned(), json!(email));
    }
    Value::Object(entry)
}

fn access(notice: &Notice) -> Value {
    let mut entry = right(notice, &[Right::Access, Right::Portability]);
    let formats: Vec<String> = notice
        .rights()
        .flat_map(|(_, r)| r.formats.clone())
        .collect();
    let free = notice.fees().any(|(_, f)| f.none);
    if let Some(map) = entry.as_object_mut() {
        if !formats.is_empty() {
            map.insert("dataFormats".to_owned(), json!(formats));
        }
        if free {
            map.insert(
                "administrativeFee".to_owned(),
                json!({ "amount": 0, "currency": "GBP" }),
            );
        }
    }
    entry
}

fn complain(notice: &Notice) -> Value {
    let all: Vec<_> = notice.complaints().collect();
    let Some((_, outside)) = all.iter().find(|(_, c)| c.to != "us") else {
        return json!({ "available": false });
    };
    let regulator = law::regulator::regulator(notice.dated);
    let words: Vec<String> = all
        .iter()
        .map(|(rule, _)| crate::words::sentence(notice, rule))
        .collect();
    let mut authority = Map::from_iter([
        ("name".to_owned(), json!(regulator.name)),
        (
            "address".to_owned(),
            json!(outside.address.as_deref().unwrap_or(regulator.address)),
        ),
        ("country".to_owned(), json!("GB")),
        (
            "phone".to_owned(),
            json!(outside.phone.as_deref().unwrap_or(regulator.phone)),
        ),
    ]);
    if let Some(email) = &outside.email {
        authority.insert("email".to_owned(), json!(email));
    }
    let mut entry = Map::from_iter([
        ("available".to_owned(), json!(true)),
        ("description".to_owned(), json!(words.join(" "))),
        (
            "url".to_owned(),
            json!(outside.web.as_deref().unwrap_or(regulator.url)),
        ),
        ("identificationEvidences".to_owned(), json!([])),
        ("supervisoryAuthority".to_owned(), Value::Object(authority)),
    ]);
    if let Some(email) = reach::door(notice) {
        entry.insert("email".to_owned(), json!(email));
    }
    Value::Object(entry)
}
