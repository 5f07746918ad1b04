//! Whatever comes as a proof, the verifier answers, soon and within a small stack.

use nguon_tlog::hash::Hash;
use nguon_tlog::map::{Claim, MapError, verify};
use proptest::prelude::*;

use crate::naive::{self, map_and_keys};

/// Half of what a web page's stack has.
const STACK: usize = 512 * 1024;

fn within_a_small_stack(claims: &[Claim], proof: &[u8]) -> Result<(), MapError> {
    std::thread::scope(|scope| {
        let verifier = || verify(&Hash::default(), claims, proof);
        std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, verifier).unwrap().join().unwrap()
    })
}

#[test]
fn cannot_go_deeper_than_a_key_has_bits() {
    let alone = [([0; 32], None)];
    assert_eq!(within_a_small_stack(&alone, &vec![4; 1_000_000]), Err(MapError::Proof));
    // Down to the last bit is as deep as it goes, one deeper is refused although the bytes are there.
    let (last, other) = ([0; 32], [&[2][..], &[0; 31], &[1], &[9; 32]].concat());
    let to_the_last_bit = [vec![4; 255], vec![3, 1], vec![7; 32]].concat();
    assert_eq!(within_a_small_stack(&[(last, Some([1; 32]))], &to_the_last_bit), Err(MapError::Root));
    let beyond = [vec![4; 256], vec![3, 1], vec![7; 32]].concat();
    assert_eq!(within_a_small_stack(&[(last, Some([1; 32]))], &beyond), Err(MapError::Proof));
    let beside = [vec![4; 255], vec![3], other, vec![7; 32]].concat();
    assert_eq!(within_a_small_stack(&alone, &beside), Err(MapError::Proof), "that leaf is not on the path");

    let mut many: Vec<Claim> = (0..=u8::MAX).map(|number| (naive::sha(&[&[number]]), None)).collect();
    many.sort_unstable();
    for byte in 0..=u8::MAX {
        assert_ne!(within_a_small_stack(&many, &vec![byte; 20_000]), Ok(()));
    }
}

/// Bytes that look like proofs.
fn plausible() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        6 => (0..6_u8).prop_map(|kind| vec![kind]),
        1 => any::<[u8; 32]>().prop_map(Vec::from),
        1 => Just(vec![0; 32]),
        1 => (Just(4_u8), 0..300_usize).prop_map(|(kind, times)| vec![kind; times]),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1024))]

    #[test]
    fn are_refused_unless_right(
        (map, keys) in map_and_keys(10),
        bytes in prop_oneof![plausible(), prop::collection::vec(any::<u8>(), 0..400)],
    ) {
        let claims = naive::claims(&map, &keys);
        let accepted = verify(&naive::root(&map), &claims, &bytes).is_ok();
        prop_assert_eq!(accepted, bytes == naive::proof(&map, &keys));
    }

    #[test]
    fn of_the_empty_map_show_that_nothing_is_there_and_no_more(
        claims in prop::collection::vec((naive::any_key(), any::<Option<[u8; 32]>>()), 0..20),
        bytes in plausible(),
        sorted in any::<bool>(),
    ) {
        let mut claims = claims;
        if sorted {
            claims.sort_unstable();
            claims.dedup_by_key(|claim| claim.0);
        }
        // Its root is 32 zero bytes, and its one proof the byte that says so.
        let in_order = claims.is_sorted_by(|one, next| one.0 < next.0);
        let is_true = claims.iter().all(|(_, value)| value.is_none());
        let proof = if claims.is_empty() { &[][..] } else { &[0] };
        let accepted = |bytes: &[u8]| verify(&Hash::default(), &claims, bytes).is_ok();
        prop_assert_eq!(accepted(proof), in_order && is_true);
        prop_assert_eq!(accepted(&bytes), in_order && is_true && bytes == proof);
    }
}
