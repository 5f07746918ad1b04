//! Where the records of a bundle stand in the log: that it can be so, and that it is all the map holds.

use std::sync::Arc;

use nguon_tlog::hash::Hash;
use nguon_tlog::map;

use super::proof::{ChainProof, Proof};
use crate::fault::Fault;
use crate::ids::ChainId;
use crate::index::Index;
use crate::log::{self, ChainEntry, EntryHash, Position};
use crate::record::Anchor;
use crate::state::ChainState;
use crate::trust::{RootError, Roots, SignedRoot, TrustRoot};
use crate::values::Time;

/// The positions in a chain's part of the proof.
pub(super) fn positions(proof: &ChainProof) -> Option<Arc<[Position]>> {
    let (places, rest) = proof.positions.as_chunks::<3>();
    if !rest.is_empty() {
        return None;
    }
    let position = |[index, log_time, anchor_time]: &[u64; 3]| {
        Some(Position {
            index: *index,
            log_time: Time::new(*log_time).ok()?,
            anchor_time: Time::new(*anchor_time).ok()?,
        })
    };
    places.iter().map(position).collect()
}

/// The positions of the trust roots.
pub(super) fn root_positions(places: &[Vec<u64>]) -> Option<Vec<Position>> {
    let position = |place: &Vec<u64>| {
        let [index, log_time] = place[..] else { return None };
        Some(Position { index, log_time: Time::new(log_time).ok()?, anchor_time: Time::new(0).ok()? })
    };
    places.iter().map(position).collect()
}

/// All versions of the trust root, each with its place in the log; version 1 is leaf 0.
pub(super) fn roots(
    first: &TrustRoot,
    rest: &[SignedRoot],
    places: &[Vec<u64>],
) -> Result<(Roots, Vec<Position>), Fault> {
    let positions = root_positions(places).unwrap_or_default();
    let leaves: Vec<u64> = positions.iter().map(|place| place.index).collect();
    match leaves.split_first() {
        Some((0, leaves)) if leaves.len() == rest.len() => {
            Ok((Roots::from_bundle(first, rest, Some(leaves)).map_err(other_root)?, positions))
        }
        _ => Err(Fault::BadProof(crate::said("trust roots without their places"))),
    }
}

pub(super) fn other_root(error: RootError) -> Fault {
    match error {
        RootError::Newer(_) => Fault::Newer(crate::said("a later trust root")),
        _ => Fault::OtherRoot,
    }
}

/// The keys that a bundle's multiproof is over, ascending: its chains, the own batch's label, the codes of its places, and
/// the trust roots. Server and verifier ask the same code.
#[must_use]
pub fn proven_keys<'a>(own: &ChainId, chains: impl IntoIterator<Item = &'a ChainState>) -> Vec<[u8; 32]> {
    let mut index = Index::default();
    index.insert(&log::root_key(), 0);
    for chain in chains {
        index.insert(&log::chain_key(&chain.id), 0);
        if let Some(key) = name_key(own, chain) {
            index.insert(&key, 0);
        }
    }
    index.entries().map(|(key, _)| key).collect()
}

/// Where the map keeps a place's code, as long as it is the place's.
pub(super) fn name_of(place: &ChainState) -> Option<[u8; 32]> {
    place.place().and_then(|_| name_key(&place.id, place))
}

/// Where the map keeps the chain's label or code, if it has one that a bundle proves.
fn name_key(own: &ChainId, chain: &ChainState) -> Option<[u8; 32]> {
    if chain.name_released() {
        return None;
    }
    if let Some((issuer, code)) = chain.place().and_then(|place| place.code.as_ref()) {
        return Some(log::place_key(issuer, code));
    }
    let label = chain.batch().filter(|_| chain.id == *own)?.label.as_ref()?;
    Some(log::label_key(label))
}

/// What the map must hold, gathered key by key.
#[derive(Debug, Default)]
pub(super) struct Claims {
    index: Index,
    values: Vec<Option<[u8; 32]>>,
    contradiction: bool,
}

impl Claims {
    pub(super) fn add(&mut self, key: [u8; 32], value: Option<[u8; 32]>) {
        if self.index.insert(&key, self.values.len()) {
            self.values.push(value);
        } else {
            // Two chains cannot have one name.
            self.contradiction = true;
        }
    }

    /// A chain with what it is called.
    pub(super) fn chain(&mut self, own: &ChainId, state: &ChainState, entry: &ChainEntry) {
        self.add(log::chain_key(&state.id), Some(entry.value()));
        if let Some(key) = name_key(own, state) {
            self.add(key, Some(log::name_value(&state.id)));
        }
    }

    /// All versions of the trust root.
    pub(super) fn roots(&mut self, roots: &Roots, places: &[Position]) {
        let mut entry = EntryHash::START;
        for (root, place) in roots.versions().iter().zip(places) {
            entry = entry.next(&root.signed().payload_hash(), place);
        }
        self.add(log::root_key(), Some(log::root_value(&entry, roots.newest().payload().version)));
    }

    /// Holds them against the map.
    pub(super) fn check(&self, root: &Hash, proof: &[u8]) -> Result<(), Fault> {
        let claims: Vec<([u8; 32], Option<[u8; 32]>)> =
            self.index.entries().map(|(key, at)| (key, self.values[at])).collect();
        let proven = map::verify(root, &claims, proof).is_ok() && !self.contradiction;
        if proven { Ok(()) } else { Err(Fault::NotInMap) }
    }
}

/// The entry of a chain whose carried records have these ids and positions.
pub(super) fn entry<'a>(
    proof: &ChainProof,
    records: impl Iterator<Item = (&'a crate::ids::StatementId, &'a Position)>,
) -> ChainEntry {
    let mut entry = ChainEntry { forked: proof.forked.is_some(), ..ChainEntry::START };
    for (at, (id, position)) in records.enumerate() {
        entry = entry.next(id, position);
        if let (0, Some(skipped)) = (at, &proof.skipped) {
            entry.entry = skipped.entry;
            entry.count = entry.count.saturating_add(skipped.count);
        }
    }
    entry
}

/// One leaf a bundle speaks of.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub position: Position,
    pub anchor: Option<Anchor>,
}

/// What must hold between all leaves a bundle speaks of; the place of the one that it does not hold for.
pub(super) fn check_all(places: &[Place], size: u64, closed: Time) -> Result<(), (usize, Fault)> {
    let (mut by_index, mut by_anchor) = (Index::default(), Index::default());
    for (at, Place { position, anchor }) in places.iter().enumerate() {
        let wrong = |what| Err((at, Fault::BadPosition(what)));
        // The last leaf is the map's.
        if position.index.saturating_add(1) >= size {
            return wrong(crate::said("a leaf beyond the checkpoint"));
        }
        if position.anchor_time > position.log_time {
            return wrong(crate::said("an anchor younger than the record"));
        }
        if !by_index.insert(&number(position.index), at) {
            return wrong(crate::said("two leaves at one index"));
        }
        match anchor {
            None if position.anchor_time.get() != 0 => {
                return wrong(crate::said("the time of an anchor that is not there"));
            }
            None => {}
            Some(anchor) if anchor.size > position.index => {
                return wrong(crate::said("an anchor younger than the record"));
            }
            Some(anchor) => {
                let agrees = |other: &Place| {
                    other.position.anchor_time == position.anchor_time && other.anchor.as_ref() == Some(anchor)
                };
                // Most name the anchor that the one before named.
                if at.checked_sub(1).is_some_and(|before| agrees(&places[before])) {
                    continue;
                }
                by_anchor.insert(&number(anchor.size), at);
                let same = by_anchor.get(&number(anchor.size)).map(|at| &places[at]);
                if !same.is_some_and(agrees) {
                    return wrong(crate::said("one anchor with two times or roots"));
                }
            }
        }
    }
    let rising = |index: &Index, time: fn(&Position) -> Time| {
        let mut last = 0;
        for (_, at) in index.entries() {
            let next = time(&places[at].position).get();
            if next < last {
                return Err((at, Fault::BadPosition(crate::said("times that go back"))));
            }
            last = next;
        }
        Ok(last)
    };
    let newest = rising(&by_index, |position| position.log_time)?;
    rising(&by_anchor, |position| position.anchor_time)?;
    if newest > closed.get() {
        return Err((0, Fault::BadPosition(crate::said("a record younger than the checkpoint"))));
    }
    Ok(())
}

/// A number as an index's key; they order alike.
fn number(number: u64) -> [u8; 32] {
    let mut key = [0; 32];
    key[..8].copy_from_slice(&number.to_be_bytes());
    key
}

pub(super) fn proof_of(bytes: &[u8]) -> Result<Proof, Fault> {
    let proof = Proof::from_bytes(bytes).map_err(|_| Fault::BadProof(crate::said("not of its format")))?;
    if proof.version > super::proof::VERSION {
        return Err(Fault::Newer(crate::said("the log's proof")));
    }
    if proof.version == super::proof::VERSION {
        Ok(proof)
    } else {
        Err(Fault::BadProof(crate::said("no such version")))
    }
}
