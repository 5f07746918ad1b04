//! No sequence of accepted records creates mass: not by order, not by correction, not by anybody's key. After every
//! acceptance a second bookkeeping ([`crate::books`]) adds up everything anew.

use nguon_core::judge::Chains as _;
use proptest::prelude::*;

use crate::books::Books;
use crate::scene::Scene;
use crate::tries::{Try, tries};

/// Plays all tries; how many were accepted and how many refused.
fn play(scene: &mut Scene, tries: &[Try]) -> Result<(u32, u32), TestCaseError> {
    let mut books = Books::of(&scene.accepted);
    let (mut taken, mut refused) = (0, 0);
    for one in tries {
        let before = scene.accepted.len();
        match one.attempt(scene, &books) {
            None => continue,
            Some(Err(_)) => {
                refused += 1;
                continue;
            }
            Some(Ok(_)) => taken += 1,
        }
        for (chain, record) in &scene.accepted[before..] {
            books.enter(*chain, record);
        }
        if let Err(what) = books.check() {
            return Err(TestCaseError::fail(format!("{what}, after {one:?}: {:?}", scene.accepted.last())));
        }
        for batch in &scene.batches {
            let state = scene.ledger.chain(batch).unwrap();
            let state = state.batch().unwrap();
            prop_assert_eq!(i128::from(state.remaining()), books.remaining(batch));
            prop_assert_eq!(i128::from(state.boxes()), books.boxes(batch));
            prop_assert_eq!(i128::from(state.labels()), books.labels(batch));
        }
    }
    Ok((taken, refused))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn whatever_is_accepted(logged in any::<bool>(), begun in prop::bool::weighted(0.8), tries in tries(120)) {
        let mut scene = if begun { Scene::in_season(logged) } else { Scene::new(logged) };
        play(&mut scene, &tries)?;
    }
}

/// The tries are not all refused, nor all harmless.
#[test]
fn enough_is_accepted_and_enough_refused() {
    use proptest::strategy::{Strategy as _, ValueTree as _};
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let (mut taken, mut refused) = (0, 0);
    for _ in 0..20 {
        let tries = tries(120).new_tree(&mut runner).unwrap().current();
        let mut scene = Scene::in_season(true);
        let (more_taken, more_refused) = play(&mut scene, &tries).unwrap();
        taken += more_taken;
        refused += more_refused;
    }
    assert!(taken > 400 && refused > 200, "{taken} accepted, {refused} refused");
}
