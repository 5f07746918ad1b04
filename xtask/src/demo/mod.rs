//! `cargo xtask demo`: a lychee season on a server of its own, and a QR code for each verdict.

mod links;
pub mod season;
mod server;
mod stop;
pub mod watch;

use std::net::TcpListener;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context as _, Result};

use crate::demo::season::{Profile, Season};
use crate::demo::server::Server;
use crate::demo::stop::Stop;
use crate::demo::watch::{Addresses, Watch};
use crate::{shell, tools, web};

/// Options of `cargo xtask demo`.
#[derive(clap::Args)]
pub struct Args {
    /// Address to serve on and to print in the links; this machine's address in the network, so that a phone can follow them
    #[arg(long, default_value = "127.0.0.1")]
    host: String,
    /// Port to serve on
    #[arg(long, default_value_t = 8787)]
    port: u16,
    /// Port of the first of four witnesses; the others and the map auditor take the four that follow
    #[arg(long, default_value_t = 8791)]
    watch_port: u16,
    /// Folder for the database, the keys and the trust root [default: target/demo, made anew]
    #[arg(long, value_name = "FOLDER")]
    dir: Option<PathBuf>,
}

/// Builds, starts and fills the demo, and serves it until Ctrl-C.
///
/// # Errors
/// A tool that cannot be had, something that does not build, a port that is taken, a server that stops.
pub fn run(args: &Args) -> Result<()> {
    let address = format!("{}:{}", args.host, args.port);
    // Asked before everything is built, answered after: a port that is taken should not cost ten minutes.
    TcpListener::bind(&address)
        .with_context(|| format!("cannot serve on {address}: choose another with --host and --port"))?;
    let watched = Addresses::new(&args.host, args.watch_port);
    watched.check()?;
    tools::c_compiler()?;
    tools::wasm::ensure()?;
    let dir = folder(args)?;
    let mut build = shell::cargo(["build", "--release", "--package", "nguon-ingest", "--package", "nguon-cli"]);
    shell::run("compile the server and the command line", &mut build)?;
    let season = Season::build(Profile::Release)?;
    let root = season.root(&dir, Some(&watched))?;
    let built = |app| web::page(&web::Args { app, root: Some(root.clone()), ..web::Args::default() });
    let (page, inspect) = (built(web::App::Verify)?, built(web::App::Inspect)?);
    let farm = built(web::App::Farm)?;

    let stop = Stop::on_ctrl_c()?;
    let url = format!("http://{address}");
    let watch = Watch::start(&watched, &dir, &root, &url, &stop)?;
    let setup =
        server::Setup { address: &address, dir: &dir, root: &root, page: &page, inspect: &inspect, farm: &farm };
    let mut server = Server::start(&setup)?;
    server.wait_ready(Duration::from_secs(30), &stop)?;
    let links = season.register(&url, &dir, &watched)?;
    links::print(&links)?;
    shell::say(format_args!(
        "\nServing on {url} from {0}; Ctrl-C ends it. The inspector's page: {url}/inspect/\n\
         The farmer's app: {url}/farm/ (\"Tập thử\" practises with records that can never count); the co-op's desk: \
         {url}/farm/#desk\n\
         This server hands out both the page and the records. Someone who ran it could alter both: a real page lives on \
         the authority's or an NGO's host, not on the data operator's (SECURITY.md).\n\
         Four witnesses and a map auditor watch its log, each a process with its own key and state in {0}: a real \
         deployment has them run by people who do not trust each other.",
        dir.display()
    ));
    let served = server.wait(&stop);
    server.end();
    drop(watch);
    served
}

fn folder(args: &Args) -> Result<PathBuf> {
    let dir = match &args.dir {
        Some(dir) => std::path::absolute(dir)?,
        None => {
            let dir = shell::target().join("demo");
            if dir.exists() {
                std::fs::remove_dir_all(&dir).with_context(|| dir.display().to_string())?;
            }
            dir
        }
    };
    std::fs::create_dir_all(&dir).with_context(|| dir.display().to_string())?;
    Ok(dir)
}
