//! Typed decoding of checked bytes, in a straight line: maps are sorted, so each type asks for its fields in order.
//!
//! Not serde's `Deserialize`, which serves the JSON view: it would be three times the download, and general decoders
//! take more forms than one (a unit variant written as a map, say), so that two encodings could give one record.

use super::CborError;
use super::read::{Head, Major, head, skip};

/// A type that reads itself from checked bytes.
pub trait Decode: Sized {
    /// Reads one value where the decoder stands.
    fn decode(from: &mut Decoder<'_>) -> Result<Self, CborError>;
}

/// Reads one value after the other.
#[derive(Debug)]
pub struct Decoder<'a> {
    bytes: &'a [u8],
    at: usize,
}

/// How many entries of a map are still to be read.
#[derive(Debug)]
pub struct Fields(u64);

impl<'a> Decoder<'a> {
    pub(super) const fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    pub(super) const fn is_at_end(&self) -> bool {
        self.at == self.bytes.len()
    }

    /// A whole number.
    #[inline(never)]
    pub fn integer(&mut self) -> Result<i64, CborError> {
        let head = head(self.bytes, self.at)?;
        let value = i64::try_from(head.argument).unwrap_or(i64::MAX);
        let value = match head.major {
            Major::Unsigned => value,
            Major::Negative => -1 - value,
            _ => return Err(unlike("a whole number", head)),
        };
        self.at = head.content;
        Ok(value)
    }

    /// A byte string.
    pub fn byte_string(&mut self) -> Result<&'a [u8], CborError> {
        self.string(Major::Bytes, "a byte string")
    }

    /// Text.
    #[inline(never)]
    pub fn text(&mut self) -> Result<&'a str, CborError> {
        let bytes = self.string(Major::Text, "text")?;
        std::str::from_utf8(bytes).map_err(|_| CborError::mismatch("text that is not UTF-8"))
    }

    /// The head of an array: how many items follow.
    pub fn array(&mut self) -> Result<u64, CborError> {
        self.enter(Major::Array, "an array")
    }

    /// The head of a map.
    pub fn map(&mut self) -> Result<Fields, CborError> {
        self.enter(Major::Map, "a map").map(Fields)
    }

    /// The value of a field that must be there.
    pub fn required<T: Decode>(&mut self, fields: &mut Fields, name: &'static str) -> Result<T, CborError> {
        if self.comes(fields, name)? { self.value(name) } else { Err(self.absent(fields, name)) }
    }

    /// The value of a field that may be there.
    pub fn optional<T: Decode>(&mut self, fields: &mut Fields, name: &'static str) -> Result<Option<T>, CborError> {
        if self.comes(fields, name)? { self.value(name).map(Some) } else { Ok(None) }
    }

    /// Nothing is left in the map.
    #[inline(never)]
    pub fn end(&mut self, fields: &Fields) -> Result<(), CborError> {
        if fields.0 == 0 { Ok(()) } else { Err(self.unknown()) }
    }

    /// The name of a choice that carries a value, written as a map of one entry.
    #[inline(never)]
    pub fn choice(&mut self) -> Result<&'a str, CborError> {
        match self.enter(Major::Map, "a map of one entry")? {
            1 => self.text(),
            _ => Err(CborError::mismatch("expected a map of one entry")),
        }
    }

    /// The value of a named thing, errors in it told with the name.
    pub fn value<T: Decode>(&mut self, name: &str) -> Result<T, CborError> {
        T::decode(self).map_err(|error| error.within(name))
    }

    #[inline(never)]
    fn string(&mut self, wanted: Major, what: &'static str) -> Result<&'a [u8], CborError> {
        let length = self.enter(wanted, what)?;
        let end = usize::try_from(length).ok().and_then(|length| self.at.checked_add(length));
        let content = end.and_then(|end| self.bytes.get(self.at..end));
        let content = content.ok_or_else(|| CborError::mismatch("a string that ends early"))?;
        self.at += content.len();
        Ok(content)
    }

    #[inline(never)]
    fn enter(&mut self, wanted: Major, what: &'static str) -> Result<u64, CborError> {
        let head = head(self.bytes, self.at)?;
        if head.major != wanted {
            return Err(unlike(what, head));
        }
        self.at = head.content;
        Ok(head.argument)
    }

    /// Whether the next entry is this field; if so, its key is read.
    #[inline(never)]
    fn comes(&mut self, fields: &mut Fields, name: &str) -> Result<bool, CborError> {
        if fields.0 == 0 {
            return Ok(false);
        }
        let before = self.at;
        if self.text()? == name {
            fields.0 -= 1;
            return Ok(true);
        }
        self.at = before;
        Ok(false)
    }

    /// A field that did not come is missing, unless it comes later, behind one that does not belong here.
    #[cold]
    #[inline(never)]
    fn absent(&mut self, fields: &Fields, name: &'static str) -> CborError {
        let here = self.at;
        for _ in 0..fields.0 {
            if self.text().is_ok_and(|key| key == name) {
                self.at = here;
                return self.unknown();
            }
            match skip(self.bytes, self.at) {
                Ok(next) => self.at = next,
                Err(error) => return error.into(),
            }
        }
        CborError::mismatch("is missing").within(name)
    }

    #[cold]
    #[inline(never)]
    fn unknown(&mut self) -> CborError {
        let error = CborError::mismatch("is not a field here");
        match self.text() {
            Ok(name) => error.within(name),
            Err(error) => error,
        }
    }
}

#[cold]
#[inline(never)]
fn unlike(what: &'static str, found: Head) -> CborError {
    let found = match found.major {
        Major::Unsigned | Major::Negative => "a whole number",
        Major::Bytes => "a byte string",
        Major::Text => "text",
        Major::Array => "an array",
        Major::Map => "a map",
        Major::Bool => "a truth value",
    };
    CborError::mismatch(&["expected ", what, ", found ", found].concat())
}

impl<T: Decode> Decode for Vec<T> {
    fn decode(from: &mut Decoder<'_>) -> Result<Self, CborError> {
        let length = from.array()?;
        // Grows as items come: a length alone reserves nothing.
        let mut items = Self::new();
        for at in 0..length {
            items.push(T::decode(from).map_err(|error| error.within(&at.to_string()))?);
        }
        Ok(items)
    }
}

impl<T: Decode> Decode for Box<T> {
    fn decode(from: &mut Decoder<'_>) -> Result<Self, CborError> {
        T::decode(from).map(Self::new)
    }
}

impl Decode for String {
    fn decode(from: &mut Decoder<'_>) -> Result<Self, CborError> {
        from.text().map(str::to_owned)
    }
}

impl Decode for u64 {
    fn decode(from: &mut Decoder<'_>) -> Result<Self, CborError> {
        Self::try_from(from.integer()?).map_err(|_| CborError::mismatch("is below 0"))
    }
}

impl Decode for i32 {
    fn decode(from: &mut Decoder<'_>) -> Result<Self, CborError> {
        Self::try_from(from.integer()?).map_err(|_| CborError::mismatch("is outside -2147483648..=2147483647"))
    }
}

/// Fields of a struct in the bytewise order of their encoded names: the shorter first, then alphabetically.
macro_rules! decode_map {
    ($type:ty { $($need:ident $field:ident),+ $(,)? }) => {
        impl $crate::cbor::Decode for $type {
            fn decode(from: &mut $crate::cbor::Decoder<'_>) -> Result<Self, $crate::cbor::CborError> {
                let mut fields = from.map()?;
                $(let $field = from.$need(&mut fields, stringify!($field))?;)+
                from.end(&fields)?;
                Ok(Self { $($field),+ })
            }
        }
    };
}

/// Words that stand for the variants of an enum, which is one word of text.
macro_rules! decode_words {
    ($type:ident { $($word:literal = $variant:ident),+ $(,)? }) => {
        impl $crate::cbor::Decode for $type {
            fn decode(from: &mut $crate::cbor::Decoder<'_>) -> Result<Self, $crate::cbor::CborError> {
                match from.text()? {
                    $($word => Ok(Self::$variant),)+
                    other => Err($crate::cbor::CborError::no_such_word(other)),
                }
            }
        }
    };
}

/// Variants of an enum that each carry a value: a map of one entry.
macro_rules! decode_choice {
    ($type:ident { $($name:literal = $variant:ident),+ $(,)? }) => {
        impl $crate::cbor::Decode for $type {
            fn decode(from: &mut $crate::cbor::Decoder<'_>) -> Result<Self, $crate::cbor::CborError> {
                match from.choice()? {
                    $($name => from.value($name).map(Self::$variant),)+
                    other => Err($crate::cbor::CborError::no_such_word(other)),
                }
            }
        }
    };
}

pub(crate) use {decode_choice, decode_map, decode_words};
