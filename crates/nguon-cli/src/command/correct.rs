//! `nguon correct`: an earlier record should have said something else.

use nguon_core::admit::Statement;
use nguon_core::event::{CorrectionReason, Event};
use nguon_core::state::is_correctable;
use nguon_core::values::Grams;
use nguon_draft::{Correction, Draft};
use serde_json::{Map, Value, json};

use super::append::read;
use super::corrections::{differences, in_words};
use super::show::{effective, records};
use crate::args::Signing;
use crate::compose;
use crate::desk::Desk;
use crate::error::Error;
use crate::quantity;
use crate::report::Report;
use crate::session::Session;

const EXAMPLE: &str = "\
Examples:
  nguon correct lo-bay 1 inputs.0.grams=845kg --reason weighing --as coop --for bay
  nguon correct thua-bay 4 phi_days=21 --reason typing --as coop --for bay
  nguon correct thung-0612 2 --event dong-goi.json --reason selection --as kho

FIELD=VALUE changes one field of the record as it counts now; `nguon show CHAIN` shows its fields.
Fields in lists are counted from 0. Grams may be written as kilograms (845kg, 845.5kg), times as
2026-06-05 06:10, chains by their local names. --event gives the whole event instead, written as
for `nguon append`.

The original stays. A correction that only takes away counts at once: less came in, more was lost
or sold, a longer pre-harvest interval. Any other waits until a registrar or authority above the
custodian, who signed neither of the two, approves it: nguon approve. One that would make mass, or
leave less than others have taken, is refused, and the answer says what remains.";

/// Options of `nguon correct`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLE)]
pub struct Args {
    /// The place or batch
    chain: String,
    /// Sequence of the record on it
    sequence: u64,
    /// What it should have said
    #[arg(value_name = "FIELD=VALUE", required_unless_present = "event")]
    changes: Vec<String>,
    /// The whole event as it should have been: JSON, a file with it, or - for standard input
    #[arg(long, value_name = "JSON|FILE|-", conflicts_with = "changes")]
    event: Option<String>,
    /// typing, weighing, selection, other
    #[arg(long, value_name = "REASON", value_parser = reason)]
    reason: CorrectionReason,
    /// Further words (sealed)
    #[arg(long, value_name = "WORDS")]
    details: Option<String>,
    #[command(flatten)]
    signing: Signing,
}

fn reason(text: &str) -> Result<CorrectionReason, String> {
    serde_json::from_value(text.into()).map_err(|_| "there are: typing, weighing, selection, other".into())
}

/// Records it.
pub fn run(session: &Session, args: &Args) -> Result<Report, Error> {
    let given = args.event.as_deref().map(read).transpose()?;
    let desk = Desk::open(session, &args.signing)?;
    let chain = desk.find(&args.chain)?;
    let state = desk.book.need(&chain)?;
    let records = records(session, &desk.book, &chain)?;
    let original = records.iter().map(|(statement, _)| statement).find(|one| one.record.sequence == args.sequence);
    let original = original.ok_or_else(|| {
        Error::caller(format_args!("{} has no record {}", args.chain, args.sequence))
            .next(format_args!("`nguon show {}` lists its records", args.chain))
    })?;
    let name = original.record.event.name();
    if !is_correctable(name) {
        return Err(Error::caller(format_args!("a record `{name}` cannot be corrected"))
            .next("record what has happened since; a key or scope is changed by a record of its own"));
    }
    let now = effective(&state, &records, args.sequence).unwrap_or(&original.record.event);
    let event = match given {
        Some(text) => serde_json::from_str::<Value>(&text).map_err(|error| {
            Error::caller(format_args!("the event is not JSON: {error}")).next("see nguon append --explain")
        })?,
        None => changed(session, &desk, original, now, &args.changes)?,
    };
    let composed = compose::event(&event.to_string(), &[], session.offset, |name| desk.find(name))?;
    let differences = differences(now, &composed.event);
    if differences.is_empty() {
        return Err(Error::caller("the correction says what the record says already").next("nguon show CHAIN"));
    }
    let details = args.details.as_deref().map(compose::normalised);
    let (sequence, reason, event) = (args.sequence, args.reason, composed.into_plain()?);
    let written = desk.write(&Draft::Corrected(Correction { chain, sequence, reason, event, details }))?;
    let state = written.state(&chain).ok_or_else(|| Error::system("no chain"))?;
    let (number, sequence) = (written.number, state.sequence);
    let at_once = state.correction_of(args.sequence) == Some(sequence);
    let fate = if at_once {
        "It counts at once.\nNext: nguon push".to_owned()
    } else {
        format!(
            "It waits for an approval; until then the record counts as before.\nNext: nguon push; then a registrar or authority \
             above the custodian, who signed neither of the two: nguon approve {chain} {sequence}"
        )
    };
    let text = format!(
        "Signed: record {sequence} corrects record {} ({name}).\n  {}\n{fate}",
        args.sequence,
        in_words(&differences, session.lang)
    );
    Ok(Report::new(
        text,
        json!({
            "outbox": number, "chain": chain, "sequence": sequence, "corrects": args.sequence, "at_once": at_once,
            "statement_id": state.head, "differences": differences,
        }),
    ))
}

/// The event as it counts now, with changes, in the helpers' notation.
fn changed(
    session: &Session,
    desk: &Desk<'_>,
    original: &Statement,
    now: &Event,
    changes: &[String],
) -> Result<Value, Error> {
    let name = now.name().as_str();
    let mut whole = serde_json::to_value(now).map_err(Error::system)?;
    let body = whole.get_mut(name).and_then(Value::as_object_mut).ok_or_else(|| Error::system("no event"))?;
    seal_anew(session, desk, original, now, body);
    for change in changes {
        let (path, value) = change.split_once('=').ok_or_else(|| {
            Error::caller(format_args!("{change:?} changes nothing")).next("write FIELD=VALUE, such as grams=845kg")
        })?;
        put(body, path, value)?;
    }
    Ok(whole)
}

/// Personal fields get new salts; words that are not kept here cannot be sealed, and are left out.
fn seal_anew(session: &Session, desk: &Desk<'_>, original: &Statement, now: &Event, body: &mut Map<String, Value>) {
    let about = desk.book.need(&original.chain()).ok().and_then(|state| state.custodian());
    for (field, _) in now.digests() {
        let path = format!("{}/{field}", original.record.event.name());
        let words = about.and_then(|about| session.home.openings().text(&about, &original.id, &path));
        match words {
            Some(words) => drop(body.insert(field.to_owned(), json!({ "seal": words }))),
            None => drop(body.remove(field)),
        }
    }
}

/// Puts a value under a dotted path.
fn put(body: &mut Map<String, Value>, path: &str, text: &str) -> Result<(), Error> {
    let last = path.rsplit('.').next().unwrap_or(path);
    let value = value(last, text)?;
    let no_such =
        || Error::caller(format_args!("the record has no field {path:?}")).next("`nguon show CHAIN` shows its fields");
    let Some((parents, last)) = path.rsplit_once('.') else {
        body.insert(path.to_owned(), value);
        return Ok(());
    };
    let mut steps = parents.split('.');
    let first = steps.next().unwrap_or_default();
    let mut at = body.get_mut(first).ok_or_else(no_such)?;
    for step in steps {
        at = inner(at, step).ok_or_else(no_such)?;
    }
    match at {
        Value::Object(map) => drop(map.insert(last.to_owned(), value)),
        other => *inner(other, last).ok_or_else(no_such)? = value,
    }
    Ok(())
}

fn inner<'a>(value: &'a mut Value, step: &str) -> Option<&'a mut Value> {
    match value {
        Value::Object(map) => map.get_mut(step),
        Value::Array(items) => items.get_mut(step.parse::<usize>().ok()?),
        _ => None,
    }
}

/// A value as people write it, by the field it goes to.
fn value(field: &str, text: &str) -> Result<Value, Error> {
    let wrong = |error: String| Error::caller(format_args!("{field}: {error}"));
    Ok(match field {
        "grams" | "grams_per_box" | "ceiling" if text.bytes().any(|byte| !byte.is_ascii_digit()) => {
            quantity::mass(text).map(Grams::get).map(Value::from).map_err(wrong)?
        }
        "at" | "from" | "until" if field == "at" || text.contains('-') => json!({ "time": text }),
        "to" | "from" | "place" | "carrier" | "plot" => json!({ "chain": text }),
        _ => serde_json::from_str(text).unwrap_or_else(|_| Value::String(text.to_owned())),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(path: &str, value: &str) -> Result<Value, Error> {
        let mut body = json!({ "inputs": [{ "from": "x", "grams": 5 }], "crates": 3 }).as_object().unwrap().clone();
        put(&mut body, path, value).map(|()| Value::Object(body))
    }

    #[test]
    fn a_field_is_changed_where_it_stands_and_nothing_else() {
        assert_eq!(with("inputs.0.grams", "845.5kg").unwrap()["inputs"][0], json!({ "from": "x", "grams": 845_500 }));
        assert_eq!(with("crates", "34").unwrap()["crates"], 34);
        assert_eq!(with("at", "2026-06-05").unwrap()["at"], json!({ "time": "2026-06-05" }));
        for path in ["inputs.1.grams", "nothing.x", "crates.x", "inputs.x"] {
            assert!(with(path, "1").is_err(), "{path}");
        }
    }
}
