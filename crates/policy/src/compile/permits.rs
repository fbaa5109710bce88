//! What the notice allows: a policy for each rule that lets something be done, and for nothing else.

use super::text::{Draft, one_of, quote, state};
use crate::facts::{Facts, authorities};
use law::Basis;
use notice::model::{
    Collect, Disclose, Keep, Notice, Permission, Purpose, Receive, Release, Rule, Sentence, Share,
};

/// Every permission of the notice, in reading order.
pub(super) fn permits<'a>(notice: &'a Notice, facts: &Facts) -> Vec<Draft<'a>> {
    notice
        .rules()
        .flat_map(|rule| match &rule.says {
            Sentence::Data(group) => vec![
                Draft::permit(rule, &["store"])
                    .when(format!("resource in Group::{}", quote(&group.name))),
            ],
            Sentence::Collect(it) => vec![collect(rule, it, facts)],
            Sentence::Receive(it) => vec![receive(rule, it, facts)],
            Sentence::Purpose(it) => purpose(rule, it, facts),
            Sentence::Share(it) => vec![share(rule, it, facts)],
            Sentence::Disclose(it) => vec![disclose(rule, it)],
            Sentence::Keep(it) => keep(rule, it, facts),
            Sentence::Release(it) => vec![release(rule, it)],
            Sentence::Permission(it) if publishes(it) => vec![permission(rule, it, facts)],
            _ => Vec::new(),
        })
        .collect()
}

/// The data a rule lists, as a condition on the resource.
pub(super) fn among(list: &[String], facts: &Facts) -> String {
    let parts: Vec<String> = list
        .iter()
        .map(|name| {
            if name == "all" {
                "resource in Held::\"all\"".to_owned()
            } else if facts.groups.contains_key(name) {
                format!("resource in Group::{}", quote(name))
            } else {
                format!("resource == Item::{}", quote(name))
            }
        })
        .collect();
    if parts.is_empty() {
        "false".to_owned()
    } else {
        parts.join(" || ")
    }
}

fn collect<'a>(rule: &'a Rule, it: &Collect, facts: &Facts) -> Draft<'a> {
    let draft = Draft::permit(rule, &["collect"])
        .when(among(&it.data, facts))
        .when(one_of("context.source", [it.from.as_str()]));
    if it.by.is_empty() {
        draft
    } else {
        // A way nobody named is not held against the question; a way that is not listed is.
        let ways = it.by.iter().map(String::as_str).chain([""]);
        draft.when(one_of("context.way", ways))
    }
}

fn receive<'a>(rule: &'a Rule, it: &Receive, facts: &Facts) -> Draft<'a> {
    Draft::permit(rule, &["collect"])
        .when(among(&it.data, facts))
        .when(one_of("context.source", it.from.iter().map(String::as_str)))
}

fn purpose<'a>(rule: &'a Rule, it: &Purpose, facts: &Facts) -> Vec<Draft<'a>> {
    let this = one_of("context.purpose", [it.name.as_str()]);
    // Nobody is contacted for a purpose that uses nothing to reach them by.
    let reaching = facts
        .spread(&it.uses)
        .iter()
        .any(|item| crate::words::reaches(item));
    let acts: &[&str] = if reaching {
        &["read", "contact", "decide"]
    } else {
        &["read", "decide"]
    };
    let mut out = vec![
        Draft::permit(rule, acts)
            .when(this)
            .when(among(&it.uses, facts)),
    ];
    if it.basis == Some(Basis::LegalObligation) {
        out.push(
            Draft::permit(rule, &["answer"])
                .when(one_of("context.purpose", [it.name.as_str(), ""]))
                .when(among(&it.uses, facts)),
        );
    }
    out
}

fn share<'a>(rule: &'a Rule, it: &Share, facts: &Facts) -> Draft<'a> {
    let to = if it.any {
        "context.recipient_class"
    } else {
        "context.recipient"
    };
    Draft::permit(rule, &["share"])
        .when(one_of(to, [it.with.as_str()]))
        .when(one_of(
            "context.purpose",
            it.purposes.iter().map(String::as_str),
        ))
        .when(among(&it.data, facts))
}

fn disclose<'a>(rule: &'a Rule, it: &Disclose) -> Draft<'a> {
    let to = authorities(&it.to);
    Draft::permit(rule, &["share"])
        .when("resource in Held::\"all\"")
        .when(one_of("context.recipient", to.iter().map(String::as_str)))
        .when(ground(it))
}

/// What has to be so before anything is disclosed: an order on file, or somebody at risk.
pub(super) fn ground(it: &Disclose) -> String {
    match it.when.as_str() {
        "required-by-law" => state("instrument-on-file"),
        other => state(other),
    }
}

/// Whether a permission is about being quoted or named. Every other is about taking something in, and opens no publication.
pub(super) fn publishes(it: &Permission) -> bool {
    ["quote", "attribution", "name"].contains(&crate::words::item(&it.name).as_str())
}

/// The state that says a permission was given. To be quoted is one thing, to be named is another.
pub(super) fn given(it: &Permission) -> &'static str {
    if ["attribution", "name"].contains(&it.name.as_str()) {
        "attribution-allowed"
    } else {
        "permission-given"
    }
}

fn keep<'a>(rule: &'a Rule, it: &Keep, facts: &Facts) -> Vec<Draft<'a>> {
    let at = match &it.at {
        Some(at) => format!(
            "{} || {}",
            one_of("context.recipient_class", [at.as_str()]),
            one_of("context.recipient", [at.as_str()])
        ),
        None => "context.recipient == \"\"".to_owned(),
    };
    let mut keep = Draft::permit(rule, &["keep"])
        .when(among(&it.data, facts))
        .when(at)
        .unless(format!("context.ended.contains({})", quote(&rule.id.0)));
    if !it.purposes.is_empty() {
        let purposes = it.purposes.iter().map(String::as_str).chain([""]);
        keep = keep.when(one_of("context.purpose", purposes));
    }
    if it.until.event != "opt-out" {
        keep = keep.unless(state("indefinitely"));
    }
    // What is kept up to a day may go earlier.
    let erase = Draft::permit(rule, &["erase"]).when(among(&it.data, facts));
    vec![keep, erase]
}

fn release<'a>(rule: &'a Rule, it: &Release) -> Draft<'a> {
    let mut draft = Draft::permit(rule, &["publish"]);
    draft = if it.after_remove_identity {
        draft
            .when(format!(
                "resource == Item::{} || resource in Held::\"all\"",
                quote(&it.what)
            ))
            .when(state("de-identified"))
    } else {
        draft.when(format!("resource == Item::{}", quote(&it.what)))
    };
    if it.suppress_below.is_some() {
        draft = draft.when(state("suppressed"));
    }
    draft
}

fn permission<'a>(rule: &'a Rule, it: &Permission, facts: &Facts) -> Draft<'a> {
    // `permission quote` speaks of the quote itself and of data held under the same word, `attribution` of the name.
    let meant = match it.name.as_str() {
        "attribution" => "name".to_owned(),
        name => crate::words::item(name),
    };
    let same = |name: &&String| crate::words::item(name) == meant;
    let mut of = vec![format!("resource == Item::{}", quote(&it.name))];
    of.extend(
        facts
            .groups
            .keys()
            .filter(same)
            .map(|g| format!("resource in Group::{}", quote(g))),
    );
    of.extend(
        facts
            .items
            .keys()
            .filter(same)
            .map(|i| format!("resource == Item::{}", quote(i))),
    );
    Draft::permit(rule, &["publish"])
        .when(of.join(" || "))
        .when(state(given(it)))
}
