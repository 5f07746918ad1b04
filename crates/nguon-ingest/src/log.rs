//! The transparency log of a deployment whose trust root names one: C2SP tlog-checkpoint, tlog-tiles, tlog-cosignature
//! and tlog-witness (v1), one sequencer a log.
//!
//! A checkpoint comes into being in this order, and what is left of the arrow is durable before what is right of it
//! begins: leaves and map leaf in the store → tiles → the log's signature → cosignatures → `checkpoint` in the folder of
//! tiles → what bundles prove against. A process that stops anywhere takes up at the same place when it is started again.
//!
//! One process runs a log: the store's lock and the folder's lock see to it on one machine, and witnesses everywhere
//! else. At the start k of them must tell which checkpoint they cosigned last, and none may have seen more than this
//! store holds. From then on a checkpoint that the log's key signed and this store does not hold ends publication for
//! good: state was lost, or somebody else runs this log.

mod ahead;
mod config;
mod cosigner;
#[cfg(feature = "crash-points")]
pub mod crash;
#[cfg(not(feature = "crash-points"))]
pub(crate) mod crash;
mod durable;
mod error;
mod gather;
mod http;
mod key;
mod lock;
mod policy;
mod published;
mod recalls;
mod sequencer;
mod start;
mod status;
mod tiles;

pub use config::LogConfig;
pub use error::LogError;
pub use key::{KeyError, read_key};
pub(crate) use published::{Head, concat};
pub(crate) use recalls::Kept;
pub(crate) use start::{Log, Running};
pub(crate) use status::{LogHealth, State};
