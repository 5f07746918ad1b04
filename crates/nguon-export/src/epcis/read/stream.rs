//! The document's events, one after the other.

use std::cell::Cell;
use std::collections::HashMap;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::context::Context;
use super::fault::{FaultKind, Faults};
use super::fields::Desk;
use super::head::{Kind, Outline, tree};
use super::node::{Node, Tree};
use super::path::Path;
use super::{Limits, Reading, event, head};
use crate::epcis::model::Event;
use crate::epcis::uri::Uri;

/// What is done with a sound event: its place, its index, where faults go.
pub(in crate::epcis) type Each<'a> = &'a mut dyn FnMut(&Path<'_>, usize, Event, &mut Faults);

pub(in crate::epcis) fn read(document: &[u8], limits: &Limits, each: Each<'_>) -> Reading {
    let mut faults = Faults::new(limits.faults);
    let too_deep = Cell::new(false);
    let tree = tree(limits.depth, &too_deep);
    if document.len() > limits.bytes {
        faults.add(&Path::ROOT, FaultKind::TooLong(document.len(), limits.bytes));
        return Reading { events: 0, faults };
    }
    let mut json = serde_json::Deserializer::from_slice(document);
    let outline = Outline(tree).deserialize(&mut json).and_then(|outline| json.end().map(|()| outline));
    let outline = match outline {
        Ok(outline) => outline,
        Err(error) => {
            faults.add(&Path::ROOT, fault_of(&error, limits, &too_deep));
            return Reading { events: 0, faults };
        }
    };
    let (kind, context) = head::read(&outline, &mut faults);
    if matches!(kind, Kind::Event) {
        let read = event::read(&outline.fields, &Path::ROOT, &mut Desk { faults: &mut faults, context: &context });
        if let Some(event) = read {
            each(&Path::ROOT, 0, event, &mut faults);
        }
        return Reading { events: 1, faults };
    }
    let mut state = State { faults, context, limits, ids: HashMap::new(), events: 0, lists: 0, broke_off: None, each };
    let mut json = serde_json::Deserializer::from_slice(document);
    let within = Within { state: &mut state, tree, path: &Path::ROOT, steps: BODY };
    if let Err(error) = within.deserialize(&mut json) {
        // Of an event that broke off the place is known; else it is the body that is not as it should be.
        let place = state.broke_off.take().unwrap_or_else(|| Path::ROOT.key("epcisBody").to_string());
        state.faults.add_at(place, fault_of(&error, limits, &too_deep));
    } else if state.lists == 0 {
        state.faults.add(&Path::ROOT, FaultKind::Missing("epcisBody/eventList"));
    }
    Reading { events: state.events, faults: state.faults }
}

fn fault_of(error: &serde_json::Error, limits: &Limits, too_deep: &Cell<bool>) -> FaultKind {
    if too_deep.get() {
        return FaultKind::TooDeep(limits.depth);
    }
    if error.is_data() {
        return FaultKind::Expected("an object");
    }
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or_default().to_owned();
    FaultKind::Syntax { line: error.line(), column: error.column(), message }
}

/// What is kept from event to event.
struct State<'a> {
    faults: Faults,
    context: Context,
    limits: &'a Limits,
    /// The index of the event of an id; an event and the one that declares it wrong share theirs.
    ids: HashMap<(Uri, bool), usize>,
    events: usize,
    lists: usize,
    /// Where an event could not be read to its end.
    broke_off: Option<String>,
    each: Each<'a>,
}

impl State<'_> {
    fn event(&mut self, node: &Node, path: &Path<'_>) {
        let index = self.events;
        let desk = &mut Desk { faults: &mut self.faults, context: &self.context };
        let Some(event) = event::read(node, path, desk) else { return };
        if let Some(id) = &event.event_id {
            let first = *self.ids.entry((id.clone(), event.error_declaration.is_some())).or_insert(index);
            if first != index {
                self.faults.add(&path.key("eventID"), FaultKind::EventIdTaken(first));
                return;
            }
        }
        (self.each)(path, index, event, &mut self.faults);
    }
}

/// Names that lead to events: in a document, and in the answer to a query.
const BODY: &[&str] = &["epcisBody", "queryResults", "resultsBody"];

/// An object on the way to the events.
struct Within<'s, 'l, 'a> {
    state: &'s mut State<'l>,
    tree: Tree<'a>,
    path: &'s Path<'s>,
    steps: &'static [&'static str],
}

impl<'de> DeserializeSeed<'de> for Within<'_, '_, '_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Within<'_, '_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let (inside, step) = (self.steps.len() < BODY.len(), self.steps.first().copied());
        while let Some(name) = map.next_key::<String>()? {
            let path = self.path.key(&name);
            if step == Some(name.as_str()) {
                let steps = &self.steps[1..];
                map.next_value_seed(Within { state: self.state, tree: self.tree, path: &path, steps })?;
            } else if inside && name == "eventList" {
                self.state.lists += 1;
                if self.state.lists > 1 {
                    self.state.faults.add(&path, FaultKind::DuplicateField);
                }
                map.next_value_seed(Events { state: self.state, tree: self.tree, path: &path })?;
            } else {
                // The head has looked at the document's own fields; a query's answer has more about the query.
                if inside && !matches!(name.as_str(), "queryName" | "subscriptionID") && !name.contains(':') {
                    self.state.faults.add(&path, FaultKind::UnknownField);
                }
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }
}

/// The list of events.
struct Events<'s, 'l, 'a> {
    state: &'s mut State<'l>,
    tree: Tree<'a>,
    path: &'s Path<'s>,
}

impl<'de> DeserializeSeed<'de> for Events<'_, '_, '_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Events<'_, '_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while self.state.events < self.state.limits.events {
            let path = self.path.index(self.state.events);
            let next = list.next_element_seed(self.tree).inspect_err(|_| self.state.broke_off = Some(path.to_string()));
            let Some(node) = next? else { return Ok(()) };
            self.state.event(&node, &path);
            self.state.events += 1;
        }
        if list.next_element::<IgnoredAny>()?.is_some() {
            self.state.faults.add(self.path, FaultKind::TooManyEvents(self.state.limits.events));
            while list.next_element::<IgnoredAny>()?.is_some() {}
        }
        Ok(())
    }
}
