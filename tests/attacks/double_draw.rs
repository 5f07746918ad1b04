//! The same kilograms are let go twice, and each taker believes to have them.

use nguon_core::envelope::SignedRecord;
use nguon_core::event::{DisposalMethod, Disposed, Event, LossReason, Lost, Sold};
use nguon_core::ids::ChainId;
use nguon_core::judge::Chains as _;
use nguon_core::ledger::{Ledger, next_record};
use nguon_core::verify::OutcomeKind::OverAllocated;

use crate::fruit::{drawn, kg, opened, packed, pick, received};
use crate::server::Live;
use crate::story::{Story, Told, told};
use crate::support::{pen, season};

/// Five hundred kilograms, then what `more` lets go of them.
fn after_a_draw(first: u64, more: impl Fn(&mut Story, ChainId) -> u64) -> (Told, (ChainId, u64)) {
    told(|story| {
        let from = pick(story, "hung", 500);
        let lot = story.begin("packer", opened("packer"));
        story.append("hung", from, drawn(lot, first));
        let sequence = more(story, from);
        story.append("packer", lot, packed(from, first, first));
        (lot, (from, sequence))
    })
}

#[test]
fn to_two_takers() {
    let with = |second| {
        after_a_draw(300, move |story, from| {
            let other = story.begin("seller", opened("seller"));
            story.append("hung", from, drawn(other, second))
        })
    };
    with(200).0.is_fine();
    let (told, (from, sequence)) = with(201);
    let fault = told.server_refuses("over_drawn", from, sequence);
    assert_eq!((fault.field().as_deref(), fault.remaining()), (Some("grams"), Some(200_000)));
    told.reader_finds(OverAllocated, "over_drawn", from, sequence);
}

#[test]
fn sold_lost_or_thrown_away_and_drawn_as_well() {
    type Gone = fn(u64) -> Event;
    let ways: [Gone; 3] = [
        |kilograms| Sold { grams: kg(kilograms), at: None }.into(),
        |kilograms| Lost { grams: kg(kilograms), reason: LossReason::Spoilage, details: None, at: None }.into(),
        |kilograms| Disposed { grams: kg(kilograms), method: DisposalMethod::Compost, details: None, at: None }.into(),
    ];
    for gone in ways {
        after_a_draw(300, |story, from| story.append("hung", from, gone(200))).0.is_fine();
        let (told, (from, sequence)) = after_a_draw(300, |story, from| story.append("hung", from, gone(201)));
        assert_eq!(told.server_refuses("over_drawn", from, sequence).remaining(), Some(200_000));
        told.reader_finds(OverAllocated, "over_drawn", from, sequence);
    }
}

/// One draw, taken in twice by the one it was for.
#[test]
fn by_the_taker_itself() {
    let with = |second| {
        told(move |story| {
            let from = pick(story, "hung", 500);
            let lot = story.begin("packer", opened("packer"));
            story.append("hung", from, drawn(lot, 500));
            story.append("packer", lot, received(from, 300));
            (lot, (lot, story.append("packer", lot, received(from, second))))
        })
    };
    with(200).0.is_fine();
    let (told, (lot, sequence)) = with(201);
    assert_eq!(told.both(OverAllocated, "inputs_above_draws", lot, sequence).remaining(), Some(500_000));
}

/// Nothing is put back into a lot once some of it has left: it would be drawn again.
#[test]
fn filled_up_again() {
    let with = |refill: bool| {
        told(move |story| {
            let (from, second) = (pick(story, "hung", 500), pick(story, "hung", 100));
            let (middle, lot) = (story.begin("packer", opened("packer")), story.begin("packer", opened("packer")));
            story.append("hung", from, drawn(middle, 500));
            story.append("hung", second, drawn(middle, 100));
            story.append("packer", middle, received(from, 500));
            if !refill {
                story.append("packer", middle, received(second, 100));
            }
            story.append("packer", middle, drawn(lot, 500));
            let sequence = if refill { story.append("packer", middle, received(second, 100)) } else { 0 };
            story.append("packer", lot, received(middle, 500));
            (lot, (middle, sequence))
        })
    };
    with(false).0.is_fine();
    let (told, (middle, sequence)) = with(true);
    let fault = told.server_refuses("bad_field", middle, sequence);
    assert_eq!(fault.field().as_deref(), Some("inputs"));
    told.reader_finds(nguon_core::verify::OutcomeKind::Invalid, "bad_field", middle, sequence);
}

/// Two telephones of one family sell the same hundred kilograms at the same moment, each group whole in itself.
#[test]
fn raced_in_two_groups() {
    let live = Live::with_season();
    let (hung, packer, seller) = (season().key("hung"), season().key("packer"), season().key("seller"));
    let from = id_of("hung/0614");
    // The household kept ten kilograms of it.
    let mut first = season().ledger.clone();
    let one = sale(&mut first, "packer", &packer, &hung);
    let mut second = season().ledger.clone();
    let two = sale(&mut second, "seller", &seller, &hung);
    assert_eq!(live.offer_group(&one), (200, None));
    // The second one was signed on the same head: nothing of it is kept, not even what would have been fine.
    assert_eq!(live.offer_group(&two), (409, Some("conflict".to_owned())));
    assert_eq!(live.offer(&two[0]), (201, None, None), "the taker's empty batch was not kept, so it is new");
    // Signed again on the new head there is nothing left.
    let state = first.chain(&from).unwrap();
    let again = next_record(&pen("hung", &hung), drawn(second_lot(&two[0]), 10).into(), &state);
    let again = SignedRecord::sign(&again, &hung, season().ledger.trust().deployment()).unwrap();
    let refused = (422, Some("over_drawn".to_owned()), Some("grams".to_owned()));
    assert_eq!(live.offer(&again), refused);
}

fn id_of(name: &str) -> ChainId {
    season().id(name)
}

fn second_lot(opened: &SignedRecord) -> ChainId {
    ChainId::of_first(opened.statement_id(season().ledger.trust().deployment()))
}

/// A taker opens a batch, the farmer lets ten kilograms go to it, the taker takes them in.
fn sale(
    ledger: &mut Ledger,
    taker: &str,
    key: &nguon_core::SigningKey,
    farmer: &nguon_core::SigningKey,
) -> Vec<SignedRecord> {
    let from = id_of("hung/0614");
    let nonce = nguon_core::ids::Nonce::from_bytes([9; 16]);
    let opened = nguon_core::event::Opened::new(id_of(taker), "Vải thiều tươi".parse().unwrap());
    let lot = ledger.begin(&pen(taker, key), opened, nonce).unwrap();
    ledger.append(&pen("hung", farmer), from, drawn(lot, 10)).unwrap();
    ledger.append(&pen(taker, key), lot, received(from, 10)).unwrap();
    let last = |chain: &ChainId, n: usize| ledger.records(chain)[ledger.records(chain).len() - n].clone();
    vec![last(&lot, 2), last(&from, 1), last(&lot, 1)]
}
