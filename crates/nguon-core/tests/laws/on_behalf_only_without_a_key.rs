//! A registrar signs for a household it enrolled, only while the household has no active key, within both scopes.

use nguon_core::judge::Chains as _;
use nguon_core::ledger::LedgerError;
use nguon_core::prelude::*;
use nguon_core::state::{ActorState, KeyState, Revocation};
use nguon_core::verify::{Note, Subject};
use proptest::prelude::*;

use crate::world::{NOW, World, any_scope, code, drawn_to, field, key, time, trust};

fn for_whom(world: &World, by: ChainId, by_key: u8, whom: ChainId, chain: ChainId) -> Result<StatementId, LedgerError> {
    let mut ledger = world.ledger.clone();
    ledger.append(&Pen::new(by, key(by_key), time(NOW)).on_behalf_of(whom), chain, drawn_to(world.consignment, 1))
}

#[test]
fn who_may_for_whom() {
    let mut world = World::new();
    let (office, coop) = (world.office, world.coop);
    let (quiet, batch) = (world.household, world.small_picked);
    assert!(for_whom(&world, coop, 3, quiet, batch).is_ok());
    // Not for one with a key, not for one that is no household, not on another's batch.
    assert_eq!(field(for_whom(&world, coop, 3, world.farm, world.picked)), ("on_behalf", "on_behalf_of".into()));
    assert_eq!(code(for_whom(&world, coop, 3, world.packer, world.lot)), "on_behalf");
    assert_eq!(code(for_whom(&world, coop, 3, quiet, world.picked)), "not_permitted");
    // Not by a farm, not by another registrar, not by an authority.
    assert_eq!(code(for_whom(&world, world.farm, 4, quiet, batch)), "on_behalf");
    let stranger = world.enrol(office.into(), 2, Role::Registrar, Some(30), any_scope()).unwrap();
    assert_eq!(code(for_whom(&world, stranger, 30, quiet, batch)), "on_behalf");
    let by_office = Pen::new(office, key(2), time(NOW)).on_behalf_of(quiet);
    assert_eq!(code(world.ledger.clone().append(&by_office, batch, drawn_to(world.lot, 1))), "on_behalf");
    // Without saying for whom, the co-op is not the custodian.
    assert_eq!(code(world.append(coop.into(), 3, batch, drawn_to(world.lot, 1))), "not_permitted");
    // A registrar further down may for those it enrolled, and the one above it too.
    let below = world.enrol(coop.into(), 3, Role::Registrar, Some(31), any_scope()).unwrap();
    let household = world.enrol(below.into(), 31, Role::Farm, None, any_scope()).unwrap();
    for (registrar, n) in [(below, 31), (coop, 3)] {
        let opened = Opened::new(household, "vải".parse().unwrap());
        let pen = Pen::new(registrar, key(n), time(NOW)).on_behalf_of(household);
        assert!(world.ledger.begin(&pen, opened, Nonce::from_bytes([n; 16])).is_ok());
    }
    assert_eq!(code(for_whom(&world, below, 31, quiet, batch)), "on_behalf");
}

/// A key ends it, its revocation begins it again.
#[test]
fn while_there_is_no_active_key() {
    let mut world = World::new();
    let (coop, household) = (world.coop.into(), world.household);
    let may = |world: &World| for_whom(world, world.coop, 3, household, world.small_picked).is_ok();
    assert!(may(&world));
    world.append(coop, 3, household, KeyAdded { key: key(30).into(), holder: None }).unwrap();
    assert!(!may(&world));
    let revoked = KeyRevoked {
        key: KeyId::of(&key(30).into()),
        reason: RevocationReason::Lost,
        suspect_since: None,
        details: None,
    };
    world.append(coop, 3, household, revoked).unwrap();
    assert!(may(&world));
}

#[test]
fn within_both_scopes() {
    let mut world = World::new();
    let coop = world.coop.into();
    let narrow = Scope::of_events(&[EventName::Opened]).unwrap();
    let household = world.enrol(coop, 3, Role::Farm, None, narrow).unwrap();
    let opened = Opened::new(household, "vải".parse().unwrap());
    let batch = world.begin_for(household, opened).unwrap();
    let listed = Listed { marketplace: "cho.example".parse().unwrap(), listing: "1".parse().unwrap(), until: None };
    let result = world.append_for(household, batch, listed);
    assert_eq!(field(result), ("out_of_scope", "scope.events".into()));
}

/// The verifier says so at each record, and does not call it a fault.
#[test]
fn the_reader_is_told() {
    let world = World::new();
    let bytes = world.ledger.bundle(world.consignment).unwrap().to_bytes().unwrap();
    let verdict = verify(&bytes, &trust(), &Options::at(time(NOW))).verdict;
    assert_eq!(verdict.outcome, Outcome::Unlogged);
    let told = verdict.findings.iter().filter(|finding| finding.subject == Subject::Note(Note::OnBehalf));
    let places: Vec<_> = told.map(|finding| finding.at.unwrap()).map(|at| (at.chain, at.sequence)).collect();
    let (picked, plot) = (world.small_picked, world.small_plot);
    let mut expected = vec![(picked, 0), (picked, 1), (picked, 2), (plot, 2)];
    expected.sort_unstable();
    let mut places = places;
    places.sort_unstable();
    assert_eq!(places, expected);
}

proptest! {
    /// Whether there ever was a time without an active key, against a walk through the times one by one.
    #[test]
    fn ever_without_a_key(keys in prop::collection::vec((0_u64..8, prop::option::of(1_u64..6)), 0..5)) {
        let world = World::new();
        let actor = world.ledger.chain(&world.farm).unwrap().actor().unwrap().clone();
        // Records of a chain each change one thing, so no two changes share a sequence.
        let mut used = std::collections::BTreeSet::new();
        let mut states = Vec::new();
        for (since, life) in keys {
            let since = (since..).find(|at| !used.contains(at)).unwrap();
            used.insert(since);
            let until = life.map(|life| (since + life..).find(|at| !used.contains(at)).unwrap());
            used.extend(until);
            let revoked = until.map(|sequence| Revocation { sequence, reason: RevocationReason::Lost, suspect_since: None });
            states.push(KeyState { key: actor.keys[0].key, since, revoked });
        }
        let actor = ActorState { keys: states.clone(), ..ActorState::clone(&actor) };
        let active = |at: u64| {
            states.iter().any(|state| state.since <= at && state.revoked.is_none_or(|revoked| at < revoked.sequence))
        };
        prop_assert_eq!(actor.was_ever_without_key(), (0..40).any(|at| !active(at)));
        prop_assert_eq!(actor.has_active_key(), active(1000));
    }
}
