//! What the notice itself forbids: `never`, and the provisos in its permissions. They cite a clause, as the law cites an article.

use super::permits::{among, given, publishes};
use super::sharing;
use super::text::{Draft, happened, one_of, quote, state};
use crate::facts::Facts;
use crate::words;
use law::Right;
use notice::model::{
    Channel, Consent, DataGroup, EraseLimit, Keep, Never, Notice, Permission, Purpose, Rule,
    Sentence, Survey,
};

const USES: &[&str] = &["collect", "read", "contact", "share", "publish", "decide"];
const REACH: &[&str] = &["read", "contact", "share", "keep"];

/// Every prohibition of the notice, in reading order.
pub(super) fn provisos<'a>(notice: &'a Notice, facts: &Facts) -> Vec<Draft<'a>> {
    notice
        .rules()
        .flat_map(|rule| match &rule.says {
            Sentence::Never(it) => never(rule, it, facts),
            Sentence::Data(it) => volunteered(rule, it),
            Sentence::Purpose(it) => purpose(rule, it),
            Sentence::Share(it) => sharing::share(rule, it, facts),
            Sentence::Transfer(it) => sharing::transfer(rule, it),
            Sentence::Disclose(it) => sharing::disclose(rule, it),
            Sentence::Keep(it) => keep(rule, it, notice, facts),
            Sentence::EraseLimit(it) => vec![erase_limit(rule, it, facts)],
            Sentence::Consent(it) => consent(rule, it),
            Sentence::Permission(it) => permission(rule, it, facts),
            Sentence::Channel(it) => vec![channel(rule, it)],
            Sentence::Survey(it) if it.anonymous => vec![survey(rule, it)],
            Sentence::Protect(it) => sharing::protect(rule, it, facts),
            Sentence::Right(it)
                if it.not_offered.is_none() && it.rights.contains(&Right::Withdraw) =>
            {
                vec![left(rule)]
            }
            _ => Vec::new(),
        })
        .collect()
}

fn never<'a>(rule: &'a Rule, it: &Never, facts: &Facts) -> Vec<Draft<'a>> {
    let of = (!it.of.is_empty()).then(|| among(&it.of, facts));
    let narrowed = |draft: Draft<'a>| match &of {
        Some(of) => draft.when(of.clone()),
        None => draft,
    };
    it.what
        .iter()
        .filter_map(|what| {
            let draft = match what.as_str() {
                "marketing" => {
                    Draft::forbid(rule, USES, "this notice promises no marketing", "")
                        .when("context.purpose == \"?\" && context.marketing")
                }
                "sale" => Draft::forbid(rule, USES, "this notice promises that data are never sold", "")
                    .when("context.sale"),
                "automated-decisions" => Draft::forbid(
                    rule,
                    &["decide"],
                    "this notice promises that no machine decides about a person",
                    "let somebody decide, and record who",
                )
                .unless(state("human-decision")),
                "secondary-collection" => Draft::forbid(
                    rule,
                    &["collect"],
                    "this notice promises to take data from the person only",
                    "invite the person to give the data themselves",
                )
                .when("context.source_kind == \"secondary\""),
                "other-purposes" | "other-use" => Draft::forbid(
                    rule,
                    &["collect", "read", "contact", "share", "keep", "publish", "decide"],
                    "this notice promises no other use of these data",
                    "use a purpose the notice states, or publish a new version and tell people first",
                )
                .when("context.purpose == \"?\""),
                _ => return None,
            };
            Some(narrowed(draft))
        })
        .collect()
}

fn volunteered<'a>(rule: &'a Rule, it: &DataGroup) -> Vec<Draft<'a>> {
    if !it.volunteered_only && it.may_include.is_empty() {
        return Vec::new();
    }
    vec![
        Draft::forbid(
            rule,
            &["collect"],
            "this is held only where a person offers it freely; nothing may demand it",
            "leave the question open and optional",
        )
        .when(format!(
            "resource in Group::{} && resource.volunteered",
            quote(&it.name)
        ))
        .unless(state("volunteered")),
    ]
}

fn purpose<'a>(rule: &'a Rule, it: &Purpose) -> Vec<Draft<'a>> {
    let this = one_of("context.purpose", [it.name.as_str()]);
    let mut out = Vec::new();
    if it.opt_out {
        out.push(
            Draft::forbid(
                rule,
                REACH,
                "the person opted out of this",
                "wait until they opt in again",
            )
            .when(this.clone())
            .when(state("opted-out")),
        );
    }
    if !it.only.is_empty() {
        let tags: Vec<String> = it.only.iter().map(|t| quote(t)).collect();
        out.push(
            Draft::forbid(
                rule,
                &["read", "contact", "share"],
                &format!(
                    "this purpose is only for people marked {}",
                    it.only.join(" or ")
                ),
                "leave out people who are not",
            )
            .when(this.clone())
            .unless(format!("context.tags.containsAny([{}])", tags.join(", "))),
        );
    }
    if it.reason_required {
        out.push(
            Draft::forbid(
                rule,
                &["contact"],
                "why this person is asked has to be on record each time",
                "write down the reason first",
            )
            .when(this)
            .unless(state("reason-given")),
        );
    }
    out
}

fn keep<'a>(rule: &'a Rule, it: &Keep, notice: &Notice, facts: &Facts) -> Vec<Draft<'a>> {
    let Some(after) = &it.after else {
        return Vec::new();
    };
    // Data kept longer for a purpose of their own may go on being used for it.
    let mine = facts.spread(&it.data);
    let others = notice
        .keeps()
        .filter(|(_, k)| k.at == it.at && !facts.spread(&k.data).is_disjoint(&mine))
        .flat_map(|(_, k)| k.purposes.iter());
    let open: Vec<&str> = after
        .purposes
        .iter()
        .chain(others)
        .map(String::as_str)
        .collect();
    vec![
        Draft::forbid(
            rule,
            USES,
            &format!(
                "after `{}` these data serve only {}",
                after.event,
                after.purposes.join(", ")
            ),
            "",
        )
        .when(happened(&after.event))
        .when(among(&it.data, facts))
        .unless(one_of("context.purpose", open))
        .unless("context.serves_person || context.compelled"),
    ]
}

fn erase_limit<'a>(rule: &'a Rule, it: &EraseLimit, facts: &Facts) -> Draft<'a> {
    let mut draft = Draft::forbid(
        rule,
        &["erase"],
        &format!("from `{}` on these data cannot simply be erased; what identifies the person is taken out instead", it.from),
        "remove what identifies the person; whoever asks to be erased under Article 17 gets a decision by somebody (`human-decision`)",
    )
    .when(happened(&it.from))
    .when(among(&it.data, facts))
    .unless(state("human-decision"));
    if let Some(until) = &it.until {
        draft = draft.unless(happened(until));
    }
    draft
}

fn consent<'a>(rule: &'a Rule, it: &Consent) -> Vec<Draft<'a>> {
    let mut out = Vec::new();
    if !it.before.is_empty() {
        out.push(
            Draft::forbid(
                rule,
                &["collect"],
                "nobody takes part before they have agreed to",
                "ask for agreement first, and record it",
            )
            .when(one_of("context.way", it.before.iter().map(String::as_str)))
            .unless(state("consent-given")),
        );
    }
    out
}

fn permission<'a>(rule: &'a Rule, it: &Permission, facts: &Facts) -> Vec<Draft<'a>> {
    if publishes(it) || it.unless_given != "no" {
        return Vec::new();
    }
    // `permission recording` speaks of the group or item of that name, and of what means the same.
    let meant = words::item(&it.name);
    let names = facts.groups.keys().chain(facts.items.keys());
    let of: Vec<String> = names
        .filter(|n| **n == it.name || words::item(n) == meant)
        .cloned()
        .collect();
    if of.is_empty() {
        return Vec::new();
    }
    vec![
        Draft::forbid(
            rule,
            &["collect"],
            "the person is asked first, and silence is no",
            "ask for permission, and record the answer (`permission-given`)",
        )
        .when(among(&of, facts))
        .unless(state(given(it))),
    ]
}

fn channel<'a>(rule: &'a Rule, it: &Channel) -> Draft<'a> {
    let allowed = it.ways.iter().map(String::as_str).chain([""]);
    Draft::forbid(
        rule,
        &["collect"],
        &format!("this takes place {} only", it.ways.join(" or ")),
        "hold it in one of these ways",
    )
    .when(one_of("context.way", it.what.iter().map(String::as_str)))
    .unless(one_of("context.channel", allowed))
}

fn survey<'a>(rule: &'a Rule, it: &Survey) -> Draft<'a> {
    Draft::forbid(
        rule,
        &["collect", "contact", "share"],
        "the survey is anonymous: one link for everybody, and no way back to a person",
        "send the one link that everybody gets",
    )
    .when(one_of("context.way", ["", "survey", it.name.as_str()]))
    .when(state("tracked"))
}

fn left(rule: &Rule) -> Draft<'_> {
    Draft::forbid(
        rule,
        USES,
        "the person has left the study",
        "erase what can be erased; use the rest only without anything that identifies them",
    )
    .when("resource.personal")
    .when(state("withdrawn"))
    .unless("context.serves_person || context.compelled")
    .unless(state("de-identified"))
}
