//! URIs, which EPCIS uses for every name.

use std::borrow::Borrow;
use std::fmt;
use std::str::FromStr;

use serde::Serialize;

/// A URI with a scheme (RFC 3986 §3), of at most 2,048 characters. What it names is not looked at.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Uri(String);

/// Text that is not a URI.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a URI with a scheme, such as https://id.gs1.org/414/9521234000006")]
pub struct UriError;

impl Uri {
    /// Of text that was made to be one: of a fixed beginning, digits and escaped parts.
    pub(super) const fn made(text: String) -> Self {
        Self(text)
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Uri {
    type Error = UriError;
    fn try_from(text: String) -> Result<Self, UriError> {
        let (scheme, rest) = text.split_once(':').ok_or(UriError)?;
        let sound = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'))
            && !rest.is_empty()
            && text.len() <= 2048
            && rest.bytes().all(|byte| byte.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&byte));
        if sound { Ok(Self(text)) } else { Err(UriError) }
    }
}

impl FromStr for Uri {
    type Err = UriError;
    fn from_str(text: &str) -> Result<Self, UriError> {
        text.to_owned().try_into()
    }
}

impl Borrow<str> for Uri {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Uri {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
