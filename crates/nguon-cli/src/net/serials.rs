//! Handing in lists of serial hashes.

use nguon_core::ids::ChainId;
use nguon_core::serial::SerialList;

use super::{Problem, Server};
use crate::error::Error;

impl Server {
    /// Hands in a list. `Err` inside: the server refuses it.
    pub fn post_serials(&self, batch: &ChainId, list: &SerialList) -> Result<Result<(), Problem>, Error> {
        let url = self.url(&format!("/v1/serials/{batch}"));
        self.done(self.agent.post(url).content_type("application/octet-stream").send(&list.to_bytes()[..]))
    }
}
