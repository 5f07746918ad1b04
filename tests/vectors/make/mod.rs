//! What the vector files hold. Expectations are worked out here on their own (ciborium and SHA-256 by hand) or written down;
//! none is what the core happened to answer.

mod admissions;
mod bundles;
mod cbor;
mod corpora;
mod ids;
mod log;
mod logged;
mod logged_bundles;
mod map;
mod naive;
mod notes;
mod records;
mod roots;
#[allow(dead_code)] // shared with the tests of SPEC.md, which use all of it
#[path = "../../spec/samples.rs"]
mod samples;
mod serials;
mod staged;
mod statements;
mod tree;
mod versions;
#[allow(dead_code)] // shared with the core's laws, which use all of it
#[path = "../../../crates/nguon-core/tests/laws/world.rs"]
mod world;

use serde_json::{Value, json};

/// One vector file.
pub struct File {
    /// Its name, without `.json`.
    pub name: &'static str,
    /// What the core is asked.
    kind: &'static str,
    /// What the file is for.
    purpose: &'static str,
    /// What the fields of inputs and expectations are.
    format: Value,
    /// Fields that all inputs have.
    shared: Option<Value>,
    /// Each a name, an input and what is expected.
    cases: Vec<(String, Value, Value)>,
}

impl File {
    /// The file's text: one case a line, so that a change shows as one.
    pub fn text(&self) -> String {
        let cases: Vec<String> = self
            .cases
            .iter()
            .map(|(name, input, expect)| {
                format!("    {{\"name\": {},\n     \"input\": {input},\n     \"expect\": {expect}}}", json!(name))
            })
            .collect();
        let mut header =
            vec![("kind", json!(self.kind)), ("purpose", json!(self.purpose)), ("format", self.format.clone())];
        header.extend(self.shared.clone().map(|shared| ("shared", shared)));
        let header: String = header.iter().map(|(key, value)| format!("  {}: {value},\n", json!(key))).collect();
        format!("{{\n{header}  \"cases\": [\n{}\n  ]\n}}\n", cases.join(",\n"))
    }
}

/// Every vector file.
pub fn all() -> Vec<File> {
    let mut files = vec![cbor::good(), cbor::bad()];
    files.extend([records::good(), records::bad(), records::envelopes_good(), records::envelopes_bad()]);
    files.extend([ids::keys(), ids::signatures(), ids::field_digests()]);
    files.extend([roots::good(), roots::bad(), versions::good(), versions::bad()]);
    files.extend(admissions::all());
    files.extend(bundles::all());
    files.extend([log::leaves(), log::entries(), log::keys(), map::proofs()]);
    files.extend([tree::inclusion_proofs(), tree::consistency_proofs()]);
    files.extend([notes::checkpoints(), notes::notes(), notes::cosigned_checkpoints()]);
    files.extend(logged_bundles::all());
    files.push(staged::cases());
    files.extend([statements::absences(), statements::recall_lists(), statements::evidence()]);
    files.push(serials::proofs());
    files
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// SHA-256 over the parts one after the other.
fn sha256(parts: &[&[u8]]) -> String {
    use sha2::Digest as _;
    hex(&sha2::Sha256::digest(parts.concat()))
}

/// Files of the fuzz targets' corpora: target, name, bytes.
pub fn corpora() -> Vec<(&'static str, String, Vec<u8>)> {
    corpora::all(&all())
}

/// The trust roots that bundles are pinned to: without a log, and with one.
pub fn roots() -> [Vec<u8>; 2] {
    [world::trust(), logged::trust()].map(|root| root.signed().to_bytes().expect("encoded"))
}
