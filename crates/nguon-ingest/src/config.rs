//! What a server is started with.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use nguon_core::trust::TrustRoot;
use nguon_store::{OpeningPolicy, Store};

use crate::log::LogConfig;
use crate::products::Product;
use crate::web::Folder;

/// Everything a server needs; [`Config::new`] fills in what most deployments want.
#[derive(Clone)]
pub struct Config {
    /// Where to listen. Port 0 takes any free port.
    pub listen: SocketAddr,
    /// The deployment's trust root, version 1. Later versions are the store's.
    pub trust: Arc<TrustRoot>,
    /// Where records go.
    pub store: Arc<dyn Store>,
    /// Which openings are public.
    pub policy: OpeningPolicy,
    /// Bounds on requests.
    pub limits: Limits,
    /// The page behind the labels, if this server also serves it.
    pub web: Option<Folder>,
    /// Plant protection products for phones to choose from.
    pub products: Arc<[Product]>,
    /// How the deployment's log is run; there if and only if the trust root names a log.
    pub log: Option<LogConfig>,
}

impl Config {
    /// The usual limits and policy, no page, no log.
    #[must_use]
    pub fn new(listen: SocketAddr, trust: TrustRoot, store: Arc<dyn Store>) -> Self {
        let (policy, limits) = (OpeningPolicy::default(), Limits::default());
        let products = Arc::new([]);
        Self { listen, trust: Arc::new(trust), store, policy, limits, web: None, products, log: None }
    }
}

/// Bounds on what one client can ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a body. A single record has its own, smaller bound.
    pub body: usize,
    /// Bytes of a body of many groups, of which at most half as many are taken at a time.
    pub groups: usize,
    /// How long a request's head may take to arrive, and an idle connection to ask again.
    pub head_patience: Duration,
    /// How long a body may take to arrive.
    pub body_patience: Duration,
    /// Connections at a time; further ones wait to be accepted.
    pub connections: usize,
    /// Requests that read, and requests that write, worked on at a time; further ones wait. Bodies of those that write
    /// are in memory: at most this times `body`.
    pub requests: usize,
    /// Scans of serial labels counted a second in the long run, of all readers together.
    pub scans: u32,
    /// How long requests under way may take to finish once the server is told to stop.
    pub grace: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            body: 4 * 1024 * 1024,
            groups: 8 * 1024 * 1024,
            head_patience: Duration::from_secs(15),
            body_patience: Duration::from_secs(30),
            connections: 2048,
            requests: 256,
            scans: 100,
            grace: Duration::from_secs(10),
        }
    }
}
