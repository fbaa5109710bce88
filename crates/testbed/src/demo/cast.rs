//! The people of the demo: made-up first names, dealt out by the seed.

use crate::world::values::number;

/// Enough names for everybody; each stands once.
const NAMES: [&str; 66] = [
    "abena", "aled", "amira", "anneka", "arlo", "beatriz", "bronwen", "caspian", "cerys", "chidi",
    "dafydd", "delphine", "dilys", "ebele", "edith", "emeka", "esme", "farah", "fergus", "fiadh",
    "gethin", "ginevra", "greta", "hamza", "hester", "hugo", "ife", "imogen", "ines", "isolde",
    "jamal", "juno", "kasia", "keziah", "kofi", "laszlo", "leila", "lorcan", "mabel", "maren",
    "mirren", "moses", "nadia", "niamh", "obi", "odette", "orla", "pavel", "perran", "priya",
    "quentin", "rafferty", "roisin", "rowena", "saskia", "seren", "silas", "sunita", "tamsin",
    "tobias", "ursula", "viola", "wilf", "xanthe", "yusuf", "zora",
];

/// Who plays which part.
#[derive(Clone, Debug)]
pub struct Cast {
    /// People who know about kinship care, #3035.
    pub kinship: Vec<&'static str>,
    /// Care-experienced people, #3032.
    pub people: Vec<&'static str>,
    /// Social workers and stakeholders, #3032.
    pub stakeholders: Vec<&'static str>,
}

impl Cast {
    /// Deals the names out.
    #[must_use]
    pub fn new(seed: u64) -> Cast {
        let mut names: Vec<&'static str> = NAMES.to_vec();
        names.sort_by_key(|name| number(seed, name));
        let mut names = names.into_iter();
        let mut take = |n: usize| names.by_ref().take(n).collect::<Vec<_>>();
        Cast {
            kinship: take(18),
            people: take(18),
            stakeholders: take(26),
        }
    }
}

/// One of a list, by its number in the story.
pub(super) fn nth(list: &[&'static str], at: usize) -> &'static str {
    list.get(at).copied().unwrap_or("nobody")
}
