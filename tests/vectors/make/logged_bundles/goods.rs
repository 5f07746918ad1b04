//! Sums, intervals, recalls and custody, by positions in the log.

use nguon_core::log::EntryHash;
use nguon_core::record::Signer;

use super::*;

pub fn cases() -> Vec<Case> {
    let mut cases = intervals();
    cases.extend(corrections());
    cases.extend(recalls());
    cases.extend(orders());
    cases.extend(actors());
    cases.push(taken_anew());
    cases
}

const DAY: u64 = 86_400;
/// When the newest checkpoint of these worlds was closed.
const NEWEST: u64 = CLOSED + 20;

/// The world with more records, all logged ten seconds after its first checkpoint, and a second checkpoint.
fn grown_by(more: impl FnOnce(&mut World)) -> World {
    let mut world = world();
    world.ledger.set_time(time(CLOSED + 10));
    more(&mut world);
    close(&mut world, NEWEST);
    world
}

/// Logs a record that no honest server would take.
fn forge(world: &mut World, by: impl Into<Signer>, n: u8, chain: ChainId, event: impl Into<Event>) {
    let state = world.ledger.chain(&chain).expect("the chain");
    let record = next_record(&Pen::new(by, key(n), time(NOW)), event.into(), &state);
    let signed = SignedRecord::sign(&record, key(n), trust().deployment()).expect("signed");
    world.ledger.log_unjudged(signed).expect("logged");
}

fn code(text: &str) -> Code {
    text.parse().expect("a code")
}

fn noted(mut expect: Value, notes: &[&str]) -> Value {
    expect["notes"] = notes.iter().copied().collect();
    expect
}

fn holds(world: &World, notes: &[&str]) -> Value {
    noted(valid(world, NEWEST), notes)
}

/// Recalled, and how that reaches the batch.
fn reached(path: &[ChainId], sequence: u64) -> Value {
    let mut expect = at("recalled", "recalled", path[0], sequence);
    expect["path"] = path.iter().map(ToString::to_string).collect();
    expect
}

fn sprayed(phi_days: u16, at: u64) -> InputApplied {
    InputApplied {
        kind: InputKind::PlantProtection,
        product: "Thuốc trừ nấm (mẫu)".parse().expect("text"),
        active_ingredients: List::new(vec![]).expect("none"),
        product_lot: Some(code("L-1")),
        dose: Dose::Microlitres(Count::new(500_000).expect("a count")),
        water_ml: None,
        area_m2: SquareMetres::new(5_000).expect("an area"),
        phi_days: Days::new(phi_days).expect("days"),
        operator: None,
        notes: None,
        at: Some(time(at)),
    }
}

fn correction(sequence: u64, event: impl Into<Event>) -> Corrected {
    let event: Event = event.into();
    Corrected { sequence, reason: CorrectionReason::Typing, event: event.into(), details: None }
}

const fn approval(correction: u64) -> CorrectionApproved {
    CorrectionApproved { correction, details: None }
}

/// The world's plot was harvested at `NOW`; what follows is told after that.
fn intervals() -> Vec<Case> {
    let told = |phi_days, at: u64| {
        grown_by(|world| {
            let (farm, plot) = (world.farm.into(), world.plot);
            world.append(farm, 4, plot, sprayed(phi_days, at)).expect("told");
        })
    };
    let kept = told(7, NOW - 7 * DAY);
    let broken = told(7, NOW - 7 * DAY + 1);
    let after = told(7, NOW + 1);
    let lengthened = grown_by(|world| {
        let (farm, plot) = (world.farm.into(), world.plot);
        world.append(farm, 4, plot, sprayed(7, NOW - 7 * DAY)).expect("told");
        world.append(farm, 4, plot, correction(3, sprayed(8, NOW - 7 * DAY))).expect("corrected");
    });
    let shortened = grown_by(|world| {
        let (farm, coop, plot) = (world.farm.into(), world.coop.into(), world.plot);
        world.append(farm, 4, plot, sprayed(8, NOW - 7 * DAY)).expect("told");
        world.append(farm, 4, plot, correction(3, sprayed(7, NOW - 7 * DAY))).expect("corrected");
        world.append(coop, 3, plot, approval(4)).expect("approved");
    });
    let waiting = grown_by(|world| {
        let (farm, plot) = (world.farm.into(), world.plot);
        world.append(farm, 4, plot, sprayed(8, NOW - 7 * DAY)).expect("told");
        world.append(farm, 4, plot, correction(3, sprayed(7, NOW - 7 * DAY))).expect("corrected");
    });
    let early = |world: &World| at("invalid", "harvest_too_early", world.plot, 2);
    vec![
        case("a spray told late, its interval kept", input(&picked(&kept)), holds(&kept, &["late_application"])),
        case("a spray told late, its interval short of a second", input(&picked(&broken)), early(&broken)),
        case("a spray after the harvest", input(&picked(&after)), holds(&after, &[])),
        case("an interval that was corrected to be longer", input(&picked(&lengthened)), early(&lengthened)),
        case(
            "an interval that was corrected to be shorter, and approved",
            input(&picked(&shortened)),
            holds(&shortened, &["corrected", "late_application"]),
        ),
        case("the same, while it waits", input(&picked(&waiting)), early(&waiting)),
    ]
}

fn corrections() -> Vec<Case> {
    let harvest = |world: &World, amount| HarvestDrawn::new(code("2026"), world.picked, grams(amount));
    let waiting = grown_by(|world| {
        let event = correction(2, harvest(world, 499_999));
        world.append(world.farm.into(), 4, world.plot, event).expect("corrected");
    });
    let below = grown_by(|world| {
        let event = correction(2, harvest(world, 499_999));
        world.append(world.farm.into(), 4, world.plot, event).expect("corrected");
        forge(world, world.coop, 3, world.plot, approval(3));
    });
    let by_itself = grown_by(|world| {
        let event = correction(2, harvest(world, 600_000));
        world.append(world.farm.into(), 4, world.plot, event).expect("corrected");
        forge(world, world.farm, 4, world.plot, approval(3));
    });
    let above = grown_by(|world| {
        let event = harvest(world, 400_001);
        forge(world, world.farm, 4, world.plot, event);
    });
    let mut above_expected = at("over_allocated", "above_allotment", above.plot, 3);
    above_expected["remaining"] = 400_000.into();
    let below_expected = at("over_allocated", "below_taken", below.plot, 4);
    vec![
        case("more harvested than was allotted", input(&picked(&above)), above_expected),
        case("a correction that waits", input(&picked(&waiting)), holds(&waiting, &["corrected"])),
        case("a correction below what was taken, approved all the same", input(&picked(&below)), below_expected),
        case(
            "a correction approved by who made it",
            input(&picked(&by_itself)),
            at("invalid", "not_permitted", by_itself.plot, 4),
        ),
    ]
}

fn recalls() -> Vec<Case> {
    let recall = || Recalled::new(RecallReason::PesticideResidue);
    let on = |chain: &dyn Fn(&World) -> ChainId, event: Recalled| {
        grown_by(|world| {
            world.append(world.office.into(), 2, chain(world), event).expect("recalled");
        })
    };
    let of = |world: &World, batch| input(&world.ledger.bundle(batch).expect("a bundle"));
    let approved = |world: &mut World| {
        let (office, plot) = (world.office.into(), world.plot);
        world.append(office, 2, plot, recall()).expect("recalled");
        world.append(office, 2, plot, ReleaseApproved { recall: 3, details: None }).expect("approved");
    };
    let one_key = grown_by(approved);
    let ended = grown_by(|world| {
        approved(world);
        let released = Released { recall: 3, approval: 4, details: None };
        world.append(world.office.into(), 12, world.plot, released).expect("released");
    });
    let same_key = grown_by(|world| {
        approved(world);
        forge(world, world.coop, 3, world.plot, Released { recall: 3, approval: 4, details: None });
    });
    let area = on(&|world| world.area, recall());
    let plot = on(&|world| world.plot, recall());
    let house = on(&|world| world.house, recall());
    let others = Recalled { harvests: Some(List::of_one(world().small_picked)), ..recall() };
    let others = on(&|world| world.plot, others);
    let part = on(&|world| world.lot, Recalled { consignment: Some(world().consignment), ..recall() });
    let (lot, consignment) = (part.lot, part.consignment);
    let forgotten = without_status();
    vec![
        case(
            "one key agreed that the recall ends",
            of(&one_key, one_key.picked),
            reached(&[one_key.plot, one_key.picked], 3),
        ),
        case("two keys of the authority ended the recall", of(&ended, ended.picked), holds(&ended, &[])),
        case(
            "who is no authority ended it",
            of(&same_key, same_key.picked),
            at("invalid", "not_permitted", same_key.plot, 5),
        ),
        case("the growing area", of(&area, area.lot), reached(&[area.area, area.plot, area.picked, area.lot], 3)),
        case("the plot, seen from the lot", of(&plot, plot.lot), reached(&[plot.plot, plot.picked, plot.lot], 3)),
        case("the packing house", of(&house, house.lot), reached(&[house.house, house.lot], 1)),
        case("the packing house, seen from what was picked", of(&house, house.picked), holds(&house, &[])),
        case("other harvests of the plot", of(&others, others.picked), holds(&others, &[])),
        case("a consignment, seen from the lot", of(&part, lot), holds(&part, &["part_recalled", "signed_on_behalf"])),
        case("a consignment, seen from itself", of(&part, consignment), reached(&[lot, consignment], 4)),
        case(
            "a map that holds the recall and not that it stands",
            of(&forgotten, forgotten.picked),
            found("incomplete", "not_in_map"),
        ),
    ]
}

/// The map has all records of the batch, and a status byte of 0 though a recall stands.
fn without_status() -> World {
    let mut world = world();
    world.append(world.office.into(), 2, world.picked, Recalled::new(RecallReason::Other)).expect("recalled");
    let replay = world.ledger.replay().expect("a log");
    let records = replay.records(&world.picked).iter();
    let entry = records.fold(ChainEntry::START, |entry, record| entry.next(&record.statement, &record.position));
    assert!(!entry.recalled && entry.entry != EntryHash::START);
    let mut map = replay.map().clone();
    map.set(&[(chain_key(&world.picked), entry.value())]).expect("a map");
    let cosigner = |(name, number): &(&'static str, u8)| nguon_core::ledger::Cosigner {
        name,
        key: key(*number),
        at: time(NEWEST),
    };
    let cosigners: Vec<_> = ENOUGH.iter().map(cosigner).collect();
    world.ledger.close_over(map, time(NEWEST), key(LOG), &cosigners).expect("closed");
    world
}

/// What must have been there before.
fn orders() -> Vec<Case> {
    let fresh = |world: &mut World| {
        let opened = Opened::new(world.farm, "vải thiều".parse().expect("text"));
        world.begin(world.farm.into(), 4, opened).expect("opened")
    };
    let of = |world: &World, batch| input(&world.ledger.bundle(batch).expect("a bundle"));
    let taken = |world: &World| Harvested::new(Inputs::one(world.plot, grams(5)));
    let drawn = |to| HarvestDrawn::new(code("2026"), to, grams(5));
    let mut first = ChainId::from_bytes([0; 32]);
    let undrawn = grown_by(|world| {
        first = fresh(world);
        forge(world, world.farm, 4, first, taken(world));
        world.append(world.farm.into(), 4, world.plot, drawn(first)).expect("drawn");
    });
    let mut later = first;
    let unborn = grown_by(|world| {
        let mut house = world.place(PlaceKind::PackingHouse, world.packer);
        house.code = code("VN-MAU-PH-02");
        let pen = Pen::new(world.office, key(2), time(NOW));
        let record = nguon_core::ledger::begin_record(&pen, house.into(), Nonce::from_bytes([98; 16]));
        let signed = SignedRecord::sign(&record, key(2), trust().deployment()).expect("signed");
        later = ChainId::of_first(signed.statement_id(trust().deployment()));
        let cooled = Cooled {
            method: CoolingMethod::Room,
            measured_mc: 4_000,
            set_point_mc: None,
            place: Some(later),
            at: None,
        };
        forge(world, world.farm, 4, world.picked, cooled);
        world.ledger.admit(signed).expect("registered");
    });
    let suspended = |lifted: bool| {
        grown_by(|world| {
            let (office, area) = (world.office.into(), world.area);
            let event = Suspended { reason: SuspensionReason::Pest, details: None };
            world.append(office, 2, area, event).expect("suspended");
            if lifted {
                world.append(office, 2, area, SuspensionLifted { details: None }).expect("lifted");
            }
            forge(world, world.farm, 4, world.plot, drawn(world.picked));
        })
    };
    let (standing, lifted) = (suspended(false), suspended(true));
    vec![
        case("an input logged before its draw", of(&undrawn, first), at("over_allocated", "undrawn_input", first, 1)),
        case(
            "a place that was registered later",
            of(&unborn, unborn.picked),
            at("invalid", "later_chain", unborn.picked, 3),
        ),
        case(
            "harvested while the code was suspended",
            of(&standing, standing.picked),
            at("invalid", "suspended", standing.plot, 3),
        ),
        case("harvested once the suspension was lifted", of(&lifted, lifted.picked), holds(&lifted, &[])),
    ]
}

/// What is changed, how, and what then does not count.
type Changed<'a> = (&'a str, &'a dyn Fn(&mut World), Value);

/// Custody, scopes and keys count as they were at a record's position.
fn actors() -> Vec<Case> {
    let spray = |world: &mut World| forge(world, world.farm, 4, world.plot, sprayed(0, NOW + 1));
    let handed = |world: &mut World| {
        let event = CustodianChanged { to: world.household, details: None };
        world.append(world.coop.into(), 3, world.plot, event).expect("handed over");
    };
    let narrowed = |world: &mut World| {
        let scope = Scope::of_events(&[EventName::Drawn]).expect("a scope");
        world.append(world.coop.into(), 3, world.farm, ScopeChanged { scope }).expect("changed");
    };
    let retired = |world: &mut World| {
        world.append(world.coop.into(), 3, world.farm, Retired { details: None }).expect("retired");
    };
    let stolen = |world: &mut World| {
        let revoked = revocation(4, RevocationReason::Stolen, Some(NOW - 1));
        world.append(world.coop.into(), 3, world.farm, revoked).expect("revoked");
    };
    let again = |world: &mut World, chain: ChainId, sequences: &[u64]| {
        let sequences = List::new(sequences.to_vec()).expect("some");
        world.append(world.coop.into(), 3, chain, Reattested { sequences, details: None }).expect("looked at");
    };
    let changes: [Changed<'_>; 3] = [
        ("a plot in other hands", &handed, at("invalid", "not_permitted", world().plot, 4)),
        ("a household that may do less", &narrowed, at("invalid", "out_of_scope", world().plot, 3)),
        ("a household that retired", &retired, at("untrusted_key", "key_not_then", world().plot, 3)),
    ];
    let mut cases = Vec::new();
    for (name, change, refused) in changes {
        let before = grown_by(change);
        let after = grown_by(|world| {
            change(world);
            spray(world);
        });
        cases.push(case(&format!("{name}, after what counts"), input(&picked(&before)), holds(&before, &[])));
        cases.push(case(&format!("{name}, before what then does not count"), input(&picked(&after)), refused));
    }
    let half = grown_by(|world| {
        stolen(world);
        again(world, world.picked, &[0, 1, 2]);
    });
    let whole = grown_by(|world| {
        stolen(world);
        again(world, world.picked, &[0, 1, 2]);
        again(world, world.plot, &[2]);
    });
    let suspect = at("suspect", "revoked_key", half.plot, 2);
    cases.push(case("a stolen key, some records looked at again", input(&picked(&half)), suspect));
    cases.push(case("a stolen key, all records looked at again", input(&picked(&whole)), holds(&whole, &[])));
    cases
}

/// A label that was freed and taken by another batch.
fn taken_anew() -> Case {
    let mut lot = ChainId::from_bytes([0; 32]);
    let world = grown_by(|world| {
        let (packer, office) = (world.packer.into(), world.office.into());
        let mut opened = Opened::new(world.packer, "vải thiều".parse().expect("text"));
        opened.label = Some(Label { lot: "VT-2026-002".parse().expect("a lot"), ..label() });
        let empty = world.begin(packer, 5, opened.clone()).expect("opened");
        world.append(office, 2, empty, NameReleased { details: None }).expect("freed");
        lot = world.begin(packer, 5, opened).expect("opened anew");
        let part =
            world.begin(world.farm.into(), 4, Opened::new(world.farm, "vải".parse().expect("text"))).expect("opened");
        world
            .append(world.farm.into(), 4, world.plot, HarvestDrawn::new(code("2026"), part, grams(5_000)))
            .expect("drawn");
        world.append(world.farm.into(), 4, part, Harvested::new(Inputs::one(world.plot, grams(5_000)))).expect("taken");
        world.append(world.farm.into(), 4, part, drawn_to(lot, 5_000)).expect("drawn");
        let one = Count::new(1).expect("one");
        world.append(packer, 5, lot, Packed::new(Inputs::one(part, grams(5_000)), one, grams(5_000))).expect("packed");
    });
    let bundle = world.ledger.bundle(lot).expect("a bundle");
    let link = format!("https://nguon.example/01/09521234543213/10/VT-2026-002#{}", lot.commitment());
    case(
        "a label that another batch had and released",
        with(input(&bundle), "link", link),
        holds(&world, &["lot_only"]),
    )
}
