//! A text may hold several notices; each is judged, and they are held against each other.

use jiff::civil::Date;
use notice::reading;

use crate::{Finding, Source, check, together};

/// A notice of a text, and what is found in it.
#[derive(Clone, Debug)]
pub struct Judged {
    /// Where it begins: bytes of the text.
    pub from: usize,
    /// The notice; its own places count from its beginning.
    pub source: Source,
    /// In reading order; their places count from the beginning of the text.
    pub findings: Vec<Finding>,
}

/// Judges each notice of a text by itself.
#[must_use]
pub fn notices(text: &str, as_at: Date) -> Vec<Judged> {
    let sources: Vec<(usize, Source)> = if Source::has_rules(text) {
        vec![(0, Source::of(text))]
    } else {
        reading::split(text)
            .into_iter()
            .map(|(from, part)| (from, Source::prose(part)))
            .collect()
    };
    sources
        .into_iter()
        .map(|(from, source)| {
            let mut findings = check(&source, as_at).findings;
            for finding in &mut findings {
                finding.shift(from);
            }
            Judged {
                from,
                source,
                findings,
            }
        })
        .collect()
}

/// Holds notices of one project or organisation against each other, whatever texts they come from.
pub fn beside(notices: &mut [&mut Judged], as_at: Date) {
    let sources: Vec<&Source> = notices.iter().map(|n| &n.source).collect();
    if sources.len() < 2 {
        return;
    }
    for (at, mut finding) in together(&sources, as_at) {
        if let Some(notice) = notices.get_mut(at) {
            finding.shift(notice.from);
            let place = notice
                .findings
                .partition_point(|f| f.span.start <= finding.span.start);
            notice.findings.insert(place, finding);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_from_the_beginning_of_the_text() {
        let one = "Privacy notice for teachers\n\n1. Keeping\n\nWe keep your data indefinitely.\n\nLast updated 1 May 2026\n";
        let text = format!("{one}\n{}", one.replace("teachers", "pupils"));
        let judged = notices(&text, jiff::civil::date(2026, 11, 22));
        assert_eq!(judged.len(), 2);
        for notice in &judged {
            let found = notice
                .findings
                .iter()
                .find(|f| f.code == "retention-indefinite")
                .expect("an end that is none");
            let said = text.get(found.span.start..found.span.end);
            assert!(said.is_some_and(|s| s.contains("indefinitely")), "{said:?}");
            assert!(found.span.start >= notice.from);
        }
    }
}
