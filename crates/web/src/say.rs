//! A clause is called by what it promises, in a few words: nobody has to read `keep/contact+role@transcriber`.

use notice::Notice;
use notice::model::{Never, Protect, Rule, Sentence, Share};
use publish::words::phrase;

/// How many groups of data are named before the rest is counted.
const NAMED: usize = 3;
/// How many letters of an aim are read in a margin before it is cut at its first comma.
const SHORT: usize = 48;

/// A clause's name: `the right to object`, `recording kept until the transcript has been approved`.
#[must_use]
pub fn clause(n: &Notice, rule: &Rule) -> String {
    match &rule.says {
        Sentence::Notice => "which version this is".to_owned(),
        Sentence::Project => "which study this is".to_owned(),
        Sentence::Event(it) => format!("when {}", phrase::event(&it.name)),
        Sentence::Audience(_) => "whom it is written for".to_owned(),
        Sentence::Controller(_) => "who answers for the data".to_owned(),
        Sentence::Partner(it) => format!("part of {}", it.full_name),
        Sentence::Contact(it) => contact(&it.name),
        Sentence::Complaint(it) if it.to == "us" => "complaints to us".to_owned(),
        Sentence::Complaint(it) => format!("complaints to the {}", it.to),
        Sentence::Data(it) => format!("nothing but this is held: {}", group(n, &it.name)),
        Sentence::Collect(it) => format!("{} from the person", things(n, &it.data)),
        Sentence::Receive(it) => format!("{} from {}", things(n, &it.data), some(&it.from)),
        Sentence::Purpose(it) => aim(&it.words),
        Sentence::Never(it) => never(it),
        Sentence::Share(it) => format!("{} to {}", things(n, &it.data), recipient(n, it)),
        Sentence::Transfer(it) if it.only.is_empty() => "never abroad".to_owned(),
        Sentence::Transfer(_) => "abroad only with a safeguard".to_owned(),
        Sentence::Disclose(it) => format!("handed to {} if it must be", some(&it.to)),
        Sentence::Keep(it) => {
            let at = it
                .at
                .as_deref()
                .map(|at| format!(" at {}", phrase::party(n, at)))
                .unwrap_or_default();
            format!(
                "{}{at} kept until {}",
                things(n, &it.data),
                they(&phrase::when(&it.until))
            )
        }
        Sentence::EraseLimit(_) => "what cannot be pulled out any more".to_owned(),
        Sentence::Right(it) => {
            let acts: Vec<&str> = it.rights.iter().map(|r| right(*r)).collect();
            match acts.as_slice() {
                [first, _, _, ..] => format!(
                    "the right to {first}, and {} more",
                    phrase::number(acts.len().saturating_sub(1).try_into().unwrap_or(u32::MAX))
                ),
                few => format!("the right to {}", phrase::list(few, "or")),
            }
        }
        Sentence::Version(it) => format!("people told of version {}", it.number),
        Sentence::Channel(it) => format!(
            "{} only {}",
            phrase::names(&it.what, "and"),
            phrase::names(&it.ways, "or")
        ),
        Sentence::Consent(it) => format!(
            "agreement before the {}",
            phrase::names(&it.before, "or the")
        ),
        Sentence::Permission(it) => format!("permission: {}", phrase::plain(&it.name)),
        Sentence::Survey(it) if it.anonymous => format!("the {} is anonymous", survey(&it.name)),
        Sentence::Survey(it) => format!("what the {} may leave out", survey(&it.name)),
        Sentence::Invite(it) => format!(
            "what an invitation says: {}",
            phrase::names(&it.must_say, "and")
        ),
        Sentence::Release(it) => format!("the {} names nobody", phrase::plain(&it.what)),
        Sentence::Minimise(it) => minimise(&it.action, &things(n, &it.data)),
        Sentence::Protect(it) => protect(it),
        Sentence::Fee(it) if it.none => "free of charge".to_owned(),
        Sentence::Fee(_) => "when a fee may be asked".to_owned(),
        Sentence::Succession(_) => "if we merge or are sold".to_owned(),
        Sentence::Change(it) if it.notify.is_some() => "people told before a change".to_owned(),
        Sentence::Change(_) => "every version stays readable".to_owned(),
    }
}

/// What a purpose is for, short enough for a margin: the first part of a long aim.
#[must_use]
pub fn aim(words: &str) -> String {
    let aim = phrase::aim(words);
    match aim.split_once(", ") {
        Some((first, _)) if aim.chars().count() > SHORT => first.to_owned(),
        _ => aim,
    }
}

/// The notice in short: question and answer, with the section that says it whole. An answer leaves nothing out without
/// saying so, for somebody may read no further. Article 12(1) UK GDPR.
#[must_use]
pub fn short(n: &Notice) -> Vec<(String, String)> {
    publish::summary::summary(n)
        .into_iter()
        .filter_map(|answer| {
            let first = answer.points.first()?;
            let section = first
                .clauses
                .first()
                .and_then(|c| c.as_str().split('/').nth(1))
                .unwrap_or("about");
            let rest = answer.points.len().saturating_sub(1);
            let text = match answer.slug {
                "who" => format!("{}.", who(n)),
                "what" => format!("{}.", phrase::capital(&held(n))),
                "why" => match n.purposes().count().saturating_sub(1) {
                    0 => first.text.clone(),
                    more => format!(
                        "{} And {} more uses, each with its ground.",
                        first.text,
                        phrase::number(more.try_into().unwrap_or(u32::MAX))
                    ),
                },
                "who-sees" if n.shares().next().is_some() => seen_by(n),
                "how-long" if rest > 0 => {
                    format!("{} The notice says when anything else goes.", first.text)
                }
                _ => first.text.clone(),
            };
            Some((format!("#{section}"), format!("{} {text}", answer.question)))
        })
        .collect()
}

/// Who answers for the data, and with whom.
fn who(n: &Notice) -> String {
    let us: Vec<&str> = n.controllers().map(|(_, p)| p.full_name.as_str()).collect();
    let with: Vec<&str> = n
        .partners()
        .filter(|(_, p)| p.role == "joint-controller")
        .map(|(_, p)| p.full_name.as_str())
        .collect();
    let us = phrase::list(&us, "and");
    if with.is_empty() {
        us
    } else {
        format!("{us}, with {}", phrase::list(&with, "and"))
    }
}

/// Everybody data may go to: by name, or by kind.
fn seen_by(n: &Notice) -> String {
    let mut names: Vec<String> = Vec::new();
    for (_, share) in n.shares() {
        let name = if share.any {
            phrase::people(&share.with)
        } else {
            phrase::party(n, &share.with)
        };
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let others = if n.discloses().next().is_some() {
        " Anybody else only in the cases that the notice names."
    } else {
        ""
    };
    format!("{}.{others}", phrase::capital(&phrase::list(&names, "and")))
}

/// Every item that may be held, by its name.
fn held(n: &Notice) -> String {
    let mut items: Vec<String> = Vec::new();
    for (_, group) in n.data() {
        for item in &group.items {
            let item = phrase::plain(item);
            if !items.contains(&item) {
                items.push(item);
            }
        }
    }
    phrase::list(&items, "and")
}

/// Data as staff speak of them: `contact details and role`, `everything but the recording`.
#[must_use]
pub fn things(n: &Notice, groups: &[String]) -> String {
    let all: Vec<&str> = n.data().map(|(_, d)| d.name.as_str()).collect();
    let known = groups.iter().all(|g| all.contains(&g.as_str()));
    let rest: Vec<String> = all
        .iter()
        .filter(|a| !groups.iter().any(|g| g == *a))
        .map(|a| group(n, a))
        .collect();
    if known && groups.len() > NAMED && rest.len() * NAMED <= groups.len() {
        return match rest.as_slice() {
            [] => "everything".to_owned(),
            rest => format!("everything but {}", phrase::list(rest, "and")),
        };
    }
    let mut named: Vec<String> = groups.iter().map(|g| group(n, g)).collect();
    if named.len() > NAMED {
        let more = named.len().saturating_sub(NAMED - 1);
        named.truncate(NAMED - 1);
        named.push(format!("{more} more"));
    }
    phrase::list(&named, "and")
}

fn group(n: &Notice, name: &str) -> String {
    match name {
        "all" => "everything".to_owned(),
        "contact" => "contact details".to_owned(),
        "interview-answers" | "words" => "what people tell us".to_owned(),
        "card" => "business cards".to_owned(),
        "role" | "recording" | "quotes" | "messages" | "answers" | "summary" | "transcript" => {
            phrase::plain(name)
        }
        _ => match n.data().find(|(_, d)| d.name == name) {
            Some((_, d)) if d.items.len() <= 2 => phrase::names(&d.items, "and"),
            _ => phrase::plain(name),
        },
    }
}

fn some(parties: &[String]) -> String {
    match parties {
        [first, _, _, ..] => format!("{} and others", phrase::one(first)),
        few => phrase::list(
            &few.iter().map(|p| phrase::one(p)).collect::<Vec<_>>(),
            "or",
        ),
    }
}

fn recipient(n: &Notice, share: &Share) -> String {
    if share.any {
        phrase::one(&share.with)
    } else {
        phrase::party(n, &share.with)
    }
}

fn contact(name: &str) -> String {
    match name {
        "dpo" => "how to reach the data protection officer".to_owned(),
        "post" => "where letters reach us".to_owned(),
        "phone" => "where calls reach us".to_owned(),
        "any-door" => "every door is the right one".to_owned(),
        other => format!("how to reach us ({})", phrase::plain(other)),
    }
}

fn survey(name: &str) -> String {
    let name = phrase::plain(name);
    if name.contains("survey") {
        name
    } else {
        format!("{name} survey")
    }
}

/// The notice speaks to one person; a name of its clause is also read by others.
fn they(words: &str) -> String {
    words
        .replace("you opt", "they opt")
        .replace("you leave", "they leave")
}

fn never(it: &Never) -> String {
    let of: Vec<String> = it
        .what
        .iter()
        .map(|what| match what.as_str() {
            "marketing" => "never for marketing".to_owned(),
            "sale" => "never sold".to_owned(),
            "automated-decisions" => "never decided by a machine alone".to_owned(),
            "secondary-collection" => "never from anybody else".to_owned(),
            "other-purposes" | "other-use" => "never for anything else".to_owned(),
            other => format!("never: {}", phrase::plain(other)),
        })
        .collect();
    phrase::list(&of, "and")
}

/// What somebody has a right to, behind "the right to".
#[must_use]
pub fn right(right: law::Right) -> &'static str {
    use law::Right;
    match right {
        Right::Access => "see what is held",
        Right::Rectify => "have it put right",
        Right::Erase => "have it erased",
        Right::Restrict => "have it kept but not used",
        Right::Portability => "take it along",
        Right::Object => "object to a use",
        Right::ObjectMarketing => "say no to marketing",
        Right::WithdrawConsent => "take consent back",
        Right::HumanReview => "have a person decide",
        Right::Withdraw => "leave the study",
        Right::OptOut => "opt out of being contacted",
    }
}

fn minimise(action: &str, what: &str) -> String {
    match action {
        "reduce" => format!("fewer {what} as we go"),
        "redact" => format!("names taken out of {what}"),
        "remove-identity" => format!("{what} cut from the name"),
        "generalise" => format!("{what} made less exact"),
        other => format!("{}: {what}", phrase::plain(other)),
    }
}

fn protect(it: &Protect) -> String {
    match it.what.as_str() {
        "sealed" => "data lie sealed".to_owned(),
        "dedicated-store" => "a store of its own".to_owned(),
        "access" => "only staff who need it".to_owned(),
        "assessment" if it.of.is_empty() => "risks weighed first".to_owned(),
        "assessment" => format!("risks weighed: {}", phrase::names(&it.of, "and")),
        "recipients" => "whoever gets data is checked".to_owned(),
        "review" => "a regular look at how data are kept safe".to_owned(),
        "minimum" => "as little as will do".to_owned(),
        "not-anonymous" => "treated as theirs even without a name".to_owned(),
        "overall" => "private and safe".to_owned(),
        other => phrase::plain(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_aim_ends_at_its_first_comma() {
        assert_eq!(
            aim("to ask if you agree, and note it"),
            "to ask if you agree, and note it"
        );
        assert_eq!(
            aim("to learn what help care leavers can get with their minds, and what it was like"),
            "to learn what help care leavers can get with their minds"
        );
    }

    #[test]
    fn clauses_of_a_real_notice_have_names_without_signs_of_the_machine() {
        let text = include_str!("../../../notices/kinship-care-stakeholders.notice.md");
        let notice = notice::parse(text).notice.expect("the notice parses");
        for rule in notice.rules() {
            let name = clause(&notice, rule);
            assert!(!name.contains(['/', '+', '@', '_']), "{name}");
            assert!(name.chars().count() < 120, "{name}");
        }
    }
}
