//! No text makes reading, judging or importing panic; what is imported can be read again.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    for draft in notice::import::draft(text) {
        let parsed = notice::parse(&draft.notice);
        assert!(
            parsed.faults.is_empty(),
            "an imported notice has faults: {:?}\n{}",
            parsed.faults,
            draft.notice
        );
    }
    let source = check::Source::of(text);
    let report = check::check(&source, jiff::civil::date(2026, 11, 22));
    for finding in report.findings {
        assert!(
            text.get(finding.span.start..finding.span.end).is_some(),
            "`{}` points beside the text",
            finding.code
        );
    }
});
