//! A person keeps proof that what was done for them is in the log, and needs nobody of ours to check it.
//!
//! C2SP tlog-proof: the entry's place, the hashes beside its way up the tree, and the signed checkpoint they lead to. The
//! entry's own bytes are kept beside it, or carried in the line `extra`, so that a person has one file to keep.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::checkpoint::{Checkpoint, CheckpointError};
use crate::note::Verifier;
use crate::proof::{ProofError, verify_inclusion};
use crate::tree::{Hash, leaf_hash};

/// The first line of the format.
const HEADER: &str = "c2sp.org/tlog-proof@v1";

/// That one entry is in the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// What is carried along: the entry's bytes, in a file ending in `.receipt`. It counts only once it was verified.
    pub extra: Option<Vec<u8>>,
    /// The entry's place, from 0.
    pub index: u64,
    /// The hashes beside its way up, the lowest first; at most 64.
    pub proof: Vec<Hash>,
    /// The signed note of the checkpoint the proof leads to.
    pub checkpoint: String,
}

/// Why a receipt proves nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReceiptError {
    /// The text is not of the format.
    #[error("not a receipt: {0}")]
    Broken(&'static str),
    /// Its checkpoint is broken, not signed as it must be, or of another log.
    #[error(transparent)]
    Checkpoint(#[from] CheckpointError),
    /// Its hashes do not lead from the entry to the checkpoint.
    #[error(transparent)]
    Proof(#[from] ProofError),
}

impl Receipt {
    /// The text that is kept: in a file ending in `.tlog-proof`, or, with the entry inside, in `.receipt`.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = format!("{HEADER}\n");
        if let Some(extra) = &self.extra {
            text.push_str(&format!("extra {}\n", STANDARD.encode(extra)));
        }
        text.push_str(&format!("index {}\n", self.index));
        for hash in &self.proof {
            text.push_str(&STANDARD.encode(hash));
            text.push('\n');
        }
        text.push('\n');
        text.push_str(&self.checkpoint);
        text
    }

    /// Reads the text back.
    ///
    /// # Errors
    /// [`ReceiptError::Broken`], which says what is wrong.
    pub fn read(text: &str) -> Result<Self, ReceiptError> {
        let broken = |what| Err(ReceiptError::Broken(what));
        let Some((head, checkpoint)) = text.split_once("\n\n") else {
            return broken("there is no empty line before the checkpoint");
        };
        let mut lines = head.split('\n').peekable();
        if lines.next() != Some(HEADER) {
            return broken("the first line must be `c2sp.org/tlog-proof@v1`");
        }
        let mut extra = None;
        if let Some(line) = lines.next_if(|line| line.starts_with("extra ")) {
            let Ok(bytes) = STANDARD.decode(line.strip_prefix("extra ").unwrap_or_default()) else {
                return broken("the extra line is not base64");
            };
            extra = Some(bytes);
        }
        let index = lines
            .next()
            .and_then(|line| line.strip_prefix("index "))
            .filter(|digits| digits.bytes().all(|b| b.is_ascii_digit()))
            .filter(|digits| *digits == "0" || !digits.starts_with('0'))
            .and_then(|digits| digits.parse().ok());
        let Some(index) = index else {
            return broken("the line `index` must have a decimal number without leading zeros");
        };
        let mut proof = Vec::new();
        for line in lines {
            let hash = STANDARD
                .decode(line)
                .ok()
                .and_then(|bytes| Hash::try_from(bytes).ok());
            match hash {
                Some(hash) if proof.len() < 64 => proof.push(hash),
                _ => return broken("a hash is not 32 bytes in base64, or there are more than 64"),
            }
        }
        Ok(Self {
            extra,
            index,
            proof,
            checkpoint: checkpoint.to_owned(),
        })
    }

    /// Checks that `entry`, byte for byte, is in the log `origin` that `key` signed.
    ///
    /// # Errors
    /// When it is not proved; the variant says what failed.
    pub fn verify(
        &self,
        entry: &[u8],
        key: &Verifier,
        origin: &str,
    ) -> Result<Checkpoint, ReceiptError> {
        let checkpoint = Checkpoint::open(&self.checkpoint, key, origin)?;
        verify_inclusion(
            &leaf_hash(entry),
            self.index,
            checkpoint.size,
            &self.proof,
            &checkpoint.root,
        )?;
        Ok(checkpoint)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Signer, Tree};
    use proptest::prelude::*;

    fn receipt(size: u64, index: u64) -> (Receipt, Signer) {
        let tree: Tree = (0..size).map(|n| leaf_hash(&n.to_be_bytes())).collect();
        let signer = Signer::new("example.org/log", &[7; 32]).unwrap();
        let checkpoint = Checkpoint::new(signer.name(), size, tree.root())
            .sign(&signer)
            .unwrap();
        let proof = tree.inclusion(index, size).unwrap();
        (
            Receipt {
                extra: None,
                index,
                proof,
                checkpoint,
            },
            signer,
        )
    }

    proptest! {
        #[test]
        fn what_is_kept_proves_its_entry_and_no_other(size in 1..200_u64, pick in any::<u64>()) {
            let index = pick % size;
            let (kept, signer) = receipt(size, index);
            let read = Receipt::read(&kept.text()).unwrap();
            prop_assert_eq!(&read, &kept);
            let key = signer.verifier();
            prop_assert!(read.verify(&index.to_be_bytes(), &key, signer.name()).is_ok());
            prop_assert!(read.verify(&(index + 1).to_be_bytes(), &key, signer.name()).is_err());
            prop_assert!(read.verify(&index.to_be_bytes(), &key, "another").is_err());
        }

        #[test]
        fn no_text_does_harm(text in "\\PC{0,200}|(c2sp.org/tlog-proof@v1\n(index|extra|[A-Za-z0-9=+/]| |\n){0,60})") {
            let _ = Receipt::read(&text);
        }
    }

    #[test]
    fn an_entry_can_be_carried_along() {
        let (mut kept, signer) = receipt(9, 4);
        kept.extra = Some(4_u64.to_be_bytes().to_vec());
        let read = Receipt::read(&kept.text()).unwrap();
        assert_eq!(read, kept);
        let carried = read.extra.clone().unwrap();
        let (key, name) = (signer.verifier(), signer.name());
        assert!(read.verify(&carried, &key, name).is_ok());
        let broken = kept.text().replace("extra ", "extra *");
        assert!(Receipt::read(&broken).is_err());
    }

    #[test]
    fn a_flipped_bit_anywhere_is_found() {
        let (kept, signer) = receipt(9, 4);
        let text = kept.text();
        for at in 0..text.len() {
            let mut bytes = text.clone().into_bytes();
            bytes[at] ^= 1;
            let Ok(text) = String::from_utf8(bytes) else {
                continue;
            };
            let proved = Receipt::read(&text).is_ok_and(|r| {
                r.verify(&4_u64.to_be_bytes(), &signer.verifier(), signer.name())
                    .is_ok()
            });
            assert!(!proved, "byte {at}");
        }
    }
}
