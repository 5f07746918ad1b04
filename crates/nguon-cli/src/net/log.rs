//! What a server says of its log. Nothing in it is checked here.

use nguon_core::bytes::ByteString;
use nguon_core::cbor::{CanonicalFault, Limits, check};
use nguon_core::ids::{AuthorityId, RootHash, StatementId};
use nguon_core::log::Leaf;
use nguon_core::trust::SignedRoot;
use nguon_core::values::Time;
use nguon_core::verify::hashes;
use nguon_tlog::hash::Hash;
use nguon_tlog::tile::{EntryBundle, FULL_WIDTH, decode_entries};
use serde::{Deserialize, Serialize};

use super::{Problem, Server, read};
use crate::error::Error;

/// Longer answers of this kind are none.
const SEQUENCE: Limits = Limits { length: 16 * 1024 * 1024, depth: 8 };

/// A receipt as a server gives it and as a file keeps it: proof that a record is in the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiptView {
    /// Which record.
    pub statement_id: StatementId,
    /// Index of its leaf.
    pub index: u64,
    /// The leaf's data.
    pub leaf: ByteString,
    /// Inclusion proof, from the leaf to the root.
    pub inclusion: Vec<RootHash>,
    /// The cosigned checkpoint that it leads to.
    pub checkpoint: String,
}

/// A version of the trust root that the log has taken.
#[derive(Debug, Clone, Copy, Deserialize)]
pub struct PublishedRoot {
    /// Which.
    pub version: u64,
    /// Index of its leaf.
    pub index: u64,
}

/// What a server has for a record.
#[derive(Debug)]
pub enum ReceiptAnswer {
    /// It is in a published checkpoint.
    Proof(ReceiptView),
    /// It was accepted, and no published checkpoint covers it yet.
    Pending,
    /// The server does not have it.
    Unknown,
}

impl Server {
    /// The newest checkpoint that the server publishes; `None` if there is none yet.
    pub fn checkpoint(&self) -> Result<Option<String>, Error> {
        let url = self.url("/log/checkpoint");
        let Some(bytes) = self.get(&url, "text/plain")? else { return Ok(None) };
        String::from_utf8(bytes).map(Some).map_err(|_| self.strange(&url, "it is not text"))
    }

    /// The consistency proof between two sizes; `None` if the server has none.
    pub fn consistency(&self, old: u64, new: u64) -> Result<Option<Vec<Hash>>, Error> {
        let url = self.url(&format!("/v1/log/consistency/{old}/{new}"));
        let Some(bytes) = self.get(&url, "application/octet-stream")? else { return Ok(None) };
        hashes(&bytes).map(Some).ok_or_else(|| self.strange(&url, "it is not a row of hashes"))
    }

    /// All versions of the trust root after the first.
    pub fn later_roots(&self) -> Result<Vec<SignedRoot>, Error> {
        let url = self.url("/v1/log/roots");
        let bytes = self.get(&url, "application/cbor-seq")?.unwrap_or_default();
        let items = items(&bytes).ok_or_else(|| self.strange(&url, "it is not a sequence of trust roots"))?;
        let roots = items.into_iter().map(SignedRoot::from_bytes).collect::<Result<_, _>>();
        roots.map_err(|error| self.strange(&url, &error.to_string()))
    }

    /// Hands over the next version of the trust root. `Err(problem)`: the server refuses it.
    pub fn post_root(&self, root: &[u8]) -> Result<Result<PublishedRoot, Problem>, Error> {
        let url = self.url("/v1/roots");
        let sent = self.agent.post(&url).content_type("application/cbor").send(root);
        let mut response = sent.map_err(|error| self.unreachable(&error))?;
        match response.status().as_u16() {
            200 | 201 => {
                let body = read(&mut response).map_err(|error| self.unreachable(&error))?;
                serde_json::from_slice(&body).map(Ok).map_err(|error| self.strange(&url, &error.to_string()))
            }
            400 | 404 | 409 | 413 | 415 | 422 => Ok(Err(self.problem(&mut response)?)),
            _ => Err(self.failed(&mut response)?),
        }
    }

    /// Proof that a record is in the log.
    pub fn receipt(&self, statement: &StatementId) -> Result<ReceiptAnswer, Error> {
        let url = self.url(&format!("/v1/receipts/{statement}"));
        let mut response = self.asked(&url, "application/json")?;
        match response.status().as_u16() {
            200 => {
                let body = read(&mut response).map_err(|error| self.unreachable(&error))?;
                let view = serde_json::from_slice(&body).map_err(|error| self.strange(&url, &error.to_string()))?;
                Ok(ReceiptAnswer::Proof(view))
            }
            202 => Ok(ReceiptAnswer::Pending),
            404 => Ok(ReceiptAnswer::Unknown),
            _ => Err(self.failed(&mut response)?),
        }
    }

    /// Index and time at which the log took a record, published or not; `None` if the server says of none. Not proven.
    pub fn place_in_log(&self, statement: &StatementId) -> Result<Option<(u64, Time)>, Error> {
        #[derive(Deserialize)]
        struct Place {
            index: u64,
            log_time: Time,
        }
        let url = self.url(&format!("/v1/receipts/{statement}"));
        let mut response = self.asked(&url, "application/json")?;
        match response.status().as_u16() {
            200 | 202 => {
                let body = read(&mut response).map_err(|error| self.unreachable(&error))?;
                let place: Place =
                    serde_json::from_slice(&body).map_err(|error| self.strange(&url, &error.to_string()))?;
                Ok(Some((place.index, place.log_time)))
            }
            404 => Ok(None),
            _ => Err(self.failed(&mut response)?),
        }
    }

    /// One leaf of the published log. Not proven.
    pub fn leaf(&self, index: u64) -> Result<Leaf, Error> {
        let strange = |why: &str| self.strange(&self.url("/log/checkpoint"), why);
        // A bundle of entries that is not full is replaced as it grows: then its name is another.
        for _ in 0..3 {
            let note = self.checkpoint()?.ok_or_else(|| strange("it has no checkpoint"))?;
            let size: u64 = note.lines().nth(1).and_then(|line| line.parse().ok()).unwrap_or_default();
            let name = EntryBundle::of(index / u64::from(FULL_WIDTH), size).filter(|_| index < size);
            let name = name.ok_or_else(|| strange("its log is shorter than one that it took a record on"))?;
            let url = self.url(&format!("/log/{}", name.path()));
            let Some(bytes) = self.get(&url, "application/octet-stream")? else { continue };
            let entries = decode_entries(&name, &bytes).map_err(|error| self.strange(&url, &error.to_string()))?;
            let at = usize::try_from(index % u64::from(FULL_WIDTH)).unwrap_or(usize::MAX);
            let leaf = entries.get(at).ok_or_else(|| self.strange(&url, "it is too short"))?;
            return Leaf::from_bytes(leaf).map_err(|error| self.strange(&url, &error.to_string()));
        }
        Err(strange("its entries are not there"))
    }

    /// The list of recalls that an authority signed; `None` if the server has none of it.
    pub fn recalls(&self, authority: &AuthorityId) -> Result<Option<Vec<u8>>, Error> {
        self.get(&self.url(&format!("/v1/recalls?authority={authority}")), "application/cose")
    }

    /// Hands a signed list of recalls to the server. `Err(problem)`: it refuses it.
    pub fn put_recalls(&self, list: &[u8]) -> Result<Result<(), Problem>, Error> {
        self.done(self.agent.put(self.url("/v1/recalls")).content_type("application/cose").send(list))
    }
}

/// The items of a CBOR sequence (RFC 8742), each in the one permitted form.
fn items(mut bytes: &[u8]) -> Option<Vec<&[u8]>> {
    let mut items = Vec::new();
    while !bytes.is_empty() {
        let end = match check(bytes, SEQUENCE) {
            Ok(()) => bytes.len(),
            Err(error) if error.fault == CanonicalFault::Trailing => error.offset,
            Err(_) => return None,
        };
        let (item, rest) = bytes.split_at_checked(end)?;
        items.push(item);
        bytes = rest;
    }
    Some(items)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::items;

    proptest! {
        #[test]
        fn a_sequence_falls_apart_into_what_it_was_made_of(numbers in prop::collection::vec(0_u8..24, 0..20)) {
            let found = items(&numbers).unwrap();
            prop_assert_eq!(found.concat(), numbers.clone());
            prop_assert_eq!(found.len(), numbers.len());
        }

        #[test]
        fn nothing_makes_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = items(&bytes);
        }
    }
}
