//! Proofs of something else: another index, another log, another map, a cosignature that is none. And proofs that are
//! noise.

use nguon_core::bytes::ByteString;
use nguon_core::verify::{Outcome, OutcomeKind};
use nguon_examples::season::{AUDITOR, LOG_KEY, ORIGIN, WITNESSES};
use nguon_tlog::checkpoint::Checkpoint;
use nguon_tlog::note;

use crate::log::{all, bundle, close, edit, found, key, later, logged, now, outcome, verdict};

fn whole() -> nguon_core::verify::Bundle {
    bundle("hung/0614")
}

#[test]
fn untouched_it_is_green() {
    assert_eq!(outcome(&whole()), Outcome::Valid);
}

#[test]
fn every_byte_of_it() {
    let proof = whole().proof.unwrap().0;
    // Every seventh, with a bit that moves; the whole of it takes a minute.
    for at in (0..proof.len()).step_by(7) {
        let mut bent = whole();
        let mut bytes = proof.clone();
        bytes[at] ^= 1 << (at % 8);
        bent.proof = Some(ByteString(bytes));
        let kind = verdict(&bent).outcome.kind();
        // One cosignature of four may be missing: that is what three of four is for.
        let spare = matches!(kind, OutcomeKind::Valid);
        assert!(!spare || is_in_a_cosignature(&proof, at), "byte {at}: {kind}");
    }
}

fn is_in_a_cosignature(proof: &[u8], at: usize) -> bool {
    let text = "\u{2014} witness.example".as_bytes();
    let first = proof.windows(text.len()).position(|window| window == text).expect("a witness's line");
    at >= first
}

#[test]
fn of_another_index() {
    // The map leaf's own proof, held against a tree one leaf larger or smaller.
    let mut ledger = logged().ledger.clone();
    let hung = key("hung");
    let opened = nguon_core::event::Opened::new(logged().id("hung"), "Vải thiều tươi".parse().unwrap());
    ledger
        .begin(&crate::log::pen("hung", &hung, later(10)), opened, nguon_core::ids::Nonce::from_bytes([1; 16]))
        .unwrap();
    close(&mut ledger, now(), &all());
    let newer = ledger.bundle(logged().id("hung/0614")).unwrap();
    let newer = nguon_core::verify::Proof::from_bytes(&newer.proof.unwrap().0).unwrap();
    let mut mixed = whole();
    edit(&mut mixed, |proof| proof.head.checkpoint = newer.head.checkpoint.clone());
    assert_eq!(found(&verdict(&mixed)), (OutcomeKind::Invalid, "bad_inclusion", None));
    let mut mixed = whole();
    edit(&mut mixed, |proof| proof.head.inclusion = newer.head.inclusion.clone());
    assert_eq!(found(&verdict(&mixed)), (OutcomeKind::Invalid, "bad_inclusion", None));
    let mut mixed = whole();
    edit(&mut mixed, |proof| proof.map = newer.map.clone());
    assert_eq!(found(&verdict(&mixed)), (OutcomeKind::Incomplete, "not_in_map", None));
}

/// A checkpoint that looks the same to whoever only reads its text.
fn resigned(origin: &str, log: &str, cosigners: &[(&str, &str)]) -> Outcome {
    let mut bent = whole();
    edit(&mut bent, |proof| {
        let note = note::Note::parse(&proof.head.checkpoint).unwrap();
        let text = Checkpoint { origin: origin.to_owned(), ..Checkpoint::parse(note.text()).unwrap() }.to_text();
        let mut lines = vec![note::sign(&text, origin, &key(log))];
        lines.extend(cosigners.iter().map(|(name, by)| note::cosign(&text, name, &key(by), now().get())));
        proof.head.checkpoint = note::assemble(&text, &lines);
    });
    outcome(&bent)
}

#[test]
fn of_another_log() {
    let honest: Vec<(&str, &str)> = all().into_iter().map(|name| (name, name)).collect();
    assert_eq!(resigned(ORIGIN, LOG_KEY, &honest), Outcome::Valid);
    let bad = Outcome::Invalid { code: "bad_checkpoint", at: None };
    assert_eq!(resigned("nguon.example/another", LOG_KEY, &honest), bad);
    assert_eq!(resigned(ORIGIN, "another log's key", &honest), bad);
}

#[test]
fn cosigned_by_nobody_who_counts() {
    let strangers: Vec<(&str, &str)> = all().into_iter().map(|name| (name, "a stranger")).collect();
    assert_eq!(resigned(ORIGIN, LOG_KEY, &strangers), Outcome::Incomplete);
    // One witness under three names is one witness.
    let one = WITNESSES[0];
    let thrice = [(WITNESSES[0], one), (WITNESSES[1], one), (WITNESSES[2], one), (AUDITOR, AUDITOR)];
    assert_eq!(resigned(ORIGIN, LOG_KEY, &thrice), Outcome::Incomplete);
    // The log cannot be its own auditor.
    let own: Vec<(&str, &str)> = WITNESSES.iter().map(|name| (*name, *name)).chain([(AUDITOR, LOG_KEY)]).collect();
    assert_eq!(resigned(ORIGIN, LOG_KEY, &own), Outcome::Incomplete);
}

#[test]
fn nonsense_from_one_witness_spoils_nothing() {
    let mut bent = whole();
    edit(&mut bent, |proof| {
        let line = format!("\u{2014} {} AAAAAAAAAAAAAAAA\n", "witness.example/unheard-of");
        proof.head.checkpoint.push_str(&line);
    });
    assert_eq!(outcome(&bent), Outcome::Valid);
}

#[test]
fn noise_and_nothing() {
    let bad = |bytes: Vec<u8>| {
        let mut bent = whole();
        bent.proof = Some(ByteString(bytes));
        outcome(&bent)
    };
    assert_eq!(bad(Vec::new()), Outcome::Invalid { code: "bad_proof", at: None });
    assert_eq!(bad(vec![0xff; 1 << 16]), Outcome::Invalid { code: "bad_proof", at: None });
    let mut none = whole();
    none.proof = None;
    assert_eq!(found(&verdict(&none)), (OutcomeKind::Incomplete, "no_proof", None));
    // A proof of absurd numbers ends in a verdict too.
    let mut absurd = whole();
    edit(&mut absurd, |proof| {
        for chain in &mut proof.chains {
            chain.positions.fill((1 << 53) - 1);
        }
    });
    assert_eq!(verdict(&absurd).outcome.kind(), OutcomeKind::Invalid);
    let mut skipped = whole();
    edit(&mut skipped, |proof| {
        let entry = nguon_core::log::EntryHash::from_bytes([1; 32]);
        for chain in &mut proof.chains {
            chain.skipped = Some(nguon_core::verify::Skipped { count: (1 << 53) - 1, entry });
        }
    });
    assert_eq!(verdict(&skipped).outcome.kind(), OutcomeKind::Invalid);
}
