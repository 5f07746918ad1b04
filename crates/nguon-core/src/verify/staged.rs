//! A bundle in stages, for batches that came from hundreds of others: first what the map says of every chain, proven at
//! once, then the chains' records one chain at a time.
//!
//! A CBOR sequence (RFC 8742): a [`Stage`], then a [`Part`] for each of its claims, in their order. [`stages`] makes it from a
//! bundle, [`assemble`] makes the bundle again, byte for byte.

use serde::{Deserialize, Serialize};

use super::bundle::{Bundle, BundleError};
use super::places;
use super::proof::{ChainProof, MapHead, Proof, Skipped, VERSION};
use crate::admit::Statement;
use crate::bytes::ByteString;
use crate::cbor::{self, CborError, decode_map};
use crate::envelope::{CONTAINER_LIMITS, Deployment, SignedRecord};
use crate::event::Event;
use crate::fault::Fault;
use crate::ids::{ChainId, EntryHash, StatementId};
use crate::log::{ChainEntry, Position};
use crate::opening::Opening;
use crate::record::ChainKind;
use crate::state::ChainState;
use crate::trust::SignedRoot;

/// Everything but the records of other chains than the batch's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stage {
    /// Always 1.
    pub version: u64,
    /// All trust roots, from version 1.
    pub roots: Vec<SignedRoot>,
    /// `[index, log time]` of each.
    pub places: Vec<Vec<u64>>,
    /// The map that all else is proven against.
    pub head: MapHead,
    /// Multiproof of all keys that the bundle calls for.
    pub map: ByteString,
    /// The batch's own chain.
    pub own: Part,
    /// Of each further chain: id, entry hash, `u64` count, status byte; 73 bytes one after the other. The chains on which a
    /// recall stands come first, then actors, places and batches, each by ascending id.
    pub claims: ByteString,
    /// Of each place whose code is still its own: chain id and the map key of the code; 64 bytes one after the other.
    pub names: ByteString,
    /// How many records all stages hold; nothing is concluded from it.
    pub records: u64,
}

/// The records of one chain, where they stand, and what of them is opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// As signed, oldest first.
    pub records: Vec<ByteString>,
    /// As in [`ChainProof`].
    pub positions: Vec<u64>,
    /// As in [`ChainProof`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub forked: Option<u64>,
    /// As in [`ChainProof`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub skipped: Option<Skipped>,
    /// Openings of fields of these records.
    pub openings: Vec<Opening>,
}

/// What the map says of a chain whose records are still to come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Claim {
    /// The chain.
    pub chain: ChainId,
    /// Its entries.
    pub entry: ChainEntry,
}

const CLAIM: usize = 73;

impl Stage {
    /// Reads the first item.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, BundleError> {
        let stage: Self = cbor::from_canonical(bytes, CONTAINER_LIMITS)?;
        if stage.version == VERSION { Ok(stage) } else { Err(BundleError::UnknownVersion(stage.version)) }
    }

    /// Deterministic CBOR.
    pub fn to_bytes(&self) -> Result<Vec<u8>, CborError> {
        cbor::to_canonical(self, CONTAINER_LIMITS)
    }

    /// The claims; `None` if they cannot be read.
    #[must_use]
    pub fn claims(&self) -> Option<Vec<Claim>> {
        let (claims, rest) = self.claims.0.as_chunks::<CLAIM>();
        if !rest.is_empty() {
            return None;
        }
        let claim = |bytes: &[u8; CLAIM]| {
            let chain = ChainId::from_bytes(*bytes.first_chunk()?);
            let (_, rest) = bytes.split_at(32);
            let (entry, rest) = rest.split_first_chunk::<32>()?;
            let (count, status) = rest.split_first_chunk::<8>()?;
            let status = *status.first().filter(|status| **status < 4)?;
            let entry = ChainEntry {
                entry: EntryHash::from_bytes(*entry),
                count: u64::from_be_bytes(*count),
                forked: status & 1 != 0,
                recalled: status & 2 != 0,
            };
            Some(Claim { chain, entry })
        };
        claims.iter().map(claim).collect()
    }

    /// Chains and map keys of their codes.
    pub(super) fn names(&self) -> Option<Vec<(ChainId, [u8; 32])>> {
        let (names, rest) = self.names.0.as_chunks::<64>();
        let name = |bytes: &[u8; 64]| {
            let (chain, key) = bytes.split_at(32);
            Some((ChainId::from_bytes(chain.try_into().ok()?), key.try_into().ok()?))
        };
        if rest.is_empty() { names.iter().map(name).collect() } else { None }
    }

    /// The proof that the stages' bundle has, without its chains.
    pub(super) fn proof(&self) -> Proof {
        let (head, map, roots) = (self.head.clone(), self.map.clone(), self.places.clone());
        Proof { version: VERSION, head, map, roots, chains: Vec::new() }
    }
}

impl Part {
    /// Reads a further item.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, CborError> {
        cbor::from_canonical(bytes, CONTAINER_LIMITS)
    }

    /// Where the records stand.
    pub(super) fn proof(&mut self) -> ChainProof {
        let positions = std::mem::take(&mut self.positions);
        ChainProof { positions, forked: self.forked, skipped: self.skipped }
    }
}

/// Puts the stages together again.
pub fn assemble(items: &[&[u8]]) -> Result<Bundle, BundleError> {
    let (first, parts) = items.split_first().ok_or_else(|| CborError::mismatch("no stage"))?;
    let stage = Stage::from_bytes(first)?;
    let claims = stage.claims().ok_or_else(|| CborError::mismatch("claims that cannot be read"))?;
    if claims.len() != parts.len() {
        return Err(CborError::mismatch("not as many chains as were claimed").into());
    }
    let mut others = Vec::with_capacity(parts.len());
    for (claim, part) in claims.iter().zip(parts) {
        others.push((claim.chain, Part::from_bytes(part)?));
    }
    others.sort_by_key(|(chain, _)| *chain);
    let mut proof = stage.proof();
    let (mut chains, mut openings) = (Vec::new(), Vec::new());
    for mut part in std::iter::once(stage.own).chain(others.into_iter().map(|(_, part)| part)) {
        proof.chains.push(part.proof());
        chains.push(part.records);
        openings.append(&mut part.openings);
    }
    let mut bundle = Bundle::new(stage.roots, chains, openings);
    bundle.proof = Some(ByteString(proof.to_bytes()?));
    Ok(bundle)
}

/// Takes a bundle apart into stages. A bundle without a proof has none.
pub fn stages(bundle: Bundle, deployment: &Deployment) -> Result<Vec<Vec<u8>>, Fault> {
    let words = |error: &dyn std::fmt::Display| Fault::Bundle(crate::words(error));
    let proof = places::proof_of(&bundle.proof.ok_or(Fault::NoProof)?.0)?;
    if proof.chains.len() != bundle.chains.len() {
        return Err(Fault::BadProof(crate::said("not of as many chains")));
    }
    let mut records = 0;
    let mut cuts = Vec::with_capacity(bundle.chains.len());
    for (chain, proof) in bundle.chains.into_iter().zip(proof.chains) {
        records += chain.len();
        cuts.push(cut(chain, proof, deployment)?);
    }
    let mut of_chain = crate::index::Index::default();
    let mut statements = crate::index::Index::default();
    for (at, cut) in cuts.iter().enumerate() {
        of_chain.insert(&cut.chain, at);
        for statement in &cut.statements {
            statements.insert(statement, at);
        }
    }
    for opening in bundle.openings {
        let at = statements.get(&opening.record).ok_or(Fault::StrayOpening)?;
        cuts[at].part.openings.push(opening);
    }
    let mut cuts = cuts.into_iter();
    let own = cuts.next().ok_or(Fault::NoInputs)?.part;
    let mut others: Vec<Cut> = cuts.collect();
    others.sort_by_key(|cut| (!cut.entry.recalled, cut.kind, cut.chain));
    let mut claims = Vec::with_capacity(others.len() * CLAIM);
    let mut names = Vec::new();
    for cut in &others {
        claims.extend_from_slice(cut.chain.as_bytes());
        claims.extend_from_slice(cut.entry.entry.as_bytes());
        claims.extend_from_slice(&cut.entry.count.to_be_bytes());
        claims.push(cut.entry.status());
        if let Some(name) = &cut.name {
            names.extend_from_slice(cut.chain.as_bytes());
            names.extend_from_slice(name);
        }
    }
    let stage = Stage {
        version: VERSION,
        roots: bundle.roots,
        places: proof.roots,
        head: proof.head,
        map: proof.map,
        own,
        claims: ByteString(claims),
        names: ByteString(names),
        records: u64::try_from(records).unwrap_or(u64::MAX),
    };
    let mut items = vec![stage.to_bytes().map_err(|error| words(&error))?];
    for cut in others {
        items.push(cbor::to_canonical(&cut.part, CONTAINER_LIMITS).map_err(|error| words(&error))?);
    }
    Ok(items)
}

/// A chain, ready to become a part.
struct Cut {
    chain: ChainId,
    kind: ChainKind,
    entry: ChainEntry,
    name: Option<[u8; 32]>,
    statements: Vec<StatementId>,
    part: Part,
}

fn cut(records: Vec<ByteString>, proof: ChainProof, deployment: &Deployment) -> Result<Cut, Fault> {
    let positions = places::positions(&proof).filter(|positions| positions.len() == records.len());
    let positions = positions.ok_or(Fault::BadProof(crate::said("not of as many records")))?;
    let mut signed = Vec::with_capacity(records.len());
    for record in &records {
        signed.push(SignedRecord::from_bytes(record.0.clone())?);
    }
    let statements: Vec<StatementId> = signed.iter().map(|signed| signed.statement_id(deployment)).collect();
    let mut entry = places::entry(&proof, statements.iter().zip(&*positions));
    let first = Statement::decode(signed.first().cloned().ok_or(Fault::EmptyChain)?, deployment)?;
    let state = status_of(&signed, &positions, &proof, deployment)?;
    entry.recalled = state.is_recalled();
    let name = places::name_of(&state);
    let ChainProof { positions, forked, skipped } = proof;
    let part = Part { records, positions, forked, skipped, openings: Vec::new() };
    Ok(Cut { chain: first.chain(), kind: first.record.kind, entry, name, statements, part })
}

/// The state as far as the status byte and the chain's name ask for it: of a chain that says nothing about recalls and
/// names, its first record.
fn status_of(
    signed: &[SignedRecord],
    positions: &[Position],
    proof: &ChainProof,
    deployment: &Deployment,
) -> Result<ChainState, Fault> {
    let first = Statement::decode(signed.first().cloned().ok_or(Fault::EmptyChain)?, deployment)?;
    let mut state = ChainState::begin(&first.record, first.id)?;
    let told = [b"\xa1\x68recalled".as_slice(), b"\xa1\x6dname_released"];
    let tells = |signed: &SignedRecord| {
        told.iter().any(|told| signed.payload().windows(told.len()).any(|bytes| bytes == *told))
    };
    if !signed.iter().any(tells) {
        return Ok(state);
    }
    for (at, (record, position)) in signed.iter().zip(positions).enumerate().skip(1) {
        let statement = Statement::decode(record.clone(), deployment)?;
        if let (1, Some(skipped), Event::SeasonOpened(_), Some(head)) =
            (at, &proof.skipped, &statement.record.event, statement.record.previous)
        {
            state.skip(skipped.count, head);
        }
        state.advance(&statement.record, statement.id, &statement.mark(Some(*position)))?;
    }
    Ok(state)
}

decode_map!(Stage { required map, required own, required head, required names, required roots, required claims, required places, required records, required version });
decode_map!(Part { optional forked, required records, optional skipped, required openings, required positions });
