//! What the core promises, one file a promise.

mod canonical_check_agrees_with_an_oracle;
mod chains_keep_their_rules;
mod coset_agrees;
mod decoding_inverts_encoding;
mod each_noncanonical_form_is_refused;
mod envelope_has_one_form;
mod fields_out_of_range_are_named;
mod fork_evidence_is_portable;
mod histories_are_whole;
mod newer_is_never_judged;
mod on_behalf_only_without_a_key;
mod openings_are_what_was_signed;
mod permission_table_is_the_law;
mod recall_lists_are_an_authoritys;
mod replay_accepts_honest_logs;
mod replay_names_the_first_fault;
mod replay_world;
mod scopes_only_narrow;
mod stages_are_the_same_bundle;
mod strategies;
mod trace_of_a_bundle;
mod trace_walks_are_whole;
mod trust_root_needs_its_threshold;
mod trust_root_versions_follow;
mod world;
mod wycheproof_agrees;
