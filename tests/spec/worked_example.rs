//! Section 13, recomputed from the page's words alone: nothing here comes from nguon-core.

#[allow(dead_code)] // shared with the vectors, which use all of it
#[path = "../vectors/make/naive.rs"]
mod naive;

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ciborium::Value;
use ed25519_dalek::{Signer as _, SigningKey};
use sha2::{Digest as _, Sha256};

use crate::cddl::{bytes, fits, value};
use crate::page::{blocks, section};

fn sha256(parts: &[&[u8]]) -> Vec<u8> {
    Sha256::digest(parts.concat()).to_vec()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// RFC 8949 §4.2.1: keys in bytewise order of their encodings.
fn map(entries: Vec<(&str, Value)>) -> Value {
    let mut entries: Vec<(Value, Value)> = entries.into_iter().map(|(key, value)| (key.into(), value)).collect();
    entries.sort_by_key(|(key, _)| bytes(key));
    Value::Map(entries)
}

fn filled(byte: u8, length: usize) -> Value {
    Value::Bytes(vec![byte; length])
}

const RECORD: usize = 0;
const LOG: usize = 1;
const NOTE: usize = 2;

/// Names and values of a block of the example; a value goes on over lines that are all hexadecimal.
fn printed(block: usize) -> BTreeMap<&'static str, String> {
    let mut found: BTreeMap<&str, String> = BTreeMap::new();
    let mut last = "";
    for line in blocks(13, "")[block].lines() {
        match line.rsplit_once(' ') {
            Some((name, value)) => {
                last = name.trim();
                assert!(found.insert(last, value.into()).is_none());
            }
            None => found.get_mut(last).expect("a value goes on").push_str(line),
        }
    }
    found
}

#[test]
fn a_stranger_computes_what_the_page_prints() {
    let key = SigningKey::from_bytes(&[1; 32]);
    let public = key.verifying_key().to_bytes();
    let key_id = sha256(&[b"nguon/key/v1\n", &public]);
    let deployment = sha256(&[b"nguon"]);

    let label = map(vec![("gtin", "09521234000013".into()), ("lot", "LN-0106".into())]);
    let opened = map(vec![("owner", filled(0x22, 32)), ("product", "vải thiều".into()), ("label", label)]);
    let record = map(vec![
        ("version", 1.into()),
        ("kind", "batch".into()),
        ("sequence", 0.into()),
        ("signer", map(vec![("actor", filled(0x22, 32))])),
        ("signed_at", 1_780_272_000.into()),
        ("utc_offset", 420.into()),
        ("event", map(vec![("opened", opened)])),
        ("nonce", filled(0x33, 16)),
    ]);
    assert!(fits("record", &record));
    let payload = bytes(&record);

    let content_type = "application/vnd.nguon.record.v1+cbor";
    let protected = bytes(&Value::Map(vec![
        (1.into(), (-19).into()),
        (3.into(), content_type.into()),
        (4.into(), Value::Bytes(key_id.clone())),
    ]));
    let external_aad = [b"nguon/v1\n", &deployment[..]].concat();
    let signed = bytes(&Value::Array(vec![
        "Signature1".into(),
        Value::Bytes(protected),
        Value::Bytes(external_aad),
        Value::Bytes(payload.clone()),
    ]));
    let statement = sha256(&[b"nguon/statement/v1\n", &signed]);

    let (path, name) = ("enrolled/name", bytes(&"Nguyễn Văn Bảy".into()));
    let length = u32::try_from(path.len()).unwrap().to_be_bytes();
    let digest = sha256(&[b"nguon/field/v1\n", &[0x44; 16], &length, path.as_bytes(), &name]);

    let computed = BTreeMap::from([
        ("public key", hex(&public)),
        ("key id", hex(&key_id)),
        ("deployment", hex(&deployment)),
        ("payload", hex(&payload)),
        ("Sig_structure", hex(&signed)),
        ("statement id", hex(&statement)),
        ("signature", hex(&key.sign(&signed).to_bytes())),
        ("commitment", URL_SAFE_NO_PAD.encode(&statement[..16])),
        ("field digest", hex(&digest)),
    ]);
    assert_eq!(printed(RECORD), computed);
}

fn unhex(digits: &str) -> Vec<u8> {
    (0..digits.len() / 2).map(|at| u8::from_str_radix(&digits[2 * at..2 * at + 2], 16).unwrap()).collect()
}

fn array(digits: &str) -> [u8; 32] {
    unhex(digits).try_into().unwrap()
}

#[test]
fn a_stranger_computes_the_log_that_the_page_prints() {
    let record = printed(RECORD);
    let [statement, deployment] = ["statement id", "deployment"].map(|name| array(&record[name]));
    let [begun, taken, closed] = [1_780_272_010_u64, 1_780_272_020, 1_780_272_030];
    let entry = |id: &[u8; 32], index: u64, log_time: u64| {
        let numbers = [index, log_time, 0].map(u64::to_be_bytes).concat();
        naive::digest(&[b"nguon/entry/v1\n", &[0; 32], id, &numbers])
    };
    let (root_entry, chain_entry) = (entry(&deployment, 0, begun), entry(&statement, 1, taken));
    let one = 1_u64.to_be_bytes();
    let root = (naive::digest(&[b"nguon/root/v1\n"]), naive::digest(&[&root_entry, &one]));
    let chain = (naive::digest(&[b"nguon/chain/v1\n", &statement]), naive::digest(&[&chain_entry, &one, &[0]]));
    let label = (naive::digest(&[b"nguon/label/v1\n", b"09521234000013LN-0106"]), naive::digest(&[&statement]));
    let mut map = [root, chain, label];
    map.sort_unstable();
    let map_root = naive::map_root(&map);
    let leaf = |sort: u8, time: u64, content: &[u8; 32]| [&[sort], &time.to_be_bytes()[..], content].concat();
    let leaves = [leaf(2, begun, &deployment), leaf(0, taken, &statement), leaf(1, closed, &map_root)];
    let hashes = leaves.each_ref().map(|leaf| naive::leaf_hash(leaf));
    let tree_root = naive::tree_root(&hashes);

    let mut computed = BTreeMap::from([
        ("root entry", hex(&root_entry)),
        ("chain entry", hex(&chain_entry)),
        ("root key", hex(&root.0)),
        ("root value", hex(&root.1)),
        ("chain key", hex(&chain.0)),
        ("chain value", hex(&chain.1)),
        ("label key", hex(&label.0)),
        ("label value", hex(&label.1)),
        ("map root", hex(&map_root)),
        ("multiproof", hex(&naive::map_proof(&map, &[chain.0, root.0]))),
        ("tree root", hex(&tree_root)),
        ("inclusion", hex(&naive::path(2, &hashes).concat())),
    ]);
    computed.extend(["leaf 0", "leaf 1", "leaf 2"].into_iter().zip(leaves.iter().map(|leaf| hex(leaf))));
    let names = ["leaf hash 0", "leaf hash 1", "leaf hash 2"];
    computed.extend(names.into_iter().zip(hashes.iter().map(|hash| hex(hash))));
    assert_eq!(printed(LOG), computed);

    let [log, witness] = [2, 3].map(|byte| SigningKey::from_bytes(&[byte; 32]));
    let text = naive::checkpoint("log.example", 3, &tree_root);
    let lines =
        [naive::signed(&text, "log.example", &log), naive::cosigned(&text, "w.example", &witness, 1_780_272_031)];
    assert_eq!(format!("{}\n", blocks(13, "")[NOTE]), format!("{text}\n{}", lines.concat()));
}

/// What the page prints is what the code takes.
#[test]
fn the_log_that_the_page_prints_is_one() {
    use nguon_tlog::note::{Note, NoteKey};
    use nguon_tlog::{checkpoint::Checkpoint, hash, map, tree};
    let printed = printed(LOG);
    let note = Note::parse(&format!("{}\n", blocks(13, "")[NOTE])).unwrap();
    let key = |name, byte| NoteKey::new(name, SigningKey::from_bytes(&[byte; 32]).verifying_key().as_bytes()).unwrap();
    assert!(note.signed_by(&key("log.example", 2)));
    assert_eq!(note.cosigned_by(&key("w.example", 3)), Some(1_780_272_031));
    let checkpoint = Checkpoint::parse(note.text()).unwrap();
    let inclusion = nguon_core::verify::hashes(&unhex(&printed["inclusion"])).unwrap();
    let last = hash::leaf(&unhex(&printed["leaf 2"]));
    tree::verify_inclusion(&last, 2, checkpoint.size, &inclusion, &checkpoint.root).unwrap();
    let mut claims = ["root", "chain"]
        .map(|name| (array(&printed[&*format!("{name} key")]), Some(array(&printed[&*format!("{name} value")]))));
    claims.sort_unstable();
    let map_root = hash::Hash::from_bytes(array(&printed["map root"]));
    map::verify(&map_root, &claims, &unhex(&printed["multiproof"])).unwrap();
}

/// The envelope that section 3 draws is the one the code writes around this payload.
#[test]
fn the_envelope_is_as_drawn() {
    let printed = printed(RECORD);
    let unhex = |name: &str| unhex(&printed[name]);
    let payload = unhex("payload");
    assert!(
        section(3).contains("a3 01 32") && section(3).contains("03 78 24 \"application/vnd.nguon.record.v1+cbor\"")
    );
    let drawn = [
        &[0xd2, 0x84, 0x58, 0x4d, 0xa3, 0x01, 0x32, 0x03, 0x78, 0x24][..],
        b"application/vnd.nguon.record.v1+cbor",
        &[0x04, 0x58, 0x20],
        &unhex("key id"),
        &[0xa0],
        &bytes(&Value::Bytes(payload.clone()))[..2],
        &payload,
        &[0x58, 0x40],
        &unhex("signature"),
    ]
    .concat();
    assert!(matches!(value(&drawn), Value::Tag(18, _)));
    let read = nguon_core::envelope::SignedRecord::from_bytes(drawn).unwrap();
    assert_eq!(read.payload(), payload);
    assert_eq!(read.key_id().to_string(), printed["key id"]);
    assert!(nguon_core::record::Record::from_payload(read.payload()).is_ok());
}
