//! The ingestion server: takes signed records over HTTP and serves them, an axum library and the small binary
//! `nguon-ingest`.
//!
//! HTTP semantics and ranges of status codes are those of RFC 9110, errors are problem details (RFC 9457), bodies are
//! COSE_Sign1 (RFC 9052), CBOR sequences (RFC 8742) and JSON; the description of all routes is generated from the router
//! ([`description`], `GET /v1/openapi.json`).
//!
//! The server is trusted with two things only: to keep what it acknowledged, and not to hand out personal openings that
//! its policy holds back. Nothing is acknowledged before it is durable. What it serves is verified by whoever reads it,
//! against a trust root they have from elsewhere: no path here serves its first version.
//!
//! Where the trust root names a log, the server is its sequencer (C2SP tlog-checkpoint, tlog-tiles, tlog-cosignature and
//! tlog-witness v1; [`LogConfig`]): a post waits for its receipt, bundles carry their proof, and `GET /log/…` is the log
//! as static files. `SPEC.md` has the leaves and the map.
//!
//! ```no_run
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! use std::sync::Arc;
//! use nguon_core::trust::TrustRoot;
//! use nguon_ingest::{Config, Server};
//! use nguon_store::sqlite::SqliteStore;
//!
//! let trust = TrustRoot::from_bytes(&std::fs::read("root.nguon")?)?;
//! let store = Arc::new(SqliteStore::open("data".as_ref(), trust.clone())?);
//! let server = Server::start(Config::new("127.0.0.1:8787".parse()?, trust, store)).await?;
//! println!("listening on {}", server.local_addr());
//! server.shutdown().await;
//! # Ok(())
//! # }
//! ```
//!
//! Scans of serial labels are counted by label and day; nothing of who scanned is kept, and counts are deleted after 400
//! days.
//!
//! A phone that was offline posts what it signed in one request of many groups; one that waits to be enrolled asks for its key;
//! a co-op's desk asks for its households. Attachments may come in pieces, after the IETF draft "Resumable Uploads for HTTP"
//! (draft-ietf-httpbis-resumable-upload; what an upload is stands in its opening, so that creating one and the interim answer 104
//! are left out), and are taken only if their content is of the type that was signed ([`media`]).
//!
//! Left out: TLS and rate limits per client (a reverse proxy's work), accounts (a record's signature is its authority).

mod body;
mod config;
mod fault;
mod forgetting;
mod log;
pub mod media;
mod nfc;
mod options;
mod pace;
mod problem;
mod products;
mod routes;
mod sequence;
mod server;
mod stopping;
mod web;

pub use config::{Config, Limits};
#[cfg(feature = "crash-points")]
pub use log::crash::{Crash, Step};
pub use log::{KeyError, LogConfig, LogError, read_key};
pub use options::{LogFormat, Options, OptionsError};
pub use problem::{HeadView, Place, Problem};
pub use products::{Product, ProductsError, read as read_products};
pub use routes::description;
pub use server::{Server, StartError};
pub use web::{Folder, FolderError};
