//! axe-core, the automated checker of the WCAG that browsers' own tools are made with. It comes from npm, pinned by the
//! registry's own checksum, and serves these tests alone: nothing of it is in any page.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use nguon_tests::browser::Browser;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha512};

const PACKAGE: &str = "axe-core@4.14.1";
const ARCHIVE: &str = "axe-core-4.14.1.tgz";
/// What `npm view axe-core@4.14.1 dist.integrity` says.
const INTEGRITY: &str =
    "sha512-FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/pkjNQb09a3NPjCKg2rhu5qb2S4r76ASyFNNtuFooJpZe37OgudVGtQ==";

/// WCAG 2.2 in levels A and AA, and what is good practice besides: landmarks, order of headings.
const TAGS: [&str; 6] = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/// The program, fetched once.
static AXE: LazyLock<String> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("third_party/axe");
    let archive = folder.join(ARCHIVE);
    if !is_sound(&archive) {
        fs::create_dir_all(&folder).expect("a folder");
        let mut pack = Command::new("npm");
        pack.args(["pack", PACKAGE, "--pack-destination"]).arg(&folder).current_dir(&folder);
        run(
            &mut pack,
            &format!(
                "{PACKAGE} has to come from npm: `apt-get install npm`, and see that npm reaches its registry; \
                 or put its archive, {ARCHIVE}, into {}",
                folder.display()
            ),
        );
        assert!(is_sound(&archive), "{} is not {PACKAGE}, whose integrity is {INTEGRITY}", archive.display());
    }
    let mut unpack = Command::new("tar");
    unpack.arg("-xzOf").arg(&archive).arg("package/axe.min.js");
    run(&mut unpack, "the archive cannot be unpacked: `apt-get install tar gzip`")
});

fn is_sound(archive: &PathBuf) -> bool {
    let sum = |bytes: Vec<u8>| format!("sha512-{}", STANDARD.encode(Sha512::digest(bytes)));
    fs::read(archive).is_ok_and(|bytes| sum(bytes) == INTEGRITY)
}

fn run(command: &mut Command, otherwise: &str) -> String {
    let output = command.output().unwrap_or_else(|error| panic!("{otherwise}\n{command:?}: {error}"));
    let complained = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{otherwise}\n{command:?}: {}\n{complained}", output.status);
    String::from_utf8(output.stdout).expect("text")
}

/// Makes the checker known to the document that is open.
pub async fn bring(page: &Browser) {
    page.devtools("Runtime.evaluate", json!({"expression": *AXE})).await;
}

/// What the checker holds against the page as it is: rule, element and reason of each fault.
pub async fn faults(page: &Browser) -> Vec<String> {
    let expression = format!(
        "axe.run(document, {{ runOnly: {}, resultTypes: ['violations'] }}).then(found => found.violations.flatMap(rule => \
         rule.nodes.map(node => `${{rule.id}} (${{rule.impact}}) ${{node.target.join(' ')}}: ${{node.failureSummary}}`)))",
        json!(TAGS)
    );
    let asked = json!({"expression": expression, "awaitPromise": true, "returnByValue": true});
    let answer = page.devtools("Runtime.evaluate", asked).await;
    let faults: Value = answer["result"]["value"].clone();
    serde_json::from_value(faults).unwrap_or_else(|error| panic!("{error}: {answer}"))
}
