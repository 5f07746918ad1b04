//! The fields of an object: taken by name; what nobody took is either somebody's own or a fault.

use super::context::Context;
use super::fault::{FaultKind, Faults};
use super::node::Node;
use super::path::Path;
use crate::epcis::decimal::Decimal;
use crate::epcis::model::{Extension, Value};
use crate::epcis::time::Timestamp;
use crate::epcis::uri::Uri;
use crate::epcis::vocabulary::UnknownTerm;

/// What reading needs everywhere: where faults go, and what prefixes mean.
pub(super) struct Desk<'a> {
    pub(super) faults: &'a mut Faults,
    pub(super) context: &'a Context,
}

pub(super) struct Fields<'n> {
    entries: &'n [(String, Node)],
    taken: Vec<bool>,
}

impl<'n> Fields<'n> {
    /// Of an object; of anything else none, which is a fault.
    pub(super) fn of(node: &'n Node, path: &Path<'_>, desk: &mut Desk<'_>) -> Option<Self> {
        let Node::Object(entries) = node else {
            desk.faults.add(path, FaultKind::Expected("an object"));
            return None;
        };
        let mut names: Vec<&str> = entries.iter().map(|(name, _)| name.as_str()).collect();
        names.sort_unstable();
        for pair in names.windows(2).filter(|pair| pair[0] == pair[1]) {
            desk.faults.add(&path.key(pair[0]), FaultKind::DuplicateField);
        }
        Some(Self { entries, taken: vec![false; entries.len()] })
    }

    pub(super) fn take(&mut self, name: &str) -> Option<&'n Node> {
        let mut first = None;
        for ((found, node), taken) in self.entries.iter().zip(&mut self.taken) {
            if found == name {
                // A second one of the name was told already.
                *taken = true;
                first = first.or(Some(node));
            }
        }
        first
    }

    /// The text of a field, if it is one; nothing is taken or told.
    pub(super) fn text(&self, name: &str) -> Option<&'n str> {
        let (_, node) = self.entries.iter().find(|(found, _)| found == name)?;
        if let Node::Text(text) = node { Some(text) } else { None }
    }

    /// Whether a field is there and no empty list, sound or not.
    pub(super) fn has(&self, name: &str) -> bool {
        let is_there = |node: &Node| !matches!(node, Node::List(items) if items.is_empty());
        self.entries.iter().any(|(found, node)| found == name && is_there(node))
    }

    /// A field, read; absent, or not readable, it is `None`.
    pub(super) fn read<T>(
        &mut self,
        name: &'static str,
        path: &Path<'_>,
        desk: &mut Desk<'_>,
        read: impl FnOnce(&'n Node, &Path<'_>, &mut Desk<'_>) -> Option<T>,
    ) -> Option<T> {
        read(self.take(name)?, &path.key(name), desk)
    }

    /// The same of a field that has to be there.
    pub(super) fn require<T>(
        &mut self,
        name: &'static str,
        path: &Path<'_>,
        desk: &mut Desk<'_>,
        read: impl FnOnce(&'n Node, &Path<'_>, &mut Desk<'_>) -> Option<T>,
    ) -> Option<T> {
        let Some(node) = self.take(name) else {
            desk.faults.add(path, FaultKind::Missing(name));
            return None;
        };
        read(node, &path.key(name), desk)
    }

    /// The items of a list, read; absent, there are none.
    pub(super) fn list<T>(
        &mut self,
        name: &'static str,
        path: &Path<'_>,
        desk: &mut Desk<'_>,
        mut read: impl FnMut(&'n Node, &Path<'_>, &mut Desk<'_>) -> Option<T>,
    ) -> Vec<T> {
        let Some(node) = self.take(name) else { return Vec::new() };
        let path = path.key(name);
        let Node::List(items) = node else {
            desk.faults.add(&path, FaultKind::Expected("a list"));
            return Vec::new();
        };
        items.iter().enumerate().filter_map(|(index, item)| read(item, &path.index(index), desk)).collect()
    }

    /// What nobody took: fields of other namespaces.
    pub(super) fn extensions(self, path: &Path<'_>, desk: &mut Desk<'_>) -> Vec<Extension> {
        let left = self.entries.iter().zip(self.taken).filter(|(_, taken)| !taken).map(|(entry, _)| entry);
        let mut found: Vec<(&str, Extension)> = Vec::new();
        for (name, node) in left {
            found.extend(extension(name, node, &path.key(name), desk).map(|field| (name.as_str(), field)));
        }
        twice(&found, path, desk);
        found.into_iter().map(|(_, field)| field).collect()
    }

    /// What nobody took is a fault.
    pub(super) fn no_more(self, path: &Path<'_>, desk: &mut Desk<'_>) {
        for ((name, _), _) in self.entries.iter().zip(self.taken).filter(|(_, taken)| !taken) {
            desk.faults.add(&path.key(name), FaultKind::UnknownField);
        }
    }
}

/// The same name by two prefixes.
fn twice(found: &[(&str, Extension)], path: &Path<'_>, desk: &mut Desk<'_>) {
    let whole = |field: &Extension| [field.name.namespace.as_str(), &field.name.local].concat();
    let mut names: Vec<(String, &str)> = found.iter().map(|(name, field)| (whole(field), *name)).collect();
    names.sort_unstable();
    // One that is spelt the same too was told before.
    for pair in names.windows(2).filter(|pair| pair[0].0 == pair[1].0 && pair[0].1 != pair[1].1) {
        desk.faults.add(&path.key(pair[1].1), FaultKind::DuplicateField);
    }
}

fn extension(name: &str, node: &Node, path: &Path<'_>, desk: &mut Desk<'_>) -> Option<Extension> {
    let Some((prefix, _)) = name.split_once(':') else {
        desk.faults.add(path, FaultKind::UnknownField);
        return None;
    };
    let Some(found) = desk.context.name(name) else {
        let kind = if prefix.is_empty() { FaultKind::UnknownField } else { FaultKind::UnknownPrefix };
        desk.faults.add(path, kind);
        return None;
    };
    Some(Extension { name: found, value: value(node, path, desk)? })
}

fn value(node: &Node, path: &Path<'_>, desk: &mut Desk<'_>) -> Option<Value> {
    Some(match node {
        Node::Text(text) => Value::Text(text.clone()),
        Node::Number(number) => Value::Number(*number),
        Node::Boolean(value) => Value::Boolean(*value),
        Node::List(items) => {
            let each = items.iter().enumerate();
            Value::List(each.filter_map(|(index, item)| value(item, &path.index(index), desk)).collect())
        }
        Node::Object(_) => Value::Map(Fields::of(node, path, desk)?.extensions(path, desk)),
        Node::Null | Node::TooLong => {
            let kind = if matches!(node, Node::Null) { FaultKind::Expected("a value") } else { FaultKind::Digits };
            desk.faults.add(path, kind);
            return None;
        }
    })
}

pub(super) fn text<'n>(node: &'n Node, path: &Path<'_>, desk: &mut Desk<'_>) -> Option<&'n str> {
    if let Node::Text(text) = node {
        return Some(text);
    }
    desk.faults.add(path, FaultKind::Expected("text"));
    None
}

pub(super) fn number(node: &Node, path: &Path<'_>, desk: &mut Desk<'_>) -> Option<Decimal> {
    match node {
        Node::Number(number) => return Some(*number),
        Node::TooLong => desk.faults.add(path, FaultKind::Digits),
        _ => desk.faults.add(path, FaultKind::Expected("a number")),
    }
    None
}

pub(super) fn boolean(node: &Node, path: &Path<'_>, desk: &mut Desk<'_>) -> Option<bool> {
    if let Node::Boolean(value) = node {
        return Some(*value);
    }
    desk.faults.add(path, FaultKind::Expected("true or false"));
    None
}

pub(super) fn uri(node: &Node, path: &Path<'_>, desk: &mut Desk<'_>) -> Option<Uri> {
    let whole = desk.context.expanded(text(node, path, desk)?);
    Uri::try_from(whole.into_owned()).map_err(|_| desk.faults.add(path, FaultKind::Uri)).ok()
}

pub(super) fn time(node: &Node, path: &Path<'_>, desk: &mut Desk<'_>) -> Option<Timestamp> {
    text(node, path, desk)?.parse().map_err(|error: crate::epcis::time::TimeError| desk.faults.add(path, error)).ok()
}

/// A word of a vocabulary.
pub(super) fn term<T>(
    parse: impl Fn(&str) -> Result<T, UnknownTerm>,
) -> impl Fn(&Node, &Path<'_>, &mut Desk<'_>) -> Option<T> {
    move |node, path, desk| {
        let word = text(node, path, desk)?;
        let known = parse(word).or_else(|_| parse(&desk.context.expanded(word)));
        known.map_err(|_| desk.faults.add(path, FaultKind::Term(shortened(word)))).ok()
    }
}

/// Enough of a text to know it by.
pub(super) fn shortened(text: &str) -> String {
    text.chars().take(80).collect()
}
