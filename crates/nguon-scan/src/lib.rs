//! QR symbols out of a camera's frame: a luma frame in, payloads out.
//!
//! Reads QR Code symbols (ISO/IEC 18004: model 2, versions 1 to 40, all levels, all modes, mirrored and inverted too) as
//! cheap phones see them in a shop: turned, tilted, bent around a bottle, blurred, noisy, wet, dirty, with a thumb on a
//! corner. A frame goes through
//!
//! - `find`: dark or light, finder patterns, threes of them that may be a symbol, and twos whose third may be covered;
//! - `grid`: where each module lies, in perspective and bent, by how well the modules whose colour is known agree with
//!   what is seen; and how dark each looks, with a blur taken back that is learnt from the known ones;
//! - `code`: format, codewords, error correction that treats what is least sure as lost, and the payload.
//!
//! Around them is a policy: which scales, thresholds and regions are tried in which order, for a picture
//! ([`read_picture`]) and for a video ([`Scanner`]), for as long as the caller says that there is time: no clock is read
//! here. All symbols in view are given, with their corners; choosing is the caller's.
//!
//! A payload is handed on whole, byte by byte, and nothing of it is acted on: see [`Symbol`].
//!
//! ```
//! use nguon_label::{Label, Scale};
//! use nguon_scan::{Luma, Scanner, read_picture};
//!
//! // A label, drawn with four pixels a module.
//! let link = "https://nguon.example/01/09521234543213/10/VT-2026-0612#AAECAwQFBgcICQoLDA0ODw";
//! let label = Label::new(link.parse()?)?;
//! let side = label.modules() * 4;
//! let pixel = |i: u32| if label.is_dark(i % side / 4, i / side / 4) { 20 } else { 235 };
//! let pixels: Vec<u8> = (0..side * side).map(pixel).collect();
//! let frame = Luma::new(side as usize, side as usize, &pixels)?;
//!
//! // A picture: everything is tried.
//! let symbols = read_picture(frame, || true);
//! assert_eq!(symbols[0].text(), Some(link));
//!
//! // A video: two attempts a frame, and the scanner remembers where it saw something.
//! let mut scanner = Scanner::new();
//! let mut attempts = 0;
//! let symbols = scanner.read(frame, || { attempts += 1; attempts < 2 });
//! assert_eq!(symbols[0].text(), Some(link));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Left out: other symbologies (Micro QR and rMQR too), QR Code model 1, colour, and joining the parts of a structured
//! append: each part is a symbol of its own. Text in Shift JIS and the like is named, not converted ([`Charset`]): a
//! browser's `TextDecoder` does that.

mod attempt;
mod code;
mod error;
mod find;
mod grid;
mod luma;
mod picture;
mod plane;
mod scanner;
mod step;
mod symbol;

pub use error::Error;
pub use luma::Luma;
pub use picture::read_picture;
pub use scanner::Scanner;
pub use symbol::{Charset, Point, Symbol};
