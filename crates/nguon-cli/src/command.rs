//! One command a file.

pub mod append;
pub mod approve;
pub mod audit;
pub mod backup;
pub mod correct;
pub mod enrol;
pub mod erase;
pub mod export;
pub mod fetch;
pub mod hand_over;
pub mod harvest;
pub mod holdings;
pub mod import;
pub mod init;
pub mod key;
pub mod label;
pub mod outbox;
pub mod place;
pub mod plot;
pub mod pull;
pub mod push;
pub mod recall;
pub mod recalls;
pub mod receipt;
pub mod receive;
pub mod register;
pub mod release;
pub mod remaining;
pub mod root;
pub mod show;
pub mod spray;
pub mod trace;
pub mod verify;
pub mod weigh_in;
pub mod witness;

mod corrections;
mod explain;
mod handed;
mod log_keys;

use crate::args::{Cli, Command};
use crate::error::Error;
use crate::report::Report;
use crate::session::Session;

/// Does what the command line says.
pub fn run(cli: Cli) -> Result<Report, Error> {
    let session = Session::new(cli.global)?;
    match cli.command {
        Command::Init(args) => init::run(&session, &args),
        Command::Root(command) => root::run(&session, &command),
        Command::Key(command) => key::run(&session, command),
        Command::Enrol(args) => enrol::run(&session, args),
        Command::Place(command) => place::run(&session, command),
        Command::Register(args) => register::run(&session, args),
        Command::Append(args) => append::run(&session, &args),
        Command::Import(args) => import::run(&session, &args),
        Command::Outbox(command) => outbox::run(&session, &command),
        Command::Push(args) => push::run(&session, &args),
        Command::Pull(args) => pull::run(&session, &args),
        Command::Receipt(args) => receipt::run(&session, &args),
        Command::Recall(command) => recall::run(&session, command),
        Command::Release(args) => release::run(&session, args),
        Command::Recalls(command) => recalls::run(&session, command),
        Command::Spray(args) => spray::run(&session, &args),
        Command::Harvest(args) => harvest::run(&session, &args),
        Command::HandOver(args) => hand_over::run(&session, &args),
        Command::Receive(args) => receive::run(&session, &args),
        Command::WeighIn(args) => weigh_in::run(&session, &args),
        Command::Correct(args) => correct::run(&session, &args),
        Command::Approve(args) => approve::run(&session, &args),
        Command::Remaining(args) => remaining::run(&session, &args),
        Command::Plot(args) => plot::run(&session, &args),
        Command::Holdings(args) => holdings::run(&session, &args),
        Command::Show(args) => show::run(&session, &args),
        Command::Trace(args) => trace::run(&session, &args),
        Command::Fetch(args) => fetch::run(&session, &args),
        Command::Export(command) => export::run(&session, &command),
        Command::Verify(args) => verify::run(&session, &args),
        Command::Backup(args) => backup::run(&session, &args),
        Command::Restore(args) => backup::restore(&session, &args),
        Command::Label(args) => label::run(&session, &args),
        Command::Erase(args) => erase::run(&session, &args),
        Command::Witness(command) => witness::run(&session, command),
        Command::Audit(args) => audit::run(&session, args),
    }
}
