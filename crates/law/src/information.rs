//! Before we take your data we tell you what the law says you must be told, all of it.
//!
//! UK GDPR Articles 12 to 14, 21(4) and 26(2), with the day from which each item is owed.

use jiff::civil::{Date, date};

/// In which case an item is owed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Case {
    /// In every notice.
    Always,
    /// Where two or more controllers decide together.
    JointControllers,
    /// Where a data protection officer is designated.
    Officer,
    /// Where a purpose rests on public task, or on a legal obligation.
    PublicTask,
    /// Where a purpose rests on legitimate interests.
    LegitimateInterests,
    /// Where special category data are used.
    SpecialCategory,
    /// Where criminal offence data are used.
    Offences,
    /// Where data come from somebody other than the person.
    FromOthers,
    /// Where data come from the person.
    FromPerson,
    /// Where data go abroad.
    Transfer,
    /// Where a purpose can be objected to: public task, either kind of legitimate interests, marketing.
    Objectable,
    /// Where a purpose or condition rests on consent.
    Consent,
    /// Where a machine alone takes significant decisions.
    Automated,
    /// Where data are put to a new purpose.
    NewPurpose,
}

/// One thing a notice must say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Item {
    /// `N01` to `N25`.
    pub id: &'static str,
    /// What it is, in our words.
    pub item: &'static str,
    /// Where it stands.
    pub article: &'static str,
    /// When it is owed.
    pub case: Case,
    /// Owed by law, or good practice only.
    pub duty: bool,
    /// The first day of this wording of the law.
    pub from: Date,
    /// Its last day, where the law has changed since.
    pub to: Option<Date>,
}

/// What a notice must say on a day, in order.
///
/// ```
/// use jiff::civil::date;
/// use law::information::items;
/// assert!(items(date(2026, 6, 19)).any(|i| i.id == "N18"));
/// assert!(!items(date(2026, 6, 18)).any(|i| i.id == "N18"));
/// ```
pub fn items(at: Date) -> impl Iterator<Item = &'static Item> {
    ITEMS
        .iter()
        .filter(move |i| i.from <= at && i.to.is_none_or(|to| at <= to))
}

/// One item as it stands on a day.
#[must_use]
pub fn item(id: &str, at: Date) -> Option<&'static Item> {
    items(at).find(|i| i.id == id)
}

const BEGAN: Date = date(2021, 1, 1);
const FEBRUARY: Date = date(2026, 2, 5);
const JUNE: Date = date(2026, 6, 19);

const fn owed(id: &'static str, item: &'static str, article: &'static str, case: Case) -> Item {
    Item {
        id,
        item,
        article,
        case,
        duty: true,
        from: BEGAN,
        to: None,
    }
}

const fn from(it: Item, from: Date) -> Item {
    Item { from, ..it }
}

const fn until(it: Item, to: Date) -> Item {
    Item { to: Some(to), ..it }
}

const fn good_practice(it: Item) -> Item {
    Item { duty: false, ..it }
}

/// Every item in every wording since 2021.
pub const ITEMS: &[Item] = &[
    owed(
        "N01",
        "who answers for the data, and how to reach them",
        "UK GDPR Arts 13(1)(a), 14(1)(a)",
        Case::Always,
    ),
    owed(
        "N02",
        "how controllers who decide together share the duties",
        "UK GDPR Art 26(1)-(2)",
        Case::JointControllers,
    ),
    owed(
        "N03",
        "how to reach the data protection officer",
        "UK GDPR Arts 13(1)(b), 14(1)(b)",
        Case::Officer,
    ),
    owed(
        "N04",
        "what the data are for",
        "UK GDPR Arts 13(1)(c), 14(1)(c)",
        Case::Always,
    ),
    owed(
        "N05",
        "the lawful basis of each purpose",
        "UK GDPR Arts 13(1)(c), 14(1)(c)",
        Case::Always,
    ),
    until(
        owed(
            "N06",
            "the law that lays down the task or the obligation",
            "UK GDPR Art 6(3); DPA 2018 s 8",
            Case::PublicTask,
        ),
        date(2026, 2, 4),
    ),
    from(
        owed(
            "N06",
            "the law that lays down the controller's own task, or the obligation",
            "UK GDPR Art 6(1)(e), (3); DPA 2018 s 8",
            Case::PublicTask,
        ),
        FEBRUARY,
    ),
    owed(
        "N07",
        "which interest is pursued",
        "UK GDPR Arts 13(1)(d), 14(2)(b)",
        Case::LegitimateInterests,
    ),
    owed(
        "N08",
        "the condition for special category data",
        "UK GDPR Art 9(2); DPA 2018 Sch 1",
        Case::SpecialCategory,
    ),
    owed(
        "N09",
        "the condition for criminal offence data",
        "UK GDPR Art 10; DPA 2018 s 10(5)",
        Case::Offences,
    ),
    owed(
        "N10",
        "which kinds of data",
        "UK GDPR Art 14(1)(d)",
        Case::FromOthers,
    ),
    owed(
        "N11",
        "where the data come from, and whether anybody could read them there",
        "UK GDPR Art 14(2)(f)",
        Case::FromOthers,
    ),
    owed(
        "N12",
        "who receives the data",
        "UK GDPR Arts 13(1)(e), 14(1)(e)",
        Case::Always,
    ),
    until(
        owed(
            "N13",
            "that data go abroad, under what protection, and how to get a copy of it",
            "UK GDPR Arts 13(1)(f), 14(1)(f), 45, 46, 49",
            Case::Transfer,
        ),
        date(2026, 2, 4),
    ),
    from(
        owed(
            "N13",
            "that data go abroad, under what approval or safeguard, and how to get a copy of it",
            "UK GDPR Arts 13(1)(f), 14(1)(f), 45A, 46, 47, 49",
            Case::Transfer,
        ),
        FEBRUARY,
    ),
    owed(
        "N14",
        "how long, or how that is decided",
        "UK GDPR Arts 13(2)(a), 14(2)(a)",
        Case::Always,
    ),
    owed(
        "N15",
        "the rights to see, correct, erase, limit, object and take along",
        "UK GDPR Arts 13(2)(b), 14(2)(c)",
        Case::Always,
    ),
    until(
        owed(
            "N16",
            "the right to object, apart from everything else and in plain view",
            "UK GDPR Art 21(1), (2), (4)",
            Case::Objectable,
        ),
        date(2026, 2, 4),
    ),
    from(
        owed(
            "N16",
            "the right to object, apart from everything else and in plain view; also where a recognised legitimate interest is relied on",
            "UK GDPR Art 21(1), (2), (4)",
            Case::Objectable,
        ),
        FEBRUARY,
    ),
    owed(
        "N17",
        "that consent can be withdrawn at any time",
        "UK GDPR Arts 13(2)(c), 14(2)(d)",
        Case::Consent,
    ),
    from(
        owed(
            "N18",
            "that a person may complain to the controller, and how",
            "UK GDPR Arts 13(2)(ca), 14(2)(da); DPA 2018 s 164A",
            Case::Always,
        ),
        JUNE,
    ),
    until(
        owed(
            "N19",
            "that a person may complain to the regulator",
            "UK GDPR Arts 13(2)(d), 14(2)(e), 77",
            Case::Always,
        ),
        date(2026, 6, 18),
    ),
    from(
        owed(
            "N19",
            "that a person may complain to the regulator",
            "UK GDPR Arts 13(2)(d), 14(2)(e); DPA 2018 s 165",
            Case::Always,
        ),
        JUNE,
    ),
    owed(
        "N20",
        "whether the data must be given, and what happens if they are not",
        "UK GDPR Art 13(2)(e)",
        Case::FromPerson,
    ),
    until(
        owed(
            "N21",
            "decisions a machine takes alone, how, and what follows from them",
            "UK GDPR Arts 13(2)(f), 14(2)(g), 22",
            Case::Automated,
        ),
        date(2026, 2, 4),
    ),
    from(
        owed(
            "N21",
            "decisions a machine takes alone, how, and what follows from them",
            "UK GDPR Arts 13(2)(f), 14(2)(g), 22A-22D",
            Case::Automated,
        ),
        FEBRUARY,
    ),
    owed(
        "N22",
        "a new purpose, before it begins",
        "UK GDPR Arts 13(3), 14(4)",
        Case::NewPurpose,
    ),
    owed(
        "N23",
        "all this in time: at collection, or within a month, by the first contact or the first disclosure",
        "UK GDPR Arts 13(1), 14(3)",
        Case::Always,
    ),
    owed(
        "N24",
        "all this briefly and in plain words, fit for the reader",
        "UK GDPR Art 12(1)",
        Case::Always,
    ),
    good_practice(owed(
        "N25",
        "which version this is, from when, and what has changed",
        "UK GDPR Arts 5(2), 12(1)",
        Case::Always,
    )),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn on_any_day_each_item_stands_once() {
        for (at, count) in [
            (date(2023, 8, 23), 24),
            (FEBRUARY, 24),
            (date(2026, 6, 18), 24),
            (JUNE, 25),
        ] {
            let ids: Vec<_> = items(at).map(|i| i.id).collect();
            assert_eq!(ids.len(), count, "{at}");
            assert!(ids.windows(2).all(|w| w[0] < w[1]), "{at}: {ids:?}");
        }
    }

    #[test]
    fn the_article_follows_the_day() {
        let of = |id, at| item(id, at).map(|i| i.article);
        assert_eq!(
            of("N19", date(2026, 6, 18)),
            Some("UK GDPR Arts 13(2)(d), 14(2)(e), 77")
        );
        assert_eq!(
            of("N19", JUNE),
            Some("UK GDPR Arts 13(2)(d), 14(2)(e); DPA 2018 s 165")
        );
        assert_eq!(of("N18", date(2026, 6, 18)), None);
        assert_eq!(of("N99", JUNE), None);
    }
}
