//! The co-op's desk: a household list taken in from the spreadsheet that is already there, households with their phones and
//! ceilings, packing with labels, and what came in and went out.
//!
//! It is a program of its own, which the farm app's page starts in place of its own while the address begins with `#desk`: one
//! program at a time holds the outbox. What is at its bottom is the farm app's, used as a library
//! ([`Bench`](nguon_farm_app::bench::Bench): keys, outbox, storage, server); lists are read and planned by [`nguon_import`], and
//! labels printed by `nguon-desk-print`, a third program that is fetched on the first "In tem".
//!
//! - [`page`]: what is shown and under which address
//! - [`register`]: households below this registrar, as the server lists them, with the names that this desk knows
//! - [`import`]: from a file to signed records: previewed cell by cell, all or nothing, safe to repeat
//! - [`enrol`]: phones and officers: a key added, a key revoked
//! - [`pack`]: a lot opened, filled, labelled
//! - [`orders`]: what buyers asked for, what was given, what is on its way
//! - [`lots`]: what came in, went out and remains
//! - [`kept`]: what this computer keeps of its own, and how nothing of it is lost
//! - [`work`]: many drafts signed into one transaction
//! - [`components`]: how it is drawn; [`messages`]: how it is said; [`browser`]: what it asks of the browser beyond the farm app's
//!
//! Names and telephone numbers are no part of the log. The desk keeps those that it registered itself, on this computer only;
//! of others it knows what the server's public policy opens. Left out: adding an officer's key to one's own chain, which only the
//! authority or a registrar above may do; and correcting what was imported, which is a correction of its own in the farm app.

pub mod browser;
pub mod components;
pub mod enrol;
pub mod import;
pub mod kept;
pub mod lots;
pub mod messages;
pub mod orders;
pub mod pack;
pub mod page;
pub mod register;
pub mod work;
