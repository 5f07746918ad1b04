//! Deployments with a log: what the command believes, and what it does not. One program, for the server, witnesses and
//! auditor behind it are many.

#[path = "../common/mod.rs"]
mod common;
mod world;

mod backups_are_checked;
mod field_logs_count_as_the_log_does;
mod files_say_when_they_were_true;
mod no_such_lot_is_proven;
mod old_logs_are_not_believed;
mod recall_lists_reach_old_bundles;
mod receipts_are_proofs;
mod trust_roots_are_followed;
