//! A sample lychee season, as data: who was enrolled, which orchards, what was sprayed, picked, packed, sold and called back.
//!
//! [`season::Season::build`] writes it record by record through the core's own admission, so that nothing in it could not
//! have been accepted by a server. It is a function of a seed alone: keys, salts and nonces come from SHA-256 over the seed
//! and a name, and times are written down. The same seed gives the same bytes, here and on any other machine.
//! A log that runs keeps real time and takes no harvest weeks after its season: for one, all of it can happen so many days
//! later ([`season::Watch::ending_by`]).
//!
//! Places, varieties, dates, yields and active ingredients are those of Bắc Giang's orchards; persons, companies, codes,
//! certificates and trade names are invented and marked as samples (mẫu). Pre-harvest intervals are of the usual size, and
//! no advice: what a product's label says is what counts.
//!
//! ```
//! use nguon_core::verify::{Options, OutcomeKind, verify};
//! use nguon_examples::season::{Season, Seed};
//!
//! let season = Season::build(&Seed::sample())?;
//! let bundle = season.ledger.bundle(season.id("packer/export"))?.to_bytes()?;
//! let verdict = verify(&bundle, season.ledger.trust(), &Options::at(season.now())).verdict;
//! assert_eq!(verdict.outcome.kind(), OutcomeKind::Unlogged);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Keys made from a published seed protect nothing. Use this for demonstrations and tests.

pub mod season;
