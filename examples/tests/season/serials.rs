//! Labels with serials: each that was printed is proven, and the made-up one is not.

use nguon_core::serial::{Answer, SerialProof, check, issued};
use nguon_core::verify::{Options, verify};
use nguon_examples::season::{Printed, SerialCase};
use nguon_gs1::Serial;

use super::SEASON;

fn ask(printed: &Printed, serial: &Serial) -> Answer {
    let bundle = SEASON.ledger.bundle(printed.batch).unwrap().to_bytes().unwrap();
    let history = verify(&bundle, SEASON.ledger.trust(), &Options::at(SEASON.now())).history.unwrap();
    let proof = SerialProof::new(vec![printed.list.prove(&printed.batch, serial)]).to_bytes().unwrap();
    check(&printed.batch, &issued(&history), serial, &proof)
}

#[test]
fn every_batch_with_labels_can_prove_them() {
    assert_eq!(SEASON.printed.len(), 3);
    for printed in &SEASON.printed {
        assert_eq!(printed.list.count(), printed.serials.len() as u64);
        for serial in [printed.serials.first().unwrap(), printed.serials.last().unwrap()] {
            assert_eq!(ask(printed, serial), Answer::Issued);
        }
    }
}

#[test]
fn each_case_with_a_serial_is_what_it_says() {
    let mut seen = Vec::new();
    for case in &SEASON.cases {
        let serial = case.label.as_ref().and_then(|label| label.serial());
        assert_eq!(serial.is_some(), case.serial.is_some(), "{}", case.name);
        let (Some(serial), Some(expected), Some(batch)) = (serial, case.serial, case.batch) else { continue };
        let printed = SEASON.printed.iter().find(|printed| printed.batch == batch).unwrap();
        let answer = match expected {
            SerialCase::Issued => Answer::Issued,
            SerialCase::NeverIssued => Answer::NeverIssued,
        };
        assert_eq!(ask(printed, serial), answer, "{}", case.name);
        seen.push(case.name);
    }
    assert_eq!(seen, ["serial", "made-up-serial"]);
}
