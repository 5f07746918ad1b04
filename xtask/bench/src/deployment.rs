//! A log as it is after some years: a million leaves about a hundred thousand chains, nothing of it signed but the
//! checkpoint. Leaves, entries, keys and values are what the core makes of them.

use nguon_core::bytes::ByteString;
use nguon_core::ids::{ChainId, StatementId};
use nguon_core::log::{
    ChainEntry, EntryHash, Leaf, Position, chain_key, label_key, name_value, place_key, root_key, root_value,
};
use nguon_core::values::{Code, Label, Time};
use nguon_core::verify::{ChainProof, MapHead, Proof};
use nguon_tlog::checkpoint::Checkpoint;
use nguon_tlog::hash::{self, Hash};
use nguon_tlog::map::{Entry, Key, Map, value_hash};
use nguon_tlog::note::{assemble, cosign, sign};
use nguon_tlog::tree::Frontier;

use crate::root::{COSIGNERS, ORIGIN, cosigner_keys, log_key};

/// How many leaves its log has.
pub const LEAVES: u64 = 1_000_000;

/// How many chains they are about.
pub const CHAINS: usize = 100_000;

/// Leaves from one checkpoint to the next, its map leaf included.
pub const CHECKPOINT: u64 = 128;

/// When its log began.
const START: u64 = 1_700_000_000;

/// Seconds from one leaf to the next: a million of them in a year.
const PACE: u64 = 31;

/// Leaves that came in the day between a record's anchor and the record.
const DAY: u64 = 86_400 / PACE;

/// The log, with its newest checkpoint.
pub struct Deployment {
    /// The heads map over all leaves but the last.
    pub map: Map,
    /// The right edge of the tree over all leaves.
    pub tree: Frontier,
    /// By number of the chain, where its records stand.
    pub positions: Vec<Vec<Position>>,
    /// By number of the chain, what the map holds of it.
    pub entries: Vec<ChainEntry>,
    /// Where the trust root stands.
    pub root: Position,
    /// The newest checkpoint, signed and cosigned.
    pub note: String,
}

/// What a bundle calls for.
#[derive(Clone)]
pub struct Asked {
    /// The keys that its multiproof is over, ascending.
    pub keys: Vec<Key>,
    /// Where the records of its chains stand.
    pub chains: Vec<ChainProof>,
}

/// The id of the chain of this number.
#[must_use]
pub fn chain_id(number: usize) -> ChainId {
    ChainId::from_bytes(value_hash(format!("chain {number}").as_bytes()))
}

/// The label of the chain of this number: three chains in five are batches, and have one.
///
/// # Panics
/// The text is no label.
#[must_use]
pub fn label_of(number: usize) -> Option<Label> {
    let gtin = "09521234567899".parse().expect("a GTIN");
    let lot = format!("VT-{number:06}").parse().expect("a lot");
    (number % 20 < 12).then_some(Label { gtin, lot })
}

/// Issuer and code of the chain of this number: one chain in twenty is a place that has them.
///
/// # Panics
/// The text is no code.
#[must_use]
pub fn code_of(number: usize) -> Option<(Code, Code)> {
    let code = |text: &str| text.parse().expect("a code");
    (number % 20 == 19).then(|| (code("VN"), code(&format!("VN-MAU-{number:06}"))))
}

/// What a leaf is.
pub enum Content {
    /// The trust root.
    Root,
    /// A record, and the number of its chain.
    Record(StatementId, usize, Position),
    /// The map's root.
    Map,
}

/// What leaf `index` is, and when the log took it.
///
/// # Panics
/// There are no such times.
#[must_use]
pub fn leaf_at(index: u64) -> (Content, Time) {
    let time = |index: u64| Time::new(START + index * PACE).expect("a time");
    let content = if index == 0 {
        Content::Root
    } else if (index + 1).is_multiple_of(CHECKPOINT) || index + 1 == LEAVES {
        Content::Map
    } else {
        // A prime step, so that chains grow by turns and not one after the other.
        let chain = usize::try_from(index * 61_813 % CHAINS as u64).unwrap_or_default();
        let anchor = (index.saturating_sub(DAY) / CHECKPOINT).checked_sub(1);
        let anchor_time = anchor.map_or(Time::ZERO, |closed| time((closed + 1) * CHECKPOINT - 1));
        let id = StatementId::from_bytes(value_hash(&index.to_be_bytes()));
        Content::Record(id, chain, Position { index, log_time: time(index), anchor_time })
    };
    (content, time(index))
}

impl Deployment {
    /// All of it, under a trust root with this payload hash. Each leaf is shown as it is appended.
    ///
    /// # Panics
    /// The map is full.
    #[must_use]
    pub fn grow(payload: [u8; 32], mut shown: impl FnMut(&Leaf)) -> Self {
        let mut tree = Frontier::new();
        let mut positions = vec![Vec::new(); CHAINS];
        let mut entries = vec![ChainEntry::START; CHAINS];
        let root = Position { index: 0, log_time: leaf_at(0).1, anchor_time: Time::ZERO };
        let mut map = Map::new();
        for index in 0..LEAVES {
            let (content, log_time) = leaf_at(index);
            let leaf = match content {
                Content::Root => Leaf::Root { log_time, payload },
                Content::Record(statement, chain, position) => {
                    entries[chain] = entries[chain].next(&statement, &position);
                    positions[chain].push(position);
                    Leaf::Record { log_time, statement }
                }
                Content::Map => {
                    if index + 1 == LEAVES {
                        map.set(&map_entries(&entries, &payload, &root)).expect("room");
                    }
                    Leaf::Map { log_time, root: map.root() }
                }
            };
            shown(&leaf);
            tree.append(hash::leaf(&leaf.to_bytes()));
        }
        let note = note(tree.root());
        Self { map, tree, positions, entries, root, note }
    }

    /// A bundle of so many chains, of which the first is its own.
    #[must_use]
    pub fn bundle(&self, chains: usize, seed: usize) -> Asked {
        // Numbers of batches begin with multiples of twenty; the others are any.
        let own = seed * 20 % CHAINS;
        let others = (1..chains).map(|at| (own + at * 7919) % CHAINS);
        let numbers: Vec<usize> = std::iter::once(own).chain(others).collect();
        let mut keys: Vec<Key> = numbers.iter().map(|number| chain_key(&chain_id(*number))).collect();
        keys.push(root_key());
        keys.extend(label_of(own).map(|label| label_key(&label)));
        keys.extend(numbers.iter().filter_map(|number| code_key(*number)));
        keys.sort_unstable();
        let flat = |position: &Position| [position.index, position.log_time.get(), position.anchor_time.get()];
        let proof = |positions: &Vec<Position>| ChainProof {
            positions: positions.iter().flat_map(flat).collect(),
            ..ChainProof::default()
        };
        Asked { keys, chains: numbers.iter().map(|number| proof(&self.positions[*number])).collect() }
    }

    /// The whole proof of a bundle, as bytes: what a server does for each request.
    ///
    /// # Panics
    /// It cannot be encoded.
    #[must_use]
    pub fn prove(&self, asked: &Asked) -> Vec<u8> {
        let inclusion = self.tree.last_leaf_proof().iter().flat_map(|hash| *hash.as_bytes()).collect();
        let head = MapHead {
            checkpoint: self.note.clone(),
            time: leaf_at(LEAVES - 1).1,
            root: self.map.root().into(),
            inclusion: ByteString(inclusion),
        };
        let proof = Proof {
            version: 1,
            head,
            map: ByteString(self.map.prove(&asked.keys)),
            roots: vec![vec![self.root.index, self.root.log_time.get()]],
            chains: asked.chains.clone(),
        };
        proof.to_bytes().expect("a proof")
    }
}

fn code_key(number: usize) -> Option<Key> {
    let (issuer, code) = code_of(number)?;
    Some(place_key(&issuer, &code))
}

fn map_entries(chains: &[ChainEntry], payload: &[u8; 32], root: &Position) -> Vec<Entry> {
    let mut entries = vec![(root_key(), root_value(&EntryHash::START.next(payload, root), 1))];
    for (number, entry) in chains.iter().enumerate() {
        let id = chain_id(number);
        entries.push((chain_key(&id), entry.value()));
        let names = label_of(number).map(|label| label_key(&label)).into_iter().chain(code_key(number));
        entries.extend(names.map(|key| (key, name_value(&id))));
    }
    entries
}

/// The checkpoint, signed by the log and cosigned by four witnesses and a map auditor.
fn note(root: Hash) -> String {
    let text = Checkpoint { origin: ORIGIN.into(), size: LEAVES, root, extensions: Vec::new() }.to_text();
    let time = START + LEAVES * PACE;
    let mut lines = vec![sign(&text, ORIGIN, &log_key())];
    lines.extend(COSIGNERS.into_iter().zip(cosigner_keys()).map(|(name, key)| cosign(&text, name, &key, time)));
    assemble(&text, &lines)
}
