//! Codes (ASCII, for machines) and trade names (text, for people).

use crate::cbor::decode_map;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::{GtinCode, LotCode};

/// Text that is not a code of the kind wanted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{what}: {rule}")]
pub struct CodeError {
    what: &'static str,
    rule: &'static str,
}

macro_rules! code {
    ($(#[$doc:meta])* $name:ident, $rule:literal, $test:expr) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// The text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl crate::cbor::Encode for $name {
            fn encode(&self, to: &mut Vec<u8>) {
                crate::cbor::put_text(&self.0, to);
            }
        }

        impl crate::cbor::Decode for $name {
            fn decode(from: &mut crate::cbor::Decoder<'_>) -> Self {
                Self::try_from(from.text().to_owned()).unwrap_or_else(|error| {
                    from.fail_as(&error);
                    Self(String::new())
                })
            }
        }

        impl TryFrom<String> for $name {
            type Error = CodeError;
            fn try_from(text: String) -> Result<Self, CodeError> {
                let test: fn(&str) -> bool = $test;
                if test(&text) { Ok(Self(text)) } else { Err(CodeError { what: stringify!($name), rule: $rule }) }
            }
        }

        impl FromStr for $name {
            type Err = CodeError;
            fn from_str(text: &str) -> Result<Self, CodeError> {
                text.to_owned().try_into()
            }
        }

        impl From<$name> for String {
            fn from(code: $name) -> String {
                code.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

code! {
    /// An opaque code given by somebody else: a growing-area code, a certificate or document number, a product lot.
    Code, "1 to 64 printable ASCII characters without spaces at the ends",
    |text| (1..=64).contains(&text.len())
        && text.bytes().all(|byte| (0x20..0x7f).contains(&byte))
        && text.trim() == text
}
code! {
    /// A commune's code in Việt Nam's list of administrative units (five digits, since 2025-07-01 the second of two levels).
    CommuneCode, "five digits",
    |text| text.len() == 5 && text.bytes().all(|byte| byte.is_ascii_digit())
}
code! {
    /// A market: ISO 3166-1 alpha-2 (`CN`, `JP`, `VN`) or `EU`.
    Market, "two capital letters",
    |text| text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_uppercase())
}
code! {
    /// A media type (RFC 6838 §4.2), without parameters.
    MediaType, "type/subtype in lower case, at most 64 characters",
    |text| text.len() <= 64
        && text.split_once('/').is_some_and(|(kind, subtype)| {
            [kind, subtype].iter().all(|part| {
                !part.is_empty()
                    && part.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'.' | b'+' | b'-'))
            })
        })
}

/// Why text was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TextError {
    /// Empty, or longer than 120 bytes.
    #[error("text of {0} bytes where 1 to 120 are permitted")]
    Length(usize),
    /// A control character, or white space at an end.
    #[error("text with a control character, or white space at an end")]
    Character,
}

/// A name of the trade, never of a person: a product, a variety, a grade. UTF-8, 1 to 120 bytes, NFC where it is entered.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Text(String);

impl Text {
    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl crate::cbor::Encode for Text {
    fn encode(&self, to: &mut Vec<u8>) {
        crate::cbor::put_text(&self.0, to);
    }
}

impl crate::cbor::Decode for Text {
    fn decode(from: &mut crate::cbor::Decoder<'_>) -> Self {
        Self::try_from(from.text().to_owned()).unwrap_or_else(|error| {
            from.fail_as(&error);
            Self(String::new())
        })
    }
}

impl TryFrom<String> for Text {
    type Error = TextError;
    fn try_from(text: String) -> Result<Self, TextError> {
        if !(1..=120).contains(&text.len()) {
            return Err(TextError::Length(text.len()));
        }
        if text.trim() != text || text.chars().any(char::is_control) {
            return Err(TextError::Character);
        }
        Ok(Self(text))
    }
}

impl FromStr for Text {
    type Err = TextError;
    fn from_str(text: &str) -> Result<Self, TextError> {
        text.to_owned().try_into()
    }
}

impl From<Text> for String {
    fn from(text: Text) -> String {
        text.0
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What is printed on a box: GTIN and lot together name one batch.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Label {
    /// GS1 AI (01).
    pub gtin: GtinCode,
    /// GS1 AI (10).
    pub lot: LotCode,
}

decode_map!(Label { required lot, required gtin });
