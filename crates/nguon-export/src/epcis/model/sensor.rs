//! What sensors measured (EPCIS 2.0 §7.3.7): fields in the order of the standard, each with a value of its own kind.

use super::Extension;
use crate::epcis::decimal::Decimal;
use crate::epcis::time::Timestamp;
use crate::epcis::uri::Uri;
use crate::epcis::vocabulary::{Component, MeasurementType, SensorAlertType};

macro_rules! fields {
    ($(#[$doc:meta])* $name:ident { $($variant:ident = $text:literal $kind:ident),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $(#[doc = concat!("`", $text, "`")] $variant,)+
        }

        impl $name {
            /// All, in the standard's order.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The name as it is written.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }

            /// What kind of value it has.
            pub(crate) const fn kind(self) -> SensorKind {
                match self { $(Self::$variant => SensorKind::$kind),+ }
            }
        }
    };
}

/// The kinds of value that a sensor's field can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SensorKind {
    Measurement,
    Alert,
    Component,
    Uri,
    Time,
    Number,
    Text,
    Boolean,
    Hex,
}

fields! {
    /// A field of `sensorMetadata` (§7.3.7.2).
    MetadataField {
        Time = "time" Time,
        StartTime = "startTime" Time,
        EndTime = "endTime" Time,
        DeviceId = "deviceID" Uri,
        DeviceMetadata = "deviceMetadata" Uri,
        RawData = "rawData" Uri,
        DataProcessingMethod = "dataProcessingMethod" Uri,
        BizRules = "bizRules" Uri,
    }
}

fields! {
    /// A field of a `sensorReport` (§7.3.7.3).
    ReportField {
        Type = "type" Measurement,
        Exception = "exception" Alert,
        DeviceId = "deviceID" Uri,
        DeviceMetadata = "deviceMetadata" Uri,
        RawData = "rawData" Uri,
        DataProcessingMethod = "dataProcessingMethod" Uri,
        Time = "time" Time,
        Microorganism = "microorganism" Uri,
        ChemicalSubstance = "chemicalSubstance" Uri,
        Value = "value" Number,
        Component = "component" Component,
        StringValue = "stringValue" Text,
        BooleanValue = "booleanValue" Boolean,
        HexBinaryValue = "hexBinaryValue" Hex,
        UriValue = "uriValue" Uri,
        MinValue = "minValue" Number,
        MaxValue = "maxValue" Number,
        MeanValue = "meanValue" Number,
        SDev = "sDev" Number,
        PercRank = "percRank" Number,
        PercValue = "percValue" Number,
        Uom = "uom" Text,
        CoordinateReferenceSystem = "coordinateReferenceSystem" Uri,
    }
}

/// The value of a sensor's field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SensorValue {
    /// What was measured.
    Measurement(MeasurementType),
    /// What an alarm is about.
    Alert(SensorAlertType),
    /// Which component of it.
    Component(Component),
    /// A name.
    Uri(Uri),
    /// A time.
    Time(Timestamp),
    /// A number.
    Number(Decimal),
    /// Text, a unit's code, or hexadecimal digits.
    Text(String),
    /// Yes or no.
    Boolean(bool),
}

/// What one sensor, or several together, reported.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SensorElement {
    /// What holds for all reports, in the standard's order.
    pub metadata: Vec<(MetadataField, SensorValue)>,
    /// Fields of other namespaces about that.
    pub metadata_extensions: Vec<Extension>,
    /// The reports.
    pub reports: Vec<SensorReport>,
    /// Fields of other namespaces.
    pub extensions: Vec<Extension>,
}

/// One thing that was measured.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SensorReport {
    /// The fields there are, in the standard's order.
    pub fields: Vec<(ReportField, SensorValue)>,
    /// Fields of other namespaces.
    pub extensions: Vec<Extension>,
}

impl SensorReport {
    /// A value measured in a unit (UN/ECE Recommendation 20).
    #[must_use]
    pub fn measured(what: MeasurementType, value: Decimal, uom: &str) -> Self {
        let fields = vec![
            (ReportField::Type, SensorValue::Measurement(what)),
            (ReportField::Value, SensorValue::Number(value)),
            (ReportField::Uom, SensorValue::Text(uom.to_owned())),
        ];
        Self { fields, extensions: Vec::new() }
    }

    /// A field's value.
    #[must_use]
    pub fn get(&self, field: ReportField) -> Option<&SensorValue> {
        self.fields.iter().find(|(found, _)| *found == field).map(|(_, value)| value)
    }
}

impl SensorElement {
    /// Reports without more about them.
    #[must_use]
    pub const fn of(reports: Vec<SensorReport>) -> Self {
        Self { metadata: Vec::new(), metadata_extensions: Vec::new(), reports, extensions: Vec::new() }
    }
}
