//! How the page is drawn.

mod app;
mod check;
mod drawing;
mod facts;
mod files;
mod key;
mod outbox;
mod record;
mod tables;
mod trace;
mod ui;

pub use app::App;
