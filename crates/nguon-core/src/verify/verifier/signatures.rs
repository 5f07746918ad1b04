//! Signatures checked ahead, on whatever threads the reader has; this crate has none.

use std::sync::OnceLock;

use super::super::history::VerifiedRecord;
use super::{Near, Places, Verifier};
use crate::admit::Statement;
use crate::judge::{Judge, Order};
use crate::key::PublicKey;

/// One signature of a bundle, to be checked on any thread.
#[derive(Debug)]
pub struct SignatureJob<'v> {
    key: PublicKey,
    statement: &'v Statement,
    holds: OnceLock<bool>,
}

impl SignatureJob<'_> {
    /// Checks it, once.
    pub fn check(&self) {
        let holds = || self.statement.is_signed_by(&self.key);
        self.holds.get_or_init(holds);
    }
}

impl Verifier<'_> {
    /// Hands the bundle's signatures to `pool`, which calls [`SignatureJob::check`] on each, on whatever threads it has.
    /// A key id is the hash of its key, so that whether a signature holds depends on nothing else. What the pool leaves out
    /// is checked by [`Self::step`] as always: it can save time, and never changes a verdict.
    pub fn check_signatures(&mut self, pool: impl FnOnce(&[SignatureJob<'_>])) {
        self.settle();
        let places = Places::default();
        let near = Near { states: &self.states, places: &places };
        let mut jobs = Vec::new();
        let mut places = Vec::new();
        for (at, slot) in self.slots.iter().enumerate() {
            for (record, VerifiedRecord { statement, .. }) in slot.records.iter().enumerate() {
                let order = slot.positions.get(record).map_or(Order::Unknown, |position| Order::At(position.index));
                let judge = Judge { trust: &self.roots, chains: &near, order };
                // Without a key there is nothing to check; `step` says why there is none.
                if let Ok(found) = judge.signing_key(statement.record.signer, &statement.key_id()) {
                    jobs.push(SignatureJob { key: found.key, statement, holds: OnceLock::new() });
                    places.push((at, record));
                }
            }
        }
        pool(&jobs);
        let answers: Vec<Option<bool>> = jobs.into_iter().map(|job| job.holds.into_inner()).collect();
        for ((at, record), holds) in places.into_iter().zip(answers) {
            let slot = &mut self.slots[at];
            slot.signatures.resize(slot.records.len(), None);
            slot.signatures[record] = holds;
        }
    }
}
