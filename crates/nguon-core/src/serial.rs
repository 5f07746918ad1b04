//! Serials of printed labels: was this one ever issued? And how often has it been scanned?
//!
//! A `labels_issued` record commits to `count` and to the root of the RFC 6962 tree over the hashes
//! `SHA-256("nguon/serial/v1\n" ‖ batch id ‖ serial)`, ascending. So one leaf's inclusion shows that a serial was issued,
//! and two neighbours between which its hash would stand, or one at an end, that it never was. Labels may be printed in
//! several lots, each with a record of its own: a serial is issued if it stands in one of them, and was never issued only
//! if it stands in none.
//!
//! [`check`] is the reader's side, small and without state; [`SerialList`] and [`TiledList`] are the writer's. What
//! [`scans`] holds is the word of whoever counts, and part of no verdict. Who issued labels may have sorted them wrongly,
//! and then both could be shown: it deceives about its own labels. A server takes such a list from nobody.
//!
//! ```
//! use nguon_core::ids::ChainId;
//! use nguon_core::serial::{Answer, SerialList, SerialProof, check};
//!
//! let batch = ChainId::from_bytes([7; 32]);
//! let printed = ["2H7QK4M9XWD3T8VC".parse()?, "B5N1ZR6YFJ0GPE2S".parse()?];
//! let list = SerialList::of(&batch, &printed)?;
//! let issued = [list.labels()?]; // signed: the event of a `labels_issued` record
//!
//! let proof = |serial| SerialProof::new(vec![list.prove(&batch, serial)]).to_bytes();
//! assert_eq!(check(&batch, &issued, &printed[0], &proof(&printed[0])?), Answer::Issued);
//! let made_up = "0000000000000000".parse()?;
//! assert_eq!(check(&batch, &issued, &made_up, &proof(&made_up)?), Answer::NeverIssued);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod list;
mod proof;
pub mod scans;
mod tiles;

pub use list::{SerialList, SerialListError};
pub use proof::{LIMITS, LeafProof, ListProof, SerialProof, VERSION};
pub use tiles::{NotAtHand, TILE, Tile, TiledList};

use nguon_gs1::Serial;

use crate::event::{Event, LabelsIssued};
use crate::ids::{ChainId, SerialHash, hash};
use crate::verify::History;

impl SerialHash {
    /// The hash of a batch's serial.
    #[must_use]
    pub fn of(batch: &ChainId, serial: &Serial) -> Self {
        Self(hash(&[b"nguon/serial/v1\n", batch.as_bytes(), serial.as_str().as_bytes()]))
    }
}

/// What a proof shows of one serial.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// It is one of the labels that the batch's owner issued. A copy of that label would say the same.
    Issued,
    /// It is none of them, as far as the history goes that was verified.
    NeverIssued,
    /// Neither is shown.
    NotProven(Why),
}

/// Why nothing is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Why {
    /// The batch's records commit to no serials.
    NoLabels,
    /// Nobody gave the server the list behind one of the records.
    NoList,
    /// The proof is about labels that this history does not have: it is older than they are.
    OtherLabels,
    /// The proof is of a format that this software does not know.
    Newer,
    /// The proof is none, or of something else.
    Broken,
}

/// What a batch's verified history says of its labels; pass it to [`check`].
#[must_use]
pub fn issued(history: &History) -> Vec<LabelsIssued> {
    let own = history.chain(&history.batch());
    let events = own.into_iter().flat_map(|chain| chain.records()).map(|record| &record.record().event);
    events
        .filter_map(|event| if let Event::LabelsIssued(labels) = event { Some(labels.clone()) } else { None })
        .collect()
}

/// What the proof shows of a serial, given every `labels_issued` of its batch.
#[must_use]
pub fn check(batch: &ChainId, issued: &[LabelsIssued], serial: &Serial, proof: &[u8]) -> Answer {
    match judge(issued, &SerialHash::of(batch, serial), proof) {
        Ok(true) => Answer::Issued,
        Ok(false) => Answer::NeverIssued,
        Err(why) => Answer::NotProven(why),
    }
}

fn judge(issued: &[LabelsIssued], wanted: &SerialHash, proof: &[u8]) -> Result<bool, Why> {
    if issued.is_empty() {
        return Err(Why::NoLabels);
    }
    let proof = SerialProof::from_bytes(proof)?;
    let (mut absent, mut unknown) = (Vec::new(), false);
    for list in &proof.lists {
        let Some(labels) = issued.iter().find(|labels| labels.root == list.root) else {
            unknown = true;
            continue;
        };
        let included = list.includes(wanted, labels.count.get()).ok_or(Why::Broken)?;
        // One proof a list, and what is issued needs no other.
        if included {
            return if proof.lists.len() == 1 { Ok(true) } else { Err(Why::Broken) };
        }
        if absent.contains(&list.root) {
            return Err(Why::Broken);
        }
        absent.push(list.root);
    }
    if unknown {
        // It may be one of those.
        return Err(Why::OtherLabels);
    }
    if issued.iter().all(|labels| absent.contains(&labels.root)) { Ok(false) } else { Err(Why::NoList) }
}
