//! What the notice itself forbids when data go to somebody else: provisos on recipients, transfers and disclosures.

use super::permits::{among, ground};
use super::text::{Draft, one_of, quote, state};
use crate::facts::{Facts, authorities};
use crate::words;
use notice::model::{Disclose, Protect, Rule, Share, Transfer};

pub(super) fn share<'a>(rule: &'a Rule, it: &Share, facts: &Facts) -> Vec<Draft<'a>> {
    let to = if it.any {
        "context.recipient_class"
    } else {
        "context.recipient"
    };
    let this = format!(
        "{} && ({}) && ({})",
        one_of(to, [it.with.as_str()]),
        one_of("context.purpose", it.purposes.iter().map(String::as_str)),
        among(&it.data, facts)
    );
    let mut out = Vec::new();
    let mut need = |word: &str, why: &str, help: &str| {
        out.push(
            Draft::forbid(rule, &["share"], why, help)
                .when(this.clone())
                .unless(state(word)),
        );
    };
    if it.after_remove_identity {
        let why = "this goes out only after everything that identifies a person is removed";
        need(
            "de-identified",
            why,
            "take out what identifies people first",
        );
    }
    if let Some(n) = it.suppress_below {
        let why = format!("counts below {n} are suppressed before this goes out");
        need("suppressed", &why, "suppress small counts first");
    }
    if it.review_every.is_some() {
        let why = "this recipient is reviewed before it gets anything, and again and again";
        need("reviewed", why, "review the recipient first");
    }
    out
}

pub(super) fn transfer<'a>(rule: &'a Rule, it: &Transfer) -> Vec<Draft<'a>> {
    let abroad = format!(
        "resource.personal && context.country != {}",
        quote(&it.outside)
    );
    let mut out = Vec::new();
    let carriers: Vec<String> = it
        .only
        .iter()
        .map(|word| match words::safeguard(word) {
            Some("adequate") => "context.country_approved".to_owned(),
            Some(safeguard) => one_of("context.safeguard", [safeguard]),
            None => "false".to_owned(),
        })
        .collect();
    let says = if it.only.is_empty() {
        "never".to_owned()
    } else {
        it.only.join(", ")
    };
    let mut only = Draft::forbid(
        rule,
        &["share"],
        &format!("data leave the country only under {says}"),
        "put one of these in place, or choose a recipient in the country",
    )
    .when(abroad.clone());
    if !carriers.is_empty() {
        only = only.unless(carriers.join(" || "));
    } else {
        only.why = "this notice promises that data stay in the country".to_owned();
        only.help = "choose a recipient in the country".to_owned();
    }
    out.push(only);
    if it.when_necessary {
        out.push(
            Draft::forbid(
                rule,
                &["share"],
                "data leave the country only where that is necessary, with the reason on record",
                "record why it is necessary",
            )
            .when(abroad.clone())
            .unless(state("necessity-recorded")),
        );
    }
    if it.contract_required {
        out.push(
            Draft::forbid(
                rule,
                &["share"],
                "a recipient abroad needs a signed contract that has not run out",
                "sign or renew the contract first",
            )
            .when(abroad)
            .unless(state("contract-in-date")),
        );
    }
    out
}

pub(super) fn disclose<'a>(rule: &'a Rule, it: &Disclose) -> Vec<Draft<'a>> {
    let Some(who) = &it.approval else {
        return Vec::new();
    };
    let to = authorities(&it.to);
    vec![
        Draft::forbid(
            rule,
            &["share"],
            &format!("`{who}` has to approve this disclosure"),
            "have it approved first",
        )
        .when(ground(it))
        .when(one_of("context.recipient", to.iter().map(String::as_str)))
        .unless(state("approved")),
    ]
}

pub(super) fn protect<'a>(rule: &'a Rule, it: &Protect, facts: &Facts) -> Vec<Draft<'a>> {
    let of_recipients = it.of.iter().any(|w| w.starts_with("recipient"));
    let checked = |word, why, help| {
        Draft::forbid(rule, &["share"], why, help)
            .when("resource.personal && !context.compelled")
            .unless(state(word))
    };
    match it.what.as_str() {
        "recipients" => vec![checked(
            "reviewed",
            "every recipient is reviewed and approved before it gets anything",
            "review the recipient first",
        )],
        "assessment" if of_recipients => vec![checked(
            "assessed",
            "every recipient is assessed before it gets anything",
            "assess the recipient first",
        )],
        "access" => it
            .until
            .iter()
            .map(|_| {
                let after: Vec<&str> = facts
                    .keeps
                    .iter()
                    .flat_map(|k| k.purposes.iter().chain(&k.afterwards).map(String::as_str))
                    .collect();
                Draft::forbid(
                    rule,
                    &["read", "contact", "share"],
                    "access ended with the project",
                    "only what the notice keeps data for afterwards remains possible",
                )
                .when("resource.personal")
                .when(format!("context.ended.contains({})", quote(&rule.id.0)))
                .unless("context.serves_person || context.compelled")
                .unless(one_of("context.purpose", after))
            })
            .collect(),
        _ => Vec::new(),
    }
}
