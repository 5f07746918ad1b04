//! Every draft becomes records that the server takes, and whose openings are what was signed.

use nguon_core::event::{
    CoolingMethod, CorrectionReason, DisposalMethod, Dose, DrawReason, Enrolled, Event, EventName, Input, InputKind,
    LossReason, Role, Scope,
};
use nguon_core::ids::{ChainId, FieldDigest, RootHash, Salt};
use nguon_core::judge::Chains as _;
use nguon_core::record::{Record, Signer};
use nguon_core::values::{Count, Days, Label, SquareMetres};
use nguon_core::verify::Outcome;
use nguon_draft::*;

use crate::device::{Device, Signed};
use crate::world::{World, grams};

fn kg(kilograms: u64) -> nguon_core::values::Grams {
    grams(kilograms * 1_000)
}

fn count(n: u64) -> Count {
    Count::new(n).unwrap()
}

fn shares(plot: ChainId, kilograms: &[u64]) -> Vec<Share> {
    vec![Share { plot, season: None, crates: kilograms.iter().map(|one| kg(*one)).collect() }]
}

pub fn harvest(plot: ChainId, kilograms: &[u64], into: Into) -> Harvest {
    let (counted, at, operator, parcel, photos) = (Counted::EachWeighed, None, None, None, vec![]);
    Harvest { shares: shares(plot, kilograms), into, counted, at, operator, parcel, photos }
}

pub fn new_batch() -> Into {
    Into::New(NewBatch::of("vải thiều".parse().unwrap()))
}

fn receipt(into: Into, from: ChainId, kilograms: u64) -> Receipt {
    let inputs = vec![Input { from, grams: kg(kilograms) }];
    let (place, measured_mc, document, at) = (None, None, None, None);
    Receipt { into, inputs, place, measured_mc, document, at, parcel: None, photos: vec![] }
}

/// Writes, sends, and gives the chain that it began.
fn done(device: &mut Device, world: &mut World, draft: &Draft) -> Option<ChainId> {
    let mut signed = Signed::default();
    let id = device.write(draft, &mut signed).unwrap();
    let entry = device.outbox.entry(id).unwrap();
    for personal in &entry.openings {
        let signed = entry.signed_records().into_iter().zip(&entry.records);
        let (record, _) = signed.into_iter().find(|(_, kept)| kept.statement == personal.opening.record).unwrap();
        personal.opening.check(&Record::from_payload(record.payload()).unwrap()).unwrap();
    }
    let began = entry.begins().first().copied();
    device.sync(world, &mut signed);
    assert!(matches!(device.stage(id), Stage::Logged { .. }), "{:?}", device.stage(id));
    began
}

#[test]
fn a_season_from_spray_to_label_is_taken_and_verifies() {
    let mut world = World::new();
    let mut farmer = Device::new(&world, world.farmer, 4);
    let plot = world.plots[0];
    let spray = Applied {
        plot,
        kind: InputKind::PlantProtection,
        product: "Abamectin 1.8EC".parse().unwrap(),
        ingredients: vec!["abamectin".parse().unwrap()],
        lot: Some("L-77".parse().unwrap()),
        dose: Dose::Microlitres(count(250_000)),
        water_ml: Some(count(200_000)),
        area_m2: SquareMetres::new(5_000).unwrap(),
        phi_days: Days::new(0).unwrap(),
        at: None,
        operator: Some("Nguyễn Văn Bảy".into()),
        note: Some("sâu đục cuống".into()),
        photos: vec![
            Photo::seal("p1".into(), b"photo", "image/jpeg".parse().unwrap(), Salt::from_bytes([3; 16]), 0).unwrap(),
        ],
    };
    done(&mut farmer, &mut world, &Draft::Applied(spray));
    let picked = done(&mut farmer, &mut world, &Draft::Harvested(harvest(plot, &[21, 19, 20], new_batch()))).unwrap();
    let lost = Loss {
        batch: picked,
        grams: kg(2),
        reason: LossReason::Sorting,
        details: Some("quả nứt".into()),
        at: None,
        photos: vec![],
    };
    done(&mut farmer, &mut world, &Draft::Lost(lost));
    // Weighed wrong: less was lost. That waits for an approval by the co-op.
    let event = nguon_core::event::Lost { grams: kg(1), reason: LossReason::Sorting, details: None, at: None };
    let event = Plain::new(event).with("details", Some("quả nứt, cân lại"));
    let (reason, details) = (CorrectionReason::Weighing, Some("cân nhầm".to_owned()));
    done(&mut farmer, &mut world, &Draft::Corrected(Correction { chain: picked, sequence: 2, reason, event, details }));
    let mut coop = Device::new(&world, world.coop, 3);
    coop.outbox.refresh(picked);
    coop.sync(&mut world, &mut Signed::default());
    done(&mut coop, &mut world, &Draft::Approved { chain: picked, correction: 3, details: None });
    let lines = history::of_chain(&coop.book, &coop.outbox, &picked);
    assert!(matches!(&lines[2].said, Event::Lost(lost) if lost.grams == kg(2)));
    assert!(matches!(&lines[2].now, Some(Event::Lost(lost)) if lost.grams == kg(1)));
    assert_eq!(world.ledger.chain(&picked).unwrap().batch().unwrap().remaining(), 59_000);

    // The packer's lot, into which the farmer gives.
    let mut packer = Device::new(&world, world.packer, 7);
    let label = Label { gtin: "09521234543213".parse().unwrap(), lot: "VT-1".parse().unwrap() };
    let opened = NewBatch { label: Some(label), ..NewBatch::of("vải thiều Lục Ngạn".parse().unwrap()) };
    let lot = done(&mut packer, &mut world, &Draft::Opened(opened)).unwrap();
    // What arrives is received into a batch of the packer's, and packed from there: the draw within is written too.
    let raw = done(&mut packer, &mut world, &Draft::Opened(NewBatch::of("vải thiều".parse().unwrap()))).unwrap();
    farmer.outbox.refresh(picked);
    farmer.sync(&mut world, &mut Signed::default());
    let given =
        HandOver { from: picked, to: raw, grams: kg(55), why: DrawReason::Handover, carriage: None, photos: vec![] };
    done(&mut farmer, &mut world, &Draft::HandedOver(given));
    packer.outbox.refresh(picked);
    packer.outbox.refresh(plot);
    packer.sync(&mut world, &mut Signed::default());
    done(&mut packer, &mut world, &Draft::Received(receipt(Into::Existing(raw), picked, 54)));
    let cooling = Cooling {
        batch: raw,
        method: CoolingMethod::Ice,
        measured_mc: 4_500,
        set_point_mc: None,
        place: None,
        at: None,
    };
    done(&mut packer, &mut world, &Draft::Cooled(cooling));
    let packing = Packing {
        into: Into::Existing(lot),
        inputs: vec![Input { from: raw, grams: kg(50) }],
        boxes: count(10),
        grams_per_box: kg(5),
        grade: None,
        place: None,
        document: None,
        at: None,
        again: false,
        parcel: None,
        photos: vec![],
    };
    done(&mut packer, &mut world, &Draft::Packed(packing));
    let root = RootHash::from_bytes([5; 32]);
    done(&mut packer, &mut world, &Draft::Labels { batch: lot, count: count(10), root });
    let disposed =
        Disposal { batch: raw, grams: kg(1), method: DisposalMethod::Compost, details: None, at: None, photos: vec![] };
    done(&mut packer, &mut world, &Draft::Disposed(disposed));
    done(&mut packer, &mut world, &Draft::Sold(Sale { batch: lot, grams: kg(5), at: None }));
    assert_eq!(world.verdicts(&[picked, raw, lot]), [Outcome::Valid, Outcome::Valid, Outcome::Valid]);
}

#[test]
fn a_coop_enrols_and_writes_for_a_household_without_a_key() {
    let mut world = World::new();
    let mut coop = Device::new(&world, world.coop, 3);
    let name = FieldDigest::from_bytes([0; 32]);
    let enrolled = Enrolled::new(Role::Farm, name, Scope::of_events(&[EventName::InputApplied]).unwrap(), None);
    let plain = Plain::new(enrolled).with("name", Some("Trần Thị Sáu")).with("phone", Some("+84987654321"));
    let sau = done(&mut coop, &mut world, &Draft::Begins(plain)).unwrap();
    assert!(world.ledger.chain(&sau).unwrap().actor().is_some());
    // The collector weighs in the neighbour's fruit at the co-op's desk: the draw is signed on the neighbour's behalf.
    let mut desk = Device::new(&world, world.collector, 6);
    desk.also = vec![(world.coop.into(), 3)];
    let weighed = Draft::WeighedIn(harvest(world.neighbours_plot, &[30, 31], new_batch()));
    let batch = done(&mut desk, &mut world, &weighed).unwrap();
    let drawn = Record::from_payload(world.ledger.records(&world.neighbours_plot).last().unwrap().payload()).unwrap();
    assert_eq!((drawn.signer, drawn.on_behalf_of), (Signer::Actor(world.coop), Some(world.neighbour)));
    assert_eq!(world.verdicts(&[batch]), [Outcome::Valid]);
    // Who has a key signs with that: the co-op cannot.
    let farmers = Draft::WeighedIn(harvest(world.plots[0], &[30], new_batch()));
    assert!(matches!(desk.write(&farmers, &mut Signed::default()), Err(Refused::Rule { .. })));
}

#[test]
fn what_the_server_would_refuse_is_told_before_it_is_signed() {
    let world = World::new();
    let mut farmer = Device::new(&world, world.farmer, 4);
    let mut signed = Signed::default();
    let too_much = Draft::Harvested(harvest(world.plots[0], &[700, 700], new_batch()));
    let Err(refused) = farmer.write(&too_much, &mut signed) else { panic!("more than was allotted") };
    let trouble = Trouble::of(&refused);
    assert_eq!((trouble.code.as_str(), trouble.remaining), ("above_allotment", Some(1_000_000)));
    assert_eq!(trouble.advice(), Advice::Less(Some(1_000_000)));
    let strange = Draft::Harvested(harvest(world.neighbours_plot, &[7], new_batch()));
    assert!(matches!(farmer.write(&strange, &mut signed), Err(Refused::Rule { .. })));
    let nothing = Draft::Harvested(harvest(world.plots[0], &[], new_batch()));
    assert_eq!(farmer.write(&nothing, &mut signed), Err(Refused::Missing("crates")));
    assert_eq!(farmer.outbox.entries().count(), 0);
}
