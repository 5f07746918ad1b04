//! Records that no server has judged.

use nguon_core::ledger::begin_record;
use nguon_core::record::{Record, Signer};

use super::*;

/// Adds a record, soundly signed, behind a chain's last one.
pub fn forge(bundle: &mut Bundle, by: impl Into<Signer>, n: u8, chain: ChainId, event: impl Into<Event>) {
    let deployment = *trust().deployment();
    let id =
        |bytes: &ByteString| SignedRecord::from_bytes(bytes.0.clone()).expect("a record").statement_id(&deployment);
    let slot = bundle.chains.iter().position(|records| ChainId::of_first(id(&records[0])) == chain).expect("the chain");
    let last = bundle.chains[slot].last().expect("a record");
    let signed = SignedRecord::from_bytes(last.0.clone()).expect("a record");
    let before = Record::from_payload(signed.payload()).expect("a record");
    let pen = Pen::new(by, key(n), Time::new(NOW).expect("a time"));
    let record = Record {
        kind: before.kind,
        chain: Some(chain),
        sequence: before.sequence + 1,
        previous: Some(id(last)),
        nonce: None,
        ..begin_record(&pen, event.into(), Nonce::from_bytes([0; 16]))
    };
    let signed = SignedRecord::sign(&record, key(n), &deployment).expect("signed");
    bundle.chains[slot].push(ByteString(signed.as_bytes().to_vec()));
}
