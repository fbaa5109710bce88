#![doc = include_str!("defers_to_other_doc.md")]

use notice::reading::Elsewhere;

use super::Rule;
use crate::facts::Facts;
use crate::finding::{Finding, Severity};

/// See the page above.
pub const RULE: Rule = Rule {
    code: "defers-to-other-doc",
    severity: Severity::Warning,
    law: &["UK GDPR Art 13", "UK GDPR Art 12(1)"],
    from: None,
    until: None,
    doc: include_str!("defers_to_other_doc.md"),
    judge,
};

fn judge(facts: &Facts, found: &mut Vec<Finding>) {
    let wording = &facts.wording;
    if facts.notice.is_some() {
        return;
    }
    let mut seen = std::collections::BTreeSet::new();
    for said in &wording.heard.deferrals {
        let (told, what) = match said.what.what {
            Elsewhere::Keeping => (wording.keeps_told, "how long data are kept"),
            Elsewhere::Rights => (wording.rights >= 3, "people's rights"),
            Elsewhere::Sharing => (wording.sharing_told, "who else sees the data"),
            Elsewhere::Purposes => (wording.basis_told, "why data are used"),
        };
        if (told && !said.what.bare) || !seen.insert(said.what.what) {
            continue;
        }
        let severity = if told {
            Severity::Advice
        } else {
            Severity::Warning
        };
        let message = format!("{what} is left to `{}`", said.what.document);
        let help = "say the main thing here, and point to the other document for more";
        found.push(RULE.weighing(severity, &wording.place(said), message, help));
    }
}
