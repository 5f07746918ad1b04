//! Every file of `corpus/`, through its target, on the stable compiler; and changed copies of them, always the same ones.

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
    let seeds: Vec<Vec<u8>> = files.iter().map(|file| std::fs::read(file).expect("a file")).collect();
    for (file, seed) in files.iter().zip(&seeds) {
        eprintln!("{}", file.display());
        nguon_fuzz::run(name, seed);
    }
    let mut numbers = Numbers(0x9e37_79b9_7f4a_7c15);
    for round in 0..ROUNDS {
        let data = changed(&seeds, &mut numbers);
        if std::panic::catch_unwind(|| nguon_fuzz::run(name, &data)).is_err() {
            let hex: String = data.iter().map(|byte| format!("{byte:02x}")).collect();
            panic!("{name}, changed copy {round}: {hex}");
        }
    }
}

/// How many changed copies each target gets.
const ROUNDS: usize = 2_000;

/// Xorshift (Marsaglia, 2003): the same numbers on every machine.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % (bound.max(1) as u64)).expect("below a usize")
    }
}

/// A seed with one to four things changed: a bit, a byte, some bytes left out, repeated, or taken from another seed.
fn changed(seeds: &[Vec<u8>], numbers: &mut Numbers) -> Vec<u8> {
    let mut data = seeds[numbers.below(seeds.len())].clone();
    for _ in 0..=numbers.below(4) {
        let at = numbers.below(data.len());
        let end = at + numbers.below((data.len() - at).min(64) + 1);
        match numbers.below(6) {
            0 if at < data.len() => data[at] ^= 1 << numbers.below(8),
            1 if at < data.len() => data[at] = [0, 1, 0x7f, 0x80, 0xff][numbers.below(5)],
            2 => drop(data.drain(at..end)),
            3 => {
                let again = data[at..end].to_vec();
                data.splice(at..at, again);
            }
            4 => {
                let other = &seeds[numbers.below(seeds.len())];
                let from = numbers.below(other.len());
                let until = from + numbers.below((other.len() - from).min(64) + 1);
                data.splice(at..end, other[from..until].to_vec());
            }
            _ => data.truncate(at),
        }
    }
    data
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

corpora! {
    canonical sequence trace_line record json_record envelope bundle trust_root opening gs1_link gs1_typed gs1_gtin
    log_leaf note verifier_key checkpoint add_checkpoint tile_path entry_bundle tree_proof map_proof
    proof logged_bundle staged absence evidence recall_list root_chain serial_proof scan_luma import_table epcis_document
    epcis_query attached_bundle
}

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
