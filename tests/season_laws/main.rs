//! Laws that hold for every record of the season, whoever changes whatever: no changed bundle passes.
//!
//! Two changes are not seen until there is a log, and have tests of their own among the attacks: a whole tail cut off
//! (`dropped_tail_is_not_seen_yet`) and an old bundle replayed (`old_bundle_replayed_is_not_seen_yet`).

mod flipped_bytes;
mod moved_records;

use std::sync::LazyLock;

use nguon_core::verify::{Bundle, Options, OutcomeKind, verify};
use nguon_examples::season::{Season, Seed};

static SEASON: LazyLock<Season> = LazyLock::new(|| Season::build(&Seed::sample()).expect("the season can be built"));

/// Small enough to try everything with, and it has every kind of chain: a seller's lot out of one household's.
static LOT: LazyLock<Bundle> =
    LazyLock::new(|| SEASON.ledger.bundle(SEASON.id("seller/0526")).expect("the season has this lot"));

fn outcome(bundle: &Bundle) -> OutcomeKind {
    let bytes = bundle.to_bytes().expect("a bundle can be encoded");
    verify(&bytes, SEASON.ledger.trust(), &Options::at(SEASON.now())).verdict.outcome.kind()
}

fn passes(bundle: &Bundle) -> bool {
    matches!(outcome(bundle), OutcomeKind::Valid | OutcomeKind::Unlogged)
}

#[test]
fn unchanged_it_passes() {
    assert!(passes(&LOT));
}
