//! What the figures `verify.native` and `verify.wasm` measure: the core's verification of a whole bundle, and beside it
//! nothing but `verify_strict` over the same signatures, keys and Sig_structures prepared outside.

use std::collections::BTreeMap;

use ed25519_dalek::{Signature, VerifyingKey};
use nguon_core::admit::Statement;
use nguon_core::event::Event;
use nguon_core::ids::{KeyId, PublicKeyBytes};
use nguon_core::trust::TrustRoot;
use nguon_core::verify::{Bundle, Options, OutcomeKind, verify};
use wasm_bindgen::prelude::wasm_bindgen;

/// A bundle, and its signatures laid bare.
#[wasm_bindgen]
pub struct Subject {
    trust: TrustRoot,
    options: Options,
    bundle: Vec<u8>,
    bare: Vec<(VerifyingKey, Vec<u8>, Signature)>,
}

#[wasm_bindgen]
impl Subject {
    /// Prepares a bundle under its trust root, both as bytes.
    ///
    /// # Panics
    /// They are not what they should be: nothing is measured then.
    #[must_use]
    #[wasm_bindgen(constructor)]
    pub fn new(root: &[u8], bundle: Vec<u8>) -> Self {
        let trust = TrustRoot::from_bytes(root).expect("a trust root");
        let options = Options::at(trust.payload().issued);
        let bare = bare(&bundle, &trust);
        Self { trust, options, bundle, bare }
    }

    /// Verifies the bundle.
    ///
    /// # Panics
    /// It does not hold.
    pub fn whole(&self) {
        let verification = verify(&self.bundle, &self.trust, &self.options);
        assert_eq!(verification.verdict.outcome.kind(), OutcomeKind::Unlogged);
    }

    /// Verifies the signatures alone.
    ///
    /// # Panics
    /// One does not hold.
    pub fn signatures(&self) {
        for (key, message, signature) in &self.bare {
            key.verify_strict(message, signature).expect("a signature that holds");
        }
    }
}

fn bare(bundle: &[u8], trust: &TrustRoot) -> Vec<(VerifyingKey, Vec<u8>, Signature)> {
    let bundle = Bundle::from_bytes(bundle).expect("a bundle");
    let records = bundle.chains.into_iter().flatten().map(|record| Statement::from_bytes(record.0, trust));
    let statements: Vec<Statement> = records.map(|record| record.expect("a record")).collect();
    let enrolled = statements.iter().filter_map(|statement| match &statement.record.event {
        Event::Enrolled(enrolled) => enrolled.key,
        _ => None,
    });
    let official = trust.payload().authorities.iter().flat_map(|authority| authority.keys.iter().copied());
    let keys: BTreeMap<KeyId, PublicKeyBytes> = enrolled.chain(official).map(|key| (KeyId::of(&key), key)).collect();
    let prepare = |statement: Statement| {
        let key = VerifyingKey::from_bytes(keys[&statement.key_id()].as_bytes()).expect("a key");
        let signature = Signature::from_bytes(statement.signed.signature().as_bytes());
        (key, statement.to_be_signed().to_vec(), signature)
    };
    statements.into_iter().map(prepare).collect()
}
