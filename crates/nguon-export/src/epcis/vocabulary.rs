//! The terms of the Core Business Vocabulary (CBV 2.0 §7), and URIs of those who need others.
//!
//! The standard writes a term in four ways: the bare word (`receiving`), the Web URI
//! (`https://ref.gs1.org/cbv/BizStep-receiving`), its short form (`cbv:BizStep-receiving`) and the URN of releases before 2.0
//! (`urn:epcglobal:cbv:bizstep:receiving`). All are read; the bare word is kept and written.

use std::borrow::Cow;
use std::fmt;

use serde::{Serialize, Serializer};

use super::uri::Uri;

/// A word that is neither a term of the vocabulary nor a URI.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("neither a term of the Core Business Vocabulary nor a URI")]
pub struct UnknownTerm;

/// The bare word in any of a term's spellings, if it begins with one of the prefixes.
fn bare<'a>(text: &'a str, prefixes: &[&str]) -> &'a str {
    prefixes.iter().find_map(|prefix| text.strip_prefix(prefix)).unwrap_or(text)
}

macro_rules! vocabulary {
    ($(#[$doc:meta])* $name:ident, $web:literal, [$($spelling:literal),*], { $($word:literal = $constant:ident),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Cow<'static, str>);

        impl $name {
            $(#[doc = concat!("`", $word, "`")] pub const $constant: Self = Self(Cow::Borrowed($word));)+

            /// The standard's terms.
            pub const TERMS: &[&str] = &[$($word),+];

            /// Reads a term in any of its spellings, or a URI.
            pub fn parse(text: &str) -> Result<Self, UnknownTerm> {
                let word = bare(text, &[$web, $($spelling),*]);
                if let Some(term) = Self::TERMS.iter().copied().find(|term| *term == word) {
                    return Ok(Self(Cow::Borrowed(term)));
                }
                // Under the vocabulary's own prefix there is nothing but its terms.
                let foreign = word.len() == text.len();
                let uri: Uri = text.parse().map_err(|_| UnknownTerm)?;
                if foreign { Ok(Self(Cow::Owned(uri.to_string()))) } else { Err(UnknownTerm) }
            }

            /// A URI of one's own.
            #[must_use]
            pub fn own(uri: &Uri) -> Self {
                Self(Cow::Owned(uri.as_str().to_owned()))
            }

            /// The bare word, or the URI.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// Whether it is a term of the standard.
            #[must_use]
            pub fn is_standard(&self) -> bool {
                matches!(self.0, Cow::Borrowed(_))
            }

            /// The Web URI, before its last part where it is a term of the standard: what the event hash is made of.
            #[must_use]
            pub fn web_uri(&self) -> [&str; 2] {
                [if self.is_standard() { $web } else { "" }, &self.0]
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }
    };
}

vocabulary! {
    /// A step of business (CBV 2.0 §7.1).
    BizStep, "https://ref.gs1.org/cbv/BizStep-", ["urn:epcglobal:cbv:bizstep:", "cbv:BizStep-"], {
        "accepting" = ACCEPTING, "arriving" = ARRIVING, "assembling" = ASSEMBLING, "collecting" = COLLECTING,
        "commissioning" = COMMISSIONING, "consigning" = CONSIGNING, "creating_class_instance" = CREATING_CLASS_INSTANCE,
        "cycle_counting" = CYCLE_COUNTING, "decommissioning" = DECOMMISSIONING, "departing" = DEPARTING,
        "destroying" = DESTROYING, "disassembling" = DISASSEMBLING, "dispensing" = DISPENSING, "encoding" = ENCODING,
        "entering_exiting" = ENTERING_EXITING, "holding" = HOLDING, "inspecting" = INSPECTING, "installing" = INSTALLING,
        "killing" = KILLING, "loading" = LOADING, "other" = OTHER, "packing" = PACKING, "picking" = PICKING,
        "receiving" = RECEIVING, "removing" = REMOVING, "repackaging" = REPACKAGING, "repairing" = REPAIRING,
        "replacing" = REPLACING, "reserving" = RESERVING, "retail_selling" = RETAIL_SELLING, "sampling" = SAMPLING,
        "sensor_reporting" = SENSOR_REPORTING, "shipping" = SHIPPING, "staging_outbound" = STAGING_OUTBOUND,
        "stock_taking" = STOCK_TAKING, "stocking" = STOCKING, "storing" = STORING, "transporting" = TRANSPORTING,
        "unloading" = UNLOADING, "unpacking" = UNPACKING, "void_shipping" = VOID_SHIPPING,
    }
}
vocabulary! {
    /// What the objects are fit for after the event (CBV 2.0 §7.2).
    Disposition, "https://ref.gs1.org/cbv/Disp-", ["urn:epcglobal:cbv:disp:", "cbv:Disp-"], {
        "active" = ACTIVE, "available" = AVAILABLE, "completeness_inferred" = COMPLETENESS_INFERRED,
        "completeness_verified" = COMPLETENESS_VERIFIED, "conformant" = CONFORMANT, "container_closed" = CONTAINER_CLOSED,
        "container_open" = CONTAINER_OPEN, "damaged" = DAMAGED, "destroyed" = DESTROYED, "dispensed" = DISPENSED,
        "disposed" = DISPOSED, "encoded" = ENCODED, "expired" = EXPIRED, "in_progress" = IN_PROGRESS,
        "in_transit" = IN_TRANSIT, "inactive" = INACTIVE, "mismatch_class" = MISMATCH_CLASS,
        "mismatch_instance" = MISMATCH_INSTANCE, "mismatch_quantity" = MISMATCH_QUANTITY,
        "needs_replacement" = NEEDS_REPLACEMENT, "no_pedigree_match" = NO_PEDIGREE_MATCH, "non_conformant" = NON_CONFORMANT,
        "non_sellable_other" = NON_SELLABLE_OTHER, "partially_dispensed" = PARTIALLY_DISPENSED, "recalled" = RECALLED,
        "reserved" = RESERVED, "retail_sold" = RETAIL_SOLD, "returned" = RETURNED,
        "sellable_accessible" = SELLABLE_ACCESSIBLE, "sellable_not_accessible" = SELLABLE_NOT_ACCESSIBLE,
        "stolen" = STOLEN, "unavailable" = UNAVAILABLE, "unknown" = UNKNOWN,
    }
}
vocabulary! {
    /// The kind of a business document (CBV 2.0 §7.3).
    BizTransactionType, "https://ref.gs1.org/cbv/BTT-", ["urn:epcglobal:cbv:btt:", "cbv:BTT-"], {
        "bol" = BOL, "cert" = CERT, "desadv" = DESADV, "inv" = INV, "pedigree" = PEDIGREE, "po" = PO, "poc" = POC,
        "prodorder" = PRODORDER, "recadv" = RECADV, "rma" = RMA, "testprd" = TESTPRD, "testres" = TESTRES, "upevt" = UPEVT,
    }
}
vocabulary! {
    /// What a source or destination is (CBV 2.0 §7.4).
    SourceDestType, "https://ref.gs1.org/cbv/SDT-", ["urn:epcglobal:cbv:sdt:", "cbv:SDT-"], {
        "owning_party" = OWNING_PARTY, "possessing_party" = POSSESSING_PARTY, "location" = LOCATION,
    }
}
vocabulary! {
    /// Why an event was wrong (CBV 2.0 §7.5).
    ErrorReason, "https://ref.gs1.org/cbv/ER-", ["urn:epcglobal:cbv:er:", "cbv:ER-"], {
        "did_not_occur" = DID_NOT_OCCUR, "incorrect_data" = INCORRECT_DATA,
    }
}
vocabulary! {
    /// A component of what a sensor measured (CBV 2.0 §7.6).
    Component, "https://ref.gs1.org/cbv/Comp-", ["urn:epcglobal:cbv:comp:", "cbv:Comp-"], {
        "x" = X, "y" = Y, "z" = Z, "axial_distance" = AXIAL_DISTANCE, "azimuth" = AZIMUTH, "height" = HEIGHT,
        "spherical_radius" = SPHERICAL_RADIUS, "polar_angle" = POLAR_ANGLE, "elevation_angle" = ELEVATION_ANGLE,
        "easting" = EASTING, "northing" = NORTHING, "latitude" = LATITUDE, "longitude" = LONGITUDE, "altitude" = ALTITUDE,
    }
}
vocabulary! {
    /// What a sensor measured (GS1 Web Vocabulary, `MeasurementType`).
    MeasurementType, "https://ref.gs1.org/voc/", ["https://gs1.org/voc/", "gs1:"], {
        "AbsoluteHumidity" = ABSOLUTE_HUMIDITY, "AbsorbedDose" = ABSORBED_DOSE, "AbsorbedDoseRate" = ABSORBED_DOSE_RATE,
        "Acceleration" = ACCELERATION, "Radioactivity" = RADIOACTIVITY, "Altitude" = ALTITUDE,
        "AmountOfSubstance" = AMOUNT_OF_SUBSTANCE, "AmountOfSubstancePerUnitVolume" = AMOUNT_OF_SUBSTANCE_PER_UNIT_VOLUME,
        "Angle" = ANGLE, "AngularAcceleration" = ANGULAR_ACCELERATION, "AngularMomentum" = ANGULAR_MOMENTUM,
        "AngularVelocity" = ANGULAR_VELOCITY, "Area" = AREA, "Capacitance" = CAPACITANCE, "Conductance" = CONDUCTANCE,
        "Conductivity" = CONDUCTIVITY, "Count" = COUNT, "Density" = DENSITY, "Dimensionless" = DIMENSIONLESS,
        "DoseEquivalent" = DOSE_EQUIVALENT, "DoseEquivalentRate" = DOSE_EQUIVALENT_RATE,
        "DynamicViscosity" = DYNAMIC_VISCOSITY, "ElectricCharge" = ELECTRIC_CHARGE, "ElectricCurrent" = ELECTRIC_CURRENT,
        "ElectricCurrentDensity" = ELECTRIC_CURRENT_DENSITY, "ElectricFieldStrength" = ELECTRIC_FIELD_STRENGTH,
        "Energy" = ENERGY, "Exposure" = EXPOSURE, "Force" = FORCE, "Frequency" = FREQUENCY, "Illuminance" = ILLUMINANCE,
        "Inductance" = INDUCTANCE, "Irradiance" = IRRADIANCE, "KinematicViscosity" = KINEMATIC_VISCOSITY,
        "Length" = LENGTH, "LinearMomentum" = LINEAR_MOMENTUM, "Luminance" = LUMINANCE, "LuminousFlux" = LUMINOUS_FLUX,
        "LuminousIntensity" = LUMINOUS_INTENSITY, "MagneticFlux" = MAGNETIC_FLUX,
        "MagneticFluxDensity" = MAGNETIC_FLUX_DENSITY, "MagneticVectorPotential" = MAGNETIC_VECTOR_POTENTIAL,
        "Mass" = MASS, "MassConcentration" = MASS_CONCENTRATION, "MassFlowRate" = MASS_FLOW_RATE,
        "MassPerAreaTime" = MASS_PER_AREA_TIME, "MemoryCapacity" = MEMORY_CAPACITY,
        "MolalityOfSolute" = MOLALITY_OF_SOLUTE, "MolarEnergy" = MOLAR_ENERGY, "MolarMass" = MOLAR_MASS,
        "MolarVolume" = MOLAR_VOLUME, "Power" = POWER, "Pressure" = PRESSURE, "RadiantFlux" = RADIANT_FLUX,
        "RadiantIntensity" = RADIANT_INTENSITY, "RelativeHumidity" = RELATIVE_HUMIDITY, "Resistance" = RESISTANCE,
        "Resistivity" = RESISTIVITY, "SolidAngle" = SOLID_ANGLE, "SpecificVolume" = SPECIFIC_VOLUME, "Speed" = SPEED,
        "SurfaceDensity" = SURFACE_DENSITY, "SurfaceTension" = SURFACE_TENSION, "Temperature" = TEMPERATURE,
        "Time" = TIME, "Torque" = TORQUE, "Voltage" = VOLTAGE, "Volume" = VOLUME, "VolumeFlowRate" = VOLUME_FLOW_RATE,
        "VolumeFraction" = VOLUME_FRACTION, "VolumetricFlux" = VOLUMETRIC_FLUX, "Wavenumber" = WAVENUMBER,
    }
}
vocabulary! {
    /// What a sensor raised an alarm about (GS1 Web Vocabulary, `SensorAlertType`).
    SensorAlertType, "https://ref.gs1.org/voc/", ["https://gs1.org/voc/", "gs1:"], {
        "ALARM_CONDITION" = ALARM_CONDITION, "ERROR_CONDITION" = ERROR_CONDITION,
    }
}

/// How an event stands to the objects it names (EPCIS 2.0 §7.3.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Action {
    /// They were put together, or came to be.
    Add,
    /// They were seen.
    Observe,
    /// They were taken apart, or ceased to be.
    Delete,
}

impl Action {
    /// As the standard writes it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Add => "ADD",
            Self::Observe => "OBSERVE",
            Self::Delete => "DELETE",
        }
    }

    /// Reads it.
    pub fn parse(text: &str) -> Result<Self, UnknownTerm> {
        [Self::Add, Self::Observe, Self::Delete].into_iter().find(|action| action.as_str() == text).ok_or(UnknownTerm)
    }
}

#[cfg(test)]
mod tests {
    use super::BizStep;

    #[test]
    fn a_term_has_one_form_however_it_is_spelt() {
        for text in [
            "receiving",
            "https://ref.gs1.org/cbv/BizStep-receiving",
            "cbv:BizStep-receiving",
            "urn:epcglobal:cbv:bizstep:receiving",
        ] {
            assert_eq!(BizStep::parse(text), Ok(BizStep::RECEIVING), "{text}");
        }
        assert!(!BizStep::parse("https://example.org/steps/weighing").unwrap().is_standard());
        for text in ["weighing", "urn:epcglobal:cbv:bizstep:weighing", ""] {
            assert!(BizStep::parse(text).is_err(), "{text}");
        }
    }
}
