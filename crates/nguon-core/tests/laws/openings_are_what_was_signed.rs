//! Personal fields are digests: without an opening they read "withheld" and everything else verifies as before; with one that
//! is not what was signed, the bundle is invalid.

use nguon_core::admit::Statement;
use nguon_core::bytes::ByteString;
use nguon_core::opening::{Opening, OpeningError, digest, digests};
use nguon_core::prelude::*;
use nguon_core::record::Attachment;
use nguon_core::verify::{Note, Opened as Revealed, Subject, Verdict};
use proptest::prelude::*;

use crate::strategies;
use crate::world::{NOW, World, key, name_of, salt, time, trust};

/// The opening of the co-op's name, which is the first that was sealed.
fn coop_name(world: &World) -> Opening {
    let record = world.ledger.records(&world.coop)[0].statement_id(trust().deployment());
    let value = Some(ByteString(name_of(0).to_bytes()));
    Opening { record, path: "enrolled/name".into(), salt: salt(0), value }
}

fn verdict_with(world: &World, openings: Vec<Opening>) -> Verdict {
    let mut bundle = world.ledger.bundle(world.consignment).unwrap();
    bundle.openings = openings;
    verify(&bundle.to_bytes().unwrap(), &trust(), &Options::at(time(NOW))).verdict
}

fn withheld(verdict: &Verdict) -> usize {
    let is = |subject: &Subject| matches!(subject, Subject::Note(Note::Withheld(_)));
    verdict.findings.iter().filter(|finding| is(&finding.subject)).count()
}

fn invalid_for(world: &World, openings: Vec<Opening>) -> &'static str {
    match verdict_with(world, openings).outcome {
        Outcome::Invalid { code, .. } => code,
        other => panic!("{other:?}"),
    }
}

#[test]
fn missing_is_withheld_and_given_is_shown() {
    let mut world = World::new();
    let before = verdict_with(&world, vec![]);
    assert_eq!(before.outcome, Outcome::Unlogged);
    let opening = coop_name(&world);
    world.ledger.open(opening.clone()).unwrap();
    let bytes = world.ledger.bundle(world.consignment).unwrap().to_bytes().unwrap();
    let verification = verify(&bytes, &trust(), &Options::at(time(NOW)));
    assert_eq!(verification.verdict.outcome, Outcome::Unlogged);
    assert_eq!(withheld(&verification.verdict) + 1, withheld(&before));
    let history = verification.history.unwrap();
    assert_eq!(history.opened(&opening.record, "enrolled/name"), Revealed::Value(name_of(0)));
    assert_eq!(history.opened(&opening.record, "enrolled/phone"), Revealed::Withheld);
}

#[test]
fn changed_is_invalid() {
    let world = World::new();
    let sound = coop_name(&world);
    let with = |change: &dyn Fn(&mut Opening)| {
        let mut opening = sound.clone();
        change(&mut opening);
        vec![opening]
    };
    let other = Some(ByteString(name_of(1).to_bytes()));
    assert_eq!(invalid_for(&world, with(&|opening| opening.salt = salt(1))), "bad_opening");
    assert_eq!(invalid_for(&world, with(&|opening| opening.value = other.clone())), "bad_opening");
    assert_eq!(invalid_for(&world, with(&|opening| opening.value = None)), "bad_opening");
    assert_eq!(invalid_for(&world, with(&|opening| opening.path = "enrolled/phone".into())), "bad_opening");
    assert_eq!(invalid_for(&world, with(&|opening| opening.path = "attachments/0".into())), "bad_opening");
    assert_eq!(
        invalid_for(&world, with(&|opening| opening.record = StatementId::from_bytes([1; 32]))),
        "stray_opening"
    );
    assert_eq!(invalid_for(&world, vec![sound.clone(), sound]), "stray_opening");
}

/// The fault stands where the record stands.
#[test]
fn the_finding_names_the_record() {
    let world = World::new();
    let opening = Opening { salt: salt(1), ..coop_name(&world) };
    let verdict = verdict_with(&world, vec![opening]);
    let at = verdict.findings[0].at.unwrap();
    assert_eq!((at.chain, at.sequence), (world.coop, 0));
}

#[test]
fn attachments() {
    let photo = b"\xff\xd8\xff\xe0 a photo";
    let world = World::new();
    let chain = nguon_core::judge::Chains::chain(&world.ledger, &world.consignment).unwrap();
    let event = nguon_core::prelude::Recalled::new(RecallReason::Other).into();
    let pen = Pen::new(world.shop, key(7), time(NOW));
    let mut record = nguon_core::ledger::next_record(&pen, event, &chain);
    let attachment = Attachment {
        digest: digest(&salt(60), "attachments/0", photo),
        length: Count::new(photo.len() as u64).unwrap(),
        media_type: "image/jpeg".parse().unwrap(),
    };
    record.attachments = Some(List::of_one(attachment.clone()));
    let opening =
        Opening { record: StatementId::from_bytes([0; 32]), path: "attachments/0".into(), salt: salt(60), value: None };
    assert_eq!(opening.check(&record), Ok(()));
    assert_eq!(opening.check_attachment(&record, photo), Ok(()));
    let path = || "attachments/0".to_owned();
    assert_eq!(opening.check_attachment(&record, b"\xff\xd8\xff\xe0 a phota"), Err(OpeningError::Differs(path())));
    assert_eq!(opening.check_attachment(&record, b"short"), Err(OpeningError::Length(path())));
    let with_value = Opening { value: Some(ByteString(photo.to_vec())), ..opening.clone() };
    assert_eq!(with_value.check(&record), Err(OpeningError::Value(path())));
    for other in ["attachments/1", "attachments/00", "attachments/+0", "recalled/details", ""] {
        let stray = Opening { path: other.into(), ..opening.clone() };
        assert_eq!(stray.check_attachment(&record, photo), Err(OpeningError::NoSuchField(other.into())));
    }
    // The signer's word on the length must be true as well.
    record.attachments = Some(List::of_one(Attachment { length: Count::new(1).unwrap(), ..attachment }));
    assert_eq!(opening.check_attachment(&record, photo), Err(OpeningError::Length(path())));
}

proptest! {
    /// A digest binds salt, path and value, and where one ends and the next begins.
    #[test]
    fn a_digest_binds_everything(
        salts in (strategies::salt(), strategies::salt()),
        paths in ("[a-z/]{0,6}", "[a-z/]{0,6}"),
        values in (prop::collection::vec(any::<u8>(), 0..6), prop::collection::vec(any::<u8>(), 0..6)),
    ) {
        let same = salts.0 == salts.1 && paths.0 == paths.1 && values.0 == values.1;
        prop_assert_eq!(digest(&salts.0, &paths.0, &values.0) == digest(&salts.1, &paths.1, &values.1), same);
        // A byte moved from value to path.
        let mut longer = paths.0.clone();
        longer.push('x');
        let mut shorter = vec![b'x'];
        shorter.extend(&values.0);
        prop_assert_ne!(digest(&salts.0, &paths.0, &shorter), digest(&salts.0, &longer, &values.0));
    }

    #[test]
    fn values_there_and_back(text in ".{0,200}", latitude in -900_000_000_i64..=900_000_000, longitude in -1_800_000_000_i64..=1_800_000_000) {
        for value in [FieldValue::Text(text), FieldValue::Coordinates(latitude, longitude)] {
            prop_assert_eq!(FieldValue::from_bytes(&value.to_bytes()), Some(value));
        }
    }

    /// Noise opens nothing, and decoding it is the inverse of encoding where it succeeds.
    #[test]
    fn noise_as_a_value(bytes in prop::collection::vec(any::<u8>(), 0..40)) {
        if let Some(value) = FieldValue::from_bytes(&bytes) {
            prop_assert_eq!(value.to_bytes(), bytes);
        }
    }

    /// Every digest of every record stands under a path of its own, `event/field` or `attachments/n`.
    #[test]
    fn paths_are_distinct(record in strategies::record()) {
        let paths: Vec<String> = digests(&record).into_iter().map(|(path, _)| path).collect();
        let distinct: std::collections::BTreeSet<&String> = paths.iter().collect();
        let correction_of_details = matches!(&record.event, Event::Corrected(corrected)
            if corrected.event.digests().iter().any(|(name, _)| *name == "details"));
        // Events that have details of their own cannot be corrected, so this never reaches a chain.
        prop_assert!(distinct.len() == paths.len() || correction_of_details);
        for path in paths {
            let event = format!("{}/", record.event.name());
            prop_assert!(path.starts_with(&event) || path.starts_with("attachments/"));
        }
    }
}

/// Openings travel beside the records and change none of them.
#[test]
fn a_statement_does_not_change_with_its_openings() {
    let mut world = World::new();
    let bundle = |world: &World| world.ledger.bundle(world.consignment).unwrap().chains;
    let before = bundle(&world);
    let opening = coop_name(&world);
    world.ledger.open(opening).unwrap();
    assert_eq!(bundle(&world), before);
    let statement = Statement::from_bytes(before[0][0].0.clone(), trust().deployment()).unwrap();
    assert_eq!(statement.record.event.name(), EventName::Opened);
}
