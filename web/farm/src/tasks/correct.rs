//! Corrections (đính chính): an entry of one's own as it should have been. The original stays; here is decided what may be
//! changed of it, and said whether that counts at once.

use nguon_core::event::{Dose, Event, Input, InputApplied, InputKind, Inputs};
use nguon_core::values::{Code, Grams, List};

use super::amount::{AreaUnit, DoseUnit, milli_celsius};
use super::day::Day;
use super::facts::Facts;
use super::field::{Fault, Faults, Field};
use super::gone::grams;
use super::say;
use super::sheet::{Sheet, Step};
use super::spray::{self, KINDS, Spray, keep};

/// Why, with the values of a form.
pub const REASONS: [&str; 4] = ["typing", "weighing", "selection", "other"];

/// What of an entry can be corrected here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// All of an application
    Spray,
    /// A weight, grams
    Weight(u64),
    /// A temperature, thousandths of a degree
    Degrees(i32),
    /// Nothing
    Nothing,
}

/// What of this event can be corrected here.
#[must_use]
pub fn kind(event: &Event) -> Kind {
    match event {
        Event::InputApplied(_) => Kind::Spray,
        Event::HarvestDrawn(event) => Kind::Weight(event.grams.get()),
        Event::Drawn(event) => Kind::Weight(event.grams.get()),
        Event::Lost(event) => Kind::Weight(event.grams.get()),
        Event::Disposed(event) => Kind::Weight(event.grams.get()),
        Event::Sold(event) => Kind::Weight(event.grams.get()),
        Event::Cooled(event) => Kind::Degrees(event.measured_mc),
        Event::Harvested(_) | Event::Received(_) => match event.inputs() {
            [only] => Kind::Weight(only.grams.get()),
            _ => Kind::Nothing,
        },
        _ => Kind::Nothing,
    }
}

/// Fills in the form with what the entry says by now.
pub fn fill(sheet: &mut Sheet, event: &Event, signed_at: u64, facts: &Facts) {
    sheet.step = Step::Edit;
    match (event, kind(event)) {
        (Event::InputApplied(event), _) => fill_spray(sheet, event, signed_at, facts),
        (_, Kind::Weight(grams)) => sheet.set(Field::Value, say::typed(grams)),
        (_, Kind::Degrees(milli)) => {
            let sign = if milli < 0 { "-" } else { "" };
            sheet.set(Field::Degrees, format!("{sign}{}", say::typed(milli.unsigned_abs().into())));
        }
        _ => {}
    }
}

fn fill_spray(sheet: &mut Sheet, event: &InputApplied, signed_at: u64, facts: &Facts) {
    let kind = KINDS.iter().find(|(_, kind)| *kind == event.kind).map_or("", |(value, _)| value);
    let (fine, unit) = match event.dose {
        Dose::Microlitres(fine) => (fine.get(), DoseUnit::Millilitre),
        Dose::Milligrams(fine) => (fine.get(), DoseUnit::Gram),
    };
    let names: Vec<&str> = event.active_ingredients.iter().map(nguon_core::values::Text::as_str).collect();
    sheet.set(Field::Kind, kind);
    sheet.set(Field::Product, event.product.as_str());
    sheet.set(Field::Ingredients, names.join(", "));
    sheet.set(Field::ProductLot, event.product_lot.as_ref().map(Code::to_string).unwrap_or_default());
    sheet.set(Field::Dose, say::typed(fine));
    sheet.set(Field::DoseUnit, unit.sign());
    sheet.set(Field::Water, event.water_ml.map(|water| say::typed(water.get())).unwrap_or_default());
    sheet.set(Field::Area, event.area_m2.to_string());
    sheet.set(Field::AreaUnit, AreaUnit::SquareMetre.value());
    sheet.set(Field::Phi, event.phi_days.to_string());
    sheet.set(Field::Day, facts.day(event.at.map_or(signed_at, |at| at.get())).to_field());
}

/// The event as it should have been.
///
/// # Errors
/// What stands wrong, in the order of the page; or it says what the entry says already.
pub fn check(sheet: &Sheet, event: &Event, signed_at: u64, facts: &Facts) -> Result<Event, Faults> {
    let mut faults = Faults::new();
    let mut changed = event.clone();
    match (&mut changed, kind(event)) {
        (Event::InputApplied(applied), _) => {
            let spray = keep_all(&mut faults, spray::check(sheet, facts));
            if let Some(spray) = spray {
                apply(applied, spray, signed_at, sheet, facts);
            }
        }
        (changed, Kind::Weight(_)) => {
            if let Some(grams) = keep(&mut faults, Field::Value, grams(sheet, Field::Value)) {
                set_grams(changed, grams);
            }
        }
        (Event::Cooled(cooled), Kind::Degrees(_)) => {
            if let Some(milli) = keep(&mut faults, Field::Degrees, milli_celsius(sheet.text(Field::Degrees))) {
                cooled.measured_mc = milli;
            }
        }
        _ => {}
    }
    if faults.is_empty() && changed == *event {
        let field = match kind(event) {
            Kind::Spray => Field::Dose,
            Kind::Degrees(_) => Field::Degrees,
            _ => Field::Value,
        };
        faults.push((field, Fault::Unchanged));
    }
    if !REASONS.contains(&sheet.text(Field::Reason)) {
        faults.push((Field::Reason, Fault::NotChosen));
    }
    if faults.is_empty() { Ok(changed) } else { Err(faults) }
}

fn keep_all<T>(faults: &mut Faults, found: Result<T, Faults>) -> Option<T> {
    found.map_err(|all| faults.extend(all)).ok()
}

fn apply(event: &mut InputApplied, spray: Spray, signed_at: u64, sheet: &Sheet, facts: &Facts) {
    // The day that stands there was taken from the entry: if it was left alone, so is the hour.
    let was = facts.day(event.at.map_or(signed_at, |at| at.get()));
    if Day::typed(sheet.text(Field::Day), facts.today()) != Ok(was) {
        event.at = spray.at.or_else(|| nguon_core::values::Time::new(facts.now).ok());
    }
    event.kind = spray.kind;
    event.product = spray.product;
    event.active_ingredients = List::new(spray.ingredients).unwrap_or_else(|_| event.active_ingredients.clone());
    event.product_lot = spray.lot;
    event.dose = spray.dose;
    event.water_ml = spray.water_ml;
    event.area_m2 = spray.area;
    event.phi_days = spray.phi;
}

/// Puts another weight into an event that has one.
pub fn set_grams(event: &mut Event, new: Grams) {
    let one = |inputs: &Inputs| match &inputs[..] {
        [Input { from, .. }] => Inputs::one(*from, new),
        _ => inputs.clone(),
    };
    match event {
        Event::HarvestDrawn(event) => event.grams = new,
        Event::Drawn(event) => event.grams = new,
        Event::Lost(event) => event.grams = new,
        Event::Disposed(event) => event.grams = new,
        Event::Sold(event) => event.grams = new,
        Event::Harvested(event) => event.inputs = one(&event.inputs),
        Event::Received(event) => event.inputs = one(&event.inputs),
        _ => {}
    }
}

/// Whether a correction counts as soon as it is signed: it can only take away. Any other waits for an approval.
#[must_use]
pub fn at_once(original: &Event, new: &Event) -> bool {
    match (original, new) {
        (Event::InputApplied(was), Event::InputApplied(now)) => now.at == was.at && now.phi_days > was.phi_days,
        _ => match (original, kind(original), kind(new)) {
            (Event::Harvested(_) | Event::Received(_), Kind::Weight(was), Kind::Weight(now)) => now < was,
            (Event::Lost(_) | Event::Disposed(_) | Event::Sold(_), Kind::Weight(was), Kind::Weight(now)) => now > was,
            _ => false,
        },
    }
}

/// Whether an application may be without active ingredients.
#[must_use]
pub const fn may_lack_ingredients(kind: InputKind) -> bool {
    !matches!(kind, InputKind::PlantProtection)
}

#[cfg(test)]
mod tests {
    use nguon_core::event::{Cooled, CoolingMethod, DrawReason, Drawn, HarvestDrawn, Harvested, LossReason, Lost};
    use nguon_core::values::{Count, Days, SquareMetres, Time};

    use super::*;
    use crate::tasks::day::DAY;
    use crate::tasks::samples::{NOW, facts, id};
    use crate::tasks::sheet::Action;

    fn sprayed() -> Event {
        InputApplied {
            kind: InputKind::PlantProtection,
            product: "Abamectin 3.6EC".parse().unwrap(),
            active_ingredients: List::new(vec!["abamectin".parse().unwrap()]).unwrap(),
            product_lot: None,
            dose: Dose::Microlitres(Count::new(60_000).unwrap()),
            water_ml: None,
            area_m2: SquareMetres::new(2_000).unwrap(),
            phi_days: Days::new(7).unwrap(),
            operator: None,
            notes: None,
            at: Some(Time::new(NOW - DAY).unwrap()),
        }
        .into()
    }

    fn kilograms(kilograms: u64) -> Grams {
        Grams::new(kilograms * 1000).unwrap()
    }

    fn opened(event: &Event) -> (Sheet, Facts) {
        let (mut sheet, facts) = (Sheet::new(Step::Edit), facts());
        sheet.act(Action::Plot(id(2)), &facts);
        fill(&mut sheet, event, NOW, &facts);
        sheet.set(Field::Reason, "typing");
        (sheet, facts)
    }

    #[test]
    fn a_form_left_alone_changes_nothing_and_says_so() {
        let cooled =
            Cooled { method: CoolingMethod::Ice, measured_mc: -1_500, set_point_mc: None, place: None, at: None };
        let drawn = Drawn { to: id(8), grams: kilograms(120), why: DrawReason::Handover };
        for event in [sprayed(), drawn.into(), cooled.into(), Harvested::new(Inputs::one(id(2), kilograms(24))).into()]
        {
            let (sheet, facts) = opened(&event);
            let faults = check(&sheet, &event, NOW, &facts).unwrap_err();
            assert!(matches!(faults[..], [(_, Fault::Unchanged)]), "{faults:?}");
        }
    }

    #[test]
    fn what_is_changed_is_changed_and_nothing_else() {
        let event = sprayed();
        let (mut sheet, facts) = opened(&event);
        sheet.set(Field::Phi, "14");
        let Event::InputApplied(new) = check(&sheet, &event, NOW, &facts).unwrap() else { panic!("a spray") };
        let Event::InputApplied(mut expected) = event.clone() else { panic!("a spray") };
        expected.phi_days = Days::new(14).unwrap();
        assert_eq!(new, expected);
        assert!(at_once(&event, &new.into()));
        sheet.set(Field::Phi, "3");
        assert!(!at_once(&event, &check(&sheet, &event, NOW, &facts).unwrap()));
    }

    #[test]
    fn a_weight_too_many_counts_at_once_and_one_too_few_waits() {
        let harvested: Event = Harvested::new(Inputs::one(id(2), kilograms(245))).into();
        let (mut sheet, facts) = opened(&harvested);
        sheet.set(Field::Value, "24,5");
        let new = check(&sheet, &harvested, NOW, &facts).unwrap();
        assert_eq!(kind(&new), Kind::Weight(24_500));
        assert!(at_once(&harvested, &new));
        assert!(!at_once(&new, &harvested));
        let lost = |grams| Event::from(Lost { grams, reason: LossReason::Drying, details: None, at: None });
        assert!(at_once(&lost(kilograms(1)), &lost(kilograms(2))));
        assert!(!at_once(&lost(kilograms(2)), &lost(kilograms(1))));
        let drawn = |grams| Event::from(HarvestDrawn::new("2026".parse().unwrap(), id(9), grams));
        assert!(!at_once(&drawn(kilograms(2)), &drawn(kilograms(1))));
    }

    #[test]
    fn a_reason_is_asked_for() {
        let event = sprayed();
        let (mut sheet, facts) = opened(&event);
        sheet.set(Field::Phi, "14");
        sheet.set(Field::Reason, "");
        assert_eq!(check(&sheet, &event, NOW, &facts), Err(vec![(Field::Reason, Fault::NotChosen)]));
    }
}
