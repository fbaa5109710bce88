//! Where data are said to be and to go, and which tools with a home abroad are named.

use law::vendor::{self, VENDORS};

use super::super::structure::Sentence;
use super::super::topic::Topic;
use super::super::words::{self, Word, find, find_any, says, says_any};
use super::lands::COUNTRIES;
use super::{Page, Wording, has};
use crate::model::Span;

/// A tool with a home outside the United Kingdom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tool {
    /// Its name as written.
    pub name: String,
    /// The country of the company behind it, ISO 3166-1.
    pub home: &'static str,
    /// The same sentence says that its data stay in the United Kingdom or the European Union.
    pub kept_near: bool,
}

/// Data said to stay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stays {
    /// The words in question.
    pub words: String,
    /// It is ruled out; else it is called unlikely.
    pub never: bool,
}

/// Data said to leave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Abroad {
    /// The country, where one is named: its code and its name.
    pub country: Option<(&'static str, &'static str)>,
    /// Said with `may`, `could`, `if`.
    pub possible: bool,
    /// The sentence speaks of safeguards or protection without naming one.
    pub vague_safeguard: bool,
}

const AWAY: &[&str] = &[
    "outside ~5 uk|kingdom|eea|britain",
    "outside ~4 european|eu|economic",
    "out of ~2 uk|kingdom|britain|eea|country|europe",
    "beyond ~3 uk|kingdom|britain|eea|shores|borders",
    "overseas|abroad",
    "other|another|third country|countries",
    "international ~1 transfer*",
    "internationally",
];

const SAFEGUARDS: &[&str] = &[
    "adequacy",
    "adequate ~2 protection|level|decision",
    "idta|sccs|scc|bcr|bcrs",
    "data transfer agreement*",
    "standard|contractual|model ~2 clauses",
    "addendum",
    "binding corporate",
    "data bridge",
    "uk extension",
    "privacy framework",
    "privacy shield",
    "approved ~4 countries|uk|secretary|regulations",
    "transfer ~3 agreement*",
    "recognised ~6 protection|adequate",
    "safeguard* ~4 approved|article 46",
];

pub(super) fn read(page: &Page, wording: &mut Wording) {
    for s in page.visible() {
        let w = &s.words;
        tools(page, s, wording);
        foreign(page, s, wording);
        place(page, s, wording);
        let safeguard =
            says_any(w, SAFEGUARDS) || (says(w, "explicit consent") && says_any(w, AWAY));
        // `if they ever do, clauses protect them` protects nothing that goes today.
        let supposed = says_any(w, &["if|should ~4 ever"]);
        wording.names_safeguard |= safeguard && !supposed;
        wording.by_contract |= safeguard
            && says_any(
                w,
                &[
                    "idta|sccs|scc|bcr|bcrs",
                    "data transfer agreement*",
                    "clauses",
                    "addendum",
                    "binding corporate",
                ],
            );
        wording.offers_copy |= offers_copy(w, safeguard);
    }
}

/// `ask us for a copy of it`, beside words about what carries the leaving.
fn offers_copy(w: &[Word], safeguard: bool) -> bool {
    let way = says_any(
        w,
        &["ask|request|contact|obtain|available|see|get|write|email|at|here|read"],
    );
    let about = safeguard
        || has(
            w,
            &[
                "safeguard",
                "clause",
                "agreement",
                "addendum",
                "transfer",
                "contract",
                "protection",
            ],
        );
    way && (says_any(w, &["copy|copies ~4 it|them|this|these|those"])
        || (about && says_any(w, &["copy|copies|details|more|information"])))
}

fn tools(page: &Page, s: &Sentence, wording: &mut Wording) {
    let w = &s.words;
    if matches!(
        s.topic,
        Topic::Rights | Topic::Complaints | Topic::Contact | Topic::Changes
    ) {
        return;
    }
    for (i, word) in w.iter().enumerate() {
        if !word.capital && word.text != "otter" {
            continue;
        }
        let tool = VENDORS
            .iter()
            .filter(|v| v.name.starts_with(&word.text))
            .find(|v| {
                let mut parts = v.name.split([' ', '.']);
                let first = parts.next().unwrap_or_default();
                first == word.text
                    && parts
                        .enumerate()
                        .all(|(n, p)| w.get(i + 1 + n).is_some_and(|w| w.text == p))
            });
        let Some(tool) = tool.and_then(|v| vendor::named(v.name)) else {
            continue;
        };
        let beside = w
            .iter()
            .any(|o| o.capital && o.span != word.span && VENDORS.iter().any(|v| v.name == o.text));
        let ordinary = tool.common_word
            && (i == 0 || (tool.name == "teams" && !beside))
            && !(i == 0 && page.raw(s.span).trim() == page.raw(word.span));
        let links = says_any(
            w,
            &["follow us|our", "page on", "not|never ~2 use", "link to"],
        );
        if ordinary
            || links
            || words::denied(w, i)
            || wording
                .tools
                .iter()
                .any(|t| t.what.name.eq_ignore_ascii_case(page.raw(word.span)) || t.span == s.span)
        {
            continue;
        }
        let kept_near = says_any(
            w,
            &[
                "uk|kingdom|british|europe|european|eu|eea|ireland|london ~4 server*|data|region|centre*|based|hosted|stored|tenancy",
                "server*|data|region|centre*|hosted|stored|held|located ~5 uk|kingdom|europe|eu|eea|ireland|london",
            ],
        );
        let what = Tool {
            name: page.raw(word.span).to_owned(),
            home: tool.home,
            kept_near,
        };
        wording.tools.push(page.said(what, s.span));
    }
}

/// Endings of companies that are founded elsewhere.
const FOREIGN: &[(&str, &str)] = &[
    ("inc", "US"),
    ("llc", "US"),
    ("corp", "US"),
    ("gmbh", "DE"),
    ("pty", "AU"),
    ("pte", "SG"),
    ("sarl", "FR"),
    ("bv", "NL"),
];

/// `Formline Inc.`: nobody needs to know the company to see that it has its home abroad.
fn foreign(page: &Page, s: &Sentence, wording: &mut Wording) {
    let w = &s.words;
    if !matches!(
        s.topic,
        Topic::Sharing
            | Topic::Data
            | Topic::Sources
            | Topic::Protection
            | Topic::Other
            | Topic::Purposes
    ) || says_any(w, &["controller|controllers", "registered in|office"])
    {
        return;
    }
    for (i, word) in w.iter().enumerate().skip(1) {
        let Some((_, home)) = FOREIGN.iter().find(|(e, _)| *e == word.text) else {
            continue;
        };
        let Some(first) = w.get(i - 1).filter(|f| f.capital && word.capital) else {
            continue;
        };
        let name = page
            .raw(Span {
                start: first.span.start,
                end: word.span.end,
            })
            .to_owned();
        let known = wording
            .tools
            .iter()
            .any(|t| t.what.name == name || t.span == s.span);
        if known || words::denied(w, i) {
            continue;
        }
        let kept_near = says_any(
            w,
            &["uk|kingdom|britain|europe|european|eu|eea|ireland|london"],
        );
        wording.tools.push(page.said(
            Tool {
                name,
                home,
                kept_near,
            },
            s.span,
        ));
    }
}

/// A country, or a city that stands for one.
fn country(w: &[Word]) -> Option<(&'static str, &'static str)> {
    if !w.iter().skip(1).any(|w| w.capital) {
        return None;
    }
    COUNTRIES.iter().find_map(|(name, code, shown)| {
        let hit = find(w, name)?;
        let at = w.get(hit.start)?;
        // `us` is a country in capitals only, and `Northern Ireland` is none abroad.
        let before = hit
            .start
            .checked_sub(1)
            .and_then(|b| w.get(b))
            .map_or("", |b| b.text.as_str());
        let real = at.capital
            && before != "northern"
            && before != "new"
            && (*name != "us" || at.span.end - at.span.start == 2 && before == "the");
        let law = w.get(hit.end).is_some_and(|n| {
            matches!(
                n.text.as_str(),
                "data" | "extension" | "act" | "law" | "gdpr" | "privacy"
            )
        });
        (real && !law).then_some((*code, *shown))
    })
}

const MOVES: &str = "transfer|transfers|transferred|transferring|send|sends|sent|sending|store|stores|stored|storing|process|processed|processes|host|hosts|hosted|share|shared|sharing|held|hold|keep|kept|move|moved|accessed|access|see|sees|view|views|viewed|read|reads|answer|server|servers|leave|leaves|go|goes|based|located|take|taken|seen|backed|runs|machines|typed|transcribed|analysed|pass|passed|disclose|disclosed";

fn place(page: &Page, s: &Sentence, wording: &mut Wording) {
    let w = &s.words;
    if matches!(s.topic, Topic::Rights | Topic::Complaints | Topic::Contact) {
        return;
    }
    let away = find_any(w, AWAY);
    let moves = says(w, MOVES)
        && says_any(
            w,
            &[
                "in|to|from|into|by ~8 data|information|.",
                "data|information|recording*|transcript*|answers|server*|it|them|details|names|platform|tool|software|compan*|team|staff|office|offices|centre",
            ],
        );
    let named = moves.then(|| country(w)).flatten();
    // `Receiptly in Kyiv, Ukraine, which reads the receipts`: whoever receives sits there.
    let named = named.or_else(|| {
        let sits = s.topic == Topic::Sharing && !says_any(w, &["not|never|nobody|none|no"]);
        sits.then(|| country(w)).flatten().filter(|_| {
            w.iter().enumerate().any(|(i, o)| {
                let before = i.checked_sub(1).and_then(|b| w.get(b));
                let led = before.is_some_and(|b| matches!(b.text.as_str(), "in" | "from" | "the"));
                o.capital
                    && (led || o.parted)
                    && country(w.get(i.saturating_sub(1)..i + 2).unwrap_or_default()).is_some()
            })
        })
    });
    let home = says_any(
        w,
        &[
            "stay*|remain*|kept|stored|held|hosted|server*|located|processed|based|only|within ~6 uk|kingdom|britain|england",
            "leave|leaves ~4 uk|kingdom|britain|country",
            "uk ~2 server*|based|data",
        ],
    );
    if away.is_none() && named.is_none() && !home {
        // A tool named under a heading about places does not say where its data are.
        let tool = wording.tools.iter().any(|t| t.span == s.span);
        if s.topic == Topic::Transfers && !tool {
            wording.speaks_of_place = true;
        }
        return;
    }
    wording.speaks_of_place = true;
    let never = says_any(
        w,
        &[
            "not|never|no|nor|nothing|none|neither|nobody|don't|doesn't|won't|isn't|aren't|cannot ~10 outside|out|beyond|overseas|abroad|leave|leaves|transfer*|country|countries|internationally",
            "never ~3 leave*",
            "stay* ~4 uk|kingdom|britain",
            "only|always ~6 in|within ~1 uk|kingdom|britain",
            "remain* ~3 in|within ~1 uk|kingdom",
            "no",
        ],
    ) && !says_any(
        w,
        &[
            "not ~3 unless|without|until",
            "unless|except|without",
            "not ~2 same|adequate|offer|have|covered|approved",
            "no|not ~3 adequacy|decision|approval|regulations",
        ],
    );
    // `Nothing else leaves the country` rules out what is not told, and no more.
    let except = says_any(
        w,
        &[
            "nothing|nobody|none|no|not ~2 else|other",
            "other than|apart from",
            "otherwise|except|save|besides|excepting",
            "but for",
            "only|sole ~3 exception",
        ],
    );
    if never && except && named.is_none() {
        return;
    }
    let never = never && (away.is_some() || says_any(w, &["uk|kingdom|britain"]));
    let unlikely = away.is_some()
        && says_any(
            w,
            &[
                "unlikely|rarely|seldom|exceptional*",
                "not expect|anticipate|intend|plan",
            ],
        );
    if never || unlikely {
        let hit = away.unwrap_or(0..w.len().min(8));
        let words = page
            .raw(words::span(w, &(0..hit.end.max(1))))
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        wording.stays.push(page.said(
            Stays {
                words,
                never: never && !unlikely,
            },
            s.span,
        ));
        return;
    }
    let moves = says(w, MOVES) || matches!(s.topic, Topic::Transfers | Topic::Sharing);
    let someone_else = has(
        w,
        &[
            "holiday",
            "travel",
            "born",
            "nationalit",
            "citizen",
            "visa",
            "applica",
        ],
    );
    if (named.is_none() && away.is_none()) || !moves || someone_else {
        return;
    }
    // `if it is, we use the IDTA` and questions are no statements that it happens.
    let question = page
        .text
        .get(s.span.end..)
        .is_some_and(|r| r.trim_start_matches(['"', ')']).starts_with('?'));
    let defines = says_any(
        w,
        &[
            "means|mean|restricted transfer",
            "complain*",
            "you ~3 live|are|travel|move|go|post|send",
            "not ~2 transfer*|sending",
        ],
    ) || (away.is_some()
        && named.is_none()
        && says_any(
            w,
            &["countries|country ~11 approved|adequacy|adequate|recognised"],
        ));
    if question || defines || w.len() < 5 {
        return;
    }
    let what = Abroad {
        country: named,
        possible: says_any(w, &["may|might|could|if|sometimes|where|occasionally"]),
        vague_safeguard: says_any(
            w,
            &[
                "safeguard*|protect*|secure*|appropriate|safe|contract*|agreement*|equivalent|same ~1 standard|level",
            ],
        ),
    };
    wording.leaves.push(page.said(what, s.span));
}
