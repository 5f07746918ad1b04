//! The whole path: a label's link, a real Chromium, the real server and its database.
//!
//! Each test has a browser and, unless it only reads, a server of its own. Sentences are written out as `shared/UI.md`
//! words them, not taken from the page's message tables.

mod page;
mod verdicts;
