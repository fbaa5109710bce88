//! What a sentence about keeping speaks of.

use std::collections::BTreeSet;

use super::words::{self, Word, find, says, says_any};

/// What a sentence about keeping speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// Personal data as a whole.
    Personal,
    /// Sound or pictures of a person.
    Recording,
    /// What was said, written down.
    Transcript,
    /// Names, addresses, telephone numbers.
    Contact,
    /// Signed forms.
    ConsentForm,
    /// Answers to a survey.
    Answers,
    /// Bank details, vouchers.
    Payment,
    /// A standing list of people, or people who may be written to later.
    List,
    /// Nothing that points at a person any more.
    Anonymous,
    /// Something of its own kind, such as receipts.
    Other,
}

/// What is spoken of: before the length, or else behind it.
pub(crate) fn heard(head: &[Word], tail: &[Word]) -> BTreeSet<Subject> {
    let mut found = subjects_in(head);
    if found.is_empty() {
        // `receipts stay for seven years` speaks of receipts; `retention period: two years` of everything.
        let named = head
            .iter()
            .any(|w| w.text.len() > 3 && !says(std::slice::from_ref(w), PLAIN));
        found = if named {
            BTreeSet::from([Subject::Other])
        } else {
            subjects_in(tail)
        };
    }
    if found.is_empty() {
        found.insert(Subject::Personal);
    }
    found
}

/// What a few words name: a row of a retention schedule.
pub(crate) fn named(what: &str) -> BTreeSet<Subject> {
    let said: Vec<Word> = words::sentences(
        what,
        crate::model::Span {
            start: 0,
            end: what.len(),
        },
    )
    .into_iter()
    .flatten()
    .collect();
    let mut found = subjects_in(&said);
    // One row of many speaks of its own things only.
    found.remove(&Subject::Personal);
    if found.is_empty() {
        found.insert(Subject::Other);
    }
    found
}

/// Words of a sentence about keeping that name nothing kept.
const PLAIN: &str = "we'll|will|shall|must|normally|usually|then|this|that|they|these|those|after|before|until|within|following|from|with|have|been|being|into|only|also|they're|\
    study|project|research|evaluation|trial|programme|ends|ended|keep*|kept|retain*|retention|period|time|length|long|store*|storing|hold|holds|held|remain*|stay*|\
    delet*|destroy*|destr*|eras*|remov*|securely|safely|permanently|year*|month*|week*|day*|maximum|minimum|least|most|more|than|about|around|further|total|every|once|when|would|could|should|may|might|some|cases|which|where|unless|longer|necessary|needed|required|default|standard|policy|your|ours|their|one|two|three|four|five|seven|eight|nine|twelve|twenty|thirty|eighteen|indefinite*|both|same|calendar|working";

fn subjects_in(w: &[Word]) -> BTreeSet<Subject> {
    let table: [(Subject, &[&str]); 8] = [
        (
            Subject::Recording,
            &[
                "recording*",
                "film|films",
                "sound|voice file|files",
                "audio*",
                "video*",
                "footage",
                "tape*",
                "recorded ~1 interview*",
            ],
        ),
        (Subject::Transcript, &["transcript*"]),
        (
            Subject::Contact,
            &[
                "contact detail*|information|data",
                "email*",
                "e mail*",
                "phone",
                "telephone",
                "contact ~1 preferences",
            ],
        ),
        (
            Subject::ConsentForm,
            &["consent form*|record*", "signed form*"],
        ),
        (
            Subject::Answers,
            &[
                "survey|questionnaire ~2 answers|response*|data|results",
                "your answers|responses",
                "research|study|trial|coded|pseudonymised ~1 data|information|records",
            ],
        ),
        (
            Subject::Payment,
            &["payment*", "voucher*", "bank", "expenses", "financial"],
        ),
        (
            Subject::List,
            &[
                "database",
                "mailing|contact|stakeholder|distribution ~1 list*",
                "panel",
                "future ~3 stakeholder*|contact|participant*|project*|stud*",
                "another project|study",
            ],
        ),
        (
            Subject::Personal,
            &[
                "personal ~2 data|information|details",
                "your data|information|details",
                "information|details|records",
                "identifiable",
                "identifying",
                "the rest",
                "everything",
                "all data",
                "data",
                "it|them",
            ],
        ),
    ];
    let anonymous = find(
        w,
        "anonymised|anonymous|de|aggregate* ~1 data|information|transcript*|dataset*|results|version*|identified|research|answers|responses",
    );
    let mut found = BTreeSet::new();
    for (subject, patterns) in table {
        let heard = patterns.iter().any(|p| {
            words::find_all(w, p).iter().any(|at| {
                anonymous
                    .as_ref()
                    .is_none_or(|a| at.end <= a.start || at.start >= a.end)
            })
        });
        if heard
            && !(subject == Subject::Personal
                && (!found.is_empty() && !says_any(w, &["personal", "your data|information"])
                    || anonymous.is_some()))
        {
            found.insert(subject);
        }
    }
    if anonymous.is_some() && found.is_empty() {
        found.insert(Subject::Anonymous);
    }
    found
}
