//! `admission`: `{trust_root, given, offered}`: records `{record, log_time, anchor_time}`, where the last two are absent in a
//! deployment without a log. What is given has to be taken, what is offered is answered for, both in their order, at indexes
//! from 1 → `{answers}`: `{taken}` with what the chain adds up to by then, `{conflict}` with the head that stands there, or
//! `{code, field, remaining}`.

use std::collections::BTreeMap;
use std::sync::Arc;

use nguon_core::admit::{Admission, Statement, admit};
use nguon_core::ids::ChainId;
use nguon_core::judge::Chains;
use nguon_core::log::Position;
use nguon_core::state::{ChainState, Subject};
use nguon_core::trust::{Roots, TrustRoot};
use nguon_core::values::Time;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::hex::Hex;
use crate::record::refusal;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Input {
    trust_root: Hex,
    given: Vec<Offered>,
    offered: Vec<Offered>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Offered {
    record: Hex,
    log_time: Option<Time>,
    #[serde(default)]
    anchor_time: Option<Time>,
}

/// The chains so far, and how many records they have together.
#[derive(Default)]
struct Book {
    chains: BTreeMap<ChainId, Arc<ChainState>>,
    taken: u64,
}

impl Chains for Book {
    fn chain(&self, id: &ChainId) -> Option<Arc<ChainState>> {
        self.chains.get(id).cloned()
    }
}

pub fn ask(input: Input) -> Value {
    let trust = match TrustRoot::from_bytes(&input.trust_root.0) {
        Ok(trust) => trust,
        Err(error) => return json!({"error": error.to_string()}),
    };
    let roots = Roots::logged(trust);
    let mut book = Book::default();
    for given in input.given {
        let answer = book.offer(given, &roots);
        if answer.get("taken").is_none() {
            return json!({"error": "what is given is not taken", "answer": answer});
        }
    }
    let answers: Vec<Value> = input.offered.into_iter().map(|offered| book.offer(offered, &roots)).collect();
    json!({"answers": answers})
}

impl Book {
    fn offer(&mut self, offered: Offered, roots: &Roots) -> Value {
        let statement = match Statement::from_bytes(offered.record.0, roots.deployment()) {
            Ok(statement) => statement,
            Err(fault) => return refusal(&fault),
        };
        let position = offered.log_time.map(|log_time| Position {
            index: self.taken + 1,
            log_time,
            anchor_time: offered.anchor_time.unwrap_or(Time::ZERO),
        });
        match admit(&statement, roots, self, position) {
            Admission::Accepted(chain) => {
                let sums = sums(&chain);
                self.taken += 1;
                self.chains.insert(chain.id, chain);
                json!({"taken": sums})
            }
            Admission::Conflict(head) => {
                json!({"conflict": {"sequence": head.sequence, "statement": head.statement.to_string()}})
            }
            Admission::Rejected(fault) => {
                let mut refused = json!({"code": fault.code()});
                if let Some(field) = fault.field() {
                    refused["field"] = field.into();
                }
                if let Some(remaining) = fault.remaining() {
                    refused["remaining"] = remaining.into();
                }
                refused
            }
        }
    }
}

/// What a chain adds up to.
fn sums(chain: &ChainState) -> Value {
    match &chain.subject {
        Subject::Actor(actor) => json!({"keyed": actor.has_active_key()}),
        Subject::Batch(batch) => {
            json!({"remaining": batch.remaining(), "boxes": batch.boxes(), "recalled": chain.is_recalled()})
        }
        Subject::Place(place) => json!({
            "earliest_harvest": place.log.earliest_harvest(),
            "recalled": chain.is_recalled(),
            "suspended": place.is_suspended(|_| true),
        }),
    }
}
