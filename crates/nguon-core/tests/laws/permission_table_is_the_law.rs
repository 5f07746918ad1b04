//! What stands in no row of the permission table is refused, at the server and by the verifier; what stands in one is taken
//! from those it names and from nobody else.

use nguon_core::admit::Statement;
use nguon_core::envelope::SignedRecord;
use nguon_core::judge::{Chains as _, Judge, Order};
use nguon_core::ledger::{LedgerError, next_record};
use nguon_core::permission::{ChainSort, TABLE, Who, permitted};
use nguon_core::prelude::*;
use nguon_core::record::Signer;
use proptest::prelude::*;

use crate::strategies;
use crate::world::{NOW, World, drawn_to, key, season, time, trust};

const SORTS: [ChainSort; 5] =
    [ChainSort::Actor, ChainSort::GrowingArea, ChainSort::PackingHouse, ChainSort::Plot, ChainSort::Batch];

fn chain_of(world: &World, sort: ChainSort) -> ChainId {
    match sort {
        ChainSort::Actor => world.farm,
        ChainSort::GrowingArea => world.area,
        ChainSort::PackingHouse => world.house,
        ChainSort::Plot => world.plot,
        ChainSort::Batch => world.lot,
    }
}

/// Everybody who could sign, with a key.
fn signers(world: &World) -> Vec<(Signer, u8)> {
    let actors =
        [(world.coop, 3), (world.farm, 4), (world.packer, 5), (world.carrier, 6), (world.shop, 7), (world.lab, 8)];
    let actors = actors.into_iter().chain([(world.inspector, 9)]).map(|(actor, n)| (Signer::Actor(actor), n));
    std::iter::once((Signer::Authority(world.office), 2)).chain(actors).collect()
}

/// A sound event of each name, as it could follow on a chain of some sort.
fn sample(world: &World, name: EventName, sort: ChainSort) -> Event {
    let season_name = || "2026".parse().unwrap();
    let grams = |n| Grams::new(n).unwrap();
    match name {
        EventName::Enrolled => world.enrolment(Role::Farm, None, crate::world::any_scope()).into(),
        EventName::KeyAdded => KeyAdded { key: key(50).into(), holder: None }.into(),
        EventName::KeyRevoked => {
            let key = KeyId::of(&key(4).into());
            KeyRevoked { key, reason: RevocationReason::Lost, suspect_since: None, details: None }.into()
        }
        EventName::PlaceRegistered => world.place(PlaceKind::GrowingArea, world.coop).into(),
        EventName::PlotRegistered => world.plot_of(world.farm).into(),
        EventName::SeasonOpened => {
            let mut season = season((sort == ChainSort::GrowingArea).then_some(5));
            season.season = "2027".parse().unwrap();
            season.into()
        }
        EventName::PlotsAllotted => {
            let allotments = List::of_one(Allotment { plot: world.plot, grams: grams(1) });
            PlotsAllotted { season: season_name(), allotments }.into()
        }
        EventName::InputApplied => InputApplied {
            kind: InputKind::Fertilizer,
            product: "NPK".parse().unwrap(),
            active_ingredients: List::new(vec![]).unwrap(),
            product_lot: None,
            dose: Dose::Milligrams(Count::new(5).unwrap()),
            water_ml: None,
            area_m2: SquareMetres::new(5).unwrap(),
            phi_days: Days::new(0).unwrap(),
            operator: None,
            notes: None,
            at: None,
        }
        .into(),
        EventName::HarvestDrawn => HarvestDrawn::new(season_name(), world.lot, grams(1)).into(),
        EventName::Opened => Opened::new(world.farm, "vải".parse().unwrap()).into(),
        EventName::Harvested => Harvested::new(Inputs::one(world.plot, grams(1))).into(),
        EventName::Drawn => drawn_to(world.picked, 1).into(),
        EventName::Packed => Packed::new(Inputs::one(world.picked, grams(1)), Count::new(1).unwrap(), grams(1)).into(),
        EventName::Shipped => Shipped::new(2, world.carrier).into(),
        EventName::Received => Received::new(Inputs::one(world.picked, grams(1))).into(),
        EventName::Certified => {
            let number = "VG-1".parse().unwrap();
            Certified { scheme: "VietGAP".parse().unwrap(), number, from: time(1), until: time(2) }.into()
        }
        EventName::ScopeChanged => ScopeChanged { scope: crate::world::any_scope() }.into(),
        EventName::Retired => Retired { details: None }.into(),
        EventName::CustodianChanged => CustodianChanged { to: world.household, details: None }.into(),
        EventName::Repacked => {
            Repacked::new(Inputs::one(world.picked, grams(1)), Count::new(1).unwrap(), grams(1)).into()
        }
        EventName::Cooled => {
            let method = CoolingMethod::Transport;
            Cooled { method, measured_mc: 4_000, set_point_mc: None, place: None, at: None }.into()
        }
        EventName::Treated => {
            let cold = ColdTreatment { pulp_mc: 1_000, seconds: Count::new(1_000_000).unwrap() };
            let (facility, certificate) = ("CL-1".parse().unwrap(), "XL-1".parse().unwrap());
            Treated { treatment: Treatment::Cold(cold), facility, certificate, at: None }.into()
        }
        EventName::LabelsIssued => {
            LabelsIssued { count: Count::new(1).unwrap(), root: RootHash::from_bytes([1; 32]) }.into()
        }
        EventName::Aggregated => {
            let sscc = "095212340000000013".parse().unwrap();
            Aggregated { sscc, boxes: Count::new(1).unwrap(), at: None }.into()
        }
        EventName::Sold => Sold { grams: grams(1), at: None }.into(),
        EventName::Lost => Lost { grams: grams(1), reason: LossReason::Drying, details: None, at: None }.into(),
        EventName::Disposed => {
            Disposed { grams: grams(1), method: DisposalMethod::Compost, details: None, at: None }.into()
        }
        EventName::Inspected => Inspected::new(InspectionResult::Conforms, InspectionPurpose::Routine).into(),
        EventName::LabResult => {
            let name = "carbendazim".parse().unwrap();
            let analyte = Analyte { name, ug_per_kg: Level::new(0).unwrap(), limit_ug_per_kg: None };
            let [report, sample] = ["KQ-1", "M-1"].map(|number| number.parse().unwrap());
            let (method, analytes) = ("LC-MS/MS".parse().unwrap(), List::of_one(analyte));
            LabResult { report, sample, method, analytes, sampled_at: time(NOW) }.into()
        }
        EventName::Suspended => Suspended { reason: SuspensionReason::Other, details: None }.into(),
        EventName::SuspensionLifted => SuspensionLifted { details: None }.into(),
        EventName::ReleaseApproved => ReleaseApproved { recall: 1, details: None }.into(),
        EventName::Released => Released { recall: 1, approval: 2, details: None }.into(),
        EventName::NameReleased => NameReleased { details: None }.into(),
        EventName::CorrectionApproved => CorrectionApproved { correction: 1, details: None }.into(),
        EventName::Reattested => Reattested { sequences: List::of_one(0), details: None }.into(),
        EventName::Listed => {
            Listed { marketplace: "cho.example".parse().unwrap(), listing: "1".parse().unwrap(), until: None }.into()
        }
        EventName::Recalled => Recalled::new(RecallReason::Other).into(),
        EventName::Corrected => {
            let event = std::sync::Arc::new(drawn_to(world.picked, 1).into());
            Corrected { sequence: 2, reason: CorrectionReason::Typing, event, details: None }.into()
        }
    }
}

/// What the table should mean, written down a second time from the people's side.
fn stands_for(world: &World, who: Who, signer: Signer, sort: ChainSort, order: Order) -> bool {
    match who {
        Who::Authority => signer == Signer::Authority(world.office),
        Who::Registrar => signer == Signer::Actor(world.coop),
        // The co-op enrolled farm and packer and registered the plot; the office registered area and house.
        Who::RegistrarAbove => {
            signer == Signer::Actor(world.coop) && !matches!(sort, ChainSort::GrowingArea | ChainSort::PackingHouse)
        }
        Who::Custodian => {
            let custodian = match sort {
                ChainSort::Actor => return false,
                ChainSort::GrowingArea => world.coop,
                ChainSort::PackingHouse | ChainSort::Batch => world.packer,
                ChainSort::Plot => world.farm,
            };
            signer == Signer::Actor(custodian)
        }
        Who::Role(role) => {
            let of_role = match role {
                Role::Lab => world.lab,
                Role::Inspector => world.inspector,
                _ => return false,
            };
            signer == Signer::Actor(of_role)
        }
        // What the carrier carries has been received; without an order nobody knows when.
        Who::Shipper => order == Order::Unknown && signer == Signer::Actor(world.carrier),
        // A recall without a consignment is no consignment owner's; and there is no correction to approve. Those have
        // tests of their own.
        Who::ConsignmentOwner | Who::Approver => false,
    }
}

/// Every event, on every sort of chain, by everybody: judged as the table says. Judged by the verifier's order too, for
/// there is but one judge.
#[test]
fn for_everybody_everywhere() {
    let world = World::new();
    let trust = nguon_core::trust::Roots::new(trust());
    let (mut taken, mut refused) = (0, 0);
    for sort in SORTS {
        let chain = world.ledger.chain(&chain_of(&world, sort)).unwrap();
        for name in EventName::ALL.iter().copied().filter(|name| *name != EventName::Corrected) {
            let event = sample(&world, name, sort);
            for (signer, n) in signers(&world) {
                let record = next_record(&Pen::new(signer, key(n), time(NOW)), event.clone(), &chain);
                for order in [Order::Now, Order::Unknown] {
                    let expected =
                        permitted(sort, name).iter().any(|who| stands_for(&world, *who, signer, sort, order));
                    let judge = Judge { trust: &trust, chains: &world.ledger, order };
                    match judge.judge(&record, &chain) {
                        Err(fault) if fault.code() == "not_permitted" => {
                            assert!(!expected, "{name} on {sort:?} by {signer:?}: refused");
                            refused += 1;
                        }
                        other => {
                            assert!(expected, "{name} on {sort:?} by {signer:?}: {other:?}");
                            taken += 1;
                        }
                    }
                }
            }
        }
    }
    assert!(taken > 50 && refused > 500, "{taken} {refused}");
}

/// A pair of chain and event without a row is refused by the whole admission too, whoever signs.
#[test]
fn without_a_row_nobody_may() {
    let world = World::new();
    for sort in SORTS {
        for name in EventName::ALL.iter().copied().filter(|name| *name != EventName::Corrected) {
            if !permitted(sort, name).is_empty() {
                continue;
            }
            for (signer, n) in signers(&world) {
                let mut ledger = world.ledger.clone();
                let pen = Pen::new(signer, key(n), time(NOW));
                let result = ledger.append(&pen, chain_of(&world, sort), sample(&world, name, sort));
                assert!(matches!(result, Err(LedgerError::Rejected(_))), "{name} on {sort:?}: {result:?}");
            }
        }
    }
}

#[test]
fn the_table_has_each_pair_once_and_every_event() {
    for name in EventName::ALL.iter().filter(|name| **name != EventName::Corrected) {
        assert!(TABLE.iter().any(|row| row.event == *name), "{name}");
        for sort in SORTS {
            let rows = TABLE.iter().filter(|row| row.event == *name && row.chains.contains(&sort)).count();
            assert!(rows <= 1, "{name} on {sort:?} has {rows} rows");
        }
    }
    // A correction asks the row of what it corrects, so it has none.
    assert!(SORTS.iter().all(|sort| permitted(*sort, EventName::Corrected).is_empty()));
}

proptest! {
    /// Whatever is recorded, wherever, by a stranger: never accepted.
    #[test]
    fn a_stranger_appends_nothing(event in strategies::event(), chain in prop::sample::select(SORTS.to_vec()), actor in strategies::chain()) {
        let world = World::new();
        let chain = world.ledger.chain(&chain_of(&world, chain)).unwrap();
        let record = next_record(&Pen::new(actor, key(99), time(NOW)), event, &chain);
        if let Ok(signed) = SignedRecord::sign(&record, key(99), trust().deployment()) {
            let mut ledger = world.ledger.clone();
            prop_assert!(ledger.admit(signed.clone()).is_err());
            prop_assert!(Statement::decode(signed, trust().deployment()).is_ok());
        }
    }

    /// The same with the name of somebody who is enrolled and a key that is not theirs.
    #[test]
    fn a_borrowed_name_appends_nothing(event in strategies::event(), chain in prop::sample::select(SORTS.to_vec()), who in 0_usize..7) {
        let world = World::new();
        let chain = world.ledger.chain(&chain_of(&world, chain)).unwrap();
        let (signer, _) = signers(&world)[who];
        let record = next_record(&Pen::new(signer, key(99), time(NOW)), event, &chain);
        if let Ok(signed) = SignedRecord::sign(&record, key(99), trust().deployment()) {
            let mut ledger = world.ledger.clone();
            prop_assert_eq!(crate::world::code(ledger.admit(signed)), "unknown_key");
        }
    }
}
