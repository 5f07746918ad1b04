//! The envelope: COSE_Sign1 (RFC 9052 §4.2) of one fixed shape, and what its signature covers.
//!
//! ```text
//! 18([ << {1: -19, 3: "application/vnd.nguon.record.v1+cbor", 4: kid} >>, {}, << payload >>, signature ])
//! ```
//!
//! Algorithm −19 is Ed25519 (RFC 9864). The shape is fixed, so it is read and written here in a few lines;
//! the tests hold it to the `coset` crate in both directions. A list of recalls ([`crate::recalls`]) has the same envelope
//! with a content type of its own.

use ed25519_dalek::{Signer as _, SigningKey};

use crate::cbor::{self, Limits};
use crate::ids::{KeyId, PublicKeyBytes, SignatureBytes, StatementId, hash};
use crate::record::{Record, RecordError};

/// The media type of a payload, a protected header.
pub const CONTENT_TYPE: &str = "application/vnd.nguon.record.v1+cbor";

/// The largest record, envelope included, in bytes.
pub const MAX_RECORD: usize = 32 * 1024;

/// Tag 18, array of four, protected header of 77 bytes up to the `kid`'s content.
const OPENING: &[u8] = b"\xd2\x84\x58\x4d\xa3\x01\x32\x03\x78\x24application/vnd.nguon.record.v1+cbor\x04\x58\x20";
/// Where the protected header begins.
const PROTECTED: usize = 4;
const EMPTY_MAP: u8 = 0xa0;
const SIGNATURE_HEAD: [u8; 2] = [0x58, 0x40];

/// Which deployment a record belongs to: the hash of its first trust root's payload, which every signature covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Deployment([u8; 32]);

impl Deployment {
    /// The deployment that begins with this payload of trust root version 1.
    #[must_use]
    pub fn of_first_root(payload: &[u8]) -> Self {
        Self(hash(&[payload]))
    }

    /// `SHA-256(payload of trust root version 1)`.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// `"nguon/v1\n" ‖ SHA-256(payload of trust root version 1)`, the COSE `external_aad`.
    #[must_use]
    pub fn external_aad(&self) -> [u8; 41] {
        let mut aad = [0; 41];
        aad[..9].copy_from_slice(b"nguon/v1\n");
        aad[9..].copy_from_slice(&self.0);
        aad
    }
}

/// Why bytes are not a record's envelope.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EnvelopeError {
    /// Longer than [`MAX_RECORD`].
    #[error("a record of {0} bytes; at most 32768 are permitted")]
    TooLong(usize),
    /// The bytes end early.
    #[error("the record ends at byte {0}, inside its envelope")]
    Truncated(usize),
    /// The content type names another version of the format.
    #[error("the record's content type is newer than this software")]
    NewerContentType,
    /// Not the one permitted envelope.
    #[error("not the permitted COSE_Sign1 envelope at byte {0}")]
    Shape(usize),
}

/// An envelope whose shape and content type have been checked, and nothing else.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Envelope {
    bytes: Vec<u8>,
    /// Where the protected header ends, with the `kid`.
    header: usize,
    payload: std::ops::Range<usize>,
}

impl Envelope {
    /// Reads one envelope that begins so; the bytes are kept as they are.
    pub(crate) fn read(bytes: Vec<u8>, opening: &'static [u8]) -> Result<Self, EnvelopeError> {
        let header = opening.len() + KeyId::LENGTH;
        check_opening(&bytes, opening)?;
        match bytes.get(header) {
            None => return Err(EnvelopeError::Truncated(bytes.len())),
            Some(&EMPTY_MAP) => {}
            Some(_) => return Err(EnvelopeError::Shape(header)),
        }
        let at = header + 1;
        let head = cbor::head(&bytes, at).map_err(|error| match error.fault {
            cbor::CanonicalFault::Truncated => EnvelopeError::Truncated(bytes.len()),
            _ => EnvelopeError::Shape(at),
        })?;
        if head.major != cbor::Major::Bytes {
            return Err(EnvelopeError::Shape(at));
        }
        let end = usize::try_from(head.argument).ok().and_then(|length| head.content.checked_add(length));
        let end = end.filter(|end| *end <= bytes.len()).ok_or(EnvelopeError::Truncated(bytes.len()))?;
        let tail = &bytes[end..];
        let signature_head = tail.get(..2).ok_or(EnvelopeError::Truncated(bytes.len()))?;
        if signature_head != SIGNATURE_HEAD {
            return Err(EnvelopeError::Shape(end));
        }
        match tail.len() {
            66 => Ok(Self { header, payload: head.content..end, bytes }),
            0..66 => Err(EnvelopeError::Truncated(bytes.len())),
            _ => Err(EnvelopeError::Shape(end + 66)),
        }
    }

    /// Puts an envelope around a payload and a signature made elsewhere.
    fn around(opening: &'static [u8], key: KeyId, payload: &[u8], signature: &SignatureBytes) -> Self {
        let mut bytes = Vec::with_capacity(payload.len() + 160);
        bytes.extend_from_slice(opening);
        bytes.extend_from_slice(key.as_bytes());
        let header = bytes.len();
        bytes.push(EMPTY_MAP);
        byte_string_head(payload.len(), &mut bytes);
        let from = bytes.len();
        bytes.extend_from_slice(payload);
        let payload = from..bytes.len();
        bytes.extend_from_slice(&SIGNATURE_HEAD);
        bytes.extend_from_slice(signature.as_bytes());
        Self { bytes, header, payload }
    }

    /// Signs a payload with a key held here.
    pub(crate) fn sign(opening: &'static [u8], payload: &[u8], key: &SigningKey, deployment: &Deployment) -> Self {
        let key_id = KeyId::of(&PublicKeyBytes::from(key));
        let signature = key.sign(&to_be_signed_as(opening, key_id, payload, deployment));
        Self::around(opening, key_id, payload, &SignatureBytes::from_bytes(signature.to_bytes()))
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        &self.bytes
    }

    pub(crate) fn key_id(&self) -> KeyId {
        let mut id = [0; KeyId::LENGTH];
        id.copy_from_slice(&self.bytes[self.header - KeyId::LENGTH..self.header]);
        KeyId::from_bytes(id)
    }

    pub(crate) fn payload(&self) -> &[u8] {
        &self.bytes[self.payload.clone()]
    }

    pub(crate) fn signature(&self) -> SignatureBytes {
        let mut signature = [0; 64];
        signature.copy_from_slice(&self.bytes[self.bytes.len() - 64..]);
        SignatureBytes::from_bytes(signature)
    }

    /// The Sig_structure this signature must cover (RFC 9052 §4.4).
    pub(crate) fn to_be_signed(&self, deployment: &Deployment) -> Vec<u8> {
        sig_structure(&self.bytes[PROTECTED..self.header], self.payload(), deployment)
    }
}

/// A record as it was signed. Nothing about it is checked but the envelope's shape.
#[derive(Clone, PartialEq, Eq)]
pub struct SignedRecord(Envelope);

impl std::fmt::Debug for SignedRecord {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SignedRecord({} bytes, kid {})", self.as_bytes().len(), self.key_id())
    }
}

impl SignedRecord {
    /// Reads one envelope; the bytes are kept as they are.
    pub fn from_bytes(bytes: Vec<u8>) -> Result<Self, EnvelopeError> {
        if bytes.len() > MAX_RECORD {
            return Err(EnvelopeError::TooLong(bytes.len()));
        }
        Envelope::read(bytes, OPENING).map(Self)
    }

    /// Puts an envelope around a payload and the signature made elsewhere over [`to_be_signed`].
    pub fn assemble(key: KeyId, payload: &[u8], signature: &SignatureBytes) -> Result<Self, EnvelopeError> {
        Self::within_bounds(Envelope::around(OPENING, key, payload, signature))
    }

    /// Encodes and signs a record with a key held here.
    pub fn sign(record: &Record, key: &SigningKey, deployment: &Deployment) -> Result<Self, SignError> {
        Ok(Self::within_bounds(Envelope::sign(OPENING, &record.to_payload()?, key, deployment))?)
    }

    fn within_bounds(envelope: Envelope) -> Result<Self, EnvelopeError> {
        match envelope.as_bytes().len() {
            length if length > MAX_RECORD => Err(EnvelopeError::TooLong(length)),
            _ => Ok(Self(envelope)),
        }
    }

    /// The bytes, as received.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }

    /// The protected header's `kid`.
    #[must_use]
    pub fn key_id(&self) -> KeyId {
        self.0.key_id()
    }

    /// The payload's bytes.
    #[must_use]
    pub fn payload(&self) -> &[u8] {
        self.0.payload()
    }

    /// The signature.
    #[must_use]
    pub fn signature(&self) -> SignatureBytes {
        self.0.signature()
    }

    /// The Sig_structure this signature must cover (RFC 9052 §4.4).
    #[must_use]
    pub fn to_be_signed(&self, deployment: &Deployment) -> Vec<u8> {
        self.0.to_be_signed(deployment)
    }

    /// What this statement is called, whoever's signature bytes it carries.
    #[must_use]
    pub fn statement_id(&self, deployment: &Deployment) -> StatementId {
        let Envelope { bytes, header, payload } = &self.0;
        let mut head = Vec::with_capacity(HEAD);
        sig_structure_head(&bytes[PROTECTED..*header], payload.len(), deployment, &mut head);
        StatementId(hash(&[b"nguon/statement/v1\n", &head, self.payload()]))
    }
}

/// Why a record could not be signed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SignError {
    /// The record breaks a rule of its own encoding.
    #[error(transparent)]
    Record(#[from] RecordError),
    /// It is too long.
    #[error(transparent)]
    Envelope(#[from] EnvelopeError),
}

/// The bytes a key outside this library (WebCrypto, a token) has to sign.
#[must_use]
pub fn to_be_signed(key: KeyId, payload: &[u8], deployment: &Deployment) -> Vec<u8> {
    to_be_signed_as(OPENING, key, payload, deployment)
}

fn to_be_signed_as(opening: &'static [u8], key: KeyId, payload: &[u8], deployment: &Deployment) -> Vec<u8> {
    let mut protected = opening[PROTECTED..].to_vec();
    protected.extend_from_slice(key.as_bytes());
    sig_structure(&protected, payload, deployment)
}

/// `SHA-256("nguon/statement/v1\n" ‖ Sig_structure)`.
#[must_use]
pub fn statement_id(to_be_signed: &[u8]) -> StatementId {
    StatementId(hash(&[b"nguon/statement/v1\n", to_be_signed]))
}

fn sig_structure(protected: &[u8], payload: &[u8], deployment: &Deployment) -> Vec<u8> {
    let mut out = Vec::with_capacity(payload.len() + HEAD);
    sig_structure_head(protected, payload.len(), deployment, &mut out);
    out.extend_from_slice(payload);
    out
}

/// No fewer bytes than stand before a record's payload.
const HEAD: usize = 144;

/// All of it but the payload itself, which comes last.
fn sig_structure_head(protected: &[u8], payload: usize, deployment: &Deployment, out: &mut Vec<u8>) {
    out.extend_from_slice(b"\x84\x6aSignature1");
    byte_string_head(protected.len(), out);
    out.extend_from_slice(protected);
    let aad = deployment.external_aad();
    byte_string_head(aad.len(), out);
    out.extend_from_slice(&aad);
    byte_string_head(payload, out);
}

fn byte_string_head(length: usize, out: &mut Vec<u8>) {
    let bytes = length.to_be_bytes();
    let tail = |width: usize| &bytes[bytes.len() - width..];
    match length {
        0..=23 => out.push(0x40 | tail(1)[0]),
        24..=0xff => out.extend_from_slice(&[0x58, tail(1)[0]]),
        0x100..=0xffff => {
            out.push(0x59);
            out.extend_from_slice(tail(2));
        }
        _ => {
            out.push(0x5a);
            out.extend_from_slice(tail(4));
        }
    }
}

fn check_opening(bytes: &[u8], opening: &[u8]) -> Result<(), EnvelopeError> {
    // All at once, and byte by byte only to tell where it differs.
    let same = bytes.starts_with(opening);
    let differs = if same { None } else { bytes.iter().zip(opening).position(|(found, wanted)| found != wanted) };
    match differs {
        Some(_) if names_newer_version(bytes, opening) => Err(EnvelopeError::NewerContentType),
        Some(at) => Err(EnvelopeError::Shape(at)),
        None if bytes.len() < opening.len() + KeyId::LENGTH => Err(EnvelopeError::Truncated(bytes.len())),
        None => Ok(()),
    }
}

/// The same envelope with `v2` to `v9` in its content type, which ends in `v1+cbor` and is followed by three bytes.
fn names_newer_version(bytes: &[u8], opening: &[u8]) -> bool {
    let digit = opening.len() - 9;
    debug_assert_eq!(opening[digit], b'1');
    bytes.len() > opening.len()
        && matches!(bytes[digit], b'2'..=b'9')
        && bytes[..digit] == opening[..digit]
        && bytes[digit + 1..opening.len()] == opening[digit + 1..]
}

/// Limits on whatever holds envelopes as byte strings.
pub(crate) const CONTAINER_LIMITS: Limits = Limits { length: 256 * 1024 * 1024, depth: 8 };
