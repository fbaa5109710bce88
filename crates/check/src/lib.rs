//! A notice that breaks the law or its own word is not let through; and who wrote it learns where, why,
//! and what to write instead.
//!
//! A notice comes in, written with rules or in prose alone; findings go out, and, for a literate notice without an
//! error, the token [`Sound`] that everything after needs. A notice is judged by the law in force on a
//! day that the caller names. Nothing here touches a clock or a disk.

mod facts;
mod finding;
mod mend;
mod notices;
mod position;
pub mod rules;
mod sound;
mod source;
mod together;

pub use facts::Facts;
pub use finding::{Finding, Fix, Place, Report, Severity};
pub use mend::mended;
pub use notices::{Judged, beside, notices};
pub use position::{Lines, Position};
pub use sound::Sound;
pub use source::Source;
pub use together::together;

use jiff::civil::Date;

/// Judges a notice by the law in force on a day.
///
/// ```
/// let source = check::Source::of("# Privacy notice\n\nWe keep your data indefinitely.\n");
/// let report = check::check(&source, jiff::civil::date(2026, 11, 22));
/// assert!(report.findings.iter().any(|f| f.code == "retention-indefinite"));
/// assert!(report.sound.is_none());
/// ```
#[must_use]
pub fn check(source: &Source, as_at: Date) -> Report {
    let mut findings = source.faults();
    if let Some(facts) = Facts::of(source, as_at) {
        for rule in rules::RULES.iter().filter(|r| r.in_force(as_at)) {
            rule.run(&facts, &mut findings);
        }
    }
    // A text that is no notice is told so, and nothing else.
    if findings.iter().any(|f| f.code == "not-a-notice") {
        findings.retain(|f| f.code == "not-a-notice");
    }
    findings.sort_by(|a, b| {
        (a.span.start, a.severity, a.code, &a.message).cmp(&(
            b.span.start,
            b.severity,
            b.code,
            &b.message,
        ))
    });
    findings.dedup();
    let sound = Sound::of(source, &findings);
    Report { findings, sound }
}

/// The page of a rule: what it does, why it is bad, an example, what to write instead.
#[must_use]
pub fn explain(code: &str) -> Option<&'static str> {
    rules::RULES.iter().find(|r| r.code == code).map(|r| r.doc)
}
