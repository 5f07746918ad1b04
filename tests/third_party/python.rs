//! A Python of its own under cargo's target folder, with the packages that `requirements.txt` pins.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

const PACKAGES: &str = include_str!("requirements.txt");

/// Where the interpreter is. Made once, and again when the pinned packages change.
static PYTHON: LazyLock<PathBuf> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("third_party/python");
    let (ready, python) = (folder.join("ready"), folder.join("bin/python"));
    if fs::read_to_string(&ready).is_ok_and(|installed| installed == PACKAGES) {
        return python;
    }
    if folder.exists() {
        fs::remove_dir_all(&folder).expect("the old interpreter can be removed");
    }
    let mut make = Command::new("python3");
    run(
        make.args(["-m", "venv"]).arg(&folder),
        "Python 3.11 or newer with its venv module is needed: `apt-get install python3 python3-venv`",
    );
    let pins = Path::new(env!("CARGO_MANIFEST_DIR")).join("third_party/requirements.txt");
    let mut install = Command::new(&python);
    install.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", "--requirement"]);
    run(
        install.arg(pins),
        "the packages of tests/third_party/requirements.txt have to come from PyPI: see that pip reaches it",
    );
    fs::write(ready, PACKAGES).expect("written");
    python
});

/// What `read.py` says of a file.
pub fn read(what: &str, file: &Path) -> String {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("third_party/read.py");
    let mut read = Command::new(&*PYTHON);
    let said = run(read.arg(script).arg(what).arg(file), "somebody else's reader refused what we wrote");
    said.trim_end().to_owned()
}

/// What a program prints.
fn run(command: &mut Command, otherwise: &str) -> String {
    let output = command.output().unwrap_or_else(|error| panic!("{otherwise}\n{command:?}: {error}"));
    let [said, complained] = [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    assert!(output.status.success(), "{otherwise}\n{command:?}: {}\n{said}{complained}", output.status);
    said
}
