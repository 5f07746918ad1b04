//! What a language must be able to say.

/// Of `$(name,)*` makes [`Messages`]: a language that lacks one does not compile.
macro_rules! messages {
    ($($name:ident,)*) => {
        /// All that the page says in a language. `{name}` is filled in.
        #[allow(missing_docs)]
        pub struct Messages { $(pub $name: &'static str,)* }

        impl Messages {
            /// Every message under its name.
            #[must_use]
            pub fn entries(&self) -> Vec<(&'static str, &'static str)> {
                vec![$((stringify!($name), self.$name),)*]
            }
        }
    };
}

messages! {
    // The page
    title, skip, languages, parts, tab_trace, tab_check, tab_record, offline, foot, close, copy, scan, scan_stop,
    try_again, as_of,

    // Codes
    kind_label, kind_any, kind_product_lot, kind_shipment, direction_label, direction_both, direction_back,
    direction_forward, code_label, code_hint, code_empty, code_check_digit, code_no_lot, code_no_number,
    code_not_a_lot, code_unreadable,

    // Tracing
    trace_title, trace_lead, trace_ask, trace_coming, trace_counted, trace_torn, trace_not_found, trace_not_reachable,
    trace_refused, trace_cut, trace_unreadable, trace_as_of, trace_word, trace_reach, trace_recalled, trace_csv,
    drawing_title, drawing_help, fold_up, fold_holders, fold_batches, fold_places, fold_open, node_mass_left,
    node_start, edge_label, edge_short, edge_shortage, sort_growing_area, sort_packing_house, sort_plot, sort_batch,
    standing_forked, standing_recalled, standing_below, standing_part, holdings_title, holdings_none, holder_all,
    edges_title, edges_more, edges_csv,

    // Facts of a node
    prove, proving, inspect_this, walk_forward, walk_back, shopper_page, fact_variety, fact_code, fact_drawn,
    fact_sold, fact_lost, fact_disposed, fact_opened, recall_stands, recall_lifted, recall_product_lot,
    recall_harvests, recall_part, recall_pesticide_residue, recall_microbial, recall_foreign_matter, recall_treatment,
    recall_mislabelled, recall_quarantine_pest, recall_other,

    // Columns
    column_chain, column_kind, column_gtin, column_lot, column_product, column_holder, column_holder_chain,
    column_commune, column_in, column_remaining, column_boxes, column_standing, column_from, column_from_chain,
    column_to, column_to_chain, column_drawn, column_received, column_shortage, column_line, column_text,
    column_found, column_as_of,

    // Checking many codes
    check_title, check_lead, check_label, check_hint, check_ask, check_found, check_progress, check_done,
    check_waiting, check_records, check_same, check_csv, found_recalled, found_forked, found_invalid,
    found_wrong_label, found_untrusted_key, found_over_allocated, found_suspect, found_no_such_lot,
    found_part_recalled, found_unreadable, found_incomplete, found_not_reachable, found_needs_newer_app, found_stale,
    found_unlogged, found_valid,

    // Files for other readers
    files_title, files_lead, file_making, file_saved, file_saved_missing, file_despite, file_not_reachable, file_dossier,
    file_fsma, file_epcis, file_circular02, file_circular02_json, file_passport, file_passport_json, file_vietgap,

    // Recording an inspection
    record_title, record_lead, target_label, target_hint, target_picked, result_label, result_conforms,
    result_defects, result_fails, purpose_label, purpose_routine, purpose_complaint, purpose_export,
    purpose_follow_up, words_label, photo_label, photo_take, photo_hint, photo_alt, photo_remove, record_save,
    record_saved, record_not_saved, outbox_title, outbox_send, outbox_sending, outbox_no_key, outbox_no_actor,
    outbox_locked, outbox_offline, entry_photos, stage_draft, stage_signed, stage_sent, stage_sent_unlogged,
    stage_logged, stage_logged_photos, stage_refused, refused_went_back, refused_no_target, refused_bad_target,
    refused_photo_lost, refused_not_permitted, refused_key, refused_forked, refused_too_large, refused_races,
    refused_other, forget,

    // The key
    key_title, key_none, key_make, key_open, key_impossible, key_held, key_wrapped, key_not_made, key_not_opened,
    passphrase_label, key_enrol, key_symbol, actor_label, actor_hint, actor_enter, actor_unreadable, actor_entered,
    actor_enrolled, actor_revoked, actor_stranger, actor_other_role, actor_none,
}
