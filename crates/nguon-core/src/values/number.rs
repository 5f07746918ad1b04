//! Whole numbers with a unit. No quantity is ever a fraction or a float.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::cbor::MAX_SAFE_INTEGER;

/// A number outside what its unit permits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{what} {value} is outside {least}..={most}")]
pub struct NumberError {
    what: &'static str,
    value: i64,
    least: i64,
    most: i64,
}

const MAX_SAFE: i64 = MAX_SAFE_INTEGER.cast_signed();

fn within(what: &'static str, value: i64, least: i64, most: i64) -> Result<i64, NumberError> {
    if value >= least && value <= most { Ok(value) } else { Err(NumberError { what, value, least, most }) }
}

macro_rules! whole_number {
    ($(#[$doc:meta])* $name:ident, $inner:ty, $least:expr, $most:expr) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "i64", into = "i64")]
        pub struct $name($inner);

        impl $name {
            /// Checks the range.
            pub fn new(value: $inner) -> Result<Self, NumberError> {
                Self::try_from(i64::try_from(value).unwrap_or(i64::MAX))
            }

            /// The number.
            #[must_use]
            pub const fn get(self) -> $inner {
                self.0
            }
        }

        impl crate::cbor::Encode for $name {
            fn encode(&self, to: &mut Vec<u8>) {
                crate::cbor::put_number(i64::from(*self), to);
            }
        }

        impl crate::cbor::Decode for $name {
            fn decode(from: &mut crate::cbor::Decoder<'_>) -> Self {
                Self::try_from(from.integer()).unwrap_or_else(|error| {
                    from.fail_as(&error);
                    Self(0)
                })
            }
        }

        impl TryFrom<i64> for $name {
            type Error = NumberError;
            fn try_from(value: i64) -> Result<Self, NumberError> {
                let (what, least, most) = (stringify!($name), $least, $most);
                let value = within(what, value, least, most)?;
                <$inner>::try_from(value).map(Self).map_err(|_| NumberError { what, value, least, most })
            }
        }

        impl From<$name> for i64 {
            fn from(value: $name) -> i64 {
                // Lossless: every range above lies within ±(2^53 − 1).
                i64::try_from(value.0).unwrap_or(i64::MAX)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0, f)
            }
        }
    };
}

whole_number! {
    /// Unix time: seconds since 1970-01-01T00:00:00Z, without leap seconds.
    Time, u64, 0, MAX_SAFE
}
whole_number! {
    /// Minutes east of UTC at the place of signing; Việt Nam is 420.
    UtcOffset, i16, -840, 840
}
whole_number! {
    /// Mass in grams, at least 1.
    Grams, u64, 1, MAX_SAFE
}
whole_number! {
    /// Area in square metres, at least 1; a hectare is 10,000.
    SquareMetres, u64, 1, 10_000_000_000
}
whole_number! {
    /// Whole days, 0 to 3,650.
    Days, u16, 0, 3650
}
whole_number! {
    /// A measured amount that may be nothing, in the unit its field names.
    Level, u64, 0, MAX_SAFE
}
whole_number! {
    /// A number of things (boxes, trees, bytes), at least 1.
    Count, u64, 1, MAX_SAFE
}

impl UtcOffset {
    /// UTC itself.
    pub const UTC: Self = Self(0);
    /// Việt Nam, UTC+7.
    pub const VIETNAM: Self = Self(420);
}

impl Time {
    /// 1970-01-01T00:00:00Z; as an anchor's time: there is none.
    pub const ZERO: Self = Self(0);
}
