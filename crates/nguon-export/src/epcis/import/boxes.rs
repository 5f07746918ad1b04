//! Packing, packing anew, and pallets.

use nguon_core::event::{Aggregated, DrawReason, Drawn, Packed, Repacked};
use nguon_core::ids::ChainId;
use nguon_core::values::{Count, Grams, SsccCode, Text};

use super::Desk;
use crate::epcis::key::Key;
use crate::epcis::model::{Extension, Group, Quantity, Value, What};
use crate::epcis::read::FaultKind;

const OUT: &str = "outputQuantityList";

impl Desk<'_> {
    pub(super) fn packed(&mut self, again: bool) -> Option<()> {
        let What::Transformation { input_quantities, output_quantities, .. } = &self.event.what else { return None };
        let Some(out) = output_quantities.first() else { return self.fault(&[OUT], FaultKind::OneQuantity(0)) };
        let batch = self.batch(OUT, out)?;
        let (boxes, grams_per_box) = self.boxes(output_quantities)?;
        let taken = self.taken("inputQuantityList", input_quantities)?;
        // Our own documents tell each draw by itself; elsewhere to pack something is to take it.
        if self.own("event").is_none() {
            for input in &taken {
                let drawn = Drawn { to: batch, grams: input.grams, why: DrawReason::Packing };
                self.propose(input.from, drawn.into(), None)?;
            }
        }
        let inputs = self.inputs("inputQuantityList", taken)?;
        let (grade, place, document, at) = (self.grade()?, self.where_to()?, self.paper()?, Some(self.at()?));
        let event = if again {
            Repacked { inputs, boxes, grams_per_box, grade, place, document, at }.into()
        } else {
            Packed { inputs, boxes, grams_per_box, grade, place, document, at }.into()
        };
        self.propose(batch, event, None)
    }

    /// A place that is told has to be known.
    pub(super) fn where_to(&mut self) -> Option<Option<ChainId>> {
        self.place().map_or(Some(None), |place| place.map(Some))
    }

    /// A document that is told has to fit a record.
    pub(super) fn paper(&mut self) -> Option<Option<nguon_core::event::Document>> {
        self.document().map_or(Some(None), |document| document.map(Some))
    }

    fn grade(&mut self) -> Option<Option<Text>> {
        let Some(Value::Text(grade)) = Extension::find(&self.event.ilmd, "grade") else { return Some(None) };
        match grade.parse() {
            Ok(grade) => Some(Some(grade)),
            Err(error) => {
                let error: nguon_core::values::TextError = error;
                self.fault(&["ilmd", "nguon:grade"], FaultKind::Record(error.to_string()))
            }
        }
    }

    /// How many boxes of what weight: by our own fields, or by a count and a mass of the same class.
    fn boxes(&mut self, output: &[Quantity]) -> Option<(Count, Grams)> {
        let told = |name: &str| Extension::find(&self.event.ilmd, name).and_then(Value::count);
        let (boxes, each) = match (told("boxes"), told("gramsPerBox"), output) {
            (Some(boxes), Some(each), [_]) => (boxes, each),
            (None, None, [one, other]) if one.epc_class == other.epc_class => {
                let (counted, (at, weighed)) = if one.uom.is_none() { (one, (1, other)) } else { (other, (0, one)) };
                let grams = self.grams(OUT, at, weighed)?.get();
                let boxes = counted.quantity.filter(|_| counted.uom.is_none()).and_then(|count| count.scaled(1, 0));
                match boxes.filter(|boxes| *boxes > 0 && grams % boxes == 0) {
                    Some(boxes) => (boxes, grams / boxes),
                    None => return self.fault(&[OUT], FaultKind::NoBoxes),
                }
            }
            (_, _, [_] | [_, _]) => return self.fault(&[OUT], FaultKind::NoBoxes),
            _ => return self.fault(&[OUT], FaultKind::OneQuantity(output.len())),
        };
        let made = Count::new(boxes).ok().zip(Grams::new(each).ok());
        made.or_else(|| self.fault(&[OUT], FaultKind::NoBoxes))
    }

    /// Boxes of one or several batches on a pallet: a record each.
    pub(super) fn aggregated(&mut self, group: &Group) -> Option<()> {
        const LIST: &str = "childQuantityList";
        let sscc = match group.parent.as_ref().map(Key::of) {
            Some(Ok(Key::Unit(sscc))) => sscc.as_str().parse::<SsccCode>().ok(),
            _ => None,
        };
        let Some(sscc) = sscc else { return self.fault(&["parentID"], FaultKind::Sscc) };
        if group.quantities.is_empty() {
            return self.fault(&[LIST], FaultKind::OneQuantity(0));
        }
        let at = Some(self.at()?);
        for (index, of) in group.quantities.iter().enumerate() {
            let batch = self.batch(LIST, of)?;
            let count = of.quantity.filter(|_| of.uom.is_none()).and_then(|count| count.scaled(1, 0));
            let index = index.to_string();
            let boxes = count.and_then(|count| Count::new(count).ok());
            let Some(boxes) = boxes else { return self.fault(&[LIST, &index], FaultKind::NoBoxes) };
            self.propose(batch, Aggregated { sscc: sscc.clone(), boxes, at }.into(), None)?;
        }
        Some(())
    }
}
