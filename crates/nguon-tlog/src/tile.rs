//! Tiles and entry bundles: a log as immutable static files (C2SP [tlog-tiles](https://c2sp.org/tlog-tiles)).
//!
//! [`Tile`] and [`EntryBundle`] are the files' names, [`TileBuilder`] writes a growing log through a [`TileWriter`],
//! and [`TiledTree`] gives proofs out of what a [`TileReader`] finds. Tiles prove nothing by themselves: a reader
//! compares the root over them with a signed checkpoint's, or verifies the proofs they give.
//!
//! Left out: the checkpoint's file (its format is in [`checkpoint`](crate::checkpoint)), pruning, and HTTP.
//!
//! ```
//! use std::{cell::RefCell, collections::BTreeMap};
//! use nguon_tlog::{hash, tile::{TileBuilder, TileReader, TileWriter, TiledTree}, tree};
//!
//! #[derive(Default)]
//! struct Files(BTreeMap<String, Vec<u8>>);
//!
//! impl TileWriter for Files {
//!     type Error = std::convert::Infallible;
//!     fn write(&mut self, path: &str, bytes: &[u8]) -> Result<(), Self::Error> {
//!         self.0.insert(path.to_owned(), bytes.to_vec());
//!         Ok(())
//!     }
//! }
//!
//! impl TileReader for &Files {
//!     type Error = std::io::Error;
//!     fn read(&self, path: &str) -> Result<Vec<u8>, Self::Error> {
//!         self.0.get(path).cloned().ok_or_else(|| std::io::ErrorKind::NotFound.into())
//!     }
//! }
//!
//! let mut files = Files::default();
//! let mut log = TileBuilder::new();
//! for number in 0..300_u16 {
//!     log.append(&number.to_be_bytes())?;
//! }
//! log.flush(&mut files).unwrap();
//! let paths: Vec<&str> = files.0.keys().map(String::as_str).collect();
//! assert_eq!(paths, ["tile/0/000", "tile/0/001.p/44", "tile/1/000.p/1", "tile/entries/000", "tile/entries/001.p/44"]);
//!
//! let tree = TiledTree::new(&files, 300);
//! let proof = tree::inclusion_proof(&tree, 7, 300)?;
//! tree::verify_inclusion(&hash::leaf(&[0, 7]), 7, 300, &proof, &log.frontier().root())?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod builder;
mod bundle;
mod error;
mod name;
mod reader;
mod rows;

pub use builder::{TileBuilder, TileWriter};
pub use bundle::{LONGEST_ENTRY, decode_entries, encode_entries};
pub use error::{ReadError, TileError};
pub use name::{EntryBundle, FULL_WIDTH, Tile};
pub use reader::{TileReader, TiledTree};
