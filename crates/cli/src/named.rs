//! Backups of several houses may lie in one folder, and each house finds its own.
//!
//! A backup is called `abide-HOUSE-MOMENT`, with `-2` and so on behind it where that name is taken: eight digits by which the
//! house signs, and the moment by its evidence. An older abide left the house out.

#![expect(
    clippy::disallowed_methods,
    reason = "a door: backups lie in folders outside the house"
)]

use crate::input::{Usage, usage};
use crate::recovery::{DATA, KEYS};
use evidence::Verifier;
use jiff::Timestamp;
use std::path::Path;

/// What the names of a house's backups begin with.
#[must_use]
pub fn beginning(house: &Verifier) -> String {
    format!("abide-{}-", short(house))
}

fn short(house: &Verifier) -> String {
    store::hex(&house.id())
}

/// A name that no backup in the folder has.
#[must_use]
pub fn free(folder: &Path, house: &Verifier, at: Timestamp) -> String {
    let plain = format!("{}{}", beginning(house), at.strftime("%Y%m%dT%H%M%SZ"));
    let taken = |name: &str| {
        [DATA, KEYS]
            .iter()
            .any(|ending| crate::out::is_taken(&folder.join(format!("{name}{ending}"))))
    };
    let mut name = plain.clone();
    let mut number = 2_u32;
    while taken(&name) {
        name = format!("{plain}-{number}");
        number += 1;
    }
    name
}

/// A name taken apart: whose, when, and which of that moment.
fn apart(name: &str) -> Option<(&str, &str, u32)> {
    let rest = name.strip_prefix("abide-")?;
    let mut parts: Vec<&str> = rest.split('-').collect();
    let is_moment = |part: &str| part.len() == 16 && part.ends_with('Z') && part.contains('T');
    let house = match parts.first() {
        Some(first) if is_moment(first) => "",
        Some(_) => parts.remove(0),
        None => return None,
    };
    match parts.as_slice() {
        [at] if is_moment(at) => Some((house, at, 1)),
        [at, number] if is_moment(at) => Some((house, at, number.parse().ok()?)),
        _ => None,
    }
}

/// The newest backup of a house of which both files are there; of the only house there is, where it is not said which.
///
/// # Errors
/// None, or those of several houses.
pub fn newest(from: &Path, house: Option<&Verifier>) -> Result<String, Usage> {
    let none = |why: String| {
        usage(
            format!("there is no whole backup in `{}`{why}", from.display()),
            "name the folder that `abide backup -o` wrote to",
        )
    };
    let entries = std::fs::read_dir(from).map_err(|e| none(format!(" ({e})")))?;
    let there: Vec<String> = entries
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter_map(|file| file.strip_suffix(DATA).map(str::to_owned))
        .filter(|name| from.join(format!("{name}{KEYS}")).exists())
        .collect();
    let all: Vec<_> = there.iter().filter_map(|name| apart(name)).collect();
    let of = |wanted: &str| {
        let own = all.iter().filter(|(house, ..)| *house == wanted);
        own.max_by_key(|(_, at, number)| (*at, *number))
    };
    let found = match house {
        Some(house) => of(&short(house)).or_else(|| of("")),
        None => {
            let several = all
                .iter()
                .any(|(house, ..)| Some(house) != all.first().map(|(of, ..)| of));
            if several {
                return Err(usage(
                    format!("`{}` holds backups of several houses", from.display()),
                    "say which one with --backup, such as the newest of the house that is meant",
                ));
            }
            all.first().and_then(|(house, ..)| of(house))
        }
    };
    found
        .and_then(|found| {
            there
                .iter()
                .find(|name| apart(name).as_ref() == Some(found))
        })
        .cloned()
        .ok_or_else(|| {
            none(if house.is_some() && !all.is_empty() {
                " of this house; one of another is brought back with --backup NAME".to_owned()
            } else {
                String::new()
            })
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_taken_apart_as_they_are_made() {
        assert_eq!(
            apart("abide-20261122T153000Z"),
            Some(("", "20261122T153000Z", 1))
        );
        assert_eq!(
            apart("abide-0a1b2c3d-20261122T153000Z-12"),
            Some(("0a1b2c3d", "20261122T153000Z", 12))
        );
        for other in [
            "abide-",
            "holiday",
            "abide-x-y",
            "abide-1-20261122T153000Z-z",
        ] {
            assert_eq!(apart(other), None, "{other}");
        }
    }
}
