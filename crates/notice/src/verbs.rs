//! Every verb of the notice language, with the clauses it takes: the one place to add another.
//!
//! The grammar, the guesses in faults and the table in `docs/notice-language.md` all read this list.

use crate::grammar::{self, Heard, Line};
use crate::model::Sentence;

/// What a rule sentence can begin with.
pub struct Verb {
    /// Its first word.
    pub word: &'static str,
    /// How the sentence reads; two forms are joined by ` or `.
    pub form: &'static str,
    /// What it means, in Markdown.
    pub means: &'static str,
    /// The words its clauses begin with.
    pub clauses: &'static [&'static str],
    /// The function that understands it.
    pub(crate) grammar: fn(&mut Line<'_>) -> Heard<Sentence>,
}

/// The verb that `word` is, if it is one.
#[must_use]
pub fn find(word: &str) -> Option<&'static Verb> {
    VERBS.iter().find(|v| v.word == word)
}

/// Every verb, in the order in which a notice is likely to use them.
pub static VERBS: &[Verb] = &[
    Verb {
        word: "notice",
        form: "notice NAME version N dated DATE [language TAG]",
        means: "this document",
        clauses: &[],
        grammar: grammar::opening::notice,
    },
    Verb {
        word: "project",
        form: r##"project "NAME" [also "NAME", …] reference "#4107""##,
        means: "the study it speaks for",
        clauses: &[],
        grammar: grammar::opening::project,
    },
    Verb {
        word: "event",
        form: "event EVENT [= EVENT] [, planned DATE] [; was-planned DATE] [; move-needs reason]",
        means: "a milestone; retention is anchored on it",
        clauses: &["was-planned", "move-needs", "planned"],
        grammar: grammar::opening::event,
    },
    Verb {
        word: "audience",
        form: "audience AGE: LIST",
        means: "whom it speaks to; AGE is `adult`, `young-person`, `child` or `any`",
        clauses: &[],
        grammar: grammar::opening::audience,
    },
    Verb {
        word: "controller",
        form: r##"controller NAME "FULL NAME" [, "ADDRESS"] [; email "…"]"##,
        means: "who answers for the data",
        clauses: &["email"],
        grammar: grammar::opening::controller,
    },
    Verb {
        word: "partner",
        form: r##"partner NAME "FULL NAME" [, "ADDRESS"] as joint-controller|processor|independent-controller|funder [; arrangement "…"] [; email "…"]"##,
        means: "who works beside them; the essence of a joint arrangement (Art 26(2))",
        clauses: &["arrangement", "email"],
        grammar: grammar::opening::partner,
    },
    Verb {
        word: "contact",
        form: r##"contact NAME "ADDRESS" [also "ADDRESS", …] [quoting "TEXT", …] [; no-form]"##,
        means: "a door: `dpo`, `post`, `phone`, `any-door`",
        clauses: &["no-form"],
        grammar: grammar::opening::contact,
    },
    Verb {
        word: "complaint",
        form: r##"complaint to us|ICO [, ask-us-first optional] [; acknowledge within LENGTH] [; address "…"] [; phone "…"] [; web "…"] [; email "…"]"##,
        means: "where a complaint goes",
        clauses: &[
            "acknowledge",
            "address",
            "phone",
            "web",
            "email",
            "ask-us-first",
        ],
        grammar: grammar::opening::complaint,
    },
    Verb {
        word: "data",
        form: "data GROUP = LIST [; may-include LIST] [; volunteered-only] [; sensitive]",
        means: "the closed list of what is held",
        clauses: &["may-include", "volunteered-only", "sensitive"],
        grammar: grammar::what::data,
    },
    Verb {
        word: "collect",
        form: "collect LIST from person [by LIST]",
        means: "from the person (primary) and by which ways",
        clauses: &[],
        grammar: grammar::what::collect,
    },
    Verb {
        word: "receive",
        form: "receive LIST from LIST [; notify within LENGTH [or at first-contact]]",
        means: "from others (secondary), and when the person is told",
        clauses: &["notify"],
        grammar: grammar::what::receive,
    },
    Verb {
        word: "purpose",
        form: r##"purpose NAME "WORDS" uses LIST|all [; basis BASIS] [; condition COND] [; offences COND] [; interest "…"] [; assessment "…"] [; law "…"] [; opt-out any-time] [; only LIST] [; reason-required]"##,
        means: "why data are used, and by what right",
        clauses: &[
            "basis",
            "condition",
            "offences",
            "interest",
            "assessment",
            "law",
            "opt-out",
            "only",
            "reason-required",
        ],
        grammar: grammar::why::purpose,
    },
    Verb {
        word: "never",
        form: "never LIST [of LIST]",
        means: "what is not done: `marketing`, `sale`, `automated-decisions`, `secondary-collection`, `other-purposes`, `other-use`",
        clauses: &[],
        grammar: grammar::why::never,
    },
    Verb {
        word: "share",
        form: "share LIST with NAME|any CLASS [as ROLE] for LIST [; after remove-identity [, suppress-below N]] [; review every LENGTH]",
        means: "who else sees what, and why; the list is the mask",
        clauses: &["after", "review"],
        grammar: grammar::people::share,
    },
    Verb {
        word: "transfer",
        form: r##"transfer outside CC only LIST [; when necessary] [; contract required] [; copy "…"] or transfer outside CC never"##,
        means: "leaving the country",
        clauses: &["when", "contract", "copy"],
        grammar: grammar::people::transfer,
    },
    Verb {
        word: "disclose",
        form: "disclose to LIST when required-by-law|risk-of-serious-harm [; approval NAME] [; only-to-extent]",
        means: "disclosure the law compels or allows",
        clauses: &["approval", "only-to-extent"],
        grammar: grammar::people::disclose,
    },
    Verb {
        word: "keep",
        form: "keep LIST [at CLASS] [for LIST] until WHEN|opt-out [; confirm] [; instruct] [; review every LENGTH] [; after EVENT only LIST]",
        means: "how long",
        clauses: &["confirm", "instruct", "review", "after"],
        grammar: grammar::keeping::keep,
    },
    Verb {
        word: "erase-limit",
        form: "erase-limit LIST from EVENT; instead remove-identity [until EVENT]",
        means: "from when on erasing is not simply possible",
        clauses: &["instead"],
        grammar: grammar::keeping::erase_limit,
    },
    Verb {
        word: "minimise",
        form: "minimise ACTION LIST [with LIST] [by WHEN] [; below N]",
        means: "making less of it at a stage: `reduce`, `redact`, `remove-identity`, `delete`, `generalise`",
        clauses: &["below"],
        grammar: grammar::keeping::minimise,
    },
    Verb {
        word: "right",
        form: r##"right LIST [to LIST] [when LIST] [; answer within LENGTH] [; beyond-law] [; formats LIST] [; how LIST] or right X not-offered because "…""##,
        means: "what people can ask for",
        clauses: &["answer", "beyond-law", "formats", "how"],
        grammar: grammar::rights::right,
    },
    Verb {
        word: "fee",
        form: "fee none [; except LIST] [; for LIST] [; or-refuse] [; approval NAME]",
        means: "what it costs",
        clauses: &["except", "for", "or-refuse", "approval"],
        grammar: grammar::rights::fee,
    },
    Verb {
        word: "consent",
        form: r##"consent NAME "WORDS"; before LIST [; apart-from-basis] [; no-effect LIST] [; private-from LIST]"##,
        means: "agreement to take part, never the lawful basis",
        clauses: &["before", "apart-from-basis", "no-effect", "private-from"],
        grammar: grammar::why::consent,
    },
    Verb {
        word: "permission",
        form: "permission NAME; ask every-time|once [; unless-given no]",
        means: "a say over one thing: `quote`, `attribution`, `recording`",
        clauses: &["ask", "unless-given"],
        grammar: grammar::why::permission,
    },
    Verb {
        word: "channel",
        form: "channel LIST by LIST",
        means: "where something takes place: `online`, `telephone`, `in-person`",
        clauses: &[],
        grammar: grammar::what::channel,
    },
    Verb {
        word: "survey",
        form: "survey NAME anonymous|named [; optional LIST]",
        means: "a survey, and whether anyone could tell who answered",
        clauses: &["optional"],
        grammar: grammar::what::survey,
    },
    Verb {
        word: "invite",
        form: "invite LIST; must-say LIST",
        means: "what an invitation has to say: `recorded`, `transcribed`",
        clauses: &["must-say"],
        grammar: grammar::what::invite,
    },
    Verb {
        word: "release",
        form: "release NAME; after remove-identity [, suppress-below N]",
        means: "what leaves as a publication",
        clauses: &["after"],
        grammar: grammar::people::release,
    },
    Verb {
        word: "protect",
        form: "protect WHAT [of LIST] [until WHEN] [every LENGTH] [; before NAME]",
        means: "how data are looked after: `sealed`, `dedicated-store`, `access`, `assessment`, `recipients`, `review`, `minimum`, `not-anonymous`, `overall`",
        clauses: &["before", "every"],
        grammar: grammar::keeping::protect,
    },
    Verb {
        word: "succession",
        form: "succession; undertaking required [; same-uses] [; notify NAME]",
        means: "if the organisation is merged or sold",
        clauses: &["undertaking", "same-uses", "notify"],
        grammar: grammar::people::succession,
    },
    Verb {
        word: "change",
        form: "change WHAT [; notify NAME] [; before applies] [; dated]",
        means: "how changes reach people",
        clauses: &["notify", "before", "dated"],
        grammar: grammar::rights::change,
    },
    Verb {
        word: "version",
        form: r##"version N DATE "WHAT" [; notify NAME [by NAME]] [; notify none because "…"]"##,
        means: "the notice's history",
        clauses: &["notify"],
        grammar: grammar::rights::version,
    },
];
