//! Records offered one after the other to whoever takes them, and what becomes of each. What is expected is written down by
//! hand: grams that are left, intervals, faults.

mod bodies;
mod chains;
mod corrections;
mod intervals;
mod sums;

use std::collections::BTreeMap;
use std::sync::Arc;

use nguon_core::admit::{Admission, Statement, admit};
use nguon_core::envelope::SignedRecord;
use nguon_core::judge::Chains;
use nguon_core::ledger::{begin_record, next_record};
use nguon_core::log::Position;
use nguon_core::prelude::*;
use nguon_core::record::{Record, Signer};
use nguon_core::state::ChainState;
use nguon_core::trust::Roots;
use serde_json::{Value, json};

use super::logged::{trust, world};
use super::world::{NOW, World, any_scope, drawn_to, grams, key, label, season, time};
use super::{File, hex};

type Case = (String, Value, Value);

const DAY: u64 = 86_400;

pub fn all() -> Vec<File> {
    let root = trust().signed().to_bytes().expect("encoded");
    let shared = json!({"trust_root": hex(&root), "given": Script::new().given});
    let file = |name, purpose, cases| File {
        name,
        kind: "admission",
        purpose,
        format: format(),
        shared: Some(shared.clone()),
        cases,
    };
    vec![
        file("admissions_sums", "Grams, boxes and square metres, and each way to break a sum.", sums::cases()),
        file("admissions_intervals", "Pre-harvest intervals, seasons, and the times that count.", intervals::cases()),
        file(
            "admissions_corrections",
            "Corrections that count at once, wait, are approved or refused.",
            corrections::cases(),
        ),
        file("admissions_chains", "Recalls, suspensions, names, custody, scopes and keys.", chains::cases()),
        file(
            "admissions_bodies",
            "What one record is refused for, and every other fault of a record.",
            bodies::cases(),
        ),
    ]
}

fn format() -> Value {
    json!({
        "input": {
            "trust_root": "version 1, hexadecimal",
            "given": "[{record, log_time, anchor_time}], taken in this order at indexes from 1; the times are absent without a log",
            "offered": "the same, after them",
        },
        "expect": {
            "answers": "for each offered: {taken} with what its chain adds up to by then, {conflict} with the head that stands there, or {code, field, remaining} of the fault",
        },
    })
}

/// A batch by then: grams left and boxes.
fn batch(remaining: u64, boxes: u64) -> Value {
    json!({"taken": {"remaining": remaining, "boxes": boxes, "recalled": false}})
}

/// A place by then: the second from which every interval is over.
fn place(earliest_harvest: u64) -> Value {
    json!({"taken": {"earliest_harvest": earliest_harvest, "recalled": false, "suspended": false}})
}

/// The same with something else about it.
fn but(mut taken: Value, field: &str, value: bool) -> Value {
    taken["taken"][field] = value.into();
    taken
}

fn actor(keyed: bool) -> Value {
    json!({"taken": {"keyed": keyed}})
}

fn no(code: &str) -> Value {
    json!({"code": code})
}

fn no_for(code: &str, field: &str) -> Value {
    json!({"code": code, "field": field})
}

/// Too much, and what remains.
fn above(code: &str, field: &str, remaining: u64) -> Value {
    json!({"code": code, "field": field, "remaining": remaining})
}

/// Who signs, and with which key.
type By = (Signer, u8);

/// One case: the world, and what is offered after it.
struct Script {
    world: World,
    given: Vec<Value>,
    offered: Vec<Value>,
    answers: Vec<Value>,
    chains: BTreeMap<ChainId, Arc<ChainState>>,
    log_time: u64,
    anchor_time: u64,
    nonces: u8,
}

impl Chains for Script {
    fn chain(&self, id: &ChainId) -> Option<Arc<ChainState>> {
        self.chains.get(id).cloned()
    }
}

impl Script {
    fn new() -> Self {
        let world = world();
        let mut script = Self {
            world,
            given: Vec::new(),
            offered: Vec::new(),
            answers: Vec::new(),
            chains: BTreeMap::new(),
            log_time: NOW,
            anchor_time: 0,
            nonces: 100,
        };
        let leaves = script.world.ledger.leaves();
        let is_record = |leaf: &nguon_core::log::Leaf| matches!(leaf, nguon_core::log::Leaf::Record { .. });
        let records: Vec<Vec<u8>> =
            leaves.filter(|(leaf, _)| is_record(leaf)).filter_map(|(_, bytes)| Some(bytes?.to_vec())).collect();
        for record in records {
            assert!(script.take(&record), "the world is sound");
            script.given.push(json!({"record": hex(&record), "log_time": NOW}));
        }
        script
    }

    fn case(self, name: &str) -> Case {
        (name.to_owned(), json!({"offered": self.offered}), json!({"answers": self.answers}))
    }

    /// From now on the log takes records at this time, and they name a checkpoint of that time.
    fn at(&mut self, log_time: u64, anchor_time: u64) {
        (self.log_time, self.anchor_time) = (log_time, anchor_time);
    }

    fn coop(&self) -> By {
        (self.world.coop.into(), 3)
    }

    fn farm(&self) -> By {
        (self.world.farm.into(), 4)
    }

    fn packer(&self) -> By {
        (self.world.packer.into(), 5)
    }

    fn office(&self) -> By {
        (self.world.office.into(), 2)
    }

    /// Offers a chain's first record.
    fn begin(&mut self, by: By, event: impl Into<Event>, answer: Value) -> ChainId {
        self.nonces += 1;
        let record = begin_record(&self.pen(by), event.into(), Nonce::from_bytes([self.nonces; 16]));
        let signed = self.sign(&record, by.1);
        let id = ChainId::of_first(signed.statement_id(trust().deployment()));
        self.offer(&signed, answer);
        id
    }

    /// Offers the record that follows a chain's head.
    fn append(&mut self, by: By, chain: ChainId, event: impl Into<Event>, answer: Value) {
        let record = self.next(by, chain, event);
        let signed = self.sign(&record, by.1);
        self.offer(&signed, answer);
    }

    /// The co-op signs for somebody.
    fn append_for(&mut self, whom: ChainId, chain: ChainId, event: impl Into<Event>, answer: Value) {
        let record = Record { on_behalf_of: Some(whom), ..self.next(self.coop(), chain, event) };
        let signed = self.sign(&record, 3);
        self.offer(&signed, answer);
    }

    /// A batch of the household, holding this much of what its plot let go for it.
    fn picked(&mut self, let_go: u64, taken_in: u64) -> ChainId {
        let (farm, plot) = (self.farm(), self.world.plot);
        let to = self.begin(farm, opened(self.world.farm), batch(0, 0));
        self.append(farm, plot, harvest(to, let_go), place(0));
        self.append(farm, to, harvested(plot, taken_in), batch(taken_in, 0));
        to
    }

    fn next(&self, by: By, chain: ChainId, event: impl Into<Event>) -> Record {
        next_record(&self.pen(by), event.into(), &self.chains[&chain])
    }

    /// Sequence of a chain's newest record.
    fn head(&self, chain: ChainId) -> u64 {
        self.chains[&chain].sequence
    }

    fn pen(&self, (signer, n): By) -> Pen<'static> {
        Pen::new(signer, key(n), time(self.log_time))
    }

    fn sign(&self, record: &Record, n: u8) -> SignedRecord {
        SignedRecord::sign(record, key(n), trust().deployment()).expect("signed")
    }

    fn offer(&mut self, signed: &SignedRecord, answer: Value) {
        self.offer_bytes(signed.as_bytes(), answer);
    }

    fn offer_bytes(&mut self, bytes: &[u8], answer: Value) {
        self.take(bytes);
        let mut offered = json!({"record": hex(bytes), "log_time": self.log_time});
        if self.anchor_time > 0 {
            offered["anchor_time"] = self.anchor_time.into();
        }
        self.offered.push(offered);
        self.answers.push(answer);
    }

    /// Follows the chains, so that the next record can be written.
    fn take(&mut self, bytes: &[u8]) -> bool {
        let Ok(statement) = Statement::from_bytes(bytes.to_vec(), trust().deployment()) else { return false };
        let index = u64::try_from(self.given.len() + self.offered.len()).expect("few") + 1;
        let position = Position { index, log_time: time(self.log_time), anchor_time: time(self.anchor_time) };
        let taken = admit(&statement, &Roots::logged(trust()), self, Some(position));
        if let Admission::Accepted(chain) = &taken {
            self.chains.insert(chain.id, chain.clone());
        }
        matches!(taken, Admission::Accepted(_))
    }
}

fn code(text: &str) -> Code {
    text.parse().expect("a code")
}

fn count(number: u64) -> Count {
    Count::new(number).expect("a count")
}

fn opened(owner: ChainId) -> Opened {
    Opened::new(owner, "vải thiều".parse().expect("text"))
}

fn harvest(to: ChainId, amount: u64) -> HarvestDrawn {
    HarvestDrawn::new(code("2026"), to, grams(amount))
}

fn harvested(from: ChainId, amount: u64) -> Harvested {
    Harvested::new(Inputs::one(from, grams(amount)))
}

fn packed(from: ChainId, amount: u64, boxes: u64, grams_per_box: u64) -> Packed {
    Packed::new(Inputs::one(from, grams(amount)), count(boxes), grams(grams_per_box))
}

fn lost(amount: u64) -> Lost {
    Lost { grams: grams(amount), reason: LossReason::Spoilage, details: None, at: None }
}

fn correction(sequence: u64, event: impl Into<Event>) -> Corrected {
    let event: Event = event.into();
    Corrected { sequence, reason: CorrectionReason::Weighing, event: event.into(), details: None }
}

const fn approval(correction: u64) -> CorrectionApproved {
    CorrectionApproved { correction, details: None }
}

fn sprayed(phi_days: u16, at: Option<u64>) -> InputApplied {
    InputApplied {
        kind: InputKind::PlantProtection,
        product: "Thuốc trừ nấm (mẫu)".parse().expect("text"),
        active_ingredients: List::new(vec!["mancozeb".parse().expect("text")]).expect("one"),
        product_lot: Some(code("L-1")),
        dose: Dose::Milligrams(count(500_000)),
        water_ml: None,
        area_m2: SquareMetres::new(5_000).expect("an area"),
        phi_days: Days::new(phi_days).expect("days"),
        operator: None,
        notes: None,
        at: at.map(time),
    }
}

fn recall() -> Recalled {
    Recalled::new(RecallReason::PesticideResidue)
}
