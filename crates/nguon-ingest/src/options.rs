//! The command line, and how it becomes a configuration.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use clap::{Parser, ValueEnum};
use nguon_core::trust::{RootError, TrustRoot};
use nguon_store::sqlite::SqliteStore;
use nguon_store::{OpeningPolicy, StoreError};

use crate::config::{Config, Limits};
use crate::web::{Folder, FolderError};

const EXAMPLES: &str = "\
Examples:
  Take records on this machine; `nguon init` has made root.nguon:
    nguon-ingest --root root.nguon --store data

  Serve the page behind the labels as well (`cargo xtask web` builds it):
    nguon-ingest --root root.nguon --store data --web web/dist/verify

  Let names of actors and attached photos out in bundles:
    nguon-ingest --root root.nguon --store data --public-openings enrolled/name,attachments

  Is it well? What can it do?
    curl http://127.0.0.1:8787/v1/health
    curl http://127.0.0.1:8787/v1/openapi.json

What is kept: records in DIR/nguon.db; names, photos and other personal data in DIR/nguon.personal.db, from which
`nguon erase ACTOR` deletes them while this server runs. Back up both; the first is the one that cannot be made again.

Ctrl-C or SIGTERM stops it after what is under way is on disk. kill -9 loses nothing that was acknowledged.";

/// Takes signed produce records, keeps them, and serves them to be verified elsewhere.
#[derive(Debug, Clone, Parser)]
#[command(name = "nguon-ingest", version, after_help = EXAMPLES)]
pub struct Options {
    /// Trust root version 1, as `nguon init` writes it
    #[arg(long, value_name = "FILE", env = "NGUON_ROOT")]
    pub root: PathBuf,
    /// Folder (or database file) that holds the records; made if it is not there
    #[arg(long, visible_alias = "database", value_name = "DIR", env = "NGUON_STORE")]
    pub store: PathBuf,
    /// Where to listen; port 0 takes any free port
    #[arg(long, value_name = "HOST:PORT", default_value = "127.0.0.1:8787", env = "NGUON_LISTEN")]
    pub listen: SocketAddr,
    /// Folder of the page behind the labels, to be served as well
    #[arg(long, value_name = "DIR", env = "NGUON_WEB")]
    pub web: Option<PathBuf>,
    /// Salted fields whose openings bundles carry: `event/field`, or `attachments`; empty for none
    #[arg(
        long,
        value_name = "PATHS",
        value_delimiter = ',',
        default_value = "enrolled/name",
        env = "NGUON_PUBLIC_OPENINGS"
    )]
    pub public_openings: Vec<String>,
    /// Longest body in bytes; one record has at most 32768 whatever is said here
    #[arg(long, value_name = "BYTES", default_value_t = Limits::default().body, env = "NGUON_MAX_BODY")]
    pub max_body: usize,
    /// How the log is written to standard error; RUST_LOG chooses what (default: info)
    #[arg(long, value_enum, default_value_t = LogFormat::Text, env = "NGUON_LOG_FORMAT")]
    pub log_format: LogFormat,
}

/// How the log is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// For people.
    Text,
    /// One JSON object a line.
    Json,
}

/// Why these options start no server; each says what to do.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OptionsError {
    /// The trust root's file cannot be read.
    #[error("--root {path}: {source}; `nguon init` makes a trust root", path = path.display())]
    NoRoot {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The trust root is none.
    #[error("--root {path}: {source}", path = path.display())]
    Root {
        /// The file.
        path: PathBuf,
        /// Why.
        source: RootError,
    },
    /// The store cannot be opened.
    #[error("--store {path}: {source}", path = path.display())]
    Store {
        /// As it was given.
        path: PathBuf,
        /// Why.
        source: StoreError,
    },
    /// The page cannot be served.
    #[error("--web {0}")]
    Web(#[from] FolderError),
}

impl Options {
    /// Reads and opens what the options name.
    pub fn open(&self) -> Result<Config, OptionsError> {
        let root = std::fs::read(&self.root);
        let root = root.map_err(|source| OptionsError::NoRoot { path: self.root.clone(), source })?;
        let trust = TrustRoot::from_bytes(&root);
        let trust = trust.map_err(|source| OptionsError::Root { path: self.root.clone(), source })?;
        let web = self.web.as_deref().map(Folder::read).transpose()?;
        let store = SqliteStore::open(&self.store, trust.clone());
        let store = store.map_err(|source| OptionsError::Store { path: self.store.clone(), source })?;
        let policy = OpeningPolicy::of(self.public_openings.iter().filter(|path| !path.is_empty()));
        let limits = Limits { body: self.max_body, ..Limits::default() };
        Ok(Config { policy, limits, web, ..Config::new(self.listen, trust, Arc::new(store)) })
    }
}
