//! The data operator opens the server's database and changes what stands there. The server cannot tell, and need not: who
//! reads finds it.

use std::path::Path;

use nguon_core::ids::ChainId;
use nguon_core::verify::Outcome;
use nguon_examples::season::Expected;
use rusqlite::{Connection, params};

use crate::server::Live;
use crate::support::{invalid, season};

/// Runs one statement on whichever file of the folder holds the records.
fn edit(folder: &Path, sql: &str, chain: ChainId, sequence: u64) {
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let holds_records = |path: &Path| {
        let table = "SELECT count(*) FROM sqlite_schema WHERE name = 'record'";
        Connection::open(path)
            .and_then(|file| file.query_row(table, [], |row| row.get::<_, i64>(0)))
            .is_ok_and(|n| n == 1)
    };
    let file = files.into_iter().find(|path| path.is_file() && holds_records(path)).expect("the store's file");
    let sequence = i64::try_from(sequence).unwrap();
    let changed = Connection::open(file).unwrap().execute(sql, params![chain.as_bytes(), sequence]).unwrap();
    assert_eq!(changed, 1);
}

fn scan_after(sql: &str, chain: &str, sequence: u64) -> Outcome {
    let mut live = Live::with_season();
    let label = season().case("marketplace").label.clone().unwrap();
    assert_eq!(live.scan(&label), Some(Outcome::Unlogged));
    live.while_down(|folder| edit(folder, sql, season().id(chain), sequence));
    live.scan(&label).unwrap()
}

#[test]
fn untouched_every_case_gets_its_verdict_from_the_server_too() {
    let live = Live::with_season();
    for case in &season().cases {
        let Some(label) = &case.label else { continue };
        let found = live.scan(label).map(|outcome| Expected::Outcome(outcome.kind()));
        assert_eq!(found.unwrap_or(Expected::NoSuchBatch), case.expected, "{}", case.name);
    }
}

#[test]
fn one_byte_of_a_signature() {
    let sql = "UPDATE record SET bytes = CAST(substr(bytes, 1, length(bytes) - 1) || x'7f' AS BLOB)
               WHERE chain_id = ? AND sequence = ?";
    assert_eq!(scan_after(sql, "seller/0526", 2), invalid("bad_signature", "seller/0526", 2));
}

#[test]
fn a_record_deleted() {
    let sql = "DELETE FROM record WHERE chain_id = ? AND sequence = ?";
    assert_eq!(scan_after(sql, "lien/plot", 4), invalid("wrong_sequence", "lien/plot", 4));
}
