//! Marks of HTML left in a text: heard through, and noted so that a rule can point at them.

use crate::model::Span;

/// Tags that begin a new block.
const BREAKING: &[&str] = &[
    "p",
    "br",
    "li",
    "td",
    "th",
    "tr",
    "div",
    "ul",
    "ol",
    "table",
    "tbody",
    "thead",
    "section",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "blockquote",
];

/// Tags that run with the words.
const RUNNING: &[&str] = &[
    "i", "b", "em", "strong", "u", "a", "span", "font", "sup", "sub", "small", "big", "s",
    "strike", "code", "img", "o",
];

/// How many characters an HTML tag at the start of `rest` has, and whether it begins a new block; a web
/// address in angle brackets is not a tag.
pub(crate) fn tag(rest: &[(usize, char)]) -> Option<(usize, bool)> {
    let letter = |n: usize| rest.get(n).map(|(_, c)| *c);
    if letter(0)? != '<' {
        return None;
    }
    let from = 1 + usize::from(letter(1)? == '/');
    let name: String = rest
        .iter()
        .skip(from)
        .map(|(_, c)| c.to_ascii_lowercase())
        .take_while(char::is_ascii_alphanumeric)
        .take(12)
        .collect();
    let breaks = BREAKING.contains(&name.as_str());
    if !breaks && !RUNNING.contains(&name.as_str()) {
        return None;
    }
    let behind = letter(from + name.len())?;
    if !matches!(behind, '>' | '/' | ' ' | ':' | '\n' | '\t') {
        return None;
    }
    let end = rest.iter().take(240).position(|(_, c)| *c == '>')?;
    Some((end + 1, breaks))
}

/// How many characters a named or numbered character such as `&nbsp;` has at the start of `rest`.
pub(crate) fn entity(rest: &[(usize, char)]) -> Option<usize> {
    if rest.first()?.1 != '&' {
        return None;
    }
    let end = rest.iter().take(10).position(|(_, c)| *c == ';')?;
    let inner = rest.get(1..end)?;
    let named = inner.len() >= 2 && inner.iter().all(|(_, c)| c.is_ascii_alphabetic());
    let numbered = inner.len() >= 3
        && inner.first().is_some_and(|(_, c)| *c == '#')
        && inner.iter().skip(1).all(|(_, c)| c.is_ascii_alphanumeric());
    (named || numbered).then_some(end + 1)
}

/// The same, where the character is an apostrophe.
pub(crate) fn apostrophe(rest: &[(usize, char)]) -> Option<usize> {
    let end = entity(rest)?;
    let name: String = rest.iter().take(end).map(|(_, c)| *c).collect();
    matches!(
        name.as_str(),
        "&#39;" | "&apos;" | "&rsquo;" | "&#8217;" | "&#x27;"
    )
    .then_some(end)
}

/// Where marks of HTML stand in a text that is not HTML.
pub(crate) fn find(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    for (start, _) in text.match_indices(['<', '&']) {
        let behind = text.get(start..).unwrap_or_default();
        let next = behind.chars().nth(1);
        if !next.is_some_and(|c| c == '/' || c == '#' || c.is_ascii_alphabetic()) {
            continue;
        }
        let most = if behind.starts_with('<') { 240 } else { 10 };
        let rest: Vec<(usize, char)> = behind.char_indices().take(most).collect();
        let n = tag(&rest).map(|(n, _)| n).or_else(|| entity(&rest));
        if let Some(last) = n.and_then(|n| rest.get(n - 1)) {
            found.push(Span {
                start,
                end: start + last.0 + 1,
            });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_found_and_other_brackets_left() {
        let text = "<p>Why &amp; how</p> <https://a.example> a < b & c; <i>x</i><br/> R&D; &#39; <me@a.example> <blink>";
        let told: Vec<&str> = find(text)
            .iter()
            .filter_map(|s| text.get(s.start..s.end))
            .collect();
        assert_eq!(
            told,
            ["<p>", "&amp;", "</p>", "<i>", "</i>", "<br/>", "&#39;"]
        );
    }
}
