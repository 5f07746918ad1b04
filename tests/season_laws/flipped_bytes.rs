//! Any flipped byte of any record is caught.

use proptest::prelude::*;

use crate::{LOT, SEASON, outcome, passes};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_byte_of_any_record(chain in any::<prop::sample::Index>(), record in any::<prop::sample::Index>(), byte in any::<prop::sample::Index>(), flip in 1_u8..) {
        let mut bundle = LOT.clone();
        let chain = chain.get_mut(&mut bundle.chains);
        let record = record.get_mut(chain);
        *byte.get_mut(&mut record.0) ^= flip;
        prop_assert!(!passes(&bundle), "{:?}", outcome(&bundle));
    }

    /// A small bundle's every part: records, openings, the trust root's payload. Only the signatures under the trust
    /// root are not looked at, because the reader has pinned the root itself.
    #[test]
    fn any_byte_of_an_opening(opening in any::<prop::sample::Index>(), byte in any::<prop::sample::Index>(), flip in 1_u8..) {
        let mut bundle = LOT.clone();
        let opening = opening.get_mut(&mut bundle.openings);
        let value = opening.value.as_mut().expect("a name");
        *byte.get_mut(&mut value.0) ^= flip;
        prop_assert!(!passes(&bundle), "{:?}", outcome(&bundle));
    }

    #[test]
    fn any_byte_of_the_trust_roots_payload(byte in any::<prop::sample::Index>(), flip in 1_u8..) {
        let mut bundle = LOT.clone();
        *byte.get_mut(&mut bundle.roots[0].payload.0) ^= flip;
        prop_assert!(!passes(&bundle), "{:?}", outcome(&bundle));
    }
}

/// One record, every byte: what sampling above could miss.
#[test]
fn every_byte_of_what_was_packed() {
    let packed = LOT.chains[0][1].0.len();
    for byte in 0..packed {
        let mut bundle = LOT.clone();
        bundle.chains[0][1].0[byte] ^= 1;
        assert!(!passes(&bundle), "byte {byte}: {:?}", outcome(&bundle));
    }
    assert!(SEASON.journal.iter().any(|record| record.as_bytes() == LOT.chains[0][1].0));
}
