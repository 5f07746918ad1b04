//! Where the app asks and sends: a server, or in practice the page itself.

#[cfg(feature = "practice")]
use std::cell::RefCell;
#[cfg(feature = "practice")]
use std::rc::Rc;

use crate::browser::net::{self, Asked, Got};
#[cfg(feature = "practice")]
use crate::browser::store::{self, Change, Shelf};
#[cfg(feature = "practice")]
use crate::practice;

/// Under which name the practice world's records are kept.
pub const PRACTICE: &str = "practice";

/// The other side.
#[derive(Clone)]
pub enum Server {
    /// A server's origin; empty for the page's own
    Http(String),
    /// In this page
    #[cfg(feature = "practice")]
    Practice(Rc<RefCell<practice::Server>>),
}

/// Something asked for that is on its way.
pub enum Coming {
    /// From a server
    Http(Asked),
    /// It is here
    #[cfg(feature = "practice")]
    Here(Got),
}

impl Coming {
    /// What came.
    pub async fn wait(self) -> Got {
        match self {
            Self::Http(asked) => asked.wait().await,
            #[cfg(feature = "practice")]
            Self::Here(got) => got,
        }
    }
}

impl Server {
    /// Begins to fetch a path; several may be on their way.
    #[must_use]
    pub fn begin(&self, path: &str) -> Coming {
        match self {
            Self::Http(origin) => Coming::Http(net::begin(&format!("{origin}{path}"))),
            #[cfg(feature = "practice")]
            Self::Practice(server) => Coming::Here(server.borrow().get(path)),
        }
    }

    /// Fetches a path.
    pub async fn get(&self, path: &str) -> Got {
        self.begin(path).wait().await
    }

    /// Sends bytes; `headers` is a JSON object, or empty.
    pub async fn send(&self, method: &str, path: &str, media_type: &str, headers: &str, bytes: &[u8]) -> Got {
        match self {
            Self::Http(origin) => net::send(method, &format!("{origin}{path}"), media_type, headers, bytes).await,
            #[cfg(feature = "practice")]
            Self::Practice(server) => {
                let got = server.borrow_mut().send(method, path, bytes);
                // As a server does, it says that it has something once that is on disk.
                if Self::keep(server).await { got } else { Got::NOTHING }
            }
        }
    }

    /// Writes the practice world down.
    #[cfg(feature = "practice")]
    pub async fn keep(server: &RefCell<practice::Server>) -> bool {
        let taken = server.borrow().world.taken().to_vec();
        store::write(&[Change::bytes(Shelf::Things, PRACTICE, taken)]).await.is_ok()
    }
}
