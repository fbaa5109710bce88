//! What made-up people would fill in: the same name and seed give the same values, and nothing here belongs to anybody.
//!
//! Addresses end in `example.org` (RFC 2606), telephone numbers come from the ranges Ofcom keeps for drama, councils are invented.

use notice::vocabulary::canonical;

const SURNAMES: [&str; 40] = [
    "Okonkwo",
    "Brathwaite",
    "Tamsin-Rowe",
    "Vashchenko",
    "Ollerenshaw",
    "Petrosyan",
    "Delacroix-Hume",
    "Adeyinka",
    "Thistlewood",
    "Qureshi-Bell",
    "Marchbanks",
    "Szymborski",
    "Featherstone",
    "Oyelaran",
    "Kirkbride",
    "Haughton",
    "Mukherji",
    "Winterbourne",
    "Castellanos",
    "Abernethy",
    "Llewelyn",
    "Rasmussen",
    "Nakagawa",
    "Fotheringay",
    "Achterberg",
    "Bramhall",
    "Whitcombe",
    "Onyekachi",
    "Pemberton",
    "Zielinska",
    "Lockhartson",
    "Hollingworth",
    "Mbeki-Stone",
    "Trevelyan",
    "Gunnarsson",
    "Ashworth",
    "Dhaliwal",
    "Cruickshank",
    "Bellweather",
    "Underhay",
];
const COUNCILS: [&str; 8] = [
    "Northshire",
    "Eastmere",
    "Wexcombe",
    "Harrowdale",
    "Saltmarsh Bay",
    "Oakenford",
    "Thornley Vale",
    "Kingsbridge Moor",
];
const TITLES: [&str; 10] = [
    "Leaving Care Adviser",
    "Fostering Social Worker",
    "Family Support Practitioner",
    "Virtual School Officer",
    "Independent Reviewing Officer",
    "Kinship Team Coordinator",
    "Participation Worker",
    "Assessment Team Practitioner",
    "Emotional Wellbeing Practitioner",
    "Placement Officer",
];
const EMPLOYERS: [&str; 6] = [
    "Bright Lanterns Trust",
    "Northshire Borough",
    "The Harbour Collective",
    "Eastmere Families First",
    "Open Gate Charity",
    "Wexcombe Together",
];
const ETHNICITIES: [&str; 6] = [
    "Mixed heritage, Somali and Welsh",
    "Bangladeshi, born in Leeds",
    "Irish Traveller family",
    "Jamaican and Scottish",
    "Polish, moved aged four",
    "Yorkshire born and bred",
];
const TALES: [&str; 6] = [
    "The waiting list for counselling was eleven months long",
    "A drop-in on Thursdays helped more than any letter ever did",
    "My adviser changed four times in one winter",
    "Nobody explained to us what the allowance was meant to cover",
    "The group at the library is what kept things going",
    "Respite came late, and then it came all at once",
];

/// A number made from a seed and a text (FNV-1a, 64 bits).
#[must_use]
pub fn number(seed: u64, text: &str) -> u64 {
    let start = 0xcbf2_9ce4_8422_2325 ^ seed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    text.bytes().fold(start, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// Picks one of a list.
fn pick<'a>(list: &[&'a str], number: u64) -> &'a str {
    let len = u64::try_from(list.len()).unwrap_or(1).max(1);
    usize::try_from(number % len)
        .ok()
        .and_then(|at| list.get(at))
        .copied()
        .unwrap_or_default()
}

/// The full name of a made-up person.
#[must_use]
pub fn name(seed: u64, first: &str) -> String {
    let mut letters = first.chars();
    let first: String = letters
        .next()
        .map_or_else(String::new, |c| c.to_uppercase().chain(letters).collect());
    format!("{first} {}", pick(&SURNAMES, number(seed, &first) >> 7))
}

/// The e-mail address of a made-up person; a first name stands once in a world, so no two are the same.
#[must_use]
pub fn email(seed: u64, first: &str) -> String {
    let full = name(seed, first).to_lowercase();
    format!("{}@example.org", full.replace(' ', "."))
}

/// What a made-up person fills in for an item. `place` is how many people came before them: it keeps numbers apart.
#[must_use]
pub fn value(seed: u64, first: &str, place: usize, item: &str) -> String {
    let n = number(seed, &format!("{first}/{item}")) >> 5;
    let usual = canonical(item);
    let has = |word: &str| usual.contains(word) || item.contains(word);
    if has("email") {
        email(seed, first)
    } else if has("phone") || has("mobile") {
        format!("07700 900{:03}", place % 1000)
    } else if usual == "name" || has("full-name") {
        name(seed, first)
    } else if has("council") || has("borough") || has("authority") || has("region") {
        pick(&COUNCILS, n).to_owned()
    } else if has("job-title") || has("profession") || usual == "role" {
        pick(&TITLES, n).to_owned()
    } else if has("employer") || has("workplace") || has("organisation") || has("school") {
        pick(&EMPLOYERS, n).to_owned()
    } else if has("ethnic") || has("race") {
        pick(&ETHNICITIES, n).to_owned()
    } else if usual == "age" {
        (18 + n % 8).to_string()
    } else if has("birth") {
        format!("200{}-0{}-1{}", n % 8, 1 + n % 9, n % 10)
    } else if usual == "gender" {
        pick(&["woman", "man", "non-binary"], n).to_owned()
    } else if has("nhs") || has("number") {
        format!("999 {:03} {:04}", n % 1000, n % 9973)
    } else if has("address") || has("postcode") {
        format!("{} Lantern Row, Northshire ZZ99 3VZ", 1 + n % 90)
    } else if has("quot")
        || has("answer")
        || has("freetext")
        || has("text")
        || has("information")
        || has("words")
        || has("harm")
    {
        format!("{}, as {first} tells it ({}).", pick(&TALES, n), n % 10_000)
    } else {
        format!(
            "{}: {}, said by {first}",
            desk::data::label(item),
            pick(
                &[
                    "yes, a little",
                    "for about two years",
                    "no longer",
                    "now and then"
                ],
                n
            )
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn same_seed_same_person_and_no_two_alike() {
        assert_eq!(
            value(7, "ada", 0, "email"),
            value(7, "ada", 0, "work-email")
        );
        assert_ne!(value(7, "ada", 0, "email"), value(7, "ben", 1, "email"));
        assert_ne!(value(7, "ada", 0, "phone"), value(7, "ben", 1, "phone"));
        assert!(value(7, "ada", 0, "email").ends_with("@example.org"));
        assert!(!value(7, "ada", 0, "shoe-size").is_empty());
    }
}
