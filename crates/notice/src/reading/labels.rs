//! The numbers and letters before headings: `1.`, `1.1`, `1)`, `Section A`, `A.`, `IV.`, `Part 2:`, `Q3.`

use super::headings::Head;
use super::lines::Line;

/// A number or letter before a heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Label {
    /// `5.`
    Number(u32),
    /// `5.1`
    Below(u32, u32),
    /// `A.`
    Letter(char),
    /// `IV.`
    Roman(u32),
    /// `Section A`, `Part 2`, `Q3`
    Named,
}

impl Label {
    pub(crate) fn named(&self) -> bool {
        *self == Label::Named
    }

    pub(crate) fn below(&self) -> bool {
        matches!(self, Label::Below(..))
    }

    /// The label behind this one in a list.
    pub(crate) fn next(&self) -> Option<Label> {
        match self {
            Label::Number(n) => Some(Label::Number(n + 1)),
            Label::Letter(c) => char::from_u32(u32::from(*c) + 1).map(Label::Letter),
            _ => None,
        }
    }

    /// The label before this one in a list.
    pub(crate) fn before(&self) -> Option<Label> {
        match self {
            Label::Number(n) => n.checked_sub(1).filter(|n| *n > 0).map(Label::Number),
            Label::Letter(c) if *c > 'A' => char::from_u32(u32::from(*c) - 1).map(Label::Letter),
            _ => None,
        }
    }
}

/// The label at the start of a line, and the words behind it.
pub(crate) fn read(line: &str) -> Option<(Label, &str)> {
    let bare = line.trim_start().trim_start_matches("**");
    named(bare)
        .or_else(|| number(bare))
        .or_else(|| letter(bare))
}

/// `Section A: Controller`, `Part 2 – Rights`, `Q1. What …`
fn named(bare: &str) -> Option<(Label, &str)> {
    let lower = bare
        .get(..bare.len().min(12))
        .unwrap_or_default()
        .to_ascii_lowercase();
    let word = [
        "section ",
        "part ",
        "chapter ",
        "question ",
        "step ",
        "annex ",
        "appendix ",
    ]
    .iter()
    .find(|w| lower.starts_with(**w))
    .map(|w| w.len())
    .or_else(|| {
        let q = bare.strip_prefix(['Q', 'q'])?;
        q.starts_with(|c: char| c.is_ascii_digit()).then_some(1)
    })?;
    let rest = bare.get(word..)?;
    let mark = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let name = rest.get(..mark)?;
    let counts = name.len() <= 3
        && !name.is_empty()
        && (name.bytes().all(|b| b.is_ascii_digit()) || name.len() == 1 || roman(name).is_some());
    let rest = rest.get(mark..)?;
    let tail = rest.trim_start_matches([':', '.', ')', '-', '–', '—', ' ', '\t']);
    // `Part 2 of the Act` is no label.
    let parted = tail.len() < rest.len() || rest.is_empty();
    (counts && parted && !tail.starts_with(char::is_lowercase))
        .then(|| (Label::Named, tail.trim_end()))
}

fn number(bare: &str) -> Option<(Label, &str)> {
    let digits = bare.bytes().take_while(u8::is_ascii_digit).count();
    let number: u32 = bare.get(..digits).filter(|d| d.len() <= 2)?.parse().ok()?;
    let rest = bare.get(digits..)?;
    if let Some(below) = rest
        .strip_prefix('.')
        .filter(|r| r.starts_with(|c: char| c.is_ascii_digit()))
    {
        let digits = below.bytes().take_while(u8::is_ascii_digit).count();
        let second: u32 = below.get(..digits).filter(|d| d.len() <= 2)?.parse().ok()?;
        let rest = below.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.' || c == ')');
        return rest
            .starts_with([' ', '\t'])
            .then(|| (Label::Below(number, second), rest.trim()));
    }
    let rest = rest.strip_prefix(['.', ')', ':']).unwrap_or(rest);
    let rest = rest
        .strip_prefix(" -")
        .or_else(|| rest.strip_prefix(" –"))
        .unwrap_or(rest);
    (rest.starts_with([' ', '\t'])).then(|| (Label::Number(number), rest.trim()))
}

/// `A. Who we are`, `IV. Rights`
fn letter(bare: &str) -> Option<(Label, &str)> {
    let mark = bare.bytes().take_while(u8::is_ascii_uppercase).count();
    let name = bare.get(..mark)?;
    let rest = bare.get(mark..)?.strip_prefix(['.', ')', ':'])?;
    if !rest.starts_with([' ', '\t']) {
        return None;
    }
    let single = (name.len() == 1).then(|| name.chars().next()).flatten();
    let label = match (roman(name), single) {
        (Some(n), None) => Label::Roman(n),
        (Some(1), _) => Label::Roman(1),
        (Some(n), Some('V' | 'X')) => Label::Roman(n),
        (_, Some(c)) => Label::Letter(c),
        _ => return None,
    };
    Some((label, rest.trim()))
}

fn roman(name: &str) -> Option<u32> {
    let all = [
        "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV",
        "XV", "XVI", "XVII", "XVIII", "XIX", "XX",
    ];
    let place = all.iter().position(|r| *r == name)?;
    u32::try_from(place).ok().map(|p| p + 1)
}

/// Follows the numbers of the headings, so that a numbered item is not taken for one.
#[derive(Default)]
pub(crate) struct Numbering {
    number: u32,
    letter: u32,
    roman: u32,
    first: String,
}

impl Numbering {
    /// Whether a label is the next of its kind.
    pub(crate) fn takes(&mut self, label: &Label, rest: &str) -> bool {
        match label {
            Label::Number(n) => {
                let again = *n == 1 && (self.number <= 1 || rest == self.first);
                let next = *n == self.number + 1 || (*n == 2 && self.number == 0);
                if again {
                    rest.clone_into(&mut self.first);
                }
                if again || next {
                    self.number = *n;
                }
                again || next
            }
            Label::Below(n, _) => *n <= self.number + 1 || self.number == 0,
            Label::Letter(c) => {
                let n = u32::from(*c) - u32::from('A') + 1;
                let next = n == self.letter + 1;
                if next {
                    self.letter = n;
                }
                next
            }
            Label::Roman(n) => {
                // `I.` may be the ninth letter.
                let next = *n == self.roman + 1 || (*n == 1 && self.letter == 8);
                if next {
                    self.roman = *n;
                }
                next
            }
            Label::Named => true,
        }
    }

    /// A single letter or Roman number numbers nothing.
    pub(crate) fn sift(&self, all: &[Line], heads: &mut Vec<Head>) {
        let (letters, romans) = (self.letter, self.roman);
        heads.retain(|h| {
            all.get(h.line)
                .and_then(|l| read(l.text))
                .is_none_or(|(label, _)| match label {
                    Label::Letter(_) => letters >= 2,
                    Label::Roman(_) => romans >= 2 || letters >= 8,
                    _ => true,
                })
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_of_every_kind() {
        let cases = [
            ("1. Who we are", Some((Label::Number(1), "Who we are"))),
            ("12) Rights", Some((Label::Number(12), "Rights"))),
            ("4    Who else", Some((Label::Number(4), "Who else"))),
            ("1.1 Who we are", Some((Label::Below(1, 1), "Who we are"))),
            ("4.2. Basis", Some((Label::Below(4, 2), "Basis"))),
            ("**3. Why**", Some((Label::Number(3), "Why**"))),
            ("A. Who we are", Some((Label::Letter('A'), "Who we are"))),
            ("IV. Rights", Some((Label::Roman(4), "Rights"))),
            ("Section A: Controller", Some((Label::Named, "Controller"))),
            ("PART 2 – RIGHTS", Some((Label::Named, "RIGHTS"))),
            ("Q1. What is it?", Some((Label::Named, "What is it?"))),
            ("Part 2 of the Act", None),
            ("Section 8 applies", None),
            ("2023 was a year", None),
            ("1st of May", None),
            ("Dr. Who", None),
            ("A good day", None),
        ];
        for (line, expected) in cases {
            assert_eq!(read(line), expected, "{line}");
        }
    }
}
