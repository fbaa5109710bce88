//! Staff: home, project, people, interview.

use super::{add, clause, day, project, staff};
use crate::page::form::{Choice, Field, Form, Kind};
use crate::page::layout::Layout;
use crate::page::parts::{Cell, Fact, Link, Margin, Note, Table, Tally, Verdict};
use crate::page::project::{
    Due as DueItem, HomePage, Milestone, NoticeLine, ProjectLine, ProjectPage,
};
use crate::page::shape::{FormPage, ListPage};
use Verdict::{Broken, CannotTell, Due, Kept};

pub(super) fn pages(pages: &mut Vec<(&'static str, String)>) {
    add(pages, "sign-in", &FormPage::sample_sign_in());
    add(pages, "home", &HomePage::sample());
    add(pages, "project", &ProjectPage::sample());
    add(pages, "people", &ListPage::sample_people());
    add(pages, "referral", &FormPage::sample_referral());
    add(pages, "consent", &FormPage::sample_consent());
    add(pages, "staff", &ListPage::sample_staff());
}

impl FormPage {
    pub(crate) fn sample_sign_in() -> Self {
        Self {
            layout: Layout::public("Sign in"),
            form: Form::new("sign-in", "/sign-in", "Sign in")
                .field(Field::new("name", "Staff name", Kind::Text).autocomplete("username"))
                .field(
                    Field::new("password", "Password", Kind::Password)
                        .autocomplete("current-password"),
                ),
            after: vec![
                "This door is for staff. If you took part in a study, use the code in your letter."
                    .into(),
            ],
            ..Self::default()
        }
    }

    pub(crate) fn sample_referral() -> Self {
        let c = |words: &str| Note {
            cite: Some(clause("where-from/receive/contact")),
            words: words.into(),
        };
        Self {
            layout: project("Add a referral", "/desk/projects/4107/referrals/new"),
            intro: vec!["Somebody told us of a person who may want to take part. From today the person has a right to know within one month that we hold this, and from whom.".into()],
            margin: Margin::from(vec![Note { cite: Some(Link::new("", "Article 14(3)")), words: "At the first message, and at the latest on 18 February 2027.".into() }]),
            form: Form::new("referral", "/desk/projects/4107/referrals", "Add the referral")
                .field(Field::new("notice", "Which notice speaks to them?", Kind::One(vec![Choice::new("yc-staff", "Teachers and pastoral leads", "version 2")])))
                .field(Field::new("from", "Who told us?", Kind::Pick(vec![Choice::new("employer", "Their employer", ""), Choice::new("council", "A local council", "")])).note(c("Only these may tell us.")))
                .field(Field::new("name", "Name", Kind::Text))
                .field(Field::new("work-email", "Work email address", Kind::Email))
                .field(Field::new("told-us-on", "The day we were told", Kind::Day)),
            ..Self::default()
        }
    }

    pub(crate) fn sample_consent() -> Self {
        Self {
            layout: project("Record an agreement", "/desk/projects/4107/people"),
            intro: vec!["What per_7f3k9q said about taking part. It is not the lawful basis, and taking it back costs them nothing.".into()],
            form: Form::new("consent", "/desk/people/per_7f3k9q/consents", "Record it")
                .field(Field::new("what", "What did they agree to?", Kind::Any(vec![Choice::new("interview", "Being interviewed", ""), Choice::new("recording", "Being recorded", ""), Choice::new("quote", "This one quotation", "Asked each time.")])))
                .field(Field::new("how", "How did they say it?", Kind::One(vec![Choice::new("written", "In writing", ""), Choice::new("spoken", "Aloud, at the start of the recording", "")])))
                .field(Field::new("on", "On", Kind::Day)),
            ..Self::default()
        }
    }
}

impl HomePage {
    pub(crate) fn sample() -> Self {
        let due = |verdict, to: &str, words: &str, by: &str, left: &str, path: &str| DueItem {
            verdict,
            what: Link::new(to, words),
            by: Some(day(by)),
            left: left.into(),
            clause: clause(path),
        };
        Self {
            layout: Layout {
                crumbs: vec![],
                ..staff("Is what we promised being done?", "/desk")
            },
            today: day("2027-01-18"),
            add: None,
            due: vec![
                due(
                    Broken,
                    "/desk/interviews/int_5p0s",
                    "Quill & Ear has not confirmed erasing a recording",
                    "2027-01-16",
                    "2 days late",
                    "how-long/keep/recording@transcriber",
                ),
                due(
                    Due,
                    "/desk/requests/req_31ta",
                    "A copy of their data, asked for on 3 January",
                    "2027-02-03",
                    "16 days left",
                    "your-rights/right/access",
                ),
                due(
                    Due,
                    "/desk/interviews/int_8c2f",
                    "Read and accept a transcript",
                    "2027-01-25",
                    "7 days left",
                    "how-long/keep/recording",
                ),
                due(
                    Due,
                    "/desk/notices/yc-staff/changes/2",
                    "Tell 3 people of version 2",
                    "2027-02-01",
                    "14 days left",
                    "changes/change/material",
                ),
            ],
            projects: vec![
                ProjectLine {
                    project: Link::new("/desk/projects/4107", "Young Carers at School"),
                    reference: "#4107".into(),
                    stage: "Interviews until 30 June 2027. 61 people, 9 recordings.".into(),
                    notices: vec![
                        notice_line(
                            "/desk/notices/yc-staff",
                            "Teachers and pastoral leads",
                            41,
                            3,
                        ),
                        notice_line("/desk/notices/yc-pupils", "Young carers", 47, 0),
                    ],
                },
                ProjectLine {
                    project: Link::new("/desk/projects/4052", "Moving On from Foster Care"),
                    reference: "#4052".into(),
                    stage: "Reported on 12 May 2026. Contact details go on 12 May 2028.".into(),
                    notices: vec![notice_line(
                        "/desk/notices/mo-adults",
                        "Adults who were in care",
                        52,
                        7,
                    )],
                },
            ],
        }
    }
}

fn notice_line(to: &str, words: &str, clauses: usize, seed: usize) -> NoticeLine {
    let verdicts = (0..clauses)
        .map(|n| match (n + seed) % 23 {
            4 | 11 => Due,
            19 => CannotTell,
            17 if seed == 3 && n > 20 => Broken,
            _ => Kept,
        })
        .collect();
    NoticeLine {
        notice: Link::new(to, words),
        version: "version 2, 1 October 2026".into(),
        tally: Tally { verdicts },
    }
}

impl ProjectPage {
    pub(crate) fn sample() -> Self {
        let stage =
            |name: &str, n: &str, what: &str| vec![name.into(), Cell::number(n), what.into()];
        Self {
            layout: project("Young Carers at School", "/desk/projects/4107")
                .crumbs(&[("/desk", "Projects")]),
            facts: vec![
                Fact::new("Reference", "#4107"),
                Fact::new("Controller", "Hartwell Research Trust"),
                Fact::new("Lead", "Ana Moyo"),
                Fact::judged(
                    "Assessment",
                    "of 2 September 2026, approved by the officer",
                    Kept,
                ),
            ]
            .into(),
            notices: vec![
                notice_line(
                    "/desk/notices/yc-staff",
                    "Teachers and pastoral leads",
                    41,
                    3,
                ),
                notice_line("/desk/notices/yc-pupils", "Young carers", 47, 0),
            ],
            milestones: vec![
                Milestone {
                    name: "Recruitment ended".into(),
                    state: "past",
                    happened: Some(day("2026-12-18")),
                    planned: Some(day("2026-12-18")),
                    ..Milestone::default()
                },
                Milestone {
                    name: "Analysis begins".into(),
                    state: "next",
                    planned: Some(day("2027-07-05")),
                    hangs: "From then on an erasure means taking the identity out of the words."
                        .into(),
                    ..Milestone::default()
                },
                Milestone {
                    name: "Final report delivered".into(),
                    state: "next",
                    planned: Some(day("2027-09-30")),
                    moved: Some((day("2027-03-31"), "two schools joined late".into())),
                    hangs: "Contact details of 61 people go two years later.".into(),
                    ..Milestone::default()
                },
            ],
            milestone_form: Some(
                Form::new("milestone", "/desk/projects/4107/milestones", "Record it")
                    .field(Field::new(
                        "event",
                        "Milestone",
                        Kind::Pick(vec![
                            Choice::new("analysis.start", "Analysis begins", ""),
                            Choice::new("final-report.delivered", "Final report delivered", ""),
                        ]),
                    ))
                    .field(Field::new(
                        "what",
                        "What is there to say?",
                        Kind::One(vec![
                            Choice::new("happened", "It happened", ""),
                            Choice::new("moved", "It is planned for another day", ""),
                        ]),
                    ))
                    .field(Field::new("on", "Day", Kind::Day))
                    .field(
                        Field::new("reason", "Why it moved", Kind::Text)
                            .optional()
                            .note(Note {
                                cite: Some(clause("how-long/event/report")),
                                words: "A later day keeps data longer: people can read the reason."
                                    .into(),
                            }),
                    ),
            ),
            stages: Table::new(
                "People by stage",
                &["Stage", "People", "What is held"],
                "Nobody yet.",
                vec![
                    stage("Told of us, not yet told", "2", "name, work email"),
                    stage("Invited", "24", "name, work email"),
                    stage("Interviewed", "9", "and a recording or transcript"),
                    stage("Left the study", "3", "nothing"),
                ],
            ),
            actions: vec![
                Link::new("/desk/projects/4107/referrals/new", "Add a referral"),
                Link::new("/desk/projects/4107/people", "See people"),
            ],
            margin: Margin::from(vec![Note {
                cite: Some(clause("how-long/event/report")),
                words:
                    "Keeping runs from the day a thing happened, not the day it was planned for."
                        .into(),
            }]),
        }
    }
}

impl ListPage {
    pub(crate) fn sample_people() -> Self {
        let row = |id: &str, stage: &str, verdict, next: &str| {
            vec![
                Cell::link(&format!("/desk/people/{id}"), id),
                stage.into(),
                "version 2".into(),
                Cell::judged(verdict, next),
            ]
        };
        Self {
            layout: project("People", "/desk/projects/4107/people"),
            intro: vec![
                "61 people. No names here: to read one, open the person and say what for.".into(),
            ],
            facets: vec![
                Link {
                    current: true,
                    ..Link::new("/desk/projects/4107/people", "All 61")
                },
                Link::new("/desk/projects/4107/people?stage=invited", "Invited 24"),
                Link::new(
                    "/desk/projects/4107/people?stage=interviewed",
                    "Interviewed 9",
                ),
            ],
            table: Table::new(
                "People in this study",
                &["Person", "Stage", "Told", "Next"],
                "Nobody yet.",
                vec![
                    row(
                        "per_7f3k9q",
                        "interviewed",
                        Broken,
                        "vendor to confirm, 2 days late",
                    ),
                    row(
                        "per_2b8w0m",
                        "invited",
                        Due,
                        "tell of version 2 by 1 February",
                    ),
                    row(
                        "per_9d4t6z",
                        "told of us by their employer",
                        Due,
                        "tell within 12 days",
                    ),
                    row("per_1h6r3v", "left the study", Kept, "nothing held"),
                ],
            ),
            actions: vec![Link::new(
                "/desk/projects/4107/referrals/new",
                "Add a referral",
            )],
            ..Self::default()
        }
    }

    pub(crate) fn sample_staff() -> Self {
        Self {
            layout: staff("Staff", "/desk/staff"),
            intro: vec!["Who may come in, as what, and to which projects. Access ends on its day unless somebody renews it.".into()],
            margin: Margin::from(vec![Note { cite: Some(clause("how-safe/protect/access")), words: "Only those who need it.".into() }]),
            table: Table::new("Staff with access", &["Name", "Role", "Projects", "Until"], "Nobody.", vec![
                vec!["Ngozi Adair".into(), "data protection officer".into(), "all".into(), "no end".into()],
                vec!["Ana Moyo".into(), "project lead".into(), "#4107".into(), "30 September 2027".into()],
                vec!["Rhys Sorley".into(), "researcher".into(), "#4107, #4052".into(), Cell::judged(Due, "31 January 2027, renew or let end")],
            ]),
            forms: vec![Form::quiet("review", "/desk/staff/reviews", "I have looked at this list, and it is right")],
            ..Self::default()
        }
    }
}
