//! What was issued for a batch, and whether the serials are here.

use nguon_core::event::{Event, LabelsIssued};
use nguon_core::ids::ChainId;
use nguon_core::record::Record;
use nguon_gs1::Serial;

use crate::book::Book;
use crate::error::Error;
use crate::session::Session;

/// Labels of one record.
pub struct Issued {
    /// What the record says.
    pub labels: LabelsIssued,
    /// In the order of printing.
    pub serials: Vec<Serial>,
    /// Whether a server has the record.
    pub accepted: bool,
}

/// The labels of a batch whose serials are here; an error if there are none.
pub fn of(session: &Session, batch: &str) -> Result<Vec<Issued>, Error> {
    let book = Book::load(&session.home)?;
    let id = book.find(batch, &session.home.names()?)?;
    let mut records = Vec::new();
    for signed in session.home.chain(&id)? {
        records.push((signed, true));
    }
    for (_, entry) in session.home.outbox().entries()? {
        records.extend(entry.signed().map_err(Error::home)?.into_iter().map(|signed| (signed, false)));
    }
    let mut found = Vec::new();
    for (signed, accepted) in records {
        let Ok(record) = Record::from_payload(signed.payload()) else { continue };
        if let Some(issued) = read(session, &id, &record, accepted)?
            && !found.iter().any(|known: &Issued| known.labels == issued.labels)
        {
            found.push(issued);
        }
    }
    if found.is_empty() {
        return Err(Error::caller(format_args!("{batch} has no labels whose serials are here"))
            .next(format_args!("issue some with `nguon label issue {batch}`, or use the computer that did")));
    }
    Ok(found)
}

fn read(session: &Session, batch: &ChainId, record: &Record, accepted: bool) -> Result<Option<Issued>, Error> {
    let Event::LabelsIssued(labels) = &record.event else { return Ok(None) };
    if record.chain != Some(*batch) {
        return Ok(None);
    }
    let serials = session.home.serials().of(batch, &labels.root)?;
    Ok(serials.map(|serials| Issued { labels: labels.clone(), serials, accepted }))
}

/// An error if a server has not accepted all of them, unless that is wanted.
pub fn must_be_accepted(issued: &[Issued], even_if_unsent: bool) -> Result<(), Error> {
    match issued.iter().find(|issued| !issued.accepted) {
        Some(unsent) if !even_if_unsent => {
            let count = unsent.serials.len();
            Err(Error::caller(format_args!("no server has accepted the record of {count} of these labels yet"))
                .next("run `nguon push` first, or add --even-if-unsent"))
        }
        _ => Ok(()),
    }
}
