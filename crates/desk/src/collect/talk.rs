//! What the notice says about talking with people: by which ways, where, and what is kept of it.

use super::{PARTICIPATION, by_way, survey};
use crate::stop::{Outcome, Refused};
use crate::{Asking, Published};
use policy::{Deed, State};
use vault::Tx;

/// What people take part in by talking.
pub const TALKS: &[&str] = &["interview", "focus-group", "workshop", "group-discussion"];

/// The question whether this may be taken in by talking.
pub(super) fn talk<'a>(item: &'a str, kind: &'a str) -> Asking<'a> {
    let mut asking = Asking::new(Deed::Collect)
        .items([item])
        .state(State::Volunteered);
    asking.source = Some("person");
    asking.source_kind = Some(policy::SourceKind::Primary);
    asking.way = Some(kind);
    asking
}

/// Only where the notice says that it takes place; returns the notice's own word for it.
pub(super) fn takes_place(published: &Published, kind: &str, way: &str) -> Outcome<String> {
    let mut place = way.to_owned();
    for (rule, channel) in published
        .notice
        .channels()
        .filter(|(_, c)| c.what.iter().any(|w| w == kind))
    {
        let same = |a: &str| a == way || (PHONE.contains(&a) && PHONE.contains(&way));
        let Some(listed) = channel.ways.iter().find(|w| same(w)) else {
            return Err(Refused::new(format!(
                "`{way}` is not how this takes place: it is {} only",
                channel.ways.join(" or ")
            ))
            .clause(rule)
            .help("hold it in one of these ways")
            .into());
        };
        place.clone_from(listed);
    }
    Ok(place)
}

const PHONE: &[&str] = &["telephone", "phone", "by-phone", "call"];

/// Nothing starts before a person agreed, where the notice asks for that.
pub(super) fn agreed(
    tx: &Tx<'_, '_>,
    published: &Published,
    kind: &str,
    holding: &str,
) -> Outcome<()> {
    for (rule, consent) in published.notice.consents() {
        if consent.before.iter().any(|b| b == kind) && !tx.agreed(holding, PARTICIPATION)? {
            return Err(survey::not_agreed(rule).into());
        }
    }
    Ok(())
}

/// The way of talking that the notice speaks of first.
pub(super) fn kind_of_talk(published: &Published) -> String {
    let ways = published.notice.collects().flat_map(|(_, c)| &c.by);
    ways.into_iter()
        .find(|w| TALKS.contains(&w.as_str()))
        .cloned()
        .unwrap_or_else(|| "interview".to_owned())
}

pub(super) fn is_recording(item: &str) -> bool {
    ["voice", "video"].contains(&notice::vocabulary::canonical(item).as_str())
        || item
            .split('-')
            .any(|w| ["recording", "recordings", "audio", "video", "voice"].contains(&w))
}

/// The item that holds what people said.
pub(super) fn words_item(published: &Published, kind: &str) -> Outcome<String> {
    let items = by_way(published, &[kind]);
    let called = |item: &&String| {
        let usual = notice::vocabulary::canonical(item);
        ["interview-answers", "transcript", "notes"].contains(&usual.as_str())
            || item.split('-').any(|w| {
                [
                    "answers",
                    "words",
                    "transcript",
                    "responses",
                    "contributions",
                ]
                .contains(&w)
            })
    };
    let found = items
        .iter()
        .filter(|i| !is_recording(i))
        .find(called)
        .or_else(|| items.iter().find(|i| !is_recording(i)));
    found.cloned().ok_or_else(|| nothing_by(published, kind))
}

/// The item recordings are, and the way of talking they come from: the one named, or the first of the notice's.
pub(super) fn recording_item(
    published: &Published,
    way: Option<&str>,
) -> Outcome<(String, String)> {
    for kind in TALKS
        .iter()
        .filter(|kind| way.is_none_or(|way| way == **kind))
    {
        if let Some(item) = by_way(published, &[kind])
            .into_iter()
            .find(|i| is_recording(i))
        {
            return Ok((item, (*kind).to_owned()));
        }
    }
    Err(nothing_by(published, "recording"))
}

pub(super) fn nothing_by(published: &Published, kind: &str) -> crate::Stop {
    let refused = Refused::new(format!("this notice takes nothing in by `{kind}`"));
    published
        .notice
        .collects()
        .take(6)
        .fold(refused, |r, (rule, _)| r.clause(rule))
        .law(
            "UK GDPR Art 5(1)(b)",
            "data are taken in as people were told, and not otherwise",
        )
        .into()
}
