//! What a language must be able to say.

use super::lines::messages;

messages! {
    // The page
    title, skip, parts, tab_today, tab_history, tab_device, languages, loading, not_here, who_works, next, back, begin, copy,
    try_again, heard, yes, coop, minutes, seconds, foot,
    // Bands
    practice_band, practice_band_why, practice_leave, offline_band, clock_ahead_days, clock_ahead_hours,
    clock_behind_days, clock_behind_hours, not_kept_full, not_kept_elsewhere, not_kept_refused, may_go,
    may_go_by_hand, install, unreadable,
    // When it cannot be used
    elsewhere_title, elsewhere_lead, elsewhere_here, no_storage_title, no_storage_lead, no_storage_private,
    no_storage_full, no_storage_other,
    // First run
    welcome_title, welcome_lead, welcome_point_offline, welcome_point_once, welcome_point_yours, practice_first,
    practice_why, welcome_sign_title, welcome_sign_lead, welcome_point_key, welcome_point_correct,
    welcome_point_private, welcome_name_title, welcome_name_lead, name_label, name_hint, name_missing, several_label,
    several_one, several_many, pin_label, pin_hint, pin_bad, passphrase_label, passphrase_hint, passphrase_short,
    key_make, no_key_insecure, no_key_passphrase, no_key_not_kept,
    // The code
    code_title, code_lead, code_title_again, code_lead_again, code_symbol, code_by_voice, code_typed, code_look,
    code_waiting, code_waiting_still, code_offline, code_how, code_step_show, code_step_scan, code_step_wait,
    code_show, enrolled_title, enrolled_by, practice_enrol, practice_enrol_why, key_held, key_passphrase, key_pin,
    // People and secrets
    people_title, people_lead, people_add, people_add_lead, people_open_key, somebody_else, standing_unknown,
    standing_enrolled, standing_revoked, open, lock, secret_wrong, secret_wait, secret_forgotten,
    // Today
    today_title, plots_title, plots_none, plot_ready, plot_earliest, plot_suspended, plot_recalled, plot_left,
    waiting_none, waiting_some, waiting_busy, waiting_offline, waiting_refused, send_now, desk_open,
    // What was written
    history_title, history_lead, history_none, history_more, history_look, stage_device, stage_held, stage_sent,
    stage_logged, stage_refused, stage_withdrawn, entry_sprayed, entry_fed, entry_opened, entry_packed, entry_sold,
    entry_labels, entry_corrected, entry_approved, entry_other, entry_was_corrected, entry_again, entry_withdraw,
    entry_written, entry_happened, entry_place, entry_photos, entry_photos_sent, entry_on_behalf, entry_earlier,
    entry_corrections, detail_phi, detail_crates, detail_boxes,
    // What to do
    advice_less_left, advice_less, advice_not_before_day, advice_not_before, advice_other_name, advice_ask_giver,
    advice_check_time, advice_new_key, advice_ask_registrar, advice_ask_authority, advice_earlier_first,
    advice_unlock, advice_tell_operator, advice_update, advice_other_deployment, advice_look, warn_clock, warn_claim,
    warn_unchecked, warn_earliest, warn_approval,
    // This phone
    device_title, fact_coop, fact_key, persisted_title, persisted_yes, persisted_installed, persisted_no,
    persisted_why, practice_title, practice_begin, practice_lose, practice_anew,
    // Lost and revoked
    lost_title, lost_short, lost_how, lost_lead, lost_step_call, lost_step_new, lost_step_scan, lost_step_go_on,
    lost_kept, revoked_title, revoked_on, revoked_by, revoked_lost, revoked_compromised, revoked_other,
    revoked_kept_title, revoked_kept, revoked_unsent, revoked_way_title, revoked_step_ask, revoked_step_key,
    revoked_step_sign, revoked_new_key,
    // Scanner and photos
    scan_opening, scan_hint, scan_view, scan_picture, scan_insecure, scan_none, scan_denied, scan_busy, scan_missing,
    scan_no_code, scan_stopped, photo_take, photo_busy, photo_alt, photo_remove, photo_with_place, photo_has_place,
    photo_kind, photo_large, photo_broken,
}
