//! Quantities that contradict each other within one event.

use super::fault::FaultKind;
use super::fields::Desk;
use super::path::Path;
use crate::epcis::model::{Event, Extension, Quantity, Value, What};

/// No more comes out of a transformation than went in; boxes weigh together what is said of them.
pub(super) fn check(event: &Event, path: &Path<'_>, desk: &mut Desk<'_>) {
    if let What::Transformation { id: None, input_epcs, input_quantities, output_quantities, .. } = &event.what {
        let sums = [input_quantities, output_quantities].map(|list| grams(list));
        if let ([Some(inputs), Some(outputs)], true) = (sums, input_epcs.is_empty())
            && outputs > inputs
            && inputs > 0
        {
            desk.faults.add(&path.key("outputQuantityList"), FaultKind::MoreOut { inputs, outputs });
        }
    }
    for (of, fields) in [("ilmd", &event.ilmd), ("", &event.extensions)] {
        boxes(event, fields, if of.is_empty() { *path } else { path.key(of) }, desk);
    }
}

/// Grams of all, if every one is a mass that is a whole number of grams.
fn grams(list: &[Quantity]) -> Option<u64> {
    list.iter().try_fold(0_u64, |sum, of| sum.checked_add(of.uom?.grams(of.quantity?)?))
}

/// Our own documents say of packed produce how many boxes it is, and how much is in each.
fn boxes(event: &Event, fields: &[Extension], path: Path<'_>, desk: &mut Desk<'_>) {
    let number = |name: &str| Extension::find(fields, name).and_then(Value::count);
    let (Some(boxes), Some(grams_per_box)) = (number("boxes"), number("gramsPerBox")) else { return };
    let lists = event.quantity_lists();
    let list = if lists[1].1.is_empty() { lists[0].1 } else { lists[1].1 };
    let [of] = list else { return };
    let Some(grams) = of.uom.zip(of.quantity).and_then(|(unit, amount)| unit.grams(amount)) else { return };
    if boxes.checked_mul(grams_per_box) != Some(grams) {
        desk.faults.add(&path.key("nguon:boxes"), FaultKind::Boxes { boxes, grams_per_box, grams });
    }
}
