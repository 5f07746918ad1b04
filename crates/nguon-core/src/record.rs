//! The payload of a record: decoded, its signature and its place in a chain not yet checked.

use crate::cbor::{decode_choice, decode_map, decode_words};
use serde::{Deserialize, Serialize};

use crate::cbor::{self, CborError, Limits};
use crate::event::{Event, EventName};
use crate::ids::{AuthorityId, ChainId, FieldDigest, Nonce, RootHash, StatementId};
use crate::values::{Count, List, MediaType, Time, UtcOffset};

/// The record version this library reads and writes.
pub const VERSION: u64 = 1;

/// The longest and deepest a payload may be; the envelope around it stays within [`crate::envelope::MAX_RECORD`].
pub const LIMITS: Limits = Limits { length: 32 * 1024, depth: 8 };

/// The kinds of chain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChainKind {
    /// Who signs.
    Actor,
    /// A growing area, a packing house or a plot.
    Place,
    /// A quantity of produce with one owner.
    Batch,
}

/// Who signs a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Signer {
    /// An actor, by its chain.
    Actor(ChainId),
    /// An authority of the trust root.
    Authority(AuthorityId),
}

impl From<ChainId> for Signer {
    fn from(actor: ChainId) -> Self {
        Self::Actor(actor)
    }
}

impl From<AuthorityId> for Signer {
    fn from(authority: AuthorityId) -> Self {
        Self::Authority(authority)
    }
}

/// The newest checkpoint of the log that the signing device had seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Anchor {
    /// Number of leaves.
    pub size: u64,
    /// Root over them.
    pub root: RootHash,
}

/// A photo or document, bound to the record by a salted digest (see [`crate::opening`]).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attachment {
    /// Salted digest of its bytes, under the path `attachments/n`.
    pub digest: FieldDigest,
    /// Bytes.
    pub length: Count,
    /// What kind of file.
    pub media_type: MediaType,
}

/// One statement about an actor, a place or a batch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// Always 1.
    pub version: u64,
    /// What the chain is about.
    pub kind: ChainKind,
    /// The chain; absent in its first record, whose own statement id it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chain: Option<ChainId>,
    /// Position in the chain, from 0.
    pub sequence: u64,
    /// Statement id of the record before; absent in the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub previous: Option<StatementId>,
    /// Who signs.
    pub signer: Signer,
    /// The household for which a registrar signs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_behalf_of: Option<ChainId>,
    /// Unix seconds by the signing device's clock.
    pub signed_at: Time,
    /// Minutes east of UTC where it was signed.
    pub utc_offset: UtcOffset,
    /// The newest checkpoint seen; absent if none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub anchor: Option<Anchor>,
    /// Statements the same key signed on the same previous, which were refused and which this one replaces.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<List<StatementId, 1, 16>>,
    /// What happened.
    pub event: Event,
    /// Photos and documents.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attachments: Option<List<Attachment, 1, 16>>,
    /// 16 random bytes, in a first record only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nonce: Option<Nonce>,
}

/// Why a payload is not a record.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RecordError {
    /// Not in the one permitted encoding, or not of the record's shape.
    #[error(transparent)]
    Cbor(#[from] CborError),
    /// A version this library does not know.
    #[error("record version {0} is newer than this software")]
    UnknownVersion(u64),
    /// An event this library does not know.
    #[error("the event is newer than this software")]
    UnknownEvent,
    /// A field that belongs to a first record only, or to a later one only.
    #[error("{field} is {rule}")]
    Position {
        /// The field.
        field: &'static str,
        /// What holds for it.
        rule: &'static str,
    },
}

impl Record {
    /// Decodes a payload: the one-pass check, then the fields; a version or event that is newer is told before other faults.
    pub fn from_payload(payload: &[u8]) -> Result<Self, RecordError> {
        cbor::check(payload, LIMITS).map_err(CborError::from)?;
        let decoded = cbor::from_checked(payload).map_err(RecordError::from);
        let sound = decoded.and_then(|record: Self| record.check_position().map(|()| record));
        // Nothing newer decodes, so only what does not has to be looked at twice; newer comes before any other fault.
        sound.map_err(|error| newer(payload).unwrap_or(error))
    }

    /// Encodes the payload that is to be signed.
    pub fn to_payload(&self) -> Result<Vec<u8>, RecordError> {
        self.check_position()?;
        Ok(cbor::to_bytes(self, LIMITS)?)
    }

    /// Who acts: the household a registrar signs for, or the signer.
    #[must_use]
    pub fn acting(&self) -> Signer {
        self.on_behalf_of.map_or(self.signer, Signer::Actor)
    }

    /// When it happened, by the signer's word.
    #[must_use]
    pub fn happened_at(&self) -> Time {
        self.event.at().unwrap_or(self.signed_at)
    }

    /// The chains without which it cannot be judged: its signer's, and what the event refers to.
    #[must_use]
    pub fn references(&self) -> Vec<ChainId> {
        let mut chains = self.event.references();
        if let Signer::Actor(actor) = self.signer {
            chains.push(actor);
        }
        chains.extend(self.on_behalf_of);
        chains
    }

    fn check_position(&self) -> Result<(), RecordError> {
        if self.version != VERSION {
            return Err(RecordError::Position { field: "version", rule: crate::said("1 in this format") });
        }
        let first = self.sequence == 0;
        let fields =
            [("chain", self.chain.is_none()), ("previous", self.previous.is_none()), ("nonce", self.nonce.is_some())];
        for (field, fits_first) in fields {
            if fits_first != first {
                let rule = match (first, field) {
                    (true, "nonce") => "required in a first record",
                    (true, _) => "permitted only in a later record",
                    (false, "nonce") => "permitted only in a first record",
                    (false, _) => "required in a later record",
                };
                return Err(RecordError::Position { field, rule });
            }
        }
        Ok(())
    }
}

/// What a payload that cannot be decoded says about its place, for error messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ClaimedPlace {
    /// The chain, if it names one.
    pub chain: Option<ChainId>,
    /// The sequence, if it has one.
    pub sequence: Option<u64>,
}

impl ClaimedPlace {
    /// Reads what can be read; the payload may be anything.
    #[must_use]
    pub fn of_payload(payload: &[u8]) -> Self {
        let mut place = Self::default();
        if cbor::check(payload, LIMITS).is_err() {
            return place;
        }
        for (key, value) in cbor::map_entries(payload) {
            match key {
                "chain" => place.chain = cbor::from_checked(value).ok(),
                "sequence" => place.sequence = cbor::from_checked(value).ok(),
                _ => {}
            }
        }
        place
    }
}

/// What in the payload is newer than this software, if anything is.
fn newer(payload: &[u8]) -> Option<RecordError> {
    let entries = cbor::map_entries(payload);
    let field = |name| entries.iter().find(|(key, _)| *key == name).map(|(_, value)| *value);
    if let Some(Ok(version)) = field("version").map(|value| cbor::head(value, 0))
        && version.major == cbor::Major::Unsigned
        && version.argument > VERSION
    {
        return Some(RecordError::UnknownVersion(version.argument));
    }
    field("event").is_some_and(is_newer_event).then_some(RecordError::UnknownEvent)
}

/// An event newer than this software, a correction of one, or an enrolment whose scope names one.
fn is_newer_event(event: &[u8]) -> bool {
    let entries = cbor::map_entries(event);
    let [(name, body)] = entries.as_slice() else { return false };
    let field =
        |body, wanted| cbor::map_entries(body).into_iter().find(|(key, _)| *key == wanted).map(|(_, value)| value);
    match name.parse() {
        Err(_) => true,
        Ok(EventName::Corrected) => field(body, "event").is_some_and(is_newer_event),
        Ok(EventName::Enrolled) => {
            let events = field(body, "scope").and_then(|scope| field(scope, "events"));
            events.is_some_and(|events| cbor::texts(events).iter().any(|name| name.parse::<EventName>().is_err()))
        }
        Ok(_) => false,
    }
}

decode_map!(Anchor { required root, required size });
decode_map!(Attachment { required digest, required length, required media_type });
decode_map!(Record { required kind, optional chain, required event, optional nonce, optional anchor, required signer, required version, optional previous, optional replaces, required sequence, required signed_at, required utc_offset, optional attachments, optional on_behalf_of });
decode_words!(ChainKind { "actor" = Actor, "place" = Place, "batch" = Batch });
decode_choice!(Signer { "actor" = Actor, "authority" = Authority });
