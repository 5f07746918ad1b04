//! Everything of a document but its events.

use std::cell::Cell;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};

use super::context::Context;
use super::event::version;
use super::fault::{FaultKind, Faults};
use super::fields::{Desk, Fields, text, time};
use super::node::{Node, Tree};
use super::path::Path;
use crate::epcis::model::EventType;

/// The fields of a document; the body is passed over, and seen to be JSON.
#[derive(Clone, Copy)]
pub(super) struct Outline<'a>(pub(super) Tree<'a>);

/// The fields, and whether there is a body.
pub(super) struct Outlined {
    pub(super) fields: Node,
    pub(super) bodies: usize,
}

impl<'de> DeserializeSeed<'de> for Outline<'_> {
    type Value = Outlined;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Outlined, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Outline<'_> {
    type Value = Outlined;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Outlined, A::Error> {
        let (mut fields, mut bodies) = (Vec::new(), 0);
        while let Some(name) = map.next_key::<String>()? {
            match name.as_str() {
                "epcisBody" => {
                    map.next_value::<IgnoredAny>()?;
                    bodies += 1;
                }
                // Master data is passed over.
                "epcisHeader" => drop(map.next_value::<IgnoredAny>()?),
                _ => fields.push((name, map.next_value_seed(self.0)?)),
            }
        }
        Ok(Outlined { fields: Node::Object(fields), bodies })
    }
}

/// What a document is.
pub(super) enum Kind {
    /// Its events stand in its body.
    Document,
    /// It is an event.
    Event,
}

/// Checks the head.
pub(super) fn read(outline: &Outlined, faults: &mut Faults) -> (Kind, Context) {
    let (path, mut context) = (Path::ROOT, Context::standard());
    let Node::Object(entries) = &outline.fields else { return (Kind::Document, context) };
    match entries.iter().find(|(name, _)| name == "@context") {
        Some((_, own)) => {
            if !context.add(own, &path.key("@context"), faults) {
                faults.add(&path.key("@context"), FaultKind::NoContext);
            }
        }
        None => faults.add(&path, FaultKind::Missing("@context")),
    }
    let kind = entries.iter().find_map(|(name, node)| match node {
        Node::Text(kind) if name == "type" => Some(kind.as_str()),
        _ => None,
    });
    if kind.is_some_and(|kind| EventType::parse(kind).is_some()) {
        return (Kind::Event, context);
    }
    if !matches!(kind, Some("EPCISDocument" | "EPCISQueryDocument")) {
        faults.add(&path.key("type"), FaultKind::DocumentType);
    }
    if outline.bodies > 1 {
        faults.add(&path.key("epcisBody"), FaultKind::DuplicateField);
    }
    fields(outline, &mut Desk { faults, context: &context });
    (Kind::Document, context)
}

fn fields(outline: &Outlined, desk: &mut Desk<'_>) {
    let path = Path::ROOT;
    let Some(mut from) = Fields::of(&outline.fields, &path, desk) else { return };
    for name in ["@context", "type"] {
        from.take(name);
    }
    for name in ["id", "instanceIdentifier", "sender", "receiver"] {
        from.read(name, &path, desk, text);
    }
    if let Some(node) = from.take("schemaVersion") {
        version(node, &path.key("schemaVersion"), desk);
    } else {
        desk.faults.add(&path, FaultKind::Missing("schemaVersion"));
    }
    from.require("creationDate", &path, desk, time);
    from.extensions(&path, desk);
}

/// A tree no deeper than this, and where it is told that it is.
pub(super) const fn tree(depth: usize, too_deep: &Cell<bool>) -> Tree<'_> {
    Tree { depth, too_deep }
}
