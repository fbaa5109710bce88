//! Sources named without a verb, under a heading that asks where data come from, and which of them everybody can read.

use std::ops::Range;

use super::super::addressees::is_people;
use super::super::lists::gap;
use super::super::parties;
use super::super::words::{Word, says, says_any};
use super::is_direct_words;

/// Sources named one after the other, without a verb: `Officers themselves; the incident log.`
pub(super) fn plain(text: &str, w: &[Word]) -> Vec<Range<usize>> {
    let verb = says_any(
        w,
        &[
            "is|are|was|were|we|will|may|can|must|should|has|have|from|by|not|no|please|see|collect*|obtain*|process*|takes|take|under|because|so|when|if|it|they|this|these|basis|interests|consent|gives|give|provides|sends|tells|shares|passes|supplies|gave|told|sent",
        ],
    );
    if verb || w.len() > 40 || w.len() == 1 && !is_direct_words(w) && !parties::is_party(w) {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut start = 0;
    for i in 1..=w.len() {
        let cut = i == w.len()
            || gap(text, w, i).contains([';', ','])
            || says(w.get(i..=i).unwrap_or_default(), "and|or")
                && says(w.get(i + 1..i + 2).unwrap_or_default(), "the|your|our|you");
        if !cut {
            continue;
        }
        let lead = (start..i)
            .find(|j| !says(w.get(*j..=*j).unwrap_or_default(), "the|and|or|also|a|an"))
            .unwrap_or(i);
        let said = w.get(lead..i).unwrap_or_default();
        let direct = is_direct_words(said);
        if !said.is_empty()
            && said.len() <= 12
            && (direct || is_people(said) || is_known_party(said))
        {
            let end = if direct && said.len() > 2 && said.first().is_some_and(|w| w.text == "you") {
                lead + 1
            } else {
                i
            };
            found.push(lead..end);
        }
        start = i;
    }
    found
}

/// The pieces that semicolons part: `you; the fostering service`. None where there is no semicolon, or a heap of them.
pub(super) fn between_semicolons(text: &str, w: &[Word]) -> Vec<Range<usize>> {
    let mut cuts: Vec<usize> = (1..w.len())
        .filter(|i| gap(text, w, *i).contains(';'))
        .collect();
    if cuts.is_empty() || cuts.len() > 8 {
        return Vec::new();
    }
    cuts.push(w.len());
    let mut start = 0;
    cuts.into_iter()
        .map(|end| std::mem::replace(&mut start, end)..end)
        .collect()
}

/// A party, where the capital a sentence opens with names nobody.
fn is_known_party(said: &[Word]) -> bool {
    if said.len() > 1 && said.iter().skip(1).any(|w| w.capital) {
        return parties::is_party(said);
    }
    let small: Vec<Word> = said
        .iter()
        .map(|w| Word {
            capital: false,
            ..w.clone()
        })
        .collect();
    parties::is_party(&small)
}

/// `None of it comes from registers`, `your employer gives us nothing`: no source, but the denial of one.
pub(super) fn gives_nothing(w: &[Word]) -> bool {
    says_any(
        w,
        &[
            "none ~3 come|comes|came|is|are|was ~2 from",
            "take|takes|get|gets|obtain|obtains|collect|receive|receives|ask|have ~1 nothing ~1 from",
            "give|gives|tell|tells|send|sends|pass|passes ~1 us nothing",
            "nothing ~2 come|comes|is|was|taken|obtained|collected ~2 from",
        ],
    ) && !says(w, "but|except|besides|otherwise|while")
}

/// Whether everybody can read it there.
pub(super) fn is_public(w: &[Word]) -> bool {
    says_any(
        w,
        &[
            "public|publicly|linkedin|electoral|internet|website|websites|media|press|published",
            "companies house",
            "open ~1 data|sources|register",
            "online ~1 search|profile*|director*",
            "facebook|twitter|instagram",
            "land registry",
        ],
    ) && !says_any(
        w,
        &[
            "not ~2 public*",
            "public ~1 sector|health|authorit*|bod*|services|service",
        ],
    )
}
