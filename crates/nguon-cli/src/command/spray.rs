//! `nguon spray`: something was applied on a plot.

use clap::ValueEnum;
use nguon_core::event::{Dose, InputKind};
use nguon_core::values::{Code, Count, Days, SquareMetres};
use nguon_draft::{Applied, Draft};
use serde_json::json;

use super::init::text;
use crate::args::Signing;
use crate::compose::normalised;
use crate::desk::Desk;
use crate::error::Error;
use crate::moment;
use crate::quantity;
use crate::report::Report;
use crate::session::Session;

const EXAMPLE: &str = "\
Examples:
  nguon spray thua-bay --product \"Abamectin 1.8EC\" --ingredient abamectin --dose 250ml \\
      --hectares 0.5 --phi-days 7 --product-lot L-2231 --as coop --for bay
  nguon spray thua-bay --kind fertilizer --product \"NPK 16-16-8\" --dose 25kg --hectares 0.5 \\
      --at \"2026-06-05 06:30\"

Says from when on the plot may be picked. A fertilizer has no interval unless --phi-days says so.
The dose is what was used on the whole of the treated area: 250ml, 1.5l, 500g, 25kg.";

/// Options of `nguon spray`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLE)]
pub struct Args {
    /// The plot
    plot: String,
    /// What kind of product
    #[arg(long, value_enum, default_value_t = Kind::PlantProtection)]
    kind: Kind,
    /// Its trade name with formulation
    #[arg(long)]
    product: String,
    /// An active ingredient (ISO common name); may be repeated
    #[arg(long = "ingredient", value_name = "NAME")]
    ingredients: Vec<String>,
    /// Lot number on its package
    #[arg(long, value_name = "LOT")]
    product_lot: Option<Code>,
    /// Product used on all of the treated area
    #[arg(long, value_parser = dose)]
    dose: Dose,
    /// Litres of water it was mixed into
    #[arg(long, value_name = "LITRES")]
    water: Option<u64>,
    /// Treated area in hectares
    #[arg(long, value_parser = quantity::hectares)]
    hectares: SquareMetres,
    /// Days that must lie between this and a harvest (thời gian cách ly) [required of plant protection]
    #[arg(long, value_name = "DAYS")]
    phi_days: Option<u16>,
    /// Name of who applied it (personal: sealed)
    #[arg(long, value_name = "NAME")]
    operator: Option<String>,
    /// Further words, such as the pest (sealed)
    #[arg(long, value_name = "WORDS")]
    notes: Option<String>,
    /// When it was applied [default: now]
    #[arg(long, value_name = "TIME")]
    at: Option<String>,
    #[command(flatten)]
    signing: Signing,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Kind {
    /// Thuốc bảo vệ thực vật
    PlantProtection,
    /// Phân bón
    Fertilizer,
    /// Chất điều hòa sinh trưởng
    GrowthRegulator,
}

/// Records it.
pub fn run(session: &Session, args: &Args) -> Result<Report, Error> {
    if args.kind == Kind::PlantProtection && args.phi_days.is_none() {
        return Err(Error::caller("--phi-days is missing").next("read it on the package (thời gian cách ly)"));
    }
    let at = moment::option(session, args.at.as_deref())?;
    let ingredients = args.ingredients.iter().map(|name| text("--ingredient", name)).collect::<Result<_, _>>()?;
    let water_ml = args.water.map(|litres| Count::new(litres.saturating_mul(1000))).transpose();
    let desk = Desk::open(session, &args.signing)?;
    let plot = desk.find(&args.plot)?;
    let draft = Draft::Applied(Applied {
        plot,
        kind: match args.kind {
            Kind::PlantProtection => InputKind::PlantProtection,
            Kind::Fertilizer => InputKind::Fertilizer,
            Kind::GrowthRegulator => InputKind::GrowthRegulator,
        },
        product: text("--product", &args.product)?,
        ingredients,
        lot: args.product_lot.clone(),
        dose: args.dose,
        water_ml: water_ml.map_err(|error| Error::caller(format_args!("--water: {error}")))?,
        area_m2: args.hectares,
        phi_days: Days::new(args.phi_days.unwrap_or(0))
            .map_err(|error| Error::caller(format_args!("--phi-days: {error}")))?,
        at,
        operator: args.operator.as_deref().map(normalised),
        note: args.notes.as_deref().map(normalised),
        photos: Vec::new(),
    });
    let written = desk.write(&draft)?;
    let earliest = written.state(&plot).and_then(|state| Some(state.place()?.log.earliest_harvest())).unwrap_or(0);
    let earliest = nguon_core::values::Time::new(earliest).ok().filter(|earliest| earliest.get() > 0);
    let mut said = format!("Signed: {} on {} (outbox entry {}).\n", args.product, args.plot, written.number);
    if let Some(earliest) = earliest {
        said.push_str(&format!("May be picked from {} on.\n", moment::show(earliest, session.offset)));
    }
    said.push_str("Next: nguon push");
    Ok(Report::new(said, json!({ "outbox": written.number, "plot": plot, "earliest_harvest": earliest })))
}

/// Millilitres, litres, grams, kilograms.
fn dose(given: &str) -> Result<Dose, String> {
    let wrong = || format!("{given:?} is no dose: write 250ml, 1.5l, 500g or 25kg");
    let lower = given.trim().to_lowercase();
    let split = lower.find(|c: char| c.is_ascii_alphabetic()).ok_or_else(wrong)?;
    let (number, unit) = lower.split_at(split);
    let number = number.trim().replace(',', ".");
    let (whole, part) = number.split_once('.').unwrap_or((&number, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(part) || part.len() > 3 || number.ends_with('.') {
        return Err(wrong());
    }
    let thousandths: u64 = format!("{whole}{part:0<3}").parse().map_err(|_| wrong())?;
    let count = |factor: u64| thousandths.checked_mul(factor).and_then(|n| Count::new(n).ok()).ok_or_else(wrong);
    match unit.trim() {
        "ml" => count(1).map(Dose::Microlitres),
        "l" => count(1_000).map(Dose::Microlitres),
        "g" => count(1).map(Dose::Milligrams),
        "kg" => count(1_000).map(Dose::Milligrams),
        _ => Err(wrong()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doses_are_read_as_people_write_them() {
        let count = |n| Count::new(n).unwrap();
        assert_eq!(dose("250ml"), Ok(Dose::Microlitres(count(250_000))));
        assert_eq!(dose("1,5 l"), Ok(Dose::Microlitres(count(1_500_000))));
        assert_eq!(dose("500 G"), Ok(Dose::Milligrams(count(500_000))));
        assert_eq!(dose("25kg"), Ok(Dose::Milligrams(count(25_000_000))));
        for text in ["", "250", "ml", "0ml", "1.2345l", "-1l", "1e3g", "5 t", "99999999999999999999kg"] {
            assert!(dose(text).is_err(), "{text}");
        }
    }
}
