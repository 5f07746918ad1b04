//! A correction changes what counts from there on: what was accepted before stays sound, and what it says is judged as if it
//! had been said at first.

use nguon_core::judge::Chains as _;
use nguon_core::prelude::*;

use crate::scene::{DAY, Scene, allotted, approved, corrected, drawn, harvest, inputs, season};
use crate::world::{NOW, code, field, grams, time};

fn newest(scene: &Scene) -> u64 {
    scene.accepted.last().unwrap().1.sequence
}

/// Corrects and has it approved by the union, which signed neither.
fn approve(scene: &mut Scene, chain: ChainId) -> Result<StatementId, nguon_core::ledger::LedgerError> {
    let correction = newest(scene);
    scene.offer(scene.union, chain, approved(correction))
}

/// A season's window is not narrowed, neither where fruit has been picked nor where it has not.
#[test]
fn no_window_is_narrowed() {
    for logged in [false, true] {
        let mut scene = Scene::in_season(logged);
        scene.wait(10 * DAY);
        let (area, plot) = (scene.areas[0], scene.plots[0]);
        let picked = scene.picked(plot, scene.farms[0], 100);
        let with = |from, until, ceiling| SeasonOpened { from: time(from), until: time(until), ..season(ceiling) };
        for (from, until) in [(NOW, NOW + 5 * DAY), (NOW + 11 * DAY, NOW + 100 * DAY), (NOW - 1, NOW + 100 * DAY)] {
            let narrower = scene.offer(scene.office, area, corrected(1, with(from, until, Some(10_000))));
            assert_eq!(field(narrower), ("bad_field", "season".into()));
            let narrower = scene.offer(scene.coop, plot, corrected(1, with(from, until, None)));
            assert_eq!(field(narrower), ("bad_field", "season".into()));
        }
        assert_eq!(scene.verdict(picked).outcome, scene.sound());
    }
}

/// It may be widened: what was refused before is sound from then on, and only from then on.
#[test]
fn a_wider_window_counts_from_then_on() {
    let mut scene = Scene::in_season(true);
    let (area, plot, farm) = (scene.areas[0], scene.plots[0], scene.farms[0]);
    let open = |until| SeasonOpened { until: time(NOW + until * DAY), ..season(None) };
    scene.offer(scene.coop, plot, corrected(1, open(110))).unwrap();
    approve(&mut scene, plot).unwrap();
    scene.wait(105 * DAY);
    let early = scene.open(farm);
    assert_eq!(code(scene.offer(farm, plot, harvest(early, 100))), "outside_season");
    // Logged all the same, and the window widened afterwards: still too early said.
    let mut rogue = scene.clone();
    rogue.ledger.log_unjudged(rogue.offered.clone().unwrap()).unwrap();
    rogue.offer(farm, early, Harvested::new(inputs(&[(plot, 100)]))).unwrap();
    for scene in [&mut scene, &mut rogue] {
        let wider = SeasonOpened { ceiling: Some(grams(10_000)), ..open(110) };
        scene.offer(scene.office, area, corrected(1, wider)).unwrap();
        approve(scene, area).unwrap();
    }
    assert!(matches!(rogue.verdict(early).outcome, Outcome::Invalid { code: "outside_season", .. }));
    scene.offer(farm, plot, harvest(early, 100)).unwrap();
    scene.offer(farm, early, Harvested::new(inputs(&[(plot, 100)]))).unwrap();
    assert_eq!(scene.verdict(early).outcome, scene.sound());
}

/// A harvest whose date is moved is judged at the new date: by the plot's window, the area's, and the code's validity.
#[test]
fn a_moved_harvest_stays_in_its_season() {
    for logged in [false, true] {
        let mut scene = Scene::in_season(logged);
        let (plot, farm) = (scene.plots[0], scene.farms[0]);
        let wider = SeasonOpened { until: time(NOW + 110 * DAY), ..season(None) };
        scene.offer(scene.coop, plot, corrected(1, wider)).unwrap();
        approve(&mut scene, plot).unwrap();
        scene.wait(96 * DAY);
        let batch = scene.picked(plot, farm, 100);
        let moved = |at| HarvestDrawn { at: Some(time(at)), ..harvest(batch, 100) };
        let origin = scene.ledger.chain(&plot).unwrap().sequence;
        scene.wait(10 * DAY);
        // In the plot's window and not in the area's; in neither.
        for at in [NOW + 101 * DAY, NOW - DAY] {
            let mut scene = scene.clone();
            let refused = scene.offer(farm, plot, corrected(origin, moved(at)));
            let refused = refused.and_then(|_| approve(&mut scene, plot));
            assert_eq!(field(refused), ("outside_season", "at".into()), "{at}");
        }
        scene.offer(farm, plot, corrected(origin, moved(NOW + 95 * DAY))).unwrap();
        approve(&mut scene, plot).unwrap();
        assert_eq!(scene.verdict(batch).outcome, scene.sound());
    }
}

/// No correction leaves less than somebody has taken already.
#[test]
fn what_was_taken_stays_covered() {
    for logged in [false, true] {
        let mut scene = Scene::in_season(logged);
        let (area, plot, farm) = (scene.areas[0], scene.plots[0], scene.farms[0]);
        let batch = scene.picked(plot, farm, 1_000);
        let bought = scene.merged(scene.collector, &[(batch, 600)]);
        let approved = |scene: &mut Scene, by: nguon_core::record::Signer, chain, sequence, event: Event| {
            scene.offer(by, chain, corrected(sequence, event)).and_then(|_| approve(scene, chain))
        };
        let harvested = scene.ledger.chain(&plot).unwrap().sequence;
        let (coop, farmer) = (scene.coop.into(), farm.into());
        let less = approved(&mut scene.clone(), farmer, plot, harvested, harvest(batch, 999).into());
        assert_eq!(field(less), ("below_taken", "grams".into()));
        let less = approved(&mut scene.clone(), farmer, batch, 2, drawn(bought, 599).into());
        assert_eq!(field(less), ("below_taken", "grams".into()));
        let less =
            approved(&mut scene.clone(), coop, area, 2, allotted(&[(plot, 999), (scene.plots[1], 4_000)]).into());
        assert_eq!(code(less), "below_taken");
        // Fewer grams came in than went out.
        let less = Harvested::new(inputs(&[(plot, 599)]));
        assert_eq!(code(scene.clone().offer(farm, batch, corrected(1, less))), "over_drawn");
        let exact = Harvested::new(inputs(&[(plot, 600)]));
        scene.offer(farm, batch, corrected(1, exact)).unwrap();
        for batch in [batch, bought] {
            assert_eq!(scene.verdict(batch).outcome, scene.sound());
        }
    }
}
