//! Typed decoding of checked bytes, in a straight line: maps are sorted, so each type asks for its fields in order.
//!
//! Not serde's `Deserialize`, which serves the JSON view: it would be three times the download, and general decoders
//! take more forms than one (a unit variant written as a map, say), so that two encodings could give one record.
//!
//! The decoder keeps its first fault and from then on gives hollow values (zeros, empty text), which
//! [`super::from_checked`] throws away: without a way out after every field the code is half as long.

use super::CborError;
use super::read::{Head, Major, head, skip};

/// A type that reads itself from checked bytes.
pub trait Decode: Sized {
    /// Reads one value where the decoder stands. After a fault the value is hollow and must not be used.
    fn decode(from: &mut Decoder<'_>) -> Self;
}

/// Reads one value after the other, up to the first fault.
#[derive(Debug)]
pub struct Decoder<'a> {
    bytes: &'a [u8],
    at: usize,
    fault: Option<CborError>,
}

/// How many entries of a map are still to be read.
#[derive(Debug)]
pub struct Fields(u64);

impl<'a> Decoder<'a> {
    pub(super) const fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0, fault: None }
    }

    /// All bytes were read, without a fault.
    pub(super) fn finish(mut self) -> Result<(), CborError> {
        if self.at < self.bytes.len() {
            self.fail("bytes follow the value");
        }
        self.fault.map_or(Ok(()), Err)
    }

    /// Notes a fault, if it is the first.
    #[cold]
    #[inline(never)]
    pub fn fail(&mut self, reason: &str) {
        self.fail_with(CborError::mismatch(reason));
    }

    /// Notes what a constructor said when it refused a value.
    #[cold]
    #[inline(never)]
    pub(crate) fn fail_as(&mut self, error: &dyn std::fmt::Display) {
        if self.fault.is_none() {
            self.fail(&crate::words(error));
        }
    }

    #[cold]
    #[inline(never)]
    fn fail_with(&mut self, error: CborError) {
        if self.fault.is_none() {
            self.fault = Some(error);
        }
        // Nothing more is read.
        self.at = self.bytes.len();
    }

    /// A word that stands for nothing here.
    #[cold]
    #[inline(never)]
    pub(crate) fn no_such_word(&mut self, found: &str) {
        self.fail(&["`", found, "` is not a word for this"].concat());
    }

    /// A whole number.
    #[cfg_attr(target_arch = "wasm32", inline(never))]
    pub fn integer(&mut self) -> i64 {
        let Some(head) = self.head() else { return 0 };
        let value = i64::try_from(head.argument).unwrap_or(i64::MAX);
        let value = match head.major {
            Major::Unsigned => value,
            Major::Negative => -1 - value,
            _ => return self.unlike("a whole number", head),
        };
        self.at = head.content;
        value
    }

    /// A byte string.
    pub fn byte_string(&mut self) -> &'a [u8] {
        self.string(Major::Bytes, "a byte string")
    }

    /// Text.
    #[cfg_attr(target_arch = "wasm32", inline(never))]
    pub fn text(&mut self) -> &'a str {
        let bytes = self.string(Major::Text, "text");
        std::str::from_utf8(bytes).unwrap_or_else(|_| {
            self.fail("text that is not UTF-8");
            ""
        })
    }

    /// The head of an array: how many items follow.
    pub fn array(&mut self) -> u64 {
        self.enter(Major::Array, "an array")
    }

    /// The head of a map.
    pub fn map(&mut self) -> Fields {
        Fields(self.enter(Major::Map, "a map"))
    }

    /// The value of a field that must be there.
    pub fn required<T: Decode>(&mut self, fields: &mut Fields, name: &'static str) -> T {
        if !self.comes(fields, name) {
            self.absent(fields, name);
        }
        self.value(name)
    }

    /// The value of a field that may be there.
    pub fn optional<T: Decode>(&mut self, fields: &mut Fields, name: &'static str) -> Option<T> {
        if self.comes(fields, name) { Some(self.value(name)) } else { None }
    }

    /// Nothing is left in the map.
    #[cfg_attr(target_arch = "wasm32", inline(never))]
    pub fn end(&mut self, fields: &Fields) {
        if fields.0 > 0 {
            self.unknown();
        }
    }

    /// The name of a choice that carries a value, written as a map of one entry.
    #[cfg_attr(target_arch = "wasm32", inline(never))]
    pub fn choice(&mut self) -> &'a str {
        match self.enter(Major::Map, "a map of one entry") {
            1 => self.text(),
            _ => {
                self.fail("expected a map of one entry");
                ""
            }
        }
    }

    /// The value of a named thing, a fault in it told with the name.
    pub fn value<T: Decode>(&mut self, name: &str) -> T {
        let sound = self.is_sound();
        let value = T::decode(self);
        self.leave(sound, name);
        value
    }

    /// Whether there has been no fault.
    #[must_use]
    pub const fn is_sound(&self) -> bool {
        self.fault.is_none()
    }

    /// A fault since `sound` lies within this name.
    #[cfg_attr(target_arch = "wasm32", inline(never))]
    fn leave(&mut self, sound: bool, name: &str) {
        if sound && let Some(fault) = self.fault.take() {
            self.fault = Some(fault.within(name));
        }
    }

    #[cfg_attr(target_arch = "wasm32", inline(never))]
    fn head(&mut self) -> Option<Head> {
        if !self.is_sound() {
            return None;
        }
        head(self.bytes, self.at).map_err(|error| self.fail_with(error.into())).ok()
    }

    #[cfg_attr(target_arch = "wasm32", inline(never))]
    fn string(&mut self, wanted: Major, what: &'static str) -> &'a [u8] {
        let length = self.enter(wanted, what);
        let end = usize::try_from(length).ok().and_then(|length| self.at.checked_add(length));
        let content = end.and_then(|end| self.bytes.get(self.at..end)).unwrap_or_else(|| {
            self.fail("a string that ends early");
            &[]
        });
        self.at += content.len();
        content
    }

    #[cfg_attr(target_arch = "wasm32", inline(never))]
    fn enter(&mut self, wanted: Major, what: &'static str) -> u64 {
        match self.head() {
            Some(head) if head.major == wanted => {
                self.at = head.content;
                head.argument
            }
            Some(head) => self.unlike(what, head),
            None => 0,
        }
    }

    /// Whether the next entry is this field; if so, its key is read.
    #[cfg_attr(target_arch = "wasm32", inline(never))]
    fn comes(&mut self, fields: &mut Fields, name: &str) -> bool {
        if fields.0 == 0 || !self.is_sound() {
            return false;
        }
        let before = self.at;
        let comes = self.string(Major::Text, "text") == name.as_bytes() && self.is_sound();
        if comes {
            fields.0 -= 1;
        } else if self.is_sound() {
            self.at = before;
        }
        comes
    }

    /// A field that did not come is missing, unless it comes later, behind one that does not belong here.
    #[cold]
    #[inline(never)]
    fn absent(&mut self, fields: &Fields, name: &'static str) {
        let here = self.at;
        for _ in 0..fields.0 {
            if self.text() == name {
                self.at = here;
                return self.unknown();
            }
            match skip(self.bytes, self.at) {
                Ok(next) if self.is_sound() => self.at = next,
                _ => break,
            }
        }
        self.fail_with(CborError::mismatch("is missing").within(name));
    }

    #[cold]
    #[inline(never)]
    fn unknown(&mut self) {
        let name = self.text();
        self.fail_with(CborError::mismatch("is not a field here").within(name));
    }

    #[cold]
    #[inline(never)]
    fn unlike<T: Default>(&mut self, what: &'static str, found: Head) -> T {
        let found = match found.major {
            Major::Unsigned | Major::Negative => "a whole number",
            Major::Bytes => "a byte string",
            Major::Text => "text",
            Major::Array => "an array",
            Major::Map => "a map",
            Major::Bool => "a truth value",
        };
        self.fail(&["expected ", what, ", found ", found].concat());
        T::default()
    }
}

impl<T: Decode> Decode for Vec<T> {
    fn decode(from: &mut Decoder<'_>) -> Self {
        let length = from.array();
        // Grows as items come: a length alone reserves nothing.
        let mut items = Self::new();
        for at in 0..length {
            let item = T::decode(from);
            if !from.is_sound() {
                from.leave(true, &at.to_string());
                break;
            }
            items.push(item);
        }
        items
    }
}

impl<T: Decode> Decode for std::sync::Arc<T> {
    fn decode(from: &mut Decoder<'_>) -> Self {
        Self::new(T::decode(from))
    }
}

impl Decode for String {
    fn decode(from: &mut Decoder<'_>) -> Self {
        from.text().to_owned()
    }
}

impl Decode for u64 {
    fn decode(from: &mut Decoder<'_>) -> Self {
        Self::try_from(from.integer()).unwrap_or_else(|_| {
            from.fail("is below 0");
            0
        })
    }
}

impl Decode for i32 {
    fn decode(from: &mut Decoder<'_>) -> Self {
        Self::try_from(from.integer()).unwrap_or_else(|_| {
            from.fail("is outside -2147483648..=2147483647");
            0
        })
    }
}

/// Fields of a struct in the bytewise order of their encoded names: the shorter first, then alphabetically.
macro_rules! decode_map {
    ($type:ty { $($need:ident $field:ident),+ $(,)? }) => {
        impl $crate::cbor::Decode for $type {
            fn decode(from: &mut $crate::cbor::Decoder<'_>) -> Self {
                let mut fields = from.map();
                $(let $field = from.$need(&mut fields, stringify!($field));)+
                from.end(&fields);
                Self { $($field),+ }
            }
        }

        impl $crate::cbor::Encode for $type {
            fn encode(&self, to: &mut Vec<u8>) {
                let mut entries = $crate::cbor::begin_map(to);
                $(entries.$need(stringify!($field), &self.$field, to);)+
                entries.end(to);
            }
        }
    };
}

/// Words that stand for the variants of an enum, which is one word of text.
macro_rules! decode_words {
    ($type:ident { $first_word:literal = $first:ident $(, $word:literal = $variant:ident)* $(,)? }) => {
        impl $crate::cbor::Decode for $type {
            fn decode(from: &mut $crate::cbor::Decoder<'_>) -> Self {
                match from.text() {
                    $first_word => return Self::$first,
                    $($word => return Self::$variant,)*
                    other => from.no_such_word(other),
                }
                Self::$first
            }
        }

        impl $crate::cbor::Encode for $type {
            fn encode(&self, to: &mut Vec<u8>) {
                let word = match self {
                    Self::$first => $first_word,
                    $(Self::$variant => $word,)*
                };
                $crate::cbor::put_text(word, to);
            }
        }
    };
}

/// Variants of an enum that each carry a value: a map of one entry.
macro_rules! decode_choice {
    ($type:ident { $first_name:literal = $first:ident $(, $name:literal = $variant:ident)* $(,)? }) => {
        impl $crate::cbor::Decode for $type {
            fn decode(from: &mut $crate::cbor::Decoder<'_>) -> Self {
                match from.choice() {
                    $first_name => {}
                    $($name => return Self::$variant(from.value($name)),)*
                    other => from.no_such_word(other),
                }
                Self::$first(from.value($first_name))
            }
        }

        impl $crate::cbor::Encode for $type {
            fn encode(&self, to: &mut Vec<u8>) {
                match self {
                    Self::$first(value) => $crate::cbor::put_choice($first_name, value, to),
                    $(Self::$variant(value) => $crate::cbor::put_choice($name, value, to),)*
                }
            }
        }
    };
}

pub(crate) use {decode_choice, decode_map, decode_words};
