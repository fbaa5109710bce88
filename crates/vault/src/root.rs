//! Without the root key nothing can be read, and nobody reads the root key from here.
//!
//! It comes in at the door: from a file, from the environment, or from a key service. What is kept in the key file is
//! wrapped by it; it is never stored itself. While it is being changed there are two, and both open.

use crate::{
    Error,
    seal::{self, KEY},
};
use aws_lc_rs::hkdf;
use zeroize::{Zeroize, Zeroizing};

/// The organisation's root key. Every other key is wrapped by it; it is never stored here.
pub struct RootKey(Zeroizing<[u8; KEY]>);

impl std::fmt::Debug for RootKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("[root key]")
    }
}

impl RootKey {
    /// From the 32 bytes that the door read from a file, the environment or a key service.
    #[must_use]
    pub fn from_bytes(mut bytes: [u8; KEY]) -> Self {
        let key = Self(Zeroizing::new(bytes));
        bytes.zeroize();
        key
    }

    /// From what a door read: 64 hexadecimal digits with any white space around them, or the 32 bytes themselves.
    ///
    /// # Errors
    /// [`Error::RootShape`].
    pub fn read(said: &[u8]) -> Result<Self, Error> {
        let mut key = Self(Zeroizing::new([0; KEY]));
        if said.len() == KEY {
            key.0.copy_from_slice(said);
            return Ok(key);
        }
        let digits = said.trim_ascii();
        if digits.len() != 2 * KEY {
            return Err(Error::RootShape);
        }
        let digit = |byte: u8| char::from(byte).to_digit(16);
        for (byte, pair) in key.0.iter_mut().zip(digits.chunks_exact(2)) {
            let [high, low] = pair else {
                return Err(Error::RootShape);
            };
            let (Some(high), Some(low)) = (digit(*high), digit(*low)) else {
                return Err(Error::RootShape);
            };
            *byte = u8::try_from(high * 16 + low).map_err(|_| Error::RootShape)?;
        }
        Ok(key)
    }

    /// A fresh one, for a door that keeps it in its own place.
    ///
    /// # Errors
    /// [`Error::NoChance`].
    pub fn fresh() -> Result<Self, Error> {
        let mut bytes = Zeroizing::new([0; KEY]);
        seal::random(bytes.as_mut_slice())?;
        Ok(Self(bytes))
    }

    /// The bytes, for the door to keep.
    #[must_use]
    pub fn bytes(&self) -> &[u8; KEY] {
        &self.0
    }

    /// 64 hexadecimal digits, for the door to keep.
    #[must_use]
    pub fn text(&self) -> Zeroizing<String> {
        Zeroizing::new(store::hex(self.0.as_slice()))
    }

    /// What it is called: 16 hexadecimal digits that tell it from others and tell nothing of it.
    ///
    /// # Errors
    /// [`Error::NoChance`], when the cipher library refuses.
    pub fn name(&self) -> Result<String, Error> {
        let derived = self.derive("name")?;
        Ok(store::hex(derived.get(..8).unwrap_or_default()))
    }

    /// A key for one use alone, by HKDF-SHA-256 (RFC 5869); knowing it tells nothing of the root or of the others.
    pub(crate) fn derive(&self, what: &str) -> Result<Zeroizing<[u8; KEY]>, Error> {
        let mut out = Zeroizing::new([0; KEY]);
        hkdf::Salt::new(hkdf::HKDF_SHA256, b"abide 1")
            .extract(self.0.as_slice())
            .expand(&[what.as_bytes()], hkdf::HKDF_SHA256)
            .and_then(|okm| okm.fill(out.as_mut_slice()))
            .map_err(|_| Error::NoChance)?;
        Ok(out)
    }
}

/// The root key in force, and while it is being changed the one that follows.
#[derive(Debug)]
pub struct Roots {
    /// The one in force.
    pub now: RootKey,
    /// The one that follows.
    pub next: Option<RootKey>,
}

/// A key service: it keeps a key of its own that never leaves it, and wraps our root key with that.
/// What it gave back is all that lies on our disk.
pub trait KeyService: Send + Sync {
    /// Wraps a root key; what comes back may lie anywhere.
    ///
    /// # Errors
    /// [`Error::KeyService`] with what the service's tool did.
    fn wrap(&self, key: &RootKey) -> Result<Vec<u8>, Error>;

    /// Opens what [`KeyService::wrap`] gave.
    ///
    /// # Errors
    /// [`Error::KeyService`] with what the service's tool did, [`Error::RootShape`] when it answered something else.
    fn unwrap(&self, wrapped: &[u8]) -> Result<RootKey, Error>;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn derived_keys_differ_from_the_root_and_from_each_other() {
        let root = RootKey::from_bytes([3; KEY]);
        let (a, b) = (root.derive("a").unwrap(), root.derive("b").unwrap());
        assert_ne!(a, b);
        assert_ne!(a.as_slice(), root.bytes());
        assert_eq!(a, root.derive("a").unwrap());
        assert_eq!(root.name().unwrap().len(), 16);
    }

    #[test]
    fn it_is_read_back_from_digits_or_bytes_and_from_nothing_else() {
        let root = RootKey::fresh().unwrap();
        let text = format!(" {}\n", root.text().to_uppercase());
        assert_eq!(
            RootKey::read(text.as_bytes()).unwrap().bytes(),
            root.bytes()
        );
        assert_eq!(RootKey::read(root.bytes()).unwrap().bytes(), root.bytes());
        for wrong in [
            &b""[..],
            b"abc",
            &[b'g'; 64],
            &[b'+'; 64],
            &[b'0'; 63],
            &[0xff; 64],
        ] {
            let error = RootKey::read(wrong).unwrap_err();
            assert!(matches!(error, Error::RootShape));
        }
    }

    #[test]
    fn printing_shows_nothing() {
        let roots = Roots {
            now: RootKey::from_bytes([3; KEY]),
            next: Some(RootKey::from_bytes([4; KEY])),
        };
        assert_eq!(
            format!("{roots:?}"),
            "Roots { now: [root key], next: Some([root key]) }"
        );
    }
}
