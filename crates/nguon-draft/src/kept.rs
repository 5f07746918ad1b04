//! How drafts, entries and what belongs to them are kept on a device: fields one after the other, in the order in which they
//! are listed in `fields`, as the same deterministic CBOR that records are written in.
//!
//! Not serde, which serves files that people read: a page that keeps its entries so is a quarter smaller. Each kept thing
//! begins with the [`VERSION`] of this form; another one is not read, and whoever opens the device says so.

mod core;
mod fields;

use nguon_core::cbor::{self, Decode, Limits, put_bytes, put_text};
pub use nguon_core::cbor::{Decoder, put_array, put_number};

use crate::sorted::{Map, Set};

/// The form's number: another one with every change to a type of `fields`.
pub const VERSION: u64 = 1;

/// An entry with photos named, records and earlier versions stays far below.
const LIMITS: Limits = Limits { length: 64 * 1024 * 1024, depth: 24 };

/// What can be kept.
pub trait Kept: Sized {
    /// Writes it behind what is there.
    fn put(&self, to: &mut Vec<u8>);

    /// Reads it where the decoder stands. After a fault it is hollow and must not be used.
    fn take(from: &mut Decoder<'_>) -> Self;
}

/// As it is kept.
#[must_use]
pub fn to_bytes<T: Kept>(value: &T) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(256);
    put_array(2, &mut bytes);
    VERSION.put(&mut bytes);
    value.put(&mut bytes);
    bytes
}

/// What was kept; `None` if these bytes are something else, or of another version.
#[must_use]
pub fn from_bytes<T: Kept>(bytes: &[u8]) -> Option<T> {
    cbor::from_canonical::<Whole<T>>(bytes, LIMITS).ok().map(|whole| whole.0)
}

struct Whole<T>(T);

impl<T: Kept> Decode for Whole<T> {
    fn decode(from: &mut Decoder<'_>) -> Self {
        begin(from, 2);
        if u64::take(from) != VERSION {
            from.fail("another version of the form");
        }
        Self(T::take(from))
    }
}

/// The head of an array that has this many items.
#[inline(never)]
pub fn begin(from: &mut Decoder<'_>, count: u64) {
    if from.array() != count {
        from.fail("another number of fields");
    }
}

impl<const N: usize> Kept for [u8; N] {
    fn put(&self, to: &mut Vec<u8>) {
        put_bytes(self, to);
    }

    fn take(from: &mut Decoder<'_>) -> Self {
        from.byte_string().try_into().unwrap_or_else(|_| {
            from.fail("another length");
            [0; N]
        })
    }
}

/// All 64 bits, which numbers of the form do not have: an index that is assumed is the largest there is.
impl Kept for u64 {
    fn put(&self, to: &mut Vec<u8>) {
        self.to_be_bytes().put(to);
    }

    #[inline(never)]
    fn take(from: &mut Decoder<'_>) -> Self {
        Self::from_be_bytes(Kept::take(from))
    }
}

impl Kept for u32 {
    fn put(&self, to: &mut Vec<u8>) {
        put_number(i64::from(*self), to);
    }

    fn take(from: &mut Decoder<'_>) -> Self {
        Self::try_from(from.integer()).unwrap_or_else(|_| {
            from.fail("out of bounds");
            0
        })
    }
}

impl Kept for usize {
    fn put(&self, to: &mut Vec<u8>) {
        u32::try_from(*self).unwrap_or(u32::MAX).put(to);
    }

    fn take(from: &mut Decoder<'_>) -> Self {
        Self::try_from(u32::take(from)).unwrap_or(Self::MAX)
    }
}

impl Kept for i32 {
    fn put(&self, to: &mut Vec<u8>) {
        put_number(i64::from(*self), to);
    }

    fn take(from: &mut Decoder<'_>) -> Self {
        <Self as Decode>::decode(from)
    }
}

impl Kept for i64 {
    fn put(&self, to: &mut Vec<u8>) {
        put_number(*self, to);
    }

    fn take(from: &mut Decoder<'_>) -> Self {
        from.integer()
    }
}

impl Kept for bool {
    fn put(&self, to: &mut Vec<u8>) {
        put_number(i64::from(*self), to);
    }

    fn take(from: &mut Decoder<'_>) -> Self {
        from.integer() == 1
    }
}

impl Kept for String {
    fn put(&self, to: &mut Vec<u8>) {
        put_text(self, to);
    }

    fn take(from: &mut Decoder<'_>) -> Self {
        from.text().to_owned()
    }
}

impl<T: Kept> Kept for Option<T> {
    fn put(&self, to: &mut Vec<u8>) {
        put_array(usize::from(self.is_some()), to);
        if let Some(value) = self {
            value.put(to);
        }
    }

    fn take(from: &mut Decoder<'_>) -> Self {
        match from.array() {
            0 => None,
            1 => Some(T::take(from)),
            _ => {
                from.fail("more than one");
                None
            }
        }
    }
}

impl<T: Kept> Kept for Vec<T> {
    fn put(&self, to: &mut Vec<u8>) {
        put_array(self.len(), to);
        self.iter().for_each(|item| item.put(to));
    }

    fn take(from: &mut Decoder<'_>) -> Self {
        let mut items = Self::new();
        // Grows as items come: a length alone reserves nothing.
        for _ in 0..from.array() {
            items.push(T::take(from));
            if !from.is_sound() {
                break;
            }
        }
        items
    }
}

impl<A: Kept, B: Kept> Kept for (A, B) {
    fn put(&self, to: &mut Vec<u8>) {
        put_array(2, to);
        self.0.put(to);
        self.1.put(to);
    }

    fn take(from: &mut Decoder<'_>) -> Self {
        begin(from, 2);
        (A::take(from), B::take(from))
    }
}

impl<K: Kept + Ord, V: Kept> Kept for Map<K, V> {
    fn put(&self, to: &mut Vec<u8>) {
        put_array(2 * self.len(), to);
        for (key, value) in self {
            key.put(to);
            value.put(to);
        }
    }

    fn take(from: &mut Decoder<'_>) -> Self {
        let mut map = Self::new();
        for _ in 0..from.array() / 2 {
            map.insert(K::take(from), V::take(from));
            if !from.is_sound() {
                break;
            }
        }
        map
    }
}

impl<T: Kept + Ord> Kept for Set<T> {
    fn put(&self, to: &mut Vec<u8>) {
        put_array(self.len(), to);
        self.iter().for_each(|item| item.put(to));
    }

    fn take(from: &mut Decoder<'_>) -> Self {
        Vec::take(from).into_iter().collect()
    }
}

/// Has a struct kept: its fields in this order. Fields after `not` are not kept and begin at their defaults.
#[macro_export]
macro_rules! kept_fields {
    ($type:ty { $($field:ident),+ $(,)? } $(not { $($skipped:ident),+ })?) => {
        impl $crate::kept::Kept for $type {
            fn put(&self, to: &mut Vec<u8>) {
                const COUNT: usize = [$(stringify!($field)),+].len();
                $crate::kept::put_array(COUNT, to);
                $($crate::kept::Kept::put(&self.$field, to);)+
            }

            fn take(from: &mut $crate::kept::Decoder<'_>) -> Self {
                const COUNT: u64 = [$(stringify!($field)),+].len() as u64;
                $crate::kept::begin(from, COUNT);
                Self { $($field: $crate::kept::Kept::take(from),)+ $($($skipped: Default::default(),)+)? }
            }
        }
    };
}

/// Has an enum of words kept, each as its place in this list.
#[macro_export]
macro_rules! kept_words {
    ($type:ty { $first:ident $(, $variant:ident)* $(,)? }) => {
        impl $crate::kept::Kept for $type {
            fn put(&self, to: &mut Vec<u8>) {
                const ALL: &[$type] = &[<$type>::$first $(, <$type>::$variant)*];
                let place = ALL.iter().position(|one| one == self).unwrap_or(usize::MAX);
                $crate::kept::Kept::put(&place, to);
            }

            fn take(from: &mut $crate::kept::Decoder<'_>) -> Self {
                const ALL: &[$type] = &[<$type>::$first $(, <$type>::$variant)*];
                ALL.get(<usize as $crate::kept::Kept>::take(from)).copied().unwrap_or_else(|| {
                    from.fail("no such word");
                    <$type>::$first
                })
            }
        }
    };
}

/// Has an enum kept whose variants each carry some values: the number of its variant, then these. The first one is what a
/// number beyond the list is read as, with a fault.
#[macro_export]
macro_rules! kept_choice {
    ($type:ty { $($number:literal = $variant:ident $(($($value:ident),+))? $({ $($field:ident),+ })?),+ $(,)? }
        else |$from:ident| $other:expr) => {
        impl $crate::kept::Kept for $type {
            fn put(&self, to: &mut Vec<u8>) {
                match self {
                    $(Self::$variant $(($($value),+))? $({ $($field),+ })? => {
                        $crate::kept::put_array(1 $($(+ { let _ = stringify!($value); 1 })+)? $($(+ { let _ = stringify!($field); 1 })+)?, to);
                        $crate::kept::put_number($number, to);
                        $($($crate::kept::Kept::put($value, to);)+)?
                        $($($crate::kept::Kept::put($field, to);)+)?
                    })+
                }
            }

            fn take($from: &mut $crate::kept::Decoder<'_>) -> Self {
                $from.array();
                match $from.integer() {
                    $($number => {
                        $($(let $value = $crate::kept::Kept::take($from);)+)?
                        $($(let $field = $crate::kept::Kept::take($from);)+)?
                        Self::$variant $(($($value),+))? $({ $($field),+ })?
                    })+
                    _ => {
                        $from.fail("no such choice");
                        $other
                    }
                }
            }
        }
    };
}
