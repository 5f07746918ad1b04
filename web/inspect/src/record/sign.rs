//! The record of an inspection, ready to be signed by a key that may not be in this program's hands.

use nguon_core::bytes::ByteString;
use nguon_core::cbor;
use nguon_core::envelope::{Deployment, SignedRecord, statement_id, to_be_signed};
use nguon_core::event::Inspected;
use nguon_core::ids::{ChainId, FieldDigest, KeyId, PublicKeyBytes, SignatureBytes, StatementId};
use nguon_core::key::PublicKey;
use nguon_core::opening::{FieldValue, Opening, PersonalOpening, digest};
use nguon_core::record::{Anchor, Attachment, ChainKind, Record, Signer, VERSION};
use nguon_core::values::{Count, List, Time, UtcOffset};
use serde::{Deserialize, Serialize};

use super::entry::{Entry, Signature};

/// What photos are after they were drawn anew.
const PHOTO_TYPE: &str = "image/jpeg";
/// Minutes east of UTC in Vietnam.
const VIETNAM: i64 = 420;

/// A chain's newest record, as the server tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// What the chain is about
    pub kind: ChainKind,
    /// Sequence of the newest record
    pub sequence: u64,
    /// Its id
    pub head: StatementId,
}

/// Who signs, on which device.
#[derive(Clone, Copy, Debug)]
pub struct Hand {
    /// The inspector's actor chain
    pub actor: ChainId,
    /// The device's key
    pub key: PublicKeyBytes,
    /// Now, by the device's clock
    pub now: Time,
    /// The newest checkpoint that this device verified
    pub anchor: Option<Anchor>,
}

/// A record that waits for its signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prepared {
    payload: Vec<u8>,
    key: PublicKeyBytes,
    previous: StatementId,
    /// What the key has to sign
    pub to_be_signed: Vec<u8>,
    /// What the statement is called
    pub statement: StatementId,
}

/// Why an entry cannot be signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unsigned {
    /// The record breaks a rule of its encoding: a page that is wrong
    Record,
    /// The key is none, or its signature does not hold
    Signature,
}

/// Prepares the record of an entry after a chain's head. `photos` are the bytes of the entry's photos, in their order.
///
/// # Errors
/// A record that cannot be encoded.
pub fn prepare(
    entry: &Entry,
    photos: &[Vec<u8>],
    hand: &Hand,
    head: &Head,
    replaces: Vec<StatementId>,
    deployment: &Deployment,
) -> Result<Prepared, Unsigned> {
    let mut event = Inspected::new(entry.result, entry.purpose);
    event.details = entry.words.as_ref().map(|words| text(&words.text).seal(&words.salt, "inspected/details"));
    // Written down at another time than it is signed: without a network the chain's head was not known.
    event.at = Time::new(entry.at).ok().filter(|at| at.get() < hand.now.get());
    let record = Record {
        version: VERSION,
        kind: head.kind,
        chain: entry.target.chain,
        sequence: head.sequence + 1,
        previous: Some(head.head),
        signer: Signer::Actor(hand.actor),
        on_behalf_of: None,
        signed_at: hand.now,
        utc_offset: UtcOffset::try_from(VIETNAM).map_err(|_| Unsigned::Record)?,
        anchor: hand.anchor,
        replaces: if replaces.is_empty() { None } else { Some(List::new(replaces).map_err(|_| Unsigned::Record)?) },
        event: event.into(),
        attachments: attachments(entry, photos)?,
        nonce: None,
    };
    let payload = record.to_payload().map_err(|_| Unsigned::Record)?;
    let to_be_signed = to_be_signed(KeyId::of(&hand.key), &payload, deployment);
    let statement = statement_id(&to_be_signed);
    Ok(Prepared { payload, key: hand.key, previous: head.head, to_be_signed, statement })
}

impl Prepared {
    /// Puts record and signature together, if the signature holds.
    ///
    /// # Errors
    /// It does not, or the record is too long.
    pub fn seal(self, signature: &[u8]) -> Result<Signature, Unsigned> {
        let signature = SignatureBytes::try_from(signature).map_err(|_| Unsigned::Signature)?;
        let key = PublicKey::from_bytes(&self.key).map_err(|_| Unsigned::Signature)?;
        if !key.verifies(&self.to_be_signed, &signature) {
            return Err(Unsigned::Signature);
        }
        let signed = SignedRecord::assemble(key.id(), &self.payload, &signature).map_err(|_| Unsigned::Record)?;
        let record = ByteString(signed.as_bytes().to_vec());
        Ok(Signature { record, statement: self.statement, previous: self.previous })
    }
}

fn text(words: &str) -> FieldValue {
    FieldValue::Text(words.to_owned())
}

fn path(photo: usize) -> String {
    format!("attachments/{photo}")
}

/// The digest of an entry's photo, by which it is sent.
#[must_use]
pub fn photo_digest(entry: &Entry, photo: usize, bytes: &[u8]) -> Option<FieldDigest> {
    Some(digest(&entry.photos.get(photo)?.salt, &path(photo), bytes))
}

fn attachments(entry: &Entry, photos: &[Vec<u8>]) -> Result<Option<List<Attachment, 1, 16>>, Unsigned> {
    if photos.is_empty() {
        return Ok(None);
    }
    let made = photos.iter().enumerate().map(|(n, bytes)| {
        let digest = photo_digest(entry, n, bytes).ok_or(Unsigned::Record)?;
        let length = Count::new(bytes.len() as u64).map_err(|_| Unsigned::Record)?;
        let media_type = PHOTO_TYPE.parse().map_err(|_| Unsigned::Record)?;
        Ok(Attachment { digest, length, media_type })
    });
    List::new(made.collect::<Result<_, Unsigned>>()?).map(Some).map_err(|_| Unsigned::Record)
}

/// The openings of an entry's words and photos, as they are posted: deterministic CBOR. They are about whose place or lot it
/// is, or else about the inspector.
#[must_use]
pub fn openings(entry: &Entry, record: StatementId, inspector: ChainId) -> Vec<u8> {
    let about = entry.target.owner.unwrap_or(inspector);
    let words = entry.words.iter().map(|words| Opening {
        record,
        path: "inspected/details".into(),
        salt: words.salt,
        value: Some(ByteString(text(&words.text).to_bytes())),
    });
    let photos = entry.photos.iter().enumerate();
    let photos = photos.map(|(n, photo)| Opening { record, path: path(n), salt: photo.salt, value: None });
    let all: Vec<PersonalOpening> = words.chain(photos).map(|opening| PersonalOpening { opening, about }).collect();
    cbor::to_canonical(&all, cbor::Limits { length: 4 * 1024 * 1024, depth: 4 }).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use nguon_core::SigningKey;
    use nguon_core::event::{Event, InspectionPurpose, InspectionResult};
    use nguon_core::ids::Salt;

    use super::super::entry::{Photo, Stage, Target, Words};
    use super::*;

    fn entry(photos: usize) -> Entry {
        let chain = ChainId::from_bytes([7; 32]);
        Entry {
            id: "a1".into(),
            at: 1_780_640_000,
            target: Target { code: chain.to_string(), title: "VT-0605".into(), chain: Some(chain), owner: None },
            result: InspectionResult::Fails,
            purpose: InspectionPurpose::Complaint,
            words: Some(Words { text: "Không có nhật ký phun".into(), salt: Salt::from_bytes([1; 16]) }),
            photos: (0..photos).map(|_| Photo { salt: Salt::from_bytes([2; 16]), length: 3, sent: false }).collect(),
            stage: Stage::Draft,
            opened: false,
            races: 0,
        }
    }

    fn key() -> SigningKey {
        SigningKey::from_bytes(&[5; 32])
    }

    fn hand() -> Hand {
        let now = Time::new(1_780_644_600).unwrap();
        Hand { actor: ChainId::from_bytes([8; 32]), key: PublicKeyBytes::from(&key()), now, anchor: None }
    }

    fn head() -> Head {
        serde_json::from_str(&format!(r#"{{"chain":"x","kind":"batch","sequence":4,"head":"{}"}}"#, "0a".repeat(32)))
            .unwrap()
    }

    fn deployment() -> Deployment {
        Deployment::of_first_root(b"root")
    }

    fn signed(photos: &[Vec<u8>], replaces: Vec<StatementId>) -> SignedRecord {
        let entry = entry(photos.len());
        let prepared = prepare(&entry, photos, &hand(), &head(), replaces, &deployment()).unwrap();
        let record = Record::from_payload(&prepared.payload).unwrap();
        // The core's own way to sign comes to the same statement.
        let other = SignedRecord::sign(&record, &key(), &deployment()).unwrap();
        let signature = prepared.clone().seal(other.signature().as_bytes()).unwrap();
        assert_eq!(signature.record.0, other.as_bytes());
        assert_eq!(signature.statement, other.statement_id(&deployment()));
        other
    }

    #[test]
    fn the_record_says_what_was_inspected_when_and_by_whom() {
        let record = Record::from_payload(signed(&[vec![1, 2, 3]], vec![]).payload()).unwrap();
        let Event::Inspected(event) = &record.event else { panic!("{:?}", record.event) };
        assert_eq!((event.result, event.purpose), (InspectionResult::Fails, InspectionPurpose::Complaint));
        assert_eq!(event.at.unwrap().get(), 1_780_640_000);
        assert_eq!((record.sequence, record.signed_at.get()), (5, 1_780_644_600));
        assert_eq!(record.attachments.unwrap().len(), 1);
    }

    #[test]
    fn openings_and_photos_are_what_was_signed() {
        let photo = vec![1, 2, 3];
        let signed = signed(std::slice::from_ref(&photo), vec![]);
        let record = Record::from_payload(signed.payload()).unwrap();
        let id = signed.statement_id(&deployment());
        let bytes = openings(&entry(1), id, ChainId::from_bytes([8; 32]));
        let limits = cbor::Limits { length: 10_000, depth: 4 };
        let openings: Vec<PersonalOpening> = cbor::from_canonical(&bytes, limits).unwrap();
        assert_eq!(openings.len(), 2);
        for personal in &openings {
            personal.opening.check(&record).unwrap();
        }
        openings[1].opening.check_attachment(&record, &photo).unwrap();
    }

    #[test]
    fn what_it_replaces_is_named() {
        let refused = StatementId::from_bytes([3; 32]);
        let record = Record::from_payload(signed(&[], vec![refused]).payload()).unwrap();
        assert_eq!(record.replaces.unwrap().to_vec(), [refused]);
    }

    #[test]
    fn a_signature_of_another_key_leaves_no_record() {
        let prepared = prepare(&entry(0), &[], &hand(), &head(), vec![], &deployment()).unwrap();
        assert_eq!(prepared.clone().seal(&[0; 64]), Err(Unsigned::Signature));
        assert_eq!(prepared.seal(&[0; 10]), Err(Unsigned::Signature));
    }
}
