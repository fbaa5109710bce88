//! What an invitation says, heard in any of the usual wordings.

use crate::Published;
use crate::stop::{Outcome, Refused};
use notice::model::{Invite, Rule};

/// The purpose people are invited for.
pub(super) fn purpose(published: &Published) -> Outcome<String> {
    let named = |words: &[&str], text: &str| words.iter().any(|w| text.to_lowercase().contains(w));
    let purposes = || published.notice.purposes().filter(|(_, p)| !p.opt_out);
    let found = purposes()
        .find(|(_, p)| named(&["invit"], &p.name))
        .or_else(|| {
            purposes().find(|(_, p)| {
                named(
                    &["interview", "focus group", "invite", "take part"],
                    &p.words,
                )
            })
        });
    found.map(|(_, p)| p.name.clone()).ok_or_else(|| {
        let refused = Refused::new("no purpose of this notice is to invite people to talk");
        published
            .notice
            .purposes()
            .take(6)
            .fold(refused, |r, (rule, _)| r.clause(rule))
            .into()
    })
}

/// The rules that speak of what this invitation is to; all of them where it does not say.
pub(super) fn speaking<'a>(published: &'a Published, text: &str) -> Vec<(&'a Rule, &'a Invite)> {
    let text = text.to_lowercase().replace('-', " ");
    let all: Vec<_> = published.notice.invites().collect();
    let named: Vec<_> = all
        .iter()
        .filter(|(_, it)| it.to.iter().any(|to| text.contains(&to.replace('-', " "))))
        .copied()
        .collect();
    if named.is_empty() { all } else { named }
}

/// Whether a text says something in any of the usual wordings, and does not say the opposite.
pub(super) fn says(text: &str, word: &str) -> bool {
    let stems: Vec<String> = match word {
        "recorded" | "recording" | "record" => ["record", "on tape", "taped", "filmed"]
            .map(str::to_owned)
            .into(),
        "transcribed" | "transcript" | "transcription" => [
            "transcri",
            "typed up",
            "type up",
            "types up",
            "typing up",
            "typed out",
            "type out",
            "written down",
            "write down",
            "writes down",
            "written up",
            "write up",
            "put in writing",
            "put into writing",
        ]
        .map(str::to_owned)
        .into(),
        other => vec![stem(&other.replace('-', " "))],
    };
    let text = text.to_lowercase().replace(['’', '-'], "'");
    text.split(['.', '!', '?', ';', '\n']).any(|sentence| {
        let opposite = sentence
            .split(|c: char| !c.is_alphanumeric() && c != '\'')
            .any(|w| {
                ["not", "never", "no", "without", "nobody"].contains(&w) || w.ends_with("n't")
            });
        let sentence = sentence.replace('\'', " ");
        // "it up" and "them down" come between the two halves of a wording.
        let plain = sentence
            .replace(" it ", " ")
            .replace(" them ", " ")
            .replace(" what you say ", " ")
            .replace(" everything ", " ");
        !opposite
            && stems
                .iter()
                .any(|s| plain.contains(s.as_str()) || sentence.contains(s.as_str()))
    })
}

fn stem(word: &str) -> String {
    let cut = ["ing", "ed", "es", "s"]
        .iter()
        .find_map(|end| word.strip_suffix(end).filter(|rest| rest.len() > 3));
    cut.unwrap_or(word).to_owned()
}

#[cfg(test)]
mod tests {
    use super::says;

    #[test]
    fn usual_wordings_are_heard_and_opposites_are_not() {
        for (text, word, heard) in [
            ("We record the talk.", "recorded", true),
            ("Would you like to talk with us online?", "recorded", false),
            ("We do not record the talk.", "recorded", false),
            (
                "We don’t record it. It is typed up later.",
                "recorded",
                false,
            ),
            ("The interview will be audio-recorded!", "recorded", true),
            (
                "A trusted firm will have it transcribed.",
                "transcribed",
                true,
            ),
            ("Somebody types it up afterwards.", "transcribed", true),
            ("We write down what you say.", "transcribed", true),
            ("We record the interview.", "transcribed", false),
            ("Taking part is voluntary.", "voluntary", true),
        ] {
            assert_eq!(says(text, word), heard, "{text}");
        }
    }
}
