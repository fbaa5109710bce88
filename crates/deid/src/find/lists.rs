//! Words that help to tell a name from a word. All folded: lower case, without accents.

/// Titles before a name.
pub(super) const TITLES: [&str; 18] = [
    "mr",
    "mrs",
    "ms",
    "miss",
    "mx",
    "dr",
    "prof",
    "professor",
    "sir",
    "dame",
    "lord",
    "lady",
    "cllr",
    "councillor",
    "rev",
    "reverend",
    "auntie",
    "uncle",
];

/// Words of a name that belong to the surname after them.
pub(super) const PARTICLES: [&str; 20] = [
    "van", "der", "den", "de", "la", "le", "du", "del", "della", "di", "da", "dos", "bin", "ibn",
    "al", "el", "ap", "von", "st", "ten",
];

/// Names that are ordinary words as well: only a capital tells them apart.
pub(super) const ORDINARY: [&str; 82] = [
    "will", "mark", "hope", "grace", "may", "rose", "joy", "faith", "summer", "june", "april",
    "dawn", "bill", "rob", "sue", "jack", "frank", "art", "ray", "pat", "drew", "chase", "miles",
    "young", "long", "short", "white", "black", "brown", "green", "gray", "grey", "king", "bishop",
    "cook", "baker", "hill", "wood", "woods", "field", "park", "church", "day", "best", "rich",
    "sharp", "small", "little", "price", "love", "moon", "ball", "bell", "bird", "cross", "hall",
    "house", "lane", "stone", "west", "north", "east", "south", "banks", "bond", "case", "cash",
    "chance", "child", "close", "page", "read", "reed", "sky", "star", "penny", "iris", "holly",
    "ivy", "violet", "ruby", "angel",
];

/// What follows an ordinary word that opens a sentence and is no name: `Will you`, `May I`.
pub(super) const FOLLOWS: [&str; 30] = [
    "i", "you", "he", "she", "it", "we", "they", "the", "a", "an", "this", "that", "these",
    "those", "there", "be", "not", "my", "your", "our", "their", "his", "her", "for", "of", "to",
    "in", "and", "as", "is",
];
