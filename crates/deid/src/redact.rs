//! What was found is taken out, and the text still reads.

use crate::find::Found;
use crate::text::between;

/// Puts each replacement in the place of what was found. The list may be what [`crate::find()`] gave, less what a
/// reader struck from it, plus what a reader added: order does not matter, and where two overlap, everything
/// that either covers is taken out. What lies outside the text is left out of account.
///
/// ```
/// use deid::{Known, Roster, find, redact};
/// let roster = Roster::read("name\nAda Lindqvist\n").unwrap();
/// let text = "Ada's carer said Ada can be reached at ada@example.org.";
/// let found = find(text, &Known::new(&roster, []));
/// assert_eq!(redact(text, &found), "[name 1]'s carer said [name 1] can be reached at [email].");
/// ```
#[must_use]
pub fn redact(text: &str, found: &[Found]) -> String {
    let mut found: Vec<&Found> = found
        .iter()
        .filter(|found| text.get(found.start..found.end).is_some())
        .collect();
    found.sort_by_key(|found| (found.start, std::cmp::Reverse(found.end)));
    let mut redacted = String::with_capacity(text.len());
    let mut kept = 0;
    for found in found {
        if found.start >= kept {
            redacted.push_str(between(text, kept, found.start));
            redacted.push_str(&found.replacement);
        }
        kept = kept.max(found.end);
    }
    redacted.push_str(between(text, kept, text.len()));
    redacted
}
