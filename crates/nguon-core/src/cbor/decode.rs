//! Typed decoding of checked bytes: a serde deserializer that takes each value in the one form the encoder writes.
//!
//! General decoders take more, such as a unit variant written as a map or a newtype variant written as text with its
//! value behind it. Inside a map that shifts what is key and what is value, and two encodings could give one record.

use std::fmt;

use serde::de::value::BorrowedStrDeserializer;
use serde::de::{self, DeserializeSeed, Error as _, Unexpected, Visitor};

use super::CborError;
use super::read::{Head, Major, head, skip};

/// Reads one value after the other.
pub(super) struct Decoder<'de> {
    bytes: &'de [u8],
    at: usize,
}

impl<'de> Decoder<'de> {
    pub(super) const fn new(bytes: &'de [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    pub(super) const fn is_at_end(&self) -> bool {
        self.at == self.bytes.len()
    }

    fn head(&self) -> Result<Head, CborError> {
        Ok(head(self.bytes, self.at)?)
    }

    /// The head of a value of this kind, behind which reading goes on.
    fn enter<V: Visitor<'de>>(&mut self, wanted: Major, visitor: &V) -> Result<usize, CborError> {
        let head = self.head()?;
        if head.major != wanted {
            return Err(CborError::invalid_type(unexpected(head), visitor));
        }
        self.at = head.content;
        usize::try_from(head.argument).map_err(CborError::custom)
    }

    fn content(&mut self, length: usize) -> Result<&'de [u8], CborError> {
        let content = self.at.checked_add(length).and_then(|end| self.bytes.get(self.at..end));
        let content = content.ok_or_else(|| CborError::custom("the encoding ends inside a string"))?;
        self.at += length;
        Ok(content)
    }

    fn text(&mut self, length: usize) -> Result<&'de str, CborError> {
        std::str::from_utf8(self.content(length)?).map_err(CborError::custom)
    }

    fn integer<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, CborError> {
        let head = self.head()?;
        let value = i64::try_from(head.argument).map_err(CborError::custom)?;
        match head.major {
            Major::Unsigned => {
                self.at = head.content;
                visitor.visit_u64(head.argument)
            }
            Major::Negative => {
                self.at = head.content;
                visitor.visit_i64(-1 - value)
            }
            _ => Err(CborError::invalid_type(unexpected(head), &visitor)),
        }
    }
}

fn unexpected(head: Head) -> Unexpected<'static> {
    match head.major {
        Major::Unsigned => Unexpected::Unsigned(head.argument),
        Major::Negative => Unexpected::Other("a negative integer"),
        Major::Bytes => Unexpected::Other("a byte string"),
        Major::Text => Unexpected::Other("text"),
        Major::Array => Unexpected::Seq,
        Major::Map => Unexpected::Map,
        Major::Bool => Unexpected::Bool(head.argument == 1),
    }
}

macro_rules! integers {
    ($($name:ident)+) => {
        $(fn $name<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CborError> {
            self.integer(visitor)
        })+
    };
}

macro_rules! never {
    ($($name:ident($($argument:ty),*))+) => {
        $(fn $name<V: Visitor<'de>>(self, $(_: $argument,)* visitor: V) -> Result<V::Value, CborError> {
            Err(CborError::invalid_type(unexpected(self.head()?), &visitor))
        })+
    };
}

impl<'de> de::Deserializer<'de> for &mut Decoder<'de> {
    type Error = CborError;

    integers! {
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64
    }

    // No type of ours asks for these.
    never! {
        deserialize_any() deserialize_f32() deserialize_f64() deserialize_char() deserialize_unit()
        deserialize_unit_struct(&'static str)
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CborError> {
        let value = self.enter(Major::Bool, &visitor)?;
        visitor.visit_bool(value == 1)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CborError> {
        let length = self.enter(Major::Text, &visitor)?;
        visitor.visit_borrowed_str(self.text(length)?)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CborError> {
        self.deserialize_str(visitor)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CborError> {
        self.deserialize_str(visitor)
    }

    fn deserialize_bytes<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CborError> {
        let length = self.enter(Major::Bytes, &visitor)?;
        visitor.visit_borrowed_bytes(self.content(length)?)
    }

    fn deserialize_byte_buf<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CborError> {
        self.deserialize_bytes(visitor)
    }

    /// An absent field is omitted, so what stands here is there.
    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CborError> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, CborError> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CborError> {
        let total = self.enter(Major::Array, &visitor)?;
        let mut items = Items { decoder: self, left: total, total };
        let value = visitor.visit_seq(&mut items)?;
        if items.left == 0 { Ok(value) } else { Err(CborError::custom(format_args!("an array of {total} items"))) }
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, CborError> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, CborError> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CborError> {
        let left = self.enter(Major::Map, &visitor)?;
        visitor.visit_map(Entries { decoder: self, left, key: "" })
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, CborError> {
        self.deserialize_map(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, CborError> {
        let head = self.head()?;
        let with_body = match head.major {
            Major::Text => false,
            Major::Map if head.argument == 1 => {
                self.at = head.content;
                true
            }
            _ => return Err(CborError::invalid_type(unexpected(head), &visitor)),
        };
        visitor.visit_enum(Variant { decoder: self, name: "", with_body })
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, CborError> {
        self.at = skip(self.bytes, self.at)?;
        visitor.visit_unit()
    }

    fn is_human_readable(&self) -> bool {
        false
    }
}

/// The items of an array.
struct Items<'a, 'de> {
    decoder: &'a mut Decoder<'de>,
    left: usize,
    total: usize,
}

impl<'de> de::SeqAccess<'de> for &mut Items<'_, 'de> {
    type Error = CborError;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, CborError> {
        if self.left == 0 {
            return Ok(None);
        }
        let at = self.total - self.left;
        self.left -= 1;
        seed.deserialize(&mut *self.decoder).map(Some).map_err(|error| within(error, at))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.left)
    }
}

/// The entries of a map.
struct Entries<'a, 'de> {
    decoder: &'a mut Decoder<'de>,
    left: usize,
    key: &'de str,
}

impl<'de> de::MapAccess<'de> for Entries<'_, 'de> {
    type Error = CborError;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, CborError> {
        if self.left == 0 {
            return Ok(None);
        }
        self.left -= 1;
        self.key = name(self.decoder)?;
        seed.deserialize(BorrowedStrDeserializer::<CborError>::new(self.key)).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, CborError> {
        seed.deserialize(&mut *self.decoder).map_err(|error| within(error, self.key))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.left)
    }
}

/// A variant's name and, in a map of one entry, its body.
struct Variant<'a, 'de> {
    decoder: &'a mut Decoder<'de>,
    name: &'de str,
    with_body: bool,
}

impl<'a, 'de> de::EnumAccess<'de> for Variant<'a, 'de> {
    type Error = CborError;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(mut self, seed: V) -> Result<(V::Value, Self), CborError> {
        self.name = name(self.decoder)?;
        let variant = seed.deserialize(BorrowedStrDeserializer::<CborError>::new(self.name))?;
        Ok((variant, self))
    }
}

impl<'de> de::VariantAccess<'de> for Variant<'_, 'de> {
    type Error = CborError;

    fn unit_variant(self) -> Result<(), CborError> {
        if self.with_body {
            return Err(CborError::custom(format_args!("`{}` stands by itself, without a value", self.name)));
        }
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, CborError> {
        if !self.with_body {
            return Err(CborError::custom(format_args!("`{}` lacks its value", self.name)));
        }
        seed.deserialize(&mut *self.decoder).map_err(|error| within(error, self.name))
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, CborError> {
        Err(CborError::invalid_type(Unexpected::TupleVariant, &visitor))
    }

    fn struct_variant<V: Visitor<'de>>(self, _: &'static [&'static str], visitor: V) -> Result<V::Value, CborError> {
        Err(CborError::invalid_type(Unexpected::StructVariant, &visitor))
    }
}

fn name<'de>(decoder: &mut Decoder<'de>) -> Result<&'de str, CborError> {
    let head = decoder.head()?;
    if head.major != Major::Text {
        return Err(CborError::invalid_type(unexpected(head), &"a name"));
    }
    decoder.at = head.content;
    decoder.text(usize::try_from(head.argument).map_err(CborError::custom)?)
}

/// The error, with the place it happened in put before its path.
fn within(error: CborError, place: impl fmt::Display) -> CborError {
    match error {
        CborError::Mismatch { path, reason } if path.is_empty() => {
            CborError::Mismatch { path: place.to_string(), reason }
        }
        CborError::Mismatch { path, reason } => CborError::Mismatch { path: format!("{place}.{path}"), reason },
        other @ CborError::Canonical(_) => other,
    }
}

impl de::Error for CborError {
    fn custom<T: fmt::Display>(reason: T) -> Self {
        Self::Mismatch { path: String::new(), reason: reason.to_string() }
    }

    fn missing_field(field: &'static str) -> Self {
        Self::Mismatch { path: field.to_owned(), reason: "is missing".to_owned() }
    }

    fn unknown_field(field: &str, _: &'static [&'static str]) -> Self {
        Self::Mismatch { path: field.to_owned(), reason: "is not a field here".to_owned() }
    }
}
