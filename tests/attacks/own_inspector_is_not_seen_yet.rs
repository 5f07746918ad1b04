//! A co-op that may certify its own members' lots enrols an inspector of its own, who certifies everybody's. Roles are not
//! part of a scope, so this passes; the page names the inspector, and its enrolment is in the bundle.

use nguon_core::SigningKey;
use nguon_core::event::{Certified, Enrolled, EventName, Role, Scope};
use nguon_core::ids::FieldDigest;
use nguon_core::ledger::Pen;
use nguon_core::values::Time;
use nguon_core::verify::{Outcome, OutcomeKind};
use nguon_examples::season::OFFSET;

use crate::support::{Insider, at, pen, season};

fn certificate() -> Certified {
    let (from, until) = (season().now(), Time::new(season().now().get() + 86_400).unwrap());
    Certified { scheme: "VietGAP".parse().unwrap(), number: "MAU-9".parse().unwrap(), from, until }
}

#[test]
fn a_coop_certifies_nobody_elses_lots() {
    let coop = season().key("coop");
    let mut insider = Insider::of("lien/0526").with_chain("coop");
    let sequence = insider.append(&pen("coop", &coop), season().id("lien/0526"), certificate());
    let at = Some(at("lien/0526", sequence));
    assert_eq!(insider.outcome(), Outcome::Invalid { code: "not_permitted", at });
}

#[test]
fn its_own_inspector_does() {
    let (coop, friend) = (season().key("coop"), SigningKey::from_bytes(&[1; 32]));
    let mut insider = Insider::of("lien/0526").with_chain("coop");
    let dates = (season().now(), Time::new(season().now().get() + 86_400).unwrap());
    let scope =
        Scope { from: Some(dates.0), until: Some(dates.1), ..Scope::of_events(&[EventName::Certified]).unwrap() };
    let enrolled = Enrolled::new(Role::Inspector, FieldDigest::from_bytes([1; 32]), scope, Some((&friend).into()));
    let inspector = insider.begin(&pen("coop", &coop), enrolled);
    let by_friend = Pen::new(inspector, &friend, season().now()).east(OFFSET);
    insider.append(&by_friend, season().id("lien/0526"), certificate());
    assert_eq!(insider.outcome().kind(), OutcomeKind::Unlogged);
}
