//! The bodies that logs and witnesses exchange have one form, and nothing else is read.

use nguon_tlog::base64::encode;
use nguon_tlog::hash::Hash;
use nguon_tlog::note::{MAX_BYTES, NoteError};
use nguon_tlog::witness::{AddCheckpoint, MAX_BODY, MAX_PROOF, Refusal, SIZE_TYPE, cosignatures, size};
use proptest::prelude::*;

/// The example of tlog-witness.
const EXAMPLE: &str = "old 20852014
PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=
jrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=
5+pKlUdi2LeF/BcMHBn+Ku6yhPGNCswZZD1X/6QgPd8=
/6WVhPs2CwSsb5rYBH5cjHV/wSmA79abXAwhXw3Kj/0=

example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
— example.com/behind-the-sofa opLqBQsREYCgu6xQkYQwJr9fo45a62DN9EdmHXnZdXNqlcVGlCum2Wks+49/V6267UEjw6QUXTS5Rovnzv++qbSzm9Q=
";

/// The example of its answer.
const ANSWER: &str = "— witness.example/w1 CMp+6LWBU0anHGH5aNDTJkH/gj79sG+T6+iP2ThYN5krrDJbR1HDnucjL39QsZTSvVjyQLrdk3DXDqI5G2HgLatVs0pWh6Up69HVOw==
— witness.example/w1 I7rEps0pvK2UqkS2gSpVUDhrhVtQV9lgF6pRrWAvjJHjyWpW7VcE3SiOlVlbQNt64vWhO+DlkL0+UfzuOBMh9ChdMkP1vi/lCAsmlw==
— witness.example/w2 AWui8Sk55XjYLOijihBjhqEH6nS1ndDymE0a+6idX7pLcnoB+dhnz0854aLZgrrKbYKA7nC3HNJhm/kWl7oJlqU3rXXvpysAdyP3wQ==
";

const TEXT: &str = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";

#[test]
fn the_example_of_tlog_witness_is_read_and_written_byte_for_byte() {
    let request = AddCheckpoint::parse(EXAMPLE.as_bytes()).unwrap();
    assert_eq!(request.old_size, 20_852_014);
    assert_eq!(request.proof.len(), 4);
    assert_eq!(request.proof[0].as_bytes()[..4], [0x3e, 0x54, 0x4d, 0x0a]);
    assert!(request.note.starts_with(TEXT));
    assert_eq!(request.to_body(), EXAMPLE);
}

#[test]
fn the_example_of_an_answer_is_read() {
    let note = cosignatures(TEXT, ANSWER.as_bytes()).unwrap();
    assert_eq!(note.text(), TEXT);
    let names: Vec<&str> = note.signatures().iter().map(|line| line.name()).collect();
    assert_eq!(names, ["witness.example/w1", "witness.example/w1", "witness.example/w2"]);
    assert!(note.signatures().iter().all(|line| line.body().len() == 8 + 64));
}

#[test]
fn answers_of_another_form_are_refused() {
    let injected = format!("other text\n\n{ANSWER}");
    for (answer, error) in [
        ("", NoteError::Unsigned),
        ("\n", NoteError::Unsigned),
        (ANSWER.trim_end(), NoteError::Unsigned),
        ("not a line\n", NoteError::Line),
        (&injected, NoteError::Line),
    ] {
        assert_eq!(cosignatures(TEXT, answer.as_bytes()), Err(error), "{answer:?}");
    }
    assert_eq!(cosignatures(TEXT, b"\xff\n"), Err(NoteError::Line));
}

#[test]
fn requests_of_another_form_are_refused() {
    for body in [
        "",
        "\n",
        "old",
        "old 7",
        "old 7\n",
        "old 7\nPlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=\n",
        "old 7\nPlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=",
        "old\n\nnote",
        "old \n\nnote",
        "old  7\n\nnote",
        "old 7 \n\nnote",
        "old 07\n\nnote",
        "old +7\n\nnote",
        "old -1\n\nnote",
        "old 18446744073709551616\n\nnote",
        "Old 7\n\nnote",
        "old 7\r\n\r\nnote",
        "old 7\nPlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw\n\nnote",
        "old 7\nPlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw= \n\nnote",
        "old 7\nAAAA\n\nnote",
        " old 7\n\nnote",
    ] {
        assert_eq!(AddCheckpoint::parse(body.as_bytes()), Err(Refusal::BadRequest), "{body:?}");
    }
    assert_eq!(AddCheckpoint::parse(b"old 7\n\n\xff"), Err(Refusal::BadRequest));
}

#[test]
fn a_proof_has_at_most_63_hashes_and_the_longest_request_fits() {
    let request = |hashes| AddCheckpoint {
        old_size: u64::MAX,
        proof: vec![Hash::from_bytes([7; 32]); hashes],
        note: "a".repeat(MAX_BYTES),
    };
    let longest = request(MAX_PROOF);
    assert_eq!(longest.to_body().len(), MAX_BODY);
    assert_eq!(AddCheckpoint::parse(longest.to_body().as_bytes()), Ok(longest));
    let mut many = request(MAX_PROOF + 1);
    many.note = String::new();
    assert_eq!(AddCheckpoint::parse(many.to_body().as_bytes()), Err(Refusal::BadRequest));
    let mut long = request(MAX_PROOF);
    long.note.push('a');
    assert_eq!(AddCheckpoint::parse(long.to_body().as_bytes()), Err(Refusal::BadRequest));
}

#[test]
fn each_refusal_has_the_specifications_status_and_only_a_wrong_old_size_tells_the_size() {
    for (refusal, status) in [
        (Refusal::BadRequest, 400),
        (Refusal::NotSigned, 403),
        (Refusal::UnknownLog, 404),
        (Refusal::Conflict { size: 50 }, 409),
        (Refusal::OtherRoot { size: 50 }, 409),
        (Refusal::BadProof, 422),
    ] {
        assert_eq!(refusal.status(), status);
        assert!(refusal.body().ends_with('\n'));
        let conflict = refusal == Refusal::Conflict { size: 50 };
        assert_eq!(refusal.content_type() == SIZE_TYPE, conflict);
        assert_eq!(size(refusal.body().as_bytes()), conflict.then_some(50));
    }
    assert_eq!(SIZE_TYPE, "text/x.tlog.size");
    assert_eq!(Refusal::Conflict { size: 20_852_014 }.body(), "20852014\n");
}

#[test]
fn a_size_answer_has_one_form() {
    assert_eq!(size(b"0\n"), Some(0));
    assert_eq!(size(b"18446744073709551615\n"), Some(u64::MAX));
    for body in ["", "\n", "50", "050\n", "50\n\n", "50 \n", "-1\n", "18446744073709551616\n"] {
        assert_eq!(size(body.as_bytes()), None, "{body:?}");
    }
    assert_eq!(size(b"\xff\n"), None);
}

proptest! {
    #[test]
    fn requests_round_trip(
        old_size: u64,
        proof in prop::collection::vec(any::<[u8; 32]>(), 0..=MAX_PROOF),
        note in "(\\PC|\n){0,60}",
    ) {
        let request = AddCheckpoint { old_size, proof: proof.into_iter().map(Hash::from_bytes).collect(), note };
        prop_assert_eq!(AddCheckpoint::parse(request.to_body().as_bytes()), Ok(request));
    }

    #[test]
    fn hostile_bodies_neither_panic_nor_have_two_spellings(start in 0usize..3, bytes: Vec<u8>, hashes in 0usize..3) {
        let hash = encode(&[9; 32]) + "\n";
        let head = ["", "old 1", "old 1\n"][start].to_owned() + &hash.repeat(hashes);
        let body = [head.as_bytes(), &bytes].concat();
        if let Ok(request) = AddCheckpoint::parse(&body) {
            prop_assert_eq!(request.to_body().into_bytes(), body);
        }
        let _ = (size(&bytes), cosignatures(TEXT, &bytes));
    }
}
