//! Anybody can encrypt to a recovery key: a backup is believed because the house signed it, with the key that signs its log.

use crate::{Error, ORIGIN};
use evidence::{Signer, Verifier, note};

/// The file at the end of each stream: a note, signed, on all that stands before it.
pub(crate) const SIGNED: &str = "signed";

/// What a house says of a stream.
fn text(of: &str, id: &str, sum: &str) -> String {
    format!("{ORIGIN} backup\n{of} {id}\n{sum}\n")
}

/// Signs a stream of this kind by the sum of its files.
pub(crate) fn sign(of: &str, id: &str, sum: &str, signer: &Signer) -> Result<String, Error> {
    note::sign(&text(of, id, sum), signer)
        .map_err(|error| store::Error::Log(error.to_string()).into())
}

/// What was signed of a backup's two streams.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Vouch {
    /// Each note, and what it has to say.
    said: Vec<(String, String)>,
}

impl Vouch {
    pub(crate) fn add(&mut self, note: Option<String>, of: &str, id: &str, sum: &str) {
        self.said
            .push((note.unwrap_or_default(), text(of, id, sum)));
    }

    /// Whether both were signed with this key as they are.
    #[must_use]
    pub fn by(&self, key: &Verifier) -> bool {
        let signed = |(note, text): &(String, String)| {
            note::open(note, key).is_ok_and(|found| found == text.as_str())
        };
        self.said.len() == 2 && self.said.iter().all(signed)
    }
}
