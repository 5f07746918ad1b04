//! A draft made into records that wait for their signatures, and the group that they are once signed.

use std::sync::Arc;

use nguon_core::bytes::ByteString;
use nguon_core::envelope::SignedRecord;
use nguon_core::event::Event;
use nguon_core::ids::{ChainId, KeyId, SignatureBytes, StatementId};
use nguon_core::key::PublicKey;
use nguon_core::log::Position;
use nguon_core::opening::PersonalOpening;
use nguon_core::record::{Record, Signer};
use nguon_core::state::ChainState;
use nguon_core::values::Time;
use serde::{Deserialize, Serialize};

use crate::advice::Warning;
use crate::book::{ASSUMED, Book};
use crate::draft::{Composer, Draft, Made, Photo};
use crate::error::Refused;
use crate::hand::{Entropy, Hand};
use crate::journal::{Journal, Note};

/// Makes a draft into all records of its group, on the newest heads known here, judged by the code that the server asks.
///
/// # Errors
/// A rule is broken, a chain is not at hand, or an earlier entry on one of its chains has to be settled first.
pub fn prepare(
    draft: &Draft,
    book: &Book,
    hand: &Hand,
    journal: &Journal,
    entropy: &mut impl Entropy,
) -> Result<Prepared, Refused> {
    prepare_over(draft, book, hand, journal, entropy, Vec::new())
}

/// The same, keeping first records of an earlier version that say the same.
pub(crate) fn prepare_over(
    draft: &Draft,
    book: &Book,
    hand: &Hand,
    journal: &Journal,
    entropy: &mut impl Entropy,
    reuse: Vec<SignedRecord>,
) -> Result<Prepared, Refused> {
    let mut composer = Composer::new(book, hand, journal, entropy);
    composer.reuse = reuse;
    composer.write(draft)?;
    Ok(Prepared::of(composer, draft.clone()))
}

/// Records that wait for their signatures.
#[derive(Clone, Debug)]
pub struct Prepared {
    draft: Draft,
    hand: Hand,
    made: Vec<Made>,
    openings: Vec<PersonalOpening>,
    unchecked: Vec<ChainId>,
    states: Vec<Arc<ChainState>>,
    has_log: bool,
}

impl Prepared {
    pub(crate) fn of<E: Entropy>(composer: Composer<'_, E>, draft: Draft) -> Self {
        let (hand, has_log) = (composer.hand.clone(), composer.book.has_log());
        let (made, openings, mut unchecked, states) = composer.into_parts();
        unchecked.sort_unstable();
        unchecked.dedup();
        Self { draft, hand, made, openings, unchecked, states, has_log }
    }

    /// What has to be signed, in order, and by which key.
    pub fn to_sign(&self) -> impl Iterator<Item = (KeyId, &[u8])> {
        self.made.iter().filter_map(|made| match made {
            Made::Unsigned { to_be_signed, note, .. } => Some((note.key, to_be_signed.as_slice())),
            Made::Signed(..) => None,
        })
    }

    /// What has to be signed, in order, where one key signs it all.
    #[must_use]
    pub fn to_be_signed(&self) -> Vec<&[u8]> {
        self.to_sign().map(|(_, bytes)| bytes).collect()
    }

    /// What it was made from.
    #[must_use]
    pub const fn draft(&self) -> &Draft {
        &self.draft
    }

    /// The chains as they will be with it.
    #[must_use]
    pub fn states(&self) -> &[Arc<ChainState>] {
        &self.states
    }

    /// The chain that it begins, if it begins one: a batch that was opened.
    #[must_use]
    pub fn begins(&self) -> Option<ChainId> {
        self.made.iter().find_map(|made| match made {
            Made::Unsigned { note, .. } => (note.sequence == 0).then_some(note.chain),
            Made::Signed(signed, _, chain, own) => {
                let first = Record::from_payload(signed.payload()).is_ok_and(|record| record.sequence == 0);
                (*own && first).then_some(*chain)
            }
        })
    }

    /// What should be said before it is signed.
    #[must_use]
    pub fn warnings(&self, book: &Book) -> Vec<Warning> {
        let records: Vec<Record> = self.records().collect();
        crate::advice::warnings(&records, &self.hand, book, &self.unchecked, &self.states)
    }

    /// What the records say.
    pub fn events(&self) -> impl Iterator<Item = (Option<ChainId>, Event)> {
        self.records().map(|record| (record.chain, record.event))
    }

    fn records(&self) -> impl Iterator<Item = Record> {
        self.made.iter().filter_map(|made| match made {
            Made::Unsigned { payload, .. } => Record::from_payload(payload).ok(),
            Made::Signed(signed, _, _, own) => own.then(|| Record::from_payload(signed.payload()).ok()).flatten(),
        })
    }

    /// Puts records and signatures together, in the order of [`Self::to_sign`], if every signature holds.
    ///
    /// # Errors
    /// One does not, or they are too few or too many; or a record is too long.
    pub fn seal<S: AsRef<[u8]>>(self, signatures: &[S]) -> Result<Group, Refused> {
        let mut signatures = signatures.iter();
        let position = self.hand.position();
        let times = Some((position.log_time, position.anchor_time)).filter(|_| self.has_log);
        let (mut records, mut notes) = (Vec::new(), Vec::new());
        for made in self.made {
            match made {
                Made::Signed(signed, statement, chain, own) => {
                    let record = ByteString(signed.as_bytes().to_vec());
                    let sequence = Record::from_payload(signed.payload())?.sequence;
                    records.push(Kept { record, statement, chain, sequence, times: None, was: Vec::new(), own });
                }
                Made::Unsigned { payload, seat, to_be_signed, note } => {
                    let bad = || Refused::Signature(note.key);
                    let signature = signatures.next().ok_or_else(bad)?;
                    let signature = SignatureBytes::try_from(signature.as_ref()).map_err(|_| bad())?;
                    let key = PublicKey::from_bytes(&seat.key).map_err(|_| bad())?;
                    if !key.verifies(&to_be_signed, &signature) {
                        return Err(bad());
                    }
                    let signed = SignedRecord::assemble(note.key, &payload, &signature)
                        .map_err(|error| Refused::rule(Some(note.chain), note.sequence, error.into()))?;
                    let record = ByteString(signed.as_bytes().to_vec());
                    let Note { statement, chain, sequence, .. } = note;
                    records.push(Kept { record, statement, chain, sequence, times, was: Vec::new(), own: true });
                    notes.push(note);
                }
            }
        }
        if signatures.next().is_some() {
            return Err(Refused::Signature(self.hand.seat.key_id()));
        }
        let photos = self.draft.photos().to_vec();
        let (signer, on_behalf_of) = (self.hand.seat.signer, self.hand.on_behalf_of);
        let (signed_at, openings, draft) = (self.hand.now, self.openings, self.draft);
        Ok(Group { draft, signer, on_behalf_of, signed_at, records, openings, photos, notes })
    }
}

/// A record of a group, signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// The whole envelope
    pub record: ByteString,
    /// What it is called
    pub statement: StatementId,
    /// Its chain
    pub chain: ChainId,
    /// Its place there
    pub sequence: u64,
    /// When the log would have taken it, and when the checkpoint it names was closed, as this device assumed
    #[serde(default)]
    pub times: Option<(Time, Time)>,
    /// What it was called before it was signed again
    #[serde(default)]
    pub was: Vec<StatementId>,
    /// Whether it was signed here, and not handed over
    pub own: bool,
}

impl Kept {
    /// Where this device assumes that the log has it.
    pub(crate) fn position(&self) -> Option<Position> {
        self.times.map(|(log_time, anchor_time)| Position { index: ASSUMED, log_time, anchor_time })
    }
}

/// Records that are sent together, all or nothing, with what they seal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    pub(crate) draft: Draft,
    pub(crate) signer: Signer,
    pub(crate) on_behalf_of: Option<ChainId>,
    pub(crate) signed_at: Time,
    pub(crate) records: Vec<Kept>,
    pub(crate) openings: Vec<PersonalOpening>,
    pub(crate) photos: Vec<Photo>,
    pub(crate) notes: Vec<Note>,
}

impl Group {
    /// The records, in order.
    #[must_use]
    pub fn records(&self) -> &[Kept] {
        &self.records
    }

    /// Openings of their fields.
    #[must_use]
    pub fn openings(&self) -> &[PersonalOpening] {
        &self.openings
    }

    /// The chain that it begins, if it begins one.
    #[must_use]
    pub fn begins(&self) -> Option<ChainId> {
        let first = |kept: &&Kept| kept.own && kept.statement.as_bytes() == kept.chain.as_bytes();
        self.records.iter().find(first).map(|kept| kept.chain)
    }

    /// What was signed anew for it.
    #[must_use]
    pub fn notes(&self) -> &[Note] {
        &self.notes
    }
}
