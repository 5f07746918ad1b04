//! The scanner's worker: pictures in, payloads out, away from the thread that draws the page.
//!
//! It is a program of its own, loaded when the reader first asks for the camera or chooses a picture. `static/load.js` is both
//! ends: in the page it runs camera and worker, in the worker it gets at a frame's pixels and asks this program.
//!
//! - [`pixels`]: what a browser gives as a picture, as a frame of luma
//! - [`trust`]: how long the browser's own `BarcodeDetector` is believed
//! - [`probe`]: the symbol that it has to read first
//!
//! What a payload means, and what may be done with it, is not decided here: see `nguon_companion_app::scan`.

pub mod pixels;
pub mod probe;
pub mod trust;
