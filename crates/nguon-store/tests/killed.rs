//! A process that is killed loses nothing it acknowledged, and its log goes on where it was.
//!
//! This program is its own victim: started with a folder it writes to the store there and reports what was acknowledged;
//! otherwise it starts itself so, kills that process at some moment (SIGKILL), and looks.

#[path = "support/block_on.rs"]
mod block_on;
#[path = "support/keeper.rs"]
mod keeper;
#[path = "support/world.rs"]
mod world;

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;

use block_on::block_on;
use keeper::{Scene, close};
use nguon_store::Store;
use nguon_store::sqlite::SqliteStore;
use world::World;

const KILLS: usize = 12;

fn main() {
    match std::env::args().nth(1) {
        Some(folder) if Path::new(&folder).is_dir() => write_for_ever(Path::new(&folder)),
        _ => {
            nothing_acknowledged_is_lost();
            println!("test nothing_acknowledged_is_lost ... ok ({KILLS} kills)");
        }
    }
}

/// A world with a batch on which there is always something to add.
fn world() -> (World, nguon_core::ids::ChainId) {
    let mut world = World::logged();
    let batch = world.batch(Some("L1"));
    (world, batch)
}

/// Writes what comes next and tells what is durable, a line each.
fn write_for_ever(folder: &Path) {
    let (mut world, batch) = world();
    let store = SqliteStore::open(folder, world.trust.clone()).unwrap();
    let mut told = std::io::stdout();
    // What an earlier victim got as far as: the batch's first two records, then one offer after the other.
    let known = block_on(store.head(batch)).unwrap().map_or(0, |head| head.sequence.saturating_sub(1));
    let from = usize::try_from(known).unwrap();
    for number in 0..from {
        world.list(batch, number);
    }
    for number in from.. {
        let outcomes = block_on(store.submit(world.statements())).unwrap();
        assert!(outcomes.iter().all(nguon_store::Outcome::is_stored), "{outcomes:?}");
        let last = world.statement(world.records.last().unwrap());
        let index = block_on(store.position(last.id)).unwrap().unwrap().position.index;
        writeln!(told, "record {} {index} durable", last.id).unwrap();
        if number % 3 == 2
            && let Some(closed) = close(&store)
        {
            writeln!(told, "checkpoint {} {} durable", closed.size, closed.map_root).unwrap();
        }
        world.list(batch, number);
        let keep = world.records.split_off(world.records.len() - 1);
        world.records = keep;
    }
}

fn nothing_acknowledged_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let (mut acknowledged, mut kept) = (Vec::new(), 0);
    for kill in 0..KILLS {
        let victim = std::env::current_exe().unwrap();
        let mut victim = Command::new(victim).arg(folder.path()).stdout(Stdio::piped()).spawn().unwrap();
        let lines = BufReader::new(victim.stdout.take().unwrap()).lines();
        // Killed right after some line, that is: somewhere within what comes next.
        let mut lines = lines.map(Result::unwrap);
        acknowledged.extend(lines.by_ref().take(kill * 5 % 23));
        std::thread::sleep(std::time::Duration::from_micros(kill as u64 * 731 % 4_000));
        victim.kill().unwrap();
        victim.wait().unwrap();
        acknowledged.extend(lines);
        kept = look(folder.path(), &acknowledged, kept);
    }
    assert!(acknowledged.len() > 3 * KILLS, "{} acknowledgements", acknowledged.len());
}

/// Everything acknowledged is there, at the place that was told, and an auditor finds no fault in the log. How long that
/// is; it was no longer before.
fn look(folder: &Path, acknowledged: &[String], before: u64) -> u64 {
    let (world, _) = world();
    let open = |world: &World, _| Arc::new(SqliteStore::open(folder, world.trust.clone()).unwrap()) as Arc<dyn Store>;
    let scene = Scene::new(world, open);
    for line in acknowledged {
        let words: Vec<&str> = line.split(' ').collect();
        match words[..] {
            ["record", id, index, "durable"] => {
                let found = block_on(scene.store.position(id.parse().unwrap())).unwrap();
                assert_eq!(found.unwrap().position.index, index.parse::<u64>().unwrap(), "{line}");
            }
            ["checkpoint", size, root, "durable"] => {
                let found = block_on(scene.store.checkpoint(size.parse().unwrap())).unwrap().unwrap();
                assert_eq!(found.map_root.to_string(), root, "{line}");
            }
            // A line that was cut off promised nothing.
            _ => {}
        }
    }
    let size = scene.replayed().size();
    assert!(size == scene.size() && size >= before);
    size
}
