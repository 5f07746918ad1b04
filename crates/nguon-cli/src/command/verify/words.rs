//! The library's enums in the reader's words. A new variant does not compile until it has one.

use nguon_core::event::{EventName, RecallReason, Role};

use crate::lang::Words;

/// A role.
pub const fn role(words: &Words, role: Role) -> &'static str {
    match role {
        Role::Registrar => words.role_registrar,
        Role::Farm => words.role_farm,
        Role::Collector => words.role_collector,
        Role::PackingHouse => words.role_packing_house,
        Role::Carrier => words.role_carrier,
        Role::Seller => words.role_seller,
        Role::Lab => words.role_lab,
        Role::Inspector => words.role_inspector,
    }
}

/// What happened.
pub const fn event_word(words: &Words, event: EventName) -> &'static str {
    match event {
        EventName::Enrolled => words.enrolled,
        EventName::KeyAdded => words.key_added,
        EventName::KeyRevoked => words.key_revoked,
        EventName::PlaceRegistered => words.place_registered,
        EventName::PlotRegistered => words.plot_registered,
        EventName::SeasonOpened => words.season_opened,
        EventName::PlotsAllotted => words.plots_allotted,
        EventName::InputApplied => words.input_applied,
        EventName::HarvestDrawn => words.harvest_drawn,
        EventName::Opened => words.opened,
        EventName::Harvested => words.harvested,
        EventName::Drawn => words.drawn,
        EventName::Packed => words.packed,
        EventName::Shipped => words.shipped,
        EventName::Received => words.received,
        EventName::Certified => words.certified,
        EventName::Listed => words.listed,
        EventName::Recalled => words.recalled_event,
        EventName::Corrected => words.corrected,
        EventName::ScopeChanged => words.scope_changed,
        EventName::Retired => words.retired,
        EventName::CustodianChanged => words.custodian_changed,
        EventName::Repacked => words.repacked,
        EventName::Cooled => words.cooled,
        EventName::Treated => words.treated,
        EventName::LabelsIssued => words.labels_issued,
        EventName::Aggregated => words.aggregated,
        EventName::Sold => words.sold,
        EventName::Lost => words.lost,
        EventName::Disposed => words.disposed,
        EventName::Inspected => words.inspected,
        EventName::LabResult => words.lab_result,
        EventName::Suspended => words.suspended,
        EventName::SuspensionLifted => words.suspension_lifted,
        EventName::ReleaseApproved => words.release_approved,
        EventName::Released => words.released,
        EventName::NameReleased => words.name_released,
        EventName::CorrectionApproved => words.correction_approved,
        EventName::Reattested => words.reattested,
    }
}

/// Why goods are recalled.
pub const fn recall(words: &Words, reason: RecallReason) -> &'static str {
    match reason {
        RecallReason::PesticideResidue => words.pesticide_residue,
        RecallReason::Microbial => words.microbial,
        RecallReason::ForeignMatter => words.foreign_matter,
        RecallReason::Treatment => words.treatment,
        RecallReason::Mislabelled => words.mislabelled,
        RecallReason::QuarantinePest => words.quarantine_pest,
        RecallReason::Other => words.other,
    }
}

/// The end of "not valid: …", by the fault's code.
pub fn cause(words: &Words, code: &str) -> &'static str {
    match code {
        "bad_signature" => words.cause_signature,
        "wrong_chain" | "wrong_sequence" | "wrong_previous" | "wrong_first" | "first_again" => words.cause_sequence,
        "not_permitted" | "out_of_scope" | "too_deep" | "on_behalf" => words.cause_permission,
        "cycle" | "undrawn_input" => words.cause_custody,
        "inputs_above_draws" => words.cause_custody,
        "harvest_too_early" => words.cause_interval,
        "outside_season" | "late_harvest" => words.cause_season,
        "suspended" => words.cause_suspended,
        "bad_opening" | "stray_opening" => words.cause_opening,
        "bad_field" | "wrong_reference" | "taken" | "weak_key" | "key_twice" => words.cause_value,
        "chain_twice" | "unreachable" | "chain_order" | "empty_chain" => words.cause_unrelated,
        "bad_bundle" => words.cause_file,
        "other_root" => words.cause_other_root,
        "bad_proof" | "bad_checkpoint" | "bad_inclusion" | "bad_position" => words.cause_log,
        "bad_anchor" => words.cause_anchor,
        "later_chain" => words.cause_later_chain,
        _ => words.cause_format,
    }
}

/// What a fault about the log means, by its code; `None` for other faults.
pub fn explained<'a>(words: &'a Words, code: &str) -> Option<&'a str> {
    Some(match code {
        "no_proof" => words.why_no_proof,
        "bad_proof" => words.why_bad_proof,
        "bad_checkpoint" => words.why_bad_checkpoint,
        "bad_inclusion" => words.why_bad_inclusion,
        "bad_position" => words.why_bad_position,
        "not_cosigned" => words.why_not_cosigned,
        "not_in_map" => words.why_not_in_map,
        "no_consistency" => words.why_no_consistency,
        "split_log" => words.why_split_log,
        "forked_chain" => words.why_forked_chain,
        "key_not_then" => words.why_key_not_then,
        "later_chain" => words.why_later_chain,
        "bad_anchor" => words.why_bad_anchor,
        _ => return None,
    })
}

/// The verdict's sentence where something is missing, by what is missing.
pub fn incomplete(words: &Words, code: &str) -> &'static str {
    match code {
        "no_proof" => words.incomplete_no_proof,
        "not_in_map" => words.incomplete_cut,
        "not_cosigned" => words.incomplete_not_cosigned,
        "no_consistency" => words.incomplete_no_consistency,
        _ => words.incomplete,
    }
}
