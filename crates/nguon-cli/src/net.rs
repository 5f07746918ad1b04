//! The ingestion server, from this side: posts, fetches, and what it says when it refuses (RFC 9457).

mod log;
mod serials;
pub mod trace;
pub mod witness;

pub use log::{ReceiptAnswer, ReceiptView};

use std::time::Duration;

use nguon_core::cbor::{self, Limits};
use nguon_core::envelope::SignedRecord;
use nguon_core::ids::{ChainId, FieldDigest};
use nguon_core::opening::PersonalOpening;
use nguon_core::values::MediaType;
use nguon_gs1::{LabelCode, UriStem};
use serde::Deserialize;
use ureq::http::Response;
use ureq::{Agent, Body};

use crate::error::{Error, remains};
use crate::sequence;

/// The longest answer that is read.
const MOST_BYTES: u64 = 256 * 1024 * 1024;

/// How long a server may be silent.
const PATIENCE: Duration = Duration::from_secs(60);

/// How this command calls itself.
const USER_AGENT: &str = concat!("nguon/", env!("CARGO_PKG_VERSION"));

/// A server.
#[derive(Debug)]
pub struct Server {
    origin: String,
    agent: Agent,
}

/// A refusal in RFC 9457's words, with ours beside them.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Problem {
    /// For people: what kind of problem.
    pub title: Option<String>,
    /// For people: this one.
    pub detail: Option<String>,
    /// For machines.
    pub code: Option<String>,
    /// What remains of what was asked too much of, in the unit of its field.
    pub remaining: Option<u64>,
    /// The chain's newest record, where another stands in the way.
    pub head: Option<Head>,
    /// HTTP status.
    #[serde(skip)]
    pub http_status: u16,
}

/// A chain's newest record.
#[derive(Debug, Clone, Deserialize)]
pub struct Head {
    /// Its sequence.
    pub sequence: u64,
}

/// What became of what was posted.
#[derive(Debug)]
pub enum Posted {
    /// It is in the register, and was not before.
    Accepted,
    /// It was there already.
    Duplicate,
    /// Another record stands where it wants to stand.
    Conflict(Problem),
    /// It breaks a rule.
    Refused(Problem),
}

/// What a server has under a batch's id or label.
#[derive(Debug)]
pub enum Found {
    /// A bundle.
    Bundle(Vec<u8>),
    /// Proof that the log has no such lot.
    Absence(Vec<u8>),
    /// Nothing, and no proof of it.
    Nothing,
}

#[derive(Deserialize)]
struct Receipt {
    status: String,
}

#[derive(Deserialize)]
struct Receipts {
    results: Vec<Receipt>,
}

impl Server {
    /// The server at an address.
    pub fn at(address: &str) -> Result<Self, Error> {
        let stem: UriStem = address.parse().map_err(|error| {
            Error::caller(format_args!("{address:?} is not a server's address: {error}"))
                .next("write it like https://nguon.example")
        })?;
        Ok(Self::of(&stem))
    }

    /// The server that a link leads to: the API stands at the root of its host.
    pub fn of(stem: &UriStem) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .timeout_connect(Some(Duration::from_secs(15)))
            .timeout_recv_response(Some(PATIENCE))
            .user_agent(USER_AGENT)
            .build();
        Self { origin: stem.origin().to_owned(), agent: config.new_agent() }
    }

    /// Its address.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Posts records: one by itself, several all or nothing.
    pub fn post(&self, records: &[SignedRecord]) -> Result<Posted, Error> {
        // It answers at once; `nguon push` asks for receipts when all has been sent.
        let (path, media_type) = match records {
            [_] => ("/v1/records?wait=0", "application/cose"),
            _ => ("/v1/records?atomic=true&wait=0", "application/cbor-seq"),
        };
        let url = self.url(path);
        let sent = self.agent.post(&url).content_type(media_type).send(&sequence::join(records)[..]);
        let mut response = sent.map_err(|error| self.unreachable(&error))?;
        match response.status().as_u16() {
            200..=202 => {
                let body = read(&mut response).map_err(|error| self.unreachable(&error))?;
                let receipts = match records {
                    [_] => serde_json::from_slice::<Receipt>(&body).map(|receipt| vec![receipt]),
                    _ => serde_json::from_slice::<Receipts>(&body).map(|receipts| receipts.results),
                };
                let receipts = receipts.map_err(|error| self.strange(&url, &error.to_string()))?;
                // An all-or-nothing group that came through is in the register, whatever each was before.
                let known = |receipt: &Receipt| matches!(receipt.status.as_str(), "accepted" | "duplicate");
                if receipts.len() != records.len() || !receipts.iter().all(known) {
                    return Err(self.strange(&url, "its receipts do not fit what was posted"));
                }
                let duplicate = receipts.iter().all(|receipt| receipt.status == "duplicate");
                Ok(if duplicate { Posted::Duplicate } else { Posted::Accepted })
            }
            409 => Ok(Posted::Conflict(self.problem(&mut response)?)),
            // Others (too many requests, say) are not about the records.
            400 | 413 | 415 | 422 => Ok(Posted::Refused(self.problem(&mut response)?)),
            _ => Err(self.failed(&mut response)?),
        }
    }

    /// Posts openings of records that are there. `Err(Ok(problem))`: the server refuses them.
    pub fn post_openings(&self, openings: &[PersonalOpening]) -> Result<Result<(), Problem>, Error> {
        let body =
            cbor::to_canonical(&openings, Limits { length: 16 * 1024 * 1024, depth: 8 }).map_err(Error::system)?;
        let sent = self.agent.post(self.url("/v1/openings")).content_type("application/cbor").send(&body[..]);
        self.done(sent)
    }

    /// Puts an attachment whose opening is there.
    pub fn put_attachment(
        &self,
        digest: &FieldDigest,
        media_type: &MediaType,
        bytes: &[u8],
    ) -> Result<Result<(), Problem>, Error> {
        let url = self.url(&format!("/v1/attachments/{digest}"));
        self.done(self.agent.put(url).content_type(media_type.as_str()).send(bytes))
    }

    /// A chain's records, oldest first; `None` if the server has no such chain.
    pub fn chain(&self, chain: &ChainId) -> Result<Option<Vec<SignedRecord>>, Error> {
        let url = self.url(&format!("/v1/chains/{chain}/records"));
        let Some(bytes) = self.get(&url, "application/cbor-seq")? else { return Ok(None) };
        let split = sequence::split(&bytes);
        split.map(Some).map_err(|(at, error)| self.strange(&url, &format!("the record at byte {at}: {error}")))
    }

    /// The bundle of a batch by its id.
    pub fn bundle_of_batch(&self, batch: &ChainId) -> Result<Found, Error> {
        self.bundle(&self.url(&format!("/v1/bundles/{batch}")))
    }

    /// The bundle of the batch that a label names.
    pub fn bundle_of_label(&self, code: &LabelCode) -> Result<Found, Error> {
        // The link's own path: percent-encoded, without the fragment, which no server is told.
        let stem: UriStem = self.origin.parse().map_err(Error::system)?;
        let mut link = nguon_gs1::DigitalLink::new(stem, code.clone()).to_string();
        link.truncate(link.find('#').unwrap_or(link.len()));
        let path = &link[self.origin.len()..];
        self.bundle(&self.url(&format!("/v1/bundles{path}")))
    }

    fn bundle(&self, url: &str) -> Result<Found, Error> {
        let mut response = self.asked(url, "application/cbor")?;
        let body = |response: &mut Response<Body>| read(response).map_err(|error| self.unreachable(&error));
        let is_proof = |response: &Response<Body>| {
            let kind = response.headers().get("content-type").and_then(|kind| kind.to_str().ok());
            kind.is_some_and(|kind| kind.split(';').next().is_some_and(|kind| kind.trim() == "application/cbor"))
        };
        match response.status().as_u16() {
            200 => body(&mut response).map(Found::Bundle),
            404 if is_proof(&response) => body(&mut response).map(Found::Absence),
            404 => Ok(Found::Nothing),
            _ => Err(self.failed(&mut response)?),
        }
    }

    fn asked(&self, url: &str, media_type: &str) -> Result<Response<Body>, Error> {
        self.agent.get(url).header("Accept", media_type).call().map_err(|error| self.unreachable(&error))
    }

    fn get(&self, url: &str, media_type: &str) -> Result<Option<Vec<u8>>, Error> {
        let mut response = self.asked(url, media_type)?;
        match response.status().as_u16() {
            200 => read(&mut response).map(Some).map_err(|error| self.unreachable(&error)),
            404 => Ok(None),
            _ => Err(self.failed(&mut response)?),
        }
    }

    fn done(&self, sent: Result<Response<Body>, ureq::Error>) -> Result<Result<(), Problem>, Error> {
        let mut response = sent.map_err(|error| self.unreachable(&error))?;
        match response.status().as_u16() {
            200..=299 => Ok(Ok(())),
            400 | 404 | 409 | 413 | 415 | 422 => Ok(Err(self.problem(&mut response)?)),
            _ => Err(self.failed(&mut response)?),
        }
    }

    fn problem(&self, response: &mut Response<Body>) -> Result<Problem, Error> {
        let status = response.status();
        let body = read(response).map_err(|error| self.unreachable(&error))?;
        let problem = serde_json::from_slice(&body).unwrap_or_default();
        Ok(Problem { http_status: status.as_u16(), ..problem })
    }

    fn failed(&self, response: &mut Response<Body>) -> Result<Error, Error> {
        let problem = self.problem(response)?;
        Ok(Error::server(format_args!("{} answered: {problem}", self.origin))
            .next("try again later; nothing is lost here"))
    }

    fn unreachable(&self, error: &ureq::Error) -> Error {
        Error::server(format_args!("{} cannot be reached: {error}", self.origin))
            .next("check the address and the network, and try again; nothing is lost here")
            .code("not_reachable")
    }

    fn strange(&self, url: &str, why: &str) -> Error {
        Error::server(format_args!("{url} gave an answer that cannot be used: {why}"))
            .next("check that this is the address of a Nguồn server, and that this nguon is not too old")
    }

    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }
}

fn read(response: &mut Response<Body>) -> Result<Vec<u8>, ureq::Error> {
    response.body_mut().with_config().limit(MOST_BYTES).read_to_vec()
}

impl Problem {
    /// Its name for machines.
    pub fn code(&self) -> &str {
        self.code.as_deref().unwrap_or("refused")
    }
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match (&self.title, &self.detail) {
            (_, Some(detail)) => f.write_str(detail)?,
            (Some(title), None) => f.write_str(title)?,
            (None, None) => write!(f, "HTTP status {}", self.http_status)?,
        }
        match self.remaining {
            Some(remaining) => write!(f, "; {}", remains(self.code(), remaining)),
            None => Ok(()),
        }
    }
}
