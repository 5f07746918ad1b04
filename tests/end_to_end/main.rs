//! The whole path: a label's link, a real Chromium, the real server and its database.
//!
//! Each test has a browser, a server and a store of its own, with the sample season in it. Sentences are written out as
//! `shared/UI.md` words them, not taken from the page's message tables.

mod access;
mod altered_database;
mod altered_page;
mod another_host;
mod any_screen_and_reader;
mod desk;
mod erased_names;
mod farm;
mod farm_tasks;
mod inspect;
mod installed;
mod keep;
mod keyboard;
mod languages;
mod log;
mod nothing_waits_in_a_row;
mod old_browser;
mod scanner;
mod shelf;
mod typed_code;
mod unreachable_server;
mod verdicts;
mod visit;
