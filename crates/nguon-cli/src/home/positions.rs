//! Where a server's log has records of fetched chains: by that a field log counts, not by what signers claim.

use std::collections::BTreeMap;
use std::path::PathBuf;

use nguon_core::ids::ChainId;
use nguon_core::log::Position;
use nguon_core::values::Time;
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::files::{self, Mode};

/// The positions known of one chain, by sequence.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Positions(BTreeMap<u64, Position>);

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Kept {
    index: u64,
    log_time: Time,
    anchor_time: Time,
}

impl Positions {
    /// Where a record stands, if that is known.
    pub fn get(&self, sequence: u64) -> Option<Position> {
        self.0.get(&sequence).copied()
    }

    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Notes where a record stands.
    pub fn insert(&mut self, sequence: u64, position: Position) {
        self.0.insert(sequence, position);
    }
}

/// The folder: a file a chain that needed any.
#[derive(Debug)]
pub struct PositionFiles {
    dir: PathBuf,
}

impl PositionFiles {
    pub(super) fn at(dir: PathBuf) -> Self {
        Self { dir }
    }

    /// Those of a chain; a file that cannot be read is as good as none, for they are fetched again.
    pub fn of(&self, chain: &ChainId) -> Result<Positions, Error> {
        let bytes = files::read(&self.file(chain))?.unwrap_or_default();
        let kept: BTreeMap<u64, Kept> = serde_json::from_slice(&bytes).unwrap_or_default();
        let positions = kept.into_iter().map(|(sequence, kept)| {
            let Kept { index, log_time, anchor_time } = kept;
            (sequence, Position { index, log_time, anchor_time })
        });
        Ok(Positions(positions.collect()))
    }

    /// Keeps those of a chain.
    pub fn keep(&self, chain: &ChainId, positions: &Positions) -> Result<(), Error> {
        let kept: BTreeMap<u64, Kept> = positions
            .0
            .iter()
            .map(|(sequence, Position { index, log_time, anchor_time })| {
                (*sequence, Kept { index: *index, log_time: *log_time, anchor_time: *anchor_time })
            })
            .collect();
        files::make_private_folder(&self.dir)?;
        files::write(&self.file(chain), &serde_json::to_vec(&kept).map_err(Error::system)?, Mode::Private)
    }

    fn file(&self, chain: &ChainId) -> PathBuf {
        self.dir.join(format!("{chain}.json"))
    }
}
