//! The field log: what was sprayed and spread on each plot before the harvest.

use nguon_core::event::{Corrected, CorrectionReason, CustodianChanged, Dose, Event, InputApplied, InputKind};
use nguon_core::values::{Count, Days, List, SquareMetres};

use super::book::{Book, Hand, Ink};
use super::calendar::{Moment, moment};
use super::cast::{Crop, HOUSEHOLDS, Household, PASSED_ON, area, household as household_of};
use super::error::{Result, SeasonError};
use super::office;

/// One application on every plot of a crop.
struct Treatment {
    kind: InputKind,
    /// Trade name; invented, with the formulation that goes by it.
    product: &'static str,
    /// ISO common names of what is used on lychee in Việt Nam.
    ingredients: &'static [&'static str],
    lot: &'static str,
    /// Product on a hectare: grams of a powder or fertilizer, millilitres of a liquid.
    per_hectare: Amount,
    phi_days: u16,
    reason: &'static str,
    /// For the main crop; the early one is `EARLIER` days ahead.
    when: Moment,
}

#[derive(Clone, Copy)]
enum Amount {
    Grams(u64),
    Millilitres(u64),
}

/// The lot of the last spray.
const LAST_LOT: &str = "MAU-TS-2609";
/// Two households bought the last spray elsewhere, of a lot that came under suspicion.
pub(super) const OTHER_SHOP: [&str; 2] = ["khanh", "dung"];
pub(super) const SUSPECT_LOT: &str = "MAU-TS-2609B";
const EARLIER: u64 = 21;
/// Litres of water that carry a spray over a hectare of grown trees.
const WATER_PER_HECTARE: u64 = 600;

/// The last spray stands 21 days before the first harvest, more than any interval asks for.
const PROGRAMME: &[Treatment] = &[
    Treatment {
        kind: InputKind::Fertilizer,
        product: "NPK 5-10-3 (mẫu)",
        ingredients: &[],
        lot: "MAU-PB-2601",
        per_hectare: Amount::Grams(900_000),
        phi_days: 0,
        reason: "bón khi bắt đầu ra hoa",
        when: moment(3, 4, 7, 30),
    },
    Treatment {
        kind: InputKind::PlantProtection,
        product: "Metalaxyl-M + Mancozeb 68WG (mẫu)",
        ingredients: &["metalaxyl-M", "mancozeb"],
        lot: "MAU-TB-2611",
        per_hectare: Amount::Grams(1_500),
        phi_days: 14,
        reason: "phòng bệnh sương mai trước khi hoa nở",
        when: moment(3, 16, 6, 40),
    },
    Treatment {
        kind: InputKind::Fertilizer,
        product: "Kali clorua 60 % (mẫu)",
        ingredients: &[],
        lot: "MAU-PB-2607",
        per_hectare: Amount::Grams(350_000),
        phi_days: 0,
        reason: "bón nuôi quả, quả 0,5–1 cm",
        when: moment(4, 20, 7, 10),
    },
    Treatment {
        kind: InputKind::PlantProtection,
        product: "Emamectin benzoate 5WG (mẫu)",
        ingredients: &["emamectin benzoate"],
        lot: "MAU-TS-2604",
        per_hectare: Amount::Grams(300),
        phi_days: 7,
        reason: "sâu đục cuống quả lứa 2",
        when: moment(4, 28, 6, 20),
    },
    Treatment {
        kind: InputKind::PlantProtection,
        product: "Azoxystrobin + Difenoconazole 325SC (mẫu)",
        ingredients: &["azoxystrobin", "difenoconazole"],
        lot: "MAU-TB-2616",
        per_hectare: Amount::Millilitres(400),
        phi_days: 14,
        reason: "bệnh thán thư sau mưa",
        when: moment(5, 10, 6, 30),
    },
    Treatment {
        kind: InputKind::PlantProtection,
        product: "Abamectin 3.6EC (mẫu)",
        ingredients: &["abamectin"],
        lot: LAST_LOT,
        per_hectare: Amount::Millilitres(350),
        phi_days: 7,
        reason: "sâu đục cuống quả lứa 3, lần phun cuối",
        when: moment(5, 20, 6, 15),
    },
];

/// A household signs for itself; the co-op signs for one without a phone.
pub(super) fn hand_of(household: &'static Household) -> Result<Hand<'static>> {
    Ok(match household.phone {
        Some(_) => Hand::of(household.id),
        None => Hand::of(area(household.area)?.coop).on_behalf_of(household.id),
    })
}

pub(super) fn tend(book: &mut Book) -> Result<()> {
    let is_later = |treatment: &Treatment| treatment.when > PASSED_ON.when;
    let (before, after) = PROGRAMME.split_at(PROGRAMME.iter().position(is_later).unwrap_or(PROGRAMME.len()));
    apply(book, before)?;
    pass_on(book)?;
    apply(book, after)?;
    correct_a_slip(book)
}

/// Who works a household's plot at a time.
fn worker(household: &'static Household, when: Moment) -> Result<&'static Household> {
    let passed_on = household.id == PASSED_ON.from.id && when > PASSED_ON.when;
    if passed_on { household_of(PASSED_ON.to) } else { Ok(household) }
}

/// The plot changes hands; what was applied on it stays.
fn pass_on(book: &mut Book) -> Result<()> {
    let (plot, to) = (PASSED_ON.from.plot, book.id(PASSED_ON.to)?);
    let coop = Hand::of(area(PASSED_ON.from.area)?.coop);
    book.append(plot, coop, PASSED_ON.when, |ink| {
        let words = "Hộ Bình cho hộ Nam thuê lại thửa.";
        Ok(CustodianChanged { to, details: Some(ink.words("custodian_changed/details", words, PASSED_ON.from.id)) })
    })?;
    office::retire(book)
}

fn apply(book: &mut Book, treatments: &[Treatment]) -> Result<()> {
    for treatment in treatments {
        for (n, household) in (0..).zip(HOUSEHOLDS) {
            let applied = applied_at(treatment, n, household)?;
            // A few write it down in the evening.
            let signed = if n % 4 == 1 { applied.plus_minutes(12 * 60) } else { applied };
            let worker = worker(household, signed)?;
            book.append(household.plot, hand_of(worker)?, signed, |ink| {
                let mut event = application("input_applied", treatment, (household, worker), ink)?;
                event.at = (signed != applied).then(|| ink.time(applied)).transpose()?;
                Ok(event)
            })?;
        }
    }
    Ok(())
}

/// Neighbours spray within three days of each other.
fn applied_at(treatment: &Treatment, n: u64, household: &Household) -> Result<Moment> {
    let when = match area(household.area)?.crop {
        Crop::Main => treatment.when,
        Crop::Early => treatment.when.days_before(EARLIER),
    };
    Ok(when.plus_days(n % 3).plus_minutes(7 * n))
}

fn application<'a>(
    event: &str,
    treatment: &Treatment,
    (household, worker): (&Household, &'a Household),
    ink: &mut Ink<'a>,
) -> Result<InputApplied> {
    // An amount on the whole plot, in thousandths of a gram or millilitre.
    let share = |per_hectare: u64| Count::new(per_hectare * household.plot_m2 / 10);
    let sprayed = treatment.kind == InputKind::PlantProtection;
    let ingredients = treatment.ingredients.iter().map(|name| name.parse()).collect::<std::result::Result<_, _>>()?;
    Ok(InputApplied {
        kind: treatment.kind,
        product: treatment.product.parse()?,
        active_ingredients: List::new(ingredients)?,
        product_lot: Some(bought(treatment, household).parse()?),
        dose: match treatment.per_hectare {
            Amount::Grams(grams) => Dose::Milligrams(share(grams)?),
            Amount::Millilitres(millilitres) => Dose::Microlitres(share(millilitres)?),
        },
        water_ml: sprayed.then(|| share(WATER_PER_HECTARE)).transpose()?,
        area_m2: SquareMetres::new(household.plot_m2)?,
        phi_days: Days::new(treatment.phi_days)?,
        operator: Some(ink.words(&format!("{event}/operator"), worker.name, worker.id)),
        notes: Some(ink.words(&format!("{event}/notes"), treatment.reason, worker.id)),
        at: None,
    })
}

/// Which lot of the product a household used.
fn bought(treatment: &Treatment, household: &Household) -> &'static str {
    let other = treatment.lot == LAST_LOT && OTHER_SHOP.contains(&household.id);
    if other { SUSPECT_LOT } else { treatment.lot }
}

/// An amount of water written down wrong and put right the evening after. The first entry stays where it is.
fn correct_a_slip(book: &mut Book) -> Result<()> {
    let unknown = |what: &str| SeasonError::Unknown(what.to_owned());
    let (n, farmer) = (0..).zip(HOUSEHOLDS).find(|(_, farmer)| farmer.id == "thang").ok_or_else(|| unknown("thang"))?;
    let last = PROGRAMME.last().ok_or_else(|| unknown("treatment"))?;
    let sequence = book.head(farmer.plot)?;
    book.append(farmer.plot, hand_of(farmer)?, moment(5, 23, 19, 5), |ink| {
        let mut right = application("corrected", last, (farmer, farmer), ink)?;
        right.water_ml = Some(Count::new(700_000)?);
        right.at = Some(ink.time(applied_at(last, n, farmer)?)?);
        let details = Some(ink.words("corrected/details", "Ghi nhầm lượng nước pha.", farmer.id));
        let event = Event::InputApplied(right).into();
        Ok(Corrected { sequence, reason: CorrectionReason::Typing, event, details })
    })?;
    Ok(())
}
