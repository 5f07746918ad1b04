//! EPCIS 2.0 and the Core Business Vocabulary (CBV) 2.0, in JSON-LD: documents of verified histories, and others' documents as
//! proposals.
//!
//! | what | standard | here |
//! |---|---|---|
//! | events | EPCIS 2.0 §7.3, §7.4 | [`model`] |
//! | terms | CBV 2.0 §7, GS1 Web Vocabulary | [`vocabulary`] |
//! | event hash ids | CBV 2.0 §8.9 | [`hash`] |
//! | GS1 keys as URNs and URIs | EPC Tag Data Standard 2.0 §6, Digital Link: URI Syntax 1.2 | [`key`] |
//! | units of measure | UN/ECE Recommendation 20 | [`mod@unit`] |
//! | documents | EPCIS 2.0 §9 | [`document`] writes, [`read`] reads |
//! | the simple event query | EPCIS 2.0 §8.2.7.1 | [`query`] |
//! | from records to events | `docs/epcis.md` | [`write`](mod@write) |
//! | from events to proposals of records | `docs/epcis.md` | [`import`](mod@import) |
//!
//! ```
//! use nguon_core::verify::{Options, verify};
//! use nguon_examples::season::{Season, Seed};
//! use nguon_export::epcis::hash::agrees;
//! use nguon_export::epcis::read::{Limits, read_all};
//! use nguon_export::epcis::write::Exporter;
//! use nguon_export::{Facts, Personal, Source};
//!
//! let season = Season::build(&Seed::sample())?;
//! let bundle = season.ledger.bundle(season.id("packer/export"))?.to_bytes()?;
//! let verification = verify(&bundle, season.ledger.trust(), &Options::at(season.now()));
//! let source = Source::new(verification, season.now())?;
//!
//! let mut exporter = Exporter::begin(Vec::new(), season.now().into())?;
//! exporter.add(&Facts::new(&source, Personal::Withheld))?;
//! let (document, summary) = exporter.finish()?;
//!
//! let events = read_all(&document, &Limits::default())?;
//! assert_eq!(u64::try_from(events.len())?, summary.events);
//! assert!(events.iter().all(agrees));
//!
//! let wrong = String::from_utf8(document)?.replacen("commissioning", "weighing", 1);
//! let faults = read_all(wrong.as_bytes(), &Limits::default()).unwrap_err();
//! assert!(faults.listed()[0].path.ends_with("/bizStep"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # What it leaves out
//!
//! XML; master data in a document's header, which is passed over; the capture and subscription interfaces, which are a
//! server's. A quantity in an event is exact: it never passes through a binary fraction, and what JSON's readers would round is
//! refused.

pub mod decimal;
pub mod document;
pub mod hash;
pub mod import;
pub mod key;
pub mod model;
pub mod query;
pub mod read;
pub mod time;
pub mod unit;
pub mod uri;
pub mod vocabulary;
pub mod write;
