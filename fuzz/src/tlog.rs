//! The parsers of the log's public formats, which know no produce.

use nguon_core::SigningKey;
use nguon_tlog::checkpoint::Checkpoint;
use nguon_tlog::hash::{self, Hash};
use nguon_tlog::map::{Key, Map, value_hash, verify};
use nguon_tlog::note::{Note, NoteKey, NoteSignature, VerifierKey, assemble};
use nguon_tlog::tile::{EntryBundle, Tile, decode_entries, encode_entries};
use nguon_tlog::tree::{verify_consistency, verify_inclusion};
use nguon_tlog::witness::{AddCheckpoint, Seen, cosignatures, judge, size};

fn text(data: &[u8]) -> Option<&str> {
    std::str::from_utf8(data).ok()
}

/// The key that signed the seeds.
fn log() -> NoteKey {
    let key = SigningKey::from_bytes(&[200; 32]);
    NoteKey::new("log.example/nguon", key.verifying_key().as_bytes()).expect("a key")
}

/// A note has one spelling.
pub fn note(data: &[u8]) {
    let Some(Ok(note)) = text(data).map(Note::parse) else { return };
    let lines: Vec<String> = note.signatures().iter().map(NoteSignature::to_line).collect();
    assert_eq!(assemble(note.text(), &lines).as_bytes(), data);
    let _ = (note.signed_by(&log()), note.cosigned_by(&log()));
}

/// A key is written as it was read.
pub fn verifier_key(data: &[u8]) {
    if let Some(Ok(key)) = text(data).map(str::parse::<VerifierKey>) {
        assert_eq!(key.to_string().as_bytes(), data);
    }
}

/// A checkpoint is written as it was read.
pub fn checkpoint(data: &[u8]) {
    if let Some(Ok(checkpoint)) = text(data).map(Checkpoint::parse) {
        assert_eq!(checkpoint.to_text().as_bytes(), data);
    }
}

/// A request is written as it was read, and a witness that cosigns it goes forward.
pub fn add_checkpoint(data: &[u8]) {
    let _ = size(data);
    if let Ok(note) = cosignatures("log.example/nguon\n", data) {
        assert_eq!(note.text(), "log.example/nguon\n");
    }
    let Ok(request) = AddCheckpoint::parse(data) else { return };
    assert_eq!(request.to_body().as_bytes(), data);
    let seen = Seen { size: request.old_size, root: hash::leaf(b"of another tree") };
    for seen in [None, Some(seen)] {
        if let Ok(checkpoint) = judge(&request, &log(), "log.example/nguon", seen.as_ref()) {
            assert!(checkpoint.size >= seen.map_or(0, |seen| seen.size));
        }
    }
}

/// A path names one tile or one bundle, and is theirs alone.
pub fn tile_path(data: &[u8]) {
    let Some(path) = text(data) else { return };
    let (tile, bundle) = (Tile::parse(path), EntryBundle::parse(path));
    assert!(tile.is_err() || bundle.is_err());
    if let Ok(tile) = tile {
        assert_eq!(tile.path(), path);
    }
    if let Ok(bundle) = bundle {
        assert_eq!(bundle.path(), path);
    }
}

/// Entries are put together as they were taken apart. The first byte says how many there are.
pub fn entry_bundle(data: &[u8]) {
    let Some((width, data)) = data.split_first() else { return };
    let name = EntryBundle::new(0, u16::from(*width) + 1).expect("a width");
    if let Ok(entries) = decode_entries(&name, data) {
        assert_eq!(entries.len(), usize::from(name.width()));
        assert_eq!(encode_entries(&entries).as_deref(), Ok(data));
    }
}

/// A proof that holds is as long as it has to be. Index and size come first, eight bytes each.
pub fn tree_proof(data: &[u8]) {
    let Some((numbers, rest)) = data.split_first_chunk::<16>() else { return };
    let [index, size] = [&numbers[..8], &numbers[8..]].map(|bytes| bytes.iter().fold(0, |n, b| n << 8 | u64::from(*b)));
    let (hashes, _) = rest.as_chunks::<32>();
    let Some((root, proof)) = hashes.split_first() else { return };
    let (leaf, root) = (hash::leaf(b"lychee"), Hash::from_bytes(*root));
    let proof: Vec<Hash> = proof.iter().map(|hash| Hash::from_bytes(*hash)).collect();
    if verify_inclusion(&leaf, index, size, &proof, &root).is_ok() {
        assert!(index < size && proof.len() <= 64);
        assert!(proof.is_empty() || verify_inclusion(&leaf, index, size, &proof[1..], &root).is_err());
    }
    let consistent = |proof: &[Hash]| verify_consistency(index, size, &leaf, &root, proof).is_ok();
    if consistent(&proof) {
        assert!(index <= size && proof.len() <= 65);
        assert!(index != size || leaf == root);
        assert!(proof.is_empty() || !consistent(&proof[1..]) && !consistent(&proof[..proof.len() - 1]));
    }
}

/// A map and some keys have one proof. The first byte says which keys are asked for, among those held and some others.
pub fn map_proof(data: &[u8]) {
    let Some((asked, proof)) = data.split_first() else { return };
    let key = |number: u8| -> Key { *hash::leaf(&[number]).as_bytes() };
    let mut map = Map::new();
    let entries: Vec<(Key, [u8; 32])> = (0..5).map(|number| (key(number), value_hash(&[number]))).collect();
    map.set(&entries).expect("a small map");
    let keys: Vec<Key> = (0..8).filter(|number| asked >> number & 1 == 1).map(key).collect();
    let mut claims = map.claims(&keys);
    let holds = verify(&map.root(), &claims, proof).is_ok();
    assert_eq!(holds, proof == map.prove(&keys));
    if let Some((_, value)) = claims.first_mut() {
        *value = if value.is_some() { None } else { Some([7; 32]) };
        assert!(verify(&map.root(), &claims, proof).is_err());
    }
}
