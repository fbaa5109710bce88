//! What a notice leaves to another document, and a history it announces and does not give.

use super::super::Said;
use super::super::dates;
use super::super::structure::{Kind, Sentence};
use super::super::topic::Topic;
use super::super::words::{self, find_any, says, says_any};
use super::{Page, Wording, has};

/// What another document is said to tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Elsewhere {
    /// How long data are kept.
    Keeping,
    /// What people can ask for.
    Rights,
    /// Who else sees the data.
    Sharing,
    /// Why, and by what right.
    Purposes,
}

/// Something left to another document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deferral {
    /// What is left to it.
    pub what: Elsewhere,
    /// The sentence says nothing but where to look.
    pub bare: bool,
    /// What the document is called.
    pub document: String,
}

pub(super) fn read(page: &Page, wording: &mut Wording) {
    for s in page.visible() {
        if let Some(deferral) = deferral(page, s) {
            wording.deferrals.push(page.said(deferral, s.span));
        }
    }
    wording.empty_history = history(page);
}

fn deferral(page: &Page, s: &Sentence) -> Option<Deferral> {
    let w = &s.words;
    if !has(
        w,
        &[
            "polic",
            "notice",
            "statement",
            "schedule",
            "website",
            "page",
        ],
    ) || !has(
        w,
        &[
            "see",
            "refer",
            "read",
            "visit",
            "find",
            "found",
            "set",
            "explain",
            "describ",
            "detail",
            "accordance",
            "line",
            "available",
            "consult",
            "follow",
            "per",
            "under",
        ],
    ) {
        return None;
    }
    let document = find_any(
        w,
        &[
            "our|the|main|full|general|corporate|council|university|trust|school|company|organisation|wider|separate ~4 privacy|protection|retention|deletion|disposal|records ~2 policy|code|policies|notice|notices|statement|schedule|page|webpage",
            "privacy|retention policy|notice|statement|schedule",
            "record|records|information|data|document ~1 management|governance|handling|disposal|keeping ~1 policy|policies|schedule|procedure|strategy",
        ],
    )?;
    let points = says_any(
        w,
        &[
            "see|refer|read|visit|consult|check",
            "find|found|set|explained|described|detailed|available|told|given ~4 in|on|at",
            "accordance with",
            "line with",
            "as per",
            "details|information ~4 in|on|at",
        ],
    );
    if !points
        || says(w.get(document.clone()).unwrap_or_default(), "this")
        || words::denied(w, document.start)
        || says_any(w, &["this|read this ~2 notice|policy"])
    {
        return None;
    }
    let what = if says_any(
        w,
        &[
            "how long",
            "retention",
            "retain*",
            "keep|kept",
            "stored for",
            "disposal",
        ],
    ) {
        Elsewhere::Keeping
    } else if says_any(w, &["your ~3 rights", "rights"]) || s.topic == Topic::Rights {
        Elsewhere::Rights
    } else if says_any(
        w,
        &["who ~4 share|see", "share|shared|sharing", "recipients"],
    ) {
        Elsewhere::Sharing
    } else if says_any(w, &["lawful|legal basis", "why we", "purposes"]) {
        Elsewhere::Purposes
    } else {
        return None;
    };
    let document = page
        .raw(words::span(w, &document))
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    // `For how long we keep it, see our schedule` gives no other answer.
    let short = w.len() <= 14 && says(w.get(..1).unwrap_or_default(), "see|refer|read|consult");
    let answers = says_any(
        w,
        &[
            "how long ~20 see|refer|consult",
            "how long ~12 set|laid|found ~2 in",
        ],
    );
    let bare = (short || answers) && !says_any(w, &["more|further|detail|details|also|full"]);
    Some(Deferral {
        what,
        bare,
        document,
    })
}

/// `as shown below`, and nothing is shown.
fn history(page: &Page) -> Option<Said<()>> {
    let announced = page.visible().find(|s| {
        says_any(
            &s.words,
            &[
                "as|is|are shown|listed|set|recorded|noted|detailed out? below",
                "shown|listed|history|changes|updates|versions below",
                "table|list|log below ~6 change*|version*|update*",
                "change*|version*|update* ~6 table|list|log below",
            ],
        ) && says_any(&s.words, &["update*|change*|amend*|revis*|version*"])
            && matches!(
                s.topic,
                Topic::Changes | Topic::Other | Topic::Contact | Topic::About
            )
            && !says_any(
                &s.words,
                &["date below|shown", "table below ~6 purpose*|data|why"],
            )
    })?;
    let from = page
        .sentences
        .partition_point(|o| o.span.start <= announced.span.start);
    let behind = page.sentences.get(from..).unwrap_or_default();
    let days = behind
        .iter()
        .map(|o| dates::find(page.text, &o.words).len())
        .sum::<usize>();
    let rows = page
        .blocks
        .iter()
        .filter(|b| b.span.start > announced.span.start && matches!(b.kind, Kind::Row | Kind::Item))
        .count();
    let versions = behind
        .iter()
        .filter(|o| says(&o.words, "version|v"))
        .count();
    let shown = days >= 2 || (rows >= 1 && days >= 1) || versions >= 2;
    (!shown).then(|| page.said((), announced.span))
}
