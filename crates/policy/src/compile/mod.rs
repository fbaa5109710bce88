//! From rule sentences to Cedar policies, each annotated with the clause it comes from.

mod permits;
mod provisos;
mod sharing;
pub(crate) mod text;

use crate::facts::Facts;
use notice::model::Notice;
use std::collections::BTreeMap;

/// The notice's own policies as Cedar text, one string each, permissions first.
pub(crate) fn policies(notice: &Notice, facts: &Facts) -> Vec<String> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    permits::permits(notice, facts)
        .into_iter()
        .chain(provisos::provisos(notice, facts))
        .map(|draft| {
            let n = seen.entry(draft.rule.id.0.clone()).or_default();
            let text = draft.text(*n);
            *n += 1;
            text
        })
        .collect()
}
