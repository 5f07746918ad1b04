//! Public keys that may sign, and the one function that decides whether a signature holds.

use curve25519_dalek::{EdwardsPoint, Scalar};
use ed25519_dalek::{Signature, VerifyingKey};

use crate::ids::{KeyId, PublicKeyBytes, SignatureBytes};

/// Why 32 bytes are not a key that may be enrolled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum KeyError {
    /// Not the encoding of a point on the curve.
    #[error("the key is not a point on the curve")]
    NotAPoint,
    /// A second spelling of a point.
    #[error("the key is not in its canonical form")]
    NotCanonical,
    /// A point of small order: signatures by it prove nothing.
    #[error("the key has small order")]
    Weak,
    /// A point outside the prime-order subgroup.
    #[error("the key is not torsion-free")]
    Torsion,
}

/// A sound Ed25519 public key: canonical, not weak, torsion-free.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PublicKey {
    key: VerifyingKey,
    id: KeyId,
}

impl PublicKey {
    /// Checks the bytes once; a key that passes needs no further check.
    pub fn from_bytes(bytes: &PublicKeyBytes) -> Result<Self, KeyError> {
        let key = VerifyingKey::from_bytes(bytes.as_bytes()).map_err(|_| KeyError::NotAPoint)?;
        let point = key.to_edwards();
        if !is_reduced(bytes.as_bytes()) {
            return Err(KeyError::NotCanonical);
        }
        if key.is_weak() {
            // The other second spelling is a sign of x = 0, which only points of small order have.
            let canonical = point.compress().to_bytes() == *bytes.as_bytes();
            return Err(if canonical { KeyError::Weak } else { KeyError::NotCanonical });
        }
        if !is_torsion_free(&point) {
            return Err(KeyError::Torsion);
        }
        Ok(Self { key, id: KeyId::of(bytes) })
    }

    /// Its id, a record's `kid`.
    #[must_use]
    pub const fn id(&self) -> KeyId {
        self.id
    }

    /// The bytes.
    #[must_use]
    pub fn to_bytes(&self) -> PublicKeyBytes {
        PublicKeyBytes::from_bytes(self.key.to_bytes())
    }

    /// Whether the signature holds over the message: `verify_strict`, here and nowhere else.
    #[must_use]
    pub fn verifies(&self, message: &[u8], signature: &SignatureBytes) -> bool {
        let signature = Signature::from_bytes(signature.as_bytes());
        self.key.verify_strict(message, &signature).is_ok()
    }
}

/// Whether the group's order l takes a point to the identity: whether l − 1 takes it to its negative. What
/// [`EdwardsPoint::is_torsion_free`] tells, in half the time: a key is no secret, and with it nothing else is linked in.
fn is_torsion_free(point: &EdwardsPoint) -> bool {
    EdwardsPoint::vartime_double_scalar_mul_basepoint(&-Scalar::ONE, point, &Scalar::ZERO) == -point
}

/// Whether the y that is encoded there is below 2^255 − 19, the sign of x aside.
fn is_reduced([low, middle @ .., high]: &[u8; 32]) -> bool {
    *low < 0xed || high & 0x7f != 0x7f || middle.iter().any(|byte| *byte != 0xff)
}

impl From<&ed25519_dalek::SigningKey> for PublicKeyBytes {
    fn from(key: &ed25519_dalek::SigningKey) -> Self {
        Self::from_bytes(key.verifying_key().to_bytes())
    }
}

#[cfg(test)]
mod tests {
    use curve25519_dalek::constants::{ED25519_BASEPOINT_POINT, EIGHT_TORSION};

    use super::*;

    #[test]
    fn torsion_is_told_as_dalek_tells_it() {
        let mut point = ED25519_BASEPOINT_POINT;
        for _ in 0..32 {
            for torsion in EIGHT_TORSION {
                let moved = point + torsion;
                assert_eq!(is_torsion_free(&moved), moved.is_torsion_free());
                assert_eq!(is_torsion_free(&torsion), torsion.is_torsion_free());
            }
            point = point + point + ED25519_BASEPOINT_POINT;
        }
    }
}
