//! Verify a saved bundle against a pinned trust root and say what was found.
//!
//! `cargo run -p nguon-examples --bin season -- --out target/season`
//! `cargo run -p nguon-examples --example verify_a_bundle target/season/root.nguon target/season/bundles/recalled.cbor`
use std::time::{SystemTime, UNIX_EPOCH};

use nguon_core::trust::TrustRoot;
use nguon_core::values::Time;
use nguon_core::verify::{Options, verify};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let files: Vec<String> = std::env::args().skip(1).collect();
    let [root, bundle] = files.as_slice() else { return Err("give a trust root and a bundle".into()) };
    let trust = TrustRoot::from_bytes(&std::fs::read(root)?)?;
    let now = Time::new(SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs())?;
    let found = verify(&std::fs::read(bundle)?, &trust, &Options::at(now));
    println!("{}", found.verdict.outcome.kind());
    for finding in found.verdict.findings.iter().filter(|finding| finding.outcome.is_some()) {
        match finding.at {
            Some(at) => println!("  {} at chain {} sequence {}", finding.code(), at.chain, at.sequence),
            None => println!("  {}", finding.code()),
        }
    }
    if let Some(history) = found.history {
        let (signatures, signers) = history.signature_count();
        println!("{signatures} signatures by {signers} parties hold");
    }
    Ok(())
}
