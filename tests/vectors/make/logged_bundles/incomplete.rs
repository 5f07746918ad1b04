//! Histories from which something was kept back.

use super::*;

pub fn cases() -> Vec<Case> {
    let base = world();
    let whole = picked(&base);
    let not_in_map = found("incomplete", "not_in_map");
    let few = found("incomplete", "not_cosigned");
    let cosigned_by = |by: &[(&str, u8)]| {
        let mut world = world();
        world.append(world.lab.into(), 8, world.lot, certificate()).expect("certified");
        close_with(&mut world, CLOSED + 20, by);
        input(&picked(&world))
    };
    let mut bare = whole.clone();
    bare.proof = None;
    let recalled_lot = recalled(|world| world.picked);
    let recalled_plot = recalled(|world| world.plot);
    let with_recall = picked(&recalled_plot);
    let plot = slot(&recalled_plot, &with_recall, recalled_plot.plot);
    let revoked = revoked_farm(None);
    let with_revocation = picked(&revoked);
    let farm = slot(&revoked, &with_revocation, revoked.farm);
    let grown = grown();
    let earlier = seen(&leaves(&grown), leaves(&base).len(), None);
    vec![
        case("no proof", input(&bare), found("incomplete", "no_proof")),
        case("the last record kept back", input(&cut(&whole, 0)), not_in_map.clone()),
        case("a recall kept back", input(&cut(&picked(&recalled_lot), 0)), not_in_map.clone()),
        case("a recall of its plot kept back", input(&cut(&with_recall, plot)), not_in_map.clone()),
        case("a revocation kept back", input(&cut(&with_revocation, farm)), not_in_map.clone()),
        case(
            "a bundle from before the recall under a checkpoint after it",
            older_under_newer(&recalled_lot),
            not_in_map.clone(),
        ),
        case("the second version of the trust root kept back", without_second_root(), not_in_map.clone()),
        case("a lot whose label another had taken before", taken_label(), not_in_map.clone()),
        case("a map without the recall", over_another_map(&ENOUGH), not_in_map),
        case(
            "a map without the recall, which no auditor cosigned, and the bundle to it",
            lying_map(&[W1, W2, W3]),
            few.clone(),
        ),
        case("no witness", cosigned_by(&[AUDITOR]), few.clone()),
        case("one witness of the two needed", cosigned_by(&[W2, AUDITOR]), few.clone()),
        case("no map auditor", cosigned_by(&[W1, W2, W3]), few),
        case(
            "nothing proves that the log grew from what the reader has seen",
            with(input(&picked(&grown)), "seen", earlier),
            found("incomplete", "no_consistency"),
        ),
    ]
}

/// Yesterday's records, with today's proof of all else.
fn older_under_newer(world: &World) -> Value {
    let mut bundle = world.ledger.bundle_at(world.picked, 0).expect("a bundle");
    let newer = picked(world);
    let old = Proof::from_bytes(&bundle.proof.as_ref().expect("a proof").0).expect("a proof");
    bundle.proof = newer.proof;
    input(&reproven(&bundle, |proof| proof.chains = old.chains))
}

fn without_second_root() -> Value {
    let mut world = world();
    let next = next_root(&world, CLOSED, |_| {});
    world.ledger.add_root(next).expect("version 2");
    close(&mut world, CLOSED + 20);
    let mut bundle = picked(&world);
    bundle.roots.pop();
    input(&reproven(&bundle, |proof| drop(proof.roots.pop())))
}

/// A second lot with the first one's label, which a careless server logged.
fn taken_label() -> Value {
    let mut world = world();
    let mut opened = Opened::new(world.packer, "vải thiều".parse().expect("text"));
    opened.label = Some(label());
    let pen = Pen::new(world.packer, key(5), time(NOW));
    let first = nguon_core::ledger::begin_record(&pen, opened.into(), Nonce::from_bytes([99; 16]));
    let signed = SignedRecord::sign(&first, key(5), trust().deployment()).expect("signed");
    let lot = ChainId::of_first(world.ledger.log_unjudged(signed).expect("logged"));
    let farm = world.farm.into();
    let from = world.begin(farm, 4, Opened::new(world.farm, "vải thiều".parse().expect("text"))).expect("opened");
    let drawn = HarvestDrawn::new("2026".parse().expect("a code"), from, grams(1));
    world.append(farm, 4, world.plot, drawn).expect("drawn");
    world.append(farm, 4, from, Harvested::new(Inputs::one(world.plot, grams(1)))).expect("taken in");
    world.append(farm, 4, from, drawn_to(lot, 1)).expect("drawn");
    let packed = Packed::new(Inputs::one(from, grams(1)), Count::new(1).expect("one"), grams(1));
    world.append(world.packer.into(), 5, lot, packed).expect("packed");
    close(&mut world, CLOSED + 20);
    input(&world.ledger.bundle(lot).expect("a bundle"))
}

/// The world with a recall that the log's map leaves out.
fn forgetful(by: &[(&str, u8)]) -> World {
    let mut world = world();
    let entries = world.ledger.replay().expect("a log").records(&world.picked).iter();
    let old = entries.fold(ChainEntry::START, |entry, record| entry.next(&record.statement, &record.position));
    let mut map = world.ledger.replay().expect("a log").map().clone();
    world.append(world.office.into(), 2, world.picked, Recalled::new(RecallReason::Other)).expect("recalled");
    map.set(&[(chain_key(&world.picked), old.value())]).expect("a map");
    let cosigner = |(name, number): &(&'static str, u8)| nguon_core::ledger::Cosigner {
        name,
        key: key(*number),
        at: time(CLOSED + 20),
    };
    let all = [W1, W2, W3, AUDITOR];
    let cosigners: Vec<_> = all.iter().filter(|known| by.contains(known)).map(cosigner).collect();
    world.ledger.close_over(map, time(CLOSED + 20), key(LOG), &cosigners).expect("closed");
    world
}

fn over_another_map(by: &[(&str, u8)]) -> Value {
    input(&picked(&forgetful(by)))
}

/// The recall left out of the bundle too: only that no map auditor cosigned gives it away.
fn lying_map(by: &[(&str, u8)]) -> Value {
    input(&cut(&picked(&forgetful(by)), 0))
}
