//! Leaf data, entries, keys of the map.

use serde_json::{Value, json};

use super::naive::digest;
use super::{File, hex};

type Case = (String, Value, Value);

const TIME: u64 = 1_781_049_600;

pub fn leaves() -> File {
    let content = digest(&[b"content"]);
    let data = |sort: u8, time: u64| [&[sort][..], &time.to_be_bytes(), &content].concat();
    let sorts = ["record", "map", "root", "fork"];
    let mut cases: Vec<Case> = Vec::new();
    let mut good = |name: String, sort: u8, time: u64| {
        let bytes = data(sort, time);
        let expect = json!({
            "sort": sorts[usize::from(sort)], "log_time": time, "content": hex(&content),
            "leaf_hash": hex(&digest(&[&[0], &bytes])), "encodes_to_the_same": true,
        });
        cases.push((name, json!({"bytes": hex(&bytes)}), expect));
    };
    for (number, sort) in (0..).zip(sorts) {
        good(format!("a {sort}"), number, TIME);
    }
    good("the earliest time".into(), 0, 0);
    good("the latest time".into(), 1, (1 << 53) - 1);
    let refused = [
        ("nothing", vec![], "length"),
        ("40 bytes", data(0, TIME)[..40].to_vec(), "length"),
        ("42 bytes", [data(0, TIME), vec![0]].concat(), "length"),
        ("a sort that nobody knows", data(4, TIME), "sort"),
        ("the last sort there could be", data(255, TIME), "sort"),
        ("a time beyond 2^53 − 1", data(0, 1 << 53), "time"),
    ];
    cases.extend(
        refused
            .map(|(name, bytes, reason)| (name.to_owned(), json!({"bytes": hex(&bytes)}), json!({"refused": reason}))),
    );
    File {
        name: "log_leaves",
        kind: "log_leaf",
        purpose: "Data of the log's leaves, 41 bytes each (SPEC.md section 10).",
        shared: None,
        format: json!({
            "input": {"bytes": "leaf data, hexadecimal"},
            "expect": {
                "sort": "record, map, root or fork", "log_time": "Unix seconds", "content": "32 bytes",
                "leaf_hash": "SHA-256(0x00 ‖ leaf data)", "refused": "the length, the sort or the time",
            },
        }),
        cases,
    }
}

/// Id, index, log time and anchor time.
type Placed = ([u8; 32], u64, u64, u64);

fn fold(placed: &[Placed]) -> Vec<[u8; 32]> {
    let next = |entry: &mut [u8; 32], (id, index, log_time, anchor_time): &Placed| {
        let numbers = [index, log_time, anchor_time].map(|number| number.to_be_bytes()).concat();
        *entry = digest(&[b"nguon/entry/v1\n", entry, id, &numbers]);
        Some(*entry)
    };
    placed.iter().scan([0; 32], next).collect()
}

fn shown(placed: &[Placed], anchored: bool) -> Vec<Value> {
    let one = |(id, index, log_time, anchor_time): &Placed| {
        let mut one = json!({"id": hex(id), "index": index, "log_time": log_time});
        if anchored {
            one["anchor_time"] = (*anchor_time).into();
        }
        one
    };
    placed.iter().map(one).collect()
}

pub fn entries() -> File {
    let id = |number: u8| digest(&[b"statement", &[number]]);
    let chain = |placed: &[Placed], [forked, recalled]: [bool; 2]| {
        let entries = fold(placed);
        let last = entries.last().copied().unwrap_or_default();
        let count = u64::try_from(placed.len()).expect("few").to_be_bytes();
        let value = digest(&[&last, &count, &[u8::from(forked) + 2 * u8::from(recalled)]]);
        let input = json!({"chain": {"records": shown(placed, true), "forked": forked, "recalled": recalled}});
        (input, json!({"entries": entries.map_hex(), "value": hex(&value)}))
    };
    let roots = |placed: &[Placed]| {
        let entries = fold(placed);
        let last = entries.last().copied().unwrap_or_default();
        let version = u64::try_from(placed.len()).expect("few").to_be_bytes();
        let input = json!({"roots": {"versions": shown(placed, false)}});
        (input, json!({"entries": entries.map_hex(), "value": hex(&digest(&[&last, &version]))}))
    };
    let three = [(id(0), 1, TIME, 0), (id(1), 7, TIME + 5, TIME - 90), (id(2), 4_294_967_296, TIME + 5, TIME)];
    let elsewhere = [(id(0), 2, TIME, 0), three[1], three[2]];
    let cases = [
        ("a chain without records", chain(&[], [false; 2])),
        ("one record", chain(&three[..1], [false; 2])),
        ("three records, two of them anchored", chain(&three, [false; 2])),
        ("the same, forked", chain(&three, [true, false])),
        ("the same, a recall standing on it", chain(&three, [false, true])),
        ("the same, forked and a recall standing on it", chain(&three, [true, true])),
        ("the same, its first record at another index", chain(&elsewhere, [false; 2])),
        ("one version of the trust root", roots(&[(id(7), 0, TIME, 0)])),
        ("two versions of the trust root", roots(&[(id(7), 0, TIME, 0), (id(8), 90, TIME + 86_400, 0)])),
    ];
    File {
        name: "log_entries",
        kind: "log_entry",
        purpose: "How a chain's records, or the trust root's versions, are folded into the map's value (SPEC.md section 10).",
        shared: None,
        format: json!({
            "input": {
                "chain": "{records: [{id, index, log_time, anchor_time}], forked, recalled}, id being a statement id",
                "roots": "{versions: [{id, index, log_time}]}, id being SHA-256(payload)",
            },
            "expect": {"entries": "e_0, e_1, …", "value": "SHA-256 of what the map holds in the end"},
        }),
        cases: cases.map(|(name, (input, expect))| (name.to_owned(), input, expect)).to_vec(),
    }
}

trait MapHex {
    fn map_hex(&self) -> Vec<String>;
}

impl MapHex for Vec<[u8; 32]> {
    fn map_hex(&self) -> Vec<String> {
        self.iter().map(|hash| hex(hash)).collect()
    }
}

pub fn keys() -> File {
    let owner = digest(&[b"owner"]);
    let value = hex(&digest(&[&owner]));
    let label = |gtin: &str, lot: &str| {
        let key = digest(&[b"nguon/label/v1\n", gtin.as_bytes(), lot.as_bytes()]);
        let input = json!({"label": {"gtin": gtin, "lot": lot, "owner": hex(&owner)}});
        (input, json!({"key": hex(&key), "value": value}))
    };
    let place = |issuer: &str, code: &str| {
        let length = u32::try_from(issuer.len()).expect("short").to_be_bytes();
        let key = digest(&[b"nguon/place/v1\n", &length, issuer.as_bytes(), code.as_bytes()]);
        let input = json!({"place": {"issuer": issuer, "code": code, "owner": hex(&owner)}});
        (input, json!({"key": hex(&key), "value": value}))
    };
    let chain = digest(&[b"nguon/chain/v1\n", &owner]);
    let released = |name: &str| {
        let (mut input, mut expect) =
            if name == "label" { label("09521234543213", "VT-2026-001") } else { place("VN", "VN-MAU-0001") };
        input[name]["owner"] = Value::Null;
        expect["value"] = hex(&digest(&[])).into();
        (input, expect)
    };
    let cases = [
        ("a chain", (json!({"chain": {"id": hex(&owner)}}), json!({"key": hex(&chain)}))),
        ("a label", label("09521234543213", "VT-2026-001")),
        ("a label whose lot is in lower case", label("09521234543213", "vt-2026-001")),
        ("a place", place("VN", "VN-MAU-0001")),
        ("issuer and code split elsewhere", place("VNV", "N-MAU-0001")),
        ("a label that its batch has released", released("label")),
        ("a place whose code was released", released("place")),
        ("the trust roots", (json!({"roots": {}}), json!({"key": hex(&digest(&[b"nguon/root/v1\n"]))}))),
    ];
    File {
        name: "map_keys",
        kind: "map_key",
        purpose: "Where the heads map keeps what (SPEC.md section 10).",
        shared: None,
        format: json!({
            "input": {
                "chain": "{id}", "label": "{gtin, lot, owner}", "place": "{issuer, code, owner}, the owner null once the name is released", "roots": "{}",
            },
            "expect": {"key": "hexadecimal", "value": "SHA-256(owner), or SHA-256 of nothing, for labels and places"},
        }),
        cases: cases.map(|(name, (input, expect))| (name.to_owned(), input, expect)).to_vec(),
    }
}
