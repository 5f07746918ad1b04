//! What can be wrong with a record in its place, and which verdict it leads to.

use crate::envelope::EnvelopeError;
use crate::event::EventName;
use crate::ids::{AuthorityId, ChainId, KeyId};
use crate::key::KeyError;
use crate::opening::OpeningError;
use crate::permission::ChainSort;
use crate::record::RecordError;
use crate::values::Time;
use crate::verify::OutcomeKind;

/// A broken rule. [`Fault::code`] is stable and meant for machines, the message for people.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Fault {
    /// The bytes are not a record's envelope.
    #[error(transparent)]
    Envelope(#[from] EnvelopeError),
    /// The payload is not a record.
    #[error(transparent)]
    Record(#[from] RecordError),
    /// The signature does not hold.
    #[error("the signature does not hold over this record")]
    BadSignature,

    /// The record belongs to another chain, or its kind is another.
    #[error("the record belongs to another chain")]
    WrongChain,
    /// The sequence is not the one that follows.
    #[error("sequence {found} where {expected} follows")]
    WrongSequence {
        /// What follows the chain's head.
        expected: u64,
        /// What the record says.
        found: u64,
    },
    /// The previous statement is not the chain's head.
    #[error("the record does not continue the one before it")]
    WrongPrevious,
    /// A chain that does not begin with a first record of its kind.
    #[error("a chain of this kind cannot begin with `{0}`")]
    WrongFirst(EventName),
    /// A first event on a chain that has begun.
    #[error("`{0}` stands only at the beginning of a chain")]
    FirstAgain(EventName),

    /// The signer's chain, or one the event refers to, is not at hand.
    #[error("chain {0} is not at hand")]
    MissingChain(ChainId),
    /// A chain of another kind than the field calls for.
    #[error("{field} names a chain of another kind")]
    WrongReference {
        /// The field.
        field: &'static str,
    },
    /// An authority that the trust root does not list.
    #[error("authority {0} is not in the trust root")]
    UnknownAuthority(AuthorityId),
    /// A key that its claimed holder does not have.
    #[error("key {0} does not belong to the signer")]
    UnknownKey(KeyId),
    /// A key that has been revoked.
    #[error("key {0} has been revoked")]
    RevokedKey(KeyId),
    /// A key that its holder did not have when the log took the record: not yet, or no more.
    #[error("key {0} was not valid at this record's position in the log")]
    KeyNotThen(KeyId),
    /// A chain that begins later in the log than the record that refers to it.
    #[error("chain {0} begins later in the log than this record")]
    LaterChain(ChainId),
    /// Somebody signed two histories of this chain; only an authority may add to it.
    #[error("two histories of this chain were signed; only an authority may add to it")]
    ForkedChain,
    /// The checkpoint that the record names is none of this log's, or not an earlier one.
    #[error("the anchor is not an earlier checkpoint of this log")]
    BadAnchor,
    /// A key that must not be enrolled.
    #[error(transparent)]
    WeakKey(#[from] KeyError),
    /// The key is there already.
    #[error("key {0} is there already")]
    KeyTwice(KeyId),

    /// The permission table has no row for this signer.
    #[error("this signer may not record `{event}` on {chain}")]
    NotPermitted {
        /// What was recorded.
        event: EventName,
        /// On what.
        chain: ChainSort,
    },
    /// Permitted by role, but not by this actor's scope.
    #[error("outside the signer's scope: {0}")]
    OutOfScope(&'static str),
    /// Registrars more than four deep, or an enrolment that does not end at an authority.
    #[error("registrars are enrolled more than four deep")]
    TooDeep,
    /// A registrar signed for somebody it may not sign for.
    #[error("signing on behalf: {0}")]
    OnBehalf(&'static str),

    /// A field's value is out of what the event permits.
    #[error("{field}: {rule}")]
    Field {
        /// The field.
        field: &'static str,
        /// What holds for it.
        rule: &'static str,
    },
    /// The source holds no draw for this batch.
    #[error("source {0} holds no draw for this batch")]
    UndrawnInput(ChainId),
    /// More came in than the source let go for this batch.
    #[error("{taken} g taken from {source_chain}, which let go {drawn} g for this batch")]
    InputsAboveDraws {
        /// The source.
        source_chain: ChainId,
        /// Grams it let go, as far as its records count.
        drawn: u64,
        /// Grams taken.
        taken: u64,
    },
    /// More would leave than is left.
    #[error("takes more than is left: {remaining} g")]
    OverDrawn {
        /// Grams left.
        remaining: u64,
    },
    /// More harvested than the plot was allotted.
    #[error("harvests more than is left of the plot's allotment: {remaining} g")]
    AboveAllotment {
        /// Grams left.
        remaining: u64,
    },
    /// More allotted than the growing area's ceiling.
    #[error("allots more than is left of the area's ceiling: {remaining} g")]
    AboveCeiling {
        /// Grams left.
        remaining: u64,
    },
    /// The plots of a growing area are larger than it is.
    #[error("the plots of this season are larger than the growing area: {remaining} square metres are left")]
    AboveArea {
        /// Square metres left.
        remaining: u64,
    },
    /// More labels or boxes on pallets than boxes.
    #[error("{field}: more than boxes are left: {remaining}")]
    AboveBoxes {
        /// The field.
        field: &'static str,
        /// Boxes left.
        remaining: u64,
    },
    /// The boxes hold more than came in.
    #[error("the boxes hold more than came in, which fills {remaining}")]
    BoxesAboveInputs {
        /// Boxes that the inputs fill.
        remaining: u64,
    },
    /// A correction would leave less than another chain has taken already.
    #[error("chain {by} has taken {taken} g of it already")]
    BelowTaken {
        /// Who took.
        by: ChainId,
        /// Grams.
        taken: u64,
    },
    /// A sum beyond what a record can say.
    #[error("the sum is beyond 2^53 - 1")]
    TooMuch,
    /// Harvested before a pre-harvest interval was over.
    #[error("harvested before the pre-harvest interval was over, at {earliest}")]
    HarvestTooEarly {
        /// Unix seconds from which on a harvest is sound.
        earliest: Time,
    },
    /// Harvested outside the season's window.
    #[error("harvested outside the season's window, {from} to {until}")]
    OutsideSeason {
        /// Its first second.
        from: Time,
        /// Its last second.
        until: Time,
    },
    /// Logged too long after the season.
    #[error("logged more than 14 days after the season's window, which ended at {until}")]
    LateHarvest {
        /// Its last second.
        until: Time,
    },
    /// A place whose code is suspended.
    #[error("the code of place {0} is suspended")]
    Suspended(ChainId),
    /// The label or place code belongs to an older chain.
    #[error("{field} is taken by chain {by}")]
    Taken {
        /// `label` or `code`.
        field: &'static str,
        /// Who has it.
        by: ChainId,
    },

    /// The bundle has a chain twice.
    #[error("the chain stands in the bundle twice")]
    ChainTwice,
    /// The bundle has a chain that nothing in it leads to.
    #[error("nothing in the bundle leads to this chain")]
    Unreachable,
    /// Chains out of order.
    #[error("the bundle's chains are out of order")]
    ChainOrder,
    /// A chain without records.
    #[error("a chain without records")]
    EmptyChain,
    /// Batches that came from each other.
    #[error("batches that came from each other")]
    Cycle,
    /// The label that was scanned is not this batch's.
    #[error("the label does not belong to this batch")]
    WrongLabel,
    /// The batch holds no produce yet.
    #[error("the batch has no inputs")]
    NoInputs,
    /// The trust root names a log and the bundle has no proof from it.
    #[error("the bundle has no proof from the log")]
    NoProof,
    /// The proof cannot be read, or is not of the bundle's shape.
    #[error("the proof cannot be read: {0}")]
    BadProof(&'static str),
    /// The checkpoint is not one this deployment's log signed.
    #[error("the checkpoint is not of this deployment's log: {0}")]
    BadCheckpoint(&'static str),
    /// The map's root is not the last leaf of the checkpoint.
    #[error("the map is not the last leaf of the checkpoint")]
    BadInclusion,
    /// Too few of those who must have seen the checkpoint have cosigned it.
    #[error(
        "the checkpoint is cosigned by {witnesses} witnesses and {auditors} map auditors; {needed} and 1 are needed"
    )]
    NotCosigned {
        /// Witnesses of the policy whose cosignatures hold.
        witnesses: usize,
        /// Map auditors of the policy whose cosignatures hold.
        auditors: usize,
        /// Witnesses needed.
        needed: u64,
    },
    /// The bundle's chains, labels, places and roots are not what the map holds: something is missing, or more.
    #[error("the records are not all that the log holds, or not those")]
    NotInMap,
    /// Positions or times that cannot be.
    #[error("positions in the log that cannot be: {0}")]
    BadPosition(&'static str),
    /// Nothing proves that the checkpoint continues one this reader has seen.
    #[error("nothing proves that the log continues what this reader has seen")]
    NotConsistent,
    /// A checkpoint that does not continue one this reader has seen.
    #[error("the log contradicts a checkpoint that this reader has seen")]
    SplitLog,
    /// The bundle belongs to another deployment, or its roots are not in order.
    #[error("the bundle's trust roots do not begin with the one this reader trusts")]
    OtherRoot,
    /// A part of the bundle that newer software understands.
    #[error("{0} needs newer software")]
    Newer(&'static str),
    /// The bundle's bytes cannot be read.
    #[error("the bundle cannot be read: {0}")]
    Bundle(String),
    /// An opening that is not what was signed.
    #[error(transparent)]
    Opening(#[from] OpeningError),
    /// An opening of a record that is not in the bundle, or of a field opened before.
    #[error("an opening of nothing in this bundle")]
    StrayOpening,
}

impl Fault {
    /// A name for machines that does not change with the message.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        if crate::CODELESS {
            return "";
        }
        match self {
            Self::Envelope(EnvelopeError::NewerContentType) | Self::Newer(_) => "newer_format",
            Self::Envelope(_) => "bad_envelope",
            Self::Record(RecordError::UnknownVersion(_)) => "unknown_version",
            Self::Record(RecordError::UnknownEvent) => "unknown_event",
            Self::Record(RecordError::Cbor(crate::cbor::CborError::Canonical(_))) => "not_canonical",
            Self::Record(_) => "bad_record",
            Self::BadSignature => "bad_signature",
            Self::WrongChain => "wrong_chain",
            Self::WrongSequence { .. } => "wrong_sequence",
            Self::WrongPrevious => "wrong_previous",
            Self::WrongFirst(_) => "wrong_first",
            Self::FirstAgain(_) => "first_again",
            Self::MissingChain(_) => "missing_chain",
            Self::WrongReference { .. } => "wrong_reference",
            Self::UnknownAuthority(_) => "unknown_authority",
            Self::UnknownKey(_) => "unknown_key",
            Self::RevokedKey(_) => "revoked_key",
            Self::KeyNotThen(_) => "key_not_then",
            Self::LaterChain(_) => "later_chain",
            Self::ForkedChain => "forked_chain",
            Self::BadAnchor => "bad_anchor",
            Self::WeakKey(_) => "weak_key",
            Self::KeyTwice(_) => "key_twice",
            Self::NotPermitted { .. } => "not_permitted",
            Self::OutOfScope(_) => "out_of_scope",
            Self::TooDeep => "too_deep",
            Self::OnBehalf(_) => "on_behalf",
            Self::Field { .. } => "bad_field",
            Self::UndrawnInput(_) => "undrawn_input",
            Self::InputsAboveDraws { .. } => "inputs_above_draws",
            Self::OverDrawn { .. } => "over_drawn",
            Self::AboveAllotment { .. } => "above_allotment",
            Self::AboveCeiling { .. } => "above_ceiling",
            Self::AboveArea { .. } => "above_area",
            Self::AboveBoxes { .. } => "above_boxes",
            Self::BoxesAboveInputs { .. } => "boxes_above_inputs",
            Self::BelowTaken { .. } => "below_taken",
            Self::TooMuch => "too_much",
            Self::HarvestTooEarly { .. } => "harvest_too_early",
            Self::OutsideSeason { .. } => "outside_season",
            Self::LateHarvest { .. } => "late_harvest",
            Self::Suspended(_) => "suspended",
            Self::Taken { .. } => "taken",
            Self::ChainTwice => "chain_twice",
            Self::Unreachable => "unreachable",
            Self::ChainOrder => "chain_order",
            Self::EmptyChain => "empty_chain",
            Self::Cycle => "cycle",
            Self::WrongLabel => "wrong_label",
            Self::NoInputs => "no_inputs",
            Self::NoProof => "no_proof",
            Self::BadProof(_) => "bad_proof",
            Self::BadCheckpoint(_) => "bad_checkpoint",
            Self::BadInclusion => "bad_inclusion",
            Self::NotCosigned { .. } => "not_cosigned",
            Self::NotInMap => "not_in_map",
            Self::BadPosition(_) => "bad_position",
            Self::SplitLog => "split_log",
            Self::NotConsistent => "no_consistency",
            Self::OtherRoot => "other_root",
            Self::Bundle(_) => "bad_bundle",
            Self::Opening(_) => "bad_opening",
            Self::StrayOpening => "stray_opening",
        }
    }

    /// The field at fault, where one field is.
    #[must_use]
    pub fn field(&self) -> Option<String> {
        match self {
            Self::Field { field, .. } | Self::WrongReference { field } | Self::Taken { field, .. } => {
                Some((*field).into())
            }
            Self::OutOfScope(dimension) => Some(format!("scope.{dimension}")),
            Self::Record(RecordError::Position { field, .. }) => Some((*field).into()),
            Self::Record(RecordError::Cbor(crate::cbor::CborError::Mismatch(error))) if !error.path.is_empty() => {
                Some(error.path.clone())
            }
            Self::WrongSequence { .. } => Some("sequence".into()),
            Self::WrongPrevious => Some("previous".into()),
            Self::WrongChain => Some("chain".into()),
            Self::UndrawnInput(_) | Self::InputsAboveDraws { .. } => Some("inputs".into()),
            Self::AboveBoxes { field, .. } => Some((*field).into()),
            Self::OverDrawn { .. } | Self::AboveAllotment { .. } | Self::BelowTaken { .. } | Self::TooMuch => {
                Some("grams".into())
            }
            Self::AboveCeiling { .. } | Self::AboveArea { .. } => Some("allotments".into()),
            Self::BoxesAboveInputs { .. } => Some("boxes".into()),
            Self::HarvestTooEarly { .. } | Self::OutsideSeason { .. } => Some("at".into()),
            Self::LateHarvest { .. } => Some("season".into()),
            Self::NotPermitted { .. } | Self::UnknownAuthority(_) => Some("signer".into()),
            Self::OnBehalf(_) => Some("on_behalf_of".into()),
            Self::UnknownKey(_) | Self::RevokedKey(_) | Self::KeyNotThen(_) => Some("kid".into()),
            Self::BadAnchor => Some("anchor".into()),
            Self::BadSignature => Some("signature".into()),
            Self::WeakKey(_) | Self::KeyTwice(_) => Some("key".into()),
            Self::Opening(
                OpeningError::NoSuchField(path)
                | OpeningError::Differs(path)
                | OpeningError::Value(path)
                | OpeningError::Length(path),
            ) => Some(path.clone()),
            _ => None,
        }
    }

    /// What remains of what was asked too much of, in the unit of its field: grams, boxes or square metres.
    #[must_use]
    pub const fn remaining(&self) -> Option<u64> {
        match self {
            Self::OverDrawn { remaining }
            | Self::AboveAllotment { remaining }
            | Self::AboveCeiling { remaining }
            | Self::AboveArea { remaining }
            | Self::AboveBoxes { remaining, .. }
            | Self::BoxesAboveInputs { remaining } => Some(*remaining),
            Self::InputsAboveDraws { drawn, .. } => Some(*drawn),
            _ => None,
        }
    }

    /// The verdict it leads to.
    #[must_use]
    pub const fn outcome(&self) -> OutcomeKind {
        match self {
            Self::Record(RecordError::UnknownVersion(_) | RecordError::UnknownEvent)
            | Self::Envelope(EnvelopeError::NewerContentType)
            | Self::Newer(_) => OutcomeKind::NeedsNewerApp,
            Self::ForkedChain | Self::SplitLog => OutcomeKind::Forked,
            Self::UnknownAuthority(_) | Self::UnknownKey(_) | Self::KeyNotThen(_) => OutcomeKind::UntrustedKey,
            Self::MissingChain(_)
            | Self::NoInputs
            | Self::NoProof
            | Self::NotInMap
            | Self::NotCosigned { .. }
            | Self::NotConsistent => OutcomeKind::Incomplete,
            Self::UndrawnInput(_)
            | Self::InputsAboveDraws { .. }
            | Self::OverDrawn { .. }
            | Self::AboveAllotment { .. }
            | Self::AboveCeiling { .. }
            | Self::AboveArea { .. }
            | Self::AboveBoxes { .. }
            | Self::BoxesAboveInputs { .. }
            | Self::BelowTaken { .. } => OutcomeKind::OverAllocated,
            Self::RevokedKey(_) => OutcomeKind::Suspect,
            _ => OutcomeKind::Invalid,
        }
    }
}
