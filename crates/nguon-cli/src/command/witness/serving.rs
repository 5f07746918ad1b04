//! Commands that serve until they are told to stop.

use std::io::IsTerminal as _;
use std::net::SocketAddr;

use nguon_witness::served::Router;
use nguon_witness::{Cosigner, serve_until_signal};
use serde_json::{Value, json};
use tracing_subscriber::EnvFilter;

use crate::error::Error;
use crate::report::Report;
use crate::session::Session;

/// What is said before anything is served.
#[derive(Debug)]
pub struct Announced {
    verifier: String,
    json: Value,
}

impl Announced {
    /// Who serves, and what machines are told beside.
    pub fn of(cosigner: &Cosigner, json: Value) -> Self {
        Self { verifier: cosigner.verifier().to_string(), json }
    }

    fn say(&self, address: SocketAddr, as_json: bool) {
        let url = format!("http://{address}");
        let said = if as_json {
            let mut json = self.json.clone();
            json["verifier_key"] = json!(self.verifier);
            json["listening"] = json!(url);
            Report::new("", json).print(true)
        } else {
            Report::new(format!("verifier key {}\nlistening on {url}", self.verifier), Value::Null).print(false)
        };
        // Whoever closed standard output has what it wanted.
        let _ = said;
    }
}

/// Serves until SIGINT or SIGTERM.
pub fn serve(session: &Session, listen: SocketAddr, routes: Router, announced: Announced) -> Result<Report, Error> {
    let served = serve_until_signal(listen, routes, |address| announced.say(address, session.json));
    served.map_err(|error| {
        Error::system(format_args!("cannot listen on {listen}: {error}"))
            .next("is another server running there? --listen takes another address")
            .code("listen")
    })?;
    Ok(Report::new("", json!({ "stopped": true })))
}

/// What happens while serving goes to standard error; RUST_LOG chooses what (default: info).
pub fn log_to_stderr() {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    // A program that runs several commands keeps its first.
    let _ = log.with_ansi(std::io::stderr().is_terminal()).try_init();
}
