//! The objects of an event, and what each kind of event asks of them (EPCIS 2.0 §7.4.2 to §7.4.6).

use std::collections::HashSet;

use super::fault::FaultKind;
use super::fields::{Desk, Fields, number, text, uri};
use super::node::Node;
use super::path::Path;
use super::quantities;
use crate::epcis::key::{Key, canonical};
use crate::epcis::model::{Event, EventType, Group, Quantity, What};
use crate::epcis::unit::Unit;
use crate::epcis::uri::Uri;
use crate::epcis::vocabulary::Action;

pub(super) fn read(kind: EventType, from: &mut Fields<'_>, path: &Path<'_>, desk: &mut Desk<'_>) -> Option<What> {
    if kind == EventType::TransformationEvent {
        return Some(What::Transformation {
            id: from.read("transformationID", path, desk, uri),
            input_epcs: from.list("inputEPCList", path, desk, key),
            input_quantities: from.list("inputQuantityList", path, desk, quantity),
            output_epcs: from.list("outputEPCList", path, desk, key),
            output_quantities: from.list("outputQuantityList", path, desk, quantity),
        });
    }
    let action = from.require("action", path, desk, |node, path, desk| {
        let found = Action::parse(text(node, path, desk)?);
        found.map_err(|_| desk.faults.add(path, FaultKind::Action)).ok()
    });
    let group = matches!(kind, EventType::AggregationEvent | EventType::AssociationEvent);
    let parent = if kind == EventType::ObjectEvent { None } else { from.read("parentID", path, desk, key) };
    let epcs = from.list(if group { "childEPCs" } else { "epcList" }, path, desk, key);
    let quantities = from.list(if group { "childQuantityList" } else { "quantityList" }, path, desk, quantity);
    let action = action?;
    Some(match kind {
        EventType::AggregationEvent => What::Aggregation(Group { action, parent, children: epcs, quantities }),
        EventType::AssociationEvent => What::Association(Group { action, parent, children: epcs, quantities }),
        EventType::TransactionEvent => What::Transaction { action, parent, epcs, quantities },
        EventType::ObjectEvent | EventType::TransformationEvent => What::Object { action, epcs, quantities },
    })
}

/// A URI of which, where it names a GS1 key, the key's own rules hold.
pub(super) fn key(node: &Node, path: &Path<'_>, desk: &mut Desk<'_>) -> Option<Uri> {
    let uri = uri(node, path, desk)?;
    Key::of(&uri).map_err(|error| desk.faults.add(path, error)).ok().map(|_| uri)
}

fn quantity(node: &Node, path: &Path<'_>, desk: &mut Desk<'_>) -> Option<Quantity> {
    let mut from = Fields::of(node, path, desk)?;
    let epc_class = from.require("epcClass", path, desk, key);
    let quantity = from.read("quantity", path, desk, |node, path, desk| {
        let found = number(node, path, desk)?;
        if !found.is_positive() {
            desk.faults.add(path, FaultKind::NotPositive);
        }
        Some(found)
    });
    let uom = from.read("uom", path, desk, |node, path, desk| {
        let found = text(node, path, desk)?;
        Unit::parse(found).map_err(|_| desk.faults.add(path, FaultKind::Unit(super::fields::shortened(found)))).ok()
    });
    from.no_more(path, desk);
    if uom.is_none() && quantity.is_some_and(|quantity| !quantity.is_whole()) {
        desk.faults.add(&path.key("quantity"), FaultKind::NotWhole);
    }
    Some(Quantity { epc_class: epc_class?, quantity, uom })
}

/// What each kind of event has to have: told by the fields that are there, sound or not.
pub(super) fn require(kind: EventType, from: &Fields<'_>, path: &Path<'_>, desk: &mut Desk<'_>) {
    let action = from.text("action").and_then(|text| Action::parse(text).ok());
    let deleted = action == Some(Action::Delete);
    let none = |names: &[&str]| !names.iter().any(|name| from.has(name));
    match kind {
        EventType::ObjectEvent => {
            if none(&["epcList", "quantityList", "sensorElementList"]) {
                desk.faults.add(path, FaultKind::NoObjects("epcList, quantityList or sensorElementList"));
            }
            if from.has("ilmd") && action.is_some_and(|action| action != Action::Add) {
                desk.faults.add(&path.key("ilmd"), FaultKind::IlmdWithoutAdd);
            }
        }
        EventType::AggregationEvent | EventType::AssociationEvent => {
            let always = kind == EventType::AssociationEvent;
            if none(&["parentID"]) && (always || action.is_some_and(|action| action != Action::Observe)) {
                desk.faults.add(path, FaultKind::Missing("parentID"));
            }
            if !deleted && none(&["childEPCs", "childQuantityList"]) {
                desk.faults.add(path, FaultKind::NoObjects("childEPCs or childQuantityList"));
            }
        }
        EventType::TransactionEvent => {
            if none(&["bizTransactionList"]) {
                desk.faults.add(path, FaultKind::Missing("bizTransactionList"));
            }
            if !deleted && none(&["epcList", "quantityList"]) {
                desk.faults.add(path, FaultKind::NoObjects("epcList or quantityList"));
            }
        }
        EventType::TransformationEvent => {
            let inputs = none(&["inputEPCList", "inputQuantityList"]);
            let outputs = none(&["outputEPCList", "outputQuantityList"]);
            // Several events of one transformation share what goes in and comes out.
            let lacking = if from.has("transformationID") { inputs && outputs } else { inputs || outputs };
            if lacking {
                let fields =
                    if inputs { "inputEPCList or inputQuantityList" } else { "outputEPCList or outputQuantityList" };
                desk.faults.add(path, FaultKind::NoObjects(fields));
            }
        }
    }
}

/// What holds between the parts of an event each of which is sound.
pub(super) fn check(event: &Event, path: &Path<'_>, desk: &mut Desk<'_>) {
    repeated(event, path, desk);
    quantities::check(event, path, desk);
}

/// The same object or class twice in one list.
fn repeated(event: &Event, path: &Path<'_>, desk: &mut Desk<'_>) {
    for (name, epcs) in event.epc_lists() {
        let mut seen = HashSet::with_capacity(epcs.len());
        for (index, epc) in epcs.iter().enumerate() {
            if !seen.insert(canonical(epc.as_str())) {
                desk.faults.add(&path.key(name).index(index), FaultKind::Repeated);
            }
        }
    }
    for (name, list) in event.quantity_lists() {
        let mut seen = HashSet::with_capacity(list.len());
        for (index, of) in list.iter().enumerate() {
            if !seen.insert((canonical(of.epc_class.as_str()), of.uom)) {
                desk.faults.add(&path.key(name).index(index), FaultKind::Repeated);
            }
        }
    }
}
