//! What tests that span crates share.
//!
//! - `browser` (feature `browser`): a real Chromium
//! - `camera` (feature `browser`): what its camera sees
//! - `serve`: a folder over HTTP, for wasm modules
//! - `world` (feature `browser`): the server, the season and the page as they are built, started as a person would
//!
//! The tests themselves are `attacks/`, `season_laws/`, `end_to_end/` and `vectors/` beside this folder.

#[cfg(feature = "browser")]
pub mod browser;
#[cfg(feature = "browser")]
pub mod camera;
pub mod serve;
#[cfg(feature = "browser")]
pub mod workspace;
#[cfg(feature = "browser")]
pub mod world;
