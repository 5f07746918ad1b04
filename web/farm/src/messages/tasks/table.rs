//! What a language must be able to say on the task pages.

use crate::messages::lines::messages;

messages! {
    // Every page
    back, next, sign, signing, done, again, change, optional, explain, faults, saved_title, saved_lead, saved_correct,
    not_saved, not_saved_again, half_done, half_afresh, unit, today, yesterday, other_day, warnings, unknown_person,

    // Plots
    plot_label, plot_help, plot_from, plot_now, no_plots,

    // Field log
    log_title, log_what, kind_label, kind_help, kind_protection, kind_fertilizer, kind_regulator, product_label,
    product_help, product_find, product_used, product_list, product_phi, product_own, product_none, ingredients_label,
    ingredients_help, product_lot_label, product_lot_help, log_amount, dose_label, dose_help, dose_last, litre,
    water_label, water_help, area_label, area_help, area_whole, area_above, sao, hectare, phi_label, phi_help,
    day_label, day_help, photo_label, photo_help, photo_take, photo_alt, photo_remove, notes_label, notes_help,
    log_check, earliest, earliest_short, harvest_crates, earliest_none, earliest_other, warn_harvested, warn_old,

    // Harvest
    harvest_title, weight_label, weight_help, weight_whole, crate_add, crate_, crate_remove, crates, total,
    left_of_plot, into_label, into_help, into_new, into_known, warn_phi, warn_allotment, warn_season, warn_no_season,
    warn_crate,

    // Hand-over
    give_title, give_lead, receive_title, receive_offer, receive_offer_lead, receive_scan, receive_make,
    produce_label, produce_help, produce_default, code_label, code_help, code_use, scan, scan_stop, scan_picture,
    scan_hold, scan_have, scan_no_camera, scan_nothing, scan_other_parcel, scan_wrong, scan_newer, scan_not_for_us,
    frames_too_much, from_plot, from_label, from_help, from_left, no_batches, given_label, given_help, warn_over, to,
    giver, frames_title, frames_lead, frame, frame_next, frame_hold, frame_go, frames_text, copy, frames_done,
    arrived_label, arrived_help, given_is, arrived_is, shortage, arrived_above, both_signed, answer_lead, answer_scan,
    answer_waits,

    // Weighing station
    weigh_title, farmer_label, farmer_help, farmer_find, farmer_none, weigh_phone, weigh_behalf, weigh_behalf_lead,
    weigh_next, slip_title, slip_farmer, slip_plot, slip_net, slip_time, slip_day, slip_sum,

    // Corrections
    correct_title, correct_lead, value_label, value_help, was, reason_label, reason_help, reason_typing,
    reason_weighing, reason_selection, reason_other, at_once, needs_approval, cannot_correct, correct_waiting,
    correct_counts, history_title, original,

    // Lost, disposed of, cooled
    gone_title, gone_label, gone_help, gone_lost, gone_disposed, loss_spoilage, loss_drying, loss_sorting,
    loss_transport, loss_theft, loss_sample, loss_other, method_landfill, method_compost, method_feed,
    method_incineration, method_other, cool_title, method_label, method_help, cool_hydro, cool_air, cool_room,
    cool_ice, cool_transport, degrees_label, degrees_help,

    // Why it was not written
    why_locked, why_no_key, why_unknown,
    why_season, why_late, why_taken,

    // Faults
    fault_empty, fault_not_a_number, fault_ambiguous, fault_too_fine, fault_too_much, fault_zero, fault_not_whole,
    fault_no_such_day, fault_future, fault_not_a_code, fault_too_long, fault_too_many, fault_not_chosen,
    fault_not_an_offer, fault_unchanged, fault_not_a_picture,
}
