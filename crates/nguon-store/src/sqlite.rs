//! The SQLite store.

mod accept;
mod connect;
mod erase;
mod keep;
mod location;
mod lock;
mod read;
mod readers;
mod schema;
mod states;
mod stored;
mod writer;

pub use erase::erase;
pub use location::Location;
pub use stored::{SqliteStore, Tuning};
