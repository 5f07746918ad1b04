//! From what people write to an event: JSON with helpers, normalised text, and personal data sealed on the way.
//!
//! In an event's JSON view three helpers may stand where a value is wanted:
//!
//! - `{"seal": "Nguyễn Văn Bảy"}` for a personal field: the record gets a salted digest, the outbox the opening;
//!   `{"seal": [213000000, 1066000000]}` for coordinates in 1e-7 degrees
//! - `{"time": "2026-06-05 06:10"}` for Unix seconds
//! - `{"chain": "lo-1"}` for a chain's 64 digits

use nguon_core::bytes::ByteString;
use nguon_core::event::Event;
use nguon_core::ids::{ChainId, FieldDigest};
use nguon_core::opening::{FieldValue, digest};
use nguon_core::record::Attachment;
use nguon_core::values::{Count, MediaType, UtcOffset};
use nguon_draft::{Personal, Plain};
use serde_json::{Map, Value};
use unicode_normalization::UnicodeNormalization as _;

use crate::error::Error;
use crate::home::Waiting;
use crate::{moment, random};

/// An event ready to be recorded, with what its sealed fields say.
#[derive(Debug)]
pub struct Composed {
    /// The event.
    pub event: Event,
    /// What it seals.
    pub sealed: Vec<Sealed>,
    /// Photos and documents.
    pub attached: Vec<(Attachment, Waiting)>,
}

/// An opening of a record that is not signed yet.
#[derive(Debug, Clone)]
pub struct Sealed {
    /// `event/field`.
    pub path: String,
    /// The salt.
    pub salt: nguon_core::ids::Salt,
    /// The value; absent for an attachment.
    pub value: Option<ByteString>,
}

/// Seals fields while an event is built.
#[derive(Debug, Default)]
pub struct Sealer(Vec<Sealed>);

impl Sealer {
    /// Seals words under a path, with a fresh salt.
    pub fn text(&mut self, path: &str, text: &str) -> Result<FieldDigest, Error> {
        self.value(path, &FieldValue::Text(normalised(text)))
    }

    /// Seals a location under a path: latitude and longitude in 1e-7 degrees.
    pub fn coordinates(&mut self, path: &str, latitude: i64, longitude: i64) -> Result<FieldDigest, Error> {
        self.value(path, &FieldValue::Coordinates(latitude, longitude))
    }

    fn value(&mut self, path: &str, value: &FieldValue) -> Result<FieldDigest, Error> {
        let (salt, bytes) = (random::salt()?, value.to_bytes());
        if FieldValue::from_bytes(&bytes).as_ref() != Some(value) {
            return Err(
                Error::caller(format_args!("{path}: the value is too long to seal")).next("put it into an attachment")
            );
        }
        let sealed = digest(&salt, path, &bytes);
        self.0.push(Sealed { path: path.to_owned(), salt, value: Some(ByteString(bytes)) });
        Ok(sealed)
    }

    /// The event with all that was sealed for it.
    pub fn with(self, event: impl Into<Event>) -> Composed {
        Composed { event: event.into(), sealed: self.0, attached: Vec::new() }
    }
}

impl Composed {
    /// An event that seals nothing.
    pub fn plain(event: impl Into<Event>) -> Self {
        Sealer::default().with(event)
    }

    /// The same with a file attached to its record.
    pub fn attach(&mut self, bytes: Vec<u8>, media_type: MediaType) -> Result<(), Error> {
        let (salt, path) = (random::salt()?, format!("attachments/{}", self.attached.len()));
        let digest = digest(&salt, &path, &bytes);
        let length = u64::try_from(bytes.len()).map_err(Error::system)?;
        let length = Count::new(length).map_err(|_| Error::caller("an attachment is empty"))?;
        self.sealed.push(Sealed { path, salt, value: None });
        let waiting = Waiting { digest, media_type: media_type.clone(), bytes: ByteString(bytes) };
        self.attached.push((Attachment { digest, length, media_type }, waiting));
        Ok(())
    }
}

impl Composed {
    /// The same for a draft, which seals its words itself. Without attachments.
    pub fn into_plain(self) -> Result<Plain, Error> {
        let mut plain = Plain::new(self.event);
        for Sealed { path, value, .. } in self.sealed {
            let (field, value) = path
                .split_once('/')
                .zip(value)
                .map(|((_, field), value)| (field.to_owned(), value))
                .ok_or_else(|| Error::system(format_args!("{path} is no field with words")))?;
            let words = match FieldValue::from_bytes(&value.0) {
                Some(FieldValue::Text(words)) => Personal::Text(words),
                Some(FieldValue::Coordinates(latitude, longitude)) => Personal::Coordinates(latitude, longitude),
                _ => return Err(Error::system(format_args!("{path} holds no words"))),
            };
            plain.words.insert(field, words);
        }
        Ok(plain)
    }
}

/// Text as it enters a record: composed characters (Unicode NFC).
pub fn normalised(text: &str) -> String {
    text.nfc().collect()
}

/// Reads an event's JSON view with its helpers; `find` knows the chains' names.
pub fn event(
    text: &str,
    seals: &[(String, String)],
    offset: UtcOffset,
    find: impl Fn(&str) -> Result<ChainId, Error>,
) -> Result<Composed, Error> {
    let mut value: Value = serde_json::from_str(text).map_err(|error| {
        Error::caller(format_args!("the event is not JSON: {error}")).next(
            "write it like {\"certified\": {\"scheme\": \"VietGAP\", …}}; `nguon append --explain EVENT` shows one",
        )
    })?;
    let name = match &value {
        Value::Object(map) if map.len() == 1 => map.keys().next().cloned().unwrap_or_default(),
        _ => {
            return Err(Error::caller("an event is an object of one key, the event's name").next(
                "write it like {\"certified\": {\"scheme\": \"VietGAP\", …}}; `nguon append --explain EVENT` shows one",
            ));
        }
    };
    for (path, words) in seals {
        put_seal(&mut value, &name, path, words)?;
    }
    let mut helper = Helper { name: &name, offset, find, inside: false, sealer: Sealer::default() };
    let value = helper.resolve(value, "")?;
    let event: Event = serde_json::from_value(value).map_err(|error| {
        Error::caller(format_args!("{name}: {error}"))
            .next(format_args!("`nguon append --explain {name}` shows its fields, their units and an example"))
            .code("bad_record")
    })?;
    Ok(helper.sealer.with(event))
}

/// `--seal input_applied/operator=…`: as if the helper stood in the event.
fn put_seal(value: &mut Value, name: &str, path: &str, words: &str) -> Result<(), Error> {
    let field = path.strip_prefix(name).and_then(|rest| rest.strip_prefix('/')).filter(|field| !field.is_empty());
    let Some(field) = field else {
        return Err(Error::caller(format_args!("--seal {path}: the event is {name}"))
            .next(format_args!("write --seal {name}/FIELD=VALUE")));
    };
    let mut seal = Map::new();
    seal.insert("seal".into(), Value::String(words.to_owned()));
    match value.get_mut(name) {
        Some(Value::Object(body)) => {
            body.insert(field.to_owned(), Value::Object(seal));
            Ok(())
        }
        _ => Err(Error::caller(format_args!("{name} is not an object"))),
    }
}

struct Helper<'a, F> {
    name: &'a str,
    offset: UtcOffset,
    find: F,
    /// Whether this is the event that a correction carries.
    inside: bool,
    sealer: Sealer,
}

impl<F: Fn(&str) -> Result<ChainId, Error>> Helper<'_, F> {
    fn resolve(&mut self, value: Value, field: &str) -> Result<Value, Error> {
        match value {
            Value::String(text) => Ok(Value::String(normalised(&text))),
            Value::Array(items) => items.into_iter().map(|item| self.resolve(item, field)).collect(),
            Value::Object(map) => {
                if let Some(resolved) = self.help(&map, field)? {
                    return Ok(resolved);
                }
                let entries = map.into_iter().map(|(key, value)| {
                    let outside = self.inside;
                    self.inside |= self.name == "corrected" && key == "event";
                    let value = self.resolve(value, &key)?;
                    self.inside = outside;
                    Ok((normalised(&key), value))
                });
                entries.collect::<Result<Map<_, _>, Error>>().map(Value::Object)
            }
            other => Ok(other),
        }
    }

    /// What a helper stands for; `None` if the object is none.
    fn help(&mut self, map: &Map<String, Value>, field: &str) -> Result<Option<Value>, Error> {
        let mut entries = map.iter();
        let (Some((key, value)), None) = (entries.next(), entries.next()) else { return Ok(None) };
        let wrong = |what: &str| Error::caller(format_args!("{field}: {{\"{key}\": …}} wants {what}"));
        match (key.as_str(), value) {
            ("time", Value::String(text)) => {
                let time = moment::parse(text, self.offset)
                    .map_err(|error| Error::caller(format_args!("{field}: {error}")))?;
                Ok(Some(Value::from(time.get())))
            }
            ("time", _) => Err(wrong("text such as \"2026-06-05 06:10\"")),
            ("chain", Value::String(text)) => (self.find)(text).map(|chain| Some(Value::String(chain.to_string()))),
            ("chain", _) => Err(wrong("a chain's name")),
            ("seal", value) => {
                let value = match value {
                    Value::String(text) => FieldValue::Text(normalised(text)),
                    Value::Array(pair) => match pair.as_slice() {
                        [latitude, longitude] => {
                            let pair = latitude.as_i64().zip(longitude.as_i64());
                            let (latitude, longitude) = pair.ok_or_else(|| wrong("whole numbers in 1e-7 degrees"))?;
                            FieldValue::Coordinates(latitude, longitude)
                        }
                        _ => return Err(wrong("latitude and longitude")),
                    },
                    _ => return Err(wrong("text, or latitude and longitude")),
                };
                // A correction's digests stand under its own name: `corrected/operator`. It may have words of its own beside
                // those of the event inside.
                let within = if self.inside && field == "details" { "event/" } else { "" };
                let path = format!("{}/{within}{field}", self.name);
                self.sealer.value(&path, &value).map(|digest| Some(Value::String(digest.to_string())))
            }
            _ => Ok(None),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> Result<Composed, Error> {
        event(text, &[], UtcOffset::VIETNAM, |_| Ok(ChainId::from_bytes([7; 32])))
    }

    proptest! {
        #[test]
        fn what_is_sealed_opens_the_digest_in_the_event(words in "\\PC{1,80}") {
            let recalled = serde_json::json!({ "recalled": { "reason": "other", "details": { "seal": words } } });
            let composed = read(&recalled.to_string()).unwrap();
            let (_, found) = composed.event.digests()[0];
            let [Sealed { path, salt, value: Some(value) }] = &composed.sealed[..] else { panic!("one opening") };
            prop_assert_eq!(path, "recalled/details");
            prop_assert_eq!(digest(salt, path, &value.0), found);
            prop_assert_eq!(FieldValue::from_bytes(&value.0), Some(FieldValue::Text(normalised(&words))));
        }

        #[test]
        fn the_json_view_of_an_event_is_read_as_it_is(number in "[A-Z0-9-]{1,30}", from in 0_u64..1 << 40) {
            let event = serde_json::json!({ "certified": { "scheme": "VietGAP", "number": number, "from": from, "until": from + 1 } });
            let composed = read(&event.to_string()).unwrap();
            prop_assert!(composed.sealed.is_empty());
            prop_assert_eq!(serde_json::to_value(&composed.event).unwrap(), event);
        }

        #[test]
        fn nothing_makes_it_panic(text in ".{0,200}") {
            let _ = read(&text);
        }
    }

    #[test]
    fn a_corrections_seals_stand_under_its_own_name() {
        let text = r#"{"corrected": {"sequence": 2, "reason": "typing", "details": {"seal": "gõ nhầm"}, "event": {"harvest_drawn":
            {"season": "2026", "to": {"chain": "lo-1"}, "grams": 1, "operator": {"seal": "Nguyễn Văn Bảy"}}}}}"#;
        let composed = read(text).unwrap();
        let mut paths: Vec<&str> = composed.sealed.iter().map(|sealed| sealed.path.as_str()).collect();
        paths.sort_unstable();
        assert_eq!(paths, ["corrected/details", "corrected/operator"]);
        for sealed in &composed.sealed {
            let value = sealed.value.as_ref().unwrap();
            let found = digest(&sealed.salt, &sealed.path, &value.0);
            assert!(composed.event.digests().iter().any(|(_, digest)| *digest == found));
        }
    }

    #[test]
    fn the_words_of_a_correction_and_of_the_event_inside_are_two_fields() {
        let text = r#"{"corrected": {"sequence": 2, "reason": "typing", "details": {"seal": "gõ nhầm"}, "event": {"lost":
            {"grams": 1, "reason": "sorting", "details": {"seal": "quả nứt"}}}}}"#;
        let composed = read(text).unwrap();
        for sealed in &composed.sealed {
            let value = sealed.value.as_ref().unwrap();
            let found = digest(&sealed.salt, &sealed.path, &value.0);
            let field = sealed.path.strip_prefix("corrected/").unwrap();
            assert!(composed.event.digests().contains(&(field, found)), "{field}");
        }
        assert_eq!(composed.sealed.len(), 2);
    }

    #[test]
    fn helpers_of_the_wrong_shape_are_told_so() {
        for seal in ["7", "null", "[1]", "[1, 2, 3]", "[1.5, 2]", "{}"] {
            let text = format!(r#"{{"plot_registered": {{"location": {{"seal": {seal}}}}}}}"#);
            assert!(read(&text).unwrap_err().to_string().starts_with("location: "), "{seal}");
        }
        assert!(read(r#"{"certified": {"from": {"time": 7}}}"#).is_err());
    }
}
