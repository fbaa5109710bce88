//! Words so wide that they promise nothing: `trusted partners`, `as long as necessary`, `appropriate measures`.

use super::super::pattern::one_of;
use super::super::structure::{Kind, Sentence};
use super::super::subjects::{self, Subject};
use super::super::topic::Topic;
use super::super::words::{self, Word, find, find_any, says, says_any};
use super::super::{dates, lengths, sharing};
use super::{Page, Wording, has};

/// Keeping without an end that anybody could work out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vague {
    /// The words in question.
    pub words: String,
    /// It speaks of data in general, and so may lead to a length told elsewhere.
    pub general: bool,
}

/// A period that cannot be worked out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loose {
    /// The words in question.
    pub words: String,
    /// Only the shortest time is told: `at least ten years`.
    pub open: bool,
}

pub(super) fn read(page: &Page, wording: &mut Wording) {
    for s in page.visible() {
        recipients(page, s, wording);
        keeping(page, s, wording);
        periods(page, s, wording);
    }
}

const PARTIES: &[&str] = &[
    "third ~1 parties|party",
    "trusted|selected|other|various|approved|relevant|appropriate|external|outside|certain|chosen|wider ~1 partners|organisations|organizations|companies|agencies|bodies|parties|suppliers|businesses|contractors",
    "our|partner partners|organisations",
    "interested|associated|affiliated|business|commercial parties|organisations|companies|partners|bodies",
    "range|number|variety of ~2 organisations|partners|companies|agencies|bodies|businesses|people",
    "organisations|companies|bodies|agencies|businesses we work|deal|cooperate|collaborate with",
    "affiliates",
];

/// Whoever somebody thinks fit: no pointing word makes it narrower.
const ANYBODY: &[&str] = &[
    "such|any other parties|persons|bodies|organisations|people|agencies|companies ~2 as|whom|we|that ~5 think|thinks|fit|deem|deems|consider|considers|necessary|appropriate|decide|choose|wish",
    "such parties|persons|bodies|organisations|people|agencies|companies as ~6 think|thinks|fit|deem|deems|consider|considers|necessary|appropriate|decide|choose",
    "anyone|anybody|whoever|whomever ~4 we|it ~2 think|thinks|see|consider|considers|choose|like|wish|deem",
    "anyone|anybody|whoever ~2 else ~4 useful|interested|relevant|appropriate",
];

fn recipients(page: &Page, s: &Sentence, wording: &mut Wording) {
    let w = &s.words;
    if !has(
        w,
        &[
            "part",
            "organi",
            "compan",
            "agenc",
            "bod",
            "suppl",
            "business",
            "contractor",
            "person",
            "anyone",
            "anybody",
            "whoever",
            "whomever",
            "people",
            "affiliate",
        ],
    ) {
        return;
    }
    let rights = matches!(s.topic, Topic::Rights | Topic::Complaints);
    if let Some(hit) = find_any(w, ANYBODY).filter(|_| !rights) {
        let before = w.get(..hit.start).unwrap_or_default();
        let shares = says_any(
            before,
            &[
                "share*|disclos*|pass|passed|give|given|provide*|send|sent|transfer*|available|release*|made",
            ],
        ) || s.topic == Topic::Sharing;
        if shares && !words::denied(w, hit.start) {
            let words = page.raw(words::span(w, &hit)).to_owned();
            wording.vague_recipients.push(page.said(words, s.span));
        }
        return;
    }
    if matches!(
        s.topic,
        Topic::Rights | Topic::Complaints | Topic::Contact | Topic::Sources
    ) {
        return;
    }
    let Some(hit) = find_any(w, PARTIES) else {
        return;
    };
    let item = page
        .blocks
        .get(s.block)
        .is_some_and(|b| b.kind != Kind::Paragraph);
    let nameless = says_any(
        w,
        &["anonym*|summary|summaries|aggregate*|without|statistic*|totals|figures|report|findings"],
    );
    let listed = item
        && s.topic == Topic::Sharing
        && (w.len() <= 6 || hit.start <= 1 && w.len() <= 14 && !nameless);
    let before = w.get(..hit.start).unwrap_or_default();
    let verb = words::find_all(before, "share|shared|sharing|disclose|disclosed|pass|passed|passing|give|given|provide|provided|send|sent|transfer|transferred|available|release|released|access|accessible").pop();
    // `the board; and other partner organisations as necessary`: a list told in one sentence.
    let behind = w.get(hit.end..).unwrap_or_default();
    let ends_list = s.topic == Topic::Sharing
        && verb.is_none()
        && hit.start > 0
        && (behind.is_empty()
            || says(
                behind.get(..3.min(behind.len())).unwrap_or_default(),
                "as|where|when necessary|needed|appropriate|required|relevant|we",
            ))
        && !words::denied(w, hit.start);
    let listed = listed || ends_list;
    let shared =
        verb.as_ref().is_some_and(|v| !words::denied(w, v.start)) && !words::denied(w, hit.start);
    if !(listed || shared) {
        return;
    }
    let close = before
        .get(before.len().saturating_sub(2)..)
        .unwrap_or_default();
    let pointed = says(
        close,
        "these|those|such|following|said|each|every|above|below|by",
    );
    let after = w.get(hit.end..).unwrap_or_default();
    let next = after.get(..6.min(after.len())).unwrap_or_default();
    let kind_told = says(
        next,
        "who|that|which|such|including|includes|include|like|eg|e|namely|involved|working|acting|responsible|listed|below|following|above|described|named|providing|delivering|contracted",
    ) || says(
        after.get(..2.min(after.len())).unwrap_or_default(),
        "for example|instance",
    ) || says(
        after.get(..1.min(after.len())).unwrap_or_default(),
        "website*|site*|link*|cookie*|content|software|information|rights|app|apps|application*|tools|platform*|plugin*|transcri*|survey*|payment*|cloud|printer*|mailing",
    );
    let named = after.iter().take(10).any(|w| w.capital)
        || w.get(hit.clone())
            .unwrap_or_default()
            .iter()
            .skip(1)
            .any(|w| w.capital);
    let known = sharing::classes(after.get(..8.min(after.len())).unwrap_or_default())
        .into_iter()
        .any(|c| c != sharing::Class::Partner);
    let compelled = says_any(
        w,
        &[
            "required ~3 law",
            "legal* oblig*|required",
            "by law",
            "unless|except|without",
        ],
    );
    if pointed
        || kind_told
        || named
        || known
        || compelled
        || page.leads_into_list(s)
        || list_in_part(page, s)
    {
        return;
    }
    let words = page.raw(words::span(w, &hit)).to_owned();
    wording.vague_recipients.push(page.said(words, s.span));
}

/// Whether the part goes on to list kinds of recipients.
fn list_in_part(page: &Page, s: &Sentence) -> bool {
    let from = page.sentences.partition_point(|o| o.block <= s.block);
    let item = page
        .blocks
        .get(s.block)
        .is_some_and(|b| b.kind != Kind::Paragraph);
    !item
        && page
            .sentences
            .get(from..)
            .unwrap_or_default()
            .iter()
            .take_while(|o| o.part == s.part)
            .take(30)
            .any(|o| {
                page.blocks
                    .get(o.block)
                    .is_some_and(|b| matches!(b.kind, Kind::Item | Kind::Row))
                    && !sharing::classes(&o.words).is_empty()
            })
}

const KEEP: &str = "keep|keeps|keeping|kept|retain*|retention|store|stored|storing|hold|holds|held|holding|remain|delete*|deletion|destroy*|erase*|dispose*|remove|removed|archived";

fn speaks_of_keeping(s: &Sentence) -> bool {
    !matches!(s.topic, Topic::Rights | Topic::Complaints | Topic::Contact)
        && (s.topic == Topic::Retention || says(&s.words, KEEP))
}

fn keeping(page: &Page, s: &Sentence, wording: &mut Wording) {
    let w = &s.words;
    if !has(
        w,
        &[
            "discretion",
            "long",
            "reasonabl",
            "appropriate",
            "suitable",
            "certain",
            "need",
            "necessary",
            "required",
            "due",
            "foreseeable",
            "served",
            "fulfilled",
            "periodic",
            "eventual",
        ],
    ) || !speaks_of_keeping(s)
    {
        return;
    }
    let hit = find_any(
        w,
        &[
            "as long as ~4 necessary|needed|required|need|relevant|appropriate|reasonably|useful",
            "longer than ~5 necessary|needed|required|need",
            "reasonable|appropriate|suitable|certain|limited ~1 time|period|length",
            "absolute|sole|own discretion",
            "such ~2 time|period|duration|term ~3 as ~8 reasonable|necessary|fit|determine|decide|appropriate|expedient|think",
            "long ~4 think|thinks|like|likes|wish|want|choose|please|sensible|helpful|worthwhile|useful",
            "when|once|until|after|soon ~6 no longer ~3 needed|required|necessary|need|relevant|useful|use",
            "in due course|time",
            "foreseeable future",
            "served|fulfilled ~3 purpose|purposes",
            "periodically|eventually ~2 delete|deleted|remove|removed|destroy|destroyed|erase|erased|cleared|weeded",
            "delete|deleted|remove|removed|destroy|destroyed|erase|erased|cleared ~3 periodically|eventually",
            "until ~4 decide|think|feel|see ~6 longer|fit|need|time",
            "long as ~4 serves|helps|suits|business|benefits|interests",
        ],
    );
    let Some(hit) = hit.filter(|h| {
        !words::denied(w, h.start) || says(w.get(h.clone()).unwrap_or_default(), "longer")
    }) else {
        return;
    };
    let open_end = says_any(
        w,
        &[
            "such ~2 time|period|duration|term ~3 as ~8 reasonable|necessary|fit|determine|decide|appropriate|expedient|think",
        ],
    );
    let told = !open_end
        && (lengths::find(w)
            .iter()
            .any(|h| matches!(h.time, lengths::Time::Length(_)))
            || !dates::find(page.text, w).is_empty()
            || says_any(
                w,
                &[
                    "law|legislation|statut*|regulation*|regulator*|legally|limitation",
                    "until|after ~6 end|report|published|complete*|ends|finish*|withdraw|leave",
                    "schedule",
                ],
            )
            || page.leads_into_list(s));
    if told {
        return;
    }
    let head = w.get(..hit.start).unwrap_or_default();
    let about = subjects::heard(head, w.get(hit.end..).unwrap_or_default());
    let everything = says(
        head,
        "data|information|it|them|details|records|everything|this|these",
    );
    // A row of a table or a list names its own thing, whatever word points back to it.
    let own = page
        .blocks
        .get(s.block)
        .is_some_and(|b| b.kind == Kind::Row);
    let general = everything
        && !own
        && !says(w, "discretion")
        && about
            .iter()
            .all(|a| matches!(a, Subject::Personal | Subject::Other));
    let what = Vague {
        words: page
            .raw(words::span(w, &hit))
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" "),
        general,
    };
    wording.vague_keeping.push(page.said(what, s.span));
}

const UNIT: &str = "day|days|week|weeks|month|months|year|years";

fn periods(page: &Page, s: &Sentence, wording: &mut Wording) {
    let w = &s.words;
    if let Some(hit) = fancy(page, s) {
        let what = Loose {
            words: page.raw(words::span(w, &hit)).to_owned(),
            open: false,
        };
        wording.loose_periods.push(page.said(what, s.span));
        return;
    }
    if !speaks_of_keeping(s)
        || says_any(w, &["not use", "restrict*", "ask us"])
        || !has(
            w,
            &[
                "day", "week", "month", "year", "time", "while", "season", "term", "cycle",
                "margin", "life",
            ],
        )
    {
        return;
    }
    let at = find_any(
        w,
        &[
            "several|some|few|many|couple|number of? ~0 days|weeks|months|years",
            "approximately|approx|roughly|circa|around ~1 day|days|week|weeks|month|months|year|years",
            "up to at least|minimum",
            "statutory|safety|legal margin",
            "lifetime|life of",
            "two|2|three|3|four|4|one|1 to|or ~1 three|3|four|4|five|5|two|2 ~1 seasons|terms|cycles",
            "at least up to",
            "for some|a time|while",
            "a|short|long|brief while|time|period",
        ],
    )
    .filter(|h| {
        let words = w.get(h.clone()).unwrap_or_default();
        // `at the same time`, `from time to time`, `for a period of two years` are no periods of keeping.
        !says(words, "time|while|period") || (says(w.get(h.start.saturating_sub(2)..h.start).unwrap_or_default(), "for|after|within") || says(words, "for")) && !says(w.get(h.end..(h.end + 2).min(w.len())).unwrap_or_default(), "of")
    })
    .map(|h| (h, false))
    .or_else(|| range(w).map(|h| (h, false)))
    .or_else(|| {
        let open = find(w, "at least|minimum of? ~3 day|days|week|weeks|month|months|year|years")?;
        let closed = says_any(w, &["up to", "at most|latest", "no longer than", "maximum"]);
        (!closed && says(w, "keep|kept|retain*|store|stored|hold|held|archived")).then_some((open, true))
    });
    if let Some((hit, open)) = at {
        let what = Loose {
            words: page.raw(words::span(w, &hit)).to_owned(),
            open,
        };
        wording.loose_periods.push(page.said(what, s.span));
    }
}

/// What a length of keeping may begin with that another look understands.
const MEASURED: &str = "period|time|maximum|minimum|total|further|additional|day|days|week|weeks|month|months|year|years|decade|quarter|fixed|limited|short|long|reasonable|calendar|financial|academic|school|purpose|purposes|reason|reasons|variety|number|study|project|research|specific|particular|possible|legal|statutory|limitation|audit|backup|single|few|full|whole|same|set|second|third|certain|rolling|duration|length|term|use|record|copy|later|follow|future|similar|different|new|suitable|while|bit|one|two|three|four|five|six|seven|eight|ten|twelve|half|couple|good|very|given|defined|agreed";

/// `kept for a childhood and a bit`: a length in no unit that a calendar knows.
fn fancy(page: &Page, s: &Sentence) -> Option<std::ops::Range<usize>> {
    let w = &s.words;
    if s.topic != Topic::Retention {
        return None;
    }
    let at = find(
        w,
        "keep|keeps|kept|retain|retained|store|stored|hold|held|stay|stays ~2 for about? a|an",
    )?;
    let unit = w.get(at.end)?;
    let known = says(std::slice::from_ref(unit), MEASURED)
        || unit.text.starts_with(|c: char| c.is_ascii_digit());
    let elsewhere = !lengths::find(w).is_empty()
        || !dates::find(page.text, w).is_empty()
        || says(w, "until|end|after|when|once|as|purpose*");
    (!known && !elsewhere && !words::denied(w, at.start))
        .then_some(at.end.saturating_sub(2)..at.end + 1)
}

/// `2-3 years`, `six to twelve months`
fn range(w: &[Word]) -> Option<std::ops::Range<usize>> {
    (0..w.len()).find_map(|i| {
        let (low, after) = lengths::number(w, i)?;
        let link = usize::from(
            w.get(after)
                .is_some_and(|l| matches!(l.text.as_str(), "to" | "or" | "and")),
        );
        let (high, end) = lengths::number(w, after + link)?;
        let close = w.get(after + link).is_some_and(|n| !n.parted || link == 0);
        let unit = w.get(end).is_some_and(|u| one_of(&u.text, UNIT));
        let led = i == 0
            || says(
                w.get(i.saturating_sub(2)..i).unwrap_or_default(),
                "for|after|within|between|of|until|period|from",
            );
        (low < high && close && unit && led).then_some(i..end + 1)
    })
}
