//! The command line, and how it becomes a configuration.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use clap::{Parser, ValueEnum};
use nguon_core::trust::{RootError, TrustRoot};
use nguon_store::sqlite::{Location, SqliteStore};
use nguon_store::{OpeningPolicy, StoreError};

use crate::config::{Config, Limits};
use crate::log::{KeyError, LogConfig, read_key};
use crate::products::{self, ProductsError};
use crate::web::{Folder, FolderError};

const EXAMPLES: &str = "\
Examples:
  Take records on this machine; `nguon init` has made root.nguon:
    nguon-ingest --root root.nguon --store data

  Serve the page behind the labels as well (`cargo xtask web` builds it):
    nguon-ingest --root root.nguon --store data --web web/dist/verify

  And the inspector's page, at /inspect/ (`cargo xtask web --app inspect` builds it):
    nguon-ingest --root root.nguon --store data --web web/dist/verify --inspect web/dist/inspect

  And the farmer's app, at /farm/, with a list of products to choose from:
    nguon-ingest --root root.nguon --store data --web web/dist/verify --farm web/dist/farm --products products.json

  Let names of actors and attached photos out in bundles:
    nguon-ingest --root root.nguon --store data --public-openings enrolled/name,attachments

  Run the log that the trust root names; `nguon key new log` has made its key:
    nguon-ingest --root root.nguon --store data --log-key log.key --log-passphrase-file passphrase

  The same, where a witness answers at another address than the trust root says:
    nguon-ingest --root root.nguon --store data --log-key log.key --witness-url w1=http://127.0.0.1:7001

  Is it well? What can it do?
    curl http://127.0.0.1:8787/v1/health
    curl http://127.0.0.1:8787/v1/openapi.json

What is kept: records in DIR/nguon.db; names, photos and other personal data in DIR/nguon.personal.db, from which
`nguon erase ACTOR` deletes them while this server runs. Back up both; the first is the one that cannot be made again.
A log's tiles are in DIR/log: static files, made anew from DIR/nguon.db if they are lost.

A log's key file is one that `nguon key new` wrote, open or under a passphrase, or 64 hexadecimal digits. One server runs
a log: it takes no records before as many witnesses as must cosign have said what they saw last, and none if one of them
saw more than this store holds (an old backup, or a second server). While witnesses or auditors are away records are
accepted and published later; GET /v1/health says so.

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
    /// Folder of the inspector's page, to be served at /inspect/
    #[arg(long, value_name = "DIR", requires = "web", env = "NGUON_INSPECT")]
    pub inspect: Option<PathBuf>,
    /// Folder of the farmer's app, to be served at /farm/
    #[arg(long, value_name = "DIR", requires = "web", env = "NGUON_FARM")]
    pub farm: Option<PathBuf>,
    /// List of plant protection products for phones to choose from: JSON, `[{"name", "active_ingredient", "phi_days",
    /// "registration"}]`
    #[arg(long, value_name = "FILE", env = "NGUON_PRODUCTS")]
    pub products: Option<PathBuf>,
    /// Key of the log that the trust root names, as `nguon key new` writes it or as 64 hexadecimal digits
    #[arg(long, value_name = "FILE", env = "NGUON_LOG_KEY")]
    pub log_key: Option<PathBuf>,
    /// File whose first line is the passphrase of --log-key (or set NGUON_PASSPHRASE)
    #[arg(long, value_name = "FILE", env = "NGUON_LOG_PASSPHRASE_FILE")]
    pub log_passphrase_file: Option<PathBuf>,
    /// Folder of the log's static files [default: `log` beside the records]
    #[arg(long, value_name = "DIR", env = "NGUON_TILES")]
    pub tiles: Option<PathBuf>,
    /// Where a witness answers, if not where the trust root says; may be given several times
    #[arg(long, value_name = "NAME=URL", value_parser = address, env = "NGUON_WITNESS_URL", value_delimiter = ',')]
    pub witness_url: Vec<(String, String)>,
    /// Where a map auditor answers, if not where the trust root says; may be given several times
    #[arg(long, value_name = "NAME=URL", value_parser = address, env = "NGUON_AUDITOR_URL", value_delimiter = ',')]
    pub auditor_url: Vec<(String, String)>,
    /// How long one round of asking for cosignatures may take, in milliseconds
    #[arg(long, value_name = "MS", default_value_t = 5000, env = "NGUON_WITNESS_PATIENCE")]
    pub witness_patience: u64,
    /// Shortest time from one checkpoint to the next, in milliseconds
    #[arg(long, value_name = "MS", default_value_t = 250, env = "NGUON_CHECKPOINT_INTERVAL")]
    pub checkpoint_interval: u64,
    /// How often an unchanged checkpoint is cosigned again, in seconds; at least 3 times in the freshness of the trust root
    #[arg(long, value_name = "SECONDS", default_value_t = 600, env = "NGUON_RECOSIGN_EVERY")]
    pub recosign_every: u64,
    /// Salted fields whose openings bundles carry: `event/field`, or `attachments`; empty for none
    #[arg(
        long,
        value_name = "PATHS",
        value_delimiter = ',',
        default_value = "enrolled/name",
        env = "NGUON_PUBLIC_OPENINGS"
    )]
    pub public_openings: Vec<String>,
    /// Longest body in bytes; many groups may be twice as long, one record has at most 32768 whatever is said here
    #[arg(long, value_name = "BYTES", default_value_t = Limits::default().body, env = "NGUON_MAX_BODY")]
    pub max_body: usize,
    /// How the log is written to standard error; RUST_LOG chooses what (default: info)
    #[arg(long, value_enum, default_value_t = LogFormat::Text, env = "NGUON_LOG_FORMAT")]
    pub log_format: LogFormat,
}

fn address(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, url)) if !name.is_empty() && (url.starts_with("https://") || url.starts_with("http://")) => {
            Ok((name.to_owned(), url.to_owned()))
        }
        _ => Err("write NAME=URL, such as w1=https://witness.example".to_owned()),
    }
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
    /// The list of products is none.
    #[error("--products {0}")]
    Products(#[from] ProductsError),
    /// The log's key cannot be had.
    #[error("--log-key {0}")]
    LogKey(#[from] KeyError),
    /// The passphrase's file cannot be read.
    #[error("--log-passphrase-file {path}: {source}", path = path.display())]
    Passphrase {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
}

impl Options {
    /// Reads and opens what the options name.
    pub fn open(&self) -> Result<Config, OptionsError> {
        let root = std::fs::read(&self.root);
        let root = root.map_err(|source| OptionsError::NoRoot { path: self.root.clone(), source })?;
        let trust = TrustRoot::from_bytes(&root);
        let trust = trust.map_err(|source| OptionsError::Root { path: self.root.clone(), source })?;
        let log = self.log()?;
        let web = self.pages()?;
        let products = self.products.as_deref().map(products::read).transpose()?.unwrap_or_else(|| Arc::new([]));
        let store = SqliteStore::open(&self.store, trust.clone());
        let store = store.map_err(|source| OptionsError::Store { path: self.store.clone(), source })?;
        let policy = OpeningPolicy::of(self.public_openings.iter().filter(|path| !path.is_empty()));
        let limits = Limits { body: self.max_body, groups: self.max_body.saturating_mul(2), ..Limits::default() };
        Ok(Config { policy, limits, web, products, log, ..Config::new(self.listen, trust, Arc::new(store)) })
    }

    /// The page behind the labels, and the others below their names.
    fn pages(&self) -> Result<Option<Folder>, FolderError> {
        let Some(mut web) = self.web.as_deref().map(Folder::read).transpose()? else { return Ok(None) };
        for (name, folder) in [("inspect", &self.inspect), ("farm", &self.farm)] {
            if let Some(folder) = folder {
                web = web.with_page(name, Folder::read(folder)?);
            }
        }
        Ok(Some(web))
    }

    fn log(&self) -> Result<Option<LogConfig>, OptionsError> {
        let Some(key) = &self.log_key else { return Ok(None) };
        let passphrase = match &self.log_passphrase_file {
            None => std::env::var("NGUON_PASSPHRASE").ok().filter(|given| !given.is_empty()),
            Some(path) => {
                let text = std::fs::read_to_string(path);
                let text = text.map_err(|source| OptionsError::Passphrase { path: path.clone(), source })?;
                Some(text.lines().next().unwrap_or_default().to_owned())
            }
        };
        let key = read_key(key, || passphrase)?;
        let beside = || Location::of(&self.store).records.with_file_name("log");
        Ok(Some(LogConfig {
            witness_patience: Duration::from_millis(self.witness_patience.max(1)),
            interval: Duration::from_millis(self.checkpoint_interval),
            recosign_every: Duration::from_secs(self.recosign_every.max(1)),
            addresses: self.witness_url.iter().chain(&self.auditor_url).cloned().collect(),
            ..LogConfig::new(key, self.tiles.clone().unwrap_or_else(beside))
        }))
    }
}
