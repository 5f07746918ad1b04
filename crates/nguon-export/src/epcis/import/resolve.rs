//! What names in events stand for here.

use nguon_core::event::{Document, Input};
use nguon_core::ids::ChainId;
use nguon_core::record::ChainKind;
use nguon_core::values::Grams;

use super::Desk;
use crate::epcis::key::{Key, decoded};
use crate::epcis::model::{BizTransaction, Extension, Quantity, ReportField, SensorValue, Value};
use crate::epcis::read::FaultKind;
use crate::epcis::uri::Uri;
use crate::epcis::vocabulary::{MeasurementType, SourceDestType};
use crate::epcis::write::names::{DOCUMENT, KINDS, own};

impl Desk<'_> {
    /// A field of our own.
    pub(super) fn own(&self, name: &str) -> Option<&Value> {
        Extension::find(&self.event.extensions, name)
    }

    /// A chain that a field of our own names.
    pub(super) fn named(&self, name: &str) -> Option<ChainId> {
        chain_in(self.own(name)?)
    }

    /// The batch that the event is about: the one of its class, or which of several our own field says.
    pub(super) fn batch(&mut self, list: &str, of: &Quantity) -> Option<ChainId> {
        let candidates = self.candidates(&of.epc_class);
        let told = self.named("chain");
        match (told, &candidates[..]) {
            (Some(told), candidates) if candidates.contains(&told) => Some(told),
            (None, [only]) => Some(*only),
            (None, several @ [_, _, ..]) => self.fault(&[list], FaultKind::SeveralBatches(several.len())),
            _ => self.fault(&[list], FaultKind::UnknownBatch),
        }
    }

    fn candidates(&self, class: &Uri) -> Vec<ChainId> {
        match Key::of(class) {
            Ok(Key::Lot(gtin, lot)) => self.register.lots(&gtin, &lot),
            Ok(Key::Chain(chain)) if self.register.kind(&chain) == Some(ChainKind::Batch) => vec![chain],
            _ => Vec::new(),
        }
    }

    /// What was taken from which batches: by our own field, which has to agree with the quantities, or by these alone.
    pub(super) fn taken(&mut self, list: &str, quantities: &[Quantity]) -> Option<Vec<Input>> {
        let mut listed = 0_u64;
        let mut grams = Vec::with_capacity(quantities.len());
        for (index, of) in quantities.iter().enumerate() {
            let of = self.grams(list, index, of)?;
            listed = listed.saturating_add(of.get());
            grams.push(of);
        }
        if let Some(told) = self.told_inputs(listed, Some(ChainKind::Batch)) {
            return told;
        }
        let mut inputs = Vec::with_capacity(grams.len());
        for (index, (of, grams)) in quantities.iter().zip(grams).enumerate() {
            let index = index.to_string();
            // Taken from a lot is taken from the labelled batch: of a consignment our own field tells.
            match self.candidates(&of.epc_class).first() {
                Some(from) => inputs.push(Input { from: *from, grams }),
                None => return self.fault(&[list, &index], FaultKind::UnknownBatch),
            }
        }
        Some(inputs)
    }

    /// `nguon:inputs`, if there; `None` within if it is not sound, which was told.
    pub(super) fn told_inputs(&mut self, listed: u64, kind: Option<ChainKind>) -> Option<Option<Vec<Input>>> {
        const FIELD: &str = "nguon:inputs";
        let list = match self.own("inputs")? {
            Value::List(list) => list.clone(),
            one => vec![one.clone()],
        };
        let (mut inputs, mut told) = (Vec::with_capacity(list.len()), 0_u64);
        for (index, item) in list.iter().enumerate() {
            let index = index.to_string();
            let Value::Map(fields) = item else {
                return Some(self.fault(&[FIELD, &index], FaultKind::Expected("an object")));
            };
            let from = Extension::find(fields, "from").and_then(chain_in);
            let grams =
                Extension::find(fields, "grams").and_then(Value::count).and_then(|grams| Grams::new(grams).ok());
            let Some(from) = from.filter(|from| self.register.kind(from).is_some_and(|of| Some(of) == kind)) else {
                let unknown =
                    if kind == Some(ChainKind::Place) { FaultKind::UnknownPlace } else { FaultKind::UnknownBatch };
                return Some(self.fault(&[FIELD, &index], unknown));
            };
            let Some(grams) = grams else { return Some(self.fault(&[FIELD, &index], FaultKind::Mass)) };
            told = told.saturating_add(grams.get());
            inputs.push(Input { from, grams });
        }
        if told == listed { Some(Some(inputs)) } else { Some(self.fault(&[FIELD], FaultKind::Inputs { listed, told })) }
    }

    /// Where it happened, if that is told; `None` within if that place is not known.
    pub(super) fn place(&mut self) -> Option<Option<ChainId>> {
        let (field, location) = match (&self.event.biz_location, &self.event.read_point) {
            (Some(location), _) => ("bizLocation", location),
            (None, Some(location)) => ("readPoint", location),
            (None, None) => return None,
        };
        let found = match Key::of(&location.id) {
            Ok(Key::Place(gln)) => self.register.place(&gln),
            Ok(Key::Chain(chain)) => Some(chain).filter(|chain| self.register.kind(chain) == Some(ChainKind::Place)),
            _ => None,
        };
        Some(found.or_else(|| self.fault(&[field], FaultKind::UnknownPlace)))
    }

    /// The first party of this kind that the goods go to.
    pub(super) fn receiver(&mut self, kind: &SourceDestType) -> Option<ChainId> {
        let at = self.event.destination_list.iter().position(|side| side.kind == *kind)?;
        let found = match Key::of(&self.event.destination_list[at].id) {
            Ok(Key::Party(gln) | Key::Place(gln)) => self.register.party(&gln),
            Ok(Key::Chain(chain)) => Some(chain).filter(|chain| self.register.kind(chain) == Some(ChainKind::Actor)),
            _ => None,
        };
        found.or_else(|| self.fault(&["destinationList", &at.to_string()], FaultKind::UnknownParty))
    }

    /// The document the event names: its kind and number. Records hold one; more are passed over.
    pub(super) fn document(&mut self) -> Option<Option<Document>> {
        let document = self.event.biz_transaction_list.first()?;
        let (kind, number) = parts(document);
        let made = kind.parse().and_then(|kind| number.parse().map(|number| Document { kind, number }));
        Some(made.map(Some).unwrap_or_else(|error: nguon_core::values::CodeError| {
            self.fault(&["bizTransactionList", "0"], FaultKind::Record(error.to_string()))
        }))
    }

    /// The first temperature that was read, in thousandths of a degree Celsius.
    pub(super) fn temperature(&self) -> Option<i32> {
        let reports = self.event.sensor_element_list.iter().flat_map(|element| &element.reports);
        let is_temperature = |value: &SensorValue| *value == SensorValue::Measurement(MeasurementType::TEMPERATURE);
        let report = reports.into_iter().find(|report| report.get(ReportField::Type).is_some_and(is_temperature))?;
        match (report.get(ReportField::Value)?, report.get(ReportField::Uom)?) {
            (SensorValue::Number(number), SensorValue::Text(unit)) if unit == "CEL" => number.thousandths(),
            _ => None,
        }
    }
}

/// A chain's name in a field.
fn chain_in(value: &Value) -> Option<ChainId> {
    match Key::of(&value.text()?.parse().ok()?) {
        Ok(Key::Chain(chain)) => Some(chain),
        _ => None,
    }
}

/// Kind and number of a document: as we write them, else the vocabulary's kind and the name's last part.
fn parts(document: &BizTransaction) -> (String, String) {
    let name = document.biz_transaction.as_str();
    if let Some((kind, number)) = name.strip_prefix(own(DOCUMENT).as_str()).and_then(|rest| rest.split_once('/'))
        && let Some(both) = decoded(kind).zip(decoded(number))
    {
        return both;
    }
    let kind = document.kind.as_ref().map_or("document", |kind| {
        KINDS.iter().find(|(_, term)| term == kind).map_or_else(|| kind.as_str(), |(word, _)| word)
    });
    let number = name.rsplit([':', '/']).next().unwrap_or(name);
    (kind.to_owned(), number.to_owned())
}
