//! What a page printer adds to a notice and nobody wrote: numbers of pages.

/// Whether a line is the number of a page: `Page 3 of 9`, `- 4 -`, `5 / 12`.
pub(super) fn is_page_line(line: &str) -> bool {
    let lower = line.trim().to_lowercase();
    let bare = lower.trim_matches(|c: char| !c.is_alphanumeric());
    if bare.is_empty() || bare.len() > 24 {
        return false;
    }
    let (paged, rest) = match bare.strip_prefix("page") {
        Some(rest) => (true, rest),
        None => (false, bare),
    };
    let words: Vec<&str> = rest
        .split(|c: char| c.is_whitespace() || matches!(c, '/' | '|' | ':'))
        .filter(|w| !w.is_empty())
        .collect();
    let number = |w: &str| w.len() <= 4 && w.chars().all(|c| c.is_ascii_digit());
    match words.as_slice() {
        [one] => paged && number(one),
        [one, "of", all] => number(one) && number(all),
        [one, all] => lower.contains('/') && number(one) && number(all),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::is_page_line;

    #[test]
    fn numbers_of_pages_are_told_from_words() {
        for line in ["Page 3 of 9", "page 12", " 4 of 7 ", "- Page 2 -", "3 / 9"] {
            assert!(is_page_line(line), "{line}");
        }
        for line in [
            "Pages of your file",
            "2 years",
            "SK9 5AF",
            "1.",
            "of 3 people",
            "",
        ] {
            assert!(!is_page_line(line), "{line}");
        }
    }
}
