//! What a record says: one type an event, grouped by the chain it stands on.
//!
//! Every field's documentation names its unit and what it answers to in
//! EPCIS 2.0 / CBV 2.0 (*EPCIS*), in the FDA's Food Traceability Rule, 21 CFR 1.1325–1.1350 (*FSMA 204*), and in
//! Circular 02/2024/TT-BKHCN on product traceability (*TT 02*: product name, producer's name and address, time of each
//! stage, traceability code of product and place, serial or lot, certificates). Where nothing is named, none of them asks.

mod actor;
mod attested;
mod batch;
mod handling;
mod place;
mod plot;
mod shared;

pub use actor::{Enrolled, KeyAdded, KeyRevoked, Retired, RevocationReason, Role, Scope, ScopeChanged};
pub use attested::{
    Analyte, Inspected, InspectionPurpose, InspectionResult, LabResult, NameReleased, ReleaseApproved, Released,
    Suspended, SuspensionLifted, SuspensionReason,
};
pub use batch::{DrawReason, Drawn, Harvested, Listed, Opened, Packed, Received, Shipped};
pub use handling::{
    Aggregated, ColdTreatment, Cooled, CoolingMethod, DisposalMethod, Disposed, Fumigation, LabelsIssued, LossReason,
    Lost, Repacked, Sold, Treated, Treatment,
};
pub use place::{Allotment, PlaceKind, PlaceRegistered, PlotsAllotted, SeasonOpened};
pub use plot::{CustodianChanged, Dose, HarvestDrawn, InputApplied, InputKind, PlotRegistered};
pub use shared::{
    Certified, Corrected, CorrectionApproved, CorrectionReason, Document, Input, Inputs, Reattested, RecallReason,
    Recalled,
};

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::ids::{ChainId, FieldDigest};
use crate::values::Time;

macro_rules! events {
    ($($variant:ident = $name:literal),+ $(,)?) => {
        /// The event of a record: in CBOR and JSON a map of one key, the event's name.
        #[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
        pub enum Event {
            $(#[doc = concat!("See [`", stringify!($variant), "`].")] #[serde(rename = $name)] $variant($variant),)+
        }

        /// The name of an event, as scopes and the permission table use it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum EventName {
            $(#[doc = concat!("`", $name, "`")] #[serde(rename = $name)] $variant,)+
        }

        impl EventName {
            /// Every event this version knows.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The name as it stands in a record.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }
        }

        // Written out, since what is derived is compiled again in every crate that uses it: seven kilobytes each time.
        impl Clone for Event {
            #[inline(never)]
            fn clone(&self) -> Self {
                match self { $(Self::$variant(event) => Self::$variant(event.clone())),+ }
            }
        }

        impl Event {
            /// Its name.
            #[must_use]
            pub const fn name(&self) -> EventName {
                match self { $(Self::$variant(_) => EventName::$variant),+ }
            }
        }

        crate::cbor::decode_choice!(Event { $($name = $variant),+ });
        crate::cbor::decode_words!(EventName { $($name = $variant),+ });

        $(impl From<$variant> for Event {
            fn from(event: $variant) -> Self { Self::$variant(event) }
        })+
    };
}

events! {
    Enrolled = "enrolled",
    KeyAdded = "key_added",
    KeyRevoked = "key_revoked",
    ScopeChanged = "scope_changed",
    Retired = "retired",
    PlaceRegistered = "place_registered",
    PlotRegistered = "plot_registered",
    SeasonOpened = "season_opened",
    PlotsAllotted = "plots_allotted",
    InputApplied = "input_applied",
    HarvestDrawn = "harvest_drawn",
    CustodianChanged = "custodian_changed",
    Opened = "opened",
    Harvested = "harvested",
    Drawn = "drawn",
    Packed = "packed",
    Repacked = "repacked",
    Shipped = "shipped",
    Received = "received",
    Cooled = "cooled",
    Treated = "treated",
    LabelsIssued = "labels_issued",
    Aggregated = "aggregated",
    Listed = "listed",
    Sold = "sold",
    Lost = "lost",
    Disposed = "disposed",
    Inspected = "inspected",
    LabResult = "lab_result",
    Certified = "certified",
    Suspended = "suspended",
    SuspensionLifted = "suspension_lifted",
    Recalled = "recalled",
    ReleaseApproved = "release_approved",
    Released = "released",
    NameReleased = "name_released",
    Corrected = "corrected",
    CorrectionApproved = "correction_approved",
    Reattested = "reattested",
}

/// A name this version does not know.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown event name")]
pub struct UnknownEvent;

impl FromStr for EventName {
    type Err = UnknownEvent;
    fn from_str(text: &str) -> Result<Self, UnknownEvent> {
        Self::ALL.iter().copied().find(|name| name.as_str() == text).ok_or(UnknownEvent)
    }
}

impl fmt::Display for EventName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Event {
    /// The kind of chain it begins, if it is a first record's event.
    #[must_use]
    pub const fn begins(&self) -> Option<crate::record::ChainKind> {
        match self {
            Self::Enrolled(_) => Some(crate::record::ChainKind::Actor),
            Self::PlaceRegistered(_) | Self::PlotRegistered(_) => Some(crate::record::ChainKind::Place),
            Self::Opened(_) => Some(crate::record::ChainKind::Batch),
            _ => None,
        }
    }

    /// When it happened, where that is another time than the signing.
    #[must_use]
    pub fn at(&self) -> Option<Time> {
        match self {
            Self::InputApplied(event) => event.at,
            Self::HarvestDrawn(event) => event.at,
            Self::Harvested(event) => event.at,
            Self::Packed(event) => event.at,
            Self::Repacked(event) => event.at,
            Self::Shipped(event) => event.at,
            Self::Received(event) => event.at,
            Self::Cooled(event) => event.at,
            Self::Treated(event) => event.at,
            Self::Aggregated(event) => event.at,
            Self::Sold(event) => event.at,
            Self::Lost(event) => event.at,
            Self::Disposed(event) => event.at,
            Self::Inspected(event) => event.at,
            Self::Corrected(event) => event.event.at(),
            _ => None,
        }
    }

    /// Takings from other chains.
    #[must_use]
    pub fn inputs(&self) -> &[Input] {
        match self {
            Self::Harvested(event) => &event.inputs,
            Self::Packed(event) => &event.inputs,
            Self::Repacked(event) => &event.inputs,
            Self::Received(event) => &event.inputs,
            _ => &[],
        }
    }

    /// The chains without which this event cannot be judged. What comes after (a draw's destination) is not among them.
    #[must_use]
    pub fn references(&self) -> Vec<ChainId> {
        let mut chains: Vec<ChainId> = self.inputs().iter().map(|input| input.from).collect();
        match self {
            Self::PlaceRegistered(event) => chains.push(event.holder),
            Self::PlotRegistered(event) => chains.extend([event.area, event.household]),
            Self::Opened(event) => {
                chains.push(event.owner);
                chains.extend(event.label_of);
            }
            Self::Packed(event) => chains.extend(event.place),
            Self::Repacked(event) => chains.extend(event.place),
            Self::Received(event) => chains.extend(event.place),
            Self::Cooled(event) => chains.extend(event.place),
            Self::CustodianChanged(event) => chains.push(event.to),
            Self::Recalled(event) => chains.extend(event.consignment),
            Self::Shipped(event) => chains.push(event.carrier),
            Self::Corrected(event) => chains.extend(event.event.references()),
            _ => {}
        }
        chains
    }

    /// The salted digests of the event, by field name.
    #[must_use]
    pub fn digests(&self) -> Vec<(&'static str, FieldDigest)> {
        let fields: Vec<(&'static str, Option<FieldDigest>)> = match self {
            Self::Enrolled(event) => vec![("name", Some(event.name)), ("phone", event.phone)],
            Self::KeyAdded(event) => vec![("holder", event.holder)],
            Self::KeyRevoked(event) => vec![("details", event.details)],
            Self::PlotRegistered(event) => vec![("location", event.location)],
            Self::InputApplied(event) => vec![("operator", event.operator), ("notes", event.notes)],
            Self::HarvestDrawn(event) => vec![("operator", event.operator)],
            Self::Shipped(event) => vec![("vehicle", event.vehicle)],
            Self::Retired(Retired { details })
            | Self::CustodianChanged(CustodianChanged { details, .. })
            | Self::Lost(Lost { details, .. })
            | Self::Disposed(Disposed { details, .. })
            | Self::Inspected(Inspected { details, .. })
            | Self::Suspended(Suspended { details, .. })
            | Self::SuspensionLifted(SuspensionLifted { details })
            | Self::Recalled(Recalled { details, .. })
            | Self::ReleaseApproved(ReleaseApproved { details, .. })
            | Self::Released(Released { details, .. })
            | Self::NameReleased(NameReleased { details })
            | Self::CorrectionApproved(CorrectionApproved { details, .. })
            | Self::Reattested(Reattested { details, .. }) => vec![("details", *details)],
            Self::Corrected(event) => {
                // The words of the correction and those of the event it carries are two fields.
                let inner = |(name, digest)| (if name == "details" { "event/details" } else { name }, digest);
                let within = event.event.digests().into_iter().map(inner);
                return within.chain(event.details.map(|digest| ("details", digest))).collect();
            }
            _ => vec![],
        };
        fields.into_iter().filter_map(|(name, digest)| Some((name, digest?))).collect()
    }
}
