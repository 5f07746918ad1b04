//! Everything that would be random, from one seed.

use nguon_core::SigningKey;
use nguon_core::ids::{AuthorityId, ChainId, Nonce, Salt};
use sha2::{Digest as _, Sha256};

/// What a season's keys, salts and nonces are made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seed([u8; 32]);

impl Seed {
    /// The seed of the published sample season.
    #[must_use]
    pub fn sample() -> Self {
        Self::of("vải thiều 2026")
    }

    /// A seed made from words.
    #[must_use]
    pub fn of(words: &str) -> Self {
        Self(Sha256::digest(words.as_bytes()).into())
    }

    /// The signing key of this name.
    #[must_use]
    pub fn key(&self, name: &str) -> SigningKey {
        SigningKey::from_bytes(&self.derive("key", name))
    }

    pub(super) fn authority(&self, name: &str) -> AuthorityId {
        AuthorityId::from_bytes(self.derive("authority", name))
    }

    pub(super) fn nonce(&self, name: &str) -> Nonce {
        Nonce::from_bytes(half(self.derive("nonce", name)))
    }

    pub(super) fn salt(&self, name: &str) -> Salt {
        Salt::from_bytes(half(self.derive("salt", name)))
    }

    /// The serial on a batch's so many-th label: 64 bits, hexadecimal.
    pub(super) fn serial(&self, batch: &ChainId, n: u64) -> String {
        let bytes = self.derive("serial", &format!("{batch}/{n}"));
        nguon_core::bytes::to_hex(&bytes[..8])
    }

    fn derive(&self, purpose: &str, name: &str) -> [u8; 32] {
        let mut state = Sha256::new();
        for part in [b"nguon sample season\n".as_slice(), &self.0, purpose.as_bytes(), b"\n", name.as_bytes()] {
            state.update(part);
        }
        state.finalize().into()
    }
}

fn half(bytes: [u8; 32]) -> [u8; 16] {
    let mut half = [0; 16];
    half.copy_from_slice(&bytes[..16]);
    half
}
