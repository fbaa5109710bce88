//! The shape of every part of the model, field by field; a test holds them against real notices.

use law::{Basis, Condition, Right};

/// A field and what it holds.
type Fields = &'static [(&'static str, &'static str)];

/// The notice itself.
pub(super) const NOTICE: Fields = &[
    ("name", "text"),
    ("version", "number"),
    ("dated", "date"),
    ("language", "text"),
    ("title", "text"),
    ("project", "text"),
    ("reference", "text"),
    ("also_called", "[text]"),
    ("sections", "[Section]"),
];

/// Parts that other shapes name.
pub(super) const PARTS: &[(&str, Fields)] = &[
    (
        "Section",
        &[
            ("slug", "text"),
            ("heading", "text"),
            ("span", "Span"),
            ("blocks", "[Block]"),
        ],
    ),
    ("Span", &[("start", "number"), ("end", "number")]),
    ("Length", &[("count", "number"), ("unit", "Unit")]),
    ("When", &[("event", "text"), ("plus", "Length?")]),
    ("AfterOnly", &[("event", "text"), ("purposes", "[text]")]),
];

/// What a section is made of, by its tag `is`.
pub(super) const BLOCKS: &[(&str, Fields)] = &[
    (
        "prose",
        &[
            ("markdown", "text"),
            ("text", "text"),
            ("span", "Span"),
            ("information_only", "flag"),
        ],
    ),
    (
        "rule",
        &[
            ("id", "text"),
            ("span", "Span"),
            ("text", "text"),
            ("promise", "text"),
            ("remark", "text"),
            ("says", "Sentence"),
        ],
    ),
];

/// What a rule says, by its tag `verb`.
pub(super) const SENTENCES: &[(&str, Fields)] = &[
    ("notice", &[]),
    ("project", &[]),
    (
        "event",
        &[
            ("name", "text"),
            ("is", "text?"),
            ("planned", "date?"),
            ("was_planned", "date?"),
            ("move_needs_reason", "flag"),
        ],
    ),
    ("audience", &[("age", "text"), ("roles", "[text]")]),
    (
        "controller",
        &[
            ("name", "text"),
            ("full_name", "text"),
            ("address", "text?"),
            ("role", "text"),
            ("email", "text?"),
            ("arrangement", "text?"),
        ],
    ),
    (
        "partner",
        &[
            ("name", "text"),
            ("full_name", "text"),
            ("address", "text?"),
            ("role", "text"),
            ("email", "text?"),
            ("arrangement", "text?"),
        ],
    ),
    (
        "contact",
        &[
            ("name", "text"),
            ("addresses", "[text]"),
            ("quoting", "[text]"),
            ("no_form", "flag"),
        ],
    ),
    (
        "complaint",
        &[
            ("to", "text"),
            ("ask_us_first", "text?"),
            ("acknowledge", "Length?"),
            ("address", "text?"),
            ("phone", "text?"),
            ("web", "text?"),
            ("email", "text?"),
        ],
    ),
    (
        "data",
        &[
            ("name", "text"),
            ("items", "[text]"),
            ("may_include", "[text]"),
            ("volunteered_only", "flag"),
            ("sensitive", "flag"),
        ],
    ),
    (
        "collect",
        &[("data", "[text]"), ("from", "text"), ("by", "[text]")],
    ),
    (
        "receive",
        &[
            ("data", "[text]"),
            ("from", "[text]"),
            ("notify_within", "Length?"),
            ("at_first_contact", "flag"),
        ],
    ),
    (
        "purpose",
        &[
            ("name", "text"),
            ("words", "text"),
            ("uses", "[text]"),
            ("basis", "Basis?"),
            ("condition", "Condition?"),
            ("offence_condition", "Condition?"),
            ("interest", "text?"),
            ("assessment", "text?"),
            ("law", "text?"),
            ("opt_out", "flag"),
            ("only", "[text]"),
            ("reason_required", "flag"),
        ],
    ),
    ("never", &[("what", "[text]"), ("of", "[text]")]),
    (
        "share",
        &[
            ("data", "[text]"),
            ("with", "text"),
            ("any", "flag"),
            ("role", "text?"),
            ("purposes", "[text]"),
            ("after_remove_identity", "flag"),
            ("suppress_below", "number?"),
            ("review_every", "Length?"),
        ],
    ),
    (
        "transfer",
        &[
            ("outside", "text"),
            ("only", "[text]"),
            ("when_necessary", "flag"),
            ("contract_required", "flag"),
            ("copy", "text?"),
        ],
    ),
    (
        "disclose",
        &[
            ("to", "[text]"),
            ("when", "text"),
            ("approval", "text?"),
            ("only_to_extent", "flag"),
        ],
    ),
    (
        "keep",
        &[
            ("data", "[text]"),
            ("at", "text?"),
            ("purposes", "[text]"),
            ("until", "When"),
            ("confirm", "flag"),
            ("instruct", "flag"),
            ("review_every", "Length?"),
            ("after", "AfterOnly?"),
        ],
    ),
    (
        "erase-limit",
        &[
            ("data", "[text]"),
            ("from", "text"),
            ("instead", "text"),
            ("until", "text?"),
        ],
    ),
    (
        "right",
        &[
            ("rights", "[Right]"),
            ("to", "[text]"),
            ("when", "[text]"),
            ("answer_within", "Length?"),
            ("beyond_law", "flag"),
            ("formats", "[text]"),
            ("not_offered", "text?"),
            ("how", "[text]"),
        ],
    ),
    (
        "version",
        &[
            ("number", "number"),
            ("dated", "date"),
            ("what", "text"),
            ("notify", "text?"),
            ("by", "text?"),
            ("because", "text?"),
        ],
    ),
    ("channel", &[("what", "[text]"), ("ways", "[text]")]),
    (
        "consent",
        &[
            ("name", "text"),
            ("words", "text"),
            ("before", "[text]"),
            ("apart_from_basis", "flag"),
            ("no_effect_on", "[text]"),
            ("private_from", "[text]"),
        ],
    ),
    (
        "permission",
        &[("name", "text"), ("ask", "text"), ("unless_given", "text")],
    ),
    (
        "survey",
        &[
            ("name", "text"),
            ("anonymous", "flag"),
            ("optional", "[text]"),
        ],
    ),
    ("invite", &[("to", "[text]"), ("must_say", "[text]")]),
    (
        "release",
        &[
            ("what", "text"),
            ("after_remove_identity", "flag"),
            ("suppress_below", "number?"),
        ],
    ),
    (
        "minimise",
        &[
            ("action", "text"),
            ("data", "[text]"),
            ("with", "[text]"),
            ("by", "When?"),
            ("below", "number?"),
        ],
    ),
    (
        "protect",
        &[
            ("what", "text"),
            ("of", "[text]"),
            ("until", "When?"),
            ("every", "Length?"),
            ("before", "text?"),
        ],
    ),
    (
        "fee",
        &[
            ("none", "flag"),
            ("except", "[text]"),
            ("only_for", "[Right]"),
            ("or_refuse", "flag"),
            ("approval", "text?"),
        ],
    ),
    (
        "succession",
        &[
            ("undertaking_required", "flag"),
            ("same_uses", "flag"),
            ("notify", "text?"),
        ],
    ),
    (
        "change",
        &[
            ("what", "text"),
            ("notify", "text?"),
            ("before_applies", "flag"),
            ("dated", "flag"),
        ],
    ),
];

/// Closed lists of words.
pub(super) fn choices() -> [(&'static str, Vec<&'static str>); 4] {
    [
        ("Unit", vec!["day", "week", "month", "year"]),
        ("Basis", Basis::ALL.into_iter().map(Basis::word).collect()),
        (
            "Condition",
            Condition::ALL.into_iter().map(Condition::word).collect(),
        ),
        ("Right", Right::ALL.into_iter().map(Right::word).collect()),
    ]
}
