//! One person, one interview.

use super::{add, clause, entry, project};
use crate::page::form::{Choice, Field, Form, Kind};
use crate::page::parts::{Answer, Fact, Link, Margin, Note, Trail, Verdict};
use crate::page::people::{Held, InterviewPage, ListenPage, PersonPage};
use crate::page::person::Step;
use Verdict::{Broken, Due};

pub(super) fn pages(pages: &mut Vec<(&'static str, String)>) {
    add(pages, "person", &PersonPage::sample());
    add(pages, "person-read", &PersonPage::sample_read());
    add(pages, "person-refused", &PersonPage::sample_refused());
    add(pages, "interview", &InterviewPage::sample());
    let listen = ListenPage {
        layout: project("A recording", ""),
        sound: "/desk/recordings/blb_4m2d/sound/0.0.understand".into(),
        facts: vec![Fact::new("Open until", "5 January 2027, 18:00")].into(),
    };
    add(pages, "listen", &listen);
}

fn read_form() -> Form {
    Form::new("read", "/desk/people/per_7f3k9q/readings", "Read")
        .field(
            Field::new(
                "purpose",
                "What for?",
                Kind::One(vec![
                    Choice::new(
                        "understand",
                        "To learn how schools notice young carers",
                        "understand",
                    ),
                    Choice::new("recontact", "To ask about a later study", "recontact"),
                    Choice::new("request", "To answer their request", "by law"),
                ]),
            )
            .note(Note::plain(
                "The purposes are the notice’s. There are no others.",
            )),
        )
        .field(
            Field::new(
                "items",
                "What?",
                Kind::Any(vec![
                    Choice::new("name", "Name", ""),
                    Choice::new("work-email", "Work email address", ""),
                    Choice::new("transcript", "Transcript", ""),
                ]),
            )
            .note(Note::plain("As little as will do.")),
        )
}

impl PersonPage {
    pub(crate) fn sample() -> Self {
        let held = |item: &str, category: &str, from: &str, fate: &str, verdict| Held {
            item: item.into(),
            category: category.into(),
            from: from.into(),
            under: Link::new("/notices/yc-staff/2", "version 2"),
            fate: fate.into(),
            verdict,
            state: String::new(),
        };
        Self {
            layout: project("per_7f3k9q", "/desk/projects/4107/people").crumbs(&[
                ("/desk", "Projects"),
                ("/desk/projects/4107", "Young Carers at School"),
                ("/desk/projects/4107/people", "People"),
            ]),
            facts: vec![
                Fact::new("Stage", "interviewed on 5 January 2027"),
                Fact::linked(
                    "Told",
                    "notice version 2, on 4 October 2026",
                    "/notices/yc-staff/2",
                ),
                Fact::new("Agreed to", "being interviewed, being recorded"),
            ]
            .into(),
            choices: vec![Note {
                cite: Some(clause("why/purpose/recontact")),
                words: "Objected on 16 January 2027: not to be asked about later studies.".into(),
            }],
            items: vec![
                held(
                    "Name",
                    "contact",
                    "From the person, by sign-up, 4 October 2026",
                    "goes 30 September 2029",
                    Due,
                ),
                held(
                    "Work email",
                    "contact",
                    "From their employer, told to us 28 September 2026; the person was told 4 October",
                    "goes 30 September 2029",
                    Due,
                ),
                Held {
                    state: "restricted".into(),
                    ..held(
                        "Recording",
                        "words, may include health",
                        "From the person, in an interview, 5 January 2027",
                        "goes when its transcript is accepted",
                        Due,
                    )
                },
                held(
                    "Recording at Quill & Ear",
                    "words",
                    "Sent 5 January 2027",
                    "erasure not confirmed, 2 days late",
                    Broken,
                ),
            ],
            read: Some(read_form()),
            answer: None,
            actions: vec![
                Link::new(
                    "/desk/people/per_7f3k9q/consents/new",
                    "Record an agreement",
                ),
                Link::new("/desk/people/per_7f3k9q/requests/new", "Open a request"),
                Link::new(
                    "/desk/people/per_7f3k9q/choices/new",
                    "Record a choice: objection, opting out, leaving",
                ),
            ],
            trail: Trail::from(vec![
                entry(
                    1880,
                    "2027-01-16T18:22:00Z",
                    "objected",
                    "to being asked about later studies",
                    "the person",
                    &["why/purpose/recontact"],
                ),
                entry(
                    1640,
                    "2027-01-05T14:10:00Z",
                    "shared",
                    "recording rec_4m2d with Quill & Ear",
                    "A. Moyo, project lead",
                    &["who/share/recording@transcriber"],
                ),
            ]),
        }
    }

    pub(crate) fn sample_read() -> Self {
        Self {
            answer: Some(Answer {
                allowed: true,
                heading: "You may read this, to learn how schools notice young carers".into(),
                values: vec![
                    Fact::new("Name", "Sam Idris"),
                    Fact::new("Work email", "s.idris@northbank.example"),
                ]
                .into(),
                because: vec![Note {
                    cite: Some(clause("why/purpose/understand")),
                    words: "This purpose uses contact details.".into(),
                }],
                help: String::new(),
            }),
            ..Self::sample()
        }
    }

    pub(crate) fn sample_refused() -> Self {
        Self {
            answer: Some(Answer {
                allowed: false,
                heading: "You may not read this to ask about a later study".into(),
                because: vec![
                    Note {
                        cite: Some(Link::new("", "Article 21(1)")),
                        words: "The person objected on 16 January 2027.".into(),
                    },
                    Note {
                        cite: Some(clause("why/purpose/recontact")),
                        words: "The notice promises that saying no is honoured at once.".into(),
                    },
                ],
                help: "Nothing needs doing. The person can change their mind on their own page."
                    .into(),
                ..Answer::default()
            }),
            ..Self::sample()
        }
    }
}

impl InterviewPage {
    pub(crate) fn sample() -> Self {
        let step = |name: &str, state, words: &str| Step {
            name: name.into(),
            state,
            words: words.into(),
            ..Step::default()
        };
        Self {
            layout: project("int_5p0s", ""),
            facts: vec![Fact::linked("Person", "per_7f3k9q", "/desk/people/per_7f3k9q"), Fact::new("Held", "5 January 2027, online"), Fact::new("Said beforehand", "that it is recorded and transcribed")].into(),
            steps: vec![
                step("Agreement on record", "done", "To being interviewed and recorded, 4 October 2026."),
                step("Recording stored", "done", "48 minutes, sealed under a key of its own."),
                Step { form: Some(Form::new("send", "/desk/interviews/int_5p0s/sendings", "Send it").field(
                    Field::new("vendor", "To", Kind::One(vec![Choice::new("quill", "Quill & Ear", "reviewed 2 September 2026; has one confirmation outstanding"), Choice::new("fernley", "Fernley Transcripts", "reviewed 9 November 2026")]))
                        .note(Note { cite: Some(clause("who/share/recording@transcriber")), words: "Only a transcriber we have reviewed.".into() }))), ..step("Send to a transcriber", "next", "") },
                step("Transcript back", "later", "When it arrives, its days run."),
                step("Accept the transcript", "later", "Then our recording is erased, and its key with it."),
            ],
            clocks: vec![super::clauses::vendor_clock()],
            answer: None,
            margin: Margin::from(vec![Note { cite: Some(clause("how-long/keep/recording")), words: "Our recording goes once the transcript is right.".into() }]),
            trail: Trail::from(vec![entry(1638, "2027-01-05T13:58:00Z", "stored", "recording rec_4m2d, 48 minutes", "A. Moyo, project lead", &["what/data/words"])]),
        }
    }
}
