//! One error type: which part of the input is at fault, where it stands, and what is wrong with it.

use std::fmt;

use crate::code::Ai;

/// Why an input was refused, and where.
///
/// The input is always the caller's text; `at` lets a page underline the place.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
#[error("{part}: {fault} (byte {at})")]
pub struct Error {
    /// The part of the code that is at fault.
    pub part: Part,
    /// Byte offset of the fault in the text that was parsed, counted from 0. Equal to the text's
    /// length when something is missing at its end.
    pub at: usize,
    /// What is wrong there.
    pub fault: Fault,
}

impl Error {
    pub(crate) fn new(part: Part, at: usize, fault: Fault) -> Self {
        Self { part, at, fault }
    }

    /// The same fault, seen from a text in which the parsed one begins at byte `start`.
    pub(crate) fn shifted(mut self, start: usize) -> Self {
        self.at += start;
        self
    }
}

/// The part of a key, a link or a typed code that an [`Error`] is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Part {
    /// The whole of what was typed.
    Code,
    /// A number whose check digit was asked for.
    Number,
    /// Global Trade Item Number.
    Gtin,
    /// Global Location Number.
    Gln,
    /// Serial Shipping Container Code.
    Sscc,
    /// GS1 Company Prefix.
    CompanyPrefix,
    /// Consumer product variant, AI (22).
    Variant,
    /// Batch or lot number, AI (10).
    Lot,
    /// Serial number, AI (21).
    Serial,
    /// The place where a GS1 Application Identifier should stand.
    Ai,
    /// The URI's scheme.
    Scheme,
    /// The URI's host name.
    Host,
    /// The URI's port.
    Port,
    /// The URI's path.
    Path,
    /// The URI's query string.
    Query,
    /// The URI's fragment, which holds the batch commitment.
    Commitment,
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Code => "code",
            Self::Number => "number",
            Self::Gtin => "GTIN",
            Self::Gln => "GLN",
            Self::Sscc => "SSCC",
            Self::CompanyPrefix => "GS1 Company Prefix",
            Self::Variant => "product variant (22)",
            Self::Lot => "lot (10)",
            Self::Serial => "serial (21)",
            Self::Ai => "application identifier",
            Self::Scheme => "scheme",
            Self::Host => "host",
            Self::Port => "port",
            Self::Path => "path",
            Self::Query => "query",
            Self::Commitment => "commitment",
        })
    }
}

/// What is wrong with the part that an [`Error`] names.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Fault {
    /// Nothing stands where a value must.
    #[error("is empty")]
    Empty,
    /// The value is too short or too long.
    #[error("has {found} characters where {allowed} are allowed")]
    Length {
        /// How many characters there are.
        found: usize,
        /// How many there may be, in words.
        allowed: &'static str,
    },
    /// A character other than `0` to `9` in a number.
    #[error("{0:?} is not a digit")]
    NotADigit(char),
    /// The last digit does not fit the ones before it: one of them was misread or mistyped.
    #[error("the check digit is {found} where the digits before it give {expected}")]
    CheckDigit {
        /// The digit that the others ask for.
        expected: char,
        /// The digit that was given.
        found: char,
    },
    /// A key made of zeros only, which no one was ever issued.
    #[error("has no digit other than 0")]
    AllZeros,
    /// A character outside the GS1 AI encodable character set 82.
    #[error("{0:?} is not in the GS1 character set 82")]
    NotInSet82(char),
    /// `.` or `..`, which browsers remove from a path, so that no link can carry it.
    #[error("`.` and `..` cannot stand in a link")]
    DotSegment,
    /// `%` without two hexadecimal digits after it.
    #[error("`%` must be followed by two hexadecimal digits")]
    Escape,
    /// Percent-escapes that do not decode to UTF-8.
    #[error("the percent-escapes are not UTF-8")]
    NotUtf8,
    /// A character that RFC 3986 does not allow at this place.
    #[error("{0:?} is not allowed here")]
    NotInUri(char),
    /// Not a web address: `http://` or `https://` is missing.
    #[error("the address must begin with https:// or http://")]
    Scheme,
    /// `user@` before the host, which only serves to deceive a reader.
    #[error("user names are not allowed before the host")]
    UserInfo,
    /// A port outside 1 to 65535, or not written plainly.
    #[error("is not a number from 1 to 65535")]
    Port,
    /// Two slashes in a row.
    #[error("an empty path segment")]
    EmptySegment,
    /// The path ends with a slash, which the standard forbids.
    #[error("ends with a slash")]
    TrailingSlash,
    /// The path does not begin with a slash.
    #[error("does not begin with a slash")]
    NoLeadingSlash,
    /// A path prefix that itself holds the segment `01`.
    #[error("a path prefix cannot hold the segment `01`")]
    KeyInPrefix,
    /// A query or fragment where only a host and path prefix may stand.
    #[error("a query or fragment cannot stand here")]
    NotAStem,
    /// No GTIN: the code does not hold AI (01).
    #[error("holds no GTIN (01)")]
    NoGtin,
    /// No lot: the code holds a GTIN only, and records are kept by lot.
    #[error("holds no lot (10)")]
    NoLot,
    /// An AI at the end, without its value.
    #[error("{0} has no value")]
    NoValue(Ai),
    /// An AI other than (01), (22), (10) and (21).
    #[error("{0:?} is none of 01, 22, 10 and 21")]
    UnknownAi(String),
    /// The same AI twice.
    #[error("{0} stands twice")]
    Duplicate(Ai),
    /// Key qualifiers out of the order (22), (10), (21).
    #[error("{ai} must stand before {after}")]
    OutOfOrder {
        /// The qualifier that came too late.
        ai: Ai,
        /// The one it came after.
        after: Ai,
    },
    /// A key or qualifier in the query string; it belongs in the path.
    #[error("{0} belongs in the path")]
    InQuery(Ai),
    /// A character outside the base64url alphabet.
    #[error("{0:?} is not a base64url character")]
    NotBase64Url(char),
    /// Spare bits of the last base64url character that are not zero: a second spelling.
    #[error("the last character is not the canonical one")]
    NotCanonical,
    /// Neither `(01)…(10)…` nor a link.
    #[error("is neither (01)…(10)… nor a web address")]
    NotACode,
}
