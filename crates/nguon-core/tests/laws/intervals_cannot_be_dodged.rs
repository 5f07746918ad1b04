//! Pre-harvest intervals cannot be dodged: not by the order of records, not by claimed times, not by corrections, not by
//! handing the plot to somebody else. Held against a second field log, written from DESIGN.md alone.

use std::collections::BTreeMap;

use nguon_core::ledger::LedgerError;
use nguon_core::prelude::*;
use nguon_core::record::Record;
use nguon_core::verify::OutcomeKind;
use proptest::prelude::*;

use crate::scene::{DAY, Scene, approved, corrected, harvest, inputs, sprayed};
use crate::world::{NOW, code, time};

/// Something that happens on the plot.
#[derive(Debug, Clone, Copy)]
enum Act {
    Spray { phi: u16, at: Option<i64> },
    Harvest { at: Option<i64> },
    CorrectSpray { which: usize, phi: u16, at: Option<i64> },
    CorrectHarvest { which: usize, at: Option<i64>, to: Option<usize> },
    Approve { which: usize },
    HandOver,
    Season,
    Wait { hours: u64 },
    Close { seen: bool },
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    // Hours before now; far back and ahead too.
    let at = || prop::option::of(prop_oneof![4 => 0_i64..200, 1 => 200_i64..700, 1 => -100_i64..0]);
    let phi = || prop_oneof![1 => Just(0_u16), 4 => 1_u16..15];
    let which = || 0_usize..100;
    let act = prop_oneof![
        4 => (phi(), at()).prop_map(|(phi, at)| Act::Spray { phi, at }),
        6 => at().prop_map(|at| Act::Harvest { at }),
        3 => (which(), phi(), at()).prop_map(|(which, phi, at)| Act::CorrectSpray { which, phi, at }),
        3 => (which(), at(), prop::option::weighted(0.3, which()))
            .prop_map(|(which, at, to)| Act::CorrectHarvest { which, at, to }),
        4 => which().prop_map(|which| Act::Approve { which }),
        1 => Just(Act::HandOver),
        1 => Just(Act::Season),
        5 => (1_u64..120).prop_map(|hours| Act::Wait { hours }),
        2 => any::<bool>().prop_map(|seen| Act::Close { seen }),
    ];
    prop::collection::vec(act, 4..28)
}

/// What the log knows of a record: when it took it, and when the checkpoint it names was closed.
type Vouched = Option<(u64, u64)>;

/// As [`believed`], of a spray.
fn believed_spray(claimed: u64, vouched: Vouched) -> u64 {
    believed(claimed, vouched, |logged, _| logged)
}

/// A week without network is believed, and nothing that is still to come.
fn believed(claimed: u64, vouched: Vouched, otherwise: impl Fn(u64, u64) -> u64) -> u64 {
    let Some((logged, anchored)) = vouched else { return claimed };
    if claimed + 7 * DAY >= anchored && claimed <= logged { claimed } else { otherwise(logged, anchored) }
}

#[derive(Debug, Clone)]
struct Spray {
    at: u64,
    phi: u64,
    vouched: Vouched,
}

#[derive(Debug, Clone)]
struct Picking {
    at: u64,
    to: ChainId,
    vouched: Vouched,
}

/// The second field log.
#[derive(Debug, Default)]
struct Diary {
    sprays: BTreeMap<u64, Spray>,
    pickings: BTreeMap<u64, Picking>,
    waiting: BTreeMap<u64, (u64, Event)>,
}

impl Diary {
    fn enter(&mut self, record: &Record, vouched: Vouched) {
        let claimed = record.event.at().unwrap_or(record.signed_at).get();
        match &record.event {
            Event::InputApplied(event) => {
                let at = believed_spray(claimed, vouched);
                self.sprays.insert(record.sequence, Spray { at, phi: event.phi_days.get().into(), vouched });
            }
            Event::HarvestDrawn(event) => {
                let at = believed(claimed, vouched, |_, anchored| anchored);
                self.pickings.insert(record.sequence, Picking { at, to: event.to, vouched });
            }
            Event::Corrected(event) => {
                let longer = match (&*event.event, self.sprays.get(&event.sequence)) {
                    (Event::InputApplied(_), Some(known)) => {
                        let new = Self::respray(known, &event.event);
                        new.at == known.at && new.phi >= known.phi
                    }
                    _ => false,
                };
                if longer {
                    self.apply(event.sequence, &event.event);
                } else {
                    self.waiting.insert(record.sequence, (event.sequence, (*event.event).clone()));
                }
            }
            Event::CorrectionApproved(event) => {
                let (origin, event) = self.waiting.remove(&event.correction).expect("a correction that waits");
                self.apply(origin, &event);
            }
            _ => {}
        }
    }

    fn respray(known: &Spray, event: &Event) -> Spray {
        let Event::InputApplied(event) = event else { panic!("a spray is corrected by a spray") };
        let at = event.at.map_or(known.at, |at| believed_spray(at.get(), known.vouched));
        Spray { at, phi: event.phi_days.get().into(), vouched: known.vouched }
    }

    fn apply(&mut self, origin: u64, event: &Event) {
        if let Some(known) = self.sprays.get(&origin) {
            let new = Self::respray(known, event);
            self.sprays.insert(origin, new);
        } else if let (Some(known), Event::HarvestDrawn(event)) = (self.pickings.get_mut(&origin), event) {
            known.at = event.at.map_or(known.at, |at| believed(at.get(), known.vouched, |_, anchored| anchored));
            known.to = event.to;
        }
    }

    /// A harvest at this time, recorded at this place of the chain, is too early for some spray. What was recorded before
    /// it was done before it, whatever either claims.
    fn too_early(&self, at: u64, sequence: u64) -> bool {
        self.sprays.iter().any(|(sprayed, spray)| {
            let before = *sprayed < sequence || spray.at <= at;
            before && spray.phi > 0 && at < spray.at + spray.phi * DAY
        })
    }

    /// Whether one recorded after the harvest was kept all the same.
    fn late_but_kept(&self, picking: u64) -> bool {
        let at = self.pickings[&picking].at;
        let kept = |spray: &Spray| spray.at <= at && (spray.phi == 0 || spray.at + spray.phi * DAY <= at);
        self.sprays.range(picking..).any(|(_, spray)| kept(spray))
    }
}

struct Farm {
    scene: Scene,
    plot: ChainId,
    diary: Diary,
    anchored: u64,
    batches: Vec<ChainId>,
    seasons: u64,
}

impl Farm {
    fn new(logged: bool) -> Self {
        let scene = Scene::in_season(logged);
        let plot = scene.plots[0];
        Self { scene, plot, diary: Diary::default(), anchored: 0, batches: Vec::new(), seasons: 1 }
    }

    fn ago(&self, hours: Option<i64>) -> Option<Time> {
        hours.map(|hours| time(self.scene.now.checked_add_signed(-hours * 3_600).unwrap()))
    }

    fn offer(&mut self, by: ChainId, event: impl Into<Event>) -> Result<(), LedgerError> {
        self.scene.offer(by, self.plot, event)?;
        let (_, record) = self.scene.accepted.last().unwrap();
        self.diary.enter(record, self.scene.logged.then_some((self.scene.now, self.anchored)));
        Ok(())
    }

    fn play(&mut self, act: Act) -> Result<(), TestCaseError> {
        let worker = self.scene.custodian(self.plot);
        match act {
            Act::Spray { phi, at } => {
                let event = InputApplied { at: self.ago(at), ..sprayed(phi, None) };
                prop_assert!(self.offer(worker, event).is_ok());
            }
            Act::Harvest { at } => return self.harvest(worker, at),
            Act::CorrectSpray { which, phi, at } => {
                let sprays: Vec<u64> = self.diary.sprays.keys().copied().collect();
                if !sprays.is_empty() {
                    let mut event = InputApplied { at: self.ago(at), ..sprayed(phi, None) };
                    event.product = "Khác 5SC".parse().unwrap();
                    let _ = self.offer(worker, corrected(sprays[which % sprays.len()], event));
                }
            }
            Act::CorrectHarvest { which, at, to } => {
                let pickings: Vec<u64> = self.diary.pickings.keys().copied().collect();
                if !pickings.is_empty() {
                    let origin = pickings[which % pickings.len()];
                    let to = to.map_or(self.diary.pickings[&origin].to, |to| self.batches[to % self.batches.len()]);
                    let event = HarvestDrawn { at: self.ago(at), ..harvest(to, 10) };
                    let _ = self.offer(worker, corrected(origin, event));
                }
            }
            Act::Approve { which } => return self.approve(which),
            Act::HandOver => {
                let to = if worker == self.scene.household { self.scene.farms[0] } else { self.scene.household };
                let changed = self.offer(self.scene.coop, CustodianChanged { to, details: None });
                prop_assert!(changed.is_ok());
            }
            Act::Season => {
                let name = (2026 + self.seasons).to_string().parse().unwrap();
                let (from, until) = (time(self.scene.now), time(NOW + 300 * DAY));
                let reaches =
                    self.diary.sprays.values().any(|spray| spray.phi > 0 && spray.at + spray.phi * DAY > from.get());
                let opened = self.offer(worker, SeasonOpened { season: name, from, until, ceiling: None });
                prop_assert_eq!(opened.is_err(), reaches);
                self.seasons += u64::from(!reaches);
            }
            Act::Wait { hours } => self.scene.wait(hours * 3_600),
            Act::Close { seen } => {
                self.scene.close();
                if let Some(newest) = self.scene.ledger.checkpoints().last().filter(|_| seen) {
                    (self.scene.anchor, self.anchored) = (Some(newest.anchor()), newest.time.get());
                }
            }
        }
        Ok(())
    }

    fn harvest(&mut self, worker: ChainId, at: Option<i64>) -> Result<(), TestCaseError> {
        let batch = self.scene.open(self.scene.collector);
        let at = self.ago(at);
        let vouched = self.scene.logged.then_some((self.scene.now, self.anchored));
        let counted = believed(at.map_or(self.scene.now, Time::get), vouched, |_, anchored| anchored);
        let expected = self.diary.too_early(counted, u64::MAX);
        match self.offer(worker, HarvestDrawn { at, ..harvest(batch, 10) }) {
            Ok(()) => {
                prop_assert!(!expected, "an unsound harvest was accepted");
                self.batches.push(batch);
                // Some are taken in at once.
                if self.batches.len().is_multiple_of(2) {
                    self.scene.offer(self.scene.collector, batch, Harvested::new(inputs(&[(self.plot, 10)]))).unwrap();
                }
            }
            result => {
                let code = code(result);
                prop_assert!(code == "outside_season" || (code == "harvest_too_early") == expected, "{code}");
            }
        }
        Ok(())
    }

    fn approve(&mut self, which: usize) -> Result<(), TestCaseError> {
        let waiting: Vec<u64> = self.diary.waiting.keys().copied().collect();
        if waiting.is_empty() {
            return Ok(());
        }
        let correction = waiting[which % waiting.len()];
        let (origin, event) = self.diary.waiting[&correction].clone();
        let by = self.scene.union;
        let unsound = match (&event, self.diary.pickings.get(&origin)) {
            // One that leaves the time alone has nothing to be held against what was applied since.
            (Event::HarvestDrawn(event), Some(known)) => {
                let at = event.at.map_or(known.at, |at| believed(at.get(), known.vouched, |_, anchored| anchored));
                at != known.at && self.diary.too_early(at, origin)
            }
            _ => false,
        };
        let result = self.offer(by, approved(correction));
        prop_assert!(result.is_err() || !unsound, "a harvest was moved to where it is unsound");
        Ok(())
    }

    /// All that can be taken in is taken in, and all of it goes into one more batch.
    fn finish(&mut self) -> Option<ChainId> {
        let collector = self.scene.collector;
        let mut all = Vec::new();
        for batch in self.batches.clone() {
            let books = crate::books::Books::of(&self.scene.accepted);
            let left = books.drawn(&self.plot, &batch) - books.taken(&self.plot, &batch);
            if left > 0 {
                let event = Harvested::new(inputs(&[(self.plot, u64::try_from(left).unwrap())]));
                self.scene.offer(collector, batch, event).unwrap();
            }
            let books = crate::books::Books::of(&self.scene.accepted);
            if books.came_in(&batch) > 1 {
                all.push((batch, 1));
            }
        }
        (!all.is_empty()).then(|| self.scene.merged(collector, &all))
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn by_nobody(logged in any::<bool>(), acts in acts()) {
        let mut farm = Farm::new(logged);
        for act in acts {
            farm.play(act)?;
        }
        let merged = farm.finish();
        let (mut any_early, mut any) = (false, false);
        for batch in farm.batches.clone() {
            let of = |picking: &&u64| farm.diary.pickings[picking].to == batch;
            let pickings: Vec<u64> = farm.diary.pickings.keys().filter(of).copied().collect();
            let early = pickings.iter().any(|picking| farm.diary.too_early(farm.diary.pickings[picking].at, *picking));
            let late = pickings.iter().any(|picking| farm.diary.late_but_kept(*picking));
            let verdict = farm.scene.verdict(batch);
            if verdict.outcome.kind() == OutcomeKind::Incomplete {
                // Corrected away to another batch.
                prop_assert!(pickings.is_empty());
                continue;
            }
            any_early |= early;
            any = true;
            if early {
                let early = matches!(verdict.outcome, Outcome::Invalid { code: "harvest_too_early", .. });
                prop_assert!(early, "{:?}, {:?}", verdict, farm.diary);
            } else {
                prop_assert_eq!(&verdict.outcome, &farm.scene.sound(), "{:?}, {:?}", &verdict.findings, farm.diary);
                let told = verdict.findings.iter().any(|finding| finding.code() == "late_application");
                prop_assert_eq!(told, late, "{:?}, {:?}", verdict.findings, farm.diary);
            }
        }
        // Down the line the same.
        if let Some(merged) = merged.filter(|_| any) {
            let invalid = farm.scene.verdict(merged).outcome.kind() == OutcomeKind::Invalid;
            prop_assert_eq!(invalid, any_early);
        }
    }
}

/// One story a dodge.
#[test]
fn told_one_by_one() {
    for logged in [false, true] {
        let mut farm = Farm::new(logged);
        let worker = farm.scene.farms[0];
        farm.scene.wait(10 * DAY);
        farm.scene.close();
        farm.offer(worker, sprayed(7, None)).unwrap();
        farm.scene.wait(2 * DAY);
        let batch = farm.scene.open(farm.scene.collector);
        let early = |at: Option<u64>| HarvestDrawn { at: at.map(time), ..harvest(batch, 10) };
        let now = farm.scene.now;
        // Now; dated before the spray; by the household that took over the plot; in a new season.
        assert_eq!(code(farm.offer(worker, early(None))), "harvest_too_early");
        assert_eq!(code(farm.offer(worker, early(Some(now - 3 * DAY)))), "harvest_too_early");
        let to = farm.scene.household;
        farm.offer(farm.scene.coop, CustodianChanged { to, details: None }).unwrap();
        assert_eq!(code(farm.offer(worker, sprayed(0, None))), "not_permitted");
        assert_eq!(code(farm.offer(worker, early(None))), "harvest_too_early");
        assert_eq!(code(farm.offer(to, early(None))), "harvest_too_early");
        farm.offer(farm.scene.coop, CustodianChanged { to: worker, details: None }).unwrap();
        let season = SeasonOpened { season: "2027".parse().unwrap(), ..crate::scene::season(None) };
        let season = SeasonOpened { from: time(now), ..season };
        assert_eq!(crate::world::field(farm.offer(worker, season)), ("bad_field", "from".into()));
        // The interval shortened, and the spray dated back, count for nothing before somebody above approves.
        let spray = *farm.diary.sprays.keys().next().unwrap();
        farm.offer(worker, corrected(spray, sprayed(0, None))).unwrap();
        let correction = *farm.diary.waiting.keys().next().unwrap();
        assert_eq!(code(farm.offer(worker, early(None))), "harvest_too_early");
        assert_eq!(code(farm.offer(worker, approved(correction))), "not_permitted");
        farm.offer(worker, corrected(spray, sprayed(7, Some(now - 9 * DAY)))).unwrap();
        assert_eq!(code(farm.offer(worker, early(None))), "harvest_too_early");
        // A day before it is over, and when it is.
        farm.scene.wait(5 * DAY - 1);
        assert_eq!(code(farm.offer(worker, early(None))), "harvest_too_early");
        farm.scene.wait(1);
        farm.offer(worker, early(None)).unwrap();
        // Lengthened afterwards: at once, and the harvest is unsound.
        farm.scene.offer(farm.scene.collector, batch, Harvested::new(inputs(&[(farm.plot, 10)]))).unwrap();
        assert_eq!(farm.scene.verdict(batch).outcome, farm.scene.sound());
        farm.offer(worker, corrected(spray, sprayed(8, None))).unwrap();
        let verdict = farm.scene.verdict(batch);
        assert!(matches!(verdict.outcome, Outcome::Invalid { code: "harvest_too_early", .. }), "{verdict:?}");
    }
}
