//! The scanner: camera, pictures, and what may be done with what they show.
//!
//! Whatever is in a code was printed by a stranger. What this page does about it is decided here, without a browser:
//!
//! - [`payload`]: what a payload is; the one kind that leads anywhere is a lot, and only to this page's own path of it
//! - [`host`]: which page's address it is, and whether it passes itself off as this one
//! - [`shown`]: how a payload is put before a reader without playing tricks on them
//! - [`state`]: what the scanner is doing, and all that can happen to it
//! - [`messages`](crate::messages): what it says
//!
//! The rest asks the browser and draws: [`device`], [`view`].

pub mod device;
pub mod host;
mod panel;
pub mod payload;
pub mod shown;
pub mod state;
pub mod view;
