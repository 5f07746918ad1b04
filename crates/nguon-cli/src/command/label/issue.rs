//! `nguon label issue`: serials for a batch's boxes, and the record that commits to them.

use nguon_core::serial::SerialList;
use serde_json::json;

use crate::args::Signing;
use crate::compose::Composed;
use crate::desk::Desk;
use crate::error::Error;
use crate::random;
use crate::report::Report;
use crate::session::Session;

const EXAMPLE: &str = "\
Example:
  nguon label issue lo-1 --as packer          a serial for every box that has none yet
  nguon push                                  the record, then the list of hashes
  nguon label print lo-1 --at https://nguon.example --out labels

A serial is 16 characters of 0-9 and A-Z without I, L, O and U: 80 random bits, which nobody
guesses, short enough for GS1 AI (21), and hard to misread when typed. The serials stay in this
home (serials/): whoever has them can print the labels. The server gets their hashes.";

/// Labels in one record: their list still fits into one request.
const MOST: usize = 100_000;

/// Options of `nguon label issue`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLE)]
pub struct Args {
    /// The batch
    #[arg(value_name = "BATCH")]
    batch: String,
    /// How many labels [default: as many as boxes have none yet]
    #[arg(long, value_name = "NUMBER")]
    count: Option<usize>,
    #[command(flatten)]
    signing: Signing,
}

/// Issues them.
pub fn run(session: &Session, args: &Args) -> Result<Report, Error> {
    let mut desk = Desk::open(session, &args.signing)?;
    let batch = desk.find(&args.batch)?;
    let state = desk.book.need(&batch)?;
    let Some(packed) = state.batch().filter(|packed| packed.label.is_some()) else {
        return Err(Error::caller(format_args!("{} has no label", args.batch))
            .next("serials belong to a batch with a GTIN and a lot: nguon register … --gtin … --lot …"));
    };
    let left = usize::try_from(packed.boxes().saturating_sub(packed.labels())).map_err(Error::system)?;
    let count = args.count.unwrap_or(left);
    if count == 0 {
        return Err(Error::caller(format_args!("{} has no box without a label", args.batch))
            .next("record the packing first: nguon append … --event '{\"packed\": …}'"));
    }
    let mut lists = Vec::new();
    let mut to_issue = count;
    while to_issue > 0 {
        let part = to_issue.min(MOST);
        let serials = (0..part).map(|_| random::serial()).collect::<Result<Vec<_>, _>>()?;
        // Two alike among 80 random bits would be a broken generator.
        let list = SerialList::of(&batch, &serials).map_err(Error::system)?;
        let labels = list.labels().map_err(Error::system)?;
        desk.append(batch, Composed::plain(labels.clone()), None)?;
        lists.push((labels, serials));
        to_issue -= part;
    }
    // All was judged: kept before it can be sent, so that no label is ever promised whose serial is lost.
    for (labels, serials) in &lists {
        session.home.serials().keep(&batch, &labels.root, serials)?;
    }
    let number = desk.finish()?;
    let roots: Vec<_> = lists.iter().map(|(labels, _)| labels.root).collect();
    let text =
        format!("Signed: {count} labels of chain {batch}.\nNext: nguon push, then nguon label print {}", args.batch);
    Ok(Report::new(text, json!({ "outbox": number, "batch": batch, "count": count, "roots": roots })))
}
