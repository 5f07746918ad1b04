//! GS1 keys inside records, as text in their one full-length form.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

macro_rules! gs1_text {
    ($(#[$doc:meta])* $name:ident, $inner:ty, $what:literal, $hollow:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name($inner);

        impl $name {
            /// The GS1 key itself.
            #[must_use]
            pub const fn get(&self) -> &$inner {
                &self.0
            }
        }

        impl From<$inner> for $name {
            fn from(key: $inner) -> Self {
                Self(key)
            }
        }

        impl crate::cbor::Encode for $name {
            fn encode(&self, to: &mut Vec<u8>) {
                crate::cbor::put_text(&self.0.to_string(), to);
            }
        }

        impl crate::cbor::Decode for $name {
            fn decode(from: &mut crate::cbor::Decoder<'_>) -> Self {
                Self::try_from(from.text().to_owned()).unwrap_or_else(|error| {
                    from.fail_as(&error);
                    Self($hollow.parse().unwrap_or_else(|_| unreachable!()))
                })
            }
        }

        impl TryFrom<String> for $name {
            type Error = String;
            fn try_from(text: String) -> Result<Self, String> {
                let key: $inner = text.parse().map_err(|error: nguon_gs1::Error| crate::words(&error))?;
                // A short form would be a second spelling of the same key.
                if key.to_string() == text {
                    Ok(Self(key))
                } else {
                    Err(crate::words(&format_args!(concat!($what, " must be written {}"), key)))
                }
            }
        }

        impl FromStr for $name {
            type Err = String;
            fn from_str(text: &str) -> Result<Self, String> {
                text.to_owned().try_into()
            }
        }

        impl From<$name> for String {
            fn from(key: $name) -> String {
                key.0.to_string()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0, f)
            }
        }
    };
}

gs1_text! {
    /// A GTIN in its 14-digit form.
    GtinCode, nguon_gs1::Gtin, "GTIN", "09521234543213"
}
gs1_text! {
    /// A batch or lot number.
    LotCode, nguon_gs1::Lot, "lot", "0"
}
gs1_text! {
    /// A Global Location Number.
    GlnCode, nguon_gs1::Gln, "GLN", "9521234000006"
}
gs1_text! {
    /// A Serial Shipping Container Code.
    SsccCode, nguon_gs1::Sscc, "SSCC", "095212340000000013"
}
gs1_text! {
    /// A GS1 Company Prefix.
    Prefix, nguon_gs1::Gs1Prefix, "GS1 Company Prefix", "0000"
}

#[cfg(test)]
mod tests {
    use super::{GlnCode, GtinCode, LotCode, Prefix, SsccCode};
    use crate::cbor::{Decode, Limits, from_canonical};

    fn is_refused<T: Decode>() -> bool {
        from_canonical::<T>(&[0x61, b'?'], Limits { length: 8, depth: 1 }).is_err()
    }

    /// A refused key leaves a hollow one behind, which has to be a key.
    #[test]
    fn a_refused_key_is_an_error_and_no_panic() {
        assert!(is_refused::<GtinCode>() && is_refused::<GlnCode>() && is_refused::<Prefix>());
        assert!(is_refused::<SsccCode>());
        assert!(from_canonical::<LotCode>(&[0x61, 0x20], Limits { length: 8, depth: 1 }).is_err());
    }
}
