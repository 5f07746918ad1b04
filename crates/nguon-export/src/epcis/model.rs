//! Events and what they are made of (EPCIS 2.0 §7.3 and §7.4).

mod extension;
pub(crate) mod json;
mod sensor;

pub use extension::{Extension, Name, Namespace, Value};
pub(crate) use sensor::SensorKind;
pub use sensor::{MetadataField, ReportField, SensorElement, SensorReport, SensorValue};

use nguon_core::values::UtcOffset;

use super::decimal::Decimal;
use super::time::Timestamp;
use super::unit::Unit;
use super::uri::Uri;
use super::vocabulary::{Action, BizStep, BizTransactionType, Disposition, ErrorReason, SourceDestType};

/// Something that happened: what, when, where and why.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// The objects, and which kind of event that makes.
    pub what: What,
    /// When it happened.
    pub event_time: Timestamp,
    /// Minutes east of UTC where it happened.
    pub event_time_zone_offset: UtcOffset,
    /// When it was taken in.
    pub record_time: Option<Timestamp>,
    /// Its name.
    pub event_id: Option<Uri>,
    /// That it is wrong, and what replaces it.
    pub error_declaration: Option<ErrorDeclaration>,
    /// Certificates.
    pub certification_info: Vec<Uri>,
    /// The step of business.
    pub biz_step: Option<BizStep>,
    /// What the objects are fit for afterwards.
    pub disposition: Option<Disposition>,
    /// The same, where it holds until it is taken back.
    pub persistent_disposition: PersistentDisposition,
    /// Where it happened.
    pub read_point: Option<Location>,
    /// Where the objects are afterwards.
    pub biz_location: Option<Location>,
    /// Business documents.
    pub biz_transaction_list: Vec<BizTransaction>,
    /// Where the objects come from.
    pub source_list: Vec<SourceDest>,
    /// Where they go.
    pub destination_list: Vec<SourceDest>,
    /// What sensors measured.
    pub sensor_element_list: Vec<SensorElement>,
    /// Master data of an instance or lot that comes to be.
    pub ilmd: Vec<Extension>,
    /// Fields of other namespaces.
    pub extensions: Vec<Extension>,
}

/// The objects of an event; each kind of event has its own ways to name them.
#[derive(Debug, Clone, PartialEq)]
pub enum What {
    /// Something happened to objects (§7.4.2).
    Object {
        /// How it stands to them.
        action: Action,
        /// `epcList`
        epcs: Vec<Uri>,
        /// `quantityList`
        quantities: Vec<Quantity>,
    },
    /// Objects were put into another, or taken out (§7.4.3).
    Aggregation(Group),
    /// Objects were joined to another for long (§7.4.6).
    Association(Group),
    /// Objects were tied to a business document (§7.4.4).
    Transaction {
        /// How it stands to them.
        action: Action,
        /// `parentID`
        parent: Option<Uri>,
        /// `epcList`
        epcs: Vec<Uri>,
        /// `quantityList`
        quantities: Vec<Quantity>,
    },
    /// Objects were used up and others came to be (§7.4.5).
    Transformation {
        /// `transformationID`
        id: Option<Uri>,
        /// `inputEPCList`
        input_epcs: Vec<Uri>,
        /// `inputQuantityList`
        input_quantities: Vec<Quantity>,
        /// `outputEPCList`
        output_epcs: Vec<Uri>,
        /// `outputQuantityList`
        output_quantities: Vec<Quantity>,
    },
}

/// Objects in, or joined to, another.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// How the event stands to them.
    pub action: Action,
    /// `parentID`
    pub parent: Option<Uri>,
    /// `childEPCs`
    pub children: Vec<Uri>,
    /// `childQuantityList`
    pub quantities: Vec<Quantity>,
}

/// The kinds of event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EventType {
    /// §7.4.2
    ObjectEvent,
    /// §7.4.3
    AggregationEvent,
    /// §7.4.4
    TransactionEvent,
    /// §7.4.5
    TransformationEvent,
    /// §7.4.6
    AssociationEvent,
}

impl EventType {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::ObjectEvent,
        Self::AggregationEvent,
        Self::TransactionEvent,
        Self::TransformationEvent,
        Self::AssociationEvent,
    ];

    /// As the standard writes it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ObjectEvent => "ObjectEvent",
            Self::AggregationEvent => "AggregationEvent",
            Self::TransactionEvent => "TransactionEvent",
            Self::TransformationEvent => "TransformationEvent",
            Self::AssociationEvent => "AssociationEvent",
        }
    }

    /// Reads it.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}

/// So much of a class of objects (§7.3.3.3).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quantity {
    /// The class: a lot, a trade item.
    pub epc_class: Uri,
    /// How much; absent: not told.
    pub quantity: Option<Decimal>,
    /// Of what unit; absent: so many objects.
    pub uom: Option<Unit>,
}

/// A place, and further fields about it.
#[derive(Debug, Clone, PartialEq)]
pub struct Location {
    /// Its name.
    pub id: Uri,
    /// Fields of other namespaces.
    pub extensions: Vec<Extension>,
}

impl From<Uri> for Location {
    fn from(id: Uri) -> Self {
        Self { id, extensions: Vec::new() }
    }
}

/// A business document (§7.3.5.3).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BizTransaction {
    /// Its kind, if told.
    pub kind: Option<BizTransactionType>,
    /// Its name.
    pub biz_transaction: Uri,
}

/// Where objects come from or go to (§7.3.5.4).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceDest {
    /// An owner, a holder or a place.
    pub kind: SourceDestType,
    /// Its name.
    pub id: Uri,
}

/// Dispositions that hold until they are taken back (§7.3.5.2).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PersistentDisposition {
    /// From now on.
    pub set: Vec<Disposition>,
    /// No more.
    pub unset: Vec<Disposition>,
}

/// That an event is wrong (§7.4.1.3).
#[derive(Debug, Clone, PartialEq)]
pub struct ErrorDeclaration {
    /// When that was said.
    pub declaration_time: Timestamp,
    /// Why.
    pub reason: Option<ErrorReason>,
    /// The events that say what is right.
    pub corrective_event_ids: Vec<Uri>,
    /// Fields of other namespaces.
    pub extensions: Vec<Extension>,
}

impl Event {
    /// An event of these objects at this time; the rest is absent.
    #[must_use]
    pub const fn new(what: What, event_time: Timestamp, event_time_zone_offset: UtcOffset) -> Self {
        Self {
            what,
            event_time,
            event_time_zone_offset,
            record_time: None,
            event_id: None,
            error_declaration: None,
            certification_info: Vec::new(),
            biz_step: None,
            disposition: None,
            persistent_disposition: PersistentDisposition { set: Vec::new(), unset: Vec::new() },
            read_point: None,
            biz_location: None,
            biz_transaction_list: Vec::new(),
            source_list: Vec::new(),
            destination_list: Vec::new(),
            sensor_element_list: Vec::new(),
            ilmd: Vec::new(),
            extensions: Vec::new(),
        }
    }

    /// Its kind.
    #[must_use]
    pub const fn event_type(&self) -> EventType {
        match self.what {
            What::Object { .. } => EventType::ObjectEvent,
            What::Aggregation(_) => EventType::AggregationEvent,
            What::Association(_) => EventType::AssociationEvent,
            What::Transaction { .. } => EventType::TransactionEvent,
            What::Transformation { .. } => EventType::TransformationEvent,
        }
    }

    /// How it stands to its objects; a transformation has no such word.
    #[must_use]
    pub const fn action(&self) -> Option<Action> {
        match &self.what {
            What::Object { action, .. } | What::Transaction { action, .. } => Some(*action),
            What::Aggregation(group) | What::Association(group) => Some(group.action),
            What::Transformation { .. } => None,
        }
    }

    /// The object that holds the others.
    #[must_use]
    pub const fn parent(&self) -> Option<&Uri> {
        match &self.what {
            What::Aggregation(group) | What::Association(group) => group.parent.as_ref(),
            What::Transaction { parent, .. } => parent.as_ref(),
            What::Object { .. } | What::Transformation { .. } => None,
        }
    }

    /// Lists of single objects, by the standard's field name.
    #[must_use]
    pub fn epc_lists(&self) -> [(&'static str, &[Uri]); 2] {
        match &self.what {
            What::Object { epcs, .. } | What::Transaction { epcs, .. } => [("epcList", epcs), ("", &[])],
            What::Aggregation(group) | What::Association(group) => [("childEPCs", &group.children), ("", &[])],
            What::Transformation { input_epcs, output_epcs, .. } => {
                [("inputEPCList", input_epcs), ("outputEPCList", output_epcs)]
            }
        }
    }

    /// Lists of quantities, by the standard's field name.
    #[must_use]
    pub fn quantity_lists(&self) -> [(&'static str, &[Quantity]); 2] {
        match &self.what {
            What::Object { quantities, .. } | What::Transaction { quantities, .. } => {
                [("quantityList", quantities), ("", &[])]
            }
            What::Aggregation(group) | What::Association(group) => {
                [("childQuantityList", &group.quantities), ("", &[])]
            }
            What::Transformation { input_quantities, output_quantities, .. } => {
                [("inputQuantityList", input_quantities), ("outputQuantityList", output_quantities)]
            }
        }
    }
}
