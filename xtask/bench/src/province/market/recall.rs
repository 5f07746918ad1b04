//! Recalls, after all is sold: of plots, of labelled batches, of single consignments.

use nguon_core::event::{RecallReason, Recalled};

use super::super::Size;
use super::super::cast::Actor;
use super::super::land::Land;
use super::Trade;

/// One plot in so many, one labelled batch in so many, and so on.
const PLOTS: usize = 4_001;
const LABELLED: usize = 601;
const CONSIGNMENTS: usize = 2_003;

impl Trade<'_, '_> {
    /// Nothing that the merged lot came from is recalled: its bundle has to hold.
    pub(super) fn recall(&mut self, land: &mut Land, size: &Size) {
        let office = self.cast.authority();
        for plot in land.plots.iter_mut().step_by(PLOTS.min(size.plots / 2)).filter(|plot| !plot.merged) {
            let event = Recalled::new(RecallReason::PesticideResidue);
            self.scribe.append(&office, plot.chain.as_mut().expect("a plot"), event);
        }
        let merged = self.merged;
        for (chain, _) in self.labelled.iter_mut().step_by(LABELLED).filter(|(chain, _)| Some(chain.id) != merged) {
            self.scribe.append(&office, chain, Recalled::new(RecallReason::Mislabelled));
        }
        for at in (0..self.arrived.len()).step_by(CONSIGNMENTS) {
            self.recall_consignment(at);
        }
    }

    /// First on the labelled batch, then on the consignment itself.
    fn recall_consignment(&mut self, at: usize) {
        let consignment = &mut self.arrived[at];
        let labelled = self.labelled.iter_mut().find(|(chain, _)| chain.id == consignment.label_of);
        let (labelled, house) = labelled.expect("a labelled batch");
        let packer = Actor(self.cast.packers.start + *house);
        let part = Some(consignment.chain.id);
        let recalled = Recalled::new(RecallReason::Treatment);
        self.scribe.append(&self.cast.hand(packer), labelled, Recalled { consignment: part, ..recalled.clone() });
        self.scribe.append(&self.cast.hand(consignment.seller), &mut consignment.chain, recalled);
        consignment.recalled = true;
    }
}
