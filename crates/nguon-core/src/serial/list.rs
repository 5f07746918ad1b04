//! All serial hashes of one `labels_issued` record.

use nguon_gs1::Serial;

use super::proof::ListProof;
use super::tiles::{NotAtHand, TILE, Tile, TiledList, root_of};
use crate::event::LabelsIssued;
use crate::ids::{ChainId, RootHash, SerialHash};
use crate::values::Count;

/// Hashes of serials, ascending, each once, at least one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SerialList(Vec<SerialHash>);

/// Why something is no list of serials.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SerialListError {
    /// There is nothing in it.
    #[error("a list of serials has at least one")]
    Empty,
    /// The same serial is on two labels.
    #[error("a serial stands in the list twice: no two boxes may carry the same")]
    Twice,
    /// Not a whole number of hashes.
    #[error("a list of serial hashes is 32 bytes for each; {0} bytes is no multiple of that")]
    Length(usize),
    /// Not ascending.
    #[error("serial hash {0} of the list is not above the one before it; they go up, each once")]
    Order(usize),
}

impl SerialList {
    /// These hashes in whatever order.
    ///
    /// # Errors
    /// [`SerialListError::Empty`] and [`SerialListError::Twice`].
    pub fn new(mut hashes: Vec<SerialHash>) -> Result<Self, SerialListError> {
        hashes.sort_unstable();
        if hashes.is_empty() {
            return Err(SerialListError::Empty);
        }
        if hashes.windows(2).any(|pair| pair.first() == pair.last()) {
            return Err(SerialListError::Twice);
        }
        Ok(Self(hashes))
    }

    /// The list of a batch's serials.
    ///
    /// # Errors
    /// As [`Self::new`].
    pub fn of<'a>(batch: &ChainId, serials: impl IntoIterator<Item = &'a Serial>) -> Result<Self, SerialListError> {
        Self::new(serials.into_iter().map(|serial| SerialHash::of(batch, serial)).collect())
    }

    /// Reads hashes one after the other.
    ///
    /// # Errors
    /// It is empty, not of whole hashes, or they do not ascend.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, SerialListError> {
        let (hashes, rest) = bytes.as_chunks::<32>();
        if !rest.is_empty() {
            return Err(SerialListError::Length(bytes.len()));
        }
        if hashes.is_empty() {
            return Err(SerialListError::Empty);
        }
        if let Some(at) = hashes.windows(2).position(|pair| pair.first() >= pair.last()) {
            return Err(SerialListError::Order(at + 1));
        }
        Ok(Self(hashes.iter().map(|bytes| SerialHash::from_bytes(*bytes)).collect()))
    }

    /// The hashes one after the other.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        self.0.iter().flat_map(|hash| *hash.as_bytes()).collect()
    }

    /// The hashes, ascending.
    #[must_use]
    pub fn hashes(&self) -> &[SerialHash] {
        &self.0
    }

    /// The root of the tree over them.
    #[must_use]
    pub fn root(&self) -> RootHash {
        root_of(&self.0).into()
    }

    /// How many.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.0.len() as u64
    }

    /// The event that commits to them.
    ///
    /// # Errors
    /// There are more than a record can count, which no memory holds.
    pub fn labels(&self) -> Result<LabelsIssued, String> {
        Ok(LabelsIssued { count: Count::new(self.count()).map_err(|error| error.to_string())?, root: self.root() })
    }

    /// The list in pieces, to be kept where a proof is to be made from some of them.
    pub fn tiles(&self) -> impl Iterator<Item = Tile> {
        self.0.chunks(TILE).map(|hashes| Tile::new(hashes.to_vec()))
    }

    /// Shows that a serial is in the list, or that it is not.
    #[must_use]
    pub fn prove(&self, batch: &ChainId, serial: &Serial) -> ListProof {
        let wanted = SerialHash::of(batch, serial);
        let tiles: Vec<Tile> = self.tiles().collect();
        let mut tiled = TiledList::new(self.root(), tiles.iter().map(|tile| (tile.first, tile.root)).collect());
        for at in tiled.needed(&wanted) {
            if let Some(tile) = tiles.get(at) {
                tiled.put(at, tile.hashes.clone());
            }
        }
        // All that is needed was put there.
        tiled.prove(&wanted).unwrap_or_else(|NotAtHand| ListProof { root: self.root(), leaves: Vec::new() })
    }
}
