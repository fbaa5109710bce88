//! A text anybody can read, with a signature anybody can check.
//!
//! C2SP signed-note with Ed25519: the text, an empty line, then lines `— name base64(key id, signature)`.
//! A signature under a key we do not know says nothing; a wrong one under a key we know spoils the note.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use sha2::{Digest, Sha256};

/// The longest note that is read, in bytes.
pub const LONGEST: usize = 1_000_000;

/// The most signature lines that are read.
pub const MOST_SIGNATURES: usize = 100;

/// The byte that stands for Ed25519 in key ids and key strings.
const ED25519: u8 = 1;

/// Why a note or a key is not one.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoteError {
    /// A key name is empty or has a space or a plus.
    #[error("`{0}` cannot name a key: a name has no spaces and no `+`, and is not empty")]
    Name(String),
    /// A verifier key string is broken.
    #[error("not a verifier key: {0}; it looks like `name+1a2b3c4d+base64`")]
    Key(&'static str),
    /// A text cannot be signed.
    #[error("the text cannot be signed: {0}")]
    Text(&'static str),
    /// The note is broken.
    #[error("not a signed note: {0}")]
    Broken(&'static str),
    /// Nobody we know signed it.
    #[error("the note has no signature by `{0}`")]
    Unsigned(String),
    /// The signature by a known key is wrong.
    #[error(
        "the signature by `{0}` is wrong: the text was changed, or it was signed with another key"
    )]
    Forged(String),
}

/// Who signs: a key name and an Ed25519 key, wiped from memory when dropped.
pub struct Signer {
    name: String,
    key: SigningKey,
}

impl fmt::Debug for Signer {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Signer")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

impl Signer {
    /// The signer with this name and the 32 random bytes from which its key is made (RFC 8032 section 5.1.5).
    ///
    /// # Errors
    /// When the name is empty or has a space or a plus.
    pub fn new(name: &str, seed: &[u8; 32]) -> Result<Self, NoteError> {
        good_name(name)?;
        Ok(Self {
            name: name.to_owned(),
            key: SigningKey::from_bytes(seed),
        })
    }

    /// The key's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What to give to those who verify.
    #[must_use]
    pub fn verifier(&self) -> Verifier {
        Verifier {
            name: self.name.clone(),
            key: self.key.verifying_key(),
        }
    }
}

/// Who verifies: a key name and an Ed25519 public key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verifier {
    name: String,
    key: VerifyingKey,
}

impl Verifier {
    /// Reads a key string `name+id+base64`, where the id is eight hexadecimal digits.
    ///
    /// # Errors
    /// When it is not one, the id does not belong to the key, or the key is too weak to prove anything.
    pub fn read(text: &str) -> Result<Self, NoteError> {
        let mut parts = text.splitn(3, '+');
        let (Some(name), Some(id), Some(key)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(NoteError::Key("it does not have three parts"));
        };
        good_name(name)?;
        let bytes = STANDARD
            .decode(key)
            .map_err(|_| NoteError::Key("its end is not base64"))?;
        let Some((&ED25519, bytes)) = bytes.split_first() else {
            return Err(NoteError::Key("only Ed25519 keys (kind 1) are known here"));
        };
        let bytes = <&[u8; 32]>::try_from(bytes)
            .map_err(|_| NoteError::Key("an Ed25519 key has 32 bytes"))?;
        let key = VerifyingKey::from_bytes(bytes)
            .map_err(|_| NoteError::Key("the bytes are not a point of the curve"))?;
        if key.is_weak() {
            return Err(NoteError::Key("the key is weak"));
        }
        let verifier = Self {
            name: name.to_owned(),
            key,
        };
        if id != id_hex(verifier.id()) {
            return Err(NoteError::Key(
                "the id in its middle does not belong to the key",
            ));
        }
        Ok(verifier)
    }

    /// The key's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The key id: the first four bytes of SHA-256 over name, newline, kind and key.
    #[must_use]
    pub fn id(&self) -> [u8; 4] {
        let mut hasher = Sha256::new();
        hasher.update(self.name.as_bytes());
        hasher.update([b'\n', ED25519]);
        hasher.update(self.key.as_bytes());
        let hash: [u8; 32] = hasher.finalize().into();
        let [a, b, c, d, ..] = hash;
        [a, b, c, d]
    }
}

impl fmt::Display for Verifier {
    /// The key string, as [`Verifier::read`] takes it.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut bytes = vec![ED25519];
        bytes.extend_from_slice(self.key.as_bytes());
        write!(
            out,
            "{}+{}+{}",
            self.name,
            id_hex(self.id()),
            STANDARD.encode(bytes)
        )
    }
}

/// Signs a text and gives the whole note.
///
/// # Errors
/// When the text does not end with a newline, or has a control character.
pub fn sign(text: &str, signer: &Signer) -> Result<String, NoteError> {
    if !text.ends_with('\n') {
        return Err(NoteError::Text("it must end with a newline"));
    }
    if control(text) {
        return Err(NoteError::Text("it has a control character"));
    }
    let mut bytes = signer.verifier().id().to_vec();
    bytes.extend_from_slice(&signer.key.sign(text.as_bytes()).to_bytes());
    Ok(format!(
        "{text}\n— {} {}\n",
        signer.name,
        STANDARD.encode(bytes)
    ))
}

/// Checks a note and gives the text that `by` signed.
///
/// ```
/// use evidence::note::{Signer, open, sign};
/// let signer = Signer::new("example.org/log", &[7; 32]).unwrap();
/// let note = sign("the words\n", &signer).unwrap();
/// assert_eq!(open(&note, &signer.verifier()), Ok("the words\n"));
/// ```
///
/// # Errors
/// When the note is broken, `by` did not sign it, or the signature is wrong.
pub fn open<'a>(note: &'a str, by: &Verifier) -> Result<&'a str, NoteError> {
    let (text, signatures) = take_apart(note)?;
    let ours = signatures
        .iter()
        .filter(|line| line.name == by.name && line.id == by.id());
    let mut signed = false;
    for line in ours {
        let forged = || NoteError::Forged(by.name.clone());
        let signature = Signature::from_slice(&line.signature).map_err(|_| forged())?;
        by.key
            .verify_strict(text.as_bytes(), &signature)
            .map_err(|_| forged())?;
        signed = true;
    }
    if signed {
        Ok(text)
    } else {
        Err(NoteError::Unsigned(by.name.clone()))
    }
}

/// One signature line.
struct Line<'a> {
    name: &'a str,
    id: [u8; 4],
    signature: Vec<u8>,
}

fn take_apart(note: &str) -> Result<(&str, Vec<Line<'_>>), NoteError> {
    if note.len() > LONGEST {
        return Err(NoteError::Broken("it has more than a million bytes"));
    }
    if control(note) {
        return Err(NoteError::Broken("it has a control character"));
    }
    let Some(gap) = note.rfind("\n\n") else {
        return Err(NoteError::Broken(
            "there is no empty line before the signatures",
        ));
    };
    let (Some(text), Some(lines)) = (note.get(..=gap), note.get(gap + 2..)) else {
        return Err(NoteError::Broken(
            "there is no empty line before the signatures",
        ));
    };
    let Some(lines) = lines.strip_suffix('\n') else {
        return Err(NoteError::Broken("it does not end with a signature line"));
    };
    let mut signatures = Vec::new();
    for line in lines.split('\n') {
        if signatures.len() == MOST_SIGNATURES {
            return Err(NoteError::Broken("it has more than 100 signatures"));
        }
        signatures.push(signature_line(line)?);
    }
    Ok((text, signatures))
}

fn signature_line(line: &str) -> Result<Line<'_>, NoteError> {
    let parts = line
        .strip_prefix("— ")
        .and_then(|rest| rest.split_once(' '));
    let Some((name, encoded)) = parts else {
        return Err(NoteError::Broken("a signature line is not `— name base64`"));
    };
    good_name(name).map_err(|_| NoteError::Broken("a signature line has no good key name"))?;
    let bytes = STANDARD
        .decode(encoded)
        .map_err(|_| NoteError::Broken("a signature is not standard base64 with padding"))?;
    match bytes.split_first_chunk::<4>() {
        Some((id, signature)) if !signature.is_empty() => Ok(Line {
            name,
            id: *id,
            signature: signature.to_vec(),
        }),
        _ => Err(NoteError::Broken("a signature is too short")),
    }
}

fn good_name(name: &str) -> Result<(), NoteError> {
    let bad = |c: char| c.is_whitespace() || c.is_control() || c == '+';
    if name.is_empty() || name.contains(bad) {
        return Err(NoteError::Name(
            name.chars().filter(|c| !c.is_control()).collect(),
        ));
    }
    Ok(())
}

/// Any ASCII control character but the newline, which the format forbids.
fn control(text: &str) -> bool {
    text.bytes().any(|byte| byte < 0x20 && byte != b'\n')
}

fn id_hex(id: [u8; 4]) -> String {
    format!("{:08x}", u32::from_be_bytes(id))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_known_note_of_the_format_verifies() {
        let key = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
        let text = "If you think cryptography is the answer to your problem,\n\
                    then you don't know what your problem is.\n";
        let note = format!(
            "{text}\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
        );
        let verifier = Verifier::read(key).unwrap();
        assert_eq!(verifier.to_string(), key);
        assert_eq!(open(&note, &verifier), Ok(text));
        let changed = note.replace("answer", "answers");
        assert_eq!(
            open(&changed, &verifier),
            Err(NoteError::Forged("PeterNeumann".into()))
        );
    }

    #[test]
    fn another_signature_beside_ours_says_nothing() {
        let (ours, theirs) = (
            Signer::new("ours", &[1; 32]).unwrap(),
            Signer::new("theirs", &[2; 32]).unwrap(),
        );
        let note = sign("text\n", &ours).unwrap();
        let other = sign("text\n", &theirs).unwrap();
        let both = format!("{note}{}", other.strip_prefix("text\n\n").unwrap());
        assert_eq!(open(&both, &ours.verifier()), Ok("text\n"));
        assert_eq!(open(&both, &theirs.verifier()), Ok("text\n"));
        assert_eq!(
            open(&note, &theirs.verifier()),
            Err(NoteError::Unsigned("theirs".into()))
        );
        // The same name with another key has another id, and is therefore another signer.
        let same_name = Signer::new("ours", &[3; 32]).unwrap().verifier();
        assert_eq!(
            open(&note, &same_name),
            Err(NoteError::Unsigned("ours".into()))
        );
    }

    #[test]
    fn a_text_with_empty_lines_is_cut_at_the_last() {
        let signer = Signer::new("n", &[1; 32]).unwrap();
        let text = "one\n\n— n AAAAAAAA\n\ntwo\n";
        let note = sign(text, &signer).unwrap();
        assert_eq!(open(&note, &signer.verifier()), Ok(text));
    }

    #[test]
    fn broken_keys_and_names_are_refused() {
        let good = Signer::new("n", &[1; 32]).unwrap().verifier().to_string();
        assert!(Verifier::read(&good).is_ok());
        let weak = Verifier::read("n+00000000+AQEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
        assert_eq!(weak, Err(NoteError::Key("the key is weak")));
        for bad in [
            "",
            "n",
            "n+12345678",
            "n+12345678+!!",
            "+12345678+AQ==",
            "a b+1+AQ==",
        ] {
            assert!(Verifier::read(bad).is_err(), "{bad}");
        }
        let other_id = good.replacen('+', "+0", 1);
        assert!(Verifier::read(&other_id).is_err());
        for bad in ["", "a b", "a+b", "a\u{a0}b", "a\nb"] {
            assert!(Signer::new(bad, &[1; 32]).is_err(), "{bad:?}");
        }
        let signer = Signer::new("n", &[1; 32]).unwrap();
        assert!(sign("no newline", &signer).is_err());
        assert!(sign("a\tb\n", &signer).is_err());
        assert_eq!(format!("{signer:?}"), "Signer { name: \"n\", .. }");
    }

    proptest! {
        #[test]
        fn no_note_makes_the_reader_panic(note in "(\\PC|\n|— n [A-Za-z0-9+/=]{1,99}\n){0,60}") {
            let verifier = Signer::new("n", &[1; 32]).unwrap().verifier();
            prop_assert!(open(&note, &verifier).is_err());
        }
    }
}
