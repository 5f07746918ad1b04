//! The command `nguon`: makes a trust root, keeps keys, enrols, records, sends, prints labels, and verifies.
//!
//! Everything is written offline first. A record is signed at once on top of what this computer knows of its chain, judged
//! by the same code that the server asks ([`nguon_core::admit`]), and kept in an outbox until `nguon push` has sent it.
//! The home folder (`--home`, `NGUON_HOME`, else `~/.nguon`) holds:
//!
//! | what | trusted for | losing it costs |
//! |---|---|---|
//! | `root.nguon` | everything: verdicts and signatures start from it | nothing, if a copy is at hand; compare its id with `nguon root show` |
//! | `root-2.nguon`, … | later versions, each signed by the one before | nothing: `nguon pull` takes them again |
//! | `keys/NAME.key` | signing; mode 0600, an age file under a passphrase (scrypt, <https://age-encryption.org/v1>) | the key: revoke it and enrol another |
//! | `outbox/` | what was signed and not yet accepted, with the personal data it seals | those records |
//! | `chains/` | nothing: fetched records, checked each time they are fetched | a `nguon pull` |
//! | `positions/` | nothing: when the log counts what was applied and picked, where claimed times differ | a `nguon pull` |
//! | `serials/` | printing labels that count as issued; mode 0600 | printing those labels again; what was handed to the server goes on being proven |
//! | `openings/` | personal data behind the digests, by person | the words; every history still verifies |
//! | `imported/` | knowing again what lists brought: hashes of telephone numbers and names, as private as those; mode 0600 | the same list would enrol its households once more |
//! | `names.json` | nothing: local names for 64-digit ids | the names |
//! | `seen.json` | that the log goes on from what was seen, and as the anchor of what is signed | noticing a log that was changed before now |
//! | `recalls/` | nothing: lists that authorities signed, checked each time | a `nguon recalls pull` |
//!
//! # Exit codes
//!
//! | code | `nguon verify` | any other command |
//! |---|---|---|
//! | 0 | valid | done (`trace --bundle` as `verify`) |
//! | 1 | anything worse than stale, and a lot that the log proves not to be there | `push`: something was refused and stays in the outbox; `receipt`: accepted, not yet in a published checkpoint |
//! | 2 | unlogged or stale: what there is holds, completeness or freshness is not proven | never |
//! | 3 | no verdict: usage, file or network | not done; the message says what to do next |
//!
//! # The log
//!
//! Where the trust root names a log, `nguon verify` says as of when nothing is missing. It asks up to three witnesses for
//! their newest checkpoint and remembers the newest one it verified; whatever is shown later must be proven to go on from
//! it. `nguon push` waits for receipts and checks them; `nguon pull` and `nguon push` follow the trust root's versions and
//! the log, and stop at one that goes back or contradicts what was seen.
//!
//! # What it leaves out
//!
//! It takes no records (`nguon-ingest` does). Without network nobody can prove that a file's checkpoint goes on from one
//! seen before; then it says so, and does not remember it. A receipt is judged by the newest trust root known here, so that
//! one from before a change of witnesses is to be fetched again.
//!
//! ```
//! // `nguon label --terminal LINK`, as a program would run it.
//! let link = "https://nguon.example/01/09521234543213/10/VT-2026-0612";
//! let done = nguon_cli::run(["nguon", "label", "--terminal", link]);
//! assert_eq!(format!("{done:?}"), format!("{:?}", std::process::ExitCode::SUCCESS));
//! ```

mod args;
mod ask;
mod book;
mod command;
mod compose;
mod desk;
mod error;
mod files;
mod home;
mod lang;
mod log;
mod moment;
mod net;
mod passphrase;
mod quantity;
mod random;
mod receipt;
mod report;
mod sequence;
mod session;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser as _;

use crate::args::Cli;
use crate::report::Report;

/// Exit code of everything that was not done.
const NOT_DONE: u8 = 3;

/// Runs one command line, the program's name first, and says how it went.
pub fn run<I, T>(arguments: I) -> ExitCode
where
    I: IntoIterator<Item = T>,
    T: Into<OsString> + Clone,
{
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => {
            // Asked-for help is no error; a real one must not exit with clap's 2, which here means "unlogged".
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { NOT_DONE } else { 0 });
        }
    };
    let json = cli.global.json;
    let report = command::run(cli);
    let printed = match &report {
        Ok(report) => report.print(json),
        Err(error) => error.print(json),
    };
    match (report, printed) {
        (Ok(Report { exit, .. }), Ok(())) => ExitCode::from(exit),
        _ => ExitCode::from(NOT_DONE),
    }
}
