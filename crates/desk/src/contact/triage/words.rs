//! People write as they speak, on a phone, in a hurry. Here their words are brought into one shape before anybody listens.

use std::collections::BTreeSet;

/// How many sentences of a mail are listened to; what follows is an attachment in disguise.
const LONGEST: usize = 600;

/// A word in its plain shape: small letters, no short forms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// The word.
    pub text: String,
    /// A comma, a dash or a bracket stands before it.
    pub pause: bool,
}

/// The words between two full stops.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sentence {
    /// Its words.
    pub words: Vec<Word>,
    /// It ended with a question mark.
    pub question: bool,
}

/// Small letters, with wide and invisible characters, curly quotes and hard spaces made ordinary.
#[must_use]
pub fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{ad}' | '\u{2060}' => {}
            '\u{a0}' | '\u{202f}' | '\u{2007}' => out.push(' '),
            '‘' | '’' | '‛' | 'ʼ' | '`' | '´' => out.push('\''),
            '“' | '”' | '„' | '«' | '»' => out.push('"'),
            '‐' | '‑' => out.push('-'),
            '\u{ff01}'..='\u{ff5e}' => {
                let narrow = char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c);
                out.extend(narrow.to_lowercase());
            }
            _ => out.extend(c.to_lowercase()),
        }
    }
    out
}

/// Cuts a text into sentences of plain words. `known` are the words worth repairing a typing slip for.
#[must_use]
pub fn sentences(text: &str, known: &BTreeSet<String>) -> Vec<Sentence> {
    let mut out = Vec::new();
    for paragraph in paragraphs(&plain(text)) {
        let mut now = Sentence::default();
        let mut pause = false;
        for chunk in paragraph.split_whitespace() {
            chunk_words(chunk, known, &mut now, &mut pause, &mut out);
        }
        if !now.words.is_empty() {
            out.push(now);
        }
        if out.len() > LONGEST {
            break;
        }
    }
    out
}

/// Lines that were wrapped at a margin belong together; a short line stands alone.
fn paragraphs(text: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut open = false;
    for line in text.lines() {
        let line = line.trim();
        if line.is_empty() {
            open = false;
            continue;
        }
        let bullet = line.starts_with(['-', '*', '•', '·']);
        match out.last_mut() {
            Some(last) if open && !bullet => {
                last.push(' ');
                last.push_str(line);
            }
            _ => out.push(line.to_owned()),
        }
        open = line.chars().count() >= 45;
    }
    out
}

fn chunk_words(
    chunk: &str,
    known: &BTreeSet<String>,
    now: &mut Sentence,
    pause: &mut bool,
    out: &mut Vec<Sentence>,
) {
    let bare = chunk.trim_matches(|c: char| !c.is_alphanumeric());
    if bare.contains('@') && bare.contains('.') {
        push(now, pause, "mailaddress");
        return close_by(chunk, now, out);
    }
    if bare.starts_with("http") || bare.starts_with("www.") {
        push(now, pause, "weblink");
        return close_by(chunk, now, out);
    }
    let mut word = String::new();
    let letters: Vec<char> = chunk.chars().collect();
    for (at, &c) in letters.iter().enumerate() {
        if c.is_alphanumeric() || c == '\'' {
            word.push(c);
            continue;
        }
        let next = at.checked_add(1).and_then(|n| letters.get(n)).copied();
        let inside = next.is_some_and(char::is_alphanumeric);
        if c == '-' && inside && matches!(word.as_str(), "e" | "re" | "co") {
            // "e-mail" is "email", and "re-use" is "reuse".
            continue;
        }
        flush(&mut word, known, now, pause);
        match c {
            '&' | '+' => push(now, pause, "and"),
            '?' | '!' => finish(c == '?', now, pause, out),
            '.' | ';' if !inside => finish(false, now, pause, out),
            ',' | ':' | '(' | ')' | '–' | '—' | '…' => *pause = true,
            '-' if !inside => *pause = true,
            _ => {}
        }
    }
    flush(&mut word, known, now, pause);
}

fn close_by(chunk: &str, now: &mut Sentence, out: &mut Vec<Sentence>) {
    if chunk.ends_with(['.', '?', '!']) {
        finish(chunk.ends_with('?'), now, &mut false, out);
    }
}

fn finish(question: bool, now: &mut Sentence, pause: &mut bool, out: &mut Vec<Sentence>) {
    *pause = false;
    if now.words.is_empty() {
        // "…data?!" asks, whatever comes first.
        if let Some(last) = out.last_mut() {
            last.question |= question;
        }
        return;
    }
    let mut done = std::mem::take(now);
    done.question = question;
    out.push(done);
}

fn push(now: &mut Sentence, pause: &mut bool, text: &str) {
    now.words.push(Word {
        text: text.to_owned(),
        pause: std::mem::take(pause),
    });
}

fn flush(word: &mut String, known: &BTreeSet<String>, now: &mut Sentence, pause: &mut bool) {
    let taken = std::mem::take(word);
    let bare = taken.trim_matches('\'');
    if bare.is_empty() {
        return;
    }
    if let Some(long) = long_form(bare) {
        for part in long.split(' ') {
            push(now, pause, part);
        }
        return;
    }
    let bare = bare.strip_suffix("'s").unwrap_or(bare).replace('\'', "");
    push(now, pause, &repair(&bare, known));
}

/// What a short form stands for, on a phone or in speech.
fn long_form(word: &str) -> Option<&'static str> {
    Some(match word {
        "don't" | "dont" | "doesn't" | "doesnt" => "do not",
        "didn't" | "didnt" => "did not",
        "can't" | "cant" | "cannot" => "can not",
        "couldn't" | "couldnt" => "could not",
        "won't" | "wont" => "will not",
        "wouldn't" | "wouldnt" => "would not",
        "shouldn't" | "shouldnt" => "should not",
        "isn't" | "isnt" | "ain't" | "aint" => "is not",
        "aren't" | "arent" => "are not",
        "wasn't" | "wasnt" => "was not",
        "weren't" => "were not",
        "haven't" | "havent" => "have not",
        "hasn't" | "hasnt" => "has not",
        "hadn't" | "hadnt" => "had not",
        "needn't" => "need not",
        "i'm" | "im" => "i am",
        "i've" | "ive" => "i have",
        "i'd" => "i would",
        "i'll" => "i will",
        "you're" | "youre" => "you are",
        "you've" | "youve" | "uve" => "you have",
        "you'd" => "you would",
        "you'll" | "youll" => "you will",
        "we're" => "we are",
        "we've" | "weve" => "we have",
        "we'd" => "we would",
        "we'll" => "we will",
        "they're" | "theyre" => "they are",
        "they've" => "they have",
        "he's" | "hes" => "he is",
        "she's" | "shes" => "she is",
        "it's" => "it is",
        "that's" | "thats" => "that is",
        "there's" => "there is",
        "what's" | "whats" => "what is",
        "who's" | "whos" => "who is",
        "where's" => "where is",
        "wanna" => "want to",
        "gonna" => "going to",
        "gotta" => "have got to",
        "gimme" => "give me",
        "lemme" => "let me",
        "u" => "you",
        "ur" | "yr" => "your",
        "r" => "are",
        "n" => "and",
        "pls" | "plz" | "pleese" => "please",
        "thx" | "ta" | "cheers" | "thankyou" => "thanks",
        "thank" => "thanks",
        "wot" => "what",
        "cos" | "coz" | "cuz" | "bc" => "because",
        "abt" | "bout" => "about",
        "ppl" => "people",
        "info" => "information",
        "pics" => "pictures",
        "mails" => "emails",
        "mum's" => "mum",
        _ => return None,
    })
}

/// One slip of the finger in a long word is put right, if that makes a word that matters.
fn repair(word: &str, known: &BTreeSet<String>) -> String {
    let long = word.chars().count();
    if long < 6 || known.contains(word) || !word.chars().all(char::is_alphabetic) {
        return word.to_owned();
    }
    let first = word.chars().next();
    known
        .iter()
        .filter(|k| {
            k.chars().count().abs_diff(long) <= 1
                && k.chars().count() >= 6
                && k.chars().next() == first
        })
        .filter(|k| !ending_only(word, k))
        .find(|k| distance(word, k, 1) <= 1)
        .map_or_else(|| word.to_owned(), Clone::clone)
}

/// `records` is not a slip for `record`, nor `delete` for `deleted`.
fn ending_only(a: &str, b: &str) -> bool {
    let (long, short) = if a.len() > b.len() { (a, b) } else { (b, a) };
    long.strip_prefix(short)
        .is_some_and(|end| matches!(end, "s" | "d" | "r" | "y"))
}

/// How many slips lie between two words (a letter more, less, other, or two swapped), counted up to `most` and one more.
#[must_use]
pub fn distance(a: &str, b: &str, most: usize) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().abs_diff(b.len()) > most {
        return most.saturating_add(1);
    }
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.iter().enumerate() {
        let mut next = vec![i.saturating_add(1)];
        for (j, cb) in b.iter().enumerate() {
            let get = |r: &[usize], at: usize| r.get(at).copied().unwrap_or(usize::MAX / 2);
            let swap = get(&row, j).saturating_add(usize::from(ca != cb));
            let gap = get(&row, j.saturating_add(1))
                .min(get(&next, j))
                .saturating_add(1);
            let mut best = swap.min(gap);
            let crossed = i > 0
                && j > 0
                && a.get(i.wrapping_sub(1)) == Some(cb)
                && b.get(j.wrapping_sub(1)) == Some(ca);
            if crossed {
                best = best.min(get(&before, j.wrapping_sub(1)).saturating_add(1));
            }
            next.push(best);
        }
        if next.iter().min().is_some_and(|m| *m > most) {
            return most.saturating_add(1);
        }
        before = std::mem::replace(&mut row, next);
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flat(text: &str) -> Vec<String> {
        sentences(
            text,
            &BTreeSet::from(["deletion".to_owned(), "complaint".to_owned()]),
        )
        .iter()
        .map(|s| {
            s.words
                .iter()
                .map(|w| w.text.as_str())
                .collect::<Vec<_>>()
                .join(" ")
        })
        .collect()
    }

    #[test]
    fn phone_english_becomes_plain_english() {
        for (said, plain) in [
            ("I don’t want u to", "i do not want you to"),
            ("whats on my e-mail", "what is on my email"),
            ("a complant, or deleiton", "a complaint or deletion"),
            ("opt-out now", "opt out now"),
            (
                "write to me@example.org please",
                "write to mailaddress please",
            ),
        ] {
            assert_eq!(flat(said), [plain], "{said}");
        }
    }

    #[test]
    fn wrapped_lines_join_and_short_lines_stand_alone() {
        assert_eq!(flat("hi\nstop it\n").len(), 2);
        let wrapped = "this line is long enough to have been wrapped by\na program at its margin";
        assert_eq!(flat(wrapped).len(), 1);
    }

    #[test]
    fn slips_are_counted() {
        for (a, b, n) in [
            ("kinship", "kinship", 0),
            ("kinship", "kniship", 1),
            ("kinship", "kinshp", 1),
            ("abc", "xyz", 2),
        ] {
            assert_eq!(distance(a, b, 1).min(2), n, "{a} {b}");
        }
    }
}
