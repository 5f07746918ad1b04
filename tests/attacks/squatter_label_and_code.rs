//! Somebody takes a label or a growing-area code that is not theirs. That each is taken only once is the server's to keep
//! (and, once there is a log, the map auditor's); that a GTIN stands under its owner's prefix every reader sees.

use nguon_core::envelope::SignedRecord;
use nguon_core::event::{Event, Opened, PlaceRegistered};
use nguon_core::ids::Nonce;
use nguon_core::ledger::{Pen, begin_record};
use nguon_core::record::Record;
use nguon_core::values::{GtinCode, Label};
use nguon_core::verify::{At, Outcome};
use nguon_gs1::Gtin;

use crate::server::Live;
use crate::support::{Insider, office, pen, refusal, season};

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
    let mut open =
        |payload| ledger.begin(&pen("seller", &seller), labelled("seller", payload), Nonce::from_bytes([1; 16]));
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

fn signed(pen: &Pen<'_>, event: impl Into<Event>) -> SignedRecord {
    let record = begin_record(pen, event.into(), Nonce::from_bytes([1; 16]));
    SignedRecord::sign(&record, pen.key, season().ledger.trust().deployment()).unwrap()
}

fn refused(code: &str, field: &str) -> (u16, Option<String>, Option<String>) {
    (422, Some(code.to_owned()), Some(field.to_owned()))
}

#[test]
fn a_label_is_taken_once() {
    let live = Live::with_season();
    let packer = season().key("packer");
    let free = |lot: &str| {
        let mut opened = labelled("packer", PACKERS);
        opened.label = opened.label.map(|label| Label { lot: lot.parse().unwrap(), ..label });
        signed(&pen("packer", &packer), opened)
    };
    // Not even the owner of the prefix puts a second batch behind a label.
    assert_eq!(live.offer(&free("XK260614-CN")), refused("taken", "label"));
    assert_eq!(live.offer(&free("XK260615-CN")), (201, None, None));
}

#[test]
fn a_growing_area_code_is_taken_once() {
    let live = Live::with_season();
    let officer = season().key("office/1");
    let known = Record::from_payload(season().ledger.records(&season().id("area/chu"))[0].payload()).unwrap();
    let Event::PlaceRegistered(area) = known.event else { panic!("not a place") };
    let squatted = PlaceRegistered { holder: season().id("early-coop"), ..area.clone() };
    assert_eq!(live.offer(&signed(&office(&officer), squatted)), refused("taken", "code"));
    // The same code by another issuer is another code.
    let other = PlaceRegistered { issuer: "APHIS".parse().unwrap(), ..area };
    assert_eq!(live.offer(&signed(&office(&officer), other)), (201, None, None));
}
