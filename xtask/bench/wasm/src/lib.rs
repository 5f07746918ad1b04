//! What the figures of the group `verify` measure: the core's verification of a whole bundle, and beside it nothing but
//! `verify_strict` over the same signatures, keys and signed bytes prepared outside. Where a log proves the bundle, the
//! checkpoint's signature and cosignatures are among them.
//!
//! Both go in pieces of [`Subject::PIECE`] records, so that the best time of each piece can be told from a round in which
//! the machine did something else: a piece is shorter than a turn of the scheduler, a bundle is not.

use std::collections::BTreeMap;

use ed25519_dalek::{Signature, VerifyingKey};
use nguon_core::admit::Statement;
use nguon_core::event::Event;
use nguon_core::ids::{KeyId, PublicKeyBytes};
use nguon_core::trust::TrustRoot;
use nguon_core::verify::{Bundle, Options, OutcomeKind, Proof, SignatureJob, Verifier};
use nguon_tlog::note::Note;
use wasm_bindgen::prelude::wasm_bindgen;

/// A key, what it signed, and its signature.
type Bare = (VerifyingKey, Vec<u8>, Signature);

/// A bundle, and its signatures laid bare.
#[wasm_bindgen]
pub struct Subject {
    trust: &'static TrustRoot,
    options: &'static Options,
    bundle: Vec<u8>,
    bare: Vec<Bare>,
    outcome: OutcomeKind,
    verifier: Option<Verifier<'static>>,
}

impl Subject {
    /// Records in a piece.
    pub const PIECE: usize = 10;
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
        // Leaked, so that a verifier can be kept between calls from JavaScript; there is one subject in a process.
        let trust: &'static TrustRoot = Box::leak(Box::new(TrustRoot::from_bytes(root).expect("a trust root")));
        let parsed = Bundle::from_bytes(&bundle).expect("a bundle");
        let proof = parsed.proof.as_ref().map(|proof| Proof::from_bytes(&proof.0).expect("a proof"));
        // At the time of the checkpoint, so that it is not stale.
        let now = proof.as_ref().map_or(trust.payload().issued, |proof| proof.head.time);
        let options = Box::leak(Box::new(Options::at(now)));
        let mut bare = records(parsed, trust);
        bare.extend(proof.iter().flat_map(|proof| checkpoint(&proof.head.checkpoint, trust)));
        let outcome = if proof.is_some() { OutcomeKind::Valid } else { OutcomeKind::Unlogged };
        Self { trust, options, bundle, bare, outcome, verifier: None }
    }

    /// How many pieces there are.
    #[must_use]
    pub fn pieces(&self) -> usize {
        self.bare.len().div_ceil(Self::PIECE)
    }

    /// Begins to verify the bundle: reads and decodes all of it.
    pub fn begin(&mut self) {
        self.verifier = Some(Verifier::new(&self.bundle, self.trust, self.options));
    }

    /// Verifies the next piece of the bundle.
    ///
    /// # Panics
    /// It has not begun.
    pub fn step(&mut self) {
        let _ = self.verifier.as_mut().expect("a verifier").step(Self::PIECE);
    }

    /// Concludes, and throws away what was concluded.
    ///
    /// # Panics
    /// The bundle does not hold.
    pub fn finish(&mut self) {
        let verification = self.verifier.take().expect("a verifier").finish();
        assert_eq!(verification.verdict.outcome.kind(), self.outcome);
    }

    /// Verifies one piece of the signatures alone.
    ///
    /// # Panics
    /// One does not hold.
    pub fn signatures(&self, piece: usize) {
        for (key, message, signature) in self.bare.chunks(Self::PIECE).nth(piece).expect("a piece") {
            key.verify_strict(message, signature).expect("a signature that holds");
        }
    }
}

impl Subject {
    /// Verifies the bundle with a pool of threads that checks the signatures.
    ///
    /// # Panics
    /// The bundle does not hold.
    pub fn verify_with(&self, pool: impl FnOnce(&[SignatureJob<'_>])) {
        let mut verifier = Verifier::new(&self.bundle, self.trust, self.options);
        verifier.check_signatures(pool);
        assert_eq!(verifier.finish().verdict.outcome.kind(), self.outcome);
    }
}

fn records(bundle: Bundle, trust: &TrustRoot) -> Vec<Bare> {
    let records = bundle.chains.into_iter().flatten().map(|record| Statement::from_bytes(record.0, trust.deployment()));
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
        (key, statement.to_be_signed(), signature)
    };
    statements.into_iter().map(prepare).collect()
}

/// The log's signature and the cosignatures on a checkpoint.
fn checkpoint(note: &str, trust: &TrustRoot) -> Vec<Bare> {
    let note = Note::parse(note).expect("a note");
    let policy = trust.payload().log.as_ref().expect("a log");
    let cosigners = policy.witnesses.iter().chain(&policy.auditors).map(|cosigner| (&cosigner.name, &cosigner.key));
    let prepare = |(name, key): (&nguon_core::values::Code, &PublicKeyBytes)| {
        let line = note.signatures().iter().find(|line| line.name() == name.as_str()).expect("a signature line");
        let (time, signature) = line.body().split_last_chunk().expect("a signature");
        let mut message = String::new();
        if let Ok(time) = time.try_into().map(u64::from_be_bytes) {
            message = format!("cosignature/v1\ntime {time}\n");
        }
        message.push_str(note.text());
        let key = VerifyingKey::from_bytes(key.as_bytes()).expect("a key");
        (key, message.into_bytes(), Signature::from_bytes(signature))
    };
    std::iter::once((&policy.origin, &policy.key)).chain(cosigners).map(prepare).collect()
}
