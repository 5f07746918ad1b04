//! What a language must be able to say.

/// Of `$(name,)*` makes [`Written`], which a language is written down in, and [`Messages`], which it is read from.
macro_rules! messages {
    ($($name:ident,)*) => {
        /// All that the page says, as it is written down in a language. `{name}` is filled in.
        #[allow(missing_docs)]
        pub struct Written { $(pub $name: &'static str,)* }

        #[allow(non_camel_case_types)]
        enum Line { $($name,)* }

        /// How many messages there are.
        const COUNT: usize = [$(stringify!($name),)*].len();

        impl Written {
            /// The messages in the order of this table.
            const fn lines(&self) -> [&'static str; COUNT] {
                [$(self.$name,)*]
            }
        }

        #[allow(missing_docs)]
        impl Messages {
            $(
                #[must_use]
                pub const fn $name(&self) -> &'static str {
                    self.0[Line::$name as usize]
                }
            )*

            /// Every message under its name.
            #[must_use]
            pub fn entries(&self) -> Vec<(&'static str, &'static str)> {
                vec![$((stringify!($name), self.$name()),)*]
            }
        }
    };
}

/// All that the page says in a language, read from one text with a message a line: as a table of its own a language would
/// take half as much again.
pub struct Messages([&'static str; COUNT]);

impl Messages {
    /// Of a page that lost its words.
    pub(super) const NONE: Self = Self([""; COUNT]);

    /// Reads a language's text; `None` if it is not one of this table.
    #[must_use]
    pub fn read(text: &'static str) -> Option<Self> {
        let mut messages = [""; COUNT];
        let mut lines = text.split('\n');
        for message in &mut messages {
            *message = lines.next()?;
        }
        lines.next().is_none().then_some(Self(messages))
    }
}

impl Written {
    /// The size of [`text`](Self::text).
    pub(super) const fn size(&self) -> usize {
        let lines = self.lines();
        let (mut size, mut index) = (COUNT - 1, 0);
        while index < COUNT {
            size += lines[index].len();
            index += 1;
        }
        size
    }

    /// The messages as [`Messages::read`] reads them, put together when the page is compiled.
    pub(super) const fn text<const SIZE: usize>(&self) -> [u8; SIZE] {
        let lines = self.lines();
        let mut text = [b'\n'; SIZE];
        let (mut at, mut index) = (0, 0);
        while index < COUNT {
            let (line, mut letter) = (lines[index].as_bytes(), 0);
            while letter < line.len() {
                assert!(line[letter] != b'\n', "a message is one line");
                text[at] = line[letter];
                (at, letter) = (at + 1, letter + 1);
            }
            (at, index) = (at + 1, index + 1);
        }
        text
    }
}

messages! {
    // How it is written
    marks, list_mark, months, date, moment, glossary, glossed,

    // The frame
    brand, language_switch, language_missing, document_title, document_title_lot, skip_to_verdict, footer_who, footer_where,

    // Home
    home_title, home_text,
    another_title, file_label, file_hint, file_unlabelled,

    // At the top, while waiting
    loading, checking, loading_note, stage_clear, stage_doubted,

    // Verdicts, as shared/UI.md words them
    verdict_valid, verdict_unlogged, verdict_stale, verdict_recalled, verdict_incomplete, verdict_forked, verdict_invalid, verdict_invalid_whole,
    verdict_untrusted_key, verdict_suspect, verdict_over_allocated, verdict_needs_newer_app, wrong_label, no_such_lot, not_reachable,

    // The same in two or three words
    short_loading, short_checking, short_valid, short_unlogged, short_stale, short_recalled, short_incomplete, short_forked,
    short_invalid, short_untrusted_key, short_suspect, short_over_allocated, short_needs_newer_app, short_wrong_label,
    short_no_such_lot, short_not_reachable,

    // Around the verdict
    as_of_unlogged, as_of_logged, time_unknown, step_named, step_record, step_unknown, label_lot_only, label_unbound,

    // Causes, at the end of a sentence
    cause_signature, cause_sequence, cause_format, cause_permission, cause_custody, cause_opening, cause_value, cause_unrelated,
    cause_file, cause_other_root, cause_log, cause_quantity, cause_interval, cause_season, cause_late_log, cause_suspended,

    // What does not add up
    excess_step, excess_undrawn, excess_draws, excess_left, excess_allotment, excess_ceiling, excess_area, excess_boxes,
    excess_filled, excess_taken,

    // The way of a recall
    path_title, path_plot, path_lot,

    // Next steps
    next_try_again, next_contact_title, next_contact_known, next_contact_unknown, next_report, next_report_subject,
    next_report_text, next_type_code,

    // Findings
    notes_title, note_recalled, note_part_recalled, note_revoked_key, note_missing, note_empty, note_corrected,
    note_written_for,
    note_withheld, note_root_expired, note_not_in_map, note_unconfirmed, note_behind, note_split_log,
    note_claimed_time, note_late_log,

    // What it is
    product_title, product_unnamed, communes_before, communes_names,

    // The journey
    journey_title, journey_areas, journey_areas_sum, journey_origins, journey_origins_sum, journey_origins_one, journey_origins_lots, journey_written_for,
    journey_steps, step_taken, step_given, step_before, step_number, step_on_behalf, step_checked, step_in_doubt, step_failed, withheld, name_withheld,
    voice_claims, voice_attests, voice_note,

    // Events
    event_enrolled, event_key_added, event_key_revoked, event_place_registered, event_plot_registered, event_season_opened,
    event_plots_allotted, event_input_applied, event_harvest_drawn, event_opened, event_harvested, event_drawn, event_packed,
    event_shipped, event_received, event_certified, event_listed, event_recalled, event_corrected,
    event_scope_changed, event_retired, event_custodian_changed, event_repacked, event_cooled, event_treated,
    event_labels_issued, event_aggregated, event_sold, event_lost, event_disposed, event_inspected, event_lab_result,
    event_suspended, event_suspension_lifted, event_release_approved, event_released, event_name_released,
    event_correction_approved, event_reattested,

    // Roles
    role_authority, role_registrar, role_farm, role_collector, role_packing_house, role_carrier, role_seller, role_lab,
    role_inspector,

    // Facts
    label_product, label_variety, label_harvested, label_growing_area, label_packing_house, label_weight, label_grade,
    label_certificate, label_certificate_number, label_lot, label_serial, label_owner, label_holder,
    label_place_kind, label_input_kind, label_input, label_ingredient, label_input_lot, label_dose, label_water,
    label_area, label_interval, label_operator, label_details, label_carrier, label_vehicle, label_set_point,
    label_measured, label_document, label_market, label_season, label_window, label_ceiling, label_allotted,
    label_plots, label_trees, label_validity, label_issuer, label_marketplace, label_listing, label_until, label_reason,
    label_boxes, label_box_weight, label_crates, label_purpose, label_receiver, label_giver, label_corrects,
    label_signed_at, label_attachments, label_concerns, label_standing, label_method, label_facility, label_report,
    label_sample, label_sampled_at, label_result, label_duration, label_temperature, label_serials, label_pallet,
    label_new_holder, day_count, hours, residue, residue_limit, residue_none, from_to, from_on,

    // Words from closed lists
    recall_pesticide_residue, recall_microbial, recall_foreign_matter, recall_treatment, recall_mislabelled,
    recall_quarantine_pest, recall_other, input_plant_protection, input_fertilizer, input_growth_regulator,
    draw_handover, draw_packing, draw_merging, draw_splitting, draw_consignment, place_growing_area,
    place_packing_house, correction_typing, correction_weighing, correction_selection, correction_other,
    standing_counts, standing_waits, cooling_hydrocooling, cooling_forced_air, cooling_room, cooling_ice, cooling_transport,
    treatment_cold, treatment_irradiation, treatment_methyl_bromide, loss_spoilage, loss_drying, loss_sorting,
    loss_transport, loss_theft, loss_sample, disposal_landfill, disposal_compost, disposal_animal_feed,
    disposal_incineration, word_other, inspection_conforms, inspection_defects, inspection_fails, purpose_routine,
    purpose_complaint, purpose_export, purpose_follow_up, suspension_residue, suspension_pest, suspension_documents,
    suspension_inspection,

    // How this was checked
    checks_title, checks_intro, check_label, check_label_failed, check_label_absent, check_root, check_root_failed, check_signatures, check_signatures_failed, check_chains, check_chains_failed,
    check_permissions, check_permissions_failed, check_custody, check_custody_failed, check_sums, check_sums_failed, check_openings, check_openings_failed, check_completeness_held, check_completeness_failed, check_completeness_unproven, check_broken,
    checks_limit, status_held, status_failed, status_doubted, status_unproven,

    // Exhibits
    exhibit_statement, exhibit_chain, exhibit_head, exhibit_key, exhibit_record, exhibit_root, exhibit_commitment, exhibit_bundle,
    exhibit_bytes, copy, copied, copy_failed, show_bytes,
}
