//! QR symbols out of a camera's frame: a luma frame in, payloads out.
//!
//! ```
//! use nguon_scan::{Luma, Scanner, read_picture};
//!
//! let (width, height) = (640, 480);
//! let pixels = vec![200; width * height];
//! let frame = Luma::new(width, height, &pixels)?;
//!
//! // A video: each frame gets another attempt or two, and the scanner remembers where it saw something.
//! let mut scanner = Scanner::new();
//! let mut attempts = 0;
//! let symbols = scanner.read(frame, || { attempts += 1; attempts <= 2 });
//! assert!(symbols.is_empty());
//!
//! // A picture: everything is tried.
//! assert!(read_picture(frame, || true).is_empty());
//! # Ok::<(), nguon_scan::Error>(())
//! ```

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
