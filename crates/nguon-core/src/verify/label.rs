//! What a reader scanned, held against the batch it was shown.

use nguon_gs1::{Commitment, Gtin, LabelCode, Lot};

use super::verdict::{Finding, Note};
use crate::fault::Fault;
use crate::ids::ChainId;
use crate::values::Label;

/// GTIN, lot and (where the link had one) the commitment to a batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScannedLabel {
    /// GS1 AI (01).
    pub gtin: Gtin,
    /// GS1 AI (10).
    pub lot: Lot,
    /// The fragment of the link.
    pub commitment: Option<Commitment>,
    /// Whether the link had a serial, GS1 AI (21).
    pub has_serial: bool,
}

impl From<&LabelCode> for ScannedLabel {
    fn from(code: &LabelCode) -> Self {
        Self {
            gtin: *code.gtin(),
            lot: code.lot().clone(),
            commitment: code.commitment().copied(),
            has_serial: code.serial().is_some(),
        }
    }
}

impl ScannedLabel {
    /// What comparing it to the batch finds.
    pub(super) fn compare(&self, batch: &ChainId, label: Option<&Label>) -> Vec<Finding> {
        let same_lot = label.is_some_and(|label| *label.gtin.get() == self.gtin && *label.lot.get() == self.lot);
        let bound = self.commitment.is_none_or(|commitment| commitment == batch.commitment());
        if !same_lot || !bound {
            return vec![Finding::fault(Fault::WrongLabel, None)];
        }
        let mut findings = Vec::new();
        if self.commitment.is_none() {
            findings.push(Finding::note(Note::LabelNotBound, None));
        }
        // Serials are another question: `crate::serial`.
        findings.push(Finding::note(Note::LotOnly, None));
        findings
    }
}
