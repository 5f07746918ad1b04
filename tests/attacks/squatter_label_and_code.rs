//! Somebody takes a label or a growing-area code that is not theirs. That a label or code is taken only once is kept by
//! the server, whose own tests show it; that a GTIN stands under its owner's prefix is kept by every reader too.

use nguon_core::event::Opened;
use nguon_core::ids::Nonce;
use nguon_core::values::{GtinCode, Label};
use nguon_core::verify::{At, Outcome};
use nguon_gs1::Gtin;

use crate::support::{Insider, pen, refusal, season};

fn labelled(owner: &str, payload: &str) -> Opened {
    let gtin: GtinCode = Gtin::from_payload(payload).unwrap().into();
    let mut opened = Opened::new(season().id(owner), "Vải thiều tươi".parse().unwrap());
    opened.label = Some(Label { gtin, lot: "XK260614-CN".parse().unwrap() });
    opened
}

const PACKERS: &str = "0952987600001";
const SELLERS: &str = "0952432100001";

#[test]
fn a_server_refuses_anothers_prefix() {
    let seller = season().key("seller");
    let mut ledger = season().ledger.clone();
    let mut open = |payload| ledger.begin(&pen("seller", &seller), labelled("seller", payload), Nonce::from_bytes([1; 16]));
    let refused = refusal(open(PACKERS));
    assert_eq!((refused.code(), refused.field().as_deref()), ("out_of_scope", Some("scope.gs1_prefixes")));
    assert!(open(SELLERS).is_ok());
}

#[test]
fn a_reader_refuses_it_too() {
    let seller = season().key("seller");
    let lot = |payload| {
        let mut insider = Insider::of("seller/0526");
        let batch = insider.begin(&pen("seller", &seller), labelled("seller", payload));
        (batch, insider.about(batch).outcome())
    };
    let (batch, refused) = lot(PACKERS);
    assert_eq!(refused, Outcome::Invalid { code: "out_of_scope", at: Some(At { chain: batch, sequence: 0 }) });
    assert_eq!(lot(SELLERS).1, Outcome::Incomplete, "its own label, on a lot that is still empty");
}

#[test]
fn a_company_without_a_prefix_labels_nothing() {
    let shop = season().key("shop-one");
    let mut ledger = season().ledger.clone();
    let refused = ledger.begin(&pen("shop-one", &shop), labelled("shop-one", SELLERS), Nonce::from_bytes([1; 16]));
    assert_eq!(refusal(refused).code(), "out_of_scope");
}

#[test]
fn a_consignment_has_no_label_of_its_own() {
    let packer = season().key("packer");
    let mut ledger = season().ledger.clone();
    let mut opened = labelled("packer", PACKERS);
    opened.label_of = Some(season().id("packer/shops"));
    let refused = refusal(ledger.begin(&pen("packer", &packer), opened, Nonce::from_bytes([1; 16])));
    assert_eq!((refused.code(), refused.field().as_deref()), ("bad_field", Some("label_of")));
}
