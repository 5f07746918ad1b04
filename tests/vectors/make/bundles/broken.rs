//! Chains that do not hold together.

use nguon_core::ledger::begin_record;
use nguon_core::record::Record;

use super::forge::forge;
use super::*;

/// Chains that do not hold together, and a circle of batches.
pub fn cases(world: &World) -> Vec<Case> {
    let forged = |chain: ChainId, event: Event| {
        let mut bundle = picked(world);
        forge(&mut bundle, world.farm, 4, chain, event);
        bundle
    };
    let opened = || Opened::new(world.farm, "vải thiều".parse().expect("text"));
    let again = forged(world.picked, opened().into());
    let mut torn = forged(world.picked, drawn_to(world.lot, 1).into());
    // The last but one taken out, and the sequence of the last made to fit.
    let pen = Pen::new(world.farm, key(4), Time::new(NOW).expect("a time"));
    let chain = world.ledger.chain(&world.picked).expect("the batch");
    let record = Record {
        previous: Some(StatementId::from_bytes([1; 32])),
        ..next_record(&pen, drawn_to(world.lot, 1).into(), &chain)
    };
    let signed = SignedRecord::sign(&record, key(4), trust().deployment()).expect("signed");
    *torn.chains[0].last_mut().expect("a record") = ByteString(signed.as_bytes().to_vec());
    let first = begin_record(&pen, drawn_to(world.lot, 1).into(), Nonce::from_bytes([77; 16]));
    let signed = SignedRecord::sign(&first, key(4), trust().deployment()).expect("signed");
    let id = ChainId::of_first(signed.statement_id(trust().deployment()));
    let mut headless = picked(world);
    headless.chains[0] = vec![ByteString(signed.as_bytes().to_vec())];
    // Each took from the other what the other took from it: every sum holds.
    let mut world = world.clone();
    let [one, other] = [(); 2].map(|()| world.begin(world.farm.into(), 4, opened()).expect("opened"));
    let mut circle = picked(&world);
    circle.chains[0] = bytes_of(world.ledger.records(&one));
    add(&mut circle, bytes_of(world.ledger.records(&other)));
    for (chain, from) in [(one, other), (other, one)] {
        forge(&mut circle, world.farm, 4, chain, Received::new(Inputs::one(from, grams(5))));
        forge(&mut circle, world.farm, 4, chain, drawn_to(from, 5));
    }
    let invalid = |code: &str, chain, sequence| at("invalid", code, chain, sequence);
    let plot = world.plot;
    let early = HarvestDrawn::new("2026".parse().expect("a code"), world.picked, grams(1));
    let before = HarvestDrawn { at: Some(Time::new(NOW - 1).expect("a time")), ..early };
    vec![
        case("a first event on a chain that has begun", &again, invalid("first_again", world.picked, 3)),
        case("a record that continues another", &torn, invalid("wrong_previous", world.picked, 3)),
        case("a batch that begins with a draw", &headless, invalid("wrong_first", id, 0)),
        case("batches that came from each other", &circle, json!({"outcome": "invalid", "code": "cycle"})),
        case("harvested before the season", &forged(plot, before.into()), invalid("outside_season", plot, 3)),
        case("a sum beyond 2^53 − 1", &forged(plot, whole_harvest(&world)), invalid("too_much", plot, 3)),
    ]
}

fn whole_harvest(world: &World) -> Event {
    HarvestDrawn::new("2026".parse().expect("a code"), world.picked, grams((1 << 53) - 1)).into()
}
