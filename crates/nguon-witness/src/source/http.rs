//! A log behind an address.

use std::time::Duration;

use nguon_core::bytes::to_hex;
use nguon_core::trust::SignedRoot;
use nguon_tlog::tile::{TileReader, TiledTree};
use ureq::Agent;

use super::{Contents, LogFiles, sequence};
use crate::error::Error;

/// The longest answer that is read: a bundle of the longest entries, or some hundreds of the longest records.
const MOST_BYTES: u64 = 32 * 1024 * 1024;

/// How long a call may take, from the name's resolution to the answer's last byte.
const PATIENCE: Duration = Duration::from_secs(60);

/// An ingestion server, or a static copy of its files.
pub(super) struct Server {
    address: String,
    agent: Agent,
}

impl Server {
    pub(super) fn at(address: &str) -> Result<Self, Error> {
        if !address.starts_with("https://") && !address.starts_with("http://") {
            return Err(Error::nonsense(address, "write it like https://nguon.example"));
        }
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(PATIENCE))
            .timeout_connect(Some(Duration::from_secs(15)))
            .user_agent(concat!("nguon-witness/", env!("CARGO_PKG_VERSION")))
            .build();
        Ok(Self { address: address.trim_end_matches('/').to_owned(), agent: config.new_agent() })
    }

    /// `None`: there is no such thing.
    fn get(&self, path: &str) -> Result<Option<Vec<u8>>, Error> {
        let url = format!("{}{path}", self.address);
        let mut response = self.agent.get(&url).call().map_err(|error| Error::unreachable(&url, error))?;
        match response.status().as_u16() {
            200 => {
                let body = response.body_mut().with_config().limit(MOST_BYTES).read_to_vec();
                body.map(Some).map_err(|error| Error::unreachable(&url, error))
            }
            404 => Ok(None),
            status => Err(Error::unreachable(url, format_args!("it answered with status {status}"))),
        }
    }

    fn must_get(&self, path: &str) -> Result<Vec<u8>, Error> {
        let absent = || Error::unreachable(format!("{}{path}", self.address), "there is no such thing");
        self.get(path)?.ok_or_else(absent)
    }

    fn note(&self, path: &str, bytes: Vec<u8>) -> Result<String, Error> {
        String::from_utf8(bytes).map_err(|_| self.nonsense(path, "it is not text"))
    }

    fn nonsense(&self, path: &str, reason: impl ToString) -> Error {
        Error::nonsense(format!("{}{path}", self.address), reason)
    }
}

impl TileReader for Server {
    type Error = Error;

    fn read(&self, path: &str) -> Result<Vec<u8>, Error> {
        self.must_get(&format!("/log/{path}"))
    }
}

impl LogFiles for Server {
    fn checkpoint(&self) -> Result<String, Error> {
        self.note("/log/checkpoint", self.must_get("/log/checkpoint")?)
    }

    fn pending(&self) -> Result<Option<String>, Error> {
        self.get("/log/pending")?.map(|bytes| self.note("/log/pending", bytes)).transpose()
    }

    fn leaves(&self, from: u64, size: u64) -> Result<Vec<Vec<u8>>, Error> {
        super::folder::leaves_of(&TiledTree::new(self, size), from, &self.address)
    }
}

impl Contents for Server {
    fn records(&self, from: u64, count: u64) -> Result<Vec<(u64, Vec<u8>)>, Error> {
        let path = format!("/v1/log/records/{from}/{count}");
        let body = self.must_get(&path)?;
        let (mut rest, mut records) = (&body[..], Vec::new());
        while !rest.is_empty() {
            let read = sequence::indexed(rest);
            let ((index, record), after) = read.ok_or_else(|| self.nonsense(&path, "not a sequence of records"))?;
            records.push((index, record.to_vec()));
            rest = after;
        }
        Ok(records)
    }

    fn roots(&self) -> Result<Vec<SignedRoot>, Error> {
        const PATH: &str = "/v1/log/roots";
        let body = self.must_get(PATH)?;
        let (mut rest, mut roots) = (&body[..], Vec::new());
        while !rest.is_empty() {
            let (item, after) =
                nguon_core::cbor::first_item(rest).ok_or_else(|| self.nonsense(PATH, "not a CBOR sequence"))?;
            roots.push(SignedRoot::from_bytes(item).map_err(|error| self.nonsense(PATH, error))?);
            rest = after;
        }
        Ok(roots)
    }

    fn evidence(&self, hash: &[u8; 32]) -> Result<Option<Vec<u8>>, Error> {
        self.get(&format!("/v1/evidence/{}", to_hex(hash)))
    }
}
