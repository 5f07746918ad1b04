//! A server in the page: it answers as `nguon-ingest` does where the app asks, so that practice goes the way of the real thing. A
//! practice world has no log: what is accepted is as far as it gets.

use nguon_core::bytes::ByteString;
use nguon_core::cbor::{self, Limits};
use nguon_core::envelope::SignedRecord;
use nguon_core::fault::Fault;
use nguon_core::ids::{ChainId, KeyId};
use nguon_core::judge::Chains as _;
use nguon_core::permission::ChainSort;
use nguon_core::record::{Record, Signer};
use serde_json::{Value, json};

use super::NotAdmitted;
use super::world::{COOP, World};
use crate::browser::net::Got;

/// The most that a request may hold.
const LIMITS: Limits = Limits { length: 8 * 1024 * 1024, depth: 4 };

/// The server of a practice world.
pub struct Server {
    /// The world, with all that people did in it
    pub world: World,
}

fn answer(status: u16, body: &Value) -> Got {
    Got { status, bytes: body.to_string().into_bytes(), offset: None, date: None }
}

fn not_found(code: &str) -> Got {
    answer(404, &json!({ "status": 404, "code": code, "detail": code }))
}

fn lines(all: &[Value]) -> Got {
    let bytes = all.iter().flat_map(|line| format!("{line}\n").into_bytes()).collect();
    Got { status: 200, bytes, offset: None, date: None }
}

impl Server {
    /// A server of this world.
    #[must_use]
    pub const fn new(world: World) -> Self {
        Self { world }
    }

    /// Answers what was fetched. `path` begins with `/v1/`.
    #[must_use]
    pub fn get(&self, path: &str) -> Got {
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        match parts.as_slice() {
            ["v1", "keys", id] => self.key(id),
            ["v1", "actors", id, "chains"] => self.chains_of(id),
            ["v1", "chains", id, "records"] => self.records(id, query),
            ["v1", "chains", id, "positions"] => answer(200, &json!({ "chain": id, "from": 0, "positions": [] })),
            ["v1", "chains", id] => self.head(id),
            ["v1", "products"] => answer(200, &products()),
            ["v1", "health"] => answer(200, &json!({ "status": "ok" })),
            _ => not_found("no_such_page"),
        }
    }

    /// Takes what was sent.
    pub fn send(&mut self, method: &str, path: &str, body: &[u8]) -> Got {
        let path = path.split_once('?').map_or(path, |(path, _)| path);
        match (method, path) {
            ("POST", "/v1/groups") => self.groups(body),
            ("POST", "/v1/chains/read") => self.read(body),
            ("POST", "/v1/openings") => answer(200, &json!({ "stored": 0 })),
            // Whatever is attached in practice goes nowhere.
            ("PUT" | "PATCH", _) if path.starts_with("/v1/attachments/") => {
                Got { status: 204, bytes: Vec::new(), offset: Some(u64::MAX), date: None }
            }
            ("HEAD", _) if path.starts_with("/v1/attachments/") => {
                Got { status: 204, bytes: Vec::new(), offset: Some(0), date: None }
            }
            _ => not_found("no_such_page"),
        }
    }

    fn key(&self, id: &str) -> Got {
        let Ok(id) = id.parse::<KeyId>() else { return not_found("no_such_key") };
        let found = self.world.ids().iter().filter_map(|chain| {
            let state = self.world.ledger().chain(chain)?;
            let actor = state.actor()?;
            let key = actor.key(&id)?;
            let by = if let Signer::Actor(by) = actor.enrolled_by { by.to_string() } else { String::new() };
            let revoked =
                key.revoked.map(|revoked| json!({ "sequence": revoked.sequence, "time": 0, "reason": revoked.reason }));
            let mut told = json!({
                "actor": chain, "role": actor.role, "enrolled_by": by, "enrolled_by_name": COOP,
                "since": { "sequence": key.since, "time": 0 }, "retired": actor.retired.is_some(),
            });
            if let (Some(revoked), Some(told)) = (revoked, told.as_object_mut()) {
                told.insert("revoked".to_owned(), revoked);
            }
            Some(told)
        });
        let found: Vec<Value> = found.collect();
        if found.is_empty() {
            return not_found("no_such_key");
        }
        answer(200, &json!({ "key_id": id, "actors": found, "authorities": [] }))
    }

    fn chains_of(&self, id: &str) -> Got {
        let Ok(actor) = id.parse::<ChainId>() else { return not_found("no_such_chain") };
        if self.world.ledger().chain(&actor).is_none() {
            return not_found("no_such_chain");
        }
        let mut all = vec![json!({ "start": { "actor": actor, "as_of": 0 } })];
        let mut count = 0;
        for &id in self.world.ids() {
            let Some(state) = self.world.ledger().chain(&id) else { continue };
            let mine = state.custodian() == Some(actor);
            let why = if id == actor {
                "self"
            } else if mine {
                "held"
            } else {
                "around"
            };
            let sort = match state.sort() {
                ChainSort::Actor => "actor",
                ChainSort::GrowingArea => "growing_area",
                ChainSort::PackingHouse => "packing_house",
                ChainSort::Plot => "plot",
                ChainSort::Batch => "batch",
            };
            count += 1;
            all.push(json!({ "chain": {
                "chain": id, "sort": sort, "why": why, "sequence": state.sequence, "head": state.head,
            } }));
        }
        all.push(json!({ "end": { "chains": count } }));
        lines(&all)
    }

    fn records(&self, id: &str, query: &str) -> Got {
        let Ok(id) = id.parse::<ChainId>() else { return not_found("no_such_chain") };
        let records = self.world.ledger().records(&id);
        if records.is_empty() {
            return not_found("no_such_chain");
        }
        let from = query.strip_prefix("from=").and_then(|from| from.parse().ok()).unwrap_or(0);
        let bytes = records.iter().skip(from).flat_map(SignedRecord::as_bytes).copied().collect();
        Got { status: 200, bytes, offset: None, date: None }
    }

    /// Many chains at once.
    fn read(&self, body: &[u8]) -> Got {
        let asked: Value = serde_json::from_slice(body).unwrap_or_default();
        let (mut bytes, mut count) = (Vec::new(), 0_u8);
        for &id in self.world.ids() {
            let Some(from) = asked.get(id.to_string()).and_then(Value::as_u64) else { continue };
            let records = self.world.ledger().records(&id).iter().skip(usize::try_from(from).unwrap_or(usize::MAX));
            let records: Vec<ByteString> = records.map(|record| ByteString(record.as_bytes().to_vec())).collect();
            let item = (ByteString(id.as_bytes().to_vec()), from, records, Vec::<u64>::new());
            bytes.extend(cbor::to_canonical(&item, LIMITS).unwrap_or_default());
            count = count.saturating_add(1);
        }
        bytes.extend(cbor::to_canonical(&count, LIMITS).unwrap_or_default());
        Got { status: 200, bytes, offset: None, date: None }
    }

    fn head(&self, id: &str) -> Got {
        let state = id.parse::<ChainId>().ok().and_then(|id| self.world.ledger().chain(&id));
        let Some(state) = state else { return not_found("no_such_chain") };
        let kind = state.sort().kind();
        answer(200, &json!({ "chain": state.id, "kind": kind, "sequence": state.sequence, "head": state.head }))
    }

    fn groups(&mut self, body: &[u8]) -> Got {
        let Ok(items) = cbor::split_sequence(body) else {
            return answer(400, &json!({ "status": 400, "code": "bad_sequence", "detail": "no sequence" }));
        };
        let count = items.len();
        let mut all: Vec<Value> = items.into_iter().enumerate().map(|(n, item)| self.group(n, item)).collect();
        all.push(json!({ "end": { "groups": count } }));
        lines(&all)
    }

    fn group(&mut self, number: usize, item: &[u8]) -> Value {
        let bad =
            || json!({ "group": number, "status": 400, "problem": { "code": "bad_group", "detail": "no group" } });
        let Ok(group) = cbor::from_canonical::<Vec<ByteString>>(item, LIMITS) else { return bad() };
        let records: Option<Vec<SignedRecord>> =
            group.into_iter().map(|record| SignedRecord::from_bytes(record.0).ok()).collect();
        let Some(records) = records else { return bad() };
        match self.world.admit_all(&records) {
            Ok(all) => {
                let results = all.iter().enumerate().map(|(index, one)| {
                    let status = if one.is_new { "accepted" } else { "duplicate" };
                    json!({
                        "index": index, "status": status, "statement_id": one.statement, "chain": one.chain,
                        "sequence": one.sequence,
                    })
                });
                json!({ "group": number, "status": 200, "results": results.collect::<Vec<_>>() })
            }
            Err((index, error)) => {
                json!({ "group": number, "status": status_of(&error), "problem": problem(&error, index, &records) })
            }
        }
    }
}

const fn status_of(error: &NotAdmitted) -> u16 {
    if matches!(error, NotAdmitted::Conflict(_)) { 409 } else { 422 }
}

fn problem(error: &NotAdmitted, index: usize, records: &[SignedRecord]) -> Value {
    let at = records.get(index).and_then(|signed| Record::from_payload(signed.payload()).ok());
    let (chain, sequence) = at.map_or((None, 0), |record| (record.chain, record.sequence));
    let mut told = json!({ "index": index, "sequence": sequence, "detail": error.to_string(), "code": "rejected" });
    let Some(fields) = told.as_object_mut() else { return told };
    if let Some(chain) = chain {
        fields.insert("chain".to_owned(), json!(chain));
    }
    match error {
        NotAdmitted::Conflict(head) => {
            fields.insert("code".to_owned(), json!("conflict"));
            fields.insert("head".to_owned(), json!({ "sequence": head.sequence, "statement_id": head.statement }));
        }
        NotAdmitted::Rejected(fault) => {
            fields.insert("code".to_owned(), json!(fault.code()));
            if let Some(remaining) = fault.remaining() {
                fields.insert("remaining".to_owned(), json!(remaining));
            }
            if let Fault::HarvestTooEarly { earliest } = &**fault {
                fields.insert("earliest".to_owned(), json!(earliest.get()));
            }
        }
        _ => {}
    }
    told
}

/// Products to practise with: real kinds, so that their intervals are of a real size; the names are invented.
fn products() -> Value {
    json!([
        { "name": "Thuốc sâu tập thử 1.8EC", "active_ingredient": "Abamectin", "phi_days": 7 },
        { "name": "Thuốc nấm tập thử 80WP", "active_ingredient": "Mancozeb", "phi_days": 14 },
        { "name": "Sinh học tập thử", "active_ingredient": "Bacillus thuringiensis", "phi_days": 1 },
    ])
}
