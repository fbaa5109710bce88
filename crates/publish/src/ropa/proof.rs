//! Column 29: whether data are kept and erased as the notice says, from evidence and never from a belief.

use notice::model::ClauseId;

/// How a promise stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It is kept.
    Kept,
    /// Its day has not come.
    Due,
    /// Its day has passed.
    Broken,
    /// The record cannot say.
    Unknown,
}

/// A clause of a notice with what the evidence says of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upheld {
    /// The clause.
    pub clause: ClauseId,
    /// How it stands.
    pub state: State,
    /// What was looked at and found, in a sentence.
    pub why: String,
    /// How many acts on record were done under it.
    pub acts: u64,
}

/// Columns 29 and 30 for some clauses; both empty where no evidence is at hand.
///
/// One broken clause makes a no, and its reason is given. A clause that the record says nothing of is not taken for a
/// kept one. Where nothing has had to go yet, that is said: nothing has been shown.
pub(super) fn verdict(clauses: &[ClauseId], evidence: Option<&[Upheld]>) -> (String, String) {
    let Some(evidence) = evidence else {
        return (String::new(), String::new());
    };
    let told: Vec<&Upheld> = evidence
        .iter()
        .filter(|e| clauses.contains(&e.clause))
        .collect();
    let reasons = |state: State| {
        let lines: Vec<String> = told
            .iter()
            .filter(|e| e.state == state)
            .map(|e| format!("{}: {}", e.clause, e.why))
            .collect();
        lines.join("\n")
    };
    let any = |state: State| told.iter().any(|e| e.state == state);
    if any(State::Broken) {
        return ("No".to_owned(), reasons(State::Broken));
    }
    if any(State::Unknown) {
        return ("Cannot tell".to_owned(), reasons(State::Unknown));
    }
    let shown = told.iter().any(|e| e.state == State::Kept && e.acts > 0);
    let word = if shown { "Yes" } else { "Nothing due yet" };
    (word.to_owned(), String::new())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(all: &[(&str, State, u64)]) -> (String, String) {
        let evidence: Vec<Upheld> = all
            .iter()
            .map(|(clause, state, acts)| Upheld {
                clause: ClauseId((*clause).to_owned()),
                state: *state,
                why: "two of 40 are past their day".to_owned(),
                acts: *acts,
            })
            .collect();
        let wanted = [ClauseId("#1/a".to_owned()), ClauseId("#1/b".to_owned())];
        verdict(&wanted, Some(&evidence))
    }

    #[test]
    fn evidence_decides() {
        let none = String::new;
        assert_eq!(verdict(&[], None), (none(), none()));
        assert_eq!(
            of(&[("#1/a", State::Kept, 3), ("#1/b", State::Due, 0)]),
            ("Yes".to_owned(), none())
        );
        assert_eq!(
            of(&[("#1/a", State::Kept, 0), ("#1/b", State::Due, 0)]),
            ("Nothing due yet".to_owned(), none())
        );
        assert_eq!(
            of(&[("#1/a", State::Kept, 3), ("#1/b", State::Unknown, 0)]).0,
            "Cannot tell"
        );
        assert_eq!(
            of(&[("#1/a", State::Kept, 3), ("#1/b", State::Broken, 1)]),
            (
                "No".to_owned(),
                "#1/b: two of 40 are past their day".to_owned()
            )
        );
        // Another row's clause is none of its business.
        assert_eq!(of(&[("#1/c", State::Broken, 1)]).0, "Nothing due yet");
    }
}
