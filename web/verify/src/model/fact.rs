//! A named value, language left open until it is drawn.

use nguon_core::event::{
    CoolingMethod, CorrectionReason, DisposalMethod, DrawReason, InputKind, InspectionPurpose, InspectionResult,
    LossReason, PlaceKind, RecallReason, SuspensionReason,
};

use super::{Stamp, Standing, TreatmentKind};
use crate::messages::Messages;

/// Grams, as records count them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mass(pub u64);

/// A personal name, which its bearer may have erased.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Name {
    /// Published and matching the signed digest
    Known(String),
    /// Not published
    Withheld,
}

/// One line of "what it is" or of a step's details.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// What is told
    pub label: Label,
    /// What it is
    pub value: Value,
    /// What it was before a correction
    pub before: Option<Value>,
}

impl Fact {
    /// A fact of this label and value.
    pub fn new(label: Label, value: Value) -> Self {
        Self { label, value, before: None }
    }
}

/// A value, written out by [`crate::format::value`] in the reader's language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Words as recorded
    Text(String),
    /// A code, id or number to be compared letter by letter
    Code(String),
    /// A date and a time
    Moment(Stamp),
    /// First and last day; no last day where there is no end
    Days(Stamp, Option<Stamp>),
    /// A weight
    Mass(Mass),
    /// Thousandths of a unit
    Measure(u64, Unit),
    /// Seconds, told in hours
    Hours(u64),
    /// A substance that was looked for, micrograms of it in a kilogram, and how many there may be
    Residue(String, u64, Option<u64>),
    /// A record, by its number on the page
    Step(usize),
    /// An area in square metres
    Area(u64),
    /// Thousandths of a degree Celsius
    Temperature(i32),
    /// A number of things
    Count(u64),
    /// A number of days
    DayCount(u64),
    /// A commune's code
    Commune(String),
    /// A word from a closed list
    Word(Word),
    /// Signed as a digest, not published
    Withheld,
}

/// What is measured in thousandths.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Grams
    Gram,
    /// Millilitres
    Millilitre,
    /// Litres
    Litre,
    /// Grays, of irradiation
    Gray,
    /// Grams in a cubic metre, of gas
    GramPerCubicMetre,
    /// Milligrams in a kilogram, of a residue
    MilligramPerKilogram,
}

impl Unit {
    /// Its sign.
    #[must_use]
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Gram => "g",
            Self::Millilitre => "ml",
            Self::Litre => "l",
            Self::Gray => "Gy",
            Self::GramPerCubicMetre => "g/m³",
            Self::MilligramPerKilogram => "mg/kg",
        }
    }
}

/// A word from one of the closed lists of the record format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Word {
    /// What was put on a plot
    Input(InputKind),
    /// Why goods left a batch
    Draw(DrawReason),
    /// What a code names
    Place(PlaceKind),
    /// Why goods are recalled
    Recall(RecallReason),
    /// Why a record was corrected
    Correction(CorrectionReason),
    /// How it was cooled
    Cooling(CoolingMethod),
    /// How it was treated
    Treatment(TreatmentKind),
    /// Why grams are there no more
    Loss(LossReason),
    /// How grams were disposed of
    Disposal(DisposalMethod),
    /// What an inspection found
    Inspection(InspectionResult),
    /// Why somebody inspected
    Purpose(InspectionPurpose),
    /// Why a code is suspended
    Suspension(SuspensionReason),
    /// Whether a correction counts
    Standing(Standing),
}

macro_rules! labels {
    ($($(#[$doc:meta])* $variant:ident => $message:ident,)*) => {
        /// What a fact tells.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Label { $($(#[$doc])* $variant,)* }

        impl super::Titled for Label {
            fn title(self, m: &Messages) -> &'static str {
                match self { $(Self::$variant => m.$message(),)* }
            }
        }
    };
}

labels! {
    /// What the produce is
    Product => label_product,
    /// Variety of the fruit
    Variety => label_variety,
    /// Day or days of picking
    Harvested => label_harvested,
    /// Code of the growing area
    GrowingArea => label_growing_area,
    /// Code of the packing house
    PackingHouse => label_packing_house,
    /// Weight of the batch
    Weight => label_weight,
    /// Grade of the fruit
    Grade => label_grade,
    /// Certificate
    Certificate => label_certificate,
    /// Certificate number
    CertificateNumber => label_certificate_number,
    /// Lot number
    Lot => label_lot,
    /// Serial number of the box
    Serial => label_serial,
    /// Who holds the batch
    Owner => label_owner,
    /// Who holds a code
    Holder => label_holder,
    /// Kind of place
    PlaceKind => label_place_kind,
    /// Kind of farm input
    InputKind => label_input_kind,
    /// Trade name of a farm input
    Input => label_input,
    /// Active ingredient
    Ingredient => label_ingredient,
    /// Lot of the farm input
    InputLot => label_input_lot,
    /// Dose
    Dose => label_dose,
    /// Water it was mixed into
    Water => label_water,
    /// Area
    Area => label_area,
    /// Pre-harvest interval
    Interval => label_interval,
    /// Who did the work
    Operator => label_operator,
    /// Further words
    Details => label_details,
    /// Carrier
    Carrier => label_carrier,
    /// Vehicle
    Vehicle => label_vehicle,
    /// Temperature to be kept
    SetPoint => label_set_point,
    /// Temperature measured
    Measured => label_measured,
    /// Paper that goes with it
    Document => label_document,
    /// Market
    Market => label_market,
    /// Season
    Season => label_season,
    /// Harvest window
    Window => label_window,
    /// Yield ceiling
    Ceiling => label_ceiling,
    /// Allotted yield
    Allotted => label_allotted,
    /// Number of plots
    Plots => label_plots,
    /// Number of trees
    Trees => label_trees,
    /// Validity
    Validity => label_validity,
    /// Who issued a code
    Issuer => label_issuer,
    /// Marketplace
    Marketplace => label_marketplace,
    /// Listing on a marketplace
    Listing => label_listing,
    /// End of an offer
    Until => label_until,
    /// Reason given
    Reason => label_reason,
    /// Number of boxes
    Boxes => label_boxes,
    /// Weight of a box
    BoxWeight => label_box_weight,
    /// Number of field crates
    Crates => label_crates,
    /// Why goods were handed over
    Purpose => label_purpose,
    /// Who gets the goods
    Receiver => label_receiver,
    /// Who gave the goods
    Giver => label_giver,
    /// Record that is corrected
    Corrects => label_corrects,
    /// When it was signed, if it happened at another time
    SignedAt => label_signed_at,
    /// Photos and documents bound to the record
    Attachments => label_attachments,
    /// Record that it is about
    Concerns => label_concerns,
    /// Whether it counts
    Standing => label_standing,
    /// How it was done
    Method => label_method,
    /// Where it was treated
    Facility => label_facility,
    /// Number of a report
    Report => label_report,
    /// Number of a sample
    Sample => label_sample,
    /// When the sample was taken
    SampledAt => label_sampled_at,
    /// What was found
    Result => label_result,
    /// How long it was held
    Duration => label_duration,
    /// Temperature
    Temperature => label_temperature,
    /// Number of labels
    Serials => label_serials,
    /// Pallet
    Pallet => label_pallet,
    /// Who keeps the plot now
    NewHolder => label_new_holder,
}
