//! `nguon root propose`: the next version, for others to look at and sign.

use std::path::PathBuf;

use nguon_core::bytes::to_hex;
use nguon_core::ids::KeyId;
use nguon_core::trust::{RootError, RootPayload, SignedRoot, TrustRoot};
use nguon_core::values::Time;
use serde_json::json;

use super::edit::Edits;
use super::words::describe_payload;
use super::{changes, deployment_id, refuse_taken, versions};
use crate::error::Error;
use crate::files::{self, Mode};
use crate::moment;
use crate::report::Report;
use crate::session::Session;

const EXAMPLE: &str = "\
Examples:
  nguon root propose                                   the same for another year
  nguon root propose --retire-authority-key 5d0e… --add-authority-key 8f21…
  nguon root propose --retire-root-key 91c3… --add-root-key 77ab… --threshold 2
  nguon root propose --retire-witness uni.example \\
      --add-witness uni.example=4be0…@https://witness.uni.example

Nothing counts before it is signed: the next steps are in `nguon root --help`. Public keys are typed
in hexadecimal (`nguon key show` where the key is), or as the name of a key here; keys to retire
also as the first digits of their id. What is retired goes before what is added, so that a cosigner
can change its key and keep its name.";

/// Options of `nguon root propose`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLE)]
pub struct Args {
    #[command(flatten)]
    edits: Edits,
    /// Day or time at which the new version expires [default: in one year]
    #[arg(long, value_name = "TIME")]
    expires: Option<String>,
    /// The versions so far, version 1 first; may be repeated [default: those in the home]
    #[arg(long, value_name = "FILE")]
    previous: Vec<PathBuf>,
    /// Where the proposal goes [default: here, such as root-2.payload]
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// Writes it down.
pub fn run(session: &Session, args: &Args) -> Result<Report, Error> {
    let roots = versions::of_files(&session.home, &args.previous)?;
    let before = roots.newest();
    let issued = moment::now()?;
    let expires = match &args.expires {
        Some(text) => {
            moment::parse(text, session.offset).map_err(|error| Error::caller(format_args!("--expires: {error}")))?
        }
        None => Time::new(issued.get() + 365 * 86_400).map_err(Error::system)?,
    };
    let mut payload = RootPayload::after(before, issued, expires);
    args.edits.apply(session, &mut payload)?;
    before.check_next(&payload).map_err(|error| refused(&error))?;

    let proposal = SignedRoot::sign(&payload, &[]).map_err(Error::system)?;
    let number = payload.version;
    let out = args.out.clone().unwrap_or_else(|| format!("root-{number}.payload").into());
    refuse_taken(&out)?;
    files::create(&out, &proposal.to_bytes().map_err(Error::system)?, Mode::Public)?;

    let changed = changes::between(before.payload(), &payload, session.offset);
    let hash = to_hex(&proposal.payload_hash());
    let text = format!(
        "{}\n{}\nHash of the payload: {hash}\nWritten, unsigned: {}\nNext: {}",
        describe_payload(&payload, Some(&deployment_id(before)), session.offset),
        changes::tell(&changed, before.payload().version),
        out.display(),
        who_signs(before, &payload)
    );
    let json = json!({
        "payload": out, "payload_sha256": hash, "version": number, "deployment": deployment_id(before),
        "changes": changed, "root": serde_json::to_value(&payload).map_err(Error::system)?,
    });
    Ok(Report::new(text, json))
}

fn refused(error: &RootError) -> Error {
    let next = match error {
        RootError::Threshold { .. } => "set how many must sign or cosign: --threshold K, --witness-threshold K",
        RootError::Backwards => "set this computer's clock",
        RootError::Twice(_) => "give every key, name and authority once; a retired key does not come back",
        RootError::Log(_) => "begin a deployment with a log: nguon init --log",
        _ => "correct the options",
    };
    Error::caller(format_args!("no reader would accept it: {error}")).next(next).code("bad_root")
}

fn who_signs(before: &TrustRoot, payload: &RootPayload) -> String {
    let side = |root: &RootPayload| {
        let keys: String = root.root_keys.iter().map(|key| format!("\n    {}", KeyId::of(key))).collect();
        format!("  {} of the root keys of version {}:{keys}", root.threshold, root.version)
    };
    format!(
        "each signer runs `nguon root sign` on its own computer. It takes\n{}\n{}\n  A key that stands in both counts for both.",
        side(before.payload()),
        side(payload)
    )
}
