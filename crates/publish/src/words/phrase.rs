//! The smallest pieces of plain English: lists, numbers, days, lengths, events, data and parties by their names.

use jiff::civil::Date;
use notice::model::{Length, Notice, When};

/// `a`, `a and b`, `a, b and c`; the joining word is the caller's.
#[must_use]
pub fn list<S: AsRef<str>>(items: &[S], joined_by: &str) -> String {
    match items {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [most @ .., last] => {
            let most: Vec<&str> = most.iter().map(AsRef::as_ref).collect();
            format!("{} {joined_by} {}", most.join(", "), last.as_ref())
        }
    }
}

/// A name of the rule language as people say it: `work-email` is `work email`.
#[must_use]
pub fn plain(name: &str) -> String {
    name.replace(['-', '.', '_'], " ")
}

/// Names as people say them, in a list.
#[must_use]
pub fn names(items: &[String], joined_by: &str) -> String {
    let items: Vec<String> = items.iter().map(|n| plain(n)).collect();
    list(&items, joined_by)
}

/// `1 February 2027`.
#[must_use]
pub fn day(date: Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}

/// `two years`, `seven days`, `14 days`: numbers up to ten as words.
#[must_use]
pub fn length(length: Length) -> String {
    format!("{} {}", number(length.count), length.unit_word())
}

/// `every year`, `every six months`.
#[must_use]
pub fn every(period: Length) -> String {
    if period.count == 1 {
        format!("every {}", length(period).trim_start_matches("one "))
    } else {
        format!("every {}", length(period))
    }
}

/// A number in words up to ten, in digits beyond.
#[must_use]
pub fn number(n: u32) -> String {
    let word = match n {
        0 => "no",
        1 => "one",
        2 => "two",
        3 => "three",
        4 => "four",
        5 => "five",
        6 => "six",
        7 => "seven",
        8 => "eight",
        9 => "nine",
        10 => "ten",
        _ => return n.to_string(),
    };
    word.to_owned()
}

/// An event as a clause: `project.end` is `the project ends`, `transcript.approved` is `the transcript has been approved`.
#[must_use]
pub fn event(name: &str) -> String {
    match name {
        "opt-out" => return "you opt out".into(),
        "use.complete" => return "the use is complete".into(),
        "withdraw" | "withdrawal" => return "you leave the study".into(),
        _ => {}
    }
    match name.rsplit_once('.') {
        Some((what, "end")) => format!("the {} ends", plain(what)),
        Some((what, "start")) => format!("the {} starts", plain(what)),
        Some((what, done)) if done.ends_with("ed") => {
            format!("the {} has been {}", plain(what), plain(done))
        }
        Some((what, other)) => format!("the {} of the {}", plain(other), plain(what)),
        None => format!("the {}", plain(name)),
    }
}

/// When something ends, behind `until`: `two years after the project ends`.
#[must_use]
pub fn when(when: &When) -> String {
    match when.plus {
        Some(plus) => format!("{} after {}", length(plus), event(&when.event)),
        None => event(&when.event),
    }
}

/// Some data as people call them: `your contact details`, `the recording`, `your age and gender`.
///
/// A group that is not in the small table of usual names is named by what is in it where that is short. Most of a
/// long list is said from the other side: `everything we hold about you except the recording`.
#[must_use]
pub fn data(notice: &Notice, groups: &[String]) -> String {
    let all = || notice.data().map(|(_, d)| &d.name);
    let rest: Vec<String> = all()
        .filter(|g| !groups.contains(g))
        .map(|g| group(notice, g))
        .collect();
    let only_groups = groups.iter().all(|g| all().any(|d| d == g));
    if only_groups && groups.len() >= 4 && rest.len() * 3 <= groups.len() {
        let all = "everything we hold about you";
        return match rest.as_slice() {
            [] => all.to_owned(),
            rest => format!("{all} except {}", list(rest, "and")),
        };
    }
    listed(notice, groups)
}

/// Some data, each group by its name, however many: see [`data`].
#[must_use]
pub fn listed(notice: &Notice, groups: &[String]) -> String {
    let phrases: Vec<String> = groups.iter().map(|g| group(notice, g)).collect();
    list(&phrases, "and")
}

fn group(notice: &Notice, name: &str) -> String {
    let usual = match name {
        "all" => "everything we hold about you",
        "answers" => "your answers",
        "contact" => "your contact details",
        "harm-experienced" => "harm you have experienced",
        "interview-answers" | "words" => "what you tell us",
        "messages" => "your messages",
        "quotes" => "your quotes",
        "recording" => "the recording",
        "role" => "your role",
        "summary" => "a summary",
        "transcript" => "the transcript",
        _ => "",
    };
    if !usual.is_empty() {
        return usual.to_owned();
    }
    match notice.data().find(|(_, d)| d.name == name) {
        Some((_, d)) => match d.items.as_slice() {
            [one] if one == "harm-experienced" => "harm you have experienced".to_owned(),
            items if items.len() <= 3 => format!("your {}", names(items, "and")),
            _ => format!(
                "what we list under “{}”",
                super::leads::lead(notice, name).unwrap_or_else(|| plain(name))
            ),
        },
        None => format!("your {}", plain(name)),
    }
}

/// A party by its full name, or a class by its word: `the transcriber`.
#[must_use]
pub fn party(notice: &Notice, name: &str) -> String {
    let mut parties = notice.controllers().chain(notice.partners());
    match parties.find(|(_, p)| p.name == name) {
        Some((_, party)) => party.full_name.clone(),
        None => format!("the {}", plain(name)),
    }
}

/// What purposes are for: `to arrange your interview`, `to arrange your interview, and to ask you about later studies`. More than
/// four go by their names, for nobody reads nine aims in one sentence: `for our purposes “invite”, “answer” and “leave”`.
#[must_use]
pub fn purposes(notice: &Notice, wanted: &[String]) -> String {
    let quoted = |name: &String| format!("“{}”", plain(name));
    if wanted.len() > 4 {
        if notice.purposes().all(|(_, p)| wanted.contains(&p.name)) {
            return "for any of our purposes".to_owned();
        }
        let named: Vec<String> = wanted.iter().map(quoted).collect();
        return format!("for our purposes {}", list(&named, "and"));
    }
    let said: Vec<String> = wanted
        .iter()
        .map(
            |name| match notice.purposes().find(|(_, p)| p.name == *name) {
                Some((_, p)) => aim(&p.words),
                None => format!("for {}", quoted(name)),
            },
        )
        .collect();
    match said.split_last() {
        Some((last, before)) if before.len() > 1 => format!("{}; and {last}", before.join("; ")),
        _ => said.join(", and "),
    }
}

/// The words of a purpose as an aim: they begin with `to`, or are put behind `for`.
#[must_use]
pub fn aim(words: &str) -> String {
    let words = words.trim().trim_end_matches('.');
    if words.starts_with("to ") || words.starts_with("so ") || words.starts_with("for ") {
        words.to_owned()
    } else {
        format!("for this: {words}")
    }
}

/// Somebody who signs: `dpo` is `our data protection officer`.
#[must_use]
pub fn officer(name: &str) -> String {
    match name {
        "dpo" => "our data protection officer".to_owned(),
        "project-lead" | "lead" => "the project lead".to_owned(),
        _ => format!("the {}", plain(name)),
    }
}

/// `a survey`, `an interview`.
#[must_use]
pub fn one(name: &str) -> String {
    let name = plain(name);
    let article = if name.starts_with(['a', 'e', 'i', 'o']) {
        "an"
    } else {
        "a"
    };
    format!("{article} {name}")
}

/// Many of a role: `social workers`, `care-experienced people`.
#[must_use]
pub fn people(role: &str) -> String {
    let said = plain(role);
    if said.ends_with("ed") {
        format!("{role} people")
    } else if said.ends_with('s') {
        said
    } else {
        format!("{said}s")
    }
}

/// The first letter as a capital.
#[must_use]
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use notice::model::Unit;

    #[test]
    fn lists_numbers_and_days() {
        assert_eq!(list(&["a"], "or"), "a");
        assert_eq!(list(&["a", "b", "c"], "or"), "a, b or c");
        assert_eq!(list::<&str>(&[], "or"), "");
        assert_eq!(day(date(2027, 2, 1)), "1 February 2027");
        assert_eq!(
            length(Length {
                count: 1,
                unit: Unit::Month
            }),
            "one month"
        );
        assert_eq!(
            length(Length {
                count: 14,
                unit: Unit::Day
            }),
            "14 days"
        );
        assert_eq!(
            every(Length {
                count: 1,
                unit: Unit::Year
            }),
            "every year"
        );
        assert_eq!(
            every(Length {
                count: 6,
                unit: Unit::Month
            }),
            "every six months"
        );
        assert_eq!(capital("élan"), "Élan");
    }

    #[test]
    fn events_are_clauses() {
        let cases = [
            ("project.end", "the project ends"),
            ("analysis.start", "the analysis starts"),
            ("transcript.approved", "the transcript has been approved"),
            (
                "final-report.delivered",
                "the final report has been delivered",
            ),
            ("opt-out", "you opt out"),
            ("handover", "the handover"),
        ];
        for (name, words) in cases {
            assert_eq!(event(name), words);
        }
    }
}
