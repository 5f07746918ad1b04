//! The sample season holds what it promises.

mod kilograms;
mod logged;
mod records;
mod same_bytes;
mod serials;
mod verdicts;

use std::sync::LazyLock;

use nguon_core::ids::ChainId;
use nguon_core::record::Record;
use nguon_examples::season::{Season, Seed};

static SEASON: LazyLock<Season> = LazyLock::new(|| Season::build(&Seed::sample()).unwrap());

/// A chain's records, decoded.
fn records(chain: &ChainId) -> Vec<Record> {
    SEASON.ledger.records(chain).iter().map(|record| Record::from_payload(record.payload()).unwrap()).collect()
}

/// Every chain with its records.
fn chains() -> Vec<(&'static str, ChainId, Vec<Record>)> {
    SEASON.names().map(|(name, id)| (name, id, records(&id))).collect()
}
