//! What a payload is, and what may be done with it.

use nguon_gs1::{DigitalLink, LabelCode, TypedCode};
use nguon_verify_app::link;
use nguon_verify_app::model::Lot;

use super::host::{Address, Disguise, Host};

/// The path of a lot on this page's own host. Nothing else in this program leads anywhere, and it is made from a code whose parts were
/// checked one by one, never from a payload's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnPath(String);

impl OwnPath {
    fn of(code: &LabelCode) -> Self {
        Self(link::page_path(code))
    }

    /// As a browser goes to it: it begins with `/01/`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// A label whose address is this page's: it is gone to
    Here {
        /// The lot
        lot: Lot,
        /// Its page
        path: OwnPath,
    },
    /// A lot's code without an address, or with that of another page: it may be looked up here, if the reader wants that
    Elsewhere {
        /// The lot
        lot: Lot,
        /// Its page here
        path: OwnPath,
        /// Whose address it is
        host: Option<Host>,
        /// How that passes itself off as this page's
        disguise: Option<Disguise>,
    },
    /// Anything else: it is named and shown
    Foreign {
        /// What it is
        kind: Kind,
        /// Whose address it is, if it is one
        host: Option<Host>,
        /// How that passes itself off as this page's
        disguise: Option<Disguise>,
        /// What it says; nothing if that is no text
        text: Option<String>,
    },
}

/// What a foreign code is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// An address of this page that names no lot
    OwnLink,
    /// Another page's address
    Link,
    /// A program: `javascript:`, `data:`
    Script,
    /// A network to join
    Wifi,
    /// A business card
    Contact,
    /// A number to call
    Phone,
    /// A message to send
    Message,
    /// A mail to send
    Mail,
    /// A place
    Place,
    /// An entry for a calendar
    Event,
    /// A payment
    Payment,
    /// A second factor's secret
    Secret,
    /// Something for another app
    App,
    /// Digits, such as a product's number
    Number,
    /// Text
    Text,
    /// No text
    Binary,
}

impl Finding {
    /// What a payload is to the page on `own`.
    #[must_use]
    pub fn of(payload: &[u8], own: &Host) -> Self {
        let Ok(text) = std::str::from_utf8(payload) else {
            return Self::Foreign { kind: Kind::Binary, host: None, disguise: None, text: None };
        };
        let address = Address::read(text);
        if let Some((code, host)) = code_of(text) {
            let (lot, path) = (link::lot(&code), OwnPath::of(&code));
            return match host {
                Some(host) if host == *own => Self::Here { lot, path },
                host => {
                    let disguise = host.as_ref().and_then(|host| host.disguise(own));
                    Self::Elsewhere { lot, path, host, disguise }
                }
            };
        }
        let disguise = address.as_ref().and_then(|address| address.disguise(own));
        let host = address.map(|address| address.host);
        let kind = kind_of(text, host.as_ref() == Some(own) && disguise.is_none(), host.is_some());
        Self::Foreign { kind, host, disguise, text: Some(text.to_owned()) }
    }

    /// Where to go without asking: only to a lot of this page.
    #[must_use]
    pub const fn leads_to(&self) -> Option<&OwnPath> {
        if let Self::Here { path, .. } = self { Some(path) } else { None }
    }

    /// Where the reader may go.
    #[must_use]
    pub const fn offers(&self) -> Option<&OwnPath> {
        match self {
            Self::Here { path, .. } | Self::Elsewhere { path, .. } => Some(path),
            Self::Foreign { .. } => None,
        }
    }

    /// How its address passes itself off as this page's.
    #[must_use]
    pub const fn disguise(&self) -> Option<Disguise> {
        match self {
            Self::Here { .. } => None,
            Self::Elsewhere { disguise, .. } | Self::Foreign { disguise, .. } => *disguise,
        }
    }
}

/// The lot that a text names and the host before it. A fragment that is no commitment does not hide the lot, as on the page itself.
fn code_of(text: &str) -> Option<(LabelCode, Option<Host>)> {
    let text = text.trim_ascii();
    let link = |text: &str| text.parse::<DigitalLink>().ok();
    if let Some(link) = link(text).or_else(|| link(text.split('#').next()?)) {
        let host = Address::read(link.stem().origin())?.host;
        return Some((link.into_code(), Some(host)));
    }
    // Without its scheme, or without any address: what a person may type.
    let typed = text.parse::<TypedCode>().ok()?;
    let host = match typed.stem() {
        Some(stem) => Some(Address::read(stem.origin())?.host),
        None => None,
    };
    Some((typed.into_code(), host))
}

/// Prefixes by which codes tell what they are for, in capitals.
const KINDS: [(Kind, &[&str]); 12] = [
    (Kind::Script, &["JAVASCRIPT:", "DATA:", "VBSCRIPT:", "BLOB:", "FILE:"]),
    (Kind::Wifi, &["WIFI:"]),
    (Kind::Contact, &["BEGIN:VCARD", "MECARD:", "BIZCARD:"]),
    (Kind::Phone, &["TEL:", "FACETIME:"]),
    (Kind::Message, &["SMS:", "SMSTO:", "MMS:", "MMSTO:"]),
    (Kind::Mail, &["MAILTO:", "MATMSG:", "SMTP:"]),
    (Kind::Place, &["GEO:"]),
    (Kind::Event, &["BEGIN:VEVENT", "BEGIN:VCALENDAR"]),
    // EMV merchant-presented codes, of which VietQR is one, begin with their version.
    (Kind::Payment, &["000201", "BITCOIN:", "ETHEREUM:", "LIGHTNING:", "UPI:"]),
    (Kind::Secret, &["OTPAUTH:", "OTPAUTH-MIGRATION:"]),
    (Kind::Link, &["HTTP:", "HTTPS:", "WWW."]),
    (Kind::App, &["INTENT:", "MARKET:", "ITMS-APPS:", "ZALO:", "FB:"]),
];

fn kind_of(text: &str, own: bool, link: bool) -> Kind {
    if own {
        return Kind::OwnLink;
    }
    if link {
        return Kind::Link;
    }
    // Browsers skip spaces and control characters before a scheme, and line ends and tabs within it.
    let start: String = text.chars().filter(|letter| !letter.is_control()).take(40).collect();
    let start = start.trim_start().to_ascii_uppercase();
    let known = KINDS.iter().find(|(_, prefixes)| prefixes.iter().any(|prefix| start.starts_with(prefix)));
    if let Some((kind, _)) = known {
        *kind
    } else if !text.trim().is_empty() && text.trim().bytes().all(|byte| byte.is_ascii_digit()) {
        Kind::Number
    } else if has_scheme(&start) {
        Kind::App
    } else if text.chars().any(|letter| letter.is_control() && !matches!(letter, '\n' | '\r' | '\t' | '\u{1d}')) {
        Kind::Binary
    } else {
        Kind::Text
    }
}

/// Whether a text begins as an address of any kind does, `scheme://` (RFC 3986, section 3.1).
fn has_scheme(text: &str) -> bool {
    let Some((scheme, _)) = text.split_once("://") else { return false };
    scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
}

#[cfg(test)]
#[path = "payload_tests.rs"]
mod tests;
