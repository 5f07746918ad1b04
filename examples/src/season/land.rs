//! Growing areas, the packing house, plots, and the season's shares.

use nguon_core::event::{
    Allotment, Certified, PlaceKind, PlaceRegistered, PlotRegistered, PlotsAllotted, SeasonOpened,
};
use nguon_core::opening::FieldValue;
use nguon_core::values::{Count, Grams, List, SquareMetres};

use super::book::{Book, Hand, Ink};
use super::calendar::{Moment, moment};
use super::cast::{AREAS, Area, Crop, HOUSEHOLDS, Household, area};
use super::error::Result;

/// Name of the season on every chain.
pub(super) const SEASON: &str = "2026";
/// The packing house's place chain.
pub(super) const PACKING_HOUSE: &str = "packing-house";

pub(super) fn kg(kilograms: u64) -> Result<Grams> {
    Ok(Grams::new(kilograms * 1_000)?)
}

/// From when to when a crop is picked.
const fn window(crop: Crop) -> (Moment, Moment) {
    match crop {
        Crop::Early => (moment(5, 18, 0, 0), moment(6, 20, 0, 0)),
        Crop::Main => (moment(6, 8, 0, 0), moment(7, 20, 0, 0)),
    }
}

/// The authority registers the codes; their holders are the co-ops and the packing house.
pub(super) fn register_places(book: &mut Book) -> Result<()> {
    for (n, area) in (0..).zip(AREAS) {
        let holder = book.id(area.coop)?;
        book.begin(area.id, Hand::OFFICE, moment(1, 12, 9, 0).plus_minutes(15 * n), |ink| {
            let from = ink.time(moment(1, 12, 0, 0))?;
            let (code, issuer, market) = (area.code.parse()?, area.issuer.parse()?, area.market.parse()?);
            let commune = area.commune.parse()?;
            let mut place = PlaceRegistered::new(PlaceKind::GrowingArea, code, issuer, market, holder, commune, from);
            place.area_m2 = Some(SquareMetres::new(area.area_m2)?);
            place.variety = Some(area.variety.parse()?);
            place.until = Some(ink.time(moment(1, 12, 0, 0).plus_days(3 * 365))?);
            Ok(place)
        })?;
    }
    let holder = book.id("packer")?;
    book.begin(PACKING_HOUSE, Hand::OFFICE, moment(1, 12, 11, 0), |ink| {
        let (code, issuer, market) = ("VN-BGPH-901-MAU".parse()?, "GACC".parse()?, "CN".parse()?);
        let from = ink.time(moment(1, 12, 0, 0))?;
        let mut place =
            PlaceRegistered::new(PlaceKind::PackingHouse, code, issuer, market, holder, "07525".parse()?, from);
        place.gln = Some(nguon_gs1::Gln::from_payload("952987600002")?.into());
        Ok(place)
    })?;
    Ok(())
}

pub(super) fn register_plots(book: &mut Book) -> Result<()> {
    for (n, household) in (0..).zip(HOUSEHOLDS) {
        let land = area(household.area)?;
        let (area, farmer) = (book.id(land.id)?, book.id(household.id)?);
        book.begin(household.plot, Hand::of(land.coop), moment(1, 22, 8, 0).plus_minutes(11 * n), |ink| {
            let size = SquareMetres::new(household.plot_m2)?;
            let mut plot = PlotRegistered::new(area, farmer, size, household.variety.parse()?);
            plot.trees = Some(Count::new(household.trees)?);
            let (latitude, longitude) = household.place;
            let place = FieldValue::Coordinates(latitude, longitude);
            plot.location = Some(ink.value("plot_registered/location", place, household.id));
            Ok(plot)
        })?;
    }
    Ok(())
}

/// Each area's ceiling, each plot's share of it, and the certificate that covers them.
pub(super) fn open_season(book: &mut Book) -> Result<()> {
    for (n, area) in (0..).zip(AREAS) {
        let (from, until) = window(area.crop);
        let opened = |ink: &Ink<'_>, ceiling| -> Result<SeasonOpened> {
            Ok(SeasonOpened::new(SEASON.parse()?, ink.time(from)?, ink.time(until)?, ceiling))
        };
        let at = moment(2, 2, 9, 0).plus_minutes(20 * n);
        book.append(area.id, Hand::OFFICE, at, |ink| opened(ink, Some(kg(area.ceiling_kg)?)))?;
        let plots = || HOUSEHOLDS.iter().filter(|household| household.area == area.id);
        let share = |household: &Household| -> Result<Allotment> {
            Ok(Allotment { plot: book.id(household.plot)?, grams: kg(household.allotted_kg)? })
        };
        let allotments = List::new(plots().map(share).collect::<Result<_>>()?)?;
        book.append(area.id, Hand::of(area.coop), at.plus_days(1), |_| {
            Ok(PlotsAllotted { season: SEASON.parse()?, allotments })
        })?;
        for (m, household) in (0..).zip(plots()) {
            let at = at.plus_days(2).plus_minutes(2 * m);
            book.append(household.plot, Hand::of(area.coop), at, |ink| opened(ink, None))?;
        }
        book.append(area.id, Hand::of("inspector"), moment(4, 14, 9, 0).plus_minutes(30 * n), |ink| {
            certificate(area, ink)
        })?;
    }
    Ok(())
}

fn certificate(area: &Area, ink: &Ink<'_>) -> Result<Certified> {
    let from = moment(4, 14, 0, 0);
    Ok(Certified {
        scheme: "VietGAP (TCVN 11892-1:2017)".parse()?,
        number: area.certificate.parse()?,
        from: ink.time(from)?,
        until: ink.time(from.plus_days(3 * 365))?,
    })
}
