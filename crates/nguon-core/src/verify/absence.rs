//! `No such lot`, by the log's word: the heads map at a cosigned checkpoint has nobody under the label.

use nguon_gs1::{Gtin, Lot};

use super::head::{self, Seen};
use super::places::{self, Claims};
use super::proof::{Absence, VERSION};
use crate::fault::Fault;
use crate::log;
use crate::trust::TrustRoot;
use crate::values::Time;

/// What a proof of absence shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Absent {
    /// The checkpoint it was proven against.
    pub checkpoint: Seen,
    /// Up to when nobody had taken the label.
    pub as_of: Time,
    /// Whether that is longer ago than the deployment's policy permits for a reader who is online.
    pub stale: bool,
}

/// Checks that no batch of this deployment's log has a label.
pub fn verify_absence(bytes: &[u8], trust: &TrustRoot, gtin: &Gtin, lot: &Lot, now: Time) -> Result<Absent, Fault> {
    let absence = Absence::from_bytes(bytes).map_err(|_| Fault::BadProof(crate::said("not of its format")))?;
    if absence.version != VERSION {
        return Err(Fault::Newer(crate::said("the log's proof")));
    }
    let (first, rest) = absence.roots.split_first().ok_or(Fault::OtherRoot)?;
    if first.payload != trust.signed().payload {
        return Err(Fault::OtherRoot);
    }
    let (roots, positions) = places::roots(trust, rest, &absence.places)?;
    let head = head::check(&absence.head, &roots)?;
    let as_of = head::as_of(&absence.head.checkpoint, head.seen.size, &roots, now)?;
    let free = |value| {
        let mut claims = Claims::default();
        claims.roots(&roots, &positions);
        claims.add(log::label_key_of(gtin, lot), value);
        claims.check(&head.map, &absence.map.0)
    };
    // Never taken, or taken and freed again.
    free(None).or_else(|_| free(Some(log::free_value())))?;
    let fresh = roots.newest().payload().log.as_ref().map_or(0, |policy| policy.fresh_online);
    let expired = now >= roots.newest().payload().expires;
    Ok(Absent { checkpoint: head.seen, as_of, stale: expired || now.get() > as_of.get().saturating_add(fresh) })
}
