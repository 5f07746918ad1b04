//! Kilograms add up, and everything can be traced, recalled and corrected from the terminal, against a real server.

#[path = "../common/mod.rs"]
mod common;
mod corrections_count_or_wait;
mod events_are_taken_in;
mod exports_answer_requests;
mod field_days_are_short;
mod recalls_reach_every_plot;
mod remainders_are_told;
mod screens_are_read;
mod traces_are_read;
mod weigh_ins_are_whole;
mod world;
