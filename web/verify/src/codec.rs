//! How a report travels from the worker that made it to the page that draws it: both are this same program, so no version, no
//! names and no checks beyond what keeps a cut message from being taken for a whole one. Numbers are LEB128.

mod model;

use std::rc::Rc;

/// What can travel.
pub trait Coded: Sized {
    /// Adds itself to a message.
    fn put(&self, to: &mut Vec<u8>);
    /// Takes itself from the front of a message.
    fn take(from: &mut &[u8]) -> Option<Self>;
}

/// A value as a message.
pub fn to_bytes<T: Coded>(value: &T) -> Vec<u8> {
    let mut bytes = Vec::new();
    value.put(&mut bytes);
    bytes
}

/// The value of a message.
#[must_use]
pub fn from_bytes<T: Coded>(mut bytes: &[u8]) -> Option<T> {
    T::take(&mut bytes).filter(|_| bytes.is_empty())
}

impl Coded for u64 {
    #[inline(never)]
    fn put(&self, to: &mut Vec<u8>) {
        let mut rest = *self;
        while rest > 0x7f {
            to.push(rest.to_le_bytes()[0] | 0x80);
            rest >>= 7;
        }
        to.push(rest.to_le_bytes()[0]);
    }

    #[inline(never)]
    fn take(from: &mut &[u8]) -> Option<Self> {
        let (mut value, mut shift) = (0, 0);
        loop {
            let (first, rest) = from.split_first()?;
            *from = rest;
            value |= u64::from(first & 0x7f).checked_shl(shift)?;
            if *first < 0x80 {
                return Some(value);
            }
            shift += 7;
        }
    }
}

macro_rules! as_u64 {
    ($($number:ty)*) => {
        $(impl Coded for $number {
            fn put(&self, to: &mut Vec<u8>) {
                (*self as u64).put(to);
            }

            #[allow(clippy::cast_possible_truncation, clippy::cast_possible_wrap)]
            fn take(from: &mut &[u8]) -> Option<Self> {
                u64::take(from).map(|value| value as $number)
            }
        })*
    };
}

#[allow(clippy::cast_sign_loss)]
mod numbers {
    use super::Coded;

    as_u64!(usize u8 i16 i32 i64);
}

impl Coded for bool {
    fn put(&self, to: &mut Vec<u8>) {
        u8::from(*self).put(to);
    }

    fn take(from: &mut &[u8]) -> Option<Self> {
        u8::take(from).map(|value| value > 0)
    }
}

/// Bytes with their length before them.
#[inline(never)]
fn put_bytes(bytes: &[u8], to: &mut Vec<u8>) {
    bytes.len().put(to);
    to.extend_from_slice(bytes);
}

#[inline(never)]
fn take_bytes(from: &mut &[u8]) -> Option<Vec<u8>> {
    let length = usize::take(from)?;
    let (taken, rest) = from.split_at_checked(length)?;
    *from = rest;
    Some(taken.to_vec())
}

/// Bytes that are copied as one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bytes(pub Vec<u8>);

impl Coded for Bytes {
    fn put(&self, to: &mut Vec<u8>) {
        put_bytes(&self.0, to);
    }

    fn take(from: &mut &[u8]) -> Option<Self> {
        take_bytes(from).map(Self)
    }
}

impl Coded for String {
    fn put(&self, to: &mut Vec<u8>) {
        put_bytes(self.as_bytes(), to);
    }

    fn take(from: &mut &[u8]) -> Option<Self> {
        Self::from_utf8(take_bytes(from)?).ok()
    }
}

impl<T: Coded> Coded for Option<T> {
    fn put(&self, to: &mut Vec<u8>) {
        self.is_some().put(to);
        if let Some(value) = self {
            value.put(to);
        }
    }

    fn take(from: &mut &[u8]) -> Option<Self> {
        Some(if bool::take(from)? { Some(T::take(from)?) } else { None })
    }
}

impl<T: Coded> Coded for Vec<T> {
    fn put(&self, to: &mut Vec<u8>) {
        self.len().put(to);
        for item in self {
            item.put(to);
        }
    }

    fn take(from: &mut &[u8]) -> Option<Self> {
        let mut items = Self::new();
        for _ in 0..usize::take(from)? {
            items.push(T::take(from)?);
        }
        Some(items)
    }
}

impl<T: Coded> Coded for Rc<T> {
    fn put(&self, to: &mut Vec<u8>) {
        (**self).put(to);
    }

    fn take(from: &mut &[u8]) -> Option<Self> {
        T::take(from).map(Self::new)
    }
}

impl<T: Coded, U: Coded> Coded for (T, U) {
    fn put(&self, to: &mut Vec<u8>) {
        self.0.put(to);
        self.1.put(to);
    }

    fn take(from: &mut &[u8]) -> Option<Self> {
        Some((T::take(from)?, U::take(from)?))
    }
}

/// Of a struct all its fields.
macro_rules! fields {
    ($($name:ident { $($field:ident)+ })*) => {
        $(impl Coded for $name {
            fn put(&self, to: &mut Vec<u8>) {
                $(self.$field.put(to);)+
            }

            fn take(from: &mut &[u8]) -> Option<Self> {
                Some(Self { $($field: Coded::take(from)?,)+ })
            }
        })*
    };
}

/// Of an enum without fields the variant's number.
macro_rules! words {
    ($($name:ident { $($variant:ident)+ })*) => {
        $(impl Coded for $name {
            fn put(&self, to: &mut Vec<u8>) {
                (*self as u8).put(to);
            }

            fn take(from: &mut &[u8]) -> Option<Self> {
                const ALL: &[$name] = &[$($name::$variant),+];
                ALL.get(usize::take(from)?).copied()
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
                        (Number::$variant as u8).put(to);
                        $($($part.put(to);)+)?
                        $($($field.put(to);)+)?
                    })+
                }
            }

            fn take(from: &mut &[u8]) -> Option<Self> {
                enum Number { $($variant,)+ }
                let number = u8::take(from)?;
                $(if number == Number::$variant as u8 {
                    $($(let $part = Coded::take(from)?;)+)?
                    $($(let $field = Coded::take(from)?;)+)?
                    return Some(Self::$variant $(($($part),+))? $({ $($field),+ })?);
                })+
                None
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
