//! What goes wrong inside of us says where, and never with whose data in hand.
//!
//! A panic's own words may quote what was being worked on (a string cut between letters does), so they are not printed.
//! Memory is not written out either: no core file, and no other process of the same account may look into ours.

use std::io::Write;

/// Called first of all.
pub fn hush() {
    std::panic::set_hook(Box::new(|panic| {
        let _ = writeln!(std::io::stderr(), "{}", sentence(panic));
    }));
    keep_memory_in();
}

/// What is said of a panic: the place in our source, and nothing of what was there.
fn sentence(panic: &std::panic::PanicHookInfo<'_>) -> String {
    let place = panic
        .location()
        .map_or_else(String::new, |at| format!(" at {}:{}", at.file(), at.line()));
    format!(
        "error: this is a fault of ours{place}; what was being done has not been done\nhelp: report that place, and leave personal data out of the report"
    )
}

/// No core file, no looking in from outside. Where the system has no such thing, nothing is promised.
fn keep_memory_in() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, setrlimit};
        let none = Rlimit {
            current: Some(0),
            maximum: Some(0),
        };
        let _ = setrlimit(Resource::Core, none);
    }
    #[cfg(target_os = "linux")]
    {
        use rustix::process::{DumpableBehavior, set_dumpable_behavior};
        let _ = set_dumpable_behavior(DumpableBehavior::NotDumpable);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::{Arc, Mutex};

    #[test]
    fn a_panic_says_where_and_nothing_of_whom() {
        let heard = Arc::new(Mutex::new(String::new()));
        let hook = Arc::clone(&heard);
        let before = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            *hook.lock().unwrap() = sentence(panic);
        }));
        let name = String::from("Zoë-zq7");
        // A string cut between the bytes of a letter panics with the whole string in its words.
        let fell = std::panic::catch_unwind(|| name.split_at(3).0.len());
        std::panic::set_hook(before);
        let said = fell.unwrap_err();
        let said = said.downcast_ref::<String>().cloned().unwrap_or_default();
        assert!(
            said.contains("zq7"),
            "the panic's own words quote it: {said}"
        );
        let heard = heard.lock().unwrap();
        assert!(
            heard.contains("hush.rs:") || heard.contains("str"),
            "{heard}"
        );
        assert!(!heard.contains("zq7"), "{heard}");
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn memory_is_not_written_out() {
        use rustix::process::{DumpableBehavior, Resource, dumpable_behavior, getrlimit};
        keep_memory_in();
        assert_eq!(getrlimit(Resource::Core).current, Some(0));
        assert!(matches!(
            dumpable_behavior(),
            Ok(DumpableBehavior::NotDumpable)
        ));
    }
}
