//! What came in, went out and ended.

use nguon_core::event::{
    Cooled, DisposalMethod, Disposed, DrawReason, Drawn, Harvested, Input, LossReason, Lost, Received, Shipped, Sold,
};
use nguon_core::ids::ChainId;
use nguon_core::record::ChainKind;
use nguon_core::values::Count;
use serde::de::DeserializeOwned;

use super::Desk;
use crate::epcis::model::{Extension, Quantity, Value};
use crate::epcis::read::FaultKind;
use crate::epcis::vocabulary::{BizStep, SourceDestType};

const LIST: &str = "quantityList";

impl Desk<'_> {
    pub(super) fn harvested(&mut self, quantities: &[Quantity]) -> Option<()> {
        let of = self.only(LIST, quantities)?;
        let (batch, grams) = (self.batch(LIST, of)?, self.grams(LIST, 0, of)?);
        let inputs = match self.told_inputs(grams.get(), Some(ChainKind::Place)) {
            Some(told) => told?,
            None if self.event.read_point.is_some() => {
                let from = self.place().flatten()?;
                vec![Input { from, grams }]
            }
            None => return self.fault(&[], FaultKind::NoSource),
        };
        let crates = Extension::find(&self.event.ilmd, "crates").and_then(Value::count);
        let (inputs, at) = (self.inputs("nguon:inputs", inputs)?, Some(self.at()?));
        let crates = crates.and_then(|crates| Count::new(crates).ok());
        self.propose(batch, Harvested { inputs, crates, at }.into(), None)
    }

    pub(super) fn received(&mut self, quantities: &[Quantity]) -> Option<()> {
        let batch = match self.named("chain") {
            Some(chain) if self.register.kind(&chain) == Some(ChainKind::Batch) => chain,
            Some(_) => return self.fault(&["nguon:chain"], FaultKind::UnknownBatch),
            None => match self.register.intake() {
                Some(intake) => intake,
                None => return self.fault(&[], FaultKind::NoBatch),
            },
        };
        if quantities.is_empty() {
            return self.fault(&[LIST], FaultKind::OneQuantity(0));
        }
        let taken = self.taken(LIST, quantities)?;
        let (inputs, at) = (self.inputs(LIST, taken)?, Some(self.at()?));
        let (place, document, measured_mc) = (self.where_to()?, self.paper()?, self.temperature());
        self.propose(batch, Received { inputs, place, measured_mc, document, at }.into(), None)
    }

    pub(super) fn drawn(&mut self, quantities: &[Quantity]) -> Option<()> {
        let of = self.only(LIST, quantities)?;
        let (batch, grams) = (self.batch(LIST, of)?, self.grams(LIST, 0, of)?);
        let Some(to) = self.known_batch("to")? else { return self.fault(&[], FaultKind::NoDestination) };
        let why = self.word("why")?.unwrap_or(DrawReason::Handover);
        self.propose(batch, Drawn { to, grams, why }.into(), None)
    }

    pub(super) fn shipped(&mut self, quantities: &[Quantity]) -> Option<()> {
        let of = self.only(LIST, quantities)?;
        let batch = self.batch(LIST, of)?;
        let carrier = match self.named("carrier") {
            Some(carrier) if self.register.kind(&carrier) == Some(ChainKind::Actor) => carrier,
            Some(_) => return self.fault(&["nguon:carrier"], FaultKind::UnknownParty),
            None if self.event.destination_list.iter().any(|side| side.kind == SourceDestType::POSSESSING_PARTY) => {
                self.receiver(&SourceDestType::POSSESSING_PARTY)?
            }
            None => return self.fault(&[], FaultKind::NoCarrier),
        };
        let set_point_mc = match self.own("setPointCelsius") {
            Some(Value::Number(celsius)) => celsius.thousandths(),
            _ => None,
        };
        let (document, at) = (self.paper()?, Some(self.at()?));
        let draw = self.own("draw").and_then(Value::count);
        let carries = if draw.is_some() { None } else { Some(self.drawn_to_ship(batch, of)?) };
        let draw = draw.unwrap_or(0);
        self.propose(batch, Shipped { draw, carrier, vehicle: None, set_point_mc, document, at }.into(), carries)
    }

    /// Elsewhere than in our own documents, to ship something is to draw it: the index of that draw's proposal.
    fn drawn_to_ship(&mut self, batch: ChainId, of: &Quantity) -> Option<usize> {
        let grams = self.grams(LIST, 0, of)?;
        let to = match self.known_batch("to")? {
            Some(to) => to,
            None => {
                let has = self.event.destination_list.iter().any(|side| side.kind == SourceDestType::OWNING_PARTY);
                let receiver = if has { Some(self.receiver(&SourceDestType::OWNING_PARTY)?) } else { None };
                match receiver.and_then(|receiver| self.register.destination(&receiver)) {
                    Some(to) => to,
                    None => return self.fault(&[], FaultKind::NoDestination),
                }
            }
        };
        let index = self.imported.proposals.len();
        self.propose(batch, Drawn { to, grams, why: DrawReason::Handover }.into(), None)?;
        Some(index)
    }

    pub(super) fn gone(&mut self, quantities: &[Quantity], step: &BizStep) -> Option<()> {
        let of = self.only(LIST, quantities)?;
        let (batch, grams, at) = (self.batch(LIST, of)?, self.grams(LIST, 0, of)?, Some(self.at()?));
        let event = if *step == BizStep::RETAIL_SELLING {
            Sold { grams, at }.into()
        } else if *step == BizStep::DESTROYING {
            let method = self.word("method")?.unwrap_or(DisposalMethod::Other);
            Disposed { grams, method, details: None, at }.into()
        } else {
            let reason = self.word("reason")?.unwrap_or(LossReason::Other);
            Lost { grams, reason, details: None, at }.into()
        };
        self.propose(batch, event, None)
    }

    pub(super) fn cooled(&mut self, quantities: &[Quantity]) -> Option<()> {
        let of = self.only(LIST, quantities)?;
        let (batch, place, at) = (self.batch(LIST, of)?, self.where_to()?, Some(self.at()?));
        let Some(measured_mc) = self.temperature() else {
            return self.fault(&["sensorElementList"], FaultKind::Missing("Temperature in CEL"));
        };
        let Some(method) = self.word("method")? else { return self.fault(&[], FaultKind::Missing("nguon:method")) };
        let set_point_mc = match self.own("setPointCelsius") {
            Some(Value::Number(celsius)) => celsius.thousandths(),
            _ => None,
        };
        self.propose(batch, Cooled { method, measured_mc, set_point_mc, place, at }.into(), None)
    }

    /// A batch that a field of our own names, if it does; it has to be known.
    fn known_batch(&mut self, name: &str) -> Option<Option<ChainId>> {
        match self.named(name) {
            None => Some(None),
            Some(chain) if self.register.kind(&chain) == Some(ChainKind::Batch) => Some(Some(chain)),
            Some(_) => self.fault(&[&["nguon:", name].concat()], FaultKind::UnknownBatch),
        }
    }

    /// A word of records in a field of our own, if it is there; it has to be one of theirs.
    fn word<T: DeserializeOwned>(&mut self, name: &str) -> Option<Option<T>> {
        let Some(value) = self.own(name) else { return Some(None) };
        let word = value.text().map(|text| serde_json::Value::String(text.to_owned()));
        let read = word.and_then(|word| serde_json::from_value(word).ok());
        let field = ["nguon:", name].concat();
        read.map(Some).or_else(|| self.fault(&[&field], FaultKind::Expected("a word that records have here")))
    }
}
