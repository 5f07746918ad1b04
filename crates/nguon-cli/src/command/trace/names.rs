//! Names that this computer knows: they stand before what a server says.

use std::collections::BTreeMap;

use nguon_core::ids::ChainId;

use crate::session::Session;

/// Local names of chains.
#[derive(Debug, Default)]
pub struct Known(BTreeMap<ChainId, String>);

impl Known {
    /// Those of a home; none if it has none.
    pub fn of(session: &Session) -> Self {
        session.home.names().map(|names| Self(names.all())).unwrap_or_default()
    }

    /// The local name of a chain.
    pub fn get(&self, chain: &ChainId) -> Option<&str> {
        self.0.get(chain).map(String::as_str)
    }
}
