//! A recall reaches exactly what came from what it names, wherever it stands, and a release takes it back everywhere. Held
//! against a search that knows nothing but who came from whom.

use std::collections::{BTreeMap, BTreeSet};

use nguon_core::prelude::*;
use nguon_core::verify::{Finding, OutcomeKind, Subject, Verdict};
use proptest::prelude::*;

use crate::scene::{Scene, drawn, harvest, inputs};
use crate::world::{grams, label};

/// One batch of a random graph: where it comes from, and what it is.
#[derive(Debug, Clone)]
struct Made {
    sources: Vec<usize>,
    kind: u8,
    /// Whether it is packed in the packing house.
    housed: bool,
}

fn graphs() -> impl Strategy<Value = Vec<Made>> {
    let made = (prop::collection::vec(0_usize..1_000, 1..4), any::<u8>(), any::<bool>())
        .prop_map(|(sources, kind, housed)| Made { sources, kind, housed });
    prop::collection::vec(made, 4..40)
}

/// What came straight from what: from a chain to those that came of it.
#[derive(Default)]
struct Came {
    of: BTreeMap<ChainId, BTreeSet<ChainId>>,
}

impl Came {
    fn add(&mut self, from: ChainId, to: ChainId) {
        self.of.entry(from).or_default().insert(to);
    }

    fn descendants(&self, from: ChainId) -> BTreeSet<ChainId> {
        let mut found = BTreeSet::from([from]);
        let mut next = vec![from];
        while let Some(chain) = next.pop() {
            for child in self.of.get(&chain).into_iter().flatten() {
                if found.insert(*child) {
                    next.push(*child);
                }
            }
        }
        found
    }

    /// What a recall on this chain reaches. On a place it may name the batches that its harvests went to, on a labelled
    /// batch one consignment.
    fn reached(&self, on: ChainId, named: &[ChainId], plots: &[ChainId]) -> BTreeSet<ChainId> {
        if named.is_empty() {
            return self.descendants(on);
        }
        // Straight from the plot, or from a plot of the area.
        let near: BTreeSet<ChainId> = std::iter::once(on)
            .chain(self.of.get(&on).into_iter().flatten().copied().filter(|plot| plots.contains(plot)))
            .flat_map(|place| self.of.get(&place).cloned().unwrap_or_default())
            .collect();
        named.iter().filter(|batch| near.contains(batch)).flat_map(|batch| self.descendants(*batch)).collect()
    }
}

/// Plays a graph of batches; what came from what.
fn grow(scene: &mut Scene, graph: &[Made]) -> Came {
    let mut came = Came::default();
    for (plot, area) in scene.plots.into_iter().zip([0, 0, 1]) {
        came.add(scene.areas[area], plot);
    }
    let mut labels: BTreeMap<ChainId, ChainId> = BTreeMap::new();
    let (mut batches, mut held): (Vec<ChainId>, BTreeMap<ChainId, u64>) = Default::default();
    for (at, made) in graph.iter().enumerate() {
        let owners = [scene.collector, scene.packer, scene.seller];
        let owner = owners[usize::from(made.kind) % 3];
        if at < 3 || made.kind.is_multiple_of(5) {
            // Picked on one plot or on two.
            let plots: BTreeSet<ChainId> = made.sources.iter().take(2).map(|plot| scene.plots[plot % 3]).collect();
            let batch = scene.open(owner);
            for plot in &plots {
                scene.offer(scene.custodian(*plot), *plot, harvest(batch, 100)).unwrap();
                came.add(*plot, batch);
            }
            let sources: Vec<(ChainId, u64)> = plots.iter().map(|plot| (*plot, 100)).collect();
            scene.offer(owner, batch, Harvested::new(inputs(&sources))).unwrap();
            held.insert(batch, sources.iter().map(|(_, grams)| grams).sum());
            batches.push(batch);
            continue;
        }
        let mut from: BTreeSet<ChainId> = made.sources.iter().map(|source| batches[source % batches.len()]).collect();
        let mut opened = Opened::new(owner, "vải".parse().unwrap());
        match made.kind % 4 {
            0 => {
                opened.owner = scene.packer;
                let lot = format!("L{at}").parse().unwrap();
                opened.label = Some(Label { lot, ..label() });
            }
            1 if !labels.is_empty() => {
                let all: BTreeSet<ChainId> = labels.values().copied().collect();
                let labelled = *all.iter().nth(made.sources[0] % all.len()).unwrap();
                opened.owner = scene.seller;
                opened.label_of = Some(labelled);
                from = labels.iter().filter(|(_, of)| **of == labelled).map(|(batch, _)| *batch).collect();
                from = from.into_iter().take(made.sources.len()).collect();
            }
            _ => {}
        }
        let sources: Vec<(ChainId, u64)> =
            from.iter().filter(|batch| held[batch] > 1).map(|batch| (*batch, (held[batch] / 3).max(1))).collect();
        if sources.is_empty() {
            continue;
        }
        let (owner, labelled, of) = (opened.owner, opened.label.is_some(), opened.label_of);
        let batch = scene.open_as(opened);
        for (source, grams) in &sources {
            scene.offer(scene.custodian(*source), *source, drawn(batch, *grams)).unwrap();
            *held.get_mut(source).unwrap() -= grams;
            came.add(*source, batch);
        }
        if labelled {
            labels.insert(batch, batch);
        }
        if let Some(of) = of {
            labels.insert(batch, of);
            came.add(of, batch);
        }
        let housed = made.housed && of.is_none();
        if housed {
            came.add(scene.house, batch);
        }
        held.insert(batch, sources.iter().map(|(_, grams)| grams).sum());
        if housed {
            let packed = Packed::new(inputs(&sources), Count::new(1).unwrap(), grams(1));
            scene.offer(owner, batch, Packed { place: Some(scene.house), ..packed }).unwrap();
        } else {
            scene.offer(owner, batch, Received::new(inputs(&sources))).unwrap();
        }
        batches.push(batch);
    }
    came
}

fn recalls(verdict: &Verdict) -> Vec<&Finding> {
    verdict.findings.iter().filter(|finding| matches!(finding.subject, Subject::Recall(_))).collect()
}

/// Two keys of the office end it.
fn release(scene: &mut Scene, on: ChainId, recall: u64) {
    let office = scene.office;
    scene.use_key(office, 2);
    scene.offer(office, on, ReleaseApproved { recall, details: None }).unwrap();
    let approval = scene.accepted.last().unwrap().1.sequence;
    scene.use_key(office, 12);
    scene.offer(office, on, Released { recall, approval, details: None }).unwrap();
    scene.use_key(office, 2);
}

fn check(scene: &mut Scene, came: &Came, on: ChainId, event: Recalled, own_recall: bool) -> Result<(), TestCaseError> {
    let named: Vec<ChainId> = event.harvests.iter().flatten().copied().chain(event.consignment).collect();
    let by_owner = own_recall && on != scene.areas[0] && on != scene.areas[1];
    let by = if by_owner { scene.custodian(on).into() } else { nguon_core::record::Signer::Authority(scene.office) };
    scene.offer(by, on, event.clone()).unwrap();
    let recall = scene.accepted.last().unwrap().1.sequence;
    let reached = match event.consignment {
        Some(consignment) => came.descendants(consignment),
        None => came.reached(on, &named, &scene.plots),
    };
    for batch in scene.batches.clone() {
        let verdict = scene.verdict(batch);
        let found = recalls(&verdict);
        if !reached.contains(&batch) {
            prop_assert_eq!(&verdict.outcome, &scene.sound(), "{:?}", verdict.findings);
            prop_assert!(found.is_empty());
            let part = verdict.findings.iter().any(|finding| finding.code() == "part_recalled");
            prop_assert_eq!(part, batch == on && event.consignment.is_some());
            continue;
        }
        prop_assert_eq!(verdict.outcome.kind(), OutcomeKind::Recalled, "{:?}", verdict.findings);
        let [finding] = found[..] else { return Err(TestCaseError::fail(format!("{found:?}"))) };
        prop_assert_eq!((finding.at.unwrap().chain, finding.at.unwrap().sequence), (on, recall));
        // The way it came is a way, and a way of what is recalled.
        let path = &finding.path;
        prop_assert_eq!((path.first(), path.last()), (Some(&on), Some(&batch)));
        for step in path.windows(2) {
            prop_assert!(came.of.get(&step[0]).is_some_and(|next| next.contains(&step[1])), "{:?}", path);
        }
        prop_assert!(named.is_empty() || path.iter().any(|chain| named.contains(chain)), "not of the harvest named");
    }
    release(scene, on, recall);
    for batch in scene.batches.clone() {
        let verdict = scene.verdict(batch);
        prop_assert_eq!(&verdict.outcome, &scene.sound(), "{:?}", verdict.findings);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn exactly_the_descendants(
        logged in any::<bool>(),
        graph in graphs(),
        place in 0_usize..60,
        named in prop::collection::vec(0_usize..60, 0..3),
        own in any::<bool>(),
    ) {
        let mut scene = Scene::in_season(logged);
        let came = grow(&mut scene, &graph);
        let places = [scene.areas[0], scene.areas[1], scene.house].into_iter().chain(scene.plots);
        let places: Vec<ChainId> = places.collect();
        let mut event = Recalled::new(RecallReason::PesticideResidue);
        let on = if place.is_multiple_of(2) {
            let on = places[place / 2 % places.len()];
            let named: BTreeSet<ChainId> = named.iter().map(|at| scene.batches[at % scene.batches.len()]).collect();
            if !named.is_empty() && on != scene.house {
                event.harvests = Some(List::new(named.into_iter().collect()).unwrap());
            }
            on
        } else {
            // A consignment by itself needs its lot's word; that has a test of its own.
            let alone = |batch: &&ChainId| {
                use nguon_core::judge::Chains as _;
                scene.ledger.chain(batch).unwrap().batch().unwrap().label_of.is_none()
            };
            let batches: Vec<ChainId> = scene.batches.iter().filter(alone).copied().collect();
            batches[place / 2 % batches.len()]
        };
        check(&mut scene, &came, on, event, own)?;
    }

    /// One consignment of a labelled batch: it and what came of it; the batch itself is told of its part.
    #[test]
    fn of_a_consignment_its_own_descendants(logged in any::<bool>(), graph in graphs(), place in 0_usize..60, own in any::<bool>()) {
        use nguon_core::judge::Chains as _;
        let mut scene = Scene::in_season(logged);
        let mut graph = graph;
        for (at, made) in graph.iter_mut().enumerate().skip(3) {
            made.kind = [4, 1, 9][at % 3];
        }
        let came = grow(&mut scene, &graph);
        let of = |batch: &ChainId| scene.ledger.chain(batch).unwrap().batch().unwrap().label_of;
        let parts: Vec<(ChainId, ChainId)> = scene.batches.iter().filter_map(|batch| Some((*batch, of(batch)?))).collect();
        prop_assume!(!parts.is_empty());
        let (part, lot) = parts[place % parts.len()];
        let event = Recalled { consignment: Some(part), ..Recalled::new(RecallReason::Other) };
        // By the seller who has the consignment, too.
        if own {
            let mut scene = scene.clone();
            prop_assert!(scene.offer(scene.seller, lot, event.clone()).is_ok());
        }
        check(&mut scene, &came, lot, event, own)?;
    }
}

/// A batch that holds fruit of the plot, but none of the harvest named, and another's fruit too.
#[test]
fn a_harvest_named_is_one_of_this_place() {
    for logged in [false, true] {
        let mut scene = Scene::in_season(logged);
        let [first, second, _] = scene.plots;
        let (farm, collector) = (scene.farms[0], scene.collector);
        let elsewhere = scene.picked(second, collector, 100);
        let here = scene.picked(first, farm, 100);
        let merged = scene.merged(collector, &[(elsewhere, 50), (here, 50)]);
        // The batch that is named holds nothing of this plot: there is no such harvest.
        let event = Recalled { harvests: Some(List::of_one(elsewhere)), ..Recalled::new(RecallReason::Other) };
        scene.offer(scene.office, first, event).unwrap();
        for batch in [elsewhere, here, merged] {
            assert_eq!(scene.verdict(batch).outcome, scene.sound());
        }
    }
}

/// The reader is shown the way by which the harvest that is named came, not another way from the same plot.
#[test]
fn the_way_shown_is_that_of_what_is_named() {
    for logged in [false, true] {
        let mut scene = Scene::in_season(logged);
        let (farm, plot) = (scene.farms[0], scene.plots[0]);
        let named = scene.picked(plot, farm, 100);
        let between = scene.merged(farm, &[(named, 50)]);
        let other = scene.picked(plot, farm, 100);
        let merged = scene.merged(farm, &[(other, 50), (between, 50)]);
        let event = Recalled { harvests: Some(List::of_one(named)), ..Recalled::new(RecallReason::Other) };
        scene.offer(scene.office, plot, event).unwrap();
        let verdict = scene.verdict(merged);
        let [finding] = recalls(&verdict)[..] else { panic!("{:?}", verdict.findings) };
        assert_eq!(finding.path, [plot, named, between, merged]);
    }
}

/// A packing house that only a correction names has packed it all the same.
#[test]
fn a_place_named_by_a_correction_counts() {
    for logged in [false, true] {
        let mut scene = Scene::in_season(logged);
        let picked = scene.picked(scene.plots[0], scene.farms[0], 100);
        let lot = scene.open(scene.packer);
        scene.offer(scene.farms[0], picked, drawn(lot, 100)).unwrap();
        let packed = Packed::new(inputs(&[(picked, 100)]), Count::new(1).unwrap(), grams(100));
        scene.offer(scene.packer, lot, packed.clone()).unwrap();
        let packed = Packed { place: Some(scene.house), ..packed };
        scene.offer(scene.packer, lot, crate::scene::corrected(1, packed)).unwrap();
        scene.offer(scene.office, scene.house, Recalled::new(RecallReason::Microbial)).unwrap();
        assert_eq!(scene.verdict(lot).outcome.kind(), OutcomeKind::Recalled);
    }
}
