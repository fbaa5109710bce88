//! Data that leave the country, and by what mechanism.

use super::Said;
use super::structure::{Block, Sentence};
use super::words::{find, says, says_any};

/// What a paragraph says about leaving the country.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Transfer {
    /// Adequacy decided by the European Commission.
    pub european_adequacy: bool,
    /// Standard contractual clauses of the European Commission.
    pub european_clauses: bool,
    /// Standard contractual clauses, and nothing says whose.
    pub unnamed_clauses: bool,
    /// A British mechanism is named: UK adequacy, the IDTA, the UK addendum.
    pub british: bool,
    /// The border drawn is that of the European Economic Area, or the EU, alone.
    pub european_border: bool,
    /// A scheme that courts have ended: Privacy Shield, Safe Harbor.
    pub ended: bool,
    /// It is called unlikely.
    pub unlikely: bool,
    /// It is ruled out.
    pub never: bool,
}

/// Paragraphs about leaving the country.
pub(crate) fn read(blocks: &[Block], all: &[Sentence]) -> Vec<Said<Transfer>> {
    let mut found = Vec::new();
    for (i, block) in blocks.iter().enumerate() {
        let mut told = Transfer::default();
        let mut place: Option<crate::model::Span> = None;
        let from = all.partition_point(|s| s.block < i);
        let said = all
            .get(from..)
            .unwrap_or_default()
            .iter()
            .take_while(|s| s.block == i);
        for s in said {
            let w = &s.words;
            let commission = says_any(
                w,
                &[
                    "european commission",
                    "eu commission",
                    "commission adequacy",
                    "eu adequacy",
                ],
            );
            let clauses = says_any(w, &["standard ~2 clauses", "model clauses", "sccs|scc"]);
            let adequacy = says_any(w, &["adequacy", "adequate ~3 protection|decision"]);
            let away = says_any(
                w,
                &[
                    "outside ~4 uk|kingdom|eea|eu|europe|area|union",
                    "overseas|abroad|international*",
                ],
            );
            let mut hit = |on: bool, flag: &mut bool| {
                if on {
                    *flag = true;
                    place.get_or_insert(s.span);
                }
            };
            hit(commission && adequacy, &mut told.european_adequacy);
            let european = commission
                || says_any(
                    w,
                    &[
                        "eu ~2 clauses|sccs|scc",
                        "model clauses",
                        "european ~2 clauses",
                    ],
                );
            hit(clauses && european, &mut told.european_clauses);
            hit(clauses && !european, &mut told.unnamed_clauses);
            hit(
                says_any(w, &["privacy shield", "safe harbo*"])
                    && !says(w, "invalid*|ended|replaced"),
                &mut told.ended,
            );
            hit(
                away && says_any(
                    w,
                    &[
                        "outside ~3 eea|eu",
                        "outside ~4 economic area",
                        "outside ~3 european union",
                    ],
                ) && !says(w, "uk|kingdom"),
                &mut told.european_border,
            );
            let british = says_any(
                w,
                &[
                    "idta",
                    "international data transfer agreement*",
                    "uk ~4 addendum",
                    "addendum",
                    "uk ~3 adequacy",
                    "adequacy regulations",
                    "uk extension",
                    "data bridge",
                    "secretary of state",
                ],
            );
            told.british |= british;
            hit(away && says(w, "unlikely"), &mut told.unlikely);
            hit(
                away && says_any(
                    w,
                    &[
                        "not|never ~6 outside",
                        "stay* ~4 uk",
                        "only ~6 in|within the uk",
                    ],
                ),
                &mut told.never,
            );
        }
        if let Some(span) = place {
            let part = block.part;
            found.push(Said {
                what: told,
                span,
                part,
            });
        }
    }
    // `outside the EEA` alone is a border only where the notice draws no other.
    let draws_own = all
        .iter()
        .any(|s| find(&s.words, "outside ~3 uk|kingdom").is_some());
    for said in &mut found {
        said.what.european_border &= !draws_own;
    }
    found
}
