//! A notice on paper: whole, tagged, the same each time.
#![expect(clippy::expect_used, reason = "a test without its material fails")]

const GARDENS: &str = include_str!("../../publish/tests/gardens.notice.md");

fn notice(text: &str) -> notice::Notice {
    notice::parse(text).notice.expect("a notice")
}

#[test]
fn every_notice_of_ours_becomes_an_accessible_pdf() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../notices");
    #[expect(clippy::disallowed_methods, reason = "a test reads its own material")]
    let files = std::fs::read_dir(folder).expect("the notices");
    let mut count = 0;
    for file in files {
        let path = file.expect("a file").path();
        if !path.to_string_lossy().ends_with(".notice.md") {
            continue;
        }
        #[expect(clippy::disallowed_methods, reason = "a test reads its own material")]
        let text = std::fs::read_to_string(&path).expect("a notice");
        let pdf = print::pdf(&notice(&text)).expect("the standard is met");
        assert!(pdf.starts_with(b"%PDF-1.7"));
        count += 1;
    }
    assert!(count >= 3);
}

#[test]
fn the_same_notice_gives_the_same_bytes() {
    let notice = notice(GARDENS);
    assert_eq!(print::pdf(&notice), print::pdf(&notice));
}

#[test]
fn words_the_type_has_no_letters_for_do_not_stop_it() {
    let text = GARDENS
        .replace("Thank you for digging in.", "Diolch, ŵyr 漢字 → and a word without any blank: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.\n\n> quoted\n\n1. one\n   - two\n\n| a | b |\n|---|---|\n| long long long long | words |\n")
        .replace("job title.", &"word ".repeat(3000));
    assert!(print::pdf(&notice(&text)).is_ok());
}
