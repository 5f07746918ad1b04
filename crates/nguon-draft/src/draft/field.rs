//! Events with personal words still readable, and how these are sealed.

use crate::sorted::Map;

use nguon_core::bytes::ByteString;
use nguon_core::event::Event;
use nguon_core::ids::{FieldDigest, Salt};
use nguon_core::opening::{FieldValue, digest};
use serde::{Deserialize, Serialize};

use super::Photo;
use crate::error::Refused;
use crate::hand::Entropy;

/// An event whose personal fields are words; they are sealed when it is prepared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plain {
    /// The event, its personal fields absent (a required one may hold anything: it is overwritten). Kept as it would be
    /// signed, deterministic CBOR: a page needs no second reader of events
    #[serde(with = "as_signed")]
    pub event: Event,
    /// The words, by field: `name`, `operator`, `details`
    #[serde(default)]
    pub words: Map<String, Personal>,
    /// Photos and documents
    #[serde(default)]
    pub photos: Vec<Photo>,
}

mod as_signed {
    use nguon_core::bytes::ByteString;
    use nguon_core::cbor;
    use nguon_core::event::Event;
    use nguon_core::record::LIMITS;
    use serde::{Deserialize as _, Deserializer, Serialize as _, Serializer, de, ser};

    pub fn serialize<S: Serializer>(event: &Event, to: S) -> Result<S::Ok, S::Error> {
        let bytes = cbor::to_bytes(event, LIMITS).map_err(ser::Error::custom)?;
        ByteString(bytes).serialize(to)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Event, D::Error> {
        let bytes = ByteString::deserialize(from)?;
        cbor::from_canonical(&bytes.0, LIMITS).map_err(de::Error::custom)
    }
}

/// What a personal field says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Personal {
    /// A name, a telephone number, free text
    Text(String),
    /// Latitude and longitude in 1e-7 degrees
    Coordinates(i64, i64),
}

impl Plain {
    /// An event that seals nothing.
    #[must_use]
    pub fn new(event: impl Into<Event>) -> Self {
        Self { event: event.into(), words: Map::new(), photos: Vec::new() }
    }

    /// The same with words in a personal field, unless they are blank.
    #[must_use]
    pub fn with(mut self, field: &str, words: Option<&str>) -> Self {
        if let Some(words) = words.map(str::trim).filter(|words| !words.is_empty()) {
            self.words.insert(field.to_owned(), Personal::Text(words.to_owned()));
        }
        self
    }

    /// The same with a place in a personal field.
    #[must_use]
    pub fn located(mut self, field: &str, latitude: i64, longitude: i64) -> Self {
        self.words.insert(field.to_owned(), Personal::Coordinates(latitude, longitude));
        self
    }
}

/// An opening of a record that has no id yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sealed {
    pub path: String,
    pub salt: Salt,
    pub value: Option<ByteString>,
}

/// The event with its words sealed, and what opens them. `within` stands before a field's name in the path: a correction's
/// digests stand under its own name.
pub(crate) fn seal(plain: &Plain, entropy: &mut impl Entropy) -> Result<(Event, Vec<Sealed>), Refused> {
    let name = plain.event.name().as_str();
    seal_as(plain, &|field| format!("{name}/{field}"), entropy)
}

/// The same for the event inside a correction.
pub(crate) fn seal_within(plain: &Plain, entropy: &mut impl Entropy) -> Result<(Event, Vec<Sealed>), Refused> {
    let path = |field: &str| match field {
        "details" => "corrected/event/details".to_owned(),
        _ => format!("corrected/{field}"),
    };
    seal_as(plain, &path, entropy)
}

fn seal_as(
    plain: &Plain,
    path: &dyn Fn(&str) -> String,
    entropy: &mut impl Entropy,
) -> Result<(Event, Vec<Sealed>), Refused> {
    let (mut event, mut sealed) = (plain.event.clone(), Vec::new());
    for (field, words) in &plain.words {
        let (path, salt) = (path(field), entropy.salt());
        let value = match words {
            Personal::Text(words) => FieldValue::Text(words.clone()),
            Personal::Coordinates(latitude, longitude) => FieldValue::Coordinates(*latitude, *longitude),
        };
        let bytes = value.to_bytes();
        // Words that are too long give an opening that nobody accepts.
        if FieldValue::from_bytes(&bytes).as_ref() != Some(&value) {
            return Err(Refused::Field(field.clone()));
        }
        put(&mut event, field, digest(&salt, &path, &bytes)).ok_or_else(|| Refused::Field(field.clone()))?;
        sealed.push(Sealed { path, salt, value: Some(ByteString(bytes)) });
    }
    Ok((event, sealed))
}

/// Puts a digest into a personal field, if the event has that.
fn put(event: &mut Event, field: &str, digest: FieldDigest) -> Option<()> {
    let place = match (event, field) {
        (Event::Enrolled(event), "name") => {
            event.name = digest;
            return Some(());
        }
        (Event::Enrolled(event), "phone") => &mut event.phone,
        (Event::KeyAdded(event), "holder") => &mut event.holder,
        (Event::KeyRevoked(event), "details") => &mut event.details,
        (Event::Retired(event), "details") => &mut event.details,
        (Event::PlotRegistered(event), "location") => &mut event.location,
        (Event::InputApplied(event), "operator") => &mut event.operator,
        (Event::InputApplied(event), "notes") => &mut event.notes,
        (Event::HarvestDrawn(event), "operator") => &mut event.operator,
        (Event::CustodianChanged(event), "details") => &mut event.details,
        (Event::Shipped(event), "vehicle") => &mut event.vehicle,
        (Event::Lost(event), "details") => &mut event.details,
        (Event::Disposed(event), "details") => &mut event.details,
        (Event::Inspected(event), "details") => &mut event.details,
        (Event::Suspended(event), "details") => &mut event.details,
        (Event::SuspensionLifted(event), "details") => &mut event.details,
        (Event::Recalled(event), "details") => &mut event.details,
        (Event::ReleaseApproved(event), "details") => &mut event.details,
        (Event::Released(event), "details") => &mut event.details,
        (Event::NameReleased(event), "details") => &mut event.details,
        (Event::Corrected(event), "details") => &mut event.details,
        (Event::CorrectionApproved(event), "details") => &mut event.details,
        (Event::Reattested(event), "details") => &mut event.details,
        _ => return None,
    };
    *place = Some(digest);
    Some(())
}
