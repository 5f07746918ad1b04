//! Recalls of a chain, and how they end.

use crate::event::{RecallReason, Recalled, ReleaseApproved, Released};
use crate::fault::Fault;
use crate::ids::{ChainId, KeyId};
use crate::values::Code;

/// A recall.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recall {
    /// Sequence of the record.
    pub sequence: u64,
    /// Why.
    pub reason: RecallReason,
    /// The batches it is limited to; empty: no limit.
    pub harvests: Vec<ChainId>,
    /// The consignment it is limited to.
    pub consignment: Option<ChainId>,
    /// The plant protection product's lot that caused it.
    pub product_lot: Option<Code>,
    /// Sequence of the record that ended it.
    pub released: Option<u64>,
    /// Who agreed that it ends: sequence and key.
    approvals: Vec<(u64, KeyId)>,
}

impl Recall {
    pub(super) fn of(event: &Recalled, sequence: u64) -> Self {
        Self {
            sequence,
            reason: event.reason,
            harvests: event.harvests.iter().flatten().copied().collect(),
            consignment: event.consignment,
            product_lot: event.product_lot.clone(),
            released: None,
            approvals: Vec::new(),
        }
    }

    /// Whether it has not ended.
    #[must_use]
    pub const fn stands(&self) -> bool {
        self.released.is_none()
    }
}

fn standing(recalls: &mut [Recall], sequence: u64) -> Result<&mut Recall, Fault> {
    let unknown =
        Fault::Field { field: "recall", rule: crate::said("is not the sequence of a recall that stands here") };
    recalls.iter_mut().find(|recall| recall.sequence == sequence && recall.stands()).ok_or(unknown)
}

pub(super) fn approve(recalls: &mut [Recall], event: &ReleaseApproved, sequence: u64, key: KeyId) -> Result<(), Fault> {
    standing(recalls, event.recall)?.approvals.push((sequence, key));
    Ok(())
}

/// Ends a recall: two keys of authorities are needed.
pub(super) fn release(recalls: &mut [Recall], event: &Released, sequence: u64, key: KeyId) -> Result<(), Fault> {
    let recall = standing(recalls, event.recall)?;
    match recall.approvals.iter().find(|(approval, _)| *approval == event.approval) {
        Some((_, first)) if *first != key => {
            recall.released = Some(sequence);
            Ok(())
        }
        Some(_) => {
            Err(Fault::Field { field: "approval", rule: crate::said("must be by another key than the release") })
        }
        None => Err(Fault::Field {
            field: "approval",
            rule: crate::said("is not the sequence of an approval of this release"),
        }),
    }
}
