//! Bundles with the log's proof.

use nguon_core::envelope::SignedRecord;
use nguon_core::ids::ChainId;
use nguon_core::judge::Chains as _;
use nguon_core::ledger::{Pen, next_record};
use nguon_core::prelude::{RecallReason, Recalled, RootPayload};
use nguon_core::record::{Anchor, Record};
use nguon_core::trust::SignedRoot;
use nguon_core::verify::OutcomeKind;
use nguon_store::{OpeningPolicy, Outcome};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use super::leaves::scene;
use super::map::{Unfolding, deeds};
use crate::Kind;
use crate::block_on::block_on;
use crate::keeper::{Scene, tree};
use crate::world::{NOW, label, root_key, time};

fn outcome(scene: &Scene, batch: ChainId, size: u64) -> OutcomeKind {
    let verification = scene.verified(batch, size);
    let kind = verification.verdict.outcome.kind();
    assert!(matches!(kind, OutcomeKind::Valid | OutcomeKind::Recalled | OutcomeKind::Forked), "{verification:?}");
    kind
}

pub(crate) fn a_proven_bundle_is_valid<K: Kind>(kind: K) {
    let mut scene = scene(&kind);
    let batch = scene.world.batch(Some("L1"));
    scene.world.batch(Some("L2"));
    scene.submit();
    block_on(scene.store.store_openings(scene.world.openings.clone())).unwrap().unwrap();
    let size = scene.checkpoint();
    assert_eq!(outcome(&scene, batch, size), OutcomeKind::Valid);
    let history = scene.verified(batch, size).history.unwrap();
    assert_eq!(history.name_of(&scene.world.farm).text(), Some("Nguyễn Thị Mẫu"));
}

pub(crate) fn a_record_with_an_anchor_is_proven_too<K: Kind>(kind: K) {
    let mut scene = scene(&kind);
    let batch = scene.world.batch(None);
    scene.submit();
    let size = scene.checkpoint();
    let world = &scene.world;
    let pen = Pen::new(world.farm, &world.farm_key, time(NOW));
    let record = next_record(&pen, world.listed(0).into(), &world.ledger.chain(&batch).unwrap());
    let root = tree(&*scene.store, size).root().into();
    let record = Record { anchor: Some(Anchor { size, root }), ..record };
    let signed = SignedRecord::sign(&record, &world.farm_key, world.trust.deployment()).unwrap();
    let outcomes = block_on(scene.store.submit(vec![world.statement(&signed)])).unwrap();
    assert!(matches!(outcomes[..], [Outcome::Accepted(_)]), "{outcomes:?}");
    assert_eq!(outcome(&scene, batch, scene.checkpoint()), OutcomeKind::Valid);
}

pub(crate) fn a_recall_counts_from_the_checkpoint_that_has_it<K: Kind>(kind: K) {
    let mut scene = scene(&kind);
    let batch = scene.world.batch(Some("L1"));
    scene.submit();
    let before = scene.checkpoint();
    let office = scene.world.office.clone();
    let pen = Pen::new(scene.world.authority, &office, time(NOW));
    scene.world.append(&pen, batch, Recalled::new(RecallReason::Microbial)).unwrap();
    scene.submit();
    assert_eq!(outcome(&scene, batch, before), OutcomeKind::Valid, "nobody has cosigned the recall yet");
    let after = scene.checkpoint();
    assert_eq!(outcome(&scene, batch, after), OutcomeKind::Recalled);
    assert_eq!(outcome(&scene, batch, before), OutcomeKind::Valid);
}

pub(crate) fn a_bundle_has_all_trust_roots_of_its_time<K: Kind>(kind: K) {
    let mut scene = scene(&kind);
    let batch = scene.world.batch(None);
    scene.submit();
    let before = scene.checkpoint();
    let payload = RootPayload::after(&scene.world.trust, time(NOW + 1), time(NOW + 200_000_000));
    let second = SignedRoot::sign(&payload, &[&root_key()]).unwrap();
    let index = block_on(scene.store.add_root(second.clone())).unwrap().unwrap();
    let after = scene.checkpoint();
    let at = |size| block_on(scene.store.logged_bundle(batch, OpeningPolicy::nothing(), size)).unwrap().unwrap();
    assert_eq!(at(before).bundle.roots, [scene.world.trust.signed().clone()]);
    assert_eq!(at(after).bundle.roots, [scene.world.trust.signed().clone(), second]);
    assert_eq!(at(after).roots, [vec![0, NOW], vec![index, NOW]]);
    assert_eq!(block_on(scene.store.root_places(before)).unwrap(), at(before).roots);
    assert_eq!(block_on(scene.store.root_places(after)).unwrap(), at(after).roots);
    assert_eq!(
        (outcome(&scene, batch, before), outcome(&scene, batch, after)),
        (OutcomeKind::Valid, OutcomeKind::Valid)
    );
}

pub(crate) fn what_is_not_logged_yet_is_not_there<K: Kind>(kind: K) {
    let mut scene = scene(&kind);
    scene.submit();
    let before = scene.checkpoint();
    let batch = scene.world.batch(Some("L1"));
    scene.submit();
    let bundle = |size| block_on(scene.store.logged_bundle(batch, OpeningPolicy::nothing(), size)).unwrap();
    let behind = |size| block_on(scene.store.batch_of_label_at(label("L1"), size)).unwrap();
    assert_eq!((bundle(0), bundle(before), behind(before)), (None, None, None));
    // From its first record on it is, with as much as there is.
    assert_eq!(bundle(before + 1).unwrap().bundle.chains[0].len(), 1);
    assert_eq!(behind(before + 1), Some(batch));
    assert_eq!(bundle(u64::MAX).unwrap().bundle.chains[0].len(), 2);
    let plot = scene.world.plot;
    assert_eq!(block_on(scene.store.logged_bundle(plot, OpeningPolicy::nothing(), u64::MAX)).unwrap(), None);
}

pub(crate) fn a_bundle_of_an_older_size_is_what_it_was_then<K: Kind>(_: K) {
    let mut runner = TestRunner::new(Config { failure_persistence: None, ..Config::with_cases(16) });
    let at = |scene: &Scene, batch, size| {
        block_on(scene.store.logged_bundle(batch, OpeningPolicy::nothing(), size)).unwrap().unwrap()
    };
    let law = |deeds: Vec<super::map::Deed>| {
        let kind = K::fresh();
        let mut unfolding = Unfolding::new(&kind);
        let mut seen = Vec::new();
        for deed in deeds {
            unfolding.act(deed);
            let size = unfolding.scene.size();
            for batch in &unfolding.batches {
                seen.push((*batch, size, at(&unfolding.scene, *batch, size)));
            }
        }
        for (batch, size, then) in seen {
            prop_assert_eq!(at(&unfolding.scene, batch, size), then, "at size {}", size);
        }
        Ok(())
    };
    runner.run(&deeds(), law).unwrap();
}
