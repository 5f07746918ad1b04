//! Each refusal and mishap has its way out.

use nguon_core::event::{DrawReason, KeyAdded, KeyRevoked, Opened, RevocationReason};
use nguon_core::ids::KeyId;
use nguon_core::judge::Chains as _;
use nguon_core::record::Record;
use nguon_core::values::Label;
use nguon_core::verify::Outcome;
use nguon_draft::*;

use crate::device::{Device, Net, Signed};
use crate::drafts_become_groups::{harvest, new_batch};
use crate::world::{World, grams, key, time};

fn hand_over(from: nguon_core::ids::ChainId, to: nguon_core::ids::ChainId, kilograms: u64) -> Draft {
    let (grams, why) = (grams(kilograms * 1_000), DrawReason::Handover);
    Draft::HandedOver(HandOver { from, to, grams, why, carriage: None, photos: vec![] })
}

#[test]
fn a_label_that_is_taken_is_chosen_anew_and_what_stands_on_the_lot_follows() {
    let mut world = World::new();
    let mut signed = Signed::default();
    let mut packer = Device::new(&world, world.packer, 7);
    let label = |lot: &str| Label { gtin: "09521234543213".parse().unwrap(), lot: lot.parse().unwrap() };
    let opened = |lot: &str| NewBatch { label: Some(label(lot)), ..NewBatch::of("vải thiều".parse().unwrap()) };
    // The packer's other computer was faster, and this one does not know it.
    let mut theirs = Opened::new(world.packer, "vải thiều".parse().unwrap());
    theirs.label = Some(label("VT-1"));
    world.begin(world.packer.into(), 7, theirs);
    let lot = packer.write(&Draft::Opened(opened("VT-1")), &mut signed).unwrap();
    let old = packer.outbox.entry(lot).unwrap().begins()[0];
    let mut farmer = Device::new(&world, world.farmer, 4);
    let drawn = Draft::Harvested(harvest(world.plots[0], &[50], Into::Existing(old)));
    let drawn = farmer.write(&drawn, &mut signed).unwrap();
    let weighed = Harvest {
        parcel: handover::parcel_of(&farmer.outbox, drawn),
        ..harvest(world.plots[0], &[50], Into::Existing(old))
    };
    let weighed = packer.write(&Draft::WeighedIn(weighed), &mut signed).unwrap();
    packer.sync(&mut world, &mut signed);
    let Stage::Refused(trouble) = packer.stage(lot).clone() else { panic!("{:?}", packer.stage(lot)) };
    assert_eq!(trouble.advice(), Advice::OtherName, "{trouble:?}");
    assert_eq!(packer.outbox.held_back().get(&weighed), Some(&lot));
    packer.revise(lot, &Draft::Opened(opened("VT-2")), &mut signed).unwrap();
    let new = packer.outbox.entry(lot).unwrap().begins()[0];
    assert_ne!(old, new);
    assert_eq!((packer.outbox.name_now(old), packer.outbox.entry(lot).unwrap().earlier.len()), (new, 1));
    packer.sync(&mut world, &mut signed);
    assert!(matches!(packer.stage(lot), Stage::Logged { .. }));
    // The farmer's draw names the old batch: only the farmer can sign another one.
    let Stage::Refused(trouble) = packer.stage(weighed).clone() else { panic!("{:?}", packer.stage(weighed)) };
    assert_eq!(trouble.advice(), Advice::AskGiver, "{trouble:?}");
    packer.outbox.withdraw(weighed, &mut packer.book).unwrap();
    assert_eq!(packer.outbox.troubles().count(), 0);
}

#[test]
fn a_lost_answer_is_no_second_record() {
    let mut world = World::new();
    let mut signed = Signed::default();
    let mut farmer = Device::new(&world, world.farmer, 4);
    let id = farmer.write(&Draft::Harvested(harvest(world.plots[0], &[50], new_batch())), &mut signed).unwrap();
    farmer.advance(&mut world, Net::AnswerLost, &mut signed);
    // The server has it, the phone does not know, and neither lets it be changed nor taken back.
    assert!(farmer.outbox.entry(id).unwrap().in_doubt);
    assert_eq!(farmer.outbox.withdraw(id, &mut farmer.book), Err(Refused::InDoubt(id)));
    farmer.crash();
    assert_eq!(farmer.outbox.withdraw(id, &mut farmer.book), Err(Refused::InDoubt(id)));
    farmer.sync(&mut world, &mut signed);
    assert!(matches!(farmer.stage(id), Stage::Logged { .. }));
    assert_eq!(farmer.outbox.withdraw(id, &mut farmer.book), Err(Refused::Settled(id)));
    assert_eq!(world.ledger.records(&world.plots[0]).len(), 3);
}

#[test]
fn taken_back_before_it_was_sent_the_next_one_says_so() {
    let mut world = World::new();
    let mut signed = Signed::default();
    let mut farmer = Device::new(&world, world.farmer, 4);
    let first = farmer.write(&Draft::Harvested(harvest(world.plots[0], &[50], new_batch())), &mut signed).unwrap();
    let second = farmer.write(&Draft::Harvested(harvest(world.plots[0], &[20], new_batch())), &mut signed).unwrap();
    let taken_back = farmer.outbox.entry(first).unwrap().records[1].statement;
    farmer.outbox.withdraw(first, &mut farmer.book).unwrap();
    farmer.sync(&mut world, &mut signed);
    assert_eq!((farmer.stage(first), world.ledger.records(&world.plots[0]).len()), (&Stage::Withdrawn, 3));
    assert!(matches!(farmer.stage(second), Stage::Logged { .. }));
    let drawn = Record::from_payload(world.ledger.records(&world.plots[0])[2].payload()).unwrap();
    assert_eq!(drawn.replaces.unwrap().to_vec(), [taken_back]);
}

#[test]
fn what_stands_on_a_batch_that_was_taken_back_is_told() {
    let mut world = World::new();
    let mut signed = Signed::default();
    let mut farmer = Device::new(&world, world.farmer, 4);
    let picked = farmer.write(&Draft::Harvested(harvest(world.plots[0], &[50], new_batch())), &mut signed).unwrap();
    let batch = farmer.outbox.entry(picked).unwrap().begins()[0];
    let theirs = Opened::new(world.collector, "vải".parse().unwrap());
    let to = world.begin(world.collector.into(), 6, theirs);
    let given = farmer.write(&hand_over(batch, to, 50), &mut signed).unwrap();
    assert_eq!(farmer.outbox.dependents(picked), [given]);
    farmer.outbox.withdraw(picked, &mut farmer.book).unwrap();
    farmer.sync(&mut world, &mut signed);
    let Stage::Refused(trouble) = farmer.stage(given) else { panic!("{:?}", farmer.stage(given)) };
    assert_eq!(trouble.code, "missing_chain");
    farmer.outbox.withdraw(given, &mut farmer.book).unwrap();
    farmer.sync(&mut world, &mut signed);
    assert_eq!(farmer.step(), Step::Rest);
}

#[test]
fn what_a_revoked_key_signed_and_nobody_has_is_signed_again_with_the_new_key() {
    let mut world = World::new();
    let mut signed = Signed::default();
    let mut farmer = Device::new(&world, world.farmer, 4);
    let picked = farmer.write(&Draft::Harvested(harvest(world.plots[0], &[50], new_batch())), &mut signed).unwrap();
    let old = farmer.outbox.entry(picked).unwrap().begins()[0];
    let theirs = Opened::new(world.collector, "vải".parse().unwrap());
    let to = world.begin(world.collector.into(), 6, theirs);
    let given = farmer.write(&hand_over(old, to, 50), &mut signed).unwrap();
    let revoked = KeyRevoked {
        key: KeyId::of(&key(4).into()),
        reason: RevocationReason::Lost,
        suspect_since: None,
        details: None,
    };
    world.append(world.coop.into(), 3, world.farmer, revoked);
    world.append(world.coop.into(), 3, world.farmer, KeyAdded { key: key(8).into(), holder: None });
    farmer.sync(&mut world, &mut signed);
    let Stage::Refused(trouble) = farmer.stage(picked) else { panic!("{:?}", farmer.stage(picked)) };
    assert_eq!(trouble.advice(), Advice::NewKey);
    // The phone has a new key, enrolled by the co-op.
    farmer.key = 8;
    farmer.outbox.refresh(world.farmer);
    farmer.outbox.key_revoked(&mut farmer.book);
    farmer.sync(&mut world, &mut signed);
    assert!(matches!(farmer.stage(picked), Stage::Logged { .. }), "{:?}", farmer.stage(picked));
    assert!(matches!(farmer.stage(given), Stage::Logged { .. }), "{:?}", farmer.stage(given));
    // Signed by another key its first record is another one, and so is the batch; what was given names it.
    let new = farmer.outbox.name_now(old);
    assert_ne!(new, old);
    assert_eq!(world.ledger.chain(&new).unwrap().drawn_for(&to, |_| true), 50_000);
    assert_eq!(world.verdicts(&[new]), [Outcome::Valid]);
}

#[test]
fn a_refusal_stops_its_own_chains_and_no_others() {
    let mut world = World::new();
    let mut signed = Signed::default();
    let mut farmer = Device::new(&world, world.farmer, 4);
    let mut other = Device::new(&world, world.farmer, 5);
    other.write(&Draft::Harvested(harvest(world.plots[0], &[900], new_batch())), &mut signed).unwrap();
    let too_much = farmer.write(&Draft::Harvested(harvest(world.plots[0], &[300], new_batch())), &mut signed).unwrap();
    let behind = farmer.write(&Draft::Harvested(harvest(world.plots[0], &[10], new_batch())), &mut signed).unwrap();
    let beside = farmer.write(&Draft::Harvested(harvest(world.plots[1], &[300], new_batch())), &mut signed).unwrap();
    other.sync(&mut world, &mut signed);
    farmer.sync(&mut world, &mut signed);
    let Stage::Refused(trouble) = farmer.stage(too_much).clone() else { panic!("{:?}", farmer.stage(too_much)) };
    assert_eq!(trouble.advice(), Advice::Less(Some(100_000)), "{trouble:?}");
    assert_eq!(farmer.stage(behind), &Stage::OnDevice);
    assert!(matches!(farmer.stage(beside), Stage::Logged { .. }));
    // What is written down meanwhile waits its turn, unsigned, and is not lost.
    let third = Draft::Harvested(harvest(world.plots[0], &[5], new_batch()));
    assert!(matches!(farmer.write(&third, &mut signed), Err(Refused::Waits { .. })));
    let (signer, now) = (farmer.signer, time(farmer.now));
    let third = farmer.outbox.keep_draft(third, signer, None, now, &mut farmer.book);
    farmer.save(&mut signed);
    farmer.crash();
    farmer.revise(too_much, &Draft::Harvested(harvest(world.plots[0], &[80], new_batch())), &mut signed).unwrap();
    farmer.sync(&mut world, &mut signed);
    for id in [too_much, behind, third] {
        assert!(matches!(farmer.stage(id), Stage::Logged { .. }), "{:?}", farmer.stage(id));
    }
    let plot = world.ledger.chain(&world.plots[0]).unwrap();
    assert_eq!(plot.place().unwrap().draws.total(), 995_000);
}

#[test]
fn a_server_that_shows_an_older_past_is_not_signed_for() {
    let mut world = World::new();
    let mut signed = Signed::default();
    let mut farmer = Device::new(&world, world.farmer, 4);
    let old = world.ledger.records(&world.plots[0]).to_vec();
    farmer.write(&Draft::Harvested(harvest(world.plots[0], &[50], new_batch())), &mut signed).unwrap();
    farmer.sync(&mut world, &mut signed);
    let next = farmer.write(&Draft::Harvested(harvest(world.plots[0], &[5], new_batch())), &mut signed).unwrap();
    let shown = farmer.outbox.fetched(&world.plots[0], old, Positions::new(), &mut farmer.book);
    assert_eq!(shown, Err(Refused::WentBack(world.plots[0])));
    let Stage::Refused(trouble) = farmer.stage(next) else { panic!("{:?}", farmer.stage(next)) };
    assert_eq!(trouble.advice(), Advice::TellOperator);
}

#[test]
fn what_waits_goes_in_one_request() {
    let mut world = World::new();
    let mut signed = Signed::default();
    let mut farmer = Device::new(&world, world.farmer, 4);
    for n in 0..60 {
        let plot = world.plots[n % 2];
        farmer.write(&Draft::Harvested(harvest(plot, &[5], new_batch())), &mut signed).unwrap();
    }
    let Step::Post(batch) = farmer.step() else { panic!("{:?}", farmer.step()) };
    assert_eq!(batch.len(), 60);
    // One array of byte strings for each.
    let body = farmer.outbox.groups(&batch);
    assert_eq!(nguon_core::cbor::split_sequence(&body).unwrap().len(), 60);
    farmer.sync(&mut world, &mut signed);
    assert!(farmer.outbox.entries().all(|entry| matches!(entry.stage, Stage::Logged { .. })));
}
