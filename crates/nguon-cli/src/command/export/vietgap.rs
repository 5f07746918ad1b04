//! `nguon export vietgap`: the field log of plots in a season.

use nguon_core::ids::ChainId;
use nguon_export::facts::Facts;
use nguon_export::paper::Langs;
use nguon_export::table::Workbook;
use nguon_export::vietgap::{FieldLog, SHEETS};
use serde_json::json;

use super::lots::{Lot, Lots};
use super::made::{self, Out};
use crate::error::Error;
use crate::lang::Lang;
use crate::report::Report;
use crate::session::Session;

/// Options of `nguon export vietgap`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    lots: Lots,
    #[command(flatten)]
    out: Out,
    /// Only this plot, by its id, the first digits of it, or its local name [default: every plot of the lot; on A4 one]
    #[arg(long, value_name = "PLOT")]
    plot: Option<String>,
    /// The season [default: the newest in the bundle]
    #[arg(long, value_name = "SEASON")]
    season: Option<String>,
    /// How it is written
    #[arg(long, value_enum, default_value_t = Format::Xlsx)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// A workbook, several plots one below the other
    Xlsx,
    /// A4 to print and sign, with the bundle inside
    Pdf,
}

/// Writes it.
pub fn run(session: &Session, args: &Args) -> Result<Report, Error> {
    let (lot, now, exit) = args.lots.one(session)?;
    let facts = lot.facts(&args.lots);
    let plots = plots(session, &facts, args)?;
    let log = |plot: &ChainId| {
        FieldLog::of(&facts, plot, args.season.as_deref())
            .map_err(|error| Error::caller(error).next("`nguon trace --bundle FILE` lists the plots of a lot"))
    };
    let logs = plots.iter().map(log).collect::<Result<Vec<_>, _>>()?;
    let missing: Vec<_> = logs.iter().flat_map(|log| log.missing().to_vec()).collect();
    let count = logs.len();
    let (name, bytes) = match args.format {
        Format::Xlsx => {
            let mut book = Workbook::begin(&SHEETS, "VietGAP", now).map_err(Error::system)?;
            logs.iter().try_for_each(|log| log.write(&mut book)).map_err(Error::system)?;
            ("vietgap.xlsx", book.into_bytes().map_err(Error::system)?)
        }
        Format::Pdf => ("vietgap.pdf", paper(session, &lot, &facts, logs)?),
    };
    let file = args.out.write(name, &bytes)?;
    let words = match session.lang {
        Lang::Vi => format!("{count} thửa; {}", made::verdict(session, &facts.stamp())),
        Lang::En => format!("{count} plots; {}", made::verdict(session, &facts.stamp())),
    };
    Ok(made::report(session, &[file], &words, &missing, json!({ "plots": plots, "verdict": facts.stamp() })).exit(exit))
}

fn paper(session: &Session, lot: &Lot, facts: &Facts<'_>, logs: Vec<FieldLog>) -> Result<Vec<u8>, Error> {
    let count = logs.len();
    let Ok([log]) = <[FieldLog; 1]>::try_from(logs) else {
        return Err(Error::caller(format_args!("a printed log is one plot's, and this lot has {count}"))
            .next("name one with --plot; `nguon trace --bundle FILE` lists them"));
    };
    let log = log.with_bundle(facts, &lot.bundle).map_err(Error::system)?;
    let langs = match session.lang {
        Lang::Vi => Langs::Vi,
        Lang::En => Langs::ViEn,
    };
    log.to_pdf(langs).map_err(Error::system)
}

/// The plots that are meant, of those that the lot was harvested on.
fn plots(session: &Session, facts: &Facts<'_>, args: &Args) -> Result<Vec<ChainId>, Error> {
    let mut plots: Vec<ChainId> = facts.harvests(&facts.batch()).iter().map(|harvest| harvest.chain.id()).collect();
    plots.sort_unstable();
    plots.dedup();
    let Some(wanted) = &args.plot else { return Ok(plots) };
    let local = super::fsma::local(session, wanted);
    let found: Vec<ChainId> = plots.into_iter().filter(|plot| plot.to_string().starts_with(&local)).collect();
    match found.as_slice() {
        [_] => Ok(found),
        [] => Err(Error::caller(format_args!("this lot was not harvested on a plot {wanted}"))
            .next("`nguon trace --bundle FILE` lists the plots of a lot")),
        _ => Err(Error::caller(format_args!("several plots begin with {wanted}")).next("give more of its id")),
    }
}
