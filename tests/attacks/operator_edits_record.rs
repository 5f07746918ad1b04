//! The data operator writes another number of kilograms into a record.

use nguon_core::SigningKey;
use nguon_core::bytes::ByteString;
use nguon_core::envelope::SignedRecord;
use nguon_core::event::Event;
use nguon_core::record::Record;
use nguon_core::values::Grams;
use nguon_core::verify::{Bundle, Outcome};

use crate::support::{at, bundle, invalid, outcome, season};

/// The last record of the seller's lot but one: what was packed.
const PACKED: usize = 1;

/// The lot with what `sign` makes of the edited record.
fn edited(sign: impl Fn(&SignedRecord, Record) -> SignedRecord) -> Bundle {
    let mut bundle = bundle("seller/0526");
    let signed = SignedRecord::from_bytes(bundle.chains[0][PACKED].0.clone()).unwrap();
    let mut record = Record::from_payload(signed.payload()).unwrap();
    let Event::Packed(packed) = &mut record.event else { panic!("not what was packed") };
    packed.grams_per_box = Grams::new(3_100).unwrap();
    let forged = sign(&signed, record);
    bundle.chains[0][PACKED] = ByteString(forged.as_bytes().to_vec());
    // What came after would no longer continue it.
    bundle.chains[0].truncate(PACKED + 1);
    bundle
}

#[test]
fn the_old_signature_does_not_hold_over_the_new_words() {
    let bundle = edited(|signed, record| {
        SignedRecord::assemble(signed.key_id(), &record.to_payload().unwrap(), &signed.signature()).unwrap()
    });
    assert_eq!(outcome(&bundle), invalid("bad_signature", "seller/0526", 1));
}

#[test]
fn the_operators_own_signature_is_nobodys() {
    let own = SigningKey::from_bytes(&[66; 32]);
    let bundle = edited(|_, record| SignedRecord::sign(&record, &own, season().ledger.trust().deployment()).unwrap());
    assert_eq!(outcome(&bundle), Outcome::UntrustedKey { at: Some(at("seller/0526", 1)) });
}

#[test]
fn the_operators_signature_under_the_sellers_key_id_does_not_hold() {
    let own = SigningKey::from_bytes(&[66; 32]);
    let bundle = edited(|signed, record| {
        let made = SignedRecord::sign(&record, &own, season().ledger.trust().deployment()).unwrap();
        SignedRecord::assemble(signed.key_id(), made.payload(), &made.signature()).unwrap()
    });
    assert_eq!(outcome(&bundle), invalid("bad_signature", "seller/0526", 1));
}

#[test]
fn the_seller_itself_could_have_said_so() {
    let seller = season().key("seller");
    let bundle =
        edited(|_, record| SignedRecord::sign(&record, &seller, season().ledger.trust().deployment()).unwrap());
    assert_eq!(outcome(&bundle), Outcome::Unlogged);
}
