//! What processes speak of, each a node of its own: bases, conditions, data, recipients, safeguards.

use std::collections::{BTreeMap, BTreeSet};

use law::{Basis, Condition};
use notice::Notice;
use serde_json::{Value, json};

use super::parts::iri;
use super::terms;
use crate::words::phrase;

/// Nodes that processes speak of, written once each.
#[derive(Default)]
pub(crate) struct Made {
    pub(super) bases: BTreeSet<Basis>,
    pub(super) conditions: BTreeSet<Condition>,
    /// Each with its class in the vocabulary.
    pub(super) items: BTreeMap<String, &'static str>,
    /// Each with whether it works for the controller alone.
    pub(super) recipients: BTreeMap<String, bool>,
}

/// The safeguards of UK law that a notice names, each a node under the vocabulary's own concept.
pub(crate) fn safeguards(notice: &Notice) -> Vec<Value> {
    let named: BTreeSet<&str> = notice
        .transfers()
        .flat_map(|(_, t)| &t.only)
        .map(String::as_str)
        .collect();
    named
        .into_iter()
        .filter_map(law::transfer::Safeguard::from_word)
        .filter(|s| terms::safeguard(s.word()).starts_with("uk:"))
        .map(|s| {
            json!({
                "@id": terms::safeguard(s.word()),
                "@type": ["dpv:SafeguardForDataTransfer", "skos:Concept"],
                "broader": "dpv:SafeguardForDataTransfer",
                "law": "legal-gb:law-GDPR",
                "title": phrase::capital(s.name()),
            })
        })
        .collect()
}

impl Made {
    /// Bases, conditions, data items and recipients, each a node.
    pub(crate) fn into_nodes(self, notice: &Notice) -> Vec<Value> {
        let mut nodes = Vec::new();
        for basis in self.bases {
            nodes.push(json!({
                "@id": terms::basis(basis),
                "@type": ["dpv:LegalBasis", "skos:Concept"],
                "broader": terms::basis_above(basis),
                "closeMatch": terms::basis_of_the_union(basis),
                "law": "legal-gb:law-GDPR",
                "title": format!("UK GDPR Art {} {}", basis.point(), basis.name()),
            }));
        }
        for condition in self.conditions {
            nodes.push(json!({
                "@id": terms::condition(condition),
                "@type": ["dpv:LegalBasis", "skos:Concept"],
                "broader": terms::condition_above(condition),
                "closeMatch": terms::condition_of_the_union(condition),
                "law": ["legal-gb:law-GDPR", "legal-gb:law-DPA"],
                "title": format!("{}: {}", condition.article(), condition.name()),
            }));
        }
        for (item, class) in self.items {
            let volunteered = notice.data().any(|(_, g)| {
                (g.volunteered_only && g.items.contains(&item)) || g.may_include.contains(&item)
            });
            let mut node = json!({
                "@id": iri(notice, &format!("data:{item}")),
                "@type": class,
                "title": phrase::plain(&item),
                "broader": terms::data(&item),
            });
            if let (true, Some(map)) = (volunteered, node.as_object_mut()) {
                map.insert(
                    "dpv:hasNecessity".to_owned(),
                    json!({ "@id": "dpv:Optional" }),
                );
            }
            nodes.push(node);
        }
        for (recipient, works_for_us) in self.recipients {
            nodes.push(json!({
                "@id": iri(notice, &format!("recipient:{recipient}")),
                "@type": if works_for_us { "dpv:DataProcessor" } else { "dpv:Recipient" },
                "dpv:hasName": phrase::capital(&format!("any reviewed {}", phrase::plain(&recipient))),
            }));
        }
        nodes
    }
}
