//! The inspector's page: walks the trace graph, checks many lots at once on the inspector's own device, and records
//! inspections, offline too.
//!
//! - [`trace`]: the graph as the server streams it (NDJSON), folded, laid out as SVG, walked by keyboard, told in tables
//! - [`check`]: what each of many pasted codes names, and what its bundle proves, by way of `nguon-core`
//! - [`record`]: an inspection from draft to the log, the device's key, photos without the place they were taken at
//! - [`state`]: what the page shows and everything that can change it, as plain values; tested natively, as all above
//! - [`messages`], [`mod@format`], [`csv`], [`code`]: how it is said, written down and typed
//! - [`work`]: what takes time; [`browser`]: what is asked of the browser; [`components`]: how it is drawn
//!
//! A trace is the server's word, and the page says so; what a lot's own bundle proves is proven here. Left out: reading
//! symbols where the browser cannot (no `BarcodeDetector`): codes are typed and pasted there.

pub mod browser;
pub mod check;
pub mod code;
pub mod components;
pub mod csv;
pub mod format;
pub mod lang;
pub mod messages;
pub mod record;
pub mod state;
pub mod trace;
pub mod work;
