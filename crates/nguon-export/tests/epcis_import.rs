//! Export, import, the same records: for the sample season's packing house. And what is not known is refused whole.

mod support;

use std::collections::BTreeSet;

use nguon_core::event::{DrawReason, Event as Signed, Shipped};
use nguon_core::ids::ChainId;
use nguon_core::judge::Chains;
use nguon_core::ledger::Ledger;
use nguon_core::record::ChainKind;
use nguon_export::epcis::import::{Imported, PassedOver, Proposal, Register, import};
use nguon_export::epcis::read::{FaultKind, Faults, Limits};
use nguon_export::epcis::time::Timestamp;
use nguon_export::epcis::write::Exporter;
use nguon_export::{Facts, Personal};
use nguon_gs1::{Gln, Gtin, Lot};
use serde_json::{Value, json};
use support::{LOGGED, source};

/// What a server's store would answer.
struct Known<'a>(&'a Ledger);

impl Register for Known<'_> {
    fn lots(&self, gtin: &Gtin, lot: &Lot) -> Vec<ChainId> {
        let labelled = |chain: &ChainId| {
            let label = self.0.chain(chain)?.batch()?.label.clone()?;
            (label.gtin.get() == gtin && label.lot.get() == lot).then_some(*chain)
        };
        let all: Vec<ChainId> = LOGGED.names().map(|(_, chain)| chain).collect();
        let own: Vec<ChainId> = all.iter().filter_map(labelled).collect();
        let of = |chain: &ChainId| self.0.chain(chain).and_then(|state| state.batch()?.label_of);
        let consignments = all.iter().filter(|chain| of(chain).is_some_and(|labelled| own.contains(&labelled)));
        own.iter().chain(consignments).copied().collect()
    }

    fn place(&self, gln: &Gln) -> Option<ChainId> {
        gln_of(
            |event| match event {
                Signed::PlaceRegistered(place) => place.gln.clone(),
                _ => None,
            },
            gln,
        )
    }

    fn party(&self, gln: &Gln) -> Option<ChainId> {
        gln_of(
            |event| match event {
                Signed::Enrolled(actor) => actor.gln.clone(),
                _ => None,
            },
            gln,
        )
    }

    fn kind(&self, chain: &ChainId) -> Option<ChainKind> {
        let state = self.0.chain(chain)?;
        Some(match (state.actor(), state.place()) {
            (Some(_), _) => ChainKind::Actor,
            (_, Some(_)) => ChainKind::Place,
            _ => ChainKind::Batch,
        })
    }

    fn intake(&self) -> Option<ChainId> {
        Some(LOGGED.id("packer/intake"))
    }

    fn destination(&self, receiver: &ChainId) -> Option<ChainId> {
        (*receiver == LOGGED.id("importer")).then(|| LOGGED.id("importer/export"))
    }
}

fn gln_of(of: impl Fn(&Signed) -> Option<nguon_core::values::GlnCode>, gln: &Gln) -> Option<ChainId> {
    let source = source(&LOGGED, "export");
    let facts = Facts::new(&source, Personal::Withheld);
    let first = |chain: &nguon_core::verify::VerifiedChain| of(&chain.records().first()?.record().event);
    facts.history().chains().find(|chain| first(chain).is_some_and(|found| found.get() == gln)).map(|chain| chain.id())
}

fn taken(document: &[u8]) -> Result<Imported, Faults> {
    import(document, &Limits::default(), &Known(&LOGGED.ledger))
}

fn document(case: &str) -> Vec<u8> {
    let source = source(&LOGGED, case);
    let mut exporter = Exporter::begin(Vec::new(), Timestamp::from(LOGGED.now())).unwrap();
    exporter.add(&Facts::new(&source, Personal::Withheld)).unwrap();
    exporter.finish().unwrap().0
}

/// Without digests, which no document has, and with the time said, which a proposal always does.
fn plain(event: &Signed, at: nguon_core::values::Time) -> Option<Signed> {
    let mut event = event.clone();
    match &mut event {
        Signed::Harvested(event) => event.at = Some(at),
        Signed::Packed(event) => event.at = Some(at),
        Signed::Repacked(event) => event.at = Some(at),
        Signed::Received(event) => event.at = Some(at),
        Signed::Shipped(event) => (event.at, event.vehicle) = (Some(at), None),
        Signed::Cooled(event) => event.at = Some(at),
        Signed::Aggregated(event) => event.at = Some(at),
        Signed::Sold(event) => event.at = Some(at),
        Signed::Lost(event) => (event.at, event.details) = (Some(at), None),
        Signed::Disposed(event) => (event.at, event.details) = (Some(at), None),
        Signed::Drawn(_) => {}
        _ => return None,
    }
    Some(event)
}

#[test]
fn what_was_exported_is_proposed_again() {
    let (mut compared, mut cases, mut kinds) = (0, 0, BTreeSet::new());
    for case in LOGGED.cases.iter().filter(|case| case.batch.is_some()) {
        let Some(batch) = case.batch else { continue };
        let verification = support::verified(&LOGGED, &support::bundle(&LOGGED, batch, false));
        let Ok(source) = nguon_export::Source::despite(verification, LOGGED.now()) else { continue };
        let facts = Facts::new(&source, Personal::Withheld);
        let mut exporter = Exporter::begin(Vec::new(), Timestamp::from(LOGGED.now())).unwrap();
        exporter.add(&facts).unwrap();
        let document = exporter.finish().unwrap().0;
        let imported = taken(&document).unwrap_or_else(|faults| panic!("{}: {:#?}", case.name, faults.listed()));
        let expected: Vec<(ChainId, Signed)> = facts
            .entries()
            .filter(|entry| entry.chain.state().batch().is_some())
            .filter_map(|entry| Some((entry.chain.id(), plain(entry.event, entry.at.time)?)))
            .collect();
        let found: Vec<(ChainId, Signed)> =
            imported.proposals.iter().map(|proposal| (proposal.chain, proposal.event.clone())).collect();
        assert_eq!(found, expected, "{}", case.name);
        kinds.extend(found.iter().map(|(_, event)| event.name().as_str()));
        compared += found.len();
        cases += 1;
    }
    assert!(cases > 20 && compared > 250, "{cases} cases, {compared} records");
    let expected = [
        "aggregated",
        "cooled",
        "disposed",
        "drawn",
        "harvested",
        "lost",
        "packed",
        "received",
        "repacked",
        "shipped",
        "sold",
    ];
    assert_eq!(kinds.into_iter().collect::<Vec<_>>(), expected);
}

#[test]
fn what_another_system_wrote_becomes_draws_and_packings() {
    let label = |case: &str| {
        let case = LOGGED.case(case);
        let label = case.label.as_ref().expect("a label");
        format!("https://id.gs1.org/01/{}/10/{}", label.gtin(), label.lot())
    };
    let export = label("export");
    let intake = "ni:///sha-256;".to_owned() + &base64url(LOGGED.id("packer/intake").as_bytes());
    let carrier = "ni:///sha-256;".to_owned() + &base64url(LOGGED.id("carrier").as_bytes());
    let importer = "ni:///sha-256;".to_owned() + &base64url(LOGGED.id("importer").as_bytes());
    let chain = "ni:///sha-256;".to_owned() + &base64url(LOGGED.id("packer/export").as_bytes());
    let event = |value: Value| {
        let mut event = json!({"eventTime": "2026-06-14T15:30:00+07:00", "eventTimeZoneOffset": "+07:00"});
        event.as_object_mut().unwrap().extend(value.as_object().unwrap().clone());
        event
    };
    let events = vec![
        event(json!({"type": "TransformationEvent", "bizStep": "packing", "nguon:chain": chain,
            "inputQuantityList": [{"epcClass": intake, "quantity": 10.5, "uom": "TNE"}],
            "outputQuantityList": [{"epcClass": export, "quantity": 1020}, {"epcClass": export, "quantity": 10200, "uom": "KGM"}],
            "bizTransactionList": [{"type": "prodorder", "bizTransaction": "urn:epcglobal:cbv:bt:9521234000006:DG-1"}]})),
        event(json!({"type": "ObjectEvent", "action": "OBSERVE", "bizStep": "shipping", "nguon:chain": chain,
            "quantityList": [{"epcClass": export, "quantity": 2000, "uom": "KGM"}],
            "destinationList": [{"type": "owning_party", "destination": importer},
                {"type": "possessing_party", "destination": carrier}]})),
        event(json!({"type": "ObjectEvent", "action": "OBSERVE", "bizStep": "inspecting",
            "quantityList": [{"epcClass": export}]})),
    ];
    let imported = taken(wrapped(&events).as_bytes()).unwrap_or_else(|faults| panic!("{:#?}", faults.listed()));
    let [drawn, packed, given, shipped] = &imported.proposals[..] else { panic!("{:#?}", imported.proposals) };
    let is_draw = |proposal: &Proposal, grams: u64, why: DrawReason| match &proposal.event {
        Signed::Drawn(drawn) => drawn.grams.get() == grams && drawn.why == why,
        _ => false,
    };
    assert!(is_draw(drawn, 10_500_000, DrawReason::Packing) && drawn.chain == LOGGED.id("packer/intake"));
    let Signed::Packed(packing) = &packed.event else { panic!("{packed:?}") };
    assert_eq!((packing.boxes.get(), packing.grams_per_box.get()), (1_020, 10_000));
    let document = packing.document.as_ref().unwrap();
    assert_eq!((document.kind.as_str(), document.number.as_str()), ("production-order", "DG-1"));
    assert!(is_draw(given, 2_000_000, DrawReason::Handover));
    let Signed::Shipped(Shipped { carrier, .. }) = &shipped.event else { panic!("{shipped:?}") };
    assert_eq!((*carrier, shipped.carries), (LOGGED.id("carrier"), Some(2)));
    assert_eq!(imported.passed_over, [("/epcisBody/eventList/2".to_owned(), PassedOver::NotTaken)]);
}

#[test]
fn what_is_not_known_or_contradicts_itself_refuses_all_of_it() {
    let whole: Value = serde_json::from_slice(&document("export")).unwrap();
    let list = whole["epcisBody"]["eventList"].as_array().unwrap();
    let at = |step: &str, kind: &str| {
        list.iter().position(|event| event["bizStep"] == step && event["type"] == kind).expect("there is one")
    };
    let packing = at("packing", "TransformationEvent");
    let receiving = at("receiving", "ObjectEvent");
    let shipping = at("shipping", "ObjectEvent");
    let strange = "https://id.gs1.org/01/09521234543213/10/NOBODYS";
    let nobody = format!("ni:///sha-256;{}", base64url(&[7; 32]));
    type Change = fn(&mut Value, &str);
    let cases: [(usize, Change, &str, FaultKind); 6] = [
        (
            packing,
            |event, _| {
                event["inputQuantityList"][0]["epcClass"] =
                    json!("ni:///sha-256;AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8");
            },
            "/inputQuantityList/0",
            FaultKind::UnknownBatch,
        ),
        (
            packing,
            |event, _| {
                event["bizLocation"]["id"] =
                    json!(format!("https://id.gs1.org/414/{}", Gln::from_payload("952999900000").unwrap()));
            },
            "/bizLocation",
            FaultKind::UnknownPlace,
        ),
        (
            receiving,
            |event, strange| event["quantityList"][0]["epcClass"] = json!(strange),
            "/quantityList/0",
            FaultKind::UnknownBatch,
        ),
        (
            receiving,
            |event, _| event["quantityList"][0]["quantity"] = json!(0.0001),
            "/quantityList/0",
            FaultKind::Mass,
        ),
        (shipping, |event, nobody| event["nguon:carrier"] = json!(nobody), "/nguon:carrier", FaultKind::UnknownParty),
        (shipping, |event, nobody| event["nguon:chain"] = json!(nobody), "/quantityList", FaultKind::UnknownBatch),
    ];
    for (index, change, field, kind) in cases {
        let mut document = whole.clone();
        let event = &mut document["epcisBody"]["eventList"][index];
        event.as_object_mut().unwrap().remove("eventID");
        change(event, if field == "/quantityList/0" { strange } else { &nobody });
        let faults = taken(document.to_string().as_bytes()).unwrap_err();
        assert_eq!(faults.listed()[0].path, format!("/epcisBody/eventList/{index}{field}"));
        assert_eq!(faults.listed()[0].kind, kind);
        assert_ne!(faults.listed()[0].in_vietnamese(), faults.listed()[0].to_string());
    }
}

fn wrapped(events: &[Value]) -> String {
    json!({
        "@context": ["https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",
            {"nguon": "https://github.com/nguon/nguon/blob/main/docs/epcis.md#"}],
        "type": "EPCISDocument", "schemaVersion": "2.0", "creationDate": "2026-06-15T00:00:00Z",
        "epcisBody": {"eventList": events}
    })
    .to_string()
}

fn base64url(bytes: &[u8]) -> String {
    nguon_export::epcis::key::chain_uri(&ChainId::try_from(bytes).unwrap()).as_str()[14..].to_owned()
}
