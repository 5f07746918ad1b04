//! Proofs that prove something else, or nothing.

use super::*;

pub fn cases() -> Vec<Case> {
    let base = world();
    let whole = picked(&base);
    let changed = |change: &dyn Fn(&mut Proof)| input(&reproven(&whole, change));
    let bad_proof = found("invalid", "bad_proof");
    let bad_checkpoint = found("invalid", "bad_checkpoint");
    let bad_inclusion = found("invalid", "bad_inclusion");
    let head = newest(&base);
    let size = head.size;
    let noted = |origin: &str, signer: u8| {
        let text = naive::checkpoint(origin, size, head.root.as_bytes());
        let mut note = format!("{text}\n{}", signed(&text, origin, key(signer)));
        for (name, number) in ENOUGH {
            note.push_str(&cosigned(&text, name, key(number), CLOSED));
        }
        note
    };
    let other_origin = noted("other.example/log", LOG);
    let other_key = noted(ORIGIN, 77);
    let mut rubbish = whole.clone();
    rubbish.proof = Some(ByteString(vec![0xa0]));
    vec![
        case("a proof that is none", input(&rubbish), bad_proof.clone()),
        case("a proof of version 0", changed(&|proof| proof.version = 0), bad_proof.clone()),
        case("a chain less in the proof", changed(&|proof| drop(proof.chains.pop())), bad_proof.clone()),
        case("a position less", changed(&|proof| drop(proof.chains[0].positions.drain(..3))), bad_proof.clone()),
        case("half a position", changed(&|proof| proof.chains[0].positions.truncate(8)), bad_proof.clone()),
        case("no place for the trust root", changed(&|proof| proof.roots.clear()), bad_proof.clone()),
        case("the trust root not at leaf 0", changed(&|proof| proof.roots[0][0] = 1), bad_proof.clone()),
        case(
            "another log's checkpoint",
            changed(&|proof| proof.head.checkpoint.clone_from(&other_origin)),
            bad_checkpoint.clone(),
        ),
        case(
            "a checkpoint by another key",
            changed(&|proof| proof.head.checkpoint.clone_from(&other_key)),
            bad_checkpoint.clone(),
        ),
        case("a checkpoint that is no note", changed(&|proof| proof.head.checkpoint.clear()), bad_checkpoint),
        case(
            "another map's root",
            changed(&|proof| proof.head.root = RootHash::from_bytes([7; 32])),
            bad_inclusion.clone(),
        ),
        case("another time for the map", changed(&|proof| proof.head.time = time(CLOSED + 1)), bad_inclusion.clone()),
        case("an earlier checkpoint's map, which is not the last leaf now", earlier_map(), bad_inclusion),
        case(
            "a record beyond the checkpoint",
            changed(&|proof| proof.chains[0].positions[6] = size),
            found("invalid", "bad_position"),
        ),
        case(
            "two records at one index",
            changed(&|proof| proof.chains[0].positions[3] = proof.chains[0].positions[0]),
            found("invalid", "bad_position"),
        ),
        case(
            "log times that go back",
            changed(&|proof| proof.chains[0].positions[1] -= 1),
            found("invalid", "bad_position"),
        ),
        case(
            "the time of an anchor that the record has not",
            changed(&|proof| proof.chains[0].positions[2] = 1),
            found("invalid", "bad_position"),
        ),
        folded("a place without half a season", 1, |_| bad_proof.clone()),
        folded("a place without anything that settles what is left out", 4, |_| bad_proof.clone()),
        case(
            "records left out of a batch",
            {
                let mut shorter = whole.clone();
                shorter.chains[0].remove(1);
                input(&reproven(&shorter, |proof| {
                    let chain = &mut proof.chains[0];
                    let entry = nguon_core::ids::EntryHash::from_bytes([7; 32]);
                    chain.skipped = Some(nguon_core::verify::Skipped { count: 1, entry });
                    chain.positions.drain(3..6);
                }))
            },
            bad_proof.clone(),
        ),
    ]
}

/// Inclusion proof, root and time of the first checkpoint's map leaf, under the second checkpoint.
fn earlier_map() -> Value {
    let world = grown();
    let earlier = world.ledger.checkpoints()[0].head();
    input(&reproven(&picked(&world), |proof| {
        proof.head.root = earlier.root;
        proof.head.time = earlier.time;
    }))
}
