//! One clause, a change of version.

use super::{add, clause, day, entry, project};
use crate::page::form::Form;
use crate::page::notice::{ChangePage, ClausePage, Difference, Proof};
use crate::page::parts::{Clock, Fact, Link, Margin, Note, Stop, Table, Trail, Verdict};
use Verdict::{Broken, Kept};

pub(super) fn pages(pages: &mut Vec<(&'static str, String)>) {
    add(pages, "clause", &ClausePage::sample());
    add(pages, "change", &ChangePage::sample());
}

pub(super) fn proof() -> Proof {
    Proof {
        verdict: Kept,
        words: "All 1,902 entries are where they were written, and the checkpoint is signed by this desk.".into(),
        facts: vec![
            Fact::new("Checkpoint", "hartwell.example/abide, 1,902 entries"),
            Fact::new("Root", "b1946ac92492d2347c6235b4d2611184f1b5a7a9b2c1d0a3f4e5d6c7b8a99001"),
            Fact::new("Inclusion", "11 hashes lead from this entry to the root"),
        ].into(),
        download: Some(Link::new("/desk/evidence/1874/proof", "Take the proof away, to check it elsewhere")),
    }
}

pub(super) fn vendor_clock() -> Clock {
    let stop = |state, iso, words: &str| Stop {
        state,
        at: day(iso),
        words: words.into(),
    };
    Clock {
        verdict: Broken,
        left: "two days late".into(),
        stops: vec![
            stop("past", "2027-01-05", "Recording sent"),
            stop("past", "2027-01-09", "Transcript delivered"),
            stop("past late", "2027-01-16", "Confirmation due"),
            stop("now", "2027-01-18", "Today"),
        ],
        rule: "Seven days from the day after delivery, to the end of the last day, London time."
            .into(),
        cite: Some(clause("how-long/keep/recording@transcriber")),
    }
}

impl ClausePage {
    pub(crate) fn sample() -> Self {
        let path = "how-long/keep/recording@transcriber";
        Self {
            layout: project("The transcriber erases the recording", "/desk/notices/yc-staff")
                .crumbs(&[("/desk", "Projects"), ("/desk/projects/4107", "Young Carers at School"), ("/desk/notices/yc-staff", "Promises to staff")]),
            clause: format!("#4107/{path}"),
            verdict: Broken,
            because: "Quill & Ear has not confirmed for one recording. It was due on 16 January 2027. Eight others were confirmed in time.".into(),
            promise: "The transcriber confirms within seven days of delivering it that they have erased theirs.".into(),
            section: Link::new("/desk/notices/yc-staff#how-long", "4. How long we keep it, version 2"),
            meaning: "When a transcript is delivered, the vendor is told to erase the recording and every copy. A confirmation is owed by the end of the seventh day. Without one, the data protection officer is told the next morning, and no further recording goes to that vendor.".into(),
            sentence: "keep recording at transcriber until transcript.delivered + 7 days; confirm; instruct".into(),
            facts: vec![
                Fact::linked("Vendors bound", "Quill & Ear, Fernley Transcripts", "/desk/recipients"),
                Fact::new("Rests on", "Article 28(3)(g)"),
                Fact::new("Confirmed", "8 of 9 recordings"),
            ].into(),
            clocks: vec![vendor_clock()],
            trail: Trail::from(vec![
                entry(1874, "2027-01-17T00:00:05Z", "lapsed", "no confirmation by the end of the seventh day; the officer was told", "abide", &[path]),
                entry(1711, "2027-01-09T10:20:00Z", "instructed", "the vendor was asked to erase recording rec_4m2d and its copies", "abide", &[path]),
                entry(1702, "2027-01-09T10:19:58Z", "received", "transcript of rec_4m2d", "Quill & Ear, transcriber", &["who/share/recording@transcriber"]),
                entry(1433, "2026-12-11T16:31:00Z", "confirmed", "rec_8x1c erased, day 4", "Quill & Ear, transcriber", &[path]),
            ]),
            more: Some(Link::new("/desk/clauses/4107/how-long/keep/recording@transcriber?from=1433", "Earlier evidence, 34 entries")),
            proof: proof(),
        }
    }
}

impl ChangePage {
    pub(crate) fn sample() -> Self {
        Self {
            layout: project("Version 2: who must be told", "/desk/notices/yc-staff/changes"),
            head: super::notices::head(),
            differences: vec![
                Difference {
                    clause: clause("who/share/recording@transcriber"),
                    kind: "added",
                    words: "A transcriber may hear recordings".into(),
                    was: String::new(),
                    now: "Recordings go to a transcription company that we have reviewed, and to nobody else.".into(),
                },
                Difference {
                    clause: clause("how-long/keep/contact"),
                    kind: "changed",
                    words: "Contact details are kept for longer".into(),
                    was: "We keep your contact details for one year after the final report.".into(),
                    now: "We keep your contact details for two years after the final report is delivered.".into(),
                },
            ],
            told: 58,
            of: 61,
            by: Some(day("2027-02-01")),
            people: Table::new("Not yet told", &["Person", "How", "State"], "Everybody has been told.", vec![
                vec!["per_7f3k9q".into(), "email".into(), "bounced, a letter is needed".into()],
                vec!["per_2b8w0m".into(), "letter".into(), "posted 15 January 2027".into()],
                vec!["per_9d4t6z".into(), "email".into(), "not yet sent".into()],
            ]),
            margin: Margin::from(vec![Note::citing("/desk/clauses/4107/changes/change/material", "changes/change/material", "Until they are told, their data is judged by version 1.")]),
            tell: Some(Form::new("tell", "/desk/notices/yc-staff/changes/2/tellings", "Tell the one who is left")),
        }
    }
}
