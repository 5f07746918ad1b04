//! Values of parameters.

use super::QueryFault;
use crate::epcis::key::canonical;
use crate::epcis::time::Timestamp;
use crate::epcis::uri::Uri;
use crate::epcis::vocabulary::UnknownTerm;

/// Values with `|` between them, each read.
pub(super) fn several<T>(text: &str, read: impl Fn(&str) -> Result<T, QueryFault>) -> Result<Vec<T>, QueryFault> {
    let values: Vec<&str> = text.split('|').collect();
    if values.len() > 100 {
        return Err(QueryFault::TooMany);
    }
    values.into_iter().map(read).collect()
}

pub(super) fn count(text: &str) -> Result<usize, QueryFault> {
    text.parse().ok().filter(|count| *count > 0).ok_or(QueryFault::Expected("a whole number above zero"))
}

pub(super) fn time(text: &str) -> Result<Timestamp, QueryFault> {
    // A plus sign that was not escaped arrives as a space.
    text.replace(' ', "+").parse().map_err(|_| QueryFault::Expected("a time like 2026-06-01T08:30:00+07:00"))
}

pub(super) fn uri(text: &str) -> Result<String, QueryFault> {
    let uri: Uri = text.parse().map_err(|_| QueryFault::Expected("a URI"))?;
    Ok(canonical(uri.as_str()).into_owned())
}

pub(super) fn term<T>(parse: impl Fn(&str) -> Result<T, UnknownTerm>) -> impl Fn(&str) -> Result<T, QueryFault> {
    move |text| parse(text).map_err(|_| QueryFault::Expected("a term of the Core Business Vocabulary or a URI"))
}

/// One name, or with a pattern every name that it stands for.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Pattern {
    canonical: String,
    /// Whether finer keys match too.
    open: bool,
}

impl Pattern {
    /// A name, or a pattern of the EPC Tag Data Standard that leaves the serial open.
    pub(super) fn read(text: &str) -> Result<Self, QueryFault> {
        let (canonical, open) = (uri(text)?, text.starts_with("urn:epc:idpat:"));
        if open && canonical == text {
            return Err(QueryFault::Expected("a pattern that leaves only the serial open"));
        }
        Ok(Self { canonical, open })
    }

    /// A place, or whatever is within it.
    pub(super) fn within(text: &str) -> Result<Self, QueryFault> {
        Ok(Self { canonical: uri(text)?, open: true })
    }

    pub(super) fn matches(&self, name: &Uri) -> bool {
        let name = canonical(name.as_str());
        let rest = name.strip_prefix(self.canonical.as_str());
        rest.is_some_and(|rest| rest.is_empty() || (self.open && rest.starts_with('/')))
    }
}
