//! Packing: a lot is opened under its label, filled from batches, and gets its labels.

mod fill;
mod labels;
mod lot;

pub use fill::{Filling, Source, typed_kilograms};
pub use labels::{LabelForm, MOST, Order, Serials, Words, links, order, serials};
pub use lot::{LotForm, Opened};

/// A field of these forms, and the id of its element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// What the produce is
    Product,
    /// GTIN
    Gtin,
    /// Lot
    Lot,
    /// Kilograms of a source, by its place
    Source(usize),
    /// How many boxes
    Boxes,
    /// Kilograms of a box
    PerBox,
    /// How many labels
    Labels,
    /// The first label of the sheet that is not used up
    Start,
    /// Address of the page that labels lead to
    Host,
    /// Who buys
    Buyer,
    /// Kilograms that were ordered
    OrderKilograms,
    /// By when
    Due,
    /// From which batch is given
    GiveLot,
    /// The receiver's code
    GiveCode,
    /// Kilograms that are given
    GiveKilograms,
    /// Number of the waybill
    Document,
}

/// What is wrong with a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Nothing stands there
    Missing,
    /// It is no number
    NotANumber,
    /// No GTIN: its last digit does not fit the others
    NotAGtin,
    /// No lot: 1 to 20 letters without marks, digits and `-`
    NotALot,
    /// More than there is: so many grams are left
    More(u64),
    /// The boxes hold more than was chosen: so many grams
    MoreThanChosen(u64),
    /// Nothing was chosen
    NothingChosen,
    /// Not an address that labels may lead to
    NotAnAddress,
    /// More than a sheet or a lot can have
    TooMany(u64),
    /// No day: day, month and year
    NotADay,
    /// The day is still to come
    ToCome,
    /// Not the code of a batch that is to receive
    NotAReceiver,
    /// A consignment can only be split off a lot with a label
    NotLabelled,
    /// Letters without marks, digits and a few signs, no spaces
    NotACode,
}

impl Field {
    /// The id of its element.
    #[must_use]
    pub fn id(self) -> String {
        match self {
            Self::Product => "lot-product".to_owned(),
            Self::Gtin => "lot-gtin".to_owned(),
            Self::Lot => "lot-lot".to_owned(),
            Self::Source(at) => format!("source-{at}"),
            Self::Boxes => "boxes".to_owned(),
            Self::PerBox => "per-box".to_owned(),
            Self::Labels => "labels".to_owned(),
            Self::Start => "start".to_owned(),
            Self::Host => "host".to_owned(),
            Self::Buyer => "order-buyer".to_owned(),
            Self::OrderKilograms => "order-kg".to_owned(),
            Self::Due => "order-due".to_owned(),
            Self::GiveLot => "give-lot".to_owned(),
            Self::GiveCode => "give-code".to_owned(),
            Self::GiveKilograms => "give-kg".to_owned(),
            Self::Document => "give-document".to_owned(),
        }
    }
}
