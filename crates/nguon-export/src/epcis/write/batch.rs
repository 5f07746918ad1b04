//! Where produce goes: harvested, packed, received, drawn, shipped, put on pallets, ended.

use std::collections::BTreeSet;

use nguon_core::event::{self, DrawReason, Input};
use nguon_core::ids::ChainId;
use nguon_core::verify::{At, VerifiedChain};

use super::names::{Names, document, kilograms, own_step};
use crate::epcis::decimal::Decimal;
use crate::epcis::key;
use crate::epcis::model::{Event, Extension, Group, Quantity, SensorElement, SensorReport, SourceDest, Value, What};
use crate::epcis::vocabulary::{Action, BizStep, Disposition, MeasurementType, SourceDestType};
use crate::facts::{Entry, Missing, Remedy, When};

/// What a packing and a repacking say alike, of either.
macro_rules! packing {
    ($of:expr) => {
        Packing {
            inputs: &$of.inputs,
            boxes: $of.boxes.get(),
            grams_per_box: $of.grams_per_box.get(),
            grade: $of.grade.as_ref().map(nguon_core::values::Text::as_str),
            place: $of.place,
            document: $of.document.as_ref(),
        }
    };
}
pub(super) fn event(names: &mut Names<'_, '_>, entry: &Entry<'_>, says: &event::Event, at: When) -> Option<Event> {
    let batch = entry.chain.id();
    entry.chain.state().batch()?;
    let begin = Begin { names, entry, at, batch };
    Some(match says {
        event::Event::Harvested(harvested) => begin.harvested(harvested),
        event::Event::Packed(packed) => begin.packed(BizStep::PACKING, &packing!(packed)),
        event::Event::Repacked(packed) => begin.packed(BizStep::REPACKAGING, &packing!(packed)),
        event::Event::Received(received) => begin.received(received),
        event::Event::Drawn(drawn) => begin.drawn(drawn),
        event::Event::Shipped(shipped) => begin.shipped(shipped),
        event::Event::Aggregated(aggregated) => begin.aggregated(aggregated),
        event::Event::Sold(sold) => {
            let mut event = begin.gone(Action::Observe, BizStep::RETAIL_SELLING, sold.grams.get());
            event.disposition = Some(Disposition::RETAIL_SOLD);
            event
        }
        event::Event::Lost(lost) => {
            let mut event = begin.gone(Action::Delete, own_step("losing"), lost.grams.get());
            event.extensions.extend(word("reason", &lost.reason));
            event
        }
        event::Event::Disposed(disposed) => {
            let mut event = begin.gone(Action::Delete, BizStep::DESTROYING, disposed.grams.get());
            event.disposition = Some(Disposition::DESTROYED);
            event.extensions.extend(word("method", &disposed.method));
            event
        }
        _ => return None,
    })
}

/// What a packing and a repacking say alike.
struct Packing<'e> {
    inputs: &'e [Input],
    boxes: u64,
    grams_per_box: u64,
    grade: Option<&'e str>,
    place: Option<ChainId>,
    document: Option<&'e event::Document>,
}

struct Begin<'n, 'e, 'b, 'f, 'a> {
    names: &'n mut Names<'f, 'a>,
    entry: &'e Entry<'b>,
    at: When,
    batch: ChainId,
}

impl Begin<'_, '_, '_, '_, '_> {
    fn begin(&self, what: What, step: BizStep) -> Event {
        let mut event = Event::new(what, self.at.time.into(), self.at.offset);
        event.biz_step = Some(step);
        event
    }

    fn object(&self, action: Action, step: BizStep, quantities: Vec<Quantity>) -> Event {
        self.begin(What::Object { action, epcs: Vec::new(), quantities }, step)
    }

    fn gone(self, action: Action, step: BizStep, grams: u64) -> Event {
        let quantity = self.names.quantity(&self.batch, grams);
        self.object(action, step, vec![quantity])
    }

    fn here(&self) -> At {
        self.entry.place()
    }

    fn harvested(self, harvested: &event::Harvested) -> Event {
        let quantity = self.names.quantity(&self.batch, total(&harvested.inputs));
        let mut event = self.object(Action::Add, BizStep::COMMISSIONING, vec![quantity]);
        event.disposition = Some(Disposition::ACTIVE);
        let plots: BTreeSet<ChainId> = harvested.inputs.iter().map(|input| input.from).collect();
        let areas: BTreeSet<Option<ChainId>> =
            plots.iter().map(|plot| self.names.facts.place(plot).and_then(|plot| plot.area)).collect();
        if let (1, Some(plot)) = (plots.len(), plots.first()) {
            event.read_point = Some(self.names.place(plot).into());
        }
        if let (1, Some(Some(area))) = (areas.len(), areas.first()) {
            event.biz_location = Some(self.names.place(area).into());
        }
        event.ilmd = self.produce();
        let day = self.at.date();
        event.ilmd.push(Extension::cbvmda("harvestStartDate", day.as_str().into()));
        event.ilmd.push(Extension::cbvmda("harvestEndDate", day.into()));
        if let [Some(area)] = areas.into_iter().collect::<Vec<_>>()[..]
            && let Some(code) = self.names.facts.place(&area).and_then(|area| area.code)
        {
            event.ilmd.push(Extension::nguon("growingArea", code.into()));
        }
        if let Some(crates) = harvested.crates {
            event.ilmd.push(Extension::nguon("crates", count(crates.get())));
        }
        event.extensions.push(inputs(&harvested.inputs));
        event
    }

    fn packed(mut self, step: BizStep, packed: &Packing<'_>) -> Event {
        let output = self.names.quantity(&self.batch, packed.boxes.saturating_mul(packed.grams_per_box));
        let (input_quantities, told) = self.taken(packed.inputs);
        let mut event = self.begin(
            What::Transformation {
                id: None,
                input_epcs: Vec::new(),
                input_quantities,
                output_epcs: Vec::new(),
                output_quantities: vec![output],
            },
            step,
        );
        event.disposition = Some(Disposition::ACTIVE);
        event.ilmd = self.produce();
        event.ilmd.push(Extension::nguon("boxes", count(packed.boxes)));
        event.ilmd.push(Extension::nguon("gramsPerBox", count(packed.grams_per_box)));
        if let Some(grade) = packed.grade {
            event.ilmd.push(Extension::nguon("grade", grade.into()));
        }
        match packed.place {
            Some(place) => {
                let uri = self.names.place(&place);
                event.read_point = Some(uri.clone().into());
                event.biz_location = Some(uri.into());
            }
            None => {
                let (at, field) = (self.here(), [self.entry.event.name().as_str(), "/place"].concat());
                self.names.lacks(Missing::new("EPCIS 2.0 §7.3.4: bizLocation", at, field, Remedy::Correct));
            }
        }
        event.biz_transaction_list = packed.document.map(document).into_iter().collect();
        event.extensions.extend(told);
        event
    }

    fn received(mut self, received: &event::Received) -> Event {
        let (quantities, told) = self.taken(&received.inputs);
        let mut event = self.object(Action::Observe, BizStep::RECEIVING, quantities);
        event.disposition = Some(Disposition::IN_PROGRESS);
        let sources: BTreeSet<ChainId> =
            received.inputs.iter().filter_map(|input| self.names.owner(&input.from)).collect();
        event.source_list = sources.iter().map(|owner| self.names.owning(owner)).collect();
        if let Some(owner) = self.names.owner(&self.batch) {
            event.destination_list.push(self.names.owning(&owner));
        }
        match received.place {
            Some(place) => {
                let uri = self.names.place(&place);
                event.read_point = Some(uri.clone().into());
                event.biz_location = Some(uri.into());
            }
            None => {
                let element = "EPCIS 2.0 §7.3.4: bizLocation";
                self.names.lacks(Missing::new(element, self.here(), "received/place", Remedy::Correct));
            }
        }
        event.sensor_element_list = received.measured_mc.map(temperature).into_iter().collect();
        event.biz_transaction_list = received.document.as_ref().map(document).into_iter().collect();
        event.extensions.extend(told);
        event
    }

    fn drawn(self, drawn: &event::Drawn) -> Event {
        let quantity = self.names.quantity(&self.batch, drawn.grams.get());
        let mut event = self.object(Action::Observe, own_step("drawing"), vec![quantity]);
        event.extensions.push(Extension::nguon("to", key::chain_uri(&drawn.to).as_str().into()));
        event.extensions.extend(word("why", &drawn.why));
        // What stays with its owner goes nowhere: only a hand-over has two sides.
        if matches!(drawn.why, DrawReason::Handover | DrawReason::Consignment) {
            self.sides(&mut event, &drawn.to);
        }
        event
    }

    fn sides(self, event: &mut Event, to: &ChainId) {
        if let Some(owner) = self.names.owner(&self.batch) {
            event.source_list.push(self.names.owning(&owner));
        }
        if let Some(owner) = self.names.owner(to) {
            event.destination_list.push(self.names.owning(&owner));
        }
    }

    fn shipped(self, shipped: &event::Shipped) -> Event {
        let drawn = drawn_at(self.entry.chain, shipped.draw);
        let quantity = match drawn {
            Some(drawn) => self.names.quantity(&self.batch, drawn.grams.get()),
            None => Quantity { epc_class: self.names.class(&self.batch), quantity: None, uom: None },
        };
        let what = What::Object { action: Action::Observe, epcs: Vec::new(), quantities: vec![quantity] };
        let mut event = self.begin(what, BizStep::SHIPPING);
        event.disposition = Some(Disposition::IN_TRANSIT);
        let carrier = SourceDest { kind: SourceDestType::POSSESSING_PARTY, id: self.names.party(&shipped.carrier) };
        event.biz_transaction_list = shipped.document.as_ref().map(document).into_iter().collect();
        if shipped.document.is_none() {
            let element = "EPCIS 2.0 §7.3.5.3: bizTransactionList";
            self.names.lacks(Missing::new(element, self.here(), "shipped/document", Remedy::Correct));
        }
        event.extensions.push(Extension::nguon("draw", count(shipped.draw)));
        event.extensions.push(Extension::nguon("carrier", key::chain_uri(&shipped.carrier).as_str().into()));
        if let Some(set_point) = shipped.set_point_mc {
            event.extensions.push(Extension::nguon("setPointCelsius", celsius(set_point).into()));
        }
        if let Some(drawn) = drawn {
            event.extensions.push(Extension::nguon("to", key::chain_uri(&drawn.to).as_str().into()));
            self.sides(&mut event, &drawn.to);
        }
        event.destination_list.push(carrier);
        event
    }

    fn aggregated(self, aggregated: &event::Aggregated) -> Event {
        let boxes = Decimal::new(aggregated.boxes.get().cast_signed(), 0);
        let quantity = Quantity { epc_class: self.names.class(&self.batch), quantity: Some(boxes), uom: None };
        let group = Group {
            action: Action::Add,
            parent: Some(key::sscc_uri(aggregated.sscc.get())),
            children: Vec::new(),
            quantities: vec![quantity],
        };
        self.begin(What::Aggregation(group), BizStep::PACKING)
    }

    /// What the produce is.
    fn produce(&self) -> Vec<Extension> {
        let lot = self.names.facts.lot(&self.batch);
        let mut fields = vec![Extension::nguon("product", lot.product.into())];
        fields.extend(lot.variety.map(|variety| Extension::nguon("variety", variety.into())));
        fields
    }

    /// Quantities taken from batches, one of each class; and which batches they were, where the classes do not tell.
    fn taken(&mut self, taken: &[Input]) -> (Vec<Quantity>, Option<Extension>) {
        let mut quantities: Vec<(ChainId, Quantity, u64)> = Vec::with_capacity(taken.len());
        let mut told = false;
        for input in taken {
            let (quantity, grams) = (self.names.quantity(&input.from, input.grams.get()), input.grams.get());
            told |= self.names.facts.lot(&input.from).consignment_of.is_some();
            match quantities.iter_mut().find(|(_, found, _)| found.epc_class == quantity.epc_class) {
                Some((_, found, sum)) => {
                    told = true;
                    *sum += grams;
                    found.quantity = Some(kilograms(*sum));
                }
                None => quantities.push((input.from, quantity, grams)),
            }
        }
        (quantities.into_iter().map(|(_, quantity, _)| quantity).collect(), told.then(|| inputs(taken)))
    }
}

/// The draw at a sequence, as it counts by now.
fn drawn_at(chain: &VerifiedChain, sequence: u64) -> Option<&event::Drawn> {
    let at = |sequence| Some(&chain.records().get(chain.state().place_of(sequence)?)?.record().event);
    let corrected = chain.state().correction_of(sequence).and_then(at);
    match corrected.or_else(|| at(sequence))? {
        event::Event::Drawn(drawn) => Some(drawn),
        event::Event::Corrected(corrected) => match &*corrected.event {
            event::Event::Drawn(drawn) => Some(drawn),
            _ => None,
        },
        _ => None,
    }
}

fn total(inputs: &[Input]) -> u64 {
    inputs.iter().fold(0, |sum, input| sum.saturating_add(input.grams.get()))
}

/// Which chains grams came from.
fn inputs(inputs: &[Input]) -> Extension {
    let each = inputs.iter().map(|input| {
        let from = Extension::nguon("from", key::chain_uri(&input.from).as_str().into());
        Value::Map(vec![from, Extension::nguon("grams", count(input.grams.get()))])
    });
    Extension::nguon("inputs", Value::List(each.collect()))
}

pub(super) const fn count(number: u64) -> Value {
    Value::Number(Decimal::new(number.cast_signed(), 0))
}

/// A word of our own, as records write it.
pub(super) fn word<T: serde::Serialize>(name: &'static str, of: &T) -> Option<Extension> {
    let word = serde_json::to_value(of).ok()?;
    Some(Extension::nguon(name, word.as_str()?.into()))
}

/// Thousandths of a degree as degrees.
pub(super) fn celsius(thousandths: i32) -> Decimal {
    Decimal::new(i64::from(thousandths), 3)
}

/// A temperature that was read.
pub(super) fn temperature(thousandths: i32) -> SensorElement {
    SensorElement::of(vec![SensorReport::measured(MeasurementType::TEMPERATURE, celsius(thousandths), "CEL")])
}
