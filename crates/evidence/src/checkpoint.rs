//! What the log says of itself from time to time, signed: who it is, how long it is, and its root.
//!
//! C2SP tlog-checkpoint: three lines (origin, size in decimal, root in base64), perhaps more lines after
//! them, inside a signed note. Whoever keeps one can later show that the log was changed or cut.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::note::{self, NoteError, Signer, Verifier};
use crate::tree::Hash;

/// The log's word on itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// Which log: a name without scheme, such as `example.org/evidence`; one line, not empty.
    pub origin: String,
    /// The number of entries.
    pub size: u64,
    /// The root of the tree of those entries.
    pub root: Hash,
    /// Further lines, none empty; readers that do not know them leave them be.
    pub more: Vec<String>,
}

/// Why a text is not a checkpoint.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CheckpointError {
    /// The signed note around it is broken or not signed as it must be.
    #[error(transparent)]
    Note(#[from] NoteError),
    /// The text inside is not a checkpoint.
    #[error("not a checkpoint: {0}")]
    Broken(&'static str),
    /// It is another log's.
    #[error("the checkpoint is of the log `{0}`, not of the one asked about")]
    Origin(String),
}

impl Checkpoint {
    /// A checkpoint without further lines.
    #[must_use]
    pub fn new(origin: &str, size: u64, root: Hash) -> Self {
        Self {
            origin: origin.to_owned(),
            size,
            root,
            more: Vec::new(),
        }
    }

    /// The text that is signed.
    ///
    /// # Errors
    /// When the origin or a further line is empty or has a line break.
    pub fn text(&self) -> Result<String, CheckpointError> {
        let lines = std::iter::once(&self.origin).chain(&self.more);
        for line in lines {
            if line.is_empty() || line.contains('\n') {
                return Err(CheckpointError::Broken(
                    "a line is empty or has a line break",
                ));
            }
        }
        let mut text = format!(
            "{}\n{}\n{}\n",
            self.origin,
            self.size,
            STANDARD.encode(self.root)
        );
        for line in &self.more {
            text.push_str(line);
            text.push('\n');
        }
        Ok(text)
    }

    /// Reads the text back.
    ///
    /// # Errors
    /// When it is not a checkpoint; the message says which line is wrong.
    pub fn read(text: &str) -> Result<Self, CheckpointError> {
        let broken = |what| Err(CheckpointError::Broken(what));
        let Some(text) = text.strip_suffix('\n') else {
            return broken("it does not end with a newline");
        };
        let mut lines = text.split('\n');
        let Some(origin) = lines.next().filter(|line| !line.is_empty()) else {
            return broken("the first line must name the log");
        };
        let size = lines.next().and_then(decimal);
        let Some(size) = size else {
            return broken("the second line must be a decimal number without leading zeros");
        };
        let root = lines.next().and_then(|line| STANDARD.decode(line).ok());
        let Some(root) = root.and_then(|bytes| Hash::try_from(bytes).ok()) else {
            return broken("the third line must be 32 bytes in base64");
        };
        let more: Vec<String> = lines.map(str::to_owned).collect();
        if more.iter().any(String::is_empty) {
            return broken("there is an empty line");
        }
        Ok(Self {
            origin: origin.to_owned(),
            size,
            root,
            more,
        })
    }

    /// The checkpoint as a signed note: what is stored and published.
    ///
    /// # Errors
    /// When a line is empty, has a line break or a control character.
    pub fn sign(&self, signer: &Signer) -> Result<String, CheckpointError> {
        Ok(note::sign(&self.text()?, signer)?)
    }

    /// Checks the signed note and reads the checkpoint of the log `origin` out of it.
    ///
    /// # Errors
    /// When the note is broken, not signed by `key`, not a checkpoint, or of another log.
    pub fn open(note: &str, key: &Verifier, origin: &str) -> Result<Self, CheckpointError> {
        let checkpoint = Self::read(note::open(note, key)?)?;
        if checkpoint.origin != origin {
            return Err(CheckpointError::Origin(checkpoint.origin));
        }
        Ok(checkpoint)
    }
}

/// A decimal number as the format wants it: digits alone, no leading zero.
fn decimal(text: &str) -> Option<u64> {
    let plain = text.bytes().all(|byte| byte.is_ascii_digit());
    let leading = text.len() > 1 && text.starts_with('0');
    if plain && !leading {
        text.parse().ok()
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_signed_opens(
            origin in "[^\\p{C}\n]{1,20}", size in any::<u64>(), root in any::<[u8; 32]>(),
            more in prop::collection::vec("[^\\p{C}\n]{1,20}", 0..3),
        ) {
            let signer = Signer::new("k", &[4; 32]).unwrap();
            let checkpoint = Checkpoint { origin: origin.clone(), size, root, more };
            let note = checkpoint.sign(&signer).unwrap();
            prop_assert_eq!(Checkpoint::open(&note, &signer.verifier(), &origin), Ok(checkpoint));
            let another = Checkpoint::open(&note, &signer.verifier(), "\t");
            prop_assert_eq!(another, Err(CheckpointError::Origin(origin)));
        }

        #[test]
        fn what_reads_writes_the_same(text in "(\\PC|\n|[0-9]){0,80}") {
            if let Ok(checkpoint) = Checkpoint::read(&text) {
                prop_assert_eq!(checkpoint.text().unwrap(), text);
            }
        }
    }

    #[test]
    fn lines_that_would_mean_something_else_cannot_be_signed() {
        for origin in ["", "a\nb"] {
            assert!(Checkpoint::new(origin, 1, [0; 32]).text().is_err());
        }
        let more = vec![String::new()];
        assert!(
            Checkpoint {
                more,
                ..Checkpoint::new("o", 1, [0; 32])
            }
            .text()
            .is_err()
        );
    }
}
