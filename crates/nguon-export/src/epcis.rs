//! EPCIS 2.0 and the Core Business Vocabulary 2.0, in JSON-LD.

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
