//! A bundle in stages says what the bundle says, no more and no less, however it is cut, dropped or changed.

use nguon_core::cbor::{first_item, split_sequence};
use nguon_core::prelude::*;
use nguon_core::verify::{Options, OutcomeKind, Stage, Verification, Verifier, assemble, stages};
use proptest::prelude::*;

use crate::replay_world::{acts, gaps, honest, trust};
use crate::world::{World, time};

fn cut(world: &World) -> (Vec<u8>, Vec<Vec<u8>>) {
    let bundle = world.ledger.bundle(world.lot).unwrap();
    let whole = bundle.to_bytes().unwrap();
    (whole, stages(bundle, trust().deployment()).unwrap())
}

fn now(world: &World) -> Options {
    let newest = world.ledger.checkpoints().last().unwrap();
    Options::at(time(newest.time.get() + 60))
}

fn fed<'a>(items: &[Vec<u8>], trust: &'a TrustRoot, options: &'a Options) -> Verifier<'a> {
    let (first, rest) = items.split_first().unwrap();
    let mut verifier = Verifier::staged(first, trust, options);
    let mut done = 0;
    for item in rest {
        let progress = verifier.feed(item);
        assert!(progress.done >= done && progress.done <= progress.total);
        done = progress.done;
    }
    verifier
}

fn verdict(items: &[Vec<u8>], options: &Options) -> Verification {
    fed(items, &trust(), options).finish()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn stages_come_together_again_byte_for_byte(gaps in gaps(), acts in acts()) {
        let world = honest(&gaps, &acts);
        let (whole, items) = cut(&world);
        let sent = items.concat();
        let received = split_sequence(&sent).unwrap();
        prop_assert_eq!(first_item(&sent).unwrap().0, &items[0][..]);
        prop_assert_eq!(assemble(&received).unwrap().to_bytes().unwrap(), whole);
    }

    #[test]
    fn the_verdict_is_the_bundles(gaps in gaps(), acts in acts()) {
        let world = honest(&gaps, &acts);
        let (whole, items) = cut(&world);
        let options = now(&world);
        let expected = nguon_core::verify::verify(&whole, &trust(), &options);
        let root = trust();
        let verifier = fed(&items, &root, &options);
        let staged = verifier.stage().unwrap();
        prop_assert_eq!(staged.chains, items.len() - 1);
        let found = verifier.finish();
        prop_assert_eq!(&found, &expected);
        prop_assert_eq!(nguon_core::verify::verify(&items.concat(), &trust(), &options), expected);
    }

    /// Whatever is dropped, sent twice or exchanged: never a better verdict than the whole has.
    #[test]
    fn what_does_not_come_whole_is_never_green(
        gaps in gaps(), acts in acts(), at in any::<prop::sample::Index>(), other in any::<prop::sample::Index>(), how in 0..3
    ) {
        let world = honest(&gaps, &acts);
        let (_, mut items) = cut(&world);
        let options = now(&world);
        let places = 1..items.len();
        let (at, other) = (places.start + at.index(places.len()), places.start + other.index(places.len()));
        match how {
            0 => { items.remove(at); }
            1 => { let again = items[at].clone(); items.push(again); }
            _ if items[at] == items[other] => return Ok(()),
            _ => items[at] = items[other].clone(),
        }
        let outcome = verdict(&items, &options).verdict.outcome.kind();
        prop_assert!(outcome <= OutcomeKind::Incomplete, "{outcome}");
    }

    /// The order of the parts is the server's affair.
    #[test]
    fn parts_may_come_in_any_order(gaps in gaps(), acts in acts(), rotate in any::<prop::sample::Index>()) {
        let world = honest(&gaps, &acts);
        let (_, mut items) = cut(&world);
        let options = now(&world);
        let expected = verdict(&items, &options);
        let by = rotate.index(items.len() - 1);
        items[1..].rotate_left(by);
        prop_assert_eq!(verdict(&items, &options), expected);
    }

    #[test]
    fn no_changed_byte_is_believed(
        gaps in gaps(), acts in acts(), item in any::<prop::sample::Index>(), at in any::<prop::sample::Index>(), to in 1..=255_u8
    ) {
        let world = honest(&gaps, &acts);
        let (_, mut items) = cut(&world);
        let options = now(&world);
        let expected = verdict(&items, &options).verdict.outcome.kind();
        let item = item.index(items.len());
        let at = at.index(items[item].len());
        items[item][at] ^= to;
        let changed = verdict(&items, &options);
        // Bytes of signatures that did not count, and the count of records that nothing is concluded from, may change.
        prop_assert!(changed.verdict.outcome.kind() <= expected, "{}", changed.verdict.outcome.kind());
    }
}

/// What the first stage shows of recalls is the map's word: a server cannot leave one out.
#[test]
fn the_first_stage_cannot_hide_a_recall() {
    let world = honest(&[], &[]);
    let (_, items) = cut(&world);
    let mut stage = Stage::from_bytes(&items[0]).unwrap();
    let claims = stage.claims().unwrap();
    assert!(!claims.is_empty() && claims.iter().all(|claim| !claim.entry.recalled && !claim.entry.forked));
    let (root, options) = (trust(), now(&world));
    assert_eq!(Verifier::staged(&items[0], &root, &options).stage().map(|stage| stage.recalled), Some(0));
    // The status byte is the last of a claim.
    stage.claims.0[72] ^= 2;
    let changed = stage.to_bytes().unwrap();
    assert_eq!(Verifier::staged(&changed, &root, &options).stage(), None);
}
