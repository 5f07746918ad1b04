//! One event, field by field.

use nguon_core::values::UtcOffset;

use super::fault::FaultKind;
use super::fields::{Desk, Fields, shortened, term, text, time, uri};
use super::node::Node;
use super::path::Path;
use super::{objects, sensor};
use crate::epcis::hash;
use crate::epcis::model::{
    BizTransaction, ErrorDeclaration, Event, EventType, Extension, Location, PersistentDisposition, SourceDest, What,
};
use crate::epcis::time::{TimeError, Timestamp, parse_offset};
use crate::epcis::uri::Uri;
use crate::epcis::vocabulary::{Action, BizStep, BizTransactionType, Disposition, ErrorReason, SourceDestType};

/// Reads an event. `None` if it has a fault, which is told.
pub(super) fn read(node: &Node, path: &Path<'_>, desk: &mut Desk<'_>) -> Option<Event> {
    let Node::Object(entries) = node else {
        desk.faults.add(path, FaultKind::Expected("an object"));
        return None;
    };
    let Some((_, own)) = entries.iter().find(|(name, _)| name == "@context") else { return sound(node, path, desk) };
    let mut context = desk.context.clone();
    context.add(own, &path.key("@context"), desk.faults);
    sound(node, path, &mut Desk { faults: desk.faults, context: &context })
}

fn sound(node: &Node, path: &Path<'_>, desk: &mut Desk<'_>) -> Option<Event> {
    let before = desk.faults.total();
    let event = fields(node, path, desk);
    event.filter(|_| desk.faults.total() == before)
}

fn fields(node: &Node, path: &Path<'_>, desk: &mut Desk<'_>) -> Option<Event> {
    let before = desk.faults.total();
    let mut from = Fields::of(node, path, desk)?;
    from.take("@context");
    let kind = from.require("type", path, desk, event_type);
    let event_time = from.require("eventTime", path, desk, time);
    let offset = from.require("eventTimeZoneOffset", path, desk, offset);
    // What an event of unknown kind may hold is not known.
    let kind = kind?;
    objects::require(kind, &from, path, desk);
    let what = objects::read(kind, &mut from, path, desk);
    // Placeholders stand where a fault was told: such an event goes nowhere, but what is left of it is still looked at.
    let none = What::Object { action: Action::Observe, epcs: Vec::new(), quantities: Vec::new() };
    let sound = what.is_some() && event_time.is_some() && offset.is_some();
    let event_time = event_time.or_else(|| Timestamp::from_millis(0).ok())?;
    let mut event = Event::new(what.unwrap_or(none), event_time, offset.unwrap_or(UtcOffset::UTC));
    event.record_time = from.read("recordTime", path, desk, time);
    event.event_id = from.read("eventID", path, desk, uri);
    event.error_declaration = from.read("errorDeclaration", path, desk, declaration);
    event.certification_info = certificates(&mut from, path, desk);
    event.biz_step = from.read("bizStep", path, desk, term(BizStep::parse));
    event.disposition = from.read("disposition", path, desk, term(Disposition::parse));
    event.persistent_disposition = from.read("persistentDisposition", path, desk, persistent).unwrap_or_default();
    event.read_point = from.read("readPoint", path, desk, location);
    event.biz_location = from.read("bizLocation", path, desk, location);
    event.biz_transaction_list = from.list("bizTransactionList", path, desk, document);
    event.source_list = from.list("sourceList", path, desk, side("source"));
    event.destination_list = from.list("destinationList", path, desk, side("destination"));
    event.sensor_element_list = from.list("sensorElementList", path, desk, sensor::element);
    if matches!(kind, EventType::ObjectEvent | EventType::TransformationEvent) {
        event.ilmd = from.read("ilmd", path, desk, ilmd).unwrap_or_default();
    }
    event.extensions = from.extensions(path, desk);
    // Parts agree, and a hash is right, of a whole event: of one that lost a field to a fault nothing can be said.
    if sound && desk.faults.total() == before {
        objects::check(&event, path, desk);
        if !hash::agrees(&event) {
            desk.faults.add(&path.key("eventID"), FaultKind::EventHash);
        }
    }
    sound.then_some(event)
}

fn event_type(node: &Node, path: &Path<'_>, desk: &mut Desk<'_>) -> Option<EventType> {
    let found = EventType::parse(text(node, path, desk)?);
    if found.is_none() {
        desk.faults.add(path, FaultKind::EventType);
    }
    found
}

fn offset(node: &Node, path: &Path<'_>, desk: &mut Desk<'_>) -> Option<UtcOffset> {
    parse_offset(text(node, path, desk)?).map_err(|error: TimeError| desk.faults.add(path, error)).ok()
}

fn certificates(from: &mut Fields<'_>, path: &Path<'_>, desk: &mut Desk<'_>) -> Vec<Uri> {
    const NAME: &str = "certificationInfo";
    match from.take(NAME) {
        None => Vec::new(),
        Some(Node::List(_)) => from.list(NAME, path, desk, uri),
        Some(one) => uri(one, &path.key(NAME), desk).into_iter().collect(),
    }
}

fn declaration(node: &Node, path: &Path<'_>, desk: &mut Desk<'_>) -> Option<ErrorDeclaration> {
    let mut from = Fields::of(node, path, desk)?;
    let declaration_time = from.require("declarationTime", path, desk, time);
    let reason = from.read("reason", path, desk, term(ErrorReason::parse));
    let corrective_event_ids = from.list("correctiveEventIDs", path, desk, uri);
    let extensions = from.extensions(path, desk);
    Some(ErrorDeclaration { declaration_time: declaration_time?, reason, corrective_event_ids, extensions })
}

fn persistent(node: &Node, path: &Path<'_>, desk: &mut Desk<'_>) -> Option<PersistentDisposition> {
    let mut from = Fields::of(node, path, desk)?;
    let none = !from.has("set") && !from.has("unset");
    let set = from.list("set", path, desk, term(Disposition::parse));
    let unset = from.list("unset", path, desk, term(Disposition::parse));
    from.no_more(path, desk);
    if none {
        desk.faults.add(path, FaultKind::Missing("set"));
    }
    Some(PersistentDisposition { set, unset })
}

fn location(node: &Node, path: &Path<'_>, desk: &mut Desk<'_>) -> Option<Location> {
    let mut from = Fields::of(node, path, desk)?;
    let id = from.require("id", path, desk, objects::key);
    let extensions = from.extensions(path, desk);
    Some(Location { id: id?, extensions })
}

fn document(node: &Node, path: &Path<'_>, desk: &mut Desk<'_>) -> Option<BizTransaction> {
    let mut from = Fields::of(node, path, desk)?;
    let kind = from.read("type", path, desk, term(BizTransactionType::parse));
    let biz_transaction = from.require("bizTransaction", path, desk, uri);
    from.no_more(path, desk);
    Some(BizTransaction { kind, biz_transaction: biz_transaction? })
}

fn side(word: &'static str) -> impl Fn(&Node, &Path<'_>, &mut Desk<'_>) -> Option<SourceDest> {
    move |node, path, desk| {
        let mut from = Fields::of(node, path, desk)?;
        let kind = from.require("type", path, desk, |node, path, desk| term(SourceDestType::parse)(node, path, desk));
        let id = from.require(word, path, desk, objects::key);
        from.no_more(path, desk);
        Some(SourceDest { kind: kind?, id: id? })
    }
}

/// Master data: every field is of some namespace.
fn ilmd(node: &Node, path: &Path<'_>, desk: &mut Desk<'_>) -> Option<Vec<Extension>> {
    Some(Fields::of(node, path, desk)?.extensions(path, desk))
}

/// A schema version that is read: 2.0 and what only mends it.
pub(super) fn version(node: &Node, path: &Path<'_>, desk: &mut Desk<'_>) {
    let Some(found) = text(node, path, desk) else { return };
    if found != "2" && found != "2.0" && !found.starts_with("2.0.") {
        desk.faults.add(path, FaultKind::SchemaVersion(shortened(found)));
    }
}
