//! No text makes the language panic; formatting is idempotent and changes no meaning.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let parsed = notice::parse(text);
    let tidy = notice::format(text);
    assert_eq!(notice::format(&tidy), tidy, "formatting is not idempotent");
    let again = notice::parse(&tidy);
    if parsed.faults.is_empty() {
        let (Some(was), Some(is)) = (parsed.notice, again.notice) else {
            panic!("a notice without faults is lost by formatting");
        };
        let says = |n: &notice::Notice| n.rules().map(|r| (r.id.clone(), r.says.clone())).collect::<Vec<_>>();
        assert_eq!(says(&was), says(&is), "formatting changes the meaning");
    }
});
