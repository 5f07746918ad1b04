//! Salted digests that stand for personal data, and the openings that reveal them.
//!
//! A record holds `SHA-256("nguon/field/v1\n" ‖ salt ‖ u32 length ‖ path ‖ value)`. The salt and the value travel beside
//! the record and can be erased; every history still verifies, and the field then reads "withheld".
//!
//! ```
//! use nguon_core::ids::Salt;
//! use nguon_core::opening::FieldValue;
//! let salt = Salt::from_bytes([7; 16]); // 16 bytes from a random generator, fresh for each field
//! let name = FieldValue::Text("Nguyễn Văn Bảy".into());
//! let in_record = name.seal(&salt, "enrolled/name");
//! assert_ne!(in_record, name.seal(&salt, "enrolled/phone"));
//! ```

use crate::cbor::decode_map;
use serde::{Deserialize, Serialize};

use crate::bytes::ByteString;
use crate::cbor::{self, Limits};
use crate::ids::{ChainId, FieldDigest, Salt, StatementId, hash};
use crate::record::Record;

const LIMITS: Limits = Limits { length: 16 * 1024, depth: 2 };

/// The digest of a value under a path: `event/field`, or `attachments/n` for an attachment's bytes.
#[must_use]
pub fn digest(salt: &Salt, path: &str, value: &[u8]) -> FieldDigest {
    let length = u32::try_from(path.len()).unwrap_or(u32::MAX).to_be_bytes();
    FieldDigest(hash(&[b"nguon/field/v1\n", salt.as_bytes(), &length, path.as_bytes(), value]))
}

/// What an opened field says.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum FieldValue {
    /// Words: a name, a telephone number, free text.
    Text(String),
    /// Latitude and longitude in 1e-7 degrees.
    Coordinates(i64, i64),
}

impl FieldValue {
    /// Deterministic CBOR.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let encoded = match self {
            Self::Text(text) => cbor::to_bytes(text, LIMITS),
            Self::Coordinates(latitude, longitude) => cbor::to_bytes(&[*latitude, *longitude][..], LIMITS),
        };
        // Over-long text gives an opening that nobody accepts, which `Opening::check` reports.
        encoded.unwrap_or_default()
    }

    /// Its digest under a path.
    #[must_use]
    pub fn seal(&self, salt: &Salt, path: &str) -> FieldDigest {
        digest(salt, path, &self.to_bytes())
    }

    /// Decodes what [`Self::to_bytes`] writes.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let text = cbor::from_canonical(bytes, LIMITS).map(Self::Text);
        let pair = || match *cbor::from_canonical::<Vec<Degrees>>(bytes, LIMITS).ok()?.as_slice() {
            [Degrees(latitude), Degrees(longitude)] => Some(Self::Coordinates(latitude, longitude)),
            _ => None,
        };
        text.ok().or_else(pair)
    }
}

/// Salt and value of one salted digest of one record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opening {
    /// The record.
    pub record: StatementId,
    /// `event/field` or `attachments/n`.
    pub path: String,
    /// The salt.
    pub salt: Salt,
    /// The value's deterministic CBOR; absent for an attachment, whose bytes travel by themselves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<ByteString>,
}

/// An opening as it is handed to a server: with the person it is about, by whom it is erased.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PersonalOpening {
    /// The opening.
    pub opening: Opening,
    /// The person's actor chain.
    pub about: ChainId,
}

/// Why an opening is refused; the fault lies with whoever served or sent it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum OpeningError {
    /// The record has no such digest.
    #[error("the record has no field {0}")]
    NoSuchField(String),
    /// Salt and value do not give the record's digest.
    #[error("the opening of {0} is not what was signed")]
    Differs(String),
    /// A field without its value, or an attachment with one.
    #[error("the opening of {0} has a value where none belongs, or none where one does")]
    Value(String),
    /// An attachment's bytes are not as many as the record says.
    #[error("{0} is not as long as was signed")]
    Length(String),
}

impl Opening {
    /// Checks salt and value against the record.
    pub fn check(&self, record: &Record) -> Result<(), OpeningError> {
        let wanted = digest_at(record, &self.path).ok_or_else(|| OpeningError::NoSuchField(self.path.clone()))?;
        match (&self.value, self.path.starts_with("attachments/")) {
            (Some(value), false) if FieldValue::from_bytes(&value.0).is_none() => {
                Err(OpeningError::Value(self.path.clone()))
            }
            (Some(value), false) => self.check_bytes(wanted, &value.0),
            (None, true) => Ok(()),
            _ => Err(OpeningError::Value(self.path.clone())),
        }
    }

    /// Checks an attachment's bytes against the record.
    pub fn check_attachment(&self, record: &Record, bytes: &[u8]) -> Result<(), OpeningError> {
        let attachments = record.attachments.as_deref().unwrap_or_default();
        let found = attachments.iter().enumerate().find(|(n, _)| self.path == attachment_path(*n));
        let (_, attachment) = found.ok_or_else(|| OpeningError::NoSuchField(self.path.clone()))?;
        if u64::try_from(bytes.len()) != Ok(attachment.length.get()) {
            return Err(OpeningError::Length(self.path.clone()));
        }
        self.check_bytes(attachment.digest, bytes)
    }

    fn check_bytes(&self, wanted: FieldDigest, value: &[u8]) -> Result<(), OpeningError> {
        if digest(&self.salt, &self.path, value) == wanted {
            Ok(())
        } else {
            Err(OpeningError::Differs(self.path.clone()))
        }
    }
}

/// Every salted digest of a record with its path.
#[must_use]
pub fn digests(record: &Record) -> Vec<(String, FieldDigest)> {
    let event = record.event.name();
    let fields =
        record.event.digests().into_iter().map(|(field, digest)| ([event.as_str(), "/", field].concat(), digest));
    let attachments = record.attachments.as_deref().unwrap_or_default().iter().enumerate();
    fields.chain(attachments.map(|(n, attachment)| (attachment_path(n), attachment.digest))).collect()
}

fn attachment_path(n: usize) -> String {
    format!("attachments/{n}")
}

fn digest_at(record: &Record, path: &str) -> Option<FieldDigest> {
    digests(record).into_iter().find(|(found, _)| found == path).map(|(_, digest)| digest)
}

decode_map!(Opening { required path, required salt, optional value, required record });
decode_map!(PersonalOpening { required about, required opening });

/// Degrees of latitude or longitude, times 10,000,000.
struct Degrees(i64);

impl cbor::Decode for Degrees {
    fn decode(from: &mut cbor::Decoder<'_>) -> Self {
        Self(from.integer())
    }
}
