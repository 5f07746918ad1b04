//! `nguon hand-over`: grams leave a batch for another owner's.

use std::path::PathBuf;

use nguon_core::event::DrawReason;
use nguon_core::values::Grams;
use nguon_draft::handover::Offer;
use nguon_draft::{Carriage, Draft, HandOver};
use nguon_label::{Terminal, text_to_terminal};
use serde_json::json;

use super::handed;
use crate::args::Signing;
use crate::compose::normalised;
use crate::desk::Desk;
use crate::error::Error;
use crate::files;
use crate::moment;
use crate::quantity::{self, kilograms_and_grams};
use crate::report::Report;
use crate::session::Session;

const EXAMPLE: &str = "\
Examples:
  nguon hand-over lo-bay 500 --to lo-can --as dien-thoai-bay
  nguon hand-over lot-0612 2000 --to NGUON:NHAN/04… --carrier xe-lanh --vehicle 98C-123.45 --as kho
  nguon hand-over lo-bay 500 --to lo-can --as dien-thoai-bay --out giao.json
  nguon hand-over lo-bay 500 --to lo-can --as dien-thoai-bay --qr

--to is the receiver's batch, or the code that the receiver's phone shows. What the receiver then
records as arrived may be less: the difference is shortage. With --out or --qr the receiver can
record it before either side has a network: nguon receive --draw giao.json, or the app's scanner.";

/// Options of `nguon hand-over`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLE)]
pub struct Args {
    /// The giver's batch
    batch: String,
    /// How much
    #[arg(value_name = "KG", value_parser = quantity::mass)]
    grams: Grams,
    /// The receiver's batch, or the code its owner shows
    #[arg(long, value_name = "BATCH|CODE")]
    to: String,
    /// It goes to a shop or market as a consignment of this lot
    #[arg(long)]
    consignment: bool,
    /// Who carries it
    #[arg(long, value_name = "ACTOR")]
    carrier: Option<String>,
    /// Registration of the vehicle (personal: sealed)
    #[arg(long, requires = "carrier", value_name = "PLATE")]
    vehicle: Option<String>,
    /// When it left [default: now]
    #[arg(long, requires = "carrier", value_name = "TIME")]
    at: Option<String>,
    /// Write what was signed to a file for the receiver as well
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Show what was signed as QR codes, for the receiver's phone to scan
    #[arg(long)]
    qr: bool,
    /// With --qr: without colour codes, for light text on a dark ground
    #[arg(long, requires = "qr")]
    plain: bool,
    #[command(flatten)]
    signing: Signing,
}

/// Records it.
pub fn run(session: &Session, args: &Args) -> Result<Report, Error> {
    let at = moment::option(session, args.at.as_deref())?;
    let desk = Desk::open(session, &args.signing)?;
    let from = desk.find(&args.batch)?;
    let to = match Offer::from_text(&args.to) {
        Ok(offer) => offer.batch,
        Err(nguon_draft::handover::CodeError::Other) => desk.find(&args.to)?,
        Err(error) => {
            return Err(Error::caller(format_args!("--to: {error}")).next("scan or copy the receiver's code again"));
        }
    };
    let carrier = args.carrier.as_deref().map(|carrier| desk.find(carrier)).transpose()?;
    let vehicle = args.vehicle.as_deref().map(normalised);
    let carriage = carrier.map(|carrier| Carriage { carrier, vehicle, set_point_mc: None, document: None, at });
    let why = if args.consignment { DrawReason::Consignment } else { DrawReason::Handover };
    let draft = Draft::HandedOver(HandOver { from, to, grams: args.grams, why, carriage, photos: Vec::new() });
    let written = desk.write(&draft)?;
    if let Some(path) = &args.out {
        let entry = handed::entry(session, written.number)?;
        let bytes = serde_json::to_vec_pretty(&entry).map_err(Error::system)?;
        files::create(path, &bytes, files::Mode::Private)?;
    }
    let left = written.state(&from).and_then(|state| Some(state.batch()?.remaining()));
    let frames = if args.qr { handed::frames(session, written.number)? } else { Vec::new() };
    let shown = shown(&frames, args.plain)?;
    let said = format!(
        "{shown}Signed: {} from {} into batch {to} (outbox entry {}).\n  left   {}\nNext: nguon push",
        kilograms_and_grams(args.grams.get(), session.lang),
        args.batch,
        written.number,
        kilograms_and_grams(left.unwrap_or(0), session.lang)
    );
    Ok(Report::new(
        said,
        json!({
            "outbox": written.number, "from": from, "to": to, "grams": args.grams, "left": left, "frames": frames,
        }),
    ))
}

/// The frames one below the other, each with its number.
fn shown(frames: &[String], plain: bool) -> Result<String, Error> {
    let terminal = if plain { Terminal::DarkGround } else { Terminal::Ansi };
    let mut shown = String::new();
    for (number, frame) in (1..).zip(frames) {
        let symbol = text_to_terminal(frame, terminal).map_err(Error::system)?;
        shown.push_str(&format!("{number}/{}\n{symbol}\n", frames.len()));
    }
    Ok(shown)
}
