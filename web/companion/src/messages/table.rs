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
    keep_title, keep_save, keep_save_hint, keep_share, keep_share_link, keep_share_picture, keep_share_file,
    keep_print, keep_link_copied, keep_picture_saved, keep_not_shared, keep_in_app,

    // The map
    map_title, map_picture, map_table, map_number, map_place, map_part, map_mass, map_grown, map_collected,
    map_packed, map_handled, map_received, map_shipped, map_market, map_outside, map_unknown, map_mass_unknown,
    map_about, map_source,

    // Scanning
    scan_start, scan_stop, scan_hint, scan_looking, scan_starting, scan_hard, scan_refused, scan_missing, scan_busy,
    scan_failed, scan_torch_on, scan_torch_off, scan_lens, scan_picture, scan_picture_hint, scan_picture_none,
    scan_picture_unreadable, scan_choose, scan_foreign, scan_foreign_hint, scan_lookalike, scan_other_host,
    scan_check_here, scan_again, scan_found,

    // What was looked at on this device
    shelf_title, shelf_note, shelf_empty, shelf_lot, shelf_as_of, shelf_open, shelf_erase, shelf_erase_all,
    shelf_erased, shelf_full, shelf_denied,

    // Without a network, and newer versions
    offline_saved, offline_now, offline_back, offline_newer, update_ready, update_now, install_app, install_hint,

    // This very box
    serial_title, serial_checking, serial_issued, serial_never, serial_never_shown, serial_not_proven,
    serial_no_labels, serial_no_list, serial_later, serial_first, serial_usual, serial_many, serial_word,
}
