//! Typed encoding in the one permitted form: maps are written in the order in which they are read, which is the sorted one.
//!
//! Beside serde's `Serialize`, which serves the JSON view and [`super::to_canonical`]: what pages sign and keep goes this way,
//! at a fifth of the download.

use super::{CborError, Limits, check};

/// A type that writes itself as deterministic CBOR.
pub trait Encode {
    /// Writes one value behind what is there.
    fn encode(&self, to: &mut Vec<u8>);
}

/// Encodes a value, refusing what [`check`] would refuse. The same bytes as [`super::to_canonical`] gives.
pub fn to_bytes<T: Encode + ?Sized>(value: &T, limits: Limits) -> Result<Vec<u8>, CborError> {
    let mut bytes = Vec::with_capacity(256);
    value.encode(&mut bytes);
    check(&bytes, limits)?;
    Ok(bytes)
}

const BYTES: u8 = 0x40;
const TEXT: u8 = 0x60;
const ARRAY: u8 = 0x80;
const MAP: u8 = 0xa0;

/// The head of an item, in the shortest form.
#[cfg_attr(target_arch = "wasm32", inline(never))]
fn put_head(major: u8, argument: u64, to: &mut Vec<u8>) {
    let bytes = argument.to_be_bytes();
    let (information, from) = match argument {
        0..24 => (bytes[7], 8),
        24..0x100 => (24, 7),
        0x100..0x1_0000 => (25, 6),
        0x1_0000..0x1_0000_0000 => (26, 4),
        _ => (27, 0),
    };
    to.push(major | information);
    to.extend_from_slice(&bytes[from..]);
}

/// The head of an array of so many items.
pub fn put_array(items: usize, to: &mut Vec<u8>) {
    put_head(ARRAY, items as u64, to);
}

/// Text.
#[cfg_attr(target_arch = "wasm32", inline(never))]
pub fn put_text(text: &str, to: &mut Vec<u8>) {
    put_head(TEXT, text.len() as u64, to);
    to.extend_from_slice(text.as_bytes());
}

/// A byte string.
#[cfg_attr(target_arch = "wasm32", inline(never))]
pub fn put_bytes(bytes: &[u8], to: &mut Vec<u8>) {
    put_head(BYTES, bytes.len() as u64, to);
    to.extend_from_slice(bytes);
}

/// A whole number.
#[cfg_attr(target_arch = "wasm32", inline(never))]
pub fn put_number(number: i64, to: &mut Vec<u8>) {
    match u64::try_from(number) {
        Ok(number) => put_head(0, number, to),
        Err(_) => put_head(0x20, (-1 - number).unsigned_abs(), to),
    }
}

/// A map under construction: how many entries it has is known at its end.
#[derive(Debug)]
pub(crate) struct Entries {
    at: usize,
    count: u8,
}

/// Begins a map of at most 23 entries.
#[cfg_attr(target_arch = "wasm32", inline(never))]
pub(crate) fn begin_map(to: &mut Vec<u8>) -> Entries {
    to.push(MAP);
    Entries { at: to.len() - 1, count: 0 }
}

impl Entries {
    #[cfg_attr(target_arch = "wasm32", inline(never))]
    fn name(&mut self, name: &str, to: &mut Vec<u8>) {
        self.count += 1;
        put_text(name, to);
    }

    /// A field that is always there.
    pub(crate) fn required<T: Encode>(&mut self, name: &str, value: &T, to: &mut Vec<u8>) {
        self.name(name, to);
        value.encode(to);
    }

    /// A field that may be there.
    pub(crate) fn optional<T: Encode>(&mut self, name: &str, value: &Option<T>, to: &mut Vec<u8>) {
        if let Some(value) = value {
            self.required(name, value, to);
        }
    }

    /// Nothing more comes.
    #[cfg_attr(target_arch = "wasm32", inline(never))]
    pub(crate) fn end(self, to: &mut [u8]) {
        if let Some(head) = to.get_mut(self.at) {
            *head = MAP | self.count;
        }
    }
}

/// A map of one entry: a choice that carries a value.
pub(crate) fn put_choice<T: Encode>(name: &str, value: &T, to: &mut Vec<u8>) {
    put_head(MAP, 1, to);
    put_text(name, to);
    value.encode(to);
}

impl<T: Encode> Encode for [T] {
    fn encode(&self, to: &mut Vec<u8>) {
        put_array(self.len(), to);
        self.iter().for_each(|item| item.encode(to));
    }
}

impl<T: Encode> Encode for Vec<T> {
    fn encode(&self, to: &mut Vec<u8>) {
        self.as_slice().encode(to);
    }
}

impl<T: Encode> Encode for std::sync::Arc<T> {
    fn encode(&self, to: &mut Vec<u8>) {
        (**self).encode(to);
    }
}

impl<T: Encode + ?Sized> Encode for &T {
    fn encode(&self, to: &mut Vec<u8>) {
        (**self).encode(to);
    }
}

impl Encode for str {
    fn encode(&self, to: &mut Vec<u8>) {
        put_text(self, to);
    }
}

impl Encode for String {
    fn encode(&self, to: &mut Vec<u8>) {
        put_text(self, to);
    }
}

impl Encode for u64 {
    fn encode(&self, to: &mut Vec<u8>) {
        put_head(0, *self, to);
    }
}

impl Encode for i64 {
    fn encode(&self, to: &mut Vec<u8>) {
        put_number(*self, to);
    }
}

impl Encode for i32 {
    fn encode(&self, to: &mut Vec<u8>) {
        put_number(i64::from(*self), to);
    }
}
