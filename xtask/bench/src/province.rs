//! A synthetic province: a lychee season of 50,000 plots, written record by record, each one really signed, in the order
//! in which a server takes them.
//!
//! It is a function of its seed alone: keys, nonces and salts come from SHA-256 over the seed and a number, and every
//! choice from one generator (`dice`). What the log adds (times, and the checkpoints that records name as anchors) comes
//! from the [`Sink`], which is given one clock a day; the same sink gives the same bytes.
//!
//! | days | what is written |
//! |---|---|
//! | 0 | registrars, packing houses, collectors, carriers, sellers |
//! | 1–3 | growing areas with their season; households, plots and their season; allotments |
//! | 5–30 | what was sprayed and spread, with its pre-harvest interval |
//! | 45–79 | picking and weighing-in, one batch a farmer; lots merged from 1 to 500 of them; packing; consignments to shops |
//! | 80–84 | what was received late, and recalls |
//!
//! Numbers are sound: a plot's picks stay within its allotment and those within the area's ceiling, no batch gives more
//! than it took, and nothing is picked before its time.

mod cast;
mod dice;
mod field;
mod land;
mod land_register;
mod market;
mod scribe;
mod weighing;

pub use scribe::{Chain, Sink};

use nguon_core::ids::ChainId;
use nguon_core::trust::TrustRoot;

use cast::Cast;
use dice::Dice;
use land::Land;
use scribe::Scribe;

/// Changes whenever another province comes out of the same seed.
pub const VERSION: u32 = 1;

/// How much of everything there is.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    /// Records in all. The last ones are sales, until there are so many.
    pub records: usize,
    /// Plots; a household in nine has two.
    pub plots: usize,
    /// Growing areas. The first few are as large as a state farm.
    pub areas: usize,
    /// Co-ops, each the registrar of its members.
    pub coops: usize,
    /// Packing houses.
    pub packers: usize,
    /// Collectors.
    pub collectors: usize,
    /// Carriers.
    pub carriers: usize,
    /// Shops and wholesalers.
    pub sellers: usize,
    /// Consignments of a labelled batch, at most.
    pub shops: usize,
    /// Farmers' batches in the lot that [`Written::merged`] was packed from.
    pub merged: usize,
}

impl Size {
    /// The whole province.
    pub const PROVINCE: Self = Self {
        records: 1_000_000,
        plots: 50_000,
        areas: 320,
        coops: 110,
        packers: 60,
        collectors: 400,
        carriers: 80,
        sellers: 2_400,
        shops: 15,
        merged: 500,
    };

    /// A few farms of it, for tests.
    pub const HAMLET: Self = Self {
        records: 3_000,
        plots: 60,
        areas: 5,
        coops: 2,
        packers: 1,
        collectors: 3,
        carriers: 2,
        sellers: 10,
        shops: 2,
        merged: 20,
    };
}

/// What was written.
#[derive(Debug, Clone, Copy)]
pub struct Written {
    /// A labelled batch that was packed from one lot, which was merged from [`Size::merged`] batches of as many households.
    pub merged: ChainId,
    /// Records.
    pub records: usize,
    /// Batches.
    pub batches: usize,
    /// Plots.
    pub plots: usize,
    /// Signing keys of actors.
    pub keys: usize,
}

/// Writes a province into a sink.
///
/// # Panics
/// The sink refuses something, or the size is too small to hold what it asks for.
pub fn write(size: Size, seed: u64, trust: &TrustRoot, sink: &mut dyn Sink) -> Written {
    let dice = Dice::new(seed);
    let mut scribe = Scribe::new(seed, *trust.deployment(), sink);
    let mut cast = Cast::enrol(&mut scribe, &size);
    let mut land = Land::draw(&size, dice.fork("land"), &cast);
    land.register(&mut scribe, &mut cast);
    field::tend(&mut scribe, &cast, &mut land, dice.fork("field"));
    let market = market::trade(&mut scribe, &cast, &mut land, &size, dice.fork("market"));
    let keys = cast.keys();
    Written { merged: market.merged, records: scribe.finish(), batches: market.batches, plots: land.plots.len(), keys }
}
