//! What every store must do, run against each implementation, in deployments without a log and with one. PostgreSQL will
//! add two lines to the macro's list.

#[path = "support/block_on.rs"]
mod block_on;
#[path = "support/keeper.rs"]
mod keeper;
#[path = "support/world.rs"]
mod world;

mod contract {
    pub(super) mod admission;
    pub(super) mod bundles;
    pub(super) mod checkpoints;
    pub(super) mod forks;
    pub(super) mod leaves;
    pub(super) mod map;
    pub(super) mod openings;
    pub(super) mod reading;
    pub(super) mod register;
    pub(super) mod roots;
    pub(super) mod seasons;
    pub(super) mod serials;
    pub(super) mod trace;
    pub(super) mod uploads;
    pub(super) mod without_a_log;
}

use std::sync::Arc;

use nguon_core::trust::TrustRoot;
use nguon_core::verify::OutcomeKind;
use nguon_store::Store;
use nguon_store::sqlite::{Clock, SqliteStore, Tuning};
use world::World;

/// A kind of store: how to open a fresh one, and open it again after it was closed.
trait Kind {
    /// What a bundle without the log's proof is worth in its deployments.
    const UNPROVEN: OutcomeKind;
    fn fresh() -> Self;
    /// A deployment that it is for.
    fn world() -> World;
    fn open_at(&self, trust: &TrustRoot, clock: Clock) -> Arc<dyn Store>;
    fn open(&self, trust: &TrustRoot) -> Arc<dyn Store> {
        // When the world's records were signed.
        self.open_at(trust, Clock::new(|| world::NOW))
    }
}

struct Sqlite(tempfile::TempDir);

impl Kind for Sqlite {
    const UNPROVEN: OutcomeKind = OutcomeKind::Unlogged;

    fn fresh() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn world() -> World {
        World::new()
    }

    fn open_at(&self, trust: &TrustRoot, clock: Clock) -> Arc<dyn Store> {
        let tuning = Tuning { clock, ..Tuning::default() };
        Arc::new(SqliteStore::open_tuned(self.0.path(), trust.clone(), tuning).unwrap())
    }
}

struct SqliteLogged(Sqlite);

impl Kind for SqliteLogged {
    const UNPROVEN: OutcomeKind = OutcomeKind::Incomplete;

    fn fresh() -> Self {
        Self(Sqlite::fresh())
    }

    fn world() -> World {
        World::logged()
    }

    fn open_at(&self, trust: &TrustRoot, clock: Clock) -> Arc<dyn Store> {
        self.0.open_at(trust, clock)
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
                many_groups_in_one_commit_are_taken_as_one_by_one,
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
            register::{
                a_key_is_found_from_its_enrolment_on,
                whoever_retires_loses_all_keys,
                a_refused_record_gives_nobody_a_key,
                households_are_what_the_records_say,
                growing_areas_say_what_is_left_of_their_ceilings,
                a_device_is_told_all_chains_it_needs_and_no_others,
                a_chain_is_read_from_where_the_reader_is,
            },
            serials::{
                every_serial_of_a_kept_list_is_proven_and_no_other,
                a_list_is_taken_only_if_a_record_signs_for_it,
                a_batch_that_nobody_knows_has_a_proof_of_nothing,
                only_issued_serials_are_counted,
                scans_are_counted_by_vietnams_day,
                counts_are_gone_after_their_time,
                a_days_count_stands_still_at_a_thousand,
                lists_and_counts_outlast_the_process,
            },
            trace::{
                a_walk_finds_what_a_naive_search_over_the_records_finds,
                edges_and_nodes_say_how_many_grams,
                a_bundles_graph_is_the_servers,
                corrections_count_once_they_take_effect,
                a_draw_that_was_corrected_away_is_no_edge,
                a_draw_for_a_batch_not_yet_opened_is_an_edge,
                a_walk_begins_wherever_it_is_asked_to,
                a_recalled_chain_says_so_and_leads_to_its_descendants,
                names_are_given_once_and_by_policy,
                what_an_actor_holds_is_what_remains,
                a_plot_is_its_new_custodians,
                a_released_label_leads_to_whom_it_was_given_next,
            },
            uploads::{
                pieces_add_up_to_the_file_however_it_is_cut,
                a_piece_goes_where_the_last_one_ended,
                nothing_is_kept_of_what_nobody_opened,
                pieces_that_are_not_what_was_signed_are_gone,
                an_upload_can_be_given_up,
                pieces_outlast_the_process,
                erasing_takes_unfinished_uploads,
                unfinished_uploads_are_deleted_a_week_after_the_last_piece,
            },
        }
    )+};
}

macro_rules! of_every_logged_store {
    ($($kind:ident as $module:ident),+) => {$(
        contract! { $kind as $module:
            bundles::{
                a_proven_bundle_is_valid,
                a_record_with_an_anchor_is_proven_too,
                a_recall_counts_from_the_checkpoint_that_has_it,
                a_bundle_has_all_trust_roots_of_its_time,
                what_is_not_logged_yet_is_not_there,
                a_bundle_of_an_older_size_is_what_it_was_then,
            },
            checkpoints::{
                a_checkpoint_ends_with_the_map_over_all_leaves_before,
                nothing_new_is_not_closed,
                a_later_checkpoint_has_what_changed_since,
                a_checkpoint_is_signed_as_one_thing_only,
                the_newest_checkpoints_are_found,
            },
            forks::{
                a_fork_is_kept_once_as_evidence,
                only_an_authority_adds_to_a_forked_chain,
                a_refused_group_leaves_its_evidence,
                what_was_refused_and_replaced_is_no_fork,
                two_keys_on_one_record_are_no_fork,
            },
            leaves::{
                a_log_begins_with_its_trust_root,
                positions_are_consecutive_and_only_new_records_have_one,
                a_refused_group_leaves_no_leaf,
                leaves_and_records_are_read_by_index,
                log_times_never_go_back,
                an_anchor_must_be_an_earlier_signed_checkpoint,
            },
            map::{
                every_earlier_map_is_what_a_fold_from_scratch_makes,
            },
            roots::{
                a_new_version_is_a_leaf_and_judges_what_follows,
                a_version_that_does_not_follow_is_refused,
            },
            seasons::{
                earlier_seasons_are_left_out,
                a_batch_of_two_seasons_has_both,
                what_reaches_back_is_carried_with_what_it_reaches,
                who_signed_only_what_is_left_out_is_not_carried,
                openings_of_what_is_left_out_stay_out,
                whatever_is_left_out_the_bundle_is_valid,
            },
        }
    )+};
}

of_every_store! { Sqlite as sqlite, SqliteLogged as sqlite_in_a_logged_deployment }
of_every_logged_store! { SqliteLogged as sqlite_log }
contract! { Sqlite as sqlite_without_a_log: without_a_log::{what_asks_finds_nothing_and_what_changes_says_so} }
