//! The electronic sortable spreadsheet of the FDA's Food Traceability Rule (FSMA 204): 21 CFR 1.1455(c)(3)(ii), with the
//! key data elements of §1.1325 (harvesting, cooling), §1.1330 (initial packing), §1.1340 (shipping), §1.1345 (receiving) and
//! §1.1350 (transformation). Fresh lychee stands on the Food Traceability List among the tropical tree fruits.
//!
//! A sheet an event, beside `Lots` (each lot's verdict), `Locations` (location descriptions, §1.1310) and `Missing`. Kilograms
//! are the unit of measure throughout. Where nobody named a paper, the signed record is the reference document, by its
//! statement id.
//!
//! ```
//! # use nguon_core::verify::{Options, verify};
//! # use nguon_examples::season::{Season, Seed};
//! # use nguon_export::{Facts, Personal, Source};
//! use nguon_export::fsma::{Exporter, SHEETS};
//! use nguon_export::table::CsvTables;
//!
//! # let season = Season::build(&Seed::sample())?;
//! # let bundle = season.ledger.bundle(season.id("hung/0614"))?.to_bytes()?;
//! # let verification = verify(&bundle, season.ledger.trust(), &Options::at(season.now()));
//! let source = Source::new(verification, season.now())?;
//! let mut exporter = Exporter::new(CsvTables::begin(&SHEETS, |_| Ok(Vec::new()))?);
//! exporter.add(&Facts::new(&source, Personal::Withheld))?;
//! let (tables, summary) = exporter.finish()?;
//! let files = tables.finish()?;
//! assert_eq!(files.len(), SHEETS.len());
//! for missing in &summary.missing {
//!     println!("{}", missing.line(nguon_export::facts::Language::En));
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # What it leaves out
//!
//! First land-based receiving (§1.1335, fish); the traceability plan (§1.1315), which is a document about a company and not
//! about a lot. Shipping and receiving before initial packing are no critical tracking events of produce (§1.1340(d),
//! §1.1345(c)), and neither is cooling after it.

mod columns;
mod exporter;
mod harvesting;
mod location;
mod moving;
mod packing;
mod request;
mod row;

pub use columns::{
    COOLING, HARVESTING, INITIAL_PACKING, LOCATIONS, LOTS, MISSING, RECEIVING, SHEETS, SHIPPING, TRANSFORMATION,
};
pub use exporter::{Exporter, Summary};
pub use request::Request;
