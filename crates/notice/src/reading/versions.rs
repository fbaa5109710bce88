//! Which version of itself a notice is, by the day it bears: `Last updated`, `v1.3 – 04/02/2026`, the day at its foot.

use super::dates::Day;
use super::structure::Sentence;
use super::topic::Topic;
use super::words::{self, Word, says, says_any};
use std::ops::Range;

/// How surely a date is that of this version: 0 not at all, 3 where it says so.
pub(crate) fn weight(text: &str, s: &Sentence, at: &Range<usize>, day: Day, foot: bool) -> u8 {
    let said = s.words.as_slice();
    let near = said
        .get(at.start.saturating_sub(10)..at.start)
        .unwrap_or_default();
    let close = said
        .get(at.start.saturating_sub(4)..at.start)
        .unwrap_or_default();
    let tail = said
        .get(at.end..said.len().min(at.end + 3))
        .unwrap_or_default();
    if impossible(said, at, day)
        || says_any(
            near,
            &[
                "next ~3 review*|updat*|version",
                "review ~2 by|on|due|date",
                "approved|approval|expir*|valid",
                "birth|born|act",
                "act|law|regulation*|gdpr ~8 force",
                "ends|closes|until|till|by the end",
                "since|applied|law",
                "previous|earlier|replaces|superseded",
                "report|guide|results|findings|book|strategy|paper|map ~6 published|issued|out",
                "was|were ~3 issued|published|written|dated",
            ],
        )
    {
        return 0;
    }
    let numbered = |w: &[Word]| {
        w.iter().any(|x| {
            let rest = x.text.strip_prefix('v').unwrap_or_default();
            !rest.is_empty() && rest.chars().all(|c| c.is_ascii_digit())
        })
    };
    let telling = says_any(
        near,
        &[
            "last ~2 modified|updated|reviewed|revised|changed|amended|edited",
            "updated|revised|modified|amended|edited on|in",
            "date of ~3 notice|version|issue",
        ],
    ) || says_any(
        close,
        &[
            "updated|revised|modified|issued|published|written|reviewed ~2",
            "wrote|write this on|in",
            "issue|revision|publication|document date",
            "in force|effect from|since|on",
            "comes|came|come|takes into? effect|force",
        ],
    ) && said.len() <= 24;
    let named = says_any(
        near,
        &[
            "notice|version|policy|statement ~6 dated|date|effective|from|published|issued|updated",
            "version",
            "effective from|date",
            "effective",
            "dated",
            "date",
        ],
    ) || numbered(close)
        || numbered(tail)
        || says(tail, "version");
    let old = says_any(
        said,
        &["version ~6 did|was|had", "first published|issued|version"],
    );
    let raw = words::at(text, s.span);
    let alone = said.len() <= 9
        && !says_any(
            said,
            &["study|project|survey|interview*|ends|until|delet*|keep|kept|report"],
        );
    if telling {
        3
    } else if named && said.len() <= 24 {
        if old { 1 } else { 2 }
    } else if alone && (foot || s.topic == Topic::Changes) && !raw.contains('?') {
        1
    } else {
        0
    }
}

/// `31 June 2026` is no day: the month that was heard instead dates nothing.
fn impossible(said: &[Word], at: &Range<usize>, day: Day) -> bool {
    day.first != day.last
        && at
            .start
            .checked_sub(1)
            .and_then(|b| said.get(b))
            .is_some_and(|w| {
                let digits = w.text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
                let apart = said.get(at.start).is_some_and(|x| x.parted);
                !apart && digits.parse::<u8>().is_ok_and(|d| (29..=31).contains(&d))
            })
}

#[cfg(test)]
mod tests {
    use crate::reading::read;

    #[test]
    fn the_version_bears_a_day() {
        let cases = [
            ("Last updated 3 May 2026.", Some("2026-05-03")),
            ("Version 2.1 (14 March 2026)", Some("2026-03-14")),
            ("v1.3 – 04/02/2026", Some("2026-02-04")),
            ("Effective from 1 February 2026", Some("2026-02-01")),
            ("Date of issue 26 October 2026", Some("2026-10-26")),
            ("Issued 5 August 2026", Some("2026-08-05")),
            (
                "We wrote this on 8 September 2026. Version 1 (2 September 2026) did not name it.",
                Some("2026-09-08"),
            ),
            (
                "Version 2.1, 14 September 2026. Version 2.0 of 3 March 2026 did not.",
                Some("2026-09-14"),
            ),
            ("Oakmere Larder 11/08/2026 v1", Some("2026-08-11")),
            ("Oakmere, 3rd November 2026", Some("2026-11-03")),
            ("Date of this notice: 31 June 2026", None),
            ("Next review: January 2027", None),
            ("Next review due 4 January 2027", None),
            ("The UK GDPR has applied since 1 January 2021.", None),
            ("The study ends on 4 July 2027.", None),
            ("Survey answers are deleted on 31 March 2028.", None),
        ];
        for (line, expected) in cases {
            let text = format!(
                "# Privacy notice\n\n## Why\n\nWe use your name to write to you.\n\n## About this notice\n\n{line}\n"
            );
            let got = read(&text).version.map(|v| v.what.last.to_string());
            assert_eq!(got.as_deref(), expected, "{line}");
        }
    }
}
