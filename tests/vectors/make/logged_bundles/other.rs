//! Recalls, keys by their positions, newer formats.

use super::*;

pub fn cases() -> Vec<Case> {
    let base = world();
    let whole = picked(&base);
    let head = |chain: &ChainId| base.ledger.chain(chain).expect("a chain").sequence;
    let (batch, plot) = (base.picked, base.plot);
    let of_recalled = |chain: ChainId| input(&picked(&recalled(|_| chain)));
    let listed = |chain: ChainId| recall_list(&base, CLOSED + 1, chain, head(&chain) + 1);
    let stolen = revoked_farm(Some(NOW - 1));
    let safe = revoked_farm(Some(NOW));
    vec![
        case("recalled", of_recalled(batch), at("recalled", "recalled", batch, head(&batch) + 1)),
        case("its plot recalled", of_recalled(plot), at("recalled", "recalled", plot, head(&plot) + 1)),
        case(
            "recalled since, by a newer list",
            with(input(&whole), "recalls", listed(batch)),
            at("recalled", "recalled", batch, head(&batch) + 1),
        ),
        case(
            "its plot recalled since, by a newer list, and the proof is old",
            with(with(input(&whole), "recalls", listed(plot)), "now", CLOSED + FRESH_OFFLINE + 1),
            at("recalled", "recalled", plot, head(&plot) + 1),
        ),
        case("signed after the key was stolen", input(&picked(&stolen)), at("suspect", "revoked_key", batch, 0)),
        case("signed before the key was stolen", input(&picked(&safe)), valid(&safe, CLOSED + 20)),
        after_revocation(),
        by_retired_key(),
        case(
            "a proof of version 2",
            input(&reproven(&whole, |proof| proof.version = 2)),
            found("needs_newer_app", "newer_format"),
        ),
    ]
}

/// A record that the log took after the revocation of its key.
fn after_revocation() -> Case {
    let mut world = revoked_farm(None);
    let sequence = log_anyway(&mut world, |world| Pen::new(world.farm, key(4), time(NOW)));
    close(&mut world, CLOSED + 40);
    let expect = at("untrusted_key", "key_not_then", world.picked, sequence);
    case("signed with a key that was revoked before", input(&picked(&world)), expect)
}

/// A record by a key that the second version of the trust root retired.
fn by_retired_key() -> Case {
    let mut world = world();
    let next = next_root(&world, CLOSED, |root| {
        let office = root.authorities.iter().next().expect("the office").clone();
        let retired = Some(List::of_one(key(12).into()));
        root.authorities = List::of_one(Authority { keys: List::of_one(key(2).into()), retired, ..office });
    });
    world.ledger.add_root(next).expect("version 2");
    let sequence = log_anyway(&mut world, |world| Pen::new(world.office, key(12), time(NOW)));
    close(&mut world, CLOSED + 20);
    let expect = at("untrusted_key", "unknown_key", world.picked, sequence);
    case("by a key that a later trust root retired", input(&picked(&world)), expect)
}

/// Logs a record on the batch that no honest server would take; its sequence.
fn log_anyway(world: &mut World, pen: impl for<'a> Fn(&'a World) -> Pen<'static>) -> u64 {
    let chain = world.ledger.chain(&world.picked).expect("the batch");
    let pen = pen(world);
    let event: Event = match pen.signer {
        nguon_core::record::Signer::Authority(_) => certificate().into(),
        nguon_core::record::Signer::Actor(_) => listed("1").into(),
    };
    let record = next_record(&pen, event, &chain);
    let signed = SignedRecord::sign(&record, pen.key, trust().deployment()).expect("signed");
    world.ledger.log_unjudged(signed).expect("logged");
    chain.sequence + 1
}
