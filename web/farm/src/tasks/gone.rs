//! What is done to a batch that stays where it is: grams lost or disposed of, fruit cooled.

use nguon_core::event::{CoolingMethod, DisposalMethod, LossReason};
use nguon_core::ids::ChainId;
use nguon_core::values::{Grams, Time};
use nguon_draft::draft::{Cooling, Disposal, Draft, Loss};

use super::amount::{milli_celsius, more_than_nothing};
use super::day::{Day, moment};
use super::facts::Facts;
use super::field::{Fault, Faults, Field};
use super::sheet::Sheet;
use super::spray::keep;

/// Whether grams were lost or disposed of, as a form has it.
pub const KINDS: [&str; 2] = ["lost", "disposed"];

/// Why grams were lost, with the values of a form.
pub const LOSSES: [(&str, LossReason); 7] = [
    ("spoilage", LossReason::Spoilage),
    ("sorting", LossReason::Sorting),
    ("transport", LossReason::Transport),
    ("drying", LossReason::Drying),
    ("theft", LossReason::Theft),
    ("sample", LossReason::Sample),
    ("other", LossReason::Other),
];

/// How grams were disposed of, with the values of a form.
pub const DISPOSALS: [(&str, DisposalMethod); 5] = [
    ("compost", DisposalMethod::Compost),
    ("landfill", DisposalMethod::Landfill),
    ("animal_feed", DisposalMethod::AnimalFeed),
    ("incineration", DisposalMethod::Incineration),
    ("other", DisposalMethod::Other),
];

/// How fruit was cooled, with the values of a form.
pub const COOLINGS: [(&str, CoolingMethod); 5] = [
    ("hydrocooling", CoolingMethod::Hydrocooling),
    ("room", CoolingMethod::Room),
    ("ice", CoolingMethod::Ice),
    ("forced_air", CoolingMethod::ForcedAir),
    ("transport", CoolingMethod::Transport),
];

/// The value of a form's choice.
#[must_use]
pub fn chosen<T: Copy>(options: &[(&'static str, T)], value: &str) -> Option<T> {
    options.iter().find(|(known, _)| *known == value).map(|(_, chosen)| *chosen)
}

/// Whether the form is about disposal.
#[must_use]
pub fn is_disposal(sheet: &Sheet) -> bool {
    sheet.text(Field::Kind) == "disposed"
}

/// The batch that is chosen, or the only one there is.
#[must_use]
pub fn batch(sheet: &Sheet, facts: &Facts) -> Option<ChainId> {
    let mut left = facts.batches.iter().filter(|batch| batch.left > 0);
    match (sheet.batch.flatten(), left.next(), left.next()) {
        (Some(chosen), ..) => Some(chosen),
        (None, Some(only), None) => Some(only.id),
        _ => None,
    }
}

/// The day, if it is not today.
///
/// # Errors
/// It is none, or still to come.
pub fn at(sheet: &Sheet, facts: &Facts) -> Result<Option<Time>, Fault> {
    match sheet.text(Field::Day) {
        "" => Ok(None),
        typed => Ok(moment(Day::typed(typed, facts.today())?, facts.now)?.and_then(|unix| Time::new(unix).ok())),
    }
}

/// Grams of a field.
///
/// # Errors
/// It is no weight.
pub fn grams(sheet: &Sheet, field: Field) -> Result<Grams, Fault> {
    more_than_nothing(sheet.text(field)).and_then(|grams| Grams::new(grams).map_err(|_| Fault::TooMuch))
}

/// Lost or disposed of.
///
/// # Errors
/// What stands wrong, in the order of the page.
pub fn check(sheet: &Sheet, facts: &Facts) -> Result<Draft, Faults> {
    let mut faults = Faults::new();
    let batch = keep(&mut faults, Field::From, batch(sheet, facts).ok_or(Fault::NotChosen));
    let grams = keep(&mut faults, Field::Gone, grams(sheet, Field::Gone));
    let value = sheet.text(Field::Reason);
    let (loss, disposal) = (chosen(&LOSSES, value), chosen(&DISPOSALS, value));
    let known = if is_disposal(sheet) { disposal.is_some() } else { loss.is_some() };
    keep(&mut faults, Field::Reason, if known { Ok(()) } else { Err(Fault::NotChosen) });
    let at = keep(&mut faults, Field::Day, at(sheet, facts));
    let details = Some(sheet.text(Field::Notes).trim().to_owned()).filter(|words| !words.is_empty());
    let photos = Vec::new();
    match (batch, grams, at, loss, disposal) {
        (Some(batch), Some(grams), Some(at), _, Some(method)) if faults.is_empty() && is_disposal(sheet) => {
            Ok(Draft::Disposed(Disposal { batch, grams, method, details, at, photos }))
        }
        (Some(batch), Some(grams), Some(at), Some(reason), _) if faults.is_empty() => {
            Ok(Draft::Lost(Loss { batch, grams, reason, details, at, photos }))
        }
        _ => Err(faults),
    }
}

/// Cooled.
///
/// # Errors
/// What stands wrong, in the order of the page.
pub fn check_cooling(sheet: &Sheet, facts: &Facts) -> Result<Draft, Faults> {
    let mut faults = Faults::new();
    let batch = keep(&mut faults, Field::From, batch(sheet, facts).ok_or(Fault::NotChosen));
    let method = keep(&mut faults, Field::Method, chosen(&COOLINGS, sheet.text(Field::Method)).ok_or(Fault::NotChosen));
    let measured = keep(&mut faults, Field::Degrees, milli_celsius(sheet.text(Field::Degrees)));
    let at = keep(&mut faults, Field::Day, at(sheet, facts));
    match (batch, method, measured, at) {
        (Some(batch), Some(method), Some(measured_mc), Some(at)) => {
            Ok(Draft::Cooled(Cooling { batch, method, measured_mc, set_point_mc: None, place: None, at }))
        }
        _ => Err(faults),
    }
}

/// What is left in the chosen batch, if more is gone than that.
#[must_use]
pub fn above_left(sheet: &Sheet, facts: &Facts, field: Field) -> Option<u64> {
    let left = facts.batch(&batch(sheet, facts)?)?.left;
    let typed = super::amount::thousandths(sheet.text(field)).unwrap_or(0);
    (typed > left).then_some(left)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tasks::samples::{facts, id};
    use crate::tasks::sheet::Step;

    #[test]
    fn a_loss_needs_how_much_and_why_and_the_only_batch_need_not_be_chosen() {
        let (mut sheet, facts) = (Sheet::new(Step::Weigh), facts());
        assert_eq!(check(&sheet, &facts), Err(vec![(Field::Gone, Fault::Empty), (Field::Reason, Fault::NotChosen)]));
        sheet.set(Field::Gone, "3,5");
        sheet.set(Field::Reason, "spoilage");
        let Ok(Draft::Lost(loss)) = check(&sheet, &facts) else { panic!("a loss") };
        assert_eq!((loss.batch, loss.grams.get(), loss.reason), (id(9), 3_500, LossReason::Spoilage));
        sheet.set(Field::Kind, "disposed");
        assert!(check(&sheet, &facts).is_err(), "rot is no way to dispose of it");
        sheet.set(Field::Reason, "compost");
        assert!(matches!(check(&sheet, &facts), Ok(Draft::Disposed(_))));
    }

    #[test]
    fn more_than_is_left_is_told_with_what_is_left() {
        let (mut sheet, facts) = (Sheet::new(Step::Weigh), facts());
        sheet.set(Field::Gone, "120");
        assert_eq!(above_left(&sheet, &facts, Field::Gone), None);
        sheet.set(Field::Gone, "120,001");
        assert_eq!(above_left(&sheet, &facts, Field::Gone), Some(120_000));
    }

    #[test]
    fn cooling_takes_degrees_below_zero() {
        let (mut sheet, facts) = (Sheet::new(Step::Weigh), facts());
        sheet.set(Field::Method, "room");
        sheet.set(Field::Degrees, "-0,5");
        let Ok(Draft::Cooled(cooling)) = check_cooling(&sheet, &facts) else { panic!("a cooling") };
        assert_eq!((cooling.measured_mc, cooling.method), (-500, CoolingMethod::Room));
    }
}
