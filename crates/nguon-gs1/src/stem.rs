//! The part of a Digital Link URI before its GS1 path.

use std::fmt;
use std::str::FromStr;

use crate::error::{Error, Fault, Part};
use crate::percent::{check_segment, is_dot_segment, upper_case_escapes};

/// Where a link leads: `https://host[:port][/path/prefix]`, the standard's `customURIstem`.
///
/// Held as RFC 3986 §6.2.2.1 normalises it: scheme and host in lower case, escapes in upper case.
/// User names before the host, IP literals in brackets and a prefix that itself holds the segment
/// `01` are refused.
///
/// ```
/// use nguon_gs1::UriStem;
///
/// let stem: UriStem = "https://Nguon.Example/vn/".parse()?;
/// assert_eq!(stem.as_str(), "https://nguon.example/vn");
/// assert_eq!(stem.origin(), "https://nguon.example");
/// assert_eq!(stem.host(), "nguon.example");
/// # Ok::<(), nguon_gs1::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UriStem {
    text: String,
    /// Where the host begins and ends, and where the origin ends.
    host: (usize, usize),
    origin: usize,
}

impl UriStem {
    /// The stem, without a slash at its end.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The host name, without a port.
    pub fn host(&self) -> &str {
        &self.text[self.host.0..self.host.1]
    }

    /// Scheme, host and port: what a browser compares.
    pub fn origin(&self) -> &str {
        &self.text[..self.origin]
    }

    /// Reads the scheme, host and port at the start of `text`, and says how long they are.
    pub(crate) fn parse_origin(text: &str) -> Result<(Self, usize), Error> {
        let scheme = ["https://", "http://"]
            .into_iter()
            .find(|&s| text.get(..s.len()).is_some_and(|start| start.eq_ignore_ascii_case(s)))
            .ok_or(Error::new(Part::Scheme, 0, Fault::Scheme))?;
        let start = scheme.len();
        let end = text[start..].find(['/', '?', '#']).map_or(text.len(), |i| start + i);
        let authority = &text[start..end];
        if let Some(at) = authority.find('@') {
            return Err(Error::new(Part::Host, start + at, Fault::UserInfo));
        }
        let (host, port) = match authority.split_once(':') {
            Some((host, port)) => (host, Some(port)),
            None => (authority, None),
        };
        check_host(host).map_err(|error| error.shifted(start))?;
        let host_end = start + host.len();
        if port.is_some_and(|port| !is_port(port)) {
            return Err(Error::new(Part::Port, host_end + 1, Fault::Port));
        }
        let text = text[..end].to_ascii_lowercase();
        Ok((Self { text, host: (start, host_end), origin: end }, end))
    }

    /// Adds a path prefix, empty or beginning with a slash.
    pub(crate) fn with_prefix(mut self, prefix: &str) -> Result<Self, Error> {
        check_prefix(prefix)?;
        self.text.push_str(&upper_case_escapes(prefix));
        Ok(self)
    }
}

fn check_host(host: &str) -> Result<(), Error> {
    let error = |at, fault| Err(Error::new(Part::Host, at, fault));
    if host.is_empty() {
        return error(0, Fault::Empty);
    }
    if let Some((at, c)) = host.char_indices().find(|&(_, c)| !c.is_ascii_alphanumeric() && c != '-' && c != '.') {
        return error(at, Fault::NotInUri(c));
    }
    if host.len() > 253 {
        return error(0, Fault::Length { found: host.len(), allowed: "1 to 253" });
    }
    let mut at = 0;
    for label in host.split('.') {
        match label.len() {
            0 => return error(at, Fault::Empty),
            1..=63 => at += label.len() + 1,
            found => {
                return error(at, Fault::Length { found, allowed: "1 to 63" });
            }
        }
    }
    Ok(())
}

fn is_port(port: &str) -> bool {
    let plain = !port.starts_with('0') && port.bytes().all(|b| b.is_ascii_digit());
    plain && port.parse::<u16>().is_ok()
}

/// Every segment must survive a browser, and none may look like the key that ends the prefix.
pub(crate) fn check_prefix(prefix: &str) -> Result<(), Error> {
    let Some(segments) = prefix.strip_prefix('/') else {
        return Ok(());
    };
    let mut at = 1;
    for segment in segments.split('/') {
        check_segment(Part::Path, segment).map_err(|error| error.shifted(at))?;
        let fault = match segment {
            "" => Fault::EmptySegment,
            "01" => Fault::KeyInPrefix,
            _ if is_dot_segment(segment) => Fault::DotSegment,
            _ => {
                at += segment.len() + 1;
                continue;
            }
        };
        return Err(Error::new(Part::Path, at, fault));
    }
    Ok(())
}

impl FromStr for UriStem {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let (origin, end) = Self::parse_origin(text)?;
        let rest = &text[end..];
        if let Some(at) = rest.find(['?', '#']) {
            return Err(Error::new(Part::Path, end + at, Fault::NotAStem));
        }
        let prefix = rest.strip_suffix('/').unwrap_or(rest);
        origin.with_prefix(prefix).map_err(|error| error.shifted(end))
    }
}

impl fmt::Display for UriStem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

impl AsRef<str> for UriStem {
    fn as_ref(&self) -> &str {
        &self.text
    }
}
