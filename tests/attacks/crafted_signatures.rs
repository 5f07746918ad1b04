//! Somebody changes a signature into another one that a careless verifier would take as well, or makes one over which
//! verifiers disagree. A record's id does not depend on its signature, so nothing can hang on which is seen; still, only
//! one kind is good.

use curve25519_dalek::constants::{ED25519_BASEPOINT_POINT, EIGHT_TORSION};
use curve25519_dalek::edwards::EdwardsPoint;
use curve25519_dalek::scalar::Scalar;
use nguon_core::SigningKey;
use nguon_core::bytes::ByteString;
use nguon_core::envelope::SignedRecord;
use nguon_core::ids::SignatureBytes;
use nguon_core::verify::Outcome;
use sha2::{Digest as _, Sha512};

use crate::support::{bundle, invalid, outcome, season};

/// The group's order, little-endian.
const L: [u8; 32] = [
    0xed, 0xd3, 0xf5, 0x5c, 0x1a, 0x63, 0x12, 0x58, 0xd6, 0x9c, 0xf7, 0xa2, 0xde, 0xf9, 0xde, 0x14, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0x10,
];

/// The lot with another signature over what was listed.
fn resigned(change: impl Fn(&SignedRecord) -> [u8; 64]) -> Outcome {
    let mut bundle = bundle("seller/0526");
    let last = bundle.chains[0].len() - 1;
    let signed = SignedRecord::from_bytes(bundle.chains[0][last].0.clone()).unwrap();
    let signature = SignatureBytes::from_bytes(change(&signed));
    let crafted = SignedRecord::assemble(signed.key_id(), signed.payload(), &signature).unwrap();
    let deployment = season().ledger.trust().deployment();
    assert_eq!(crafted.statement_id(deployment), signed.statement_id(deployment));
    bundle.chains[0][last] = ByteString(crafted.as_bytes().to_vec());
    outcome(&bundle)
}

fn bad() -> Outcome {
    invalid("bad_signature", "seller/0526", 2)
}

#[test]
fn as_it_was_signed_it_holds() {
    assert_eq!(resigned(|signed| *signed.signature().as_bytes()), Outcome::Unlogged);
}

#[test]
fn the_same_signature_with_the_order_added() {
    let crafted = resigned(|signed| {
        let mut signature = *signed.signature().as_bytes();
        let mut carry = 0_u16;
        for (byte, add) in signature[32..].iter_mut().zip(L) {
            let sum = u16::from(*byte) + u16::from(add) + carry;
            *byte = sum.to_le_bytes()[0];
            carry = sum >> 8;
        }
        assert_eq!(carry, 0);
        signature
    });
    assert_eq!(crafted, bad());
}

/// A second, independent signature by the true holder: another nonce, the same statement.
fn sign_with(key: &SigningKey, message: &[u8], r: Scalar, torsion: EdwardsPoint) -> [u8; 64] {
    let public = key.verifying_key();
    let point = (ED25519_BASEPOINT_POINT * r + torsion).compress();
    let hash = Sha512::new().chain_update(point.as_bytes()).chain_update(public.as_bytes()).chain_update(message);
    let challenge = Scalar::from_bytes_mod_order_wide(&hash.finalize().into());
    let s = r + challenge * key.to_scalar();
    let mut signature = [0; 64];
    signature[..32].copy_from_slice(point.as_bytes());
    signature[32..].copy_from_slice(s.as_bytes());
    signature
}

#[test]
fn another_signature_of_the_true_signer_is_as_good() {
    // Some browsers draw the nonce at random; the statement stays the same.
    let key = season().key("seller");
    let deployment = season().ledger.trust().deployment();
    let again = resigned(|signed| {
        let made = sign_with(&key, &signed.to_be_signed(deployment), Scalar::from(77_u64), EIGHT_TORSION[0]);
        assert_ne!(made, *signed.signature().as_bytes());
        made
    });
    assert_eq!(again, Outcome::Unlogged);
}

#[test]
fn a_signature_over_which_single_and_batch_verification_disagree() {
    let key = season().key("seller");
    let deployment = season().ledger.trust().deployment();
    for torsion in &EIGHT_TORSION[1..] {
        let crafted =
            resigned(|signed| sign_with(&key, &signed.to_be_signed(deployment), Scalar::from(77_u64), *torsion));
        assert_eq!(crafted, bad());
    }
}

#[test]
fn a_nonce_point_of_small_order() {
    let key = season().key("seller");
    let deployment = season().ledger.trust().deployment();
    for torsion in EIGHT_TORSION {
        let crafted = resigned(|signed| sign_with(&key, &signed.to_be_signed(deployment), Scalar::ZERO, torsion));
        assert_eq!(crafted, bad());
    }
}

#[test]
fn a_signature_of_zeros() {
    assert_eq!(resigned(|_| [0; 64]), bad());
    let mut identity = [0; 64];
    identity[0] = 1;
    assert_eq!(resigned(|_| identity), bad());
}
