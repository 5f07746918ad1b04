//! The server as `nguon-ingest` runs it, but for `--crash-after STEP[:TIME]`: there it ends, as a power cut would end it.

use clap::Parser as _;
use nguon_ingest::{Crash, Options, Server};

#[derive(clap::Parser)]
struct Crashing {
    #[command(flatten)]
    options: Options,
    #[arg(long)]
    crash_after: Option<Crash>,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let Crashing { options, crash_after } = Crashing::parse();
    if let Some(crash) = crash_after {
        crash.arm();
    }
    let server = Server::start(options.open()?).await?;
    println!("listening on http://{}", server.local_addr());
    std::future::pending().await
}
