//! The words for what records say: events, roles, kinds and reasons. The matches are exhaustive, so an event that the core
//! learns does not compile here until every language has a name for it.

use nguon_core::event::{
    self, CoolingMethod, CorrectionReason, DisposalMethod, DrawReason, EventName, InputKind, InspectionPurpose,
    InspectionResult, LossReason, PlaceKind, RecallReason, SuspensionReason,
};

use crate::messages::Messages;

/// Something with a name in every language.
pub trait Titled {
    /// Its name.
    fn title(self, m: &Messages) -> &'static str;
}

macro_rules! titles {
    ($($kind:ty { $($variant:ident => $message:ident,)* })*) => {
        $(impl Titled for $kind {
            fn title(self, m: &Messages) -> &'static str {
                match self { $(Self::$variant => m.$message(),)* }
            }
        })*
    };
}

titles! {
    EventName {
        Enrolled => event_enrolled,
        KeyAdded => event_key_added,
        KeyRevoked => event_key_revoked,
        PlaceRegistered => event_place_registered,
        PlotRegistered => event_plot_registered,
        SeasonOpened => event_season_opened,
        PlotsAllotted => event_plots_allotted,
        InputApplied => event_input_applied,
        HarvestDrawn => event_harvest_drawn,
        Opened => event_opened,
        Harvested => event_harvested,
        Drawn => event_drawn,
        Packed => event_packed,
        Shipped => event_shipped,
        Received => event_received,
        Certified => event_certified,
        Listed => event_listed,
        Recalled => event_recalled,
        Corrected => event_corrected,
        ScopeChanged => event_scope_changed,
        Retired => event_retired,
        CustodianChanged => event_custodian_changed,
        Repacked => event_repacked,
        Cooled => event_cooled,
        Treated => event_treated,
        LabelsIssued => event_labels_issued,
        Aggregated => event_aggregated,
        Sold => event_sold,
        Lost => event_lost,
        Disposed => event_disposed,
        Inspected => event_inspected,
        LabResult => event_lab_result,
        Suspended => event_suspended,
        SuspensionLifted => event_suspension_lifted,
        ReleaseApproved => event_release_approved,
        Released => event_released,
        NameReleased => event_name_released,
        CorrectionApproved => event_correction_approved,
        Reattested => event_reattested,
    }
    Role {
        Authority => role_authority,
        Registrar => role_registrar,
        Farm => role_farm,
        Collector => role_collector,
        PackingHouse => role_packing_house,
        Carrier => role_carrier,
        Seller => role_seller,
        Lab => role_lab,
        Inspector => role_inspector,
    }
    Voice {
        Claims => voice_claims,
        Attests => voice_attests,
    }
    RecallReason {
        PesticideResidue => recall_pesticide_residue,
        Microbial => recall_microbial,
        ForeignMatter => recall_foreign_matter,
        Treatment => recall_treatment,
        Mislabelled => recall_mislabelled,
        QuarantinePest => recall_quarantine_pest,
        Other => recall_other,
    }
    InputKind {
        PlantProtection => input_plant_protection,
        Fertilizer => input_fertilizer,
        GrowthRegulator => input_growth_regulator,
    }
    DrawReason {
        Handover => draw_handover,
        Packing => draw_packing,
        Merging => draw_merging,
        Splitting => draw_splitting,
        Consignment => draw_consignment,
    }
    PlaceKind {
        GrowingArea => place_growing_area,
        PackingHouse => place_packing_house,
    }
    CorrectionReason {
        Typing => correction_typing,
        Weighing => correction_weighing,
        Selection => correction_selection,
        Other => correction_other,
    }
    CoolingMethod {
        Hydrocooling => cooling_hydrocooling,
        ForcedAir => cooling_forced_air,
        Room => cooling_room,
        Ice => cooling_ice,
        Transport => cooling_transport,
    }
    TreatmentKind {
        Cold => treatment_cold,
        Irradiation => treatment_irradiation,
        MethylBromide => treatment_methyl_bromide,
    }
    LossReason {
        Spoilage => loss_spoilage,
        Drying => loss_drying,
        Sorting => loss_sorting,
        Transport => loss_transport,
        Theft => loss_theft,
        Sample => loss_sample,
        Other => word_other,
    }
    DisposalMethod {
        Landfill => disposal_landfill,
        Compost => disposal_compost,
        AnimalFeed => disposal_animal_feed,
        Incineration => disposal_incineration,
        Other => word_other,
    }
    InspectionResult {
        Conforms => inspection_conforms,
        Defects => inspection_defects,
        Fails => inspection_fails,
    }
    InspectionPurpose {
        Routine => purpose_routine,
        Complaint => purpose_complaint,
        Export => purpose_export,
        FollowUp => purpose_follow_up,
    }
    SuspensionReason {
        Residue => suspension_residue,
        Pest => suspension_pest,
        Documents => suspension_documents,
        Inspection => suspension_inspection,
        Other => word_other,
    }
    Standing {
        Counts => standing_counts,
        Waits => standing_waits,
    }
}

/// How produce was treated against quarantine pests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TreatmentKind {
    /// Kept cold
    Cold,
    /// Irradiated
    Irradiation,
    /// Fumigated
    MethylBromide,
}

/// Whether a correction counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It does
    Counts,
    /// It waits for somebody above
    Waits,
}

/// What a party is: the roles an actor can be enrolled in, and the authority, which is not enrolled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Named in the trust root
    Authority,
    /// Enrols others: a co-op or an office
    Registrar,
    /// A farming household
    Farm,
    /// A weighing point or trader
    Collector,
    /// A packing house
    PackingHouse,
    /// Carries goods
    Carrier,
    /// Sells to shoppers
    Seller,
    /// Tests samples
    Lab,
    /// Inspects places and goods
    Inspector,
}

impl From<event::Role> for Role {
    fn from(role: event::Role) -> Self {
        match role {
            event::Role::Registrar => Self::Registrar,
            event::Role::Farm => Self::Farm,
            event::Role::Collector => Self::Collector,
            event::Role::PackingHouse => Self::PackingHouse,
            event::Role::Carrier => Self::Carrier,
            event::Role::Seller => Self::Seller,
            event::Role::Lab => Self::Lab,
            event::Role::Inspector => Self::Inspector,
        }
    }
}

impl Role {
    /// Whether a party of this role, when it writes on what is not its own, vouches for it.
    #[must_use]
    pub const fn voice(self) -> Voice {
        match self {
            Self::Authority | Self::Registrar | Self::Lab | Self::Inspector => Voice::Attests,
            Self::Farm | Self::Collector | Self::PackingHouse | Self::Carrier | Self::Seller => Voice::Claims,
        }
    }
}

/// How much a statement weighs: nobody else's word stands behind a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Voice {
    /// The party says it of its own work
    Claims,
    /// A party says it of another
    Attests,
}

/// Events that are about the parties and not about the fruit: counted and checked, not told as steps.
#[must_use]
pub const fn is_background(event: EventName) -> bool {
    matches!(
        event,
        EventName::Enrolled
            | EventName::KeyAdded
            | EventName::KeyRevoked
            | EventName::ScopeChanged
            | EventName::Retired
    )
}
