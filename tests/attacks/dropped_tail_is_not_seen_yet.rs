//! The data operator cuts the newest records off a chain: a recall disappears. Without the log nobody can tell, which is
//! why the best verdict is `Unlogged` and never `Valid`. The log turns this test around.

use nguon_core::verify::Outcome;

use crate::support::{bundle, outcome};

#[test]
fn a_recall_cut_off_leaves_a_lot_that_looks_sound() {
    let mut cut = bundle("thu/0528");
    assert!(matches!(outcome(&cut), Outcome::Recalled { .. }));
    cut.chains[0].pop();
    assert_eq!(outcome(&cut), Outcome::Unlogged);
}

#[test]
fn a_revocation_cut_off_leaves_a_key_that_looks_good() {
    let season = crate::support::season();
    let mut cut = bundle("tuan/0530");
    assert!(matches!(outcome(&cut), Outcome::Suspect { .. }));
    let actor = crate::support::slot(&cut, season.id("tuan"));
    cut.chains[actor].truncate(1);
    assert_eq!(outcome(&cut), Outcome::Unlogged);
}
