//! What the law gives special protection, heard in what is held and in what a notice says of it.

use law::category::{Sensitivity, sensitivities};

use super::Said;
use super::data::Datum;
use super::pattern::one_of;
use super::roles::{Entry, Role, refuses};
use super::words::{self, Word, says, says_any};

/// Special category and offence data that are held: those among the data, and those a sentence tells of.
pub(crate) fn special(
    text: &str,
    entries: &[Entry],
    data: &[Said<Datum>],
) -> Vec<Said<Sensitivity>> {
    let mut found: Vec<Said<Sensitivity>> = Vec::new();
    let mut at = 0;
    for entry in entries {
        let s = entry.said;
        let mut put = |what: Sensitivity| {
            if !found
                .iter()
                .rev()
                .take(12)
                .any(|f| f.what == what && f.span == s.span)
            {
                found.push(Said {
                    what,
                    span: s.span,
                    part: s.part,
                });
            }
        };
        while let Some(datum) = data.get(at).filter(|d| d.span.start < s.span.end) {
            if datum.span.start >= s.span.start {
                for what in &datum.what.sensitivity {
                    put(*what);
                }
            }
            at += 1;
        }
        for what in told(text, entry) {
            put(what);
        }
    }
    found
}

/// What a sentence tells of special data that are used: `Health data are used under Article 9(2)(j).`
fn told(text: &str, entry: &Entry) -> Vec<Sensitivity> {
    let w = &entry.said.words;
    if matches!(entry.role, Role::Refused | Role::Rights | Role::Label) || defines(w) || refuses(w)
    {
        return Vec::new();
    }
    let held = says_any(
        w,
        &[
            "we|will|may|also ~4 collect|process|hold|record|ask|use|gather ~6 special category|categories",
            "we|will|may|also ~4 collect|process|hold|record|gather ~4 sensitive",
        ],
    );
    let footed = says_any(
        w,
        &[
            "article|art 9|10",
            "substantial public interest",
            "explicit consent",
            "special category|categories",
            "schedule 1",
        ],
    ) && !says_any(w, &["if|where|should|any ~8 special|sensitive"]);
    let yours = words::find_any(
        w,
        &[
            "data|information|details ~1 about|on|of your",
            "you ~2 may|might|can|could ~2 talk|tell|speak|mention|share ~4 about|your",
            "your|their ~0 health|ethnicity|religion|disability|faith|sexuality|politics|ethnic|sexual|diagnosis|medication",
        ],
    );
    if held || footed {
        return sensitivities(&plain(text, w))
            .into_iter()
            .filter(|s| !by_law(w, *s))
            .collect();
    }
    let Some(at) = yours.filter(|_| {
        matches!(
            entry.role,
            Role::Data | Role::Sources | Role::Other | Role::Purposes
        ) && says_any(
            w,
            &[
                "we|us ~8 collect|ask|record|hold|process|gather|use|need|about",
                "we ~4 about|on your",
                "you ~2 may|might|could ~2 talk|tell|speak|mention|share ~4 about|your",
            ],
        )
    }) else {
        return Vec::new();
    };
    let end = (at.end + 14).min(w.len());
    let said = w.get(at.start..end).unwrap_or_default();
    if words::denied(w, at.start) {
        return Vec::new();
    }
    sensitivities(&plain(text, said))
}

/// The names of laws and of conditions speak of health and offences without holding any.
fn by_law(w: &[Word], what: Sensitivity) -> bool {
    let condition = says_any(
        w,
        &[
            "health or social care",
            "health and social care",
            "health and safety",
            "public health",
            "social protection",
            "mental health act",
            "equality act",
            "crime and disorder",
            "rehabilitation of offenders",
            "opportunity ~1 treatment",
            "equal* ~4 treatment",
        ],
    );
    condition
        && matches!(
            what,
            Sensitivity::Special(law::category::Kind::Health) | Sensitivity::Offence
        )
}

/// The words without the verb `send`, which in capitals stands for special educational needs and disabilities.
pub(crate) fn plain(text: &str, said: &[Word]) -> String {
    let kept = said
        .iter()
        .filter(|w| w.text != "send" || words::at(text, w.span) == "SEND");
    let mut out = String::new();
    for word in kept {
        out.push_str(if word.parted { ", " } else { " " });
        out.push_str(&word.text);
    }
    out
}

/// What the law sees in some words; a view on a service shows nobody's health.
pub(crate) fn weigh(text: &str, said: &[Word], item: &str) -> Vec<Sensitivity> {
    // `who to ring if you fall ill` tells of nobody's illness.
    let end = said
        .iter()
        .skip(1)
        .position(|w| w.text == "if")
        .map_or(said.len(), |i| i + 1);
    let said = said.get(..end).unwrap_or(said);
    let first = said.first().map_or("", |w| w.text.as_str());
    let opinion = one_of(
        first,
        "views|view|opinions|opinion|feedback|attitudes|thoughts|knowledge|understanding|comments|perceptions|ideas|suggestions|interest|interests|training",
    ) && says(said, "on|about|of|towards|in");
    let at_work = says(
        said,
        "experience* ~1 of|in|with working|supporting|delivering|teaching|caring|providing|commissioning|managing",
    );
    if (opinion && !says(said, "about|of|on your health|disability")) || at_work {
        return Vec::new();
    }
    let mut found = sensitivities(&plain(text, said));
    for more in sensitivities(&item.replace('-', " ")) {
        // A name of ours may show what the words say otherwise, but the words come first.
        if found.is_empty() {
            found.push(more);
        }
    }
    found
}

/// Words on what the law calls personal data, which collect nothing.
pub(crate) fn defines(w: &[Word]) -> bool {
    if says_any(
        w,
        &[
            "we refer to",
            "refer* to ~4 as",
            "the term|phrase|expression",
        ],
    ) {
        return true;
    }
    says_any(
        w,
        &[
            "personal|category ~1 data|information means|mean",
            "personal data|information is|are any|information|defined|data",
            "by personal data|information",
            "is|are defined",
            "defined ~4 as|by|in",
            "mean|means any information",
            "law|gdpr|legislation|regulation ~3 calls|defines|classes|describes|treats|gives",
            "any information ~6 identifie*|identify|identifiable",
            "known as|called ~1 special|sensitive",
            "special category|categories ~2 data|information is|are|includes|include|means|mean|covers|refers",
            "sensitive ~2 data|information is|are|includes|include|means|covers",
            "data ~2 means",
            "refer|refers to",
        ],
    ) && !says_any(
        w,
        &[
            "we ~5 collect|hold|process|record|ask|gather",
            "collected|held|recorded",
        ],
    )
}

/// Whether people tell it only if they like.
pub(crate) fn offers(w: &[Word]) -> bool {
    says_any(
        w,
        &[
            "you ~3 choose|decide|wish|want ~2 to",
            "choose ~1 to ~1 share|tell|give|provide|mention|disclose|answer",
            "voluntar*",
            "volunteer|volunteered ~4 information|data|details|about|to",
            "if you wish|like|prefer|choose|want",
            "optional|optionally",
            "you ~1 may|might ~3 tell|mention|share|disclose|give|talk|say",
            "prefer not to say",
        ],
    ) && !says_any(
        w,
        &["choose|want|wish ~1 to ~1 take|participate|join|withdraw|withdraw"],
    )
}
