//! From verified records to the files that importers, customs, retailers and inspectors each want.
//!
//! What farmers, packing houses and laboratories signed once is enough for every reader. This crate turns verified
//! histories into their files; it signs nothing, asks nobody and reads no clock.
//!
//! | file | for | standard | here |
//! |---|---|---|---|
//! | events (JSON-LD), written and read | importers, retailers, packing houses | EPCIS 2.0, CBV 2.0 | [`epcis`] |
//! | sortable spreadsheet (xlsx, csv) | the FDA, importers to the United States | 21 CFR 1.1325–1.1350, 1.1455(c)(3)(ii) | [`fsma`] |
//! | product traceability data (xlsx, JSON) | markets and inspectors in Việt Nam | Circular 02/2024/TT-BKHCN | [`circular02`] |
//! | product passport (JSON, page) | shoppers and authorities | Decree 37/2026/NĐ-CP, Article 32 | [`passport`] |
//! | field log of a plot (xlsx, PDF) | VietGAP auditors | TCVN 11892-1:2017 | [`vietgap`] |
//! | customs dossier (PDF/A-3a with the bundle inside) | customs, importers | none sets its form | `dossier` (feature `pdf`) |
//!
//! Each is made from [`Source`]s: a verdict with the history it was drawn from, which only [`nguon_core::verify`] makes. The
//! verdict travels with every file as a [`Stamp`], and one of anything that was not verified says so on its face. What a
//! reader needs and nobody recorded is listed as [`Missing`]: which field of which record, and where to enter it. Personal
//! data is left out unless [`Personal::Opened`] asks for it *and* its openings are in the bundle.

pub mod attached;
pub mod circular02;
#[cfg(feature = "pdf")]
pub mod dossier;
pub mod epcis;
pub mod facts;
#[cfg(all(feature = "pdf", feature = "sheets"))]
pub mod files;
pub mod fsma;
mod intervals;
#[cfg(feature = "pdf")]
pub mod paper;
pub mod passport;
pub mod table;
pub mod vietgap;
#[cfg_attr(not(feature = "pdf"), allow(dead_code))] // the dossier's
mod words;

pub use facts::{Facts, Missing, Personal, Remedy, Source, SourceError, Stamp};
