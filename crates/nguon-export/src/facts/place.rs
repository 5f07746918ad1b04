//! Where something is.

use nguon_core::event::{Event, PlaceRegistered, PlotRegistered};
use nguon_core::ids::ChainId;
use nguon_core::opening::FieldValue;
use nguon_core::permission::ChainSort;
use nguon_core::verify::Opened;

use super::{Facts, Personal, When};

/// A growing area, a packing house or a plot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Its chain.
    pub chain: ChainId,
    /// Which of the three.
    pub sort: ChainSort,
    /// Its code; a plot has its growing area's.
    pub code: Option<String>,
    /// Who issued the code.
    pub issuer: Option<String>,
    /// For which market.
    pub market: Option<String>,
    /// Five digits of its commune; a plot has its growing area's.
    pub commune: Option<String>,
    /// Its GS1 location number.
    pub gln: Option<String>,
    /// Square metres.
    pub area_m2: Option<u64>,
    /// The variety grown.
    pub variety: Option<String>,
    /// Who holds the code, or works the plot now.
    pub holder: ChainId,
    /// The growing area of a plot.
    pub area: Option<ChainId>,
    /// From when until when the code is valid.
    pub valid: Option<(When, Option<When>)>,
    /// Latitude and longitude in 1e-7 degrees, if opened and to be written.
    pub coordinates: Option<(i64, i64)>,
    /// Whether coordinates were recorded at all.
    pub has_coordinates: bool,
}

impl Place {
    pub(super) fn of(facts: &Facts<'_>, id: &ChainId) -> Option<Self> {
        let chain = facts.chain(id)?;
        let state = chain.state().place()?;
        match &chain.records().first()?.record().event {
            Event::PlaceRegistered(event) => Some(Self::of_code(*id, state.sort, event)),
            Event::PlotRegistered(event) => {
                let plot = Self::of_plot(facts, *id, event, state.custodian());
                let record = chain.records().first()?.id();
                let opened = facts.history().opened(&record, "plot_registered/location");
                let coordinates = match opened {
                    Opened::Value(FieldValue::Coordinates(latitude, longitude)) => Some((latitude, longitude)),
                    _ => None,
                };
                let coordinates = coordinates.filter(|_| facts.personal() == Personal::Opened);
                Some(Self { coordinates, ..plot })
            }
            _ => None,
        }
    }

    fn of_code(chain: ChainId, sort: ChainSort, event: &PlaceRegistered) -> Self {
        Self {
            chain,
            sort,
            code: Some(event.code.to_string()),
            issuer: Some(event.issuer.to_string()),
            market: Some(event.market.to_string()),
            commune: Some(event.commune.to_string()),
            gln: event.gln.as_ref().map(ToString::to_string),
            area_m2: event.area_m2.map(nguon_core::values::SquareMetres::get),
            variety: event.variety.as_ref().map(|text| text.as_str().to_owned()),
            holder: event.holder,
            area: None,
            valid: Some((When::vietnam(event.from), event.until.map(When::vietnam))),
            coordinates: None,
            has_coordinates: false,
        }
    }

    fn of_plot(facts: &Facts<'_>, chain: ChainId, event: &PlotRegistered, holder: ChainId) -> Self {
        let area = facts.place(&event.area);
        let of_area = |field: fn(Self) -> Option<String>| area.clone().and_then(field);
        Self {
            chain,
            sort: ChainSort::Plot,
            code: of_area(|area| area.code),
            issuer: of_area(|area| area.issuer),
            market: of_area(|area| area.market),
            commune: of_area(|area| area.commune),
            gln: None,
            area_m2: Some(event.area_m2.get()),
            variety: Some(event.variety.as_str().to_owned()),
            holder,
            area: Some(event.area),
            valid: None,
            coordinates: None,
            has_coordinates: event.location.is_some(),
        }
    }
}
