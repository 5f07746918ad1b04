//! "Erased" means that the bytes are in none of the store's files.

use std::path::Path;

use nguon_core::bytes::ByteString;
use nguon_core::ids::{ChainId, Salt, StatementId};
use nguon_core::ledger::Pen;
use nguon_core::opening::{FieldValue, Opening, PersonalOpening};
use nguon_core::prelude::{Enrolled, EventName, Role, Scope};
use nguon_store::sqlite::{self, Location, SqliteStore};
use nguon_store::{OpeningPolicy, Store};
use rusqlite::Connection;

use crate::block_on::block_on;
use crate::world::{NOW, World, time};

const PEOPLE: usize = 101;

struct Person {
    actor: ChainId,
    name: String,
    phone: String,
}

/// Households with names and telephone numbers of very different lengths, so that pages of the file split often.
fn people(world: &mut World) -> Vec<Person> {
    let coop_key = world.coop_key.clone();
    (0..PEOPLE)
        .map(|n| {
            let pen = Pen::new(world.coop, &coop_key, time(NOW));
            let (name, phone) = (format!("Hộ số {n:04} {}", "Nguyễn ".repeat(n * 7 % 60)), format!("+8490{n:07}"));
            let (name_salt, phone_salt) = (salt(n, 1), salt(n, 2));
            let scope = Scope::of_events(EventName::ALL).unwrap();
            let sealed = FieldValue::Text(name.clone()).seal(&name_salt, "enrolled/name");
            let mut event = Enrolled::new(Role::Farm, sealed, scope, None);
            event.phone = Some(FieldValue::Text(phone.clone()).seal(&phone_salt, "enrolled/phone"));
            let actor = world.begin(&pen, event);
            let record = StatementId::from_bytes(*actor.as_bytes());
            for (path, salt, text) in [("enrolled/name", name_salt, &name), ("enrolled/phone", phone_salt, &phone)] {
                let value = Some(ByteString(FieldValue::Text(text.clone()).to_bytes()));
                let opening = Opening { record, path: path.to_owned(), salt, value };
                world.openings.push(PersonalOpening { opening, about: actor });
            }
            Person { actor, name, phone }
        })
        .collect()
}

fn salt(n: usize, field: u8) -> Salt {
    let mut bytes = [field; 16];
    bytes[..8].copy_from_slice(&(n as u64).to_be_bytes());
    Salt::from_bytes(bytes)
}

/// All that the store's files hold, as text; what is not text in them becomes replacement characters.
fn all_files(folder: &Path) -> String {
    let files = std::fs::read_dir(folder).unwrap().map(|entry| std::fs::read(entry.unwrap().path()).unwrap());
    String::from_utf8_lossy(&files.collect::<Vec<_>>().concat()).into_owned()
}

fn filled(world: &World, folder: &Path) -> SqliteStore {
    let store = SqliteStore::open(folder, world.trust.clone()).unwrap();
    block_on(store.submit(world.statements())).unwrap();
    for some in world.openings.chunks(7) {
        block_on(store.store_openings(some.to_vec())).unwrap().unwrap();
    }
    store
}

#[test]
fn no_file_holds_what_was_erased() {
    let folder = tempfile::tempdir().unwrap();
    let mut world = World::new();
    let people = people(&mut world);
    let photo = "ẢNH CHỤP VƯỜN ".repeat(2000);
    let (_, opening, digest) = world.batch_with_photo(photo.as_bytes());
    world.openings.push(opening);
    let store = filled(&world, folder.path());
    block_on(store.store_attachment(digest, photo.clone().into_bytes())).unwrap().unwrap();
    let glimpse: String = photo.chars().take(40).collect();
    let before = all_files(folder.path());
    assert!(before.contains(&glimpse) && people.iter().all(|person| before.contains(&person.phone)));

    // Most of them, all over the file, so that what is left of its pages moves together: in turns by the server, and by
    // another process while the server runs.
    for n in (0..PEOPLE).map(|n| n * 97 % PEOPLE).filter(|n| n % 6 > 0) {
        let person = &people[n];
        let erased = match n % 2 {
            0 => block_on(store.erase(person.actor)).unwrap(),
            _ => sqlite::erase(folder.path(), &person.actor).unwrap(),
        };
        assert_eq!(erased, 2);
    }
    assert!(sqlite::erase(folder.path(), &world.farm).unwrap() > 0);
    let after = all_files(folder.path());
    for (n, person) in people.iter().enumerate() {
        // Those who stay are there once: a copy left behind would outlive their own erasure.
        let expected = usize::from(n % 6 == 0);
        assert_eq!(after.matches(&person.phone).count(), expected, "telephone number {n}");
        assert_eq!(after.matches(&format!("Hộ số {n:04}")).count(), expected, "name {n}: {}", person.name);
    }
    assert!(!after.contains(&glimpse));
}

/// SQLite leaves copies of rows in the unused part of pages when it moves them, `secure_delete` or not: with these rows
/// a file that is not rewritten holds some of them twice.
#[test]
fn no_copy_is_left_behind_where_rows_were_moved() {
    const OWNERS: u64 = 50;
    let folder = tempfile::tempdir().unwrap();
    drop(SqliteStore::open(folder.path(), World::new().trust).unwrap());
    let database = Connection::open(Location::of(folder.path()).personal).unwrap();
    let owner = |n: u64| ChainId::from_bytes([u8::try_from(n).unwrap(); 32]);
    let name = |n: u64| format!("Tên {:016x}", (n + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    let insert = "INSERT INTO opening VALUES (?1, 'enrolled/name', zeroblob(32), zeroblob(16), ?2, ?3)";
    database.execute_batch("PRAGMA secure_delete = ON; BEGIN").unwrap();
    for _ in 0..5000 {
        let about = next() % OWNERS;
        let record = [next(), next(), 0, 0].map(u64::to_be_bytes).concat();
        let value = format!("{}{}", name(about), "x".repeat(usize::try_from(next() % 200).unwrap()));
        database.execute(insert, (record, value.into_bytes(), owner(about).as_bytes())).unwrap();
    }
    database.execute_batch("COMMIT").unwrap();
    for n in 0..OWNERS / 2 {
        assert!(sqlite::erase(folder.path(), &owner(n)).unwrap() > 0);
    }
    let after = all_files(folder.path());
    for n in 0..OWNERS {
        let count = "SELECT count(*) FROM opening WHERE about = ?1";
        let rows: usize = database.query_row(count, [owner(n).as_bytes()], |row| row.get(0)).unwrap();
        assert_eq!((after.matches(&name(n)).count(), rows == 0), (rows, n < OWNERS / 2), "owner {n}");
    }
}

#[test]
fn a_running_server_withholds_at_once_what_another_process_erased() {
    let folder = tempfile::tempdir().unwrap();
    let mut world = World::new();
    let batch = world.batch(None);
    let store = filled(&world, folder.path());
    let opened = || block_on(store.bundle(batch, OpeningPolicy::default())).unwrap().unwrap().openings.len();
    assert_eq!(opened(), 2);
    assert_eq!(sqlite::erase(folder.path(), &world.farm).unwrap(), 1);
    assert_eq!(opened(), 1);
    // And the server's own writer goes on.
    world.list(batch, 1);
    let next = world.statement(world.records.last().unwrap());
    assert!(block_on(store.submit(vec![next])).unwrap()[0].is_stored());
    assert_eq!(block_on(store.store_openings(world.openings.clone())).unwrap(), Ok(1));
}

#[test]
fn erasing_while_others_post_and_read_fails_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let mut world = World::new();
    let people = people(&mut world);
    let batch = world.batch(None);
    let store = filled(&world, folder.path());
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for person in people.iter().take(12) {
                assert_eq!(sqlite::erase(folder.path(), &person.actor).unwrap(), 2);
            }
        });
        scope.spawn(|| {
            for some in world.openings[2 * 50..].chunks(3) {
                block_on(store.store_openings(some.to_vec())).unwrap().unwrap();
            }
        });
        for _ in 0..200 {
            block_on(store.bundle(batch, OpeningPolicy::default())).unwrap().unwrap();
        }
    });
    let after = all_files(folder.path());
    assert!(people.iter().take(12).all(|person| !after.contains(&person.phone)));
}

#[test]
fn records_do_not_wait_for_an_erasure() {
    let folder = tempfile::tempdir().unwrap();
    let world = World::new();
    let store = SqliteStore::open(folder.path(), world.trust.clone()).unwrap();
    // As long as an erasure lasts it holds the file of openings; this one does not end.
    let erasing = Connection::open(Location::of(folder.path()).personal).unwrap();
    erasing.execute_batch("BEGIN EXCLUSIVE").unwrap();
    let outcomes = block_on(store.submit(world.statements())).unwrap();
    assert!(outcomes.iter().all(nguon_store::Outcome::is_stored));
}

#[cfg(unix)]
#[test]
fn openings_are_readable_by_their_owner_only() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let world = World::new();
    let _running = filled(&world, folder.path());
    let personal = Location::of(folder.path()).personal;
    for suffix in ["", "-wal", "-shm"] {
        let path = format!("{}{suffix}", personal.display());
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600, "{path}");
    }
}

#[test]
fn the_file_of_records_never_holds_an_opening() {
    let folder = tempfile::tempdir().unwrap();
    let mut world = World::new();
    let people = people(&mut world);
    drop(filled(&world, folder.path()));
    let records = Location::of(folder.path()).records;
    let bytes = std::fs::read(records).unwrap();
    let text = String::from_utf8_lossy(&bytes);
    assert!(people.iter().all(|person| !text.contains(&person.phone)));
}

#[test]
fn erasing_where_there_is_no_store_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let error = sqlite::erase(folder.path(), &ChainId::from_bytes([1; 32])).unwrap_err();
    assert!(error.to_string().contains("nguon.personal.db"), "{error}");
    assert!(Connection::open(Location::of(folder.path()).personal).is_ok());
}

#[test]
fn no_file_holds_the_pieces_of_an_erased_upload() {
    let folder = tempfile::tempdir().unwrap();
    let mut world = World::new();
    let photo = "ẢNH CHỤP VƯỜN ".repeat(4_000).into_bytes();
    let (_, opening, digest) = world.batch_with_photo(&photo);
    world.openings.push(opening);
    let store = filled(&world, folder.path());
    let mut offset = 0;
    for piece in photo.chunks(5_000).take(9) {
        offset = block_on(store.append_upload(digest, offset, piece.to_vec())).unwrap().unwrap();
    }
    let glimpse = "ẢNH CHỤP VƯỜN ẢNH CHỤP";
    assert!(all_files(folder.path()).contains(glimpse));
    // By another process, while the server runs.
    assert!(sqlite::erase(folder.path(), &world.farm).unwrap() > 0);
    assert!(!all_files(folder.path()).contains(glimpse));
}
