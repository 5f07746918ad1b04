//! What the heads map held, at any size.

use std::collections::BTreeMap;

use nguon_core::event::{Event, NameReleased, RecallReason, Recalled};
use nguon_core::ids::{ChainId, EntryHash};
use nguon_core::ledger::Pen;
use nguon_core::log::{
    ChainEntry, Leaf, Position, chain_key, free_value, label_key, name_value, place_key, root_key, root_value,
};
use nguon_core::prelude::RootPayload;
use nguon_core::trust::SignedRoot;
use nguon_core::values::Time;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use super::leaves::scene;
use crate::Kind;
use crate::block_on::block_on;
use crate::keeper::{Scene, close};
use crate::world::{NOW, root_key as root_signer, time};

type Contents = BTreeMap<[u8; 32], [u8; 32]>;

/// What happens in a random history.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Deed {
    Batch,
    List(usize),
    /// The farm lists twice after the same record.
    Fork(usize),
    Recall(usize),
    /// A label is taken for a batch that stays empty, or one that was released is taken again.
    Take(bool),
    /// The oldest label so taken is released.
    Release,
    Close,
    Root,
    Wait,
}

pub(crate) fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    let deed = prop_oneof![
        2 => Just(Deed::Batch),
        5 => any::<usize>().prop_map(Deed::List),
        1 => any::<usize>().prop_map(Deed::Fork),
        1 => any::<usize>().prop_map(Deed::Recall),
        2 => any::<bool>().prop_map(Deed::Take),
        2 => Just(Deed::Release),
        3 => Just(Deed::Close),
        1 => Just(Deed::Root),
        1 => Just(Deed::Wait),
    ];
    proptest::collection::vec(deed, 1..25)
}

/// Random histories as they unfold; `seen` is told after every deed.
pub(crate) struct Unfolding {
    pub scene: Scene,
    pub batches: Vec<ChainId>,
    forked: Vec<ChainId>,
    /// Empty batches and their lots, and lots that were released.
    empty: Vec<(ChainId, String)>,
    released: Vec<String>,
    number: usize,
}

impl Unfolding {
    pub(crate) fn new<K: Kind>(kind: &K) -> Self {
        let (batches, forked, empty, released) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        Self { scene: scene(kind), batches, forked, empty, released, number: 0 }
    }

    pub(crate) fn act(&mut self, deed: Deed) {
        self.number += 1;
        let number = self.number;
        let free: Vec<ChainId> = self.batches.iter().filter(|batch| !self.forked.contains(batch)).copied().collect();
        let pick = |at: usize| free.get(at % free.len().max(1)).copied();
        let scene = &mut self.scene;
        match deed {
            Deed::Batch => self.batches.push(scene.world.batch(Some(&format!("L{number}")))),
            Deed::List(at) => {
                if let Some(batch) = pick(at) {
                    scene.world.list(batch, number);
                }
            }
            Deed::Fork(at) => {
                if let Some(batch) = pick(at) {
                    let mut rival = scene.world.clone();
                    rival.list(batch, number + 1_000);
                    scene.world.list(batch, number);
                    scene.submit();
                    let rival = scene.world.statement(rival.records.last().unwrap());
                    block_on(scene.store.submit(vec![rival])).unwrap();
                    self.forked.push(batch);
                }
            }
            Deed::Recall(at) => {
                if let Some(batch) = pick(at) {
                    let farm_key = scene.world.farm_key.clone();
                    let pen = Pen::new(scene.world.farm, &farm_key, time(NOW));
                    scene.world.append(&pen, batch, Recalled::new(RecallReason::Microbial)).unwrap();
                }
            }
            Deed::Take(again) => {
                let lot = if again { self.released.pop() } else { None }.unwrap_or(format!("N{number}"));
                let farm_key = scene.world.farm_key.clone();
                let pen = Pen::new(scene.world.farm, &farm_key, time(NOW));
                let opened = scene.world.opened(Some(&lot));
                self.empty.push((scene.world.begin(&pen, opened), lot));
            }
            Deed::Release => {
                if !self.empty.is_empty() {
                    let (batch, lot) = self.empty.remove(0);
                    let office = scene.world.office.clone();
                    let pen = Pen::new(scene.world.authority, &office, time(NOW));
                    scene.world.append(&pen, batch, NameReleased { details: None }).unwrap();
                    self.released.push(lot);
                }
            }
            Deed::Close => {
                close(&*scene.store);
            }
            Deed::Root => {
                let before = scene.store.roots();
                let later = before.newest().payload().issued.get() + 1;
                let payload = RootPayload::after(before.newest(), time(later), time(NOW + 200_000_000));
                let signed = SignedRoot::sign(&payload, &[&root_signer()]).unwrap();
                block_on(scene.store.add_root(signed)).unwrap().unwrap();
            }
            Deed::Wait => scene.set_clock(scene.now() + 100),
        }
        scene.submit();
    }
}

/// The map folded leaf by leaf from the log itself, before the first leaf and after each.
fn folded(scene: &Scene) -> Vec<Contents> {
    let store = &*scene.store;
    let statements: BTreeMap<_, _> = scene.world.statements().into_iter().map(|one| (one.id, one)).collect();
    let roots = store.roots();
    let (mut contents, mut chains) = (Contents::new(), BTreeMap::<ChainId, ChainEntry>::new());
    let mut root = (EntryHash::START, 0);
    let mut all = vec![contents.clone()];
    for (index, leaf) in (0..).zip(block_on(store.leaves(0, u64::MAX)).unwrap()) {
        match Leaf::from_bytes(&leaf).unwrap() {
            Leaf::Record { statement: id, log_time } => {
                let statement = &statements[&id];
                let at = Position { index, log_time, anchor_time: Time::ZERO };
                let chain = statement.chain();
                let entry = chains.entry(chain).or_insert(ChainEntry::START);
                *entry = entry.next(&id, &at);
                entry.recalled |= matches!(statement.record.event, Event::Recalled(_));
                contents.insert(chain_key(&chain), entry.value());
                match &statement.record.event {
                    Event::Opened(event) => {
                        contents.extend(event.label.iter().map(|label| (label_key(label), name_value(&chain))));
                    }
                    Event::PlaceRegistered(event) => {
                        contents.insert(place_key(&event.issuer, &event.code), name_value(&chain));
                    }
                    Event::NameReleased(_) => {
                        let value = name_value(&chain);
                        contents.values_mut().filter(|held| **held == value).for_each(|held| *held = free_value());
                    }
                    _ => {}
                }
            }
            Leaf::Root { log_time, payload } => {
                let at = Position { index, log_time, anchor_time: Time::ZERO };
                root = (root.0.next(&payload, &at), root.1 + 1);
                assert!(roots.versions().iter().any(|root| root.signed().payload_hash() == payload));
                contents.insert(root_key(), root_value(&root.0, root.1));
            }
            Leaf::Fork { evidence, .. } => {
                let bytes = block_on(store.evidence(evidence)).unwrap().unwrap();
                let evidence = nguon_core::fork::Evidence::from_bytes(&bytes, scene.world.trust.deployment()).unwrap();
                let entry = chains.get_mut(&evidence.chain()).unwrap();
                entry.forked = true;
                contents.insert(chain_key(&evidence.chain()), entry.value());
            }
            Leaf::Map { .. } => {}
        }
        all.push(contents.clone());
    }
    all
}

pub(crate) fn every_earlier_map_is_what_a_fold_from_scratch_makes<K: Kind>(_: K) {
    let mut runner = TestRunner::new(Config { failure_persistence: None, ..Config::with_cases(24) });
    let law = |deeds: Vec<Deed>| {
        let kind = K::fresh();
        let mut unfolding = Unfolding::new(&kind);
        for deed in deeds {
            unfolding.act(deed);
        }
        let scene = &unfolding.scene;
        let all = folded(scene);
        for (size, expected) in (0..).zip(&all) {
            let contents = block_on(scene.store.map_contents(size)).unwrap();
            prop_assert_eq!(contents.len(), expected.len(), "a key twice at size {}", size);
            prop_assert_eq!(&contents.into_iter().collect::<Contents>(), expected, "at size {}", size);
        }
        let beyond = block_on(scene.store.map_contents(u64::MAX)).unwrap();
        prop_assert_eq!(&beyond.into_iter().collect::<Contents>(), all.last().unwrap());
        // And an auditor agrees with every map leaf on the way.
        close(&*scene.store);
        prop_assert_eq!(scene.replayed().size(), scene.size());
        Ok(())
    };
    runner.run(&deeds(), law).unwrap();
}
