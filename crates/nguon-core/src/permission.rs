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
    /// What the chain, and those it refers to, must be like for it. The code holds to it in [`crate::state`] and
    /// [`crate::judge`]; here it stands in words, for `SPEC.md`. Empty: nothing.
    pub needs: &'static str,
}

use ChainSort::{Actor, Batch, GrowingArea, PackingHouse, Plot};
use EventName as E;
use Who::{Approver, Authority, ConsignmentOwner, Custodian, Registrar, RegistrarAbove, Shipper};

const ATTESTING: &[Who] = &[Authority, RegistrarAbove, Who::Role(Role::Inspector), Who::Role(Role::Lab)];
const CODED: &[ChainSort] = &[GrowingArea, PackingHouse];
const GOODS: &[ChainSort] = &[GrowingArea, PackingHouse, Plot, Batch];
const ANY: &[ChainSort] = &[Actor, GrowingArea, PackingHouse, Plot, Batch];

const fn row(chains: &'static [ChainSort], event: EventName, who: &'static [Who], needs: &'static str) -> Permission {
    Permission { chains, event, who, needs: crate::said(needs) }
}

/// The table. What stands in no row is refused. `corrected` asks the row of the event it corrects.
pub const TABLE: &[Permission] = &[
    row(
        &[Actor],
        E::Enrolled,
        &[Authority, Registrar],
        "a scope within the enroller's; at most four registrars up to an authority",
    ),
    row(&[Actor], E::KeyAdded, &[Authority, RegistrarAbove], "not retired; a key that this actor never had"),
    row(&[Actor], E::KeyRevoked, &[Authority, RegistrarAbove], "not retired; a key of this actor that is not revoked"),
    row(&[Actor], E::ScopeChanged, &[Authority, RegistrarAbove], "not retired; a scope within the giver's"),
    row(&[Actor], E::Retired, &[Authority, RegistrarAbove], "not retired"),
    row(
        &[GrowingArea, PackingHouse],
        E::PlaceRegistered,
        &[Authority, Registrar],
        "a code that no chain has; `area_m2` of a growing area",
    ),
    row(&[Plot], E::PlotRegistered, &[Registrar], "a registrar who answers for the growing area"),
    row(
        &[GrowingArea],
        E::SeasonOpened,
        &[Authority, RegistrarAbove],
        "`ceiling`; a new name; no recall or suspension stands; the code is not released",
    ),
    row(
        &[GrowingArea],
        E::PlotsAllotted,
        &[Authority, RegistrarAbove, Custodian],
        "an opened season; plots of this area, each once a season; ceiling and area hold",
    ),
    row(
        &[Plot],
        E::SeasonOpened,
        &[RegistrarAbove, Custodian],
        "no `ceiling`; a new name; no recall stands; every pre-harvest interval over by `from`",
    ),
    row(&[Plot], E::InputApplied, &[Custodian], ""),
    row(
        &[Plot],
        E::HarvestDrawn,
        &[Custodian],
        "an opened season, its window, intervals over, allotment left, a code in force that is not suspended",
    ),
    row(&[Plot], E::CustodianChanged, &[Authority, RegistrarAbove], "a household"),
    row(
        &[Batch],
        E::Opened,
        &[Custodian],
        "`label`: under a prefix of the owner's scope, and no chain has it; `label_of`: a labelled batch",
    ),
    row(&[Batch], E::Harvested, &[Custodian], "no draw yet; every source let go as much for this batch"),
    row(
        &[Batch],
        E::Packed,
        &[Custodian],
        "no draw yet; every source let go as much for this batch; the boxes hold no more than came in; a packing house in force",
    ),
    row(
        &[Batch],
        E::Repacked,
        &[Custodian],
        "no draw yet; every source let go as much for this batch; the boxes hold no more than came in; a packing house in force",
    ),
    row(
        &[Batch],
        E::Received,
        &[Custodian],
        "no draw yet; every source let go as much for this batch; a packing house in force",
    ),
    row(&[Batch], E::Drawn, &[Custodian], "as much is left"),
    row(&[Batch], E::Shipped, &[Custodian], "a draw of this chain; a carrier"),
    row(&[Batch], E::Cooled, &[Custodian, Shipper], "a packing house in force"),
    row(&[Batch], E::Treated, &[Custodian, RegistrarAbove, Who::Role(Role::Inspector)], ""),
    row(&[Batch], E::LabelsIssued, &[Custodian], "no more labels than boxes"),
    row(&[Batch], E::Aggregated, &[Custodian], "no more boxes on pallets than boxes"),
    row(&[Batch], E::Listed, &[Custodian], ""),
    row(&[Batch], E::Sold, &[Custodian], "as much is left"),
    row(&[Batch], E::Lost, &[Custodian], "as much is left"),
    row(&[Batch], E::Disposed, &[Custodian], "as much is left"),
    row(GOODS, E::Inspected, &[Authority, RegistrarAbove, Who::Role(Role::Inspector)], ""),
    row(GOODS, E::LabResult, &[Who::Role(Role::Lab)], "each substance once"),
    row(GOODS, E::Certified, ATTESTING, "`until` after `from`"),
    row(CODED, E::Suspended, &[Authority, RegistrarAbove], "no suspension stands"),
    row(CODED, E::SuspensionLifted, &[Authority, RegistrarAbove], "a standing suspension"),
    row(&[GrowingArea, PackingHouse, Plot], E::Recalled, &[Authority, Custodian], "no `consignment`"),
    row(
        &[Batch],
        E::Recalled,
        &[Authority, Custodian, ConsignmentOwner],
        "no `harvests`; `consignment`: one of this labelled batch; on a consignment: its labelled batch's recall of it",
    ),
    row(GOODS, E::ReleaseApproved, &[Authority], "a standing recall"),
    row(GOODS, E::Released, &[Authority], "a standing recall and its approval by another key"),
    row(
        &[GrowingArea, PackingHouse, Batch],
        E::NameReleased,
        &[Authority],
        "a code or label not yet released; of a batch: no inputs, no labels issued",
    ),
    row(GOODS, E::CorrectionApproved, &[Approver], "a correction that waits; every sum holds with it"),
    row(ANY, E::Reattested, &[Authority, RegistrarAbove, Custodian], "earlier records of this chain, rising"),
];

/// Who may record this event on this chain; empty if nobody.
#[must_use]
pub fn permitted(chain: ChainSort, event: EventName) -> &'static [Who] {
    TABLE.iter().find(|row| row.event == event && row.chains.contains(&chain)).map_or(&[], |row| row.who)
}
