//! Somebody who is enrolled writes on a batch or a plot that is not theirs.

use nguon_core::event::{
    Certified, DrawReason, Drawn, Event, HarvestDrawn, Listed, RecallReason, Recalled, SeasonOpened,
};
use nguon_core::values::Grams;
use nguon_core::verify::Outcome;

use nguon_examples::season::moment;

use crate::support::{Insider, at, pen, refusal, season};

/// What becomes of `actor`'s record on `chain`, by a reader of `lot` and by a server.
fn write(lot: &str, chain: &str, actor: &str, event: impl Into<Event>) -> (Outcome, &'static str) {
    let (event, key) = (event.into(), season().key(actor));
    let mut insider = Insider::of(lot).with_chain(actor);
    let sequence = insider.append(&pen(actor, &key), season().id(chain), event.clone());
    let admitted = season().ledger.clone().append(&pen(actor, &key), season().id(chain), event);
    let code = admitted.map_or_else(|error| refusal::<()>(Err(error)).code(), |_| "accepted");
    let outcome = insider.outcome();
    if let Outcome::Invalid { at: found, .. } = &outcome {
        assert_eq!(*found, Some(at(chain, sequence)));
    }
    (outcome, code)
}

fn not_permitted(chain: &str, sequence: u64) -> (Outcome, &'static str) {
    (Outcome::Invalid { code: "not_permitted", at: Some(at(chain, sequence)) }, "not_permitted")
}

const FINE: (Outcome, &str) = (Outcome::Unlogged, "accepted");

fn drawn() -> Drawn {
    Drawn { to: season().id("seller/0526"), grams: Grams::new(1_000).unwrap(), why: DrawReason::Handover }
}

fn listed() -> Listed {
    Listed { marketplace: "cho-nong-san.example".parse().unwrap(), listing: "MAU-3".parse().unwrap(), until: None }
}

#[test]
fn only_its_owner_lets_fruit_go() {
    assert_eq!(write("lien/0526", "lien/0526", "lien", drawn()), FINE);
    assert_eq!(write("lien/0526", "lien/0526", "seller", drawn()), not_permitted("lien/0526", 3));
    assert_eq!(write("lien/0526", "lien/0526", "hung", drawn()), not_permitted("lien/0526", 3));
}

#[test]
fn only_its_owner_offers_it() {
    assert_eq!(write("seller/0526", "seller/0526", "seller", listed()), FINE);
    assert_eq!(write("seller/0526", "seller/0526", "shop-one", listed()), not_permitted("seller/0526", 3));
}

#[test]
fn only_its_household_picks_on_a_plot() {
    // In the season's window.
    let at = Some(moment(5, 26, 7, 0).time().unwrap());
    let harvest = || HarvestDrawn {
        at,
        ..HarvestDrawn::new("2026".parse().unwrap(), season().id("lien/0526"), Grams::new(1_000).unwrap())
    };
    assert_eq!(write("lien/0526", "lien/plot", "lien", harvest()), FINE);
    assert_eq!(write("lien/0526", "lien/plot", "thu", harvest()), not_permitted("lien/plot", 9));
    // The co-op opens seasons on it, and picks nothing.
    assert_eq!(write("lien/0526", "lien/plot", "early-coop", harvest()), not_permitted("lien/plot", 9));
}

#[test]
fn nobody_raises_their_own_ceiling() {
    let (from, until) = (season().now(), nguon_core::values::Time::new(season().now().get() + 1).unwrap());
    let more = || SeasonOpened::new("2027".parse().unwrap(), from, until, Some(Grams::new(9_000_000_000).unwrap()));
    // A co-op holds the code, but the authority registered the area.
    assert_eq!(write("lien/0526", "area/phuc-hoa", "early-coop", more()), not_permitted("area/phuc-hoa", 4));
    assert_eq!(write("lien/0526", "area/phuc-hoa", "lien", more()).1, "not_permitted");
}

#[test]
fn a_recall_is_the_authoritys_or_the_owners() {
    let recalled = || Recalled::new(RecallReason::Other);
    assert_eq!(write("seller/0526", "seller/0526", "shop-one", recalled()), not_permitted("seller/0526", 3));
    let (own, admitted) = write("seller/0526", "seller/0526", "seller", recalled());
    assert!(matches!(own, Outcome::Recalled { .. }));
    assert_eq!(admitted, "accepted");
}

#[test]
fn nobody_certifies_themselves() {
    let now = season().now();
    let certificate = || Certified {
        scheme: "VietGAP".parse().unwrap(),
        number: "MAU-9".parse().unwrap(),
        from: now,
        until: nguon_core::values::Time::new(now.get() + 86_400).unwrap(),
    };
    assert_eq!(write("seller/0526", "seller/0526", "inspector", certificate()), FINE);
    assert_eq!(write("seller/0526", "seller/0526", "seller", certificate()), not_permitted("seller/0526", 3));
}
