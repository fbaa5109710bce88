//! The notice, its promises, one clause, a change.

use super::{add, day, entry, moment, project};
use crate::page::layout::Layout;
use crate::page::notice::PromisesPage;
use crate::page::notice::{
    Attention, ClauseMark, Head, NoticePage, Paragraph, Section, Sections, VersionLine,
};
use crate::page::parts::{Link, Tally, Verdict};
use Verdict::{Broken, CannotTell, Due, Kept};

pub(super) fn pages(pages: &mut Vec<(&'static str, String)>) {
    add(pages, "notice", &NoticePage::sample());
    add(pages, "promises", &PromisesPage::sample());
}

pub(super) fn head() -> Head {
    Head {
        project: "Young Carers at School".into(),
        reference: "#4107".into(),
        version: 2,
        dated: day("2026-10-01"),
        audience: "teachers and pastoral leads".into(),
        superseded: None,
    }
}

fn versions() -> Vec<VersionLine> {
    let line = |number, dated, what: &str, current| VersionLine {
        number,
        to: format!("/notices/yc-staff/{number}"),
        dated: day(dated),
        what: what.into(),
        current,
    };
    vec![
        line(
            2,
            "2026-10-01",
            "Recordings may go to a transcriber we have reviewed. Everybody taking part was written to.",
            true,
        ),
        line(1, "2026-06-15", "The first version.", false),
    ]
}

fn mark(path: &str, name: &str, verdict: Verdict, because: &str) -> ClauseMark {
    let latest = match verdict {
        CannotTell => vec![],
        Broken => vec![
            entry(
                1874,
                "2027-01-16T00:05:00Z",
                "lapsed",
                "seven days passed without a confirmation",
                "abide",
                &[path],
            ),
            entry(
                1702,
                "2027-01-08T15:12:00Z",
                "approved",
                "transcript accepted, our recording erased",
                "A. Moyo, researcher",
                &[path],
            ),
        ],
        _ => vec![
            entry(
                1866,
                "2027-01-14T09:41:00Z",
                "kept",
                "nothing else was written",
                "abide",
                &[path],
            ),
            entry(
                1530,
                "2026-12-18T11:02:00Z",
                "refused",
                "date of birth is not in this notice",
                "R. Sorley, researcher",
                &[path],
            ),
        ],
    };
    ClauseMark {
        id: format!("c-{}", path.replace(['/', '@', '+'], "-")),
        to: format!("/desk/clauses/4107/{path}"),
        clause: format!("#4107/{path}"),
        name: name.into(),
        verdict,
        because: because.into(),
        count: if latest.is_empty() { 0 } else { 38 },
        latest,
    }
}

fn text() -> Sections {
    let para = |html: &str, marks: Vec<ClauseMark>| Paragraph {
        html: html.into(),
        marks,
    };
    let section = |slug: &str, heading: &str, paragraphs| Section {
        slug: slug.into(),
        heading: heading.into(),
        paragraphs,
    };
    let ok = "Every write since the study began was one of the listed things";
    Sections {
        sections: vec![
            section(
                "about",
                "",
                vec![
                    para(
                        "<p>Hartwell Research Trust is finding out what helps pupils who look after somebody at home. We would like to talk with the people in schools who know them. This notice says what we do with what you tell us about yourself.</p>",
                        vec![mark(
                            "about/controller/hartwell",
                            "controller",
                            Kept,
                            "One controller is named, and every entry carries it",
                        )],
                    ),
                    para(
                        "<p>Ask us anything at <a href=\"mailto:dpo@hartwell.example\">dpo@hartwell.example</a>. If you write <em>#4107</em> or the study’s name anywhere in your message, it reaches the right people at once.</p>",
                        vec![mark(
                            "about/contact/dpo",
                            "the mailbox is read",
                            Kept,
                            "Read 12 minutes ago; 41 of 41 messages routed within a day",
                        )],
                    ),
                ],
            ),
            section(
                "what",
                "1. What we hold about you",
                vec![
                    para(
                        "<p>We hold only this:</p><ul><li>your name, work email address and telephone number</li><li>your school and your role there</li><li>what you say in an interview, as a recording and then as a transcript</li></ul>",
                        vec![
                            mark("what/data/contact", "only contact details listed", Kept, ok),
                            mark("what/data/role", "only school and role", Kept, ok),
                            mark("what/data/words", "only interview and transcript", Kept, ok),
                        ],
                    ),
                    para(
                        "<p>We do not ask about your health, your family or your own childhood. If you choose to tell us, it stays in the transcript and is treated with more care.</p>",
                        vec![mark(
                            "what/data/volunteered",
                            "volunteered, never asked",
                            CannotTell,
                            "Nobody can know what was asked aloud; two of nine transcripts are still to be read for it",
                        )],
                    ),
                ],
            ),
            section(
                "why",
                "2. Why we use it",
                vec![
                    para(
                        "<p>To learn how schools notice young carers, and what they do next. Our lawful basis is a task in the public interest.</p>",
                        vec![mark(
                            "why/purpose/understand",
                            "purpose: understand",
                            Kept,
                            "212 reads named this purpose; 3 others were refused",
                        )],
                    ),
                    para(
                        "<p>To ask whether you would take part in a later study. Our lawful basis is our legitimate interest in hearing from people who know the subject. You can say no at any time, with one click, and we stop at once.</p>",
                        vec![
                            mark(
                                "why/purpose/recontact",
                                "purpose: ask again",
                                Kept,
                                "No message went to anybody who had opted out",
                            ),
                            mark(
                                "why/purpose/recontact-opt-out",
                                "opt out at once",
                                Kept,
                                "11 people opted out; the slowest took 0.2 seconds",
                            ),
                        ],
                    ),
                    para(
                        "<p>We never use what you tell us for marketing, never sell it, and no machine decides anything about you.</p>",
                        vec![
                            mark(
                                "why/never/marketing",
                                "never marketing",
                                Kept,
                                "No such purpose can be named",
                            ),
                            mark(
                                "why/never/automated-decisions",
                                "never a machine’s decision",
                                Kept,
                                "All 14 decisions name the person who took them",
                            ),
                        ],
                    ),
                ],
            ),
            section(
                "who",
                "3. Who else sees it",
                vec![para(
                    "<p>Recordings go to a transcription company that we have reviewed, and to nobody else. It has a contract with us, works only on our instructions, and stays in the United Kingdom.</p>",
                    vec![
                        mark(
                            "who/share/recording@transcriber",
                            "recording to the transcriber",
                            Kept,
                            "Two vendors reviewed, both within a year; one unreviewed was refused",
                        ),
                        mark(
                            "who/transfer/gb",
                            "nothing leaves the UK",
                            Kept,
                            "All nine recordings went to vendors in GB",
                        ),
                    ],
                )],
            ),
            section(
                "how-long",
                "4. How long we keep it",
                vec![
                    para(
                        "<p>We erase our recording once the transcript is right. The transcriber confirms within seven days of delivering it that they have erased theirs.</p>",
                        vec![
                            mark(
                                "how-long/keep/recording",
                                "our recording",
                                Due,
                                "One transcript waits to be accepted, by 25 January 2027",
                            ),
                            mark(
                                "how-long/keep/recording@transcriber",
                                "recording at the transcriber",
                                Broken,
                                "Quill & Ear has not confirmed for one recording, due 16 January 2027: two days late",
                            ),
                        ],
                    ),
                    para(
                        "<p>We keep your contact details for two years after the final report is delivered, in case a question comes up. The report is planned for 30 September 2027; should that move, we say so here.</p>",
                        vec![
                            mark(
                                "how-long/keep/contact",
                                "contact details",
                                Due,
                                "Nothing is due until 30 September 2029 at the earliest",
                            ),
                            mark(
                                "how-long/event/report",
                                "the day of the report",
                                Kept,
                                "Planned for 30 September 2027, never moved",
                            ),
                        ],
                    ),
                ],
            ),
            section(
                "your-rights",
                "5. Your rights",
                vec![para(
                    "<p>You can ask for a copy of what we hold, have it put right, object to our using it, or have it erased. We answer within one month. It costs nothing.</p>",
                    vec![
                        mark(
                            "your-rights/right/access",
                            "a copy",
                            Due,
                            "One request open, to be answered by 3 February 2027",
                        ),
                        mark(
                            "your-rights/right/rectify",
                            "put right",
                            Kept,
                            "Two asked, both answered within six days",
                        ),
                        mark(
                            "your-rights/right/erase",
                            "erase",
                            Kept,
                            "Three asked, all answered in time",
                        ),
                        mark(
                            "your-rights/right/object",
                            "object",
                            Kept,
                            "One objected, honoured the same minute",
                        ),
                        mark(
                            "your-rights/fee/none",
                            "no charge",
                            Kept,
                            "No fee was ever asked",
                        ),
                    ],
                )],
            ),
        ],
    }
}

impl NoticePage {
    pub(crate) fn sample() -> Self {
        let mut text = text();
        for section in &mut text.sections {
            for paragraph in &mut section.paragraphs {
                paragraph.marks.clear();
            }
        }
        Self {
            layout: Layout::public("What we do with what you tell us").local(
                "This notice",
                "",
                &[
                    ("#what", "What we hold"),
                    ("#why", "Why"),
                    ("#who", "Who sees it"),
                    ("#how-long", "How long"),
                    ("#your-rights", "Your rights"),
                ],
            ),
            head: head(),
            short: vec![
                Link::new(
                    "#what",
                    "We hold how to reach you, your role, and what you say in an interview.",
                ),
                Link::new(
                    "#who",
                    "A transcriber we have reviewed hears the recording. Nobody else does.",
                ),
                Link::new(
                    "#how-long",
                    "Recordings go once they are written down; the rest two years after our report.",
                ),
                Link::new(
                    "#your-rights",
                    "You can see it, correct it, object, or leave, whenever you like.",
                ),
            ],
            text,
            versions: versions(),
            forms: vec![
                Link::new("/notices/yc-staff/2.txt", "plain text"),
                Link::new("/notices/yc-staff/2.pdf", "PDF, to print"),
                Link::new("/notices/yc-staff/2.jsonld", "for machines"),
            ],
            sign_up: Some(Link::new("/notices/yc-staff/sign-up", "Take part")),
            data: "{\"@graph\":[]}".to_owned(),
        }
    }
}

impl PromisesPage {
    pub(crate) fn sample() -> Self {
        let text = text();
        let marks = || {
            text.sections
                .iter()
                .flat_map(|s| &s.paragraphs)
                .flat_map(|p| &p.marks)
        };
        let attention = [Broken, Due, CannotTell]
            .into_iter()
            .flat_map(|v| marks().filter(move |m| m.verdict == v))
            .map(|m| Attention {
                verdict: m.verdict,
                to: format!("#{}", m.id),
                words: m.name.clone(),
            })
            .collect();
        Self {
            layout: project("What we do with what you tell us", "").local(
                "This notice",
                "",
                &[
                    ("#standing", "How it stands"),
                    ("#what", "What we hold"),
                    ("#why", "Why"),
                    ("#who", "Who sees it"),
                    ("#how-long", "How long"),
                    ("#your-rights", "Your rights"),
                    ("#versions", "Versions"),
                ],
            ),
            head: head(),
            tally: Tally {
                verdicts: marks().map(|m| m.verdict).collect(),
            },
            standing: "One promise is broken. Two wait for somebody to act.".into(),
            as_at: moment("2027-01-18T09:40:00Z"),
            attention,
            text: text.clone(),
            versions: versions(),
            checkpoint: "1,902 entries, found whole at 09:40.".into(),
        }
    }
}
