//! The data operator, or a cache, serves a bundle from before the recall. Every signature in it is true. The log turns
//! this test around.

use nguon_core::ledger::Ledger;
use nguon_core::verify::Outcome;

use crate::support::{bundle, outcome, season};

#[test]
fn the_bundle_of_the_day_before_the_recall() {
    let now = bundle("thu/0528");
    assert!(matches!(outcome(&now), Outcome::Recalled { .. }));

    let mut before = Ledger::new(season().ledger.trust().clone());
    let recall = now.chains[0].last().unwrap();
    for signed in season().journal.iter().take_while(|signed| signed.as_bytes() != recall.0) {
        before.admit(signed.clone()).unwrap();
    }
    let old = before.bundle(season().id("thu/0528")).unwrap();
    assert_eq!(outcome(&old), Outcome::Unlogged);
}
