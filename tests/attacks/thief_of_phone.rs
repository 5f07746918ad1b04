//! Somebody has a farmer's telephone, and its key.

use nguon_core::event::{Harvested, Inputs, Opened};
use nguon_core::ledger::Pen;
use nguon_core::values::{Grams, Time};
use nguon_core::verify::Outcome;
use nguon_examples::season::{OFFSET, moment};

use crate::support::{Insider, bundle, outcome, pen, refusal, season};

#[test]
fn the_lot_signed_before_the_theft_is_suspect_too() {
    assert!(matches!(outcome(&bundle("tuan/0530")), Outcome::Suspect { .. }));
    assert_eq!(outcome(&bundle("lien/0526")), Outcome::Unlogged, "the neighbour's is not");
}

/// A batch that the thief opens, with fruit of the true harvest: everything is in order but the key.
fn forged(key: &str, signed_at: Time) -> Outcome {
    let key = season().key(key);
    let thief = Pen::new(season().id("tuan"), &key, signed_at).east(OFFSET);
    let mut insider = Insider::of("tuan/0530");
    let batch = insider.begin(&thief, Opened::new(season().id("tuan"), "Vải thiều tươi".parse().unwrap()));
    let grams = Grams::new(1_000).unwrap();
    insider.append(&thief, season().id("tuan/plot"), harvest_drawn(batch, grams));
    insider.append(&thief, batch, Harvested::new(Inputs::one(season().id("tuan/plot"), grams)));
    insider.about(batch).outcome()
}

fn harvest_drawn(to: nguon_core::ids::ChainId, grams: Grams) -> nguon_core::event::HarvestDrawn {
    // In the season's window, whatever the thief's clock says.
    let at = Some(moment(5, 30, 8, 0).time().unwrap());
    nguon_core::event::HarvestDrawn { at, ..nguon_core::event::HarvestDrawn::new("2026".parse().unwrap(), to, grams) }
}

#[test]
fn a_revoked_key_is_suspect_whatever_time_it_claims() {
    for claimed in [moment(2, 1, 8, 0), moment(5, 28, 8, 0), moment(5, 30, 8, 0), moment(6, 20, 8, 0)] {
        let claimed = claimed.time().unwrap();
        assert!(matches!(forged("tuan", claimed), Outcome::Suspect { at: Some(_) }), "{claimed}");
    }
}

#[test]
fn a_server_takes_nothing_by_a_revoked_key() {
    let key = season().key("tuan");
    let thief = pen("tuan", &key);
    let mut ledger = season().ledger.clone();
    let opened = || Opened::new(season().id("tuan"), "Vải thiều tươi".parse().unwrap());
    let nonce = nguon_core::ids::Nonce::from_bytes([1; 16]);
    for claimed in [moment(2, 1, 8, 0), moment(6, 20, 8, 0)] {
        let back_dated = thief.at(claimed.time().unwrap());
        assert_eq!(refusal(ledger.begin(&back_dated, opened(), nonce)).code(), "revoked_key");
    }
    let fresh = season().key("tuan/2");
    assert!(ledger.begin(&pen("tuan", &fresh), opened(), nonce).is_ok(), "the farmer's new telephone");
}

#[test]
fn the_running_server_refuses_it_as_well() {
    let live = crate::server::Live::with_season();
    let offer = |key: &str| {
        let key = season().key(key);
        let opened = Opened::new(season().id("tuan"), "Vải thiều tươi".parse().unwrap());
        let nonce = nguon_core::ids::Nonce::from_bytes([1; 16]);
        let record = nguon_core::ledger::begin_record(&pen("tuan", &key), opened.into(), nonce);
        let deployment = season().ledger.trust().deployment();
        live.offer(&nguon_core::envelope::SignedRecord::sign(&record, &key, deployment).unwrap())
    };
    assert_eq!(offer("tuan"), (422, Some("revoked_key".to_owned()), Some("kid".to_owned())));
    assert_eq!(offer("tuan/2"), (201, None, None));
}

#[test]
fn the_thief_cannot_take_the_revocation_back_or_add_a_key() {
    let (old, fresh) = (season().key("tuan"), season().key("tuan/2"));
    let own = nguon_core::SigningKey::from_bytes(&[7; 32]);
    let added = || nguon_core::event::KeyAdded { key: (&own).into(), holder: None };
    let mut ledger = season().ledger.clone();
    let actor = season().id("tuan");
    assert_eq!(refusal(ledger.append(&pen("tuan", &old), actor, added())).code(), "revoked_key");
    // Not even with a key that counts: keys are the registrar's to add.
    assert_eq!(refusal(ledger.append(&pen("tuan", &fresh), actor, added())).code(), "not_permitted");
    let coop = season().key("early-coop");
    assert!(ledger.append(&pen("early-coop", &coop), actor, added()).is_ok());
}

/// Until the theft is reported the key counts, but for no more than its scope.
#[test]
fn an_unreported_theft_reaches_no_further_than_the_scope() {
    let key = season().key("hung");
    let by_thief = pen("hung", &key);
    let mut ledger = season().ledger.clone();
    let nonce = nguon_core::ids::Nonce::from_bytes([2; 16]);
    let opened = || Opened::new(season().id("hung"), "Vải thiều tươi".parse().unwrap());

    let new_year = by_thief.at(moment(12, 31, 0, 0).time().unwrap());
    let refused = refusal(ledger.begin(&new_year, opened(), nonce));
    assert_eq!((refused.code(), refused.field().as_deref()), ("out_of_scope", Some("scope.until")));
    let before = by_thief.at(moment(1, 18, 23, 59).time().unwrap());
    assert_eq!(refusal(ledger.begin(&before, opened(), nonce)).field().as_deref(), Some("scope.from"));

    let season_opened = || {
        let until = moment(12, 30, 0, 0).time().unwrap();
        nguon_core::event::SeasonOpened::new("2026-2".parse().unwrap(), season().now(), until, None)
    };
    let neighbours = ledger.append(&by_thief, season().id("lan/plot"), season_opened());
    assert_eq!(refusal(neighbours).code(), "not_permitted");
    assert!(ledger.append(&by_thief, season().id("hung/plot"), season_opened()).is_ok());
    assert!(ledger.begin(&by_thief, opened(), nonce).is_ok());
}
