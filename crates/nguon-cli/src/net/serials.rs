//! Handing in lists of serial hashes.

use nguon_core::ids::ChainId;
use nguon_core::serial::SerialList;
use nguon_gs1::Serial;

use super::{Problem, Server};
use crate::error::Error;

impl Server {
    /// What the server shows of a serial.
    pub fn serial_proof(&self, batch: &ChainId, serial: &Serial) -> Result<Vec<u8>, Error> {
        let url = self.url(&format!("/v1/serials/{batch}/{}", escaped(serial.as_str())));
        self.get(&url, "application/cbor")?.ok_or_else(|| self.strange(&url, "it knows nothing of serials"))
    }

    /// Hands in a list. `Err` inside: the server refuses it.
    pub fn post_serials(&self, batch: &ChainId, list: &SerialList) -> Result<Result<(), Problem>, Error> {
        let url = self.url(&format!("/v1/serials/{batch}"));
        self.done(self.agent.post(url).content_type("application/octet-stream").send(&list.to_bytes()[..]))
    }
}

/// Percent-encoded (RFC 3986 §2.3): a serial may hold any of GS1's 82 characters.
fn escaped(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
    text.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}
