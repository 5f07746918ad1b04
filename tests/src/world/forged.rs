//! Bundles of the season that no server gave: what a page must make of them.

use nguon_core::bytes::ByteString;
use nguon_core::envelope::SignedRecord;
use nguon_core::event::Sold;
use nguon_core::judge::Chains as _;
use nguon_core::ledger::{Pen, next_record};
use nguon_core::values::Grams;
use nguon_core::verify::Bundle;
use nguon_examples::season::{Season, Seed};

/// What was done to a lot's own chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Forgery {
    /// Its owner signed away more than came in, and the server took it
    OverAllocated,
    /// A record is signed by a key that nobody enrolled
    UntrustedKey,
    /// A record is of a later version of the format
    NeedsNewer,
}

/// The bundle of a case of the season, forged.
///
/// # Panics
/// The season has no such case.
#[must_use]
pub fn forged(case: &str, forgery: Forgery) -> Vec<u8> {
    let season = Season::build(&Seed::sample()).expect("the season");
    let batch = season.case(case).batch.expect("a batch");
    let mut bundle = season.ledger.bundle(batch).expect("its bundle");
    match forgery {
        Forgery::OverAllocated => {
            let state = season.ledger.chain(&batch).expect("its state");
            let owner = state.custodian().expect("its owner");
            let (name, _) = season.names().find(|(_, id)| *id == owner).expect("the owner's name");
            let key = season.key(name);
            let sold = Sold { grams: Grams::new(10_000_000).expect("ten tonnes"), at: None };
            let record = next_record(&Pen::new(owner, &key, season.now()), sold.into(), &state);
            let signed = SignedRecord::sign(&record, &key, season.ledger.trust().deployment()).expect("a record");
            bundle.chains[0].push(ByteString(signed.as_bytes().to_vec()));
        }
        Forgery::UntrustedKey => {
            let last = last(&mut bundle);
            let id = SignedRecord::from_bytes(last.clone()).expect("a record").key_id();
            let at = place_of(last, id.as_bytes());
            last[at] ^= 1;
        }
        Forgery::NeedsNewer => {
            let last = last(&mut bundle);
            let at = place_of(last, b"gversion\x01");
            last[at + 8] = 2;
        }
    }
    bundle.to_bytes().expect("a bundle")
}

fn last(bundle: &mut Bundle) -> &mut Vec<u8> {
    &mut bundle.chains[0].last_mut().expect("a record").0
}

fn place_of(bytes: &[u8], wanted: &[u8]) -> usize {
    bytes.windows(wanted.len()).position(|found| found == wanted).expect("what every record has")
}
