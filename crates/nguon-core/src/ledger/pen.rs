//! Who signs a record, when and as whom.

use ed25519_dalek::SigningKey;

use crate::event::Event;
use crate::ids::{ChainId, Nonce};
use crate::record::{Anchor, ChainKind, Record, Signer, VERSION};
use crate::state::ChainState;
use crate::values::{Time, UtcOffset};

/// Somebody who signs, at some time.
#[derive(Debug, Clone, Copy)]
pub struct Pen<'a> {
    /// As whom.
    pub signer: Signer,
    /// With which key.
    pub key: &'a SigningKey,
    /// For which household, if not for itself.
    pub on_behalf_of: Option<ChainId>,
    /// When, by the signer's clock.
    pub signed_at: Time,
    /// Minutes east of UTC.
    pub utc_offset: UtcOffset,
    /// The newest checkpoint of the log that the device has seen.
    pub anchor: Option<Anchor>,
}

impl<'a> Pen<'a> {
    /// An actor or authority that signs for itself, its clock at UTC.
    pub fn new(signer: impl Into<Signer>, key: &'a SigningKey, signed_at: Time) -> Self {
        let utc_offset = UtcOffset::UTC;
        Self { signer: signer.into(), key, on_behalf_of: None, signed_at, utc_offset, anchor: None }
    }

    /// The same at another time.
    #[must_use]
    pub const fn at(self, signed_at: Time) -> Self {
        Self { signed_at, ..self }
    }

    /// The same with its clock so many minutes east of UTC.
    #[must_use]
    pub const fn east(self, utc_offset: UtcOffset) -> Self {
        Self { utc_offset, ..self }
    }

    /// The same signing for a household without a key.
    #[must_use]
    pub const fn on_behalf_of(self, household: ChainId) -> Self {
        Self { on_behalf_of: Some(household), ..self }
    }

    /// The same on a device that has seen this checkpoint.
    #[must_use]
    pub const fn anchored(self, anchor: Anchor) -> Self {
        Self { anchor: Some(anchor), ..self }
    }
}

/// The first record of a chain, ready to be signed.
#[must_use]
pub fn begin_record(pen: &Pen<'_>, event: Event, nonce: Nonce) -> Record {
    Record { nonce: Some(nonce), ..record(pen, event) }
}

/// The record that follows a chain's head, ready to be signed.
#[must_use]
pub fn next_record(pen: &Pen<'_>, event: Event, chain: &ChainState) -> Record {
    Record {
        kind: chain.sort().kind(),
        chain: Some(chain.id),
        sequence: chain.sequence + 1,
        previous: Some(chain.head),
        ..record(pen, event)
    }
}

fn record(pen: &Pen<'_>, event: Event) -> Record {
    Record {
        version: VERSION,
        kind: event.begins().unwrap_or(ChainKind::Batch),
        chain: None,
        sequence: 0,
        previous: None,
        signer: pen.signer,
        on_behalf_of: pen.on_behalf_of,
        signed_at: pen.signed_at,
        utc_offset: pen.utc_offset,
        anchor: pen.anchor,
        replaces: None,
        event,
        attachments: None,
        nonce: None,
    }
}
