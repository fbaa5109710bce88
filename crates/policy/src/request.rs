//! A question and a notice's lists, put as Cedar wants them: the context of a request, and the entities.

use crate::facts::Facts;
use crate::shape::Shape;
use crate::words;
use cedar_policy::RestrictedExpression;
use serde_json::json;

/// The question as Cedar's context.
pub(crate) fn pairs(shape: &Shape) -> Vec<(String, RestrictedExpression)> {
    let text = |s: &str| RestrictedExpression::new_string(s.to_owned());
    let set = |words: &mut dyn Iterator<Item = &str>| {
        RestrictedExpression::new_set(words.map(text).collect::<Vec<_>>())
    };
    let yes = RestrictedExpression::new_bool;
    [
        ("purpose", text(&shape.purpose)),
        ("purpose_basis", text(shape.basis)),
        ("condition", text(shape.condition)),
        ("has_condition", yes(!shape.condition.is_empty())),
        ("has_offence_condition", yes(shape.offences)),
        ("purpose_uses", yes(shape.purpose_uses)),
        ("marketing", yes(shape.marketing)),
        ("sale", yes(shape.sale)),
        ("serves_person", yes(shape.serves_person)),
        ("objection_reaches", yes(shape.objection_reaches)),
        ("source", text(&shape.source)),
        ("source_kind", text(shape.source_kind)),
        ("way", text(&shape.way)),
        ("channel", text(&shape.channel)),
        ("recipient", text(&shape.recipient)),
        ("recipient_class", text(&shape.recipient_class)),
        ("compelled", yes(shape.compelled)),
        ("country", text(&shape.country)),
        ("country_approved", yes(shape.country_approved)),
        ("safeguard", text(shape.safeguard)),
        ("safeguard_valid", yes(shape.safeguard_valid)),
        ("transfers_told", yes(shape.transfers_told)),
        ("states", set(&mut shape.states.iter().map(|s| s.word()))),
        ("events", set(&mut shape.events.iter().map(String::as_str))),
        ("tags", set(&mut shape.tags.iter().map(String::as_str))),
        ("ended", set(&mut shape.ended.iter().map(String::as_str))),
        ("kept", yes(shape.kept)),
    ]
    .into_iter()
    .map(|(name, value)| (name.to_owned(), value))
    .collect()
}

/// The notice's lists as entities: items in their groups, groups in all that is held.
pub(crate) fn entities(facts: &Facts) -> serde_json::Value {
    let uid = |of: &str, id: &str| json!({ "type": of, "id": id });
    let mut out = vec![json!({ "uid": uid("Held", "all"), "attrs": {}, "parents": [] })];
    for group in facts.groups.keys() {
        let parents = [uid("Held", "all")];
        out.push(json!({ "uid": uid("Group", group), "attrs": {}, "parents": parents }));
    }
    for (name, item) in &facts.items {
        let parents: Vec<_> = item
            .groups
            .iter()
            .map(|g| uid("Group", g))
            .chain([uid("Held", "all")])
            .collect();
        out.push(
            json!({ "uid": uid("Item", name), "parents": parents, "attrs": {
                "special": item.special, "inferred": item.inferred, "offence": item.offence,
                "volunteered": item.volunteered,
                "identifies": words::identifies(name), "personal": true,
            }}),
        );
    }
    // What is not held as a row, and "" for whatever the notice does not list.
    let rest = facts
        .outputs
        .iter()
        .filter(|o| !facts.items.contains_key(*o))
        .map(String::as_str);
    for name in rest.chain([""]) {
        let summary = name == "summary" || facts.releases.contains(name);
        out.push(json!({ "uid": uid("Item", name), "parents": [], "attrs": {
            "special": false, "inferred": false, "offence": false, "volunteered": false,
            "identifies": false, "personal": !summary,
        }}));
    }
    serde_json::Value::Array(out)
}
