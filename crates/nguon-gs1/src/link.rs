//! GS1 Digital Link URIs.

use std::fmt;
use std::str::FromStr;

use crate::code::{Ai, Decode, Fields, LabelCode};
use crate::commitment::Commitment;
use crate::error::{Error, Fault, Part};
use crate::percent;
use crate::stem::{UriStem, check_prefix};

/// A GS1 Digital Link URI that names a lot, or one item of it:
/// `{stem}/01/{GTIN-14}[/22/{variant}]/10/{lot}[/21/{serial}][#{commitment}]`.
///
/// Reading and writing are inverse to each other. What is written is in canonical form: GTIN in
/// 14 digits, escapes in upper case and only where a character is not unreserved, no slash at the
/// end, no query.
///
/// ```
/// use nguon_gs1::{Commitment, DigitalLink, LabelCode};
///
/// let code = LabelCode::new("09521234543213".parse()?, "VT/26-06".parse()?)
///     .with_commitment(Commitment::new([7; 16]));
/// let link = DigitalLink::new("https://nguon.example".parse()?, code);
/// let printed = "https://nguon.example/01/09521234543213/10/VT%2F26-06#BwcHBwcHBwcHBwcHBwcHBw";
/// assert_eq!(link.to_string(), printed);
/// assert_eq!(printed.parse(), Ok(link));
/// # Ok::<(), nguon_gs1::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DigitalLink {
    stem: UriStem,
    code: LabelCode,
}

impl DigitalLink {
    /// A link to `code` under `stem`.
    pub fn new(stem: UriStem, code: LabelCode) -> Self {
        Self { stem, code }
    }

    /// Where the link leads.
    pub fn stem(&self) -> &UriStem {
        &self.stem
    }

    /// What the label says.
    pub fn code(&self) -> &LabelCode {
        &self.code
    }

    /// What the label says, without where it leads.
    pub fn into_code(self) -> LabelCode {
        self.code
    }

    /// Reads `[/prefix]/01/…/10/…[?query][#commitment]`: what a page has in
    /// `location.pathname + location.hash`.
    ///
    /// ```
    /// use nguon_gs1::DigitalLink;
    ///
    /// let code = DigitalLink::parse_path("/01/09521234543213/10/ABC123")?;
    /// assert_eq!(code.lot().as_str(), "ABC123");
    /// assert_eq!(code.commitment(), None);
    /// # Ok::<(), nguon_gs1::Error>(())
    /// ```
    pub fn parse_path(path: &str) -> Result<LabelCode, Error> {
        if !path.starts_with('/') {
            return Err(Error::new(Part::Path, 0, Fault::NoLeadingSlash));
        }
        let (prefix, code) = parse_after_origin(path)?;
        check_prefix(prefix)?;
        Ok(code)
    }
}

/// Splits `text`, which begins with the path, into the prefix, not yet checked, and the code.
fn parse_after_origin(text: &str) -> Result<(&str, LabelCode), Error> {
    let (rest, fragment) = match text.split_once('#') {
        Some((rest, fragment)) => (rest, Some(fragment)),
        None => (text, None),
    };
    let (path, query) = match rest.split_once('?') {
        Some((path, query)) => (path, Some(query)),
        None => (rest, None),
    };
    let (prefix, mut code) = parse_gs1_path(path)?;
    if let Some(query) = query {
        check_query(query).map_err(|error| error.shifted(path.len() + 1))?;
    }
    if let Some(fragment) = fragment {
        let commitment: Commitment = fragment.parse().map_err(|error: Error| error.shifted(rest.len() + 1))?;
        code = code.with_commitment(commitment);
    }
    Ok((prefix, code))
}

/// The standard's `gtin-path`; the first segment `01` is the key.
fn parse_gs1_path(path: &str) -> Result<(&str, LabelCode), Error> {
    let mut segments = Segments { path, next: Some(0) };
    let key = loop {
        match segments.next() {
            Some((at, "01")) => break at,
            Some(_) => {}
            None => return Err(Error::new(Part::Path, path.len(), Fault::NoGtin)),
        }
    };
    let mut fields = Fields::default();
    let mut ai = Ai::Gtin;
    loop {
        let Some((at, value)) = segments.next() else {
            return Err(Error::new(ai.part(), path.len(), Fault::NoValue(ai)));
        };
        fields.read(ai, value, &PercentEncoded).map_err(|error| error.shifted(at))?;
        let Some((at, digits)) = segments.next() else {
            break;
        };
        let next = parse_ai(digits, at, segments.next.is_none())?;
        if next <= ai {
            let fault = match fields.has(next) {
                true => Fault::Duplicate(next),
                false => Fault::OutOfOrder { ai: next, after: ai },
            };
            return Err(Error::new(Part::Ai, at, fault));
        }
        ai = next;
    }
    // `key` is where "01" begins: the prefix ends before its slash.
    Ok((&path[..key - 1], fields.finish(Part::Path, path.len())?))
}

fn parse_ai(digits: &str, at: usize, is_last: bool) -> Result<Ai, Error> {
    if digits.is_empty() && is_last {
        return Err(Error::new(Part::Path, at - 1, Fault::TrailingSlash));
    }
    Ai::from_digits(digits).ok_or_else(|| {
        let fault = if digits.is_empty() { Fault::Empty } else { Fault::UnknownAi(digits.into()) };
        Error::new(Part::Ai, at, fault)
    })
}

/// Query parameters are skipped unread, since messengers add their own to every link; only a key
/// or qualifier that hides there is refused.
fn check_query(query: &str) -> Result<(), Error> {
    if let Some((at, c)) = query.char_indices().find(|(_, c)| !c.is_ascii_graphic()) {
        return Err(Error::new(Part::Query, at, Fault::NotInUri(c)));
    }
    let mut at = 0;
    for parameter in query.split('&') {
        let name = parameter.split('=').next().unwrap_or(parameter);
        if let Some(ai) = Ai::from_digits(name) {
            return Err(Error::new(Part::Query, at, Fault::InQuery(ai)));
        }
        at += parameter.len() + 1;
    }
    Ok(())
}

/// The segments of a path, each with its offset.
struct Segments<'a> {
    path: &'a str,
    next: Option<usize>,
}

impl<'a> Iterator for Segments<'a> {
    type Item = (usize, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        // `next` points at the slash before the segment.
        let rest = self.path.get(self.next? + 1..)?;
        let start = self.path.len() - rest.len();
        self.next = rest.find('/').map(|i| start + i);
        Some((start, &self.path[start..self.next.unwrap_or(self.path.len())]))
    }
}

struct PercentEncoded;

impl Decode for PercentEncoded {
    fn value<T: FromStr<Err = Error>>(&self, part: Part, text: &str) -> Result<T, Error> {
        percent::parse(part, text)
    }
}

impl FromStr for DigitalLink {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let (origin, end) = UriStem::parse_origin(text)?;
        let (prefix, code) = parse_after_origin(&text[end..]).map_err(|error| error.shifted(end))?;
        let stem = origin.with_prefix(prefix).map_err(|error| error.shifted(end))?;
        Ok(Self { stem, code })
    }
}

impl fmt::Display for DigitalLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.stem, LinkPath(&self.code))
    }
}

/// What follows the stem.
struct LinkPath<'a>(&'a LabelCode);

impl LabelCode {
    /// Path and fragment of this code's link on any host.
    ///
    /// ```
    /// use nguon_gs1::DigitalLink;
    ///
    /// let code = DigitalLink::parse_path("/01/09521234543213/10/ABC%2F1")?;
    /// assert_eq!(code.to_path(), "/01/09521234543213/10/ABC%2F1");
    /// # Ok::<(), nguon_gs1::Error>(())
    /// ```
    #[must_use]
    pub fn to_path(&self) -> String {
        LinkPath(self).to_string()
    }
}

impl fmt::Display for LinkPath<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(code) = self;
        write!(f, "/01/{}", code.gtin())?;
        if let Some(variant) = code.variant() {
            f.write_str("/22/")?;
            percent::encode(variant.as_str(), f)?;
        }
        f.write_str("/10/")?;
        percent::encode(code.lot().as_str(), f)?;
        if let Some(serial) = code.serial() {
            f.write_str("/21/")?;
            percent::encode(serial.as_str(), f)?;
        }
        match code.commitment() {
            Some(commitment) => write!(f, "#{commitment}"),
            None => Ok(()),
        }
    }
}
