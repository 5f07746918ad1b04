//! `nguon plot`: a plot's field log, and from which day on it may be harvested.

use nguon_core::event::Event;
use nguon_core::judge::Chains as _;
use nguon_core::values::Time;
use serde_json::{Value, json};

use super::corrections::Standing;
use super::remaining::shares;
use super::show::{effective, records};
use super::verify::recall_word;
use crate::book::Book;
use crate::error::Error;
use crate::moment;
use crate::report::Report;
use crate::session::Session;

const EXAMPLE: &str = "\
Example:
  nguon pull thua-bay && nguon plot thua-bay

Says whose plot it is, what was applied, from which moment on every pre-harvest interval is over
(the earliest harvest), what is left of its allotment, and whether its code is suspended or a
recall stands. The server refuses a harvest before that moment. Where the log counts a spray at
another time than its signer claims, this does so too.";

/// Options of `nguon plot`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLE)]
pub struct Args {
    /// The plot
    chain: String,
}

/// Says it.
pub fn run(session: &Session, args: &Args) -> Result<Report, Error> {
    let book = Book::load(&session.home)?;
    let names = session.home.names()?;
    let chain = book.find(&args.chain, &names)?;
    let state = book.need(&chain)?;
    let place = state.place().filter(|place| place.area.is_some()).ok_or_else(|| {
        Error::caller(format_args!("{} is no plot", args.chain)).next("`nguon show` lists the chains known here")
    })?;
    let name = |chain: &nguon_core::ids::ChainId| names.of(chain).map_or_else(|| chain.to_string(), ToOwned::to_owned);
    let custodian = place.custodian();
    let mut text = format!("plot       {chain}\nhousehold  {}\n", name(&custodian));
    let mut suspended = false;
    if let Some(area) = place.area {
        text.push_str(&format!("area       {}\n", name(&area)));
        suspended = book.chain(&area).is_some_and(|area| area.place().is_some_and(|area| area.is_suspended(|_| true)));
    }
    if suspended {
        text.push_str("✗ the growing area's code is suspended: nothing may be harvested\n");
    }
    let records = records(session, &book, &chain)?;
    let mut applied = Vec::new();
    for application in place.log.applications() {
        let Some(Event::InputApplied(event)) = effective(&state, &records, application.sequence) else { continue };
        let until = time(application.until());
        let standing = Standing::of(&state, application.sequence);
        let lot = event.product_lot.as_ref().map(|lot| format!(", lot {lot}")).unwrap_or_default();
        let corrected = standing.corrected_by.map(|by| format!(", as record {by} corrects it")).unwrap_or_default();
        text.push_str(&format!(
            "  {}  {}{lot}, {} days, over at {}  [{}{corrected}]\n",
            moment::show(application.at, session.offset),
            event.product,
            application.phi_days,
            moment::show(until, session.offset),
            application.sequence
        ));
        applied.push(json!({
            "sequence": application.sequence, "at": application.at, "product": event.product,
            "product_lot": event.product_lot, "phi_days": application.phi_days, "over_at": until, "standing": standing,
        }));
    }
    let earliest = Some(place.log.earliest_harvest()).filter(|earliest| *earliest > 0).map(time);
    text.push_str(&match earliest {
        None => "earliest harvest: at any time, nothing is recorded as applied\n".into(),
        Some(earliest) if earliest <= moment::now()? => {
            format!("earliest harvest: now (every interval is over since {})\n", moment::show(earliest, session.offset))
        }
        Some(earliest) => format!("earliest harvest: {}\n", moment::show(earliest, session.offset)),
    });
    let mut seasons: Vec<Value> = Vec::new();
    for (share, season) in shares(&book, &chain, place)?.iter().zip(&place.seasons) {
        let day = |time| moment::day(time, session.offset);
        text.push_str(&format!("{} to {}, {}", day(season.from), day(season.until), share.tell(session)));
        seasons.push(share.view());
    }
    let standing = state.recalls().iter().filter(|recall| recall.stands());
    let mut recalls = Vec::new();
    for recall in standing {
        let reason = recall_word(session.lang.words(), recall.reason);
        text.push_str(&format!("✗ recalled: {reason} [{}]\n", recall.sequence));
        recalls.push(recall.sequence);
    }
    Ok(Report::new(
        text,
        json!({
            "chain": chain, "household": custodian, "area": place.area, "suspended": suspended, "applied": applied,
            "earliest_harvest": earliest, "seasons": seasons, "recalls": recalls,
        }),
    ))
}

fn time(seconds: u64) -> Time {
    Time::new(seconds).unwrap_or(Time::ZERO)
}
