//! A witness cosigns exactly what continues what it cosigned before, and names the specification's reason otherwise.

use ed25519_dalek::SigningKey;
use nguon_tlog::checkpoint::Checkpoint;
use nguon_tlog::hash::{Hash, empty, leaf, node};
use nguon_tlog::note::{NoteKey, assemble, cosign, sign};
use nguon_tlog::witness::{AddCheckpoint, Refusal, Seen, cosignatures, judge};

const ORIGIN: &str = "nguon.example/log";
const MOST: u64 = 33;

fn secret(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

fn log() -> NoteKey {
    NoteKey::new(ORIGIN, secret(1).verifying_key().as_bytes()).unwrap()
}

/// RFC 6962 §2.1 by its recursion, over a log whose history is told by one word.
fn root(history: &str, from: u64, to: u64) -> Hash {
    match to - from {
        0 => empty(),
        1 => leaf(format!("{history} {from}").as_bytes()),
        count => {
            let middle = from + count.next_power_of_two() / 2;
            node(&root(history, from, middle), &root(history, middle, to))
        }
    }
}

/// RFC 6962 §2.1.2: SUBPROOF.
fn subproof(history: &str, old: u64, from: u64, to: u64, whole: bool) -> Vec<Hash> {
    if old == to {
        return if whole { Vec::new() } else { vec![root(history, from, to)] };
    }
    let middle = from + (to - from).next_power_of_two() / 2;
    let (mut proof, other) = if old <= middle {
        (subproof(history, old, from, middle, whole), root(history, middle, to))
    } else {
        (subproof(history, old, middle, to, false), root(history, from, middle))
    };
    proof.push(other);
    proof
}

fn checkpoint(history: &str, size: u64) -> Checkpoint {
    Checkpoint { origin: ORIGIN.to_owned(), size, root: root(history, 0, size), extensions: Vec::new() }
}

fn signed(checkpoint: &Checkpoint) -> String {
    let text = checkpoint.to_text();
    assemble(&text, &[sign(&text, ORIGIN, &secret(1))])
}

fn request(history: &str, old: u64, new: u64) -> AddCheckpoint {
    let proof = if old == 0 || old >= new { Vec::new() } else { subproof(history, old, 0, new, true) };
    AddCheckpoint { old_size: old, proof, note: signed(&checkpoint(history, new)) }
}

fn seen(history: &str, size: u64) -> Seen {
    Seen { size, root: root(history, 0, size) }
}

fn ask(request: &AddCheckpoint, seen: Option<Seen>) -> Result<Checkpoint, Refusal> {
    judge(request, &log(), ORIGIN, seen.as_ref())
}

#[test]
fn every_honest_step_is_cosigned() {
    for new in 0..=MOST {
        for old in 0..=new {
            assert_eq!(ask(&request("a", old, new), Some(seen("a", old))), Ok(checkpoint("a", new)), "{old} to {new}");
        }
        assert_eq!(ask(&request("a", 0, new), None), Ok(checkpoint("a", new)), "first {new}");
    }
}

#[test]
fn another_history_is_never_cosigned() {
    for new in 1..=MOST {
        for old in 1..=new {
            let refusal = if old == new { Refusal::OtherRoot { size: old } } else { Refusal::BadProof };
            assert_eq!(ask(&request("b", old, new), Some(seen("a", old))), Err(refusal), "{old} to {new}");
        }
    }
}

#[test]
fn a_changed_dropped_or_added_hash_is_a_bad_proof() {
    for new in 0..=MOST {
        for old in 0..=new {
            let honest = request("a", old, new);
            let is_bad = |proof: Vec<Hash>| {
                let changed = AddCheckpoint { proof, ..honest.clone() };
                assert_eq!(ask(&changed, Some(seen("a", old))), Err(Refusal::BadProof), "{old} to {new}");
            };
            for place in 0..honest.proof.len() {
                let mut proof = honest.proof.clone();
                proof[place] = leaf(b"another");
                is_bad(proof.clone());
                proof.remove(place);
                is_bad(proof);
            }
            for place in 0..=honest.proof.len() {
                let mut proof = honest.proof.clone();
                proof.insert(place, leaf(b"another"));
                is_bad(proof);
            }
        }
    }
}

#[test]
fn another_old_size_is_a_conflict_that_tells_the_size() {
    for held in 0..=9 {
        for old in (0..=9).filter(|old| *old != held) {
            let asked = request("a", old, 9);
            assert_eq!(ask(&asked, Some(seen("a", held))), Err(Refusal::Conflict { size: held }));
        }
    }
    assert_eq!(ask(&request("a", 3, 9), None), Err(Refusal::Conflict { size: 0 }));
    // A size below what is held needs an old size above its own, or another than the one held.
    assert_eq!(ask(&request("a", 3, 5), Some(seen("a", 7))), Err(Refusal::Conflict { size: 7 }));
    assert_eq!(ask(&request("a", 7, 5), Some(seen("a", 7))), Err(Refusal::BadRequest));
}

#[test]
fn a_tree_without_leaves_has_the_empty_root() {
    let false_root = Checkpoint { root: leaf(b"something"), ..checkpoint("a", 0) };
    let asked = AddCheckpoint { old_size: 0, proof: Vec::new(), note: signed(&false_root) };
    assert_eq!(ask(&asked, None), Err(Refusal::BadProof));
    assert_eq!(ask(&asked, Some(seen("a", 0))), Err(Refusal::BadProof));
}

#[test]
fn another_origin_is_unknown_whoever_signed_it() {
    let other = Checkpoint { origin: "other.example/log".to_owned(), ..checkpoint("a", 3) };
    let asked = AddCheckpoint { old_size: 0, proof: Vec::new(), note: signed(&other) };
    assert_eq!(ask(&asked, None), Err(Refusal::UnknownLog));
}

#[test]
fn a_checkpoint_that_the_log_did_not_sign_is_forbidden() {
    let text = checkpoint("a", 3).to_text();
    let good = sign(&text, ORIGIN, &secret(1));
    let of_another_text = sign("another\n", ORIGIN, &secret(1));
    let ask_with =
        |lines: &[String]| ask(&AddCheckpoint { old_size: 0, proof: Vec::new(), note: assemble(&text, lines) }, None);
    assert_eq!(ask_with(&[sign(&text, ORIGIN, &secret(9))]), Err(Refusal::NotSigned));
    assert_eq!(ask_with(&[sign(&text, "other.example", &secret(1))]), Err(Refusal::NotSigned));
    assert_eq!(ask_with(&[cosign(&text, ORIGIN, &secret(1), 5)]), Err(Refusal::NotSigned));
    assert_eq!(ask_with(&[good.clone(), of_another_text]), Err(Refusal::NotSigned));
    assert_eq!(ask_with(&[sign(&text, "other.example", &secret(9)), good]), Ok(checkpoint("a", 3)));
}

#[test]
fn the_signature_is_asked_for_before_anything_is_told_about_sizes() {
    let mut unsigned = request("a", 9, 3);
    unsigned.note = assemble(&checkpoint("a", 3).to_text(), &[sign("other\n", ORIGIN, &secret(1))]);
    assert_eq!(ask(&unsigned, Some(seen("a", 5))), Err(Refusal::NotSigned));
}

#[test]
fn a_note_that_is_no_checkpoint_is_a_bad_request() {
    for note in [String::new(), "text\n".to_owned(), assemble("text\n", &[sign("text\n", ORIGIN, &secret(1))])] {
        assert_eq!(ask(&AddCheckpoint { old_size: 0, proof: Vec::new(), note }, None), Err(Refusal::BadRequest));
    }
}

#[test]
fn extension_lines_are_cosigned_with_the_rest() {
    let extended = Checkpoint { extensions: vec!["more".to_owned()], ..checkpoint("a", 4) };
    let asked = AddCheckpoint { note: signed(&extended), ..request("a", 2, 4) };
    assert_eq!(ask(&asked, Some(seen("a", 2))), Ok(extended));
}

#[test]
fn a_request_travels_is_judged_and_its_answer_counts() {
    let body = request("a", 6, 11).to_body();
    let asked = AddCheckpoint::parse(body.as_bytes()).unwrap();
    let text = ask(&asked, Some(seen("a", 6))).unwrap().to_text();
    let answer = cosign(&text, "witness.example/w1", &secret(2), 1_770_000_000);
    let witness = NoteKey::new("witness.example/w1", secret(2).verifying_key().as_bytes()).unwrap();
    let note = cosignatures(&text, answer.as_bytes()).unwrap();
    assert_eq!(note.cosigned_by(&witness), Some(1_770_000_000));
}
