//! `verify_strict` of one record, timed between the pieces of other work: how fast this machine is, next to figures that
//! are held to a wait and not to a peer.

use std::hint::black_box;

use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use xtask_bench::best::Best;
use xtask_bench::figures::report;

/// About as many bytes as a record has.
const LENGTH: usize = 300;

pub struct Strict {
    key: VerifyingKey,
    message: [u8; LENGTH],
    signature: Signature,
    best: Best,
}

impl Strict {
    pub fn new() -> Self {
        let key = SigningKey::from_bytes(&[7; 32]);
        let message = [42; LENGTH];
        Self { key: key.verifying_key(), message, signature: key.sign(&message), best: Best::of(1) }
    }

    pub fn time(&mut self) {
        let Self { key, message, signature, best } = self;
        best.time(0, || black_box(&*key).verify_strict(message, signature)).expect("a signature that holds");
    }

    /// `name` is the figure beside which it stands.
    pub fn report(&self, name: &str) {
        report(&format!("{name}.verify_strict"), self.best.microseconds_each(1), "µs", None);
    }
}
