//! The public road: a notice that passes the checks compiles, and only such a notice does.

use jiff::civil::date;
use policy::{Deed, Question, Rulebook};

#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "a test reads the notices it is about"
)]
fn every_example_notice_without_errors_compiles() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../notices");
    let at = date(2026, 11, 22);
    let Ok(files) = std::fs::read_dir(folder) else {
        println!("skipped: no example notices here");
        return;
    };
    for file in files.map(|f| f.unwrap().path()) {
        if !file.to_string_lossy().ends_with(".notice.md") {
            continue;
        }
        let text = std::fs::read_to_string(&file).unwrap();
        let report = check::check(&check::Source::of(&text), at);
        let Some(sound) = report.sound else {
            println!(
                "not sound yet: {}: {:?}",
                file.display(),
                report.findings.first()
            );
            continue;
        };
        let book = Rulebook::compile(&sound).unwrap();
        assert_eq!(book.id(), format!("{}@{}", sound.name, sound.version));
        assert!(!book.duties().is_empty() && book.cedar().contains("@clause("));
        // Silence forbids: nothing is read without a purpose, whatever the notice.
        for item in book.items("all") {
            assert!(
                !book
                    .ask(&Question::new(Deed::Read, at).data(&item))
                    .is_permit()
            );
        }
    }
}
