//! Events as the standard's JSON (EPCIS 2.0 §9): absent fields and empty lists are left out, times are local ones.

use serde::ser::{SerializeMap, SerializeStruct};
use serde::{Serialize, Serializer};

use super::{
    BizTransaction, ErrorDeclaration, Event, Extension, Location, Namespace, PersistentDisposition, Quantity,
    SensorElement, SensorReport, SensorValue, SourceDest, Value, What,
};
use crate::epcis::time::Offset;
use nguon_core::values::UtcOffset;

impl Serialize for Event {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        let offset = self.event_time_zone_offset;
        map.serialize_entry("type", self.event_type().as_str())?;
        some(&mut map, "eventID", self.event_id.as_ref())?;
        map.serialize_entry("eventTime", &self.event_time.at(offset))?;
        map.serialize_entry("eventTimeZoneOffset", &Shown(Offset(offset)))?;
        some(&mut map, "recordTime", self.record_time.map(|time| time.at(offset)).as_ref())?;
        some(&mut map, "errorDeclaration", self.error_declaration.as_ref())?;
        list(&mut map, "certificationInfo", &self.certification_info)?;
        some(&mut map, "parentID", self.parent())?;
        for (name, epcs) in self.epc_lists() {
            list(&mut map, name, epcs)?;
        }
        for (name, quantities) in self.quantity_lists() {
            list(&mut map, name, quantities)?;
        }
        some(&mut map, "action", self.action().as_ref())?;
        if let What::Transformation { id: Some(id), .. } = &self.what {
            map.serialize_entry("transformationID", id)?;
        }
        some(&mut map, "bizStep", self.biz_step.as_ref())?;
        some(&mut map, "disposition", self.disposition.as_ref())?;
        let persistent = &self.persistent_disposition;
        some(&mut map, "persistentDisposition", (!persistent.is_empty()).then_some(persistent))?;
        some(&mut map, "readPoint", self.read_point.as_ref())?;
        some(&mut map, "bizLocation", self.biz_location.as_ref())?;
        list(&mut map, "bizTransactionList", &self.biz_transaction_list)?;
        list(&mut map, "sourceList", &sides("source", &self.source_list))?;
        list(&mut map, "destinationList", &sides("destination", &self.destination_list))?;
        list(&mut map, "sensorElementList", &self.sensor_element_list)?;
        some(&mut map, "ilmd", (!self.ilmd.is_empty()).then_some(&Fields(&self.ilmd)))?;
        extensions(&mut map, &self.extensions)?;
        map.end()
    }
}

fn some<M: SerializeMap, T: Serialize>(map: &mut M, name: &'static str, value: Option<&T>) -> Result<(), M::Error> {
    value.map_or(Ok(()), |value| map.serialize_entry(name, value))
}

fn list<M: SerializeMap, T: Serialize>(map: &mut M, name: &'static str, items: &[T]) -> Result<(), M::Error> {
    if items.is_empty() { Ok(()) } else { map.serialize_entry(name, items) }
}

pub(crate) fn extensions<M: SerializeMap>(map: &mut M, fields: &[Extension]) -> Result<(), M::Error> {
    fields.iter().try_for_each(|field| map.serialize_entry(&Key(field), &field.value))
}

/// Written as what it shows.
struct Shown<T>(T);

impl<T: std::fmt::Display> Serialize for Shown<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

/// A field's name: with its prefix where the document's context has one, else as a whole URI.
struct Key<'a>(&'a Extension);

impl Serialize for Key<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let name = &self.0.name;
        match Namespace::WRITTEN.iter().find(|(_, namespace)| *namespace == name.namespace) {
            Some((prefix, _)) => serializer.collect_str(&format_args!("{prefix}:{}", name.local)),
            None => serializer.collect_str(&format_args!("{}{}", name.namespace.as_str(), name.local)),
        }
    }
}

/// Fields of other namespaces, as an object.
pub(crate) struct Fields<'a>(pub(crate) &'a [Extension]);

impl Serialize for Fields<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        extensions(&mut map, self.0)?;
        map.end()
    }
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(text) => serializer.serialize_str(text),
            Self::Number(number) => number.serialize(serializer),
            Self::Boolean(value) => serializer.serialize_bool(*value),
            Self::List(values) => serializer.collect_seq(values),
            Self::Map(fields) => Fields(fields).serialize(serializer),
        }
    }
}

impl Serialize for Quantity {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("epcClass", &self.epc_class)?;
        some(&mut map, "quantity", self.quantity.as_ref())?;
        some(&mut map, "uom", self.uom.as_ref())?;
        map.end()
    }
}

impl Serialize for Location {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("id", &self.id)?;
        extensions(&mut map, &self.extensions)?;
        map.end()
    }
}

impl Serialize for BizTransaction {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        some(&mut map, "type", self.kind.as_ref())?;
        map.serialize_entry("bizTransaction", &self.biz_transaction)?;
        map.end()
    }
}

/// A source or destination, whose name stands under that word.
struct Side<'a>(&'static str, &'a SourceDest);

fn sides<'a>(word: &'static str, list: &'a [SourceDest]) -> Vec<Side<'a>> {
    list.iter().map(|side| Side(word, side)).collect()
}

impl Serialize for Side<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("", 2)?;
        object.serialize_field("type", &self.1.kind)?;
        object.serialize_field(self.0, &self.1.id)?;
        object.end()
    }
}

impl PersistentDisposition {
    /// Whether nothing is set or unset.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.set.is_empty() && self.unset.is_empty()
    }
}

impl Serialize for PersistentDisposition {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        list(&mut map, "set", &self.set)?;
        list(&mut map, "unset", &self.unset)?;
        map.end()
    }
}

impl Serialize for ErrorDeclaration {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("declarationTime", &self.declaration_time.at(UtcOffset::UTC))?;
        some(&mut map, "reason", self.reason.as_ref())?;
        list(&mut map, "correctiveEventIDs", &self.corrective_event_ids)?;
        extensions(&mut map, &self.extensions)?;
        map.end()
    }
}

impl Serialize for SensorValue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Measurement(term) => term.serialize(serializer),
            Self::Alert(term) => term.serialize(serializer),
            Self::Component(term) => term.serialize(serializer),
            Self::Uri(uri) => uri.serialize(serializer),
            Self::Time(time) => time.at(UtcOffset::UTC).serialize(serializer),
            Self::Number(number) => number.serialize(serializer),
            Self::Text(text) => serializer.serialize_str(text),
            Self::Boolean(value) => serializer.serialize_bool(*value),
        }
    }
}

impl Serialize for SensorReport {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        self.fields.iter().try_for_each(|(field, value)| map.serialize_entry(field.as_str(), value))?;
        extensions(&mut map, &self.extensions)?;
        map.end()
    }
}

struct Metadata<'a>(&'a SensorElement);

impl Serialize for Metadata<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        self.0.metadata.iter().try_for_each(|(field, value)| map.serialize_entry(field.as_str(), value))?;
        extensions(&mut map, &self.0.metadata_extensions)?;
        map.end()
    }
}

impl Serialize for SensorElement {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        if !(self.metadata.is_empty() && self.metadata_extensions.is_empty()) {
            map.serialize_entry("sensorMetadata", &Metadata(self))?;
        }
        map.serialize_entry("sensorReport", &self.reports)?;
        extensions(&mut map, &self.extensions)?;
        map.end()
    }
}
