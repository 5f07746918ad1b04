//! The real thing to test against: the programs as cargo builds them, the season registered over HTTP, the page as
//! `cargo xtask web` makes it.
//!
//! `cargo xtask test` builds them first and says where they are (`NGUON_BIN`, `NGUON_ROOT`, `NGUON_PAGE`,
//! `NGUON_INSPECT_PAGE`, `NGUON_FARM_PAGE`); run by hand,
//! the tests build them themselves.

mod deployment;
mod forged;
mod link;
mod network;
mod prepare;
mod server;

use std::path::{Path, PathBuf};
use std::sync::{LazyLock, OnceLock};

pub use self::deployment::{
    Deployment, deployment, deployment_behind, deployment_with_farm, deployment_with_inspector,
};
pub use self::forged::{Forgery, forged};
pub use self::link::Link;
pub use self::network::{Network, Weather};
pub use self::server::{Server, free_port};

use tempfile::TempDir;

static WORLD: LazyLock<World> = LazyLock::new(World::prepare);

/// What all tests of a process share. Nothing in it changes: each server gets a copy of the store.
pub struct World {
    programs: PathBuf,
    root: PathBuf,
    page: PathBuf,
    farm: OnceLock<PathBuf>,
    store: PathBuf,
    links: Vec<Link>,
}

/// The world, made when it is first asked for.
#[must_use]
pub fn world() -> &'static World {
    &WORLD
}

impl World {
    fn prepare() -> Self {
        let programs = prepare::programs();
        let root = prepare::root(&programs);
        let page = prepare::page(&root);
        let store = prepare::folder("store");
        let mut server = Server::start(&programs, &root, &store, None, 0);
        let links = link::register(&programs, server.origin(), &prepare::folder("season"));
        server.end();
        Self { programs, root, page, farm: OnceLock::new(), store, links }
    }

    /// One of the programs.
    #[must_use]
    pub fn program(&self, name: &str) -> PathBuf {
        self.programs.join(name)
    }

    /// The trust root's file.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The page's folder.
    #[must_use]
    pub fn page(&self) -> &Path {
        &self.page
    }

    /// The folder of the farmer's app, put together when it is first asked for.
    #[must_use]
    pub fn farm(&self) -> &Path {
        self.farm.get_or_init(|| prepare::farm(&self.root))
    }

    /// The page again, for records on a server of another origin.
    #[must_use]
    pub fn page_for(&self, api: &str) -> TempDir {
        prepare::page_for(&self.root, api)
    }

    /// The season's link of this name.
    ///
    /// # Panics
    /// There is none.
    #[must_use]
    pub fn link(&self, name: &str) -> &Link {
        self.links.iter().find(|link| link.name == name).unwrap_or_else(|| panic!("the season has no link {name:?}"))
    }

    /// Every link of the season.
    #[must_use]
    pub fn links(&self) -> &[Link] {
        &self.links
    }

    /// A store of one's own, with the season in it.
    #[must_use]
    pub fn store(&self) -> TempDir {
        let copy = tempfile::tempdir().expect("a folder for the store");
        for file in std::fs::read_dir(&self.store).expect("the store").map_while(Result::ok) {
            std::fs::copy(file.path(), copy.path().join(file.file_name())).expect("a copy of the store");
        }
        copy
    }

    /// A server with the season, which also serves the page.
    #[must_use]
    pub fn server(&self, store: &Path) -> Server {
        Server::start(&self.programs, &self.root, store, Some(&self.page), 0)
    }

    /// The same on a port of one's choice, with another page or none.
    #[must_use]
    pub fn server_on(&self, port: u16, store: &Path, page: Option<&Path>) -> Server {
        Server::start(&self.programs, &self.root, store, page, port)
    }
}
