//! Fields that the standard leaves to others, in namespaces of their own (EPCIS 2.0 §9.2.3).

use std::borrow::Cow;
use std::sync::Arc;

use crate::epcis::decimal::Decimal;

/// The URI that a name is completed with.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Namespace(Inner);

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Inner {
    Known(&'static str),
    Other(Arc<str>),
}

impl Namespace {
    /// Nguồn's own terms: `docs/epcis.md` lists them.
    pub const NGUON: Self = Self(Inner::Known("https://github.com/nguon/nguon/blob/main/docs/epcis.md#"));
    /// Master data attributes of the Core Business Vocabulary (CBV 2.0 §9).
    pub const CBVMDA: Self = Self(Inner::Known("urn:epcglobal:cbv:mda:"));

    /// Both, with the prefix each has in our documents.
    pub(crate) const WRITTEN: [(&'static str, Self); 2] = [("nguon", Self::NGUON), ("cbvmda", Self::CBVMDA)];

    /// Another namespace; one of those above stays what it is.
    #[must_use]
    pub fn other(uri: &str) -> Self {
        let known = Self::WRITTEN.into_iter().find(|(_, namespace)| namespace.as_str() == uri);
        known.map_or_else(|| Self(Inner::Other(uri.into())), |(_, namespace)| namespace)
    }

    /// The URI.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match &self.0 {
            Inner::Known(text) => text,
            Inner::Other(text) => text,
        }
    }
}

/// A name in a namespace.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name {
    /// Whose name it is.
    pub namespace: Namespace,
    /// The name itself.
    pub local: Cow<'static, str>,
}

/// A field and its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Extension {
    /// Which field.
    pub name: Name,
    /// Its value.
    pub value: Value,
}

/// The value of a field.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Text.
    Text(String),
    /// A number.
    Number(Decimal),
    /// Yes or no.
    Boolean(bool),
    /// Several values of one field.
    List(Vec<Value>),
    /// Fields within the field.
    Map(Vec<Extension>),
}

impl Extension {
    /// A field of Nguồn's own.
    #[must_use]
    pub const fn nguon(local: &'static str, value: Value) -> Self {
        Self { name: Name { namespace: Namespace::NGUON, local: Cow::Borrowed(local) }, value }
    }

    /// A master data attribute of the Core Business Vocabulary.
    #[must_use]
    pub const fn cbvmda(local: &'static str, value: Value) -> Self {
        Self { name: Name { namespace: Namespace::CBVMDA, local: Cow::Borrowed(local) }, value }
    }

    /// The value of Nguồn's own field of this name, if it is in the list.
    #[must_use]
    pub fn find<'a>(list: &'a [Self], local: &str) -> Option<&'a Value> {
        let found = list.iter().find(|field| field.name.namespace == Namespace::NGUON && field.name.local == local);
        found.map(|field| &field.value)
    }
}

impl Value {
    /// The text, if it is one.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    /// The whole number without sign, if it is one.
    #[must_use]
    pub fn count(&self) -> Option<u64> {
        if let Self::Number(number) = self { number.scaled(1, 0) } else { None }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<Decimal> for Value {
    fn from(number: Decimal) -> Self {
        Self::Number(number)
    }
}
