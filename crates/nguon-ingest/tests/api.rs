//! The HTTP contract, against a server that listens.

#[path = "support/attached.rs"]
mod attached;
#[path = "support/live.rs"]
mod live;
#[path = "../../nguon-store/tests/support/world.rs"]
mod world;

#[path = "api/bad_input.rs"]
mod bad_input;
#[path = "api/bundles.rs"]
mod bundles;
#[path = "api/exports.rs"]
mod exports;
#[path = "api/groups.rs"]
mod groups;
#[path = "api/media.rs"]
mod media;
#[path = "api/openapi.rs"]
mod openapi;
#[path = "api/page.rs"]
mod page;
#[path = "api/personal.rs"]
mod personal;
#[path = "api/products.rs"]
mod products;
#[path = "api/records.rs"]
mod records;
#[path = "api/register.rs"]
mod register;
#[path = "api/sequences.rs"]
mod sequences;
#[path = "api/serials.rs"]
mod serials;
#[path = "api/shutdown.rs"]
mod shutdown;
#[path = "api/trace.rs"]
mod trace;
#[path = "api/uploads.rs"]
mod uploads;
