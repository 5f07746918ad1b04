//! `nguon trace`: where fruit came from and where it went, with kilograms.

mod csv;
mod graph;
mod names;
mod offline;
mod origin;
mod tree;

pub use csv::Table;
pub use graph::Drawing;
pub use names::Known;
pub use tree::node_line;

use std::io::{self, Write as _};
use std::path::PathBuf;

use nguon_core::trace::{Direction, Line, MOST};
use nguon_core::values::{SsccCode, Text};
use serde_json::json;

use crate::error::Error;
use crate::lang::fill;
use crate::moment;
use crate::report::{Report, remark};
use crate::session::Session;

const EXAMPLE: &str = "\
Examples:
  nguon trace lo-1 --server https://nguon.example
  nguon trace 'https://nguon.example/01/09521234543213/10/VT-0612' --back
  nguon trace thua-bay --forward --csv > di-dau.csv
  nguon trace --product-lot RG-24117 --product \"Ridomil Gold 68WG\"
  nguon trace --shipment bill-of-lading VD-77
  nguon trace --pallet 095212340000000013
  nguon trace --bundle lo-1.cbor      offline: the verdict first, then where it came from

A walk over the server's graph is the server's word; a batch's own bundle proves where it came
from: nguon verify, or --bundle here. Quantities are what counts now, corrections included.

--json gives one JSON object a line as they come, the last one with \"end\"; without it the answer
is not whole. --csv gives one row an edge (--csv=nodes: one a chain), quoted by RFC 4180; a cell
that a spreadsheet would take for a formula begins with '.";

/// Options of `nguon trace`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLE)]
pub struct Args {
    /// A batch, place or actor by id or local name, the link on a label, or the code under it
    #[arg(value_name = "CHAIN|LINK|CODE", required_unless_present_any = ["product_lot", "shipment", "pallet", "bundle"],
          conflicts_with_all = ["product_lot", "shipment", "pallet", "bundle"])]
    subject: Option<String>,
    /// Begin at all plots that used this lot of a plant protection product or fertilizer
    #[arg(long, value_name = "LOT", conflicts_with_all = ["shipment", "pallet", "bundle", "back"])]
    product_lot: Option<nguon_core::values::Code>,
    /// With --product-lot: only of this trade name
    #[arg(long, value_name = "NAME", requires = "product_lot")]
    product: Option<Text>,
    /// Begin at the batches whose shipments name this document
    #[arg(long, num_args = 2, value_names = ["KIND", "NUMBER"], conflicts_with_all = ["pallet", "bundle"])]
    shipment: Option<Vec<nguon_core::values::Code>>,
    /// Begin at the batches with boxes on this pallet (SSCC, 18 digits)
    #[arg(long, value_name = "SSCC", conflicts_with = "bundle")]
    pallet: Option<SsccCode>,
    /// Verify a bundle file and trace in what it proves, without network
    #[arg(long, value_name = "FILE")]
    bundle: Option<PathBuf>,
    /// Only to where it came from
    #[arg(long, conflicts_with = "forward")]
    back: bool,
    /// Only to where it went
    #[arg(long)]
    forward: bool,
    /// The chain is a batch, place or actor that is not known here
    #[arg(long, value_enum, value_name = "SORT")]
    sort: Option<origin::Sort>,
    /// Give at most so many edges
    #[arg(long, value_name = "N", default_value_t = MOST)]
    most: u64,
    /// Give comma separated values instead
    #[arg(long, value_name = "edges|nodes", value_enum, num_args = 0..=1, require_equals = true,
          default_missing_value = "edges", conflicts_with = "json")]
    csv: Option<Table>,
}

impl Args {
    fn direction(&self) -> Direction {
        match (self.back, self.forward) {
            (true, _) => Direction::Back,
            (_, true) => Direction::Forward,
            _ if self.bundle.is_some() => Direction::Back,
            _ => Direction::Both,
        }
    }
}

/// Traces.
pub fn run(session: &Session, args: &Args) -> Result<Report, Error> {
    match &args.bundle {
        Some(file) => offline::run(session, args, file),
        None => online(session, args),
    }
}

fn online(session: &Session, args: &Args) -> Result<Report, Error> {
    let origin::Asked { origin, server } = origin::of(session, args)?;
    // A product's lot leads from plots to fruit only.
    let direction = if args.product_lot.is_some() { Direction::Forward } else { args.direction() };
    let lines = server.trace(&origin, direction, args.most)?.ok_or_else(|| {
        Error::caller(session.lang.words().trace_nothing)
            .next("compare the code or id; what was signed here is at a server after `nguon push`")
            .code("no_such_chain")
    })?;
    let known = Known::of(session);
    let mut shown = Shown::new(session, args, known);
    for line in lines {
        shown.take(line?)?;
    }
    let report = shown.end(direction)?;
    if !session.json && args.csv.is_none() {
        remark(fill(session.lang.words().trace_word, &[("origin", server.origin())]));
    }
    Ok(report)
}

/// What is shown of lines while they come.
struct Shown<'a> {
    session: &'a Session,
    csv: Option<Table>,
    drawing: Drawing,
    header: bool,
}

impl<'a> Shown<'a> {
    fn new(session: &'a Session, args: &Args, known: Known) -> Self {
        Self { session, csv: args.csv, drawing: Drawing::new(known), header: false }
    }

    fn take(&mut self, line: Line) -> Result<(), Error> {
        let mut out = io::stdout().lock();
        if self.session.json {
            let text = serde_json::to_string(&line).map_err(Error::system)?;
            return writeln!(out, "{text}").map_err(Error::system);
        }
        if let Some(table) = self.csv {
            if !std::mem::replace(&mut self.header, true) {
                write!(out, "{}", table.header()).map_err(Error::system)?;
            }
            if let Some(row) = table.row(&line, &self.drawing) {
                write!(out, "{row}").map_err(Error::system)?;
            }
        }
        self.drawing.take(line);
        Ok(())
    }

    /// The tree, where nothing was given on the way.
    fn end(self, direction: Direction) -> Result<Report, Error> {
        let Self { session, csv, drawing, .. } = self;
        if let Some(end) = drawing.end.filter(|end| end.cut) {
            let edges = end.edges.to_string();
            remark(fill(session.lang.words().trace_cut, &[("edges", &edges)]));
        }
        if session.json || csv.is_some() {
            return Ok(Report::streamed());
        }
        Ok(Report::new(text(session, &drawing, direction), json!({})))
    }
}

/// The whole graph for people.
fn text(session: &Session, drawing: &Drawing, direction: Direction) -> String {
    let words = session.lang.words();
    let mut lines = Vec::new();
    if let Some(as_of) = drawing.as_of {
        let time = moment::show(as_of.log_time, session.offset);
        lines.push(fill(words.as_of, &[("time", &time)]));
    }
    for (way, heading) in [(Direction::Back, words.back), (Direction::Forward, words.forward)] {
        let wanted = if way == Direction::Back { direction.is_back() } else { direction.is_forward() };
        if wanted {
            lines.push(if way == Direction::Back { format!("← {heading}") } else { format!("→ {heading}") });
            lines.extend(tree::tree(session, drawing, way));
        }
    }
    if let Some(end) = drawing.end {
        let (nodes, edges) = (end.nodes.to_string(), end.edges.to_string());
        lines.push(String::new());
        lines.push(fill(words.trace_end, &[("nodes", &nodes), ("edges", &edges)]));
    }
    lines.join("\n")
}
