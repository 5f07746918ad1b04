//! What takes something back needs somebody else's word: releases, approvals, reattestations, freed names; and what ends
//! somebody's powers, or a code's, counts from its place on and not before.

use nguon_core::judge::Chains as _;
use nguon_core::prelude::*;
use nguon_core::record::Signer;
use nguon_core::verify::OutcomeKind;
use proptest::prelude::*;

use crate::scene::{
    DAY, Scene, allotted, approved, corrected, disposed, drawn, harvest, inputs, lost, season, sold, sprayed, trust,
};
use crate::world::{any_scope, code, field, grams, key, label, time};

fn newest(scene: &Scene) -> u64 {
    scene.accepted.last().unwrap().1.sequence
}

/// With a log and without.
fn both(play: impl Fn(Scene)) {
    for logged in [false, true] {
        play(Scene::in_season(logged));
    }
}

/// Logs what was just refused all the same; who reads the batch finds it.
fn is_found(scene: &Scene, batch: ChainId, code: &str) {
    if scene.logged {
        let mut scene = scene.clone();
        scene.ledger.log_unjudged(scene.offered.clone().unwrap()).unwrap();
        let verdict = scene.verdict(batch);
        let found = verdict.findings.iter().any(|finding| finding.outcome.is_some() && finding.code() == code);
        assert!(found, "{code}: {:?}", verdict.findings);
    }
}

#[test]
fn a_release_needs_two_keys() {
    both(|mut scene| {
        let (office, batch) = (scene.office, scene.picked(scene.plots[0], scene.farms[0], 100));
        for chain in [batch, scene.plots[0], scene.areas[0]] {
            scene.use_key(office, 2);
            let released = |recall, approval| Released { recall, approval, details: None };
            let approve = |recall| ReleaseApproved { recall, details: None };
            scene.offer(office, chain, Recalled::new(RecallReason::Other)).unwrap();
            let recall = newest(&scene);
            scene.offer(office, chain, Recalled::new(RecallReason::Microbial)).unwrap();
            let other = newest(&scene);
            // Nobody's but authorities', of a recall that is there, and the approval first.
            for by in [scene.coop, scene.union, scene.farms[0], scene.inspector] {
                assert_eq!(code(scene.offer(by, chain, approve(recall))), "not_permitted");
            }
            assert_eq!(field(scene.offer(office, chain, approve(0))), ("bad_field", "recall".into()));
            assert_eq!(field(scene.offer(office, chain, released(recall, recall))), ("bad_field", "approval".into()));
            scene.offer(office, chain, approve(recall)).unwrap();
            let first = newest(&scene);
            // The same key is nobody else; an approval of one recall is none of another.
            assert_eq!(field(scene.offer(office, chain, released(recall, first))), ("bad_field", "approval".into()));
            scene.use_key(office, 12);
            assert_eq!(field(scene.offer(office, chain, released(other, first))), ("bad_field", "approval".into()));
            for by in [scene.coop, scene.union, scene.farms[0], scene.inspector] {
                assert_eq!(code(scene.offer(by, chain, released(recall, first))), "not_permitted");
            }
            scene.offer(office, chain, released(recall, first)).unwrap();
            assert_eq!(scene.verdict(batch).outcome.kind(), OutcomeKind::Recalled);
            // Once is enough.
            assert_eq!(field(scene.offer(office, chain, released(recall, first))), ("bad_field", "recall".into()));
            scene.offer(office, chain, approve(other)).unwrap();
            let second = newest(&scene);
            scene.use_key(office, 2);
            scene.offer(office, chain, released(other, second)).unwrap();
            assert_eq!(scene.verdict(batch).outcome, scene.sound());
        }
    });
}

/// Everybody with a key, and a registrar who stands above nobody.
fn everybody(scene: &mut Scene) -> Vec<Signer> {
    let stranger = scene.enrol(scene.office.into(), Role::Registrar, Some(60));
    let actors = [scene.union, scene.coop, scene.farms[0], scene.farms[1], scene.collector, scene.packer, stranger];
    actors.into_iter().map(Signer::Actor).chain([Signer::Authority(scene.office)]).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whoever corrects what: approved by those above the custodian who signed neither, and by nobody else.
    #[test]
    fn a_correction_is_approved_by_somebody_else(logged in any::<bool>(), which in 0_usize..9, who in 0_usize..8) {
        let mut scene = Scene::in_season(logged);
        let by = everybody(&mut scene)[who];
        let (farm, coop, union) = (scene.farms[0], scene.coop, scene.union);
        let office = Signer::Authority(scene.office);
        let (plot, quiet, area) = (scene.plots[0], scene.plots[1], scene.areas[0]);
        let batch = scene.picked(plot, farm, 100);
        let behalf = scene.picked(quiet, scene.household, 100);
        let taker = scene.open(scene.packer);
        scene.offer(farm, plot, sprayed(7, Some(scene.now - 7 * DAY))).unwrap();
        let spray = newest(&scene);
        for event in [drawn(taker, 10).into(), Event::from(sold(10)), lost(10).into(), disposed(10).into()] {
            scene.offer(farm, batch, event).unwrap();
        }
        scene.offer(scene.household, behalf, drawn(taker, 10)).unwrap();
        let sequence = |chain: &ChainId, scene: &Scene| scene.ledger.chain(chain).unwrap().sequence;
        let picked = scene.ledger.chain(&plot).unwrap().place().unwrap().draws.entries()[0].sequence;
        // What, corrected by whom, and who stands above without having signed.
        let above = [union.into(), coop.into(), office];
        let (chain, origin, event, author, may): (ChainId, u64, Event, Signer, Vec<Signer>) = match which {
            0 => (batch, 2, drawn(taker, 9).into(), farm.into(), above.to_vec()),
            1 => (batch, 3, sold(9).into(), farm.into(), above.to_vec()),
            2 => (batch, 4, lost(9).into(), farm.into(), above.to_vec()),
            3 => (batch, 5, disposed(9).into(), farm.into(), above.to_vec()),
            4 => (plot, spray, sprayed(6, None).into(), farm.into(), above.to_vec()),
            5 => (plot, picked, harvest(batch, 101).into(), farm.into(), above.to_vec()),
            // The co-op signed for the household, and so it signed both.
            6 => (behalf, 2, drawn(taker, 9).into(), scene.household.into(), vec![union.into(), office]),
            // The co-op holds the area's code and stands not above itself; the office signed the season.
            7 => {
                let shares = allotted(&[(plot, 5_999), (quiet, 4_000)]);
                (area, 2, shares.into(), coop.into(), vec![union.into(), office])
            }
            _ => (area, 1, season(Some(10_001)).into(), office, vec![union.into()]),
        };
        scene.offer(author, chain, corrected(origin, event)).unwrap();
        let correction = sequence(&chain, &scene);
        prop_assert_eq!(scene.ledger.chain(&chain).unwrap().correction_of(origin), None);
        let result = scene.offer(by, chain, approved(correction));
        if may.contains(&by) {
            prop_assert!(result.is_ok(), "{result:?}");
            prop_assert_eq!(scene.ledger.chain(&chain).unwrap().correction_of(origin), Some(correction));
            // Once.
            let again = scene.offer(by, chain, approved(correction));
            prop_assert_eq!(field(again), ("bad_field", "correction".to_owned()));
        } else {
            prop_assert_eq!(code(result), "not_permitted");
            is_found(&scene, if scene.batches.contains(&chain) { chain } else { batch }, "not_permitted");
        }
    }
}

fn revoked(n: u8, suspect_since: u64) -> KeyRevoked {
    let (key, suspect_since) = (KeyId::of(&key(n).into()), Some(time(suspect_since)));
    KeyRevoked { key, reason: RevocationReason::Stolen, suspect_since, details: None }
}

/// Every record of these chains that somebody's key signed, looked at again.
fn reattested(scene: &Scene, chain: ChainId, n: u8) -> Reattested {
    let kid = KeyId::of(&key(n).into());
    let records = scene.ledger.records(&chain).iter().zip(0..);
    let sequences = records.filter(|(record, _)| record.key_id() == kid).map(|(_, sequence)| sequence).collect();
    Reattested { sequences: List::new(sequences).unwrap(), details: None }
}

/// What a stolen key signed is in doubt until a key that is not in doubt says that it holds.
#[test]
fn only_a_good_key_forgives() {
    both(|mut scene| {
        let (farm, coop, plot) = (scene.farms[0], scene.coop, scene.plots[0]);
        scene.wait(DAY);
        let stolen = scene.now;
        scene.wait(DAY);
        scene.offer(coop, farm, KeyAdded { key: key(44).into(), holder: None }).unwrap();
        let batch = scene.picked(plot, farm, 100);
        // The thief looks at it again, with the key that is in doubt.
        let (of_batch, of_plot) = (reattested(&scene, batch, 4), reattested(&scene, plot, 4));
        scene.offer(farm, batch, of_batch.clone()).unwrap();
        scene.wait(DAY);
        scene.offer(coop, farm, revoked(4, stolen)).unwrap();
        assert_eq!(scene.verdict(batch).outcome.kind(), OutcomeKind::Suspect);
        for by in [scene.packer, scene.farms[1], scene.inspector] {
            assert_eq!(code(scene.offer(by, batch, of_batch.clone())), "not_permitted");
        }
        let unknown = Reattested { sequences: List::new(vec![1, 99]).unwrap(), details: None };
        assert_eq!(field(scene.offer(coop, batch, unknown)), ("bad_field", "sequences".into()));
        let falling = Reattested { sequences: List::new(vec![1, 0]).unwrap(), details: None };
        assert_eq!(field(scene.offer(coop, batch, falling)), ("bad_field", "sequences".into()));
        for by in [Signer::Actor(farm), coop.into(), scene.union.into(), scene.office.into()] {
            let mut scene = scene.clone();
            scene.use_key(farm, 44);
            // The batch, with what the thief wrote below it; then the plot.
            let whole = reattested(&scene, batch, 4);
            scene.offer(by, batch, whole).unwrap();
            assert_eq!(scene.verdict(batch).outcome.kind(), OutcomeKind::Suspect);
            scene.offer(by, plot, of_plot.clone()).unwrap();
            assert_eq!(scene.verdict(batch).outcome, scene.sound());
        }
        // A second key that is lost as well forgives nothing.
        let mut twice = scene.clone();
        twice.use_key(farm, 44);
        for chain in [batch, plot] {
            let all = reattested(&twice, chain, 4);
            twice.offer(farm, chain, all).unwrap();
        }
        twice.offer(coop, farm, revoked(44, stolen)).unwrap();
        assert_eq!(twice.verdict(batch).outcome.kind(), OutcomeKind::Suspect);
    });
}

/// So is what a registrar's stolen key enrolled: until somebody above it looks at the enrolment again.
#[test]
fn what_a_stolen_registrar_enrolled_is_in_doubt() {
    let mut scene = Scene::in_season(true);
    let (coop, union) = (scene.coop, scene.union);
    scene.offer(union, coop, KeyAdded { key: key(33).into(), holder: None }).unwrap();
    scene.wait(DAY);
    let stolen = scene.now;
    scene.wait(DAY);
    let buyer = scene.enrol(coop.into(), Role::Collector, Some(61));
    let batch = scene.picked(scene.plots[0], scene.farms[0], 100);
    let bought = scene.merged(buyer, &[(batch, 50)]);
    scene.wait(DAY);
    scene.offer(union, coop, revoked(3, stolen)).unwrap();
    assert_eq!(scene.verdict(bought).outcome.kind(), OutcomeKind::Suspect);
    // What it did before is sound.
    assert_eq!(scene.verdict(batch).outcome, Outcome::Valid);
    let first = Reattested { sequences: List::of_one(0), details: None };
    assert_eq!(code(scene.offer(buyer, buyer, first.clone())), "not_permitted");
    scene.offer(union, buyer, first).unwrap();
    assert_eq!(scene.verdict(bought).outcome, Outcome::Valid);
}

/// Who retires acts no more, and what it did stays; the household is not signed for either.
#[test]
fn retiring_counts_from_its_place_on() {
    both(|mut scene| {
        let (farm, coop, plot) = (scene.farms[0], scene.coop, scene.plots[0]);
        let batch = scene.picked(plot, farm, 100);
        assert_eq!(code(scene.offer(farm, farm, Retired { details: None })), "not_permitted");
        for household in [farm, scene.household] {
            scene.offer(coop, household, Retired { details: None }).unwrap();
        }
        assert_eq!(code(scene.offer(farm, batch, sold(1))), "revoked_key");
        is_found(&scene, batch, "key_not_then");
        let added = KeyAdded { key: key(44).into(), holder: None };
        assert_eq!(field(scene.offer(coop, farm, added)), ("bad_field", "event".into()));
        let quiet = Opened::new(scene.household, "vải".parse().unwrap());
        assert_eq!(code(scene.begin(scene.household, quiet)), "on_behalf");
        // Without an order nobody knows that it retired later.
        let expected = if scene.logged { OutcomeKind::Valid } else { OutcomeKind::Suspect };
        assert_eq!(scene.verdict(batch).outcome.kind(), expected);
    });
}

/// A scope counts where it stands: what was done within the old one stays, and nothing beyond the new one is taken.
#[test]
fn a_scope_counts_from_its_place_on() {
    both(|mut scene| {
        let (farm, coop, plot) = (scene.farms[0], scene.coop, scene.plots[0]);
        let batch = scene.picked(plot, farm, 100);
        let narrow = Scope::of_events(&[EventName::Drawn, EventName::Sold]).unwrap();
        assert_eq!(code(scene.offer(farm, farm, ScopeChanged { scope: narrow.clone() })), "not_permitted");
        scene.offer(coop, farm, ScopeChanged { scope: narrow }).unwrap();
        scene.offer(farm, batch, sold(1)).unwrap();
        assert_eq!(field(scene.offer(farm, batch, lost(1))), ("out_of_scope", "scope.events".into()));
        is_found(&scene, batch, "out_of_scope");
        let early = scene.offered.clone().unwrap();
        assert_eq!(scene.verdict(batch).outcome, scene.sound());
        // Said beyond the scope, which is widened afterwards: it was beyond it.
        if scene.logged {
            let mut rogue = scene.clone();
            rogue.ledger.log_unjudged(early).unwrap();
            rogue.offer(coop, farm, ScopeChanged { scope: any_scope() }).unwrap();
            assert!(matches!(rogue.verdict(batch).outcome, Outcome::Invalid { code: "out_of_scope", .. }));
        }
        scene.offer(coop, farm, ScopeChanged { scope: any_scope() }).unwrap();
        scene.offer(farm, batch, lost(1)).unwrap();
        assert_eq!(scene.verdict(batch).outcome, scene.sound());
        // Nobody gives what it has not.
        let wide = Scope { gs1_prefixes: Some(List::of_one("9529".parse().unwrap())), ..any_scope() };
        let beyond = scene.offer(coop, farm, ScopeChanged { scope: wide });
        assert_eq!(field(beyond), ("out_of_scope", "scope.gs1_prefixes".into()));
    });
}

fn cooled() -> Cooled {
    Cooled { method: CoolingMethod::Transport, measured_mc: 4_000, set_point_mc: None, place: None, at: None }
}

/// A carrier writes temperatures on what it carries, from when it was handed over until it was received.
#[test]
fn a_carrier_cools_what_it_carries() {
    both(|mut scene| {
        let (farm, carrier) = (scene.farms[0], scene.carrier);
        let other = scene.enrol(scene.coop.into(), Role::Carrier, Some(62));
        let batch = scene.picked(scene.plots[0], farm, 100);
        let bought = scene.open(scene.collector);
        scene.offer(farm, batch, drawn(bought, 50)).unwrap();
        assert_eq!(code(scene.offer(carrier, batch, cooled())), "not_permitted");
        is_found(&scene, batch, "not_permitted");
        scene.offer(farm, batch, Shipped::new(2, carrier)).unwrap();
        assert_eq!(code(scene.offer(other, batch, cooled())), "not_permitted");
        assert_eq!(code(scene.offer(carrier, bought, cooled())), "not_permitted");
        scene.offer(carrier, batch, cooled()).unwrap();
        // Nothing else.
        assert_eq!(code(scene.offer(carrier, batch, lost(1))), "not_permitted");
        scene.offer(scene.collector, bought, Received::new(inputs(&[(batch, 49)]))).unwrap();
        assert_eq!(code(scene.offer(carrier, batch, cooled())), "not_permitted");
        is_found(&scene, bought, "not_permitted");
        for batch in [batch, bought] {
            assert_eq!(scene.verdict(batch).outcome, scene.sound());
        }
    });
}

fn suspended() -> Suspended {
    Suspended { reason: SuspensionReason::Inspection, details: None }
}

/// Under a suspended code nothing is harvested and nothing packed; what was before stays, and goes on afterwards.
#[test]
fn a_suspended_code_is_no_code() {
    both(|mut scene| {
        let (farm, plot, house, packer) = (scene.farms[0], scene.plots[0], scene.house, scene.packer);
        let office = scene.office;
        let batch = scene.picked(plot, farm, 100);
        let lot = scene.open(packer);
        scene.offer(farm, batch, drawn(lot, 100)).unwrap();
        let packed = Packed::new(inputs(&[(batch, 50)]), Count::new(1).unwrap(), grams(50));
        let packed = Packed { place: Some(house), ..packed };
        scene.offer(packer, lot, packed.clone()).unwrap();
        for place in [scene.areas[0], house] {
            for by in [scene.packer, farm, scene.inspector] {
                assert_eq!(code(scene.offer(by, place, suspended())), "not_permitted");
            }
            let lifted = SuspensionLifted { details: None };
            assert_eq!(field(scene.offer(office, place, lifted.clone())), ("bad_field", "event".into()));
            scene.offer(office, place, suspended()).unwrap();
            assert_eq!(field(scene.offer(office, place, suspended())), ("bad_field", "event".into()));
        }
        let again = SeasonOpened { season: "2027".parse().unwrap(), ..season(Some(5)) };
        assert_eq!(field(scene.offer(office, scene.areas[0], again)), ("bad_field", "season".into()));
        assert_eq!(code(scene.offer(packer, lot, packed.clone())), "suspended");
        is_found(&scene, lot, "suspended");
        assert_eq!(code(scene.offer(farm, plot, harvest(batch, 1))), "suspended");
        is_found(&scene, lot, "suspended");
        // The other area's code counts.
        scene.picked(scene.plots[2], scene.farms[1], 100);
        assert_eq!(scene.verdict(lot).outcome, scene.sound());
        for place in [scene.areas[0], house] {
            scene.offer(office, place, SuspensionLifted { details: None }).unwrap();
        }
        scene.offer(farm, plot, harvest(batch, 1)).unwrap();
        scene.offer(packer, lot, packed).unwrap();
        assert_eq!(scene.verdict(lot).outcome, scene.sound());
    });
}

fn labelled(owner: ChainId) -> Opened {
    Opened { label: Some(label()), ..Opened::new(owner, "vải".parse().unwrap()) }
}

fn absent(scene: &Scene) -> bool {
    let (label, now) = (label(), time(scene.now));
    let Ok(absence) = scene.ledger.absence(&label) else { return false };
    let bytes = absence.to_bytes().unwrap();
    nguon_core::verify::verify_absence(&bytes, &trust(true), label.gtin.get(), label.lot.get(), now).is_ok()
}

/// A label that nobody printed is freed by the authority, is proven to be nobody's, and is taken by another.
#[test]
fn a_freed_label_is_free() {
    let mut scene = Scene::in_season(true);
    let (office, packer, farm) = (scene.office, scene.packer, scene.farms[0]);
    let released = || NameReleased { details: None };
    let picked = scene.picked(scene.plots[0], farm, 100);
    let first = scene.open_as(labelled(packer));
    scene.close();
    assert!(!absent(&scene));
    assert_eq!(field(scene.begin(packer, labelled(packer))), ("taken", "label".into()));
    assert_eq!(code(scene.offer(packer, first, released())), "not_permitted");
    assert_eq!(field(scene.offer(office, picked, released())), ("bad_field", "label".into()));
    scene.offer(office, first, released()).unwrap();
    assert_eq!(field(scene.offer(office, first, released())), ("bad_field", "label".into()));
    scene.close();
    assert!(absent(&scene));
    let second = scene.open_as(labelled(packer));
    scene.close();
    assert!(!absent(&scene));
    assert_eq!(field(scene.begin(packer, labelled(packer))), ("taken", "label".into()));
    // With inputs it stays.
    scene.pour(&[(picked, 50)], second);
    assert_eq!(field(scene.offer(office, second, released())), ("bad_field", "label".into()));
    assert_eq!(scene.verdict(second).outcome, Outcome::Valid);
}

/// A batch whose label was freed does not go on under it: two lots would answer to one label.
#[test]
fn a_batch_without_its_label_takes_nothing_in() {
    both(|mut scene| {
        let (office, packer, farm) = (scene.office, scene.packer, scene.farms[0]);
        let picked = scene.picked(scene.plots[0], farm, 100);
        let first = scene.open_as(labelled(packer));
        scene.offer(office, first, NameReleased { details: None }).unwrap();
        scene.offer(farm, picked, drawn(first, 50)).unwrap();
        let received = scene.offer(packer, first, Received::new(inputs(&[(picked, 50)])));
        assert!(received.is_err() || scene.verdict(first).outcome != scene.sound());
        let part = Opened { label_of: Some(first), ..Opened::new(scene.seller, "vải".parse().unwrap()) };
        assert!(scene.begin(scene.seller, part).is_err());
    });
}

/// A checkpoint from before shows the label as it was.
#[test]
fn a_freed_label_was_taken_before() {
    let mut scene = Scene::in_season(true);
    let first = scene.open_as(labelled(scene.packer));
    scene.close();
    let before = scene.ledger.checkpoints().len() - 1;
    scene.offer(scene.office, first, NameReleased { details: None }).unwrap();
    scene.close();
    for checkpoint in [before, before + 1] {
        let bundle = scene.ledger.bundle_at(first, checkpoint).unwrap();
        let verdict = scene.verdict_of(&bundle);
        let codes: Vec<&str> =
            verdict.findings.iter().filter(|finding| finding.outcome.is_some()).map(|finding| finding.code()).collect();
        assert_eq!(codes, ["no_inputs"], "at {checkpoint}");
    }
}

/// A place's code likewise; what was picked under it stays, and nothing more is.
#[test]
fn a_freed_code_is_free() {
    let mut scene = Scene::in_season(true);
    let (office, coop, farm) = (scene.office, scene.coop, scene.farms[0]);
    let (area, plot) = (scene.areas[0], scene.plots[0]);
    let batch = scene.picked(plot, farm, 100);
    let again = scene.place(PlaceKind::GrowingArea, 1, coop);
    assert_eq!(field(scene.begin(office, again.clone())), ("taken", "code".into()));
    scene.close();
    let before = scene.ledger.checkpoints().len() - 1;
    for by in [coop, scene.union] {
        assert_eq!(code(scene.offer(by, area, NameReleased { details: None })), "not_permitted");
    }
    scene.offer(office, area, NameReleased { details: None }).unwrap();
    assert_eq!(code(scene.offer(farm, plot, harvest(batch, 1))), "suspended");
    is_found(&scene, batch, "suspended");
    assert_eq!(scene.verdict(batch).outcome, Outcome::Valid);
    scene.begin(office, again.clone()).unwrap();
    assert_eq!(field(scene.begin(office, again)), ("taken", "code".into()));
    assert_eq!(scene.verdict(batch).outcome, Outcome::Valid);
    let bundle = scene.ledger.bundle_at(batch, before).unwrap();
    assert_eq!(scene.verdict_of(&bundle).outcome, Outcome::Valid);
}

/// A consignment is recalled by its owner or an authority once its lot says so; its owner may make the lot say so.
#[test]
fn a_consignment_is_recalled_where_its_lot_says_so() {
    both(|mut scene| {
        let (packer, seller, office) = (scene.packer, scene.seller, scene.office);
        let shop = scene.enrol(scene.coop.into(), Role::Seller, Some(63));
        let picked = scene.picked(scene.plots[0], scene.farms[0], 100);
        let lot = scene.open_as(labelled(packer));
        scene.pour(&[(picked, 90)], lot);
        let parts = [seller, shop].map(|owner| {
            let part = Opened { label_of: Some(lot), ..Opened::new(owner, "vải".parse().unwrap()) };
            scene.open_as(part)
        });
        for part in parts {
            scene.pour(&[(lot, 20)], part);
        }
        let [ours, theirs] = parts;
        let recalled = Recalled::new(RecallReason::Other);
        let naming = |part| Recalled { consignment: Some(part), ..Recalled::new(RecallReason::Other) };
        for by in [Signer::Actor(seller), office.into()] {
            assert_eq!(field(scene.offer(by, ours, recalled.clone())), ("bad_field", "consignment".into()));
            is_found(&scene, ours, "bad_field");
        }
        // On the lot: not for another's consignment, not the whole, and not for what is none of it.
        assert_eq!(code(scene.offer(seller, lot, naming(theirs))), "not_permitted");
        assert_eq!(code(scene.offer(seller, lot, recalled.clone())), "not_permitted");
        assert_eq!(field(scene.offer(packer, lot, naming(picked))), ("wrong_reference", "consignment".into()));
        scene.offer(seller, lot, naming(ours)).unwrap();
        assert_eq!(field(scene.offer(shop, theirs, recalled.clone())), ("bad_field", "consignment".into()));
        scene.offer(seller, ours, recalled).unwrap();
        for batch in [ours, theirs, lot, picked] {
            let verdict = scene.verdict(batch);
            let expected = if batch == ours { OutcomeKind::Recalled } else { scene.sound().kind() };
            assert_eq!(verdict.outcome.kind(), expected, "{:?}", verdict.findings);
            let part = verdict.findings.iter().any(|finding| finding.code() == "part_recalled");
            assert_eq!(part, batch == lot);
        }
    });
}
