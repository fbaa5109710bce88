//! Nothing that is handed in makes the reader panic, and nothing small makes it work long.
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "a test reads its own fixtures, measures time, and may stop"
)]

use extract::{Unreadable, read};
use std::io::{Cursor, Write};
use std::path::PathBuf;
use std::time::{Duration, Instant};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const WORD: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main""#;

/// A Word file with this body.
fn word(document: &str) -> Vec<u8> {
    packed(&[
        ("[Content_Types].xml", "<Types/>"),
        ("word/document.xml", document),
    ])
}

fn packed(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn body(inner: &str) -> String {
    format!("<w:document {WORD}><w:body>{inner}</w:body></w:document>")
}

fn refused(bytes: &[u8], name: &str) -> Unreadable {
    read(bytes, name).unwrap_err()
}

fn timed(bytes: &[u8], name: &str) -> Duration {
    let start = Instant::now();
    let _ = read(bytes, name);
    start.elapsed()
}

#[test]
fn a_small_file_that_unpacks_to_a_large_one_is_refused() {
    let bomb = word(&body(&"a".repeat(40 * 1024 * 1024)));
    assert!(bomb.len() < 200_000);
    assert!(refused(&bomb, "a.docx").what.contains("far more"));
    let names: Vec<String> = (0..10_100).map(|n| format!("word/{n}")).collect();
    let parts: Vec<(&str, &str)> = names.iter().map(|n| (n.as_str(), "")).collect();
    assert!(
        refused(&packed(&parts), "a.docx")
            .what
            .contains("too many parts")
    );
    let pdf =
        b"%PDF-1.4\n1 0 obj<</Filter[/FlateDecode /FlateDecode]/Length 4>>stream\nxxxx\nendstream";
    assert!(refused(pdf, "a.pdf").what.contains("far more"));
}

#[test]
fn entities_do_not_multiply() {
    let mut lines = String::from("<!DOCTYPE d [<!ENTITY a0 \"ha\">");
    for n in 1..40 {
        lines.push_str(&format!("<!ENTITY a{n} \"&a{};&a{};\">", n - 1, n - 1));
    }
    lines.push_str("]>");
    let bomb = format!(
        "{lines}{}",
        body("<w:p><w:r><w:t>one &a39; two &amp; &#51;</w:t></w:r></w:p>")
    );
    assert_eq!(read(&word(&bomb), "a.docx").unwrap().text, "one two & 3\n");
}

#[test]
fn what_nests_deep_is_read_flat() {
    let deep = 10_000;
    let page = format!(
        "{}word{}",
        "<div><b>".repeat(deep),
        "</b></div>".repeat(deep)
    );
    assert_eq!(read(page.as_bytes(), "a.html").unwrap().text, "word\n");
    let lists = format!("{}word", "<ul><li>".repeat(deep));
    assert!(
        read(lists.as_bytes(), "a.html")
            .unwrap()
            .text
            .contains("word")
    );
    let tables = format!("<p>word</p>{}", "<table><tr><td>".repeat(deep));
    assert_eq!(read(tables.as_bytes(), "a.html").unwrap().text, "word\n");
    let word_file = body(&format!(
        "{}<w:p><w:r><w:t>word</w:t></w:r></w:p>",
        "<w:sdt><w:sdtContent>".repeat(deep)
    ));
    let _ = read(&word(&word_file), "a.docx");
}

#[test]
fn spans_cannot_blow_up_a_table() {
    let long = "x".repeat(1000);
    let cells = format!("<td rowspan=65000 colspan=1000>{long}").repeat(50);
    let page = format!("<table><tr>{cells}{}</table>", "<tr><td>y".repeat(5000));
    let text = read(page.as_bytes(), "a.html").unwrap().text;
    assert!(text.len() < 40 * page.len(), "{}", text.len());
}

#[test]
fn broken_copies_of_real_documents_do_no_harm() {
    let place = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let mut seed: u64 = 7;
    let mut next = |below: usize| {
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(seed >> 33).unwrap() % below
    };
    for name in [
        "page.html",
        "pandoc.docx",
        "odfpy.odt",
        "libreoffice.pdf",
        "reportlab-columns.pdf",
        "fpdf2-table.pdf",
        "fpdf2-locked.pdf",
    ] {
        let whole = std::fs::read(place.join(name)).unwrap();
        for _ in 0..40 {
            let mut broken = whole.clone();
            for _ in 0..=next(12) {
                let at = next(broken.len());
                broken[at] = u8::try_from(next(256)).unwrap();
            }
            let _ = read(&broken, name);
            broken.truncate(next(whole.len()));
            let _ = read(&broken, name);
        }
    }
}

#[test]
fn a_text_of_five_megabytes_takes_ten_times_as_long_as_a_tenth() {
    let paragraph = "<p>We keep your <b>name</b> and <a href='mailto:a@b.example'>address</a> for two years.</p><ul><li>one<li>two</ul>";
    let row = "<tr><td>name</td><td rowspan=2>to call you</td></tr>";
    let words = "<w:p><w:r><w:t>We keep your name for two years.</w:t></w:r></w:p>";
    type Make<'m> = &'m dyn Fn(usize) -> Vec<u8>;
    let shapes: [(&str, Make); 4] = [
        ("a.txt", &|n| {
            "We keep your name.\n".repeat(n / 19).into_bytes()
        }),
        ("a.html", &|n| {
            paragraph.repeat(n / paragraph.len()).into_bytes()
        }),
        ("a.html", &|n| {
            format!("<table>{}", row.repeat(n / row.len())).into_bytes()
        }),
        ("a.docx", &|n| word(&body(&words.repeat(n / words.len())))),
    ];
    for (name, make) in shapes {
        let (small, large) = (make(500_000), make(5_000_000));
        let first = timed(&small, name)
            .max(timed(&small, name))
            .max(Duration::from_millis(20));
        let second = timed(&large, name);
        assert!(second < first * 40, "{name}: {first:?} then {second:?}");
    }
}
