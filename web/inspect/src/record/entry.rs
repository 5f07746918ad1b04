//! An inspection on the device: a draft, then a signed record, then one that the server has, then one in the log. What is
//! to be done next follows from the entry alone, so that a closed page, a lost network or a dead battery loses nothing.

use nguon_core::bytes::ByteString;
use nguon_core::event::{InspectionPurpose, InspectionResult};
use nguon_core::ids::{ChainId, Salt, StatementId};
use serde::{Deserialize, Serialize};

use crate::code::Code;

/// What was inspected.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Target {
    /// As it was typed, scanned or picked
    pub code: String,
    /// How people call it
    pub title: String,
    /// Its chain, once that is known
    pub chain: Option<ChainId>,
    /// Whose it is, if that is known: what is said of it is about them
    pub owner: Option<ChainId>,
}

/// Words, and the salt of their digest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words {
    /// The words
    pub text: String,
    /// Fresh for this field of this entry
    pub salt: Salt,
}

/// A photo, whose bytes are kept beside the entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Photo {
    /// Fresh for this photo
    pub salt: Salt,
    /// Bytes
    pub length: u64,
    /// Whether the server has it
    pub sent: bool,
}

/// How far an entry is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// On the device, not yet signed: the chain's newest record is not known
    Draft,
    /// On the device, signed
    Signed(Signature),
    /// The server has it
    Sent(StatementId),
    /// The log has it: at this index
    Logged(StatementId, u64),
    /// Refused; the inspector decides
    Refused(Trouble),
}

/// A record and where it goes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    /// The whole envelope
    pub record: ByteString,
    /// What it is called
    pub statement: StatementId,
    /// The record it follows
    pub previous: StatementId,
}

/// Why an entry does not go on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trouble {
    /// The server's name for it, or this page's
    pub code: String,
    /// What the server says of it
    pub detail: String,
}

impl Trouble {
    /// This page's own: the server shows an older state than it acknowledged.
    pub const WENT_BACK: &'static str = "went_back";
    /// This page's own: nothing has this code.
    pub const NO_SUCH_TARGET: &'static str = "no_such_target";
    /// This page's own: what was typed names no place or lot.
    pub const BAD_TARGET: &'static str = "bad_target";
    /// This page's own: a photo is not on the device any more.
    pub const PHOTO_LOST: &'static str = "photo_lost";

    /// One of this page's own.
    #[must_use]
    pub fn own(code: &str) -> Self {
        Self { code: code.to_owned(), detail: String::new() }
    }
}

/// What to do next for an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Ask which chain the target's code names
    FindTarget,
    /// Ask for the chain's newest record, and sign after it
    Sign,
    /// Send the record
    Post,
    /// Send the words and the salts of the photos
    Openings,
    /// Send a photo
    Photo(usize),
    /// Ask whether the log has it
    AskReceipt,
    /// Nothing: it is done, or the inspector decides
    Rest,
}

/// What a server answered.
#[derive(Clone, Copy, Debug)]
pub struct Answer<'a> {
    /// HTTP status; 0 if nothing came
    pub status: u16,
    /// Body
    pub body: &'a [u8],
}

/// An inspection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Random, this device's own
    pub id: String,
    /// When it was written down, Unix seconds
    pub at: u64,
    /// What was inspected
    pub target: Target,
    /// What was found
    pub result: InspectionResult,
    /// Why it was looked at
    pub purpose: InspectionPurpose,
    /// In words
    pub words: Option<Words>,
    /// Photos
    pub photos: Vec<Photo>,
    /// How far it is
    pub stage: Stage,
    /// Whether the server has words and salts
    pub opened: bool,
    /// How often another record came first since the last success
    #[serde(default)]
    pub races: u32,
}

/// After so many lost races in a row the entry waits for the next round.
const MOST_RACES: u32 = 5;

impl Entry {
    /// What to do next, in a deployment with or without a log.
    #[must_use]
    pub fn next(&self, has_log: bool) -> Step {
        match &self.stage {
            Stage::Draft if self.target.chain.is_none() => Step::FindTarget,
            Stage::Draft if self.races >= MOST_RACES => Step::Rest,
            Stage::Draft => Step::Sign,
            Stage::Signed(_) => Step::Post,
            Stage::Refused(_) => Step::Rest,
            Stage::Sent(_) | Stage::Logged(..) => {
                let unsent = self.photos.iter().position(|photo| !photo.sent);
                let to_open = self.words.is_some() || !self.photos.is_empty();
                match (self.opened || !to_open, unsent, &self.stage) {
                    (false, ..) => Step::Openings,
                    (true, Some(photo), _) => Step::Photo(photo),
                    (true, None, Stage::Sent(_)) if has_log => Step::AskReceipt,
                    _ => Step::Rest,
                }
            }
        }
    }

    /// Whether nothing is left to be done for it.
    #[must_use]
    pub fn is_done(&self, has_log: bool) -> bool {
        self.next(has_log) == Step::Rest && matches!(self.stage, Stage::Sent(_) | Stage::Logged(..))
    }

    /// The code that it was entered by.
    #[must_use]
    pub fn code(&self) -> Option<Code> {
        Code::read_lot(&self.target.code).ok()
    }

    /// The answer to a posted record.
    pub fn posted(&mut self, answer: Answer<'_>) {
        let Stage::Signed(signature) = &self.stage else { return };
        let statement = signature.statement;
        match answer.status {
            200..=202 => {
                self.races = 0;
                self.stage = match receipt_index(answer.body) {
                    Some(index) => Stage::Logged(statement, index),
                    None => Stage::Sent(statement),
                };
            }
            // Another record came first: signed again on the new head.
            409 => {
                self.stage = Stage::Draft;
                self.races += 1;
            }
            status => self.refuse_unless_away(status, answer.body),
        }
    }

    /// The answer to openings, a photo or a question: done, or refused for good, or to be tried again.
    pub fn answered(&mut self, step: Step, answer: Answer<'_>) {
        match (step, answer.status) {
            (Step::Openings, 200..=204) => self.opened = true,
            (Step::Photo(at), 200..=204) => {
                if let Some(photo) = self.photos.get_mut(at) {
                    photo.sent = true;
                }
            }
            (Step::AskReceipt, 200) => {
                if let (Stage::Sent(statement), Some(index)) = (&self.stage, proof_index(answer.body)) {
                    self.stage = Stage::Logged(*statement, index);
                }
            }
            (Step::AskReceipt, _) => {}
            // The opening of an erased person's photo is not taken again: there is nothing left to send.
            (Step::Photo(at), 404) => {
                if let Some(photo) = self.photos.get_mut(at) {
                    photo.sent = true;
                }
            }
            (_, status) => self.refuse_unless_away(status, answer.body),
        }
    }

    /// What is the network's or the server's trouble passes; what is the record's does not.
    fn refuse_unless_away(&mut self, status: u16, body: &[u8]) {
        if (400..500).contains(&status) && !matches!(status, 408 | 429) {
            self.stage = Stage::Refused(trouble(body));
        }
    }

    /// The inspector tries again after a refusal: signed anew, and said to replace what was refused.
    pub fn try_again(&mut self) {
        if matches!(self.stage, Stage::Refused(_)) {
            self.stage = Stage::Draft;
        }
        self.races = 0;
    }
}

#[derive(Deserialize)]
struct Receipt {
    index: u64,
}

#[derive(Deserialize)]
struct Taken {
    #[serde(default)]
    receipt: Option<Receipt>,
}

fn receipt_index(body: &[u8]) -> Option<u64> {
    let taken: Taken = serde_json::from_slice(body).ok()?;
    taken.receipt.map(|receipt| receipt.index)
}

fn proof_index(body: &[u8]) -> Option<u64> {
    serde_json::from_slice::<Receipt>(body).ok().map(|receipt| receipt.index)
}

fn trouble(body: &[u8]) -> Trouble {
    #[derive(Deserialize)]
    struct Problem {
        code: String,
        #[serde(default)]
        detail: String,
    }
    let problem: Option<Problem> = serde_json::from_slice(body).ok();
    problem.map_or_else(|| Trouble::own("refused"), |problem| Trouble { code: problem.code, detail: problem.detail })
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(super) fn entry() -> Entry {
        let chain = ChainId::from_bytes([7; 32]);
        Entry {
            id: "a1".into(),
            at: 1_780_644_600,
            target: Target { code: chain.to_string(), title: "VT-0605".into(), chain: Some(chain), owner: None },
            result: InspectionResult::Defects,
            purpose: InspectionPurpose::Routine,
            words: Some(Words { text: "Sổ phun thiếu một lần".into(), salt: Salt::from_bytes([1; 16]) }),
            photos: vec![Photo { salt: Salt::from_bytes([2; 16]), length: 3, sent: false }],
            stage: Stage::Draft,
            opened: false,
            races: 0,
        }
    }

    fn sign(entry: &mut Entry) {
        let id = |n| StatementId::from_bytes([n; 32]);
        entry.stage = Stage::Signed(Signature { record: ByteString(vec![1]), statement: id(2), previous: id(1) });
    }

    const fn answer(status: u16, body: &[u8]) -> Answer<'_> {
        Answer { status, body }
    }

    #[test]
    fn an_entry_goes_all_the_way_and_survives_being_written_down_at_each_step() {
        let mut entry = entry();
        entry.target.chain = None;
        let mut steps = Vec::new();
        loop {
            let step = entry.next(true);
            steps.push(step);
            match step {
                Step::FindTarget => entry.target.chain = Some(ChainId::from_bytes([7; 32])),
                Step::Sign => sign(&mut entry),
                Step::Post => entry.posted(answer(202, b"{}")),
                Step::Openings => entry.answered(step, answer(200, b"{\"stored\":2}")),
                Step::Photo(_) => entry.answered(step, answer(204, b"")),
                Step::AskReceipt => entry.answered(step, answer(200, b"{\"status\":\"published\",\"index\":81}")),
                Step::Rest => break,
            }
            let kept = serde_json::to_string(&entry).unwrap();
            entry = serde_json::from_str(&kept).unwrap();
        }
        let expected =
            [Step::FindTarget, Step::Sign, Step::Post, Step::Openings, Step::Photo(0), Step::AskReceipt, Step::Rest];
        assert_eq!(steps, expected);
        assert_eq!(entry.stage, Stage::Logged(StatementId::from_bytes([2; 32]), 81));
        assert!(entry.is_done(true));
    }

    #[test]
    fn a_lost_race_is_signed_again_and_not_forever() {
        let mut entry = entry();
        for _ in 0..MOST_RACES {
            assert_eq!(entry.next(true), Step::Sign);
            sign(&mut entry);
            entry.posted(answer(409, b"{\"code\":\"conflict\"}"));
        }
        assert_eq!(entry.next(true), Step::Rest);
        entry.try_again();
        assert_eq!(entry.next(true), Step::Sign);
    }

    #[test]
    fn a_network_that_is_away_refuses_nothing() {
        for status in [0, 408, 429, 500, 502, 503] {
            let mut entry = entry();
            sign(&mut entry);
            entry.posted(answer(status, b""));
            assert_eq!(entry.next(true), Step::Post, "{status}");
        }
    }

    #[test]
    fn a_refusal_waits_for_the_inspector_and_says_why() {
        let mut entry = entry();
        sign(&mut entry);
        entry.posted(answer(422, br#"{"code":"not_permitted","detail":"inspected on a batch"}"#));
        let Stage::Refused(trouble) = &entry.stage else { panic!("{:?}", entry.stage) };
        assert_eq!((trouble.code.as_str(), trouble.detail.as_str()), ("not_permitted", "inspected on a batch"));
        assert_eq!(entry.next(true), Step::Rest);
        assert!(!entry.is_done(true));
        entry.try_again();
        assert_eq!(entry.next(true), Step::Sign);
    }

    #[test]
    fn without_a_log_sent_is_as_far_as_it_goes() {
        let mut entry = entry();
        (entry.words, entry.photos) = (None, Vec::new());
        sign(&mut entry);
        entry.posted(answer(201, br#"{"status":"accepted"}"#));
        assert_eq!((entry.next(true), entry.next(false)), (Step::AskReceipt, Step::Rest));
        assert!(entry.is_done(false));
    }
}
