//! Nobody reads a personal value without its key, and a value moved to another row does not open.
//!
//! AES-256-GCM with a random 96-bit nonce each time (NIST SP 800-38D), the row's identity as associated data;
//! marks by HMAC-SHA-256. All from aws-lc, which wipes its own key schedules; nothing home-made.
//! This is the only file that draws random bytes from the system.

use crate::Error;
use aws_lc_rs::{
    aead::{AES_256_GCM, Aad, Nonce, RandomizedNonceKey},
    hmac, rand,
};
use zeroize::Zeroizing;

/// Bytes of a key.
pub const KEY: usize = 32;
/// Bytes that sealing adds: the nonce before, the tag behind.
pub const OVERHEAD: usize = NONCE + 16;
const NONCE: usize = 12;
/// What a key signs to become the one that follows.
const FOLLOWING: &[u8] = b"abide: the key after an erasure";

/// The system's own source of chance.
#[derive(Clone, Copy, Debug, Default)]
pub struct System;

impl store::Entropy for System {
    fn fill(&self, bytes: &mut [u8]) {
        if random(bytes).is_err() {
            // Without chance no id is unique and no key is a key: nothing may go on.
            #[expect(
                clippy::panic,
                reason = "an id that is not random must never be handed out"
            )]
            {
                panic!("the system gives no random bytes");
            }
        }
    }
}

/// Fills `bytes` from the system.
pub(crate) fn random(bytes: &mut [u8]) -> Result<(), Error> {
    #[expect(
        clippy::disallowed_methods,
        reason = "the one place where chance comes from the system"
    )]
    rand::fill(bytes).map_err(|_| Error::NoChance)
}

/// Somebody's data in the clear, wiped from memory when dropped. Printing it shows nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct Plain(Zeroizing<Vec<u8>>);

impl Plain {
    /// Takes bytes over.
    #[must_use]
    pub fn new(bytes: Vec<u8>) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// The bytes.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// The bytes as text; what is not UTF-8 is replaced.
    #[must_use]
    pub fn text(&self) -> std::borrow::Cow<'_, str> {
        String::from_utf8_lossy(&self.0)
    }
}

impl std::fmt::Debug for Plain {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("[personal]")
    }
}

/// A key that seals and opens. Its schedule is kept ready, since setting it up costs more than using it.
pub(crate) struct Sealer {
    ready: RandomizedNonceKey,
    key: Zeroizing<[u8; KEY]>,
}

impl std::fmt::Debug for Sealer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("[key]")
    }
}

impl Sealer {
    pub(crate) fn new(key: &[u8]) -> Result<Self, Error> {
        let mut own = Zeroizing::new([0; KEY]);
        if key.len() != KEY {
            return Err(Error::WrongKey);
        }
        own.copy_from_slice(key);
        let ready = RandomizedNonceKey::new(&AES_256_GCM, key).map_err(|_| Error::WrongKey)?;
        Ok(Self { ready, key: own })
    }

    /// The key that follows from this one, and from which nobody comes back to this one.
    pub(crate) fn following(&self) -> Zeroizing<[u8; KEY]> {
        let key = hmac::Key::new(hmac::HMAC_SHA256, self.key.as_slice());
        let mut next = Zeroizing::new([0; KEY]);
        // Both are of 32 bytes.
        for (to, from) in next.iter_mut().zip(hmac::sign(&key, FOLLOWING).as_ref()) {
            *to = *from;
        }
        next
    }

    /// Nonce, ciphertext and tag. `place` must be said again to open it.
    pub(crate) fn seal(&self, place: &str, plain: &[u8]) -> Result<Vec<u8>, Error> {
        let mut body = Vec::with_capacity(plain.len() + OVERHEAD);
        body.extend_from_slice(plain);
        let nonce = self
            .ready
            .seal_in_place_append_tag(Aad::from(place.as_bytes()), &mut body)
            .map_err(|_| Error::NoChance)?;
        // After sealing, so that the clear bytes are never copied: the nonce goes in front.
        body.splice(0..0, nonce.as_ref().iter().copied());
        Ok(body)
    }

    /// What was sealed in this place.
    pub(crate) fn open(&self, place: &str, sealed: &[u8]) -> Result<Plain, Error> {
        let damaged = || Error::Damaged {
            place: place.to_owned(),
        };
        let (nonce, body) = sealed.split_at_checked(NONCE).ok_or_else(damaged)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| damaged())?;
        let mut body = Zeroizing::new(body.to_vec());
        let length = self
            .ready
            .open_in_place(nonce, Aad::from(place.as_bytes()), body.as_mut_slice())
            .map_err(|_| damaged())?
            .len();
        body.truncate(length);
        Ok(Plain(body))
    }
}

/// Makes keyed marks: equal for equal input, meaningless without the key.
pub(crate) struct Marker(hmac::Key);

impl std::fmt::Debug for Marker {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("[key]")
    }
}

impl Marker {
    pub(crate) fn new(key: &[u8]) -> Self {
        Self(hmac::Key::new(hmac::HMAC_SHA256, key))
    }

    /// The mark of a normalised value of some kind, in hexadecimal.
    pub(crate) fn mark(&self, kind: &str, value: &str) -> String {
        let mut context = hmac::Context::with_key(&self.0);
        context.update(kind.as_bytes());
        context.update(&[0]);
        context.update(value.as_bytes());
        store::hex(context.sign().as_ref())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sealer(byte: u8) -> Sealer {
        Sealer::new(&[byte; KEY]).unwrap()
    }

    #[test]
    fn opens_in_its_own_place_with_its_own_key_only() {
        let sealed = sealer(1).seal("value/1", b"Ada Okafor").unwrap();
        assert_eq!(sealed.len(), 10 + OVERHEAD);
        assert_eq!(
            sealer(1).open("value/1", &sealed).unwrap().bytes(),
            b"Ada Okafor"
        );
        assert!(matches!(
            sealer(1).open("value/2", &sealed),
            Err(Error::Damaged { .. })
        ));
        assert!(sealer(2).open("value/1", &sealed).is_err());
        for cut in 0..sealed.len() {
            assert!(sealer(1).open("value/1", &sealed[..cut]).is_err());
        }
    }

    #[test]
    fn what_follows_opens_nothing_from_before() {
        let first = sealer(1);
        let second = Sealer::new(first.following().as_slice()).unwrap();
        let sealed = first.seal("p", b"x").unwrap();
        assert!(second.open("p", &sealed).is_err());
        assert_eq!(*first.following(), *sealer(1).following());
        assert_ne!(*second.following(), *first.following());
    }

    #[test]
    fn every_flipped_bit_is_found() {
        let sealed = sealer(1).seal("p", b"x").unwrap();
        for bit in 0..sealed.len() * 8 {
            let mut other = sealed.clone();
            other[bit / 8] ^= 1 << (bit % 8);
            assert!(sealer(1).open("p", &other).is_err(), "bit {bit}");
        }
    }

    #[test]
    fn the_same_value_never_looks_the_same_twice() {
        let key = sealer(1);
        let seen: std::collections::BTreeSet<_> =
            (0..1000).map(|_| key.seal("p", b"same").unwrap()).collect();
        assert_eq!(seen.len(), 1000);
    }

    #[test]
    fn printing_shows_nothing() {
        let plain = Plain::new(b"Ada".to_vec());
        assert_eq!(
            format!("{plain:?} {:?} {:?}", sealer(1), Marker::new(&[2; KEY])),
            "[personal] [key] [key]"
        );
    }
}
