//! Records as they count by now.

use nguon_core::event::{Corrected, Event, Opened};
use nguon_core::ids::{ChainId, StatementId};
use nguon_core::record::{Record, Signer};
use nguon_core::verify::{At, VerifiedChain, VerifiedRecord};

use super::When;

/// A record that says what happened, with what counts of it by now.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'a> {
    /// The chain it stands on.
    pub chain: &'a VerifiedChain,
    /// The record as it was signed.
    pub record: &'a VerifiedRecord,
    /// What counts: the event as signed, or as the correction has it that counts.
    pub event: &'a Event,
    /// When it happened, by the signer's word.
    pub at: When,
    /// The correction that counts, if one does.
    pub correction: Option<Correction<'a>>,
}

/// A correction that counts.
#[derive(Debug, Clone, Copy)]
pub struct Correction<'a> {
    /// The record.
    pub record: &'a VerifiedRecord,
    /// What it says.
    pub event: &'a Corrected,
    /// When it was signed.
    pub at: When,
}

impl<'a> Entry<'a> {
    /// Where it stands.
    #[must_use]
    pub fn place(&self) -> At {
        At { chain: self.chain.id(), sequence: self.signed().sequence }
    }

    /// Its statement id.
    #[must_use]
    pub const fn id(&self) -> StatementId {
        self.record.id()
    }

    /// The record as it was signed.
    #[must_use]
    pub const fn signed(&self) -> &'a Record {
        self.record.record()
    }

    /// The actor that acted; `None`: an authority did.
    #[must_use]
    pub fn actor(&self) -> Option<ChainId> {
        match self.signed().acting() {
            Signer::Actor(actor) => Some(actor),
            Signer::Authority(_) => None,
        }
    }

    /// When it was signed.
    #[must_use]
    pub fn signed_at(&self) -> When {
        When::new(self.signed().signed_at, self.signed().utc_offset)
    }

    /// What counts, where the event as signed does not: the same record as it was signed.
    #[must_use]
    pub fn original(&self) -> Option<&'a Event> {
        self.correction.map(|_| &self.signed().event)
    }

    /// The record whose openings its salted digests have: the correction's, where one counts.
    #[must_use]
    pub fn opened_in(&self) -> StatementId {
        self.correction.map_or_else(|| self.id(), |correction| correction.record.id())
    }

    /// The path of a salted field of what counts: `event/field`, in [`Self::opened_in`].
    #[must_use]
    pub fn path(&self, field: &str) -> String {
        match (self.correction, field) {
            (None, _) => format!("{}/{field}", self.event.name()),
            (Some(_), "details") => "corrected/event/details".to_owned(),
            (Some(_), _) => format!("corrected/{field}"),
        }
    }
}

/// The entries of a chain, oldest first. Corrections, their approvals and reattestations are none.
pub(super) fn entries(chain: &VerifiedChain) -> impl Iterator<Item = Entry<'_>> + use<'_> {
    chain.records().iter().filter_map(move |record| entry(chain, record))
}

fn entry<'a>(chain: &'a VerifiedChain, record: &'a VerifiedRecord) -> Option<Entry<'a>> {
    let signed = record.record();
    if matches!(signed.event, Event::Corrected(_) | Event::CorrectionApproved(_) | Event::Reattested(_)) {
        return None;
    }
    let correction = correction(chain, signed.sequence);
    let event = correction.map_or(&signed.event, |correction| &*correction.event.event);
    // A correction without a time keeps the original's.
    let time = event.at().or(signed.event.at()).unwrap_or(signed.signed_at);
    Some(Entry { chain, record, event, at: When::new(time, signed.utc_offset), correction })
}

fn correction(chain: &VerifiedChain, origin: u64) -> Option<Correction<'_>> {
    let sequence = chain.state().correction_of(origin)?;
    let record = chain.records().get(chain.state().place_of(sequence)?)?;
    let Event::Corrected(event) = &record.record().event else { return None };
    Some(Correction { record, event, at: When::new(record.record().signed_at, record.record().utc_offset) })
}

/// What a batch's first record says.
pub(super) fn opening(chain: &VerifiedChain) -> Option<&Opened> {
    match &chain.records().first()?.record().event {
        Event::Opened(opened) => Some(opened),
        _ => None,
    }
}
