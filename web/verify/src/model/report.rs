//! All that is known once the verifier has finished.

use std::rc::Rc;

use super::{Answer, Check, Fact, Journey, Name, Note, Party, Role, Stamp};
use crate::codec::Bytes;
use crate::messages::Messages;

/// The finished page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// The sentence at the top
    pub answer: Answer,
    /// Moment of the newest signature, or until when the log confirms it
    pub as_of: Option<Stamp>,
    /// Whether a log confirms `as_of`
    pub logged: bool,
    /// How far the label reaches
    pub binding: LabelBinding,
    /// What else is to be known, worst first
    pub notes: Vec<Note>,
    /// How a recall reaches this lot: from what is recalled to the lot itself
    pub path: Vec<Waypoint>,
    /// What it is, if the lot's own records hold
    pub product: Option<Product>,
    /// Its way, if the lot's own records hold
    pub journey: Option<Rc<Journey>>,
    /// How this was checked
    pub checks: Vec<Check>,
    /// Whom to ask
    pub contact: Option<Contact>,
    /// The labels that the lot's owner issued
    pub labels: Option<Labels>,
}

/// What a lot's records say of its labels: what the companion holds a serial number against.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Labels {
    /// The batch's id
    pub batch: Bytes,
    /// For each list of them how many, and the root over their hashes
    pub lists: Vec<(u64, Bytes)>,
}

/// The lot that the address names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lot {
    /// GTIN-14
    pub gtin: String,
    /// Lot number
    pub lot: String,
    /// Serial number, if the label has one
    pub serial: Option<String>,
}

impl Lot {
    /// Name of the file that holds its proof. A lot may contain what a file name may not.
    #[must_use]
    pub fn file_name(&self) -> String {
        if self.gtin.is_empty() {
            return "nguon.cbor".into();
        }
        let lot: String =
            self.lot.chars().map(|c| if c.is_ascii_alphanumeric() || c == '-' { c } else { '_' }).collect();
        ["nguon-", &self.gtin, "-", &lot, ".cbor"].concat()
    }
}

/// What connects the box in the hand with the records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LabelBinding {
    /// The label names the batch, not the box
    Lot,
    /// The address came without the label's commitment
    Unbound,
    /// There is no verdict that a label could be bound to
    Silent,
}

/// What a recall passes on its way to the lot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waypoint {
    /// What it is
    pub kind: WaypointKind,
    /// Its code, or its lot number
    pub code: Option<String>,
    /// Who keeps it
    pub party: Option<Party>,
}

/// What a recall can pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WaypointKind {
    /// A growing area
    Area,
    /// A packing house
    House,
    /// A plot
    Plot,
    /// A batch
    Lot,
}

impl super::Titled for WaypointKind {
    fn title(self, m: &Messages) -> &'static str {
        match self {
            Self::Area => m.place_growing_area(),
            Self::House => m.place_packing_house(),
            Self::Plot => m.path_plot(),
            Self::Lot => m.path_lot(),
        }
    }
}

/// What the fruit is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Product {
    /// What it is, in the words of the trade
    pub name: Option<String>,
    /// Communes of origin, most fruit first
    pub communes: Vec<String>,
    /// The rest
    pub facts: Vec<Fact>,
}

/// Whom to ask about the goods.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// Role of the party that holds the goods
    pub role: Role,
    /// Its name
    pub name: Name,
    /// Its telephone number, if published
    pub phone: Option<String>,
}
