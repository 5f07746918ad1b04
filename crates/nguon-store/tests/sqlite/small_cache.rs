//! The cache of chain states changes how long a decision takes, never the decision.

use std::num::NonZeroUsize;

use nguon_core::admit::Statement;
use nguon_store::sqlite::{SqliteStore, Tuning};
use nguon_store::{Outcome, Store};
use proptest::prelude::*;

use crate::block_on::block_on;
use crate::world::{World, signed_otherwise};

fn outcomes(world: &World, cached: usize, offered: &[(Vec<Statement>, bool)]) -> Vec<Vec<Outcome>> {
    let folder = tempfile::tempdir().unwrap();
    let tuning = Tuning { cached_chains: NonZeroUsize::new(cached).unwrap(), ..Tuning::default() };
    let store = SqliteStore::open_tuned(folder.path(), world.trust.clone(), tuning).unwrap();
    let submit = |(statements, whole): &(Vec<Statement>, bool)| {
        if *whole {
            let result = block_on(store.submit_group(statements.clone())).unwrap();
            result.unwrap_or_else(|refusal| vec![refusal.outcome])
        } else {
            block_on(store.submit(statements.clone())).unwrap()
        }
    };
    offered.iter().map(submit).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_submissions_in_any_order(order in proptest::collection::vec((any::<prop::sample::Index>(), 1..6_usize, any::<bool>(), any::<bool>()), 1..40)) {
        let mut world = World::new();
        let batches = [world.batch(Some("L1")), world.batch(Some("L2")), world.batch(None)];
        for number in 0..9 {
            world.list(batches[number % 3], number);
        }
        let statements = world.statements();
        let offered: Vec<_> = order.into_iter().map(|(from, length, whole, forged)| {
            let from = from.index(statements.len());
            let mut some: Vec<_> = statements.iter().skip(from).take(length).cloned().collect();
            if let Some(last) = some.last_mut().filter(|_| forged) {
                *last = world.statement(&signed_otherwise(&last.signed));
            }
            (some, whole)
        }).collect();
        prop_assert_eq!(outcomes(&world, 1, &offered), outcomes(&world, 1000, &offered));
    }
}
