//! Events on a plot's chain: the farmer's field log (nhật ký canh tác).

use crate::cbor::{decode_choice, decode_map, decode_words};
use serde::{Deserialize, Serialize};

use crate::ids::{ChainId, FieldDigest};
use crate::values::{Code, Count, Days, Grams, List, SquareMetres, Text, Time};

/// First record of a plot's chain: one household's part of a growing area.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlotRegistered {
    /// The growing area's chain. *FSMA 204*: growing area.
    pub area: ChainId,
    /// The household's actor chain, the plot's custodian. *FSMA 204*: farm of origin; *TT 02*: producer.
    pub household: ChainId,
    /// Square metres.
    pub area_m2: SquareMetres,
    /// Variety. *FSMA 204*: variety; *TT 02*: product name.
    pub variety: Text,
    /// Number of trees.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trees: Option<Count>,
    /// Digest of the coordinates (array of two integers, latitude and longitude in 1e-7 degrees). *FSMA 204*: geographic coordinates of a growing area.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<FieldDigest>,
}

impl PlotRegistered {
    /// With the required fields; the rest is absent.
    #[must_use]
    pub const fn new(area: ChainId, household: ChainId, area_m2: SquareMetres, variety: Text) -> Self {
        Self { area, household, area_m2, variety, trees: None, location: None }
    }
}

/// What was put on the plot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InputKind {
    /// Thuốc bảo vệ thực vật.
    PlantProtection,
    /// Phân bón.
    Fertilizer,
    /// Chất điều hòa sinh trưởng.
    GrowthRegulator,
}

/// How much of a product was used on the whole treated area.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Dose {
    /// Milligrams of product.
    Milligrams(Count),
    /// Microlitres of product.
    Microlitres(Count),
}

/// A product was applied on the plot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InputApplied {
    /// What kind of product.
    pub kind: InputKind,
    /// Its trade name with formulation.
    pub product: Text,
    /// Active ingredients (ISO common names); empty for a fertilizer that has none.
    pub active_ingredients: List<Text, 0, 8>,
    /// Lot number on its package.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub product_lot: Option<Code>,
    /// Product used on all of `area_m2`.
    pub dose: Dose,
    /// Millilitres of water it was mixed into.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub water_ml: Option<Count>,
    /// Treated square metres.
    pub area_m2: SquareMetres,
    /// Pre-harvest interval, thời gian cách ly: days that must lie between this and a harvest.
    pub phi_days: Days,
    /// Digest of the name (text) of who applied it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub operator: Option<FieldDigest>,
    /// Digest of further words (text), such as the pest.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Option<FieldDigest>,
    /// Unix seconds at which it was applied, where not at signing. *EPCIS*: `eventTime`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Time>,
}

/// Fruit was picked here and went to a batch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HarvestDrawn {
    /// The season of this chain.
    pub season: Code,
    /// The batch it went to. *EPCIS*: `outputEPCList` of a commissioning; *FSMA 204*: immediate subsequent recipient.
    pub to: ChainId,
    /// Grams. *EPCIS*: `quantityElement`; *FSMA 204*: quantity and unit of measure.
    pub grams: Grams,
    /// Digest of the name (text) of who picked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub operator: Option<FieldDigest>,
    /// Unix seconds of the harvest, where not at signing. *EPCIS*: `eventTime`; *FSMA 204*: date of harvest; *TT 02*: time of the stage.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Time>,
}

impl HarvestDrawn {
    /// With the required fields; the rest is absent.
    #[must_use]
    pub const fn new(season: Code, to: ChainId, grams: Grams) -> Self {
        Self { season, to, grams, operator: None, at: None }
    }
}

/// Another household works the plot from here on. What was applied and harvested on it stays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CustodianChanged {
    /// The household's actor chain.
    pub to: ChainId,
    /// Digest of further words (text).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub details: Option<FieldDigest>,
}

decode_map!(CustodianChanged { required to, optional details });
decode_map!(PlotRegistered { required area, optional trees, required area_m2, required variety, optional location, required household });
decode_map!(InputApplied { optional at, required dose, required kind, optional notes, required area_m2, required product, optional operator, required phi_days, optional water_ml, optional product_lot, required active_ingredients });
decode_map!(HarvestDrawn { optional at, required to, required grams, required season, optional operator });
decode_words!(InputKind { "plant_protection" = PlantProtection, "fertilizer" = Fertilizer, "growth_regulator" = GrowthRegulator });
decode_choice!(Dose { "milligrams" = Milligrams, "microlitres" = Microlitres });
