//! Events on the chain of a growing area or a packing house.

use crate::cbor::{decode_map, decode_words};
use serde::{Deserialize, Serialize};

use crate::ids::ChainId;
use crate::values::{Code, CommuneCode, GlnCode, Grams, List, Market, SquareMetres, Text, Time};

/// What kind of place a code names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlaceKind {
    /// Vùng trồng.
    GrowingArea,
    /// Cơ sở đóng gói.
    PackingHouse,
}

/// First record of the chain of a growing area (mã số vùng trồng) or packing house (mã số cơ sở đóng gói).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlaceRegistered {
    /// Which of the two.
    pub place: PlaceKind,
    /// The code, opaque. *EPCIS*: `bizLocation`; *FSMA 204*: growing area name; *TT 02*: traceability code of the place.
    pub code: Code,
    /// Who issued the code (for China the GACC, for Việt Nam the plant protection authority); code and issuer are unique together.
    pub issuer: Code,
    /// Market for which it was issued.
    pub market: Market,
    /// The actor that holds the code.
    pub holder: ChainId,
    /// Commune. *FSMA 204*: city of a location description; *TT 02*: address.
    pub commune: CommuneCode,
    /// GS1 location number. *EPCIS*: SGLN.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gln: Option<GlnCode>,
    /// Square metres under the code; a growing area has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area_m2: Option<SquareMetres>,
    /// Variety grown. *FSMA 204*: variety; *TT 02*: product name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub variety: Option<Text>,
    /// Unix seconds from which the code is valid.
    pub from: Time,
    /// Unix seconds at which it is valid no more; absent: no end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Time>,
}

impl PlaceRegistered {
    /// With the required fields; the rest is absent.
    #[must_use]
    pub const fn new(
        place: PlaceKind,
        code: Code,
        issuer: Code,
        market: Market,
        holder: ChainId,
        commune: CommuneCode,
        from: Time,
    ) -> Self {
        Self {
            place,
            code,
            issuer,
            market,
            holder,
            commune,
            from,
            gln: None,
            area_m2: None,
            variety: None,
            until: None,
        }
    }
}

/// A season begins on a growing area or a plot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SeasonOpened {
    /// Name of the season on this chain (`2026`), once only.
    pub season: Code,
    /// Unix seconds at which the harvest window begins.
    pub from: Time,
    /// Unix seconds at which it ends.
    pub until: Time,
    /// Grams the growing area can yield this season; a plot has none of its own, its share stands in the area's `plots_allotted`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ceiling: Option<Grams>,
}

impl SeasonOpened {
    /// A season with its window and, on a growing area, its ceiling.
    #[must_use]
    pub const fn new(season: Code, from: Time, until: Time, ceiling: Option<Grams>) -> Self {
        Self { season, from, until, ceiling }
    }
}

/// A growing area's ceiling is shared out to its plots.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlotsAllotted {
    /// The season of this chain.
    pub season: Code,
    /// Which plot may yield how much; further records add further plots.
    pub allotments: List<Allotment, 1, 200>,
}

/// One plot's share.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Allotment {
    /// The plot's chain.
    pub plot: ChainId,
    /// Grams.
    pub grams: Grams,
}

decode_map!(PlaceRegistered { optional gln, required code, required from, required place, optional until, required holder, required issuer, required market, optional area_m2, required commune, optional variety });
decode_map!(SeasonOpened { required from, required until, required season, optional ceiling });
decode_map!(PlotsAllotted { required season, required allotments });
decode_map!(Allotment { required plot, required grams });
decode_words!(PlaceKind { "growing_area" = GrowingArea, "packing_house" = PackingHouse });
