//! Two phones without a network: an offer, a draw, its frames, the arrival; both sides see the same figures, and it is one
//! history whoever sends first.

use nguon_core::event::{DrawReason, Input};
use nguon_core::ids::ChainId;
use nguon_core::judge::Chains as _;
use nguon_core::verify::Outcome;
use nguon_draft::handover::{Gather, Gathered, Offer, frames, parcel_of};
use nguon_draft::*;

use crate::device::{Device, Signed};
use crate::drafts_become_groups::{harvest, new_batch};
use crate::world::{World, grams};

struct Met {
    world: World,
    giver: Device,
    receiver: Device,
    signed: Signed,
    from: ChainId,
    to: ChainId,
    given: EntryId,
    received: EntryId,
}

/// What the giver shows, as the receiver has scanned it, last frame first.
fn scanned(giver: &Device, entry: EntryId) -> Parcel {
    let shown = frames(&parcel_of(&giver.outbox, entry).unwrap()).unwrap();
    let mut gather = Gather::default();
    let last = shown.iter().rev().map(|frame| gather.take(frame).unwrap()).last();
    let Some(Gathered::Whole(parcel)) = last else { panic!("{last:?}") };
    parcel
}

/// A farmer picks and gives 60 kg, of which 59.5 kg arrive; nobody has a network.
fn met() -> Met {
    let world = World::new();
    let mut signed = Signed::default();
    let mut giver = Device::new(&world, world.farmer, 4);
    let mut receiver = Device::new(&world, world.collector, 6);
    let picked = Draft::Harvested(harvest(world.plots[0], &[30, 30], new_batch()));
    let picked = giver.write(&picked, &mut signed).unwrap();
    let from = giver.outbox.entry(picked).unwrap().begins()[0];
    let product = "vải thiều".parse().unwrap();
    let opened = receiver.write(&Draft::Opened(NewBatch::of(product)), &mut signed).unwrap();
    let batch = receiver.outbox.entry(opened).unwrap().begins()[0];
    let offer = Offer { batch, owner: world.collector, product: "vải thiều".parse().unwrap() };
    let offer = Offer::from_text(&offer.to_text()).unwrap();
    let given = HandOver {
        from,
        to: offer.batch,
        grams: grams(60_000),
        why: DrawReason::Handover,
        carriage: None,
        photos: vec![],
    };
    let given = giver.write(&Draft::HandedOver(given), &mut signed).unwrap();
    let received = Receipt {
        into: Into::Existing(batch),
        inputs: vec![Input { from, grams: grams(59_500) }],
        place: None,
        measured_mc: None,
        document: None,
        at: None,
        parcel: Some(scanned(&giver, given)),
        photos: vec![],
    };
    let received = receiver.write(&Draft::Received(received), &mut signed).unwrap();
    Met { world, giver, receiver, signed, from, to: batch, given, received }
}

fn both_arrived(met: &mut Met) {
    assert!(matches!(met.giver.stage(met.given), Stage::Logged { .. }), "{:?}", met.giver.stage(met.given));
    assert!(matches!(met.receiver.stage(met.received), Stage::Logged { .. }));
    let batch = |id: &ChainId| met.world.ledger.chain(id).unwrap().batch().unwrap().clone();
    let (from, to) = (batch(&met.from), batch(&met.to));
    let shortage = from.draws.with(&met.to, |_| true) - to.inputs.with(&met.from, |_| true);
    assert_eq!((from.remaining(), to.remaining(), shortage), (0, 59_500, 500));
    let (one, other) = (met.from, met.to);
    assert_eq!(met.world.verdicts(&[one, other]), [Outcome::Valid, Outcome::Valid]);
}

#[test]
fn the_receiver_may_send_first() {
    let mut met = met();
    met.receiver.sync(&mut met.world, &mut met.signed);
    met.giver.sync(&mut met.world, &mut met.signed);
    both_arrived(&mut met);
}

#[test]
fn the_giver_may_send_first() {
    let mut met = met();
    met.giver.sync(&mut met.world, &mut met.signed);
    met.receiver.sync(&mut met.world, &mut met.signed);
    both_arrived(&mut met);
}

#[test]
fn a_giver_who_had_to_sign_again_is_found_by_the_receiver() {
    let mut met = met();
    // Somebody wrote on the plot first, so that the giver's draw there is signed again and the receiver's copy is none.
    met.world.inspect(met.world.plots[0]);
    met.giver.sync(&mut met.world, &mut met.signed);
    met.receiver.sync(&mut met.world, &mut met.signed);
    both_arrived(&mut met);
}

#[test]
fn a_receiver_who_comes_before_such_a_giver_waits_for_it() {
    let mut met = met();
    met.world.inspect(met.world.plots[0]);
    met.receiver.sync(&mut met.world, &mut met.signed);
    let Stage::Refused(trouble) = met.receiver.stage(met.received).clone() else { panic!("the draw is not there") };
    assert_eq!(trouble.advice(), Advice::AskGiver, "{trouble:?}");
    met.giver.sync(&mut met.world, &mut met.signed);
    met.receiver.outbox.refresh(met.from);
    met.receiver.outbox.again(met.received, &mut met.receiver.book).unwrap();
    met.receiver.sync(&mut met.world, &mut met.signed);
    both_arrived(&mut met);
}

#[test]
fn a_parcel_that_was_tampered_with_is_refused_where_its_signer_is_known() {
    let world = World::new();
    let mut signed = Signed::default();
    let mut giver = Device::new(&world, world.farmer, 4);
    let mut receiver = Device::new(&world, world.collector, 6);
    let picked = Draft::Harvested(harvest(world.plots[0], &[30], new_batch()));
    let entry = giver.write(&picked, &mut signed).unwrap();
    let mut parcel = scanned(&giver, entry);
    let length = parcel.records[0].0.len();
    parcel.records[0].0[length - 1] ^= 1;
    let batch = giver.outbox.entry(entry).unwrap().begins()[0];
    let received = Receipt {
        into: new_batch(),
        inputs: vec![Input { from: batch, grams: grams(1_000) }],
        place: None,
        measured_mc: None,
        document: None,
        at: None,
        parcel: Some(parcel),
        photos: vec![],
    };
    let refused = receiver.write(&Draft::Received(received), &mut signed).unwrap_err();
    assert_eq!(refused.fault().map(|fault| fault.code()), Some("bad_signature"));
}

#[test]
fn a_draw_on_a_plot_travels_to_the_collectors_batch() {
    let mut world = World::new();
    let mut signed = Signed::default();
    let mut farmer = Device::new(&world, world.farmer, 4);
    let mut collector = Device::new(&world, world.collector, 6);
    let opened = collector.write(&Draft::Opened(NewBatch::of("vải thiều".parse().unwrap())), &mut signed).unwrap();
    let batch = collector.outbox.entry(opened).unwrap().begins()[0];
    // Twice the same day.
    for kilograms in [40, 20] {
        let drawn = Draft::Harvested(harvest(world.plots[1], &[kilograms], Into::Existing(batch)));
        let drawn = farmer.write(&drawn, &mut signed).unwrap();
        assert_eq!(farmer.outbox.entry(drawn).unwrap().records.len(), 1);
        let weighed = Harvest {
            parcel: Some(scanned(&farmer, drawn)),
            ..harvest(world.plots[1], &[kilograms], Into::Existing(batch))
        };
        collector.write(&Draft::WeighedIn(weighed), &mut signed).unwrap();
    }
    collector.sync(&mut world, &mut signed);
    farmer.sync(&mut world, &mut signed);
    assert_eq!(world.ledger.chain(&batch).unwrap().batch().unwrap().remaining(), 60_000);
    assert!(farmer.outbox.entries().all(|entry| matches!(entry.stage, Stage::Logged { .. })));
    assert_eq!(world.verdicts(&[batch]), [Outcome::Valid]);
}

/// A collector's phone has the chains of its owner, not those of each household that will ever come.
#[test]
fn a_receiver_takes_over_from_a_plot_and_from_a_batch_it_has_never_seen() {
    for from_batch in [false, true] {
        let mut world = World::new();
        let mut signed = Signed::default();
        let mut giver = Device::new(&world, world.farmer, 4);
        let from = if from_batch {
            let picked =
                giver.write(&Draft::Harvested(harvest(world.plots[0], &[60], new_batch())), &mut signed).unwrap();
            giver.sync(&mut world, &mut signed);
            giver.outbox.entry(picked).unwrap().begins()[0]
        } else {
            world.plots[0]
        };
        let mut receiver = Device::new(&world, world.collector, 6);
        receiver.book = world.book_of(&[world.coop, world.collector]);
        let opened = receiver.write(&Draft::Opened(NewBatch::of("vải thiều".parse().unwrap())), &mut signed).unwrap();
        let to = receiver.outbox.entry(opened).unwrap().begins()[0];
        let given = if from_batch {
            let (why, carriage, photos) = (DrawReason::Handover, None, vec![]);
            Draft::HandedOver(HandOver { from, to, grams: grams(60_000), why, carriage, photos })
        } else {
            Draft::Harvested(harvest(from, &[60], Into::Existing(to)))
        };
        let given = giver.write(&given, &mut signed).unwrap();
        let received = Receipt {
            into: Into::Existing(to),
            inputs: vec![Input { from, grams: grams(59_500) }],
            place: None,
            measured_mc: None,
            document: None,
            at: None,
            parcel: Some(scanned(&giver, given)),
            photos: vec![],
        };
        let received = receiver.write(&Draft::Received(received), &mut signed).unwrap();
        receiver.sync(&mut world, &mut signed);
        assert!(matches!(receiver.stage(received), Stage::Logged { .. }), "{:?}", receiver.stage(received));
        giver.sync(&mut world, &mut signed);
        assert!(matches!(giver.stage(given), Stage::Logged { .. }), "{:?}", giver.stage(given));
        assert_eq!(world.ledger.chain(&to).unwrap().batch().unwrap().remaining(), 59_500);
    }
}
