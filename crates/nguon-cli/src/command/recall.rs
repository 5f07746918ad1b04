//! `nguon recall`: goods are called back, over all plots that used a bad product.

mod plan;
mod reach;
mod tell;

use nguon_core::event::{RecallReason, Recalled};
use nguon_core::ids::ChainId;
use nguon_core::trace::{Direction, MOST};
use nguon_core::values::{Code, List, Text};
use serde_json::json;

use self::plan::{Case, Fate, Limit};
use super::pull::pull;
use super::trace::{Drawing, Known};
use crate::args::Signing;
use crate::ask;
use crate::book::Book;
use crate::compose::Sealer;
use crate::desk::Desk;
use crate::error::Error;
use crate::lang::fill;
use crate::net::trace::Origin;
use crate::report::{Report, remark};
use crate::session::Session;

const EXAMPLE: &str = "\
Examples:
  nguon recall product-lot RG-24117 --product \"Ridomil Gold 68WG\" --reason pesticide_residue \\
      --as authority --server https://nguon.example
  nguon recall product-lot RG-24117 --reason pesticide_residue --as authority --yes
  nguon push
  nguon recalls sign --as authority && nguon recalls push      for readers of saved bundles

The server lists every plot on whose field log the lot stands, also where a correction names it.
For each of them this shows what was picked after the product was applied, which batches that
reached and with how many kilograms, and prepares one `recalled` on the plot's chain, in an outbox
entry of its own. Without --yes it asks first, and where nobody can be asked it signs nothing.

A recall that stands for this lot is not prepared twice: run it again as often as you like, after
further harvests too. An authority may recall on any plot; an actor on its own, a registrar for
households without a key. It is over when two authority keys say so: nguon release --help";

/// Subcommands of `nguon recall`.
#[derive(Debug, clap::Subcommand)]
#[command(after_help = EXAMPLE)]
pub enum Command {
    /// Call back what was picked from every plot that used this lot of a product
    ProductLot(ProductLot),
}

/// A bad lot.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLE)]
pub struct ProductLot {
    /// The lot on the product's package
    lot: Code,
    /// Only where the product had this trade name
    #[arg(long, value_name = "NAME")]
    product: Option<Text>,
    /// pesticide_residue, microbial, foreign_matter, treatment, mislabelled, quarantine_pest, other
    #[arg(long, value_name = "REASON", value_parser = reason)]
    reason: RecallReason,
    /// Further words (sealed)
    #[arg(long, value_name = "WORDS")]
    details: Option<String>,
    /// Call back everything from these plots until released, also what is picked later
    #[arg(long)]
    all_until_released: bool,
    /// Sign without asking
    #[arg(long)]
    yes: bool,
    #[command(flatten)]
    signing: Signing,
}

fn reason(text: &str) -> Result<RecallReason, String> {
    serde_json::from_value(text.into()).map_err(|_| {
        "there are: pesticide_residue, microbial, foreign_matter, treatment, mislabelled, quarantine_pest, other".into()
    })
}

/// Does it.
pub fn run(session: &Session, command: Command) -> Result<Report, Error> {
    match command {
        Command::ProductLot(args) => product_lot(session, &args),
    }
}

fn product_lot(session: &Session, args: &ProductLot) -> Result<Report, Error> {
    let drawing = trace(session, args)?;
    let mut plots = drawing.starts.clone();
    // What the server walked from must be places that are here to be signed on.
    plots.retain(|plot| drawing.node(plot).is_some());
    fetch(session, &plots)?;
    let mut desk = Desk::open(session, &args.signing)?;
    let mut cases = Vec::new();
    for plot in &plots {
        cases.extend(plan::case(session, &desk, plot, args)?);
    }
    let reached = reach::reached(&drawing, &cases);
    let preview = tell::tell(session, &drawing, args, &cases, &reached);
    let to_sign = cases.iter().filter(|case| matches!(case.fate, Fate::Sign { .. })).count();
    let mut json = tell::view(&drawing, args, &cases, &reached);
    if to_sign == 0 {
        let text =
            format!("{preview}\nNothing is to be signed: what stands already stands, and the rest is not yours.");
        return Ok(Report::new(text, json));
    }
    if !args.yes {
        if session.json || !ask::somebody_is_here() {
            return Ok(Report::new(format!("{preview}\nNothing is signed yet.\nNext: the same with --yes"), json));
        }
        remark(&preview);
        if !ask::agrees(&format!("Recalls to sign: {to_sign}. Sign?"))? {
            return Err(Error::caller("nothing was signed"));
        }
    }
    let entries = sign(&mut desk, args, &cases)?;
    json["outbox"] = json!(entries);
    let shown = if args.yes { preview } else { String::new() };
    let text = format!(
        "{shown}\nSigned: {to_sign} (outbox {}).\nNext: nguon push; then, for readers of saved bundles, \
         nguon recalls sign && nguon recalls push",
        entries.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
    );
    Ok(Report::new(text.trim_start(), json))
}

/// All plots that used it, and where their fruit went, by the server's word.
fn trace(session: &Session, args: &ProductLot) -> Result<Drawing, Error> {
    let server = session.server()?;
    let origin = Origin::ProductLot { lot: args.lot.clone(), product: args.product.clone() };
    let lines = server.trace(&origin, Direction::Forward, MOST)?.ok_or_else(|| {
        Error::caller(format_args!("no plot at {} used a product of lot {}", server.origin(), args.lot))
            .next("compare the lot with the package, and leave --product out: names are compared letter by letter")
            .code("no_such_lot")
    })?;
    let mut drawing = Drawing::new(Known::of(session));
    for line in lines {
        drawing.take(line?);
    }
    if let Some(end) = drawing.end.filter(|end| end.cut) {
        remark(fill(session.lang.words().trace_cut, &[("edges", &end.edges.to_string())]));
    }
    Ok(drawing)
}

/// The plots' chains as they are now, with all they refer to.
fn fetch(session: &Session, plots: &[ChainId]) -> Result<(), Error> {
    let server = session.server()?;
    let _lock = session.home.lock()?;
    crate::log::follow(&session.home, &server)?;
    let mut book = Book::load(&session.home)?;
    pull(&session.home, &server, &mut book, plots).map(drop)
}

/// One group a plot, so that one that is refused holds up no other.
fn sign(desk: &mut Desk<'_>, args: &ProductLot, cases: &[Case]) -> Result<Vec<u64>, Error> {
    let mut entries = Vec::new();
    for case in cases {
        let Fate::Sign { on_behalf_of } = &case.fate else { continue };
        let mut event = Recalled::new(args.reason);
        event.product_lot = Some(args.lot.clone());
        if let Limit::Harvests(batches) = &case.limit {
            event.harvests = Some(List::new(batches.clone()).map_err(Error::system)?);
        }
        let mut sealer = Sealer::default();
        event.details = args.details.as_deref().map(|words| sealer.text("recalled/details", words)).transpose()?;
        desk.on_behalf_of = *on_behalf_of;
        desk.append(case.plot, sealer.with(event), None)?;
        entries.push(desk.finish_group()?);
    }
    Ok(entries)
}
