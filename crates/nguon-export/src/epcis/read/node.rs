//! One event as a tree, before anything is known of it: names in their order, repeated ones too, numbers as decimals.

use std::cell::Cell;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use crate::epcis::decimal::Decimal;

/// A value of JSON.
#[derive(Debug)]
pub(super) enum Node {
    Null,
    Boolean(bool),
    Number(Decimal),
    /// A number of more digits than are kept.
    TooLong,
    Text(String),
    List(Vec<Node>),
    Object(Vec<(String, Node)>),
}

/// Reads a value that is no deeper than it may be.
#[derive(Clone, Copy)]
pub(super) struct Tree<'a> {
    pub(super) depth: usize,
    /// Set where it is deeper.
    pub(super) too_deep: &'a Cell<bool>,
}

impl Tree<'_> {
    fn below<E: Error>(self) -> Result<Self, E> {
        let Some(depth) = self.depth.checked_sub(1) else {
            self.too_deep.set(true);
            return Err(E::custom("too deep"));
        };
        Ok(Self { depth, ..self })
    }
}

impl<'de> DeserializeSeed<'de> for Tree<'_> {
    type Value = Node;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Tree<'_> {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value of JSON")
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Node, E> {
        Ok(Node::Boolean(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Node, E> {
        Ok(Decimal::whole(value).map_or(Node::TooLong, Node::Number))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Node, E> {
        Ok(value.to_string().parse().map_or(Node::TooLong, Node::Number))
    }

    /// A binary fraction's shortest decimal form is the decimal it was read from, up to 15 digits.
    fn visit_f64<E>(self, value: f64) -> Result<Node, E> {
        Ok(value.to_string().parse().map_or(Node::TooLong, Node::Number))
    }

    fn visit_str<E>(self, text: &str) -> Result<Node, E> {
        Ok(Node::Text(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Node, E> {
        Ok(Node::Text(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Node, A::Error> {
        let inner = self.below()?;
        let mut items = Vec::new();
        while let Some(item) = list.next_element_seed(inner)? {
            items.push(item);
        }
        Ok(Node::List(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node, A::Error> {
        let inner = self.below()?;
        let mut fields = Vec::new();
        while let Some(name) = map.next_key::<String>()? {
            fields.push((name, map.next_value_seed(inner)?));
        }
        Ok(Node::Object(fields))
    }
}
