//! What every store must do, run against each implementation. PostgreSQL will add one line to the macro's list.

#[path = "support/block_on.rs"]
mod block_on;
#[path = "support/world.rs"]
mod world;

mod contract {
    pub(super) mod admission;
    pub(super) mod openings;
    pub(super) mod reading;
}

use std::sync::Arc;

use nguon_core::trust::TrustRoot;
use nguon_store::Store;
use nguon_store::sqlite::SqliteStore;

/// A kind of store: how to open a fresh one, and open it again after it was closed.
trait Kind {
    fn fresh() -> Self;
    fn open(&self, trust: &TrustRoot) -> Arc<dyn Store>;
}

struct Sqlite(tempfile::TempDir);

impl Kind for Sqlite {
    fn fresh() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn open(&self, trust: &TrustRoot) -> Arc<dyn Store> {
        Arc::new(SqliteStore::open(self.0.path(), trust.clone()).unwrap())
    }
}

macro_rules! contract {
    ($kind:ident as $module:ident: $($file:ident::{$($promise:ident),+ $(,)?}),+ $(,)?) => {
        mod $module {
            $($(
                #[test]
                fn $promise() {
                    super::contract::$file::$promise(<super::$kind as super::Kind>::fresh());
                }
            )+)+
        }
    };
}

macro_rules! of_every_store {
    ($($kind:ident as $module:ident),+) => {$(
        contract! { $kind as $module:
            admission::{
                a_season_is_taken_in_order,
                what_was_taken_is_there_after_reopening,
                a_duplicate_keeps_the_first_signature,
                a_lost_race_names_the_head,
                a_refused_record_leaves_nothing,
                each_record_stands_by_itself,
                a_group_is_taken_whole_at_consecutive_positions,
                a_refused_group_leaves_nothing,
                a_group_may_build_on_itself,
                a_refused_group_does_not_disturb_what_follows,
                a_label_is_taken_once,
                a_place_code_is_taken_once,
                many_writers_at_once_keep_every_chain_whole,
                a_small_cache_decides_the_same,
            },
            openings::{
                openings_are_checked_against_their_record,
                openings_are_all_or_nothing,
                openings_may_be_posted_again,
                whom_an_opening_is_about_cannot_be_changed,
                an_erased_person_is_withheld_and_the_bundle_verifies,
                what_was_erased_is_not_taken_again,
                an_attachment_needs_its_opening,
                an_attachment_must_be_what_was_signed,
                erasing_takes_the_attachment,
            },
            reading::{
                a_bundle_verifies,
                a_bundle_equals_the_ledgers,
                a_label_leads_to_its_batch,
                only_a_batch_has_a_bundle,
                heads_and_records_are_found,
                the_policy_decides_what_is_opened,
            },
        }
    )+};
}

of_every_store! { Sqlite as sqlite }
