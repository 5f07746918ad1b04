//! One of each event, with every field.

use nguon_core::event::{
    Aggregated, Allotment, Analyte, Certified, ColdTreatment, Cooled, CoolingMethod, Corrected, CorrectionApproved,
    CorrectionReason, CustodianChanged, DisposalMethod, Disposed, Dose, DrawReason, Drawn, Enrolled, Event, EventName,
    Fumigation, HarvestDrawn, Harvested, Input, InputApplied, InputKind, Inspected, InspectionPurpose,
    InspectionResult, KeyAdded, KeyRevoked, LabResult, LabelsIssued, Listed, LossReason, Lost, NameReleased, Opened,
    Packed, PlaceKind, PlaceRegistered, PlotRegistered, PlotsAllotted, Reattested, RecallReason, Recalled, Received,
    ReleaseApproved, Released, Repacked, Retired, RevocationReason, Role, Scope, ScopeChanged, SeasonOpened, Shipped,
    Sold, Suspended, SuspensionLifted, SuspensionReason, Treated, Treatment,
};
use nguon_core::ids::{KeyId, RootHash};
use nguon_core::values::{Count, Days, Label, Level, Time};

use super::{area, chain, count, digest, document, grams, inputs, key, list, parsed, time};

/// One of each event, and of each choice within one.
pub fn events() -> Vec<Event> {
    let mut events: Vec<Event> = EventName::ALL.iter().map(|name| event(*name)).collect();
    let (seconds, temperature_mc) = (count(), 21_000);
    let others = [
        Treatment::IrradiationMgy(Count::new(400_000).unwrap()),
        Treatment::MethylBromide(Fumigation { mg_per_m3: count(), seconds, temperature_mc }),
    ];
    events.extend(others.map(|treatment| Event::Treated(treated(treatment))));
    events
}

fn event(name: EventName) -> Event {
    match name {
        EventName::Enrolled
        | EventName::KeyAdded
        | EventName::KeyRevoked
        | EventName::ScopeChanged
        | EventName::Retired => of_actor(name),
        EventName::PlaceRegistered
        | EventName::PlotRegistered
        | EventName::SeasonOpened
        | EventName::PlotsAllotted
        | EventName::InputApplied
        | EventName::HarvestDrawn
        | EventName::CustodianChanged => of_place(name),
        EventName::Opened
        | EventName::Harvested
        | EventName::Drawn
        | EventName::Packed
        | EventName::Repacked
        | EventName::Shipped
        | EventName::Received => of_batch(name),
        EventName::Cooled
        | EventName::Treated
        | EventName::LabelsIssued
        | EventName::Aggregated
        | EventName::Listed
        | EventName::Sold
        | EventName::Lost
        | EventName::Disposed => of_handling(name),
        _ => of_any(name),
    }
}

fn of_actor(name: EventName) -> Event {
    let scope = Scope {
        events: list(EventName::ALL.to_vec()),
        places: Some(list(vec![chain()])),
        gs1_prefixes: Some(list(vec![parsed("952123")])),
        markets: Some(list(vec![parsed("CN"), parsed("EU")])),
        from: Some(time()),
        until: Some(Time::new(1_811_808_000).unwrap()),
    };
    match name {
        EventName::Enrolled => Event::Enrolled(Enrolled {
            role: Role::Registrar,
            name: digest(),
            phone: Some(digest()),
            commune: Some(parsed("07525")),
            gln: Some(parsed("9521234000006")),
            scope,
            key: Some(key()),
        }),
        EventName::KeyAdded => Event::KeyAdded(KeyAdded { key: key(), holder: Some(digest()) }),
        EventName::ScopeChanged => Event::ScopeChanged(ScopeChanged { scope }),
        EventName::Retired => Event::Retired(Retired { details: Some(digest()) }),
        _ => Event::KeyRevoked(KeyRevoked {
            key: KeyId::of(&key()),
            reason: RevocationReason::Stolen,
            suspect_since: Some(time()),
            details: Some(digest()),
        }),
    }
}

fn of_place(name: EventName) -> Event {
    match name {
        EventName::PlaceRegistered => Event::PlaceRegistered(PlaceRegistered {
            place: PlaceKind::GrowingArea,
            code: parsed("VN-BGOR-0123"),
            issuer: parsed("VN"),
            market: parsed("CN"),
            holder: chain(),
            commune: parsed("07525"),
            gln: Some(parsed("9521234000006")),
            area_m2: Some(area()),
            variety: Some(parsed("vải thiều")),
            from: time(),
            until: Some(time()),
        }),
        EventName::PlotRegistered => Event::PlotRegistered(PlotRegistered {
            area: chain(),
            household: chain(),
            area_m2: area(),
            variety: parsed("vải thiều"),
            trees: Some(count()),
            location: Some(digest()),
        }),
        EventName::SeasonOpened => Event::SeasonOpened(SeasonOpened {
            season: parsed("2026"),
            from: time(),
            until: time(),
            ceiling: Some(grams()),
        }),
        EventName::PlotsAllotted => Event::PlotsAllotted(PlotsAllotted {
            season: parsed("2026"),
            allotments: list(vec![Allotment { plot: chain(), grams: grams() }]),
        }),
        EventName::InputApplied => Event::InputApplied(InputApplied {
            kind: InputKind::PlantProtection,
            product: parsed("Thuốc trừ nấm (mẫu)"),
            active_ingredients: list(vec![parsed("mancozeb")]),
            product_lot: Some(parsed("L-1")),
            dose: Dose::Milligrams(count()),
            water_ml: Some(count()),
            area_m2: area(),
            phi_days: Days::new(7).unwrap(),
            operator: Some(digest()),
            notes: Some(digest()),
            at: Some(time()),
        }),
        EventName::CustodianChanged => {
            Event::CustodianChanged(CustodianChanged { to: chain(), details: Some(digest()) })
        }
        _ => Event::HarvestDrawn(HarvestDrawn {
            season: parsed("2026"),
            to: chain(),
            grams: grams(),
            operator: Some(digest()),
            at: Some(time()),
        }),
    }
}

fn of_batch(name: EventName) -> Event {
    match name {
        EventName::Opened => Event::Opened(Opened {
            owner: chain(),
            product: parsed("vải thiều"),
            variety: Some(parsed("Thanh Hà")),
            label: Some(Label { gtin: parsed("09521234000013"), lot: parsed("LN-0106") }),
            label_of: Some(chain()),
        }),
        EventName::Harvested => {
            Event::Harvested(Harvested { inputs: inputs(), crates: Some(count()), at: Some(time()) })
        }
        EventName::Drawn => Event::Drawn(Drawn { to: chain(), grams: grams(), why: DrawReason::Handover }),
        EventName::Packed => Event::Packed(Packed {
            inputs: list(vec![Input { from: chain(), grams: grams() }]),
            boxes: count(),
            grams_per_box: grams(),
            grade: Some(parsed("loại 1")),
            place: Some(chain()),
            document: Some(document()),
            at: Some(time()),
        }),
        EventName::Repacked => Event::Repacked(Repacked {
            inputs: inputs(),
            boxes: count(),
            grams_per_box: grams(),
            grade: Some(parsed("loại 2")),
            place: Some(chain()),
            document: Some(document()),
            at: Some(time()),
        }),
        EventName::Shipped => Event::Shipped(Shipped {
            draw: 2,
            carrier: chain(),
            vehicle: Some(digest()),
            set_point_mc: Some(2_000),
            document: Some(document()),
            at: Some(time()),
        }),
        _ => Event::Received(Received {
            inputs: inputs(),
            place: Some(chain()),
            measured_mc: Some(-500),
            document: Some(document()),
            at: Some(time()),
        }),
    }
}

fn treated(treatment: Treatment) -> Treated {
    Treated { treatment, facility: parsed("XL-01"), certificate: parsed("MAU-7"), at: Some(time()) }
}

fn of_handling(name: EventName) -> Event {
    match name {
        EventName::Cooled => Event::Cooled(Cooled {
            method: CoolingMethod::Hydrocooling,
            measured_mc: 4_000,
            set_point_mc: Some(2_000),
            place: Some(chain()),
            at: Some(time()),
        }),
        EventName::Treated => {
            Event::Treated(treated(Treatment::Cold(ColdTreatment { pulp_mc: 1_000, seconds: count() })))
        }
        EventName::LabelsIssued => {
            Event::LabelsIssued(LabelsIssued { count: count(), root: RootHash::from_bytes([0x66; 32]) })
        }
        EventName::Aggregated => {
            Event::Aggregated(Aggregated { sscc: parsed("095212340000000013"), boxes: count(), at: Some(time()) })
        }
        EventName::Listed => {
            Event::Listed(Listed { marketplace: parsed("cho.example"), listing: parsed("MAU-3"), until: Some(time()) })
        }
        EventName::Sold => Event::Sold(Sold { grams: grams(), at: Some(time()) }),
        EventName::Lost => {
            Event::Lost(Lost { grams: grams(), reason: LossReason::Drying, details: Some(digest()), at: Some(time()) })
        }
        _ => Event::Disposed(Disposed {
            grams: grams(),
            method: DisposalMethod::Compost,
            details: Some(digest()),
            at: Some(time()),
        }),
    }
}

fn of_any(name: EventName) -> Event {
    match name {
        EventName::Inspected => Event::Inspected(Inspected {
            result: InspectionResult::Conforms,
            purpose: InspectionPurpose::FollowUp,
            details: Some(digest()),
            at: Some(time()),
        }),
        EventName::LabResult => Event::LabResult(LabResult {
            report: parsed("MAU-11"),
            sample: parsed("MAU-12"),
            method: parsed("LC-MS/MS"),
            analytes: list(vec![Analyte {
                name: parsed("carbendazim"),
                ug_per_kg: Level::new(0).unwrap(),
                limit_ug_per_kg: Some(Level::new(10).unwrap()),
            }]),
            sampled_at: time(),
        }),
        EventName::Certified => Event::Certified(Certified {
            scheme: parsed("VietGAP"),
            number: parsed("MAU-9"),
            from: time(),
            until: time(),
        }),
        EventName::Suspended => {
            Event::Suspended(Suspended { reason: SuspensionReason::Residue, details: Some(digest()) })
        }
        EventName::SuspensionLifted => Event::SuspensionLifted(SuspensionLifted { details: Some(digest()) }),
        EventName::Recalled => Event::Recalled(Recalled {
            reason: RecallReason::PesticideResidue,
            harvests: Some(list(vec![chain()])),
            consignment: Some(chain()),
            product_lot: Some(parsed("L-1")),
            details: Some(digest()),
        }),
        EventName::ReleaseApproved => Event::ReleaseApproved(ReleaseApproved { recall: 3, details: Some(digest()) }),
        EventName::Released => Event::Released(Released { recall: 3, approval: 4, details: Some(digest()) }),
        EventName::NameReleased => Event::NameReleased(NameReleased { details: Some(digest()) }),
        EventName::CorrectionApproved => {
            Event::CorrectionApproved(CorrectionApproved { correction: 5, details: Some(digest()) })
        }
        EventName::Reattested => Event::Reattested(Reattested { sequences: list(vec![1, 2]), details: Some(digest()) }),
        _ => Event::Corrected(Corrected {
            sequence: 1,
            reason: CorrectionReason::Typing,
            event: std::sync::Arc::new(of_handling(EventName::Lost)),
            details: Some(digest()),
        }),
    }
}
