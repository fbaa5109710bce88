//! A slip of the pen is answered with the word that was most likely meant.

/// `did you mean `share`? known are: …`, each word once.
pub fn help<'c>(word: &str, known: impl IntoIterator<Item = &'c str>) -> String {
    let mut list: Vec<&str> = Vec::new();
    for one in known {
        if !list.contains(&one) {
            list.push(one);
        }
    }
    match notice::fault::nearest(word, list.iter().copied()) {
        Some(near) => format!("did you mean `{near}`? known are: {}", list.join(", ")),
        None => format!("known are: {}", list.join(", ")),
    }
}

/// `word` as it may stand in a message: flat and short.
pub fn shown(word: &str) -> String {
    let flat: String = word
        .chars()
        .map(|c| {
            if c.is_control() || c == '`' {
                '\u{fffd}'
            } else {
                c
            }
        })
        .take(60)
        .collect();
    if flat.chars().count() < word.chars().count() {
        format!("{flat}…")
    } else {
        flat
    }
}
