//! The words that make a title what it is, for the work with children, families and councils that our projects study.

/// Words in a row that give a rank; what it is called, and what it is called without its field.
type Rank = (&'static str, &'static str, &'static [&'static str]);

/// The ranks; the first that fits counts, so that a head teacher is no head of service.
const RANKS: &[Rank] = &[
    (
        "school leader",
        "manager",
        &[
            "headteacher",
            "head teacher",
            "headmaster",
            "headmistress",
            "virtual school head",
            "school head",
            "deputy head teacher",
            "school leader",
        ],
    ),
    (
        "administrator",
        "support staff",
        &[
            "personal assistant",
            "executive assistant",
            "assistant to",
            "pa to",
            "administrator",
            "admin",
            "secretary",
            "business support",
            "receptionist",
            "clerk",
        ],
    ),
    (
        "elected member",
        "public office holder",
        &[
            "councillor",
            "cllr",
            "cabinet member",
            "lead member",
            "elected member",
            "mayor",
            "mp",
            "portfolio holder",
        ],
    ),
    (
        "senior manager",
        "manager",
        &[
            "director",
            "chief",
            "ceo",
            "head",
            "president",
            "strategic lead",
            "commissioner",
            "executive director",
            "managing director",
            "senior manager",
            "founder",
            "owner",
        ],
    ),
    ("social worker", "practitioner", &["social worker", "asye"]),
    (
        "teacher",
        "practitioner",
        &[
            "teacher",
            "lecturer",
            "tutor",
            "senco",
            "teaching assistant",
            "educator",
        ],
    ),
    (
        "carer",
        "carer",
        &[
            "carer",
            "guardian",
            "parent",
            "grandparent",
            "adopter",
            "grandmother",
            "grandfather",
        ],
    ),
    (
        "manager",
        "manager",
        &["manager", "lead", "leader", "supervisor", "head of"],
    ),
    (
        "health professional",
        "practitioner",
        &[
            "doctor",
            "gp",
            "nurse",
            "midwife",
            "health visitor",
            "psychologist",
            "psychiatrist",
            "therapist",
            "paediatrician",
            "psychotherapist",
            "health professional",
            "counsellor",
        ],
    ),
    (
        "legal professional",
        "professional",
        &[
            "solicitor",
            "barrister",
            "judge",
            "lawyer",
            "magistrate",
            "legal",
        ],
    ),
    (
        "police officer",
        "officer",
        &["police", "constable", "sergeant", "inspector", "pc", "dci"],
    ),
    (
        "researcher",
        "professional",
        &[
            "researcher",
            "professor",
            "academic",
            "research fellow",
            "analyst",
            "evaluator",
            "statistician",
        ],
    ),
    (
        "trustee",
        "public office holder",
        &[
            "trustee",
            "governor",
            "chair",
            "chairman",
            "chairwoman",
            "chairperson",
        ],
    ),
    (
        "officer",
        "officer",
        &[
            "officer",
            "adviser",
            "advisor",
            "coordinator",
            "co ordinator",
            "consultant",
            "iro",
            "lado",
            "commissioning",
        ],
    ),
    (
        "practitioner",
        "practitioner",
        &[
            "worker",
            "practitioner",
            "advocate",
            "mentor",
            "assistant",
            "keyworker",
            "aide",
        ],
    ),
    (
        "trainee or volunteer",
        "trainee or volunteer",
        &["student", "apprentice", "intern", "volunteer", "trainee"],
    ),
];

/// Words that give a field; the first that fits counts.
const FIELDS: &[(&str, &[&str])] = &[
    (
        "adult services",
        &[
            "adult",
            "adults",
            "older people",
            "dementia",
            "learning disability",
        ],
    ),
    (
        "children's services",
        &[
            "kinship",
            "sgo",
            "sgos",
            "special guardian",
            "guardian",
            "guardians",
            "guardianship",
            "foster",
            "fostering",
            "adoption",
            "adoptive",
            "adopter",
            "permanence",
            "children",
            "childrens",
            "child",
            "family",
            "families",
            "early help",
            "cafcass",
            "looked after",
            "leaving care",
            "care leaver",
            "care leavers",
            "cin",
            "mash",
            "lado",
            "iro",
            "youth",
            "young people",
            "corporate parenting",
            "reviewing officer",
            "safeguarding",
            "early years",
        ],
    ),
    (
        "education",
        &[
            "school",
            "schools",
            "education",
            "educational",
            "teacher",
            "headteacher",
            "send",
            "senco",
            "sen",
            "pupil",
            "college",
            "nursery",
            "lecturer",
            "teaching",
        ],
    ),
    (
        "health",
        &[
            "health",
            "nurse",
            "nhs",
            "hospital",
            "midwife",
            "doctor",
            "gp",
            "camhs",
            "clinical",
            "psychologist",
        ],
    ),
    (
        "housing",
        &["housing", "homelessness", "homeless", "tenancy"],
    ),
    (
        "justice",
        &[
            "police",
            "probation",
            "justice",
            "court",
            "prison",
            "constable",
            "judge",
            "magistrate",
        ],
    ),
    (
        "research",
        &[
            "research",
            "university",
            "researcher",
            "professor",
            "evaluation",
        ],
    ),
    (
        "voluntary sector",
        &[
            "charity",
            "trustee",
            "voluntary",
            "advocacy",
            "foundation",
            "volunteer",
        ],
    ),
    (
        "social care",
        &["social worker", "social work", "social care", "care"],
    ),
    (
        "corporate services",
        &[
            "finance",
            "hr",
            "human resources",
            "data",
            "it",
            "digital",
            "legal",
            "communications",
        ],
    ),
];

/// The rank of a title by its folded words, with and without a field; `professional` where no word tells.
pub(super) fn rank(words: &[String]) -> (&'static str, &'static str) {
    RANKS
        .iter()
        .find(|(_, _, phrases)| phrases.iter().any(|phrase| has(words, phrase)))
        .map_or(("professional", "professional"), |(rank, wide, _)| {
            (rank, wide)
        })
}

/// The field of a title by its folded words.
pub(super) fn field(words: &[String]) -> Option<&'static str> {
    FIELDS
        .iter()
        .find(|(_, phrases)| phrases.iter().any(|phrase| has(words, phrase)))
        .map(|(field, _)| *field)
}

/// Whether the words of a phrase stand in a row.
fn has(words: &[String], phrase: &str) -> bool {
    let phrase: Vec<&str> = phrase.split(' ').collect();
    words
        .windows(phrase.len())
        .any(|run| run.iter().zip(&phrase).all(|(word, wanted)| word == wanted))
}
