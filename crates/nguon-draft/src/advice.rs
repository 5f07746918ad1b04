//! What to do about a refusal, and what to say before something is signed. Pages and command line word it.

use std::sync::Arc;

use nguon_core::event::Event;
use nguon_core::ids::ChainId;
use nguon_core::record::Record;
use nguon_core::state::ChainState;
use nguon_core::values::Time;

use crate::book::Book;
use crate::hand::Hand;
use crate::outbox::Trouble;

/// Seconds for which a log vouches before the checkpoint that a record names.
const WEEK: u64 = 7 * 86_400;
/// Seconds that a clock may be wrong without a word.
const CLOCK: u64 = 600;

/// Said before it is signed; none of them keeps it from being signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Warning {
    /// This device's clock is wrong: by its own word it is `says`, and it is at least `known`. The log counts its own time
    Clock {
        /// This device's clock
        says: Time,
        /// By a clock that is to be trusted more
        known: Time,
    },
    /// What is said to have happened then counts as another time: the log vouches for a week before the newest checkpoint
    /// seen here, and for nothing to come
    Claim {
        /// When it is said to have happened
        says: Time,
        /// When it would count as done, were it logged now
        counts: Time,
    },
    /// A chain is not known here, so that the server will be the first to judge it
    Unchecked(ChainId),
    /// Nothing may be picked on this plot before then
    EarliestHarvest {
        /// The plot
        plot: ChainId,
        /// From when on
        from: Time,
    },
    /// A correction that counts only once somebody above approves it
    NeedsApproval {
        /// The chain
        chain: ChainId,
        /// The record that is corrected
        sequence: u64,
    },
}

pub(crate) fn warnings(
    records: &[Record],
    hand: &Hand,
    book: &Book,
    unchecked: &[ChainId],
    states: &[Arc<ChainState>],
) -> Vec<Warning> {
    let mut found: Vec<Warning> = clock(hand).into_iter().collect();
    found.extend(unchecked.iter().map(|chain| Warning::Unchecked(*chain)));
    for record in records {
        let state = states.iter().find(|state| record.chain == Some(state.id));
        match (&record.event, state) {
            (Event::InputApplied(event), Some(state)) => {
                let from = state.place().map_or(0, |place| place.log.earliest_harvest());
                if let Some(from) = Time::new(from).ok().filter(|_| event.phi_days.get() > 0) {
                    found.push(Warning::EarliestHarvest { plot: state.id, from });
                }
            }
            (Event::Corrected(event), Some(state)) if state.correction_of(event.sequence) != Some(record.sequence) => {
                found.push(Warning::NeedsApproval { chain: state.id, sequence: event.sequence });
            }
            _ => {}
        }
        found.extend(claim(record, hand, book));
    }
    found.dedup();
    found
}

/// Whether a device's clock is known to be wrong.
#[must_use]
pub fn clock(hand: &Hand) -> Option<Warning> {
    let says = hand.now;
    // A checkpoint was closed no later than it was seen.
    let behind = hand.seen.map(|seen| seen.time).filter(|time| time.get() > says.get().saturating_add(CLOCK));
    let differs = |known: &Time| known.get().abs_diff(says.get()) > CLOCK;
    hand.true_now.filter(differs).or(behind).map(|known| Warning::Clock { says, known })
}

/// Whether something counts as done at another time than is said.
fn claim(record: &Record, hand: &Hand, book: &Book) -> Option<Warning> {
    if !book.has_log() {
        return None;
    }
    let (says, position) = (record.happened_at(), hand.position());
    let vouched = position.anchor_time.get().saturating_sub(WEEK)..=position.log_time.get().saturating_add(CLOCK);
    let counts = match record.event {
        Event::InputApplied(_) => position.log_time,
        Event::HarvestDrawn(_) => position.anchor_time,
        _ => return None,
    };
    (!vouched.contains(&says.get())).then_some(Warning::Claim { says, counts })
}

/// A way out of a refusal: what the person at the device can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Advice {
    /// Write down less: so much is left (grams, boxes or square metres), if that is known
    Less(Option<u64>),
    /// Nothing may be picked before then (Unix seconds): the day or the fruit is wrong, or it has to be thrown away
    NotBefore(Option<u64>),
    /// Choose another label or code
    OtherName,
    /// The giver has to hand it over (again)
    AskGiver,
    /// Correct the time, or have the registrar lengthen the season
    CheckTime,
    /// This key counts no more: have the registrar take up a new one, then sign again
    NewKey,
    /// This person may not record that: ask who enrolled them
    AskRegistrar,
    /// The place is suspended, the goods recalled, or the chain forked: ask the authority
    AskAuthority,
    /// An earlier entry has to be settled first
    EarlierFirst,
    /// Whoever holds the other key has to unlock it here
    Unlock,
    /// The server shows another past than before: sign nothing, tell who runs it
    TellOperator,
    /// This app is older than the server, or wrong: update it
    Update,
    /// Look at it, change it or take it back
    Look,
}

impl Trouble {
    /// What can be done about it. An entry may always be changed, taken back, or sent again later as it is.
    #[must_use]
    pub fn advice(&self) -> Advice {
        match self.code.as_str() {
            "over_drawn" | "above_allotment" | "above_ceiling" | "above_area" | "above_boxes"
            | "boxes_above_inputs" | "too_much" => Advice::Less(self.remaining),
            "below_taken" => Advice::Less(None),
            "harvest_too_early" => Advice::NotBefore(self.earliest),
            "outside_season" | "late_harvest" => Advice::CheckTime,
            "taken" => Advice::OtherName,
            "undrawn_input" | "inputs_above_draws" => Advice::AskGiver,
            "revoked_key" | "unknown_key" | "key_not_then" => Advice::NewKey,
            "not_permitted" | "out_of_scope" | "on_behalf" | "too_deep" => Advice::AskRegistrar,
            "suspended" | "forked_chain" => Advice::AskAuthority,
            "waits" | "missing_chain" => Advice::EarlierFirst,
            "no_key" => Advice::Unlock,
            "went_back" | "rewritten" | "too_often" => Advice::TellOperator,
            "unknown_version" | "unknown_event" | "newer_format" | "not_canonical" | "bad_record" | "bad_envelope"
            | "bad_signature" | "bad_anchor" | "not_nfc" => Advice::Update,
            _ => Advice::Look,
        }
    }
}
