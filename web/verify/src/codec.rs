//! How a report travels from the worker that made it to the page that draws it, and from there to the companion, which is
//! built with the page: so no version, no names and no checks beyond what keeps a cut message from being taken for a whole
//! one. Numbers are LEB128.

mod model;

use std::rc::Rc;

/// What can travel. Taking never fails half-way, which would have every value taken before it dropped again at each step:
/// the reader remembers that something was wrong, and gives zeros.
pub trait Coded: Sized {
    /// Adds itself to a message.
    fn put(&self, to: &mut Vec<u8>);
    /// Takes itself from the front of a message.
    fn take(from: &mut Reader<'_>) -> Self;
}

/// What is left of a message.
#[derive(Debug)]
pub struct Reader<'a> {
    rest: &'a [u8],
    broken: bool,
}

impl Reader<'_> {
    #[inline(never)]
    fn byte(&mut self) -> u8 {
        match self.rest.split_first() {
            Some((first, rest)) => {
                self.rest = rest;
                *first
            }
            None => {
                self.broken = true;
                0
            }
        }
    }

    #[inline(never)]
    fn number(&mut self) -> u64 {
        let (mut value, mut shift) = (0, 0);
        loop {
            let byte = self.byte();
            value |= u64::from(byte & 0x7f).checked_shl(shift).unwrap_or(0);
            shift += 7;
            if byte < 0x80 {
                return value;
            }
        }
    }

    #[inline(never)]
    fn bytes(&mut self) -> Vec<u8> {
        let length = usize::try_from(self.number()).unwrap_or(usize::MAX);
        match self.rest.split_at_checked(length) {
            Some((taken, rest)) => {
                self.rest = rest;
                taken.to_vec()
            }
            None => {
                self.broken = true;
                Vec::new()
            }
        }
    }

    /// A variant's number, which is less than `count`.
    #[inline(never)]
    fn variant(&mut self, count: usize) -> usize {
        let variant = usize::from(self.byte());
        if variant < count {
            return variant;
        }
        self.broken = true;
        // The first variant of nothing ends with what it holds.
        self.rest = &[];
        0
    }
}

/// A value as a message.
pub fn to_bytes<T: Coded>(value: &T) -> Vec<u8> {
    let mut bytes = Vec::new();
    value.put(&mut bytes);
    bytes
}

/// The value of a message.
#[must_use]
pub fn from_bytes<T: Coded>(bytes: &[u8]) -> Option<T> {
    let mut reader = Reader { rest: bytes, broken: false };
    let value = T::take(&mut reader);
    (!reader.broken && reader.rest.is_empty()).then_some(value)
}

#[inline(never)]
fn put_number(mut rest: u64, to: &mut Vec<u8>) {
    while rest > 0x7f {
        to.push(rest.to_le_bytes()[0] | 0x80);
        rest >>= 7;
    }
    to.push(rest.to_le_bytes()[0]);
}

macro_rules! as_number {
    ($($number:ty)*) => {
        $(impl Coded for $number {
            #[allow(clippy::cast_sign_loss)]
            fn put(&self, to: &mut Vec<u8>) {
                put_number(*self as u64, to);
            }

            #[allow(clippy::cast_possible_truncation, clippy::cast_possible_wrap)]
            fn take(from: &mut Reader<'_>) -> Self {
                from.number() as $number
            }
        })*
    };
}

as_number!(u64 usize i16 i32 i64);

impl Coded for bool {
    fn put(&self, to: &mut Vec<u8>) {
        to.push(u8::from(*self));
    }

    fn take(from: &mut Reader<'_>) -> Self {
        from.byte() > 0
    }
}

/// Bytes with their length before them.
#[inline(never)]
fn put_bytes(bytes: &[u8], to: &mut Vec<u8>) {
    bytes.len().put(to);
    to.extend_from_slice(bytes);
}

/// Bytes that are copied as one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bytes(pub Vec<u8>);

impl Coded for Bytes {
    fn put(&self, to: &mut Vec<u8>) {
        put_bytes(&self.0, to);
    }

    fn take(from: &mut Reader<'_>) -> Self {
        Self(from.bytes())
    }
}

impl Coded for String {
    fn put(&self, to: &mut Vec<u8>) {
        put_bytes(self.as_bytes(), to);
    }

    fn take(from: &mut Reader<'_>) -> Self {
        let text = Self::from_utf8(from.bytes());
        from.broken |= text.is_err();
        text.unwrap_or_default()
    }
}

impl<T: Coded> Coded for Option<T> {
    fn put(&self, to: &mut Vec<u8>) {
        self.is_some().put(to);
        if let Some(value) = self {
            value.put(to);
        }
    }

    fn take(from: &mut Reader<'_>) -> Self {
        if bool::take(from) { Some(T::take(from)) } else { None }
    }
}

impl<T: Coded> Coded for Vec<T> {
    fn put(&self, to: &mut Vec<u8>) {
        self.len().put(to);
        for item in self {
            item.put(to);
        }
    }

    fn take(from: &mut Reader<'_>) -> Self {
        let mut items = Self::new();
        let count = usize::take(from);
        while items.len() < count && !from.broken {
            items.push(T::take(from));
        }
        items
    }
}

impl<T: Coded> Coded for Rc<T> {
    fn put(&self, to: &mut Vec<u8>) {
        (**self).put(to);
    }

    fn take(from: &mut Reader<'_>) -> Self {
        Self::new(T::take(from))
    }
}

impl<T: Coded, U: Coded> Coded for (T, U) {
    fn put(&self, to: &mut Vec<u8>) {
        self.0.put(to);
        self.1.put(to);
    }

    fn take(from: &mut Reader<'_>) -> Self {
        (T::take(from), U::take(from))
    }
}

/// Of a struct all its fields.
macro_rules! fields {
    ($($name:ident { $($field:ident)+ })*) => {
        $(impl Coded for $name {
            fn put(&self, to: &mut Vec<u8>) {
                $(self.$field.put(to);)+
            }

            fn take(from: &mut Reader<'_>) -> Self {
                Self { $($field: Coded::take(from),)+ }
            }
        })*
    };
}

/// Of an enum without fields the variant's number.
macro_rules! words {
    ($($name:ident { $($variant:ident)+ })*) => {
        $(impl Coded for $name {
            fn put(&self, to: &mut Vec<u8>) {
                to.push(*self as u8);
            }

            fn take(from: &mut Reader<'_>) -> Self {
                const ALL: &[$name] = &[$($name::$variant),+];
                ALL[from.variant(ALL.len())]
            }
        })*
    };
}

/// Of an enum the variant's number and all its fields.
macro_rules! choices {
    ($($name:ident { $($variant:ident $(($($part:ident),+))? $({ $($field:ident),+ })?;)+ })*) => {
        $(impl Coded for $name {
            fn put(&self, to: &mut Vec<u8>) {
                enum Number { $($variant,)+ }
                match self {
                    $(Self::$variant $(($($part),+))? $({ $($field),+ })? => {
                        to.push(Number::$variant as u8);
                        $($($part.put(to);)+)?
                        $($($field.put(to);)+)?
                    })+
                }
            }

            fn take(from: &mut Reader<'_>) -> Self {
                enum Number { $($variant,)+ }
                const COUNT: usize = [$(stringify!($variant)),+].len();
                let number = from.variant(COUNT);
                $(if number == Number::$variant as usize {
                    $($(let $part = Coded::take(from);)+)?
                    $($(let $field = Coded::take(from);)+)?
                    return Self::$variant $(($($part),+))? $({ $($field),+ })?;
                })+
                // There is no other number: this is the first variant again.
                Self::take(from)
            }
        })*
    };
}

use {choices, fields, words};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_back() {
        for number in [0, 1, 127, 128, 300, u64::MAX] {
            assert_eq!(from_bytes(&to_bytes(&number)), Some(number));
        }
        for number in [i64::MIN, -18_000, -1, 0, i64::MAX] {
            assert_eq!(from_bytes(&to_bytes(&number)), Some(number));
        }
    }

    #[test]
    fn a_cut_or_lengthened_message_is_none() {
        let message = to_bytes(&(vec!["một".to_owned(), String::new()], Some(7_u64)));
        type Sent = (Vec<String>, Option<u64>);
        assert!(from_bytes::<Sent>(&message).is_some());
        for cut in 0..message.len() {
            assert_eq!(from_bytes::<Sent>(&message[..cut]), None, "{cut}");
        }
        assert_eq!(from_bytes::<Sent>(&[&*message, &[0]].concat()), None);
        assert_eq!(from_bytes::<Vec<u64>>(&[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f]), None);
    }
}
