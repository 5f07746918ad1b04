//! Proofs of issued serials and of absent ones.

use ciborium::Value as Cbor;
use serde_json::{Value, json};

use super::naive::{Hash, digest, leaf_hash, path, tree_root};
use super::{File, hex};

const BATCH: Hash = [0x22; 32];

/// SPEC.md section 12.
fn hashed(batch: &Hash, serial: &str) -> Hash {
    digest(&[b"nguon/serial/v1\n", batch, serial.as_bytes()])
}

/// Labels of one `labels_issued`: the hashes of their serials, ascending.
#[derive(Clone)]
struct Lot(Vec<Hash>);

impl Lot {
    fn of(batch: &Hash, serials: impl Iterator<Item = String>) -> Self {
        let mut hashes: Vec<Hash> = serials.map(|serial| hashed(batch, &serial)).collect();
        hashes.sort_unstable();
        Self(hashes)
    }

    fn leaves(&self) -> Vec<Hash> {
        self.0.iter().map(|hash| leaf_hash(hash)).collect()
    }

    fn root(&self) -> Hash {
        tree_root(&self.leaves())
    }

    fn issued(&self) -> Value {
        json!({"count": self.0.len(), "root": hex(&self.root())})
    }

    /// One leaf and its path.
    fn leaf(&self, index: usize) -> Cbor {
        leaf(index as u64, &self.0[index], path(index, &self.leaves()).concat())
    }

    /// The part of a proof that these leaves make.
    fn part(&self, indexes: &[usize]) -> Cbor {
        part(&self.root(), indexes.iter().map(|index| self.leaf(*index)).collect())
    }

    /// Where a serial stands.
    fn at(&self, serial: &str) -> usize {
        let wanted = hashed(&BATCH, serial);
        self.0.iter().position(|hash| *hash == wanted).expect("a serial of the lot")
    }

    /// Indexes of the leaves around where a serial would stand.
    fn around(&self, serial: &str) -> Vec<usize> {
        let wanted = hashed(&BATCH, serial);
        let after = self.0.iter().filter(|hash| **hash < wanted).count();
        [after.checked_sub(1), (after < self.0.len()).then_some(after)].into_iter().flatten().collect()
    }
}

fn map<const N: usize>(entries: [(&str, Cbor); N]) -> Cbor {
    Cbor::Map(entries.into_iter().map(|(name, value)| (Cbor::Text(name.to_owned()), value)).collect())
}

fn leaf(index: u64, serial: &Hash, path: Vec<u8>) -> Cbor {
    map([("path", Cbor::Bytes(path)), ("index", index.into()), ("serial", Cbor::Bytes(serial.to_vec()))])
}

fn part(root: &Hash, leaves: Vec<Cbor>) -> Cbor {
    map([("root", Cbor::Bytes(root.to_vec())), ("leaves", Cbor::Array(leaves))])
}

fn encoded(version: u64, parts: Vec<Cbor>) -> Vec<u8> {
    let mut bytes = Vec::new();
    let proof = map([("lists", Cbor::Array(parts)), ("version", version.into())]);
    ciborium::into_writer(&proof, &mut bytes).expect("encoded");
    bytes
}

fn input(lots: &[&Lot], serial: &str, proof: &[u8]) -> Value {
    let issued: Vec<Value> = lots.iter().map(|lot| lot.issued()).collect();
    json!({"batch": hex(&BATCH), "issued": issued, "serial": serial, "proof": hex(proof)})
}

fn number(n: usize) -> String {
    format!("LN{n:014}")
}

pub fn proofs() -> File {
    let seven = Lot::of(&BATCH, (0..7).map(number));
    let many = Lot::of(&BATCH, (100..1_120).map(number));
    let one = Lot::of(&BATCH, std::iter::once(number(50)));
    let issued = json!({"answer": "issued"});
    let never = json!({"answer": "never_issued"});
    let not = |why: &str| json!({"answer": "not_proven", "why": why});
    let mut cases: Vec<(String, Value, Value)> = Vec::new();
    let mut add = |name: String, lots: &[&Lot], serial: &str, proof: Vec<u8>, expect: &Value| {
        cases.push((name, input(lots, serial, &proof), expect.clone()));
    };
    for n in 0..7 {
        let proof = encoded(1, vec![seven.part(&[seven.at(&number(n))])]);
        add(format!("label {n} of 7"), &[&seven], &number(n), proof, &issued);
    }
    for n in [100, 611, 1_119] {
        let proof = encoded(1, vec![many.part(&[many.at(&number(n))])]);
        add(
            format!("a label of 1020, the {}th by its hash", many.at(&number(n))),
            &[&many],
            &number(n),
            proof,
            &issued,
        );
    }
    add("the only label".into(), &[&one], &number(50), encoded(1, vec![one.part(&[0])]), &issued);
    // Numbers whose hashes lie between two, before all and after all.
    let made_up = |wanted: &dyn Fn(&[usize]) -> bool| {
        (2_000..).map(number).find(|serial| wanted(&seven.around(serial))).expect("there is one")
    };
    let (between, first) = (made_up(&|around| around.len() == 2), made_up(&|around| *around == [0]));
    let last = made_up(&|around| *around == [6]);
    for (name, serial) in [("between two", &between), ("before the first", &first), ("after the last", &last)] {
        let proof = encoded(1, vec![seven.part(&seven.around(serial))]);
        add(format!("never issued, {name}"), &[&seven], serial, proof, &never);
    }
    add("never issued, of one label".into(), &[&one], &between, encoded(1, vec![one.part(&[0])]), &never);
    let both = encoded(1, vec![seven.part(&seven.around(&between)), many.part(&many.around(&between))]);
    add("never issued, in neither of two lots".into(), &[&seven, &many], &between, both.clone(), &never);
    let swapped = encoded(1, vec![many.part(&many.around(&between)), seven.part(&seven.around(&between))]);
    add("the same in another order".into(), &[&seven, &many], &between, swapped, &never);
    let second = encoded(1, vec![many.part(&[many.at(&number(611))])]);
    add("issued in the second of two lots".into(), &[&seven, &many], &number(611), second, &issued);

    let three = number(3);
    let at = seven.at(&three);
    let sound = encoded(1, vec![seven.part(&[at])]);
    let list = |leaves: Vec<Cbor>| encoded(1, vec![part(&seven.root(), leaves)]);
    let trail = path(at, &seven.leaves()).concat();
    let plain = |index: u64, serial: &Hash, path: &[u8]| list(vec![leaf(index, serial, path.to_vec())]);
    let hash = &seven.0[at];
    let broken = [
        ("the proof of another label", sound.clone(), number(4)),
        ("another index", plain(at as u64 ^ 1, hash, &trail), three.clone()),
        ("an index after the last", plain(7, hash, &trail), three.clone()),
        ("a hash too few", plain(at as u64, hash, &trail[32..]), three.clone()),
        ("a hash too many", plain(at as u64, hash, &[&trail[..], &[0; 32]].concat()), three.clone()),
        ("half a hash", plain(at as u64, hash, &trail[..trail.len() - 16]), three.clone()),
        (
            "a hash changed",
            plain(at as u64, hash, &[&trail[..31], &[!trail[31]], &trail[32..]].concat()),
            three.clone(),
        ),
        ("no leaves", list(Vec::new()), three.clone()),
        ("an issued label between the leaves", list(vec![seven.leaf(at - 1), seven.leaf(at + 1)]), three.clone()),
        ("the leaf after it alone", list(vec![seven.leaf(at + 1)]), three.clone()),
        ("the leaf before it alone", list(vec![seven.leaf(at - 1)]), three.clone()),
        (
            "leaves in falling order",
            list(seven.around(&between).into_iter().rev().map(|index| seven.leaf(index)).collect()),
            between.clone(),
        ),
        ("leaves that are no neighbours", list(vec![seven.leaf(0), seven.leaf(6)]), between.clone()),
        ("the first leaf for what lies behind it", list(vec![seven.leaf(0)]), last.clone()),
        ("three leaves", list(vec![seven.leaf(0), seven.leaf(1), seven.leaf(2)]), first.clone()),
        ("a list twice", encoded(1, vec![seven.part(&seven.around(&first)); 2]), first.clone()),
        ("more lists than the one that has it", encoded(1, vec![seven.part(&[at]), seven.part(&[at])]), three.clone()),
        ("its last byte missing", sound[..sound.len() - 1].to_vec(), three.clone()),
        ("a byte more", [&sound[..], &[0]].concat(), three.clone()),
        ("nothing", Vec::new(), three.clone()),
    ];
    for (name, proof, serial) in broken {
        add(name.to_owned(), &[&seven], &serial, proof, &not("broken"));
    }
    // The first case above that needs at least a neighbour on each side.
    assert!((1..6).contains(&at));
    let more = Lot([many.0.clone(), vec![[0xff; 32]]].concat());
    let elsewhere = [0x23; 32];
    let theirs = Lot::of(&elsewhere, (0..7).map(number));
    let other = [
        ("no list was handed in", encoded(1, Vec::new()), vec![&seven], "no_list"),
        (
            "one of two lists was handed in",
            encoded(1, vec![seven.part(&seven.around(&between))]),
            vec![&seven, &many],
            "no_list",
        ),
        ("a lot that the reader's history does not have", both, vec![&seven], "other_labels"),
        ("a list that nobody signed", encoded(1, vec![more.part(&more.around(&between))]), vec![&many], "other_labels"),
        ("another batch's list", encoded(1, vec![theirs.part(&theirs.around(&between))]), vec![&seven], "other_labels"),
        ("a batch without labels", encoded(1, Vec::new()), vec![], "no_labels"),
        ("a later version", encoded(2, vec![seven.part(&seven.around(&between))]), vec![&seven], "newer"),
    ];
    for (name, proof, lots, why) in other {
        add(name.to_owned(), &lots, &between, proof, &not(why));
    }
    let miscounted = {
        let mut input = input(&[&seven], &three, &sound);
        input["issued"][0]["count"] = 9.into();
        input
    };
    cases.push(("a count that is not the list's".to_owned(), miscounted, not("broken")));
    File {
        name: "serial_proofs",
        kind: "serial_proof",
        purpose: "That a serial of a printed label was issued, or never was (SPEC.md section 12).",
        shared: None,
        format: json!({
            "input": {
                "batch": "chain id", "issued": "count and root of each labels_issued of the batch", "serial": "GS1 AI (21)",
                "proof": "deterministic CBOR of serial_proof, hexadecimal",
            },
            "expect": {
                "answer": "issued, never_issued or not_proven",
                "why": "no_labels, no_list, other_labels, newer or broken",
            },
        }),
        cases,
    }
}
