//! Tiles and entry bundles: their paths, their bytes, the files of a growing log, and files that are not what they were.

mod bundles;
mod damaged_files;
mod files;
mod growing_log;
#[path = "../tree/naive.rs"]
mod naive;
mod paths;
mod proofs_from_tiles;
mod resuming;
