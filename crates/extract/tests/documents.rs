//! Documents that other programs made give up their words, with their structure.
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a test reads its own fixtures and their expected words, and may stop"
)]

use extract::{Kind, read};
use std::path::PathBuf;

fn fixture(name: &str) -> Vec<u8> {
    let place = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    std::fs::read(place.join(name)).unwrap()
}

fn text(name: &str) -> String {
    read(&fixture(name), name).unwrap().text
}

/// Every document beside the words a person read in it and found right.
#[test]
fn words_and_structure_come_out() {
    let cases = [
        ("page.html", Kind::Html),
        ("python-docx.docx", Kind::Docx),
        ("pandoc.docx", Kind::Docx),
        ("odfpy.odt", Kind::Odt),
        ("chromium.pdf", Kind::Pdf),
        ("libreoffice.pdf", Kind::Pdf),
        ("reportlab-columns.pdf", Kind::Pdf),
        ("fpdf2-table.pdf", Kind::Pdf),
    ];
    for (name, kind) in cases {
        let document = read(&fixture(name), name).unwrap();
        assert_eq!(document.kind, kind, "{name}");
        let expected = String::from_utf8(fixture(&format!("{name}.txt"))).unwrap();
        assert_eq!(document.text, expected, "{name}");
        // Its bytes alone say what it is.
        let unnamed = read(&fixture(name), "").unwrap();
        assert_eq!(unnamed, document, "{name}");
    }
}

#[test]
fn a_page_and_its_print_hold_the_same_table() {
    let rows = |name: &str| -> Vec<String> {
        let all = text(name);
        all.lines()
            .filter(|l| l.starts_with('|'))
            .map(str::to_owned)
            .collect()
    };
    assert_eq!(rows("page.html").len(), 5);
    assert_eq!(rows("page.html"), rows("chromium.pdf"));
    assert_eq!(rows("pandoc.docx"), rows("libreoffice.pdf"));
}

#[test]
fn what_is_not_part_of_the_text_stays_behind() {
    let page = text("page.html");
    for gone in [
        "cookies",
        "Home",
        "Secret",
        "Hidden too",
        "var a",
        "Accessibility",
    ] {
        assert!(!page.contains(gone), "{gone}");
    }
    for kept in [
        "It stays in Great Britain",
        "last updated 4 May 2026",
        "<dpo@wharfside.example>",
    ] {
        assert!(page.contains(kept), "{kept}");
    }
    let word = read(&fixture("python-docx.docx"), "").unwrap();
    assert!(word.text.contains("for eight years"), "{}", word.text);
    for gone in ["five", "gone", "hidden", "page footer"] {
        assert!(!word.text.contains(gone), "{gone}");
    }
    assert_eq!(word.remarks.len(), 2, "{:?}", word.remarks);
    // A running footer that tells the version is said once.
    let columns = text("reportlab-columns.pdf");
    assert_eq!(columns.matches("Version 1.2").count(), 1);
    assert!(!columns.contains("Page 1"));
}

#[test]
fn a_document_that_cannot_be_read_says_why_and_what_to_do() {
    let cases: [(&str, Vec<u8>, &str); 9] = [
        ("fpdf2-locked.pdf", fixture("fpdf2-locked.pdf"), "password"),
        (
            "fpdf2-scan.pdf",
            fixture("fpdf2-scan.pdf"),
            "pictures of pages",
        ),
        (
            "old.doc",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 Word".to_vec(),
            "old Word",
        ),
        ("a.rtf", b"{\\rtf1 Hello}".to_vec(), "Rich Text"),
        ("a.docx", b"Hello".to_vec(), "something else"),
        ("a.pdf", b"\0\0\0\0".to_vec(), "damaged"),
        ("a.txt", b"\x7fELF\0\0\0\0".to_vec(), "not a text"),
        ("a.html", b"<nav>Home</nav>".to_vec(), "no words"),
        ("a.txt", vec![b'a'; 21 * 1024 * 1024], "larger than 20 MB"),
    ];
    for (name, bytes, words) in cases {
        let why = read(&bytes, name).unwrap_err();
        assert!(why.what.contains(words), "{name}: {why}");
        assert!(!why.help.is_empty() && !why.what.ends_with('.'), "{name}");
    }
}

#[test]
fn text_comes_through_as_it_is_in_any_common_encoding() {
    let words = "Café keeps “names” for £5\r\n\r\n# 1. Why\n";
    let latin: &[u8] =
        b"The caf\xe9 keeps names \x96 and the \x93reading\x94 costs \xa35 a year.\n";
    let le: Vec<u8> = words.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let be: Vec<u8> = words.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let cases: [(Vec<u8>, &str, usize); 6] = [
        (words.as_bytes().to_vec(), words, 0),
        ([b"\xef\xbb\xbf", words.as_bytes()].concat(), words, 0),
        ([b"\xff\xfe".to_vec(), le.clone()].concat(), words, 0),
        ([b"\xfe\xff".to_vec(), be].concat(), words, 0),
        (le, words, 0),
        (
            latin.to_vec(),
            "The café keeps names – and the “reading” costs £5 a year.\n",
            1,
        ),
    ];
    for (bytes, expected, remarks) in cases {
        for name in ["a.txt", "a.md"] {
            let document = read(&bytes, name).unwrap();
            assert_eq!(
                (document.text.as_str(), document.remarks.len()),
                (expected, remarks)
            );
        }
    }
}
