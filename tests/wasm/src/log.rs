//! `log_leaf`: `{bytes}` → `{sort, log_time, content, leaf_hash}`, or `{refused}` with the reason.
//!
//! `log_entry`: `{chain: {records: [{id, index, log_time, anchor_time}], forked, recalled}}` or `{roots: {versions: [{id, index,
//! log_time}]}}` → `{entries}`, folded up to each of them, and `value`, the hash that the map holds in the end.
//!
//! `map_key`: `{chain: {id}}`, `{label: {gtin, lot, owner}}`, `{place: {issuer, code, owner}}` or `{roots: {}}` → `{key}` and,
//! of a label or place, `value`; an `owner` of null has released it.

use nguon_core::bytes::to_hex;
use nguon_core::ids::{ChainId, StatementId};
use nguon_core::log::{self, ChainEntry, EntryHash, Leaf, LeafError, Position};
use nguon_core::values::{Label, Time};
use nguon_tlog::hash;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::hex::{Hex, Hex32};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bytes {
    bytes: Hex,
}

pub fn ask_leaf(input: &Bytes) -> Value {
    let bytes = &input.bytes.0;
    let (sort, content) = match Leaf::from_bytes(bytes) {
        Ok(Leaf::Record { statement, .. }) => ("record", *statement.as_bytes()),
        Ok(Leaf::Map { root, .. }) => ("map", *root.as_bytes()),
        Ok(Leaf::Root { payload, .. }) => ("root", payload),
        Ok(Leaf::Fork { evidence, .. }) => ("fork", evidence),
        Err(error) => return json!({"refused": reason(error), "message": error.to_string()}),
    };
    let again = Leaf::from_bytes(bytes).map(|leaf| (leaf.to_bytes().to_vec(), leaf.log_time()));
    let log_time = again.as_ref().map(|(_, time)| time.get()).unwrap_or_default();
    json!({
        "sort": sort,
        "log_time": log_time,
        "content": to_hex(&content),
        "leaf_hash": hash::leaf(bytes).to_string(),
        "encodes_to_the_same": again.is_ok_and(|(again, _)| again == *bytes),
    })
}

const fn reason(error: LeafError) -> &'static str {
    match error {
        LeafError::Length(_) => "length",
        LeafError::Sort(_) => "sort",
        LeafError::Time => "time",
        _ => "other",
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "snake_case")]
pub enum Entries {
    Chain { records: Vec<Placed>, forked: bool, recalled: bool },
    Roots { versions: Vec<Placed> },
}

/// A record, or a version of the trust root, with its place.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Placed {
    id: Hex32,
    index: u64,
    log_time: Time,
    #[serde(default)]
    anchor_time: Option<Time>,
}

impl Placed {
    fn position(&self) -> Position {
        let anchor_time = self.anchor_time.unwrap_or(Time::ZERO);
        Position { index: self.index, log_time: self.log_time, anchor_time }
    }
}

pub fn ask_entry(input: Entries) -> Value {
    let (entries, value): (Vec<String>, _) = match input {
        Entries::Chain { records, forked, recalled } => {
            let mut chain = ChainEntry { forked, recalled, ..ChainEntry::START };
            let mut next = |record: &Placed| {
                chain = chain.next(&StatementId::from_bytes(record.id.0), &record.position());
                to_hex(chain.entry.as_bytes())
            };
            (records.iter().map(&mut next).collect(), chain.value())
        }
        Entries::Roots { versions } => {
            let mut entry = EntryHash::START;
            let mut next = |version: &Placed| {
                entry = entry.next(&version.id.0, &version.position());
                to_hex(entry.as_bytes())
            };
            let entries = versions.iter().map(&mut next).collect();
            (entries, log::root_value(&entry, versions.len() as u64))
        }
    };
    json!({"entries": entries, "value": to_hex(&value)})
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "snake_case")]
pub enum Named {
    Chain { id: ChainId },
    Label { gtin: String, lot: String, owner: Option<ChainId> },
    Place { issuer: String, code: String, owner: Option<ChainId> },
    Roots {},
}

pub fn ask_key(input: Named) -> Value {
    let owned = |key: Option<[u8; 32]>, owner: Option<ChainId>| match key {
        Some(key) => {
            let value = owner.map_or_else(log::free_value, |owner| log::name_value(&owner));
            json!({"key": to_hex(&key), "value": to_hex(&value)})
        }
        None => json!({"error": "no label, or no code"}),
    };
    match input {
        Named::Chain { id } => json!({"key": to_hex(&log::chain_key(&id))}),
        Named::Label { gtin, lot, owner } => {
            let label = gtin.parse().ok().zip(lot.parse().ok()).map(|(gtin, lot)| Label { gtin, lot });
            owned(label.map(|label| log::label_key(&label)), owner)
        }
        Named::Place { issuer, code, owner } => {
            let names = issuer.parse().ok().zip(code.parse().ok());
            owned(names.map(|(issuer, code)| log::place_key(&issuer, &code)), owner)
        }
        Named::Roots {} => json!({"key": to_hex(&log::root_key())}),
    }
}
