//! One entry: what was written down, what was signed of it, and how far it is.

use std::fmt;

use nguon_core::envelope::SignedRecord;
use nguon_core::ids::{ChainId, StatementId};
use nguon_core::opening::PersonalOpening;
use nguon_core::record::{Record, Signer};
use nguon_core::values::Time;
use serde::{Deserialize, Serialize};

use crate::draft::{Draft, Photo};
use crate::prepare::{Group, Kept};

/// An entry's number: what was written down earlier has a lower one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct EntryId(pub u64);

impl fmt::Display for EntryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

/// How far an entry is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// On the device (trên máy)
    OnDevice,
    /// The server has it (đã gửi)
    Sent,
    /// The log has it (đã ghi vào sổ chung)
    Logged {
        /// Index of its first record's leaf
        index: u64,
        /// When the log took it, if the server said so
        log_time: Option<Time>,
    },
    /// Refused: somebody has to choose a way out
    Refused(Trouble),
    /// Taken back before the server had it
    Withdrawn,
}

/// Why an entry does not go on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trouble {
    /// Its name: `Fault::code()`, the server's, or one of [`crate::advice`]
    pub code: String,
    /// What the server says of it
    #[serde(default)]
    pub detail: String,
    /// The field at fault
    #[serde(default)]
    pub field: Option<String>,
    /// The chain of the record at fault
    #[serde(default)]
    pub chain: Option<ChainId>,
    /// What remains of what was asked too much of: grams, boxes or square metres
    #[serde(default)]
    pub remaining: Option<u64>,
    /// Unix seconds from which on a harvest is sound
    #[serde(default)]
    pub earliest: Option<u64>,
    /// Whether the server said it, and not this device before anything was sent
    #[serde(default)]
    pub by_server: bool,
}

/// What an entry said before it was changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Version {
    /// The draft
    pub draft: Draft,
    /// When it was signed
    pub signed_at: Time,
    /// What it was called
    pub statements: Vec<StatementId>,
    /// Why it was changed, if it had been refused
    pub trouble: Option<Trouble>,
}

/// Something written down, on its way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its number
    pub id: EntryId,
    /// What was written down
    pub draft: Draft,
    /// Who signs
    pub signer: Signer,
    /// For whom
    pub on_behalf_of: Option<ChainId>,
    /// When it was written down, by this device's clock
    pub written_at: Time,
    /// When it was signed last
    pub signed_at: Option<Time>,
    /// Its records; none while it waits to be signed
    pub records: Vec<Kept>,
    /// What opens their fields
    pub openings: Vec<PersonalOpening>,
    /// Whether the server has the openings
    pub opened: bool,
    /// Its photos, and whether the server has each
    pub photos: Vec<(Photo, bool)>,
    /// How far it is
    pub stage: Stage,
    /// Whether it was sent and no answer came: the server may have it
    pub in_doubt: bool,
    /// How often another record came first since the last success
    pub races: u32,
    /// Not asked before this moment whether the log has it, Unix seconds; and how often it was asked
    pub ask: (u64, u32),
    /// Whether it is known when the log counts it as done, where that matters
    #[serde(default)]
    pub counted: bool,
    /// What the server says of its words or photos, if it did not take them; the records stand
    #[serde(default)]
    pub aside: Option<Trouble>,
    /// The records that its own ones name by their places on the same chain: which one, and which statement stood there
    #[serde(default)]
    pub(crate) names: Vec<(u64, StatementId)>,
    /// Earlier versions, oldest first
    pub earlier: Vec<Version>,
    /// Whether its records follow the heads: what does not is signed again. Found out anew by `Outbox::lay`
    #[serde(skip)]
    pub(crate) fits: bool,
}

impl Entry {
    pub(crate) fn new(id: EntryId, group: Group) -> Self {
        let entry = Self::unsigned(id, group.draft.clone(), group.signer, group.on_behalf_of, group.signed_at);
        entry.signed(group)
    }

    pub(crate) const fn unsigned(
        id: EntryId,
        draft: Draft,
        signer: Signer,
        on_behalf_of: Option<ChainId>,
        now: Time,
    ) -> Self {
        Self {
            id,
            draft,
            signer,
            on_behalf_of,
            written_at: now,
            signed_at: None,
            records: Vec::new(),
            openings: Vec::new(),
            opened: false,
            photos: Vec::new(),
            stage: Stage::OnDevice,
            in_doubt: false,
            races: 0,
            ask: (0, 0),
            counted: false,
            aside: None,
            names: Vec::new(),
            earlier: Vec::new(),
            fits: false,
        }
    }

    /// The same with what was signed of it.
    pub(crate) fn signed(mut self, group: Group) -> Self {
        self.draft = group.draft;
        self.signed_at = Some(group.signed_at);
        (self.records, self.openings) = (group.records, group.openings);
        self.photos = group.photos.into_iter().map(|photo| (photo, false)).collect();
        (self.stage, self.fits, self.in_doubt) = (Stage::OnDevice, true, false);
        self
    }

    /// Whether it still has to get to the server.
    #[must_use]
    pub const fn waits(&self) -> bool {
        matches!(self.stage, Stage::OnDevice | Stage::Refused(_))
    }

    /// Whether the server has it.
    #[must_use]
    pub const fn is_stored(&self) -> bool {
        matches!(self.stage, Stage::Sent | Stage::Logged { .. })
    }

    /// Whether nothing is left to be sent besides the records.
    #[must_use]
    pub fn is_clear(&self) -> bool {
        matches!(self.stage, Stage::Withdrawn)
            || ((self.opened || self.openings.is_empty()) && self.photos.iter().all(|(_, sent)| *sent))
    }

    /// Whether it waits to be signed, for the first time or again.
    #[must_use]
    pub fn is_unsigned(&self) -> bool {
        self.waits() && !self.fits
    }

    /// Its records, decoded from their envelopes.
    #[must_use]
    pub fn signed_records(&self) -> Vec<SignedRecord> {
        self.records.iter().filter_map(|kept| SignedRecord::from_bytes(kept.record.0.clone()).ok()).collect()
    }

    /// What its records say.
    #[must_use]
    pub fn decoded(&self) -> Vec<Record> {
        self.signed_records().iter().filter_map(|signed| Record::from_payload(signed.payload()).ok()).collect()
    }

    /// The body of `POST /v1/records?atomic=true`, `application/cbor-seq`.
    #[must_use]
    pub fn body(&self) -> Vec<u8> {
        self.records.iter().flat_map(|kept| &kept.record.0).copied().collect()
    }

    /// The chains it adds to.
    #[must_use]
    pub fn writes(&self) -> Vec<ChainId> {
        let mut chains: Vec<ChainId> = match self.records.as_slice() {
            [] => self.draft.chains(),
            records => records.iter().map(|kept| kept.chain).collect(),
        };
        chains.sort_unstable();
        chains.dedup();
        chains
    }

    /// The chains that it begins.
    #[must_use]
    pub fn begins(&self) -> Vec<ChainId> {
        let first = |kept: &&Kept| kept.own && kept.statement.as_bytes() == kept.chain.as_bytes();
        self.records.iter().filter(first).map(|kept| kept.chain).collect()
    }
}
