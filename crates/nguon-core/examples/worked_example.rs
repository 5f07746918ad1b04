//! Prints the worked example of SPEC.md, section 13; `tests/spec` recomputes it from the page alone.

use nguon_core::bytes::to_hex;
use nguon_core::envelope::{Deployment, SignedRecord};
use nguon_core::ledger::{Pen, begin_record};
use nguon_core::log::{self, ChainEntry, EntryHash, Leaf, Position};
use nguon_core::prelude::*;
use nguon_tlog::checkpoint::Checkpoint;
use nguon_tlog::map::Map;
use nguon_tlog::note;
use nguon_tlog::tree::Frontier;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let key = SigningKey::from_bytes(&[1; 32]);
    let owner = ChainId::from_bytes([0x22; 32]);
    let deployment = Deployment::of_first_root(b"nguon");
    let pen = Pen::new(owner, &key, Time::new(1_780_272_000)?).east(UtcOffset::VIETNAM);
    let label = Label { gtin: "09521234000013".parse()?, lot: "LN-0106".parse()? };
    let mut opened = Opened::new(owner, "vải thiều".parse()?);
    opened.label = Some(label.clone());
    let record = begin_record(&pen, opened.into(), Nonce::from_bytes([0x33; 16]));
    let signed = SignedRecord::sign(&record, &key, &deployment)?;
    let id = signed.statement_id(&deployment);
    let digest = FieldValue::Text("Nguyễn Văn Bảy".into()).seal(&Salt::from_bytes([0x44; 16]), "enrolled/name");
    println!("public key    {}", PublicKeyBytes::from(&key));
    println!("key id        {}", signed.key_id());
    println!("deployment    {}", to_hex(deployment.as_bytes()));
    println!("payload       {}", to_hex(signed.payload()));
    println!("Sig_structure {}", to_hex(&signed.to_be_signed(&deployment)));
    println!("statement id  {id}");
    println!("signature     {}", signed.signature());
    println!("commitment    {}", ChainId::of_first(id).commitment());
    println!("field digest  {digest}");
    println!();
    of_log(&deployment, id, &label)
}

/// The log that holds the trust root and the record, and its first checkpoint.
fn of_log(deployment: &Deployment, id: StatementId, label: &Label) -> Result<(), Box<dyn std::error::Error>> {
    let [begun, taken, closed] = [1_780_272_010, 1_780_272_020, 1_780_272_030].map(Time::new);
    let (begun, taken, closed) = (begun?, taken?, closed?);
    let at = |index, log_time| Position { index, log_time, anchor_time: Time::ZERO };
    let chain = ChainId::of_first(id);
    let record = ChainEntry::START.next(&id, &at(1, taken));
    let root = EntryHash::START.next(deployment.as_bytes(), &at(0, begun));
    let (chain_key, label_key, root_key) = (log::chain_key(&chain), log::label_key(label), log::root_key());
    let (chain_value, label_value) = (record.value(), log::name_value(&chain));
    let root_value = log::root_value(&root, 1);
    let mut map = Map::new();
    map.set(&[(chain_key, chain_value), (label_key, label_value), (root_key, root_value)])?;
    let leaves = [
        Leaf::Root { log_time: begun, payload: *deployment.as_bytes() },
        Leaf::Record { log_time: taken, statement: id },
        Leaf::Map { log_time: closed, root: map.root() },
    ];
    let mut tree = Frontier::new();
    for (index, leaf) in leaves.iter().enumerate() {
        println!("leaf {index}        {}", to_hex(&leaf.to_bytes()));
        println!("leaf hash {index}   {}", nguon_tlog::hash::leaf(&leaf.to_bytes()));
        tree.append(nguon_tlog::hash::leaf(&leaf.to_bytes()));
    }
    println!("root entry    {}", to_hex(root.as_bytes()));
    println!("chain entry   {}", to_hex(record.entry.as_bytes()));
    let named = [("root", root_key, root_value), ("chain", chain_key, chain_value), ("label", label_key, label_value)];
    for (name, key, value) in named {
        println!("{:13} {}", format!("{name} key"), to_hex(&key));
        println!("{:13} {}", format!("{name} value"), to_hex(&value));
    }
    println!("map root      {}", map.root());
    println!("multiproof    {}", to_hex(&map.prove(&[chain_key, root_key])));
    println!("tree root     {}", tree.root());
    let inclusion: Vec<u8> = tree.last_leaf_proof().iter().flat_map(|hash| *hash.as_bytes()).collect();
    println!("inclusion     {}", to_hex(&inclusion));
    println!();
    let (origin, extensions) = ("log.example".to_owned(), Vec::new());
    let text = Checkpoint { origin, size: tree.size(), root: tree.root(), extensions }.to_text();
    let [log, witness] = [2, 3].map(|byte| SigningKey::from_bytes(&[byte; 32]));
    let lines = [note::sign(&text, "log.example", &log), note::cosign(&text, "w.example", &witness, 1_780_272_031)];
    print!("{}", note::assemble(&text, &lines));
    Ok(())
}
