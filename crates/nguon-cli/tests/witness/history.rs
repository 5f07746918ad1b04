//! Histories of a log that part and compete.
#![allow(dead_code)] // each test file uses a part

use nguon_core::SigningKey;
use nguon_tlog::checkpoint::Checkpoint;
use nguon_tlog::hash::{self, Hash};
use nguon_tlog::note::{self, NoteKey};
use nguon_tlog::tree::{self, Frontier, NodeSource};
use nguon_tlog::witness::AddCheckpoint;

/// The log's key.
pub struct Log {
    pub origin: String,
    pub key: SigningKey,
}

impl Log {
    pub fn note_key(&self) -> NoteKey {
        NoteKey::new(&self.origin, self.key.verifying_key().as_bytes()).unwrap()
    }
}

/// The leaves of one history.
#[derive(Clone, Default)]
pub struct History(Vec<Hash>);

/// A checkpoint to be cosigned.
#[derive(Clone)]
pub struct Offer {
    pub checkpoint: Checkpoint,
    pub body: String,
    history: History,
}

impl Offer {
    pub fn taken(self) -> History {
        self.history
    }
}

impl History {
    pub fn len(&self) -> u64 {
        self.0.len() as u64
    }

    pub fn continues(&self, other: &Self) -> bool {
        self.0.starts_with(&other.0)
    }

    pub fn cut(&self, size: u64) -> Self {
        Self(self.0[..usize::try_from(size).unwrap()].to_vec())
    }

    /// A future of its own: so many leaves more, signed by the log.
    pub fn offer(&self, more: usize, words: &str, log: &Log) -> Offer {
        let own = (0..more).map(|number| hash::leaf(format!("{words} {number}").as_bytes()));
        let history = Self(self.0.iter().copied().chain(own).collect());
        let mut tree = Frontier::new();
        history.0.iter().for_each(|leaf| tree.append(*leaf));
        let (origin, size, root) = (log.origin.clone(), tree.size(), tree.root());
        let checkpoint = Checkpoint { origin, size, root, extensions: Vec::new() };
        let text = checkpoint.to_text();
        let note = note::assemble(&text, &[note::sign(&text, &log.origin, &log.key)]);
        let proof = tree::consistency_proof(&history, self.len(), size).unwrap();
        let body = AddCheckpoint { old_size: self.len(), proof, note }.to_body();
        Offer { checkpoint, body, history }
    }
}

impl NodeSource for History {
    type Error = std::convert::Infallible;

    fn node(&self, level: u8, index: u64) -> Result<Hash, Self::Error> {
        if level == 0 {
            return Ok(self.0[usize::try_from(index).unwrap()]);
        }
        Ok(hash::node(&self.node(level - 1, 2 * index)?, &self.node(level - 1, 2 * index + 1)?))
    }
}
