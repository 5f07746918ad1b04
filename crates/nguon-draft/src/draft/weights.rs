//! Which records each draft becomes.

use std::sync::Arc;

use nguon_core::event::{
    Cooled, Corrected, CorrectionApproved, Disposed, DrawReason, Drawn, Event, HarvestDrawn, Harvested, Input,
    InputApplied, LabelsIssued, Lost, Opened, Packed, Received, Repacked, Shipped, Sold,
};
use nguon_core::ids::ChainId;
use nguon_core::judge::Chains as _;
use nguon_core::permission::ChainSort;
use nguon_core::record::Signer;
use nguon_core::values::{Code, Count, Grams, List};

use super::compose::Composer;
use super::field::{self, Plain, Sealed};
use super::{Applied, Correction, Counted, Draft, HandOver, Harvest, Into, NewBatch, Packing, Receipt, Share};
use crate::error::Refused;
use crate::hand::Entropy;

impl<E: Entropy> Composer<'_, E> {
    /// All records of a draft, in the order they are sent: draws before inputs.
    pub fn write(&mut self, draft: &Draft) -> Result<(), Refused> {
        self.carry(draft)?;
        match draft {
            Draft::Applied(one) => self.applied(one),
            Draft::Harvested(one) | Draft::WeighedIn(one) => self.harvested(one),
            Draft::Opened(batch) => self.open_batch(batch).map(|_| ()),
            Draft::HandedOver(one) => self.handed_over(one),
            Draft::Received(one) => self.received(one),
            Draft::Packed(one) => self.packed(one),
            Draft::Lost(one) => {
                let event = Lost { grams: one.grams, reason: one.reason, details: None, at: one.at };
                let plain = Plain::new(event).with("details", one.details.as_deref());
                self.on_custody(one.batch, Plain { photos: one.photos.clone(), ..plain })
            }
            Draft::Disposed(one) => {
                let event = Disposed { grams: one.grams, method: one.method, details: None, at: one.at };
                let plain = Plain::new(event).with("details", one.details.as_deref());
                self.on_custody(one.batch, Plain { photos: one.photos.clone(), ..plain })
            }
            Draft::Sold(one) => self.on_custody(one.batch, Plain::new(Sold { grams: one.grams, at: one.at })),
            Draft::Cooled(one) => {
                let (method, measured_mc, set_point_mc) = (one.method, one.measured_mc, one.set_point_mc);
                let event = Cooled { method, measured_mc, set_point_mc, place: one.place, at: one.at };
                let custodian = self.need(&one.batch)?.custodian().map(Signer::Actor);
                // A carrier reads temperatures on what is somebody else's.
                let acting = custodian.filter(|custodian| self.can_act(*custodian));
                self.append(one.batch, &Plain::new(event), acting).map(|_| ())
            }
            Draft::Labels { batch, count, root } => {
                self.on_custody(*batch, Plain::new(LabelsIssued { count: *count, root: *root }))
            }
            Draft::Corrected(one) => self.corrected(one),
            Draft::Approved { chain, correction, details } => {
                let event = CorrectionApproved { correction: *correction, details: None };
                self.append(*chain, &Plain::new(event).with("details", details.as_deref()), None).map(|_| ())
            }
            Draft::Begins(plain) => self.begin(plain).map(|_| ()),
            Draft::Appends { chain, event } => self.append(*chain, event, None).map(|_| ()),
        }
    }

    fn on_custody(&mut self, chain: ChainId, plain: Plain) -> Result<(), Refused> {
        let custodian = self.need(&chain)?.custodian().map(Signer::Actor);
        self.append(chain, &plain, custodian).map(|_| ())
    }

    fn can_act(&self, acting: Signer) -> bool {
        let (seat, on_behalf_of) = self.seat_of(acting);
        on_behalf_of.map_or(seat.signer, Signer::Actor) == acting
    }

    fn applied(&mut self, one: &Applied) -> Result<(), Refused> {
        let event = InputApplied {
            kind: one.kind,
            product: one.product.clone(),
            active_ingredients: List::new(one.ingredients.clone()).map_err(|_| Refused::Field("ingredients".into()))?,
            product_lot: one.lot.clone(),
            dose: one.dose,
            water_ml: one.water_ml,
            area_m2: one.area_m2,
            phi_days: one.phi_days,
            operator: None,
            notes: None,
            at: one.at,
        };
        let plain = Plain::new(event).with("operator", one.operator.as_deref()).with("notes", one.note.as_deref());
        self.on_custody(one.plot, Plain { photos: one.photos.clone(), ..plain })
    }

    fn harvested(&mut self, one: &Harvest) -> Result<(), Refused> {
        if one.shares.is_empty() {
            return Err(Refused::Missing("shares"));
        }
        let batch = self.batch(&one.into)?;
        let mine = self.is_mine(&batch);
        let (mut inputs, mut crates) = (Vec::new(), 0_u64);
        for (n, share) in one.shares.iter().enumerate() {
            let grams = sum(&share.crates)?;
            crates += share.crates.len() as u64;
            // Into another's batch the draw is the last record, and the photos are its.
            let photos = if !mine && n + 1 == one.shares.len() { one.photos.clone() } else { Vec::new() };
            self.picked(one, share, batch, grams, photos)?;
            inputs.push(Input { from: share.plot, grams });
        }
        if mine {
            let mut event = Harvested::new(list(inputs)?);
            event.crates = match one.counted {
                Counted::EachWeighed => Count::new(crates).ok(),
                Counted::Together(crates) => Some(crates),
                Counted::NotCounted => None,
            };
            event.at = one.at;
            let plain = Plain { photos: one.photos.clone(), ..Plain::new(event) };
            self.on_custody(batch, plain)?;
        }
        Ok(())
    }

    /// The draw on one plot, unless the farmer has signed it already.
    fn picked(
        &mut self,
        one: &Harvest,
        share: &Share,
        batch: ChainId,
        grams: Grams,
        photos: Vec<super::Photo>,
    ) -> Result<(), Refused> {
        let plot = self.need(&share.plot)?;
        let farmer = plot.custodian().ok_or(Refused::Missing("plot"))?;
        // What the farmer let go on a phone of their own is not drawn again; and nobody else can draw it.
        if !self.can_act(Signer::Actor(farmer)) {
            return Ok(());
        }
        let missing = if one.parcel.is_some() { self.undrawn(&share.plot, &batch, grams) } else { Some(grams) };
        let Some(missing) = missing else { return Ok(()) };
        let season = match &share.season {
            Some(season) => season.clone(),
            None => last_season(&plot).ok_or(Refused::Missing("season"))?,
        };
        let mut event = HarvestDrawn::new(season, batch, missing);
        event.at = one.at;
        let plain = Plain::new(event).with("operator", one.operator.as_deref());
        self.on_custody(share.plot, Plain { photos, ..plain })
    }

    fn handed_over(&mut self, one: &HandOver) -> Result<(), Refused> {
        let drawn = Drawn { to: one.to, grams: one.grams, why: one.why };
        let photos = |here: bool| if here { one.photos.clone() } else { Vec::new() };
        self.on_custody(one.from, Plain { photos: photos(one.carriage.is_none()), ..Plain::new(drawn) })?;
        let Some(carriage) = &one.carriage else { return Ok(()) };
        let mut shipped = Shipped::new(self.need(&one.from)?.sequence, carriage.carrier);
        shipped.set_point_mc = carriage.set_point_mc;
        shipped.document.clone_from(&carriage.document);
        shipped.at = carriage.at;
        let plain = Plain::new(shipped).with("vehicle", carriage.vehicle.as_deref());
        self.on_custody(one.from, Plain { photos: photos(true), ..plain })
    }

    fn received(&mut self, one: &Receipt) -> Result<(), Refused> {
        let batch = self.batch(&one.into)?;
        self.draw_own(&one.inputs, batch, DrawReason::Merging)?;
        // From a plot it is a harvest, from a batch an arrival.
        let from_plot = |input: &&Input| self.is_plot(&input.from);
        let picked: Vec<Input> = one.inputs.iter().filter(from_plot).cloned().collect();
        let arrived: Vec<Input> = one.inputs.iter().filter(|input| !from_plot(input)).cloned().collect();
        let last = if arrived.is_empty() { one.photos.clone() } else { Vec::new() };
        if !picked.is_empty() {
            let mut event = Harvested::new(list(picked)?);
            event.at = one.at;
            self.on_custody(batch, Plain { photos: last, ..Plain::new(event) })?;
        }
        if !arrived.is_empty() {
            let mut event = Received::new(list(arrived)?);
            (event.place, event.measured_mc, event.at) = (one.place, one.measured_mc, one.at);
            event.document.clone_from(&one.document);
            self.on_custody(batch, Plain { photos: one.photos.clone(), ..Plain::new(event) })?;
        }
        Ok(())
    }

    fn packed(&mut self, one: &Packing) -> Result<(), Refused> {
        let batch = self.batch(&one.into)?;
        self.draw_own(&one.inputs, batch, DrawReason::Packing)?;
        let inputs = list(one.inputs.clone())?;
        let (boxes, grams_per_box, grade) = (one.boxes, one.grams_per_box, one.grade.clone());
        let (place, document, at) = (one.place, one.document.clone(), one.at);
        let event: Event = if one.again {
            Repacked { inputs, boxes, grams_per_box, grade, place, document, at }.into()
        } else {
            Packed { inputs, boxes, grams_per_box, grade, place, document, at }.into()
        };
        self.on_custody(batch, Plain { photos: one.photos.clone(), ..Plain::new(event) })
    }

    fn corrected(&mut self, one: &Correction) -> Result<(), Refused> {
        let state = self.need(&one.chain)?;
        let acting = state.place_of(one.sequence).and_then(|at| state.steps.get(at)).map(|step| step.acting);
        let (event, mut sealed) = field::seal_within(&one.event, self.entropy)?;
        let whole = Corrected { sequence: one.sequence, reason: one.reason, event: Arc::new(event), details: None };
        let plain = Plain::new(whole).with("details", one.details.as_deref());
        let (event, of_its_own): (Event, Vec<Sealed>) = field::seal(&plain, self.entropy)?;
        sealed.extend(of_its_own);
        // An authority corrects what it likes; anybody else only what is its own.
        let acting = acting.filter(|_| matches!(self.hand.acting(), Signer::Actor(_)));
        self.append_sealed(one.chain, event, sealed, &one.event.photos, acting).map(|_| ())
    }

    fn batch(&mut self, into: &Into) -> Result<ChainId, Refused> {
        match into {
            Into::New(batch) => self.open_batch(batch),
            Into::Existing(batch) => Ok(*batch),
        }
    }

    fn open_batch(&mut self, batch: &NewBatch) -> Result<ChainId, Refused> {
        let Signer::Actor(owner) = self.hand.acting() else { return Err(Refused::NoOwner) };
        let NewBatch { product, variety, label, label_of } = batch.clone();
        self.begin(&Plain::new(Opened { owner, product, variety, label, label_of }))
    }

    /// Whether somebody at hand may write on this batch. One that is not known here is somebody else's.
    fn is_mine(&self, batch: &ChainId) -> bool {
        let owner = self.chain(batch).and_then(|chain| chain.custodian());
        owner.is_some_and(|owner| self.can_act(Signer::Actor(owner)))
    }

    /// Draws what is taken from one's own batches.
    fn draw_own(&mut self, inputs: &[Input], batch: ChainId, why: DrawReason) -> Result<(), Refused> {
        for input in inputs {
            let own = self.chain(&input.from).is_some_and(|source| source.sort() == ChainSort::Batch)
                && self.is_mine(&input.from);
            let Some(missing) = self.undrawn(&input.from, &batch, input.grams).filter(|_| own) else { continue };
            self.on_custody(input.from, Plain::new(Drawn { to: batch, grams: missing, why }))?;
        }
        Ok(())
    }

    /// How much a source has still to let go for a batch, before it can take so much more; `None` if nothing.
    fn undrawn(&self, source: &ChainId, batch: &ChainId, grams: Grams) -> Option<Grams> {
        let drawn = self.chain(source).map_or(0, |source| source.drawn_for(batch, |_| true));
        let taken = self.chain(batch).and_then(|chain| Some(chain.batch()?.inputs.with(source, |_| true)));
        let open = drawn - taken.unwrap_or(0);
        u64::try_from(i64::from(grams) - open).ok().and_then(|missing| Grams::new(missing).ok())
    }
}

/// The season of a plot that was opened last.
pub(crate) fn last_season(plot: &nguon_core::state::ChainState) -> Option<Code> {
    plot.place()?.seasons.last().map(|season| season.name.clone())
}

fn sum(crates: &[Grams]) -> Result<Grams, Refused> {
    if crates.is_empty() {
        return Err(Refused::Missing("crates"));
    }
    let all = crates.iter().try_fold(0_u64, |sum, grams| sum.checked_add(grams.get())).unwrap_or(u64::MAX);
    Ok(Grams::new(all)?)
}

fn list(inputs: Vec<Input>) -> Result<nguon_core::event::Inputs, Refused> {
    List::new(inputs).map_err(|_| Refused::Field("inputs".into()))
}
