//! From the device to the server and back: what waits is taken as far as it goes, step by step as `nguon-draft`'s outbox says, each
//! step written down before the next; and what the server has of this person's chains is fetched.

mod households;
mod lock;
mod many;
mod register;
mod run;
mod sealed;
mod server;
mod upload;
mod work;

pub use households::{Household, households};
pub use lock::{Held, Lock};
pub use many::{Part, parts, question};
pub use nguon_draft::outbox::{Entry, EntryId};
pub use register::{Listed, chains};
pub use run::run;
pub use sealed::{seal_photos, set_photos};
pub use server::{PRACTICE, Server};
pub use work::{Kept, Work, entry_key, pack, records_of, unpack};
