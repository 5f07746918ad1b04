//! Writing a document (EPCIS 2.0 §9): its head, its events as they come, its end.

use std::io::{self, Write};

use nguon_core::values::UtcOffset;
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use super::model::{Event, Extension, Namespace, json};
use super::time::Timestamp;

/// The standard's JSON-LD context.
pub const CONTEXT: &str = "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld";

/// What a document says of itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Head {
    /// When it was made.
    pub creation_date: Timestamp,
    /// Further fields.
    pub extensions: Vec<Extension>,
}

/// Writes one document, event by event; nothing is kept of an event once it is written.
///
/// An error is one of the `Write`; a document that was not finished is no JSON, so it is not taken for a whole one.
#[derive(Debug)]
pub struct DocumentWriter<W: Write> {
    to: W,
    text: Vec<u8>,
    events: u64,
}

impl<W: Write> DocumentWriter<W> {
    /// Writes the head.
    pub fn begin(mut to: W, head: &Head) -> io::Result<Self> {
        let mut text = Vec::with_capacity(4096);
        put(head, &mut text)?;
        // The body is the head's last field: its closing brace comes with `finish`.
        text.pop();
        text.extend_from_slice(br#","epcisBody":{"eventList":["#);
        to.write_all(&text)?;
        Ok(Self { to, text, events: 0 })
    }

    /// Writes an event.
    pub fn event(&mut self, event: &Event) -> io::Result<()> {
        self.text.clear();
        self.text.extend_from_slice(if self.events == 0 { b"\n" } else { b",\n" });
        put_event(event, &mut self.text)?;
        self.events += 1;
        self.to.write_all(&self.text)
    }

    /// How many events are written.
    #[must_use]
    pub const fn events(&self) -> u64 {
        self.events
    }

    /// Writes the end with what is known only there, and gives back what was written to.
    pub fn finish(mut self, extensions: &[Extension]) -> io::Result<W> {
        self.text.clear();
        put(&json::Fields(extensions), &mut self.text)?;
        self.text.pop();
        // The document's object goes on behind its body: these fields take the place of its end.
        self.text[0] = if extensions.is_empty() { b' ' } else { b',' };
        self.to.write_all(b"\n]}")?;
        self.to.write_all(&self.text)?;
        self.to.write_all(b"}\n")?;
        self.to.flush()?;
        Ok(self.to)
    }
}

/// By itself, so that it is compiled once, for whatever it is written to.
fn put_event(event: &Event, to: &mut Vec<u8>) -> io::Result<()> {
    put(event, to)
}

fn put<T: Serialize>(of: &T, to: &mut Vec<u8>) -> io::Result<()> {
    serde_json::to_writer(to, of).map_err(Into::into)
}

struct Prefixes;

impl Serialize for Prefixes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(Namespace::WRITTEN.iter().map(|(prefix, namespace)| (*prefix, namespace.as_str())))
    }
}

impl Serialize for Head {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("@context", &(CONTEXT, Prefixes))?;
        map.serialize_entry("type", "EPCISDocument")?;
        map.serialize_entry("schemaVersion", "2.0")?;
        map.serialize_entry("creationDate", &self.creation_date.at(UtcOffset::UTC))?;
        json::extensions(&mut map, &self.extensions)?;
        map.end()
    }
}
