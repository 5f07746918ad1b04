//! One small map, worked out with another program from the definition.
//!
//! Keys `10 00…`, `18 00…` and `C0 00…` map to "one", "two" and "three".

use nguon_tlog::map::{Entry, Key, Map, value_hash, verify};

const ROOTS: [&str; 4] = [
    "0000000000000000000000000000000000000000000000000000000000000000",
    "3ee05f3279a7a4441c2b9c6e759a56b4d3ccbd0b7169d254c52e26783f81ec82",
    "07624bce3c99d78129c253fe9288ca149fe39d3eb7f0a595cd0577bdff3cce98",
    "fae0dd0ce497791cc5d3b07072431ac1f613e8375986ff8421e40173117840a5",
];
const LEAF_18: &str = "983f2beeec1063a622362cbf4c11dbbd6e77f7bb4fce6329c8f0380cf88a4da8";
const LEAF_C0: &str = "3a7f8431a1b59dbb34ab550c7103336fcf4e8df5e4dd36d7794dbfe01e0f341a";
/// The root's left child: three lone branches over a branch of the leaves 10 and 18.
const LEFT: &str = "227f3c4bae7dca4cccda3f1ab79ffe41cfbf279b7a1bba56f241c9fb94330633";
const KEY_C0: &str = "c000000000000000000000000000000000000000000000000000000000000000";
const HASH_OF_THREE: &str = "8b5b9db0c13db24256c829aa364aa90c6d2eba318b9232a4ab9313b954d3555f";

fn key(first: u8) -> Key {
    let mut key = [0; 32];
    key[0] = first;
    key
}

fn entries() -> [Entry; 3] {
    [(key(0x10), value_hash(b"one")), (key(0x18), value_hash(b"two")), (key(0xC0), value_hash(b"three"))]
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn roots_of_the_worked_example() {
    for (count, root) in ROOTS.iter().enumerate() {
        let mut map = Map::new();
        map.set(&entries()[..count]).unwrap();
        assert_eq!(map.root().to_string(), *root);
    }
}

#[test]
fn proofs_of_the_worked_example() {
    let mut map = Map::new();
    map.set(&entries()).unwrap();
    let cases = [
        // 10 is held, 40 is absent in an empty subtree.
        (vec![key(0x10), key(0x40)], format!("0303040403 01{LEAF_18} 00 {LEAF_C0}")),
        // FF is absent, and C0 is the leaf where it would be.
        (vec![key(0xFF)], format!("03{LEFT} 02{KEY_C0}{HASH_OF_THREE}")),
        (vec![key(0x10), key(0x18), key(0xC0)], "03040404 03 01 01 01".to_owned()),
    ];
    for (keys, expected) in cases {
        let proof = map.prove(&keys);
        assert_eq!(hex(&proof), expected.replace(' ', ""));
        verify(&map.root(), &map.claims(&keys), &proof).unwrap();
    }
}
