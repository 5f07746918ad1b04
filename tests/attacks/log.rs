//! The season in a deployment with a log, and what a dishonest operator of it can do: edit proofs, close what it likes,
//! and ask witnesses and auditors for cosignatures, who are as honest as they are named to be.

use std::sync::LazyLock;

use nguon_core::SigningKey;
use nguon_core::bytes::ByteString;
use nguon_core::ids::ChainId;
use nguon_core::ledger::{Cosigner, Ledger, Pen};
use nguon_core::values::Time;
use nguon_core::verify::{
    At, Bundle, Options, Outcome, OutcomeKind, Proof, Seen, Verdict, Verification, Verifier, verify,
};
use nguon_examples::season::{AUDITOR, LOG_KEY, OFFSET, Season, Seed, WITNESSES, Watch};

static LOGGED: LazyLock<Season> =
    LazyLock::new(|| Season::logged(&Seed::sample(), &Watch::default()).expect("the season can be logged"));

/// The season, logged; its only checkpoint is of [`now`].
pub fn logged() -> &'static Season {
    &LOGGED
}

/// When the season's checkpoint was closed, and readers read.
pub fn now() -> Time {
    logged().now()
}

/// So many seconds later.
pub fn later(seconds: u64) -> Time {
    Time::new(now().get() + seconds).expect("a time")
}

/// The untampered bundle of a batch.
pub fn bundle(name: &str) -> Bundle {
    logged().ledger.bundle(logged().id(name)).expect("the season has this batch")
}

/// Everybody who watches.
pub fn all() -> Vec<&'static str> {
    WITNESSES.iter().copied().chain([AUDITOR]).collect()
}

/// The secret half of a key that the season names.
pub fn key(name: &str) -> SigningKey {
    Seed::sample().key(name)
}

/// Closes a checkpoint, cosigned at that time by these.
pub fn close(ledger: &mut Ledger, at: Time, by: &[&str]) {
    let keys: Vec<(&str, SigningKey)> = by.iter().map(|name| (*name, key(name))).collect();
    let cosigners: Vec<Cosigner<'_>> = keys.iter().map(|(name, key)| Cosigner { name, key, at }).collect();
    ledger.close(at, &key(LOG_KEY), &cosigners).expect("a checkpoint can be closed");
}

/// Somebody of the season who signs at that time.
pub fn pen<'a>(actor: &str, key: &'a SigningKey, at: Time) -> Pen<'a> {
    Pen::new(logged().id(actor), key, at).east(OFFSET)
}

/// What a reader finds who is online at that time.
pub fn read_at(bundle: &Bundle, at: Time) -> Verification {
    verify(&bytes(bundle), logged().ledger.trust(), &Options { online: true, ..Options::at(at) })
}

/// The same when the checkpoint is new.
pub fn verdict(bundle: &Bundle) -> Verdict {
    read_at(bundle, now()).verdict
}

/// The conclusion alone.
pub fn outcome(bundle: &Bundle) -> Outcome {
    verdict(bundle).outcome
}

/// Outcome, and the first finding's code and place.
pub fn found(verdict: &Verdict) -> (OutcomeKind, &'static str, Option<At>) {
    let first = verdict.findings.first().expect("a finding");
    (verdict.outcome.kind(), first.code(), first.at)
}

/// A reader who has seen a checkpoint before, and whom somebody gives a consistency proof or not.
pub fn read_having_seen(
    bundle: &Bundle,
    seen: &Seen,
    proof: Option<&[nguon_tlog::hash::Hash]>,
    at: Time,
) -> Verification {
    let options = Options { online: true, ..Options::at(at) };
    let bytes = bytes(bundle);
    let mut verifier = Verifier::new(&bytes, logged().ledger.trust(), &options);
    verifier.hold_against(seen, proof);
    verifier.finish()
}

fn bytes(bundle: &Bundle) -> Vec<u8> {
    bundle.to_bytes().expect("a bundle can be encoded")
}

/// Changes the proof of a bundle.
pub fn edit(bundle: &mut Bundle, change: impl FnOnce(&mut Proof)) {
    let bytes = &bundle.proof.as_ref().expect("a proof").0;
    let mut proof = Proof::from_bytes(bytes).expect("a proof");
    change(&mut proof);
    bundle.proof = Some(ByteString(proof.to_bytes().expect("a proof")));
}

/// Cuts the newest records off a chain, and their positions out of the proof: the operator does it properly.
pub fn cut(bundle: &mut Bundle, chain: ChainId, records: usize) {
    let slot = crate::support::slot_of(bundle, chain, logged().ledger.trust().deployment());
    let keep = bundle.chains[slot].len() - records;
    bundle.chains[slot].truncate(keep);
    edit(bundle, |proof| proof.chains[slot].positions.truncate(3 * keep));
    // Openings of what was cut would be strays.
    let kept: Vec<_> = bundle.chains.iter().flatten().cloned().collect();
    let deployment = logged().ledger.trust().deployment();
    let ids: Vec<_> = kept
        .iter()
        .filter_map(|record| nguon_core::envelope::SignedRecord::from_bytes(record.0.clone()).ok())
        .map(|record| record.statement_id(deployment))
        .collect();
    bundle.openings.retain(|opening| ids.contains(&opening.record));
}
