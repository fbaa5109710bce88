//! Words that mean the same: how a question is heard, and how a length of time is said.

use notice::model::When;

/// The plain form of a name: lower case, hyphens between words, no stray marks. `Work e-mail` becomes `work-e-mail`.
#[must_use]
pub(crate) fn fold(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    for c in word.trim().chars() {
        match c {
            ' ' | '_' | '-' | '/' => {
                if !out.is_empty() && !out.ends_with('-') {
                    out.push('-');
                }
            }
            '\'' | '’' | '"' | '“' | '”' | '(' | ')' | ',' => {}
            c => out.extend(c.to_lowercase()),
        }
    }
    while out.ends_with('-') {
        out.pop();
    }
    out
}

/// The roles that whoever does something with data can have. Only the first four work with people's data.
pub const ROLES: [&str; 6] = [
    "researcher",
    "lead",
    "dpo",
    "staff",
    "administrator",
    "participant",
];

/// The role that a word means: `Project lead` is `lead`; none for a word that names no role.
#[must_use]
pub fn role(word: &str) -> Option<&'static str> {
    let folded = fold(word);
    let meant = match folded.as_str() {
        "project-lead" => "lead",
        "data-protection-officer" => "dpo",
        "admin" => "administrator",
        "person" => "participant",
        other => other,
    };
    ROLES.into_iter().find(|r| *r == meant)
}

/// Which of the notice's own names a word means: the name itself, or all that mean the same.
pub(crate) fn hear_all<'a>(
    word: &str,
    names: impl Iterator<Item = &'a str> + Clone,
    sense: impl Fn(&str) -> String,
) -> Vec<&'a str> {
    // Mostly the name itself is said.
    if let Some(name) = names.clone().find(|n| *n == word) {
        return vec![name];
    }
    let folded = fold(word);
    if let Some(name) = names.clone().find(|n| fold(n) == folded) {
        return vec![name];
    }
    let meant = sense(&folded);
    names.filter(|n| sense(&fold(n)) == meant).collect()
}

/// The one name a word means. Where two could be meant, none is: a guess could open what the notice keeps closed.
pub(crate) fn hear<'a>(
    word: &str,
    names: impl Iterator<Item = &'a str> + Clone,
    sense: impl Fn(&str) -> String,
) -> Option<&'a str> {
    match hear_all(word, names, sense).as_slice() {
        [one] => Some(one),
        _ => None,
    }
}

/// What a data item is about: `work-e-mail` and `email-address` are both `email`.
#[must_use]
pub(crate) fn item(folded: &str) -> String {
    let name = notice::vocabulary::canonical(folded);
    match name.strip_suffix('s') {
        Some(single) if name == folded => notice::vocabulary::canonical(single),
        _ => name,
    }
}

/// What a recipient or a source is: `local-authority` and `councils` are both `council`.
#[must_use]
pub(crate) fn party(folded: &str) -> String {
    sense(folded, PARTIES)
}

/// Looks a word up among those that mean the same, forgiving a plural.
fn sense(folded: &str, table: &[&[&str]]) -> String {
    let single = folded.strip_suffix("ies").map(|s| format!("{s}y"));
    let single = single.or_else(|| folded.strip_suffix('s').map(str::to_owned));
    let known = |w: &str| {
        table
            .iter()
            .find(|row| row.contains(&w))
            .and_then(|row| row.first())
    };
    known(folded)
        .or_else(|| single.as_deref().and_then(known))
        .map_or_else(
            || single.unwrap_or_else(|| folded.to_owned()),
            |w| (*w).to_owned(),
        )
}

/// Whether a person can be reached by it: an address, a number, a handle.
#[must_use]
pub(crate) fn reaches(name: &str) -> bool {
    let item = item(&fold(name));
    item != "ip-address"
        && [
            "email",
            "phone",
            "address",
            "postcode",
            "handle",
            "contact-detail",
            "correspondence",
        ]
        .iter()
        .any(|w| item.contains(w))
}

/// Whether it says by itself who somebody is. The name of a council or a school does not.
#[must_use]
pub(crate) fn identifies(name: &str) -> bool {
    let item = item(&fold(name));
    let about_a_place = ["council", "school", "employer"]
        .iter()
        .any(|w| item.contains(w));
    reaches(name)
        || !about_a_place
            && [
                "name",
                "voice",
                "photo",
                "signature",
                "nhs-number",
                "date-of-birth",
            ]
            .iter()
            .any(|w| item.contains(w))
}

/// Whether a purpose is advertising, by its name.
#[must_use]
pub(crate) fn advertises(purpose: &str) -> bool {
    ["marketing", "newsletter", "fundrais", "promot", "advert"]
        .iter()
        .any(|w| purpose.contains(w))
}

/// Whether a purpose is selling data, by its name.
#[must_use]
pub(crate) fn sells(purpose: &str) -> bool {
    ["sale", "sell", "selling", "monetise"]
        .iter()
        .any(|w| purpose.split('-').any(|p| p == *w))
}

/// The safeguard a word means, in the plain form policies use; `None` where it is no safeguard known to the law.
#[must_use]
pub(crate) fn safeguard(word: &str) -> Option<&'static str> {
    let word = fold(word);
    let has = |w: &str| word.contains(w);
    if has("addendum") {
        Some("uk-addendum")
    } else if has("idta") || has("international-data-transfer-agreement") {
        Some("idta")
    } else if has("bcr") || has("binding-corporate") {
        Some("bcr")
    } else if has("scc") || has("standard-contract") {
        Some("eu-scc")
    } else if has("adequa") || word == "approved" {
        Some("adequate")
    } else {
        None
    }
}

/// `project.end + 2 years`, as the notice says it.
pub(crate) fn say(when: &When) -> String {
    match when.plus {
        None => when.event.clone(),
        Some(length) => format!("{} + {length}", when.event),
    }
}

const PARTIES: &[&[&str]] = &[
    &[
        "transcriber",
        "transcription-vendor",
        "transcription-provider",
        "transcription-service",
        "transcription-company",
        "transcription",
    ],
    &[
        "council",
        "local-authority",
        "local-council",
        "la",
        "borough",
    ],
    &[
        "mail-host",
        "email-host",
        "email-provider",
        "mail-provider",
        "e-mail-provider",
    ],
    &[
        "storage-provider",
        "cloud-provider",
        "cloud-storage",
        "storage",
        "cloud-storage-provider",
        "server-provider",
    ],
    &[
        "survey-platform",
        "survey-provider",
        "online-survey-platform",
        "survey-tool",
    ],
    &[
        "person",
        "self",
        "yourself",
        "individual",
        "participant",
        "data-subject",
        "the-person",
        "them",
    ],
    &["social-worker", "socialworker"],
    &["law-enforcement", "police", "law-enforcement-agency"],
    &["regulator", "regulatory-body", "ico"],
    &["public-authority", "authority", "public-body"],
];
