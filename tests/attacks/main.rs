//! One file an attacker of DESIGN.md's table: what each tries on the sample season, and the exact answer. Each attack
//! stands beside a twin that differs in nothing but the attack and is fine, so that no test passes for another reason.

mod log;
mod server;
mod support;

mod back_dating;
mod copied_label;
mod crafted_signatures;
mod curious_reader;
mod dropped_recall;
mod dropped_revocation;
mod dropped_tail;
mod forged_proof;
mod forked_chain;
mod hostile_input;
mod label_squatting;
mod network_changes_bytes;
mod operator_changes_opening;
mod operator_drops_middle_record;
mod operator_edits_database;
mod operator_edits_record;
mod operator_reorders;
mod operator_replaces_trust_root;
mod operator_serves_other_deployment;
mod operator_splices_chains;
mod operator_strips_openings;
mod operator_swaps_batch_behind_label;
mod own_inspector_is_not_seen_yet;
mod registrar_reaches_into_anothers_area;
mod registrar_signs_for_keyed_household;
mod rogue_registrar;
mod rollback_after_restore;
mod root_rollback;
mod split_view;
mod squatter_label_and_code;
mod stale_view;
mod stranger_signs;
mod thief_of_phone;
mod trader_adds_foreign_fruit;
mod weak_keys;
mod wrong_custodian;
mod wrong_map;
