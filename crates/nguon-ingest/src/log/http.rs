//! Asking witnesses and auditors, none of whom is trusted to answer soon, briefly or at all.

use std::time::Duration;

use ureq::Agent;

/// No answer of a witness is longer: a note has at most 64 KiB.
const MOST_BYTES: u64 = 128 * 1024;

/// What somebody answered.
pub(super) struct Answer {
    pub status: u16,
    pub body: Vec<u8>,
}

/// A client that gives up. Its calls block.
#[derive(Debug, Clone)]
pub(super) struct Client(Agent);

impl Client {
    /// The patience is for a whole call, from the name's resolution to the answer's last byte.
    pub(super) fn new(patience: Duration) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_global(Some(patience))
            .user_agent(concat!("nguon-ingest/", env!("CARGO_PKG_VERSION")))
            .build();
        Self(config.new_agent())
    }

    pub(super) fn get(&self, url: &str) -> Result<Answer, String> {
        Self::read(self.0.get(url).call())
    }

    pub(super) fn post(&self, url: &str, body: &str) -> Result<Answer, String> {
        Self::read(self.0.post(url).content_type("text/plain; charset=utf-8").send(body))
    }

    fn read(sent: Result<ureq::http::Response<ureq::Body>, ureq::Error>) -> Result<Answer, String> {
        let mut response = sent.map_err(|error| error.to_string())?;
        let status = response.status().as_u16();
        let body = response.body_mut().with_config().limit(MOST_BYTES).read_to_vec();
        Ok(Answer { status, body: body.map_err(|error| error.to_string())? })
    }
}
