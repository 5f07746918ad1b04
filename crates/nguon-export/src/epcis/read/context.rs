//! What prefixes mean: `@context` (JSON-LD 1.1 §4.1), as far as names with prefixes need it.

use std::borrow::Cow;

use super::fault::{FaultKind, Faults};
use super::node::Node;
use super::path::Path;
use crate::epcis::model::{Name, Namespace};
use crate::epcis::uri::Uri;

/// Prefixes that the standard's own context explains.
const STANDARD: [(&str, &str); 9] = [
    // And our own, which is short for nothing else unless a document says so.
    ("nguon", "https://github.com/nguon/nguon/blob/main/docs/epcis.md#"),
    ("epcis", "https://ref.gs1.org/epcis/"),
    ("cbv", "https://ref.gs1.org/cbv/"),
    ("cbvmda", "urn:epcglobal:cbv:mda:"),
    ("gs1", "https://gs1.org/voc/"),
    ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
    ("owl", "http://www.w3.org/2002/07/owl#"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
    ("dcterms", "http://purl.org/dc/terms/"),
];

#[derive(Debug, Clone)]
pub(super) struct Context {
    prefixes: Vec<(String, Namespace)>,
}

impl Context {
    pub(super) fn standard() -> Self {
        let prefixes = STANDARD.iter().map(|(prefix, uri)| ((*prefix).to_owned(), Namespace::other(uri))).collect();
        Self { prefixes }
    }

    /// With what a `@context` explains; whether it names the standard's.
    pub(super) fn add(&mut self, node: &Node, path: &Path<'_>, faults: &mut Faults) -> bool {
        match node {
            Node::Text(uri) => uri.contains("epcis-context.jsonld"),
            Node::List(items) => {
                let each = items.iter().enumerate();
                each.fold(false, |found, (index, item)| self.add(item, &path.index(index), faults) || found)
            }
            Node::Object(terms) => {
                for (term, meaning) in terms.iter().filter(|(term, _)| !term.starts_with('@')) {
                    self.explain(term, meaning, &path.key(term), faults);
                }
                false
            }
            _ => {
                faults.add(path, FaultKind::Expected("a URI, an object or a list of these"));
                false
            }
        }
    }

    fn explain(&mut self, term: &str, meaning: &Node, path: &Path<'_>, faults: &mut Faults) {
        let uri = match meaning {
            Node::Text(uri) => Some(uri),
            Node::Object(fields) => fields.iter().find_map(|(name, value)| match value {
                Node::Text(uri) if name == "@id" => Some(uri),
                _ => None,
            }),
            _ => None,
        };
        match uri {
            // The last one to explain a term is right; a hundred prefixes are more than any document needs.
            Some(uri) if self.prefixes.len() < 100 => {
                let sound = uri.parse::<Uri>().is_ok() && is_whole(uri);
                if !sound {
                    faults.add(path, FaultKind::Expected("a URI that begins with https:, http: or urn:"));
                }
                self.prefixes.insert(0, (term.to_owned(), Namespace::other(uri)));
            }
            Some(_) => faults.add(path, FaultKind::Expected("at most 91 prefixes")),
            None => faults.add(path, FaultKind::Expected("a URI")),
        }
    }

    fn namespace(&self, prefix: &str) -> Option<&Namespace> {
        self.prefixes.iter().find(|(found, _)| found == prefix).map(|(_, namespace)| namespace)
    }

    /// The whole name of a field: `prefix:name`, or a URI.
    pub(super) fn name(&self, field: &str) -> Option<Name> {
        let (prefix, local) = field.split_once(':')?;
        if let Some(namespace) = self.namespace(prefix) {
            return Some(Name { namespace: namespace.clone(), local: Cow::Owned(local.to_owned()) });
        }
        if !is_whole(field) {
            return None;
        }
        let known = self.prefixes.iter().map(|(_, namespace)| namespace);
        let within = known.filter(|namespace| field.starts_with(namespace.as_str()));
        let namespace = match within.max_by_key(|namespace| namespace.as_str().len()) {
            Some(namespace) => namespace.clone(),
            None => {
                let at = field.rfind('#').or_else(|| field.rfind('/')).or_else(|| field.rfind(':'))?;
                Namespace::other(&field[..=at])
            }
        };
        let local = field[namespace.as_str().len()..].to_owned();
        Some(Name { namespace, local: Cow::Owned(local) })
    }

    /// A value with a prefix, in full (CBV 2.0 §8.9 rule 15).
    pub(super) fn expanded<'a>(&self, value: &'a str) -> Cow<'a, str> {
        let Some((prefix, rest)) = value.split_once(':').filter(|(_, rest)| !rest.starts_with("//")) else {
            return Cow::Borrowed(value);
        };
        let namespace = self.namespace(prefix);
        namespace.map_or(Cow::Borrowed(value), |namespace| Cow::Owned([namespace.as_str(), rest].concat()))
    }
}

/// Whether a name is a URI and not a prefix with a name.
fn is_whole(name: &str) -> bool {
    ["https://", "http://", "urn:"].iter().any(|scheme| name.starts_with(scheme))
}
