//! What a witness promises: to cosign one history of each log, to remember it, and to tell it to anybody.

mod support;

use std::path::Path;
use std::sync::Arc;

use nguon_tlog::checkpoint::Checkpoint;
use nguon_tlog::hash::{self, Hash};
use nguon_tlog::note::Note;
use nguon_tlog::tree::{self, Frontier, NodeSource};
use nguon_tlog::witness::{AddCheckpoint, Refusal, SIZE_TYPE, cosignatures, size};
use nguon_witness::witness::{AddError, routes};
use nguon_witness::{Clock, Cosigner, Error, LogId, LogKey, Witness};
use support::http::Live;
use support::{LOG, NOW, ORIGIN, key, sign};
use tempfile::TempDir;

fn log() -> LogKey {
    LogKey::new(ORIGIN, &(&key(LOG)).into()).unwrap()
}

fn cosigner() -> Cosigner {
    Cosigner::new("w1.example", key(201)).unwrap()
}

fn open(folder: &Path) -> Witness {
    Witness::open(cosigner(), vec![log()], folder).unwrap()
}

/// Leaves, of which the first `common` are those of every history.
struct History(Vec<Hash>);

impl History {
    fn new(number: u64, common: u64, size: u64) -> Self {
        let leaf = |index| hash::leaf(format!("{} {index}", if index < common { 0 } else { number }).as_bytes());
        Self((0..size).map(leaf).collect())
    }

    fn checkpoint(&self, size: u64) -> Checkpoint {
        let mut tree = Frontier::new();
        self.0[..usize::try_from(size).unwrap()].iter().for_each(|leaf| tree.append(*leaf));
        Checkpoint { origin: ORIGIN.to_owned(), size, root: tree.root(), extensions: Vec::new() }
    }

    fn request(&self, old_size: u64, new: u64) -> AddCheckpoint {
        let proof = tree::consistency_proof(self, old_size, new).unwrap();
        AddCheckpoint { old_size, proof, note: sign(&self.checkpoint(new), LOG) }
    }

    fn body(&self, old_size: u64, new: u64) -> String {
        self.request(old_size, new).to_body()
    }
}

impl NodeSource for History {
    type Error = std::convert::Infallible;

    fn node(&self, level: u8, index: u64) -> Result<Hash, Self::Error> {
        if level == 0 {
            return Ok(self.0[usize::try_from(index).unwrap()]);
        }
        Ok(hash::node(&self.node(level - 1, 2 * index)?, &self.node(level - 1, 2 * index + 1)?))
    }
}

#[test]
fn answers_are_those_of_the_specification() {
    let folder = TempDir::new().unwrap();
    let witness = Arc::new(open(folder.path()));
    let live = Live::start(routes::routes(witness, Clock::of(|| NOW)));
    let add = |body: &str| live.post("/add-checkpoint", body.as_bytes());
    let (honest, other) = (History::new(1, 0, 40), History::new(2, 10, 40));

    let newest = format!("/{}/checkpoint", LogId::of(ORIGIN));
    assert_eq!(live.get(&newest).status, 404);
    let answer = add(&honest.body(0, 10));
    assert_eq!(answer.status, 200);
    let text = honest.checkpoint(10).to_text();
    let cosigned = cosignatures(&text, answer.body.as_bytes()).unwrap();
    assert_eq!(cosigned.cosigned_by(&cosigner().verifier().key), Some(NOW));

    // Nothing new is cosigned again; the wrong size is told the right one; another tree is not continued.
    assert_eq!(add(&honest.body(10, 10)).status, 200);
    let conflict = add(&honest.body(0, 20));
    assert_eq!((conflict.status, conflict.content_type.as_str()), (409, SIZE_TYPE));
    assert_eq!(size(conflict.body.as_bytes()), Some(10));
    assert_eq!(add(&other.body(10, 20)).status, 422);
    assert_eq!(add(&other.body(10, 10)).status, 409);

    let mut stranger = honest.request(10, 20);
    stranger.note = sign(&honest.checkpoint(20), 7);
    assert_eq!(add(&stranger.to_body()).status, 403);
    let elsewhere = Checkpoint { origin: "other.example".into(), ..honest.checkpoint(20) };
    stranger.note = sign(&elsewhere, LOG);
    assert_eq!(add(&stranger.to_body()).status, 404);
    for nonsense in ["", "old 10\n\n", "old 10\nx\n\n", "old 99\n\n", &honest.body(10, 20)[1..]] {
        assert_eq!(add(nonsense).status, 400, "{nonsense:?}");
    }
    assert!(live.try_post("/add-checkpoint", &vec![b'a'; 200_000]).is_none_or(|answer| answer.status == 413));

    assert_eq!(add(&honest.body(10, 30)).status, 200);
    let served = live.get(&newest);
    assert!(served.anybody_may_read);
    let note = Note::parse(&served.body).unwrap();
    assert_eq!(note.text(), honest.checkpoint(30).to_text());
    assert!(note.signed_by(log().note_key()) && note.cosigned_by(&cosigner().verifier().key) == Some(NOW));
    assert!(live.get("/").body.contains(&cosigner().verifier().to_string()));
    assert_eq!(live.get(&format!("/{}/checkpoint", LogId::of("other.example"))).status, 404);
}

#[test]
fn a_witness_started_again_goes_on_where_it_was() {
    let folder = TempDir::new().unwrap();
    let (honest, other) = (History::new(1, 0, 40), History::new(2, 5, 40));
    open(folder.path()).add(honest.body(0, 10).as_bytes(), NOW).unwrap();

    let again = open(folder.path());
    let refusal = |body: String| match again.add(body.as_bytes(), NOW) {
        Err(AddError::Refused(refusal)) => refusal,
        other => panic!("{other:?}"),
    };
    assert_eq!(refusal(honest.body(0, 5)), Refusal::Conflict { size: 10 });
    assert_eq!(refusal(honest.body(0, 20)), Refusal::Conflict { size: 10 });
    assert_eq!(refusal(other.body(10, 10)), Refusal::OtherRoot { size: 10 });
    assert_eq!(refusal(other.body(10, 20)), Refusal::BadProof);
    again.add(honest.body(10, 20).as_bytes(), NOW).unwrap();
}

#[test]
fn two_processes_never_share_a_memory() {
    let folder = TempDir::new().unwrap();
    let _first = open(folder.path());
    let second = Witness::open(cosigner(), vec![log()], folder.path());
    assert!(matches!(second, Err(Error::InUse(_))), "{second:?}");
}

#[test]
fn a_memory_that_does_not_hold_is_never_a_beginning() {
    let folder = TempDir::new().unwrap();
    open(folder.path()).add(History::new(1, 0, 10).body(0, 10).as_bytes(), NOW).unwrap();
    let file = folder.path().join(format!("{}.checkpoint", log().id()));
    let sound = std::fs::read(&file).unwrap();
    let refused = |cosigner| {
        let opened = Witness::open(cosigner, vec![log()], folder.path());
        assert!(matches!(opened, Err(Error::State { .. })), "{opened:?}");
    };
    refused(Cosigner::new("w1.example", key(202)).unwrap());
    for cut in [0, 1, sound.len() / 2, sound.len() - 1] {
        std::fs::write(&file, &sound[..cut]).unwrap();
        refused(cosigner());
    }
    std::fs::write(&file, &sound).unwrap();
    open(folder.path());
}

#[test]
fn of_histories_offered_at_once_one_is_cosigned() {
    for round in 0..12_u64 {
        let folder = TempDir::new().unwrap();
        let witness = open(folder.path());
        witness.add(History::new(0, 5, 5).body(0, 5).as_bytes(), NOW).unwrap();
        let bodies: Vec<String> = (1..=8).map(|n| History::new(n, 5, 9).body(5, 6 + (n + round) % 3)).collect();
        let cosigned: Vec<bool> = std::thread::scope(|scope| {
            let asked = bodies.iter().map(|body| scope.spawn(|| witness.add(body.as_bytes(), NOW).is_ok()));
            asked.collect::<Vec<_>>().into_iter().map(|asked| asked.join().unwrap()).collect()
        });
        assert_eq!(cosigned.iter().filter(|cosigned| **cosigned).count(), 1);
    }
}
