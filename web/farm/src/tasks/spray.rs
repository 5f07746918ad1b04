//! The field log: what was applied on a plot.

use nguon_core::event::{Dose, InputKind};
use nguon_core::ids::ChainId;
use nguon_core::values::{Code, Count, Days, SquareMetres, Text, Time};

use super::amount::{AreaUnit, DoseUnit, more_than_nothing, whole};
use super::day::{DAY, Day, moment};
use super::facts::{Facts, Plot};
use super::field::{Fault, Faults, Field};
use super::product::ingredients;
use super::sheet::Sheet;
use crate::products::Product;

/// Seconds after which the log takes the day of writing for the day of spraying.
const LATE: u64 = 7 * DAY;

/// The kinds of products with their values in a form, the commonest first.
pub const KINDS: [(&str, InputKind); 3] = [
    ("plant_protection", InputKind::PlantProtection),
    ("fertilizer", InputKind::Fertilizer),
    ("growth_regulator", InputKind::GrowthRegulator),
];

/// What was applied, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spray {
    /// Where
    pub plot: ChainId,
    /// What kind of product
    pub kind: InputKind,
    /// Its name
    pub product: Text,
    /// Its active ingredients
    pub ingredients: Vec<Text>,
    /// Lot number on its package
    pub lot: Option<Code>,
    /// How much
    pub dose: Dose,
    /// In how many millilitres of water
    pub water_ml: Option<Count>,
    /// On how much land
    pub area: SquareMetres,
    /// Pre-harvest interval
    pub phi: Days,
    /// When, if not now
    pub at: Option<Time>,
    /// Further words
    pub notes: Option<String>,
}

/// What to look at before signing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Warning {
    /// Fruit was picked on this day, before the interval was over
    Harvested(Day),
    /// The log will count it as done today
    Old,
    /// Larger than the plot
    Larger,
}

/// From when on the plot may be picked, if this is recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Earliest {
    /// Because of this; `None`: at once
    pub this: Option<Day>,
    /// Because of what was applied before, where that is later
    pub other: Option<Day>,
}

/// Chooses a product of the list: what the list knows of it is filled in, and may be changed.
pub fn choose(sheet: &mut Sheet, product: &Product, facts: &Facts) {
    sheet.set(Field::Product, product.name.clone());
    sheet.set(Field::Ingredients, product.active_ingredient.clone());
    sheet.set(Field::Phi, product.phi_days.to_string());
    if let Some(used) = facts.used.iter().find(|used| used.product.name == product.name) {
        sheet.set(Field::Kind, used.kind);
        // The package that was opened then is likely to be the one in hand; it stands where it can be changed.
        sheet.set(Field::ProductLot, used.lot.clone().unwrap_or_default());
        sheet.set(Field::DoseUnit, if used.dose.1 { DoseUnit::Millilitre } else { DoseUnit::Gram }.sign());
    }
}

/// Fills in what follows from the plot.
pub fn fill(sheet: &mut Sheet, facts: &Facts) {
    let plot = sheet.plot.and_then(|plot| facts.plot(&plot));
    if let Some(plot) = plot.filter(|_| sheet.text(Field::Area).is_empty()) {
        sheet.set(Field::Area, plot.area_m2.to_string());
        sheet.set(Field::AreaUnit, AreaUnit::SquareMetre.value());
    }
    if sheet.text(Field::Day).is_empty() {
        sheet.set(Field::Day, facts.today().to_field());
    }
}

/// What stands wrong on the screen that asks how much.
#[must_use]
pub fn amount_faults(sheet: &Sheet) -> Faults {
    let mut faults = Faults::new();
    let mut check = |field, fault: Option<Fault>| faults.extend(fault.map(|fault| (field, fault)));
    check(Field::Dose, dose(sheet).err());
    check(Field::Area, area(sheet).err());
    check(Field::Water, water(sheet).err());
    faults
}

/// What stands wrong on the screen that asks for the product.
#[must_use]
pub fn product_fault(sheet: &Sheet) -> Option<Fault> {
    text(sheet.text(Field::Product)).err()
}

fn text(typed: &str) -> Result<Text, Fault> {
    let typed = typed.trim();
    if typed.is_empty() { Err(Fault::Empty) } else { typed.parse().map_err(|_| Fault::TooLong) }
}

fn dose(sheet: &Sheet) -> Result<Dose, Fault> {
    let unit = DoseUnit::of_sign(sheet.text(Field::DoseUnit)).unwrap_or_default();
    let fine = Count::new(unit.fine(more_than_nothing(sheet.text(Field::Dose))?)).map_err(|_| Fault::TooMuch)?;
    Ok(if unit.is_volume() { Dose::Microlitres(fine) } else { Dose::Milligrams(fine) })
}

fn area(sheet: &Sheet) -> Result<SquareMetres, Fault> {
    let unit = AreaUnit::of_value(sheet.text(Field::AreaUnit)).unwrap_or_default();
    let metres = unit.square_metres(more_than_nothing(sheet.text(Field::Area))?);
    SquareMetres::new(metres).map_err(|_| if metres == 0 { Fault::Zero } else { Fault::TooMuch })
}

fn water(sheet: &Sheet) -> Result<Option<Count>, Fault> {
    match more_than_nothing(sheet.text(Field::Water)) {
        Ok(millilitres) => Count::new(millilitres).map(Some).map_err(|_| Fault::TooMuch),
        Err(Fault::Empty) => Ok(None),
        Err(fault) => Err(fault),
    }
}

fn phi(sheet: &Sheet) -> Result<Days, Fault> {
    let days = whole(sheet.text(Field::Phi))?;
    u16::try_from(days).ok().and_then(|days| Days::new(days).ok()).ok_or(Fault::TooMuch)
}

fn lot(sheet: &Sheet) -> Result<Option<Code>, Fault> {
    let typed = sheet.text(Field::ProductLot).trim();
    if typed.is_empty() {
        return Ok(None);
    }
    if typed.len() > 64 {
        return Err(Fault::TooLong);
    }
    typed.parse().map(Some).map_err(|_| Fault::NotACode)
}

fn active(sheet: &Sheet) -> Result<Vec<Text>, Fault> {
    let names = ingredients(sheet.text(Field::Ingredients));
    if names.len() > 8 {
        return Err(Fault::TooMany);
    }
    let needed = kind(sheet) == InputKind::PlantProtection;
    if needed && names.is_empty() {
        return Err(Fault::Empty);
    }
    names.iter().map(|name| text(name)).collect()
}

/// The kind that is chosen.
#[must_use]
pub fn kind(sheet: &Sheet) -> InputKind {
    let chosen = sheet.text(Field::Kind);
    KINDS.iter().find(|(value, _)| *value == chosen).map_or(InputKind::PlantProtection, |(_, kind)| *kind)
}

fn at(sheet: &Sheet, facts: &Facts) -> Result<Option<Time>, Fault> {
    let day = Day::typed(sheet.text(Field::Day), facts.today())?;
    Ok(moment(day, facts.now)?.and_then(|unix| Time::new(unix).ok()))
}

/// All of it.
///
/// # Errors
/// What stands wrong, in the order of the page.
pub fn check(sheet: &Sheet, facts: &Facts) -> Result<Spray, Faults> {
    let mut faults = Faults::new();
    let product = keep(&mut faults, Field::Product, text(sheet.text(Field::Product)));
    let active = keep(&mut faults, Field::Ingredients, active(sheet));
    let dose = keep(&mut faults, Field::Dose, dose(sheet));
    let area = keep(&mut faults, Field::Area, area(sheet));
    let water_ml = keep(&mut faults, Field::Water, water(sheet));
    let phi = keep(&mut faults, Field::Phi, phi(sheet));
    let at = keep(&mut faults, Field::Day, at(sheet, facts));
    let lot = keep(&mut faults, Field::ProductLot, lot(sheet));
    let plot = keep(&mut faults, Field::Plot, sheet.plot.ok_or(Fault::NotChosen));
    let notes = Some(sheet.text(Field::Notes).trim().to_owned()).filter(|notes| !notes.is_empty());
    if notes.as_ref().is_some_and(|notes| notes.len() > 2000) {
        faults.push((Field::Notes, Fault::TooLong));
    }
    match (plot, product, active, dose, area, water_ml, phi, at, lot) {
        (
            Some(plot),
            Some(product),
            Some(ingredients),
            Some(dose),
            Some(area),
            Some(water_ml),
            Some(phi),
            Some(at),
            Some(lot),
        ) if faults.is_empty() => {
            Ok(Spray { plot, kind: kind(sheet), product, ingredients, lot, dose, water_ml, area, phi, at, notes })
        }
        _ => Err(faults),
    }
}

/// What came of a field, or nothing and its fault noted.
pub fn keep<T>(faults: &mut Faults, field: Field, found: Result<T, Fault>) -> Option<T> {
    found.map_err(|fault| faults.push((field, fault))).ok()
}

/// From when on the plot may be picked, as far as what is typed can be read.
#[must_use]
pub fn earliest(sheet: &Sheet, facts: &Facts) -> Option<Earliest> {
    let days = phi(sheet).ok()?.get();
    let applied = counts_at(sheet, facts)?;
    let end = applied + u64::from(days) * DAY;
    let before = plot(sheet, facts).and_then(|plot| plot.wait.as_ref()).map_or(0, |wait| wait.until);
    let day = |unix| Day::from_moment_on(unix);
    Some(Earliest {
        this: (days > 0 && end > facts.now).then(|| day(end)),
        other: (before > end && before > facts.now).then(|| day(before)),
    })
}

/// When the log will count it as applied.
fn counts_at(sheet: &Sheet, facts: &Facts) -> Option<u64> {
    let claimed = at(sheet, facts).ok()?.map_or(facts.now, Time::get);
    Some(if claimed + LATE < facts.now { facts.now } else { claimed })
}

fn plot<'a>(sheet: &Sheet, facts: &'a Facts) -> Option<&'a Plot> {
    sheet.plot.and_then(|plot| facts.plot(&plot))
}

/// What to look at before signing.
#[must_use]
pub fn warnings(sheet: &Sheet, facts: &Facts) -> Vec<Warning> {
    let mut found = Vec::new();
    let (Ok(claimed), Ok(days)) = (at(sheet, facts), phi(sheet)) else { return found };
    let claimed = claimed.map_or(facts.now, Time::get);
    let until = claimed + u64::from(days.get()) * DAY;
    let plot = plot(sheet, facts);
    let early = plot.and_then(|plot| plot.harvests.iter().find(|harvest| (claimed..until).contains(harvest)));
    found.extend(early.map(|harvest| Warning::Harvested(facts.day(*harvest))));
    if claimed + LATE < facts.now {
        found.push(Warning::Old);
    }
    if let (Ok(area), Some(plot)) = (area(sheet), plot)
        && area.get() > plot.area_m2
    {
        found.push(Warning::Larger);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tasks::samples::{NOW, facts, id};
    use crate::tasks::sheet::{Action, Step};

    fn filled() -> (Sheet, Facts) {
        let (mut sheet, facts) = (Sheet::new(Step::Check), facts());
        sheet.act(Action::Plot(id(2)), &facts);
        choose(&mut sheet, &facts.used[0].product, &facts);
        fill(&mut sheet, &facts);
        sheet.set(Field::Dose, "60");
        (sheet, facts)
    }

    #[test]
    fn a_product_used_before_needs_only_the_dose() {
        let (sheet, facts) = filled();
        let spray = check(&sheet, &facts).unwrap();
        assert_eq!(spray.dose, Dose::Microlitres(Count::new(60_000).unwrap()));
        assert_eq!((spray.area.get(), spray.phi.get(), spray.at), (2_000, 7, None));
        assert_eq!(spray.lot, Some("240518A".parse().unwrap()));
        assert_eq!(spray.ingredients, ["abamectin".parse().unwrap()]);
    }

    #[test]
    fn every_fault_is_told_at_its_field_and_in_the_order_of_the_page() {
        let (mut sheet, facts) = filled();
        for (field, text) in [
            (Field::Product, ""),
            (Field::Ingredients, "a,b,c,d,e,f,g,h,i"),
            (Field::Dose, "0"),
            (Field::Area, "1.200"),
            (Field::Phi, "7,5"),
            (Field::Day, "6/6/2026"),
            (Field::ProductLot, "lô số 5"),
        ] {
            sheet.set(field, text);
        }
        let expected = [
            (Field::Product, Fault::Empty),
            (Field::Ingredients, Fault::TooMany),
            (Field::Dose, Fault::Zero),
            (Field::Area, Fault::Ambiguous),
            (Field::Phi, Fault::NotWhole),
            (Field::Day, Fault::Future),
            (Field::ProductLot, Fault::NotACode),
        ];
        assert_eq!(check(&sheet, &facts).unwrap_err(), expected);
    }

    #[test]
    fn a_fertiliser_needs_no_active_ingredient_and_a_spray_does() {
        let (mut sheet, facts) = filled();
        sheet.set(Field::Ingredients, "");
        assert_eq!(check(&sheet, &facts), Err(vec![(Field::Ingredients, Fault::Empty)]));
        sheet.set(Field::Kind, "fertilizer");
        assert!(check(&sheet, &facts).unwrap().ingredients.is_empty());
    }

    #[test]
    fn the_earliest_day_of_harvest_stands_there_before_signing() {
        let (mut sheet, facts) = filled();
        let found = earliest(&sheet, &facts).unwrap();
        assert_eq!(found.this, Some(facts.today().earlier(-8)), "seven days from this afternoon end within a day");
        sheet.set(Field::Phi, "0");
        assert_eq!(earliest(&sheet, &facts), Some(Earliest { this: None, other: None }));
        sheet.act(Action::Plot(id(3)), &facts);
        assert!(earliest(&sheet, &facts).unwrap().other.is_some(), "what was applied before reaches further");
        sheet.set(Field::Phi, "?");
        assert_eq!(earliest(&sheet, &facts), None);
    }

    #[test]
    fn a_harvest_that_came_too_early_is_told_and_may_be_recorded_all_the_same() {
        let (mut sheet, mut facts) = filled();
        facts.plots[0].harvests = vec![NOW - DAY];
        sheet.set(Field::Day, facts.today().earlier(3).to_field());
        assert_eq!(warnings(&sheet, &facts), [Warning::Harvested(facts.today().earlier(1))]);
        assert!(check(&sheet, &facts).is_ok());
    }

    #[test]
    fn after_a_week_the_log_counts_today_and_the_page_says_so() {
        let (mut sheet, facts) = filled();
        sheet.set(Field::Day, facts.today().earlier(9).to_field());
        assert_eq!(warnings(&sheet, &facts), [Warning::Old]);
        assert_eq!(earliest(&sheet, &facts).unwrap().this, Some(facts.today().earlier(-8)));
        sheet.set(Field::Area, "2500");
        assert_eq!(warnings(&sheet, &facts), [Warning::Old, Warning::Larger]);
    }
}
