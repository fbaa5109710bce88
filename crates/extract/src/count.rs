//! Numbers as lists count them.

/// 1 is a, 27 is aa.
pub(crate) fn letters(number: usize) -> String {
    let nth = number.saturating_sub(1);
    let letter = u8::try_from(nth % 26).map_or('a', |n| (b'a' + n) as char);
    // Word repeats the letter: y, z, aa, bb.
    letter.to_string().repeat((nth / 26 + 1).min(4))
}

/// 4 is iv; what Rome did not write comes as digits.
pub(crate) fn roman(number: usize) -> String {
    if number == 0 || number >= 4000 {
        return number.to_string();
    }
    let signs = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    let mut left = number;
    let mut text = String::new();
    for (value, sign) in signs {
        while left >= value {
            text.push_str(sign);
            left -= value;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_word_counts() {
        assert_eq!([1, 26, 27].map(letters), ["a", "z", "aa"]);
        assert_eq!(
            [1, 4, 9, 14, 4000].map(roman),
            ["i", "iv", "ix", "xiv", "4000"]
        );
    }
}
