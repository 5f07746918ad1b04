//! What the fuzz targets start from: the inputs of the vectors, as bytes.

use nguon_core::trace::{Direction, Line, of_history, walk};
use nguon_core::verify::{Options, verify};
use serde_json::Value;

use super::File;
use super::logged::{CLOSED, LOG, ORIGIN};
use super::naive::{
    Entry, Hash, base64, checkpoint, consistency, digest, leaf_hash, map_proof, signed, tree_root, verifier_key,
};
use super::world::{World, key};

/// A bundle larger than this teaches a fuzzer nothing more.
const LARGEST: usize = 7_000;
/// The same with a proof.
const LARGEST_LOGGED: usize = 9_000;

/// The smallest that has all kinds of chain.
const LARGEST_STAGED: usize = 24_000;

/// Target, name and bytes of every file.
pub fn all(files: &[File]) -> Vec<(&'static str, String, Vec<u8>)> {
    let mut corpora = Vec::new();
    for file in files {
        for (number, (_, input, expect)) in file.cases.iter().enumerate() {
            let name = format!("{}_{number:02}", file.name);
            let mut add_bytes = |target, bytes: Vec<u8>| {
                let largest = match target {
                    "logged_bundle" => LARGEST_LOGGED,
                    "staged" => LARGEST_STAGED,
                    _ => LARGEST,
                };
                if bytes.len() <= largest {
                    corpora.push((target, name.clone(), bytes));
                }
            };
            let mut add = |target, value: &Value| add_bytes(target, unhex(value.as_str().unwrap_or_default()));
            match file.kind {
                "canonical_cbor" => add("canonical", &input["bytes"]),
                "record" => add("record", &input["payload"]),
                "envelope" => add("envelope", &input["bytes"]),
                "trust_root" if input["later"].is_array() => add_bytes("root_chain", root_chain(input)),
                "trust_root" => add("trust_root", &input["signed_root"]),
                "bundle" if !file.name.starts_with("logged") => add("bundle", &input["bundle"]),
                "bundle" => {
                    add("logged_bundle", &input["bundle"]);
                    if let Some(proof) = proof_of(&unhex(input["bundle"].as_str().unwrap_or_default())) {
                        add_bytes("proof", proof);
                    }
                }
                "staged_bundle" => add("staged", &input["sequence"]),
                "log_leaf" => add("log_leaf", &input["bytes"]),
                "absence" => add("absence", &input["absence"]),
                "recall_list" => add("recall_list", &input["list"]),
                "evidence" => add("evidence", &input["evidence"]),
                "serial_proof" => add("serial_proof", &input["proof"]),
                "inclusion" => add_bytes("tree_proof", tree_proof(input)),
                "checkpoint" => add_bytes("checkpoint", input["text"].as_str().unwrap_or_default().into()),
                "note" | "cosigned_checkpoint" => {
                    let note = input["note"].as_str().unwrap_or_default();
                    add_bytes("note", note.into());
                    add_bytes("add_checkpoint", format!("old 0\n\n{note}").into_bytes());
                }
                "field_digest" if expect["value"].is_string() => add("opening", &expect["value"]),
                _ => {}
            }
            if let Some(record) = expect.get("record") {
                corpora.push(("json_record", name.clone(), record.to_string().into_bytes()));
            }
        }
    }
    let numbered = |(number, bytes)| (format!("{number:02}"), bytes);
    let add = |target| move |(name, bytes): (String, Vec<u8>)| (target, name, bytes);
    corpora.extend((0..).zip(sequences()).map(numbered).map(add("sequence")));
    corpora.extend((0..).zip(trace_lines()).map(numbered).map(add("trace_line")));
    corpora.extend((0..).zip(map_proofs()).map(numbered).map(add("map_proof")));
    corpora.extend((0..).zip(entry_bundles()).map(numbered).map(add("entry_bundle")));
    corpora.extend((0..).zip(requests()).map(numbered).map(add("add_checkpoint")));
    corpora.extend((0..).zip(verifier_keys()).map(numbered).map(add("verifier_key")));
    let texts = [("gs1_link", LINKS), ("gs1_typed", TYPED), ("gs1_gtin", GTINS), ("tile_path", TILES)];
    for (target, texts) in texts {
        corpora.extend(texts.iter().enumerate().map(|(n, text)| (target, format!("{n:02}"), text.as_bytes().to_vec())));
    }
    corpora
}

/// What a bundle holds of the log.
fn proof_of(bundle: &[u8]) -> Option<Vec<u8>> {
    nguon_core::verify::Bundle::from_bytes(bundle).ok()?.proof.map(|proof| proof.0)
}

/// Index and size, eight bytes each, then root and proof.
fn tree_proof(input: &Value) -> Vec<u8> {
    let numbers = ["index", "size"].map(|name| input[name].as_u64().expect("a number").to_be_bytes());
    let hashes = input["proof"].as_array().expect("hashes");
    let hashes = std::iter::once(&input["root"]).chain(hashes).flat_map(|hash| unhex(hash.as_str().expect("a hash")));
    numbers.concat().into_iter().chain(hashes).collect()
}

/// All versions as one array.
fn root_chain(input: &Value) -> Vec<u8> {
    let later = input["later"].as_array().expect("versions");
    let versions = std::iter::once(&input["signed_root"]).chain(later);
    let versions: Vec<Vec<u8>> = versions.map(|root| unhex(root.as_str().expect("a root"))).collect();
    let count = u8::try_from(versions.len()).expect("few");
    [vec![0x80 + count], versions.concat()].concat()
}

/// Items of every kind, one after the other; whole ones, and cut.
fn sequences() -> Vec<Vec<u8>> {
    let record = World::new();
    let record = record.ledger.records(&record.coop)[0].as_bytes().to_vec();
    let cut = record[..record.len() - 1].to_vec();
    let small = vec![0x01, 0x20, 0x41, 0xff, 0x61, b'a', 0x82, 0x02, 0x81, 0x03, 0xa1, 0x61, b'b', 0xf5, 0xd2, 0x00];
    let long =
        vec![0x18, 24, 0x59, 0, 2, 7, 7, 0x1b, 0, 0, 0, 0, 0, 0, 0, 1, 0xf9, 0, 0, 0x9b, 0, 0, 0, 0, 0, 0, 0, 1, 0];
    let endless = vec![0x01, 0x5f, 0x41, 0, 0xff];
    let huge = vec![0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff];
    vec![small, long, record.repeat(2), [record, cut].concat(), endless, huge, vec![0x81; 300], vec![]]
}

/// The lines of a walk back from the world's lot.
fn trace_lines() -> Vec<Vec<u8>> {
    let world = super::logged::world();
    let bundle = world.ledger.bundle(world.lot).expect("a bundle").to_bytes().expect("encoded");
    let options = Options::at(super::world::time(CLOSED + 60));
    let trust = super::logged::trust();
    let history = verify(&bundle, &trust, &options).history.expect("a history");
    let mut lines: Vec<Vec<u8>> = Vec::new();
    let mut add = |line: Line| lines.push(serde_json::to_vec(&line).expect("a line"));
    let mut graph = of_history(&history);
    let Ok(_) = walk(&mut graph, vec![world.lot], Direction::Back, 100, &mut add);
    lines
}

/// Which keys are asked for, one bit each, and the proof over a map of the first five.
fn map_proofs() -> Vec<Vec<u8>> {
    let key = |number: u8| leaf_hash(&[number]);
    let map: Vec<Entry> = (0..5).map(|number| (key(number), digest(&[&[number]]))).collect();
    let proof = |asked: u8| {
        let keys: Vec<Hash> = (0..8).filter(|number| asked >> number & 1 == 1).map(key).collect();
        [vec![asked], map_proof(&map, &keys)].concat()
    };
    [0x00, 0x01, 0x02, 0x04, 0x13, 0x1f, 0x20, 0xe0, 0xff].map(proof).to_vec()
}

/// One less than the number of entries, and the entries.
fn entry_bundles() -> Vec<Vec<u8>> {
    let leaf = [&[0, 41][..], &[7; 41]].concat();
    let bundle = |count: u8| [vec![count - 1], leaf.repeat(count.into())].concat();
    [bundle(1), bundle(2), bundle(100), vec![0, 0, 0], vec![0, 0], vec![0, 0xff, 0xff]].to_vec()
}

/// Requests with a consistency proof.
fn requests() -> Vec<Vec<u8>> {
    let leaves: Vec<Hash> = (0..7_u8).map(|number| leaf_hash(&[number])).collect();
    let request = |old: usize| {
        let text = checkpoint(ORIGIN, 7, &tree_root(&leaves));
        let hashes = consistency(old, &leaves);
        let proof: String = hashes.iter().map(|hash| format!("{}\n", base64(hash))).collect();
        format!("old {old}\n{proof}\n{text}\n{}", signed(&text, ORIGIN, key(LOG))).into_bytes()
    };
    [0, 1, 3, 4, 6, 7].map(request).to_vec()
}

fn verifier_keys() -> Vec<Vec<u8>> {
    let keys = [(ORIGIN, 1, LOG), (ORIGIN, 4, LOG), ("w1.example", 4, 201), ("x", 2, 9)];
    keys.map(|(name, kind, number)| verifier_key(name, kind, key(number)).into_bytes()).to_vec()
}

const TILES: &[&str] = &[
    "tile/0/000",
    "tile/0/x001/x234/067",
    "tile/1/000.p/5",
    "tile/63/999.p/255",
    "tile/entries/000",
    "tile/entries/x001/067.p/1",
    "tile/64/000",
    "tile/0/x000/001",
    "tile/0/000.p/256",
    "tile/00/000",
];

fn unhex(text: &str) -> Vec<u8> {
    let digits: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
    let byte = |pair: &[char]| u8::from_str_radix(&String::from_iter(pair), 16).expect("hexadecimal");
    digits.chunks(2).map(byte).collect()
}

const LINKS: &[&str] = &[
    "https://nguon.example/01/09521234543213/10/ABC123",
    "https://nguon.example/01/09521234543213/10/ABC123/21/0042#AAECAwQFBgcICQoLDA0ODw",
    "https://nguon.example/t/01/09521234543213/22/2A/10/ABC123?17=261231",
    "https://nguon.example:8443/01/9521234543213/10/A%2FB%23",
    "http://127.0.0.1:8787/01/09521234543213/10/x/",
    "https://nguon.example/01/09521234543213/10/..",
    "https://nguon.example/01/09521234543214/10/ABC123",
    "https://nguon.example/10/ABC123/01/09521234543213",
];

const TYPED: &[&str] = &[
    "(01)09521234543213(10)ABC123",
    "(10) ABC123 (01) 0952 1234 5432 13 (21) 42",
    "010952123454321310ABC123\u{1d}2142",
    "]d2010952123454321310ABC123",
    "nguon.example/01/09521234543213/10/ABC123",
    "/01/09521234543213/10/ABC123#AAECAwQFBgcICQoLDA0ODw",
    "(01)09521234543214(10)ABC123",
    "(01)",
];

const GTINS: &[&str] = &["09521234543213", "9521234543213", "952123400003", "95212346", "09521234543214", "0952", ""];
