//! Every file of `corpus/`, through its target, on the stable compiler.

use std::path::{Path, PathBuf};

use nguon_fuzz::TARGETS;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")
}

fn replay(name: &str) {
    let files = std::fs::read_dir(folder().join(name)).unwrap_or_else(|error| panic!("corpus of {name}: {error}"));
    let mut files: Vec<PathBuf> = files.map(|file| file.expect("a file").path()).collect();
    files.sort();
    assert!(!files.is_empty(), "an empty corpus replays nothing");
    for file in files {
        eprintln!("{}", file.display());
        nguon_fuzz::run(name, &std::fs::read(&file).expect("a file"));
    }
}

macro_rules! corpora {
    ($($name:ident)+) => {
        $(#[test]
        fn $name() {
            replay(stringify!($name));
        })+

        const NAMED: &[&str] = &[$(stringify!($name)),+];
    };
}

corpora! { canonical record json_record envelope bundle trust_root opening gs1_link gs1_typed gs1_gtin }

/// A target without a test, or a corpus without a target, would go unseen.
#[test]
fn every_target_has_its_corpus() {
    let targets: Vec<&str> = TARGETS.iter().map(|(name, _)| *name).collect();
    assert_eq!(targets, NAMED);
    let mut folders: Vec<String> = std::fs::read_dir(folder())
        .expect("corpora")
        .map(|folder| folder.expect("a folder").file_name().to_string_lossy().into_owned())
        .collect();
    folders.sort();
    let mut targets = targets;
    targets.sort_unstable();
    assert_eq!(folders, targets);
}
