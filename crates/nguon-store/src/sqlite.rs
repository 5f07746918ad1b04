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
mod read;
mod readers;
mod schema;
mod states;
mod stored;
mod tail;
mod writer;

pub use backup::{backup, restore};
pub use clock::Clock;
pub use copy::Copied;
pub use erase::erase;
pub use inspect::{Contents, inspect};
pub use location::Location;
pub use stored::{SqliteStore, Tuning};
