//! The command line: what every command shares. Each command's own options stand in its file.

use std::path::PathBuf;

use clap::{Parser, Subcommand};
use nguon_core::values::UtcOffset;

use crate::command;
use crate::home::KeyName;
use crate::lang::Lang;
use crate::moment;

const EXAMPLE: &str = "\
A season, from the trust root to the box:

  nguon init --name \"Sở Nông nghiệp và Môi trường (mẫu)\"
  nguon key new coop
  nguon enrol --as authority --role registrar --name \"HTX Hồng Giang\" --key coop --alias coop
  nguon enrol --as coop --role farm --name \"Nguyễn Văn Bảy\" --without-key --alias bay
  nguon place area --as coop --code VN-BGOR-0123 --issuer VN --commune 07525 --hectares 10 \\
      --alias vung
  nguon place plot --as coop --area vung --household bay --hectares 0.5 \\
      --variety \"vải thiều Thanh Hà\" --alias thua
  nguon place season thua --as coop --for bay --season 2026 --from 2026-05-20 --until 2026-07-31
  nguon register --as coop --for bay --product \"vải thiều\" --harvest thua=850.5 --alias lo-1
  nguon push --server https://nguon.example
  nguon verify 'https://nguon.example/01/09521234543213/10/VT-0612#AAECAwQFBgcICQoLDA0ODw'
  nguon trace lo-1                                 where it came from and went, with kilograms

Chains are named by their id, its first digits (8 or more), or the local name given with --alias.

Exit codes: 0 done, 3 not done; push: 1 something was refused; verify: 0 valid, 2 unlogged or
stale, 1 worse, 3 no verdict.";

/// Produce traceability from the terminal: keys, enrolment, records, labels, verification.
///
/// Records are signed here and now, without network, and kept in an outbox until `nguon push` has sent them.
#[derive(Debug, Parser)]
#[command(name = "nguon", version, max_term_width = 120, after_help = EXAMPLE)]
pub struct Cli {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub command: Command,
}

/// What every command understands.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "For every command")]
pub struct Global {
    /// Folder with the trust root, keys, outbox and fetched chains [default: ~/.nguon]
    #[arg(long, global = true, env = "NGUON_HOME", value_name = "DIR")]
    pub home: Option<PathBuf>,
    /// Answer with a JSON object on standard output, errors too
    #[arg(long, global = true)]
    pub json: bool,
    /// Language of verdicts [default: Vietnamese if LC_ALL or LANG says so, else English]
    #[arg(long, global = true, value_enum)]
    pub lang: Option<Lang>,
    /// Address of the ingestion server, such as https://nguon.example
    #[arg(long, global = true, env = "NGUON_SERVER", value_name = "URL")]
    pub server: Option<String>,
    /// Offset from UTC written into records, and of times typed without one [default: this computer's, else +07:00]
    #[arg(long, global = true, env = "NGUON_UTC_OFFSET", value_name = "+HH:MM", value_parser = moment::utc_offset,
          allow_hyphen_values = true)]
    pub utc_offset: Option<UtcOffset>,
    /// File whose first line is the keys' passphrase; else NGUON_PASSPHRASE, else the terminal is asked
    #[arg(long, global = true, value_name = "FILE")]
    pub passphrase_file: Option<PathBuf>,
    /// Keep new secret keys unencrypted: for tests and demonstrations
    #[arg(long, global = true)]
    pub no_passphrase: bool,
}

/// Who signs.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Who signs")]
pub struct Signing {
    /// Name of the key to sign with; may be left out where only one key here can sign
    #[arg(long = "as", env = "NGUON_AS", value_name = "KEY")]
    pub signing_key: Option<KeyName>,
    /// The household without a key for whom a registrar signs
    #[arg(long = "for", value_name = "ACTOR")]
    pub on_behalf_of: Option<String>,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make a deployment: its trust root, its authority, their keys
    Init(command::init::Args),
    /// Show, take over and renew a trust root
    #[command(subcommand)]
    Root(command::root::Command),
    /// Make and show keys here; add and revoke keys of actors
    #[command(subcommand)]
    Key(command::key::Command),
    /// Enrol an actor: a registrar, household, packing house, carrier, seller, laboratory or inspector
    Enrol(command::enrol::Args),
    /// Register growing areas, packing houses and plots; open seasons; allot yields
    #[command(subcommand)]
    Place(command::place::Command),
    /// Take a list of households and plots (.xlsx, .csv) in: preview, enrol, register, allot
    Import(command::import::Args),
    /// Open a batch, with its label and its first harvest
    Register(command::register::Args),
    /// Record that something was applied on a plot; says from when on it may be picked
    Spray(command::spray::Args),
    /// Record a harvest: draw and batch together, or the draw into a collector's batch
    Harvest(command::harvest::Args),
    /// Give grams of a batch to another owner's
    HandOver(command::hand_over::Args),
    /// Record what arrived, and what is short
    Receive(command::receive::Args),
    /// Take fruit in at the orchard: one batch a farmer, draw and harvest together
    WeighIn(command::weigh_in::Args),
    /// Correct an earlier record; the original stays
    Correct(command::correct::Args),
    /// Approve a correction that waits
    Approve(command::approve::Args),
    /// Record any event on a chain
    Append(command::append::Args),
    /// Show what waits to be sent, or take something back
    #[command(subcommand)]
    Outbox(command::outbox::Command),
    /// Send what waits in the outbox, in order
    Push(command::push::Args),
    /// Fetch a chain and all it refers to, to sign on top of it
    Pull(command::pull::Args),
    /// Prove that the log holds a record
    Receipt(command::receipt::Args),
    /// Call back fruit: over all plots that used a bad lot of a product
    #[command(subcommand)]
    Recall(command::recall::Command),
    /// End a recall: two authority keys are needed
    Release(command::release::Args),
    /// Sign, send, fetch and show the lists of recalls that old bundles are held against
    #[command(subcommand)]
    Recalls(command::recalls::Command),
    /// List the chains known here, or show one's records
    Show(command::show::Args),
    /// Say what is left of a batch, an allotment or a ceiling
    Remaining(command::remaining::Args),
    /// Show a plot's field log, and from when on it may be harvested
    Plot(command::plot::Args),
    /// List what an actor holds now
    Holdings(command::holdings::Args),
    /// Trace where fruit came from and where it went, with kilograms
    Trace(command::trace::Args),
    /// Fetch the bundle of a batch into a file: all that is needed to verify it, offline too
    Fetch(command::fetch::Args),
    /// Write the file that an importer, customs, a retailer or an inspector wants, from verified records
    #[command(subcommand)]
    Export(command::export::Command),
    /// Verify a batch, from a bundle file or the link on its label
    Verify(command::verify::Args),
    /// Draw the QR code of a batch's label: SVG, PNG, or in the terminal
    Label(command::label::Args),
    /// Copy a server's store while it runs, and check the copy
    Backup(command::backup::Args),
    /// Bring a backup back, unless the log has gone on since
    Restore(command::backup::RestoreArgs),
    /// Erase what opens the personal data of an actor; every history still verifies
    Erase(command::erase::Args),
    /// Be a witness of logs: cosign what continues what was cosigned before
    #[command(subcommand)]
    Witness(command::witness::Command),
    /// Replay a log and name its first fault, or follow it as a map auditor
    Audit(command::audit::Args),
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    #[test]
    fn the_command_line_is_well_formed() {
        super::Cli::command().debug_assert();
    }
}
