//! What is needed to verify one batch, in one file.

use crate::cbor::decode_map;
use serde::{Deserialize, Serialize};

use crate::bytes::ByteString;
use crate::cbor::{self, CborError};
use crate::envelope::CONTAINER_LIMITS;
use crate::opening::Opening;
use crate::trust::SignedRoot;

/// The bundle version this library reads and writes.
const VERSION: u64 = 1;

/// Records, openings and trust roots of one batch and all it came from. Nothing in it is checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bundle {
    version: u64,
    /// All trust roots, from version 1.
    pub roots: Vec<SignedRoot>,
    /// Whole chains of records: the batch's own first, the rest by ascending chain id.
    pub chains: Vec<Vec<ByteString>>,
    /// Openings, by policy; what is not opened reads "withheld".
    pub openings: Vec<Opening>,
    /// The bundle's other part: deterministic CBOR of a [`super::Proof`], made anew for each checkpoint, while the rest
    /// changes only when a chain grows. Present exactly if the trust root names a log.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proof: Option<ByteString>,
}

/// Why bytes are not a bundle.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BundleError {
    /// Not in the one permitted encoding, or not of a bundle's shape.
    #[error(transparent)]
    Cbor(#[from] CborError),
    /// A version this library does not know.
    #[error("bundle version {0} is newer than this software")]
    UnknownVersion(u64),
}

impl Bundle {
    /// A bundle of these parts.
    #[must_use]
    pub const fn new(roots: Vec<SignedRoot>, chains: Vec<Vec<ByteString>>, openings: Vec<Opening>) -> Self {
        Self { version: VERSION, roots, chains, openings, proof: None }
    }

    /// Reads a bundle; its records stay bytes.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, BundleError> {
        cbor::check(bytes, CONTAINER_LIMITS).map_err(CborError::from)?;
        let version = cbor::map_entries(bytes).into_iter().find(|(key, _)| *key == "version");
        match version.and_then(|(_, value)| cbor::head(value, 0).ok()) {
            Some(head) if head.major == cbor::Major::Unsigned && head.argument > VERSION => {
                Err(BundleError::UnknownVersion(head.argument))
            }
            _ => {
                let bundle: Self = cbor::from_checked(bytes)?;
                if bundle.version == VERSION { Ok(bundle) } else { Err(BundleError::UnknownVersion(bundle.version)) }
            }
        }
    }

    /// Deterministic CBOR.
    pub fn to_bytes(&self) -> Result<Vec<u8>, BundleError> {
        Ok(cbor::to_canonical(self, CONTAINER_LIMITS)?)
    }

    /// How many records it holds.
    #[must_use]
    pub fn record_count(&self) -> usize {
        self.chains.iter().map(Vec::len).sum()
    }
}

decode_map!(Bundle { optional proof, required roots, required chains, required version, required openings });
