//! No text makes the language panic; formatting is idempotent and changes no meaning.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let parsed = notice::parse(text);
    let tidy = notice::format(text);
    assert_eq!(notice::format(&tidy), tidy, "formatting is not idempotent");
    let again = notice::parse(&tidy);
    // A text without any rule is no notice, and no fault either.
    if let (true, Some(was)) = (parsed.faults.is_empty(), parsed.notice) {
        let Some(is) = again.notice else {
            panic!("a notice without faults is lost by formatting");
        };
        let says = |n: &notice::Notice| n.rules().map(|r| (r.id.clone(), r.says.clone())).collect::<Vec<_>>();
        assert_eq!(says(&was), says(&is), "formatting changes the meaning");
    }
});
