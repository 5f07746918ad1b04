//! One command's surroundings: home, language, place, server, passphrases.

use nguon_core::values::UtcOffset;

use crate::args::Global;
use crate::error::Error;
use crate::home::Home;
use crate::lang::Lang;
use crate::moment;
use crate::net::Server;
use crate::passphrase::Passphrases;

/// What every command is given.
#[derive(Debug)]
pub struct Session {
    /// The home folder.
    pub home: Home,
    /// Whether machines read the answer.
    pub json: bool,
    /// Language of verdicts.
    pub lang: Lang,
    /// Offset of times typed and shown.
    pub offset: UtcOffset,
    /// Where passphrases come from.
    pub passphrases: Passphrases,
    server: Option<String>,
}

impl Session {
    /// From the options that every command shares.
    pub fn new(global: Global) -> Result<Self, Error> {
        Ok(Self {
            home: Home::new(global.home)?,
            json: global.json,
            lang: global.lang.unwrap_or_else(Lang::of_environment),
            offset: global.utc_offset.unwrap_or_else(moment::local_offset),
            passphrases: Passphrases { file: global.passphrase_file, none: global.no_passphrase },
            server: global.server,
        })
    }

    /// The server, which must have been named.
    pub fn server(&self) -> Result<Server, Error> {
        let named = self.server_if_named()?;
        named.ok_or_else(|| Error::caller("no server is named").next("add --server URL, or set NGUON_SERVER"))
    }

    /// The server, if one was named.
    pub fn server_if_named(&self) -> Result<Option<Server>, Error> {
        self.server.as_deref().map(Server::at).transpose()
    }
}
