//! What a language must be able to say.

nguon_farm_app::messages! {
    // The page
    title, parts, part_import, part_households, part_pack, part_lots, part_officers, to_farm, loading, again, languages,
    needs_person, needs_enrolment, needs_key, open_farm, elsewhere, elsewhere_here, no_storage, practising, unreadable, secret, secret_wrong, unlock,
    on_its_way, sending, sent_all, refused_some, cut_list, old_list, list_failed,
    // Households
    households_title, search, search_hint, filter, filter_all, filter_no_key, filter_no_phone, filter_quiet, filter_near, found,
    found_none, none_yet, none_yet_how, col_name, col_key, col_last, col_ceiling, col_plots, keys_none, keys_some, never,
    no_allotment, left_of, retired, areas_title, col_area, col_season, col_ceiling_sum, col_allotted, col_drawn, col_left,
    names_here, new_household,
    // One household
    back, name_unknown, plots_title, plot_line, plots_none, signs_self, signs_coop, keys_title, keys_unknown, key_active, key_revoked,
    key_first, enrol_title, enrol_lead, enrol_typed, enrol_typed_hint, enrol_read, enrol_not_code, enrol_newer, enrol_compare,
    enrol_same, enrol_other, enrol_taken, enrol_mine, enrol_done, revoke, revoke_title, revoke_lead, revoke_reason, revoke_since,
    revoke_since_hint, revoke_do, revoke_done, lost_hint, cancel, newcomer_title, newcomer_lead, newcomer_name, newcomer_phone,
    newcomer_phone_hint, newcomer_make, newcomer_done, name_missing, phone_bad, role_registrar, role_farm, role_collector,
    role_packing_house, role_carrier, role_seller, role_lab, role_inspector,
    // Officers
    officers_title, officers_lead, officers_how, officers_how_add, officers_how_leave, officers_this, officers_above,
    // Import
    import_title, import_lead, import_choose, import_drop, import_template, import_template_why,
    import_template_missing, import_reading, import_another, import_count, import_bad, import_doubtful,
    import_told, import_all_or_nothing, import_clean, import_season, import_no_season, import_no_season_why, import_areas_none,
    import_fix, import_fixed, import_fix_or_file, import_read, import_more, import_rows, import_only_bad, import_row,
    import_sign, import_signing, import_signed, import_nothing_new, import_plan, import_plan_households, import_plan_plots,
    import_plan_seasons, import_plan_shares, import_plan_keys, import_not_in_file, import_elsewhere, import_whole_file,
    // Packing
    pack_title, pack_step_lot, pack_step_fill, pack_step_labels, lot_choose, lot_new, lot_open, lot_product, lot_variety, lot_gtin,
    lot_lot, lot_lot_hint, lot_opened, lot_waits, fill_lead, fill_none, fill_kg, fill_boxes, fill_per_box, fill_chosen, fill_fills,
    fill_do, fill_done, labels_lead, labels_paper, labels_dpi, labels_count, labels_start, labels_host, labels_host_hint, labels_note,
    labels_serials, labels_serials_why, labels_print, labels_test, labels_printing, labels_ready, labels_save, labels_missing, labels_wait,
    roll,
    // What is wrong with a field
    fault_missing, fault_number, fault_gtin, fault_lot, fault_more, fault_more_boxes, fault_nothing, fault_address, fault_too_many,
    // Balance
    lots_title, lots_lead, lots_none, col_lot, col_came, col_went, col_gone, col_remaining, col_boxes, lots_sum, lots_from, lots_into,
    lots_recalled, lots_off, lots_waiting, give_title, give_lead, give_code, give_kg, give_do, give_done, give_done_consignment, give_not_code,
    // Orders
    part_orders, orders_title, orders_lead, orders_none, order_new, order_buyer, order_kg, order_due, order_due_hint,
    order_note, order_take, order_by, order_late, order_line, order_drop, give_nothing, give_way, give_by_code,
    give_by_code_why, give_consignment, give_consignment_why, give_carrier, give_no_carrier, give_carrier_hint,
    give_vehicle, give_vehicle_hint, give_document, fault_day, fault_future, fault_not_labelled, fault_code, shipped_title,
    shipped_more, shipped_own, shipped_under_way, shipped_waits, shipped_arrived, shipped_short, col_to, col_given,
    col_carrier, col_state, arrived, arrived_kg, arrived_hint, arrived_do, arrived_done, newcomer_role,
}
