//! What a person types from a label.

use std::str::FromStr;

use crate::code::{Ai, Decode, Fields, LabelCode};
use crate::error::{Error, Fault, Part};
use crate::link::DigitalLink;
use crate::stem::UriStem;

/// GS (FNC1 as transmitted), which ends a value of variable length in an element string.
const SEPARATOR: char = '\u{1D}';

/// A code as a person types it, or a hand-held scanner sends it:
///
/// - the line under the symbol, `(01)09521234543213(10)ABC123`, with spaces wherever and the
///   identifiers in any order;
/// - the same without brackets, as a GS1 element string
///   (General Specifications §7.8), with or without the symbology identifier before it;
/// - the link, with or without `https://`, or only its path.
///
/// A lot or serial that itself holds something like `(10)` can only be typed as a link.
///
/// ```
/// use nguon_gs1::{Fault, TypedCode};
///
/// let typed: TypedCode = "(01) 0952 1234 5432 13  (10) ABC123".parse()?;
/// assert_eq!(typed.code().lot().as_str(), "ABC123");
/// assert_eq!(typed.stem(), None);
///
/// let link: TypedCode = "nguon.example/01/09521234543213/10/ABC123".parse()?;
/// assert_eq!(link.code(), typed.code());
///
/// let mistyped = "(01)09521234543214(10)ABC123".parse::<TypedCode>().unwrap_err();
/// assert_eq!(mistyped.fault, Fault::CheckDigit { expected: '3', found: '4' });
/// assert_eq!(mistyped.at, 17);
/// # Ok::<(), nguon_gs1::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypedCode {
    code: LabelCode,
    stem: Option<UriStem>,
}

impl TypedCode {
    /// What the label says.
    pub fn code(&self) -> &LabelCode {
        &self.code
    }

    /// What the label says, by value.
    pub fn into_code(self) -> LabelCode {
        self.code
    }

    /// Where the link leads, if one was typed.
    pub fn stem(&self) -> Option<&UriStem> {
        self.stem.as_ref()
    }
}

impl FromStr for TypedCode {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let start = text.len() - text.trim_start().len();
        parse(text.trim()).map_err(|error| error.shifted(start))
    }
}

fn parse(text: &str) -> Result<TypedCode, Error> {
    let elements = |code| TypedCode { code, stem: None };
    if text.is_empty() {
        Err(Error::new(Part::Code, 0, Fault::Empty))
    } else if text.starts_with('(') {
        parse_bracketed(text).map(elements)
    } else if let Some(start) = element_string_start(text) {
        parse_element_string(&text[start..]).map_err(|error| error.shifted(start)).map(elements)
    } else if text.starts_with('/') {
        DigitalLink::parse_path(text).map(elements)
    } else if text.split('/').next().is_some_and(|start| start.ends_with(':')) {
        text.parse().map(from_link)
    } else if text.contains('/') {
        // The label's owner may well have printed the address without its scheme.
        const SCHEME: &str = "https://";
        format!("{SCHEME}{text}").parse().map(from_link).map_err(|mut error: Error| {
            error.at = error.at.saturating_sub(SCHEME.len());
            error
        })
    } else {
        Err(Error::new(Part::Code, 0, Fault::NotACode))
    }
}

fn from_link(link: DigitalLink) -> TypedCode {
    TypedCode { stem: Some(link.stem().clone()), code: link.into_code() }
}

/// `(01)…(10)…`
fn parse_bracketed(text: &str) -> Result<LabelCode, Error> {
    let mut fields = Fields::default();
    let mut at = 0;
    while let Some((digits, value_at)) = bracketed_ai(text, at) {
        let value_end = (value_at..text.len()).find(|&i| bracketed_ai(text, i).is_some()).unwrap_or(text.len());
        read(&mut fields, (at + 1, &digits), (value_at, &text[value_at..value_end]))?;
        at = value_end;
    }
    if at == 0 {
        return Err(Error::new(Part::Code, 0, Fault::NotACode));
    }
    fields.finish(Part::Code, text.len())
}

/// The 2 to 4 digits in brackets that begin at byte `at`, and where they end.
fn bracketed_ai(text: &str, at: usize) -> Option<(String, usize)> {
    let mut digits = String::new();
    for (i, c) in text.get(at..)?.strip_prefix('(')?.char_indices() {
        match c {
            '0'..='9' => digits.push(c),
            ')' if (2..=4).contains(&digits.len()) => return Some((digits, at + i + 2)),
            c if c.is_whitespace() => {}
            _ => break,
        }
    }
    None
}

/// Where an element string begins: after a symbology identifier such as `]C1` or `]Q3`, if any.
fn element_string_start(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    if bytes.first() == Some(&b']') {
        return text.is_char_boundary(3).then_some(3).filter(|&start| start < text.len());
    }
    let digits = text.chars().filter(|c| !c.is_whitespace()).take(16);
    (text.starts_with("01") && digits.filter(char::is_ascii_digit).count() == 16).then_some(0)
}

/// `01…10…`, values of variable length ended by [`SEPARATOR`].
fn parse_element_string(text: &str) -> Result<LabelCode, Error> {
    let mut fields = Fields::default();
    let mut rest = text.trim_start_matches(|c: char| c == SEPARATOR || c.is_whitespace());
    while !rest.is_empty() {
        let ai_at = text.len() - rest.len();
        let value_at = after_characters(rest, 2);
        let digits: String = rest[..value_at].chars().filter(|c| !c.is_whitespace()).collect();
        let value = &rest[value_at..];
        let value_end = match digits.as_str() {
            "01" => after_characters(value, 14),
            _ => value.find(SEPARATOR).unwrap_or(value.len()),
        };
        read(&mut fields, (ai_at, &digits), (ai_at + value_at, &value[..value_end]))?;
        rest = value[value_end..].trim_start_matches(|c: char| c == SEPARATOR || c.is_whitespace());
    }
    fields.finish(Part::Code, text.len())
}

/// The offset after the first `count` characters that are not spaces, or the end.
fn after_characters(text: &str, count: usize) -> usize {
    text.char_indices()
        .filter(|(_, c)| !c.is_whitespace())
        .nth(count - 1)
        .map_or(text.len(), |(at, c)| at + c.len_utf8())
}

/// Reads one value; both are given with the place where they begin.
fn read(fields: &mut Fields, (ai_at, digits): (usize, &str), (value_at, value): (usize, &str)) -> Result<(), Error> {
    let wrong_ai = |fault| Error::new(Part::Ai, ai_at, fault);
    let ai = Ai::from_digits(digits).ok_or_else(|| wrong_ai(Fault::UnknownAi(digits.into())))?;
    if fields.has(ai) {
        return Err(wrong_ai(Fault::Duplicate(ai)));
    }
    fields.read(ai, value, &Spaced).map_err(|error| error.shifted(value_at))
}

/// Values with spaces in them: neither a number nor character set 82 knows spaces.
struct Spaced;

impl Decode for Spaced {
    fn value<T: FromStr<Err = Error>>(&self, part: Part, text: &str) -> Result<T, Error> {
        let plain: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        if plain.is_empty() {
            return Err(Error::new(part, 0, Fault::Empty));
        }
        plain.parse().map_err(|mut error: Error| {
            error.at = spaced_offset(text, error.at);
            error
        })
    }
}

/// Where byte number `plain` of the text without its spaces stands in `text`.
fn spaced_offset(text: &str, plain: usize) -> usize {
    let mut seen = 0;
    for (at, c) in text.char_indices().filter(|(_, c)| !c.is_whitespace()) {
        if seen >= plain {
            return at;
        }
        seen += c.len_utf8();
    }
    text.len()
}
