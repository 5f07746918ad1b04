//! Histories that are proven complete and fresh.

use super::*;

pub fn cases() -> Vec<Case> {
    let base = world();
    let whole = picked(&base);
    let lot = base.ledger.bundle(base.lot).expect("a bundle");
    let holds = valid(&base, CLOSED);
    let link = format!("https://nguon.example/01/09521234543213/10/VT-2026-001#{}", base.lot.commitment());
    let grown = grown();
    let grown_leaves = leaves(&grown);
    let (old, new) = (leaves(&base).len(), grown_leaves.len());
    let proof = || consistency(old, &grown_leaves);
    let later = seen(&grown_leaves, new, Some(proof()));
    let mut cases = vec![
        case("a household's batch, read offline", input(&whole), holds.clone()),
        case("the same, online", with(input(&whole), "online", true), holds.clone()),
        case("a lot with its label", with(input(&lot), "link", link), holds.clone()),
        case(
            "the last second that is fresh online",
            with(with(input(&whole), "online", true), "now", CLOSED + FRESH_ONLINE),
            holds.clone(),
        ),
        case(
            "the last second that is fresh offline",
            with(input(&whole), "now", CLOSED + FRESH_OFFLINE),
            holds.clone(),
        ),
        case(
            "a witness has seen the same",
            with(with(input(&whole), "online", true), "seen", seen(&leaves(&base), old, None)),
            holds.clone(),
        ),
        case(
            "the reader has seen an earlier checkpoint, and the log grew from it",
            with(input(&picked(&grown)), "seen", seen(&grown_leaves, old, Some(proof()))),
            valid(&grown, CLOSED + 20),
        ),
        case(
            "a later checkpoint is known, and the reader is offline",
            with(input(&whole), "seen", later),
            holds.clone(),
        ),
    ];
    let early = early_recall_list(&base);
    cases.push(case("a list of recalls that does not name it", with(input(&whole), "recalls", early), holds));
    cases.push(cosigned_again());
    cases.push(replaced_key());
    cases.push(anchored());
    cases.push(folded("a place without its earlier season", 2, |world| valid(world, CLOSED + 90)));
    cases.extend(second_roots());
    cases
}

/// The same checkpoint, cosigned again an hour later.
fn cosigned_again() -> Case {
    let mut world = world();
    let again = CLOSED + 3_600;
    close(&mut world, again);
    let input = with(with(input(&picked(&world)), "online", true), "now", again + 60);
    case("the same checkpoint, cosigned again", input, valid(&world, again))
}

/// The household's key was replaced after it signed.
fn replaced_key() -> Case {
    let mut world = world();
    world.ledger.set_time(time(CLOSED + 10));
    let replaced = revocation(4, RevocationReason::Superseded, None);
    world.append(world.coop.into(), 3, world.farm, replaced).expect("revoked");
    close(&mut world, CLOSED + 20);
    case("a key that was replaced after it had signed", input(&picked(&world)), valid(&world, CLOSED + 20))
}

/// A record that names the checkpoint its signer had seen.
fn anchored() -> Case {
    let mut world = world();
    world.ledger.set_time(time(CLOSED + 10));
    let anchor = newest(&world).anchor();
    let pen = Pen::new(world.lab, key(8), time(CLOSED + 9)).anchored(anchor);
    world.ledger.append(&pen, world.picked, certificate()).expect("certified");
    close(&mut world, CLOSED + 20);
    case("a record with an anchor", input(&picked(&world)), valid(&world, CLOSED + 20))
}

/// A second version of the trust root.
fn second_roots() -> Vec<Case> {
    let mut world = world();
    world.ledger.set_time(time(CLOSED + 10));
    let next = next_root(&world, CLOSED, |root| {
        let office = root.authorities.iter().next().expect("the office").clone();
        let keys = List::new(vec![key(12).into(), key(13).into()]).expect("two");
        let retired = Some(List::of_one(key(2).into()));
        root.authorities = List::of_one(Authority { keys, retired, ..office });
    });
    world.ledger.add_root(next).expect("version 2");
    close(&mut world, CLOSED + 20);
    let both = picked(&world);
    let mut newer = world.clone();
    newer.append(newer.office.into(), 13, newer.picked, certificate()).expect("by a key of version 2");
    close(&mut newer, CLOSED + 40);
    vec![
        case("two versions of the trust root", input(&both), valid(&world, CLOSED + 20)),
        case("a record by a key of the second version", input(&picked(&newer)), valid(&newer, CLOSED + 40)),
    ]
}
