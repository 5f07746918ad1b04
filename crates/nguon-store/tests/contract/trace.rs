//! The trace graph is what the records say, from wherever a walk begins.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use nguon_core::event::*;
use nguon_core::ids::ChainId;
use nguon_core::ledger::Pen;
use nguon_core::prelude::{Options, verify};
use nguon_core::trace::{self, Direction, Edge, End, Line, Name, Node, NodeSort};
use nguon_core::values::*;
use nguon_store::{OpeningPolicy, Origin, Store};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::Kind;
use crate::block_on::block_on;
use crate::keeper::Scene;
use crate::world::{NOW, World, label, text, time};

fn scene<K: Kind>(kind: &K) -> Scene {
    Scene::new(K::world(), |world, clock| kind.open_at(&world.trust, clock))
}

fn grams(grams: u64) -> Grams {
    Grams::new(grams).unwrap()
}

/// What a walk gave.
#[derive(Debug, Default)]
struct Traced {
    start: Vec<ChainId>,
    nodes: BTreeMap<ChainId, Node>,
    edges: BTreeMap<(ChainId, ChainId), Edge>,
    names: Vec<Name>,
    end: Option<End>,
}

/// Walks to the end, so many lines at a time.
fn walk(store: &dyn Store, origin: Origin, direction: Direction, lines: usize) -> Option<Vec<Line>> {
    let policy = OpeningPolicy::default();
    let mut piece = block_on(store.begin_trace(origin, direction, 1_000, policy.clone(), lines)).unwrap()?;
    let mut all = std::mem::take(&mut piece.lines);
    while !piece.walk.is_over() {
        piece = block_on(store.go_on_trace(piece.walk, policy.clone(), lines)).unwrap();
        all.append(&mut piece.lines);
    }
    Some(all)
}

fn traced(scene: &Scene, origin: Origin, direction: Direction) -> Traced {
    let lines = walk(&*scene.store, origin, direction, usize::MAX).expect("there is something of that name");
    let mut traced = Traced::default();
    for line in lines {
        match line {
            Line::Start(start) => {
                assert_eq!(start.as_of.map(|at| at.size), Some(scene.size()).filter(|size| *size > 0));
                traced.start = start.start;
            }
            Line::Node(node) => assert!(traced.nodes.insert(node.chain, *node).is_none(), "a node twice"),
            Line::Edge(edge) => assert!(traced.edges.insert((edge.from, edge.to), edge).is_none(), "an edge twice"),
            Line::Name(name) => traced.names.push(name),
            Line::End(end) => traced.end = Some(end),
        }
    }
    traced
}

/// Takes grams from some batches into another: draws first, then one record of inputs.
fn merge(world: &mut World, sources: &[ChainId], into: ChainId, each: u64) {
    let farm_key = world.farm_key.clone();
    let pen = Pen::new(world.farm, &farm_key, time(NOW));
    for source in sources {
        let drawn = Drawn { to: into, grams: grams(each), why: DrawReason::Merging };
        world.append(&pen, *source, drawn).unwrap();
    }
    world.append(&pen, into, Received::new(inputs_of(sources, each))).unwrap();
}

fn inputs_of(sources: &[ChainId], each: u64) -> Inputs {
    List::new(sources.iter().map(|from| Input { from: *from, grams: grams(each) }).collect()).unwrap()
}

fn open(world: &mut World, lot: Option<&str>) -> ChainId {
    let farm_key = world.farm_key.clone();
    let opened = world.opened(lot);
    world.begin(&Pen::new(world.farm, &farm_key, time(NOW)), opened)
}

fn by_farm(world: &mut World, chain: ChainId, event: impl Into<Event>) {
    let farm_key = world.farm_key.clone();
    world.append(&Pen::new(world.farm, &farm_key, time(NOW)), chain, event).unwrap();
}

fn by_office(world: &mut World, chain: ChainId, event: impl Into<Event>) {
    let office = world.office.clone();
    world.append(&Pen::new(world.authority, &office, time(NOW)), chain, event).unwrap();
}

/// Edges from batch to batch and plot to batch, straight from the records.
fn naive(world: &World) -> BTreeSet<(ChainId, ChainId)> {
    let statements = world.statements();
    let edges = statements.iter().flat_map(|statement| {
        let chain = statement.chain();
        let inputs = statement.record.event.inputs().iter().map(move |input| (input.from, chain));
        let drawn = match &statement.record.event {
            Event::HarvestDrawn(event) => Some((chain, event.to)),
            Event::Drawn(event) => Some((chain, event.to)),
            Event::PlotRegistered(event) => Some((event.area, chain)),
            _ => None,
        };
        inputs.chain(drawn).collect::<Vec<_>>()
    });
    edges.collect()
}

/// All that can be reached, by asking every edge again and again.
fn reached(edges: &BTreeSet<(ChainId, ChainId)>, from: ChainId, back: bool) -> BTreeSet<ChainId> {
    let mut found = BTreeSet::from([from]);
    loop {
        let before = found.len();
        for (one, other) in edges {
            let (here, there) = if back { (other, one) } else { (one, other) };
            if found.contains(here) {
                found.insert(*there);
            }
        }
        if found.len() == before {
            return found;
        }
    }
}

pub(crate) fn a_walk_finds_what_a_naive_search_over_the_records_finds<K: Kind>(_: K) {
    let mut runner = TestRunner::new(Config { failure_persistence: None, ..Config::with_cases(12) });
    // Each batch is picked, or made of some of those before it.
    let histories = proptest::collection::vec(proptest::collection::vec(any::<prop::sample::Index>(), 0..4), 1..14);
    let law = |history: Vec<Vec<prop::sample::Index>>| {
        let kind = K::fresh();
        let mut scene = scene(&kind);
        // What is left in each.
        let mut left: BTreeMap<ChainId, u64> = BTreeMap::new();
        let mut batches: Vec<ChainId> = Vec::new();
        for sources in history {
            let of = |at: prop::sample::Index| (!batches.is_empty()).then(|| *at.get(&batches));
            let sources: BTreeSet<ChainId> = sources.into_iter().filter_map(of).collect();
            let sources: Vec<ChainId> = sources.into_iter().collect();
            let each = sources.iter().map(|source| left[source] / 3).min().unwrap_or(0);
            let batch = if each == 0 {
                scene.world.batch(None)
            } else {
                let into = open(&mut scene.world, None);
                merge(&mut scene.world, &sources, into, each);
                sources.iter().for_each(|source| *left.get_mut(source).unwrap() -= each);
                into
            };
            left.insert(batch, if each == 0 { 850_000 } else { each * sources.len() as u64 });
            batches.push(batch);
        }
        scene.submit();
        let edges = naive(&scene.world);
        for start in batches.iter().copied().chain([scene.world.plot, scene.world.area]) {
            let origin = if batches.contains(&start) { Origin::Batch(start) } else { Origin::Place(start) };
            let (back, forward) = (reached(&edges, start, true), reached(&edges, start, false));
            for (direction, wanted) in [(Direction::Back, &back), (Direction::Forward, &forward)] {
                let found = traced(&scene, origin.clone(), direction);
                prop_assert_eq!(&found.nodes.keys().copied().collect::<BTreeSet<_>>(), wanted);
                let inner = |(from, to): &&(ChainId, ChainId)| wanted.contains(from) && wanted.contains(to);
                prop_assert_eq!(found.edges.len(), edges.iter().filter(inner).count());
            }
            let both = traced(&scene, origin.clone(), Direction::Both);
            prop_assert_eq!(both.nodes.len(), back.len() + forward.len() - 1);
            let whole = walk(&*scene.store, origin.clone(), Direction::Both, usize::MAX);
            prop_assert_eq!(walk(&*scene.store, origin, Direction::Both, 3), whole, "in pieces");
        }
        Ok(())
    };
    runner.run(&histories, law).unwrap();
}

pub(crate) fn edges_and_nodes_say_how_many_grams<K: Kind>(kind: K) {
    let mut scene = scene(&kind);
    let world = &mut scene.world;
    let [one, other] = [world.batch(None), world.batch(Some("L1"))];
    let merged = open(world, Some("L2"));
    let farm_key = world.farm_key.clone();
    let pen = Pen::new(world.farm, &farm_key, time(NOW));
    for (source, drawn) in [(one, 400_000), (one, 100_000), (other, 300_000)] {
        let event = Drawn { to: merged, grams: grams(drawn), why: DrawReason::Packing };
        world.append(&pen, source, event).unwrap();
    }
    let inputs = [(one, 480_000), (other, 300_000)].map(|(from, amount)| Input { from, grams: grams(amount) });
    let inputs = List::new(inputs.to_vec()).unwrap();
    world.append(&pen, merged, Packed::new(inputs, Count::new(150).unwrap(), grams(5_000))).unwrap();
    world.append(&pen, merged, Sold { grams: grams(200_000), at: None }).unwrap();
    let lost = Lost { grams: grams(10_000), reason: LossReason::Spoilage, details: None, at: None };
    world.append(&pen, merged, lost).unwrap();
    let disposed = Disposed { grams: grams(5_000), method: DisposalMethod::Compost, details: None, at: None };
    world.append(&pen, merged, disposed).unwrap();
    scene.submit();
    let found = traced(&scene, Origin::Label(label("L2")), Direction::Back);
    let edge = &found.edges[&(one, merged)];
    assert_eq!((edge.drawn_g, edge.received_g, edge.shortage_g()), (Some(500_000), Some(480_000), Some(20_000)));
    assert_eq!((edge.why, edge.season.clone(), edge.at), (Some(DrawReason::Packing), None, Some(time(NOW))));
    let harvested = &found.edges[&(scene.world.plot, one)];
    assert_eq!(harvested.season.as_ref().map(Code::as_str), Some("2026"));
    let area = &found.edges[&(scene.world.area, scene.world.plot)];
    assert_eq!((area.drawn_g, area.received_g), (None, None));
    let lot = &found.nodes[&merged];
    assert_eq!((lot.in_g, lot.drawn_g, lot.sold_g), (Some(780_000), Some(0), Some(200_000)));
    assert_eq!((lot.lost_g, lot.disposed_g, lot.remaining_g), (Some(10_000), Some(5_000), Some(565_000)));
    assert_eq!((lot.boxes, lot.records, lot.label.clone()), (Some(150), 5, Some(label("L2"))));
    assert_eq!((lot.sort, lot.owner, lot.opened_at), (NodeSort::Batch, scene.world.farm, time(NOW)));
    let plot = &found.nodes[&scene.world.plot];
    assert_eq!((plot.sort, plot.depth, plot.in_g), (NodeSort::Plot, -2, None));
    let area = &found.nodes[&scene.world.area];
    assert_eq!(area.code.as_ref().map(|code| code.code.as_str()), Some("VN-MAU-0001"));
    assert_eq!(area.commune.as_ref().map(|commune| commune.as_str()), Some("07525"));
}

pub(crate) fn a_bundles_graph_is_the_servers<K: Kind>(kind: K) {
    let mut scene = scene(&kind);
    let world = &mut scene.world;
    let (one, other, merged) = (world.batch(None), world.batch(Some("L1")), open(world, Some("L2")));
    merge(world, &[one, other], merged, 300_000);
    let event = Arc::new(Received::new(inputs_of(&[one, other], 250_000)).into());
    by_farm(world, merged, Corrected { sequence: 1, reason: CorrectionReason::Weighing, event, details: None });
    by_farm(world, merged, Sold { grams: grams(1_000), at: None });
    by_office(world, other, Recalled::new(RecallReason::Microbial));
    scene.submit();
    block_on(scene.store.store_openings(scene.world.openings.clone())).unwrap().unwrap();
    let bundle = block_on(scene.store.bundle(merged, OpeningPolicy::default())).unwrap().unwrap();
    let verified = verify(&bundle.to_bytes().unwrap(), &scene.world.trust, &Options::at(time(NOW)));
    let history = verified.history.unwrap();
    let (mut proven, mut told) = (Vec::new(), walk(&*scene.store, Origin::Batch(merged), Direction::Back, 9).unwrap());
    let Ok(_) = trace::walk(&mut trace::of_history(&history), vec![merged], Direction::Back, 99, &mut |line| {
        proven.push(line);
    });
    // What the log had come to, only the server says.
    proven.remove(0);
    told.remove(0);
    assert_eq!(proven, told);
    assert!(told.len() > 10);
}

pub(crate) fn corrections_count_once_they_take_effect<K: Kind>(kind: K) {
    let mut scene = scene(&kind);
    let world = &mut scene.world;
    let (batch, merged) = (world.batch(None), open(world, None));
    merge(world, &[batch], merged, 300_000);
    let corrected = |sequence, event: Event| Corrected {
        sequence,
        reason: CorrectionReason::Weighing,
        event: std::sync::Arc::new(event),
        details: None,
    };
    // Less came in: that counts at once.
    by_farm(world, merged, corrected(1, Received::new(Inputs::one(batch, grams(250_000))).into()));
    // Less was drawn: that waits for an approval.
    let drawn = Drawn { to: merged, grams: grams(260_000), why: DrawReason::Handover };
    by_farm(world, batch, corrected(2, drawn.into()));
    scene.submit();
    let edge = |scene: &Scene| {
        let found = traced(scene, Origin::Batch(merged), Direction::Back);
        (found.edges[&(batch, merged)].drawn_g, found.edges[&(batch, merged)].received_g, found.nodes[&batch].drawn_g)
    };
    assert_eq!(edge(&scene), (Some(300_000), Some(250_000), Some(300_000)));
    by_office(&mut scene.world, batch, CorrectionApproved { correction: 3, details: None });
    scene.submit();
    assert_eq!(edge(&scene), (Some(260_000), Some(250_000), Some(260_000)));
}

pub(crate) fn a_draw_that_was_corrected_away_is_no_edge<K: Kind>(kind: K) {
    let mut scene = scene(&kind);
    let world = &mut scene.world;
    let (batch, [right, wrong]) = (world.batch(None), [open(world, None), open(world, None)]);
    let drawn = |to| Drawn { to, grams: grams(100), why: DrawReason::Splitting };
    by_farm(world, batch, drawn(wrong));
    let event = Arc::new(drawn(right).into());
    by_farm(world, batch, Corrected { sequence: 2, reason: CorrectionReason::Selection, event, details: None });
    by_office(world, batch, CorrectionApproved { correction: 3, details: None });
    scene.submit();
    let found = traced(&scene, Origin::Batch(batch), Direction::Forward);
    assert_eq!(found.nodes.keys().copied().collect::<BTreeSet<_>>(), BTreeSet::from([batch, right]));
    assert_eq!(traced(&scene, Origin::Batch(wrong), Direction::Both).nodes.len(), 1);
}

pub(crate) fn a_draw_for_a_batch_not_yet_opened_is_an_edge<K: Kind>(kind: K) {
    let mut scene = scene(&kind);
    let batch = scene.world.batch(None);
    let mut later = scene.world.clone();
    let merged = open(&mut later, None);
    scene.world = later;
    let drawn = Drawn { to: merged, grams: grams(100), why: DrawReason::Handover };
    by_farm(&mut scene.world, batch, drawn);
    // The draw arrives before the batch it is for.
    let at = scene.world.records.len() - 2;
    scene.world.records.swap(at, at + 1);
    let opened = scene.world.records.pop().unwrap();
    scene.submit();
    let found = traced(&scene, Origin::Batch(batch), Direction::Forward);
    assert_eq!((found.nodes.len(), found.edges.len()), (1, 1));
    assert!(walk(&*scene.store, Origin::Batch(merged), Direction::Back, 10).is_none());
    scene.world.records.push(opened);
    scene.submit();
    let found = traced(&scene, Origin::Batch(batch), Direction::Forward);
    assert_eq!((found.nodes.len(), found.edges.len(), found.nodes[&merged].records), (2, 1, 1));
}

pub(crate) fn a_walk_begins_wherever_it_is_asked_to<K: Kind>(kind: K) {
    let mut scene = scene(&kind);
    let world = &mut scene.world;
    let office = world.office.clone();
    let by_the_office = Pen::new(world.authority, &office, time(NOW));
    let carrier = world.enrol(&by_the_office, Role::Carrier, "Vận tải mẫu", None);
    let mut house = world.place("VN-MAU-PH-01");
    house.place = PlaceKind::PackingHouse;
    let house = world.begin(&by_the_office, house);
    let (batch, packed, received) = (world.batch(Some("L1")), open(world, None), open(world, None));
    let drawn = Drawn { to: packed, grams: grams(100_000), why: DrawReason::Packing };
    by_farm(world, batch, drawn);
    let inputs = Inputs::one(batch, grams(100_000));
    let mut event = Packed::new(inputs, Count::new(20).unwrap(), grams(5_000));
    event.place = Some(house);
    by_farm(world, packed, event);
    let sscc: SsccCode = "095212340000000013".parse().unwrap();
    let aggregated = Aggregated { sscc: sscc.clone(), boxes: Count::new(10).unwrap(), at: None };
    by_farm(world, packed, aggregated);
    let drawn = Drawn { to: received, grams: grams(50_000), why: DrawReason::Handover };
    by_farm(world, packed, drawn);
    let document = |number: &str| Document { kind: "phieu-xuat".parse().unwrap(), number: number.parse().unwrap() };
    let mut shipped = Shipped::new(3, carrier);
    shipped.document = Some(document("PX-1"));
    by_farm(world, packed, shipped);
    let applied = |product: &str, lot: Option<&str>| InputApplied {
        kind: InputKind::PlantProtection,
        product: text(product),
        active_ingredients: List::new(vec![text("abamectin")]).unwrap(),
        product_lot: lot.map(|lot| lot.parse().unwrap()),
        dose: Dose::Milligrams(Count::new(500_000).unwrap()),
        water_ml: None,
        area_m2: SquareMetres::new(1_000).unwrap(),
        phi_days: Days::new(7).unwrap(),
        operator: None,
        notes: None,
        at: None,
    };
    let plot = world.plot;
    let sequence = world.ledger.records(&plot).len() as u64;
    by_farm(world, plot, applied("Thuốc mẫu 10WP", Some("SX-0426")));
    let event = Arc::new(applied("Thuốc mẫu 10WP", Some("SX-0427")).into());
    by_farm(world, plot, Corrected { sequence, reason: CorrectionReason::Typing, event, details: None });
    scene.submit();
    let world = &scene.world;
    let starts = |origin| traced(&scene, origin, Direction::Both).start;
    let sorted = |chains: &[ChainId]| BTreeSet::from_iter(chains.iter().copied()).into_iter().collect::<Vec<_>>();
    assert_eq!(starts(Origin::Batch(batch)), [batch]);
    assert_eq!(starts(Origin::Label(label("L1"))), [batch]);
    assert_eq!(starts(Origin::Place(plot)), [plot]);
    assert_eq!(starts(Origin::Place(house)), sorted(&[house, packed]));
    assert_eq!(starts(Origin::Actor(world.farm)), sorted(&[plot, batch, packed, received]));
    assert_eq!(starts(Origin::Actor(world.coop)), sorted(&[world.area, house]));
    assert_eq!(starts(Origin::Actor(carrier)), []);
    assert_eq!(starts(Origin::Shipment(document("PX-1"))), [packed]);
    assert_eq!(starts(Origin::Pallet(sscc)), [packed]);
    let lot =
        |lot: &str, product: Option<&str>| Origin::ProductLot { lot: lot.parse().unwrap(), product: product.map(text) };
    for (wanted, product) in [("SX-0426", None), ("SX-0427", None), ("SX-0427", Some("Thuốc mẫu 10WP"))] {
        assert_eq!(starts(lot(wanted, product)), [plot]);
    }
    let nothing = ChainId::from_bytes([7; 32]);
    for origin in [
        Origin::Batch(plot),
        Origin::Batch(nothing),
        Origin::Place(batch),
        Origin::Place(world.farm),
        Origin::Label(label("L2")),
        Origin::Actor(batch),
        Origin::Shipment(document("PX-2")),
        Origin::Pallet("095212340000000020".parse().unwrap()),
        lot("SX-0428", None),
        lot("SX-0427", Some("Thuốc khác")),
    ] {
        assert!(walk(&*scene.store, origin.clone(), Direction::Forward, 10).is_none(), "{origin:?}");
    }
}

pub(crate) fn a_recalled_chain_says_so_and_leads_to_its_descendants<K: Kind>(kind: K) {
    let mut scene = scene(&kind);
    let world = &mut scene.world;
    let (picked, spared) = (world.batch(None), world.batch(None));
    let merged = open(world, Some("L1"));
    merge(world, &[picked, spared], merged, 1_000);
    let elsewhere = open(world, None);
    merge(world, &[spared], elsewhere, 1_000);
    let mut recalled = Recalled::new(RecallReason::PesticideResidue);
    recalled.product_lot = Some("SX-0426".parse().unwrap());
    by_office(world, picked, recalled.clone());
    recalled.harvests = Some(List::of_one(picked));
    let plot = world.plot;
    by_farm(world, plot, recalled);
    scene.submit();
    let found = traced(&scene, Origin::Batch(picked), Direction::Forward);
    assert_eq!(found.nodes.keys().copied().collect::<BTreeSet<_>>(), BTreeSet::from([picked, merged]));
    let [recall] = &found.nodes[&picked].recalls[..] else { panic!("no recall") };
    assert_eq!((recall.sequence, recall.reason), (3, RecallReason::PesticideResidue));
    assert_eq!(recall.product_lot.as_ref().map(Code::as_str), Some("SX-0426"));
    assert!(found.nodes[&picked].is_recalled() && !found.nodes[&merged].is_recalled());
    let on_plot = &traced(&scene, Origin::Batch(merged), Direction::Back).nodes[&plot].recalls;
    assert_eq!((on_plot[0].harvests, on_plot[0].released), (Some(1), false));
}

pub(crate) fn names_are_given_once_and_by_policy<K: Kind>(kind: K) {
    let mut scene = scene(&kind);
    let batch = scene.world.batch(None);
    scene.submit();
    let names = |scene: &Scene| {
        let mut names = traced(scene, Origin::Batch(batch), Direction::Back).names;
        names.sort_by(|one, other| one.name.cmp(&other.name));
        names.into_iter().map(|name| (name.actor, name.role, name.name)).collect::<Vec<_>>()
    };
    assert_eq!(names(&scene), []);
    block_on(scene.store.store_openings(scene.world.openings.clone())).unwrap().unwrap();
    let (farm, coop) = (scene.world.farm, scene.world.coop);
    let both = [
        (coop, Role::Registrar, "Hợp tác xã Vải thiều mẫu".to_owned()),
        (farm, Role::Farm, "Nguyễn Thị Mẫu".to_owned()),
    ];
    assert_eq!(names(&scene), both);
    let closed = OpeningPolicy::nothing();
    let begun = scene.store.begin_trace(Origin::Batch(batch), Direction::Back, 10, closed, 100);
    let lines = block_on(begun).unwrap().unwrap().lines;
    assert!(!lines.iter().any(|line| matches!(line, Line::Name(_))));
    block_on(scene.store.erase(farm)).unwrap();
    assert_eq!(names(&scene), both[..1]);
}

pub(crate) fn what_an_actor_holds_is_what_remains<K: Kind>(kind: K) {
    let mut scene = scene(&kind);
    let world = &mut scene.world;
    let mut held: Vec<ChainId> = (0..5).map(|_| world.batch(None)).collect();
    let emptied = world.batch(None);
    by_farm(world, emptied, Sold { grams: grams(850_000), at: None });
    open(world, None);
    held.sort_unstable();
    scene.submit();
    block_on(scene.store.store_openings(scene.world.openings.clone())).unwrap().unwrap();
    let (farm, policy) = (scene.world.farm, OpeningPolicy::default());
    let mut found = Vec::new();
    loop {
        let after = found.last().copied();
        let page = block_on(scene.store.holdings(farm, after, 2, policy.clone())).unwrap().unwrap();
        assert_eq!(page.name.map(|name| name.role), Some(Role::Farm));
        assert!(page.batches.iter().all(|batch| batch.remaining_g == Some(850_000)));
        if page.batches.is_empty() {
            break;
        }
        found.extend(page.batches.iter().map(|batch| batch.chain));
    }
    assert_eq!(found, held);
    let of = |actor| block_on(scene.store.holdings(actor, None, 10, policy.clone())).unwrap();
    assert_eq!(of(scene.world.coop).unwrap().batches, []);
    assert!(of(scene.world.plot).is_none());
}

pub(crate) fn a_plot_is_its_new_custodians<K: Kind>(kind: K) {
    let mut scene = scene(&kind);
    let world = &mut scene.world;
    let coop_key = world.coop_key.clone();
    let by_coop = Pen::new(world.coop, &coop_key, time(NOW));
    let heir = world.enrol(&by_coop, Role::Farm, "Trần Văn Mẫu", None);
    let (plot, farm) = (world.plot, world.farm);
    by_office(world, plot, CustodianChanged { to: heir, details: None });
    scene.submit();
    assert_eq!(traced(&scene, Origin::Actor(heir), Direction::Back).start, [plot]);
    assert_eq!(traced(&scene, Origin::Actor(farm), Direction::Back).start, []);
    assert_eq!(traced(&scene, Origin::Place(plot), Direction::Back).nodes[&plot].owner, heir);
}

pub(crate) fn a_released_label_leads_to_whom_it_was_given_next<K: Kind>(kind: K) {
    let mut scene = scene(&kind);
    let empty = open(&mut scene.world, Some("L1"));
    scene.submit();
    by_office(&mut scene.world, empty, NameReleased { details: None });
    scene.submit();
    assert!(walk(&*scene.store, Origin::Label(label("L1")), Direction::Both, 10).is_none());
    assert_eq!(traced(&scene, Origin::Batch(empty), Direction::Both).nodes[&empty].label, None);
    let batch = scene.world.batch(Some("L1"));
    scene.submit();
    assert_eq!(traced(&scene, Origin::Label(label("L1")), Direction::Both).start, [batch]);
    assert_eq!(block_on(scene.store.batch_of_label(label("L1"))).unwrap(), Some(batch));
}
