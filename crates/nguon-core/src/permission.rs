//! The one permission table: who may record which event on which chain. Server and verifier ask it alike.

use std::fmt;

use crate::event::{EventName, PlaceKind, Role};
use crate::record::ChainKind;

/// What a chain is about, as finely as permissions need it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChainSort {
    /// Who signs.
    Actor,
    /// Vùng trồng.
    GrowingArea,
    /// Cơ sở đóng gói.
    PackingHouse,
    /// Thửa.
    Plot,
    /// A quantity of produce.
    Batch,
}

impl ChainSort {
    /// The kind written in its records.
    #[must_use]
    pub const fn kind(self) -> ChainKind {
        match self {
            Self::Actor => ChainKind::Actor,
            Self::GrowingArea | Self::PackingHouse | Self::Plot => ChainKind::Place,
            Self::Batch => ChainKind::Batch,
        }
    }
}

impl From<PlaceKind> for ChainSort {
    fn from(kind: PlaceKind) -> Self {
        match kind {
            PlaceKind::GrowingArea => Self::GrowingArea,
            PlaceKind::PackingHouse => Self::PackingHouse,
        }
    }
}

impl fmt::Display for ChainSort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Actor => "an actor",
            Self::GrowingArea => "a growing area",
            Self::PackingHouse => "a packing house",
            Self::Plot => "a plot",
            Self::Batch => "a batch",
        })
    }
}

/// In what standing somebody signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// An authority of the trust root.
    Authority,
    /// Any registrar, within its scope.
    Registrar,
    /// A registrar on the path of enrolment above the actor, above the batch's owner, or above (or being) the one who
    /// registered the place.
    RegistrarAbove,
    /// The batch's owner, the plot's household, the holder of a place's code.
    Custodian,
    /// Any actor of this role.
    Role(Role),
    /// The carrier that a `shipped` of this batch names, until what it carries has been received.
    Shipper,
    /// The owner of the consignment that the event names.
    ConsignmentOwner,
    /// A registrar above the custodian, or an authority, that signed neither the original nor the correction.
    Approver,
}

/// One row: on these chains, this event, by any of these.
#[derive(Debug, Clone, Copy)]
pub struct Permission {
    /// The chains.
    pub chains: &'static [ChainSort],
    /// The event.
    pub event: EventName,
    /// Who may record it.
    pub who: &'static [Who],
}

use ChainSort::{Actor, Batch, GrowingArea, PackingHouse, Plot};
use EventName as E;
use Who::{Approver, Authority, ConsignmentOwner, Custodian, Registrar, RegistrarAbove, Shipper};

const ATTESTING: &[Who] = &[Authority, RegistrarAbove, Who::Role(Role::Inspector), Who::Role(Role::Lab)];
const CODED: &[ChainSort] = &[GrowingArea, PackingHouse];
const GOODS: &[ChainSort] = &[GrowingArea, PackingHouse, Plot, Batch];
const ANY: &[ChainSort] = &[Actor, GrowingArea, PackingHouse, Plot, Batch];

/// The table. What stands in no row is refused. `corrected` asks the row of the event it corrects.
pub const TABLE: &[Permission] = &[
    Permission { chains: &[Actor], event: E::Enrolled, who: &[Authority, Registrar] },
    Permission { chains: &[Actor], event: E::KeyAdded, who: &[Authority, RegistrarAbove] },
    Permission { chains: &[Actor], event: E::KeyRevoked, who: &[Authority, RegistrarAbove] },
    Permission { chains: &[Actor], event: E::ScopeChanged, who: &[Authority, RegistrarAbove] },
    Permission { chains: &[Actor], event: E::Retired, who: &[Authority, RegistrarAbove] },
    Permission { chains: &[GrowingArea, PackingHouse], event: E::PlaceRegistered, who: &[Authority, Registrar] },
    Permission { chains: &[Plot], event: E::PlotRegistered, who: &[Registrar] },
    Permission { chains: &[GrowingArea], event: E::SeasonOpened, who: &[Authority, RegistrarAbove] },
    Permission { chains: &[GrowingArea], event: E::PlotsAllotted, who: &[Authority, RegistrarAbove, Custodian] },
    Permission { chains: &[Plot], event: E::SeasonOpened, who: &[RegistrarAbove, Custodian] },
    Permission { chains: &[Plot], event: E::InputApplied, who: &[Custodian] },
    Permission { chains: &[Plot], event: E::HarvestDrawn, who: &[Custodian] },
    Permission { chains: &[Plot], event: E::CustodianChanged, who: &[Authority, RegistrarAbove] },
    Permission { chains: &[Batch], event: E::Opened, who: &[Custodian] },
    Permission { chains: &[Batch], event: E::Harvested, who: &[Custodian] },
    Permission { chains: &[Batch], event: E::Packed, who: &[Custodian] },
    Permission { chains: &[Batch], event: E::Repacked, who: &[Custodian] },
    Permission { chains: &[Batch], event: E::Received, who: &[Custodian] },
    Permission { chains: &[Batch], event: E::Drawn, who: &[Custodian] },
    Permission { chains: &[Batch], event: E::Shipped, who: &[Custodian] },
    Permission { chains: &[Batch], event: E::Cooled, who: &[Custodian, Shipper] },
    Permission { chains: &[Batch], event: E::Treated, who: &[Custodian, RegistrarAbove, Who::Role(Role::Inspector)] },
    Permission { chains: &[Batch], event: E::LabelsIssued, who: &[Custodian] },
    Permission { chains: &[Batch], event: E::Aggregated, who: &[Custodian] },
    Permission { chains: &[Batch], event: E::Listed, who: &[Custodian] },
    Permission { chains: &[Batch], event: E::Sold, who: &[Custodian] },
    Permission { chains: &[Batch], event: E::Lost, who: &[Custodian] },
    Permission { chains: &[Batch], event: E::Disposed, who: &[Custodian] },
    Permission { chains: GOODS, event: E::Inspected, who: &[Authority, RegistrarAbove, Who::Role(Role::Inspector)] },
    Permission { chains: GOODS, event: E::LabResult, who: &[Who::Role(Role::Lab)] },
    Permission { chains: GOODS, event: E::Certified, who: ATTESTING },
    Permission { chains: CODED, event: E::Suspended, who: &[Authority, RegistrarAbove] },
    Permission { chains: CODED, event: E::SuspensionLifted, who: &[Authority, RegistrarAbove] },
    Permission { chains: &[GrowingArea, PackingHouse, Plot], event: E::Recalled, who: &[Authority, Custodian] },
    Permission { chains: &[Batch], event: E::Recalled, who: &[Authority, Custodian, ConsignmentOwner] },
    Permission { chains: GOODS, event: E::ReleaseApproved, who: &[Authority] },
    Permission { chains: GOODS, event: E::Released, who: &[Authority] },
    Permission { chains: &[GrowingArea, PackingHouse, Batch], event: E::NameReleased, who: &[Authority] },
    Permission { chains: GOODS, event: E::CorrectionApproved, who: &[Approver] },
    Permission { chains: ANY, event: E::Reattested, who: &[Authority, RegistrarAbove, Custodian] },
];

/// Who may record this event on this chain; empty if nobody.
#[must_use]
pub fn permitted(chain: ChainSort, event: EventName) -> &'static [Who] {
    TABLE.iter().find(|row| row.event == event && row.chains.contains(&chain)).map_or(&[], |row| row.who)
}
