//! Lists of serials, proofs from them, and counts of scans.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use nguon_core::event::{DrawReason, Drawn, Inputs, LabelsIssued, Packed};
use nguon_core::gs1::Serial;
use nguon_core::ids::ChainId;
use nguon_core::ledger::Pen;
use nguon_core::serial::scans::{Advice, KEPT_DAYS, ScanCounts};
use nguon_core::serial::{Answer, SerialList, Why, check};
use nguon_core::values::{Count, Grams};
use nguon_store::sqlite::Clock;
use nguon_store::{SerialsRefusal, Store};

use crate::Kind;
use crate::block_on::block_on;
use crate::world::{NOW, time};

/// A packed batch in a store that has all its records, and the lists of its labels, two lots of them.
struct Scene {
    store: Arc<dyn Store>,
    clock: Arc<AtomicU64>,
    batch: ChainId,
    lots: Vec<SerialList>,
    issued: Vec<LabelsIssued>,
}

fn serial(n: u64) -> Serial {
    format!("{:016X}", n.wrapping_mul(0x9e37_79b9_7f4a_7c15)).parse().unwrap()
}

fn list(batch: &ChainId, numbers: std::ops::Range<u64>) -> SerialList {
    let serials: Vec<Serial> = numbers.map(serial).collect();
    SerialList::of(batch, &serials).unwrap()
}

/// 700 labels in the first lot, 3 in the second.
fn scene<K: Kind>(kind: &K) -> Scene {
    let mut world = K::world();
    let (from, key) = (world.batch(None), world.farm_key.clone());
    let pen = Pen::new(world.farm, &key, time(NOW));
    let opened = world.opened(Some("L1"));
    let batch = world.begin(&pen, opened);
    let grams = Grams::new(703_000).unwrap();
    world.append(&pen, from, Drawn { to: batch, grams, why: DrawReason::Packing }).unwrap();
    let packed = Packed::new(Inputs::one(from, grams), Count::new(703).unwrap(), Grams::new(1_000).unwrap());
    world.append(&pen, batch, packed).unwrap();
    let lots = vec![list(&batch, 0..700), list(&batch, 1_000..1_003)];
    let issued: Vec<LabelsIssued> = lots.iter().map(|list| list.labels().unwrap()).collect();
    for labels in &issued {
        world.append(&pen, batch, labels.clone()).unwrap();
    }
    let clock = Arc::new(AtomicU64::new(NOW));
    let shown = clock.clone();
    let store = kind.open_at(&world.trust, Clock::new(move || shown.load(Ordering::SeqCst)));
    block_on(store.submit(world.statements())).unwrap();
    Scene { store, clock, batch, lots, issued }
}

impl Scene {
    fn give(&self, lot: usize) {
        block_on(self.store.store_serials(self.batch, self.lots[lot].clone())).unwrap().unwrap();
    }

    fn ask(&self, n: u64) -> Answer {
        let proof = block_on(self.store.serial_proof(self.batch, serial(n))).unwrap().to_bytes().unwrap();
        check(&self.batch, &self.issued, &serial(n), &proof)
    }

    fn scan(&self, n: u64) -> Option<ScanCounts> {
        block_on(self.store.count_scan(self.batch, serial(n))).unwrap()
    }

    fn counts(&self, n: u64) -> Option<ScanCounts> {
        block_on(self.store.scan_counts(self.batch, serial(n))).unwrap()
    }

    fn later(&self, seconds: u64) {
        self.clock.fetch_add(seconds, Ordering::SeqCst);
    }
}

pub(crate) fn every_serial_of_a_kept_list_is_proven_and_no_other<K: Kind>(kind: K) {
    let scene = scene(&kind);
    assert_eq!(scene.ask(5), Answer::NotProven(Why::NoList));
    scene.give(0);
    // The second lot's list has not come: a serial outside of the first may be in it.
    assert_eq!((scene.ask(5), scene.ask(5_000)), (Answer::Issued, Answer::NotProven(Why::NoList)));
    scene.give(1);
    for n in (0..700).step_by(13).chain([255, 256, 257, 511, 512, 699, 1_000, 1_001, 1_002]) {
        assert_eq!(scene.ask(n), Answer::Issued, "{n}");
    }
    for n in (700..760).chain([999, 1_003]) {
        assert_eq!(scene.ask(n), Answer::NeverIssued, "{n}");
    }
}

pub(crate) fn a_list_is_taken_only_if_a_record_signs_for_it<K: Kind>(kind: K) {
    let scene = scene(&kind);
    let give = |batch, list: SerialList| block_on(scene.store.store_serials(batch, list)).unwrap();
    // One label more, one less, one other; and the right list for another batch.
    for numbers in [0..701, 0..699, 1..701] {
        let list = list(&scene.batch, numbers);
        let refusal = give(scene.batch, list.clone()).unwrap_err();
        let issued = scene.issued.clone();
        assert_eq!(refusal, SerialsRefusal::NotSigned { root: list.root(), count: list.count(), issued });
    }
    let nobody = ChainId::from_bytes([1; 32]);
    assert_eq!(give(nobody, scene.lots[0].clone()), Err(SerialsRefusal::NoSuchBatch));
    assert_eq!(scene.ask(5), Answer::NotProven(Why::NoList));
    // The right one, twice.
    assert_eq!((give(scene.batch, scene.lots[0].clone()), give(scene.batch, scene.lots[0].clone())), (Ok(()), Ok(())));
    assert_eq!(scene.ask(5), Answer::Issued);
}

pub(crate) fn a_batch_that_nobody_knows_has_a_proof_of_nothing<K: Kind>(kind: K) {
    let scene = scene(&kind);
    let nobody = ChainId::from_bytes([1; 32]);
    let proof = block_on(scene.store.serial_proof(nobody, serial(1))).unwrap();
    assert!(proof.lists.is_empty());
    assert_eq!(block_on(scene.store.count_scan(nobody, serial(1))).unwrap(), None);
}

pub(crate) fn only_issued_serials_are_counted<K: Kind>(kind: K) {
    let scene = scene(&kind);
    assert_eq!((scene.scan(5), scene.counts(5)), (None, None));
    scene.give(0);
    assert_eq!(scene.counts(5).unwrap().advice(), Advice::First);
    assert_eq!(scene.scan(5).unwrap().total, 1);
    assert_eq!(scene.scan(5).unwrap().advice(), Advice::Usual);
    assert_eq!((scene.scan(700), scene.counts(700)), (None, None));
    // The label beside it was not scanned.
    assert_eq!(scene.counts(6).unwrap().total, 0);
    assert_eq!(scene.counts(5).unwrap().total, 2);
}

pub(crate) fn scans_are_counted_by_vietnams_day<K: Kind>(kind: K) {
    let scene = scene(&kind);
    scene.give(0);
    // NOW is 2026-05-29 03:26:40 in Vietnam, 2026-05-28 20:26:40 in UTC.
    scene.scan(5);
    scene.later(20 * 3_600);
    scene.scan(5);
    scene.later(3_600);
    let counts = scene.scan(5).unwrap();
    let days: Vec<(String, u64)> = counts.days.iter().map(|count| (count.day.to_string(), count.scans)).collect();
    assert_eq!(days, [("2026-05-29".to_owned(), 2), ("2026-05-30".to_owned(), 1)]);
    assert_eq!((counts.first, counts.total, counts.kept_days), (Some(counts.days[0].day), 3, KEPT_DAYS));
}

pub(crate) fn counts_are_gone_after_their_time<K: Kind>(kind: K) {
    let scene = scene(&kind);
    scene.give(0);
    scene.scan(5);
    scene.later(100 * 86_400);
    scene.scan(5);
    scene.later((KEPT_DAYS - 100) * 86_400);
    assert_eq!(block_on(scene.store.forget_scans()).unwrap(), 0);
    assert_eq!(scene.counts(5).unwrap().total, 2);
    scene.later(86_400);
    // Not shown from then on, and then not there either.
    assert_eq!(scene.counts(5).unwrap().total, 1);
    assert_eq!(block_on(scene.store.forget_scans()).unwrap(), 1);
    // Whoever counts deletes as well.
    scene.later(100 * 86_400);
    assert_eq!(scene.scan(6).unwrap().total, 1);
    assert_eq!(block_on(scene.store.forget_scans()).unwrap(), 0);
    assert_eq!(scene.counts(5).unwrap().total, 0);
}

pub(crate) fn a_days_count_stands_still_at_a_thousand<K: Kind>(kind: K) {
    let scene = scene(&kind);
    scene.give(1);
    for _ in 0..1_003 {
        scene.scan(1_001);
    }
    let counts = scene.scan(1_001).unwrap();
    assert_eq!((counts.total, counts.advice()), (1_000, Advice::Many));
    scene.later(86_400);
    assert_eq!(scene.scan(1_001).unwrap().total, 1_001);
}

pub(crate) fn lists_and_counts_outlast_the_process<K: Kind>(kind: K) {
    let world = K::world();
    let Scene { store, batch, lots, issued, .. } = scene(&kind);
    block_on(store.store_serials(batch, lots[0].clone())).unwrap().unwrap();
    block_on(store.count_scan(batch, serial(3))).unwrap().unwrap();
    drop(store);
    let store = kind.open(&world.trust);
    let proof = block_on(store.serial_proof(batch, serial(3))).unwrap().to_bytes().unwrap();
    assert_eq!(check(&batch, &issued, &serial(3), &proof), Answer::Issued);
    assert_eq!(block_on(store.scan_counts(batch, serial(3))).unwrap().unwrap().total, 1);
}
