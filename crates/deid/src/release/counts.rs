//! Small counts in running text: `3 in Northshire`, `Three of the care leavers`. A table's cells are made safe by their own module.
//!
//! A number counts people where a word for people follows within a few words, or stands shortly before it. What it misses, a
//! person has to find: no list of words knows every way to count somebody.

/// A number in a text, below what may be shown, beside a word for people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Few {
    /// Its first byte.
    pub(super) start: usize,
    /// The byte after its last.
    pub(super) end: usize,
}

struct Token {
    start: usize,
    end: usize,
    folded: String,
    /// Whether a sentence ends behind it.
    last: bool,
    /// Whether a per cent sign stands behind it.
    share: bool,
}

const NUMBERS: &[&str] = &[
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];

/// Who is counted.
const PEOPLE: &[&str] = &[
    "adult",
    "adults",
    "adviser",
    "advisers",
    "applicant",
    "applicants",
    "boy",
    "boys",
    "carer",
    "carers",
    "child",
    "children",
    "client",
    "clients",
    "colleague",
    "colleagues",
    "doctor",
    "doctors",
    "families",
    "family",
    "father",
    "fathers",
    "girl",
    "girls",
    "grandparent",
    "grandparents",
    "guardian",
    "guardians",
    "household",
    "households",
    "individual",
    "individuals",
    "interviewee",
    "interviewees",
    "leaver",
    "leavers",
    "man",
    "manager",
    "managers",
    "member",
    "members",
    "men",
    "mother",
    "mothers",
    "nurse",
    "nurses",
    "parent",
    "parents",
    "participant",
    "participants",
    "patient",
    "patients",
    "people",
    "person",
    "persons",
    "practitioner",
    "practitioners",
    "professional",
    "professionals",
    "pupil",
    "pupils",
    "refugee",
    "refugees",
    "resident",
    "residents",
    "respondent",
    "respondents",
    "sibling",
    "siblings",
    "stakeholder",
    "stakeholders",
    "student",
    "students",
    "survivor",
    "survivors",
    "teacher",
    "teachers",
    "them",
    "those",
    "victim",
    "victims",
    "volunteer",
    "volunteers",
    "whom",
    "woman",
    "women",
    "worker",
    "workers",
    "youngster",
    "youngsters",
];

/// What a number behind one of these is: a place in a document, an age, no count.
const NAMED: &[&str] = &[
    "age", "aged", "annex", "appendix", "article", "chapter", "figure", "grade", "level", "number",
    "page", "part", "phase", "question", "section", "stage", "step", "table", "version", "year",
];

/// What a number before one of these counts: time, shares, no people.
const UNITS: &[&str] = &[
    "am", "day", "days", "hour", "hours", "minute", "minutes", "month", "months", "per", "percent",
    "pm", "pounds", "time", "times", "week", "weeks", "year", "years",
];

const MONTHS: &[&str] = &[
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// `one` behind one of these says nobody in particular.
const ANYONE: &[&str] = &[
    "another", "any", "each", "every", "no", "some", "that", "this", "which",
];

/// Behind a number that stands after whom it counts: `of 30 people, 3 in one town`.
const GOES_ON: &[&str] = &[
    "and", "are", "at", "did", "from", "had", "have", "in", "live", "lived", "of", "or", "said",
    "told", "was", "were", "who",
];

/// How many words ahead, and behind, a word for people is looked for.
const AHEAD: usize = 5;
const BEHIND: usize = 4;

/// Every number below `below` that counts people, in the text's order.
pub(super) fn few(text: &str, below: usize) -> Vec<Few> {
    let tokens = tokens(text);
    let counts = |(at, token): (usize, &Token)| {
        let value = value(&token.folded)?;
        let people = value < below && !is_other(&tokens, at) && is_of_people(&tokens, at);
        people.then_some(Few {
            start: token.start,
            end: token.end,
        })
    };
    tokens.iter().enumerate().filter_map(counts).collect()
}

fn value(word: &str) -> Option<usize> {
    match word {
        "single" => Some(1),
        "couple" | "pair" => Some(2),
        word => NUMBERS
            .iter()
            .position(|number| *number == word)
            .or_else(|| word.parse().ok()),
    }
}

/// Whether it is a day, an age, a length of time, a share, or a place in a document.
fn is_other(tokens: &[Token], at: usize) -> bool {
    let word = |at: Option<usize>| {
        at.and_then(|at| tokens.get(at))
            .map_or("", |token| token.folded.as_str())
    };
    let (before, own, after) = (
        word(at.checked_sub(1)),
        word(Some(at)),
        word(at.checked_add(1)),
    );
    tokens.get(at).is_some_and(|token| token.share)
        || NAMED.contains(&before)
        || MONTHS.contains(&before)
        || UNITS.contains(&after)
        || MONTHS.contains(&after)
        || own == "one" && ANYONE.contains(&before)
}

fn is_of_people(tokens: &[Token], at: usize) -> bool {
    let is = |token: &Token| PEOPLE.contains(&token.folded.as_str());
    let ends = tokens.get(at).is_none_or(|token| token.last);
    let mut open = !ends;
    for token in tokens.iter().skip(at + 1).take(AHEAD) {
        if open && is(token) {
            return true;
        }
        open = open && !token.last;
    }
    let goes_on = tokens
        .get(at + 1)
        .is_none_or(|next| ends || GOES_ON.contains(&next.folded.as_str()));
    let from = at.saturating_sub(BEHIND);
    goes_on
        && tokens
            .iter()
            .take(at)
            .skip(from)
            .rev()
            .take_while(|token| !token.last)
            .any(is)
}

fn tokens(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut open: Option<usize> = None;
    let mut chars = text.char_indices().peekable();
    let mut line_ended = false;
    while let Some((at, c)) = chars.next() {
        let end = at + c.len_utf8();
        let next = chars.peek().map(|(_, next)| *next);
        let in_number = matches!(c, '.' | ',')
            && open.is_some()
            && next.is_some_and(|next| next.is_ascii_digit());
        if c.is_alphanumeric() || in_number {
            let start = *open.get_or_insert(at);
            let goes_on =
                next.is_some_and(|next| next.is_alphanumeric() || matches!(next, '.' | ','));
            let stops = matches!(next, Some('.' | ',')) && !goes_on_behind(text, end);
            if !goes_on || stops {
                open = None;
                let word = text.get(start..end).unwrap_or_default();
                tokens.push(Token {
                    start,
                    end,
                    folded: word.to_lowercase(),
                    last: false,
                    share: next == Some('%'),
                });
            }
            line_ended = false;
            continue;
        }
        let paragraph = c == '\n' && line_ended;
        line_ended = c == '\n' || line_ended && c.is_whitespace();
        if (matches!(c, '.' | '!' | '?' | ';') || paragraph)
            && let Some(token) = tokens.last_mut()
        {
            token.last = true;
        }
    }
    tokens
}

/// Whether a digit stands behind the point or comma at `at`, and one before it: `1,204`, `3.5`.
fn goes_on_behind(text: &str, at: usize) -> bool {
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    digit(text.get(..at).and_then(|before| before.chars().next_back()))
        && digit(text.get(at..).and_then(|rest| rest.chars().nth(1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        few(text, 10)
            .into_iter()
            .map(|few| text.get(few.start..few.end).unwrap_or_default())
            .collect()
    }

    #[test]
    fn small_counts_of_people_are_found_in_digits_and_words() {
        for (text, want) in [
            ("Of 30 people, 3 in Northshire had moved.", vec!["3"]),
            (
                "Three of the care leavers in Northshire had moved.",
                vec!["Three"],
            ),
            (
                "We heard 4 young people and nine carers.",
                vec!["4", "nine"],
            ),
            ("Two of them wrote. Six did not.", vec!["Two"]),
            ("There were 12 parents, of whom two had moved.", vec!["two"]),
        ] {
            assert_eq!(found(text), want, "{text}");
        }
    }

    #[test]
    fn days_ages_shares_and_large_counts_are_no_small_counts() {
        for text in [
            "We heard 30 people, and 1,204 parents in 14 towns.",
            "On 3 May people met.",
            "It took three months until people wrote.",
            "No one of the people we met said so.",
            "About 5% of people moved, or 5 per cent of people.",
            "Table 3 lists people by region.",
            "Children aged 7 and people like them.",
            "There were 3.5 words a sentence; people liked that.",
            "It came in two parts. People liked both.",
        ] {
            assert_eq!(found(text), Vec::<&str>::new(), "{text}");
        }
    }
}
