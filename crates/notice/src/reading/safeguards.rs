//! What makes a journey of data abroad lawful, in the words notices use for it, and whether data leave at all.

use super::Said;
use super::pattern::one_of;
use super::structure::Sentence;
use super::topic::Topic;
use super::words::{self, Word, find_any, says, says_any};

/// A footing on which data may leave the country, UK GDPR Articles 45A to 49.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Safeguard {
    /// UK adequacy regulations, a data bridge, or adequacy with nobody named.
    UkAdequacy,
    /// An adequacy decision of the European Commission.
    EuAdequacy,
    /// The International Data Transfer Agreement.
    Idta,
    /// The UK Addendum to the European clauses.
    UkAddendum,
    /// Standard contractual clauses, whoever's.
    Clauses,
    /// Binding corporate rules.
    BindingRules,
    /// The person's explicit consent, Article 49(1)(a).
    ExplicitConsent,
    /// Another derogation of Article 49.
    Derogation,
    /// A scheme that courts have ended: Privacy Shield, Safe Harbor.
    Ended,
    /// Some contract or agreement that is not named.
    Contract,
}

impl Safeguard {
    /// Plain words for it.
    #[must_use]
    pub fn phrase(self) -> &'static str {
        match self {
            Safeguard::UkAdequacy => "UK adequacy regulations",
            Safeguard::EuAdequacy => "European Commission adequacy decision",
            Safeguard::Idta => "International Data Transfer Agreement",
            Safeguard::UkAddendum => "UK Addendum",
            Safeguard::Clauses => "Standard Contractual Clauses",
            Safeguard::BindingRules => "binding corporate rules",
            Safeguard::ExplicitConsent => "explicit consent",
            Safeguard::Derogation => "Article 49 derogation",
            Safeguard::Ended => "Privacy Shield",
            Safeguard::Contract => "contract",
        }
    }
}

/// Whether data leave the country, as the notice has it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Leaving {
    /// Nothing is said.
    #[default]
    Unsaid,
    /// It is ruled out.
    Never,
    /// It is called unlikely.
    Unlikely,
    /// It happens, or may.
    Stated,
}

/// The safeguards named, each once, at the words that name it.
pub(crate) fn read(all: &[Sentence]) -> Vec<Said<Safeguard>> {
    let mut found: Vec<Said<Safeguard>> = Vec::new();
    for s in all {
        let mut european = false;
        for (what, range) in heard(&s.words, s.topic, &mut european) {
            if !found.iter().any(|f| f.what == what) {
                found.push(Said {
                    what,
                    span: words::span(&s.words, &range),
                    part: s.part,
                });
            }
        }
    }
    found
}

fn heard(
    w: &[Word],
    topic: Topic,
    european: &mut bool,
) -> Vec<(Safeguard, std::ops::Range<usize>)> {
    let mut found = Vec::new();
    let mut put = |what: Safeguard, patterns: &'static [&'static str]| {
        if let Some(range) = find_any(w, patterns) {
            found.push((what, range));
        }
    };
    *european = says_any(
        w,
        &[
            "european commission",
            "eu commission",
            "european union ~1 adequacy",
            "eu adequacy",
        ],
    );
    put(
        Safeguard::Idta,
        &["international data transfer* agreement*", "idta|idtas"],
    );
    put(
        Safeguard::UkAddendum,
        &[
            "uk ~5 addendum",
            "addendum ~6 clauses",
            "clauses ~8 addendum",
            "addendum",
        ],
    );
    put(
        Safeguard::Clauses,
        &[
            "standard ~3 clauses",
            "model ~2 clauses",
            "sccs|scc",
            "contractual clauses",
        ],
    );
    put(
        Safeguard::BindingRules,
        &["binding corporate rules", "bcrs|bcr"],
    );
    put(Safeguard::Ended, &["privacy shield", "safe harbor|harbour"]);
    if topic == Topic::Transfers
        || says_any(w, &["outside|overseas|abroad|transfer*|international*"])
    {
        put(Safeguard::ExplicitConsent, &["explicit ~1 consent"]);
        put(Safeguard::Derogation, &["article 49", "derogation*"]);
    }
    if *european {
        put(
            Safeguard::EuAdequacy,
            &[
                "european|eu ~3 commission ~4 adequa*",
                "adequa* ~8 commission",
                "eu ~1 adequacy",
                "european union ~1 adequacy",
            ],
        );
    }
    put(
        Safeguard::UkAdequacy,
        &[
            "uk ~5 adequa*",
            "adequacy regulation*",
            "data bridge",
            "uk extension",
            "secretary of state ~10 adequa*",
            "adequa* ~10 secretary|uk|government|ico",
        ],
    );
    if !*european && found.iter().all(|(s, _)| *s != Safeguard::UkAdequacy) {
        let bare = &[
            "adequacy decision*",
            "adequate ~2 level*",
            "adequate ~2 protection",
            "adequacy",
        ];
        if let Some(range) = find_any(w, bare).filter(|_| says_any(w, &["countr*", "adequacy"])) {
            found.push((Safeguard::UkAdequacy, range));
        }
    }
    found
}

/// Whether a sentence names what carries data abroad by contract, Article 46.
fn carried(s: &Sentence) -> bool {
    let mut european = false;
    heard(&s.words, s.topic, &mut european)
        .iter()
        .any(|(what, _)| {
            matches!(
                what,
                Safeguard::Idta
                    | Safeguard::UkAddendum
                    | Safeguard::Clauses
                    | Safeguard::BindingRules
                    | Safeguard::Ended
            )
        })
}

const LANDS: &str = "us|usa|india|canada|australia|philippines|singapore|japan|ireland|germany|france|netherlands|sweden|zealand|switzerland|israel|brazil|china|ukraine|ghana|kenya|nigeria|pakistan|bangladesh|poland|portugal|spain|belgium|denmark|finland|norway|iceland|korea|mexico|america|austria|italy|estonia|romania|greece|luxembourg";

/// `Fjord Transcripts AS (Norway)`: the land behind a name is where it sits.
fn seated_abroad(w: &[Word]) -> bool {
    (1..w.len()).any(|i| {
        let land = w
            .get(i)
            .filter(|x| x.capital && x.parted && one_of(&x.text, LANDS));
        let ends = w.get(i + 1).is_none_or(|next| next.parted || !next.capital);
        land.is_some() && ends && w.get(i - 1).is_some_and(|x| x.capital)
    })
}

/// Whether the notice says that data leave the country.
pub(crate) fn leaving(all: &[Sentence]) -> Leaving {
    let (mut never, mut unlikely, mut firm, mut soft) = (false, false, false, false);
    for s in all {
        let w = &s.words;
        let away = says_any(
            w,
            &[
                "outside ~4 uk|kingdom|eea|eu|europe|area|union|britain",
                "overseas|abroad",
                "leave* ~2 uk|country|united",
                "other countries",
                "third countr*",
            ],
        ) || (says_any(
            w,
            &[
                "in|to|from|via the us",
                "in|to|from|via ~3 states|usa|india|canada|australia|philippines|singapore|japan|ireland|germany|france|netherlands|sweden|africa|zealand|switzerland|israel|brazil|china|ukraine|ghana|kenya|nigeria|pakistan|bangladesh|poland|portugal|spain|belgium|denmark|finland|norway|iceland|korea|mexico|america",
            ],
        ) && (carried(s)
            || says(
                w,
                "server*|data|information|stored|hosted|held|processed|transfer*|sent|send|host*|cloud|centre*|based|recordings|file|files|answers|provider|supplier",
            ))
            && !says(w, "born|interview*|live|visit*"))
            || matches!(s.topic, Topic::Sharing | Topic::Transfers) && seated_abroad(w)
            || says_any(w, &["data bridge", "uk extension"]);
        let ruled = says_any(
            w,
            &[
                "not|never|nor|no|n't|won't|doesn't|don't|nothing|none ~9 outside|overseas|abroad",
                "not|never|no ~4 leave* ~2 uk|country|united|britain",
                "stay*|remain*|kept|stored|held|hosted ~8 within|in|inside ~2 uk|kingdom|britain|eea|england",
            ],
        ) && !says_any(w, &["unless", "except"]);
        let open = says(w, "if|should|would|might|unless|ever|becomes");
        if ruled {
            never = true;
        } else if away && says(w, "unlikely|rarely") {
            unlikely = true;
        } else if away && open {
            soft = true;
        } else if away {
            firm = true;
        }
    }
    // What may happen some day weighs less than what is said of it.
    match (firm, unlikely, never, soft) {
        // Whoever names clauses for a journey abroad speaks of one.
        (false, false, false, false) if all.iter().any(carried) => Leaving::Stated,
        (true, ..) => Leaving::Stated,
        (_, true, ..) => Leaving::Unlikely,
        (_, _, true, _) => Leaving::Never,
        (_, _, _, true) => Leaving::Stated,
        _ => Leaving::Unsaid,
    }
}
