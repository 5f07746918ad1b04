//! What is applied on the plots, in the order of days.

use std::sync::Arc;

use nguon_core::event::{Corrected, CorrectionReason, Dose, InputApplied, InputKind};
use nguon_core::values::{Count, Days, List, SquareMetres};

use super::cast::Cast;
use super::dice::Dice;
use super::land::{Land, SPRAYS};
use super::scribe::Scribe;

/// Trade name, active ingredient, days to wait.
const PRODUCTS: [(&str, &str, u16); 5] = [
    ("Abamectin 3.6EC (mẫu)", "abamectin", 7),
    ("Emamectin benzoate 5WG (mẫu)", "emamectin benzoate", 7),
    ("Azoxystrobin 250SC (mẫu)", "azoxystrobin", 13),
    ("Mancozeb 80WP (mẫu)", "mancozeb", 13),
    ("Metalaxyl 25WP (mẫu)", "metalaxyl", 13),
];
/// Lots of each product on the market.
const LOTS: usize = 40;

pub(super) fn tend(scribe: &mut Scribe<'_>, cast: &Cast, land: &mut Land, mut dice: Dice) {
    for day in SPRAYS {
        scribe.turn_to(u64::try_from(day).unwrap_or_default());
        for plot in &mut land.plots {
            if plot.sprays.contains(&day) {
                let hand = cast.hand(plot.household.expect("a household"));
                let chain = plot.chain.as_mut().expect("a plot");
                let event = application(&mut dice, plot.square_metres);
                scribe.append(&hand, chain, event.clone());
                if dice.permille(8) {
                    // Somebody read the label again: a day longer, which counts at once.
                    let phi_days = Days::new(event.phi_days.get() + 1).expect("days");
                    let event = Arc::new(InputApplied { phi_days, ..event }.into());
                    let (sequence, reason) = (chain.sequence, CorrectionReason::Typing);
                    scribe.append(&hand, chain, Corrected { sequence, reason, event, details: None });
                }
            }
        }
    }
}

fn application(dice: &mut Dice, square_metres: usize) -> InputApplied {
    let number = dice.below(PRODUCTS.len());
    let (product, ingredient, phi_days) = PRODUCTS[number];
    let lot = format!("MAU-{number}-{:03}", dice.below(LOTS));
    let count = |count: usize| Count::new(u64::try_from(count).unwrap_or(u64::MAX)).expect("a count");
    InputApplied {
        kind: InputKind::PlantProtection,
        product: product.parse().expect("text"),
        active_ingredients: List::new(vec![ingredient.parse().expect("text")]).expect("an ingredient"),
        product_lot: Some(lot.parse().expect("a code")),
        dose: Dose::Milligrams(count(square_metres * 40)),
        water_ml: Some(count(square_metres * 60)),
        area_m2: SquareMetres::new(u64::try_from(square_metres).unwrap_or(u64::MAX)).expect("an area"),
        phi_days: Days::new(phi_days).expect("days"),
        operator: None,
        notes: None,
        at: None,
    }
}
