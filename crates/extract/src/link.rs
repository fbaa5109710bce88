//! Where a link leads, where its words do not say so already. An address to write to is never lost.

/// The address behind the words of a link.
pub(crate) fn behind(href: &str, words: &str) -> Option<String> {
    let href = href.trim();
    let lower = href.to_ascii_lowercase();
    let said = words.to_lowercase();
    if let Some(at) = lower.find("/cdn-cgi/l/email-protection#") {
        let hex = href
            .get(at..)
            .and_then(|h| h.split_once('#'))
            .map(|(_, h)| h)?;
        return unveil(hex).filter(|mail| !said.contains(&mail.to_lowercase()));
    }
    if lower.starts_with("mailto:") {
        let mail = href.get(7..)?.split('?').next().map(decode)?;
        let mail = mail.trim();
        return (mail.contains('@') && !said.contains(&mail.to_lowercase()))
            .then(|| mail.to_owned());
    }
    if lower.starts_with("tel:") {
        let number = decode(href.get(4..)?);
        return (!said.chars().any(|c| c.is_ascii_digit())).then_some(number);
    }
    if lower.starts_with("http://") || lower.starts_with("https://") {
        let bare = bare(&lower);
        return (!bare.is_empty() && !self::bare(&said).contains(&bare)).then(|| href.to_owned());
    }
    None
}

/// An address that a content network hid from robots: the first byte masks the others.
pub(crate) fn unveil(hex: &str) -> Option<String> {
    let digits: Vec<u8> = hex
        .chars()
        .map_while(|c| c.to_digit(16))
        .filter_map(|d| u8::try_from(d).ok())
        .collect();
    let mut bytes = digits.chunks_exact(2).map(|pair| match pair {
        [high, low] => high * 16 + low,
        _ => 0,
    });
    let mask = bytes.next()?;
    let text = String::from_utf8(bytes.map(|b| b ^ mask).collect()).ok()?;
    text.contains('@').then_some(text)
}

/// An address without what people leave out when they say it.
fn bare(address: &str) -> String {
    let rest = address.trim();
    let rest = rest.split_once("://").map_or(rest, |(_, r)| r);
    rest.trim_start_matches("www.")
        .trim_end_matches(['/', '.', ',', ')', '>'])
        .to_owned()
}

/// Undoes percent-encoding.
fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, tail)) = rest.split_first() {
        let hex = |b: &u8| (*b as char).to_digit(16).and_then(|d| u8::try_from(d).ok());
        if *first == b'%'
            && let Some((high, low)) = tail.first().and_then(hex).zip(tail.get(1).and_then(hex))
        {
            bytes.push(high * 16 + low);
            rest = tail.get(2..).unwrap_or_default();
        } else {
            bytes.push(*first);
            rest = tail;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_the_words_do_not_say() {
        let cases = [
            (
                "mailto:dpo@fen.example?subject=x",
                "Write to us",
                Some("dpo@fen.example"),
            ),
            (
                "mailto:dpo%40fen.example",
                "the officer",
                Some("dpo@fen.example"),
            ),
            ("mailto:DPO@fen.example", "dpo@fen.example", None),
            ("https://www.fen.example/", "fen.example", None),
            (
                "https://fen.example/a",
                "our page",
                Some("https://fen.example/a"),
            ),
            ("#top", "top", None),
            ("/privacy", "privacy", None),
            ("javascript:alert(1)", "x", None),
            ("tel:+44%201", "call us", Some("+44 1")),
            (
                "/cdn-cgi/l/email-protection#2a4b6a48044f524b475a464f",
                "[email protected]",
                Some("a@b.example"),
            ),
        ];
        for (href, words, expected) in cases {
            assert_eq!(behind(href, words).as_deref(), expected, "{href}");
        }
    }
}
