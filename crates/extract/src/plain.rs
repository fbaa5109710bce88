//! Text comes through as it is, in whatever encoding it was saved.

use crate::Unreadable;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8};

/// Text and remarks.
pub(crate) fn read(bytes: &[u8]) -> Result<(String, Vec<String>), Unreadable> {
    let (text, remarks) = decode(bytes, None);
    if text.contains('\0') {
        return Err(Unreadable::new(
            "is not a text",
            "save the notice as .docx, .pdf, .html, .md or .txt",
        ));
    }
    Ok((text, remarks))
}

/// Decodes by the byte order mark, as UTF-8, by what the document declares, or by a guess; a guess is remarked on.
pub(crate) fn decode(bytes: &[u8], declared: Option<&'static Encoding>) -> (String, Vec<String>) {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let body = bytes.get(mark..).unwrap_or_default();
        let (text, broken) = encoding.decode_without_bom_handling(body);
        return (text.into_owned(), damage(broken));
    }
    if let Some(encoding) = unmarked_utf16(bytes) {
        let (text, broken) = encoding.decode_without_bom_handling(bytes);
        return (text.into_owned(), damage(broken));
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return (text.to_owned(), Vec::new());
    }
    if let Some(encoding) = declared.filter(|e| *e != UTF_8) {
        let (text, broken) = encoding.decode_without_bom_handling(bytes);
        return (text.into_owned(), damage(broken));
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let encoding = detector.guess(Some(b"uk"), Utf8Detection::Allow);
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    let remark = if encoding == UTF_8 {
        "some bytes are no UTF-8; they show as \u{fffd}".to_owned()
    } else {
        format!(
            "it is not UTF-8, so it was read as {}; check that accents and quotation marks came through",
            encoding.name()
        )
    };
    (text.into_owned(), vec![remark])
}

/// Whether bytes are no text in any encoding that is read here.
pub(crate) fn binary(bytes: &[u8]) -> bool {
    if Encoding::for_bom(bytes).is_some() || unmarked_utf16(bytes).is_some() {
        return false;
    }
    let first = bytes.get(..bytes.len().min(4096)).unwrap_or_default();
    let odd = first
        .iter()
        .filter(|b| **b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x0c | 0x0b | 0x1b | 0x08))
        .count();
    first.contains(&0) || odd * 20 > first.len()
}

/// UTF-16 without a mark: in western text every other byte is zero.
fn unmarked_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let first = bytes.get(..bytes.len().min(512)).unwrap_or_default();
    let pairs = first.len() / 2;
    let zeros = |from: usize| {
        first
            .iter()
            .skip(from)
            .step_by(2)
            .filter(|b| **b == 0)
            .count()
    };
    let (even, odd) = (zeros(0), zeros(1));
    if pairs < 4 {
        None
    } else if odd * 10 >= pairs * 8 && even * 10 <= pairs {
        Some(encoding_rs::UTF_16LE)
    } else if even * 10 >= pairs * 8 && odd * 10 <= pairs {
        Some(encoding_rs::UTF_16BE)
    } else {
        None
    }
}

fn damage(broken: bool) -> Vec<String> {
    if broken {
        vec!["some of its bytes are no characters; they show as \u{fffd}".to_owned()]
    } else {
        Vec::new()
    }
}
