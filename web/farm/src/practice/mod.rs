//! Practice: a deployment of its own, made on the device, with a ledger in the page as its server and a database
//! of its own.
//! Every signature covers the deployment it was made for (SPEC.md, section 1), so that nothing written in practice holds in the real
//! log, whatever is done with it; `tests/end_to_end/farm` posts one to a real server.

mod ledger;
mod server;
mod world;

pub use ledger::{Admitted, Ledger, NotAdmitted};
pub use server::Server;
pub use world::{Seed, World, WorldError};
