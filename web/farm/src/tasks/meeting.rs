//! Two phones that meet: what is shown, what is scanned, and what came of it. Plain values; the codes are
//! `nguon_draft::handover`'s.

use nguon_core::event::{Event, Input};
use nguon_core::ids::ChainId;
use nguon_core::record::{Record, Signer};
use nguon_draft::Parcel;
use nguon_draft::handover::{Gather, Gathered, Offer};

use super::transfer::drawn_into;

/// What the other's code is to be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Awaits {
    /// The receiver's batch
    #[default]
    Offer,
    /// The giver's signed records
    Parcel,
    /// The receiver's signed answer
    Answer,
}

/// What is said about the last code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// It belongs to another hand-over
    Another,
    /// It is no code of a hand-over, or is not whole
    Wrong,
    /// It needs a newer app
    Newer,
    /// It does not name this batch
    NotForUs,
    /// More than the codes can show: it has to be sent
    TooMuch,
}

/// What came of a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Came {
    /// Nothing yet
    Nothing,
    /// What was awaited is here
    All,
}

/// Two phones that meet.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Meeting {
    /// What is awaited
    pub awaits: Awaits,
    /// The batch that receives: shown here, or scanned
    pub offer: Option<Offer>,
    /// Codes shown here, and which of them now
    pub frames: Vec<String>,
    /// Which of them is shown
    pub shown: usize,
    /// Whether it stays until somebody says otherwise
    pub holds: bool,
    /// What is being scanned
    pub gather: Gather,
    /// What the giver signed
    pub parcel: Option<Parcel>,
    /// What the giver drew, source by source
    pub given: Vec<Input>,
    /// Who the giver is
    pub giver: Option<ChainId>,
    /// Grams that the receiver weighed, as far as the giver knows
    pub answered: Option<u64>,
    /// What is said about the last code
    pub told: Option<Told>,
}

impl Meeting {
    /// Takes up what was scanned or pasted: one code, or several with white space between them.
    pub fn hear(&mut self, text: &str) -> Came {
        if self.awaits == Awaits::Offer {
            return self.hear_offer(text);
        }
        let mut came = Came::Nothing;
        for frame in text.split_whitespace() {
            if self.hear_frame(frame) == Came::All {
                came = Came::All;
            }
        }
        came
    }

    fn hear_offer(&mut self, text: &str) -> Came {
        // As it was read out: the beginning is easily left away.
        let text = text.trim();
        let whole = if text.contains(':') { text.to_owned() } else { format!("NGUON:NHAN/{text}") };
        match Offer::from_text(&whole) {
            Ok(offer) => {
                (self.offer, self.told) = (Some(offer), None);
                Came::All
            }
            Err(error) => {
                self.told = Some(told(error));
                Came::Nothing
            }
        }
    }

    fn hear_frame(&mut self, frame: &str) -> Came {
        match self.gather.take(frame) {
            Ok(Gathered::Whole(parcel)) => self.take(parcel),
            Ok(Gathered::More | Gathered::Again) => {
                self.told = None;
                Came::Nothing
            }
            Ok(Gathered::Another) => {
                self.told = Some(Told::Another);
                Came::Nothing
            }
            Ok(Gathered::Broken) => {
                self.told = Some(Told::Wrong);
                Came::Nothing
            }
            Err(error) => {
                self.told = Some(told(error));
                Came::Nothing
            }
        }
    }

    fn take(&mut self, parcel: Parcel) -> Came {
        let Some(offer) = &self.offer else { return Came::Nothing };
        let records = decoded(&parcel);
        let found = match self.awaits {
            Awaits::Answer => {
                let grams = received_by(&offer.batch, &records);
                self.answered = grams;
                grams.is_some()
            }
            _ => {
                let given = drawn_into(&offer.batch, &records);
                let found = !given.is_empty();
                self.giver = records.iter().rev().find_map(giver);
                (self.given, self.parcel) = (given, found.then_some(parcel));
                found
            }
        };
        self.told = (!found).then_some(Told::NotForUs);
        if found {
            Came::All
        } else {
            self.gather = Gather::default();
            Came::Nothing
        }
    }

    /// The next code, unless it is held.
    pub fn turn(&mut self) {
        if !self.holds && !self.frames.is_empty() {
            self.shown = (self.shown + 1) % self.frames.len();
        }
    }

    /// The code that is shown.
    #[must_use]
    pub fn frame(&self) -> Option<&str> {
        self.frames.get(self.shown).map(String::as_str)
    }
}

const fn told(error: nguon_draft::handover::CodeError) -> Told {
    match error {
        nguon_draft::handover::CodeError::Newer => Told::Newer,
        nguon_draft::handover::CodeError::TooLong => Told::TooMuch,
        _ => Told::Wrong,
    }
}

/// The records of a parcel. What cannot be read is left out: who signs over it judges it, and the server again.
#[must_use]
pub fn decoded(parcel: &Parcel) -> Vec<Record> {
    let signed =
        parcel.records.iter().filter_map(|bytes| nguon_core::envelope::SignedRecord::from_bytes(bytes.0.clone()).ok());
    signed.filter_map(|signed| Record::from_payload(signed.payload()).ok()).collect()
}

fn giver(record: &Record) -> Option<ChainId> {
    match record.acting() {
        Signer::Actor(actor) => Some(actor),
        Signer::Authority(_) => None,
    }
}

/// Grams that came into a batch by these records.
fn received_by(batch: &ChainId, records: &[Record]) -> Option<u64> {
    let of_batch = records.iter().filter(|record| record.chain == Some(*batch));
    let inputs = of_batch.filter_map(|record| match &record.event {
        Event::Received(_) | Event::Harvested(_) => Some(super::transfer::sum(record.event.inputs())),
        _ => None,
    });
    inputs.fold(None, |sum: Option<u64>, grams| Some(sum.unwrap_or(0) + grams))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tasks::samples::id;

    fn offer() -> Offer {
        Offer { batch: id(5), owner: id(6), product: "vải thiều".parse().unwrap() }
    }

    #[test]
    fn an_offer_is_read_however_it_was_typed() {
        let text = offer().to_text();
        let bare = text.trim_start_matches("NGUON:NHAN/").to_lowercase();
        for typed in [text.clone(), bare.clone(), format!("  {bare} ")] {
            let mut meeting = Meeting::default();
            assert_eq!(meeting.hear(&typed), Came::All, "{typed}");
            assert_eq!(meeting.offer, Some(offer()));
        }
    }

    #[test]
    fn another_code_is_told_and_nothing_is_taken() {
        let mut meeting = Meeting::default();
        assert_eq!(meeting.hear("https://example.org/01/09521234543213"), Came::Nothing);
        assert_eq!((meeting.told, meeting.offer), (Some(Told::Wrong), None));
        let mut meeting = Meeting { awaits: Awaits::Parcel, offer: Some(offer()), ..Meeting::default() };
        assert_eq!(meeting.hear(&offer().to_text()), Came::Nothing);
        assert_eq!(meeting.told, Some(Told::Wrong));
    }

    #[test]
    fn codes_take_turns_unless_one_is_held() {
        let mut meeting = Meeting { frames: vec!["A".into(), "B".into()], ..Meeting::default() };
        meeting.turn();
        assert_eq!(meeting.frame(), Some("B"));
        meeting.holds = true;
        meeting.turn();
        assert_eq!(meeting.frame(), Some("B"));
        meeting.holds = false;
        meeting.turn();
        assert_eq!(meeting.frame(), Some("A"));
    }
}
