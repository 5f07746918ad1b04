//! Somebody hands customs a dossier whose pages say what nobody signed: made anew around another lot's bundle, around one without
//! its newest records, or around none. What is judged is the bundle inside, whatever the pages say.

use nguon_core::verify::{At, Bundle, Options, Outcome, OutcomeKind, verify};
use nguon_export::attached::{self, MEDIA_TYPE, NAME};
use nguon_export::dossier::Dossier;
use nguon_export::facts::{Language, When};
use nguon_export::paper::{Attachment, Block, Langs, Paper, Relation, Said};
use nguon_export::{Facts, Personal, Source};

use crate::log::{bundle, cut, found, logged, now, verdict};

fn bytes(bundle: &Bundle) -> Vec<u8> {
    bundle.to_bytes().expect("a bundle")
}

fn source(bundle: &Bundle) -> Source {
    let options = Options { online: true, ..Options::at(now()) };
    Source::despite(verify(&bytes(bundle), logged().ledger.trust(), &options), now()).expect("a history")
}

/// A PDF whose page has the sentence of a sound lot, with these bytes inside.
fn forged(inside: Option<&[u8]>) -> Vec<u8> {
    let sound = Facts::new(&source(&bundle("packer/export")), Personal::Withheld).stamp();
    assert!(sound.is_verified());
    let words = Said::new(sound.sentence(Language::Vi), sound.sentence(Language::En));
    let mut paper = Paper::new(Said::new("Hồ sơ lô hàng", "Lot dossier"), Langs::ViEn, When::vietnam(now()));
    paper.push(Block::heading(words));
    if let Some(bytes) = inside {
        let description = Said::new("Gói hồ sơ", "Bundle");
        paper = paper.attach(Attachment::new(NAME, MEDIA_TYPE, description, Relation::Source, bytes.to_vec()));
    }
    paper.to_pdf().expect("a PDF")
}

/// What `nguon verify` goes by.
fn inside(pdf: &[u8]) -> Bundle {
    Bundle::from_bytes(&attached::bundle(pdf).expect("a bundle inside")).expect("a bundle")
}

#[test]
fn an_honest_dossier_is_valid() {
    let whole = bundle("packer/export");
    let source = source(&whole);
    let dossier = Dossier::new(&Facts::new(&source, Personal::Withheld), &bytes(&whole), None).expect("a dossier");
    let pdf = dossier.to_pdf().expect("a PDF");
    assert_eq!(verdict(&inside(&pdf)).outcome, Outcome::Valid);
    // Words alone change nothing, to the better or the worse.
    assert_eq!(verdict(&inside(&forged(Some(&bytes(&whole))))).outcome, Outcome::Valid);
}

#[test]
fn around_a_recalled_lot() {
    let recalled = verdict(&inside(&forged(Some(&bytes(&bundle("thu/0528"))))));
    let (kind, code, at) = found(&recalled);
    assert_eq!((kind, code), (OutcomeKind::Recalled, "recalled"));
    let at: At = at.expect("the recall's record");
    let event = logged().ledger.records(&at.chain)[usize::try_from(at.sequence).unwrap()].clone();
    let record = nguon_core::record::Record::from_payload(event.payload()).unwrap();
    assert_eq!(record.event.name(), nguon_core::event::EventName::Recalled);
}

#[test]
fn without_the_newest_records() {
    let batch = logged().id("packer/export");
    let mut cut_off = bundle("packer/export");
    cut(&mut cut_off, batch, 1);
    let verdict = verdict(&inside(&forged(Some(&bytes(&cut_off)))));
    assert_eq!(verdict.outcome, Outcome::Incomplete);
    assert!(verdict.findings.iter().any(|finding| finding.code() == "not_in_map"));
}

#[test]
fn around_nothing_or_around_bytes_that_are_no_bundle() {
    assert!(matches!(attached::bundle(&forged(None)), Err(attached::Error::NoBundle { .. })));
    let junk = attached::bundle(&forged(Some(b"not a bundle"))).expect("what is attached comes out as it is");
    let options = Options { online: true, ..Options::at(now()) };
    let verification = verify(&junk, logged().ledger.trust(), &options);
    assert_eq!(verification.verdict.outcome.kind(), OutcomeKind::Invalid);
    assert!(verification.history.is_none());
}

/// Our own tool makes none around another lot's bundle.
#[test]
fn by_our_own_tool() {
    let source = source(&bundle("packer/export"));
    let other = Dossier::new(&Facts::new(&source, Personal::Withheld), &bytes(&bundle("thu/0528")), None);
    assert!(
        matches!(other, Err(nguon_export::dossier::Error::OtherBundle(batch)) if batch == logged().id("packer/export"))
    );
}
