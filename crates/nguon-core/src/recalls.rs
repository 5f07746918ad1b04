//! A list of recalls that an authority signed: for readers whose bundles are older than it.
//!
//! The envelope is a record's ([`crate::envelope`]) with the content type `application/vnd.nguon.recalls.v1+cbor`; the
//! payload is deterministic CBOR:
//!
//! ```text
//! {"issued": time, "recalls": [{"chain": id, "reason": word, "sequence": number}], "version": 1, "authority": id}
//! ```

use ed25519_dalek::SigningKey;
use serde::{Deserialize, Serialize};

use crate::cbor::{self, CborError, Limits, decode_map};
use crate::envelope::{Deployment, Envelope};
use crate::event::RecallReason;
use crate::fault::Fault;
use crate::ids::{AuthorityId, ChainId};
use crate::record::RecordError;
use crate::trust::Roots;
use crate::values::Time;

/// The version of lists this library reads and writes.
pub const VERSION: u64 = 1;

/// The longest a payload may be: some ten thousand recalls.
pub const LIMITS: Limits = Limits { length: 1024 * 1024, depth: 3 };

const OPENING: &[u8] = b"\xd2\x84\x58\x4e\xa3\x01\x32\x03\x78\x25application/vnd.nguon.recalls.v1+cbor\x04\x58\x20";

/// What an authority lists.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RecallList {
    /// Always 1.
    pub version: u64,
    /// Unix seconds at which the list was complete.
    pub issued: Time,
    /// Every recall that stands.
    pub recalls: Vec<ListedRecall>,
    /// Who lists them, with one of its keys.
    pub authority: AuthorityId,
}

/// One standing recall.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ListedRecall {
    /// The batch or place that is recalled.
    pub chain: ChainId,
    /// Why.
    pub reason: RecallReason,
    /// Sequence of the record that recalls it.
    pub sequence: u64,
}

impl RecallList {
    /// Encodes and signs it with a key of the authority.
    pub fn sign(&self, key: &SigningKey, deployment: &Deployment) -> Result<Vec<u8>, CborError> {
        let payload = cbor::to_canonical(self, LIMITS)?;
        Ok(Envelope::sign(OPENING, &payload, key, deployment).as_bytes().to_vec())
    }

    /// Reads a signed list and checks that an authority of the newest trust root signed it.
    pub fn verify(bytes: Vec<u8>, roots: &Roots) -> Result<Self, Fault> {
        let envelope = Envelope::read(bytes, OPENING)?;
        let list: Self = cbor::from_canonical(envelope.payload(), LIMITS).map_err(RecordError::from)?;
        if list.version != VERSION {
            return Err(Fault::Newer(crate::said("the list of recalls")));
        }
        let key = envelope.key_id();
        let key = roots.newest().authority_key(&list.authority, &key).ok_or(Fault::UnknownKey(key))?;
        if key.verifies(&envelope.to_be_signed(roots.deployment()), &envelope.signature()) {
            Ok(list)
        } else {
            Err(Fault::BadSignature)
        }
    }
}

decode_map!(RecallList { required issued, required recalls, required version, required authority });
decode_map!(ListedRecall { required chain, required reason, required sequence });
