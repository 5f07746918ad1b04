//! No such lot: by the log's word, or only by the server's.

use nguon_core::verify::{Absent, verify_absence};
use serde_json::json;

use super::others::Others;
use super::{Case, Reader};
use crate::error::Error;
use crate::lang::fill;
use crate::log::refused;
use crate::moment;
use crate::report::{Report, remark};

/// The answer about a proof that nobody has a label; `None` if somebody has seen more, so that it should be asked once more.
pub fn proven(
    reader: &Reader<'_>,
    case: &Case,
    bytes: &[u8],
    others: &mut Option<Others>,
) -> Result<Option<Report>, Error> {
    let (Some(code), Some(server)) = (&case.label, &case.server) else { return unproven(reader, case).map(Some) };
    let (session, trust) = (reader.session, &reader.trust);
    let absent = verify_absence(bytes, trust, code.code().gtin(), code.code().lot(), reader.now).map_err(|fault| {
        Error::server(format_args!(
            "{} says that no such lot is in the register, and its proof does not hold: {fault}",
            case.from
        ))
        .next("do not take its word; try again later, and tell the seller")
        .code(fault.code())
    })?;
    let ours = absent.checkpoint;
    let others = Others::once(others, session, &reader.known, true)?;
    if let Some((standing, seen)) = others.objection(&ours, Some(server)) {
        return Err(refused(standing, server, &seen, &ours));
    }
    let behind = others.have_seen_more_than(&ours);
    if case.fetched && behind {
        return Ok(None);
    }
    if !behind && let Err(error) = session.home.seen().keep(trust.deployment(), ours) {
        remark(format_args!("Note: this checkpoint cannot be remembered: {error}"));
    }
    Ok(Some(report(reader, &absent, behind)))
}

fn report(reader: &Reader<'_>, absent: &Absent, behind: bool) -> Report {
    let words = reader.session.lang.words();
    let stale = absent.stale || behind;
    let sentence = if stale { words.no_such_lot_stale } else { words.no_such_lot_proven };
    let time = moment::show(absent.as_of, reader.session.offset);
    let size = absent.checkpoint.size.to_string();
    let text = fill(sentence, &[("time", &time)]);
    let lines = [&text, words.next_compare, &fill(words.checkpoint, &[("size", &size), ("time", &time)])].join("\n  ");
    let json = json!({
        "outcome": "no_such_batch", "proven": true, "stale": stale, "message": text, "as_of": absent.as_of,
        "checkpoint": { "size": absent.checkpoint.size, "root": absent.checkpoint.root },
    });
    Report::new(lines, json).exit(1)
}

/// The answer where there is nothing but the server's word. Where the deployment has a log, that is none.
pub fn unproven(reader: &Reader<'_>, case: &Case) -> Result<Report, Error> {
    if reader.trust.payload().log.is_some() {
        return Err(Error::server(format_args!(
            "{} says that no such lot is in the register, and gives no proof of it from the log",
            case.from
        ))
        .next("do not take its word: compare the code with the label and try again; if it stays so, tell the seller")
        .code("unproven_absence"));
    }
    let text = reader.session.lang.words().no_such_lot;
    Ok(Report::new(text, json!({ "outcome": "no_such_batch", "proven": false, "message": text })).exit(1))
}
