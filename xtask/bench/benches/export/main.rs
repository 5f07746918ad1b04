//! The group `export`: a season of 10,000 lots, each from its bundle to the files of its readers.
//!
//! | figure | what | held to |
//! |---|---|---|
//! | `export.rate.epcis`, `export.rate.fsma` | time on one core for an event, of verified lots | 50 µs: 20,000 events a second |
//! | `export.memory.epcis`, `export.memory.fsma` | most memory that a process takes which reads, verifies and writes all of them, lot after lot | 256 MiB |
//!
//! Rates leave out reading and verifying (`verify.native` tells of that); the memory has all of it.

mod season;

use std::fs::File;
use std::io::{self, BufWriter};
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use nguon_core::trust::TrustRoot;
use nguon_core::values::Time;
use nguon_core::verify::{Options, verify};
use nguon_export::epcis::write as epcis;
use nguon_export::fsma;
use nguon_export::table::Workbook;
use nguon_export::{Facts, Personal, Source};
use season::Season;
use xtask_bench::best::on_core;
use xtask_bench::figures::{AtMost, Wanted, report};

/// Tells this program which file to write in a process of its own, from the bundles in the folder it is started in.
const CHILD: &str = "EXPORT_CHILD";

/// Lots of the season.
const LOTS: usize = 10_000;

fn main() {
    let wanted = Wanted::from_arguments();
    if let Some(kind) = std::env::var_os(CHILD) {
        return child(&kind.to_string_lossy());
    }
    if !wanted.has("export") {
        return;
    }
    let season = Season::write(LOTS);
    eprintln!("export: {} lots, {} records", season.lots.len(), season.records);
    let folder = tempfile::tempdir().expect("a folder");
    rates(&season, folder.path());
    drop(season.ledger);
    for (figure, kind) in [("export.memory.epcis", "epcis"), ("export.memory.fsma", "fsma")] {
        let program = std::env::current_exe().expect("this program");
        let output = Command::new(program).env(CHILD, kind).current_dir(folder.path()).output().expect("this program");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let peak: f64 = String::from_utf8_lossy(&output.stdout).trim().parse().expect("KiB");
        report(figure, peak / 1024.0, "MiB", Some(AtMost { ratio: 1.0, of: 256.0 }));
    }
}

/// Reads, verifies and writes lot after lot; prints the most memory it took, in KiB.
fn child(kind: &str) {
    let root = std::fs::read("root.nguon").expect("a root");
    let trust = TrustRoot::from_bytes(&root).expect("a root");
    let now = Time::new(season::NOW).expect("a time");
    let mut lots: Vec<_> =
        std::fs::read_dir("lots").expect("a folder").map(|entry| entry.expect("a file").path()).collect();
    lots.sort_unstable();
    let each = |take: &mut dyn FnMut(&Facts<'_>)| {
        for lot in &lots {
            let bundle = std::fs::read(lot).expect("a bundle");
            let source = Source::new(verify(&bundle, &trust, &Options::at(now)), now).expect("a sound lot");
            take(&Facts::new(&source, Personal::Withheld));
        }
    };
    if kind == "epcis" {
        let file = BufWriter::new(File::create("season.jsonld").expect("a file"));
        let mut exporter = epcis::Exporter::begin(file, now.into()).expect("a document");
        each(&mut |facts| exporter.add(facts).expect("events"));
        exporter.finish().expect("a document");
    } else {
        let mut exporter = fsma::Exporter::new(Workbook::begin(&fsma::SHEETS, "FSMA 204", now).expect("a workbook"));
        each(&mut |facts| exporter.add(facts).expect("rows"));
        let (book, _) = exporter.finish().expect("sheets");
        book.finish(BufWriter::new(File::create("season.xlsx").expect("a file"))).expect("a workbook");
    }
    let status = std::fs::read_to_string("/proc/self/status").expect("Linux");
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("a peak");
    println!("{}", line.split_whitespace().next().expect("KiB"));
}

/// Both files in one pass, so that each lot is verified once; its bundle is kept for the command.
fn rates(season: &Season, folder: &Path) {
    let lots = folder.join("lots");
    std::fs::create_dir(&lots).expect("a folder");
    std::fs::write(folder.join("root.nguon"), season.root()).expect("a file");
    let now = season.now();
    let mut events = epcis::Exporter::begin(io::sink(), now.into()).expect("a document");
    let mut sheets = fsma::Exporter::new(Workbook::begin(&fsma::SHEETS, "FSMA 204", now).expect("a workbook"));
    let (mut epcis_time, mut fsma_time) = (Duration::ZERO, Duration::ZERO);
    for (at, lot) in season.lots.iter().enumerate() {
        let bundle = season.ledger.bundle(*lot).expect("a bundle").to_bytes().expect("bytes");
        std::fs::write(lots.join(format!("{at:05}.cbor")), &bundle).expect("a file");
        let verification = verify(&bundle, season.ledger.trust(), &Options::at(now));
        let source = Source::new(verification, now).expect("a sound lot");
        let facts = Facts::new(&source, Personal::Withheld);
        let (done, time) = on_core(|| events.add(&facts));
        done.expect("events");
        epcis_time += time;
        let (done, time) = on_core(|| sheets.add(&facts));
        done.expect("rows");
        fsma_time += time;
        if at % 1_000 == 0 {
            eprintln!("export: {at} lots");
        }
    }
    let (done, time) = on_core(|| events.finish());
    let epcis_events = done.expect("a document").1.events;
    let (done, more) = on_core(|| {
        let (book, summary) = sheets.finish().expect("sheets");
        book.finish(io::Cursor::new(Vec::new())).expect("a workbook");
        summary
    });
    let fsma_events = done.events;
    for (figure, time, events) in
        [("export.rate.epcis", epcis_time + time, epcis_events), ("export.rate.fsma", fsma_time + more, fsma_events)]
    {
        #[allow(clippy::cast_precision_loss)] // some hundred thousand
        let each = time.as_secs_f64() * 1e6 / events as f64;
        eprintln!("{figure}: {events} events in {:.1} s", time.as_secs_f64());
        report(figure, each, "µs/event", Some(AtMost { ratio: 1.0, of: 50.0 }));
    }
}
