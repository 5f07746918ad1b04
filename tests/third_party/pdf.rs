//! Dossiers and field logs are what they say they are, as far as another reader sees; and their bundle comes out of them whoever saves
//! them again.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use nguon_core::verify::{Options, verify};
use nguon_examples::season::{Season, Seed, Watch};
use nguon_export::attached::{MEDIA_TYPE, NAME, bundle, disclosed};
use nguon_export::dossier::Dossier;
use nguon_export::paper::Langs;
use nguon_export::vietgap::FieldLog;
use nguon_export::{Facts, Personal, Source};
use sha2::{Digest as _, Sha256};

use super::python;

struct Written {
    file: PathBuf,
    bundle: Vec<u8>,
}

/// A dossier and a field log of some lots, bad ones too.
static WRITTEN: LazyLock<Vec<Written>> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("third_party/pdf");
    fs::create_dir_all(&folder).expect("a folder for what is written");
    let season = Season::logged(&Seed::sample(), &Watch::default()).expect("the season can be logged");
    let mut written = Vec::new();
    for case in ["export", "irradiated", "recalled-descendant", "no-inputs"] {
        let batch = season.case(case).batch.expect("a batch");
        let bundle = season.ledger.bundle(batch).expect("a bundle").to_bytes().expect("bytes");
        let verification = verify(&bundle, season.ledger.trust(), &Options::at(season.now()));
        let source = Source::despite(verification, season.now()).expect("a history");
        let facts = Facts::new(&source, Personal::Withheld);
        let link = season.case(case).link(&"https://nguon.example".parse().expect("a stem"));
        let dossier = Dossier::new(&facts, &bundle, link.as_ref()).expect("a dossier").to_pdf().expect("a PDF");
        let mut files = vec![(format!("{case}.pdf"), dossier)];
        for plot in facts.plots().take(1) {
            let log =
                FieldLog::of(&facts, &plot.id(), None).and_then(|log| log.with_bundle(&facts, &bundle)).expect("a log");
            files.push((format!("{case}-log.pdf"), log.to_pdf(Langs::ViEn).expect("a PDF")));
        }
        for (name, bytes) in files {
            let file = folder.join(name);
            fs::write(&file, bytes).expect("written");
            written.push(Written { file, bundle: disclosed(&facts, &bundle).expect("its own") });
        }
    }
    written
});

#[test]
fn pdfs_keep_the_rules_of_pdf_a_3a_and_pdf_ua_1_that_a_reader_sees() {
    assert_eq!(WRITTEN.len(), 7);
    for Written { file, bundle } in &*WRITTEN {
        let hash: String = Sha256::digest(bundle).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(python::read("pdf_rules", file), format!("{NAME} {MEDIA_TYPE} {hash}"), "{}", file.display());
    }
}

#[test]
fn the_bundle_comes_out_of_what_others_saved_again() {
    for written in &*WRITTEN {
        let ways = python::read("pdf_again", &written.file);
        assert_eq!(ways.split(' ').count(), 4);
        let stem = written.file.file_stem().expect("a name").to_string_lossy().into_owned();
        for way in ways.split(' ') {
            let again = written.file.with_file_name(format!("{stem}-{way}.pdf"));
            let bytes = fs::read(&again).expect("saved");
            assert_eq!(bundle(&bytes).as_ref(), Ok(&written.bundle), "{}", again.display());
        }
    }
}
