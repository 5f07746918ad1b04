//! The SQLite store.

mod accept;
mod backup;
mod clock;
mod connect;
mod copy;
mod erase;
mod inspect;
mod keep;
mod location;
mod lock;
mod log;
mod names;
mod read;
mod readers;
mod register;
mod scans;
mod schema;
mod serials;
mod states;
mod stored;
mod tail;
mod trace;
mod uploads;
mod writer;

pub use backup::{Parts, backup, restore};
pub use clock::Clock;
pub use copy::Copied;
pub use erase::erase;
pub use inspect::{Contents, ReadOnly, checkpoints, each_leaf, inspect};
pub use location::Location;
pub use stored::{SqliteStore, Tuning};
