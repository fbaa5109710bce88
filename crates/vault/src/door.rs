//! Staff come in by a password nobody can read back, and stay in by a token that only their browser has.

use crate::{Error, seal};
use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use zeroize::Zeroizing;

/// The shortest password that is taken (NIST SP 800-63B asks for 8 at least; we ask for more and for nothing else).
pub const SHORTEST: usize = 12;

/// The Argon2id hash (RFC 9106; 19 MiB, two passes) of a password, with a fresh salt, as a PHC string.
///
/// # Errors
/// [`Error::ShortPassword`], [`Error::NoChance`].
pub fn hash(password: &str) -> Result<String, Error> {
    if password.chars().count() < SHORTEST {
        return Err(Error::ShortPassword(SHORTEST));
    }
    let mut salt = [0; 16];
    seal::random(&mut salt)?;
    let hash: PasswordHash = Argon2::default()
        .hash_password_with_salt(password.as_bytes(), &salt)
        .map_err(|_| Error::Password)?;
    Ok(hash.to_string())
}

/// Whether a password is the one that was hashed. It takes as long for a wrong one as for the right one.
///
/// # Errors
/// [`Error::Password`] when the stored hash cannot be read.
pub fn verify(password: &str, hash: &str) -> Result<bool, Error> {
    let hash = PasswordHash::new(hash).map_err(|_| Error::Password)?;
    Ok(Argon2::default()
        .verify_password(password.as_bytes(), &hash)
        .is_ok())
}

/// Spends the time of a verification, for a name that nobody has: whether it exists must not show.
pub fn verify_nobody(password: &str) {
    const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$YWJpZGUtYWJpZGUtYWJpZGU$QIljK7rGDkSB0rzXEoiwtMqR1kQzHrIzYWI9NcwI8lQ";
    let _ = verify(password, NOBODY);
}

/// A random token of 256 bits: for a session, a link, a form. Printing it shows nothing.
pub struct Token(Zeroizing<String>);

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("[token]")
    }
}

impl Token {
    /// A fresh one.
    ///
    /// # Errors
    /// [`Error::NoChance`].
    pub fn fresh() -> Result<Self, Error> {
        let mut bytes = Zeroizing::new([0; 32]);
        seal::random(bytes.as_mut_slice())?;
        Ok(Self(Zeroizing::new(store::hex(bytes.as_slice()))))
    }

    /// What goes to the browser or into the link: 64 hexadecimal digits.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.0
    }

    /// What is stored.
    #[must_use]
    pub fn hash(&self) -> String {
        token_hash(&self.0)
    }
}

/// What is stored for a token that came back: SHA-256 in hexadecimal. A token is random, so no salt is needed.
#[must_use]
pub fn token_hash(text: &str) -> String {
    store::hex(&store::sha256(text.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_known_again_and_another_is_not() {
        let stored = hash("correct horse battery").unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(!stored.contains("horse"));
        assert!(verify("correct horse battery", &stored).unwrap());
        assert!(!verify("correct horse batterz", &stored).unwrap());
        assert_ne!(stored, hash("correct horse battery").unwrap());
        assert!(matches!(hash("short"), Err(Error::ShortPassword(12))));
        assert!(matches!(verify("x", "plain"), Err(Error::Password)));
        assert!(PasswordHash::new("$argon2id$v=19$m=19456,t=2,p=1$YWJpZGUtYWJpZGUtYWJpZGU$QIljK7rGDkSB0rzXEoiwtMqR1kQzHrIzYWI9NcwI8lQ").is_ok());
    }

    #[test]
    fn a_token_is_stored_as_its_hash_alone() {
        let token = Token::fresh().unwrap();
        assert_eq!(token.text().len(), 64);
        assert_eq!(token.hash(), token_hash(token.text()));
        assert_ne!(token.hash(), token.text());
        assert_ne!(Token::fresh().unwrap().text(), token.text());
        assert_eq!(format!("{token:?}"), "[token]");
    }
}
