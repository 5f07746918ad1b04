//! What a deployment decides about its page. Each value ends up in an attribute, a policy or both, so each is checked.

use std::path::Path;
use std::str::FromStr;

use anyhow::{Context as _, Result, ensure};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use nguon_core::trust::TrustRoot;
use nguon_core::verify::newest_at;

use crate::csp;

/// A trust root is a few keys and signatures; more than this is another file.
const ROOT_LIMIT: usize = 16 * 1024;

/// `https://host[:port]` of an ingestion server, without a trailing slash; `http` only on this machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiOrigin(String);

impl FromStr for ApiOrigin {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> Result<Self> {
        let origin = text.strip_suffix('/').unwrap_or(text);
        let (scheme, authority) = origin.split_once("://").context("an origin is https://host[:port]")?;
        let (host, port) = authority.split_once(':').unwrap_or((authority, "443"));
        ensure!(
            !host.is_empty()
                && host.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-.".contains(&b)),
            "the host of an origin is lower-case ASCII letters, digits, `-` and `.`: {host:?}"
        );
        ensure!(
            port.parse::<u16>().is_ok_and(|port| port > 0),
            "the port of an origin is a number up to 65535: {port:?}"
        );
        let local = host == "localhost" || host.starts_with("127.");
        ensure!(scheme == "https" || (scheme == "http" && local), "an origin elsewhere than on this machine is https");
        Ok(Self(origin.to_owned()))
    }
}

/// An e-mail address or `https://` page where readers report a label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportAddress(String);

impl FromStr for ReportAddress {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> Result<Self> {
        let plain = text.chars().all(|c| c.is_ascii_graphic() && !"\"<>'".contains(c));
        let known = text.starts_with("https://") || text.split('@').filter(|part| !part.is_empty()).count() == 2;
        ensure!(plain && known, "a report address is an e-mail address or an https:// page: {text:?}");
        Ok(Self(text.to_owned()))
    }
}

/// `/NAME`: where a page stands that does not have its origin to itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BasePath(String);

impl FromStr for BasePath {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> Result<Self> {
        let name = text.strip_prefix('/').unwrap_or_default();
        let plain = !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
        ensure!(plain, "a page stands below `/` and a name of a-z and `-`: {text:?}");
        Ok(Self(text.to_owned()))
    }
}

/// How many witnesses a page asks for their newest checkpoint: as `web/verify/src/load.rs` has it.
const ASKED: usize = 3;

/// The addresses that every check of a lot asks for: known to the builder, they need not wait for the program.
fn asked(root: &[u8], api: &str) -> Result<String> {
    let trust = TrustRoot::from_bytes(root).context("the trust root for the page")?;
    let Some(policy) = &trust.payload().log else { return Ok(String::new()) };
    let newest = policy.witnesses.iter().filter_map(|witness| newest_at(witness, policy.origin.as_str()));
    let recalls = format!("{api}/v1/recalls");
    Ok(newest.take(ASKED).chain([recalls]).map(|url| format!(" {url}")).collect())
}

/// The values of `{{root}}`, `{{api}}` and `{{report}}`.
#[derive(Default)]
pub struct PageConfig {
    /// Standard base64 of the trust root's bytes, or empty.
    pub root: String,
    /// An origin, or empty.
    pub api: String,
    /// An address, or empty.
    pub report: String,
    /// Origins of the witnesses and map auditors that the trust root names.
    pub watchers: Vec<String>,
    /// What the page asks for along with a lot's bundle, each address after a space; empty without a log.
    pub ask: String,
    /// Below what the page stands on its origin: empty, or `/` and a name.
    pub base: String,
}

impl PageConfig {
    /// Reads the trust root and puts the values together.
    ///
    /// # Errors
    /// A trust root that cannot be read, is empty or is larger than 16 KiB.
    pub fn read(
        root: Option<&Path>,
        api: Option<&ApiOrigin>,
        report: Option<&ReportAddress>,
        base: Option<&BasePath>,
    ) -> Result<Self> {
        let (mut watchers, mut ask) = (Vec::new(), String::new());
        let api = api.map(|api| api.0.clone()).unwrap_or_default();
        let root = match root {
            None => String::new(),
            Some(path) => {
                let bytes = std::fs::read(path).with_context(|| format!("trust root {}", path.display()))?;
                let fits = !bytes.is_empty() && bytes.len() <= ROOT_LIMIT;
                ensure!(fits, "trust root {}: {} bytes, expected 1 to {ROOT_LIMIT}", path.display(), bytes.len());
                watchers = csp::watchers(&bytes)?;
                ask = asked(&bytes, &api)?;
                STANDARD.encode(bytes)
            }
        };
        Ok(Self {
            root,
            api,
            ask,
            report: report.map(|report| report.0.clone()).unwrap_or_default(),
            watchers,
            base: base.map(|base| base.0.clone()).unwrap_or_default(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_cannot_widen_the_policy() {
        for good in ["https://api.example.vn", "https://a.vn:8443/", "http://127.0.0.1:8787", "http://localhost:1"] {
            assert!(good.parse::<ApiOrigin>().is_ok(), "{good}");
        }
        for bad in [
            "",
            "https://",
            "http://a.vn",
            "https://a.vn/path",
            "https://a.vn; script-src *",
            "https://*",
            "ws://a.vn",
            "https://a.vn:0",
        ] {
            assert!(bad.parse::<ApiOrigin>().is_err(), "{bad}");
        }
    }

    #[test]
    fn a_page_stands_below_one_plain_name() {
        assert!("/inspect".parse::<BasePath>().is_ok());
        for bad in ["", "/", "inspect", "/a/b", "/../x", "/\"x"] {
            assert!(bad.parse::<BasePath>().is_err(), "{bad}");
        }
    }

    #[test]
    fn a_report_address_cannot_leave_its_attribute() {
        for good in ["baocao@example.vn", "https://example.vn/bao-cao"] {
            assert!(good.parse::<ReportAddress>().is_ok(), "{good}");
        }
        for bad in ["", "javascript:alert(1)", "a@b\"onclick=", "a@b@c", "@b"] {
            assert!(bad.parse::<ReportAddress>().is_err(), "{bad}");
        }
    }
}
