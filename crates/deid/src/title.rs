//! A job title that only one person in a council has is made more general before anybody sees it (PR-72).
//!
//! The ladder is our own and short: the title, what rank it is in which field, the rank alone, and nothing
//! at all. It goes by the words of the title (`words`), so that a title nobody has thought of has a
//! place on it as well; and from the second rung on, only words of our own lists are shown.

mod words;

use std::collections::BTreeMap;

use crate::text::{fold, words as split};

/// How general a title is made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// As the person gave it.
    #[default]
    Own,
    /// The rank and the field: `senior manager, children's services`.
    Field,
    /// The rank alone: `manager`.
    Rank,
    /// Nothing about the work: `participant`.
    Any,
}

impl Level {
    /// The next more general level, if there is one.
    #[must_use]
    pub const fn next(self) -> Option<Self> {
        match self {
            Self::Own => Some(Self::Field),
            Self::Field => Some(Self::Rank),
            Self::Rank => Some(Self::Any),
            Self::Any => None,
        }
    }
}

/// One person's title and council, as they would stand in an output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Post {
    /// The job title.
    pub title: String,
    /// The council.
    pub council: String,
}

/// A title too few people in one council have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unique {
    /// The title, as its first holder wrote it.
    pub title: String,
    /// The council, likewise.
    pub council: String,
    /// The posts that have both, counted from 0.
    pub posts: Vec<usize>,
}

/// What a post is to be called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settled {
    /// The title to show.
    pub title: String,
    /// How general it was made.
    pub level: Level,
    /// Even so, too few people in the council are called that: leave the council out, or name a region.
    pub rare: bool,
}

/// The title made as general as the level says.
///
/// ```
/// use deid::title::{Level, generalise};
/// let title = "Head of Kinship Care";
/// assert_eq!(generalise(title, Level::Field), "senior manager, children's services");
/// assert_eq!(generalise(title, Level::Rank), "manager");
/// assert_eq!(generalise(title, Level::Any), "participant");
/// ```
#[must_use]
pub fn generalise(title: &str, level: Level) -> String {
    let words: Vec<String> = split(title).into_iter().map(|word| word.folded).collect();
    let (rank, wide) = words::rank(&words);
    match level {
        Level::Own => title.trim().to_owned(),
        Level::Field => match words::field(&words) {
            Some(field) => format!("{rank}, {field}"),
            None => rank.to_owned(),
        },
        Level::Rank => wide.to_owned(),
        Level::Any => "participant".to_owned(),
    }
}

/// The pairs of title and council that fewer than `below` people have. Capitals, accents and punctuation make no difference.
#[must_use]
pub fn unique_titles(posts: &[Post], below: usize) -> Vec<Unique> {
    let shown = posts
        .iter()
        .map(|post| (post.title.as_str(), post.council.as_str()));
    groups(shown)
        .into_values()
        .filter(|group| group.len() < below)
        .filter_map(|group| {
            let first = posts.get(*group.first()?)?;
            Some(Unique {
                title: first.title.clone(),
                council: first.council.clone(),
                posts: group,
            })
        })
        .collect()
}

/// What to call every post so that at least `below` people in its council are called the same: each title is made
/// more general, one level at a time, for as long as too few share what would be shown.
#[must_use]
pub fn settle(posts: &[Post], below: usize) -> Vec<Settled> {
    let mut settled: Vec<Settled> = posts
        .iter()
        .map(|post| Settled {
            title: post.title.clone(),
            level: Level::Own,
            rare: false,
        })
        .collect();
    loop {
        let shown = settled
            .iter()
            .zip(posts)
            .map(|(settled, post)| (settled.title.as_str(), post.council.as_str()));
        let few: Vec<usize> = groups(shown)
            .into_values()
            .filter(|group| group.len() < below)
            .flatten()
            .collect();
        let mut moved = false;
        for at in few {
            let (Some(settled), Some(post)) = (settled.get_mut(at), posts.get(at)) else {
                continue;
            };
            match settled.level.next() {
                Some(level) => {
                    settled.title = generalise(&post.title, level);
                    settled.level = level;
                    moved = true;
                }
                None => settled.rare = true,
            }
        }
        if !moved {
            return settled;
        }
        // Others may have come up to the same rung since.
        for settled in &mut settled {
            settled.rare = false;
        }
    }
}

/// Who is shown alike.
fn groups<'a>(
    shown: impl Iterator<Item = (&'a str, &'a str)>,
) -> BTreeMap<(Vec<String>, String), Vec<usize>> {
    let mut groups: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for (at, (title, council)) in shown.enumerate() {
        let title: Vec<String> = split(title).into_iter().map(|word| word.folded).collect();
        let council = fold(council.trim());
        groups.entry((title, council)).or_default().push(at);
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn titles_climb_the_ladder() {
        let cases = [
            (
                "Kinship & SGO Transformation Lead",
                "manager, children's services",
                "manager",
            ),
            (
                "Director of Children’s Services",
                "senior manager, children's services",
                "manager",
            ),
            (
                "Assistant to the Director",
                "administrator",
                "support staff",
            ),
            ("Headteacher", "school leader, education", "manager"),
            (
                "Advanced Social Worker (Fostering)",
                "social worker, children's services",
                "practitioner",
            ),
            (
                "Social worker",
                "social worker, social care",
                "practitioner",
            ),
            (
                "Independent Reviewing Officer",
                "officer, children's services",
                "officer",
            ),
            (
                "Primary school teacher",
                "teacher, education",
                "practitioner",
            ),
            (
                "Adult Safeguarding Coordinator",
                "officer, adult services",
                "officer",
            ),
            (
                "Lead Member for Children",
                "elected member, children's services",
                "public office holder",
            ),
            (
                "CEO, Larkfield Charity",
                "senior manager, voluntary sector",
                "manager",
            ),
            (
                "Health visitor",
                "health professional, health",
                "practitioner",
            ),
            ("Kinship carer", "carer, children's services", "carer"),
            (
                "Chief Wizard of Everything Local",
                "senior manager",
                "manager",
            ),
            ("Wizard", "professional", "professional"),
            ("", "professional", "professional"),
        ];
        for (title, field, rank) in cases {
            assert_eq!(generalise(title, Level::Field), field, "{title}");
            assert_eq!(generalise(title, Level::Rank), rank, "{title}");
            assert_eq!(generalise(title, Level::Own), title);
        }
    }

    fn post(title: &str, council: &str) -> Post {
        Post {
            title: title.into(),
            council: council.into(),
        }
    }

    #[test]
    fn the_only_holder_of_a_title_is_found_and_generalised() {
        let posts = [
            post("Kinship & SGO Transformation Lead", "Camden"),
            post("Team Manager, Fostering", "camden "),
            post("team manager fostering", "Camden"),
            post("Team Manager, Fostering", "Leeds"),
        ];
        let unique = unique_titles(&posts, 2);
        assert_eq!(unique.len(), 2);
        assert!(unique.iter().any(|unique| unique.posts == [0]));
        assert!(unique.iter().any(|unique| unique.posts == [3]));
        let settled = settle(&posts, 2);
        assert_eq!(settled[1].level, Level::Own);
        assert_eq!((settled[0].level, settled[0].rare), (Level::Any, true));
        // Two different titles meet on the second rung.
        let meet = settle(&[post("SGO Lead", "A"), post("Fostering Manager", "A")], 2);
        assert_eq!(meet[0].title, "manager, children's services");
        assert_eq!(meet[0], meet[1]);
    }

    proptest! {
        #[test]
        fn what_is_shown_is_shared_or_said_to_be_rare(
            posts in prop::collection::vec(
                ("(Head|Lead|Social Worker|Wizard|SGO Officer|Nurse)( of Kinship)?", "[ABC]"), 0..14,
            ), below in 1usize..5,
        ) {
            let posts: Vec<Post> = posts.iter().map(|(title, council)| post(title, council)).collect();
            let settled = settle(&posts, below);
            let shown: Vec<Post> = settled.iter().zip(&posts)
                .map(|(settled, was)| post(&settled.title, &was.council)).collect();
            let few: Vec<usize> =
                unique_titles(&shown, below).into_iter().flat_map(|unique| unique.posts).collect();
            for (at, settled) in settled.iter().enumerate() {
                prop_assert_eq!(settled.rare, few.contains(&at));
                prop_assert!(!settled.rare || settled.level == Level::Any);
            }
        }

        #[test]
        fn no_word_of_its_own_is_left_above_the_first_level(word in "[a-z]{6,12}", other in "[A-Z][a-z]{5,9}") {
            let ours = ["manager", "professional", "carer", "officer", "teacher", "trustee", "administrator", "researcher", "practitioner"];
            prop_assume!(!ours.contains(&word.as_str()));
            let title = format!("{word} {other}");
            for level in [Level::Field, Level::Rank, Level::Any] {
                prop_assert!(!generalise(&title, level).contains(&word));
            }
        }
    }
}
