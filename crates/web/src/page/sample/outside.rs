//! Pages for people outside.

use super::{add, clause, day};
use crate::page::certificate::{CertificatePage, Shown};
use crate::page::form::{Choice, Field, Form, Kind};
use crate::page::layout::{Flash, Layout};
use crate::page::parts::{Answer, Cell, Fact, Facts, Link, Margin, Note, Table};
use crate::page::person::{FrontPage, SignupPage, Step, VendorPage, YourDataPage, YourItem};
use crate::page::shape::{ConfirmPage, DonePage, ErrorPage, FormPage};

pub(super) fn pages(pages: &mut Vec<(&'static str, String)>) {
    add(pages, "front", &FrontPage::sample());
    add(pages, "sign-up", &SignupPage::sample());
    add(pages, "sign-up-wrong", &SignupPage::sample_wrong());
    add(pages, "signed-up", &DonePage::sample());
    add(pages, "your-data", &YourDataPage::sample());
    add(pages, "certificate", &CertificatePage::sample());
    add(pages, "opt-out", &ConfirmPage::sample());
    add(pages, "complain", &FormPage::sample_complaint());
    add(pages, "enter", &FormPage::sample_enter());
    add(pages, "vendor", &VendorPage::sample());
    add(pages, "not-found", &ErrorPage::sample());
    add(pages, "refused", &ErrorPage::sample_refused());
    add(pages, "fault", &ErrorPage::sample_fault());
}

fn way(to: &str, words: &str, more: &str) -> (Link, String) {
    (Link::new(to, words), more.into())
}

impl FrontPage {
    pub(crate) fn sample() -> Self {
        Self {
            layout: Layout {
                demo: Some(day("2027-01-18")),
                ..Layout::public("What we promised about your data")
            },
            organisation: "Hartwell Research Trust".into(),
            ways: vec![
                way(
                    "/enter",
                    "See what you hold about me",
                    "With the code from our letter or email.",
                ),
                way(
                    "/notices",
                    "Read a privacy notice",
                    "What we hold, why, for how long, and what you can do.",
                ),
                way(
                    "/complain",
                    "Complain",
                    "Something is wrong. No account, no form to fill if you would rather write.",
                ),
            ],
            notices: Table::new(
                "Notices in force",
                &["Notice", "Study", "For", "Version"],
                "None.",
                vec![vec![
                    Cell::link("/notices/yc-staff", "What we do with what you tell us"),
                    "Young Carers at School, #4107".into(),
                    "teachers and pastoral leads".into(),
                    "2, 1 October 2026".into(),
                ]],
            ),
            accounts: vec![
                way(
                    "/sign-in?as=officer",
                    "The data protection officer",
                    "sees every promise, request and complaint",
                ),
                way(
                    "/sign-in?as=researcher",
                    "A researcher",
                    "invites people, reads for a purpose, uploads recordings",
                ),
                way(
                    "/demo/person",
                    "Somebody who took part",
                    "sees what is held about them",
                ),
            ],
        }
    }
}

fn sign_up() -> Form {
    let why = |words: &str| Note::citing("/notices/yc-staff#why", "2. Why we use it", words);
    Form::new("sign-up", "/notices/yc-staff/sign-up", "Sign up")
        .group("About you", "We ask for nothing else.")
        .field(Field::new("name", "Your name", Kind::Text).autocomplete("name").note(why("So that we know whom we are talking with.")))
        .field(Field::new("work-email", "Work email address", Kind::Email).autocomplete("email").note(why("To arrange a time, and to tell you if this notice changes.")))
        .field(Field::new("phone", "Telephone", Kind::Phone).hint("Only if you would rather be rung.").optional().autocomplete("tel").note(why("To talk, if that suits you better.")))
        .field(Field::new("role", "Your role at school", Kind::One(vec![
            Choice::new("teacher", "Teacher", ""), Choice::new("pastoral-lead", "Pastoral lead", ""), Choice::new("other", "Something else", ""),
        ])).note(why("To hear from people who see different things.")))
        .group("Taking part", "This is about the interview. It is not why we may hold your data: that is written in section 2.")
        .field(Field::new("participation", "I agree to be interviewed. I can stop at any time without saying why.", Kind::Tick)
            .note(Note::plain("Stopping changes nothing at your school, and nobody there is told.")))
        .field(Field::new("recording", "I agree that the interview is recorded.", Kind::Tick).optional().hint("You can take part without being recorded."))
}

impl SignupPage {
    pub(crate) fn sample() -> Self {
        let section = |slug: &str, cite: &str, words: &str| {
            Note::citing(&format!("/notices/yc-staff#{slug}"), cite, words)
        };
        Self {
            layout: Layout::public("Take part in Young Carers at School"),
            reference: "#4107".into(),
            controller: "Hartwell Research Trust".into(),
            short: vec![
                section(
                    "what",
                    "section 1",
                    "We hold how to reach you, your role, and what you say in an interview.",
                ),
                section(
                    "why",
                    "section 2",
                    "We use it to learn how schools notice young carers. It is a task in the public interest.",
                ),
                section(
                    "who",
                    "section 3",
                    "A transcriber we have reviewed hears the recording. Nobody else does.",
                ),
                section(
                    "how-long",
                    "section 4",
                    "The recording goes once it is written down; the rest two years after our report.",
                ),
                section(
                    "your-rights",
                    "section 5",
                    "You can see it, correct it, object, or leave.",
                ),
            ],
            notice: Link::new(
                "/notices/yc-staff",
                "Read the whole notice, about four minutes",
            ),
            form: sign_up(),
        }
    }

    pub(crate) fn sample_wrong() -> Self {
        let mut page = Self::sample();
        for field in page.form.groups.iter_mut().flat_map(|g| &mut g.fields) {
            match field.name.as_str() {
                "name" => field.value = "Sam".into(),
                "work-email" => {
                    field.value = "sam at school".into();
                    field.error = Some("Enter an email address with an @ in it".into());
                }
                "role" => field.error = Some("Choose your role".into()),
                "participation" => {
                    field.error = Some("Tick the box if you agree to be interviewed".into())
                }
                _ => {}
            }
        }
        page.layout = page.layout.errors_of(&page.form);
        page
    }
}

impl DonePage {
    pub(crate) fn sample() -> Self {
        Self {
            layout: Layout::public("You are signed up"),
            done: "Thank you. We have sent you this page, the notice, and a code with which you can see what we hold.".into(),
            facts: vec![Fact::new("Study", "Young Carers at School, #4107"), Fact::new("Your reference", "K7Q2-M4"), Fact::linked("You were told", "notice version 2", "/notices/yc-staff/2")].into(),
            next: vec!["Somebody from the study writes to you within five working days.".into(), "You choose a time, or say no.".into()],
            margin: Margin::from(vec![Note::plain("You can leave at any time with the same code.")]),
            links: vec![Link::new("/your-data", "See what we hold now")],
            ..Self::default()
        }
    }
}

impl YourDataPage {
    pub(crate) fn sample() -> Self {
        let item =
            |name: &str, value: &str, from: &str, used: &str, goes: &str, to: &str, words: &str| {
                YourItem {
                    name: name.into(),
                    value: value.into(),
                    from: from.into(),
                    used: vec![used.to_owned()],
                    goes: goes.into(),
                    clause: Link::new(&format!("/notices/yc-staff/2#{to}"), words),
                    correct: Some("/your-data/corrections/new".into()),
                }
            };
        Self {
            layout: Layout { guest: Some("You are in study #4107".into()), flash: Some(Flash { refused: false, words: "Your objection is recorded. Nobody will write to you about later studies.".into() }), ..Layout::public("What we hold about you") },
            project: "Young Carers at School".into(),
            notice: Link::new("/notices/yc-staff/2", "notice version 2, on 4 October 2026"),
            items: vec![
                item("Your name", "Sam Idris", "you, when you signed up on 4 October 2026", "arranging and holding your interview", "two years after our report, on 30 September 2029 as planned now", "how-long", "4. How long we keep it"),
                item("Your work email address", "s.idris@northbank.example", "your head teacher, who told us of you on 28 September 2026", "arranging your interview; telling you of changes", "two years after our report, on 30 September 2029 as planned now", "how-long", "4. How long we keep it"),
                item("Your interview", "a recording of 48 minutes; you can ask for a copy", "you, on 5 January 2027", "learning how schools notice young carers", "when its transcript is accepted, by 25 January 2027", "how-long", "4. How long we keep it"),
            ],
            history: vec![
                (day("2027-01-16"), "You objected to being asked about later studies. Done at once.".into()),
                (day("2027-01-05"), "Your recording went to Quill & Ear, our transcriber.".into()),
                (day("2026-10-04"), "You signed up. We told you where we had your address from.".into()),
            ],
            choices: vec!["You objected on 16 January 2027: we do not contact you about later studies.".into()],
            ways: vec![
                way("/your-data/copy", "Ask for a copy", "Everything above and the recording, within one month, free."),
                way("/your-data/opt-out", "Stop all messages", "At once. You stay in the study."),
                way("/your-data/objection", "Object to a use", "We stop unless we have a compelling reason, and tell you which."),
                way("/your-data/leaving", "Leave the study", "We erase what we can, and say what has already become part of the findings."),
                way("/complain", "Complain", "To us, or to the regulator."),
            ],
            not_offered: vec![Note { cite: Some(Link::new("", "Article 20")), words: "Carrying your data to somebody else does not apply here, because we do not rely on consent or a contract.".into() }],
        }
    }
}

impl ConfirmPage {
    pub(crate) fn sample() -> Self {
        Self {
            layout: Layout::public("Stop all messages?"),
            meaning: vec![
                "Press the button and we stop writing to you about studies, at once and for good."
                    .into(),
            ],
            unchanged: vec![
                "Nothing changes at your school or in any service.".into(),
                "If you are in a study you stay in it, unless you say otherwise.".into(),
            ],
            form: Form::new("stop", "/stop", "Stop all messages")
                .field(Field::new("code", "", Kind::Hidden).value("example")),
            back: Some(Link::new("/your-data", "No, go back")),
            margin: Margin::from(vec![Note::citing(
                "/notices/yc-staff#why",
                "2. Why we use it",
                "We said you could, at any time.",
            )]),
        }
    }
}

impl FormPage {
    pub(crate) fn sample_complaint() -> Self {
        Self {
            layout: Layout::public("Complain to us"),
            intro: vec!["Tell us what went wrong, in any words. We write back within 30 days to say we have it, and then tell you what we find.".into()],
            margin: Margin::from(vec![Note { cite: Some(Link::new("", "Data Protection Act 2018, section 164A")), words: "You have a right to complain to us.".into() }]),
            form: Form::new("complaint", "/complain", "Send the complaint")
                .field(Field::new("what", "What went wrong?", Kind::Long).hint("If it is about a study, its name or number helps, but you need not know it."))
                .field(Field::new("reply", "How can we reach you?", Kind::Text).hint("An email address, a telephone number, or a postal address.").optional().note(Note::plain("Used to answer this complaint and for nothing else."))),
            after: vec!["You can also complain on paper: The Data Protection Officer, Hartwell Research Trust, 4 Mill Lane, Leeds LS1 1AA.".into()],
            ..Self::default()
        }
    }

    pub(crate) fn sample_enter() -> Self {
        Self {
            layout: Layout::public("See what we hold about you"),
            intro: vec!["Type the code from our letter or email.".into()],
            form: Form::new("enter", "/enter", "Continue").field(
                Field::new("code", "Your code", Kind::Text)
                    .hint("Like K7Q2-M4XD. Capitals do not matter.")
                    .autocomplete("one-time-code"),
            ),
            after: vec![
                "No code? Write to dpo@hartwell.example or ring us, and we find another way."
                    .into(),
            ],
            ..Self::default()
        }
    }
}

impl VendorPage {
    pub(crate) fn sample() -> Self {
        let step = |name: &str, state, words: &str| Step {
            name: name.into(),
            state,
            words: words.into(),
            ..Step::default()
        };
        Self {
            layout: Layout {
                guest: Some("Quill & Ear, transcriber".into()),
                ..Layout::public("Job rec_4m2d")
            }
            .crumbs(&[("/vendor", "Your jobs")]),
            facts: vec![
                Fact::new("Recording", "48 minutes, English, two voices"),
                Fact::new("For", "Hartwell Research Trust, study #4107"),
                Fact::new("Sent", "5 January 2027"),
            ]
            .into(),
            steps: vec![
                Step {
                    link: Some(Link::new("/vendor/jobs/rec_4m2d/audio", "Fetch it again")),
                    ..step(
                        "Fetch the recording",
                        "done",
                        "Fetched on 5 January 2027. It was sealed for you alone.",
                    )
                },
                step(
                    "Return the transcript",
                    "done",
                    "Received on 9 January 2027.",
                ),
                Step {
                    form: Some(
                        Form::new(
                            "deletion",
                            "/vendor/jobs/rec_4m2d/deletion",
                            "We have erased it",
                        )
                        .grave()
                        .field(Field::new(
                            "copies",
                            "Erased from",
                            Kind::Any(vec![
                                Choice::new("working", "Our working machines", ""),
                                Choice::new("backup", "Our backups", ""),
                                Choice::new("people", "Everybody who worked on it", ""),
                            ]),
                        )),
                    ),
                    ..step(
                        "Confirm that you have erased it",
                        "next",
                        "The recording, the transcript, and every copy of either.",
                    )
                },
            ],
            clock: Some(super::clauses::vendor_clock()),
            margin: Margin::from(vec![Note::plain(
                "You promised this in your contract of 2 September 2026. Until you confirm, we cannot send you anything else.",
            )]),
        }
    }
}

impl ErrorPage {
    pub(crate) fn sample() -> Self {
        Self {
            layout: Layout::public("There is nothing here"),
            status: 404,
            words: vec![
                "The address may be mistyped, or what was here has been erased as promised.".into(),
            ],
            links: vec![
                Link::new("/", "Begin again"),
                Link::new("/enter", "See what we hold about you"),
            ],
            ..Self::default()
        }
    }

    pub(crate) fn sample_refused() -> Self {
        Self {
            layout: super::staff("That is not allowed", "/desk"),
            status: 403,
            answer: Some(Answer {
                allowed: false,
                heading: "Phone numbers may not be exported for this study".into(),
                because: vec![Note { cite: Some(clause("who/share/contact")), words: "No sentence of this notice lets contact details go to that recipient.".into() }, Note { cite: Some(Link::new("", "Article 5(1)(b)")), words: "Data is used only for the purposes it was collected for.".into() }],
                help: "If it is needed, change the notice, tell the people it speaks to, and then ask again.".into(),
                ..Answer::default()
            }),
            links: vec![Link::new("/desk", "Projects")],
            words: vec!["The attempt was recorded, as every one is.".into()],
        }
    }

    pub(crate) fn sample_fault() -> Self {
        Self {
            layout: Layout::public("Something went wrong here"),
            status: 500,
            words: vec!["It is our fault, not yours. Nothing was half done: either it was saved whole or not at all.".into(), "Please try again in a few minutes.".into()],
            links: vec![Link::new("/contact", "Tell us")],
            ..Self::default()
        }
    }
}

impl CertificatePage {
    pub(crate) fn sample() -> Self {
        let row = |what: &str, n: &str, why: &[&str]| {
            let mut row = vec![Cell::from(what), Cell::number(n)];
            row.extend(why.iter().map(|why| Cell::from(*why)));
            row
        };
        Self {
            layout: Layout::public("Certificate of erasure"),
            intro: vec!["Nothing on this page says who you are.".into()],
            certificates: vec![Shown {
                title: "Everything was erased on 2 October 2026".into(),
                facts: Facts::from(vec![Fact::new("Your reference", "P-4F2A")]),
                gone: Table::new(
                    "What went",
                    &["What", "How many"],
                    "Nothing.",
                    vec![row("Email", "1", &[])],
                ),
                kept: Table::new(
                    "What stays, and why",
                    &["What", "How many", "Why"],
                    "Nothing.",
                    vec![row("what you chose", "2", &["so that we keep to it"])],
                ),
                cites: vec![
                    Link::new("/notices/care-leavers-people/2#your-rights", "our notice"),
                    Link::new("", "UK GDPR Art 17(1)"),
                ],
                rest: String::new(),
                receipt: Link::new("/certificate/receipt?entry=evt_1", "Keep the receipt"),
            }],
            key: "abide/evidence+1f2e3d4c+AQIDBA".into(),
            links: Vec::new(),
        }
    }
}
