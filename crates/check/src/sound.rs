//! Only a sound notice can be compiled, so nobody can be asked to keep a promise that breaks the law.

use std::ops::Deref;

use notice::Notice;

use crate::finding::{Finding, Severity};
use crate::source::Source;

/// A literate notice in which no error was found. There is no other way to one than [`crate::check`].
#[derive(Clone, Debug)]
pub struct Sound {
    notice: Notice,
}

impl Sound {
    /// INVARIANT: called by `check` alone, with everything it found.
    pub(crate) fn of(source: &Source, findings: &[Finding]) -> Option<Sound> {
        let Source::Literate { parsed, .. } = source else {
            return None;
        };
        if findings.iter().any(|f| f.severity == Severity::Error) {
            return None;
        }
        parsed.notice.clone().map(|notice| Sound { notice })
    }

    /// The notice.
    #[must_use]
    pub fn notice(&self) -> &Notice {
        &self.notice
    }
}

impl Deref for Sound {
    type Target = Notice;

    fn deref(&self) -> &Notice {
        &self.notice
    }
}
