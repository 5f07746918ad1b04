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
    scan_start, scan_stop, scan_hint, scan_looking, scan_starting, scan_hard, scan_refused, scan_missing, scan_busy,
    scan_failed, scan_torch_on, scan_torch_off, scan_lens, scan_picture, scan_picture_hint, scan_picture_none,
    scan_picture_unreadable, scan_choose, scan_foreign, scan_foreign_hint, scan_lookalike, scan_other_host,
    scan_check_here, scan_again, scan_found,

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
