//! Only a notice without an error is compiled, published or asked.

use crate::input::{self, Usage, shown, usage};
use check::{Severity, Sound, Source};
use jiff::civil::Date;
use notice::Notice;

/// Reads a literate notice in which there is no error.
///
/// # Errors
/// A file that cannot be read, one without rules, and a notice with errors.
pub fn sound(file: &str, as_at: Date) -> Result<Sound, Usage> {
    let text = input::text(file)?;
    let name = shown(file);
    let source = Source::of(&text);
    if matches!(source, Source::Prose { .. }) {
        return Err(no_rules(&name));
    }
    let report = check::check(&source, as_at);
    let errors = report.count(Severity::Error);
    report.sound.ok_or_else(|| {
        let s = if errors == 1 { "" } else { "s" };
        usage(
            format!("{name} has {errors} error{s}"),
            format!("run `abide check {file}` and mend what it finds first"),
        )
    })
}

/// Reads a literate notice whose rules can be understood, whatever else a check would find in it: an old version is compared as it is.
///
/// # Errors
/// A file that cannot be read, one without rules, and one whose rules cannot be understood.
pub fn readable(file: &str) -> Result<Notice, Usage> {
    let text = input::text(file)?;
    let name = shown(file);
    match Source::of(&text) {
        Source::Prose { .. } => Err(no_rules(&name)),
        Source::Literate { parsed, .. } => parsed.notice.ok_or_else(|| {
            usage(
                format!("the rules of {name} cannot be read"),
                format!("run `abide check {file}` and mend what it finds first"),
            )
        }),
    }
}

/// What is said of a document that is words alone.
pub fn no_rules(name: &str) -> Usage {
    usage(
        format!("{name} has no `abide` block: it is words alone"),
        "put rule sentences under its promises, as docs/notice-language.md shows; `abide check` reads it as it is",
    )
}
