//! No bytes make a reader of documents panic or run away.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    for name in ["a.html", "a.docx", "a.pdf", "a.txt"] {
        if let Ok(document) = extract::read(bytes, name) {
            assert!(document.text.len() <= 64 * 1024 * 1024);
        }
    }
});
