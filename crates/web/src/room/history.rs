//! What has happened to somebody's data, told to them in plain words from the evidence itself.

use crate::page::parts::When;
use desk::data::own::Own;
use law::clock::day;
use notice::Notice;
use publish::words::phrase;
use store::{Actor, Kept};

/// How many lines are told; the copy has the rest.
const TOLD: usize = 60;

/// The history, the newest first. What is only our own book-keeping is left out, and the same thing twice on one day is said once.
pub(crate) fn lines(notice: &Notice, own: &Own) -> Vec<(When, String)> {
    let mut told: Vec<(When, String)> = Vec::new();
    for kept in &own.history {
        let Some(words) = line(notice, kept) else {
            continue;
        };
        let when = When::day(day(kept.at()));
        if told
            .last()
            .is_some_and(|(last, said)| last.iso == when.iso && *said == words)
        {
            continue;
        }
        told.push((when, words));
        if told.len() == TOLD {
            break;
        }
    }
    told
}

fn line(notice: &Notice, kept: &Kept) -> Option<String> {
    let it = &kept.entry;
    let detail = |key: &str| it.detail.get(key).map_or("", String::as_str);
    let you = matches!(Actor::from_word(&it.who), Actor::Person(_) | Actor::Public);
    let aim = it
        .purpose
        .as_deref()
        .filter(|p| !p.is_empty())
        .map(|p| format!(" {}", super::yours::aim_of(notice, p)))
        .unwrap_or_default();
    if it.outcome == "refused" {
        return Some(if you {
            "You asked for something that could not be done.".to_owned()
        } else {
            format!("Somebody wanted to use your data{aim}, and was not allowed to.")
        });
    }
    Some(match it.verb.as_str() {
        "collect" if you => "You gave us facts about you.".to_owned(),
        "collect" => "We noted what you told us, or what somebody told us of you.".to_owned(),
        "read" if you => "You looked at this page.".to_owned(),
        "read" => format!("Somebody of the study read some of your data{aim}."),
        "contact" => format!("We looked up how to reach you{aim}."),
        "use" => format!("We used your data{aim}."),
        "share" => format!("We passed some of your data on{aim}."),
        "instruct" => "We told somebody who had your data what to do with it.".to_owned(),
        "keep" => "We decided to keep your data for now.".to_owned(),
        "minimise" => "We took out what we no longer needed, such as names and places.".to_owned(),
        "erase" => "We erased data about you.".to_owned(),
        "confirm" => "We looked again, to be sure that what was erased is gone.".to_owned(),
        "correct" => "We put something right.".to_owned(),
        "rotate" => "We sealed your data anew, under a fresh key.".to_owned(),
        "consent" => consent(detail("answer"), detail("choice")),
        "choose" => choice(
            detail("choice"),
            detail("permission"),
            detail("answer"),
            &aim,
        ),
        "request" if !detail("copy").is_empty() || !detail("export").is_empty() => {
            "A copy of your data was made.".to_owned()
        }
        "request" => asked(detail("asks")),
        "complain" if detail("step").is_empty() => "You complained.".to_owned(),
        "complain" => "We answered your complaint.".to_owned(),
        "decide" if !detail("decision").is_empty() => "We decided on what you asked.".to_owned(),
        "decide" => "Somebody of the study decided something about your part in it.".to_owned(),
        "notify" => "We told you something you should know.".to_owned(),
        "route" => "A letter of yours reached the right people.".to_owned(),
        "grant" if detail("link") == "opt-out" => "We made a link for you to opt out.".to_owned(),
        "grant" => "A link to this page was made.".to_owned(),
        _ => return None,
    })
}

fn consent(answer: &str, choice: &str) -> String {
    match (answer, choice) {
        (_, "left") => "You left the study.",
        ("yes", _) => "You agreed to take part.",
        ("taken back", _) => "You took back your yes to taking part.",
        _ => "You said no to taking part.",
    }
    .to_owned()
}

fn choice(choice: &str, permission: &str, answer: &str, aim: &str) -> String {
    match choice {
        "opted-out" => format!(
            "You opted out{}.",
            if aim.is_empty() {
                String::new()
            } else {
                format!(" of our contacting you{aim}")
            }
        ),
        "opted-in" => "You came back on a list.".to_owned(),
        _ if !permission.is_empty() => {
            format!("You said {answer} to this: {}.", phrase::plain(permission))
        }
        _ => "You made a choice about your data.".to_owned(),
    }
}

fn asked(words: &str) -> String {
    let kinds: Vec<&str> = words
        .split_whitespace()
        .filter_map(desk::rights::Asked::from_word)
        .map(|asked| desk::rights::reply::plain(asked.right))
        .collect();
    if kinds.is_empty() {
        "We worked on what you asked.".to_owned()
    } else {
        format!("You asked us {}.", phrase::list(&kinds, "and"))
    }
}
