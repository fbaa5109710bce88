//! The right terms and names of the field, and the patterns that hear the wrong ones; each with its source.

/// A wrong term, the pattern that hears it, and the right one.
pub(super) struct Term {
    pub heard: &'static str,
    pub right: &'static str,
    pub why: &'static str,
    pub sure: bool,
}

const fn term(heard: &'static str, right: &'static str, why: &'static str, sure: bool) -> Term {
    Term {
        heard,
        right,
        why,
        sure,
    }
}

pub(super) const TERMS: &[Term] = &[
    term(
        "care protection plan|plans",
        "Child Protection Plan",
        "Children Act 1989 s 47 and Working Together to Safeguard Children know the child protection plan",
        true,
    ),
    term(
        "child protecting|protective plan|plans",
        "Child Protection Plan",
        "Children Act 1989 s 47 and Working Together to Safeguard Children know the child protection plan",
        true,
    ),
    term(
        "children|child in needs plan|plans|status",
        "Child in Need plan",
        "Children Act 1989 s 17 speaks of a child in need",
        true,
    ),
    term(
        "children in need plan",
        "Child in Need plan",
        "Children Act 1989 s 17 speaks of a child in need",
        true,
    ),
    term(
        "looking after child|children status|order|plan",
        "looked-after child",
        "Children Act 1989 s 22 speaks of looked-after children",
        false,
    ),
    term(
        "looked over child|children",
        "looked-after child",
        "Children Act 1989 s 22 speaks of looked-after children",
        false,
    ),
    term(
        "special guardian|guardians order|orders",
        "Special Guardianship Order",
        "Children Act 1989 s 14A calls it a special guardianship order",
        true,
    ),
    term(
        "education health care plan|plans",
        "Education, Health and Care plan",
        "Children and Families Act 2014 s 37",
        true,
    ),
    term(
        "educational health and care plan|plans",
        "Education, Health and Care plan",
        "Children and Families Act 2014 s 37",
        true,
    ),
    term(
        "education and health care plan|plans",
        "Education, Health and Care plan",
        "Children and Families Act 2014 s 37",
        true,
    ),
    term(
        "special education needs",
        "special educational needs",
        "Children and Families Act 2014 s 20",
        true,
    ),
    term(
        "criminal records bureau|check|checks",
        "Disclosure and Barring Service",
        "the Disclosure and Barring Service took its place in 2012, Protection of Freedoms Act 2012 s 87",
        false,
    ),
    term(
        "crb check|checks",
        "DBS check",
        "the Disclosure and Barring Service took its place in 2012, Protection of Freedoms Act 2012 s 87",
        true,
    ),
    term(
        "local education authority|authorities",
        "local authority",
        "local education authorities ended in 2010, SI 2010/1158",
        false,
    ),
    term(
        "data controller officer",
        "Data Protection Officer",
        "UK GDPR Articles 37 to 39",
        true,
    ),
    term(
        "data processor officer",
        "Data Protection Officer",
        "UK GDPR Articles 37 to 39",
        true,
    ),
    term(
        "data protecting officer",
        "Data Protection Officer",
        "UK GDPR Articles 37 to 39",
        true,
    ),
    term(
        "data protector|protectors",
        "data protection officer",
        "UK GDPR knows controllers, processors and data protection officers, no protectors",
        false,
    ),
    term(
        "data protection controller|controllers",
        "data controller",
        "UK GDPR Article 4(1)(7)",
        false,
    ),
    term(
        "joint data processor|processors",
        "joint controller",
        "UK GDPR Article 26 knows joint controllers only",
        false,
    ),
    term(
        "joint processors",
        "joint controllers",
        "UK GDPR Article 26 knows joint controllers only",
        false,
    ),
    term(
        "subject access right request|requests",
        "subject access request",
        "UK GDPR Article 15",
        true,
    ),
    term(
        "subject rights access request|requests",
        "subject access request",
        "UK GDPR Article 15",
        true,
    ),
    term(
        "data access subject request|requests",
        "data subject access request",
        "UK GDPR Article 15",
        true,
    ),
    term(
        "subjective access request|requests",
        "subject access request",
        "UK GDPR Article 15",
        true,
    ),
    term(
        "article 9 lawful|legal? basis|bases",
        "Article 9 condition",
        "Article 6 has lawful bases, Article 9(2) has conditions",
        false,
    ),
    term(
        "lawful|legal basis|bases under|in article 9",
        "condition under Article 9",
        "Article 6 has lawful bases, Article 9(2) has conditions",
        false,
    ),
    term(
        "basis|bases of|is|on legal interest|interests",
        "legitimate interests",
        "UK GDPR Article 6(1)(f)",
        false,
    ),
    term(
        "legitimate purposes basis",
        "legitimate interests",
        "UK GDPR Article 6(1)(f)",
        false,
    ),
    term(
        "explicit|informed content",
        "explicit consent",
        "UK GDPR Article 9(2)(a)",
        false,
    ),
    term(
        "sensitive personal data",
        "special category data",
        "that was the word of the Data Protection Act 1998; UK GDPR Article 9 calls it special category data",
        false,
    ),
    term(
        "right to be forgetten|forgot",
        "right to be forgotten",
        "UK GDPR Article 17",
        true,
    ),
    term(
        "data protection impact statement",
        "data protection impact assessment",
        "UK GDPR Article 35",
        true,
    ),
];

pub(super) const LAWS: &[Term] = &[
    term(
        "general data protection|protections regulations",
        "General Data Protection Regulation",
        "it is one regulation",
        true,
    ),
    term(
        "general data protections regulation",
        "General Data Protection Regulation",
        "that is its name",
        true,
    ),
    term(
        "general data privacy|protect|processing regulation|regulations",
        "General Data Protection Regulation",
        "that is its name",
        true,
    ),
    term(
        "global data protection regulation|regulations",
        "General Data Protection Regulation",
        "that is its name",
        true,
    ),
    term(
        "general data protection act",
        "UK GDPR",
        "the Regulation and the Data Protection Act 2018 are two laws",
        false,
    ),
    term(
        "general data protection regulation ~2 2018|2017|2019|2020|2021",
        "UK GDPR",
        "the UK GDPR has no year; 2018 is the year of the Data Protection Act",
        false,
    ),
    term(
        "gdpr 2018|2017|2019|2020|2021|2016",
        "UK GDPR",
        "the UK GDPR has no year; 2018 is the year of the Data Protection Act",
        false,
    ),
    term(
        "information commissioner officer",
        "Information Commissioner's Office",
        "that is its name",
        true,
    ),
    term(
        "information commissions|commissioning|commissioners' office|officer",
        "Information Commissioner's Office",
        "that is its name",
        true,
    ),
    term(
        "information commission office",
        "Information Commissioner's Office",
        "that is its name",
        true,
    ),
    term(
        "data protection registrar",
        "Information Commissioner",
        "so it was called until 2001",
        false,
    ),
    term(
        "data protection commissioner|commissioners",
        "Information Commissioner",
        "so it was called until 2001; Ireland's is now a Commission",
        false,
    ),
    term(
        "data protection bill",
        "Data Protection Act 2018",
        "the bill is law since 23 May 2018",
        false,
    ),
    term(
        "data protection and digital information act|bill",
        "Data (Use and Access) Act 2025",
        "that bill never became law",
        false,
    ),
];

/// Acts that notices cite, with the years in which one of that name was passed.
pub(super) const ACTS: &[(&str, &[&str], &str)] = &[
    (
        "data protection act",
        &["1984", "1988", "1998", "2003", "2018"],
        "Data Protection Act 2018",
    ),
    (
        "human rights act",
        &["1993", "1998"],
        "Human Rights Act 1998",
    ),
    ("equality act", &["2006", "2010"], "Equality Act 2010"),
    (
        "freedom of information act",
        &["1997", "2000", "2014"],
        "Freedom of Information Act 2000",
    ),
    (
        "mental capacity act",
        &["2005", "2016", "2019"],
        "Mental Capacity Act 2005",
    ),
];
