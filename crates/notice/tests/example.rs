//! The example every part of the house is shown with is read without a fault.

#![expect(
    clippy::print_stdout,
    clippy::string_slice,
    reason = "a test says what it skips"
)]

use std::path::Path;

fn example() -> Option<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/interop/young-carers.notice.md");
    #[expect(
        clippy::disallowed_methods,
        reason = "a test reads its example from a file"
    )]
    let text = std::fs::read_to_string(path).ok();
    if text.is_none() {
        println!("skipped: the shared example is not here");
    }
    text
}

#[test]
fn the_shared_example_has_no_fault() {
    let Some(text) = example() else { return };
    let parsed = notice::parse(&text);
    assert_eq!(parsed.faults, []);
    let notice = parsed.notice.expect("a notice");
    assert_eq!(notice.rules().count(), 36);
    assert_eq!(notice.sections.len(), 7);
    let ids: Vec<&str> = notice.rules().map(|r| r.id.as_str()).collect();
    for id in [
        "#4107/about/notice",
        "#4107/about/event/project.end",
        "#4107/what/data/words",
        "#4107/why/purpose/recontact",
        "#4107/who/share/recording@transcriber",
        "#4107/how-long/keep/recording@transcriber",
        "#4107/how-long/keep/contact+role-for-recontact",
        "#4107/your-rights/right/access+rectify+restrict+erase",
        "#4107/changes/version/3",
    ] {
        assert!(ids.contains(&id), "{id} is not among {ids:#?}");
    }
    for rule in notice.rules() {
        assert_eq!(
            text[rule.span.start..].split_whitespace().next(),
            rule.text.split([' ', ';']).next()
        );
    }
}

#[test]
fn the_notices_of_this_project_have_no_fault() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../notices");
    let mut read = 0;
    #[expect(
        clippy::disallowed_methods,
        reason = "a test reads its examples from files"
    )]
    for file in std::fs::read_dir(folder).expect("the notices") {
        let path = file.expect("a file").path();
        if path.to_string_lossy().ends_with(".notice.md") {
            let text = std::fs::read_to_string(&path).expect("text");
            let parsed = notice::parse(&text);
            assert_eq!(parsed.faults, [], "{}", path.display());
            assert!(parsed.notice.is_some(), "{}", path.display());
            read += 1;
        }
    }
    assert!(read > 0, "there are no notices");
}

#[test]
fn formatting_the_shared_example_keeps_its_meaning_and_its_words() {
    let Some(text) = example() else { return };
    let formatted = notice::format(&text);
    assert_eq!(notice::format(&formatted), formatted);
    let said = |t: &str| -> Vec<_> {
        let notice = notice::parse(t).notice.expect("a notice");
        notice
            .rules()
            .map(|r| {
                (
                    r.id.clone(),
                    r.text.clone(),
                    r.promise.clone(),
                    r.says.clone(),
                )
            })
            .collect()
    };
    assert_eq!(said(&text), said(&formatted));
}
