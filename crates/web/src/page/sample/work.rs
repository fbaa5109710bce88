//! Staff: requests, mail, recipients, sweep, release, evidence, the demo's clock.

use super::{add, clause, day, entry, project, staff};
use crate::page::form::{Choice, Field, Form, Kind};
use crate::page::parts::{
    Answer, Cell, Clock, Fact, Link, Margin, Note, Stop, Table, Trail, Verdict,
};
use crate::page::person::Step;
use crate::page::shape::{FormPage, ListPage};
use crate::page::work::{Applies, CasePage, MailPage, RecipientPage};
use Verdict::{Due, Kept};

pub(super) fn pages(pages: &mut Vec<(&'static str, String)>) {
    add(pages, "requests", &ListPage::sample_requests());
    add(pages, "request", &CasePage::sample());
    add(pages, "complaint", &CasePage::sample_complaint());
    add(pages, "inbox", &ListPage::sample_inbox());
    add(pages, "mail", &MailPage::sample());
    add(pages, "recipients", &ListPage::sample_recipients());
    add(pages, "recipient", &RecipientPage::sample());
    add(pages, "share", &FormPage::sample_share());
}

fn step(name: &str, state: &'static str, words: &str) -> Step {
    Step {
        name: name.into(),
        state,
        words: words.into(),
        ..Step::default()
    }
}

impl ListPage {
    pub(crate) fn sample_requests() -> Self {
        Self {
            layout: staff("Requests", "/desk/requests"),
            intro: vec!["What people asked for, and by when they have an answer.".into()],
            facets: vec![
                Link {
                    current: true,
                    ..Link::new("/desk/requests", "Open 1")
                },
                Link::new("/desk/requests?state=answered", "Answered 6"),
            ],
            table: Table::new(
                "Open requests",
                &["Request", "Asked for", "Received", "Answer"],
                "None are open.",
                vec![vec![
                    Cell::link("/desk/requests/req_31ta", "req_31ta"),
                    "a copy; erasure".into(),
                    "3 January 2027".into(),
                    Cell::judged(Due, "by 3 February 2027, 16 days left"),
                ]],
            ),
            actions: vec![Link::new(
                "/desk/requests/new",
                "Record a request made by letter or telephone",
            )],
            ..Self::default()
        }
    }

    pub(crate) fn sample_inbox() -> Self {
        let row = |id: &str, at: &str, door: &str, proposal: &str| {
            vec![
                Cell::link(&format!("/desk/inbox/{id}"), id),
                at.into(),
                door.into(),
                proposal.into(),
            ]
        };
        Self {
            layout: staff("Inbox", "/desk/inbox"),
            intro: vec!["Messages that arrived at any door, with what is proposed for each. A person decides.".into()],
            table: Table::new("Waiting for a decision", &["Message", "Arrived", "Door", "Proposal"], "Nothing waits.", vec![
                row("msg_0k3x", "today, 08:12", "dpo@hartwell.example", "#4107, a request: erasure"),
                row("msg_0k2w", "yesterday, 17:40", "post", "study not known, a question"),
                row("msg_0k2t", "yesterday, 09:05", "dpo@hartwell.example", "#4052, a complaint"),
            ]),
            ..Self::default()
        }
    }

    pub(crate) fn sample_recipients() -> Self {
        Self {
            layout: staff("Recipients", "/desk/recipients"),
            intro: vec![
                "Everybody outside who may receive something, and whether they may today.".into(),
            ],
            table: Table::new(
                "Register of recipients",
                &["Recipient", "Class", "Country", "May receive?"],
                "None.",
                vec![
                    vec![
                        Cell::link("/desk/recipients/fernley", "Fernley Transcripts"),
                        "transcriber".into(),
                        "GB".into(),
                        Cell::judged(Kept, "review until 9 November 2027"),
                    ],
                    vec![
                        Cell::link("/desk/recipients/quill", "Quill & Ear"),
                        "transcriber".into(),
                        "GB".into(),
                        Cell::judged(Verdict::Broken, "stopped: a confirmation is missing"),
                    ],
                ],
            ),
            actions: vec![Link::new("/desk/recipients/new", "Add a recipient")],
            ..Self::default()
        }
    }
}

impl CasePage {
    pub(crate) fn sample() -> Self {
        let stop = |state, iso: &str, words: &str| Stop {
            state,
            at: day(iso),
            words: words.into(),
        };
        let applies = |right: &str, answer: &str, because: &str, cite: &str| Applies {
            right: right.into(),
            answer: answer.into(),
            because: because.into(),
            cite: Link::new("", cite),
        };
        Self {
            layout: staff("Request req_31ta", "/desk/requests").crumbs(&[("/desk/requests", "Requests")]),
            facts: vec![Fact::linked("From", "per_7f3k9q", "/desk/people/per_7f3k9q"), Fact::new("Asked for", "a copy; erasure"), Fact::new("By", "email, in their own words"), Fact::linked("Study", "#4107", "/desk/projects/4107")].into(),
            clock: Some(Clock {
                verdict: Due,
                left: "16 days left".into(),
                stops: vec![
                    stop("past", "2027-01-03", "Received"),
                    stop("now", "2027-01-18", "Today"),
                    stop("next", "2027-01-24", "Our own target"),
                    stop("next due", "2027-02-03", "Answer due"),
                    stop("next", "2027-04-03", "Latest, if extended"),
                ],
                rule: "One calendar month from receipt. Should the last day be a weekend or holiday, the next working day.".into(),
                cite: Some(Link::new("", "Article 12(3)")),
            }),
            rights: vec![
                applies("A copy", "applies", "Everybody has this right, whatever the basis.", "Article 15"),
                applies("Erasure", "applies in part", "Analysis has not begun, so the words can go. Contact details go too, except the line that records this request.", "Article 17"),
            ],
            steps: vec![
                step("Know who asks", "done", "They wrote from the address we hold. No document was asked for."),
                step("Search", "done", "4 items in 2 places, one at Quill & Ear."),
                Step { form: Some(Form::new("decide", "/desk/requests/req_31ta/decisions", "Decide")
                    .field(Field::new("decision", "Your decision", Kind::One(vec![Choice::new("grant", "Grant it", ""), Choice::new("part", "Grant it in part", "Say what not, and why."), Choice::new("refuse", "Refuse", "Only if manifestly unfounded or excessive. The officer approves.")])))
                    .field(Field::new("reason", "Why", Kind::Long).note(Note::plain("The person reads this.")))), ..step("Decide", "next", "") },
                step("Reply", "later", "With the right to complain to us and to the regulator."),
            ],
            margin: Margin::from(vec![Note { cite: Some(clause("your-rights/right/access")), words: "Within one month, free.".into() }]),
            trail: Trail::from(vec![entry(1601, "2027-01-03T19:30:00Z", "opened", "request req_31ta from msg_0j9c", "N. Adair, data protection officer", &["your-rights/right/access"])]),
        }
    }

    pub(crate) fn sample_complaint() -> Self {
        Self {
            layout: staff("Complaint cmp_02hd", "/desk/complaints")
                .crumbs(&[("/desk/complaints", "Complaints")]),
            facts: vec![
                Fact::new("About", "a message after opting out, study #4052"),
                Fact::new("By", "the form"),
            ]
            .into(),
            clock: Some(Clock {
                verdict: Due,
                left: "29 days to say that we have it".into(),
                stops: vec![
                    Stop {
                        state: "past",
                        at: day("2027-01-17"),
                        words: "Received".into(),
                    },
                    Stop {
                        state: "now",
                        at: day("2027-01-18"),
                        words: "Today".into(),
                    },
                    Stop {
                        state: "next due",
                        at: day("2027-02-16"),
                        words: "Acknowledge by".into(),
                    },
                ],
                rule: "Thirty days from receipt; then without undue delay what we find.".into(),
                cite: Some(Link::new("", "Data Protection Act 2018, section 164A")),
            }),
            steps: vec![
                Step {
                    form: Some(Form::new(
                        "ack",
                        "/desk/complaints/cmp_02hd/acknowledgements",
                        "Say that we have it",
                    )),
                    ..step("Acknowledge", "next", "")
                },
                step("Look into it", "later", ""),
                step("Tell the outcome", "later", ""),
            ],
            ..Self::default()
        }
    }
}

impl MailPage {
    pub(crate) fn sample() -> Self {
        Self {
            layout: staff("msg_0k3x", "/desk/inbox").crumbs(&[("/desk/inbox", "Inbox")]),
            facts: vec![Fact::new("Arrived", "18 January 2027, 08:12"), Fact::new("Door", "dpo@hartwell.example"), Fact::linked("From", "per_2b8w0m, by their address", "/desk/people/per_2b8w0m")].into(),
            body: Some("Hello, I spoke with Ana about the school study (#4107) last term.\n\nI have changed jobs and would rather you took my details off everything. Thanks.".into()),
            open: None,
            proposal: vec![Fact::new("Study", "#4107, because the message says so"), Fact::new("Asks for", "erasure, because of “took my details off everything”"), Fact::new("Clock", "one month from today: 18 February 2027")].into(),
            triage: Some(Form::new("triage", "/desk/inbox/msg_0k3x/triage", "Decide")
                .field(Field::new("project", "Study", Kind::Pick(vec![Choice::new("4107", "#4107 Young Carers at School", ""), Choice::new("4052", "#4052 Moving On from Foster Care", "")])).value("4107"))
                .field(Field::new("asks", "It is", Kind::One(vec![Choice::new("request", "A request", "starts a statutory month"), Choice::new("complaint", "A complaint", "starts 30 days"), Choice::new("opt-out", "Opting out", "done at once"), Choice::new("question", "A question", "")])).value("request"))
                .field(Field::new("rights", "Rights asked for", Kind::Any(vec![Choice::new("access", "A copy", ""), Choice::new("erase", "Erasure", ""), Choice::new("object", "Objection", "")])).value("erase").optional())),
            margin: Margin::from(vec![Note { cite: Some(clause("contact/contact/any-door")), words: "No special form or wording is needed.".into() }]),
        }
    }
}

impl RecipientPage {
    pub(crate) fn sample() -> Self {
        Self {
            layout: staff("Quill & Ear", "/desk/recipients")
                .crumbs(&[("/desk/recipients", "Recipients")]),
            answer: Some(Answer {
                allowed: false,
                heading: "Nothing may go there now".into(),
                because: vec![Note {
                    cite: Some(clause("how-long/keep/recording@transcriber")),
                    words: "A confirmation of erasure is two days late.".into(),
                }],
                help: "Ask them to confirm, or send the next recording to another transcriber."
                    .into(),
                ..Answer::default()
            }),
            facts: vec![
                Fact::new("Class", "transcriber"),
                Fact::new("Role", "processor"),
                Fact::new("Country", "United Kingdom"),
            ]
            .into(),
            steps: vec![
                step(
                    "Review",
                    "done",
                    "2 September 2026 by N. Adair. The next by 2 September 2027.",
                ),
                step(
                    "Contract",
                    "done",
                    "Signed 2 September 2026, in force until 1 September 2028.",
                ),
                Step {
                    form: Some(
                        Form::new(
                            "assess",
                            "/desk/recipients/quill/assessments",
                            "Put on file",
                        )
                        .field(Field::new(
                            "document",
                            "The assessment",
                            Kind::File(".pdf,.md".into()),
                        ))
                        .field(Field::new(
                            "until",
                            "Holds until",
                            Kind::Day,
                        )),
                    ),
                    ..step(
                        "Assessment",
                        "next",
                        "The one on file ends on 31 January 2027.",
                    )
                },
            ],
            shared: Table::new(
                "What went to Quill & Ear",
                &["Recording", "Sent", "State"],
                "Nothing.",
                vec![
                    vec![
                        "rec_4m2d".into(),
                        "5 January 2027".into(),
                        Cell::judged(Verdict::Broken, "erasure not confirmed"),
                    ],
                    vec![
                        "rec_8x1c".into(),
                        "4 December 2026".into(),
                        Cell::judged(Kept, "erased, confirmed on day 4"),
                    ],
                ],
            ),
            margin: Margin::from(vec![Note {
                cite: Some(clause("who/share/recording@transcriber")),
                words: "Reviewed every year, before anything goes there.".into(),
            }]),
            trail: Trail::from(vec![entry(
                902,
                "2026-09-02T10:00:00Z",
                "reviewed",
                "measures found comparable to ours",
                "N. Adair, data protection officer",
                &["who/share/recording@transcriber"],
            )]),
        }
    }
}

impl FormPage {
    pub(crate) fn sample_share() -> Self {
        Self {
            layout: project("Share with a recipient", "/desk/projects/4107/shares/new"),
            intro: vec!["Only what the notice lists, with whom it names, for the purpose it gives. The rest is masked before it leaves.".into()],
            form: Form::new("share", "/desk/projects/4107/shares", "Ask whether this is allowed")
                .field(Field::new("recipient", "With", Kind::Pick(vec![Choice::new("fernley", "Fernley Transcripts", "")])))
                .field(Field::new("items", "What", Kind::Any(vec![Choice::new("recording", "Recordings", ""), Choice::new("summary", "A summary without people", "")])))
                .field(Field::new("purpose", "For", Kind::Pick(vec![Choice::new("understand", "to learn how schools notice young carers", "")]))),
            ..Self::default()
        }
    }
}
