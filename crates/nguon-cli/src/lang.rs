//! The languages verdicts are told in, and the words for them. A missing translation does not compile.

mod en;
mod vi;

use clap::ValueEnum;

pub use en::EN;
pub use vi::VI;

/// A language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Lang {
    /// Vietnamese
    Vi,
    /// English
    En,
}

impl Lang {
    /// What the environment asks for (POSIX: LC_ALL before LC_MESSAGES before LANG).
    pub fn of_environment() -> Self {
        let value = |name| std::env::var(name).ok().filter(|value| !value.is_empty());
        let wanted = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().find_map(value);
        if wanted.is_some_and(|value| value.starts_with("vi")) { Self::Vi } else { Self::En }
    }

    /// What it writes between thousands, and before decimals.
    pub const fn marks(self) -> (char, char) {
        match self {
            Self::Vi => ('.', ','),
            Self::En => (',', '.'),
        }
    }

    /// Its words.
    pub const fn words(self) -> &'static Words {
        match self {
            Self::Vi => &VI,
            Self::En => &EN,
        }
    }
}

/// Puts values into a message's `{names}`.
pub fn fill(message: &str, values: &[(&str, &str)]) -> String {
    values.iter().fold(message.to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
}

macro_rules! words {
    ($($name:ident),+ $(,)?) => {
        /// One language's words. Verdict sentences are those of the shopper's page.
        #[allow(missing_docs)] // the names are their meaning
        pub struct Words {
            $(pub $name: &'static str,)+
        }
    };
}

words! {
    valid, unlogged, stale, stale_root, recalled, incomplete, forked, invalid, invalid_whole, untrusted_key, suspect,
    over_allocated, needs_newer_app, wrong_label, no_such_lot,
    step,
    next_seller, next_report, next_again, next_update, next_nothing,
    lot, product, weight, root, checked, file,
    journey, authority, on_behalf, withheld, taken, given,
    notes, note_lot_only, note_unbound, note_on_behalf, note_withheld, note_corrected, note_part_recalled, note_root_expired,
    findings,
    role_registrar, role_farm, role_collector, role_packing_house, role_carrier, role_seller, role_lab, role_inspector,
    enrolled, key_added, key_revoked, place_registered, plot_registered, season_opened, plots_allotted, input_applied,
    harvest_drawn, opened, harvested, drawn, packed, shipped, received, certified, listed, recalled_event, corrected,
    scope_changed, retired, custodian_changed, repacked, cooled, treated, labels_issued, aggregated, sold, lost, disposed, inspected, lab_result, suspended, suspension_lifted, release_approved, released, name_released, correction_approved, reattested,
    corrected_value, correction_waits, recall_path, note_late_application, remains, cause_interval, cause_season, cause_suspended, batch, plot, growing_area, packing_house, back, forward, trace_end, trace_cut, trace_word, trace_bundle_forward, trace_nothing, came_in, drawn_on, sold_word, lost_word, disposed_word, remaining_word, shortage, boxes_word, forked_word, seen_above, holdings_of, as_of,
    pesticide_residue, microbial, foreign_matter, treatment, mislabelled, quarantine_pest, other,
    cause_signature, cause_sequence, cause_format, cause_permission, cause_custody, cause_opening, cause_value,
    cause_unrelated, cause_file, cause_other_root,
    stale_behind, no_such_lot_proven, no_such_lot_stale, next_compare, incomplete_no_proof, incomplete_cut, incomplete_not_cosigned, incomplete_no_consistency, checkpoint, note_old, note_behind, note_claimed_time, note_offline, note_no_witness, note_uncompared, cause_log, cause_anchor, cause_later_chain, why_no_proof, why_bad_proof, why_bad_checkpoint, why_bad_inclusion, why_bad_position, why_not_cosigned, why_not_in_map, why_no_consistency, why_split_log, why_forked_chain, why_key_not_then, why_later_chain, why_bad_anchor, in_log, not_in_log_yet,
    serial_issued, serial_never_issued, serial_not_proven,
}
