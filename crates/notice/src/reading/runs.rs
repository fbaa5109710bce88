//! Names as they are written: runs of words with capitals, with the small words between them.

use std::ops::Range;

use super::pattern::one_of;
use super::phrase;
use super::words::{Word, says};

/// A name and the words it is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Run {
    /// Without a leading `the`.
    pub name: String,
    pub words: Range<usize>,
}

const JOINTS: &str = "of|the|for|and|at|de|y|upon";
const TAILS: &str = "plc|ltd|llp|cic|limited|inc|co";

/// Nouns an organisation's name tends to end or begin with.
pub(crate) const ORGANISATION: &str = "university|college|school|academy|trust|council|authority|foundation|charity|association|society|institute|institution|company|limited|ltd|plc|llp|cic|group|hospital|hospitals|nhs|board|partnership|union|federation|agency|ministry|department|constabulary|police|commissioner|centre|service|services|committee|church|club|homes|housing|operative|cooperative|network|alliance|consortium|museum|library|shelter|surgery|practice|clinic|hospice|research|insight|consulting|bank|corporation|trustees|constable|office|commission|larder";

/// Words with capitals that name nobody.
const NOBODY: &str = "we|we're|you|our|your|it|this|that|these|those|if|when|where|for|in|on|at|as|by|to|from|both|they|their|he|she|data|personal|information|privacy|notice|policy|ico|uk|gdpr|eu|article|act|dpo|officer|controller|controllers|what|who|why|how|with|all|any|each|its|there|here|please|project|study|section|part|once|after|and|or|but|i|joint|processor|no|yes|page|version|date|tel|email|telephone|contact|address|before|while|during|since|although|because|until|unless|under|every|some|many|most|nobody|everyone|dear|then|so|thank|thanks|yours|now|today|just|however|therefore";

/// The runs of a sentence, in reading order.
pub(crate) fn runs(text: &str, w: &[Word]) -> Vec<Run> {
    let mut all = Vec::new();
    let mut i = 0;
    while i < w.len() {
        if !opens(w, i) {
            i += 1;
            continue;
        }
        let end = end(text, w, i);
        let name = w.get(i..end).unwrap_or_default();
        let skip = usize::from(name.first().is_some_and(|x| x.text == "the"));
        let bare = name.get(skip..).unwrap_or_default();
        let somebody = bare
            .iter()
            .any(|x| x.capital && x.text.len() > 1 && !nobody(&x.text) && !is_postcode(&x.text));
        if somebody && !is_regulator(bare) {
            all.push(Run {
                name: phrase::of_words(text, bare),
                words: i..end,
            });
        }
        i = end.max(i + 1);
    }
    all
}

fn opens(w: &[Word], i: usize) -> bool {
    let Some(word) = w.get(i) else { return false };
    if !word.capital {
        return false;
    }
    let next = w.get(i + 1);
    if word.text == "the" {
        return next.is_some_and(|n| n.capital && !n.parted);
    }
    // `What Works` is a name.
    if word.text == "what" {
        return next.is_some_and(|n| n.capital && !n.parted);
    }
    // `Data`, `We`: only as part of a longer name.
    !nobody(&word.text)
        || next.is_some_and(|n| {
            n.capital
                && !n.parted
                && !nobody(&n.text)
                && word.text.len() > 2
                && !is_function(&word.text)
        })
}

/// `sk4`, `4sf`: half of a post code names nobody.
fn is_postcode(text: &str) -> bool {
    text.len() <= 4 && text.chars().any(|c| c.is_ascii_digit())
}

fn is_function(text: &str) -> bool {
    one_of(
        text,
        "we|we're|you|our|your|it|this|that|these|those|if|when|where|for|in|on|at|as|by|to|from|both|they|their|what|who|why|how|with|all|any|each|its|there|here|please|once|after|and|or|but|i",
    )
}

fn end(text: &str, w: &[Word], from: usize) -> usize {
    let mut end = from + 1;
    while let Some(word) = w.get(end) {
        let gap = w
            .get(end - 1)
            .and_then(|b| text.get(b.span.end..word.span.start))
            .unwrap_or_default();
        let hyphen = gap == "-";
        let broken = word.parted
            || gap.contains(['.', '!', '?', '"', '“', '”', '\n', '/'])
                && !gap.trim().is_empty()
                && !gap.contains('&');
        if broken && !hyphen {
            break;
        }
        let tail = one_of(&word.text, TAILS);
        if word.capital || hyphen || tail {
            end += 1;
            continue;
        }
        let ahead = w
            .get(end..)
            .unwrap_or_default()
            .iter()
            .take(3)
            .take_while(|x| one_of(&x.text, JOINTS) && !x.capital && !x.parted)
            .count();
        let next = w.get(end + ahead);
        if (1..=2).contains(&ahead)
            && next.is_some_and(|n| n.capital && !n.parted && !is_function(&n.text))
        {
            end += ahead + 1;
        } else {
            break;
        }
    }
    end
}

fn nobody(text: &str) -> bool {
    one_of(text, NOBODY) || text.chars().all(|c| c.is_ascii_digit())
}

fn is_regulator(w: &[Word]) -> bool {
    says(w, "information commissioner|commission") || says(w, "data protection officer|act")
}

/// The organisations a run names: one, or two that `and` joins.
pub(crate) fn parted(text: &str, w: &[Word], run: &Run, several: bool) -> Vec<String> {
    let said = w.get(run.words.clone()).unwrap_or_default();
    if !several {
        return vec![run.name.clone()];
    }
    let whole = |words: &[Word]| {
        words.last().is_some_and(|x| one_of(&x.text, ORGANISATION))
            || says(words, "university|college|council|department|school of")
            || words.len() == 1
    };
    let and = (1..said.len().saturating_sub(1)).find(|i| {
        said.get(*i).is_some_and(|x| x.text == "and") && (whole(said.get(..*i).unwrap_or_default()))
    });
    let Some(and) = and else {
        return vec![run.name.clone()];
    };
    [said.get(..and), said.get(and + 1..)]
        .into_iter()
        .flatten()
        .map(|words| {
            let skip = usize::from(words.first().is_some_and(|x| x.text == "the"));
            phrase::of_words(text, words.get(skip..).unwrap_or_default())
        })
        .filter(|n| !n.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::words;
    use super::*;
    use crate::model::Span;

    #[test]
    fn names_are_cut_out_whole() {
        let cases: [(&str, &[&str]); 7] = [
            (
                "The University of Harwell, Main House, is here",
                &["University of Harwell", "Main House"],
            ),
            (
                "We are Oakmere Trust for Young Carers and we care",
                &["Oakmere Trust for Young Carers"],
            ),
            (
                "Penrow Devices plc runs it with the Kestrel Co-op",
                &["Penrow Devices plc", "Kestrel Co-op"],
            ),
            (
                "the Chief Constable of North Vale Police is",
                &["Chief Constable of North Vale Police"],
            ),
            ("Tests & Trials Ltd does", &["Tests & Trials Ltd"]),
            ("If you ask, we answer", &[]),
            (
                "The Information Commissioner's Office is the regulator",
                &[],
            ),
        ];
        for (text, expected) in cases {
            let span = Span {
                start: 0,
                end: text.len(),
            };
            let w: Vec<Word> = words::sentences(text, span).into_iter().flatten().collect();
            let got: Vec<String> = runs(text, &w).into_iter().map(|r| r.name).collect();
            assert_eq!(got, expected, "{text}");
        }
    }
}
