//! `nguon audit serve`: a map auditor of the trust root.

use std::net::SocketAddr;
use std::path::PathBuf;

use nguon_witness::auditor::{Pace, Shown};
use nguon_witness::{Auditor, Clock, Stop, served};
use serde_json::json;

use super::Which;
use super::progress::Watch;
use crate::command::log_keys::seconds;
use crate::command::root;
use crate::command::witness::{Announced, cosigner, log_to_stderr, policy, serve, watching};
use crate::error::Error;
use crate::report::Report;
use crate::session::Session;

const EXAMPLE: &str = "\
A map auditor is the one cosigner that has looked: without one, no checkpoint counts. It replays the
whole log once, then each new checkpoint before it cosigns it, and says what it cosigned to whoever
asks. It holds every record in memory; a few gigabytes serve for years.

  1. nguon key new auditor                    here; the key never leaves this computer
  2. nguon key show auditor                   send the public key and your address to whoever keeps
                                              the trust root; they add you with `nguon root propose`
  3. nguon root import root.nguon --id 3f5a…
  4. nguon audit serve https://nguon.example --key auditor

It listens on this computer only: let a web server with a certificate pass requests on (`nguon
witness --help` shows one). Keep this computer's clock right: leaves dated more than 5 minutes ahead
of it, or before what was cosigned last, are refused. Never run two with one key. If the state is
lost, make a new key.

Example of a question to it: curl http://127.0.0.1:8791/";

/// Options of `nguon audit serve`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLE)]
pub struct Args {
    #[command(flatten)]
    which: Which,
    /// The auditor's key: its name here, or its file
    #[arg(long, value_name = "NAME|FILE")]
    key: String,
    /// Name it cosigns under [default: the one the trust root gives its key]
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// Where to listen; port 0 takes any free port
    #[arg(long, value_name = "HOST:PORT", default_value = "127.0.0.1:8791")]
    listen: SocketAddr,
    /// Folder of its copy of the log and of what it cosigned [default: audit in the home]
    #[arg(long, value_name = "DIR")]
    state: Option<PathBuf>,
    /// After which time a checkpoint that still is the newest is cosigned again
    #[arg(long, value_name = "TIME", default_value = "5s", value_parser = seconds)]
    recosign_every: u64,
}

/// Serves and follows until SIGINT or SIGTERM.
pub fn run(session: &Session, args: Args) -> Result<Report, Error> {
    let trust = args.which.trust(session)?;
    let files: Vec<PathBuf> = args.which.root.clone().into_iter().collect();
    // Its name may stand in a later version only.
    let roots = root::of_files(&session.home, &files)?;
    let cosigner = cosigner(session, &args.key, args.name.as_deref(), &policy(&roots)?.auditors, "map auditor")?;
    let source = args.which.source(&trust)?;
    let state = args.state.unwrap_or_else(|| session.home.root_file().with_file_name("audit"));
    log_to_stderr();
    let announced = Announced::of(&cosigner, json!({ "state": state, "log": args.which.log }));
    let mut progress = Watch::new();
    let mut watch = |progressed| progress.tell(progressed);
    let mut auditor = Auditor::open(cosigner, trust, &state, &mut watch).map_err(watching)?;

    let (shown, stop) = (auditor.shown(), Stop::new());
    let pace = Pace { recosign: args.recosign_every, ..Pace::default() };
    std::thread::scope(|scope| {
        let told = stop.clone();
        scope.spawn(move || auditor.run(&source, &Clock::system(), pace, &told));
        let served = serve(session, args.listen, served::routes::<Shown>(shown), announced);
        stop.now();
        served
    })
}
