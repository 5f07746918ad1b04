//! What a language must be able to say.

/// Of `$(name,)*` makes [`Messages`].
macro_rules! messages {
    ($($name:ident,)*) => {
        /// All that the companion says in a language. `{name}` is filled in with `nguon_verify_app::messages::fill`.
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
    // Keeping and passing on
    keep_title, keep_save, keep_save_hint, keep_share_link, keep_copy_link, keep_share_picture, keep_save_picture,
    keep_share_file, keep_print, keep_copied, keep_saved, keep_failed, keep_inside, keep_inside_open,
    keep_inside_hint, keep_card_scan, keep_card_limit, keep_paper_title, keep_paper_scan, keep_paper_limit,
    keep_paper_file, keep_paper_time, keep_paper_page,

    // The map
    map_title, map_picture, map_table, map_number, map_place, map_part, map_mass, map_grown, map_outside,
    map_unknown, map_mass_unknown, map_about, map_source,

    // A code that is typed
    code_label, code_hint, code_button, code_empty, code_unreadable, code_check_digit, code_lot_missing,

    // Scanning
    scan_open, scan_picture, scan_hint, scan_region, scan_video, scan_opening, scan_looking, scan_advice,
    scan_reading, scan_read, scan_paused, scan_resume, scan_close, scan_end, scan_torch, scan_lens, scan_lens_number,
    scan_again, scan_ways, scan_open_elsewhere, scan_refused, scan_missing, scan_busy, scan_insecure, scan_inside,
    scan_unsupported, scan_ended, scan_not_loaded, scan_stopped, scan_no_code, scan_no_picture, scan_leaving,
    scan_choose, scan_several, scan_lot, scan_lot_serial, scan_lot_at, scan_elsewhere, scan_elsewhere_text,
    scan_bare, scan_bare_text, scan_check_here, scan_look_alike, scan_near, scan_inside_name, scan_mixed,
    scan_encoded, scan_front, scan_look_alike_advice, scan_report, scan_foreign, scan_foreign_text, scan_says,
    scan_left_out, scan_copy, scan_copied, scan_not_copied, scan_own_link, scan_link, scan_script, scan_wifi,
    scan_contact, scan_phone, scan_message, scan_mail, scan_place, scan_event, scan_payment, scan_secret, scan_app,
    scan_number, scan_text, scan_binary,

    // What was looked at on this device
    shelf_title, shelf_note, shelf_as_of, shelf_looked, shelf_kept, shelf_not_kept, shelf_serial, shelf_forget,
    shelf_forget_lot, shelf_forget_all, shelf_sure, shelf_yes, shelf_no, shelf_forgotten, shelf_empty, shelf_refresh,
    shelf_refresh_note, shelf_refreshing, shelf_refreshed, shelf_denied, shelf_full,

    // Without a network, and newer versions
    app_kept, app_check_again, app_newer, app_change, app_offered, app_add,

    // This very box
    serial_title, serial_asking, serial_issued, serial_never_issued, serial_not_among, serial_no_labels,
    serial_no_list, serial_other_labels, serial_broken, serial_not_reachable, serial_never_advice, serial_first_scan,
    serial_scans, serial_first_advice, serial_usual_advice, serial_many_advice, serial_counts_note,
}
