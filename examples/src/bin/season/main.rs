//! Writes the sample season to files, and registers it on an ingestion server.
//!
//! Registering twice does no harm: the server knows the records by their statement ids and answers "duplicate".

mod client;
mod files;

use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::Result;
use clap::Parser;
use nguon_core::values::Time;
use nguon_examples::season::{Case, Season, Seed, Watch};
use nguon_gs1::UriStem;
use serde::Serialize;

use crate::client::Client;

/// The sample lychee season: trust root, bundles, and all records for a server.
#[derive(Parser)]
struct Args {
    /// Folder for the trust root (root.nguon) and the bundles
    #[arg(long, value_name = "FOLDER")]
    out: PathBuf,
    /// Ingestion server to register the season on, such as http://127.0.0.1:8787
    #[arg(long, value_name = "URL")]
    server: Option<String>,
    /// What links begin with [default: the server, or `https://nguon.example` without one]
    #[arg(long, value_name = "URL")]
    host: Option<UriStem>,
    /// Write the trust root and nothing else: a server needs it before it can start
    #[arg(long, conflicts_with = "server")]
    root_only: bool,
    /// A deployment with a log: writes the keys of the log, its witnesses and its map auditor too (keys/*.key)
    #[arg(long)]
    log: bool,
    /// Where each of the four witnesses answers, for readers who ask how new a checkpoint is
    #[arg(long = "witness", value_name = "URL", requires = "log")]
    witnesses: Vec<String>,
    /// Where the map auditor answers
    #[arg(long, value_name = "URL", requires = "log")]
    auditor: Option<String>,
    /// How many days later than written all of it happens [default: the folder's last choice, or with --server as many as
    /// make the season end today: a log that runs takes no harvest weeks after its season]
    #[arg(long, value_name = "DAYS", requires = "log")]
    days_later: Option<u64>,
    /// Words that keys, salts and ids are made from
    #[arg(long, value_name = "WORDS")]
    seed: Option<String>,
}

/// One line of the output: a link, and what its page must say.
#[derive(Serialize)]
struct Line<'a> {
    name: &'a str,
    title: &'a str,
    url: String,
    expected: String,
}

fn main() -> Result<()> {
    let args = Args::parse();
    let seed = args.seed.as_deref().map_or_else(Seed::sample, Seed::of);
    let watch = args.log.then(|| watch(&args)).transpose()?;
    files::write_root(&args.out, &Season::root(&seed, watch.as_ref())?)?;
    if watch.is_some() {
        files::write_log_keys(&args.out, &seed)?;
    }
    if args.root_only {
        return Ok(());
    }
    let season = match &watch {
        Some(watch) => Season::logged(&seed, watch)?,
        None => Season::build(&seed)?,
    };
    files::write_bundles(&args.out, &season)?;
    if let Some(server) = &args.server {
        Client::new(server).register(&season)?;
    }
    let stem = match (args.host, &args.server) {
        (Some(host), _) => host,
        (None, Some(server)) => server.parse()?,
        (None, None) => "https://nguon.example".parse()?,
    };
    for line in season.cases.iter().filter_map(|case| line(case, &stem)) {
        println!("{}", serde_json::to_string(&line)?);
    }
    Ok(())
}

/// Who watches the log, and when the season was: once registered it stays where it is, so that registering it again does
/// no harm.
fn watch(args: &Args) -> Result<Watch> {
    let known = files::read_days_later(&args.out)?;
    let watch = Watch {
        witnesses: args.witnesses.clone(),
        auditor: args.auditor.clone(),
        days_later: args.days_later.or(known).unwrap_or_default(),
    };
    if args.server.is_none() {
        return Ok(watch);
    }
    let now = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs();
    let watch = if args.days_later.or(known).is_some() { watch } else { watch.ending_by(Time::new(now)?) };
    files::write_days_later(&args.out, watch.days_later)?;
    Ok(watch)
}

fn line<'a>(case: &'a Case, stem: &UriStem) -> Option<Line<'a>> {
    let url = case.link(stem)?.to_string();
    Some(Line { name: case.name, title: case.title_vi, url, expected: case.expected.to_string() })
}
