//! Proofs about printed serials.

use nguon_core::gs1::Serial;
use nguon_core::ids::ChainId;
use nguon_core::serial::{Answer, SerialList, SerialProof, check};

/// Whatever the bytes are, an issued serial is never shown to be made up, nor a made-up one to be issued.
pub fn proof(data: &[u8]) {
    if let Ok(proof) = SerialProof::from_bytes(data) {
        assert_eq!(proof.to_bytes().as_deref(), Ok(data));
    }
    // The batch and the seven labels of the vectors.
    let batch = ChainId::from_bytes([0x22; 32]);
    let number = |n: u32| format!("LN{n:014}").parse::<Serial>().expect("a serial");
    let printed: Vec<Serial> = (0..7).map(number).collect();
    let list = SerialList::of(&batch, &printed).expect("a list");
    let issued = list.labels().expect("seven");
    let ask = |serial: &Serial| check(&batch, std::slice::from_ref(&issued), serial, data);
    let answers: Vec<Answer> = printed.iter().map(ask).collect();
    assert!(!answers.contains(&Answer::NeverIssued));
    // A proof is of one label.
    assert!(answers.iter().filter(|answer| **answer == Answer::Issued).count() <= 1);
    assert!((2_000..2_040).all(|n| ask(&number(n)) != Answer::Issued));
}
