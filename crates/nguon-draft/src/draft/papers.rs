//! What is said of other records, and what travels with them.

use nguon_core::bytes::ByteString;
use nguon_core::event::CorrectionReason;
use nguon_core::ids::{ChainId, FieldDigest, Salt};
use nguon_core::opening::{PersonalOpening, digest};
use nguon_core::values::{Count, MediaType};
use serde::{Deserialize, Serialize};

use super::Plain;

/// What an earlier record should have said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// The chain
    pub chain: ChainId,
    /// The record on it
    pub sequence: u64,
    /// Why
    pub reason: CorrectionReason,
    /// The event as it should have been, whole
    pub event: Plain,
    /// In words
    #[serde(default)]
    pub details: Option<String>,
}

/// What somebody handed over: records signed elsewhere, in the order they have to be sent, and what they seal.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parcel {
    /// The records
    pub records: Vec<ByteString>,
    /// Openings of their fields
    #[serde(default)]
    pub openings: Vec<PersonalOpening>,
}

/// A photo or document. Its bytes are kept by whoever runs this, under a name of theirs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Photo {
    /// Where its bytes are
    pub name: String,
    /// Fresh for this photo
    pub salt: Salt,
    /// Which attachment of its record, from 0: part of what is sealed
    pub place: usize,
    /// What the record holds of it, and by which it is sent
    pub digest: FieldDigest,
    /// Bytes
    pub length: Count,
    /// What kind of file
    pub media_type: MediaType,
}

impl Photo {
    /// Seals a photo as the so-many-th attachment of its record, from 0. `None` if there are no bytes.
    #[must_use]
    pub fn seal(name: String, bytes: &[u8], media_type: MediaType, salt: Salt, place: usize) -> Option<Self> {
        let digest = digest(&salt, &format!("attachments/{place}"), bytes);
        let length = Count::new(u64::try_from(bytes.len()).ok()?).ok()?;
        Some(Self { name, salt, place, digest, length, media_type })
    }
}
