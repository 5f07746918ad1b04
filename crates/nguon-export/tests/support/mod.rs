//! The sample season's lots as sources.
#![allow(dead_code)] // each test file uses some of it

use std::sync::LazyLock;

use nguon_core::ids::ChainId;
use nguon_core::verify::{Options, Verification, verify};
use nguon_examples::season::{PUBLIC_FIELD, Season, Seed, Watch};
use nguon_export::Source;

/// The season of a deployment with a log.
pub static LOGGED: LazyLock<Season> = LazyLock::new(|| Season::logged(&Seed::sample(), &Watch::default()).unwrap());
/// The same without one.
pub static UNLOGGED: LazyLock<Season> = LazyLock::new(|| Season::build(&Seed::sample()).unwrap());

/// The bundle of a case, with every opening there is if `all`.
pub fn bundle(season: &Season, batch: ChainId, all: bool) -> Vec<u8> {
    if !all {
        return season.ledger.bundle(batch).unwrap().to_bytes().unwrap();
    }
    let mut ledger = season.ledger.clone();
    // Those of the public field are open already, and no field is opened twice.
    for personal in season.openings.iter().filter(|personal| personal.opening.path != PUBLIC_FIELD) {
        ledger.open(personal.opening.clone()).unwrap();
    }
    ledger.bundle(batch).unwrap().to_bytes().unwrap()
}

/// The batch of a case.
pub fn batch(season: &Season, case: &str) -> ChainId {
    season.case(case).batch.unwrap()
}

/// A verified bundle.
pub fn verified(season: &Season, bundle: &[u8]) -> Verification {
    verify(bundle, season.ledger.trust(), &Options::at(season.now()))
}

/// The source of a case, whatever its verdict.
pub fn source(season: &Season, case: &str) -> Source {
    Source::despite(verified(season, &bundle(season, batch(season, case), false)), season.now()).unwrap()
}

/// The same with every opening there is.
pub fn opened(season: &Season, case: &str) -> Source {
    Source::despite(verified(season, &bundle(season, batch(season, case), true)), season.now()).unwrap()
}
