//! Whatever happens in whatever order: nothing acknowledged is lost, no key signs two histories, nothing is silently gone.

use std::collections::BTreeSet;

use nguon_core::event::{Dose, DrawReason, InputKind, LossReason, Opened};
use nguon_core::ids::ChainId;
use nguon_core::judge::Chains as _;
use nguon_core::values::{Count, Days, SquareMetres};
use nguon_core::verify::Outcome;
use nguon_draft::*;
use proptest::prelude::*;

use crate::device::{Device, Net, Signed};
use crate::world::{World, grams, time};

#[derive(Clone, Debug)]
enum Deed {
    Write(usize, Kind),
    /// Some steps of a device, with what the network does at each
    Steps(usize, Vec<Net>),
    Crash(usize),
    /// Somebody else writes on one of the farmer's chains first
    Race(usize),
    Withdraw(usize, usize),
    Revise(usize, usize, u64),
    Again(usize),
    Hours(u64),
}

#[derive(Clone, Debug)]
enum Kind {
    Spray { plot: usize, phi: u16 },
    Harvest { plot: usize, kilograms: u64, batch: Option<usize> },
    HandOver { batch: usize, kilograms: u64 },
    Lose { batch: usize, kilograms: u64 },
}

fn kind() -> impl Strategy<Value = Kind> {
    prop_oneof![
        (0..2_usize, 0..2_u16).prop_map(|(plot, phi)| Kind::Spray { plot, phi }),
        (0..2_usize, 1..400_u64, proptest::option::of(0..4_usize)).prop_map(|(plot, kilograms, batch)| Kind::Harvest {
            plot,
            kilograms,
            batch
        }),
        (0..4_usize, 1..300_u64).prop_map(|(batch, kilograms)| Kind::HandOver { batch, kilograms }),
        (0..4_usize, 1..100_u64).prop_map(|(batch, kilograms)| Kind::Lose { batch, kilograms }),
    ]
}

fn net() -> impl Strategy<Value = Net> {
    prop_oneof![5 => Just(Net::Up), 1 => Just(Net::RequestLost), 2 => Just(Net::AnswerLost), 1 => Just(Net::Busy)]
}

fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        6 => (0..2_usize, kind()).prop_map(|(device, kind)| Deed::Write(device, kind)),
        5 => (0..2_usize, proptest::collection::vec(net(), 1..8)).prop_map(|(device, net)| Deed::Steps(device, net)),
        1 => (0..2_usize).prop_map(Deed::Crash),
        2 => any::<usize>().prop_map(Deed::Race),
        1 => (0..2_usize, any::<usize>()).prop_map(|(device, at)| Deed::Withdraw(device, at)),
        1 => (0..2_usize, any::<usize>(), 1..300_u64).prop_map(|(device, at, kg)| Deed::Revise(device, at, kg)),
        1 => (0..2_usize).prop_map(Deed::Again),
        1 => (1..60_u64).prop_map(Deed::Hours),
    ]
}

struct Play {
    world: World,
    devices: [Device; 2],
    signed: Signed,
    /// The collector's batch, into which is handed over
    offered: ChainId,
}

impl Play {
    fn new() -> Self {
        let mut world = World::new();
        let opened = Opened::new(world.collector, "vải thiều".parse().unwrap());
        let offered = world.begin(world.collector.into(), 6, opened);
        let devices = [Device::new(&world, world.farmer, 4), Device::new(&world, world.farmer, 5)];
        Self { world, devices, signed: Signed::default(), offered }
    }

    /// The farmer's batches that a device knows.
    fn batches(&self, device: usize) -> Vec<ChainId> {
        let device = &self.devices[device];
        let mine =
            device.book.chains().filter(|chain| chain.batch().is_some_and(|batch| batch.owner == self.world.farmer));
        let mut ids: Vec<ChainId> = mine.map(|chain| chain.id).collect();
        ids.sort_unstable();
        ids
    }

    fn draft(&self, device: usize, kind: &Kind) -> Option<Draft> {
        let batches = self.batches(device);
        let batch = |n: usize| (!batches.is_empty()).then(|| batches[n % batches.len()]);
        Some(match kind {
            Kind::Spray { plot, phi } => Draft::Applied(Applied {
                plot: self.world.plots[*plot],
                kind: InputKind::PlantProtection,
                product: "Abamectin 1.8EC".parse().unwrap(),
                ingredients: vec!["abamectin".parse().unwrap()],
                lot: None,
                dose: Dose::Microlitres(Count::new(250_000).unwrap()),
                water_ml: None,
                area_m2: SquareMetres::new(5_000).unwrap(),
                phi_days: Days::new(*phi).unwrap(),
                at: None,
                operator: Some("Nguyễn Văn Bảy".into()),
                note: None,
                photos: vec![],
            }),
            Kind::Harvest { plot, kilograms, batch: into } => Draft::Harvested(Harvest {
                shares: vec![Share {
                    plot: self.world.plots[*plot],
                    season: None,
                    crates: vec![grams(kilograms * 1_000)],
                }],
                into: match into.and_then(batch) {
                    Some(batch) => Into::Existing(batch),
                    None => Into::New(NewBatch::of("vải thiều".parse().unwrap())),
                },
                counted: Counted::EachWeighed,
                at: None,
                operator: None,
                parcel: None,
                photos: vec![],
            }),
            Kind::HandOver { batch: from, kilograms } => Draft::HandedOver(HandOver {
                from: batch(*from)?,
                to: self.offered,
                grams: grams(kilograms * 1_000),
                why: DrawReason::Handover,
                carriage: None,
                photos: vec![],
            }),
            Kind::Lose { batch: from, kilograms } => Draft::Lost(Loss {
                batch: batch(*from)?,
                grams: grams(kilograms * 1_000),
                reason: LossReason::Sorting,
                details: Some("quả nứt".into()),
                at: None,
                photos: vec![],
            }),
        })
    }

    fn play(&mut self, deed: &Deed) {
        match deed {
            Deed::Write(device, kind) => {
                let Some(draft) = self.draft(*device, kind) else { return };
                let device = &mut self.devices[*device];
                match device.write(&draft, &mut self.signed) {
                    Ok(_) | Err(Refused::Rule { .. } | Refused::TooOften(_)) => {}
                    // It is not lost for that: it is signed when its turn comes.
                    Err(Refused::Waits { .. }) => {
                        let (signer, now) = (device.signer, time(device.now));
                        let id = device.outbox.keep_draft(draft, signer, None, now, &mut device.book);
                        device.save(&mut self.signed);
                        device.written.insert(id);
                    }
                    Err(other) => panic!("{other}"),
                }
            }
            Deed::Steps(device, nets) => {
                for net in nets {
                    self.devices[*device].advance(&mut self.world, *net, &mut self.signed);
                    self.world.now = self.world.now.max(self.devices[*device].now);
                    self.check();
                }
            }
            Deed::Crash(device) => self.devices[*device].crash(),
            Deed::Race(at) => {
                let mut chains = self.world.plots.to_vec();
                chains.extend(self.batches(0).into_iter().filter(|batch| self.world.ledger.chain(batch).is_some()));
                self.world.inspect(chains[at % chains.len()]);
            }
            Deed::Withdraw(device, at) => {
                let Some(id) = pick(&self.devices[*device], *at) else { return };
                let device = &mut self.devices[*device];
                match device.outbox.withdraw(id, &mut device.book) {
                    Ok(()) => device.save(&mut self.signed),
                    Err(Refused::InDoubt(_)) => {}
                    Err(other) => panic!("{other}"),
                }
            }
            Deed::Revise(device, at, kilograms) => {
                let Some(id) = pick(&self.devices[*device], *at) else { return };
                let device = &mut self.devices[*device];
                let mut draft = device.outbox.entry(id).unwrap().draft.clone();
                match &mut draft {
                    Draft::Harvested(one) => one.shares[0].crates = vec![grams(kilograms * 1_000)],
                    Draft::HandedOver(one) => one.grams = grams(kilograms * 1_000),
                    Draft::Lost(one) => one.grams = grams(kilograms * 1_000),
                    _ => {}
                }
                // Refused or not, the entry is there as it was or as it is now.
                let _ = device.revise(id, &draft, &mut self.signed);
            }
            Deed::Again(device) => {
                let device = &mut self.devices[*device];
                let refused: Vec<EntryId> = device.outbox.troubles().map(|(id, _)| id).collect();
                for id in refused {
                    device.outbox.again(id, &mut device.book).unwrap();
                }
                device.save(&mut self.signed);
            }
            Deed::Hours(hours) => {
                self.world.now += hours * 3_600;
                self.devices.iter_mut().for_each(|device| device.now = self.world.now);
            }
        }
        self.check();
    }

    fn check(&self) {
        for device in &self.devices {
            let there: BTreeSet<EntryId> = device.outbox.entries().map(|entry| entry.id).collect();
            assert!(device.written.is_subset(&there), "an entry is silently gone");
            for entry in device.outbox.entries().filter(|entry| entry.is_stored()) {
                for kept in &entry.records {
                    assert!(self.world.has(&kept.chain, &kept.statement), "acknowledged and not there");
                }
            }
        }
    }

    /// The network is there again, and whoever is asked chooses a way out.
    fn settle(&mut self) {
        for _ in 0..200 {
            for device in &mut self.devices {
                device.now = device.now.max(self.world.now);
                device.sync(&mut self.world, &mut self.signed);
            }
            let refused = self.devices.iter().position(|device| device.outbox.troubles().next().is_some());
            let Some(at) = refused else { break };
            let device = &mut self.devices[at];
            let id = device.outbox.troubles().next().unwrap().0;
            device.outbox.withdraw(id, &mut device.book).unwrap();
            device.save(&mut self.signed);
        }
        for device in &self.devices {
            for entry in device.outbox.entries() {
                assert!(matches!(entry.stage, Stage::Logged { .. } | Stage::Withdrawn), "{:?}", entry.stage);
            }
        }
        self.check();
    }
}

/// An entry that is not settled.
fn pick(device: &Device, at: usize) -> Option<EntryId> {
    let open: Vec<EntryId> = device.outbox.entries().filter(|entry| entry.waits()).map(|entry| entry.id).collect();
    (!open.is_empty()).then(|| open[at % open.len()])
}

proptest! {

    #[test]
    fn nothing_acknowledged_is_lost_and_no_key_signs_two_histories(deeds in proptest::collection::vec(deed(), 1..60)) {
        let mut play = Play::new();
        for deed in &deeds {
            play.play(deed);
        }
        play.settle();
        let mut batches = play.batches(0);
        batches.extend(play.batches(1));
        for outcome in play.world.verdicts(&batches) {
            // A spray that one phone logs after the other phone's harvest is taken, since the truth has to be recordable.
            let late = matches!(&outcome, Outcome::Invalid { code, .. } if *code == "harvest_too_early");
            prop_assert!(late || outcome == Outcome::Valid, "{:?}", outcome);
        }
    }
}

/// Found by the law above: once the first of two waiting entries was signed, nothing held their chain for the second, and a third
/// was signed before it.
#[test]
fn who_waits_behind_a_waiting_entry_keeps_its_place() {
    use Net::{RequestLost, Up};
    let spray = || Deed::Write(0, Kind::Spray { plot: 1, phi: 0 });
    let deeds = [
        spray(),
        Deed::Race(4_017_485_981_394_143_993),
        spray(),
        Deed::Steps(0, vec![Up]),
        Deed::Race(200_545_758_637_821_854),
        Deed::Steps(0, vec![RequestLost, Up, RequestLost, Up, RequestLost, Up, Up]),
        Deed::Write(0, Kind::Harvest { plot: 0, kilograms: 109, batch: None }),
        Deed::Steps(0, vec![Up, Up, RequestLost, Up, RequestLost]),
        Deed::Write(0, Kind::Lose { batch: 0, kilograms: 1 }),
        Deed::Steps(0, vec![Up, RequestLost, Up, Up, Up, Up]),
        Deed::Write(0, Kind::HandOver { batch: 0, kilograms: 1 }),
        Deed::Steps(0, vec![Up, RequestLost]),
        Deed::Crash(0),
    ];
    let mut play = Play::new();
    deeds.iter().for_each(|deed| play.play(deed));
    play.settle();
}
