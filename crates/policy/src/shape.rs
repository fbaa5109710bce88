//! The shape of a question: all that the answer can depend on, in the notice's own words, and nothing else.
//!
//! Two questions of one shape have one answer, so answers are remembered by shape. What a question says that the
//! notice does not know becomes `?`, which keeps the number of shapes small and opens nothing.

use crate::facts::{Facts, Keep, Purpose};
use crate::{Deed, Question, SourceKind, State, words};
use jiff::civil::Date;
use law::transfer::{self, Safeguard};
use notice::model::{Length, When};
use std::collections::BTreeSet;

/// One item's question, ready to be asked.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Shape {
    pub(crate) act: Deed,
    pub(crate) regime: usize,
    pub(crate) item: String,
    pub(crate) role: String,
    pub(crate) purpose: String,
    pub(crate) basis: &'static str,
    pub(crate) condition: &'static str,
    pub(crate) offences: bool,
    pub(crate) purpose_uses: bool,
    pub(crate) marketing: bool,
    pub(crate) sale: bool,
    pub(crate) serves_person: bool,
    pub(crate) objection_reaches: bool,
    pub(crate) source: String,
    pub(crate) source_kind: &'static str,
    pub(crate) way: String,
    pub(crate) channel: String,
    pub(crate) recipient: String,
    pub(crate) recipient_class: String,
    pub(crate) compelled: bool,
    pub(crate) country: String,
    pub(crate) country_approved: bool,
    pub(crate) safeguard: &'static str,
    pub(crate) safeguard_valid: bool,
    pub(crate) transfers_told: bool,
    pub(crate) states: BTreeSet<State>,
    pub(crate) events: BTreeSet<String>,
    pub(crate) tags: BTreeSet<String>,
    pub(crate) ended: BTreeSet<String>,
    pub(crate) kept: bool,
}

/// Said, but unknown to the notice.
pub(crate) const UNKNOWN: &str = "?";

/// The shape of a question without an item yet; [`with_item`] finishes it.
pub(crate) fn shape(q: &Question, states: BTreeSet<State>, regime: usize, facts: &Facts) -> Shape {
    let purpose_word = q.purpose.as_deref().map(words::fold).unwrap_or_default();
    let purpose = heard(q.purpose.as_deref(), |w| {
        words::hear(w, facts.purposes.keys().map(String::as_str), str::to_owned)
    });
    let known = facts.purposes.get(&purpose);
    let source = heard(q.source.as_deref(), |w| facts.hear_source(w));
    let from_person = q
        .source
        .as_deref()
        .is_some_and(|s| words::party(&words::fold(s)) == "person");
    let source_kind = match q.source_kind {
        Some(kind) => kind.word(),
        None if q.source.is_none() => "",
        None if from_person => SourceKind::Primary.word(),
        None => SourceKind::Secondary.word(),
    };
    let recipient = heard(q.to.as_deref(), |w| facts.hear_recipient(w));
    let recipient_class = match &q.to_class {
        Some(class) => heard(Some(class), |w| facts.hear_recipient(w)),
        None => recipient.clone(),
    };
    let compelled = facts.authorities.contains(&recipient)
        && (states.contains(&State::InstrumentOnFile) || states.contains(&State::RiskOfHarm));
    let country = home(q.country.as_deref());
    let partial = states.contains(&State::ApprovalCovers);
    let safeguard = q
        .safeguard
        .as_deref()
        .map_or("", |w| words::safeguard(w).unwrap_or(UNKNOWN));
    let approved = transfer::judge(&country, None, partial, q.at).is_allowed();
    let carried = by_word(safeguard)
        .is_some_and(|s| transfer::judge(&country, Some(s), partial, q.at).is_allowed());
    let tagged: Vec<String> = q.tags.iter().map(|t| words::fold(t)).collect();
    Shape {
        act: q.act,
        regime,
        item: String::new(),
        role: heard(q.who.as_deref(), words::role),
        basis: known.and_then(|p| p.basis).map_or("", law::Basis::word),
        condition: known
            .and_then(|p| p.condition)
            .map_or("", law::Condition::word),
        offences: known.is_some_and(|p| p.offences),
        purpose_uses: false,
        marketing: known.is_some_and(|p| p.marketing) || words::advertises(&purpose_word),
        sale: words::sells(&purpose_word),
        serves_person: known.is_some_and(|p| p.serves_person),
        objection_reaches: objection_reaches(q, &purpose, known),
        purpose,
        source,
        source_kind,
        way: heard(q.way.as_deref(), |w| {
            words::hear(w, facts.ways.iter().map(String::as_str), str::to_owned)
        }),
        channel: heard(q.channel.as_deref(), |w| {
            words::hear(w, facts.channels.iter().map(String::as_str), str::to_owned)
        }),
        recipient,
        recipient_class,
        compelled,
        country_approved: approved,
        country,
        safeguard,
        safeguard_valid: carried,
        transfers_told: facts.transfers_told,
        events: facts
            .events
            .iter()
            .filter(|e| {
                facts
                    .milestones
                    .happened(e, &q.events)
                    .is_some_and(|d| d <= q.at)
            })
            .cloned()
            .collect(),
        tags: facts
            .tags
            .iter()
            .filter(|t| tagged.contains(t))
            .cloned()
            .collect(),
        states,
        ended: BTreeSet::new(),
        kept: true,
    }
}

/// The same question about one item: what is known of the item, and which clauses have run out for it.
pub(crate) fn with_item(base: &Shape, item: &str, q: &Question, facts: &Facts) -> Shape {
    let mut it = Shape {
        item: item.to_owned(),
        ..base.clone()
    };
    if let Some(purpose) = facts.purposes.get(&it.purpose) {
        it.purpose_uses = purpose.uses.contains(item);
    } else if it.purpose.is_empty() {
        // Nobody said why yet: a condition of any purpose that uses the item will carry it.
        let using = || facts.purposes.values().filter(|p| p.uses.contains(item));
        it.condition = using()
            .find_map(|p| p.condition)
            .map_or("", law::Condition::word);
        it.offences = using().any(|p| p.offences);
    }
    let past = |when: &When| {
        let opted_out = when.event == "opt-out" && it.states.contains(&State::OptedOut);
        opted_out || last_day(when, q, facts).is_some_and(|day| day < q.at)
    };
    let over: Vec<&Keep> = facts
        .keeps
        .iter()
        .filter(|k| k.items.contains(item))
        .filter(|k| past(&k.until))
        .collect();
    // Kept for this purpose, if any clause speaks of it; else kept at all.
    let ours = || {
        facts
            .keeps
            .iter()
            .filter(|k| k.at.is_none() && k.items.contains(item))
    };
    let for_this = |k: &&Keep| {
        it.purpose.is_empty() || k.purposes.is_empty() || k.purposes.contains(&it.purpose)
    };
    let mut speaking: Vec<&Keep> = ours().filter(for_this).collect();
    if speaking.is_empty() {
        speaking = ours().collect();
    }
    it.kept = speaking.is_empty() || speaking.iter().any(|k| !gone(k, &over));
    it.ended = facts
        .keeps
        .iter()
        .filter(|k| k.items.contains(item) && gone(k, &over))
        .map(|k| k.clause.clone())
        .chain(
            facts
                .access
                .iter()
                .filter(|(_, w)| past(w))
                .map(|(clause, _)| clause.clone()),
        )
        .collect();
    it
}

/// Whether a clause's time is over: its own, or that of another for the same place and purposes. The earliest wins.
fn gone(keep: &Keep, over: &[&Keep]) -> bool {
    over.iter()
        .any(|o| o.at == keep.at && o.purposes == keep.purposes)
}

/// The last day of `until`, if its event has happened.
pub(crate) fn last_day(when: &When, q: &Question, facts: &Facts) -> Option<Date> {
    let on = facts.milestones.happened(&when.event, &q.events)?;
    Some(after(on, when.plus))
}

/// A day some length later, by the law's arithmetic of retention: clamped, never rolled.
pub(crate) fn after(on: Date, plus: Option<Length>) -> Date {
    plus.map_or(on, |length| {
        law::clock::keep_until(on, length.count, length.unit)
    })
}

fn heard<'a>(word: Option<&str>, hear: impl Fn(&str) -> Option<&'a str>) -> String {
    match word {
        None => String::new(),
        Some(word) if word.trim().is_empty() => String::new(),
        Some(word) => hear(word).unwrap_or(UNKNOWN).to_owned(),
    }
}

/// Article 21(1): a purpose on a basis that can be objected to. Where no purpose is said, any might be meant; nobody
/// objects to being answered.
fn objection_reaches(q: &Question, purpose: &str, known: Option<&Purpose>) -> bool {
    let Some(known) = known else { return true };
    !known.serves_person
        && known.basis.is_none_or(law::Basis::may_be_objected_to)
        && (q.objected_to.is_empty() || q.objected_to.contains(purpose))
}

/// The two-letter code, `GB` where nobody said; what is no code is nowhere, and nowhere is approved.
fn home(country: Option<&str>) -> String {
    let code = country.unwrap_or_default().trim().to_ascii_uppercase();
    match code.as_str() {
        "" | "GB" | "UK" => "GB".to_owned(),
        other if other.len() == 2 && other.bytes().all(|b| b.is_ascii_uppercase()) => code,
        _ => UNKNOWN.to_owned(),
    }
}

fn by_word(safeguard: &str) -> Option<Safeguard> {
    match safeguard {
        "idta" => Some(Safeguard::Idta),
        "uk-addendum" => Some(Safeguard::UkAddendum),
        "bcr" => Some(Safeguard::Bcr),
        "eu-scc" => Some(Safeguard::EuScc),
        _ => None,
    }
}
